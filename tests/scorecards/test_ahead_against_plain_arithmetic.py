"""What is to come of real workbooks, counted twice: by the program, and by the plain loops of plainly_ahead.py."""

from __future__ import annotations

from datetime import date, timedelta

import plainly
import plainly_ahead
import plainly_year
from counted_twice import Case, every_case, same
from forecast_of_each import forecasts_of_each

from milestone_reports.scorecards.insights import Forecast, Range

pytestmark = every_case


def ends_of_periods(case: Case) -> list[tuple[date, date]]:
    """The first and last days of the month, quarter and fiscal year that hold tomorrow."""
    tomorrow = case.as_of + timedelta(days=1)
    first, end = plainly_year.year_of(case.team, tomorrow)
    bounds = [first]
    while bounds[-1] < end:
        bounds.append((bounds[-1] + timedelta(days=31)).replace(day=1))
    found = []
    for months in (1, 3, 12):
        at = max(index for index in range(0, 12, months) if bounds[index] <= tomorrow)
        found.append((bounds[at], bounds[at + months] - timedelta(days=1)))
    return found


def same_range(found: Range | None, plain: plainly_ahead.Sum) -> None:
    assert found is not None
    same(found.value, plain.pipeline + plain.new)
    same(found.low, plain.low)
    same(found.high, plain.high)


def assert_same_forecast(case: Case, found: Forecast, period: tuple[date, date], rep: str | None) -> None:
    part = case.history.rows if rep is None else case.of_rep(rep)
    assert found.ends_on == period[1]
    contracts = plainly_year.signed(case.team, case.name, rep, case.as_of, period[0])
    assert found.contracts_done == len(contracts)
    if not case.history.forecastable:
        assert (found.basis, found.contracts.low, found.contracts_new) == ("assumed", None, 0)
        same(found.contracts.value, sum(plainly_ahead.assumed(case.history, part, plainly_ahead.one_contract)))
        return
    n_days = (period[1] - case.as_of).days
    plain = plainly_ahead.forecast(case.history, part, n_days, plainly_ahead.one_contract)
    same_range(found.contracts, plain)
    same(found.contracts_open, plain.pipeline)
    same(found.contracts_new, plain.new)
    for driver, wanted in zip(found.drivers, plain.by_stage, strict=True):
        same(driver.contracts, wanted)
    assert (found.revenue is not None) == case.in_money
    if case.in_money:
        money = plainly_ahead.forecast(case.history, part, n_days, plainly_ahead.in_money)
        same_range(found.revenue, money)
        same(found.revenue_done, sum(one.value or 0.0 for one in contracts))


def test_the_forecasts_of_the_team_and_of_each_rep(case: Case) -> None:
    periods = ends_of_periods(case)
    for found, period in zip(case.track.card.forecast, periods, strict=True):
        assert_same_forecast(case, found, period, None)
    of_each = forecasts_of_each(case.team, case.as_of)
    for rep, card in case.cards():
        for found, period in zip(of_each[rep, case.name], periods, strict=True):
            assert_same_forecast(case, found, period, rep)
        # A card that may not show the team's chances has none (method.md §7).
        assert card.forecast in {(), of_each[rep, case.name]}


def test_the_backtest(case: Case) -> None:
    replays = plainly_ahead.backtest(case.history, 90, case.worth)
    usable, found = [replay for replay in replays if replay.usable], case.track.backtest
    if found is None:
        assert not usable
        return
    assert found.n_without_history == len(replays) - len(usable)
    for month, plain in zip(found.months, usable, strict=True):
        assert month.on.toordinal() == plain.day
        same_range(Range(month.forecast, month.low, month.high), plain.told)
        same(month.actual, plain.came)
        assert month.inside == (plain.told.low <= plain.came <= plain.told.high)
    assert found.n_inside == sum(month.inside for month in found.months)
    same(found.forecast, sum(plain.told.pipeline + plain.told.new for plain in usable))
    same(found.actual, sum(plain.came for plain in usable))
    chances = [pair for plain in usable for pair in plain.chances]
    same(found.brier, plainly_ahead.mean([(p - won) ** 2 for p, won in chances]))
    assert sum(one.n for one in found.reliability) == len(chances)
    for one in found.reliability:
        inside = [(p, won) for p, won in chances if one.low <= p < one.high or p == one.high == 1]
        if any(min(abs(p - one.low), abs(p - one.high)) < 1e-9 and 0 < p < 1 for p, _ in chances):
            continue  # A chance that is just the bound of a bin falls on either side of it, by the last digit.
        assert one.n == len(inside)
        same(one.predicted, plainly_ahead.mean([p for p, _ in inside]) if inside else None)
        same(one.observed, plainly_ahead.mean([won for _, won in inside]) if inside else None)


