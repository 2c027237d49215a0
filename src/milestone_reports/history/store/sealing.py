"""What tells whether a snapshot is still what was recorded: a digest of all that it says."""

from __future__ import annotations

import sqlite3
from hashlib import blake2b

from milestone_reports.history.store.states import digest

SNAPSHOT = (
    "SELECT team.name_key, hex(track_list.digest), file, file_hash, as_of, week_first_on, recorded_on, version, "
    "n_opportunities FROM snapshot JOIN team ON team.id = team_id JOIN track_list ON track_list.id = track_list_id "
    "WHERE snapshot.id = ?"
)
OPPORTUNITIES = (
    "SELECT position, hex(digest), row, layout FROM snapshot_opportunity "
    "JOIN opportunity_state ON opportunity_state.id = state_id WHERE snapshot_id = ? ORDER BY position"
)
FIGURES = "SELECT position, rep, track, name, value FROM published_figure WHERE snapshot_id = ? ORDER BY position"
MULTIPLIERS = (
    "SELECT track, year_first_on, n_milestones, decided FROM year_multiplier WHERE snapshot_id = ? "
    "ORDER BY track, year_first_on, n_milestones"
)

SEALED = (SNAPSHOT, OPPORTUNITIES, FIGURES, MULTIPLIERS)
"""All of a snapshot but its frame, and when it was published, which comes later."""


def seal(connection: sqlite3.Connection, number: int) -> bytes:
    """The digest of a snapshot as it stands in the file."""
    (frame,) = connection.execute("SELECT frame FROM snapshot WHERE id = ?", (number,)).fetchone()
    said = [connection.execute(query, (number,)).fetchall() for query in SEALED]
    return digest([blake2b(frame, digest_size=16).hexdigest(), *said])
