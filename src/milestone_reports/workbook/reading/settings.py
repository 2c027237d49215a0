"""The Settings sheet: each setting read, or its default with a problem that says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from milestone_reports.domain.calendar import WeekStart
from milestone_reports.domain.message import Message, message
from milestone_reports.domain.names import key, nearest
from milestone_reports.domain.problem import Level
from milestone_reports.domain.team import Gates, Paper, Settings
from milestone_reports.workbook.cells import Cell
from milestone_reports.workbook.reading.addresses import check_setting_address
from milestone_reports.workbook.reading.findings import Findings, meant, said
from milestone_reports.workbook.reading.own_names import named
from milestone_reports.workbook.reading.table import Table
from milestone_reports.workbook.reading.values import (
    LEAST,
    Unread,
    found,
    is_placeholder,
    month_number,
    read_currency,
    read_date,
    read_number,
    reads_either_way,
)
from milestone_reports.workbook.vocabulary import SETTINGS, by_key

MOST_SELLING_WEEKS = 53
MOST_CONVERSION_MONTHS = 600
MOST_GRACE_DAYS = 365
MOST_MULTIPLIER = 100.0
AUTO = frozenset({"auto", "automatisch"})
LANGUAGES = {"deutsch": "de_DE", "german": "de_DE"}
"""Languages by the names that people type in place of their letters."""
DAY_FIRST_EXCEPT = {"en_US", "en_PH", "en"}
"""Locales in which the month is written before the day."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How one setting is read: the field it fills, what is expected in words, and the reading."""

    field: str
    expected: Message
    read: Callable[[Cell], object | None]
    """None where the cell says something else."""
    otherwise: Message
    """What is used instead, in words."""


def read_settings(table: Table | None, findings: Findings) -> tuple[Settings, str]:
    """The settings, and the team's name where the sheet gives one."""
    values: dict[str, object] = {}
    team = ""
    words = by_key(SETTINGS)
    for row in table.rows() if table else ():
        name, cell = row["Setting"], row["Value"]
        setting = words.get(key(name.text))
        if setting is None:
            _unknown(name, cell, findings)
        elif setting == "Team":
            team = cell.text if said(cell) else ""
        elif not cell.is_blank:
            _take(setting, cell, values, findings)
    known = {field.name for field in fields(Settings)}
    return Settings(**{name: value for name, value in values.items() if name in known}), team  # type: ignore[arg-type]


def _take(setting: str, cell: Cell, values: dict[str, object], findings: Findings) -> None:
    wanted = WANTED[setting]
    value = wanted.read(cell)
    is_default = is_placeholder(cell) or (setting == "Multiplier" and key(cell.text) in AUTO)
    if value is None and not is_default:
        findings.add(
            Level.ERROR,
            "setting_not_read",
            cell.ref,
            found=message("{found} for {setting}", found=found(cell), setting=named(setting)),
            expected=message("{what} was expected", what=wanted.expected),
            done=message("Left out; {otherwise}", otherwise=wanted.otherwise),
            fix=message("type {what}", what=wanted.expected),
        )
    elif value is not None:
        values[wanted.field] = value
        if setting == "Manager email":
            check_setting_address(cell, setting, findings)


def _unknown(name: Cell, value: Cell, findings: Findings) -> None:
    """A problem for a setting that is none; without a value it is a heading, unless it is nearly a setting's name."""
    if name.is_blank or (value.is_blank and not nearest(name.text, SETTINGS)):
        return
    findings.add(
        Level.WARNING,
        "setting_unknown",
        name.ref,
        found=message("a setting named {name}", name=found(name)),
        expected=message("a known setting was expected"),
        done=message("Not used"),
        fix=meant(name.text, SETTINGS),
    )


def _positive(cell: Cell) -> float | None:
    number = read_number(cell)
    return number if isinstance(number, float) and number >= LEAST else None


def _up_to(most: float, least: float = 1.0) -> Callable[[Cell], float | None]:
    def read(cell: Cell) -> float | None:
        number = read_number(cell)
        return number if isinstance(number, float) and least <= number <= most else None

    return read


def _months(cell: Cell) -> int | None:
    number = _up_to(MOST_CONVERSION_MONTHS)(cell)
    return int(number) if number is not None else None


