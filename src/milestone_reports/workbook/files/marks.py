"""What the fast reader does not tell of a sheet: error cells, formulas never calculated, links, what is hidden.

A sheet's XML is searched for the few bytes that each of these begins with; only where one is found is it looked at
closely. Must not know what the cells mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from milestone_reports.workbook.files.extent import MOST_COLUMNS, column_number

Place = tuple[int, int]
"""Row and column of a cell, from 1."""

REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
ERROR_MARKS = (b't="e"', b"t='e'")
VALUE = re.compile(rb"<(?:\w+:)?v[^<>]*>([^<]*)<")
FORMULA = re.compile(
    rb"<(?:\w+:)?c\b(?P<cell>[^<>]*)>\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
IS_TEXT = re.compile(rb"""\bt\s*=\s*["']str["']""")
"""A formula whose result is text; where none follows, the text is empty, as that of =IF(A2="","",A2) may be."""
HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b(?=[^<>]*\bhidden\s*=\s*["'](?:1|true)["'])[^<>]*\br\s*=\s*["'](\d+)["']""")
HIDDEN_COLUMNS = re.compile(rb"""<(?:\w+:)?col\b(?=[^<>]*\bhidden\s*=\s*["'](?:1|true)["'])([^<>]*)>""")
FIRST_AND_LAST = re.compile(rb"""\b(min|max)\s*=\s*["'](\d+)["']""")
LINK = re.compile(rb"<(?:\w+:)?hyperlink\b([^<>]*)>")
LINK_PLACE = re.compile(rb"""\bref\s*=\s*["']([A-Z]{1,3})(\d{1,7})""")
LINK_ID = re.compile(rb"""\b\w+:id\s*=\s*["']([^"']+)["']""")
TAIL = 400
"""How far behind a cell with an error the error stands."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is special about a sheet's cells; empty for most sheets."""

    broken: Mapping[Place, str] = field(default_factory=dict)
    """Cells with an error, or with a formula that was never calculated (empty text)."""
    links: Mapping[Place, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def marks_of(xml: bytes, relations: Mapping[str, str], *, cells_are_plain: bool = False) -> Marks:
    """The marks of a sheet from its XML and its part's relations; plain cells need not be searched."""
    head, foot = xml[: max(xml.find(b"sheetData"), 0)], xml[max(xml.rfind(b"sheetData>"), 0) :]
    broken = {} if cells_are_plain else _broken(xml)
    hidden_rows = frozenset(int(found[1]) for found in HIDDEN_ROW.finditer(xml)) if b"hidden=" in xml else frozenset()
    return Marks(broken, dict(_links(foot, relations)), hidden_rows, frozenset(_hidden_columns(head)))


def _broken(xml: bytes) -> Mapping[Place, str]:
    broken = dict(_errors(xml)) if any(mark in xml for mark in ERROR_MARKS) else {}
    if b"<f>" in xml or b"<f " in xml or b":f>" in xml or b":f " in xml or b"<f/" in xml:
        uncalculated = (found["cell"] for found in FORMULA.finditer(xml) if not IS_TEXT.search(found["cell"]))
        broken |= {place: "" for cell in uncalculated if (place := _place(cell))}
    return broken


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
    """The columns of the ranges that are hidden; these stand in order and do not overlap."""
    behind = 1
    for found in HIDDEN_COLUMNS.finditer(head):
        ends = {name: int(number) for name, number in FIRST_AND_LAST.findall(found[1])}
        last = min(ends.get(b"max", 0), MOST_COLUMNS)
        yield from range(max(ends.get(b"min", 1), behind), last + 1)
        behind = max(behind, last + 1)


def _links(foot: bytes, relations: Mapping[str, str]) -> Iterator[tuple[Place, str]]:
    for found in LINK.finditer(foot):
        place, relation = LINK_PLACE.search(found[1]), LINK_ID.search(found[1])
        target = relations.get(relation[1].decode()) if relation else None
        if place and target:
            yield (int(place[2]), column_number(place[1])), target


def _place(attributes: bytes) -> Place | None:
    found = REFERENCE.search(attributes)
    return (int(found[2]), column_number(found[1])) if found else None
