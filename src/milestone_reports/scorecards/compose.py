"""From a team to all that its pages say: measured once, so that all pages agree."""

from __future__ import annotations

from datetime import date

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.memory import uncollected
from milestone_reports.domain.names import key, nearest, person_key, quoted
from milestone_reports.domain.team import Team
from milestone_reports.history.remembering import as_remembered
from milestone_reports.history.snapshots import NO_PAST, Past
from milestone_reports.scorecards.book import Frame, books
from milestone_reports.scorecards.changed import with_changes
from milestone_reports.scorecards.checks import data_checks
from milestone_reports.scorecards.definitions import definitions
from milestone_reports.scorecards.learned.track import TrackHistory
from milestone_reports.scorecards.pages import RepScorecard, TeamSite
from milestone_reports.scorecards.provenance.opportunities import opportunities_behind
from milestone_reports.scorecards.rep_card import rep_scorecard, stamp
from milestone_reports.scorecards.rollup import team_rollup


@uncollected()
def team_site(team: Team, as_of: date, past: Past = NO_PAST) -> TeamSite:
    """All pages of a team as of a day, with what its earlier workbooks said."""
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
    rollup, told = with_changes(frame, team_rollup(frame, page_stamp, by_rep, histories, cards), cards)
    return TeamSite(
        stamp=page_stamp,
        rollup=rollup,
        reps=told,
        checks=data_checks(team, page_stamp),
        definitions=definitions(team, page_stamp),
        opportunities=tuple(opportunities_behind(team, as_of, rollup.stalled)),
    )


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
