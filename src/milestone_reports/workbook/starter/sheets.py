"""The sheets of a workbook made for people: their columns, what each means, what may be typed into it (workbook.md).

Must not know of files or of the spreadsheet library; starter_look.py draws what stands here.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

CellValue = str | float | date | None
Row = Mapping[str, CellValue]
"""One row, by column name; a column that is not named stays blank."""


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    LONG_TEXT = "long text"
    DATE = "date"
    COMPLETION = "completion"
    """A date, or the word `waived`."""
    MONEY = "money"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, what it means, what may be typed into it."""

    name: str
    meaning: str
    width: float = 14
    kind: Kind = Kind.TEXT
    choices: str = ""
    """The source of a drop-down: a quoted list or a range."""
    if_not_chosen: str = ""
    """What to do when the drop-down does not offer what was typed."""
    milestone: int | None = None
    """Which of the milestones the column belongs to, counted from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and its columns."""

    name: str
    columns: tuple[Column, ...]
    n_frozen: int = 1
    """How many columns stay in view."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the Settings sheet."""

    name: str
    value: CellValue
    meaning: str
    kind: Kind = Kind.TEXT
    choices: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a workbook is filled with; blank sheets are written all the same."""

    saved_at: datetime
    """The moment the file says it was saved."""
    settings: Mapping[str, CellValue]
    """The settings that differ from the starter's."""
    milestones: Sequence[Row]
    reps: Sequence[Row]
    opportunities: Sequence[Row]
    time_off: Sequence[Row] = ()
    rates: Sequence[Row] = ()
    about: Sequence[str] = ()
    """Paragraphs that open the Instructions: what this workbook is an example of."""

    @property
    def milestone_names(self) -> Sequence[str]:
        """Every milestone once, in order: each has three columns on the Opportunities sheet."""
        return list(dict.fromkeys(str(row["Milestone"]) for row in self.milestones))


def listed(*choices: str) -> str:
    """The source of a drop-down that offers these words."""
    return '"' + ",".join(choices) + '"'


MOST_REPS = 200
MOST_MILESTONE_ROWS = 60
YES_OR_NO = listed("yes", "no")
MONTHS = tuple(calendar.month_name)[1:]

REP_NAMES = f"OFFSET(Reps!$A$2,0,0,MAX(1,COUNTA(Reps!$A$2:$A${MOST_REPS + 1})),1)"
"""Exactly the rows in use: a range with blanks at its end opens at the blanks in Excel."""

_TRACKS = f"Milestones!$A$2:$A${MOST_MILESTONE_ROWS + 1}"
TRACK_NAMES = (
    f"OFFSET(Milestones!$A$2,0,0,MAX(1,IF(COUNTIF({_TRACKS},Milestones!$A$2)=COUNTA({_TRACKS}),1,COUNTA({_TRACKS}))),1)"
)
"""One entry where all milestones are on one track; with several, each as often as it has milestones."""

ADD_REP = "This name is not on the Reps sheet. Pick one from the list, or add it there first."
ADD_TRACK = "This track is not on the Milestones sheet. Pick one from the list, or add it there first."


def opportunities_sheet(milestones: Sequence[str]) -> Sheet:
    """The Opportunities sheet for a team with these milestones, in order."""
    groups = [column for k, name in enumerate(milestones) for column in _milestone_columns(k, name, milestones)]
    return Sheet("Opportunities", (*_BEFORE_MILESTONES, *groups, *_AFTER_MILESTONES), n_frozen=2)


def _milestone_columns(k: int, name: str, milestones: Sequence[str]) -> Iterator[Column]:
    """Planned, completed and evidence of one milestone."""
    is_sale = k == len(milestones) - 1
    done = f"The day on which {name} was completed{': the sale' if is_sale else ''}."
    may_be_waived = "Type waived to pass it without credit."
    yield Column(f"{name} planned", f"The day for which {name} is planned.", 12.5, Kind.DATE, milestone=k)
    yield Column(name, f"{done} {may_be_waived}", 12.5, Kind.COMPLETION, milestone=k)
    yield Column(f"{name} evidence", "What proves it: a few words or a link.", 24, milestone=k)


_BEFORE_MILESTONES = (
    Column("ID", "Your own number for the opportunity. Each row has its own; it stays the same for ever.", 10),
    Column("Opportunity", "What is to be sold, in a few words.", 30),
    Column("Account", "The client, or the one who is to become it.", 26),
    Column("Rep", "Who owns it, from the Reps sheet.", 20, choices=REP_NAMES, if_not_chosen=ADD_REP),
    Column("Track", "Which milestones it runs along.", 16, choices=TRACK_NAMES, if_not_chosen=ADD_TRACK),
    Column("Source", "Where it came from: website, referral, trade fair. Use the same few words every time.", 13),
    Column("Value", "What the contract is worth. An estimate until it is signed.", 12, Kind.MONEY),
    Column("Currency", "Only where it is not the report's own; then its rate belongs on the Rates sheet.", 10),
    Column("Created", "The day on which the opportunity was first written down.", 12.5, Kind.DATE),
)

_OUTCOMES = ("open", "won", "lost", "no decision", "disqualified", "cancelled")

