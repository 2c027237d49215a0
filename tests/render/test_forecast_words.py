"""The forecast, its test on the past, the multiplier and the stalled in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sample_insights import backtest, forecasts, multiplier
from sample_site import AS_OF, attention, rollup, track_card

from milestone_reports.render.formats import Formats
from milestone_reports.render.words.forecasts import (
    backtest_says,
    capacity_says,
    forecast_rows,
    forecast_says,
    horizon_says,
    year_end,
)
from milestone_reports.render.words.multipliers import multiplier_says
from milestone_reports.render.words.stalls import presumed_says, stalled_says, still_aside, still_more, still_says
from milestone_reports.scorecards.insights import Capacity, Forecast, Range
from milestone_reports.scorecards.pages import TrackCard

US = Formats("en_US", "USD", AS_OF)


def card(*horizons: Forecast) -> TrackCard:
    return replace(track_card(), forecast=horizons or forecasts())


def counted(forecast: Forecast) -> Forecast:
    return replace(forecast, revenue=None)


def assumed(forecast: Forecast) -> Forecast:
    revenue = replace(forecast.revenue, low=None, high=None) if forecast.revenue else None
    contracts = replace(forecast.contracts, low=None, high=None)
    return replace(forecast, basis="assumed", contracts=contracts, contracts_new=0.0, revenue=revenue)


def test_periods_that_end_on_one_day_are_one_row() -> None:
    assert [(row.ends_on, row.until) for row in forecast_rows(card())] == [
        (date(2026, 11, 30), "month"),
        (date(2026, 12, 31), "quarter and year"),
    ]


def test_periods_that_end_apart_are_three_rows() -> None:
    month, quarter, year = forecasts()
    apart = card(month, quarter, replace(year, ends_on=date(2027, 6, 30)))
    assert [row.until for row in forecast_rows(apart)] == ["month", "quarter", "year"]


def test_the_sentence_has_contracts_and_revenue_with_their_ranges_and_where_they_come_from() -> None:
    # 1.2 contracts, from 0.4 * 1.2 = 0.48 to 1.8 * 1.2 = 2.16; 57,600, from 24,000 to 108,000; 1.08 and 0.12.
    assert forecast_says(card(), US) == (
        "By 31 December about 1.2 contracts more, likely 0.5 to 2.2; $58k, likely $24k to $108k. "
        "From what is open now 1.1, from what is still to start 0.1."
    )


def test_each_horizon_has_its_own_sentence() -> None:
    month = forecast_rows(card())[0]
    assert horizon_says(month, "contract", US).startswith("By 30 November about 0.3 contracts more, likely 0.1 to 0.5;")


def test_a_track_that_counts_sales_has_no_revenue_in_its_forecast() -> None:
    row = forecast_rows(card(*map(counted, forecasts())))[-1]
    assert horizon_says(row, "sale", US) == (
        "By 31 December about 1.2 sales more, likely 0.5 to 2.2. "
        "From what is open now 1.1, from what is still to start 0.1."
    )


def test_what_is_still_to_start_is_not_said_where_it_is_next_to_nothing() -> None:
    year = replace(forecasts()[-1], contracts_new=0.01)
    assert forecast_says(card(year), US).endswith("All of it comes from what is open now.")


def test_with_nothing_still_to_start_all_of_it_is_open_now() -> None:
    assert forecast_says(card(replace(forecasts()[-1], contracts_new=0.0)), US).endswith(
        "All of it comes from what is open now."
    )


def test_opportunities_without_a_value_are_told() -> None:
    year = replace(forecasts()[-1], n_without_value=2)
    assert forecast_says(card(year), US).endswith(
        "Two open opportunities have no value: in the contracts, not in the revenue."
    )


def test_without_history_there_is_one_row_and_no_date() -> None:
    short = card(*map(assumed, forecasts()))
    assert len(forecast_rows(short)) == 1
    assert forecast_says(short, US) == (
        "Too little history for a date: about 1.2 contracts, $58k, may come of what is open; assumed, no date."
    )
    assert year_end(short, US) is None


def test_the_years_end_is_what_is_signed_and_what_is_still_to_come() -> None:
    # 384,000 signed; 384,000 + 57,600 = 441,600; 384,000 + 24,000 = 408,000; 384,000 + 108,000 = 492,000.
    end = year_end(card(), US)
    assert end is not None
    assert (end.says, end.value, end.note) == ("Forecast to 31 December", "$442k", "likely $408k to $492k")


def test_the_years_end_of_a_track_that_counts_sales_is_in_contracts() -> None:
    # 8 done and 1.2 to come, likely 0.48 to 2.16.
    end = year_end(card(*map(counted, forecasts())), US)
    assert end is not None
    assert (end.value, end.note) == ("9.2 contracts", "likely 8.5 to 10.2")


def test_a_backtest_says_what_was_forecast_and_came_on_average() -> None:
    # Means over n = 0..11: 500,000 + 5.5 * 9,000 = 549,500; 470,000 + 5.5 * 31,000 = 640,500.
    assert backtest_says(backtest(), US) == (
        "At the last twelve month-ends it said $550k on average for the 90 days after each; "
        "$641k came, 10 of the 12 inside the range."
    )


def test_one_month_end_is_no_average() -> None:
    whole = backtest()
    one = replace(whole, months=whole.months[:1], n_inside=1, forecast=500_000.0, actual=470_000.0)
    assert backtest_says(one, US) == (
        "At the last month-end it said $500k for the 90 days after it; $470k came, inside its range."
    )


def test_without_a_backtest_the_page_says_so() -> None:
    assert backtest_says(None, US) == "No month-end has had enough history yet to test the forecast on."


@pytest.mark.parametrize(
    ("capacity", "says"),
    [
        (Capacity(5e6, 4.8e6, -2e5), "come to $4.80m, so $200k stands in no rep’s target."),
        (Capacity(5e6, 5.5e6, 5e5), "come to $5.50m, $500k more than it."),
        (Capacity(5e6, 5e6, 0.0), "come to $5m, just that."),
        (Capacity(5e6, 0.0, -5e6), "no rep has a target in money."),
    ],
)
def test_the_teams_own_target_stands_beside_the_sum_of_the_reps(capacity: Capacity, says: str) -> None:
    assert capacity_says(capacity, US).startswith("The team’s own target is $5m; ")
    assert capacity_says(capacity, US).endswith(says)


def test_the_multiplier_tells_its_counts_its_range_and_todays_value() -> None:
    measured = multiplier(
        value=2.607, label="measured", decided=(170, 118, 73, 37), sales=37, likely_low=2.29, likely_high=3.07,
        would_be=2.38,
    )  # fmt: skip
    assert multiplier_says(measured, US) == (
        "Multiplier 2.61, measured: from 37 sales of 170 decided by 31 December 2025, likely "
        "2.29 to 3.07; kept for the fiscal year, would be 2.38 if set today."
    )


def test_a_multiplier_of_few_sales_has_no_range_and_one_of_none_no_counts() -> None:
    few = multiplier(label="assumed", decided=(9, 5, 3, 1), sales=1, likely_low=None, likely_high=None)
    assert "from 1 sale of 9 decided by 31 December 2025; kept" in multiplier_says(few, US)
    none = multiplier(label="assumed", decided=(0, 0, 0, 0), sales=0, likely_low=None, likely_high=None)
    assert multiplier_says(none, US).startswith(
        "Multiplier 2.0, assumed until history says otherwise: nothing was decided by 31 December 2025;"
    )


def test_a_multiplier_that_is_set_stands_beside_the_teams_own() -> None:
    assert multiplier_says(multiplier(value=2.5, label="set", would_be=2.12), US) == (
        "Multiplier 2.5, set in the workbook; by the team’s own sales it would be 2.12 if set today."
    )


def test_the_presumed_lost_are_to_close_or_update_and_never_simply_lost() -> None:
    asked = replace(attention([]), n_presumed_lost=52, presumed_lost_value=2_775_500.0, n_stalled=3, n_without_plan=1)
    assert presumed_says(asked, US) == (
        "52 opportunities, $2.78m, are presumed lost: more than twice as long in one stage as nine in ten that moved "
        "on; to close or update each."
    )
    assert stalled_says(asked, US) == "Three more are stalled: longer here than nine in ten that moved on."
    assert still_says(asked, US).endswith("One open opportunity has no planned next milestone.")


def test_nothing_that_stands_still_needs_no_words() -> None:
    assert still_says(attention([]), US) == ""


def test_the_largest_are_listed_and_the_others_counted() -> None:
    told = rollup()
    together = US.money_short(sum(one.value or 0.0 for one in told.stalled))
    assert still_aside(told, US) == f"{len(told.stalled)} of 147 open, {together} together"
    assert still_more(told, len(told.stalled), US) == ""
    assert still_more(told, len(told.stalled) - 1, US).startswith("and one more, $")


def test_a_range_moves_along_with_what_is_done() -> None:
    year = replace(forecasts()[-1], revenue=Range(100_000.0, 0.0, 200_000.0), revenue_done=1_000_000.0)
    end = year_end(card(year), US)
    assert end is not None
    assert (end.value, end.note) == ("$1.10m", "likely $1m to $1.20m")
