"""What changed, for the team's page and for each rep's card: history's comparisons beside the published figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from milestone_reports.domain.names import person_key
from milestone_reports.history.changes import Change, Flow, WhatChanged
from milestone_reports.history.restating import restated_weeks
from milestone_reports.history.rewriting import rewritten
from milestone_reports.history.what_changed import TeamChanges, team_changes
from milestone_reports.scorecards.book import Frame
from milestone_reports.scorecards.pages import RepScorecard, TeamRollup
from milestone_reports.scorecards.published import of_track
from milestone_reports.scorecards.since import ChangesOfRep, ChangesOfTeam, RepFlow
from milestone_reports.scorecards.trends import Trends


def with_changes(
    frame: Frame, rollup: TeamRollup, cards: Mapping[str, RepScorecard]
) -> tuple[TeamRollup, tuple[RepScorecard, ...]]:
    """The team's page and the cards, by rep, with what changed put in."""
    published = [figure for track in rollup.tracks for figure in of_track(track, cards)]
    slugs = {rep: card.slug for rep, card in cards.items()}
    found = Changed(frame, team_changes(frame.team, frame.as_of, frame.past), Trends(frame, published, slugs))
    told = {rep: replace(card, changes=found.of_rep(card)) for rep, card in cards.items()}
    return replace(rollup, changes=found.of_team(rollup, told)), tuple(told.values())


@dataclass(frozen=True, slots=True)
class Changed:
    """What history found, to be told to the team and to each rep."""

    frame: Frame
    changes: TeamChanges | None
    trends: Trends

    def of_team(self, rollup: TeamRollup, cards: Mapping[str, RepScorecard]) -> ChangesOfTeam:
        """What the team's pages say; `cards` are told already, by rep."""
        team, as_of, past = self.frame.team, self.frame.as_of, self.frame.past
        restated = restated_weeks(team, as_of, past)
        return ChangesOfTeam(
            since=self.changes.of_team if self.changes else None,
            by_rep=tuple(
                RepFlow(rep, card.slug, card.changes.since.flow)
                for rep, card in sorted(cards.items())
                if card.changes.since and has_anything(card.changes.since.flow)
            ),
            set_anew=tuple(self.trends.set_anew()),
            rewritten=rewritten(team, as_of, past),
            restated=tuple(sorted(restated, key=lambda week: week.first_on, reverse=True)),
            grace_days=team.settings.late_entry_grace,
            weeks=self.trends.weeks(),
            trends=tuple(
                trend
                for track in rollup.tracks
                for rep in ("", *sorted(row.rep for row in track.reps))
                for trend in self.trends.of(rep, track.card.track)
            ),
        )

    def of_rep(self, card: RepScorecard) -> ChangesOfRep:
        """What a rep's card says: nothing that is a colleague's, nor a colleague's name."""
        tracks = [track.track for track in card.tracks]
        shown = {one.id for one in self.frame.team.opportunities if one.rep == card.rep}
        return ChangesOfRep(
            since=without_colleagues(self.changes.of(card.rep), card.rep, shown) if self.changes else None,
            set_anew=tuple(one for one in self.trends.set_anew() if one.track in tracks and one.rep in {"", card.rep}),
            weeks=self.trends.weeks(),
            trends=tuple(trend for track in tracks for trend in self.trends.of(card.rep, track)),
        )


def without_colleagues(since: WhatChanged, rep: str, shown: Collection[str]) -> WhatChanged:
    """What changed as its rep may read it: where something changed hands, the other's name stands empty.

    `shown` are the opportunities that the page behind the card has: no others are addressed there.
    """
    return replace(since, changes=tuple(_of_own(change, rep, shown) for change in since.changes))


def _of_own(change: Change, rep: str, shown: Collection[str]) -> Change:
    own = replace(change, rep=rep, anchor=change.anchor if change.opportunity_id in shown else "")
    if change.kind != "reassigned":
        return own
    if person_key(str(change.now)) == person_key(rep):
        return replace(own, was="", now=rep)
    # What it is worth by now is the colleague's.
    return replace(own, was=rep, now="", value=None)


def has_anything(flow: Flow) -> bool:
    """Whether a rep had or has something open, or won or lost something."""
    amounts = (flow.start, flow.end, flow.new, flow.moved_in, flow.won_unlisted, flow.lost_unlisted)
    return any(amount.n for amount in amounts)
