"""The words of a rep's card in German: endings, places of numbers, the names of weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sample_site import rep_card

from milestone_reports.metrics.standing import undated
from milestone_reports.render.formats import Formats
from milestone_reports.render.language import speaking
from milestone_reports.render.words import cards, headlines
from milestone_reports.scorecards.pages import Headline

GERMANY = Formats(locale="de_DE", currency="EUR", as_of=date(2026, 11, 22))
FIGURES: dict[str, float | str] = {
    "claimed": 0, "planned": 5, "completed_of_planned": 3, "completed_early": 0, "beyond_plan": 1, "week_runs_on": 0,
    "milestones_a_week": 2.0, "n_tracks": 1, "gap": -2.7,
}  # fmt: skip


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    with speaking("de"):
        yield


def test_a_headline_counts_in_digits_and_gives_one_its_ending() -> None:
    said = headlines.rep_headline(Headline("part_of_plan_and_more+behind", FIGURES), GERMANY)
    assert said == "3 von 5 geplanten Meilensteinen erreicht, dazu ein weiterer; 3 hinter dem Jahressoll."


def test_millions_weeks_and_days_are_written_as_in_german() -> None:
    assert GERMANY.money_short(2_860_000) == "2,86\N{NO-BREAK SPACE}Mio.\N{NO-BREAK SPACE}€"
    assert GERMANY.week("2026-W47") == "KW\N{NO-BREAK SPACE}47"
    assert GERMANY.week_range(date(2026, 11, 16), date(2026, 11, 22)) == "16.–22. November"


def test_the_reason_of_a_claim_is_said_in_german_too() -> None:
    one = replace(rep_card().open[0], claimed=("Proof",), claimed_because=undated("Discovery"))
    assert cards.claim_says(one) == "Proof gemeldet: Discovery ohne Datum"
