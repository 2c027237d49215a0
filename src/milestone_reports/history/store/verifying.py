"""Whether the file is sound, and says what was recorded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.history.store.loading import team_at
from milestone_reports.history.store.schema import SAYINGS
from milestone_reports.history.store.sealing import seal
from milestone_reports.history.store.states import OF_TEAM, digest, opportunities_of, states_of
from milestone_reports.kept_file import readable


def faults(connection: sqlite3.Connection, file: Path) -> Iterator[str]:
    """What is wrong with the file, a sentence each; where SQLite itself finds something, nothing else is asked."""
    broken = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    broken += [f"{row[0]}: a row refers to one of {row[2]} that is not there" for row in _dangling(connection)]
    yield from (f"History '{file}': {fault}." for fault in broken)
    if not broken:
        yield from _changed_parts(connection, file)
        by_state = _opportunities(connection, file)
        for (number,) in connection.execute("SELECT id FROM snapshot").fetchall():
            yield from (f"History '{file}', snapshot {number}: {fault}." for fault in _counted(connection, number))
            yield from (
                f"History '{file}', snapshot {number}: {fault}." for fault in _read(connection, file, number, by_state)
            )


def _dangling(connection: sqlite3.Connection) -> list[tuple[str, int, str, int]]:
    return connection.execute("PRAGMA foreign_key_check").fetchall()


def _changed_parts(connection: sqlite3.Connection, file: Path) -> Iterator[str]:
    """States and lists of tracks that are not what was written."""
    for (team_id,) in connection.execute("SELECT id FROM team").fetchall():
        kept: dict[int, bytes] = dict(
            connection.execute("SELECT id, digest FROM opportunity_state WHERE team_id = ?", (team_id,))
        )
        for number, state in states_of(connection, OF_TEAM, team_id).items():
            if digest(state) != kept[number]:
                named = str(state[0][0])
                yield f"History '{file}': the state {number} of the opportunity {named} is not what was recorded."
    for number, content, kept_digest in connection.execute("SELECT id, content, digest FROM track_list").fetchall():
        if digest(content) != kept_digest:
            yield f"History '{file}': the list of tracks {number} is not what was recorded."


def _opportunities(connection: sqlite3.Connection, file: Path) -> Mapping[int, Opportunity] | None:
    """Those of all states, read once for all snapshots; None where one cannot be read."""
    teams = connection.execute("SELECT id FROM team").fetchall()
    try:
        with readable(file, SAYINGS):
            return {
                number: opportunity
                for (team_id,) in teams
                for number, opportunity in opportunities_of(states_of(connection, OF_TEAM, team_id)).items()
            }
    except CannotGoOnError:
        return None


def _counted(connection: sqlite3.Connection, number: int) -> Iterator[str]:
    """Whether a snapshot has what was recorded, and as much."""
    kept, n_opportunities = connection.execute(
        "SELECT digest, n_opportunities FROM snapshot WHERE id = ?", (number,)
    ).fetchone()
    if seal(connection, number) != kept:
        yield "it is not what was recorded"
    (counted,) = connection.execute(
        "SELECT count(*) FROM snapshot_opportunity WHERE snapshot_id = ?", (number,)
    ).fetchone()
    if counted != n_opportunities:
        yield f"it has {counted:,} opportunities, and {n_opportunities:,} were recorded"


def _read(
    connection: sqlite3.Connection, file: Path, number: int, by_state: Mapping[int, Opportunity] | None
) -> Iterator[str]:
    """Whether a snapshot can be made a team again, of its own week."""
    (first_on,) = connection.execute("SELECT week_first_on FROM snapshot WHERE id = ?", (number,)).fetchone()
    try:
        with readable(file, SAYINGS):
            team, as_of = team_at(connection, number, by_state)
            in_week = team.week_of(as_of).first_on == date.fromisoformat(first_on)
    except CannotGoOnError:
        yield "it cannot be read"
    else:
        if not in_week:
            yield f"its day {as_of} is not in the week from {first_on}"
