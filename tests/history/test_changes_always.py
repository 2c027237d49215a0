"""What always holds of changes: they add up, nothing comes of nothing, and the order of rows does not matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from math import fsum

import pytest
from arbitrary_copies import histories
from hypothesis import given
from hypothesis import strategies as st
from weekly_copies import copy, end_count, end_value, past

from milestone_reports.domain.names import person_key
from milestone_reports.domain.team import Team
from milestone_reports.history.changes import Amount, Flow
from milestone_reports.history.restating import restated_weeks
from milestone_reports.history.rewriting import rewritten
from milestone_reports.history.snapshots import Past, Snapshot
from milestone_reports.history.what_changed import TeamChanges, team_changes

History = tuple[Team, date, Past]
MOVES = {"moved_in", "moved_out"}


def found_in(history: History) -> TeamChanges:
    found = team_changes(*history)
    assert found is not None
    return found


def exactly(amount: float) -> object:
    return pytest.approx(amount, rel=1e-9, abs=1e-6)


@given(histories())
def test_start_and_what_came_less_what_went_is_the_end(history: History) -> None:
    found = found_in(history)
    for one in (found.of_team, *found.by_person.values()):
        assert end_count(one.flow) == one.flow.end.n
        assert end_value(one.flow) == exactly(one.flow.end.value)


@given(histories())
def test_the_reps_flows_sum_to_the_teams_but_for_what_moved_among_them(history: History) -> None:
    found = found_in(history)
    flows = [one.flow for one in found.by_person.values()]
    for field in fields(Flow):
        whole = getattr(found.of_team.flow, field.name)
        parts = [getattr(flow, field.name) for flow in flows]
        if field.name in MOVES:
            assert whole == Amount()
        elif field.name == "revalued":
            assert fsum(parts) == exactly(whole)
        else:
            assert sum(part.n for part in parts) == whole.n
            assert fsum(part.value for part in parts) == exactly(whole.value)
    assert sum(flow.moved_in.n for flow in flows) == sum(flow.moved_out.n for flow in flows)


@given(histories())
def test_the_list_has_as_many_of_each_kind_as_the_flow_counts(history: History) -> None:
    found = found_in(history)
    for person, one in [("", found.of_team), *found.by_person.items()]:
        own = [change for change in one.changes if person in {"", person_key(change.rep)}]
        listed = Counter(change.kind for change in own)
        flow = one.flow
        assert listed["new"] == flow.new.n
        assert listed["reopened"] == flow.reopened.n
        assert listed["undated"] == flow.undated.n
        assert listed["won"] == flow.won.n + flow.won_unlisted.n
        assert listed["lost"] == flow.lost.n + flow.lost_unlisted.n
        assert sum(change.kind == "removed" and change.was == "open" for change in own) == flow.removed.n


@given(histories())
def test_each_change_is_told_to_whoever_has_the_opportunity_and_a_move_to_both(history: History) -> None:
    found = found_in(history)
    by_person = sum(len(one.changes) for one in found.by_person.values())
    n_moves = sum(change.kind == "reassigned" for change in found.of_team.changes)
    assert by_person == len(found.of_team.changes) + n_moves


@given(histories())
def test_a_copy_beside_itself_has_no_change(history: History) -> None:
    team, _, before = history
    last = before.last
    assert last is not None
    same = replace(team, tracks=last.tracks, opportunities=tuple(last.opportunities.values()))
    found = found_in((same, last.as_of, before))
    assert found.of_team.changes == ()
    flow = found.of_team.flow
    moved = {getattr(flow, field.name) for field in fields(Flow)} - {flow.start, flow.end}
    assert flow.start == flow.end
    assert moved <= {Amount(), 0.0}
    assert rewritten(same, last.as_of, before) == ()
    assert [week for week in restated_weeks(same, last.as_of, past(last)) if week.rows] == []


def shuffled(copies: Iterable[Snapshot], draw: st.DataObject) -> Past:
    return past(
        *(
            copy(one.as_of, draw.draw(st.permutations(list(one.opportunities.values()))), tracks=one.tracks)
            for one in copies
        )
    )


@given(histories(), st.data())
def test_the_order_of_rows_does_not_matter(history: History, data: st.DataObject) -> None:
    team, as_of, before = history
    other = replace(team, opportunities=tuple(data.draw(st.permutations(team.opportunities))))
    mixed = shuffled(before.taken, data)
    assert found_in((other, as_of, mixed)) == found_in(history)
    assert rewritten(other, as_of, mixed) == rewritten(*history)
    assert restated_weeks(other, as_of, mixed) == restated_weeks(*history)


@given(histories())
def test_a_restated_week_is_what_was_published_and_its_rows(history: History) -> None:
    for week in restated_weeks(*history):
        assert week.published + sum(row.counts for row in week.rows) == week.now
        assert len({(row.opportunity_id.casefold(), row.milestone, row.counts) for row in week.rows}) == len(week.rows)


@given(histories())
def test_nobody_is_accused_by_a_date_that_was_observed_or_waived(history: History) -> None:
    team, as_of, before = history
    blameless = {
        (one.id, milestone.name)
        for one in team.opportunities
        for entry, milestone in zip(one.entries, team.track(one.track).milestones, strict=True)
        if entry.observed or entry.waived
    }
    assert not blameless & {(line.opportunity_id, line.milestone) for line in rewritten(team, as_of, before)}
    accused = {"entered late", "date changed", "withdrawn"}
    for week in restated_weeks(team, as_of, before):
        told = {(row.opportunity_id, row.milestone) for row in week.rows if row.why in accused and row.counts == 1}
        assert not blameless & told
