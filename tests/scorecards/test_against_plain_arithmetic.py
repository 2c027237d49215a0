"""What the history of real workbooks says, counted twice: by the program, and by the plain loops of plainly.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from statistics import median

import plainly
import plainly_ahead
import plainly_coaching
import plainly_year
from counted_twice import Case, assert_same_conversion, curves_of, every_case, same, same_rate

from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.scorecards.insights import Coaching

pytestmark = every_case


def bought_of_late(case: Case) -> list[plainly.Row]:
    since = plainly.months_back(case.history.day, 12)
    return [row for row in case.history.rows if row.won and row.reached[-1] > since and row.value is not None]


def assumed_average(case: Case) -> float | None:
    now = [q for q in plainly_year.quotas(case.team, case.name, case.as_of) if q.holds(case.as_of) and not q.counts]
    return sum(quota.annual for quota in now) / sum(quota.contracts for quota in now) if now else None


def test_what_became_of_each_milestone_and_both_rates(case: Case) -> None:
    assert_same_conversion(case, case.track.card.conversion, case.history.recent, case.history.curves)
    recent: dict[str, list[plainly.Row]] = {}
    for row in case.history.recent:
        recent.setdefault(row.rep, []).append(row)
    for rep, card in case.cards():
        part = recent.get(rep, [])
        assert_same_conversion(case, card.conversion, part, curves_of(case, part))


def test_the_years_multiplier_and_todays(case: Case) -> None:
    found, plain = case.track.card.multiplier, case.frozen
    today = plainly.multiplier(case.history)
    sales = plain.decided[-1]
    same(found.value, plain.value)
    assert found.decided == tuple(plain.decided)
    assert (found.sales, found.would_be_sales) == (plain.decided[-1], today.decided[-1])
    for asked, wanted in zip(found.per_contract, plain.per_contract, strict=True):
        same(asked, wanted)
    same(found.low_95, plain.low if sales >= 3 else None)
    same(found.high_95, plain.high if sales >= 3 else None)
    same(found.would_be, today.value)
    label = "assumed" if sales < 5 else "mixed" if sales < 20 else "measured"
    assert found.label == label
    # A card that may not show the team's counts has the same figure without them (method.md §7).
    without = replace(
        replace(found, likely_low=None, likely_high=None, low_95=None, high_95=None),
        decided=(), sales=None, would_be=None, would_be_sales=None,
    )  # fmt: skip
    assert {card.multiplier for _, card in case.cards()} <= {found, without}


def test_the_days_that_gates_take_and_who_has_been_there_for_too_long(case: Case) -> None:
    history, card = case.history, case.track.card
    span = history.day - min((row.reached[0] for row in history.recent), default=history.day)
    for gate, (found, curve) in enumerate(zip(card.gate_times, history.curves, strict=True)):
        limit, told = curve.stalled_after, curve.n_advanced >= 5
        ninth = curve.within(0.9) if told else None
        assert found.n_moved_on == curve.n_advanced
        assert (found.median_days, found.ninth_days) == (curve.within(0.5) if told else None, ninth)
        same(found.stalled_after, limit)
        same(found.presumed_lost_after, None if limit is None else 2 * limit)
        assert found.is_early == (ninth is not None and span < 1.5 * ninth)
        here = {row.id for row in history.rows if row.open and len(row.reached) == gate + 1}
        assert found.n_presumed_lost == len(here & history.gone)
        assert found.n_stalled == len(here & (history.stalled - history.gone))
    listed = case.site.rollup.stalled
    assert {one.id for one in listed if one.presumed_lost} == history.gone
    assert {one.id for one in listed} == history.stalled


def test_each_rep_at_each_gate_beside_the_rest(case: Case) -> None:
    reps = list(dict.fromkeys(one.rep for one in case.opportunities))
    cells = plainly_coaching.coaching(case.history, reps)
    before = [
        plainly_coaching.coaching(case.history.on(day), reps)
        for day in plainly.month_ends_up_to(case.as_of.toordinal(), 2)
    ]
    of_team = {(one.rep, one.milestone): one for one in case.track.card.coaching}
    at_stake = set()
    names = case.track.card.milestones
    observed = [row.value for row in bought_of_late(case) if row.value is not None]
    assumed = assumed_average(case)
    for (rep, gate), cell in cells.items():
        if cell.decided >= 8 and cell.contracts >= 0.05:
            at_stake.add((rep, names[gate]))
            average = (assumed or plainly_ahead.mean(observed)) if case.in_money else None
            confirmed = all(then[rep, gate].flagged for then in before)
            same_entry(of_team[rep, names[gate]], cell, average or None, confirmed=confirmed)
    assert set(of_team) == at_stake
    worths = [one.contracts for one in case.track.card.coaching]
    assert worths == sorted(worths, reverse=True)
    same(case.track.false_flags, sum(1 - cell.below for cell in cells.values() if cell.flagged))
    there = {one.rep for one in case.opportunities if is_there(one, case.as_of)}
    for rep, card in case.cards():
        own = card.coaching
        shows = len(there) > 3 and any(row.rep == rep for row in case.history.rows)
        assert len(own) == (case.history.k - 1 if shows else 0)
        for gate, one in enumerate(own):
            same(one.shrunken, cells[rep, gate].shrunken)
            same(one.chance_below, cells[rep, gate].below)
            same(one.contracts, cells[rep, gate].contracts)


def is_there(one: Opportunity, day: date) -> bool:
    """Whether it was created, or a milestone of it completed, by a day."""
    days = [one.created_on or day, *(entry.completed_on for entry in one.entries if entry.completed_on)]
    return min(days) <= day


def same_entry(found: Coaching, plain: plainly_coaching.Cell, average: float | None, *, confirmed: bool) -> None:
    assert (found.passed, found.decided, found.waiting) == (plain.passed, plain.decided, plain.waiting)
    assert (found.rest.passed, found.rest.decided) == (plain.rest_passed, plain.rest_decided)
    for got, wanted in (
        (found.shrunken, plain.shrunken),
        (found.chance_below, plain.below),
        (found.spread, plain.spread),
        (found.entered_a_year, plain.entered),
        (found.contracts, plain.contracts),
        (found.money, None if average is None else plain.contracts * average),
    ):
        same(got, wanted)
    ending = ("coach here" if confirmed else "new, watch") if plain.flagged else "may be chance"
    assert found.ending == ending


def test_the_average_contract_assumed_and_observed(case: Case) -> None:
    found, values = case.track.card.average_contract, [row.value or 0.0 for row in bought_of_late(case)]
    same(found.assumed, assumed_average(case))
    assert found.n_sales == len(values)
    same(found.observed, plainly_ahead.mean(values) if values else None)
    asked = (found.assumed or 0.0) * (found.contracts_assumed or 0.0)
    same(found.contracts_observed, asked / plainly_ahead.mean(values) if asked and values else None)


def test_what_each_source_brought(case: Case) -> None:
    rows: dict[str, list[plainly.Row]] = {}
    for row in case.history.recent:
        rows.setdefault(row.source, []).append(row)
    assert {one.source for one in case.track.sources} == set(rows)
    for found in case.track.sources:
        part = rows[found.source]
        plain = plainly.became(case.history, part, 1)
        counts = (found.first_milestones, found.won, found.lost, found.presumed_lost, found.open)
        waiting = plain.reached - plain.won - plain.lost - plain.gone
        assert counts == (plain.reached, plain.won, plain.lost, plain.gone, waiting)
        same_rate(found.to_sale, plain.won, plain.won + plain.lost + plain.gone, 10)
        values = [row.value for row in part if row.won and row.value is not None]
        same(found.revenue, sum(values))
        same(found.revenue_per_first, sum(values) / len(part) if values else None)
        days = [row.reached[-1] - row.reached[0] for row in part if row.won]
        same(found.days_to_sale, float(median(days)) if days else None)
        assert_same_conversion(case, found.conversion, part, curves_of(case, part))


def test_the_quarters_of_first_milestones(case: Case) -> None:
    def quarter(row: plainly.Row) -> tuple[int, int]:
        on = date.fromordinal(row.reached[0])
        return on.year, (on.month + 2) // 3

    now = case.as_of.year * 4 + (case.as_of.month + 2) // 3
    parts: dict[tuple[int, int], list[plainly.Row]] = {}
    for row in sorted(case.history.rows, key=lambda row: row.reached[0]):
        year, number = quarter(row)
        if now - (year * 4 + number) < 8:
            parts.setdefault((year, number), []).append(row)
    assert [found.quarter for found in case.track.quarters] == [f"{year}-Q{number}" for year, number in parts]
    for found, part in zip(case.track.quarters, parts.values(), strict=True):
        stages = [plainly.became(case.history, part, k + 1) for k in range(case.history.k)]
        assert found.reached == tuple(stage.reached for stage in stages)
        assert (found.lost, found.presumed_lost) == (stages[0].lost, stages[0].gone)
        assert found.open == sum(row.open and row.id not in case.history.gone for row in part)
        same_rate(found.to_sale, stages[0].won, stages[0].won + stages[0].lost + stages[0].gone, 10)
