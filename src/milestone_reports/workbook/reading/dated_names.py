"""The day that a weekly copy's file name carries: `pipeline_2026-01-24.xlsx`, `Team 24.01.2026.xlsx`, `W47-2026`."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta

from milestone_reports.domain.calendar import Week

DAYS = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})[-_. ]?(?P<month>\d{2})[-_. ]?(?P<day>\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>(?:19|20)\d{2})(?!\d)"),
)
"""The year first, or with dots the day first; with hyphens or slashes nobody can tell a day from a month."""

WEEKS = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})[-_. ]?(?:W|KW|CW)[-_. ]?(?P<week>\d{1,2})(?!\d)", re.IGNORECASE),
    re.compile(
        r"(?<![A-Za-z])(?:W|KW|CW)[-_. ]?(?P<week>\d{1,2})[-_. /]+(?P<year>(?:19|20)\d{2})(?!\d)", re.IGNORECASE
    ),
)


def day_in_name(name: str) -> date | None:
    """The day that a file's name says, of a week its last; None where it says none, or several different ones."""
    found = {day for pattern in DAYS for match in pattern.finditer(name) if (day := _day(match))}
    if not found:
        found = {day for pattern in WEEKS for match in pattern.finditer(name) if (day := _last_of_week(match))}
    return found.pop() if len(found) == 1 else None


def _day(match: re.Match[str]) -> date | None:
    with suppress(ValueError):
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    return None


def _last_of_week(match: re.Match[str]) -> date | None:
    with suppress(ValueError):
        return Week(date.fromisocalendar(int(match["year"]), int(match["week"]), 1)).end_on - timedelta(days=1)
    return None
