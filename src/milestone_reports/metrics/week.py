"""The week: what was planned, what was completed, what is planned next (method.md §4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from milestone_reports.domain.calendar import Week
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Gates
from milestone_reports.domain.track import Track
from milestone_reports.metrics.rates import Ratio
from milestone_reports.metrics.standing import Standing, State, milestone_credits

ItemState = Literal["done", "claimed", "carried", "planned", "lost", "closed", "removed"]

PlanSince = Literal["stands", "added", "moved", "removed", "handed on"]
"""What became of a line since the plan that its week is judged by: added to the week, moved out of it or taken off the
plan, or removed from the workbook with its opportunity."""

RELIABILITY_WEEKS = 13


class PlannedMilestone(NamedTuple):
    """One milestone of one opportunity as it stands on the as-of date: planned, completed, credited.

    A named tuple: a large team has hundreds of thousands.
    """

    opportunity: Opportunity
    milestone: str
    place: int
    """Its place on the track, from 0."""
    planned_on: date | None
    completed_on: date | None
    credited_on: date | None
    claimed_because: str
    state: State
    """The opportunity's."""
    closed_on: date | None
    since: PlanSince = "stands"

    def is_planned_for(self, week: Week) -> bool:
        """Whether the plan that the week is judged by has it in the week."""
        return self.since != "added" and week.holds(self.planned_on)

    def is_plan_of(self, week: Week) -> bool:
        """Whether it is of the week's plan: planned for it, and not given up with its opportunity by the week's end."""
        if not self.is_planned_for(week):
            return False
        if self.completed_on:
            return True
        return self.state is State.OPEN or (self.closed_on is not None and self.closed_on >= week.end_on)

    @property
    def is_waiting(self) -> bool:
        """Planned, not completed, and its opportunity open."""
        return self.planned_on is not None and self.completed_on is None and self.state is State.OPEN


def planned_milestones(
    opportunities: Iterable[tuple[Opportunity, Standing]], track: Track, gates: Gates, as_of: date
) -> tuple[PlannedMilestone, ...]:
    """Every milestone that has a plan or a completion, as of the day; waived ones have neither."""
    lines = []
    names = [milestone.name for milestone in track.milestones]
    for opportunity, standing in opportunities:
        credited = milestone_credits(opportunity, track, gates, as_of)
        for place, (entry, credit) in enumerate(zip(opportunity.entries, credited, strict=True)):
            if entry.waived or not (entry.planned_on or credit.completed_on):
                continue
            lines.append(
                PlannedMilestone(
                    opportunity=opportunity,
                    milestone=names[place],
                    place=place,
                    planned_on=entry.planned_on,
                    completed_on=credit.completed_on,
                    credited_on=credit.credited_on,
                    claimed_because=credit.claimed_because,
                    state=standing.state,
                    closed_on=standing.closed_on,
                )
            )
    return tuple(lines)


def done(lines: Sequence[PlannedMilestone], week: Week) -> list[PlannedMilestone]:
    """Milestones done in a week.

    Formula: those credited on a day of the week, planned or not.
    Shape: a count a rep and week, all tracks together.
    Units: milestones.
    Undefined: never.
    Source: method.md §1, §4.
    """
    return [line for line in lines if week.holds(line.credited_on)]


def claimed(lines: Sequence[PlannedMilestone], week: Week) -> list[PlannedMilestone]:
    """Milestones completed in a week but not credited, each with what stands in the way.

    Formula: a completion date in the week, and an earlier gate undated or the required evidence missing.
    Shape: a count a rep and week, all tracks together.
    Units: milestones.
    Undefined: never.
    Source: method.md §1.
    """
    return [line for line in lines if week.holds(line.completed_on) and line.credited_on is None]


def planned(lines: Sequence[PlannedMilestone], week: Week) -> list[PlannedMilestone]:
    """Milestones planned for a week.

    Formula: a planned date in the week, by the copy of the workbook from the week's first day or from the seven days
    before it, else by the workbook at hand; not those undone on opportunities that were closed by the week's end, nor
    those waived since. What was moved, taken off the plan or removed from the workbook since counts as planned.
    Shape: a count a rep and week, all tracks together.
    Units: milestones.
    Undefined: never.
    Source: method.md §4.
    """
    return [line for line in lines if line.is_plan_of(week)]


def planned_next(lines: Sequence[PlannedMilestone], week: Week) -> list[PlannedMilestone]:
    """Milestones planned for a week to come.

    Formula: a planned date in the week, not completed yet, the opportunity open.
    Shape: a count a rep and week, all tracks together.
    Units: milestones.
    Undefined: never.
    Source: method.md §4.
    """
    return [line for line in lines if line.is_waiting and week.holds(line.planned_on)]


def completed_of_planned(lines: Sequence[PlannedMilestone], week: Week) -> list[PlannedMilestone]:
    """Of the milestones planned for a week, those completed by its end, credited or not.

    Formula: planned in the week and a completion date in it or before.
    Shape: a count a rep and week, all tracks together; shown as 3 of 5.
    Units: milestones.
    Undefined: never.
    Source: method.md §4.
    """
    return [line for line in planned(lines, week) if line.completed_on and line.completed_on < week.end_on]


