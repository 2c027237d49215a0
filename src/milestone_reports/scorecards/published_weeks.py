"""What the page of all published weeks says: each week that a site keeps, with what was said of it then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from milestone_reports.domain.calendar import Week
from milestone_reports.scorecards.pages import Stamp

MONDAY = 0


@dataclass(frozen=True, slots=True)
class FiguresOfWeek:
    """What a team did in a week, all tracks together, as it was published then."""

    done: int | None = None  #: milestones done; none where it was not said
    target: float | None = None  #: the week's target; none without one
    planned: int | None = None  #: milestones planned for the week; none where it was not said
    planned_done: int | None = None  #: of those, completed; none where it was not said
    contracts: int | None = None  #: contracts signed in the fiscal year by then; none where it was not said


@dataclass(frozen=True, slots=True)
class PublishedWeek:
    """A week that is kept as it was published."""

    week: str  #: such as 2026-W47
    first_on: date  #: its first day
    last_on: date  #: its last day
    front: str  #: where its front page is, from the site's folder; empty where it has none
    report: str  #: where the team's report is as a PDF, from there too; empty where it has none
    figures: FiguresOfWeek | None  #: none where the history does not know the week, and of several teams


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """The published weeks of one year of the calendar of weeks."""

    year: int  #: such as 2026
    weeks: tuple[PublishedWeek, ...]  #: the newest first


@dataclass(frozen=True, slots=True)
class PublishedWeeks:
    """All weeks that a site keeps."""

    stamp: Stamp  #: the team's; of several the first one's
    teams: tuple[Stamp, ...]  #: all that are in the site
    years: tuple[PublishedYear, ...]  #: the newest first

    @property
    def weeks(self) -> tuple[PublishedWeek, ...]:
        """Those of all years, the newest first."""
        return tuple(week for year in self.years for week in year.weeks)

    @property
    def has_figures(self) -> bool:
        """Whether any week has figures."""
        return any(week.figures for week in self.weeks)


def published_weeks(
    stamps: Sequence[Stamp],
    weeks: Iterable[str],
    paths: Collection[str],
    figures: Mapping[str, FiguresOfWeek],
    managers_folder: str = "",
) -> PublishedWeeks:
    """The page of these weeks, of which a site has these files, those for managers in a folder.

    Its days are those of the calendar that the team has now.
    """
    starts_on_monday = stamps[0].week_first_on.weekday() == MONDAY
    told = figures if len(stamps) == 1 else {}

    def published(name: str) -> PublishedWeek:
        week = week_named(name, starts_on_monday=starts_on_monday)
        front, report = (f"{name}/{managers_folder}{file}" for file in ("index.html", "team.pdf"))
        return PublishedWeek(
            week=name,
            first_on=week.first_on,
            last_on=week.last_on,
            front=front if front in paths else "",
            report=report if report in paths else "",
            figures=told.get(name),
        )

    by_year = groupby(sorted(weeks, reverse=True), key=lambda name: int(name[:4]))
    years = tuple(PublishedYear(year, tuple(map(published, names))) for year, names in by_year)
    return PublishedWeeks(stamps[0], tuple(stamps), years)


def week_named(name: str, *, starts_on_monday: bool) -> Week:
    """The week of a name such as 2026-W47: the one whose middle lies in that week of the ISO calendar."""
    year, _, number = name.partition("-W")
    monday = date.fromisocalendar(int(year), int(number), 1)
    return Week(monday if starts_on_monday else monday - timedelta(days=1))
