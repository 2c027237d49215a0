"""A workbook's zip package, opened with care: no bomb, no path outside, no entities; its parts by sheet."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.workbook.files.kinds import damaged

MOST_PARTS = 20_000
MOST_SHEETS = 500
MOST_BYTES = 768 * 1024 * 1024
"""Of all parts unpacked: some two million filled cells are 100 MB."""

MOST_RATIO = 400
"""How many times its size a part may unpack to, once it is larger than a few megabytes; text packs 10 to 60 fold."""

SMALL = 16 * 1024 * 1024
XML_BEGINNING = 2048
"""Where a document type, and with it entities, must stand."""


@dataclass(frozen=True)
class Package:
    """A workbook's parts and the part of each sheet."""

    archive: zipfile.ZipFile
    sheets: Mapping[str, str]
    """Sheet name to the name of its part."""
    saved_at: datetime | None

    def part(self, name: str) -> bytes:
        """The bytes of a part."""
        return self.archive.read(name)

    def links_of(self, part: str) -> Mapping[str, str]:
        """A part's relations: id to target."""
        return _relations(self.archive, part)


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """The package of a workbook.

    Raises: CannotGoOnError where it is damaged, or made to do harm.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_harm(path, archive)
            book = part_ending(archive, "xl/workbook.xml")
            yield Package(archive, _sheet_parts(path, archive, book), _saved_at(archive))
    except (
        zipfile.BadZipFile,
        ParseError,
        KeyError,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise damaged(path) from error


def refuse_harm(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse a zip that unpacks to more than any workbook, leads outside, or declares entities.

    Raises: CannotGoOnError.
    """
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise _harmful(path, f"{len(parts):,} parts in its file; a workbook has a few dozen")
    if sum(part.file_size for part in parts) > MOST_BYTES:
        raise _harmful(path, "it unpacks to more than 768 MB")
    for part in parts:
        if part.file_size > SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise _harmful(path, "it unpacks to hundreds of times its size")
        pieces = PurePosixPath(part.filename.replace("\\", "/"))
        if ".." in pieces.parts or ":" in part.filename:
            raise _harmful(path, "a part of it is named as a file outside")
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(part) as file:
                if b"<!" in file.read(XML_BEGINNING).replace(b"<!--", b""):
                    raise _harmful(path, "its XML declares a document type, which no workbook does")


def _harmful(path: Path, why: str) -> CannotGoOnError:
    return CannotGoOnError(
        f"{path.name}: not opened, because it could do harm: {why}. "
        "Fix: open it in Excel and save it as a new workbook, if you know where it comes from."
    )


def part_ending(archive: zipfile.ZipFile, ending: str) -> str:
    """The part of that name, in whatever case and with or without a slash before it."""
    return next(name for name in archive.namelist() if name.lower().lstrip("/") == ending)


def parsed(content: bytes) -> Element:
    """The part's XML; entities are refused.

    Raises: ParseError where it is none.
    """
    try:
        return fromstring(content)
    except DefusedXmlException as error:
        raise ParseError(str(error)) from error


def local(name: str) -> str:
    """An XML name without its namespace: strict and transitional workbooks differ only there."""
    return name.rpartition("}")[2]


def _sheet_parts(path: Path, archive: zipfile.ZipFile, book: str) -> Mapping[str, str]:
    targets = _relations(archive, book)
    sheets = [element for element in parsed(archive.read(book)).iter() if local(element.tag) == "sheet"]
    if len(sheets) > MOST_SHEETS:
        raise CannotGoOnError(
            f"{path.name}: {len(sheets):,} sheets; up to {MOST_SHEETS} are read. "
            "Fix: save the sheet of opportunities as a workbook of its own."
        )
    found = {}
    for sheet in sheets:
        relation = next((value for name, value in sheet.attrib.items() if local(name) == "id"), "")
        if relation in targets:
            found[sheet.get("name", "")] = targets[relation]
    return found


def _relations(archive: zipfile.ZipFile, part: str) -> Mapping[str, str]:
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return {}
    targets = {}
    for element in parsed(archive.read(relations)).iter():
        if local(element.tag) == "Relationship":
            target = element.get("Target", "")
            if element.get("TargetMode") != "External":
                target = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            targets[element.get("Id", "")] = target
    return targets


def _saved_at(archive: zipfile.ZipFile) -> datetime | None:
    """When the workbook was last saved, by its own account; none where it does not say."""
    try:
        properties = parsed(archive.read("docProps/core.xml"))
    except (KeyError, ParseError):
        return None
    text = next((element.text for element in properties.iter() if local(element.tag) == "modified"), None)
    try:
        return datetime.fromisoformat(text or "").replace(tzinfo=None, microsecond=0)
    except ValueError:
        return None
