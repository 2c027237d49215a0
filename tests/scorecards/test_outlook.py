"""Forecasts to the month's, quarter's and year's end: which days they reach to, and what they add up to, by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from math import sqrt

import pytest
from forecast_of_each import forecasts_of_each
from one_gate import half_after_a_month, talks
from small_team import target, team

from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Assignment, Settings
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.insights import Forecast
from milestone_reports.scorecards.pages import TeamSite

AS_OF = date(2026, 6, 30)
# Half of all talks are signed on their 30th day: on 1, 20 and 30 July.
WAITING = (
    *talks(1, "2026-06-01", rep="Ann", value=10_000),
    *talks(1, "2026-06-20", rep="Bo", value=20_000),
    *talks(1, "2026-06-30", rep="Ann", value=None),
)
ROWS = (*half_after_a_month(), *WAITING)


def forecasts(site: TeamSite) -> tuple[Forecast, ...]:
    return next(track.card.forecast for track in site.rollup.tracks if track.card.track == "Partners")


def partners(
    rows: Sequence[Opportunity], as_of: date = AS_OF, *, asked: Sequence[Assignment] = (), starts: int = 1
) -> TeamSite:
    return team_site(team(rows, asked, settings=Settings(fiscal_year_starts=starts)), as_of)


@pytest.mark.parametrize(
    ("as_of", "starts", "ends"),
    [
        ("2026-06-29", 1, ("2026-06-30", "2026-06-30", "2026-12-31")),
        ("2026-06-30", 1, ("2026-07-31", "2026-09-30", "2026-12-31")),  # the last day: the periods to come
        ("2026-12-30", 1, ("2026-12-31", "2026-12-31", "2026-12-31")),
        ("2026-12-31", 1, ("2027-01-31", "2027-03-31", "2027-12-31")),
        ("2028-02-28", 1, ("2028-02-29", "2028-03-31", "2028-12-31")),
        ("2026-06-30", 7, ("2026-07-31", "2026-09-30", "2027-06-30")),
        ("2026-06-29", 7, ("2026-06-30", "2026-06-30", "2026-06-30")),
        ("2026-05-15", 2, ("2026-05-31", "2026-07-31", "2027-01-31")),  # quarters of the fiscal year
        ("2027-01-31", 2, ("2027-02-28", "2027-04-30", "2028-01-31")),
        ("2026-11-15", 12, ("2026-11-30", "2026-11-30", "2026-11-30")),
    ],
)
def test_the_periods_hold_the_day_after(as_of: str, starts: int, ends: tuple[str, ...]) -> None:
    found = forecasts(partners(ROWS, date.fromisoformat(as_of), starts=starts))
    assert [one.until for one in found] == ["month", "quarter", "year"]
    assert [one.ends_on for one in found] == [date.fromisoformat(day) for day in ends]


def test_half_of_what_comes_to_its_thirtieth_day_inside_the_period_is_expected() -> None:
    month, quarter, year = forecasts(partners(ROWS))
    assert [one.contracts_open for one in (month, quarter, year)] == pytest.approx([1.5, 1.5, 1.5])
    # One day earlier the month has no day left in which any of them comes to it, and two are there.
    (early, *_) = forecasts(partners(ROWS, date(2026, 6, 29)))
    assert early.contracts_open == 0


def test_what_is_still_to_start_goes_on_at_the_rate_of_the_last_half_year() -> None:
    # Three of 180 days (those of 1 January are outside); of 31, 92 and 184 days, 1, 62 and 154 leave 30 to be signed.
    found = forecasts(partners(ROWS))
    assert [one.contracts_new for one in found] == pytest.approx([3 / 180 * 0.5 * days for days in (1, 62, 154)])
    assert [one.contracts.value for one in found] == pytest.approx([1.5 + one.contracts_new for one in found])


def test_the_range_has_the_chances_the_gate_and_the_starts_in_it() -> None:
    (_, quarter, _) = forecasts(partners(ROWS))
    # The gate: 10 of 20 on one day, variance 10 x 10 / 20³ = .0125, over the square of a half: .05. Of 62 days' starts
    # half are signed: g = 31.
    new, g = 3 / 180 * 31, 31
    variance = 3 * 0.25 + 0.05 * (1.5 + new) ** 2 + new + g**2 * 3.5 / 180**2
    # Chances of one half lean to no side: the third moment is that of the starts, a Poisson's.
    lean = (1.2815515655446004**2 - 1) / 6 * new / variance**1.5
    assert quarter.contracts.low == pytest.approx(1.5 + new + 1.05 * sqrt(variance) * (lean - 1.2815515655446004))
    assert quarter.contracts.high == pytest.approx(1.5 + new + 1.05 * sqrt(variance) * (lean + 1.2815515655446004))


def test_revenue_leaves_out_what_has_no_value_and_counts_it() -> None:
    (month, *_) = forecasts(partners(ROWS))
    assert month.n_without_value == 1
    assert month.revenue_open == pytest.approx((10_000 + 20_000) / 2)
    # Those of the last year that have a value are worth (20 x 50,000 + 30,000) / 22.
    assert month.revenue_new == pytest.approx(month.contracts_new * 1_030_000 / 22)
    (driver,) = month.drivers
    assert (driver.milestone, driver.n_open, driver.value) == ("Talks", 3, 30_000)
    assert (driver.contracts, driver.revenue) == pytest.approx((1.5, 15_000))


def test_the_reps_add_up_to_the_team() -> None:
    made = team(ROWS, [target("Di", track="Partners")])
    of_each = forecasts_of_each(made, AS_OF)
    parts = [of_each[rep, "Partners"] for rep in ("Ann", "Bo", "Zed", "Di")]
    for index, whole in enumerate(forecasts(team_site(made, AS_OF))):
        own = [part[index] for part in parts]
        assert whole.contracts.value == pytest.approx(sum(one.contracts.value for one in own))
        assert whole.revenue is not None
        assert whole.revenue.value == pytest.approx(sum(one.revenue.value for one in own if one.revenue))
    assert [parts[0][0].contracts_open, parts[1][0].contracts_open] == pytest.approx([1.0, 0.5])


def test_a_rep_with_no_opportunity_has_a_range_of_the_teams_days_and_not_of_one() -> None:
    # None of 180 days: the variance of the rate is that of half a start, (0 + 1/2) / 180².
    (*_, year) = forecasts_of_each(team(ROWS, [target("Di", track="Partners")]), AS_OF)["Di", "Partners"]
    assert (year.contracts.value, year.contracts.low) == (0, 0)
    assert year.contracts.high == pytest.approx(1.05 * 1.2815515655446004 * 77 * sqrt(0.5) / 180)


def test_what_the_period_has_brought_so_far_stands_beside_it() -> None:
    signed = [*talks(1, "2026-03-01", signed_after=40), *talks(1, "2026-05-25", signed_after=20, value=70_000)]
    (month, quarter, year) = forecasts(partners([*ROWS, *signed], date(2026, 6, 29)))
    # On 10 April and 14 June; ten more on 31 January.
    assert [one.contracts_done for one in (month, quarter, year)] == [1, 2, 12]
    assert [one.revenue_done for one in (month, quarter, year)] == [70_000, 120_000, 620_000]
    # On the last day of a period, the one to come has brought nothing yet.
    (month, quarter, year) = forecasts(partners([*ROWS, *signed]))
    assert [one.contracts_done for one in (month, quarter, year)] == [0, 0, 12]
    (month, quarter, year) = forecasts(partners([*ROWS, *signed], starts=7))
    assert [one.contracts_done for one in (month, quarter, year)] == [0, 0, 0]


def test_the_presumed_lost_bring_nothing() -> None:
    gone = talks(5, "2026-03-01")  # 121 days: over twice the 60 after which one is stalled
    (month, *_) = forecasts(partners([*half_after_a_month(), *gone]))
    assert (month.contracts_open, month.drivers[0].n_open) == (0, 0)


def test_with_too_little_history_the_open_ones_are_worth_what_the_multiplier_says() -> None:
    rows = [*talks(1, "2026-05-01", signed_after=5), *talks(1, "2026-05-01", lost_after=5), *WAITING]
    for one in forecasts(partners(rows)):
        # Two decided and one sale, and five of the assumed funnel, 15 to 5: a sale in 17 / 6.
        assert one.basis == "assumed"
        assert one.contracts.value == pytest.approx(3 * 6 / 17)
        assert (one.contracts.low, one.contracts.high) == (None, None)
        assert one.revenue is not None
        assert one.revenue.value == pytest.approx(30_000 * 6 / 17)
        assert (one.contracts_new, one.revenue_new) == (0, 0)


@pytest.mark.parametrize(("n_signed", "n_lost", "basis"), [(5, 5, "history"), (4, 6, "assumed"), (5, 4, "assumed")])
def test_five_that_moved_on_and_ten_decided_are_history(n_signed: int, n_lost: int, basis: str) -> None:
    rows = [*talks(n_signed, "2026-01-01", signed_after=30), *talks(n_lost, "2026-01-01", lost_after=30)]
    assert {one.basis for one in forecasts(partners(rows))} == {basis}


def test_a_track_that_counts_sales_has_no_revenue_nor_has_a_rep_on_it_without_a_target() -> None:
    asked = [target("Ann", track="Partners", annual=6, average=None, counts=True)]
    of_each = forecasts_of_each(team(ROWS, asked), AS_OF)
    for found in (forecasts(partners(ROWS, asked=asked)), of_each["Ann", "Partners"], of_each["Bo", "Partners"]):
        assert [one.revenue for one in found] == [None] * 3
        assert [(one.revenue_open, one.revenue_new, one.revenue_done) for one in found] == [(0, 0, 0)] * 3


def test_where_no_opportunity_has_a_value_there_is_no_revenue() -> None:
    bare = [replace(row, value=None) for row in ROWS]
    for one in forecasts(partners(bare)):
        assert one.revenue is None
        assert one.contracts_open == pytest.approx(1.5)
        assert one.n_without_value == 3
