"""What workbooks say of opportunities, each state once: as rows of the tables, and back.

A row of a workbook and its columns belong to a snapshot, not to a state.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any

from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome

Stored = str | int | float | bytes | None
Row = tuple[Stored, ...]
State = tuple[Row, tuple[Row, ...]]
"""An opportunity's columns, and those of each milestone of which anything is said, its place first."""

COLUMNS = (
    "opportunity_id", "name", "account", "owner", "track", "source", "value", "created_on", "outcome", "closed_on",
    "lost_reason", "n_milestones",
)  # fmt: skip
MILESTONE_COLUMNS = ("place", "planned_on", "completed_on", "evidence", "waived", "reached_undated")
NOTHING_SAID = MilestoneEntry()

OUTCOMES = {outcome.value: outcome for outcome in Outcome}

OF_TEAM = "team_id = ?"
OF_SNAPSHOT = "id IN (SELECT state_id FROM snapshot_opportunity WHERE snapshot_id = ?)"


def digest(content: object) -> bytes:
    """What tells this content from all other."""
    return blake2b(json.dumps(content, ensure_ascii=False).encode(), digest_size=16).digest()


def state_of(opportunity: Opportunity) -> State:
    """An opportunity as the tables hold it."""
    if opportunity.now_with or any(one.observed or one.reached_by or one.earned_by for one in opportunity.entries):
        raise ValueError(f"more than the workbook says: {opportunity.label}")
    # The database keeps no sign of a zero, which the digest would tell apart.
    value = None if opportunity.value is None else float(opportunity.value) + 0.0
    return (
        opportunity.id, opportunity.name, opportunity.account, opportunity.rep, opportunity.track, opportunity.source,
        value, _iso(opportunity.created_on), opportunity.outcome.value, _iso(opportunity.closed_on),
        opportunity.lost_reason, len(opportunity.entries),
    ), tuple(
        (place, _iso(one.planned_on), _iso(one.completed_on), one.evidence, int(one.waived), int(one.reached_undated))
        for place, one in enumerate(opportunity.entries)
        if one != NOTHING_SAID
    )  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


class _Days(dict[str | None, date | None]):
    """Days by their text, each read once."""

    def __missing__(self, text: str) -> date:
        day = self[text] = date.fromisoformat(text)
        return day


def keep_states(connection: sqlite3.Connection, team_id: int, states: Sequence[State]) -> list[int]:
    """The number of each state, those that are new written."""
    digests = [digest(state) for state in states]
    known: dict[bytes, int] = dict(
        connection.execute("SELECT digest, id FROM opportunity_state WHERE team_id = ?", (team_id,))
    )
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM opportunity_state").fetchone()
    new = {key: state for key, state in zip(digests, states, strict=True) if key not in known}
    known |= {key: number for number, key in enumerate(new, start=last + 1)}
    connection.executemany(
        f"INSERT INTO opportunity_state (id, team_id, digest, {', '.join(COLUMNS)}) "  # noqa: S608  names of ours
        f"VALUES (?, ?, ?{', ?' * len(COLUMNS)})",
        [(known[key], team_id, key, *columns) for key, (columns, _) in new.items()],
    )
    connection.executemany(
        f"INSERT INTO milestone_state (state_id, {', '.join(MILESTONE_COLUMNS)}) "  # noqa: S608  names of ours
        f"VALUES (?{', ?' * len(MILESTONE_COLUMNS)})",
        [(known[key], *milestone) for key, (_, milestones) in new.items() for milestone in milestones],
    )
    return [known[key] for key in digests]


def states_of(connection: sqlite3.Connection, whose: str, number: int) -> Mapping[int, State]:
    """The states of a team's or a snapshot's opportunities, by number."""
    milestones: dict[int, list[Row]] = {}
    for state_id, *columns in connection.execute(
        f"SELECT state_id, {', '.join(MILESTONE_COLUMNS)} FROM milestone_state "  # noqa: S608  names of ours
        f"WHERE state_id IN (SELECT id FROM opportunity_state WHERE {whose}) ORDER BY state_id, place",
        (number,),
    ):
        milestones.setdefault(state_id, []).append(tuple(columns))
    rows = connection.execute(
        f"SELECT id, {', '.join(COLUMNS)} FROM opportunity_state WHERE {whose}",  # noqa: S608  names of ours
        (number,),
    )
    return {state_id: (tuple(columns), tuple(milestones.get(state_id, ()))) for state_id, *columns in rows}


def opportunities_of(states: Mapping[int, State]) -> Mapping[int, Opportunity]:
    """The opportunities by the numbers of their states, without the rows in which they stood."""
    days = _Days({None: None})
    return {number: _opportunity(columns, milestones, days) for number, (columns, milestones) in states.items()}


def _opportunity(columns: Sequence[Any], milestones: Sequence[Sequence[Any]], days: _Days) -> Opportunity:
    id_, name, account, owner, track, source, value, created_on, outcome, closed_on, lost_reason, n_milestones = columns
    entries = [NOTHING_SAID] * n_milestones
    for place, planned_on, completed_on, evidence, waived, undated in milestones:
        entries[place] = MilestoneEntry(days[planned_on], days[completed_on], evidence, bool(waived), bool(undated))
    return Opportunity(
        id=id_, name=name, account=account, rep=owner, track=track, entries=tuple(entries), source=source, value=value,
        created_on=days[created_on], outcome=OUTCOMES[outcome], closed_on=days[closed_on], lost_reason=lost_reason,
    )  # fmt: skip