_AFTER_MILESTONES = (
    Column(
        "Outcome",
        "open, won, lost, no decision or disqualified; cancelled for a contract that was signed and then called off.",
        13,
        choices=listed(*_OUTCOMES),
        if_not_chosen="Pick one from the list, or leave the cell blank for an open opportunity.",
    ),
    Column("Closed", "The day on which it was won, lost or cancelled.", 12.5, Kind.DATE),
    Column("Lost reason", "Why, in the same few words every time.", 22),
    Column("Notes", "Anything else. The reports do not read it.", 40),
)

MILESTONES = Sheet(
    "Milestones",
    (
        Column("Track", "One kind of work: new business, existing clients, partners.", 20),
        Column("Order", "1 for the first milestone of the track, and so on. The last one is the sale.", 8, Kind.NUMBER),
        Column("Milestone", "Its name: the same as above its three columns on the Opportunities sheet.", 24),
        Column("Agreed by both", "What you and the client agree has happened.", 84, Kind.LONG_TEXT),
        Column(
            "Evidence required",
            "yes: it counts only once its evidence cell is filled in. Blank means no.",
            12,
            choices=YES_OR_NO,
            if_not_chosen="Type yes or no.",
        ),
    ),
    n_frozen=0,
)

REPS = Sheet(
    "Reps",
    (
        Column("Rep", "The name, spelt as on the Opportunities sheet.", 28),
        Column("Track", "The track the target is for.", 18, choices=TRACK_NAMES, if_not_chosen=ADD_TRACK),
        Column("Annual target", "For a full year. Blank: as in Settings.", 14, Kind.MONEY),
        Column(
            "Target is",
            "value: an amount of money. count: a number of contracts, or of signed partners.",
            11,
            choices=listed("value", "count"),
            if_not_chosen="Type value or count.",
        ),
        Column("Average contract value", "What a contract is usually worth. Blank: as in Settings.", 14, Kind.MONEY),
        Column("Start", "The first day, where it lies inside the year.", 12.5, Kind.DATE),
        Column("End", "The last day, where it lies inside the year.", 12.5, Kind.DATE),
        Column("Email", "Where the scorecard goes.", 32),
        Column("Manager", "Blank: as in Settings.", 20),
        Column("Manager email", "Blank: as in Settings.", 32),
    ),
)

TIME_OFF = Sheet(
    "Time off",
    (
        Column("Rep", "Blank for a day off for everyone.", 28, choices=REP_NAMES, if_not_chosen=ADD_REP),
        Column("From", "The first day off.", 12.5, Kind.DATE),
        Column("To", "The last day off: the same day for a single one.", 12.5, Kind.DATE),
        Column("Reason", "Holiday, public holiday, illness.", 32),
        Column(
            "Reduces quota",
            "yes for a long leave that makes the year's quota smaller. Blank means no: only the pace moves.",
            12,
            choices=YES_OR_NO,
            if_not_chosen="Type yes or no.",
        ),
    ),
    n_frozen=0,
)

RATES = Sheet(
    "Rates",
    (
        Column("Currency", "Its three letters: EUR.", 12),
        Column("Rate", "What one of it is worth in the report's currency.", 12, Kind.NUMBER),
    ),
    n_frozen=0,
)

SETTINGS = (
    Setting("Team", "Your team", "The name at the head of every page."),
    Setting("As of", None, "The day the figures stand for. Blank: the day of the report.", Kind.DATE),
    Setting("Fiscal year starts", "January", "The month in which your year begins.", choices=listed(*MONTHS)),
    Setting("Week starts", "Monday", "Monday or Sunday.", choices=listed("Monday", "Sunday")),
    Setting("Selling weeks", 48, "Weeks a year in which you sell; the others are a reserve.", Kind.NUMBER),
    Setting("Currency", "USD", "The report's currency, by its three letters."),
    Setting("Locale", "en_US", "How dates and numbers are written: en_US, en_GB, de_DE."),
    Setting("Paper", "A4", "The paper of the printed scorecards.", choices=listed("A4", "Letter")),
    Setting(
        "Team annual target",
        None,
        "The team's own target, if it is not the sum of the reps'. Shown beside that sum.",
        Kind.MONEY,
    ),
    Setting("Annual target per rep", 600_000, "For every rep who has none of their own on the Reps sheet.", Kind.MONEY),
    Setting("Average contract value", 50_000, "What a contract is usually worth.", Kind.MONEY),
    Setting(
        "Multiplier",
        "auto",
        "How many milestones the year takes for each one of a year without losses. auto: 2. Or type your own figure.",
        Kind.NUMBER,
    ),
    Setting(
        "Gates",
        "in order",
        "in order: a milestone counts once all before it are completed. open: each counts on its own date.",
        choices=listed("in order", "open"),
    ),
    Setting("Conversion months", 24, "How far back the conversion rates look.", Kind.NUMBER),
    Setting(
        "Grace for late entries",
        7,
        "Days after a milestone's own week in which it is still entered in time. Later ones are listed.",
        Kind.NUMBER,
    ),
    Setting("Manager", None, "Who leads the team."),
    Setting("Manager email", None, "Where the team's report goes."),
)