def completed_early(lines: Sequence[PlannedMilestone], week: Week) -> list[PlannedMilestone]:
    """Of the milestones planned for a week, those that were completed before it began.

    Formula: planned in the week and a completion date before its first day; completed of planned has them too.
    Shape: a count a rep and week, all tracks together.
    Units: milestones.
    Undefined: never.
    Source: method.md §4.
    """
    before = completed_of_planned(lines, week)
    return [line for line in before if line.completed_on and line.completed_on < week.first_on]


def beyond_plan(lines: Sequence[PlannedMilestone], week: Week) -> list[PlannedMilestone]:
    """Milestones completed in a week that were not planned for it.

    Formula: a completion date in the week and no planned date in it, by the plan that the week is judged by.
    Shape: a count a rep and week, all tracks together.
    Units: milestones.
    Undefined: never.
    Source: method.md §4.
    """
    return [line for line in lines if week.holds(line.completed_on) and not line.is_planned_for(week)]


def carried_over(lines: Sequence[PlannedMilestone], week: Week, as_of: date) -> list[PlannedMilestone]:
    """Milestones carried into a week.

    Formula: planned before the week, not completed, the opportunity still open; its planned day has passed, or is the
    as-of date and the last day before the week. By the workbook at hand: what was planned anew waits for its new day.
    Shape: a count a rep and week, all tracks together.
    Units: milestones.
    Undefined: never.
    Source: method.md §4.
    """
    passed = _first_day_that_waits(week, as_of)
    return [line for line in lines if line.is_waiting and line.planned_on and line.planned_on < passed]


def _first_day_that_waits(week: Week, as_of: date) -> date:
    """The first planned day that is not carried into a week: its own first, or the as-of date while that still runs."""
    return week.first_on if as_of + timedelta(days=1) >= week.first_on else as_of


def overdue(lines: Sequence[PlannedMilestone], as_of: date) -> list[PlannedMilestone]:
    """Milestones whose planned date has passed.

    Formula: planned before the as-of date, not completed, the opportunity open. By the workbook at hand: what was
    planned anew is due on its new day.
    Shape: a count a rep.
    Units: milestones.
    Undefined: never.
    Source: method.md §4.
    """
    return [line for line in lines if line.is_waiting and line.planned_on and line.planned_on < as_of]


def reliability(plans: Iterable[tuple[Week, Sequence[PlannedMilestone]]]) -> Ratio:
    """Of the milestones planned for the last 13 full weeks, those completed by the end of their week.

    Formula: completed of planned over planned, summed over those of these weeks of which a copy of the workbook says
    what was planned when they began; the running week is not among them until its last day.
    Shape: a ratio a rep and track, of a rep on several all tracks together; a team's is that of its reps' sums.
    Units: a share, with its counts: 17 of 21.
    Undefined: no copy from the start of such a week, or nothing planned in them: a dash.
    Source: method.md §4.
    """
    counts = [(len(completed_of_planned(lines, week)), len(planned(lines, week))) for week, lines in plans]
    return Ratio(sum(done_count for done_count, _ in counts), sum(of for _, of in counts))


def item_state(line: PlannedMilestone, week: Week, as_of: date) -> ItemState:
    """What a ledger says of a line that was planned for, or completed in, the week."""
    if line.credited_on and line.credited_on < week.end_on:
        return "done"
    if line.completed_on and line.completed_on < week.end_on:
        return "claimed"
    if line.closed_on and line.closed_on < week.end_on:
        return "lost" if line.state is State.LOST else "closed"
    if line.since == "removed":
        return "removed"
    waits = line.planned_on is not None and line.planned_on >= _first_day_that_waits(week.plus(1), as_of)
    return "planned" if waits and line.since != "moved" else "carried"


def streak(credited: Sequence[int], plans: Sequence[int | None], *, running: bool) -> int:
    """Consecutive weeks, up to the last, in which the week's whole-number plan was met.

    Formula: weeks with done >= plan, counted back from the newest; a plan of 0 and weeks wholly off are skipped, and
    the running week counts once it is met.
    Shape: a whole number a rep, all tracks together.
    Units: weeks.
    Undefined: no quota.
    Source: method.md §4.
    """
    met = 0
    for age, (done_count, plan) in enumerate(zip(reversed(credited), reversed(plans), strict=True)):
        if not plan:
            continue
        if done_count >= plan:
            met += 1
        elif age > 0 or not running:
            break
    return met


def best_streak(credited: Sequence[int], plans: Sequence[int | None]) -> int:
    """The longest run of weeks of the fiscal year in which the week's plan was met.

    Formula: as the streak, over any weeks of the fiscal year.
    Shape: a whole number a rep, all tracks together.
    Units: weeks.
    Undefined: no quota.
    Source: method.md §4, §9.
    """
    best = run = 0
    for done_count, plan in zip(credited, plans, strict=True):
        if not plan:
            continue
        run = run + 1 if done_count >= plan else 0
        best = max(best, run)
    return best
