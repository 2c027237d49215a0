"""What could not be taken from a workbook as it stands: a value, collected, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Level(Enum):
    """How much a problem costs: something left out, something read otherwise than written, something worth a look."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


def column_letters(column: int) -> str:
    """A column's letters as a spreadsheet shows them: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


class CellRef(NamedTuple):
    """A cell, a row (column 0) or a whole sheet (row 0), as a person would look it up.

    A named tuple: a workbook has hundreds of thousands, and these are made several times as fast as dataclasses.
    """

    sheet: str
    row: int = 0
    column: int = 0

    @property
    def address(self) -> str:
        """`Opportunities!J255`, `Opportunities, row 255` or `sheet Opportunities`."""
        if not self.row:
            return f"sheet {self.sheet}"
        if not self.column:
            return f"{self.sheet}, row {self.row}"
        return f"{self.sheet}!{column_letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: where, what stands there, what was expected, what was done about it, how to mend it."""

    level: Level
    rule: str
    """The rule's name, stable, for programs: `date_not_read`."""
    place: CellRef | None
    found: str
    """What stands there, with the user's own text in single quotes."""
    expected: str
    done: str
    """What the program did: used as ..., left out, not credited."""
    fix: str
    label: str = ""
    """The row as a person knows it: account, opportunity."""
    rep: str = ""
    """Whose figures it concerns; empty: everyone's."""

    @property
    def where(self) -> str:
        """The place and the row's label: `Opportunities!J255 (Talbeck Steel, Gearbox)`."""
        address = self.place.address if self.place else "The workbook"
        return f"{address} ({self.label})" if self.label else address

    @property
    def sentence(self) -> str:
        """The whole problem in the wording of the house: place, found, expected, done, fix."""
        expected = f"; {self.expected}" if self.expected else ""
        return f"{self.where}: {self.found}{expected}. {self.done}. Fix: {self.fix}."
