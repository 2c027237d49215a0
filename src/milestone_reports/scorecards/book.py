"""What is gathered once for every page: a rep and track's opportunities, their standing, lines and quota periods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from milestone_reports.domain.calendar import FiscalYear, Week
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Assignment, Rep, TargetIs, Team
from milestone_reports.domain.track import Track
from milestone_reports.history.plans import StoodPlans
from milestone_reports.history.snapshots import NO_PAST, Past
from milestone_reports.metrics.periods import QuotaPeriod, quota_periods
from milestone_reports.metrics.sales import Won, won_in
from milestone_reports.metrics.standing import Standing, State, exists, n_reached_undated, standing
from milestone_reports.metrics.week import PlannedMilestone, planned_milestones
from milestone_reports.metrics.working_days import RepCalendar, rep_calendar
from milestone_reports.scorecards.as_planned import LinesAsPlanned
from milestone_reports.scorecards.learned.evidence import Evidence


@dataclass(frozen=True)
class Frame:
    """A team seen on one day: the week and fiscal year that hold it."""

    team: Team
    as_of: date
    past: Past = NO_PAST

    @cached_property
    def evidence(self) -> Evidence:
        """What the history of its tracks says."""
        return Evidence(self.team, self.as_of, self.past.decided)

    @cached_property
    def stood(self) -> StoodPlans:
        """The plans that its weeks are judged by, from earlier copies of the workbook."""
        return StoodPlans(self.team, self.as_of, self.past)

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
        if week not in self._year_of_week:
            in_year = self.year.touches(week)
            self._year_of_week[week] = self.year if in_year else self.team.fiscal_year_of(week.last_on)
        return self._year_of_week[week]

    @cached_property
    def _year_of_week(self) -> dict[Week, FiscalYear]:
        """Of the weeks asked for so far: they are the same for every rep."""
        return {}

    def weeks_from_now(self, day: date) -> int:
        """How many weeks after the frame's week the day falls; below zero before it."""
        return (day - self.week.first_on).days // 7


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
    """Of its opportunities but for what others completed; and what the rep completed on those that are others' now."""
    by_others: tuple[PlannedMilestone, ...] = ()
    """What others completed on its opportunities: theirs in every count."""

    @cached_property
    def periods(self) -> tuple[QuotaPeriod, ...]:
        """The quota periods of the frame's fiscal year."""
        return self.periods_in(self.frame.year)

    def periods_in(self, year: FiscalYear) -> tuple[QuotaPeriod, ...]:
        """The quota periods of a fiscal year."""
        multiplier = self.frame.evidence.multiplier(self.track, year)
        return quota_periods(self.assignments, multiplier, self.frame.team.settings.selling_weeks, year, self.calendar)

    def period_of(self, week: Week) -> QuotaPeriod | None:
        """The quota period that a week falls in; the later one where two meet."""
        year = self.frame.year_of(week)
        if year not in self._periods_by_year:
            self._periods_by_year[year] = self.periods_in(year)
        return next((period for period in reversed(self._periods_by_year[year]) if period.touches(week)), None)

    @cached_property
    def _periods_by_year(self) -> dict[FiscalYear, tuple[QuotaPeriod, ...]]:
        """The quota periods of the years asked for so far: a streak asks for those of a hundred weeks."""
        return {self.frame.year: self.periods}

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

    @cached_property
    def won_this_year(self) -> Won:
        """The sales of the frame's fiscal year."""
        return won_in(self.pairs, self.frame.year)

    @cached_property
    def credited_this_year(self) -> tuple[PlannedMilestone, ...]:
        """The lines credited in the frame's fiscal year."""
        return tuple(line for line in self.lines if line.credited_on and self.frame.year.holds(line.credited_on))

    @cached_property
    def n_undated(self) -> int:
        """The opportunities with milestones reached on days that nobody says; those said to be won are apart."""
        return sum(
            standing.state is not State.UNDATED and n_reached_undated(opportunity, self.frame.as_of) > 0
            for opportunity, standing in self.pairs
        )

    @cached_property
    def claimed(self) -> tuple[PlannedMilestone, ...]:
        """The lines completed and not credited, of any year."""
        return tuple(line for line in self.lines if line.completed_on and line.credited_on is None)

    @cached_property
    def claimed_this_year(self) -> tuple[PlannedMilestone, ...]:
        """The lines completed in the frame's fiscal year and not credited."""
        return tuple(line for line in self.claimed if self.frame.year.holds(line.completed_on))

    @cached_property
    def waiting(self) -> tuple[PlannedMilestone, ...]:
        """The lines planned and not completed, on open opportunities: what can be carried over or overdue."""
        return tuple(line for line in self.lines if line.is_waiting)

    def lines_in(self, week: Week) -> Sequence[PlannedMilestone]:
        """The lines planned, completed or credited in a week: all that the week's figures can count.

        Their planned dates are of the plan as it stood when the week began, where a copy of the workbook says so.
        """
        if week not in self._as_they_stood:
            found = self._lines_by_week.get(self.frame.weeks_from_now(week.first_on), ())
            stood = self.frame.stood.of(week)
            planned = stood.planned.get((self.rep.name, self.track.name), ()) if stood else ()
            self._as_they_stood[week] = self._lines_as_planned.judged(found, planned, week) if stood else found
        return self._as_they_stood[week]

    @cached_property
    def _as_they_stood(self) -> dict[Week, Sequence[PlannedMilestone]]:
        """The lines of the weeks asked for so far."""
        return {}

    @cached_property
    def _lines_as_planned(self) -> LinesAsPlanned:
        return LinesAsPlanned(self.track, self.lines, self.pairs)

    @cached_property
    def _lines_by_week(self) -> Mapping[int, Sequence[PlannedMilestone]]:
        """Sorted into weeks once, for a card asks for a score of them."""
        found: dict[int, list[PlannedMilestone]] = defaultdict(list)
        weeks_from_now = self.frame.weeks_from_now
        for line in self.lines:
            days = (line.planned_on, line.completed_on, line.credited_on)
            for week in {weeks_from_now(day) for day in days if day}:
                found[week].append(line)
        return found


