"""The words of a rep's card in German: endings, places of numbers, the names of weeks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
from markupsafe import Markup
from sample_site import rep_card

from milestone_reports.domain.message import message
from milestone_reports.metrics.standing import undated
from milestone_reports.render.formats import Formats
from milestone_reports.render.language import gettext, said, speaking
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


def test_an_abbreviated_month_has_its_full_stop_in_a_date_and_none_by_itself() -> None:
    days = [date(2026, month, 24) for month in (5, 9, 11)]
    assert [GERMANY.day(day) for day in days] == ["24. Mai", "24. Sept.", "24. Nov."]
    assert [GERMANY.month(day) for day in days] == ["Mai", "Sept", "Nov"]
    assert GERMANY.day(date(2027, 1, 5)) == "5. Jan. 2027"
    assert GERMANY.moment(datetime(2026, 11, 23, 6, 40)) == "23. Nov. 2026, 06:40"  # noqa: DTZ001  a workbook's own clock


def test_a_value_that_ends_in_a_full_stop_ends_its_sentence_with_one() -> None:
    assert gettext("Until {day}.", day="24. Nov.") == "Until 24. Nov."
    assert gettext("Until {day}. Then", day=Markup("<b>24. Nov.</b>")) == "Until <b>24. Nov.</b> Then"
    assert gettext("Until {day}.", day="24. Mai") == "Until 24. Mai."
    assert gettext("{day}, week {n}.", day="24. Nov.", n=3) == "24. Nov., week 3."


def test_links_and_names_keep_the_full_stops_inside_them() -> None:
    link = Markup('<a href="../index.html">A..B</a>')
    assert gettext("See {link}.", link=link) == f"See {link}."


def test_a_day_in_a_text_of_the_readers_is_written_as_in_german() -> None:
    found = message("closed on {day} without an outcome", day=date(2026, 11, 12))
    assert found == "closed on 2026-11-12 without an outcome"
    assert said(found) == "geschlossen am 12.11.2026, aber ohne Ergebnis"
    assert said(message("Read as {text}", text=date(2026, 11, 12))) == "Gelesen als 12.11.2026"


def test_the_reason_of_a_claim_is_said_in_german_too() -> None:
    one = replace(rep_card().open[0], claimed=("Proof",), claimed_because=undated("Discovery"))
    assert cards.claim_says(one) == "Proof gemeldet: Discovery ohne Datum"
