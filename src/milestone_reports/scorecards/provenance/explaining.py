"""What `explain` tells of a figure: its definition, the numbers that went in, the opportunities and cells behind them.

Must not know how any of it is worded or printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.names import key, nearest, quoted
from milestone_reports.scorecards.compose import card_of
from milestone_reports.scorecards.definitions import FIGURES, figure_definition
from milestone_reports.scorecards.insights import Provenance
from milestone_reports.scorecards.pages import FigureDefinition, RepScorecard, TeamSite
from milestone_reports.scorecards.provenance.opportunities import OpportunityBehind
from milestone_reports.scorecards.provenance.pages import of_rep_card, of_team_track

COUNTED_IN = {
    "Attainment": "Credited (done)",
    "On pace": "Credited (done)",
    "Required run rate": "Credited (done)",
    "To finish the year": "Credited (done)",
    "Expected rate": "Reached",
    "Stage quotas": "Decided, by milestone",
    "Value at stake": "A rep's year at the gates",
}
"""Figures that are computed from another: the opportunities behind them are that one's."""

PART_OF = {
    "Gate rate": "Multiplier, set",
    "Repairs": "the dates of the opportunities behind a figure, where it is noted beside each",
    "Curve of a gate": "Expected rate",
    "Likely range": "Rate to the sale, so far",
    "Win curves": "Forecast",
    "Reach curves": "Expected milestones",
    "Chance of an open opportunity": "Forecast",
    "Worth of a new start": "Forecast",
    "Likely range of a forecast": "Forecast",
    "Rates of the stage quotas": "What-if",
}
"""Figures without a value of their own on any page, and the one that each goes into."""

OF_THE_TRACK = frozenset(
    {"Multiplier, measured", "Multiplier, set", "Decided, by milestone", "Gate rate", "Time to advance"}
)
"""The whole team's figures, which a rep's card repeats."""

N_NEAREST = 3
SHORTEST_WORD = 4
"""Shorter ones, such as 'the', are in too many names to tell anything."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be explained; empty texts ask for all."""

    figure: str
    rep: str = ""
    track: str = ""
    milestone: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure of one rep, or of the team, on one track."""

    definition: FigureDefinition  #: what the figure is
    team: str  #: its name
    as_of: date  #: the day that it stands for
    rep: str
    """Empty: the team."""
    track: str  #: which
    of_the_track: bool
    """The team's figure, whichever rep was asked for."""
    entries: tuple[Provenance, ...]
    """None where the figure has no value here: the definition says when that is so."""
    part_of: str
    """The figure that it goes into, where it has no value of its own on any page."""
    counted_in: str
    """The figure whose opportunities these are, where it is another."""
    opportunities: tuple[OpportunityBehind, ...]
    """In the workbook's order, each once."""


def explanations(site: TeamSite, asked: Question) -> tuple[Explanation, ...]:
    """The answer, one a track.

    Raises: CannotGoOnError for a figure, rep, track or milestone that nobody knows.
    """
    card = card_of(site, asked.rep) if asked.rep else None
    tracks = _tracks(site, card, asked.track)
    if asked.milestone:
        asked = _with_milestone(site, tracks, asked)
    figure = figure_named(asked.figure, _figures_with_value(site, card, tracks))
    places = places_of(site)
    sources = (_Source(site, places, card, track, for_the_manager=True) for track in tracks)
    return tuple(_explanation(source, figure, asked.milestone) for source in sources)


def places_of(site: TeamSite) -> Mapping[str, int]:
    """Where each opportunity stands in the workbook's order, by its id."""
    return {one.id: place for place, one in enumerate(site.opportunities)}


def every_explanation(site: TeamSite, places: Mapping[str, int], card: RepScorecard | None) -> Iterator[Explanation]:
    """Of each track, every figure that has a value: of a rep, as the rep may read it, or of the team."""
    for track in _tracks(site, card, ""):
        source = _Source(site, places, card, track)
        yield from (_explanation(source, figure, "") for figure in FIGURES if source.has(figure))


def figure_named(name: str, with_value: Sequence[str] = ()) -> str:
    """The figure of that name in any case and spacing, or that starts so, or that is spelt most like it.

    Where several start so, it is the only one among `with_value`.

    Raises: CannotGoOnError where none or several could be meant.
    """
    by_key = {key(figure): figure for figure in FIGURES}
    if key(name) in by_key:
        return by_key[key(name)]
    starting = [figure for known, figure in by_key.items() if key(name) and known.startswith(key(name))]
    told = [figure for figure in starting if figure in with_value]
    if len(starting) == 1 or len(told) == 1:
        return (told or starting)[0]
    if starting:
        raise CannotGoOnError(
            f"{quoted(name)} is the start of {len(starting)} figures. Fix: write one of {_listed(starting)}."
        )
    if near := nearest(name, FIGURES):
        return near
    alike = _with_a_word_of(name)
    remedy = f"write one of {_listed(alike)}, or" if alike else "write"
    unknown = f"{quoted(name)} is no figure of the Definitions page."
    raise CannotGoOnError(f"{unknown} Fix: {remedy} --list for the names of all {len(FIGURES)}.")


