"""The values of the pages behind the figures and the numbers that went into them, as people write them.

Values and inputs come as numbers and as the program's own words: here money gets its currency, a share its percentage,
a day its month's name and a state its word in the language spoken. Must not compute a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from milestone_reports.domain.message import Message
from milestone_reports.render.formats import DASH, month_name
from milestone_reports.render.language import gettext, pgettext, said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.insights import Provenance

Form = Literal["money", "share", "number"]

MOST_INPUTS = 60
"""Numbers that went into one value that a page lists; a team's sums have one a rep."""

MONEY_FIGURES = frozenset({"Average contract, observed", "Expected revenue", "Revenue to date"})
SHARE_FIGURES = frozenset(
    {
        "Attainment",
        "Elapsed",
        "Expected rate",
        "Gate rate",
        "How far off forecasts were",
        "Part of the year",
        "Rate to the next milestone, so far",
        "Rate to the sale, so far",
        "Reliability",
        "Rep against team",
    }
)
MONEY_INPUTS = frozenset(
    {
        "average contract value",
        "forecast, in money",
        "in money",
        "in money, from what is open",
        "in money, from what is still to start",
        "in money, likely range from",
        "in money, likely range to",
        "revenue",
        "revenue a year",
        "revenue for each first milestone",
        "still needed, in money",
        "their values together",
    }
)
MONEY_BESIDE = {"annual target": "average contract value", "came": "forecast, in money"}
"""Inputs that are in money where the other one is there too."""
SHARE_INPUTS = frozenset(
    {
        "chance to be more than 5 points below",
        "part of the year",
        "rate of the rest of the team",
        "shrunken rate",
        "shrunken rates of the later gates, multiplied",
        "{milestone} to {next}",
        "{rep}, {milestone} to {next}",
    }
)
LIKE_ITS_FIGURE = frozenset(
    {
        "95 % interval from",
        "95 % interval to",
        "likely range from",
        "likely range to",
        "this year",
        "{first} to {last}",
    }
)
"""Inputs in the form of the value they belong to; so are those named by a rep, a milestone or a month."""
NAMES = frozenset({"gate", "source", "to"})
"""Inputs that are names in the workbook: they are never looked up as words."""

TELLS_APART: Mapping[str, tuple[str, ...]] = {
    "Backtest": ("at the end of",),
    "By source": ("source",),
    "Expected rate": ("to",),
    "Forecast": ("ends on",),
    "Forecast, assumed": ("ends on",),
    "Still to start": ("until",),
    "What-if": ("gate", "lever"),
}
"""The input that tells the rows of a figure apart, the first that a row has: it names the row."""

