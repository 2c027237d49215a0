"""Sentences that a sales manager could misread: counts that add up, one word a thing, nothing judged too early."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sample_site import AS_OF, opportunity, problem, rep_card, rollup, stamp, team_track, this_week, track_card

from milestone_reports.render.formats import Formats
from milestone_reports.render.words import card_weeks, cards, company, headlines, team_week, teams
from milestone_reports.render.words import checks as findings
from milestone_reports.scorecards.pages import Headline, Listing, TeamRollup

US = Formats("en_US", "USD", AS_OF)


def said(rule: str, **figures: float | str) -> str:
    made: dict[str, float | str] = {
        "done": 4, "claimed": 0, "planned": 5, "completed_of_planned": 3, "completed_early": 0, "beyond_plan": 1,
        "week_runs_on": 0, "credited_to_date": 83, "n_tracks": 1, "gap": -2.7, "milestones_a_week": 2.0,
    }  # fmt: skip
    return headlines.rep_headline(Headline(f"{rule}+no_quota", made | figures), US).removesuffix("; 83 done this year.")


@pytest.mark.parametrize(
    ("rule", "figures", "text"),
    [
        ("none_of_plan", {"planned": 1}, "The one planned milestone is not done"),
        ("none_of_plan", {"week_runs_on": 1}, "None of five planned milestones done yet"),
        ("nothing_planned_nothing_done", {}, "Nothing was planned or completed this week"),
        (
            "nothing_planned_some_done",
            {"planned": 0, "completed_of_planned": 0},
            "One milestone done this week, with nothing planned",
        ),
        ("part_of_plan_and_more", {"week_runs_on": 1}, "Three of five planned milestones done so far, and one more"),
        (
            "part_of_plan",
            {"completed_early": 1, "beyond_plan": 0},
            "Three of five planned milestones done, one of them ahead of the week",
        ),
        (  # 3 of the plan - 1 done before the week + 2 = 4 completed in it
            "part_of_plan_and_more",
            {"claimed": 1, "completed_early": 1, "beyond_plan": 2},
            (
                "Four completed, one of them not credited: three of five planned, one of them ahead of the week, "
                "and two more"
            ),
        ),
        (
            "whole_plan",
            {"claimed": 1, "planned": 1, "completed_of_planned": 1, "beyond_plan": 0},
            "One completed, not credited: the one planned",
        ),
        (
            "part_of_plan",
            {"claimed": 1, "planned": 4, "completed_of_planned": 1, "completed_early": 0, "beyond_plan": 0},
            "One of four planned completed, but not credited",
        ),
        (
            "whole_plan_and_more",
            {"claimed": 2, "planned": 2, "completed_of_planned": 2},
            "Three completed, two of them not credited: both planned and one more",
        ),
        (
            "none_of_plan_but_others",
            {"claimed": 1, "completed_of_planned": 0, "beyond_plan": 2},
            "Two completed, one of them not credited: none of five planned, two not on the plan",
        ),
    ],
)
def test_a_week_says_what_was_done_in_it_and_what_became_of_its_plan(
    rule: str, figures: dict[str, float | str], text: str
) -> None:
    assert said(rule, **figures) == text


def test_a_met_quota_names_the_milestone_that_is_behind() -> None:
    figures: dict[str, float | str] = {"milestone_behind": "Contract", "milestone_gap": -4.2}
    text = headlines.rep_headline(Headline("whole_plan+quota_met", {**BASE, **figures}), US)
    assert text == "All three planned milestones done; the year’s quota is met, but Contract is four behind."


BASE: dict[str, float | str] = {
    "claimed": 0, "planned": 3, "completed_of_planned": 3, "completed_early": 0, "beyond_plan": 0, "week_runs_on": 0,
}  # fmt: skip


def test_a_gap_that_rounds_to_the_tolerance_keeps_its_decimal() -> None:
    # 2.3 behind with a weekly quota of 2: "2 behind" would be on pace; 3.4 behind can only be behind
    assert [US.gap_size(gap, 2.0) for gap in (-2.3, -3.4, 2.3)] == ["2.3", "3", "2.3"]
    pace = replace(track_card().pace, gap=-2.3, standing="behind")
    assert cards.against_pace(pace, US) == "2.3 behind"


def test_the_teams_week_adds_up() -> None:
    # 13 of the plan - 2 before the week + 7 = 18 completed in it = 16 done + 2 claimed
    week = replace(
        this_week(),
        done=16,
        claimed=2,
        planned=18,
        completed_of_planned=13,
        completed_early=2,
        beyond_plan=7,
        target=15.2,
    )
    assert team_week.week_deck(week, US) == [
        "16 milestones were done this week, two more completed but not credited; the target is 15.2.",
        "Of 18 planned, 13 are completed, two of them ahead of the week; seven were not on the plan.",
    ]
    assert (
        team_week.week_note(week, US)
        == "and 2 not credited; 13 of 18 planned, 2 of them early; 7 not planned; target 15.2"
    )


def test_a_team_with_an_empty_week_is_told_so_in_one_sentence() -> None:
    week = replace(this_week(), done=0, claimed=0, planned=0, completed_of_planned=0, beyond_plan=0, target=None)
    assert team_week.week_deck(week, US) == ["Nothing was planned or completed this week."]
    assert headlines.team_headline(Headline("no_quota", {"done": 0, "week_runs_on": 0}), US) == (
        "No milestones done this week"
    )


def test_what_was_done_without_a_quota_stands_beside_what_the_gap_is_made_of() -> None:
    pace = replace(
        track_card().pace, credited_to_date=492, credited_without_quota=3, expected_to_date=529.4, gap=-40.4,
        standing="behind", claimed_to_date=5,
    )  # fmt: skip
    # 492 - 3 = 489; 489 - 529.4 = -40.4
    assert teams.year_note(pace, US) == (
        "489 by reps with a quota, 3 by others; 529 needed by now; 40 behind; 5 more not credited"
    )
    assert cards.without_quota(pace, US) == "Three milestones were done by reps without a quota and are in no gap."


def test_a_name_that_is_not_on_the_reps_sheet_is_told_the_nearest_one() -> None:
    assert cards.not_on_reps_sheet(Listing(is_listed=False, nearest="Sofia Marchetti")) == (
        "This name is not on the Reps sheet; the nearest there is Sofia Marchetti."
    )
    stranger = replace(rep_card(n_open=0), is_listed=False)
    assert cards.no_open(stranger) == ("No open opportunities under this name. This name is not on the Reps sheet.")


def test_a_week_that_is_cut_says_of_what_kind_the_rest_is() -> None:
    # of the sample's week: done, done, claimed, done | carried, lost
    assert card_weeks.ledger_rest(this_week().items[4:], US) == "and 2 more: 1 carried over, 1 lost"


def test_a_planned_day_that_has_not_passed_is_open_and_not_missed() -> None:
    waiting = replace(this_week().items[0], state="planned")
    assert card_weeks.ledger_note(waiting, this_week(), US) == "still open this week"


def test_an_open_opportunity_says_why_something_of_it_is_not_credited() -> None:
    made = opportunity(1)
    skipped = replace(made, claimed=("Proof",), claimed_because="Discovery undated")
    assert cards.claim_says(skipped) == "Proof claimed: Discovery undated"
    unproven = replace(made, claimed=("Proof", "Contract"), claimed_because="no evidence for Proof")
    assert cards.claim_says(unproven) == "no evidence for Proof"
    assert not cards.claim_says(made)


def standing(*standings: str) -> TeamRollup:
    tracks = tuple(
        replace(team_track(), card=replace(track_card(), pace=replace(track_card().pace, standing=one)))  # type: ignore[arg-type]
        for one in standings
    )
    return rollup(tracks=tracks)


@pytest.mark.parametrize(
    ("teams_standing", "text"),
    [
        (("behind", "behind", "on pace"), "Two of three teams are behind pace"),
        (("behind", "ahead"), "One of two teams is behind pace"),
        (("behind", "behind"), "Both teams are behind pace"),
        (("ahead", "no quota"), "No team is behind pace"),
        (("no quota", "no quota"), "No team has a quota to hold its year against"),
    ],
)
def test_the_front_page_says_how_many_teams_are_behind(teams_standing: tuple[str, ...], text: str) -> None:
    assert company.front_headline([standing(one) for one in teams_standing], US) == text


def test_findings_are_grouped_by_what_was_done_about_them() -> None:
    rules = (
        ("error", "row_twice"),
        ("warning", "gate_skipped"),
        ("warning", "rep_not_listed"),
        ("warning", "currency"),
    )
    groups = [findings.group_of(problem(level, rule, "Opportunities!A2")) for level, rule in rules]
    assert groups == ["error", "uncredited", "note", "warning"]


def test_findings_have_typographic_quotes_and_options_in_one_piece() -> None:
    assert findings.with_quotes("'O'Brien' is not on the Reps sheet (type 'x')") == (
        "‘O’Brien’ is not on the Reps sheet (type ‘x’)"
    )
    assert findings.finding_parts("give the day with --as-of or on the sheet") == [
        "Give the day with ", "--as-of", " or on the sheet.",
    ]  # fmt: skip


def test_before_the_first_date_the_deck_says_how_to_begin() -> None:
    made = replace(rollup(made=stamp(nothing_recorded=True)), n_open=1)
    assert teams.team_deck(made, US) == (
        "One opportunity is open, with 46 milestones planned for this week and next. No milestone has a completion "
        "date: type the day it was completed into the milestone’s column on the sheet Opportunities, and the next "
        "report counts it."
    )


def test_the_weeks_note_of_a_day_ahead_stands_on_no_day_of_it() -> None:
    early = replace(this_week().items[0], on=date(2026, 11, 12))
    assert card_weeks.is_early(early, this_week())
    assert not card_weeks.is_early(this_week().items[0], this_week())
