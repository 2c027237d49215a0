"""The pages behind the figures: every figure with a value, and on a rep's page nobody else's opportunity."""

from __future__ import annotations

from datetime import date

from small_team import deal, target, team

from milestone_reports.domain.opportunity import Outcome
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.definitions import FIGURES
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.scorecards.provenance.explaining import places_of
from milestone_reports.scorecards.provenance.opened import rep_figures, team_figures
from milestone_reports.scorecards.provenance.pages import of_rep_card, of_team_track

AS_OF = date(2026, 6, 30)


def site() -> TeamSite:
    """Two reps on the first track, one of them on the second too; a sale, a loss, a skipped gate."""
    deals = [
        deal("A-1", "2026-03-02 2026-03-20 2026-04-15 2026-05-04"),
        deal("A-2", "2026-05-11 - 2026-06-09 -", planned="- - - 2026-06-24"),
        deal("B-1", "2026-04-13 - - -", rep="Ben", outcome=Outcome.LOST, closed_on="2026-05-29"),
        deal("B-2", "2026-06-23 2026-06-24 - -", rep="Ben"),
        deal("P-1", "2026-06-22 -", rep="Ben", track="Partners", value=None),
    ]
    targets = [target(), target("Ben"), target("Ben", track="Partners", annual=6, average=None, counts=True)]
    return team_site(team(deals, targets), AS_OF)


def test_every_figure_of_a_card_that_has_a_value_can_be_opened() -> None:
    made = site()
    for card in made.reps:
        opened = {(e.track, e.definition.name) for e in rep_figures(made, places_of(made), card).explanations}
        told = {(track.track, entry.figure) for track in card.tracks for entry in track.provenance}
        told |= {(track.track, entry.figure) for track in card.tracks for entry in of_rep_card(card)}
        assert told <= opened
        assert {name for _, name in opened} <= set(FIGURES)


def test_the_team_has_one_page_a_figure_with_a_value_a_track() -> None:
    made = site()
    pages = list(team_figures(made, places_of(made)))
    told = {
        (track.card.track, entry.figure)
        for track in made.rollup.tracks
        for entry in (*track.card.provenance, *of_team_track(track))
    }
    assert {(one.track, page.figure) for page in pages for one in page.explanations} == told
    assert len({page.slug for page in pages}) == len(pages)


def test_a_figure_names_the_opportunities_it_was_counted_from_with_their_dates() -> None:
    made = site()
    ann = next(card for card in made.reps if card.rep == "Ann")
    page = rep_figures(made, places_of(made), ann)
    credited = next(one for one in page.explanations if one.definition.name == "Credited (done)")
    # A-1's four milestones and A-2's first; its third stands behind a skipped gate
    assert {entry.milestone: entry.value for entry in credited.entries}[""] == 5
    assert [one.id for one in credited.opportunities] == ["A-1", "A-2"]
    behind = credited.opportunities[0]
    assert [cell.completed_on for cell in behind.milestones] == [
        date(2026, 3, 2), date(2026, 3, 20), date(2026, 4, 15), date(2026, 5, 4),
    ]  # fmt: skip
    assert (behind.anchor, behind.label, behind.outcome) == ("opp-A-1", "Account A-1, Deal A-1", "won")


def test_a_reps_page_lists_no_colleagues_opportunity() -> None:
    made = site()
    for card in made.reps:
        page = rep_figures(made, places_of(made), card)
        assert {one.rep for one in page.opportunities} == {card.rep}


def test_what_was_put_right_is_told_with_the_opportunity() -> None:
    behind = {one.id: one for one in site().opportunities}
    assert [(one.kind, one.milestone) for one in behind["A-2"].repairs] == [("skipped", "Discovery")]
    assert behind["B-1"].outcome == "lost"
    assert behind["B-1"].closed_on == date(2026, 5, 29)
