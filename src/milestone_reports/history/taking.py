"""What became of a file that was to be taken into the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

DayFrom = Literal["Settings sheet", "file name", "last saved", ""]
Outcome = Literal["taken", "replaces an earlier copy", "older copy of its week", "already there", "left out"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file."""

    file: str
    outcome: Outcome
    team: str = ""
    week: str = ""
    as_of: date | None = None
    day_from: DayFrom = ""
    n_opportunities: int = 0
    reason: str = ""
    """Why it was left out: one sentence."""
