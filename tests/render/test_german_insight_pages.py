"""The pages to manage by in German: sentences that no word-for-word translation would get right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import sample_insights as insights
from sample_site import AS_OF, rollup, team_track

from milestone_reports.render.formats import Formats
from milestone_reports.render.language import speaking
from milestone_reports.render.words import demand, pipeline, planning, rates

GERMANY = Formats("de_DE", "EUR", AS_OF)


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    with speaking("de"):
        yield


def test_of_several_tracks_the_headline_names_one_and_keeps_its_sentence_whole() -> None:
    made = rollup(tracks=(team_track(), team_track(3, "Existing clients")))
    # Eight times 14 of 26.
    assert rates.conversion_headline(made, GERMANY) == (
        "New business: Von Discovery zu Proof kommen die wenigsten weiter: 112 von 208 (54\u00a0%)"
    )
    assert planning.planning_headline(made, GERMANY).startswith("New business: Das Jahresziel wird voraussichtlich")


def test_the_verb_goes_with_the_first_of_several_counts() -> None:
    made = rollup()
    attention = replace(made.attention, n_overdue=1, n_stalled=3, n_without_plan=2, n_evidence_missing=0)
    says = pipeline.attention_says(replace(made, attention=attention), GERMANY)
    assert says.startswith("1 ist überfällig, 3 stockend und 2 ohne geplanten nächsten Meilenstein.")
    attention = replace(attention, n_overdue=0, n_without_plan=0)
    assert pipeline.attention_says(replace(made, attention=attention), GERMANY) == "3 sind stockend."


def test_the_only_open_opportunity_is_not_counted() -> None:
    made = replace(rollup(), n_open=1)
    attention = replace(made.attention, n_presumed_lost=0, n_overdue=1)
    headline = pipeline.pipeline_headline(replace(made, attention=attention), GERMANY)
    assert headline == "Die eine offene Verkaufschance ist überfällig"


def test_one_contract_that_is_missing_is_singular() -> None:
    needed = insights.demand(in_money=False, still_needed=1.0)
    says = demand.demand_says(replace(team_track(), demand=needed), GERMANY)
    assert says.startswith("Zum Jahresziel fehlt noch 1 Vertrag, wenn ")
