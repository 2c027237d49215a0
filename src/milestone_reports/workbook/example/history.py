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
from milestone_reports.workbook.example.kinds import AS_OF, SampleRep, SampleTeam, Source

SPREAD = 0.55
"""Of durations: the standard deviation of their logarithm."""

EVENED_OVER = 10
"""Draws over which luck evens out."""

LEADS_AHEAD = timedelta(days=35)
"""How far beyond the as-of date first milestones are already planned."""

THIS_WEEK = Week.holding(AS_OF)
NEXT_WEEK = THIS_WEEK.plus(1)
DIES_EARLY = 0.05
"""The share that never reaches the first milestone."""

LOSS_TAKES = 1.6
"""How much longer it takes to call an opportunity lost than to move it on."""

LONGEST = 3.6
"""After so many times the median even the slowest opportunity has moved on or is called lost."""


@dataclass(frozen=True, slots=True)
class Course:
    """What becomes of an opportunity."""

    rep: SampleRep
    source: Source
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


class EvenLuck:
    """Chances between 0 and 1 that cover the range evenly every few draws, so that no rep has a year of luck."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._left: list[float] = []

    def draw(self) -> float:
        """The next chance."""
        if not self._left:
            self._left = [(i + self._rng.random()) / EVENED_OVER for i in range(EVENED_OVER)]
            self._rng.shuffle(self._left)
        return self._left.pop()


class RepHistory:
    """What a rep of a made-up team has begun, and what becomes of it."""

    def __init__(self, rng: Random, team: SampleTeam, rep: SampleRep, working: WorkingDays) -> None:
        self._rng, self._team, self._rep, self._working = rng, team, rep, working
        # That of the source, then that of each gate after the first.
        self._luck = [EvenLuck(rng) for _ in team.gates]

    def courses(self) -> Iterator[Course]:
        """Every opportunity that the workbook knows of, in the order of their beginnings."""
        rng, team, rep = self._rng, self._team, self._rep
        if not rep.pace:
            return
        begins_on = rep.start_on or team.history_from
        apart = 365 * (1 - DIES_EARLY) * sum(team.reached(rep.strengths)) / (rep.pace * team.quota(rep))
        # One beginning in each stretch of time, for the same reason as even luck.
        for i in range(int((AS_OF + LEADS_AHEAD - begins_on).days / apart)):
            first_on = self._day(begins_on + timedelta(days=int((i + rng.random()) * apart)))
            earlier = max(first_on - _days_for(rng, 11), begins_on - timedelta(days=20))
            created_on = min(self._day(earlier), first_on)
            if created_on <= AS_OF:
                yield self._course(team.source_at(self._luck[0].draw()), created_on, first_on)

    def _course(self, source: Source, created_on: date, day: date) -> Course:
        """One opportunity from its first milestone until it is won, lost or forgotten."""
        rng, rep = self._rng, self._rep
        if rng.random() < DIES_EARLY:
            return Course(rep, source, created_on, (), self._day(day))
        done_on = [day]
        for k, gate in enumerate(self._team.gates[1:], start=1):
            if self._luck[k].draw() >= gate.passes + rep.strength(k, gate, day) + source.strength:
                is_closed = rng.random() >= rep.never_closed
                lost_on = self._day(day + _days_for(rng, gate.days * rep.slowness, LOSS_TAKES))
                return Course(rep, source, created_on, done_on, lost_on if is_closed else None)
            day = self._day(day + _days_for(rng, gate.days * rep.slowness))
            done_on.append(day)
        return Course(rep, source, created_on, done_on, None)

    def _day(self, day: date) -> date:
        return self._working.on_or_after(day, self._rep)


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


def _days_for(rng: Random, median: float, times: float = 1.0) -> timedelta:
    """A duration: lognormal around so many times the median, at least two days and never beyond the longest."""
    return timedelta(days=max(round(median * min(times * exp(rng.gauss(0, SPREAD)), LONGEST)), 2))


def _days(first: object, last: object) -> Iterator[date]:
    """Each day from the first to the last."""
    if isinstance(first, date) and isinstance(last, date):
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))
