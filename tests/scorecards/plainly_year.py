"""The year's quotas and what was done of them, once more by counting days and milestones one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor

from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Assignment, Team

DAY = timedelta(days=1)


def year_of(team: Team, day: date) -> tuple[date, date]:
    """The first day of the fiscal year that holds a day, and of the next one."""
    month = team.settings.fiscal_year_starts
    first = date(day.year if day.month >= month else day.year - 1, month, 1)
    return first, date(first.year + 1, month, 1)


def last_day(first: date) -> date:
    """The last day of the month that begins on a day."""
    return (first + timedelta(days=31)).replace(day=1) - DAY


def days_off(team: Team, rep: str, *, reducing: bool = False) -> set[date]:
    """The days on which a rep does not work; only those that reduce the quota, if asked."""
    found = set()
    for off in team.time_off:
        if off.rep in {None, rep} and (off.reduces_quota or not reducing):
            day = off.first_on
            while day < off.end_on:
                found.add(day)
                day += DAY
    return found


def working_days(first: date, end: date, off: Iterable[date] = ()) -> int:
    """Monday to Friday, less days off; the end is not counted."""
    free, n, day = set(off), 0, first
    while day < end:
        n += day.weekday() < 5 and day not in free
        day += DAY
    return n


@dataclass(frozen=True)
class Quota:
    """One assignment inside the fiscal year."""

    rep: str
    first: date
    end: date
    counts: bool
    annual: float
    contracts: float
    share: float
    off: frozenset[date]

    def gone(self, day: date) -> float:
        """The share of its working days that has gone by at the end of a day."""
        whole = working_days(self.first, self.end, self.off)
        return working_days(self.first, min(day + DAY, self.end), self.off) / whole if whole else 0.0

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day < self.end


def quotas(team: Team, track: str, day: date) -> list[Quota]:
    """All of a track in the fiscal year that holds the day."""
    found = [_quota(team, one, year_of(team, day)) for one in team.assignments if one.track == track]
    return [one for one in found if one]


def _quota(team: Team, one: Assignment, year: tuple[date, date]) -> Quota | None:
    first, end = max(one.start_on or year[0], year[0]), min(one.end_on or year[1], year[1])
    counts = one.target_is.value == "count"
    if one.annual_target is None or first >= end or not (counts or one.average_contract_value):
        return None
    contracts = one.annual_target if counts else one.annual_target / (one.average_contract_value or 1)
    share = working_days(first, end, days_off(team, one.rep, reducing=True)) / working_days(*year)
    off = frozenset(days_off(team, one.rep))
    return Quota(one.rep, first, end, counts, one.annual_target, contracts, share, off)


def credited_days(team: Team, track: str, rep: str | None, day: date) -> list[date]:
    """The days on which milestones were credited, in order of their gates."""
    milestones = team.track(track).milestones
    found = []
    for one in team.opportunities:
        if one.track != track or rep not in {None, one.rep}:
            continue
        latest: date | None = None
        for entry, milestone in zip(one.entries, milestones, strict=True):
            if entry.waived:
                continue
            if not entry.completed_on or entry.completed_on > day:
                break
            if milestone.evidence_required and not entry.evidence:
                break
            latest = max(latest or entry.completed_on, entry.completed_on)
            found.append(latest)
    return found


def signed(team: Team, track: str, rep: str | None, day: date, first: date) -> list[Opportunity]:
    """The contracts from one day to another that were not cancelled by then."""
    return [
        one
        for one in team.opportunities
        if one.track == track
        and rep in {None, one.rep}
        and (on := one.entries[-1].completed_on)
        and first <= on <= day
        and not (one.outcome.value == "cancelled" and one.closed_on and one.closed_on <= day)
    ]


@dataclass(frozen=True)
class Month:
    """One month of the plan."""

    first: date
    last: date
    milestones_required: float
    milestones_done: int
    contracts_required: float
    contracts_done: int
    revenue_required: float
    revenue_done: float


def plan(team: Team, track: str, day: date, milestones_a_contract: float) -> list[Month]:
    """The fiscal year of a track, month by month."""
    first, end = year_of(team, day)
    own = quotas(team, track, day)
    counting = {quota.rep for quota in own if quota.counts}
    valued = [quota for quota in own if quota.rep not in counting]
    credited = [on for on in credited_days(team, track, None, day) if on >= first]
    contracts = signed(team, track, None, day, first)
    found = []
    while first < end:
        following = (first + timedelta(days=31)).replace(day=1)
        inside = [one for one in contracts if first <= (one.entries[-1].completed_on or end) < following]
        required = _between(own, first, following, lambda quota: quota.contracts)
        found.append(
            Month(
                first=first,
                last=following - DAY,
                milestones_required=required * milestones_a_contract,
                milestones_done=sum(first <= on < following for on in credited),
                contracts_required=required,
                contracts_done=len(inside),
                revenue_required=_between(valued, first, following, lambda quota: quota.annual),
                revenue_done=sum(one.value or 0 for one in inside),
            )
        )
        first = following
    return found


def _between(own: Sequence[Quota], first: date, following: date, asks: Callable[[Quota], float]) -> float:
    return sum(asks(q) * q.share * (q.gone(following - DAY) - q.gone(first - DAY)) for q in own)


@dataclass(frozen=True)
class Lever:
    """What one change does."""

    weekly: float
    contracts: float
    revenue: float | None


def levers(team: Team, track: str, day: date, per_contract: Sequence[float]) -> dict[str, Lever]:
    """By what is changed; a gate by its number from 0."""
    own = [quota for quota in quotas(team, track, day) if quota.holds(day)]
    contracts, weeks, n = sum(quota.contracts for quota in own), team.settings.selling_weeks, len(own)
    if not contracts:
        return {}
    money = None if any(quota.counts for quota in own) else sum(quota.annual for quota in own)
    weekly = contracts * sum(per_contract) / weeks

    def lever(asked: float, times: float) -> Lever:
        return Lever(asked, contracts * times, None if money is None else money * times)

    found = {"as it is": lever(weekly, 1)}
    for gate in range(len(per_contract) - 1):
        rates = [per_contract[k + 1] / per_contract[k] for k in range(len(per_contract) - 1)]
        times = min(rates[gate] + 0.05, 1) / rates[gate]
        if rates[gate] < 1:
            # All milestones up to the gate are needed less often, by what more goes through it.
            anew = sum(n_asked / (times if k <= gate else 1) for k, n_asked in enumerate(per_contract))
            found[str(gate)] = lever(contracts * anew / weeks, times)
    if money is not None:
        found["contract value"] = Lever(weekly / 1.1, contracts, money * 1.1)
    found["rep"] = lever(weekly * n / (n + 1), (n + 1) / n)
    found["selling weeks"] = lever(contracts * sum(per_contract) / (weeks + 2), (weeks + 2) / weeks)
    return found


def back_on_pace(
    team: Team, track: str, rep: str, day: date, milestones_a_contract: float
) -> tuple[int, int, date] | None:
    """Milestones a week, of them extra, and the last day of the week in which a rep who is behind is on pace again."""
    own = [quota for quota in quotas(team, track, day) if quota.rep == rep]
    now = next((quota for quota in own if quota.holds(day)), None)
    first, end = year_of(team, day)
    done = sum(on >= first for on in credited_days(team, track, rep, day))

    def behind(on: date, n_done: int) -> float:
        return sum(q.contracts * milestones_a_contract * q.share * q.gone(on) for q in own) - n_done

    if now is None:
        return None
    weekly = now.contracts * milestones_a_contract / team.settings.selling_weeks
    if behind(day, done) <= weekly + 1e-9:
        return None
    monday = day - timedelta(days=day.weekday()) + timedelta(days=7)
    weeks = []
    while monday + timedelta(days=6) < end:
        if working_days(monday, min(monday + timedelta(days=7), now.end), now.off):
            weeks.append(monday)
        monday += timedelta(days=7)
    for most in (13, len(weeks)):
        for extra in range(max(2, ceil(weekly)) + 1):
            n_done = done
            for week in weeks[:most]:
                n_done += whole_number_plan(weekly, first, week) + extra
                if behind(week + timedelta(days=6), n_done) <= weekly + 1e-9:
                    return ceil(weekly - 1e-9) + extra, extra, week + timedelta(days=6)
    return None


def whole_number_plan(weekly: float, year_first: date, monday: date) -> int:
    """The plan of one week, of plans that add up to the year's."""
    number = 1
    while year_first < monday:
        number, monday = number + 1, monday - timedelta(days=7)
    return floor(weekly * number + 0.5 + 1e-9) - floor(weekly * (number - 1) + 0.5 + 1e-9)
