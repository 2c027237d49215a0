"""A rep's card: the article's figures, several tracks, several periods, July years, Sunday weeks."""

from datetime import date

import pytest
from small_team import NEW_BUSINESS, PARTNERS, deal, target, team

from milestone_reports.domain.calendar import TimeOff, WeekStart
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.opportunity import Opportunity, Outcome
from milestone_reports.domain.team import Assignment, Gates, Settings, Team
from milestone_reports.metrics.rates import Ratio
from milestone_reports.scorecards.compose import card_of, team_site
from milestone_reports.scorecards.pages import RepScorecard

AS_OF = date(2026, 6, 30)
"""A Tuesday; 129 of the year's 261 weekdays have gone by."""


def card(made: Team, as_of: date = AS_OF, rep: str = "Ann") -> RepScorecard:
    return card_of(team_site(made, as_of), rep)


def sold(n: int, *, rep: str = "Ann", value: float | None = 50_000) -> list[Opportunity]:
    """`n` sales, all four milestones on one day of January each."""
    days = (f"2026-01-{day:02d}" for day in range(5, 5 + n))
    return [deal(f"{rep}{on}", " ".join([on] * 4), rep=rep, value=value) for on in days]


def test_the_articles_example_stands_on_the_card() -> None:
    found = card(team([], [target()])).tracks[0].quota
    assert found is not None
    assert (found.contracts_a_year, found.ideal_milestones_a_year) == (12, 48)
    assert (found.ideal_milestones_a_month, found.ideal_milestones_a_week) == (4, 1)
    assert (found.required_milestones_a_year, found.milestones_a_month, found.milestones_a_week) == (96, 8, 2)
    assert (found.multiplier, found.multiplier_is, found.selling_weeks) == (2, "assumed", 48)
    # method.md §2, K = 4, m = 2.
    stages = [stage.required_a_year for stage in found.stage_quotas]
    assert stages == pytest.approx([39.56, 26.58, 17.86, 12], abs=0.005)
    assert (found.counted_from, found.counted_to, found.milestones_this_year) == (None, None, 96)


def test_the_year_stands_against_its_pace() -> None:
    # 11 sales are 44 credited; expected 96 * 129 / 261 = 47.45: 3.45 behind, more than the weekly 2.
    pace = card(team(sold(11), [target()])).tracks[0].pace
    assert pace.credited_to_date == 44
    assert pace.expected_to_date == pytest.approx(47.448, abs=5e-4)
    assert pace.gap == pytest.approx(-3.448, abs=5e-4)
    assert pace.standing == "behind"
    assert pace.attainment == Ratio(44, pace.expected_to_date)
    assert (pace.working_days_elapsed, pace.working_days, pace.to_finish) == (129, 261, 52)
    # 48 * 132 / 261 = 24.28 weeks for 52 milestones: 2.142 a week.
    assert pace.weeks_left == pytest.approx(24.2759, abs=5e-5)
    assert pace.required_run_rate == pytest.approx(52 / 24.2759, abs=5e-5)


def test_one_weekly_quota_off_is_on_pace() -> None:
    # 46 credited against 47.45.
    rows = [*sold(11), deal("x", "2026-02-02 2026-02-03 - -")]
    assert card(team(rows, [target()])).tracks[0].pace.standing == "on pace"


def test_a_sale_counts_as_a_contract_though_its_milestones_are_only_claimed() -> None:
    track = card(team([deal("x", "2026-02-02 - - 2026-02-05")], [target()])).tracks[0]
    assert (track.pace.credited_to_date, track.pace.claimed_to_date) == (1, 1)
    assert (track.sales.contracts_to_date, track.sales.revenue_to_date) == (1, 50_000)
    assert track.by_milestone[3].claimed == 1
    # Reached: the contract implies Discovery and Proof.
    assert [line.reached for line in track.conversion] == [1, 1, 1, 1]


def test_open_gates_credit_what_a_strict_order_only_claims() -> None:
    made = team([deal("x", "2026-02-02 - - 2026-02-05")], [target()], settings=Settings(gates=Gates.OPEN))
    pace = card(made).tracks[0].pace
    assert (pace.credited_to_date, pace.claimed_to_date) == (2, 0)


