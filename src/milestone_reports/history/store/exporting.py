"""The history as tables: snapshots, what each opportunity and milestone was said to be and when, the figures, PDFs."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from milestone_reports.history.store.frames import tracks_of
from milestone_reports.history.store.recording import name_key

Value = str | float | date | None


class Table(NamedTuple):
    """Rows under a header."""

    header: tuple[str, ...]
    rows: Sequence[Sequence[Value]]


SNAPSHOTS = (
    "SELECT snapshot.id, team.name, week_first_on, as_of, file, file_hash, recorded_on, published_on, version, "
    "n_opportunities FROM snapshot JOIN team ON team.id = team_id WHERE ? IN ('', name_key) ORDER BY snapshot.id"
)
STATES = (
    "SELECT state.id, team.name, opportunity_id, account, state.name, owner, track, source, value, created_on, "
    "outcome, closed_on, lost_reason, min(as_of), max(as_of), count(*) FROM opportunity_state AS state "
    "JOIN team ON team.id = state.team_id JOIN snapshot_opportunity ON state_id = state.id "
    "JOIN snapshot ON snapshot.id = snapshot_id WHERE ? IN ('', name_key) GROUP BY state.id "
    "ORDER BY team.name, opportunity_id, min(as_of), state.id"
)
MILESTONES = (
    "SELECT state_id, opportunity_id, track, place, planned_on, completed_on, evidence, waived, reached_undated "
    "FROM milestone_state JOIN opportunity_state AS state ON state.id = state_id "
    "JOIN team ON team.id = team_id WHERE ? IN ('', name_key) ORDER BY state_id, place"
)
FIGURES = (
    "SELECT snapshot_id, as_of, rep, track, published_figure.name, value FROM published_figure "
    "JOIN snapshot ON snapshot.id = snapshot_id JOIN team ON team.id = team_id WHERE ? IN ('', name_key) "
    "ORDER BY snapshot_id, position"
)
PDFS = (
    "SELECT week, publication.published_on, publication.version, team.name, slug, path, published_pdf.digest "
    "FROM published_pdf JOIN publication ON publication.id = publication_id "
    "JOIN publication_member USING (publication_id, position) JOIN snapshot ON snapshot.id = snapshot_id "
    "JOIN team ON team.id = team_id WHERE ? IN ('', name_key) ORDER BY publication_id, position, slug"
)
LAST_TRACKS = (
    "SELECT state_id, track_list_id, max(snapshot_id) FROM snapshot_opportunity "
    "JOIN snapshot ON snapshot.id = snapshot_id GROUP BY state_id"
)
"""The list of tracks of the last snapshot that has a state."""


def tables(connection: sqlite3.Connection, team_name: str) -> Mapping[str, Table]:
    """All teams, or one: a state of an opportunity stands once, with the first and the last day that it was said."""
    which = (name_key(team_name) if team_name else "",)

    def rows(query: str) -> list[Sequence[Value]]:
        return [tuple(map(_day, row)) for row in connection.execute(query, which)]

    names = _milestone_names(connection)
    milestones = [
        (state, opportunity, names[state][track][place], *map(_day, rest))
        for state, opportunity, track, place, *rest in connection.execute(MILESTONES, which)
    ]
    return {
        "snapshots": Table(
            ("snapshot", "team", "week_first_on", "as_of", "file", "file_hash", "recorded_on", "published_on",
             "version", "n_opportunities"),
            rows(SNAPSHOTS),
        ),
        "opportunities": Table(
            ("state", "team", "id", "account", "name", "rep", "track", "source", "value", "created_on", "outcome",
             "closed_on", "lost_reason", "said_from", "said_to", "n_snapshots"),
            rows(STATES),
        ),
        "milestones": Table(
            ("state", "id", "milestone", "planned_on", "completed_on", "evidence", "waived", "reached_undated"),
            milestones,
        ),
        "figures": Table(("snapshot", "as_of", "rep", "track", "figure", "value"), rows(FIGURES)),
        "pdfs": Table(("week", "published_on", "version", "team", "rep", "path", "sha256"), rows(PDFS)),
    }  # fmt: skip


def _day(value: Value) -> Value:
    """A day as a day: the tables keep it as text."""
    if isinstance(value, str) and len(value) == len("2026-11-22") and value[4:5] == "-" == value[7:8]:
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _milestone_names(connection: sqlite3.Connection) -> Mapping[int, Mapping[str, Sequence[str]]]:
    """For each state the names of the milestones of each track."""
    lists = {
        number: {track.name: [milestone.name for milestone in track.milestones] for track in tracks_of(content)}
        for number, content in connection.execute("SELECT id, content FROM track_list")
    }
    return {state: lists[track_list] for state, track_list, _ in connection.execute(LAST_TRACKS)}