def test_how_many_first_milestones_are_needed(case: Case) -> None:
    found, own = case.track.demand, plainly_year.quotas(case.team, case.name, case.as_of)
    history, (first, end) = case.history, plainly_year.year_of(case.team, case.as_of)
    a_day = plainly_ahead.started(history, history.rows) / plainly_ahead.window_days(history)
    same(found.recent_a_month, a_day * 365 / 12)
    if not own:
        assert found.says == "no target"
        return
    contracts = sum(quota.contracts * quota.share for quota in own)
    a_year = sum(quota.contracts for quota in own if quota.first <= case.as_of < quota.end) or contracts
    target = sum(q.annual * q.share for q in own) if case.in_money else contracts
    done = sum((one.value or 0.0) if case.in_money else 1.0 for one in plainly_year.signed(
        case.team, case.name, None, case.as_of, first
    ))  # fmt: skip
    rate = plainly.expected(history.recent, history.day, history.curves, 0, history.k - 1)
    if rate.says == "too early":
        same(found.still_needed, max(target - done, 0))
        same(found.steady_a_month, a_year / 12 * plainly.multiplier(history).per_contract[0])
        return
    last_on = end - timedelta(days=1)
    told = plainly_ahead.forecast(history, history.rows, (last_on - case.as_of).days, case.worth)
    values = [row.value for row in history.rows if row.won and row.value is not None]
    spread = 0.0
    if case.in_money:
        middle = plainly_ahead.mean(values)
        spread = plainly_ahead.mean([(v - middle) ** 2 for v in values]) / middle**2 if len(values) >= 10 else 0.64
    average = target / contracts
    plain = plainly_ahead.needed(history, last_on.toordinal(), target - done - told.pipeline, average, spread, told)
    same(found.still_needed, max(plain.missing, 0.0))
    same(found.steady_a_month, a_year / 12 / (rate.value or 0.0))
    assert (found.half_within_days, found.most_within_days) == plain.lead
    assert found.last_useful_on == last_on - timedelta(days=plain.lead[0] or 0)
    assert found.safe_on == last_on - timedelta(days=plain.lead[1] or 0)
    if plain.missing <= 0:
        assert (found.says, found.a_month) == ("covered", 0)
    elif plain.even is None or found.last_useful_on <= case.as_of:
        assert (found.says, found.a_month, found.a_month_for_80) == ("too late", None, None)
    else:
        assert found.says == "needed"
        same(found.a_month, plain.even)
        same(found.a_month_for_80, plain.safe)


def test_the_plan_month_by_month(case: Case) -> None:
    plan = plainly_year.plan(case.team, case.name, case.as_of, sum(case.frozen.per_contract))
    own = plainly_year.quotas(case.team, case.name, case.as_of)
    for found, plain in zip(case.track.plan, plan, strict=True):
        assert found.first_on == plain.first
        assert (found.milestones_done, found.contracts_done) == (plain.milestones_done, plain.contracts_done)
        same(found.milestones_required, plain.milestones_required if own else None)
        same(found.contracts_required, plain.contracts_required if own else None)
        same(found.revenue_required, plain.revenue_required if own and not any(q.counts for q in own) else None)
        same(found.revenue_done, plain.revenue_done)
        is_expected = plain.last > case.as_of and case.history.forecastable
        assert (found.milestones_expected is not None, found.contracts_expected is not None) == (is_expected,) * 2


def test_what_the_plan_expects_of_the_months_to_come(case: Case) -> None:
    ends = [plainly_year.last_day(one.first_on) for one in case.track.plan]
    ahead = [one for one in case.track.plan if one.contracts_expected is not None]
    # The months' parts add up to what is expected by the end of the first, and of the last of them.
    for months, end in [(ahead[:1], ends[len(ends) - len(ahead) :][:1]), (ahead, ends[-1:])]:
        if not months:
            continue
        n_days = (end[0] - case.as_of).days
        contracts = plainly_ahead.forecast(case.history, case.history.rows, n_days, plainly_ahead.one_contract)
        money = plainly_ahead.forecast(case.history, case.history.rows, n_days, plainly_ahead.in_money)
        milestones = plainly_ahead.expected_milestones(case.history, n_days)
        same(sum(one.milestones_expected or 0.0 for one in months), milestones)
        same(sum(one.contracts_expected or 0.0 for one in months), contracts.pipeline + contracts.new)
        if case.in_money:
            same(sum(one.revenue_expected or 0.0 for one in months), money.pipeline + money.new)


def test_the_capacity_and_the_levers(case: Case) -> None:
    own = plainly_year.quotas(case.team, case.name, case.as_of)
    capacity, target = case.site.rollup.capacity, case.team.settings.team_annual_target
    assert (capacity is None) == (target is None)
    if capacity and target:
        reps = sum(quota.annual * quota.share for quota in own if not quota.counts)
        assert capacity.team_target == target
        same(capacity.reps_target, reps)
        same(capacity.gap, reps - target)
    plain = plainly_year.levers(case.team, case.name, case.as_of, case.frozen.per_contract)
    names = list(case.track.card.milestones)
    found = {str(names.index(one.milestone)) if one.kind == "gate" else one.kind: one for one in case.track.levers}
    assert set(found) == set(plain)
    for kind, one in found.items():
        same(one.milestones_a_week, plain[kind].weekly)
        same(one.contracts_a_year, plain[kind].contracts)
        same(one.revenue_a_year, plain[kind].revenue)


def test_by_when_who_is_behind_is_back_on_pace(case: Case) -> None:
    for rep, card in case.cards():
        plain = plainly_year.back_on_pace(case.team, case.name, rep, case.as_of, sum(case.frozen.per_contract))
        found = card.back_on_pace
        assert (found and (found.milestones_a_week, found.extra_a_week, found.on)) == plain
