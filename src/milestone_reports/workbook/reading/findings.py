"""The collector of problems: takes a cell's reading, keeps what could not be taken, gives back the value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from milestone_reports.domain.message import Message, message
from milestone_reports.domain.names import nearest, quoted
from milestone_reports.domain.problem import CellRef, Level, Problem
from milestone_reports.workbook.cells import Cell
from milestone_reports.workbook.reading.alike import Alike, Spelling, together
from milestone_reports.workbook.reading.lists import one_of
from milestone_reports.workbook.reading.own_names import named
from milestone_reports.workbook.reading.values import (
    LEAST,
    MONTH_FIRST,
    DateOrder,
    Unread,
    broken,
    found,
    is_placeholder,
    read_date,
    read_number,
    read_yes,
    reads_either_way,
)


@dataclass(frozen=True, slots=True)
class Row:
    """Whose row it is, for a problem's label."""

    label: str = ""
    rep: str = ""


NOBODY = Row()

LEFT_OUT = message("Left out")

MOST_NAMES = 8
"""How many known names a remedy lists."""


@dataclass(slots=True)
class Findings:
    """Problems as they are found, and how this workbook's dates are read."""

    day_first: DateOrder = MONTH_FIRST
    _found: list[Problem] = field(default_factory=list)
    _alike: dict[tuple[str, str], Alike] = field(default_factory=dict)
    """By rule and sheet: the cells that are read, though they are not written as they should be."""

    @property
    def problems(self) -> Sequence[Problem]:
        """In the order in which they were met; what is the workbook's way of writing is said once a sheet."""
        return together(self._found, self._alike.values())

    def add(  # noqa: PLR0913  a problem has that many parts, all named where it is added
        self,
        level: Level,
        rule: str,
        place: CellRef | None,
        *,
        found: str,
        done: Message,
        fix: Message,
        expected: Message | Literal[""] = "",
        row: Row = NOBODY,
    ) -> None:
        """Keep one problem."""
        self._found.append(Problem(level, rule, place, found, expected, done, fix, row.label, row.rep))

    def take_date(
        self, cell: Cell | None, name: str, row: Row = NOBODY, *, left_out: Message = LEFT_OUT
    ) -> date | None:
        """The day in a cell; a problem where there is text that is none, or text that was read as one."""
        if cell is None:
            return None
        reading = read_date(cell, day_first=self.day_first)
        if isinstance(reading, Unread):
            self._left_out(cell, name, reading, row, left_out)
            return None
        if reading is None:
            if not cell.is_blank:
                self._note_placeholder(cell, name, row)
            return None
        if isinstance(cell.value, str):
            self._note_text_date(cell, name, reading, row)
        return reading

    def _is_one_of_many(self, rule: str, cell: Cell, spelling: Spelling) -> bool:
        """Whether a cell that is read all the same is told with the others of its sheet, not by itself."""
        sheet = cell.ref.sheet
        group = self._alike.setdefault((rule, sheet), Alike(rule, sheet))
        if group.count(spelling):
            return True
        group.told.append(len(self._found))
        return False

    def _note_placeholder(self, cell: Cell, name: str, row: Row) -> None:
        if self._is_one_of_many("no_date_yet", cell, Spelling(name, found(cell), message("no date yet"))):
            return
        self.add(
            Level.NOTE,
            "no_date_yet",
            cell.ref,
            found=message("{found} in {column}", found=found(cell), column=named(name)),
            done=message("Read as no date yet"),
            fix=message("leave the cell blank until there is a date"),
            row=row,
        )

    @property
    def _because(self) -> Message:
        if self.day_first.decided is None:
            return message("as the Locale setting says")
        return message("as in the workbook's other dates")

    def _read_as(self, day: date, *, either_way: bool) -> Message | date:
        """A day that was typed as text, and what decided its order where it could be another."""
        if not either_way:
            return day
        if self.day_first:
            return message("{day}, the day first {because}", day=day, because=self._because)
        return message("{day}, the month first {because}", day=day, because=self._because)

    def _note_text_date(self, cell: Cell, name: str, day: date, row: Row) -> None:
        either_way = reads_either_way(cell.text)
        read_as = self._read_as(day, either_way=either_way)
        in_doubt = either_way and self.day_first.decided is None
        spelling = Spelling(name, found(cell), read_as, reads_either_way=either_way, is_in_doubt=in_doubt)
        if self._is_one_of_many("date_as_text", cell, spelling):
            return
        self.add(
            Level.WARNING if either_way else Level.NOTE,
            "date_as_text",
            cell.ref,
            found=message("{found} in {column} is text", found=found(cell), column=named(name)),
            expected=message("a date was expected"),
            done=message("Read as {text}", text=read_as),
            fix=message("type it as a date"),
            row=row,
        )

    def take_number(
        self, cell: Cell | None, name: str, row: Row = NOBODY, *, left_out: Message = LEFT_OUT
    ) -> float | None:
        """The number in a cell; a problem where there is text that is none, or text that was read as one."""
        if cell is None:
            return None
        reading = read_number(cell)
        if isinstance(reading, Unread):
            self._left_out(cell, name, reading, row, left_out)
            return None
        if isinstance(cell.value, str) and reading is not None:
            self._note_text_number(cell, name, reading, row)
        return reading

    def _note_text_number(self, cell: Cell, name: str, number: float, row: Row) -> None:
        if self._is_one_of_many("number_as_text", cell, Spelling(name, found(cell), f"{number:,.10g}")):
            return
        self.add(
            Level.NOTE,
            "number_as_text",
            cell.ref,
            found=message("{found} in {column} is text", found=found(cell), column=named(name)),
            expected=message("a number was expected"),
            done=message("Read as {text}", text=f"{number:,.10g}"),
            fix=message("type it as a number"),
            row=row,
        )

    def take_positive(
        self, cell: Cell | None, name: str, row: Row = NOBODY, *, left_out: Message = LEFT_OUT
    ) -> float | None:
        """The number in a cell where it is above 0; a problem where it is not."""
        number = self.take_number(cell, name, row, left_out=left_out)
        if number is None or number >= LEAST or cell is None:
            return number
        expected = message("a number above 0 was expected")
        not_positive = Unread("number_not_positive", expected, message("type the number"))
        self._left_out(cell, name, not_positive, row, left_out)
        return None

    def take_text(self, cell: Cell | None, name: str, row: Row = NOBODY) -> str:
        """The text of a cell that may not be there; a problem where its formula gives none."""
        if cell is None:
            return ""
        if error := broken(cell):
            self._left_out(cell, name, error, row, LEFT_OUT)
        return cell.text

    def take_yes(self, cell: Cell | None, name: str, row: Row = NOBODY) -> bool:
        """Whether a cell says yes; a problem where it says neither."""
        if cell is None:
            return False
        reading = read_yes(cell)
        if isinstance(reading, Unread):
            self._left_out(cell, name, reading, row, message("Read as no"))
            return False
        return reading

    def _left_out(self, cell: Cell, name: str, reading: Unread, row: Row, left_out: Message) -> None:
        self.add(
            reading.level,
            reading.rule,
            cell.ref,
            found=message("{found} in {column}", found=found(cell), column=named(name)),
            expected=reading.expected,
            done=left_out,
            fix=reading.fix,
            row=row,
        )


def text_of(cell: Cell | None) -> str:
    """The text of a cell that may not be there; a placeholder stays what it is."""
    return cell.text if cell else ""


def said(cell: Cell | None) -> bool:
    """Whether a cell is there and says something other than that there is nothing yet."""
    return cell is not None and not is_placeholder(cell)


def meant(name: str, known: Iterable[str]) -> Message:
    """The remedy for a name that is not known: the nearest one, or all of them."""
    names = list(known)
    near = nearest(name, names)
    if near:
        return message("write {name} if that is meant", name=quoted(near))
    if len(names) > MOST_NAMES:
        return message("write {names} or another", names=", ".join(map(quoted, names[:MOST_NAMES])))
    return message("write {name}", name=one_of(names))
