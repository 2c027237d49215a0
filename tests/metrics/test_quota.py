"""From a target to milestones a week: the article's example, the tables of the gate rate and the stages, part years."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milestone_reports.domain.calendar import FiscalYear, TimeOff, Week
from milestone_reports.domain.team import Assignment, TargetIs
from milestone_reports.metrics import quota
from milestone_reports.metrics.estimators.multiplier import Multiplier, measured_multiplier, set_multiplier
from milestone_reports.metrics.periods import QuotaPeriod, quota_periods
from milestone_reports.metrics.working_days import rep_calendar

YEAR = FiscalYear(date(2026, 1, 1))
NO_HISTORY = measured_multiplier((0, 0, 0, 0))


def periods(
    *assignments: Assignment,
    multiplier: Multiplier = NO_HISTORY,
    selling_weeks: float = 48,
    time_off: Sequence[TimeOff] = (),
) -> tuple[QuotaPeriod, ...]:
    return quota_periods(assignments, multiplier, selling_weeks, YEAR, rep_calendar("Ann", time_off))


def article(start_on: date | None = None, end_on: date | None = None, annual: float = 600_000) -> Assignment:
    return Assignment("Ann", "New business", start_on, end_on, annual, average_contract_value=50_000)


def test_the_articles_example_is_exact() -> None:
    # 600,000 / 50,000 = 12; 12 * 4 = 48; 48 / 12 = 4 a month; 48 / 48 = 1 a week.
    # 48 * 2 = 96; 96 / 12 = 8; 96 / 48 = 2.
    contracts = quota.contracts_a_year(600_000, 50_000, TargetIs.VALUE)
    assert contracts == 12
    ideal = quota.ideal_milestones_a_year(contracts, 4)
    required = quota.required_milestones_a_year(contracts, 4, 2)
    assert (ideal, quota.milestones_a_month(ideal), quota.milestones_a_week(ideal, 48)) == (48, 4, 1)
    assert (required, quota.milestones_a_month(required), quota.milestones_a_week(required, 48)) == (96, 8, 2)


def test_a_count_target_is_the_contracts_themselves() -> None:
    assert quota.contracts_a_year(6, None, TargetIs.COUNT) == 6
    assert quota.contracts_a_year(6, 50_000, TargetIs.COUNT) == 6


def test_a_target_in_money_without_an_average_contract_is_no_quota() -> None:
    assert quota.contracts_a_year(600_000, None, TargetIs.VALUE) is None
    assert periods(Assignment("Ann", "New business", annual_target=600_000)) == ()


def test_no_target_is_no_quota_and_never_a_default_one() -> None:
    assert periods(Assignment("Ann", "New business", average_contract_value=50_000)) == ()
    assert periods() == ()


# method.md §2: rows K, columns m = 1.5, 2, 2.5, 3; the printed six digits, then the same to full precision.
GATE_RATES = {
    2: (0.5, 0.333333, 0.25, 0.2),
    3: (0.696140, 0.558258, 0.476627, 0.421535),
    4: (0.782373, 0.671907, 0.602119, 0.552821),
    5: (0.830581, 0.739429, 0.679811, 0.636650),
    6: (0.861332, 0.784013, 0.732337, 0.694346),
}
EXACT_GATE_RATES = {
    2: (0.5, 0.3333333333333333, 0.25, 0.2),
    3: (0.6961404780296311, 0.558257569495584, 0.4766271094389717, 0.4215351654086268),
    4: (0.7823727826925908, 0.6719065379106682, 0.6021185759687077, 0.552821218076955),
    5: (0.8305807086678842, 0.7394289270934238, 0.6798108300077874, 0.6366504968608205),
    6: (0.861331629784368, 0.7840127331421317, 0.7323370511829633, 0.6943463255883341),
}
MULTIPLIERS = (1.5, 2, 2.5, 3)


@pytest.mark.parametrize("k", GATE_RATES)
def test_the_gate_rate_is_that_of_the_table(k: int) -> None:
    rates = [quota.gate_rate(k, m) for m in MULTIPLIERS]
    assert rates == pytest.approx(GATE_RATES[k], abs=5.1e-7)
    assert rates == pytest.approx(EXACT_GATE_RATES[k], abs=1e-9)


def test_nothing_is_lost_at_the_gates_of_a_multiplier_of_one() -> None:
    assert quota.gate_rate(4, 1) == 1
    assert quota.stage_quotas(12, 4, 1) == (12, 12, 12, 12)


# method.md §2: C = 12, one tuple a multiplier.
STAGE_QUOTAS = {
    2: ((24, 12), (36, 12), (48, 12), (60, 12)),
    3: ((24.76, 17.24, 12), (38.50, 21.50, 12), (52.82, 25.18, 12), (67.53, 28.47, 12)),
    4: (
        (25.06, 19.60, 15.34, 12),
        (39.56, 26.58, 17.86, 12),
        (54.97, 33.10, 19.93, 12),
        (71.03, 39.27, 21.71, 12),
    ),
    5: (
        (25.21, 20.94, 17.39, 14.45, 12),
        (40.14, 29.68, 21.95, 16.23, 12),
        (56.19, 38.20, 25.97, 17.65, 12),
        (73.04, 46.50, 29.61, 18.85, 12),
    ),
    6: (
        (25.31, 21.80, 18.78, 16.17, 13.93, 12),
        (40.51, 31.76, 24.90, 19.52, 15.31, 12),
        (56.97, 41.72, 30.55, 22.37, 16.39, 12),
        (74.35, 51.63, 35.85, 24.89, 17.28, 12),
    ),
}


@pytest.mark.parametrize("k", STAGE_QUOTAS)
def test_the_stage_quotas_are_those_of_the_table(k: int) -> None:
    for multiplier, row in zip(MULTIPLIERS, STAGE_QUOTAS[k], strict=True):
        assert quota.stage_quotas(12, k, multiplier) == pytest.approx(row, abs=0.0051)


def test_the_stage_quotas_are_those_of_the_reference_cases() -> None:
    assert quota.stage_quotas(12, 4, 2) == pytest.approx(
        [39.55985081550387, 26.580522401707732, 17.8596267827884, 12.0], rel=1e-9
    )
    assert quota.stage_quotas(12, 5, 2.5) == pytest.approx(
        [56.18610545892534, 38.19592298693711, 25.966002108663243, 17.651969445474318, 12.0], rel=1e-9
    )


@given(contracts=st.floats(0.1, 500), k=st.integers(2, 8), multiplier=st.floats(1, 10))
def test_the_stages_add_up_to_the_year_and_never_grow_toward_the_sale(
    contracts: float, k: int, multiplier: float
) -> None:
    stages = quota.stage_quotas(contracts, k, multiplier)
    assert sum(stages) == pytest.approx(contracts * k * multiplier, rel=1e-9)
    assert stages[-1] == contracts
    assert list(stages) == sorted(stages, reverse=True)
    assert 0 < quota.gate_rate(k, multiplier) <= 1


def test_the_plan_rounds_halves_up() -> None:
    # Y = 24 in 48 weeks: half a milestone a week. round(.5) = 1, round(1) = 1, round(1.5) = 2: 1, 0, 1, 0.
    assert [quota.whole_number_plan(24, i, 48) for i in range(1, 5)] == [1, 0, 1, 0]
    # Y = 72: 1.5 a week; 2, 3, 5, 6 in all: 2, 1, 2, 1.
    assert [quota.whole_number_plan(72, i, 48) for i in range(1, 5)] == [2, 1, 2, 1]


def test_a_half_stays_a_half_whatever_floating_point_makes_of_it() -> None:
    # Y = 65.6: by week 15 of 48 that is 65.6 * 15 / 48 = 20.5, which floating point makes 20.499999999999996.
    assert 65.6 * 15 / 48 < 20.5
    assert sum(quota.whole_number_plan(65.6, i, 48) for i in range(1, 16)) == 21


@given(year=st.floats(0, 2000), n_periods=st.sampled_from([12, 40, 46, 48, 52]))
def test_the_plan_of_the_year_adds_up(year: float, n_periods: int) -> None:
    plans = [quota.whole_number_plan(year, i, n_periods) for i in range(1, n_periods + 1)]
    assert abs(sum(plans) - year) <= 0.5 + 1e-6
    assert all(abs(plan - year / n_periods) < 1 + 1e-6 for plan in plans)


def test_a_start_inside_the_year_takes_its_part_of_the_year_only() -> None:
    # 1 July to 31 December 2026 has 132 weekdays of 261: 96 * 132 / 261 = 48.55, still 8 a month and 2 a week.
    (period,) = periods(article(start_on=date(2026, 7, 1)))
    assert period.milestones_this_year == pytest.approx(96 * 132 / 261)
    assert round(period.milestones_this_year, 2) == 48.55
    assert period.milestones_a_year == 96
    assert quota.milestones_a_month(period.milestones_a_year) == 8
    assert period.milestones_a_week == 2


def test_an_end_inside_the_year_leaves_the_other_part() -> None:
    # The rest of the same year: 261 - 132 = 129 weekdays.
    (period,) = periods(article(end_on=date(2026, 7, 1)))
    assert period.milestones_this_year == pytest.approx(96 * 129 / 261)


def test_several_dated_rows_are_periods_of_one_year() -> None:
    # Half at 600,000 (96 a year), half at 1,200,000 (192): 96 * 129 / 261 + 192 * 132 / 261 = 144.55.
    later = article(start_on=date(2026, 7, 1), annual=1_200_000)
    found = periods(later, article(end_on=date(2026, 7, 1)))
    assert [period.milestones_a_week for period in found] == [2, 4]
    assert sum(period.milestones_this_year for period in found) == pytest.approx(144.5517, abs=1e-4)


def test_a_period_outside_the_year_is_none_of_its_own() -> None:
    assert periods(article(end_on=date(2026, 1, 1))) == ()
    assert periods(article(start_on=date(2027, 1, 1))) == ()


def test_time_off_leaves_the_quota_alone_unless_it_reduces_it() -> None:
    # 2 to 27 March 2026: four weeks, 20 weekdays.
    holiday = TimeOff("Ann", date(2026, 3, 2), date(2026, 3, 28))
    leave = TimeOff("Ann", date(2026, 3, 2), date(2026, 3, 28), "leave", reduces_quota=True)
    assert periods(article(), time_off=[holiday])[0].milestones_this_year == 96
    assert periods(article(), time_off=[leave])[0].milestones_this_year == pytest.approx(96 * 241 / 261)
    assert periods(article(), time_off=[leave])[0].milestones_a_week == 2


def test_a_multiplier_typed_in_the_settings_overrides_the_assumed_two() -> None:
    (assumed,) = periods(article())
    (typed,) = periods(article(), multiplier=set_multiplier(2.5, 4), selling_weeks=40)
    assert (assumed.multiplier.value, assumed.multiplier.label) == (2, "assumed")
    # 12 * 4 * 2.5 = 120; 120 / 40 = 3 a week.
    assert (typed.milestones_a_year, typed.milestones_a_week, typed.multiplier.label) == (120, 3, "set")


def test_the_weeks_of_forty_eight_bring_the_years_quota() -> None:
    (period,) = periods(article())
    weeks = [Week(date(2025, 12, 29) + timedelta(weeks=n)) for n in range(48)]
    assert sum(period.plan_of(week, YEAR) for week in weeks) == 96


@settings(max_examples=50, deadline=None)
@given(cuts=st.lists(st.integers(1, 364), unique=True, max_size=4))
def test_periods_that_cover_the_year_have_the_quota_of_the_year(cuts: list[int]) -> None:
    edges = [YEAR.first_on, *(YEAR.first_on + timedelta(days=n) for n in sorted(cuts)), YEAR.end_on]
    found = periods(*(article(a, b) for a, b in pairwise(edges)))
    assert sum(period.milestones_this_year for period in found) == pytest.approx(96)
