"""Where each figure of a page can be opened: the page that has its definition, its numbers and its opportunities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_reports.domain.slug import opportunity_anchor, slug
from milestone_reports.render.words.opened import figure_anchor
from milestone_reports.scorecards.provenance.pages import of_rep_card, of_team_track

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milestone_reports.scorecards.pages import RepScorecard, TeamRollup


@dataclass(frozen=True, slots=True)
class Opener:
    """The addresses of a page's figures, as seen from that page."""

    figures: Mapping[str, frozenset[str]]
    """By track, in the page's order: the figures that have a value."""
    rep_slug: str = ""
    """The rep whose card it is; empty: the team's pages."""
    home: str = ""
    """From a team's page to the team's folder."""

    def href(self, figure: str, track: str) -> str:
        """Where a figure of a track is opened; empty where it has no value."""
        if figure not in self.figures.get(track, ()):
            return ""
        if not self.rep_slug:
            return f"{self.home}figures/{slug(figure)}.html"
        return f"figures/{self.rep_slug}.html#{figure_anchor(figure, list(self.figures).index(track) + 1)}"

    def opportunity(self, identity: str) -> str:
        """Where the dates and cells of an opportunity are: on the page behind its rep's card, or on the team's list."""
        page = f"figures/{self.rep_slug}.html" if self.rep_slug else f"{self.home}opportunities.html"
        return f"{page}#{opportunity_anchor(identity)}"


def card_opener(card: RepScorecard) -> Opener:
    """The figures of a rep's card."""
    all_tracks = [entry.figure for entry in of_rep_card(card)]
    told = {
        track.track: frozenset([*(entry.figure for entry in track.provenance), *all_tracks]) for track in card.tracks
    }
    return Opener(told, card.slug)


def team_opener(rollup: TeamRollup, home: str = "") -> Opener:
    """The figures of a team's pages."""
    told = {
        track.card.track: frozenset(entry.figure for entry in (*track.card.provenance, *of_team_track(track)))
        for track in rollup.tracks
    }
    return Opener(told, home=home)
