"""The dials of the what-if: where each begins, what it is called, how far it goes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sample_site import team_track

from milestone_reports.render.words.what_if import (
    asked_says,
    brought_says,
    round_step,
    what_if_dials,
    what_if_note,
    what_if_start,
)
from milestone_reports.scorecards.insights import WhatIf

START = WhatIf(
    annual_target=600_000.0,
    average_contract_value=50_000.0,
    contracts_a_year=12.0,
    per_contract=(4.0, 2.0, 1.25, 1.0),
    n_reps=1,
    selling_weeks=48.0,
)


def test_there_is_a_dial_for_each_figure_of_the_year_and_each_gate() -> None:
    dials = what_if_dials(replace(team_track(), what_if=START))
    assert [(dial.name, dial.value) for dial in dials] == [
        ("target", 600_000.0),
        ("average", 50_000.0),
        # (4 + 2 + 1.25 + 1) / 4; 2 of 4 go on, then 1.25 of 2, then 1 of 1.25.
        ("multiplier", 2.0625),
        ("gate-1", 50.0),
        ("gate-2", 62.5),
        ("gate-3", 80.0),
        ("reps", 1),
        ("weeks", 48.0),
    ]
    assert [dial.label for dial in dials][2:5] == [
        "Multiplier",
        "Qualification to Discovery, in percent",
        "Discovery to Proof, in percent",
    ]


def test_a_slider_doubles_an_amount_in_round_steps_and_holds_where_the_year_stands() -> None:
    for dial in what_if_dials(replace(team_track(), what_if=START)):
        assert dial.typed_low <= dial.low <= dial.value <= dial.high
    target = what_if_dials(replace(team_track(), what_if=START))[0]
    assert (target.low, target.step, target.high) == (5_000, 5_000, 1_200_000)


def test_a_multiplier_beyond_the_slider_makes_it_longer() -> None:
    steep = replace(START, per_contract=(20.0, 8.0, 2.0, 1.0))
    multiplier = what_if_dials(replace(team_track(), what_if=steep))[2]
    assert (multiplier.value, multiplier.high) == (7.75, 8)


def test_sales_are_counted_in_whole_steps_and_have_no_average() -> None:
    counted = replace(START, annual_target=6.0, average_contract_value=None, contracts_a_year=6.0)
    dials = what_if_dials(replace(team_track(), what_if=counted))
    assert [dial.name for dial in dials][:2] == ["target", "multiplier"]
    assert (dials[0].label, dials[0].step, dials[0].high) == ("Sales a year", 1, 12)


def test_a_track_without_a_gate_has_no_rates_to_set() -> None:
    track = team_track()
    one = replace(track, card=replace(track.card, milestones=("Order",)), what_if=replace(START, per_contract=(1.0,)))
    assert [dial.name for dial in what_if_dials(one)] == ["target", "average", "reps", "weeks"]
    assert "gate" not in what_if_note(one)
    assert "gate" in what_if_note(track)


def test_without_a_quota_there_is_nothing_to_set() -> None:
    assert what_if_dials(replace(team_track(), what_if=None)) == ()


@pytest.mark.parametrize(("size", "step"), [(6_000, 5_000), (4_999, 2_000), (1_000, 1_000), (0.06, 0.05)])
def test_a_step_is_one_two_or_five_with_noughts(size: float, step: float) -> None:
    assert round_step(size) == pytest.approx(step)


def test_the_script_is_given_the_year_as_it_is_in_the_json() -> None:
    assert json.loads(what_if_start(START)) == {
        "annual_target": 600_000.0,
        "average_contract_value": 50_000.0,
        "contracts_a_year": 12.0,
        "per_contract": [4.0, 2.0, 1.25, 1.0],
        "n_reps": 1,
        "selling_weeks": 48.0,
    }


def test_answers_are_of_contracts_or_of_sales_as_the_target_is() -> None:
    track = team_track()
    # A team's card has no quota of its own: a year's target in money tells.
    counted = replace(track, card=replace(track.card, sales=replace(track.card.sales, target_this_year=None)))
    assert (asked_says(track), brought_says(track)) == (
        "Contracts a year asked for",
        "Contracts a year from the present effort",
    )
    assert (asked_says(counted), brought_says(counted)) == (
        "Sales a year asked for",
        "Sales a year from the present effort",
    )
