"""Workbooks read with what earlier ones said, and kept for later ones: the store behind whatever reads a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from milestone_reports import __version__
from milestone_reports.domain.calendar import Week
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.names import key
from milestone_reports.domain.team import Team
from milestone_reports.history.snapshots import NO_PAST, Past, PublishedFigure
from milestone_reports.history.store import Member, Store, Taken
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.scorecards.published import published_figures
from milestone_reports.scorecards.published_weeks import FiguresOfWeek
from milestone_reports.workbook.reading.assemble import Reading, read_team

MOST_AHEAD = timedelta(days=7)
"""A copy for the end of the running week is often built before that day."""


@dataclass(frozen=True, slots=True)
class Told:
    """A team as a workbook tells it on a day, with what earlier workbooks said."""

    team: Team
    as_of: date
    past: Past = NO_PAST
    file_hash: str = ""
    """Of the workbook and its companion; empty where the team comes from the store."""
    number: int | None = None
    """Of its snapshot; None where none was taken."""
    is_a_look: bool = False
    """Its day is earlier than what the workbook says, or far ahead: nothing of such a look is kept or archived."""

    @property
    def week(self) -> Week:
        """The week that its day lies in."""
        return self.team.week_of(self.as_of)


def read_told(path: Path, companion: Path | None, as_of: date | None, today: date) -> tuple[Reading, str]:
    """A workbook as a team, with the hash of the very bytes that were read.

    Raises: CannotGoOnError where there is nothing to report on, or where somebody saves the file meanwhile.
    """
    before = hash_of(path, companion)
    reading = read_team(path, companion, as_of, today)
    if hash_of(path, companion) != before:
        raise CannotGoOnError(f"{path}: it was saved while it was being read. Fix: build once more.")
    return reading, before


def hash_of(path: Path, companion: Path | None) -> str:
    """The SHA-256 of a workbook's bytes, and of its companion's; empty where there is no file to read."""
    try:
        parts = [sha256(file.read_bytes()).hexdigest() for file in (path, companion) if file]
    except OSError:
        return ""
    return parts[0] if len(parts) == 1 else sha256("".join(parts).encode()).hexdigest()


def looks_ahead(as_of: date, today: date) -> bool:
    """Whether a day is so far ahead that it must be a slip, or a mere look: nothing is kept of it."""
    return as_of > today + MOST_AHEAD


def looks_back(team: Team, as_of: date, today: date) -> bool:
    """Whether a workbook says that something was done, or closed, between the day that is asked for and today.

    What is dated later still is a slip of the keyboard; and the day of its own Settings is the workbook's day.
    """
    if as_of == team.settings.as_of:
        return False
    days = (day for one in team.opportunities for day in (one.closed_on, *(e.completed_on for e in one.entries)))
    return any(day is not None and as_of < day <= today for day in days)


def recalled(store: Store | None, reading: Reading, file_hash: str, today: date, *, asked: bool = False) -> Told:
    """The team that was read, with its past; `asked`: as of a day that was asked for."""
    team, as_of = reading.team, reading.as_of
    past = store.past(team, as_of) if store else NO_PAST
    is_a_look = looks_ahead(as_of, today) or (asked and looks_back(team, as_of, today))
    return Told(team, as_of, past, file_hash, is_a_look=is_a_look)


def with_known_teams(store: Store, told: Sequence[Told]) -> list[Told]:
    """The teams, and those that the store alone knows, by name."""
    read = {key(one.team.name) for one in told}
    others = (from_store(store, number) for number in store.newest())
    both = [*told, *(other for other in others if key(other.team.name) not in read)]
    return sorted(both, key=lambda one: key(one.team.name))


def from_store(store: Store, number: int, known: int | None = None) -> Told:
    """A team as its snapshot has it, with what was known before number `known`; with all, unless that is said."""
    team, day = store.team_at(number)
    return Told(team, day, store.past(team, day, known=known), number=number)


def as_published(store: Store, member: Member, known: int) -> Told:
    """A team as it was in a published site: of its snapshot, on the day that it stood for there."""
    team, _ = store.team_at(member.number)
    team = replace(team, problems=member.problems)
    return Told(team, member.as_of, store.past(team, member.as_of, known=known), number=member.number)


def recorded(store: Store, one: Told, site: TeamSite, today: date) -> Told:
    """The team with the number of its snapshot, which is taken where the workbook is new."""
    if one.number is not None or one.is_a_look:
        return one
    taken = Taken(
        file_hash=one.file_hash,
        recorded_on=today,
        version=__version__,
        figures=tuple(published_figures(site)),
        decided=decided_for_the_year(site),
    )
    number = store.record(one.team, one.as_of, taken)
    return replace(one, number=number)


def members_of(told: Sequence[Told]) -> tuple[Member, ...]:
    """The snapshots that a site is made of, each with the day that it stands for there."""
    return tuple(Member(one.number, one.as_of, one.team.problems) for one in told if one.number is not None)


def decided_for_the_year(site: TeamSite) -> Mapping[tuple[str, date], tuple[int, ...]]:
    """The counts that the year's multiplier of each track was measured from; none where the workbook sets it."""
    year = site.stamp.fiscal_year_first_on
    found = ((track.card.track, track.card.multiplier) for track in site.rollup.tracks)
    return {(track, year): multiplier.decided for track, multiplier in found if multiplier.label != "set"}


def site_of(path: Path, companion: Path | None, as_of: date | None, today: date, state: Path | None) -> TeamSite:
    """All pages of a workbook's team with what the history in a folder knows, which is only read.

    Raises: CannotGoOnError.
    """
    reading, _ = read_told(path, companion, as_of, today)
    if state is None:
        return team_site(reading.team, reading.as_of)
    with Store.open(state, create=False) as store:
        return team_site(reading.team, reading.as_of, store.past(reading.team, reading.as_of))


def figures_of_weeks(told: Sequence[Told], sites: Sequence[TeamSite]) -> Mapping[str, FiguresOfWeek]:
    """What was said of each week, where the site is of one team."""
    if len(sites) != 1:
        return {}
    said = {one.week.name: one.figures for one in told[0].past.snapshots}
    said[sites[0].stamp.week] = published_figures(sites[0])
    return {week: _of_week(figures) for week, figures in said.items()}


def _of_week(figures: Sequence[PublishedFigure]) -> FiguresOfWeek:
    """The team's figures, all tracks together."""

    def total(name: str) -> float | None:
        values = [one.value for one in figures if not one.rep and one.name == name and one.value is not None]
        return sum(values) if values else None

    def count(name: str) -> int | None:
        value = total(name)
        return None if value is None else round(value)

    return FiguresOfWeek(
        done=count("done"),
        target=total("target"),
        planned=count("planned"),
        planned_done=count("completed_of_planned"),
        contracts=count("contracts_to_date"),
    )
