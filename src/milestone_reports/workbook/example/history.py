"""How the opportunities of a made-up team go: begun, moved from gate to gate, lost, forgotten, planned.

Draws only from the generator that it is given; knows the whole course of an opportunity, also beyond the as-of date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log
from random import Random

from milestone_reports.domain.calendar import Week
from milestone_reports.workbook.example.kinds import AS_OF, SampleRep, SampleTeam

SPREAD = 0.55
"""Of durations: the standard deviation of their logarithm."""

LEADS_AHEAD = timedelta(days=35)
"""How far beyond the as-of date first milestones are already planned."""

THIS_WEEK = Week.holding(AS_OF)
NEXT_WEEK = THIS_WEEK.plus(1)
DIES_EARLY = 0.05
"""The share that never reaches the first milestone."""


@dataclass(frozen=True, slots=True)
class Course:
    """What becomes of an opportunity."""

    rep: SampleRep
    created_on: date
    done_on: Sequence[date]
    """The milestones reached, in order; also those after the as-of date."""
    lost_on: date | None
    """None: won, or never closed."""

    @property
    def known(self) -> Sequence[date]:
        """The milestones reached by the as-of date."""
        return [day for day in self.done_on if day <= AS_OF]

    @property
    def is_lost(self) -> bool:
        """Whether the loss is known by the as-of date."""
        return self.lost_on is not None and self.lost_on <= AS_OF


class WorkingDays:
    """The days on which each rep of a team works."""

    def __init__(self, team: SampleTeam) -> None:
        self._off: Mapping[str | None, set[date]] = {
            name: {day for row in team.time_off if row.get("Rep") == name for day in _days(row["From"], row["To"])}
            for name in (None, *(rep.name for rep in team.reps))
        }

    def on_or_after(self, day: date, rep: SampleRep) -> date:
        """The first day from `day` on which the rep works."""
        while day.weekday() > 4 or day in self._off[None] or day in self._off[rep.name]:  # noqa: PLR2004  Friday
            day += timedelta(days=1)
        return day


def courses(rng: Random, team: SampleTeam, rep: SampleRep, working: WorkingDays) -> Iterator[Course]:
    """Every opportunity of a rep that the workbook knows of, in the order of their beginnings."""
    if not rep.pace:
        return
    begins_on = rep.start_on or team.history_from
    apart = 365 * team.milestones_per_start / (rep.pace * team.quota(rep))
    # One beginning in each stretch of time, so that no rep has a year of luck.
    n_starts = int((AS_OF + LEADS_AHEAD - begins_on).days / apart)
    for i in range(n_starts):
        first_on = working.on_or_after(begins_on + timedelta(days=int((i + rng.random()) * apart)), rep)
        earlier = max(first_on - _days_for(rng, 11), begins_on - timedelta(days=20))
        created_on = min(working.on_or_after(earlier, rep), first_on)
        if created_on <= AS_OF:
            yield _course(rng, team, rep, (created_on, first_on), working)


def _course(rng: Random, team: SampleTeam, rep: SampleRep, begun: tuple[date, date], working: WorkingDays) -> Course:
    """One opportunity from its first milestone until it is won, lost or forgotten."""
    created_on, day = begun
    if rng.random() < DIES_EARLY:
        return Course(rep, created_on, (), working.on_or_after(day, rep))
    done_on = [day]
    strengths = rep.strengths or (0.0,) * (len(team.gates) - 1)
    for gate, strength in zip(team.gates[1:], strengths, strict=True):
        if rng.random() >= gate.passes + strength:
            is_closed = rng.random() >= rep.never_closed
            lost_on = working.on_or_after(day + _days_for(rng, gate.days * 1.3 * rep.slowness), rep)
            return Course(rep, created_on, done_on, lost_on if is_closed else None)
        day = working.on_or_after(day + _days_for(rng, gate.days * rep.slowness), rep)
        done_on.append(day)
    return Course(rep, created_on, done_on, None)


def planned_days(rng: Random, team: SampleTeam, course: Course, working: WorkingDays) -> Sequence[date | None]:
    """The planned day of each milestone, as it stands in the workbook on the as-of date."""
    known = course.known
    plans: list[date | None] = [_plan_behind(rng, day) for day in known]
    if not course.is_lost and len(known) < len(team.gates):
        plans += _plans_ahead(rng, team, course)
    elif rng.random() < 0.8 and course.lost_on and len(known) < len(team.gates):  # noqa: PLR2004  a share
        plans.append(course.lost_on - timedelta(days=rng.randint(3, 20)))
    plans += [None] * (len(team.gates) - len(plans))
    return [plan and working.on_or_after(plan, course.rep) for plan in plans]


def _plan_behind(rng: Random, done_on: date) -> date | None:
    """What had been planned for a milestone now done: mostly that week, sometimes earlier, seldom later or nothing."""
    luck = rng.random()
    if luck < 0.10:  # noqa: PLR2004  shares of cases, here and below
        return None
    if luck < 0.76:  # noqa: PLR2004
        return Week.holding(done_on).first_on + timedelta(days=rng.randint(0, 4))
    if luck < 0.95:  # noqa: PLR2004
        return done_on - timedelta(days=rng.randint(5, 24))
    return done_on + timedelta(days=rng.randint(5, 10))


def _plans_ahead(rng: Random, team: SampleTeam, course: Course) -> list[date | None]:
    """The plan for the next milestone of an open opportunity, and now and then for the one after."""
    k = len(course.known)
    is_to_come = len(course.done_on) > k
    next_on = _hoped_for(rng, course.done_on[k]) if is_to_come else _put_off(rng)
    plans = [next_on]
    if next_on and k + 1 < len(team.gates) and rng.random() < 0.3:  # noqa: PLR2004
        plans.append(max(next_on, AS_OF) + _days_for(rng, team.gates[k + 1].days))
    return plans


def _hoped_for(rng: Random, comes_on: date) -> date:
    """The plan for what will indeed come: mostly in its week, sometimes too early, often as soon as next week."""
    luck = rng.random()
    if luck < 0.35 and comes_on >= NEXT_WEEK.end_on:  # noqa: PLR2004
        return NEXT_WEEK.first_on + timedelta(days=rng.randint(0, 2))
    if luck < 0.85:  # noqa: PLR2004
        return Week.holding(comes_on).first_on + timedelta(days=rng.randint(0, 4))
    return comes_on - timedelta(days=rng.randint(5, 20))


def _put_off(rng: Random) -> date | None:
    """The plan for what will never come: put off, overdue, or none at all."""
    luck = rng.random()
    if luck < 0.22:  # noqa: PLR2004
        return None
    if luck < 0.40:  # noqa: PLR2004
        return THIS_WEEK.first_on - timedelta(days=rng.randint(3, 28))
    if luck < 0.47:  # noqa: PLR2004
        return THIS_WEEK.first_on + timedelta(days=rng.randint(2, 4))
    if luck < 0.66:  # noqa: PLR2004
        return NEXT_WEEK.first_on + timedelta(days=rng.randint(0, 2))
    return AS_OF + timedelta(days=rng.randint(9, 45))


def contract_value(rng: Random, average: float) -> float:
    """About lognormal around the average, in steps of 500."""
    spread = 0.42
    return max(round(rng.lognormvariate(log(average) - spread**2 / 2, spread) / 500), 4) * 500


def _days_for(rng: Random, median: float) -> timedelta:
    """A duration: lognormal, at least two days."""
    return timedelta(days=max(round(median * exp(rng.gauss(0, SPREAD))), 2))


def _days(first: object, last: object) -> Iterator[date]:
    """Each day from the first to the last."""
    if isinstance(first, date) and isinstance(last, date):
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))
