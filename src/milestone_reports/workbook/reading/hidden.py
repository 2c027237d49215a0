"""Hidden rows, columns and sheets: read like any other, and said, since nobody sees what was counted there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from milestone_reports.domain.message import Message, message
from milestone_reports.domain.names import key
from milestone_reports.domain.problem import CellRef, Level, column_letters
from milestone_reports.workbook.reading.findings import Findings
from milestone_reports.workbook.reading.lists import with_and
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
    def rows_in_words(self) -> Message:
        """`row 12`, `rows 12 to 15, 18 and 20`."""
        runs = list(_runs(self.rows))
        named = [_run(first, last) for first, last in runs[:MOST_RUNS]]
        if n_more := sum(last - first + 1 for first, last in runs[MOST_RUNS:]):
            named.append(message("{n} more", n=f"{n_more:,}"))
        numbers = with_and(named)
        return (
            message("row {number}", number=numbers)
            if len(self.rows) == 1
            else message("rows {numbers}", numbers=numbers)
        )

    @property
    def columns_in_words(self) -> Message:
        """`column D`, `columns D, E and H`."""
        letters = with_and([column_letters(column) for column in self.columns])
        if len(self.columns) == 1:
            return message("column {letter}", letter=letters)
        return message("columns {letters}", letters=letters)


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
            remedy = message("delete or rename it if what stands there should not count")
            _say(CellRef(part.sheet), "hidden_sheet", message("a hidden sheet"), remedy, findings)
        if part.rows:
            place = CellRef(part.sheet, part.rows[0])
            found = message("hidden {parts}", parts=part.rows_in_words)
            _say(place, "hidden_rows", found, _delete(part.rows), findings)
        if part.columns:
            place = CellRef(part.sheet, part.header_row, part.columns[0])
            found = message("hidden {parts}", parts=part.columns_in_words)
            _say(place, "hidden_columns", found, _delete(part.columns), findings)


def _delete(parts: Sequence[int]) -> Message:
    if len(parts) == 1:
        return message("delete it if what stands there should not count")
    return message("delete them if what stands there should not count")


def _say(place: CellRef, rule: str, found: Message, remedy: Message, findings: Findings) -> None:
    findings.add(Level.NOTE, rule, place, found=found, done=message("Read like any other"), fix=remedy)


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


def _run(first: int, last: int) -> str:
    return str(first) if first == last else message("{first} to {last}", first=first, last=last)
