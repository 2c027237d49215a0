"""A workbook as sheets of cells: the grid of values, and a cell made of it only where one is looked at."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import overload

from milestone_reports.domain.problem import CellRef
from milestone_reports.domain.visible import LONGEST_NAME, LONGEST_TEXT, shortened, visible
from milestone_reports.workbook.files.marks import Marks


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell whose formula gives an error, or has never been calculated."""

    text: str
    """The error, such as #REF!; empty for a formula without a stored result."""


ESCAPED = re.compile(r"_x([0-9A-F]{4})_")
"""How a workbook writes a character that its XML cannot hold, such as _x000D_."""

SINCE_1900, SINCE_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""Day 0 of a workbook's serial dates, one way and the other."""

CellValue = str | float | bool | datetime | date | time | timedelta | Broken | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it is, what stands there, where its link leads."""

    ref: CellRef
    value: CellValue = None
    link: str = ""
    day_zero: date = SINCE_1900
    """What a bare number is counted from where it is a date."""

    @property
    def is_blank(self) -> bool:
        """Nothing stands there; a cell of spaces alone has been read as that."""
        return self.value is None or self.value == ""

    @property
    def text(self) -> str:
        """What stands there as a person sees it, on one line, no longer than a name; a whole number without a point."""
        return shortened(self.whole, LONGEST_NAME)

    @property
    def whole(self) -> str:
        """The same where sentences may stand."""
        if self.value is None or isinstance(self.value, Broken):
            return ""
        if isinstance(self.value, bool):
            return str(self.value).upper()
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        if isinstance(self.value, datetime) and not (self.value.hour or self.value.minute or self.value.second):
            return self.value.date().isoformat()
        return str(self.value)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its values row by row, all rows as long, and what is special about some of them."""

    name: str
    grid: Sequence[Sequence[CellValue]]
    marks: Marks = field(default_factory=Marks)
    is_hidden: bool = False
    day_zero: date = SINCE_1900
    row_numbers: Sequence[int] = range(1, 2**20 + 1)
    """The number of each of the grid's rows: from 1 on, unless far-off cells made it leave blank ones out."""
    column_numbers: Sequence[int] = range(1, 2**14 + 1)

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """The grid's columns that hold anything, by their place in it; blank ones are left out."""
        marked = {column for _, column in self.marks.broken}
        return tuple(
            place
            for place, (number, column) in enumerate(zip(self.column_numbers, self.by_column, strict=False))
            if number in marked or has_any(column)
        )

    @cached_property
    def by_column(self) -> Sequence[Sequence[CellValue]]:
        """The grid's columns: all values of the first, of the second, ..."""
        return tuple(zip(*self.grid, strict=True))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows that hold anything; blank ones are left out."""
        if any(map(all, self.by_column)):  # a column without a blank: no row is
            return tuple(Row(self, place) for place in range(len(self.grid)))
        marked = {row for row, _ in self.marks.broken}
        return tuple(
            Row(self, place)
            for place, (number, values) in enumerate(zip(self.row_numbers, self.grid, strict=False))
            if any(values) or number in marked or has_any(values)
        )

    def cell(self, row: int, column: int, value: CellValue) -> Cell:
        """The cell at a row and column, from 1."""
        ref = CellRef(self.name, row, column)
        error = self.marks.broken.get((row, column))
        if error is not None:
            return Cell(ref, Broken(visible(error, LONGEST_NAME)))
        if isinstance(value, str):
            return Cell(ref, plain_text(value) or None, visible(self.marks.links.get((row, column), "")))
        if isinstance(value, float) and not math.isfinite(value):
            return Cell(ref, Broken("#NUM!"))
        return Cell(ref, value, day_zero=self.day_zero)


def is_filled(value: CellValue) -> bool:
    """Whether anything stands in a cell; one of spaces alone is taken for blank when it is looked at."""
    return value is not None and value != ""


def has_any(values: Iterable[CellValue]) -> bool:
    """Whether anything stands in any of the cells; a zero is something."""
    return any(values) or any(map(is_filled, values))


@dataclass(frozen=True, slots=True)
class Row(Sequence[Cell]):
    """One row of a sheet, whose cells are made when they are looked at."""

    sheet: Sheet
    place: int
    """Its place in the sheet's grid."""

    @property
    def number(self) -> int:
        """Its number, as the sheet shows it."""
        return self.sheet.row_numbers[self.place]

    @property
    def values(self) -> Sequence[CellValue]:
        """All of its values, blank columns too."""
        return self.sheet.grid[self.place]

    def __len__(self) -> int:
        """As many as the sheet has columns that hold anything."""
        return len(self.sheet.columns)

    @overload
    def __getitem__(self, position: int) -> Cell: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[Cell]: ...
    def __getitem__(self, position: int | slice) -> Cell | Sequence[Cell]:
        """The cell of a column that holds anything, by its position among them."""
        if isinstance(position, slice):
            return [self[index] for index in range(*position.indices(len(self)))]
        place = self.sheet.columns[position]
        return self.sheet.cell(self.number, self.sheet.column_numbers[place], self.values[place])

    def __iter__(self) -> Iterator[Cell]:
        """The cells from left to right."""
        return (self[position] for position in range(len(self.sheet.columns)))

    @property
    def ref(self) -> CellRef:
        """The row as a whole."""
        return CellRef(self.sheet.name, self.number)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook file: its sheets in order and when it was last saved, by its own account."""

    name: str
    sheets: tuple[Sheet, ...]
    saved_at: datetime | None


def plain_text(text: str, longest: int = LONGEST_TEXT) -> str:
    """What a cell of text says, as it may be shown."""
    return visible(decoded(text), longest)


def decoded(text: str) -> str:
    """The text with the characters that its file could not hold."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
