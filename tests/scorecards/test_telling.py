"""What a card may not tell of a colleague: whatever the colleague does, the card of a small team stays the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from one_gate import talks
from small_team import deal, target, team

from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Settings
from milestone_reports.render.downloads import rep_json
from milestone_reports.render.downloads.json import json_bytes
from milestone_reports.scorecards.compose import card_of, team_site
from milestone_reports.scorecards.pages import TeamSite, TrackCard
from milestone_reports.scorecards.provenance.explaining import places_of
from milestone_reports.scorecards.provenance.opened import rep_figures

AS_OF = date(2026, 6, 30)
ASKED = [target("Ann", track="Partners", annual=500_000, average=50_000)]
OWN = [
    *talks(6, "2026-02-01", signed_after=20),
    *talks(6, "2026-02-01", lost_after=30),
    *talks(2, "2026-06-20"),
]


def results(rep: str, n_signed: int, n_lost: int, value: float = 50_000) -> list[Opportunity]:
    began = "2026-01-01"
    signed = talks(n_signed, began, signed_after=30, rep=rep, value=value)
    return [*signed, *talks(n_lost, began, lost_after=40, rep=rep, value=value)]


def site(others: Sequence[Opportunity], multiplier: float | None = 2.0) -> TeamSite:
    return team_site(team([*OWN, *others], ASKED, settings=Settings(multiplier=multiplier)), AS_OF)


def read_by_ann(made: TeamSite) -> Sequence[str]:
    """All that Ann's card and the page behind it are filled with, less counts of all that was read."""
    card = card_of(made, "Ann")
    page = rep_figures(made, places_of(made), card)
    behind = [[entry for one in page.explanations for entry in one.entries], page.opportunities]
    return (rep_json(card) + json_bytes(behind)).decode().splitlines()


def on_partners(made: TeamSite, rep: str = "Ann") -> TrackCard:
    return next(track for track in card_of(made, rep).tracks if track.track == "Partners")


@pytest.mark.parametrize("names", [("Bo",), ("Bo", "Cy")])
def test_with_one_or_two_colleagues_nothing_that_they_do_moves_a_card(names: Sequence[str]) -> None:
    poor = [row for name in names for row in results(name, 5, 15)]
    rich = [row for name in names for row in results(name, 15, 4, 90_000)]
    assert read_by_ann(site(poor)) == read_by_ann(site(rich))


def test_three_colleagues_on_other_tracks_are_none_on_this_one() -> None:
    elsewhere = [deal(f"{rep} {n}", "2026-03-01 2026-03-09 - -", rep=rep) for rep in ("Cy", "Di", "Ed") for n in (1, 2)]
    poor, rich = (site([*results("Bo", n, 20 - n), *elsewhere]) for n in (5, 15))
    assert read_by_ann(poor) == read_by_ann(rich)


def test_three_colleagues_of_whom_one_has_all_the_results_are_one() -> None:
    beginners = [row for rep in ("Cy", "Di") for row in talks(1, "2026-06-20", rep=rep)]
    poor, rich = (site([*results("Bo", n, 20 - n), *beginners]) for n in (5, 15))
    assert read_by_ann(poor) == read_by_ann(rich)


def test_three_colleagues_with_results_are_a_team() -> None:
    card = on_partners(site([row for rep in ("Bo", "Cy", "Di") for row in results(rep, 6, 4)]))
    rest = card.conversion[0].rest_to_next
    assert rest is not None
    assert (rest.passed, rest.decided) == (18, 30)
    assert card.gate_times
    assert card.coaching
    assert card.forecast


def test_without_three_colleagues_the_multiplier_has_its_value_and_nothing_that_it_could_be_taken_apart_by() -> None:
    made = site(results("Bo", 12, 8), multiplier=None)
    told, of_team = on_partners(made).multiplier, made.rollup.tracks[0].card.multiplier
    assert told.value == of_team.value
    assert of_team.would_be is not None
    hidden = (told.sales, told.would_be, told.would_be_sales, told.likely_low, told.likely_high, told.low_95)
    assert (*hidden, told.high_95, told.decided) == (None,) * 7 + ((),)


def test_alone_on_a_track_a_rep_is_the_team() -> None:
    card = on_partners(site([], multiplier=None))
    assert card.multiplier.would_be_sales == 6
    assert card.forecast[0].basis == "history"
    assert card.conversion[0].rest_to_next is None
