"""What a rep is told of the lever, a strength, one more first milestone, pace, attention and how to read the card."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sample_insights as insights
from sample_site import AS_OF, new_rep_card, opportunity, rep_card, stamp, track_card

from milestone_reports.render.formats import Formats
from milestone_reports.render.html import Pages, SiteOptions
from milestone_reports.render.resources import templates_folder
from milestone_reports.render.words import cards, levers
from milestone_reports.render.words.reading import reading
from milestone_reports.scorecards.insights import BackOnPace, Focus
from milestone_reports.scorecards.pages import Attention, RepScorecard, TrackCard

US = Formats("en_US", "USD", AS_OF)
GERMAN = Formats("de_DE", "EUR", AS_OF)


def lever_of(track: TrackCard, formats: Formats = US) -> str:
    return "".join(levers.lever(track, formats))


def without_focus(**changes: object) -> TrackCard:
    return replace(track_card(), focus=None, coaching=(), **changes)  # type: ignore[arg-type]


def test_the_lever_is_one_step_with_its_counts_who_waits_and_what_it_is_worth() -> None:
    assert lever_of(track_card()) == (
        "Discovery to Proof. 6 of your 17 went through (35%); the rest of the team manages 57%. Four of yours wait "
        "there now. Worth about 1.4 contracts, $68k, a year to you; new, worth watching."
    )


def test_a_lever_on_a_track_that_counts_sales_is_worth_sales_and_no_money() -> None:
    made = track_card()
    assert made.quota
    assert made.focus
    assert made.focus.lever
    entry = replace(made.focus.lever, money=None, contracts=1.04, waiting=1, ending="may be chance")
    counted = replace(made, quota=replace(made.quota, target_is="count"), focus=Focus(entry, None))
    assert lever_of(counted).endswith("One of yours waits there now. Worth about 1 sale a year to you; may be chance.")


def test_a_strength_that_its_likely_range_does_not_tell_from_the_rest_may_be_chance() -> None:
    made = track_card()
    # 28 of 36 is 78%, its range 69% to 87%: above the 57% of the rest
    assert levers.strength(made, US) == (
        "You are strongest at Qualification to Discovery: 28 of your 36 went through (78%); the rest of the team "
        "manages 57%."
    )
    near = insights.coaching(0, "may be chance", passed=11, decided=18)
    # 11 of 18 is 61%, its range 46% to 76%
    assert levers.strength(replace(made, focus=Focus(None, near)), US).endswith("manages 57%; may be chance.")
    assert levers.strength(replace(made, focus=Focus(None, None)), US) == ""


def test_without_colleagues_to_compare_with_one_more_first_milestone_is_said() -> None:
    # 50,000 / 3.297 = 15,165
    assert lever_of(without_focus()) == (
        "One more at Qualification is worth about $15k: of every 3.3 that reach it, one becomes a contract of $50k, "
        "part assumed and part measured."
    )
    measured = without_focus(multiplier=insights.multiplier(label="measured"))
    assert lever_of(measured, GERMAN).endswith("of every 3,3 that reach it, one becomes a contract of 50k\u00a0€.")


def test_one_more_first_milestone_of_a_track_that_counts_sales_is_a_part_of_a_sale() -> None:
    made = without_focus()
    assert made.quota
    counted = replace(made, quota=replace(made.quota, target_is="count", average_contract_value=None))
    # 1 / 3.297 = 0.30
    assert lever_of(counted).startswith(
        "One more at Qualification is worth about 0.3 sales: of every 3.3 that reach it, one"
    )


def test_where_no_step_is_below_the_rest_the_card_says_so() -> None:
    enough = tuple(insights.coaching(0, "may be chance", gate=gate, passed=28, decided=36) for gate in range(3))
    made = replace(track_card(), focus=Focus(None, None), coaching=enough)
    assert lever_of(made).endswith(" None of your steps is below the rest of the team’s.")
    few = tuple(replace(entry, rate=insights.rate(2, 3), ending="too few to say") for entry in enough)
    assert lever_of(replace(made, coaching=few)).endswith(" Too few of yours are decided to compare steps.")
    assert lever_of(replace(made, coaching=(enough[0], *few[1:]))).endswith("part measured.")


def test_a_track_of_one_milestone_has_no_lever() -> None:
    made = without_focus(milestones=("Contract",))
    assert lever_of(made) == ""
    assert levers.with_lever(rep_card(tracks=(made,)), 1, US) == []


def test_the_section_is_named_after_what_it_holds() -> None:
    assert levers.lever_title([track_card(), without_focus()]) == "Your best lever"
    assert levers.lever_aside([track_card()]) == "the last twelve months, beside the rest of the team"
    assert levers.lever_title([without_focus()]) == "What one more is worth"
    assert levers.lever_aside([without_focus()]) == ""


@pytest.mark.parametrize(
    ("found", "weekly", "says"),
    [
        ((5, 2), 3.0, "Five milestones a week, two more than the target, bring you back on pace by week 52."),
        (
            (6, 3), 2.6,
            "Six milestones a week, three more than the target in whole milestones, bring you back on pace by week 52.",
        ),
        ((3, 0), 2.6, "Three milestones a week bring you back on pace by week 52."),
        ((1, 0), 1.0, "One milestone a week brings you back on pace by week 52."),
    ],
)  # fmt: skip
def test_a_rep_who_is_behind_is_told_what_brings_them_back_on_pace(
    found: tuple[int, int], weekly: float, says: str
) -> None:
    made = track_card()
    behind = replace(
        made,
        pace=replace(made.pace, milestones_a_week=weekly),
        back_on_pace=BackOnPace(*found, week="2026-W52", on=date(2026, 12, 27)),
    )
    assert levers.back_on_pace(behind, US) == says


def test_a_rep_who_is_not_behind_or_cannot_catch_up_is_told_no_week() -> None:
    assert levers.back_on_pace(replace(track_card(), back_on_pace=None), US) == ""


def test_attention_is_counted_by_what_is_asked_for_and_names_only_what_there_is() -> None:
    all_of_it = Attention(3, 1, 4, 187_500.0, 1, 2)
    assert [text for _, _, text in cards.attention_flags(all_of_it, US)] == [
        "3 overdue",
        "1 stalled",
        "4 presumed lost, $187,500, to close or update",
        "1 without a planned next milestone",
        "2 with evidence missing",
    ]
    assert cards.attention_flags(Attention(0, 0, 0, 0.0, 0, 0), US) == []


def test_an_open_opportunity_is_presumed_lost_or_stalled_never_both() -> None:
    slow = replace(opportunity(3), overdue_days=3, stalled=True)
    assert cards.open_flags(slow, US) == [("overdue", "▲", "overdue 3 d"), ("stalled", "◆", "stalled")]
    lost = replace(slow, overdue_days=0, presumed_lost=True)
    assert cards.open_flags(lost, US) == [("stalled", "◆", "presumed lost")]
    assert cards.open_flags(replace(lost, stalled=False, presumed_lost=False), US) == []


def test_missing_evidence_is_named_once() -> None:
    made = opportunity(6)
    assert [flag for flag in cards.open_flags(made, US) if flag[0] in {"evidence", "claimed"}] == [
        ("evidence", "□", "no evidence for Qualification")
    ]
    other = replace(made, claimed=("Proof",), claimed_because="Discovery undated", evidence_missing=("Proof",))
    assert [flag for flag in cards.open_flags(other, US) if flag[0] in {"evidence", "claimed"}] == [
        ("claimed", "≠", "Proof claimed: Discovery undated"),
        ("evidence", "□", "no evidence for Proof"),
    ]


def test_the_usual_days_are_those_of_the_stage_on_its_own_track() -> None:
    one = opportunity(1)
    # Qualification's gate takes 20 days at the median, on New business
    assert cards.usual_days(one, [track_card("Existing clients"), track_card()]) == 20
    assert cards.usual_days(one, [track_card("Existing clients")]) is None
    assert cards.usual_days(replace(one, stage=""), [track_card()]) is None


BEGUN = "Of opportunities begun since 23 November 2024."


def test_what_open_ones_will_move_is_said_under_the_rates() -> None:
    made = track_card()
    assert cards.conversion_notes(made, stamp(), US) == (
        f"{BEGUN} Open ones will move this: the rate to the sale so far from Qualification."
    )
    every = tuple(replace(row, will_move=True) for row in made.conversion[:3])
    assert cards.conversion_notes(replace(made, conversion=every), stamp(), US) == (
        f"{BEGUN} Open ones will move this: the rates to the sale so far from Qualification, Discovery and Proof."
    )
    still = tuple(replace(row, will_move=False) for row in made.conversion)
    assert cards.conversion_notes(replace(made, conversion=still), stamp(), US) == BEGUN


def test_where_nothing_is_open_or_likely_there_is_no_forecast() -> None:
    assert cards.outlook(track_card(), US).startswith("By 31 December about 1.2 contracts more, likely 0.5 to 2.2")
    assert cards.outlook(new_rep_card().tracks[0], US) == ""
    assert cards.outlook(replace(track_card(), forecast=()), US) == ""


def terms(card: RepScorecard) -> set[str]:
    doing, deciding = reading(card, US)
    return {term.name for term in (*doing, *deciding)}


def test_how_to_read_the_card_explains_what_stands_on_it_and_nothing_else() -> None:
    assert terms(rep_card()) >= {
        "Claimed.", "Pace.", "Overdue.", "Stalled.", "No date.", "No evidence.", "Expected.", "Rest of team.", "Worth.",
    }  # fmt: skip
    new = new_rep_card()
    assert terms(new) == {
        "Done.",
        "Target and plan.",
        "Pace.",
        "So far.",
        "Expected.",
        "Likely range.",
        "Rest of team.",
    }
    fresh = replace(new, stamp=stamp(nothing_recorded=True))
    assert terms(fresh) == {"Done.", "Target and plan.", "Pace."}
    assert not terms(rep_card(tracks=(track_card(with_quota=False),))) & {"Target and plan.", "Pace."}


def test_a_card_that_may_not_compare_says_nothing_of_the_team() -> None:
    made = track_card()
    rows = tuple(replace(row, rest_to_next=None, rest_to_sale=None) for row in made.conversion)
    alone = rep_card(tracks=(replace(made, conversion=rows, focus=None, coaching=()),))
    pages = Pages(templates_folder(), "0.1.0")
    for page in (pages.rep(alone, SiteOptions()).decode(), pages.rep_print(alone)):
        assert "of the team" not in page
        assert "Rest of" not in page
        assert "may be chance" not in page


def test_a_card_shows_both_rates_to_the_sale_with_the_rest_of_the_team_beside() -> None:
    row = track_card().conversion[0]
    assert row.expected_to_sale
    early = replace(row, to_sale_says="early", expected_to_sale=replace(row.expected_to_sale, says="early"))
    made = rep_card(tracks=(replace(track_card(), conversion=(early, *track_card().conversion[1:])),))
    page = Pages(templates_folder(), "0.1.0").rep_print(made)
    # so far 8 of 36; expected 8 / 49 = 16%; the rest of the team 56 of 441
    assert '<b>22%</b> <span class="mut">8 of 36</span><span class="mut">, early</span>' in page
    assert '<b>16%</b><span class="mut">, early</span>' in page
    assert ">13%</td></tr>" in page
    unsure = replace(early, expected_to_sale=replace(row.expected_to_sale, says="too early"))
    few = rep_card(tracks=(replace(track_card(), conversion=(unsure, *track_card().conversion[1:])),))
    assert "<b>16%</b>" not in Pages(templates_folder(), "0.1.0").rep_print(few)