MONTH = re.compile(r"(\d{4})-(\d{2})")
WEEK = re.compile(r"\d{4}-W\d{2}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class InputLine:
    """One input: what it is, and how much."""

    name: str
    text: str
    is_number: bool
    """A number stays on one line, a text is broken where it has to be."""


def value_text(entry: Provenance, formats: Formats) -> str:
    """The value in its figure's form, or a dash."""
    return DASH if entry.value is None else number_text(entry.value, form_of(entry), formats)


def row_name(entry: Provenance, formats: Formats) -> str:
    """What tells a value from the others of its figure: a milestone, a deadline, a source, a change."""
    found = telling(entry)
    text = input_text(entry, found, formats) if found else ""
    if found in {"ends on", "until"}:
        return gettext("by {day}", day=text) if found == "ends on" else by_end_of(str(entry.inputs[found]))
    if found == "to":
        return gettext("{milestone} to {next}", milestone=entry.milestone, next=text)
    if entry.figure == "By source" and not found:
        return gettext("no source given")
    return text or entry.milestone or gettext("value")


def input_lines(entry: Provenance, formats: Formats) -> Sequence[InputLine]:
    """The numbers that went into a value, each with its name; not those that tell the rows apart."""
    names = [name for name in entry.inputs if name not in TELLS_APART.get(entry.figure, ())][:MOST_INPUTS]
    return [
        InputLine(name_text(name, formats), input_text(entry, name, formats), not isinstance(entry.inputs[name], str))
        for name in names
    ]


def telling(entry: Provenance) -> str:
    """The input that names the row; empty for most figures."""
    return next((name for name in TELLS_APART.get(entry.figure, ()) if entry.inputs.get(name)), "")


def form_of(entry: Provenance) -> Form:
    """What kind of number a value is; a backtest is in money or in contracts, as its forecasts were."""
    if entry.figure in MONEY_FIGURES or (entry.figure == "Backtest" and "forecast, in money" in entry.inputs):
        return "money"
    return "share" if entry.figure in SHARE_FIGURES else "number"


def input_form(entry: Provenance, name: str) -> Form:
    """What kind of number an input is, by its name."""
    pattern = name.pattern if isinstance(name, Message) else ""
    if pattern in MONEY_INPUTS or MONEY_BESIDE.get(pattern) in entry.inputs:
        return "money"
    if pattern in SHARE_INPUTS:
        return "share"
    return form_of(entry) if not pattern or pattern in LIKE_ITS_FIGURE else "number"


def number_text(value: float, form: Form, formats: Formats) -> str:
    """A number in its form."""
    if form == "money":
        return formats.money(value)
    return formats.fraction(value) if form == "share" else formats.exact(value)


def input_text(entry: Provenance, name: str, formats: Formats) -> str:
    """A number, a name of the workbook, a day or a word; or a dash."""
    value = entry.inputs[name]
    if value is None:
        return DASH
    if not isinstance(value, str):
        return number_text(value, input_form(entry, name), formats)
    if name in NAMES or isinstance(value, Message):
        return said(value)
    text = dated(value, formats)
    return state_words().get(text, text)


def name_text(name: str, formats: Formats) -> str:
    """An input's name, the days and weeks in it as people write them."""
    if not isinstance(name, Message):
        return dated(name, formats)
    values = {key: dated(value, formats) if isinstance(value, str) else value for key, value in name.values.items()}
    return said(Message(name.pattern, values))


def dated(text: str, formats: Formats) -> str:
    """`31 December 2025` of `2025-12-31`, `November 2026` of `2026-11`, `W52` of `2026-W52`; else the text as it is."""
    if DAY.fullmatch(text):
        return formats.day_long(date.fromisoformat(text), with_year=True)
    if WEEK.fullmatch(text):
        return formats.week(text)
    found = MONTH.fullmatch(text)
    return f"{month_name(int(found[2]))} {found[1]}" if found else text


def by_end_of(period: str) -> str:
    """The deadline of a forecast, a period of the fiscal year."""
    says = {
        "month": gettext("by the end of the month"),
        "quarter": gettext("by the end of the quarter"),
        "year": gettext("by the end of the year"),
    }
    return says[period]


def state_words() -> Mapping[str, str]:
    """The program's own words among the inputs, as they are said."""
    return {
        # pace
        "ahead": pgettext("a state", "ahead"),
        "on pace": pgettext("a state", "on pace"),
        "behind": pgettext("a state", "behind"),
        "nothing expected": pgettext("a state", "nothing expected"),
        "no quota": pgettext("a state", "no quota"),
        # how far a rate may be trusted
        "a rate": pgettext("a state", "a rate"),
        "plain": pgettext("a state", "plain"),
        "early": pgettext("a state", "early"),
        "too early": pgettext("a state", "too early"),
        # what a multiplier rests on
        "assumed": pgettext("a state", "assumed"),
        "mixed": pgettext("a state", "mixed"),
        "measured": pgettext("a state", "measured"),
        "set": pgettext("a state", "set"),
        # the coaching list
        "coach here": pgettext("a state", "coach here"),
        "new, watch": pgettext("a state", "new, watch"),
        "may be chance": pgettext("a state", "may be chance"),
        "too few to say": pgettext("a state", "too few to say"),
        # demand
        "covered": pgettext("a state", "covered"),
        "needed": pgettext("a state", "needed"),
        "too late": pgettext("a state", "too late"),
        "no history": pgettext("a state", "no history"),
        "no target": pgettext("a state", "no target"),
        # the end of which period
        "month": pgettext("a period", "month"),
        "quarter": pgettext("a period", "quarter"),
        "year": pgettext("a period", "year"),
        # what is changed
        "as it is": pgettext("a lever", "as it is"),
        "gate": pgettext("a lever", "gate"),
        "contract value": pgettext("a lever", "contract value"),
        "rep": pgettext("a lever", "rep"),
        "selling weeks": pgettext("a lever", "selling weeks"),
    }
