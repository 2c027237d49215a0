"""What must hold whatever earlier copies tell: the team is the sum of its reps, whoever earned what."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from arbitrary_histories import worked_teams
from arbitrary_teams import REPS, teams
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from milestone_reports.domain.opportunity import Opportunity, Outcome
from milestone_reports.domain.team import Team
from milestone_reports.history.remembering import as_remembered
from milestone_reports.history.snapshots import Past, Snapshot, identity
from milestone_reports.render.downloads import schema_bytes, scorecards_json
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.pages import TeamSite, TrackCard

few = settings(max_examples=20)
SCHEMA = Draft202012Validator(json.loads(schema_bytes()))
AS_OF = st.dates(date(2026, 1, 15), date(2027, 1, 15))
N_COPIES = 4
OWNERS = (*REPS, "Fay")
"""Fay has left: no workbook at hand names her."""


@st.composite
def with_pasts(draw: st.DrawFn) -> tuple[Team, date, Past]:
    """A team whose opportunities changed hands; in some workbooks a milestone before the last has only a stage."""
    made, as_of = draw(teams() | worked_teams()), draw(AS_OF)
    rows = [_with_stages(row) if draw(st.booleans()) else row for row in made.opportunities]
    taken = []
    for number in range(1, N_COPIES + 1):
        day = as_of - timedelta(weeks=3 * (N_COPIES + 1 - number))
        there = [_as_of(row, day, draw(st.sampled_from(OWNERS))) for row in rows if draw(st.integers(0, 5))]
        copies = {identity(row): row for row in there}
        taken.append(Snapshot(number, day, made.week_of(day), f"{day}.xlsx", made.tracks, copies))
    return replace(made, opportunities=tuple(rows)), as_of, Past(tuple(taken))


def _with_stages(row: Opportunity) -> Opportunity:
    entries = (
        entry._replace(completed_on=None, reached_undated=True) if entry.completed_on else entry
        for entry in row.entries[:-1]
    )
    return replace(row, entries=(*entries, row.entries[-1]))


def _as_of(row: Opportunity, day: date, rep: str) -> Opportunity:
    """The row as an earlier copy had it: nothing later, and of its stages some not yet."""
    n_reached = hash_of(row.id, day) % len(row.entries)
    entries = tuple(
        entry._replace(
            completed_on=entry.completed_on if entry.completed_on and entry.completed_on <= day else None,
            reached_undated=entry.reached_undated and place < n_reached,
        )
        for place, entry in enumerate(row.entries)
    )
    is_closed = row.closed_on is not None and row.closed_on <= day
    outcome, closed_on = (row.outcome, row.closed_on) if is_closed else (Outcome.OPEN, None)
    return replace(row, entries=entries, rep=rep, outcome=outcome, closed_on=closed_on)


def hash_of(id_: str, day: date) -> int:
    """Any number that is the same in every run."""
    return sum(map(ord, id_)) + day.toordinal() // 21


def parts_of(site: TeamSite) -> Iterator[tuple[TrackCard, list[TrackCard]]]:
    for track in site.rollup.tracks:
        yield (
            track.card,
            [own for card in site.reps for own in card.tracks if own.track == track.card.track],
        )


@few
@given(with_pasts())
def test_the_team_is_the_sum_of_its_reps_whoever_earned_what(made: tuple[Team, date, Past]) -> None:
    site = team_site(*made)
    for whole, parts in parts_of(site):
        for name in ("credited_to_date", "claimed_to_date", "filling_adds"):
            assert getattr(whole.pace, name) == sum(getattr(part.pace, name) for part in parts)
        for part in parts:
            assert part.pace.filling_adds >= part.pace.claimed_to_date
        for name in ("contracts_to_date", "cancelled", "revenue_to_date"):
            assert getattr(whole.sales, name) == pytest.approx(sum(getattr(part.sales, name) for part in parts))
        for index, milestone in enumerate(whole.by_milestone):
            assert milestone.credited == sum(part.by_milestone[index].credited for part in parts)
        for name in ("this_week", "last_week", "next_week"):
            week = getattr(site.rollup, name)
            for count in ("done", "claimed", "planned", "completed_of_planned", "beyond_plan", "carried_over"):
                assert getattr(week, count) == sum(getattr(getattr(card, name), count) for card in site.reps)
    assert site.rollup.n_open == sum(len(card.open) for card in site.reps)


@few
@given(with_pasts())
def test_what_became_of_a_milestone_adds_up_for_the_team_and_each_rep(made: tuple[Team, date, Past]) -> None:
    site = team_site(*made)
    # Names that the past alone remembers, with nothing in this year, have no card; the sums of their tracks keep them.
    gone = len(as_remembered(*made)[0].reps) - len(site.reps)
    for whole, parts in parts_of(site):
        for index, line in enumerate(whole.conversion):
            for name in ("reached", "moved_on", "lost_here", "presumed_lost_here", "open_here"):
                of_reps = sum(getattr(part.conversion[index], name) for part in parts)
                assert getattr(line, name) >= of_reps if gone else getattr(line, name) == of_reps
            for one in (line, *(part.conversion[index] for part in parts)):
                assert one.reached == one.moved_on + one.lost_here + one.presumed_lost_here + one.open_here


@few
@given(with_pasts())
def test_gates_of_the_last_year_add_up_and_name_as_many_opportunities(made: tuple[Team, date, Past]) -> None:
    site = team_site(*made)
    for card in site.reps:
        for own in card.tracks:
            told = {p.milestone: p for p in own.provenance if p.figure == "A rep's year at the gates"}
            for entry in own.coaching:
                assert len(told[entry.milestone].opportunities) == entry.decided
                for other in (e for team in site.reps for t in team.tracks for e in t.coaching if t.track == own.track):
                    if other.milestone == entry.milestone:
                        assert other.decided + other.rest.decided == entry.decided + entry.rest.decided


@few
@given(with_pasts())
def test_a_team_with_a_past_has_a_site_that_the_schema_knows(made: tuple[Team, date, Past]) -> None:
    assert SCHEMA.is_valid(json.loads(scorecards_json(team_site(*made))))
