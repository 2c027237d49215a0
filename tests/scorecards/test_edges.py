"""Edges at which a figure was once wrong: the year's end, leavers, time off, reps without a quota, two rows alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_team import deal, target, team

from milestone_reports.domain.calendar import TimeOff
from milestone_reports.metrics.pace import pace_standing
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.figures import Pace


def on_pace_rate(pace: Pace) -> float:
    """What a week would ask for from here if just the expected had been done."""
    return ((pace.milestones_this_year or 0.0) - pace.expected_to_date) / (pace.weeks_left or 0.0)


def test_a_team_on_pace_asks_for_the_weekly_quota_of_those_still_there() -> None:
    # Ann left on 30 June; Bo stays at 2 a week, 48 * 66 / 261 = 12.14 weeks left on 30 September.
    rollup = team_site(team([], [target(end="2026-07-01"), target("Bo")]), date(2026, 9, 30)).rollup
    pace = rollup.tracks[0].card.pace
    assert pace.weeks_left == pytest.approx(48 * 66 / 261)
    assert pace.milestones_a_week == rollup.tracks[0].weekly_target == 2
    assert on_pace_rate(pace) == pytest.approx(2)


def test_the_best_week_of_the_last_days_of_a_year() -> None:
    made = team([deal("a", "2026-12-15 2026-12-16 - -")], [target()])  # 2026-W51
    for as_of in (date(2026, 12, 20), date(2026, 12, 30)):
        streak = team_site(made, as_of).reps[0].streak
        assert streak is not None
        assert streak.best_week == "2026-W51"


def test_the_weeks_of_the_year_hold_all_that_the_year_credited() -> None:
    track = team_site(team([deal("a", "2026-12-28 2026-12-29 - -")], [target()]), date(2026, 12, 30)).rollup.tracks[0]
    assert sum(sum(week.done) for week in track.weekly) == track.card.pace.credited_to_date == 2


def test_the_quota_of_the_last_days_of_a_year_is_that_years() -> None:
    rows = [target(start="2026-01-01", end="2027-01-01"), target(annual=900_000, start="2027-01-01")]
    track = team_site(team([], rows), date(2026, 12, 30)).reps[0].tracks[0]
    assert track.quota is not None
    assert track.quota.annual_target == 600_000
    assert track.pace.milestones_a_week == 2


def test_the_gaps_by_milestone_add_up_to_the_gap() -> None:
    rows = [deal("a", "2026-01-05 2026-01-06 2026-01-07 2026-01-08", rep="Cy")]
    card = team_site(team(rows, [target()]), date(2026, 6, 30)).rollup.tracks[0].card
    assert sum(line.gap or 0.0 for line in card.by_milestone) == pytest.approx(card.pace.gap)


@pytest.mark.parametrize("start", ["", "2026-07-01"])
@pytest.mark.parametrize("reduces", [True, False])
def test_on_pace_the_run_rate_is_the_weekly_quota_with_time_off_too(start: str, reduces: bool) -> None:
    off = [TimeOff("Ann", date(2026, 8, 3), date(2026, 9, 12), "leave", reduces)]
    pace = team_site(team([], [target(start=start)], time_off=off), date(2026, 9, 30)).reps[0].tracks[0].pace
    assert on_pace_rate(pace) == pytest.approx(2)


def test_exactly_one_weekly_quota_off_is_on_pace() -> None:
    # C = 4, K = 4, m = 2: 32 a year; after 174 of 261 days 32 * 2 / 3 = 21.33; 22 are .67 ahead, one weekly quota.
    assert pace_standing(22 - 32 * (174 / 261), 32 * (174 / 261), 32 / 48) == "on pace"


def test_an_opportunity_created_after_the_as_of_date_is_not_open_yet() -> None:
    made = team([deal("a", "- - - -", planned="2026-06-20 - - -", created_on="2026-06-01")], [target()])
    assert team_site(made, date(2026, 5, 1)).rollup.n_open == 0


def test_the_working_days_of_a_team_are_not_those_of_its_first_rep() -> None:
    made = team([], [target(end="2026-03-01"), target("Bo")])
    turned = team([], [target("Bo"), target(end="2026-03-01")])
    days = [team_site(t, date(2026, 9, 30)).rollup.tracks[0].card.pace.working_days for t in (made, turned)]
    assert days[0] == days[1]


def test_planned_for_the_week_and_done_before_it_is_planned_and_completed() -> None:
    made = team([deal("a", "2026-05-08 - - -", planned="2026-05-14 - - -")], [target()])
    week = team_site(made, date(2026, 5, 15)).reps[0].this_week
    assert (week.planned, week.completed_of_planned) == (1, 1)


def test_two_rows_of_one_account_and_name_come_in_the_same_order() -> None:
    a, b = (replace(deal(i, "2026-05-12 - - -"), name="X", account="Y") for i in "ab")
    cards = [team_site(team(rows, [target()]), date(2026, 5, 15)).reps[0] for rows in ([a, b], [b, a])]
    one, other = ([item.opportunity_id for item in card.this_week.items] for card in cards)
    assert one == other == ["a", "b"]


def test_the_teams_revenue_is_held_against_the_target_of_those_who_have_one() -> None:
    rows = [deal("a", "2026-01-05 2026-01-06 2026-01-07 2026-01-08", rep="Cy")]
    sales = team_site(team(rows, [target()]), date(2026, 6, 30)).rollup.tracks[0].card.sales
    assert (sales.contracts_to_date, sales.contracts_without_quota) == (1, 1)


def test_what_stands_open_in_money_is_of_tracks_with_a_value_target() -> None:
    rows = [deal("a", "2026-01-05 - - -"), deal("b", "2026-01-05 -", track="Partners", value=7)]
    made = team(rows, [target(), target(track="Partners", annual=6, counts=True)])
    assert team_site(made, date(2026, 2, 1)).reps[0].open_value == 50_000


def test_planned_for_next_week_and_done_already_is_no_plan_of_next_week() -> None:
    # As of Friday 15 May; the week to come begins on Monday 18 May.
    made = team([deal("a", "2026-05-12 - - -", planned="2026-05-19 2026-05-20 - -")], [target()])
    site = team_site(made, date(2026, 5, 15))
    assert site.reps[0].next_week.planned == 1
    assert [item.milestone for item in site.reps[0].next_week.items] == ["Discovery"]
    assert site.rollup.tracks[0].next_week[0].n_planned == 1
