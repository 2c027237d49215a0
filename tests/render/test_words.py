"""Headlines, by their rules and in words, and the other sentences of the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sample_site import (
    AS_OF,
    checks,
    new_rep_card,
    quota,
    rep_card,
    rollup,
    sales,
    stamp,
    team_track,
    this_week,
    track_card,
    week,
)

from milestone_reports.render.formats import Formats
from milestone_reports.render.words import captions, card_weeks, cards, headlines, teams
from milestone_reports.render.words import checks as findings
from milestone_reports.render.words.grammar import in_words, sentence
from milestone_reports.scorecards.figures import Standing, Streak
from milestone_reports.scorecards.headlines import rep_headline, sales_standing, team_headline, weekly_contracts
from milestone_reports.scorecards.pages import Headline, TrackCard

US = Formats("en_US", "USD", AS_OF)
MONDAY = date(2026, 11, 16)


def card(standing: Standing, *, track: str = "New business", to_finish: float = 13.0, contracts: int = 11) -> TrackCard:
    made = track_card(track)
    return replace(made, pace=replace(made.pace, standing=standing, to_finish=to_finish), sales=sales(contracts))


@pytest.mark.parametrize(
    ("planned", "completed", "beyond", "rule"),
    [
        (0, 0, 0, "nothing_planned_nothing_done"),
        (0, 0, 2, "nothing_planned_some_done"),
        (5, 5, 1, "whole_plan_and_more"),
        (5, 5, 0, "whole_plan"),
        (5, 0, 2, "none_of_plan_but_others"),
        (5, 0, 0, "none_of_plan"),
        (5, 3, 1, "part_of_plan_and_more"),
        (5, 3, 0, "part_of_plan"),
    ],
)
def test_the_weeks_rule_is_the_first_that_applies(planned: int, completed: int, beyond: int, rule: str) -> None:
    made = week(
        "2026-W47",
        MONDAY,
        (),
        planned=planned,
        completed_of_planned=completed,
        beyond_plan=beyond,
        done=completed + beyond,
    )
    headline = rep_headline(made, [card("behind")], as_of=AS_OF, new_this_week=False)
    assert headline.rule == f"{rule}+behind"


@pytest.mark.parametrize(
    ("cards", "rule"),
    [
        ([card("no quota")], "no_quota"),
        ([card("nothing expected")], "nothing_expected"),
        ([card("ahead", to_finish=0.0)], "quota_met"),
        ([card("ahead")], "ahead"),
        ([card("on pace")], "on_pace"),
        ([card("behind")], "behind"),
        ([card("ahead"), card("on pace")], "on_pace_or_ahead"),
        ([card("behind"), card("on pace")], "behind_on_one"),
        ([card("behind"), card("behind")], "behind_on_several"),
        ([card("no quota"), card("behind")], "behind"),
    ],
)
def test_the_years_rule_looks_at_the_tracks_that_have_a_quota(cards: list[TrackCard], rule: str) -> None:
    headline = rep_headline(this_week(), cards, as_of=AS_OF, new_this_week=False)
    assert headline.rule == f"part_of_plan_and_more+{rule}"


def test_a_first_week_without_anything_done_is_not_behind() -> None:
    headline = rep_headline(week("2026-W47", MONDAY, ()), [card("behind")], as_of=AS_OF, new_this_week=True)
    assert headline.rule == "first_week"
    done = week("2026-W47", MONDAY, (), done=1, beyond_plan=1)
    assert rep_headline(done, [card("behind")], as_of=AS_OF, new_this_week=True).rule.endswith("+first_week")


def test_a_week_off_is_no_week_of_nothing_planned() -> None:
    empty = week("2026-W47", MONDAY, ())
    headline = rep_headline(empty, [card("on pace")], as_of=AS_OF, new_this_week=False, off_this_week=True)
    assert headline.rule == "week_off+on_pace"


@pytest.mark.parametrize(("as_of", "runs_on"), [(date(2026, 11, 18), 1), (date(2026, 11, 20), 0), (AS_OF, 0)])
def test_a_week_runs_on_while_a_working_day_of_it_is_to_come(as_of: date, runs_on: int) -> None:
    headline = rep_headline(this_week(), [card("behind")], as_of=as_of, new_this_week=False)
    assert headline.figures["week_runs_on"] == runs_on


@pytest.mark.parametrize(
    ("cards", "rule"),
    [
        ([card("no quota")], "no_quota"),
        ([card("nothing expected")], "nothing_expected"),
        ([card("behind"), card("behind")], "several_tracks_alike"),
        ([card("behind"), card("ahead")], "several_tracks_behind"),
        ([card("on pace"), card("ahead")], "several_tracks"),
        ([card("ahead", contracts=11)], "milestones_and_sales_alike"),
        ([card("on pace", contracts=5)], "milestones_and_sales_apart"),
    ],
)
def test_the_teams_rule_compares_milestones_with_sales(cards: list[TrackCard], rule: str) -> None:
    assert team_headline(this_week(), cards, as_of=AS_OF).rule == rule


def test_a_team_without_a_sales_target_speaks_of_milestones_alone() -> None:
    made = card("ahead")
    made = replace(made, sales=replace(made.sales, contracts_expected=None, contracts_this_year=None))
    assert team_headline(this_week(), [made], as_of=AS_OF).rule == "milestones_only"


def test_contracts_are_on_pace_within_one_weekly_quota() -> None:
    made = card("on pace", contracts=11)
    # 2 milestones a week * 12 contracts / 96 milestones = 0.25 contracts a week; 12 * 0.89 = 10.68 expected
    assert weekly_contracts(made) == pytest.approx(0.25)
    assert sales_standing(made) == "ahead"  # 11 - 10.68 = 0.32
    assert sales_standing(card("on pace", contracts=10)) == "behind"
    exact = replace(made, sales=replace(made.sales, contracts_expected=10.9))
    assert sales_standing(exact) == "on pace"


def said(rule: str, **figures: float | str) -> str:
    made: dict[str, float | str] = {
        "done": 4, "claimed": 0, "planned": 5, "completed_of_planned": 3, "completed_early": 0, "beyond_plan": 1,
        "week_runs_on": 0, "milestones_a_week": 2.0,
        "credited_to_date": 83, "n_tracks": 1, "n_behind": 1, "track_behind": "New business", "gap": -2.7,
    }  # fmt: skip
    return headlines.rep_headline(Headline(rule, made | figures), US)


def test_the_headline_names_this_week_and_the_year_in_two_facts() -> None:
    # 83 credited - 85.7 expected = -2.7, shown as three
    assert said("part_of_plan_and_more+behind") == (
        "Three of five planned milestones done, and one more; three behind the year’s pace."
    )


@pytest.mark.parametrize(
    ("rule", "figures", "text"),
    [
        ("whole_plan+on_pace", {"planned": 5}, "All five planned milestones done; on the year’s pace."),
        ("whole_plan+on_pace", {"planned": 2}, "Both planned milestones done; on the year’s pace."),
        ("whole_plan+on_pace", {"planned": 1}, "The one planned milestone done; on the year’s pace."),
        ("whole_plan+ahead", {"gap": 7.2}, "All five planned milestones done; seven ahead of the year’s pace."),
        ("none_of_plan+behind", {"gap": -23.4}, "None of five planned milestones done; 23 behind the year’s pace."),
        (
            "none_of_plan+behind",
            {"gap": -0.4},
            "None of five planned milestones done; 0.4 behind the year’s pace.",
        ),
        ("week_off+no_quota", {}, "A week off; 83 done this year."),
        (
            "part_of_plan+behind",
            {"week_runs_on": 1},
            "Three of five planned milestones done so far; three behind the year’s pace.",
        ),
        (
            "part_of_plan_and_more+on_pace",
            {"claimed": 1},
            "Four completed, one of them not credited: three of five planned and one more; on the year’s pace.",
        ),
        (
            "part_of_plan+behind_on_several",
            {"n_behind": 2, "n_tracks": 3},
            "Three of five planned milestones done; behind the year’s pace on two of three tracks.",
        ),
    ],
)  # fmt: skip
def test_every_rule_is_a_whole_sentence(rule: str, figures: dict[str, float | str], text: str) -> None:
    assert said(rule, **figures) == text


def test_every_rule_has_its_words() -> None:
    for week_rule in headlines.WEEK_WORDS:
        for year_rule in headlines.YEAR_WORDS:
            assert said(f"{week_rule}+{year_rule}").endswith(".")


@pytest.mark.parametrize(
    ("milestones", "contracts", "text"),
    [
        ("on pace", "behind", "Milestones are on pace; contracts are not"),
        ("ahead", "on pace", "Milestones are ahead of pace; contracts are on it"),
        ("behind", "ahead", "Milestones are behind pace; contracts are ahead of it"),
    ],
)
def test_the_teams_headline_sets_milestones_against_contracts(milestones: str, contracts: str, text: str) -> None:
    figures: dict[str, float | str] = {"milestones_are": milestones, "sales_are": contracts, "target_is": "value"}
    assert headlines.team_headline(Headline("milestones_and_sales_apart", figures), US) == text


def test_a_team_that_counts_sales_does_not_speak_of_contracts() -> None:
    figures: dict[str, float | str] = {"milestones_are": "behind", "target_is": "count"}
    text = headlines.team_headline(Headline("milestones_and_sales_alike", figures), US)
    assert text == "Milestones and sales are behind pace"


def test_the_deck_names_the_week_and_each_tracks_contracts() -> None:
    one = teams.team_deck(rollup(), US)
    assert one == (
        "15 milestones were done this week, one more completed but not credited; the target is 17.1. "
        "Of 23 planned, 13 are completed; three were not on the plan. "
        "For the year, 64 contracts are signed where 85 were due."
    )
    two = teams.team_deck(rollup(tracks=(team_track(), team_track(1, "Existing clients"))), US)
    assert two.endswith("On New business, 64 contracts are signed where 85 were due. "
                        "On Existing clients, 8 contracts are signed where 11 were due.")  # fmt: skip


def test_small_numbers_are_words_and_large_ones_digits() -> None:
    assert [in_words(count, US) for count in (0, 1, 12, 13)] == ["none", "one", "twelve", "13"]
    assert sentence("a fact") == "A fact."


def test_a_year_says_what_finishing_it_takes() -> None:
    # 96 - 83 = 13 over 5.3 weeks = 2.45
    text = cards.finish(track_card().pace, stamp(), US)
    assert text == "13 more by 31 December: 2.5 a week. The last thirteen weeks brought 1.6 a week."
    assert not cards.finish(track_card(with_quota=False).pace, stamp(), US)


def test_a_ledger_says_why_a_claimed_milestone_is_not_credited() -> None:
    notes = [card_weeks.ledger_note(item, this_week(), US) for item in this_week().items]
    assert notes == [
        "",
        "",
        "completed, not credited: Discovery undated",
        "not on the plan",
        "not completed",
        "lost Thu",
    ]


def test_a_streak_is_one_bold_line_and_the_best_of_the_year() -> None:
    assert card_weeks.streak_lines(rep_card(), US) == [
        ("Two weeks in a row", " at or above plan."),
        ("", "Best run this year: six weeks."),
        ("", "Best week this year: 4 milestones (W47)."),
    ]
    assert card_weeks.streak_lines(new_rep_card(), US) == [("", "No run of weeks at plan just now.")]
    assert not card_weeks.streak_lines(replace(rep_card(), streak=None), US)


@pytest.mark.parametrize(
    ("met", "says"),
    [
        ([True] * 19 + [False] * 28, "19 of 47 weeks met their target."),
        ([True] * 2 + [False] * 28 + [None] * 17, "Two of 30 weeks met their target."),
        ([True] + [False] * 8, "One of nine weeks met its target."),
        ([False] * 47, "None of 47 weeks met its target."),
        ([True, None], "One week had a target and met it."),
        ([None, False], "One week had a target and missed it."),
    ],
)
def test_the_weeks_say_how_many_met_their_target(met: list[bool | None], says: str) -> None:
    made = team_track()
    weekly = tuple(replace(week, met=one) for week, one in zip(made.weekly, met, strict=False))
    recent = "The last thirteen weeks brought 1.6 milestones a week; the target is 16."
    assert teams.weekly_note(replace(made, weekly=weekly), US) == f"{recent} {says}"


def test_a_target_that_changed_in_the_last_thirteen_weeks_is_that_of_now() -> None:
    made = team_track()
    weekly = [*made.weekly]
    weekly[-13] = replace(weekly[-13], target=12.0)
    assert "the target is now 16. " in teams.weekly_note(replace(made, weekly=tuple(weekly)), US)
    weekly[-13:-12] = [made.weekly[-13]]
    weekly[-14] = replace(weekly[-14], target=12.0)
    assert "the target is 16. " in teams.weekly_note(replace(made, weekly=tuple(weekly)), US)


def test_who_cannot_see_a_teams_weeks_hears_the_newest_and_its_target() -> None:
    made = team_track()
    assert captions.weekly_label(made, rollup().stamp, US) == (
        "New business: milestones done each week of 2026. "
        "W47: Qualification 8, Discovery 2, Proof 3, Contract 2. Weekly target 16."
    )
    bare = replace(made, weekly=(replace(made.weekly[-1], target=None),))
    assert captions.weekly_label(bare, rollup().stamp, US).endswith("Contract 2.")


def test_weeks_without_a_target_are_not_judged() -> None:
    made = team_track()
    weekly = tuple(replace(week, target=None, met=None) for week in made.weekly)
    bare = replace(made, weekly=weekly, weekly_target=None)
    assert teams.weekly_note(bare, US) == "The last thirteen weeks brought 1.6 milestones a week."


def test_a_week_that_still_runs_says_what_its_plan_asks_for() -> None:
    made = rep_card()
    behind = replace(made.this_week, done=1, plan=3)
    runs_on = replace(made.headline, figures={**made.headline.figures, "week_runs_on": 1})
    card_of_monday = replace(made, this_week=behind, headline=runs_on, streak=Streak(2, False, 2, "", 0))
    # a plan of 3 less 1 done
    assert card_weeks.streak_lines(card_of_monday, US) == [
        ("Two weeks in a row", " at or above plan. This week’s plan asks for two more.")
    ]


def test_a_part_of_a_year_says_from_when_its_quota_counts() -> None:
    part = quota(counted_from=date(2026, 7, 1), milestones_this_year=48.55)
    assert cards.quota_note(part, US) == "Counted from 1 Jul: 49 milestones of this year’s quota."
    assert not cards.quota_note(quota(), US)


def test_revenue_names_the_contracts_that_are_not_in_it() -> None:
    made = replace(sales(8), without_value=("O-7",), cancelled=1, cancelled_value=74_000)
    assert teams.revenue_note(made, US) == (
        "One contract has no value and is not in the revenue: O-7. "
        "One cancelled after signature, $74,000: already taken off."
    )


def test_a_printed_card_says_what_it_leaves_out() -> None:
    made = rep_card(n_open=6)
    # 103,000 and one without a value are left out
    assert cards.open_rest(made, 4, US) == (
        "and 2 more, $103,000: none overdue, none stalled or presumed lost. The web card lists all 6."
    )


def test_the_data_checks_are_counted_by_what_they_cost() -> None:
    assert findings.checks_headline(checks(), US) == "2 left out, 4 corrected, 24 to note"
    none = replace(checks(stamp(n_errors=0, n_warnings=0, n_notes=0)), lines=())
    assert findings.checks_headline(none, US) == "Nothing to correct"
    assert "Everything could be read" in findings.checks_deck(none, US)
    assert findings.also(checks().lines[2], US) == "Also G18, G19: three in all."
    assert [findings.cell_place(cell) for cell in ("Opportunities!J5", "Reps, row 3", "")] == [
        "J5",
        "row 3",
        "The workbook",
    ]


def test_a_milestone_done_before_its_week_says_when_and_stands_on_no_day_of_it() -> None:
    week = rep_card().this_week
    early = replace(week.items[0], state="done", on=date(2026, 11, 12), planned_here=True)
    assert card_weeks.ledger_note(early, week, US) == "done on 12 Nov, ahead of its week"
    assert card_weeks.ledger_day(early, week, US) == ""


def test_what_is_claimed_says_what_filling_the_gaps_would_add() -> None:
    pace = replace(rep_card().tracks[0].pace, claimed_to_date=2, filling_adds=3)
    assert (
        cards.gaps(pace, US)
        == "Two are completed but not credited; filling the gaps would add three, as the missing gates count too."
    )
    assert cards.gaps(replace(pace, claimed_to_date=0, filling_adds=0), US) == ""