def test_a_win_without_a_value_is_counted_and_named_and_a_cancelled_one_leaves_with_its_value() -> None:
    cancelled = deal(
        "gone", "2026-03-02 2026-03-02 2026-03-02 2026-03-02", outcome=Outcome.CANCELLED, closed_on="2026-06-01"
    )
    rows = [*sold(1), *sold(1, rep="Bo"), deal("bare", "- - - 2026-04-01", value=None), cancelled]
    sales = card(team(rows, [target()])).tracks[0].sales
    assert (sales.contracts_to_date, sales.revenue_to_date, sales.without_value) == (2, 50_000, ("bare",))
    assert (sales.cancelled, sales.cancelled_value) == (1, 50_000)
    assert sales.contracts_expected == pytest.approx(12 * 129 / 261)
    assert sales.revenue_expected == pytest.approx(600_000 * 129 / 261)


def test_a_cancelled_contract_keeps_its_milestones_and_its_place_in_the_conversion() -> None:
    row = deal("gone", "2026-03-02 2026-03-03 2026-03-04 2026-03-05", outcome=Outcome.CANCELLED, closed_on="2026-06-01")
    track = card(team([row], [target()])).tracks[0]
    assert track.pace.credited_to_date == 4
    assert [line.reached for line in track.conversion] == [1, 1, 1, 1]


def test_without_a_target_there_is_no_quota_and_no_pace_but_all_counts() -> None:
    made = card(team(sold(2), [target(annual=None)]))
    track = made.tracks[0]
    assert (track.quota, track.pace.standing, track.pace.gap, track.pace.required_run_rate) == (
        None, "no quota", None, None
    )  # fmt: skip
    assert (track.pace.credited_to_date, track.sales.contracts_to_date) == (8, 2)
    assert (track.sales.contracts_expected, track.sales.revenue_expected) == (None, None)
    assert made.streak is None
    assert (made.this_week.plan, made.this_week.target) == (None, None)


def test_a_count_target_has_contracts_and_no_money_target() -> None:
    rows = [deal("p", "2026-02-02 2026-03-02", track="Partners", value=None)]
    track = card(team(rows, [target(track="Partners", annual=6, average=None, counts=True)])).tracks[0]
    assert track.quota is not None
    # 6 partners, two milestones, twice: 24 a year, half a milestone a week.
    assert (track.quota.target_is, track.quota.contracts_a_year) == ("count", 6)
    assert (track.quota.required_milestones_a_year, track.quota.milestones_a_week) == (24, 0.5)
    assert (track.sales.contracts_to_date, track.sales.contracts_this_year) == (1, 6)
    assert (track.sales.target_this_year, track.sales.revenue_expected) == (None, None)


def test_on_several_tracks_counts_add_up_and_pace_contracts_and_money_stay_apart() -> None:
    partners = deal("p", "2026-06-29 -", track="Partners", planned="2026-06-29 2026-07-02", value=None)
    rows = [deal("x", "2026-06-29 2026-06-30 - -", planned="2026-06-30 - 2026-07-01 -"), *sold(1), partners]
    targets = [target(), target(track="Partners", annual=12, average=None, counts=True)]
    made = card(team(rows, targets))
    week = made.this_week
    assert (week.done, week.planned, week.completed_of_planned, week.beyond_plan) == (3, 4, 2, 1)
    # 2 a week on new business, 12 * 2 * 2 / 48 = 1 on partners.
    assert (week.target, week.plan) == (3, 3)
    assert [track.pace.milestones_a_week for track in made.tracks] == [2, 1]
    assert [track.pace.credited_to_date for track in made.tracks] == [6, 1]
    assert [track.sales.contracts_to_date for track in made.tracks] == [1, 0]
    assert [track.sales.target_this_year for track in made.tracks] == [600_000, None]
    assert made.streak is not None
    # Three done on both tracks together meet the three planned.
    assert (made.streak.running_week_met, made.streak.weeks) == (True, 1)