def _with_a_word_of(name: str) -> list[str]:
    """Figures that have a word of the name: those spelt a little like it would only mislead."""
    words = [key(word) for word in name.split() if len(word) >= SHORTEST_WORD]
    return [figure for figure in FIGURES if any(word in key(figure) for word in words)][:N_NEAREST]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(quoted(name) for name in names)


def _tracks(site: TeamSite, card: RepScorecard | None, name: str) -> tuple[str, ...]:
    """The tracks asked for: those of the rep, or of the team."""
    known = [track.track for track in card.tracks] if card else [track.card.track for track in site.rollup.tracks]
    if not name:
        return tuple(known)
    for track in known:
        if key(track) == key(name):
            return (track,)
    whose = f"a track of {card.rep}" if card else "a track there"
    raise CannotGoOnError(f"{site.stamp.workbook}: {quoted(name)} is not {whose}. Fix: write one of {_listed(known)}.")


def _with_milestone(site: TeamSite, tracks: Sequence[str], asked: Question) -> Question:
    """The question with the milestone's name as the workbook spells it."""
    known = dict.fromkeys(m for track in site.definitions.tracks if track.track in tracks for m in track.milestones)
    for milestone in known:
        if key(milestone) == key(asked.milestone):
            return Question(asked.figure, asked.rep, asked.track, milestone)
    raise CannotGoOnError(
        f"{site.stamp.workbook}: {quoted(asked.milestone)} is no milestone there. Fix: write one of {_listed(known)}."
    )


def _figures_with_value(site: TeamSite, card: RepScorecard | None, tracks: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(entry.figure for track in tracks for entry in _provenance(site, card, track)))


def _provenance(site: TeamSite, card: RepScorecard | None, track: str) -> tuple[Provenance, ...]:
    """Of one rep on a track, or of the team: the card's, and of what stands on the page beside it."""
    if card is None:
        return next((*t.card.provenance, *of_team_track(t)) for t in site.rollup.tracks if t.card.track == track)
    return next((*one.provenance, *of_rep_card(card)) for one in card.tracks if one.track == track)


@dataclass(frozen=True)
class _Source:
    """What is known of the figures of one rep on a track, or of the team."""

    site: TeamSite
    places: Mapping[str, int]
    card: RepScorecard | None
    track: str
    for_the_manager: bool = False
    """Whoever asks may see the whole team's figures, also those that a rep's own page may not tell."""

    @cached_property
    def team(self) -> tuple[Provenance, ...]:
        """The team's figures on the track."""
        return _provenance(self.site, None, self.track)

    @cached_property
    def own(self) -> tuple[Provenance, ...]:
        """The figures of the one who was asked for."""
        return self.team if self.card is None else _provenance(self.site, self.card, self.track)

    def of(self, figure: str) -> tuple[Provenance, ...]:
        """Where a figure is: to a manager the track's own are the team's, whoever was asked for."""
        return self.team if self.for_the_manager and figure in OF_THE_TRACK else self.own

    def has(self, figure: str) -> bool:
        """Whether a figure has a value here."""
        return any(entry.figure == figure for entry in self.of(figure))


def _explanation(source: _Source, figure: str, milestone: str) -> Explanation:
    entries = _of(source.of(figure), figure, milestone)
    behind, counted_in = entries, ""
    if entries and figure in COUNTED_IN:
        counted_in = COUNTED_IN[figure]
        behind = _of(source.of(counted_in), counted_in, milestone)
    places = {source.places[one] for entry in behind for one in entry.opportunities}
    return Explanation(
        definition=figure_definition(figure, FIGURES[figure]),
        team=source.site.stamp.team,
        as_of=source.site.stamp.as_of,
        rep=source.card.rep if source.card else "",
        track=source.track,
        of_the_track=source.card is not None and figure in OF_THE_TRACK,
        entries=entries,
        part_of="" if entries else PART_OF.get(figure, ""),
        counted_in=counted_in if places else "",
        opportunities=tuple(source.site.opportunities[place] for place in sorted(places)),
    )


def _of(every: Iterable[Provenance], figure: str, milestone: str) -> tuple[Provenance, ...]:
    return tuple(e for e in every if e.figure == figure and (not milestone or e.milestone == milestone))
