"""The checks, marketing and definitions pages in German: its quotation marks, its cases, and no English sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sample_site import AS_OF, problem, stamp, team_track

from milestone_reports.domain.message import message
from milestone_reports.render.formats import Formats
from milestone_reports.render.language import gettext, speaking
from milestone_reports.render.words import assumptions, checks, marketing
from milestone_reports.scorecards.definitions import FIGURES, figure_definition

GERMAN = Formats("de_DE", "EUR", AS_OF)


@pytest.fixture(autouse=True)
def _in_german() -> Iterator[None]:
    with speaking("de"):
        yield


@pytest.mark.parametrize("name", FIGURES)
def test_every_text_of_a_definition_is_german(name: str) -> None:
    figure = figure_definition(name, FIGURES[name])
    texts = (name, figure.says, figure.formula, figure.shape, figure.units, figure.undefined)
    assert [text for text in texts if gettext(text) == text] == []


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("'x' ist kein Datum", "„x“ ist kein Datum"),
        ("'O'Brien' fehlt (statt 'O'Brian')", "„O’Brien“ fehlt (statt „O’Brian“)"),
        ("Jens' Karte", "Jens’ Karte"),
    ],
)
def test_quotation_marks_are_german_and_apostrophes_stay(text: str, quoted: str) -> None:
    assert checks.with_quotes(text) == quoted


def test_a_finding_is_said_in_german_before_it_gets_its_capital_and_its_quotation_marks() -> None:
    found = message("{found} in {column} is text", found="'3 May'", column="Closed")
    assert checks.finding_parts(found) == ["„3 May“ in „Closed“ ist Text."]


def test_the_place_of_a_finding_is_said_in_german() -> None:
    assert checks.cell_place("Opportunities, row 255") == "Zeile 255"
    assert checks.cell_place("sheet Reps 2026") == "Blatt Reps 2026"
    assert checks.cell_place("Opportunities!J255") == "J255"
    rows = problem("error", "row_twice", "Opportunities, row 7", also=("Opportunities, row 8",))
    assert checks.also(rows, GERMAN) == "Auch Zeile 8: insgesamt 2."


def test_sources_that_sell_fastest_are_said_in_the_dative() -> None:
    track = team_track()
    slow, fast = (replace(track.sources[0], source=name, days_to_sale=days) for name, days in (("A", 9.0), ("B", 1.0)))
    headline = marketing.MARKETING_RULES["most revenue and fewest days"](replace(track, sources=(slow, fast)), GERMAN)
    assert headline.endswith("; B verkauft am schnellsten, in einem Tag")


def test_one_sale_among_the_decided_is_said_in_the_singular() -> None:
    track = team_track()
    multiplier = replace(track.card.multiplier, decided=(1, 1, 1, 1), sales=1, would_be_sales=1)
    text = assumptions.multiplier_in_full(
        replace(track, card=replace(track.card, multiplier=multiplier)), stamp(), GERMAN
    )
    assert "war eine Verkaufschance entschieden, darunter ein Abschluss" in text
    assert text.endswith("aus einem Abschluss.")
