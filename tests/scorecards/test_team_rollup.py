"""The team's page: every figure is the sum over the reps."""

from collections.abc import Sequence
from datetime import date

import pytest
from small_team import deal, target, team

from milestone_reports.domain.calendar import TimeOff
from milestone_reports.domain.opportunity import Opportunity, Outcome
from milestone_reports.domain.team import Assignment, Settings
from milestone_reports.scorecards.compose import team_site

AS_OF = date(2026, 6, 30)
ROWS = (
    deal("a", "2026-01-05 2026-01-06 2026-01-07 2026-01-08", rep="Ann"),
    deal("b", "2026-06-29 - - -", rep="Ann", planned="2026-06-30 2026-07-07 - -"),
    deal("c", "2026-02-02 2026-02-03 - -", rep="Bo", planned="- - 2026-06-01 -", value=80_000),
    deal("d", "2026-02-02 - - -", rep="Bo", outcome=Outcome.LOST, closed_on="2026-03-02"),
)
TARGETS = (target("Ann"), target("Bo", annual=300_000))


def test_a_track_of_the_team_is_the_sum_of_its_reps() -> None:
    track = team_site(team(ROWS, TARGETS), AS_OF).rollup.tracks[0]
    pace, sales = track.card.pace, track.card.sales
    # Ann 96 and Bo 48 a year, 2 and 1 a week; 129 of 261 weekdays.
    assert (track.n_reps, pace.milestones_this_year, pace.milestones_a_week, track.weekly_target) == (2, 144, 3, 3)
    assert pace.expected_to_date == pytest.approx(144 * 129 / 261)
    assert pace.credited_to_date == 5 + 3
    assert (sales.contracts_to_date, sales.revenue_to_date, sales.contracts_this_year) == (1, 50_000, 18)
    assert [line.credited for line in track.card.by_milestone] == [4, 2, 1, 1]
    assert [line.reached for line in track.card.conversion] == [4, 2, 1, 1]
    # Decided to the sale: one won, one lost.
    to_sale = track.card.conversion[0].to_sale
    assert to_sale is not None
    assert (to_sale.passed, to_sale.decided, to_sale.enough) == (1, 2, False)


def test_reps_stand_with_the_furthest_behind_last() -> None:
    rows = team_site(team(ROWS, [*TARGETS, target("Cy", annual=None)]), AS_OF).rollup.tracks[0].reps
    # Ann 5 - 47.4, Bo 3 - 23.7; who has no quota has no pace and stands at the end.
    assert [row.rep for row in rows] == ["Bo", "Ann", "Cy"]
    assert [row.standing for row in rows] == ["behind", "behind", "no quota"]


def test_what_reps_without_a_quota_did_is_in_the_count_and_in_no_gap() -> None:
    extra = deal("e", "2026-03-02 2026-03-03 - -", rep="Cy")
    plain = team_site(team(ROWS, TARGETS), AS_OF).rollup.tracks[0].card.pace
    with_cy = team_site(team([*ROWS, extra], TARGETS), AS_OF).rollup.tracks[0].card.pace
    assert (with_cy.credited_to_date, with_cy.credited_without_quota) == (10, 2)
    assert (with_cy.gap, with_cy.attainment) == (plain.gap, plain.attainment)


def test_the_week_of_the_team_adds_its_reps_and_leaves_the_items_to_their_cards() -> None:
    week = team_site(team(ROWS, TARGETS), AS_OF).rollup.this_week
    assert (week.done, week.planned, week.completed_of_planned, week.carried_over) == (1, 1, 1, 1)
    assert (week.plan, week.target, week.items) == (3, 3, ())


def test_the_overdue_of_the_team_are_listed_with_the_largest_value_first() -> None:
    late = deal("z", "2026-02-02 - - -", planned="- 2026-06-29 - -", rep="Ann", value=90_000)
    rollup = team_site(team([*ROWS, late], TARGETS), AS_OF).rollup
    assert [(one.id, one.overdue_days) for one in rollup.overdue] == [("z", 1), ("c", 29)]
    assert (rollup.n_open, rollup.open_value) == (3, 220_000)


def test_next_week_counts_the_plan_by_milestone_with_each_opportunity_once() -> None:
    first, second = team_site(team(ROWS, TARGETS), AS_OF).rollup.tracks[0].next_week
    assert (first.rep, first.planned, first.n_planned, first.carried_over, first.value) == (
        "Ann", (0, 1, 0, 0), 1, 0, 50_000
    )  # fmt: skip
    assert (second.rep, second.planned, second.carried_over, second.value) == ("Bo", (0, 0, 0, 0), 1, 80_000)


def test_the_weeks_of_the_year_tell_each_milestone_apart() -> None:
    weekly = team_site(team(ROWS, TARGETS), AS_OF).rollup.tracks[0].weekly
    # W01 to W27 of 2026.
    assert (len(weekly), weekly[0].week, weekly[-1].week) == (27, "2026-W01", "2026-W27")
    done = {week.week: week.done for week in weekly if any(week.done)}
    assert done == {"2026-W02": (1, 1, 1, 1), "2026-W06": (2, 1, 0, 0), "2026-W27": (1, 0, 0, 0)}


