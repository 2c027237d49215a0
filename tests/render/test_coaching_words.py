"""The coaching list in words: one sentence an entry, its counts before its percentages, its ending exact."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_insights import coaching, rate
from sample_site import AS_OF, quota, sales, team_track, track_card

from milestone_reports.render.formats import Formats
from milestone_reports.render.words.coaching import (
    chance_says,
    coaching_head,
    coaching_more,
    coaching_says,
    contracts_about,
    no_coaching,
    sale_word,
    strength_says,
)
from milestone_reports.scorecards.insights import Ending

US = Formats("en_US", "USD", AS_OF)
FRENCH = Formats("fr_FR", "EUR", AS_OF)


def test_the_manager_reads_counts_who_waits_what_it_is_worth_and_how_sure_that_is() -> None:
    entry = replace(coaching(0, "new, watch"), contracts=1.4, money=68_000.0)
    assert coaching_says(entry, "contract", US) == (
        "Proof to Contract: 6 of 17 went through (35%); the rest of the team manages 57%. Four wait there now. "
        "Worth about 1.4 contracts, $68k, a year; new, watch."
    )


def test_the_rep_is_spoken_to() -> None:
    entry = replace(coaching(0, "may be chance"), contracts=1.4, money=68_000.0)
    assert coaching_says(entry, "contract", US, to_rep=True) == (
        "Proof to Contract: 6 of your 17 went through (35%); the rest of the team manages 57%. "
        "Four of yours wait there now. Worth about 1.4 contracts, $68k, a year to you; may be chance."
    )


@pytest.mark.parametrize("ending", ["coach here", "new, watch", "may be chance"])
def test_every_entry_with_something_at_stake_ends_in_one_of_three_words(ending: Ending) -> None:
    assert coaching_says(coaching(0, ending), "contract", US).endswith(f"a year; {ending}.")


def test_too_few_decided_are_counted_without_a_percentage_or_a_worth() -> None:
    entry = replace(coaching(0, "too few to say", passed=3, decided=5), contracts=0.0, money=0.0)
    assert coaching_says(entry, "contract", US) == (
        "Proof to Contract: 3 of 5 went through; the rest of the team manages 57%; too few to say."
    )


def test_a_gate_at_which_nothing_is_decided_says_so() -> None:
    entry = replace(coaching(0, "too few to say", passed=0, decided=0), contracts=0.0)
    assert coaching_says(entry, "contract", US) == "Proof to Contract: none is decided; too few to say."


def test_a_rest_of_the_team_with_too_few_is_counted() -> None:
    entry = replace(coaching(0, "may be chance"), rest=rate(3, 5))
    assert "; in the rest of the team 3 of 5 did." in coaching_says(entry, "contract", US)


def test_nobody_who_waits_is_not_mentioned_and_one_waits() -> None:
    assert "wait" not in coaching_says(replace(coaching(0, "coach here"), waiting=0), "contract", US)
    assert "One waits there now." in coaching_says(replace(coaching(0, "coach here"), waiting=1), "contract", US)


def test_a_gate_without_a_gap_has_no_worth() -> None:
    entry = replace(coaching(0, "may be chance", passed=14), contracts=0.0, money=0.0, waiting=0)
    assert coaching_says(entry, "contract", US) == (
        "Proof to Contract: 14 of 17 went through (82%); the rest of the team manages 57%."
    )


def test_a_track_that_counts_sales_has_no_money() -> None:
    entry = replace(coaching(0, "may be chance"), contracts=2.0, money=None)
    assert coaching_says(entry, "sale", US).endswith("Worth about 2 sales a year; may be chance.")


@pytest.mark.parametrize(
    ("contracts", "says"),
    [
        (0.06, "less than 0.1 contract"),
        (0.0999, "less than 0.1 contract"),
        (0.1, "about 0.1 contracts"),
        (0.96, "about 1 contract"),
        (1.06, "about 1.1 contracts"),
    ],
)
def test_a_worth_is_said_to_a_tenth_of_a_contract_and_no_closer(contracts: float, says: str) -> None:
    assert contracts_about(contracts, "contract", US) == says


def test_numbers_are_in_the_teams_locale() -> None:
    entry = replace(coaching(0, "may be chance"), contracts=1.4, money=68_000.0)
    text = coaching_says(entry, "contract", FRENCH)
    assert "(35\u00a0%)" in text
    assert "about 1,4 contracts, 68k\u00a0€," in text


def test_the_head_says_how_many_are_flagged_how_many_by_chance_and_that_a_month_proves_little() -> None:
    # One entry "coach here", one "new, watch", two "may be chance"; 0.3 of the two flags are expected to be chance.
    assert coaching_head(team_track(), US) == (
        "Two of four are flagged; less than one of them is expected to be chance. With counts like these one month "
        "proves little: “coach here” is what was flagged at two month-ends in a row."
    )


def test_without_a_flag_every_difference_may_be_chance() -> None:
    track = team_track()
    calm = tuple(replace(entry, ending="may be chance") for entry in track.card.coaching)
    unflagged = replace(track, card=replace(track.card, coaching=calm))
    assert coaching_head(unflagged, US) == "None is flagged: each difference may be chance."
    alone = replace(track, card=replace(track.card, coaching=calm[:1]))
    assert coaching_head(alone, US) == "None is flagged: the difference may be chance."


@pytest.mark.parametrize(
    ("flagged", "false_flags", "says"),
    [
        (1, 0.2, "it may still be chance"),
        (4, 0.8, "less than one of them is expected to be chance"),
        (6, 1.2, "about one of them is expected to be chance"),
        (9, 1.8, "about two of them are expected to be chance"),
    ],
)
def test_the_share_of_false_flags_is_said_in_whole_flags(flagged: int, false_flags: float, says: str) -> None:
    assert chance_says(flagged, false_flags, US) == says


def test_what_the_front_page_leaves_out_is_counted() -> None:
    assert coaching_more(team_track(), 1, US) == "And three more"
    assert coaching_more(team_track(), 4, US) == ""


def test_an_empty_list_says_why() -> None:
    assert no_coaching(team_track(1), US) == "One rep alone: there is nobody to compare with."
    assert no_coaching(team_track(), US) == (
        "No rep with eight opportunities decided at a step in the last twelve months is below the rest of the team "
        "there."
    )


def test_a_strength_tells_the_manager_whom_to_learn_from_and_the_rep_only_what_it_is() -> None:
    entry = coaching(0, "may be chance", gate=0, passed=28, decided=36)
    says = "Qualification to Discovery: 28 of 36 went through (78%); the rest of the team manages 57%"
    assert strength_says(entry, US) == f"Strongest at {says}, which the others could learn from."
    assert strength_says(entry, US, to_rep=True) == (
        f"You are strongest at {says.replace('28 of 36', '28 of your 36')}."
    )


def test_a_track_has_one_word_for_a_sale() -> None:
    assert sale_word(track_card()) == "contract"
    assert sale_word(replace(track_card(), quota=quota(target_is="count"))) == "sale"
    untold = replace(track_card(with_quota=False), sales=replace(sales(3), target_this_year=None))
    assert sale_word(untold) == "sale"
