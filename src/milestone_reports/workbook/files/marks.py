"""What the fast reader does not tell of a sheet: error cells, formulas never calculated, links, what is hidden.

A sheet's XML is searched for the few bytes that each of these begins with; only where one is found is it looked at
closely. Must not know what the cells mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Place = tuple[int, int]
"""Row and column of a cell, from 1."""

REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
ERROR_MARKS = (b't="e"', b"t='e'")
VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
FORMULA = re.compile(
    rb"<(?:\w+:)?c\b(?P<cell>[^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b(?=[^>]*\bhidden\s*=\s*["'](?:1|true)["'])[^>]*\br\s*=\s*["'](\d+)["']""")
HIDDEN_COLUMNS = re.compile(rb"""<(?:\w+:)?col\b(?=[^>]*\bhidden\s*=\s*["'](?:1|true)["'])([^>]*)>""")
FIRST_AND_LAST = re.compile(rb"""\b(min|max)\s*=\s*["'](\d+)["']""")
LINK = re.compile(rb"<(?:\w+:)?hyperlink\b([^>]*)>")
LINK_PLACE = re.compile(rb"""\bref\s*=\s*["']([A-Z]{1,3})(\d{1,7})""")
LINK_ID = re.compile(rb"""\b\w+:id\s*=\s*["']([^"']+)["']""")
WIDE_COLUMN = re.compile(rb"""r=["'][A-Z]{3}\d""")
ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*\br\s*=\s*["'](\d+)["']""")
FILLED = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["'])[^>]*(?<!/)>""")
TAIL = 400
"""Where the last row's number stands, from the last row's beginning on."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is special about a sheet's cells; empty for most sheets."""

    broken: Mapping[Place, str] = field(default_factory=dict)
    """Cells with an error, or with a formula that was never calculated (empty text)."""
    links: Mapping[Place, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def marks_of(xml: bytes, relations: Mapping[str, str]) -> Marks:
    """The marks of a sheet from its XML and its part's relations."""
    cells_end = max(xml.rfind(b"</sheetData>"), xml.rfind(b":sheetData>"), 0)
    cells_start = max(xml.find(b"<sheetData"), xml.find(b":sheetData"), 0)
    broken = dict(_errors(xml)) if any(mark in xml for mark in ERROR_MARKS) else {}
    if b"<f>" in xml or b"<f " in xml or b":f>" in xml or b":f " in xml or b"<f/" in xml:
        broken |= {place: "" for found in FORMULA.finditer(xml) if (place := _place(found["cell"]))}
    hidden_rows = frozenset(int(found[1]) for found in HIDDEN_ROW.finditer(xml)) if b"hidden=" in xml else frozenset()
    head, foot = xml[:cells_start], xml[cells_end:]
    return Marks(broken, dict(_links(foot, relations)), hidden_rows, frozenset(_hidden_columns(head)))


def _errors(xml: bytes) -> Iterator[tuple[Place, str]]:
    for mark in ERROR_MARKS:
        position = xml.find(mark)
        while position >= 0:
            start, end = xml.rfind(b"<", 0, position), xml.find(b">", position)
            place = _place(xml[start:end])
            value = VALUE.search(xml, end, end + TAIL)
            if place:
                yield place, value[1].decode("ascii", "replace") if value else "#VALUE!"
            position = xml.find(mark, end)


def _hidden_columns(head: bytes) -> Iterator[int]:
    for found in HIDDEN_COLUMNS.finditer(head):
        ends = {name: int(number) for name, number in FIRST_AND_LAST.findall(found[1])}
        yield from range(ends.get(b"min", 1), min(ends.get(b"max", 0), MOST_COLUMNS) + 1)


def _links(foot: bytes, relations: Mapping[str, str]) -> Iterator[tuple[Place, str]]:
    for found in LINK.finditer(foot):
        place, relation = LINK_PLACE.search(found[1]), LINK_ID.search(found[1])
        target = relations.get(relation[1].decode()) if relation else None
        if place and target:
            yield (int(place[2]), column_number(place[1])), target


def _place(attributes: bytes) -> Place | None:
    found = REFERENCE.search(attributes)
    return (int(found[2]), column_number(found[1])) if found else None


MOST_COLUMNS = 16_384


def column_number(letters: bytes) -> int:
    """The number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def extent_of(xml: bytes) -> Place:
    """How far down and to the right the filled cells of a sheet can reach: a bound, exact only for the unusual."""
    last_row = _last_row(xml)
    narrow = 26 + 26 * 26
    if not WIDE_COLUMN.search(xml) and last_row * narrow <= MOST_CELLS:
        return last_row, narrow
    rows, columns = 0, 0
    for found in FILLED.finditer(xml):
        rows, columns = max(rows, int(found[2])), max(columns, column_number(found[1]))
    return rows, columns


def _last_row(xml: bytes) -> int:
    start = max(xml.rfind(b"<row"), xml.rfind(b":row "))
    found = ROW.search(xml, max(start - 8, 0), start + TAIL) if start >= 0 else None
    return int(found[1]) if found else 0


MOST_CELLS = 30_000_000
"""How many places a sheet may span before its blank ones would cost more memory than a machine has."""
