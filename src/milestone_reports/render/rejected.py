"""What the note beside a workbook that was not published says. Must not know where the note is put."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """One thing that is wrong with the workbook."""

    cell: str  #: such as `Opportunities!J255`; empty: the whole file
    label: str  #: the row as a person knows it; empty for none
    found: str  #: what stands there
    expected: str  #: what was expected; empty where there is nothing to add
    fix: str  #: how to mend it


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that was not published, and why."""

    file: str  #: its name
    at: datetime  #: when, by the clock of the place where the program runs
    lines: tuple[RejectedLine, ...]  #: what is wrong, in the workbook's order
    n_more: int = 0  #: how many more there are
    marked: str = ""  #: the name of the copy beside the note in which the cells are marked; empty for none
    marked_at: str = ""  #: the same as an address
    locale: str = "en_US"  #: the team's, as far as it is known
