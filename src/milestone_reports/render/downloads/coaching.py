"""The table of every rep at every gate beside the rest of the team, ranked on the pages, here in the reps' order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from milestone_reports.render.downloads.csv import Row, Table, rate_cells, rate_columns
from milestone_reports.scorecards.insights import Coaching
from milestone_reports.scorecards.pages import TeamSite


def coaching_tables(site: TeamSite) -> Mapping[str, Table]:
    """The tables by name."""
    return {"coaching": Table(COACHING, tuple(_coaching(site)))}


COACHING = (
    "rep", "track", "milestone", "next_milestone", *rate_columns("to_next"), *rate_columns("rest_to_next"),
    "shrunken", "spread", "chance_below", "waiting", "entered_a_year", "contracts", "money", "ending",
)  # fmt: skip


def _coaching(site: TeamSite) -> Iterator[Row]:
    for card in site.reps:
        for track in card.tracks:
            yield from map(_entry, track.coaching)


def _entry(entry: Coaching) -> Row:
    return (
        entry.rep, entry.track, entry.milestone, entry.next_milestone, *rate_cells(entry.rate),
        *rate_cells(entry.rest), entry.shrunken, entry.spread, entry.chance_below, entry.waiting,
        entry.entered_a_year, entry.contracts, entry.money, entry.ending,
    )  # fmt: skip
