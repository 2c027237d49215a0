"""The business plan: months that add up to the year, capacity, and what one change would do, by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from one_gate import half_after_a_month, talks
from small_team import PARTNERS, deal, target, team

from milestone_reports.domain.calendar import TimeOff
from milestone_reports.domain.opportunity import Opportunity, Outcome
from milestone_reports.domain.team import Assignment, Settings
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.insights import Capacity, Lever
from milestone_reports.scorecards.pages import TeamTrack

AS_OF = date(2026, 6, 30)


def track_of(
    asked: Sequence[Assignment],
    rows: Sequence[Opportunity] = (),
    *,
    settings: Settings | None = None,
    as_of: date = AS_OF,
    time_off: Sequence[TimeOff] = (),
) -> TeamTrack:
    rollup = team_site(team(rows, asked, settings=settings, time_off=time_off), as_of).rollup
    (track,) = rollup.tracks
    return track


def total(parts: Sequence[float | None]) -> float:
    return sum(part or 0.0 for part in parts)


def test_the_months_add_up_to_the_year() -> None:
    plan = track_of([target()]).plan
    assert [month.first_on for month in plan] == [date(2026, month, 1) for month in range(1, 13)]
    # 96 milestones, 12 contracts and 600,000 a year; 22 of 261 weekdays are January's.
    assert total([month.milestones_required for month in plan]) == pytest.approx(96)
    assert total([month.contracts_required for month in plan]) == pytest.approx(12)
    assert total([month.revenue_required for month in plan]) == pytest.approx(600_000)
    assert plan[0].milestones_required == pytest.approx(96 * 22 / 261)
    assert plan[0].revenue_required == pytest.approx(600_000 * 22 / 261)


def test_a_fiscal_year_from_july_has_its_own_twelve_months() -> None:
    plan = track_of([target()], settings=Settings(fiscal_year_starts=7)).plan
    assert (plan[0].first_on, plan[-1].first_on) == (date(2025, 7, 1), date(2026, 6, 1))
    assert total([month.milestones_required for month in plan]) == pytest.approx(96)


def test_who_starts_in_july_is_asked_for_the_second_half_alone() -> None:
    plan = track_of([target(start="2026-07-01")]).plan
    # 132 of 261 weekdays.
    assert [month.milestones_required for month in plan[:6]] == [0] * 6
    assert total([month.milestones_required for month in plan]) == pytest.approx(96 * 132 / 261)
    assert total([month.revenue_required for month in plan]) == pytest.approx(600_000 * 132 / 261)
    assert plan[6].contracts_required == pytest.approx(12 * 23 / 261)


def test_time_off_moves_what_a_month_asks_for_and_not_the_year() -> None:
    off = [TimeOff("Ann", date(2026, 8, 1), date(2026, 9, 1))]
    plan = track_of([target()], time_off=off).plan
    assert plan[7].milestones_required == 0
    assert total([month.milestones_required for month in plan]) == pytest.approx(96)
    # 21 of August's weekdays are off: 240 are left.
    assert plan[0].milestones_required == pytest.approx(96 * 22 / 240)


def test_what_is_done_stands_in_the_month_that_credits_it() -> None:
    rows = [
        deal("a", "2026-01-30 2026-02-02 2026-03-31 2026-04-01", value=40_000),
        deal("b", "2026-02-27 - - -"),
        deal("c", "- 2026-02-27 - -"),  # claimed: no month has it
        deal("d", "2025-12-30 2025-12-30 2025-12-31 2026-04-30", rep="Cy", value=60_000),  # no quota, done all the same
        deal("e", "2026-04-01 2026-04-01 2026-04-01 2026-04-01", outcome=Outcome.CANCELLED, closed_on="2026-05-05"),
    ]
    plan = track_of([target()], rows).plan
    # January a; February a, b; March a; April a, d and all of e.
    assert [month.milestones_done for month in plan] == [1, 2, 1, 6, 0, 0, 0, 0, 0, 0, 0, 0]
    assert [month.contracts_done for month in plan] == [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]
    assert plan[3].revenue_done == 100_000


def test_without_history_nothing_is_expected_and_without_a_quota_nothing_is_required() -> None:
    rows = [deal("a", "2026-02-02 - - -")]
    assert {month.contracts_expected for month in track_of([target()], rows).plan} == {None}
    (first, *_) = track_of([], rows).plan
    assert (first.milestones_required, first.contracts_required, first.revenue_required) == (None, None, None)


def test_the_months_to_come_share_out_what_is_expected_of_the_year() -> None:
    rows = [*half_after_a_month(), *talks(2, "2026-06-20")]
    track = track_of([target(track="Partners")], rows, as_of=date(2026, 7, 15))
    assert [month.contracts_expected is None for month in track.plan] == [True] * 6 + [False] * 6
    # Two of 182 days' starts: signed by half on their 30th day, 20 July; of the new ones after 31 to 169 days.
    assert total([month.contracts_expected for month in track.plan]) == pytest.approx(
        1 + 2 / 182 * 0.5 * (169 - 30)
    )  # fmt: skip
    assert track.plan[6].contracts_expected == pytest.approx(1)
    # Talks to come, 2 / 182 a day, are milestones too.
    assert track.plan[6].milestones_expected == pytest.approx(1 + 2 / 182 * 16)
    assert total([month.revenue_expected for month in track.plan]) == pytest.approx(
        50_000 * total([month.contracts_expected for month in track.plan])
    )
    assert track.card.forecast[-1].contracts.value == pytest.approx(
        total([month.contracts_expected for month in track.plan])
    )


def levers(asked: Sequence[Assignment], settings: Settings | None = None) -> dict[str, Lever]:
    found = track_of(asked, settings=settings).levers
    return {one.milestone if one.kind == "gate" else one.kind: one for one in found}


def test_what_one_change_does_to_the_article_s_rep() -> None:
    found = levers([target()])
    # Each gate of q = .671907 lets through; 3.296644, 2.215040, 1.488301 and 1 milestones to a contract: 8, 2 a week.
    assert found["as it is"].milestones_a_week == pytest.approx(2)
    assert (found["as it is"].contracts_a_year, found["as it is"].revenue_a_year) == pytest.approx((12, 600_000))
    # The first gate at .721907: 2.215040 / .721907 = 3.068318 and 4.703341, 12 times over 48 weeks.
    assert found["Qualification"].next_milestone == "Discovery"
    assert found["Qualification"].milestones_a_week == pytest.approx(7.771659 / 4, abs=1e-5)
    assert found["Qualification"].contracts_a_year == pytest.approx(12 * 0.721907 / 0.671907, abs=1e-5)
    # The last gate at .721907: 1 + 1.385220 + 2.061625 + 3.068318.
    assert found["Proof"].milestones_a_week == pytest.approx(7.515163 / 4, abs=1e-5)
    assert found["Proof"].revenue_a_year == pytest.approx(600_000 * 0.721907 / 0.671907, abs=0.5)
    # Contracts of 55,000: 10.909 of them make 600,000, and 12 make 660,000.
    value = found["contract value"]
    assert (value.milestones_a_week, value.contracts_a_year) == pytest.approx((2 / 1.1, 12))
    assert value.revenue_a_year == pytest.approx(660_000)
    # 96 milestones over 50 weeks; 2 a week for 50 weeks.
    weeks = found["selling weeks"]
    assert (weeks.milestones_a_week, weeks.contracts_a_year) == pytest.approx((1.92, 12.5))


def test_one_more_rep_shares_the_same_target_or_brings_another_average_one() -> None:
    found = levers([target("Ann"), target("Bo", annual=1_200_000)])["rep"]
    # 2 + 4 a week: of three, each 2, and 4 for the two that are there; half as much again if all do as now.
    assert found.milestones_a_week == pytest.approx(4)
    assert (found.contracts_a_year, found.revenue_a_year) == pytest.approx((54, 2_700_000))


def test_levers_are_of_who_is_there_now_with_a_whole_year_s_target() -> None:
    found = levers([target("Ann"), target("Bo", end="2026-06-30"), target("Cy", start="2026-06-30")])
    assert found["as it is"].contracts_a_year == 24


def test_a_what_if_starts_from_the_quotas_of_now_together() -> None:
    start = track_of([target("Ann"), target("Bo", annual=1_200_000), target("Cy", end="2026-06-30")]).what_if
    assert start is not None
    assert (start.annual_target, start.average_contract_value, start.contracts_a_year) == (1_800_000, 50_000, 36)
    assert (start.n_reps, start.selling_weeks) == (2, 48)
    # Of a track of four, the assumed multiplier of two: eight milestones to a contract.
    assert sum(start.per_contract) == pytest.approx(8)


def test_a_what_if_of_sales_has_them_as_its_target_and_without_a_quota_there_is_none() -> None:
    start = track_of([target(track="Partners", annual=6, average=None, counts=True)]).what_if
    assert start is not None
    assert (start.annual_target, start.average_contract_value, start.contracts_a_year) == (6, None, 6)
    assert track_of([target(annual=None)]).what_if is None


def test_a_gate_that_all_go_through_is_no_lever() -> None:
    assert set(levers([target()], Settings(multiplier=1))) == {"as it is", "contract value", "rep", "selling weeks"}


def test_a_gate_is_raised_to_all_at_the_most() -> None:
    # m = 1.01 of two milestones: .02 more of the first, q = 1 / 1.02; raised it is 1, and 1.02 times the contracts.
    found = levers([target(track="Partners")], Settings(multiplier=1.01))["Talks"]
    assert found.contracts_a_year == pytest.approx(12 * 1.02)
    assert found.milestones_a_week == pytest.approx(24 / 48)


def test_a_target_in_sales_has_no_contract_value_to_raise() -> None:
    found = levers([target(track="Partners", annual=6, average=None, counts=True)])
    assert set(found) == {"as it is", PARTNERS.milestones[0].name, "rep", "selling weeks"}
    assert {one.revenue_a_year for one in found.values()} == {None}


def test_who_has_no_quota_now_has_no_levers() -> None:
    assert levers([target(annual=None)]) == {}
    assert levers([target(start="2026-07-01")]) == {}


def capacity(target_of_team: float | None, asked: Sequence[Assignment]) -> Capacity | None:
    made = team([], asked, settings=Settings(team_annual_target=target_of_team))
    return team_site(made, AS_OF).rollup.capacity


def test_the_capacity_is_the_reps_targets_of_this_year_against_the_teams() -> None:
    asked = [
        target("Ann"),
        target("Bo", annual=300_000, start="2026-07-01"),
        target("Ann", track="Partners", annual=6, average=None, counts=True),  # sales, not money
    ]
    found = capacity(1_000_000, asked)
    assert found is not None
    assert found.reps_target == pytest.approx(600_000 + 300_000 * 132 / 261)
    assert found.gap == pytest.approx(600_000 + 300_000 * 132 / 261 - 1_000_000)
    assert capacity(None, asked) is None
    assert capacity(1_000_000, []) == Capacity(1_000_000, 0, -1_000_000)
