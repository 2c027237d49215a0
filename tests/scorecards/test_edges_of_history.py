"""Edges of what history says: one milestone or eight, nobody there yet, one rep, no dates, no end of money."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from forecast_of_each import forecasts_of_each
from jsonschema import Draft202012Validator
from one_gate import half_after_a_month, talks
from small_team import NEW_BUSINESS, PARTNERS, deal, target, team

from milestone_reports.domain.calendar import TimeOff
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.team import Settings
from milestone_reports.domain.track import Milestone, Track
from milestone_reports.render.downloads import schema_bytes, scorecards_json
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.pages import TeamSite, TeamTrack
from workbooks import read

AS_OF = date(2026, 6, 30)
SCHEMA = Draft202012Validator(json.loads(schema_bytes()))
DATA = Path(os.environ.get("MILESTONE_REPORTS_DATA", Path(__file__).parents[3] / "shared" / "data"))
WEEKLY = sorted((DATA / "weekly").glob("*.xlsx"))


def only_track(site: TeamSite) -> TeamTrack:
    SCHEMA.validate(json.loads(scorecards_json(site)))
    (track,) = site.rollup.tracks
    return track


ONE = Track("Orders", (Milestone("Order"),))


def test_a_track_of_one_milestone_has_no_gate_and_forecasts_its_starts() -> None:
    rows = [deal(str(i), f"2026-{month:02}-10", track="Orders") for i, month in enumerate([1, 2, 3, 4, 5, 6])]
    track = only_track(team_site(team(rows, [target(track="Orders")], tracks=[ONE]), AS_OF))
    assert (track.card.coaching, track.card.gate_times, track.backtest) == ((), (), None)
    (line,) = track.card.conversion
    assert (line.reached, line.to_sale) == (6, None)
    # Since 10 January 171 days: five in them, for 31 days of July.
    assert track.card.forecast[0].contracts.value == pytest.approx(5 / 171 * 31)
    assert track.card.forecast[0].contracts_open == 0


def test_a_track_of_one_milestone_with_nothing_on_it_has_a_page() -> None:
    track = only_track(team_site(team([], [target(track="Orders")], tracks=[ONE]), AS_OF))
    assert track.card.forecast[0].contracts.value == 0
    assert track.demand.still_needed == 600_000


def test_a_track_without_opportunities_has_all_its_figures_empty() -> None:
    track = only_track(team_site(team([], [target(track="Partners")]), AS_OF))
    card = track.card
    assert [line.reached for line in card.conversion] == [0, 0]
    assert card.multiplier.value == 2
    assert {one.basis for one in card.forecast} == {"assumed"}
    assert {one.contracts.value for one in card.forecast} == {0}
    assert (card.coaching, track.sources, track.quarters, track.backtest) == ((), (), (), None)
    # 12 contracts a year by 3 talks each.
    assert track.demand.says == "no history"
    assert track.demand.steady_a_month == pytest.approx(3)
    assert track.demand.still_needed == 600_000


def test_a_team_of_many_tracks_shows_those_that_someone_is_on() -> None:
    site = team_site(team([], [target(track="Partners")], tracks=[NEW_BUSINESS, PARTNERS, ONE]), AS_OF)
    assert [track.card.track for track in site.rollup.tracks] == ["Partners"]


def test_on_a_day_before_all_rows_nothing_is_there() -> None:
    rows = [*half_after_a_month(), *talks(3, "2026-05-01")]
    track = only_track(team_site(team(rows, [target("Zed", track="Partners")]), date(2020, 3, 15)))
    assert [line.reached for line in track.card.conversion] == [0, 0]
    assert track.card.multiplier.would_be == 2
    assert (track.sources, track.quarters, track.backtest) == ((), (), None)
    assert {one.contracts.value for one in track.card.forecast} == {0}
    assert {month.contracts_done for month in track.plan} == {0}


def test_who_is_not_on_the_reps_sheet_is_counted_in_the_team_and_compared() -> None:
    made = team([*half_after_a_month(), *talks(2, "2026-06-01", rep="Stranger")], [target("Zed", track="Partners")])
    site = team_site(made, AS_OF)
    track = only_track(site)
    cards = {card.rep: card.tracks[0] for card in site.reps}
    assert (cards["Stranger"].quota, cards["Stranger"].back_on_pace) == (None, None)
    assert forecasts_of_each(made, AS_OF)["Stranger", "Partners"][0].contracts_open == pytest.approx(1)
    assert track.card.forecast[0].contracts_open == pytest.approx(1)
    # What the year still takes counts what the stranger's bring.
    assert track.demand.still_needed == pytest.approx(600_000 - 10 * 50_000 - 2 * 25_000)


def test_a_lone_rep_is_the_team() -> None:
    rows = [*half_after_a_month(), *talks(2, "2026-06-01", rep="Zed")]
    site = team_site(team(rows, [target("Zed", track="Partners")]), AS_OF)
    track = only_track(site)
    (card,) = site.reps
    assert card.tracks[0].forecast == track.card.forecast
    assert card.tracks[0].focus is None
    assert all(line.rest_to_next is None for line in card.tracks[0].conversion)
    assert (track.card.coaching, track.false_flags) == ((), 0)


def undated(id_: str, stage: int) -> Opportunity:
    """One known to have come so far, nobody says when."""
    entries = tuple(MilestoneEntry(reached_undated=k < stage) for k in range(4))
    return Opportunity(id_, f"Deal {id_}", "Westmark", "Ann", "New business", entries, value=50_000)


def test_stages_without_days_are_in_the_rates_and_in_no_curve() -> None:
    lost = replace(undated("c", 2), outcome=Outcome.LOST, closed_on=date(2026, 5, 1))
    track = only_track(team_site(team([undated("a", 1), undated("b", 3), lost]), AS_OF))
    assert [line.reached for line in track.card.conversion] == [3, 2, 1, 0]
    assert [line.lost_here for line in track.card.conversion] == [0, 1, 0, 0]
    assert [gate.n_moved_on for gate in track.card.gate_times] == [0, 0, 0]
    # Nobody knows since when they wait: none is stalled, and nothing has started on a day.
    assert track.demand.recent_a_month == 0
    assert {one.basis for one in track.card.forecast} == {"assumed"}


@pytest.mark.skipif(not WEEKLY, reason="the weekly workbooks are not part of the project")
@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_workbooks_of_present_stages_alone_have_their_outcomes_add_up() -> None:
    for path in WEEKLY:
        reading = read(path, date.fromisoformat(path.stem[-10:]))
        site = team_site(reading.team, reading.as_of)
        for track in site.rollup.tracks:
            first = track.card.conversion[0]
            assert sum(row.first_milestones for row in track.sources) == first.reached
            assert {one.basis for one in track.card.forecast} == {"assumed"}
            assert track.backtest is None
            waiting = sum(line.open_here for line in track.card.conversion[:-1])
            assert sum(driver.n_open for driver in track.card.forecast[0].drivers) == waiting


def test_values_without_end_stay_numbers() -> None:
    rows = [*half_after_a_month(), *talks(3, "2026-06-01", value=1e15), *talks(1, "2026-06-02", value=0.01)]
    track = only_track(team_site(team(rows, [target("Zed", track="Partners", annual=1e16, average=1e9)]), AS_OF))
    (month, *_) = track.card.forecast
    assert month.revenue is not None
    assert month.revenue_open == pytest.approx(1.5e15 + 0.005)
    assert month.revenue.low is not None
    assert 0 <= month.revenue.low <= month.revenue.value


def test_values_of_nothing_are_values() -> None:
    rows = [replace(row, value=0.0) for row in (*half_after_a_month(), *talks(2, "2026-06-01"))]
    track = only_track(team_site(team(rows, [target("Zed", track="Partners")]), AS_OF))
    assert track.card.average_contract.observed == 0
    assert track.card.average_contract.contracts_observed is None
    revenue = track.card.forecast[0].revenue
    assert revenue is not None
    assert (revenue.value, revenue.low, revenue.high) == (0, 0, 0)


def test_eight_milestones_have_seven_gates_and_a_plan() -> None:
    long = Track("Long", tuple(Milestone(f"Step {k}") for k in range(1, 9)))
    days = [date(2026, 1, 1 + 3 * k).isoformat() for k in range(8)]
    rows = [deal(f"won{i}", " ".join(days), track="Long") for i in range(12)]
    rows += [
        deal(f"lost{i}", f"{days[0]}{' -' * 7}", track="Long", outcome=Outcome.LOST, closed_on="2026-01-05")
        for i in range(4)
    ]
    rows += [deal("open", f"2026-06-25{' -' * 7}", track="Long")]
    track = only_track(team_site(team(rows, [target(track="Long")], tracks=[long]), AS_OF))
    assert [line.reached for line in track.card.conversion] == [17, *[12] * 7]
    assert [gate.median_days for gate in track.card.gate_times] == [3] * 7
    # Of 17 that were there for three days 12 moved on. The open one is there for 5; fewer than ten were for over 2, so
    # that its chance is that of 2 days.
    assert track.card.forecast[0].contracts_open == pytest.approx(12 / 17)
    # One start in 180 days; 21 days from a start to a sale, which 10 of July's 31 days leave.
    assert track.card.forecast[0].contracts_new == pytest.approx(1 / 180 * 12 / 17 * 10)
    assert sum(track.card.multiplier.per_contract) == pytest.approx(16)
    assert [one.kind for one in track.levers].count("gate") == 7


@pytest.mark.parametrize("annual", [0, 600_000])
def test_a_year_that_asks_for_nothing_has_no_target(annual: float) -> None:
    # A target of nothing; or a year on leave, which takes the quota with it.
    off = [TimeOff("Zed", date(2026, 1, 1), date(2027, 1, 1), reduces_quota=True)] if annual else []
    made = team(half_after_a_month(), [target("Zed", track="Partners", annual=annual)], time_off=off)
    track = only_track(team_site(made, AS_OF))
    assert track.demand.says == "no target"
    assert {month.milestones_required for month in track.plan} == {0}


def test_a_quota_that_starts_on_the_years_last_weekend_asks_for_nothing() -> None:
    # 30 and 31 December 2028 are a Saturday and a Sunday.
    made = team([], [target("Zed", track="Partners", start="2028-12-30")])
    assert only_track(team_site(made, date(2028, 12, 31))).demand.says == "no target"


def test_the_last_day_of_the_fiscal_year_looks_into_the_next() -> None:
    rows = [*half_after_a_month("2025-09-01"), *talks(2, "2026-06-20")]
    made = team(rows, [target("Zed", track="Partners")], settings=Settings(fiscal_year_starts=7))
    track = only_track(team_site(made, AS_OF))
    assert track.card.forecast[-1].ends_on == date(2027, 6, 30)
    assert (track.demand.ends_on, track.demand.says) == (AS_OF, "too late")
    assert {month.contracts_expected for month in track.plan} == {None}
    assert track.card.back_on_pace is None


def test_one_all_but_certain_sale_has_a_range_that_holds_it() -> None:
    rows = [*talks(999, "2026-01-01", signed_after=170), *talks(1, "2026-01-01", lost_after=170)]
    rows += talks(1, "2026-01-11")  # its 170th day is 30 June
    (month, *_) = only_track(team_site(team(rows), date(2026, 6, 29))).card.forecast
    assert month.contracts_open == pytest.approx(0.999)
    assert month.contracts_new == 0
    # Such a chance leans down so far that the closed form's upper end is below its own middle.
    assert month.contracts.high == month.contracts.value
