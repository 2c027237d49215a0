"""How far the cells of a sheet's XML reach, before the fast reader makes room for all places between them.

A cell at the far end of a sheet would take more memory than a machine has; such a sheet's cells are moved together, and
it is remembered where they stood. Must not know what the cells mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MOST_CELLS = 8_000_000
"""How many places a sheet may span: the fast reader takes some 60 bytes for each of them."""

MOST_COLUMNS = 16_384
MOST_ROWS = 2**20

BOUNDS = (
    rb"[A-Z](?:\d{1,5}|[12]\d{5})",
    rb"A?[A-Z](?:\d{1,5}|1[0-4]\d{4})",
    rb"[A-C]?[A-Z](?:\d{1,4}|[1-6]\d{4})",
    rb"[A-Z]{1,2}\d{1,4}",
    rb"[A-Z]{1,3}\d{1,2}",
)
"""References of cells that span no more than MOST_CELLS places: long and narrow sheets first."""

WITHIN = tuple(re.compile(rb'<c(?! r="%b"| r="[A-Z]{1,3}\d{1,7}"(?: s="\d+")?/>)' % reference) for reference in BOUNDS)
"""Each finds the first filled cell beyond its bounds, or written otherwise than programs write cells."""

PLAIN = tuple(
    re.compile(
        rb'<c(?! r="%b"(?: s="\d+")?(?: t="(?:s|n|b|d|str|inlineStr)")?>(?!<f)| r="[A-Z]{1,3}\d{1,7}"(?: s="\d+")?/>)'
        % reference
    )
    for reference in BOUNDS
)
"""Each finds the first cell that WITHIN would find, or with an error or a formula."""

PREFIXED = re.compile(rb":c[\s/>]")
TAG = re.compile(
    rb"""<(?:[\w.-]{1,40}:)?(?P<name>c|row)(?=[\s/>])"""
    rb"""(?:(?P<attributes>(?:\s+[\w:.-]{1,40}\s*=\s*(?:"[^"<>]{0,200}"|'[^'<>]{0,200}')){0,20}+)\s*(?P<blank>/?)>)?"""
)
REFERENCE = re.compile(rb"""\sr\s*=\s*["'](?:([A-Z]{1,3})(\d{1,7})|(\d{1,7}))["']""")
ASIDE = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"))


@dataclass(frozen=True, slots=True)
class Found:
    """A filled cell's row and column, and where its reference stands in the XML."""

    row: int
    column: int
    span: tuple[int, int]


def column_number(letters: bytes) -> int:
    """The number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def column_letters(number: int) -> bytes:
    """The letters of a column from its number."""
    letters = b""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = bytes([ord("A") + letter]) + letters
    return letters


def is_plain(xml: bytes) -> bool:
    """Whether the sheet is small enough for a grid and surely has neither errors nor formulas: one quick look."""
    return _has_none(xml, PLAIN)


def fits(xml: bytes) -> bool:
    """Whether the fast reader can hold the sheet as a grid; looks closely only where a quick look does not say.

    Raises: ValueError where cells are not written as XML.
    """
    return _has_none(xml, WITHIN) or _spans(xml) <= MOST_CELLS


def _has_none(xml: bytes, patterns: Sequence[re.Pattern[bytes]]) -> bool:
    start, end = max(xml.find(b"sheetData"), 0), max(xml.rfind(b"sheetData"), 0)
    return any(not pattern.search(xml, start, end) for pattern in patterns) and not PREFIXED.search(xml, start, end)


def _spans(xml: bytes) -> int:
    """A bound of the places between A1 and the last filled cell; cells without a reference follow one another."""
    rows = columns = numbered = unnumbered = in_a_row = longest = 0
    for name, reference, blank in _tags(without_asides(xml)):
        letters, row, row_alone = reference.groups() if reference else (None, None, None)
        if name == b"row":
            in_a_row = 0
            unnumbered += not row_alone
            numbered = max(numbered, int(row_alone or 0))
        elif not letters:
            in_a_row += 1
            longest = longest if blank else max(longest, in_a_row)
        elif not blank:
            rows, columns = max(rows, int(row or 0)), max(columns, column_number(letters))
    return max(rows, numbered + unnumbered if longest else 0) * (columns + longest)


def _tags(xml: bytes) -> Iterator[tuple[bytes, re.Match[bytes] | None, bool]]:
    for tag in TAG.finditer(xml):
        if tag["attributes"] is None:
            raise ValueError(tag.start())
        yield tag["name"], REFERENCE.search(tag["attributes"]), bool(tag["blank"])


def without_asides(xml: bytes) -> bytes:
    """The XML without comments and literal text, in which what looks like a cell is none.

    Raises: ValueError where one does not end.
    """
    for opening, closing in ASIDE:
        pieces, at = [], 0
        while (start := xml.find(opening, at)) >= 0:
            pieces.append(xml[at:start])
            at = xml.index(closing, start) + len(closing)
        xml = b"".join([*pieces, xml[at:]]) if pieces else xml
    return xml


def moved_together(xml: bytes) -> tuple[Sequence[int], Sequence[int], bytes]:
    """The rows and columns that hold a cell, and the sheet's XML with those between them left out.

    Raises: ValueError where that does not help.
    """
    xml = without_asides(xml)
    cells = list(_filled(xml))
    rows, columns = sorted({cell.row for cell in cells}), sorted({cell.column for cell in cells})
    if len(rows) * len(columns) > MOST_CELLS:
        raise ValueError(len(cells))
    new_row = {row: place for place, row in enumerate(rows, start=1)}
    new_column = {column: column_letters(place) for place, column in enumerate(columns, start=1)}
    pieces, at = [], 0
    for cell in cells:
        start, end = cell.span
        pieces += [xml[at:start], new_column[cell.column], str(new_row[cell.row]).encode()]
        at = end
    end = max(xml.rfind(b"sheetData>") + len(b"sheetData>"), at)
    foot = xml[end:].replace(b"mergeCell", b"noMergeCell")
    return rows, columns, b"".join([*pieces, xml[at:end], foot])


def _filled(xml: bytes) -> Iterator[Found]:
    for tag in TAG.finditer(xml):
        if tag["name"] != b"c" or tag["blank"]:
            continue
        reference = REFERENCE.search(tag["attributes"] or b"")
        if reference is None or reference[1] is None:
            raise ValueError(tag.start())
        offset = tag.start("attributes")
        span = offset + reference.start(1), offset + reference.end(2)
        yield Found(int(reference[2]), column_number(reference[1]), span)


def too_far_apart(place: str) -> str:
    """The refusal of a sheet that spans more places than can be held."""
    return (
        f"{place}: more than {MOST_CELLS // 1_000_000} million cells between its first and its last. "
        "Fix: delete the rows and columns beyond the table, then save it."
    )
