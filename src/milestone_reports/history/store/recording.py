"""A workbook taken into the history: one snapshot, with the states that are new."""

from __future__ import annotations

import json
import sqlite3
from datetime import date

from milestone_reports.domain.names import key
from milestone_reports.domain.team import Team
from milestone_reports.history.store.frames import Layout, frame_of, layout_of, packed, tracks_text
from milestone_reports.history.store.kept import Taken
from milestone_reports.history.store.sealing import seal
from milestone_reports.history.store.states import digest, keep_states, state_of


def name_key(team_name: str) -> str:
    """What two spellings of a team's name have in common."""
    return key(team_name) or team_name.casefold()


def number_of(connection: sqlite3.Connection, team_name: str, file_hash: str) -> int | None:
    """The number of the snapshot of a team's file, where there is one."""
    found = connection.execute(
        "SELECT snapshot.id FROM snapshot JOIN team ON team.id = team_id WHERE name_key = ? AND file_hash = ?",
        (name_key(team_name), file_hash),
    ).fetchone()
    return found[0] if found else None


def team_number(connection: sqlite3.Connection, team_name: str) -> int | None:
    """A team's number in the tables."""
    found = connection.execute("SELECT id FROM team WHERE name_key = ?", (name_key(team_name),)).fetchone()
    return found[0] if found else None


def record(connection: sqlite3.Connection, team: Team, as_of: date, taken: Taken) -> int:
    """The number of the snapshot of a team's file, which is written unless it is there.

    A file stands for the earliest day that it was recorded for; recorded once more after another of its week, it is
    the one that came last.
    """
    known = number_of(connection, team.name, taken.file_hash)
    if known is not None:
        _recorded_again(connection, known, (team, as_of, taken))
        return known
    team_id = _team(connection, team.name)
    states = keep_states(connection, team_id, [state_of(opportunity) for opportunity in team.opportunities])
    layouts = [layout_of(opportunity) for opportunity in team.opportunities]
    places = {layout: place for place, layout in enumerate(dict.fromkeys(layouts))}
    number = _snapshot(connection, team_id, (team, as_of, taken), tuple(places))
    _come_last(connection, number)
    connection.executemany(
        "INSERT INTO snapshot_opportunity (snapshot_id, position, state_id, row, layout) VALUES (?, ?, ?, ?, ?)",
        [
            (number, position, state, opportunity.row.row if opportunity.row else 0, places[layout])
            for position, (opportunity, state, layout) in enumerate(
                zip(team.opportunities, states, layouts, strict=True)
            )
        ],
    )
    _keep_figures(connection, number, taken)
    connection.executemany(
        "INSERT INTO year_multiplier (team_id, track, year_first_on, n_milestones, decided, snapshot_id) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [
            (team_id, track, year_first_on.isoformat(), len(counts), json.dumps(counts), number)
            for (track, year_first_on), counts in taken.decided.items()
        ],
    )
    connection.execute("UPDATE snapshot SET digest = ? WHERE id = ?", (seal(connection, number), number))
    return number


def _keep_figures(connection: sqlite3.Connection, number: int, taken: Taken) -> None:
    connection.executemany(
        "INSERT INTO published_figure (snapshot_id, position, rep, track, name, value) VALUES (?, ?, ?, ?, ?, ?)",
        [(number, position, one.rep, one.track, one.name, one.value) for position, one in enumerate(taken.figures)],
    )


def _come_last(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("UPDATE snapshot SET turn = (SELECT max(turn) + 1 FROM snapshot) WHERE id = ?", (number,))


def _recorded_again(connection: sqlite3.Connection, number: int, what: tuple[Team, date, Taken]) -> None:
    """The same file once more: for an earlier day it stands for that one; of the same week it comes last."""
    team, as_of, taken = what
    (day,) = connection.execute("SELECT as_of FROM snapshot WHERE id = ?", (number,)).fetchone()
    kept = date.fromisoformat(day)
    if as_of < kept:
        layouts = tuple(dict.fromkeys(layout_of(opportunity) for opportunity in team.opportunities))
        connection.execute(
            "UPDATE snapshot SET as_of = ?, week_first_on = ?, frame = ? WHERE id = ?",
            (as_of.isoformat(), team.week_of(as_of).first_on.isoformat(), packed(frame_of(team, layouts)), number),
        )
        connection.execute("DELETE FROM published_figure WHERE snapshot_id = ?", (number,))
        _keep_figures(connection, number, taken)
        connection.execute("UPDATE snapshot SET digest = ? WHERE id = ?", (seal(connection, number), number))
    if team.week_of(as_of) == team.week_of(min(kept, as_of)):
        _come_last(connection, number)


def _snapshot(
    connection: sqlite3.Connection, team_id: int, what: tuple[Team, date, Taken], layouts: tuple[Layout, ...]
) -> int:
    """Its number; its digest is still to come."""
    team, as_of, taken = what
    row = connection.execute(
        "INSERT INTO snapshot (team_id, track_list_id, file, file_hash, as_of, week_first_on, recorded_on, version, "
        "n_opportunities, frame, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, x'')",
        (
            team_id,
            _track_list(connection, tracks_text(team.tracks)),
            team.source.name,
            taken.file_hash,
            as_of.isoformat(),
            team.week_of(as_of).first_on.isoformat(),
            taken.recorded_on.isoformat(),
            taken.version,
            len(team.opportunities),
            packed(frame_of(team, layouts)),
        ),
    )
    return row.lastrowid or 0


def _team(connection: sqlite3.Connection, name: str) -> int:
    connection.execute(
        "INSERT INTO team (name_key, name) VALUES (?, ?) ON CONFLICT (name_key) DO UPDATE SET name = excluded.name",
        (name_key(name), name),
    )
    number = team_number(connection, name)
    assert number is not None  # noqa: S101  it was just written
    return number


def _track_list(connection: sqlite3.Connection, content: str) -> int:
    key_of_content = digest(content)
    connection.execute(
        "INSERT INTO track_list (digest, content) VALUES (?, ?) ON CONFLICT DO NOTHING", (key_of_content, content)
    )
    (number,) = connection.execute("SELECT id FROM track_list WHERE digest = ?", (key_of_content,)).fetchone()
    return int(number)
