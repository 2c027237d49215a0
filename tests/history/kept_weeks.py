"""Workbooks to be kept, for the tests of the store: a team of some rows that says something else each week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from weekly_copies import deal, team

from milestone_reports.domain.team import Team
from milestone_reports.history.snapshots import PublishedFigure
from milestone_reports.history.store import FILE, Store, Taken

FIRST_DAY = date(2026, 1, 7)
"""A Wednesday."""


def taken(
    file_hash: str,
    *figures: PublishedFigure,
    decided: Mapping[tuple[str, date], tuple[int, ...]] | None = None,
) -> Taken:
    return Taken(file_hash, date(2026, 11, 19), "0.1.0", figures, decided or {})


def weekly_team(week: int, n_rows: int = 3, *, rep: str = "Ann") -> Team:
    """Rows of which one a week, in turn, has another value."""
    return team([deal(f"N-{n}", value=(week - n % 7) // 7, rep=rep) for n in range(n_rows)])


def as_of(week: int) -> date:
    return FIRST_DAY + timedelta(weeks=week)


def named(known: Team, name: str) -> Team:
    return replace(known, name=name, slug=name.lower())


def filled(folder: Path, n_weeks: int, n_rows: int = 3) -> None:
    """A store of so many weeks, numbered from 1; their hashes are their numbers."""
    with Store.open(folder) as store:
        for week in range(1, n_weeks + 1):
            store.record(weekly_team(week, n_rows), as_of(week), taken(str(week)))


def refusal(folder: Path) -> str:
    """How a message about the store begins."""
    return f"History '{folder / FILE}'"
