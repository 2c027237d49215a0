"""From a team to all that its pages say: measured once, so that all pages agree."""

from __future__ import annotations

from collections import Counter
from datetime import date

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.names import key, nearest, person_key, quoted
from milestone_reports.domain.team import Team
from milestone_reports.metrics.conversion import cohort
from milestone_reports.scorecards.book import Frame, books
from milestone_reports.scorecards.checks import data_checks
from milestone_reports.scorecards.definitions import definitions
from milestone_reports.scorecards.figures import Conversion
from milestone_reports.scorecards.pages import RepScorecard, TeamSite
from milestone_reports.scorecards.rep_card import rep_scorecard, stamp
from milestone_reports.scorecards.rollup import team_rollup
from milestone_reports.scorecards.track_card import conversion_of


def team_site(team: Team, as_of: date) -> TeamSite:
    """All pages of a team as of a day."""
    frame = Frame(team, as_of)
    page_stamp = stamp(frame)
    by_rep = {rep: of_rep for rep, of_rep in books(team, as_of).items() if of_rep}
    conversion = _conversion(team, as_of)
    n_reps = Counter(book.track.name for of_rep in by_rep.values() for book in of_rep if book.pairs)
    cards = {rep: rep_scorecard(page_stamp, of_rep, conversion, n_reps) for rep, of_rep in by_rep.items()}
    return TeamSite(
        stamp=page_stamp,
        rollup=team_rollup(frame, page_stamp, by_rep, conversion, cards),
        reps=tuple(cards.values()),
        checks=data_checks(team, page_stamp),
        definitions=definitions(team, page_stamp),
    )


def _conversion(team: Team, as_of: date) -> dict[str, tuple[Conversion, ...]]:
    months = team.settings.conversion_months
    return {
        track.name: conversion_of(
            cohort([o for o in team.opportunities if o.track == track.name], track.n_milestones, as_of, months), track
        )
        for track in team.tracks
    }


def card_of(site: TeamSite, name: str) -> RepScorecard:
    """The card of the rep of that name, in whatever case, spacing, accents or order it is written.

    Raises: CannotGoOnError for a name that nobody has.
    """
    known = {person_key(card.rep): card for card in site.reps}
    card = known.get(person_key(name))
    if card:
        return card
    names = [card.rep for card in site.reps]
    near = nearest(name, names) or next((known for known in names if key(name) and key(name) in key(known)), None)
    remedy = f"write {quoted(near)} if that is meant" if near else f"write one of {', '.join(map(quoted, names[:8]))}"
    raise CannotGoOnError(f"{site.stamp.workbook}: {quoted(name)} is no rep there. Fix: {remedy}.")
