"""What `explain` tells of a figure: its definition, the numbers that went in, the opportunities and cells behind them.

Must not know how any of it is worded or printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.names import key, nearest, quoted
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Team
from milestone_reports.metrics.estimators.repairs import Kind, repairs
from milestone_reports.metrics.standing import Standing, State, by, standing
from milestone_reports.scorecards.compose import card_of
from milestone_reports.scorecards.definitions import FIGURES, figure_definition
from milestone_reports.scorecards.insights import Provenance
from milestone_reports.scorecards.pages import FigureDefinition, RepScorecard, TeamSite
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
class MilestoneCell:
    """When a milestone of an opportunity was completed, and the cell that says so."""

    milestone: str
    completed_on: date | None
    """None where it is not, or is dated after the day."""
    waived: bool
    cell: str
    """Empty where the workbook has none for it."""


@dataclass(frozen=True, slots=True)
class PutRight:
    """What was put right in an opportunity's dates before anything was counted."""

    kind: Kind
    milestone: str
    """Empty where it is about the loss."""


@dataclass(frozen=True, slots=True)
class OpportunityBehind:
    """An opportunity that a figure counts, with its dates and their cells."""

    id: str
    label: str
    rep: str
    value: float | None
    milestones: tuple[MilestoneCell, ...]
    outcome: str
    """As of the day: open, stalled or presumed lost where it is, won, cancelled, or the kind of lost."""
    closed_on: date | None
    cell: str
    """Its row."""
    repairs: tuple[PutRight, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure of one rep, or of the team, on one track."""

    definition: FigureDefinition
    team: str
    as_of: date
    rep: str
    """Empty: the team."""
    track: str
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


def explanations(team: Team, site: TeamSite, asked: Question) -> tuple[Explanation, ...]:
    """The answer, one a track.

    Raises: CannotGoOnError for a figure, rep, track or milestone that nobody knows.
    """
    card = card_of(site, asked.rep) if asked.rep else None
    tracks = _tracks(site, card, asked.track)
    if asked.milestone:
        asked = _with_milestone(site, tracks, asked)
    figure = figure_named(asked.figure, _figures_with_value(site, card, tracks))
    return tuple(_explanation(team, site, card, track, (figure, asked.milestone)) for track in tracks)


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


def _explanation(
    team: Team, site: TeamSite, card: RepScorecard | None, track: str, what: tuple[str, str]
) -> Explanation:
    figure, milestone = what
    asked_of = None if figure in OF_THE_TRACK else card
    every = _provenance(site, asked_of, track)
    entries = _of(every, figure, milestone)
    behind, counted_in = entries, ""
    if entries and figure in COUNTED_IN:
        counted_in = COUNTED_IN[figure]
        source = every if counted_in not in OF_THE_TRACK else _provenance(site, None, track)
        behind = _of(source, counted_in, milestone)
    ids = {one for entry in behind for one in entry.opportunities}
    return Explanation(
        definition=figure_definition(figure, FIGURES[figure]),
        team=team.name,
        as_of=site.stamp.as_of,
        rep=card.rep if card else "",
        track=track,
        of_the_track=card is not None and asked_of is None,
        entries=entries,
        part_of="" if entries else PART_OF.get(figure, ""),
        counted_in=counted_in if ids else "",
        opportunities=tuple(_behind(team, site, ids)),
    )


def _of(every: Iterable[Provenance], figure: str, milestone: str) -> tuple[Provenance, ...]:
    return tuple(e for e in every if e.figure == figure and (not milestone or e.milestone == milestone))


def _behind(team: Team, site: TeamSite, ids: set[str]) -> Iterator[OpportunityBehind]:
    slow = {one.id: "presumed lost" if one.presumed_lost else "stalled" for one in site.rollup.stalled}
    for opportunity in team.opportunities:
        if opportunity.id in ids:
            yield _opportunity(team, opportunity, site.stamp.as_of, slow.get(opportunity.id, ""))


def _opportunity(team: Team, opportunity: Opportunity, as_of: date, slow: str) -> OpportunityBehind:
    names = [milestone.name for milestone in team.track(opportunity.track).milestones]
    stands = standing(opportunity, as_of)
    put_right = repairs(
        [entry.completed_on for entry in opportunity.entries],
        opportunity.closed_on,
        says_lost=opportunity.outcome.is_lost,
        as_of=as_of,
    )
    return OpportunityBehind(
        id=opportunity.id,
        label=opportunity.label,
        rep=opportunity.rep,
        value=opportunity.value,
        milestones=tuple(_cells(opportunity, names, as_of)),
        outcome=_outcome(opportunity, stands, slow),
        closed_on=stands.closed_on,
        cell=opportunity.row.address if opportunity.row else "",
        repairs=tuple(PutRight(one.kind, names[one.milestone - 1] if one.milestone else "") for one in put_right),
    )


def _outcome(opportunity: Opportunity, stands: Standing, slow: str) -> str:
    if stands.state is State.LOST:
        return opportunity.outcome.value
    if stands.cancelled:
        return "cancelled"
    return f"{stands.state.value}, {slow}" if slow else stands.state.value


def _cells(opportunity: Opportunity, names: Sequence[str], as_of: date) -> Iterator[MilestoneCell]:
    for place, (name, entry) in enumerate(zip(names, opportunity.entries, strict=True)):
        cell = opportunity.cell(place)
        completed_on = by(entry.completed_on, as_of)
        yield MilestoneCell(name, completed_on, entry.waived, cell.address if cell and cell.column else "")
