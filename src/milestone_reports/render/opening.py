"""Where each figure of a page can be opened: the page that has its definition, its numbers and its opportunities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_reports.domain.slug import opportunity_anchor, slug
from milestone_reports.render.words.opened import entry_anchors, figure_anchor
from milestone_reports.scorecards.provenance.pages import of_rep_card, of_team_track

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from milestone_reports.scorecards.insights import Provenance
    from milestone_reports.scorecards.pages import RepScorecard, TeamRollup


@dataclass(frozen=True, slots=True)
class Opener:
    """The addresses of a page's figures, as seen from that page."""

    figures: Mapping[str, Mapping[str, tuple[str, ...]]]
    """By track, in the page's order: the figures that have a value, each with the milestones its values are of."""
    rep_slug: str = ""
    """The rep whose card it is; empty: the team's pages."""
    home: str = ""
    """From a team's page to the team's folder."""

    def href(self, figure: str, track: str, milestone: str = "") -> str:
        """Where a figure of a track is opened, at its value of one milestone if it has one; empty where it has none."""
        milestones = self.figures.get(track, {}).get(figure, ())
        if not milestones:
            return ""
        n_track = self._tracks_with(figure).index(track) + 1
        place = "" if self._is_of_team else figure_anchor(figure, n_track)
        if milestone and milestone in milestones:
            place = entry_anchors(figure, n_track, milestones)[milestones.index(milestone)]
        page = f"{self.home}figures/{slug(figure)}.html" if self._is_of_team else f"figures/{self.rep_slug}.html"
        return f"{page}#{place}" if place else page

    @property
    def _is_of_team(self) -> bool:
        return not self.rep_slug

    def _tracks_with(self, figure: str) -> list[str]:
        """The tracks that the page behind numbers: a team's page has those of its figure, a rep's all."""
        return [track for track, told in self.figures.items() if figure in told or not self._is_of_team]

    def opportunity(self, identity: str) -> str:
        """Where the dates and cells of an opportunity are: on the page behind its rep's card, or on the team's list."""
        page = f"figures/{self.rep_slug}.html" if self.rep_slug else f"{self.home}opportunities.html"
        return f"{page}#{opportunity_anchor(identity)}"


def card_opener(card: RepScorecard) -> Opener:
    """The figures of a rep's card."""
    all_tracks = tuple(of_rep_card(card))
    told = {track.track: milestones_of((*track.provenance, *all_tracks)) for track in card.tracks}
    return Opener(told, card.slug)


def team_opener(rollup: TeamRollup, home: str = "") -> Opener:
    """The figures of a team's pages."""
    told = {track.card.track: milestones_of((*track.card.provenance, *of_team_track(track))) for track in rollup.tracks}
    return Opener(told, home=home)


def milestones_of(entries: Iterable[Provenance]) -> Mapping[str, tuple[str, ...]]:
    """The milestones that each figure has values of, in the order of the page behind it; empty stands for the sum."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        found[entry.figure] = (*found.get(entry.figure, ()), entry.milestone)
    return found
