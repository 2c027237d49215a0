"""The sentence that heads a page follows from its figures."""

from datetime import date

import pytest
from small_team import deal, target, team

from milestone_reports.domain.calendar import TimeOff
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Assignment
from milestone_reports.scorecards.compose import team_site

AS_OF = date(2026, 6, 30)
PLAN = "2026-06-29 2026-06-30 - -"
AHEAD = [deal(f"s{n}", " ".join(["2026-01-05"] * 4)) for n in range(13)]
"""52 credited against 47.4 expected: 4.6 ahead, more than the weekly 2."""


def rule_of(rows: list[Opportunity], *targets: Assignment, time_off: list[TimeOff] | None = None) -> str:
    made = team(rows, targets or [target()], time_off=time_off or [])
    return team_site(made, AS_OF).reps[0].headline.rule


@pytest.mark.parametrize(
    ("completed", "planned", "rule"),
    [
        ("2026-06-01 - - -", "", "nothing_planned_nothing_done"),
        ("2026-06-29 - - -", "", "nothing_planned_some_done"),
        ("2026-06-29 2026-06-30 - -", PLAN, "whole_plan"),
        ("2026-06-29 2026-06-30 2026-06-30 -", PLAN, "whole_plan_and_more"),
        ("2026-06-29 - - -", PLAN, "part_of_plan"),
        ("2026-06-29 - 2026-06-30 -", PLAN, "part_of_plan_and_more"),
        ("- - 2026-06-30 -", PLAN, "none_of_plan_but_others"),
        ("- - - -", PLAN, "none_of_plan"),
    ],
)
def test_the_week_is_named_by_what_became_of_its_plan(completed: str, planned: str, rule: str) -> None:
    before = deal("b", "2026-02-02 - - -")
    assert rule_of([deal("a", completed, planned=planned), before]) == f"{rule}+behind"


def test_the_year_is_named_by_its_pace() -> None:
    assert rule_of(AHEAD).endswith("+ahead")
    assert rule_of(AHEAD[:12]).endswith("+on_pace")
    assert rule_of(AHEAD[:1]).endswith("+behind")
    assert rule_of(AHEAD, target(annual=None)).endswith("+no_quota")
    # 52 of the 48 that 300,000 ask for in the whole year.
    assert rule_of(AHEAD, target(annual=300_000)).endswith("+quota_met")
    assert rule_of(AHEAD, target(start="2026-07-01")).endswith("+nothing_expected")


def test_of_several_tracks_those_behind_are_named() -> None:
    partners = target(track="Partners", annual=6, average=None, counts=True)
    assert rule_of(AHEAD, target(), partners).endswith("+behind_on_one")
    assert rule_of(AHEAD[:1], target(), partners).endswith("+behind_on_several")
    signed = [deal(f"p{n}", "2026-01-05 2026-01-05", track="Partners") for n in range(6)]
    # 12 credited against 24 * 129 / 261 = 11.9.
    assert rule_of([*AHEAD, *signed], target(), partners).endswith("+on_pace_or_ahead")


def test_a_week_off_is_said_to_be_one() -> None:
    off = [TimeOff("Ann", date(2026, 6, 29), date(2026, 7, 4))]
    assert rule_of(AHEAD, time_off=off) == "week_off+ahead"


def test_the_team_is_named_by_milestones_and_sales() -> None:
    def rule(rows: list[Opportunity], *targets: Assignment) -> str:
        return team_site(team(rows, targets), AS_OF).rollup.headline.rule

    # 13 contracts against 5.9, 52 milestones against 47.4: both ahead; four milestones and a contract: both behind.
    assert rule(AHEAD, target()) == "milestones_and_sales_alike"
    assert rule(AHEAD[:1], target()) == "milestones_and_sales_alike"
    assert rule(AHEAD[:12], target()) == "milestones_and_sales_apart"
    assert rule(AHEAD, target(annual=None)) == "no_quota"
    partners = target("Bo", track="Partners", annual=6, average=None, counts=True)
    assert rule(AHEAD[:1], target(), partners) == "several_tracks_alike"
    assert rule(AHEAD, target(), partners) == "several_tracks_behind"


def test_before_the_first_completion_date_nobody_is_behind() -> None:
    waiting = [deal("a", "- - - -", planned="2026-06-01 - - -")]
    site = team_site(team(waiting, [target()]), AS_OF)
    assert (site.stamp.nothing_recorded, site.rollup.headline.rule) == (True, "nothing_recorded")
    assert rule_of(waiting) == "nothing_recorded"
    # A date after the as-of date records nothing yet.
    assert rule_of([deal("a", "2026-07-01 - - -")]) == "nothing_recorded"


def test_a_met_quota_names_the_milestone_that_is_furthest_behind() -> None:
    # 96 Qualifications meet the year's 96 milestones; of the 12 contracts 12 * 129 / 261 = 5.9 are due.
    figures = (
        team_site(team([deal(f"q{n}", "2026-01-05 - - -") for n in range(96)], [target()]), AS_OF).reps[0].headline
    )
    assert figures.rule.endswith("+quota_met")
    assert figures.figures["milestone_behind"] == "Discovery"
    assert figures.figures["milestone_gap"] == pytest.approx(-13.14, abs=0.05)
