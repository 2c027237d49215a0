"""How a workbook was understood: which sheet, which columns, which dates, and why; as values that can be shown.

Must not decide anything, nor know how it is shown: explaining.py fills it in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from milestone_reports.workbook.cells import Book, Sheet
from milestone_reports.workbook.reading.hidden import Hidden
from milestone_reports.workbook.reading.profiles.layout import Layout
from milestone_reports.workbook.reading.table import Table
from milestone_reports.workbook.reading.values import DateOrder

SettingValue = str | float | date | None


@dataclass(frozen=True, slots=True)
class Basis:
    """What the reader had in hand when it made the team."""

    path: Path
    books: Sequence[Book]
    """The workbook, then its companion if there is one."""
    sheets: Mapping[str, Sheet]
    """The sheet of each kind."""
    tables: Mapping[str, Table | None]
    """The table of each refining sheet; None where it could not be used."""
    as_found: Table
    """The sheet of opportunities as it stands there."""
    opportunities: Table
    """The same as it was read: with columns made of others, where it is an export or has a log beside it."""
    layout: Layout
    day_first: DateOrder
    asked_for: date | None
    """The as-of date asked for on the command line."""
    today: date


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """A column of the opportunities: its own header, what it was read as (empty: not used), and why."""

    letters: str
    header: str
    read_as: str
    why: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet of the workbook or its companion: what it was read as (empty: not read), and why."""

    name: str
    read_as: str
    why: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class OpportunitiesRead:
    """The sheet of opportunities: why it is that, where its header stands, how many rows were read."""

    sheet: str
    why: str
    header_row: int
    n_rows: int
    n_left_out: int


@dataclass(frozen=True, slots=True)
class DatesRead:
    """How dates typed as text were read; dates typed as dates need no decision."""

    n_text: int
    """Cells with a date typed as text."""
    n_either_way: int
    """Of those, cells whose day and month could be swapped."""
    day_first: bool
    why: str


@dataclass(frozen=True, slots=True)
class MilestoneRead:
    """A milestone: where its dates stand, how many opportunities have one, from when to when."""

    name: str
    is_sale: bool
    evidence_required: bool
    column: str
    """The letters of the column of its dates; empty where it has none of its own."""
    n_dates: int
    first_on: date | None
    last_on: date | None
    n_undated: int
    """Opportunities that have reached it on a day that nothing says."""


@dataclass(frozen=True, slots=True)
class TrackRead:
    """A track's milestones in order, and what decided on them."""

    name: str
    why: str
    n_opportunities: int
    milestones: tuple[MilestoneRead, ...]


@dataclass(frozen=True, slots=True)
class SettingRead:
    """A setting in force and where it comes from: its cell, or empty where it is the default."""

    name: str
    value: SettingValue
    place: str


@dataclass(frozen=True, slots=True)
class RepRead:
    """A rep on a track with the target in force."""

    name: str
    is_listed: bool
    """On the Reps sheet."""
    track: str
    start_on: date | None = None
    end_on: date | None = None
    """The first day after the period."""
    annual_target: float | None = None
    target_is: str = ""
    average_contract_value: float | None = None
    n_opportunities: int = 0


@dataclass(frozen=True, slots=True)
class Understanding:
    """All that a manager needs to see whether a workbook was read right."""

    workbook: str
    kind: str
    companion: str
    team: str
    saved_at: datetime | None
    as_of: date
    as_of_why: str
    opportunities: OpportunitiesRead
    columns: tuple[ColumnRead, ...]
    tracks: tuple[TrackRead, ...]
    dates: DatesRead
    sheets: tuple[SheetRead, ...]
    hidden: tuple[Hidden, ...]
    settings: tuple[SettingRead, ...]
    reps: tuple[RepRead, ...]
