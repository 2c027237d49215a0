"""Each rep's forecast as it is worked out, also where the rep's card may not show it (method.md §7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from milestone_reports.domain.team import Team
from milestone_reports.scorecards.book import Frame, books
from milestone_reports.scorecards.insights import Forecast
from milestone_reports.scorecards.learned.track import TrackHistory


def forecasts_of_each(made: Team, as_of: date) -> Mapping[tuple[str, str], tuple[Forecast, ...]]:
    """To the month's, quarter's and year's end, by rep and track."""
    frame = Frame(made, as_of)
    every = [book for of_rep in books(frame).values() for book in of_rep]
    found: dict[tuple[str, str], tuple[Forecast, ...]] = {}
    for track in made.tracks:
        of_track = [book for book in every if book.track is track]
        if of_track:
            outlook = TrackHistory(frame, track, of_track).outlook
            found |= {(book.rep.name, track.name): outlook.of_rep(book) for book in of_track}
    return found