def targets_of(*assignments: Assignment, time_off: Sequence[TimeOff] = ()) -> dict[str, float | None]:
    weekly = team_site(team(ROWS, assignments, time_off=time_off), AS_OF).rollup.tracks[0].weekly
    return {week.week: week.target for week in weekly}


def test_a_week_asks_for_the_quotas_of_those_who_had_one_in_it() -> None:
    # Ann 2 a week all year; Bo 1 a week until Wednesday, 29 April; Cy 2 a week from Monday, 1 June; Di without one.
    found = targets_of(
        target("Ann"), target("Bo", annual=300_000, end="2026-04-30"), target("Cy", start="2026-06-01"),
        target("Di", annual=None),
    )  # fmt: skip
    weeks = {f"2026-W{number:02d}": 3 for number in range(1, 19)}
    weeks |= {f"2026-W{number:02d}": 2 for number in range(19, 23)}
    weeks |= {f"2026-W{number:02d}": 4 for number in range(23, 28)}
    assert found == weeks


def test_a_rep_whose_quota_changes_has_the_later_one_in_the_week_of_the_change() -> None:
    # From Wednesday, 1 April, in 2026-W14: 2 a week, then 3.
    found = targets_of(target("Ann", end="2026-04-01"), target("Ann", annual=900_000, start="2026-04-01"))
    assert (found["2026-W13"], found["2026-W14"], found["2026-W27"]) == (2, 3, 3)


def test_weeks_before_anybody_had_a_quota_and_teams_without_one_have_no_target() -> None:
    found = targets_of(target("Ann", start="2026-03-02"), target("Bo", annual=None))
    assert [week for week, asked in found.items() if asked is None] == [f"2026-W{n:02d}" for n in range(1, 10)]
    assert set(targets_of(target("Ann", annual=None)).values()) == {None}


def test_time_off_leaves_a_weeks_target_as_it_does_the_weekly_quota() -> None:
    off = [TimeOff("Ann", date(2026, 3, 2), date(2026, 3, 9), "leave", reduces_quota=False)]
    assert set(targets_of(target("Ann"), time_off=off).values()) == {2}


def test_the_target_of_the_newest_week_is_that_of_the_week_itself() -> None:
    rollup = team_site(team(ROWS, [target("Ann"), target("Bo", start="2026-06-29")]), AS_OF).rollup
    track = rollup.tracks[0]
    assert track.weekly[-1].target == track.weekly_target == rollup.this_week.target == 4


def test_a_week_met_its_target_with_as_many_and_the_running_week_counts_once_it_has() -> None:
    # Ann alone, 2 a week: 4 in W02, 1 in W27, whose last day is Sunday, 5 July.
    rows = [deal("a", "2026-01-05 2026-01-06 2026-02-02 2026-02-03"), deal("b", "2026-06-29 - - -")]
    more = [*rows, deal("c", "2026-06-30 - - -")]

    def met(deals: Sequence[Opportunity], as_of: date) -> dict[str, bool | None]:
        weekly = team_site(team(deals, [target("Ann", start="2026-01-05")]), as_of).rollup.tracks[0].weekly
        return {week.week: week.met for week in weekly if week.met is not False}

    assert met(rows, AS_OF) == {"2026-W01": None, "2026-W02": True, "2026-W06": True, "2026-W27": None}
    assert met(more, AS_OF) == {"2026-W01": None, "2026-W02": True, "2026-W06": True, "2026-W27": True}
    assert met(rows, date(2026, 7, 5)) == {"2026-W01": None, "2026-W02": True, "2026-W06": True}


def test_the_teams_own_target_stands_beside_the_sum_of_the_reps() -> None:
    rollup = team_site(team(ROWS, TARGETS, settings=Settings(team_annual_target=1_000_000)), AS_OF).rollup
    assert rollup.team_annual_target == 1_000_000
    assert rollup.tracks[0].card.sales.target_this_year == 900_000


def test_tracks_are_never_mixed() -> None:
    partner = deal("p", "2026-03-02 2026-03-03", rep="Ann", track="Partners", value=None)
    counted = target("Ann", track="Partners", annual=6, average=None, counts=True)
    first, second = team_site(team([*ROWS, partner], [*TARGETS, counted]), AS_OF).rollup.tracks
    assert first.card == team_site(team(ROWS, TARGETS), AS_OF).rollup.tracks[0].card
    assert (second.n_reps, second.card.pace.credited_to_date, second.card.sales.target_this_year) == (1, 2, None)


def test_a_team_of_nobody_has_a_page_that_says_so() -> None:
    rollup = team_site(team(), AS_OF).rollup
    assert (rollup.tracks, rollup.n_open, rollup.headline.rule) == ((), 0, "nothing_recorded")
