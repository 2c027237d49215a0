from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milestone_reports.render.accent import (
    LEAST_CONTRAST,
    LEAST_DIFFERENCE,
    accent_of,
    contrast,
    difference,
    is_legible,
    is_told_from_attention,
    nearest_usable,
)
from milestone_reports.render.oklch import from_hex
from milestone_reports.render.theme import HOUSE_ACCENT, Paint, colour_css, print_colour, tokens

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
BLUE = "#1F4E9E"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48), ("#FFFFFF", "#767676", 4.54)],
)
def test_contrast_is_that_of_the_published_examples(one: str, other: str, expected: float) -> None:
    # 21 is the formula's own largest; 4.48 and 4.54 are the well-known greys on both sides of 4.5.
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)


@settings(deadline=None, max_examples=40)
@given(COLOURS)
def test_every_colour_has_a_nearest_that_can_be_the_accent(colour: str) -> None:
    usable = nearest_usable(colour)
    assert is_legible(usable)
    assert is_told_from_attention(usable)


@settings(deadline=None, max_examples=40)
@given(COLOURS)
def test_on_dark_paper_the_accent_is_legible_and_told_from_attention_too(colour: str) -> None:
    dark = accent_of(nearest_usable(colour)).done.dark
    assert contrast(dark, tokens()["paper"].dark) >= LEAST_CONTRAST
    assert difference(dark, tokens()["attn"].dark) >= LEAST_DIFFERENCE


@settings(deadline=None, max_examples=40)
@given(COLOURS)
def test_text_can_be_read_on_the_accents_pale_ground(colour: str) -> None:
    ground = accent_of(nearest_usable(colour)).done_soft
    assert contrast(tokens()["ink"].light, ground.light) >= LEAST_CONTRAST
    assert contrast(tokens()["ink"].dark, ground.dark) >= LEAST_CONTRAST


@pytest.mark.parametrize("colour", [BLUE, "#7B2D8B", "#004D2C"])
def test_the_dark_shade_keeps_the_hue(colour: str) -> None:
    assert from_hex(accent_of(colour).done.dark).hue == pytest.approx(from_hex(colour).hue, abs=2)


def test_the_houses_own_colour_gives_the_houses_own_accent() -> None:
    assert accent_of("#006375") == HOUSE_ACCENT


def test_green_beside_red_is_refused_for_those_who_cannot_tell_them_apart() -> None:
    assert is_legible("#2E7D32")
    assert not is_told_from_attention("#2E7D32")


def test_an_accent_takes_the_place_of_done_on_screen_and_paper_and_of_nothing_else() -> None:
    accent = accent_of(BLUE)
    changed = {name for name, colour in tokens(accent).items() if colour != tokens()[name]}
    assert changed == {"done", "done-soft"}
    assert set(re.findall(r"--done:(#\w+)", colour_css((4,), accent))) == {accent.done.light, accent.done.dark}
    assert print_colour("done", accent) == BLUE
    assert Paint("print", accent).fill("done") == f'fill="{BLUE}"'
    assert Paint("screen", accent).fill("done") == 'class="f-done"'
