"""What a copy lacks that the workbook has, found by comparing the two files part by part.

The library that writes the copy knows most of what a workbook can hold, not all of it; a manager who misses something
should have been told. Data, easy to add to. Must not know of problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile


@dataclass(frozen=True, slots=True)
class Keepsake:
    """Something a workbook may hold: what a person calls it, in which parts it stands, and what to count there."""

    name: str
    parts: re.Pattern[str]
    mark: re.Pattern[bytes] | None = None
    """What each of them begins with inside such a part; None where each has a part of its own."""


SHEETS, DRAWINGS = re.compile(r"xl/worksheets/[^/]+\.xml"), re.compile(r"xl/drawings/[^/]+\.xml")

KEEPSAKES = (
    Keepsake("charts", re.compile(r"xl/charts/chart[^/]*\.xml")),
    Keepsake("charts of the newer kinds", re.compile(r"xl/charts/chartEx[^/]*\.xml")),
    Keepsake("pictures", DRAWINGS, re.compile(rb"<(?:\w+:)?pic\b")),
    Keepsake("text boxes and shapes", DRAWINGS, re.compile(rb"<(?:\w+:)?(?:sp|cxnSp)\b")),
    Keepsake("diagrams", re.compile(r"xl/diagrams/data[^/]*\.xml")),
    Keepsake("background pictures", SHEETS, re.compile(rb"<(?:\w+:)?picture\b")),
    Keepsake("sparklines", SHEETS, re.compile(rb"<(?:\w+:)?sparkline\b")),
    Keepsake("some conditional formats", SHEETS, re.compile(rb"<x14:conditionalFormatting\b")),
    Keepsake("some drop-down lists", SHEETS, re.compile(rb"<x14:dataValidation\b")),
    Keepsake("buttons and check boxes", re.compile(r"xl/drawings/[^/]+\.vml"), re.compile(rb'ObjectType="(?!Note")')),
    Keepsake("check boxes in cells", re.compile(r"xl/featurePropertyBag/.+")),
    Keepsake("slicers", re.compile(r"xl/slicers/.+\.xml")),
    Keepsake("timelines", re.compile(r"xl/timelines/.+\.xml")),
    Keepsake("pivot tables", re.compile(r"xl/pivotTables/[^/]+\.xml")),
    Keepsake("the threads of comments (their text is kept)", re.compile(r"xl/threadedComments/.+\.xml")),
    Keepsake("formulas that fill several cells", re.compile(r"xl/metadata\.xml")),
    Keepsake("queries and connections", re.compile(r"xl/(?:connections\.xml|queryTables/.+|model/.+)")),
    Keepsake("macros", re.compile(r"xl/vbaProject\.bin")),
)


def holds_more_than_cells(workbook: bytes) -> bool:
    """Whether there is anything in it that a copy could lack."""
    with ZipFile(BytesIO(workbook)) as archive:
        return any(_count(archive, kept) for kept in KEEPSAKES)


def losses(original: bytes, copy: bytes) -> Sequence[str]:
    """The names of what the workbook has more of than its copy."""
    with ZipFile(BytesIO(original)) as before, ZipFile(BytesIO(copy)) as after:
        return [kept.name for kept in KEEPSAKES if _count(before, kept) > _count(after, kept)]


def _count(archive: ZipFile, kept: Keepsake) -> int:
    parts = [name for name in archive.namelist() if kept.parts.fullmatch(name.lstrip("/"))]
    if kept.mark is None:
        return len(parts)
    return sum(len(kept.mark.findall(content)) for content in _contents(archive, parts))


def _contents(archive: ZipFile, parts: Sequence[str]) -> Iterator[bytes]:
    return (archive.read(part) for part in parts)