def test_several_periods_of_one_rep_add_up_and_the_week_is_of_its_own() -> None:
    # 96 a year to the end of April, 192 from 1 May: 86 and 175 weekdays of 261.
    targets = [target(end="2026-05-01"), target(annual=1_200_000, start="2026-05-01")]
    track = card(team([], targets)).tracks[0]
    assert track.quota is not None
    assert track.quota.milestones_this_year == pytest.approx((96 * 86 + 192 * 175) / 261)
    assert (track.quota.annual_target, track.pace.milestones_a_week) == (1_200_000, 4)
    # To 30 June: all of the first and 43 days of the second.
    assert track.pace.expected_to_date == pytest.approx((96 * 86 + 192 * 43) / 261)
    assert track.sales.target_this_year == pytest.approx((600_000 * 86 + 1_200_000 * 175) / 261)
    april = card(team([], targets), date(2026, 4, 15))
    assert (april.tracks[0].pace.milestones_a_week, april.this_week.target) == (2, 2)


def test_a_start_in_july_is_said_and_the_week_stays_whole() -> None:
    found = card(team([], [target(start="2026-07-01")]), date(2026, 8, 14)).tracks[0].quota
    assert found is not None
    assert round(found.milestones_this_year, 2) == 48.55
    assert (found.milestones_a_month, found.milestones_a_week) == (8, 2)
    assert (found.counted_from, found.counted_to) == (date(2026, 7, 1), None)


def test_a_fiscal_year_from_july_has_its_own_counts() -> None:
    rows = [*sold(3), deal("x", "2026-06-30 2026-07-01 2026-07-02 -")]
    made = card(team(rows, [target()], settings=Settings(fiscal_year_starts=7)), date(2026, 7, 3))
    track = made.tracks[0]
    assert (made.stamp.fiscal_year, made.stamp.fiscal_year_first_on) == ("2026/27", date(2026, 7, 1))
    # Of all, Discovery and Proof are of the new year; its first three weekdays have gone by.
    assert (track.pace.credited_to_date, track.sales.contracts_to_date) == (2, 0)
    assert (track.pace.working_days_elapsed, track.pace.working_days) == (3, 261)
    # Three sales of four milestones by 30 June: (12 + 2 * 4 * 5) / (4 * (3 + 5)) = 1.625, and 12 * 4 * 1.625 = 78.
    assert (track.multiplier.value, track.multiplier.label) == (1.625, "assumed")
    assert track.pace.expected_to_date == pytest.approx(78 * 3 / 261)


def test_a_sunday_is_the_first_day_of_the_week_where_the_workbook_says_so() -> None:
    made = team([deal("x", "2026-06-28 - - -")], [target()], settings=Settings(week_starts=WeekStart.SUNDAY))
    sunday, monday = card(made), card(team([deal("x", "2026-06-28 - - -")], [target()]))
    assert (sunday.this_week.first_on, sunday.this_week.done) == (date(2026, 6, 28), 1)
    assert (monday.this_week.first_on, monday.this_week.done, monday.last_week.done) == (date(2026, 6, 29), 0, 1)


def test_a_week_wholly_off_asks_for_nothing_and_breaks_no_streak() -> None:
    # 22 to 28 June off; two a week in the weeks before and after.
    rows = [deal("x", "2026-06-15 2026-06-16 2026-06-29 2026-06-30")]
    off = [TimeOff("Ann", date(2026, 6, 22), date(2026, 6, 29))]
    made = card(team(rows, [target()], time_off=off))
    assert made.streak is not None
    assert (made.streak.weeks, made.last_week.plan, made.this_week.plan) == (2, None, 2)
    assert [bar.off for bar in made.thirteen_weeks[-3:]] == [False, True, False]
    at_work = card(team(rows, [target()])).streak
    assert at_work is not None
    assert at_work.weeks == 1


def test_the_running_week_breaks_the_streak_only_when_it_is_over() -> None:
    made = team([deal("x", "2026-06-22 2026-06-23 2026-06-30 -")], [target()])
    running, over = card(made).streak, card(made, date(2026, 7, 5)).streak
    assert running is not None
    assert over is not None
    assert (running.weeks, running.running_week_met, over.weeks) == (1, False, 0)


def test_the_best_week_and_streak_are_those_of_the_fiscal_year() -> None:
    rows = [deal("x", "2026-06-15 2026-06-16 2026-06-22 2026-06-23"), deal("y", "2026-06-23 - - -")]
    found = card(team(rows, [target()])).streak
    assert found is not None
    assert (found.best_week, found.best_week_done, found.best_weeks, found.weeks) == ("2026-W26", 3, 2, 2)


