"""What goes into the history beside the team itself, and what a list of it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from milestone_reports.domain.calendar import Week
from milestone_reports.history.snapshots import PublishedFigure


@dataclass(frozen=True, slots=True)
class Taken:
    """What a snapshot says beside what the workbook says."""

    file_hash: str
    """Of the workbook's bytes and its companion's: the same file is one snapshot."""
    recorded_on: date
    version: str
    """The program's."""
    figures: tuple[PublishedFigure, ...] = ()
    decided: Mapping[tuple[str, date], tuple[int, ...]] = field(default_factory=dict)
    """By track and by the first day of a fiscal year: the counts that its multiplier was set from."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A snapshot as a list of them shows it."""

    number: int
    team: str
    week: Week
    as_of: date
    file: str
    """The workbook's name."""
    file_hash: str
    recorded_on: date
    version: str
    n_opportunities: int
    is_current: bool
    """Whether no later copy of the same week has replaced it."""
    published_on: date | None
