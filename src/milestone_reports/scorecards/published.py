"""The figures that are kept of a week, so that later weeks can say what was said then.

Their names are what a store holds for years: none is ever given another meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from milestone_reports.history.snapshots import PublishedFigure
from milestone_reports.scorecards.pages import RepRow, RepScorecard, TeamSite, TeamTrack

NAMES: Mapping[str, str] = {
    "done": "milestones credited in the week",
    "target": "the weekly quota; none without one",
    "planned": "milestones planned for the week",
    "completed_of_planned": "of those planned, the completed",
    "credited_to_date": "milestones credited this fiscal year",
    "expected_to_date": "what the quota asks for by the day; none without one",
    "gap": "credited less expected; none without a quota",
    "milestones_this_year": "the fiscal year's quota; none without one",
    "contracts_to_date": "contracts signed this fiscal year, less the cancelled",
    "revenue_to_date": "their value; none where the target counts sales",
    "n_open": "open opportunities",
    "open_value": "their value; none where the target counts sales",
    "n_overdue": "of the open ones, those whose planned date has passed",
    "multiplier": "from ideal to required milestones, of the track",
}
"""What is kept of the team and of each rep on each track, in this order."""

Said = Mapping[str, float | None]
"""Figures by name."""


SET_BEFORE_THE_START = {"milestones_this_year", "multiplier"}
"""What a rep has before the first day; of all else there is no figure, rather than one of nothing."""


def published_figures(site: TeamSite) -> tuple[PublishedFigure, ...]:
    """What is kept of a week: of each track the team's figures, then its reps'."""
    cards = {card.rep: card for card in site.reps}
    return tuple(figure for track in site.rollup.tracks for figure in of_track(track, cards))


def of_track(track: TeamTrack, cards: Mapping[str, RepScorecard]) -> Iterator[PublishedFigure]:
    """The team's figures on a track, then those of each rep on it, by name; `cards` are the reps', by name."""
    name = track.card.track
    by_rep = {row.rep: _of_rep(row, cards[row.rep]) for row in track.reps}
    for rep, said in {"": _of_team(track, tuple(by_rep.values())), **dict(sorted(by_rep.items()))}.items():
        yield from (PublishedFigure(rep, name, figure, said[figure]) for figure in NAMES)


def is_still_to_start(row: RepRow, card: RepScorecard) -> bool:
    """Whether a rep's first day lies ahead and nothing is theirs yet."""
    is_ahead = card.started_on is not None and card.started_on > card.stamp.as_of
    return is_ahead and not (row.n_open or row.done or row.credited_to_date)


def _of_rep(row: RepRow, card: RepScorecard) -> Said:
    said = _all_of_rep(row, card)
    if not is_still_to_start(row, card):
        return said
    return {name: said[name] if name in SET_BEFORE_THE_START else None for name in NAMES}


def _all_of_rep(row: RepRow, card: RepScorecard) -> Said:
    own = next(track for track in card.tracks if track.track == row.track)
    in_money = own.quota is None or own.quota.target_is == "value"
    value = sum(one.value or 0.0 for one in card.open if one.track == row.track)
    return {
        "done": row.done,
        "target": row.target,
        "planned": row.planned,
        "completed_of_planned": row.completed_of_planned,
        "credited_to_date": row.credited_to_date,
        "expected_to_date": None if row.gap is None else row.expected_to_date,
        "gap": row.gap,
        "milestones_this_year": row.milestones_this_year,
        "contracts_to_date": row.contracts_to_date,
        "revenue_to_date": row.revenue_to_date if in_money else None,
        "n_open": row.n_open,
        "open_value": value if in_money else None,
        "n_overdue": row.n_overdue,
        "multiplier": own.multiplier.value,
    }


def _of_team(track: TeamTrack, reps: Sequence[Said]) -> Said:
    """Sums over the reps; pace and quota are the track's own, which say what of the team they count."""
    pace = track.card.pace
    return {
        **{name: _sum([said[name] for said in reps]) for name in NAMES},
        "target": track.weekly_target,
        "expected_to_date": None if pace.gap is None else pace.expected_to_date,
        "gap": pace.gap,
        "milestones_this_year": pace.milestones_this_year,
        "multiplier": track.card.multiplier.value,
    }


def _sum(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
