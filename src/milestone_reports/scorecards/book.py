"""What is gathered once for every page: a rep and track's opportunities, their standing, lines and quota periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from milestone_reports.domain.calendar import FiscalYear, Week
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Assignment, Rep, TargetIs, Team
from milestone_reports.domain.track import Track
from milestone_reports.metrics.quota import QuotaPeriod, quota_periods
from milestone_reports.metrics.standing import Standing, exists, standing
from milestone_reports.metrics.week import PlannedMilestone, planned_milestones
from milestone_reports.metrics.working_days import RepCalendar, rep_calendar


@dataclass(frozen=True)
class Frame:
    """A team seen on one day: the week and fiscal year that hold it."""

    team: Team
    as_of: date

    @cached_property
    def week(self) -> Week:
        """The week that holds the as-of date."""
        return self.team.week_of(self.as_of)

    @cached_property
    def year(self) -> FiscalYear:
        """The fiscal year that holds the as-of date."""
        return self.team.fiscal_year_of(self.as_of)

    def year_of(self, week: Week) -> FiscalYear:
        """The fiscal year a week is planned in: the frame's where it has a day of it, else that of its last day."""
        return self.year if self.year.touches(week) else self.team.fiscal_year_of(week.last_on)


@dataclass(frozen=True)
class TrackBook:
    """One rep on one track."""

    frame: Frame
    rep: Rep
    track: Track
    assignments: tuple[Assignment, ...]
    calendar: RepCalendar
    pairs: tuple[tuple[Opportunity, Standing], ...]
    lines: tuple[PlannedMilestone, ...]

    @cached_property
    def periods(self) -> tuple[QuotaPeriod, ...]:
        """The quota periods of the frame's fiscal year."""
        return self.periods_in(self.frame.year)

    def periods_in(self, year: FiscalYear) -> tuple[QuotaPeriod, ...]:
        """The quota periods of a fiscal year."""
        return quota_periods(self.assignments, self.track.n_milestones, self.frame.team.settings, year, self.calendar)

    def period_of(self, week: Week) -> QuotaPeriod | None:
        """The quota period that a week falls in; the later one where two meet."""
        year = self.frame.year_of(week)
        periods = self.periods if year == self.frame.year else self.periods_in(year)
        return next((period for period in reversed(periods) if period.touches(week)), None)

    @cached_property
    def current(self) -> QuotaPeriod | None:
        """The quota period that holds the as-of date: the one whose weekly quota pace is judged by."""
        day = self.frame.as_of
        return next((period for period in self.periods if period.first_on <= day < period.end_on), None)

    @cached_property
    def counts_money(self) -> bool:
        """Whether values add up here: not where the target counts sales (method.md §4)."""
        return all(period.target_is is TargetIs.VALUE for period in self.periods)

    def is_off(self, week: Week) -> bool:
        """Whether the rep works on no day of the week."""
        return not self.calendar.worked_days.count(week.first_on, week.end_on)

    def plan_of(self, week: Week) -> int | None:
        """The week's whole-number plan; None without a quota or in a week wholly off."""
        period = self.period_of(week)
        if period is None or self.is_off(week):
            return None
        return period.plan_of(week, self.frame.year_of(week))

    @cached_property
    def started_on(self) -> date | None:
        """The first day of the first assignment, when the workbook says one."""
        starts = [assignment.start_on for assignment in self.assignments]
        return None if None in starts else min((day for day in starts if day), default=None)

    @cached_property
    def credited_on(self) -> tuple[date, ...]:
        """The days of all credited milestones, in order."""
        return tuple(sorted(line.credited_on for line in self.lines if line.credited_on))


def books(team: Team, as_of: date) -> dict[str, tuple[TrackBook, ...]]:
    """For each rep, one book a track, in the team's order."""
    frame = Frame(team, as_of)
    owned: dict[tuple[str, str], list[Opportunity]] = defaultdict(list)
    for opportunity in team.opportunities:
        owned[opportunity.rep, opportunity.track].append(opportunity)
    assigned: dict[tuple[str, str], list[Assignment]] = defaultdict(list)
    for assignment in team.assignments:
        assigned[assignment.rep, assignment.track].append(assignment)
    return {
        rep.name: tuple(
            _book(frame, rep, track, assigned[rep.name, track.name], owned[rep.name, track.name])
            for track in team.tracks
            if owned[rep.name, track.name] or assigned[rep.name, track.name]
        )
        for rep in team.reps
    }


def _book(
    frame: Frame, rep: Rep, track: Track, assignments: Iterable[Assignment], owned: Sequence[Opportunity]
) -> TrackBook:
    pairs = tuple((o, standing(o, frame.as_of)) for o in owned if exists(o, frame.as_of))
    gates = frame.team.settings.gates
    return TrackBook(
        frame=frame,
        rep=rep,
        track=track,
        assignments=tuple(assignments),
        calendar=rep_calendar(rep.name, frame.team.time_off),
        pairs=pairs,
        lines=planned_milestones(pairs, track, gates, frame.as_of),
    )


def weeks_up_to(week: Week, n_weeks: int) -> tuple[Week, ...]:
    """The last `n_weeks` weeks, oldest first, ending with this one."""
    return tuple(week.plus(-age) for age in range(n_weeks - 1, -1, -1))


def weeks_of(year: FiscalYear, last: Week) -> tuple[Week, ...]:
    """The weeks that have a day of the fiscal year, up to `last`."""
    n_weeks = (last.last_on - year.first_on).days // 7 + 1
    return tuple(week for week in weeks_up_to(last, n_weeks) if year.touches(week))