def _days(cell: Cell) -> int | None:
    number = _up_to(MOST_GRACE_DAYS, least=0)(cell)
    return int(number) if number is not None and number == int(number) else None


def _month(cell: Cell) -> int | None:
    number = read_number(cell)
    if isinstance(number, float):
        return int(number) if number in range(1, 13) else None
    day = read_date(cell, day_first=False)
    if not isinstance(day, Unread) and day is not None:
        return day.month
    return month_number(re.sub(r"[^a-z]", "", key(cell.text)))


def _day(cell: Cell) -> object | None:
    day = read_date(cell, day_first=False)
    return None if isinstance(day, Unread) or reads_either_way(cell.text) else day


def _word(words: Mapping[str, object]) -> Callable[[Cell], object | None]:
    return lambda cell: words.get(key(cell.text))


def _currency(cell: Cell) -> str | None:
    code = read_currency(cell)
    return code if re.fullmatch(r"[A-Z]{3}", code) else None


def _locale(cell: Cell) -> str | None:
    if key(cell.text) in LANGUAGES:
        return LANGUAGES[key(cell.text)]
    match = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}|[A-Za-z]{4}))?", cell.text)
    if not match:
        return None
    return match[1].lower() + (f"_{match[2].upper()}" if match[2] else "")


def _text(cell: Cell) -> str | None:
    return cell.text if said(cell) else None


NO_TARGET = message("no target is assumed")

WANTED: Mapping[str, Wanted] = {
    "As of": Wanted(
        "as_of",
        message("a date such as 2026-11-22"),
        _day,
        message("the figures are those of the day of the build"),
    ),
    "Fiscal year starts": Wanted(
        "fiscal_year_starts", message("a month such as January"), _month, message("January is used")
    ),
    "Week starts": Wanted(
        "week_starts",
        message("'Monday' or 'Sunday'"),
        _word(
            {"monday": WeekStart.MONDAY, "sunday": WeekStart.SUNDAY}
            | {"montag": WeekStart.MONDAY, "sonntag": WeekStart.SUNDAY}
        ),
        message("Monday is used"),
    ),
    "Selling weeks": Wanted(
        "selling_weeks", message("a number from 1 to 53"), _up_to(MOST_SELLING_WEEKS), message("48 is used")
    ),
    "Currency": Wanted(
        "currency", message("a currency in three letters such as USD"), _currency, message("USD is used")
    ),
    "Locale": Wanted("locale", message("a language and country such as en_US"), _locale, message("en_US is used")),
    "Paper": Wanted(
        "paper",
        message("'A4' or 'Letter'"),
        _word({"a4": Paper.A4, "dina4": Paper.A4, "letter": Paper.LETTER, "usletter": Paper.LETTER}),
        message("A4 is used"),
    ),
    "Team annual target": Wanted("team_annual_target", message("a number above 0"), _positive, NO_TARGET),
    "Annual target per rep": Wanted("annual_target_per_rep", message("a number above 0"), _positive, NO_TARGET),
    "Average contract value": Wanted(
        "average_contract_value", message("a number above 0"), _positive, message("no average is assumed")
    ),
    "Multiplier": Wanted(
        "multiplier", message("a number from 1 to 100, or 'auto'"), _up_to(MOST_MULTIPLIER), message("'auto' is used")
    ),
    "Gates": Wanted(
        "gates",
        message("'in order' or 'open'"),
        _word(
            {"inorder": Gates.IN_ORDER, "open": Gates.OPEN}
            | {"inreihenfolge": Gates.IN_ORDER, "derreihenach": Gates.IN_ORDER, "offen": Gates.OPEN}
        ),
        message("'in order' is used"),
    ),
    "Conversion months": Wanted(
        "conversion_months", message("a number of months from 1 to 600"), _months, message("24 is used")
    ),
    "Grace for late entries": Wanted(
        "late_entry_grace", message("a number of days from 0 to 365"), _days, message("7 is used")
    ),
    "Manager": Wanted("manager", message("a name"), _text, message("no name is shown")),
    "Manager email": Wanted("manager_email", message("an address"), _text, message("no address is shown")),
}


def day_first(locale: str) -> bool:
    """Whether a date of numbers alone is written with its day first in this locale."""
    return locale not in DAY_FIRST_EXCEPT
