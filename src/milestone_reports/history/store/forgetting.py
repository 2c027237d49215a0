"""Snapshots taken out of the history, with all that no other snapshot holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

ORPHANS = (
    # An index for as long as it is needed: without it each state that goes would be looked for among all snapshots.
    "CREATE INDEX users_of_a_state ON snapshot_opportunity (state_id)",
    "DELETE FROM opportunity_state WHERE id NOT IN (SELECT state_id FROM snapshot_opportunity)",
    "DROP INDEX users_of_a_state",
    "DELETE FROM track_list WHERE id NOT IN (SELECT track_list_id FROM snapshot)",
    "DELETE FROM team WHERE id NOT IN (SELECT team_id FROM snapshot)",
)


def forget(connection: sqlite3.Connection, numbers: Collection[int]) -> None:
    """Delete snapshots, their figures, the multipliers that they set, their publications, and what is then nobody's.

    A publication is of all its teams: with one of them it is gone, and what is known of its PDFs with it.
    """
    connection.executemany(
        "DELETE FROM publication WHERE id IN (SELECT publication_id FROM publication_member WHERE snapshot_id = ?)",
        [(number,) for number in numbers],
    )
    connection.executemany("DELETE FROM snapshot WHERE id = ?", [(number,) for number in numbers])
    for statement in ORPHANS:
        connection.execute(statement)