def books(frame: Frame) -> dict[str, tuple[TrackBook, ...]]:
    """For each rep, one book a track, in the team's order."""
    team = frame.team
    owned: dict[tuple[str, str], list[Opportunity]] = defaultdict(list)
    earned: dict[tuple[str, str], list[Opportunity]] = defaultdict(list)
    for opportunity in team.opportunities:
        owned[opportunity.rep, opportunity.track].append(opportunity)
        for earner in dict.fromkeys(entry.earned_by for entry in opportunity.entries if entry.earned_by):
            earned[earner, opportunity.track].append(opportunity)
    assigned: dict[tuple[str, str], list[Assignment]] = defaultdict(list)
    for assignment in team.assignments:
        assigned[assignment.rep, assignment.track].append(assignment)
    return {
        rep.name: tuple(
            _book(frame, rep, track, assigned[at], Held(owned[at], earned[at]))
            for track in team.tracks
            if owned[at := (rep.name, track.name)] or assigned[at] or earned[at]
        )
        for rep in team.reps
    }


@dataclass(frozen=True, slots=True)
class Held:
    """The opportunities of a rep on a track."""

    own: Sequence[Opportunity]
    earned: Sequence[Opportunity]
    """Others' on which the rep has completed a milestone."""


def _book(frame: Frame, rep: Rep, track: Track, assignments: Iterable[Assignment], held: Held) -> TrackBook:
    pairs, of_others = (
        tuple((o, standing(o, frame.as_of)) for o in listed if exists(o, frame.as_of))
        for listed in (held.own, held.earned)
    )
    lines = planned_milestones((*pairs, *of_others), track, frame.team.settings.gates, frame.as_of)
    theirs = tuple(line for line in lines if _belongs_to(line) == rep.name)
    return TrackBook(
        frame=frame,
        rep=rep,
        track=track,
        assignments=tuple(assignments),
        calendar=rep_calendar(rep.name, frame.team.time_off),
        pairs=pairs,
        lines=theirs,
        by_others=tuple(line for line in lines if line.opportunity.rep == rep.name != _belongs_to(line)),
    )


def _belongs_to(line: PlannedMilestone) -> str:
    """In whose counts a line is: of whoever owned the opportunity when it was completed, else of its rep."""
    return line.opportunity.entries[line.place].earned_by or line.opportunity.rep


@lru_cache
def weeks_up_to(week: Week, n_weeks: int) -> tuple[Week, ...]:
    """The last `n_weeks` weeks, oldest first, ending with this one."""
    return tuple(week.plus(-age) for age in range(n_weeks - 1, -1, -1))


def weeks_of(year: FiscalYear, last: Week) -> tuple[Week, ...]:
    """The weeks that have a day of the fiscal year, up to `last`."""
    n_weeks = (last.last_on - year.first_on).days // 7 + 1
    return tuple(week for week in weeks_up_to(last, n_weeks) if year.touches(week))
