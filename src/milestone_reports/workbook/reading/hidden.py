"""Hidden rows, columns and sheets: read like any other, and said, since nobody sees what was counted there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from milestone_reports.domain.names import key
from milestone_reports.domain.problem import CellRef, Level, column_letters
from milestone_reports.workbook.reading.findings import Findings
from milestone_reports.workbook.reading.profiles.layout import Layout
from milestone_reports.workbook.reading.table import Table

MOST_RUNS = 5
"""Stretches of hidden rows that a sentence names."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is hidden of a sheet that was read: rows below the header, and columns that are used."""

    sheet: str
    header_row: int
    is_whole: bool
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @property
    def rows_in_words(self) -> str:
        """`row 12`, `rows 12 to 15, 18 and 20`."""
        runs = list(_runs(self.rows))
        named = [str(first) if first == last else f"{first} to {last}" for first, last in runs[:MOST_RUNS]]
        n_more = sum(last - first + 1 for first, last in runs[MOST_RUNS:])
        return _listed("row", [*named, *([f"{n_more:,} more"] if n_more else [])], is_one=len(self.rows) == 1)

    @property
    def columns_in_words(self) -> str:
        """`column D`, `columns D, E and H`."""
        return _listed("column", [column_letters(column) for column in self.columns], is_one=len(self.columns) == 1)


def hidden_parts(opportunities: Table, layout: Layout, tables: Mapping[str, Table | None]) -> tuple[Hidden, ...]:
    """What is hidden of each sheet that was read; nothing of those that have nothing hidden."""
    names = {key(milestone.name) for track in layout.tracks for milestone in track.milestones}
    of_milestones = {position for (name, _), position in layout.columns.items() if name in names}
    found = [_hidden(opportunities, {*opportunities.fields.values(), *of_milestones})]
    found += [_hidden(table, set(table.fields.values())) for table in tables.values() if table]
    return tuple(one for one in found if one.is_whole or one.rows or one.columns)


def say_hidden(parts: Iterable[Hidden], findings: Findings) -> None:
    """A note for what is hidden of each sheet."""
    for part in parts:
        if part.is_whole:
            _say(CellRef(part.sheet), "hidden_sheet", "a hidden sheet", "delete or rename it", findings)
        if part.rows:
            remedy = "delete it" if len(part.rows) == 1 else "delete them"
            place = CellRef(part.sheet, part.rows[0])
            _say(place, "hidden_rows", f"hidden {part.rows_in_words}", remedy, findings)
        if part.columns:
            remedy = "delete it" if len(part.columns) == 1 else "delete them"
            place = CellRef(part.sheet, part.header_row, part.columns[0])
            _say(place, "hidden_columns", f"hidden {part.columns_in_words}", remedy, findings)


def _say(place: CellRef, rule: str, found: str, remedy: str, findings: Findings) -> None:
    findings.add(
        Level.NOTE,
        rule,
        place,
        found=found,
        done="Read like any other",
        fix=f"{remedy} if what stands there should not count",
    )


def _hidden(table: Table, used: Iterable[int]) -> Hidden:
    sheet, marks = table.sheet, table.sheet.marks
    rows = [row.number for row in table.body if row.number in marks.hidden_rows] if marks.hidden_rows else []
    numbers = {table.header[position].ref.column for position in used} if marks.hidden_columns else set()
    return Hidden(
        sheet.name,
        table.header[0].ref.row,
        sheet.is_hidden,
        tuple(rows),
        tuple(sorted(numbers & marks.hidden_columns)),
    )


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Stretches of numbers that follow each other, as first and last."""
    first = last = 0
    for number in numbers:
        if last and number != last + 1:
            yield first, last
        if number != last + 1 or not last:
            first = number
        last = number
    if last:
        yield first, last


def _listed(word: str, names: Sequence[str], *, is_one: bool) -> str:
    *first, last = names
    named = f"{', '.join(first)} and {last}" if first else last
    return f"{word if is_one else word + 's'} {named}"
