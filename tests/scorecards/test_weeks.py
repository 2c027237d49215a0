"""The weeks of a card: what was done early, what waits on its own day, which lines come first, who is listed."""

from __future__ import annotations

from datetime import date

from small_team import deal, target, team

from milestone_reports.domain.problem import Level, Problem
from milestone_reports.domain.team import Team
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.pages import Listing, RepScorecard

WEDNESDAY = date(2026, 7, 1)
"""Of the week from 29 June to 5 July 2026."""


def card(made: Team, as_of: date = WEDNESDAY) -> RepScorecard:
    return team_site(made, as_of).reps[0]


def test_what_was_completed_before_its_week_is_of_the_plan_and_not_of_the_week() -> None:
    rows = [
        deal("early", "2026-06-24 - - -", planned="2026-06-30 - - -"),
        deal("now", "2026-06-29 - - -", planned="2026-06-29 - - -"),
        deal("more", "2026-06-30 - - -"),
    ]
    week = card(team(rows, [target()])).this_week
    assert (week.planned, week.completed_of_planned, week.completed_early, week.beyond_plan) == (2, 2, 1, 1)
    # 2 of the plan - 1 before the week + 1 more = 2 done in it
    assert week.done == week.completed_of_planned - week.completed_early + week.beyond_plan == 2


def test_a_milestone_is_open_on_its_own_day_and_carried_the_day_after() -> None:
    made = team([deal("a", "- - - -", planned="2026-07-01 - - -")], [target()])
    on_the_day, after = card(made), card(made, date(2026, 7, 2))
    assert [item.state for item in on_the_day.this_week.items] == ["planned"]
    assert on_the_day.next_week.carried_over == 0
    assert [item.state for item in after.this_week.items] == ["carried"]
    assert after.next_week.carried_over == 1


def test_at_the_weeks_end_what_was_planned_for_its_last_day_is_carried() -> None:
    made = card(team([deal("a", "- - - -", planned="2026-07-05 - - -")], [target()]), date(2026, 7, 5))
    assert [item.state for item in made.this_week.items] == ["carried"]
    assert (made.next_week.carried_over, made.attention.n_overdue) == (1, 0)


def test_next_week_begins_with_what_is_overdue() -> None:
    rows = [
        deal("planned", "- - - -", planned="2026-07-06 - - -"),
        deal("late", "- - - -", planned="2026-06-22 - - -"),
    ]
    assert [item.state for item in card(team(rows, [target()])).next_week.items] == ["carried", "planned"]


def test_a_skipped_gate_stays_open_and_says_what_is_claimed_behind_it() -> None:
    (opportunity,) = card(team([deal("a", "2026-06-01 - 2026-06-20 -")], [target()])).open
    assert opportunity.passed == (True, False, True, False)
    assert (opportunity.claimed, opportunity.claimed_because) == (("Proof",), "Discovery undated")


def test_a_waived_gate_is_passed() -> None:
    (opportunity,) = card(team([deal("a", "2026-06-01 waived 2026-06-20 -")], [target()])).open
    assert opportunity.passed == (True, True, True, False)
    assert opportunity.claimed == ()


def test_of_a_name_that_is_not_on_the_reps_sheet_the_team_is_told_the_nearest_and_the_card_no_name() -> None:
    stranger = Problem(Level.WARNING, "rep_not_listed", None, "", "", "", "", rep="Sofia Marcheti")
    rows = [deal("a", "2026-06-01 - - -", rep="Sofia Marcheti")]
    site = team_site(team(rows, [target("Sofia Marchetti")], problems=[stranger]), WEDNESDAY)
    assert {made.rep: made.is_listed for made in site.reps} == {"Sofia Marcheti": False, "Sofia Marchetti": True}
    listings = {row.rep: row.listing for row in site.rollup.tracks[0].reps}
    assert listings["Sofia Marcheti"] == Listing(is_listed=False, nearest="Sofia Marchetti")
    assert listings["Sofia Marchetti"] == Listing(is_listed=True, nearest="")