def test_thirteen_weeks_tell_done_plan_and_what_was_planned_and_not_done() -> None:
    rows = [deal("x", "2026-06-24 - - -", planned="2026-06-23 2026-06-25 - -")]
    bars = card(team(rows, [target()])).thirteen_weeks
    assert (len(bars), bars[-1].week, bars[0].week) == (13, "2026-W27", "2026-W15")
    assert [(bar.done, bar.planned_not_done, bar.plan) for bar in bars[-2:]] == [(1, 1, 2), (0, 0, 2)]


def test_a_card_lists_what_is_open_with_the_longest_overdue_first() -> None:
    rows = [
        deal("late", "2026-06-01 - - -", planned="- 2026-06-20 - -"),
        deal("later", "2026-06-01 - - -", planned="- 2026-06-10 - -"),
        deal("calm", "2026-05-31 - - -", planned="- 2026-07-10 - -"),
        deal("lost", "2026-06-01 - - -", outcome=Outcome.LOST, closed_on="2026-06-02"),
        deal("undated", "2026-06-01 - - -", outcome=Outcome.WON),
    ]
    made = card(team(rows, [target()]))
    assert [(one.id, one.overdue_days, one.days_there) for one in made.open] == [
        ("later", 20, 29), ("late", 10, 29), ("calm", 0, 30)
    ]  # fmt: skip
    assert (made.attention.n_overdue, made.open_value) == (2, 150_000)
    assert (made.open[0].stage, made.open[0].next_milestone) == ("Qualification", "Discovery")


def test_the_ledger_lists_the_week_in_order_of_what_became_of_it() -> None:
    rows = [
        deal("a", "2026-06-29 - 2026-06-30 -", planned="2026-06-30 - - 2026-07-03"),
        deal("b", "2026-06-01 - - -", planned="- 2026-07-01 - -", outcome=Outcome.LOST, closed_on="2026-06-30"),
        deal("c", "- - - -", planned="2026-06-29 - - -"),
    ]
    items = card(team(rows, [target()])).this_week.items
    assert [(item.state, item.milestone) for item in items] == [
        ("done", "Qualification"), ("claimed", "Proof"), ("planned", "Contract"), ("carried", "Qualification"),
        ("lost", "Discovery"),
    ]  # fmt: skip
    assert items[1].reason == "Discovery undated"


def test_a_rep_who_started_this_week_gets_a_card_that_helps() -> None:
    made = card(team([], [target(start="2026-06-29")]))
    assert made.new_this_week
    assert made.headline.rule == "first_week"
    assert not card(team([], [target(start="2026-06-22")])).new_this_week


def test_a_card_shows_the_teams_rates_beside_three_others_and_not_beside_two() -> None:
    def shown(*reps: str) -> bool:
        rows = [row for rep in reps for row in sold(1, rep=rep)]
        return card(team(rows, [target(rep) for rep in reps])).tracks[0].conversion[0].rest_to_sale is not None

    assert shown("Ann", "Bo", "Cy", "Di")
    assert not shown("Ann", "Bo", "Cy")


def test_a_rep_is_found_in_any_spelling_and_a_stranger_is_answered_with_the_nearest_name() -> None:
    site = team_site(team([], [Assignment("Ines Kovač", "New business")]), AS_OF)
    assert card_of(site, "kovac, INES").rep == "Ines Kovač"
    with pytest.raises(CannotGoOnError) as refusal:
        card_of(site, "Ines Kovacs")
    assert str(refusal.value) == (
        "north.xlsx: 'Ines Kovacs' is no rep there. Fix: write 'Ines Kovač' if that is meant."
    )
    with pytest.raises(CannotGoOnError) as refusal:
        card_of(site, "Zoltan")
    assert str(refusal.value) == "north.xlsx: 'Zoltan' is no rep there. Fix: write one of 'Ines Kovač'."


def test_tracks_stand_in_the_teams_order() -> None:
    targets = [target(track="Partners"), target()]
    assert [t.track for t in card(team([], targets, tracks=(NEW_BUSINESS, PARTNERS))).tracks] == [
        "New business", "Partners"
    ]  # fmt: skip
