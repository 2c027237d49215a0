"""Names that earlier copies of the workbook alone remember, and that have nothing in this year: they get no card.

Mostly it is a slip of spelling that was put right. What such a name did stays in the sums of its track.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from milestone_reports.scorecards.book import TrackBook
from milestone_reports.scorecards.pages import RepScorecard, TeamRollup, TeamTrack


def faded(
    named: Collection[str], books: Mapping[str, Sequence[TrackBook]], cards: Mapping[str, RepScorecard]
) -> frozenset[str]:
    """Whoever is not among those `named` in the workbook, and has nothing open and nothing completed this year.

    Not where nobody else is on a track: it would stand there without a row.
    """
    gone = {
        rep
        for rep, of_rep in books.items()
        if rep not in named and not cards[rep].open and not any(map(_has_this_year, of_rep))
    }
    held = {book.track.name for rep, of_rep in books.items() if rep not in gone for book in of_rep}
    return frozenset(rep for rep in gone if held.issuperset(book.track.name for book in books[rep]))


def _has_this_year(book: TrackBook) -> bool:
    return bool(book.credited_this_year or book.claimed_this_year)


def without(rollup: TeamRollup, names: Collection[str]) -> TeamRollup:
    """The team's page without the rows of these names."""
    if not names:
        return rollup
    return replace(rollup, tracks=tuple(_without(track, names) for track in rollup.tracks))


def _without(track: TeamTrack, names: Collection[str]) -> TeamTrack:
    rows = tuple(row for row in track.reps if row.rep not in names)
    coaching = tuple(entry for entry in track.card.coaching if entry.rep not in names)
    return replace(
        track,
        card=replace(track.card, coaching=coaching),
        reps=rows,
        n_reps=len(rows),
        next_week=tuple(row for row in track.next_week if row.rep not in names),
    )
