"""Many cells of a sheet written in one way of its own, such as dates as text: one problem stands for them all.

What a team does on purpose in a whole column is one thing to say, not four hundred; nor is it kept four hundred times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from milestone_reports.domain.message import Message, message
from milestone_reports.domain.problem import CellRef, Level, Problem
from milestone_reports.workbook.reading.lists import listed, with_and
from milestone_reports.workbook.reading.own_names import named

MANY = 20
"""From this many cells on one sheet on it is the workbook's way, and no slip."""

MOST_COLUMNS = 3
"""How many columns are named."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A cell that is read, though it is not written as it should be."""

    column: str
    text: str
    """As it stands there, in quotes."""
    read_as: str | date
    reads_either_way: bool = False
    is_in_doubt: bool = False
    """Whether it reads either way, and no other cell tells which is meant."""


@dataclass(slots=True)
class Alike:
    """The cells of one sheet that one rule says the same of."""

    rule: str
    sheet: str
    columns: Counter[str] = field(default_factory=Counter)
    example: Spelling | None = None
    """The first that could be read otherwise, else the first."""
    told: list[int] = field(default_factory=list)
    """The places of those among the problems that are told one by one, as long as they are few."""

    def count(self, spelling: Spelling) -> bool:
        """Count one more; whether they are many now."""
        self.columns[spelling.column] += 1
        if self.example is None or (spelling.reads_either_way and not self.example.reads_either_way):
            self.example = spelling
        return self.are_many

    @property
    def are_many(self) -> bool:
        """Whether one problem is to stand for them."""
        return self.columns.total() >= MANY

    def as_one(self, example: Spelling) -> Problem:
        """The problem that stands for them."""
        words = WORDS[self.rule]
        return Problem(
            level=Level.WARNING if example.is_in_doubt else Level.NOTE,
            rule=self.rule,
            place=CellRef(self.sheet),
            found=words.found(f"{self.columns.total():,}", _where(self.columns)),
            expected=words.expected,
            done=message(
                "Each is read, {text} in {column} as {read_as}",
                text=example.text,
                column=named(example.column),
                read_as=example.read_as,
            ),
            fix=words.fix,
        )


@dataclass(frozen=True, slots=True)
class _Words:
    """How many problems of one rule are said as one."""

    found: Callable[[str, str], Message]
    """Of how many there are and of the columns they are in."""
    expected: str
    fix: Message


WORDS: Mapping[str, _Words] = {
    "date_as_text": _Words(
        lambda n, where: message("{n} dates are text, {where}", n=n, where=where),
        message("dates were expected"),
        message("see that the example is right, and type new ones as dates"),
    ),
    "number_as_text": _Words(
        lambda n, where: message("{n} numbers are text, {where}", n=n, where=where),
        message("numbers were expected"),
        message("see that the example is right, and type new ones as numbers"),
    ),
    "no_date_yet": _Words(
        lambda n, where: message("{n} words stand where a date belongs, {where}", n=n, where=where),
        "",
        message("leave the cells blank until there is a date"),
    ),
}


def together(problems: Sequence[Problem], groups: Iterable[Alike]) -> Sequence[Problem]:
    """The problems in their order, with one in place of the first of many alike."""
    told: list[Problem | None] = list(problems)
    for group in groups:
        if group.are_many and group.example:
            for place in group.told:
                told[place] = None
            told[group.told[0]] = group.as_one(group.example)
    return [problem for problem in told if problem is not None]


def _where(columns: Counter[str]) -> Message:
    """The columns, most cells first; only the first few are named."""
    names = [named(column) for column, _ in columns.most_common()]
    n_more = len(names) - MOST_COLUMNS
    if n_more > 1:
        return message("in {columns} and {n} more columns", columns=listed(names[:MOST_COLUMNS]), n=n_more)
    if n_more == 1:
        return message("in {columns} and 1 more column", columns=listed(names[:MOST_COLUMNS]))
    return message("in {columns}", columns=with_and(names))
