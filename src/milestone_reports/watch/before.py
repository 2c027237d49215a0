"""What the history says of a workbook that was dropped: that it is published already, or older than what is.

A program that was killed before it had moved a file learns here that only that is left to do.
"""

from __future__ import annotations

from dataclasses import dataclass

from milestone_reports.build import Request
from milestone_reports.build.refusals import audience_there
from milestone_reports.domain.calendar import Week
from milestone_reports.domain.message import message
from milestone_reports.domain.names import quoted
from milestone_reports.domain.problem import Level, Problem
from milestone_reports.history.store import Entry, Store
from milestone_reports.workbook.reading.assemble import Reading


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a workbook stands among those that are published."""

    week: str
    """The one that it is of."""
    is_published: bool = False
    """The site is there and for the same people, and what it shows of this team is from this very file."""
    older: Problem | None = None
    """Why it is not published, where a later week is."""


def standing_of(reading: Reading, file_hash: str, request: Request) -> Standing:
    """Where a workbook stands; alone, where the history knows of none that is published.

    Raises: CannotGoOnError where the history cannot be read.
    """
    week = reading.team.week_of(reading.as_of)
    newest = newest_published(reading.team.name, request)
    if newest is None:
        return Standing(week.name)
    if newest.week > week:
        return Standing(week.name, older=_older(reading.team.name, week, newest.week))
    is_same = (newest.week, newest.file_hash) == (week, file_hash)
    return Standing(week.name, is_published=is_same and audience_there(request.output) == request.made_for)


def newest_published(team: str, request: Request) -> Entry | None:
    """The copy of a team's workbook that was published last."""
    if request.state is None:
        return None
    with Store.open(request.state, create=False) as store:
        published = [entry for entry in store.entries(team) if entry.published_on]
    return max(published, key=lambda entry: (entry.week, entry.is_current, entry.number), default=None)


def _older(team: str, week: Week, newest: Week) -> Problem:
    found = message(
        "it stands for week {week}, and week {newest} of the team {team} is published already",
        week=week.name, newest=newest.name, team=quoted(team),
    )  # fmt: skip
    fix = message(
        "put the newest copy into the inbox; a corrected copy of a past week is taken into the history by "
        "milestone-reports import"
    )
    return Problem(Level.ERROR, "older_week", None, found, "", "Not published", fix)
