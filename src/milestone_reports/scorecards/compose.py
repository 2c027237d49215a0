"""From a team to all that its pages say: measured once, so that all pages agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.memory import uncollected
from milestone_reports.domain.names import key, nearest, person_key, quoted
from milestone_reports.domain.team import Team
from milestone_reports.domain.visible import visible
from milestone_reports.history.remembering import as_remembered
from milestone_reports.history.snapshots import NO_PAST, Past
from milestone_reports.scorecards.book import Frame, books
from milestone_reports.scorecards.changed import with_changes
from milestone_reports.scorecards.checks import data_checks
from milestone_reports.scorecards.definitions import definitions
from milestone_reports.scorecards.faded import faded, without
from milestone_reports.scorecards.learned.track import TrackHistory
from milestone_reports.scorecards.pages import RepScorecard, TeamSite
from milestone_reports.scorecards.provenance.opportunities import opportunities_behind
from milestone_reports.scorecards.rep_card import rep_scorecard, stamp
from milestone_reports.scorecards.rollup import team_rollup

MOST_NAMED = 8
"""Of those who have a card, where somebody is asked for who has none."""


@uncollected()
def team_site(team: Team, as_of: date, past: Past = NO_PAST) -> TeamSite:
    """All pages of a team as of a day, with what its earlier workbooks said."""
    named = {rep.name for rep in team.reps}
    team, past = as_remembered(team, as_of, past)
    frame = Frame(team, as_of, past)
    page_stamp = stamp(frame)
    by_rep = {rep: of_rep for rep, of_rep in books(frame).items() if of_rep}
    every = [book for of_rep in by_rep.values() for book in of_rep]
    histories = {
        track.name: TrackHistory(frame, track, of_track)
        for track in team.tracks
        if (of_track := [book for book in every if book.track is track])
    }
    cards = {rep: rep_scorecard(page_stamp, of_rep, histories) for rep, of_rep in by_rep.items()}
    gone = faded(named, by_rep, cards)
    shown = {rep: card for rep, card in cards.items() if rep not in gone}
    rollup, told = with_changes(frame, without(team_rollup(frame, page_stamp, by_rep, histories, cards), gone), shown)
    with_cards = replace(team, reps=tuple(rep for rep in team.reps if rep.name not in gone))
    return TeamSite(
        stamp=page_stamp,
        rollup=rollup,
        reps=told,
        checks=data_checks(team, page_stamp),
        definitions=definitions(team, page_stamp),
        opportunities=tuple(opportunities_behind(with_cards, as_of, rollup.stalled)),
    )


def card_of(site: TeamSite, name: str) -> RepScorecard:
    """The card of the rep of that name, in whatever case, spacing, accents or order it is written.

    Raises: CannotGoOnError for a name that nobody has.
    """
    known = {person_key(card.rep): card for card in site.reps}
    card = known.get(person_key(visible(name)))
    if card:
        return card
    names = [card.rep for card in site.reps]
    near = nearest(name, names) or next((known for known in names if key(name) and key(name) in key(known)), None)
    others = f", or one of {len(names) - MOST_NAMED:,} others" if len(names) > MOST_NAMED else ""
    one_of = f"write one of {', '.join(map(quoted, names[:MOST_NAMED]))}{others}"
    remedy = f"write {quoted(near)} if that is meant" if near else one_of
    raise CannotGoOnError(f"{site.stamp.workbook}: {quoted(name)} is no rep there. Fix: {remedy}.")
