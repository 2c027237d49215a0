"""The tables of what is to come: forecast, what drives it and how far off it was, the plan, demand and what-if."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from milestone_reports.render.downloads.csv import Row, Table, range_cells, range_columns, team_and_reps
from milestone_reports.scorecards.insights import Forecast
from milestone_reports.scorecards.pages import TeamSite


def outlook_tables(site: TeamSite) -> Mapping[str, Table]:
    """The tables by name."""
    return {
        "forecast": Table(FORECAST, tuple(_forecast(site))),
        "forecast_drivers": Table(DRIVERS, tuple(_drivers(site))),
        "backtest": Table(BACKTEST, tuple(_backtest(site))),
        "backtest_chances": Table(CHANCES, tuple(_chances(site))),
        "business_plan": Table(BUSINESS_PLAN, tuple(_business_plan(site))),
        "demand": Table(DEMAND, tuple(_demand(site))),
        "levers": Table(LEVERS, tuple(_levers(site))),
    }


FORECAST = (
    "rep", "track", "until", "ends_on", "basis",
    *range_columns("contracts"), "contracts_open", "contracts_new", "contracts_done",
    *range_columns("revenue"), "revenue_open", "revenue_new", "revenue_done", "n_without_value",
)  # fmt: skip


def _forecast(site: TeamSite) -> Iterator[Row]:
    for whose, card in team_and_reps(site):
        yield from ((whose, card.track, *_horizon(forecast)) for forecast in card.forecast)


def _horizon(forecast: Forecast) -> Row:
    in_money = forecast.revenue is not None
    revenue = (forecast.revenue_open, forecast.revenue_new, forecast.revenue_done) if in_money else (None,) * 3
    return (
        forecast.until, forecast.ends_on, forecast.basis, *range_cells(forecast.contracts), forecast.contracts_open,
        forecast.contracts_new, forecast.contracts_done, *range_cells(forecast.revenue), *revenue,
        forecast.n_without_value,
    )  # fmt: skip


DRIVERS = ("rep", "track", "until", "ends_on", "milestone", "n_open", "value", "contracts", "revenue")


def _drivers(site: TeamSite) -> Iterator[Row]:
    for whose, card in team_and_reps(site):
        for forecast in card.forecast:
            for stage in forecast.drivers:
                yield (
                    whose, card.track, forecast.until, forecast.ends_on, stage.milestone, stage.n_open, stage.value,
                    stage.contracts, stage.revenue,
                )  # fmt: skip


BACKTEST = ("track", "on", "n_days", "counts", "forecast", "forecast_low_80", "forecast_high_80", "actual", "inside")


def _backtest(site: TeamSite) -> Iterator[Row]:
    for track in site.rollup.tracks:
        if backtest := track.backtest:
            counts = "money" if backtest.in_money else "contracts"
            for month in backtest.months:
                yield (
                    track.card.track, month.on, backtest.n_days, counts, month.forecast, month.low, month.high,
                    month.actual, month.inside,
                )  # fmt: skip


CHANCES = ("track", "n_days", "chance_low", "chance_high", "n", "predicted", "observed")


def _chances(site: TeamSite) -> Iterator[Row]:
    for track in site.rollup.tracks:
        if backtest := track.backtest:
            for one in backtest.reliability:
                yield track.card.track, backtest.n_days, one.low, one.high, one.n, one.predicted, one.observed


BUSINESS_PLAN = (
    "track", "month",
    "milestones_required", "milestones_done", "milestones_expected",
    "contracts_required", "contracts_done", "contracts_expected",
    "revenue_required", "revenue_done", "revenue_expected",
)  # fmt: skip


def _business_plan(site: TeamSite) -> Iterator[Row]:
    for track in site.rollup.tracks:
        for month in track.plan:
            yield (
                track.card.track, month.first_on,
                month.milestones_required, month.milestones_done, month.milestones_expected,
                month.contracts_required, month.contracts_done, month.contracts_expected,
                month.revenue_required, month.revenue_done, month.revenue_expected,
            )  # fmt: skip


DEMAND = (
    "track", "first_milestone", "says", "ends_on", "counts", "still_needed", "a_month", "a_month_for_80",
    "steady_a_month", "recent_a_month", "half_within_days", "most_within_days", "last_useful_on", "safe_on",
)  # fmt: skip


def _demand(site: TeamSite) -> Iterator[Row]:
    for track in site.rollup.tracks:
        demand = track.demand
        yield (
            track.card.track, demand.first_milestone, demand.says, demand.ends_on,
            "money" if demand.in_money else "contracts", demand.still_needed, demand.a_month, demand.a_month_for_80,
            demand.steady_a_month, demand.recent_a_month, demand.half_within_days, demand.most_within_days,
            demand.last_useful_on, demand.safe_on,
        )  # fmt: skip


LEVERS = (
    "track", "lever", "milestone", "next_milestone", "milestones_a_week", "contracts_a_year", "revenue_a_year",
)  # fmt: skip


def _levers(site: TeamSite) -> Iterator[Row]:
    for track in site.rollup.tracks:
        for lever in track.levers:
            yield (
                track.card.track, lever.kind, lever.milestone, lever.next_milestone, lever.milestones_a_week,
                lever.contracts_a_year, lever.revenue_a_year,
            )  # fmt: skip
