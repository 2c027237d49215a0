"""What the history says: the past of a team, a team as it was recorded, the list of all snapshots."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from milestone_reports.domain.calendar import Week
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Team
from milestone_reports.history.snapshots import NO_PAST, Past, PublishedFigure, Snapshot, identity
from milestone_reports.history.store.frames import tracks_of, unpacked
from milestone_reports.history.store.kept import Entry
from milestone_reports.history.store.recording import name_key, team_number
from milestone_reports.history.store.states import OF_SNAPSHOT, OF_TEAM, opportunities_of, states_of

ALL = 1 << 62
"""More than the number of any snapshot."""

OF_PAST = "snapshot_id IN (SELECT id FROM snapshot WHERE team_id = ? AND as_of < ? AND id < ?)"

CURRENT = "row_number() OVER (PARTITION BY team_id, week_first_on ORDER BY as_of DESC, turn DESC) = 1 AS is_current"
"""Not replaced by a later copy of the same week."""


def past(connection: sqlite3.Connection, team: Team, as_of: date, known: int | None) -> Past:
    """The snapshots of a team of the weeks before its week of that day, and that of the week's first day.

    Of those numbered below `known`, if given.
    """
    team_id = team_number(connection, team.name)
    if team_id is None:
        return NO_PAST
    below = ALL if known is None else known
    first_on = team.week_of(as_of).first_on
    until = min(first_on + timedelta(days=1), as_of)
    found = tuple(_snapshots(connection, team, (team_id, until.isoformat(), below)))
    return Past(
        taken=tuple(one for one in found if one.as_of < first_on),
        decided=_decided(connection, team, team_id, below),
        first_day=next((one for one in reversed(found) if one.as_of == first_on), None),
    )


def _snapshots(connection: sqlite3.Connection, team: Team, which: tuple[int, str, int]) -> Iterator[Snapshot]:
    by_state = {
        number: (identity(one), one)
        for number, one in opportunities_of(states_of(connection, OF_TEAM, which[0])).items()
    }
    opportunities = _opportunities(connection, which, by_state)
    figures = _figures(connection, which)
    tracks = {number: tracks_of(text) for number, text in connection.execute("SELECT id, content FROM track_list")}
    for number, day, file, track_list in connection.execute(
        "SELECT id, as_of, file, track_list_id FROM snapshot WHERE team_id = ? AND as_of < ? AND id < ? "
        "ORDER BY as_of, turn",
        which,
    ).fetchall():
        as_of = date.fromisoformat(day)
        yield Snapshot(
            number=number,
            as_of=as_of,
            week=team.week_of(as_of),
            file=file,
            tracks=tracks[track_list],
            opportunities=opportunities.get(number, {}),
            figures=figures.get(number, ()),
        )


def _opportunities(
    connection: sqlite3.Connection, which: tuple[int, str, int], by_state: Mapping[int, tuple[str, Opportunity]]
) -> Mapping[int, Mapping[str, Opportunity]]:
    """The opportunities of each snapshot; the same object where two say the same."""
    rows = connection.execute(
        "SELECT snapshot_id, state_id FROM snapshot_opportunity "  # noqa: S608  a condition of ours
        f"WHERE {OF_PAST} ORDER BY snapshot_id, position",
        which,
    )
    return {
        number: dict([by_state[state] for _, state in own]) for number, own in groupby(rows.fetchall(), itemgetter(0))
    }


def _figures(connection: sqlite3.Connection, which: tuple[int, str, int]) -> Mapping[int, tuple[PublishedFigure, ...]]:
    """The figures that each snapshot was published with."""
    rows = connection.execute(
        "SELECT snapshot_id, rep, track, name, value FROM published_figure "  # noqa: S608  a condition of ours
        f"WHERE {OF_PAST} ORDER BY snapshot_id, position",
        which,
    )
    return {
        number: tuple(PublishedFigure(*said) for _, *said in own)
        for number, own in groupby(rows.fetchall(), itemgetter(0))
    }


def figures(connection: sqlite3.Connection, number: int) -> tuple[PublishedFigure, ...]:
    """The figures that one snapshot was published with."""
    rows = connection.execute(
        "SELECT rep, track, name, value FROM published_figure WHERE snapshot_id = ? ORDER BY position", (number,)
    )
    return tuple(PublishedFigure(*said) for said in rows)


def _decided(
    connection: sqlite3.Connection, team: Team, team_id: int, below: int
) -> dict[tuple[str, date], tuple[int, ...]]:
    """What each year's multiplier was set from; by a track's milestones of now, where it has had others too."""
    rows = connection.execute(
        "SELECT track, year_first_on, decided FROM year_multiplier WHERE team_id = ? AND snapshot_id < ? "
        "ORDER BY snapshot_id",
        (team_id, below),
    ).fetchall()
    n_milestones = {track.name: track.n_milestones for track in team.tracks}
    all_of_them = [((track, date.fromisoformat(first_on)), tuple(json.loads(text))) for track, first_on, text in rows]
    return {
        **dict(all_of_them),
        **{of: counts for of, counts in all_of_them if len(counts) == n_milestones.get(of[0])},
    }


def team_at(
    connection: sqlite3.Connection, number: int, by_state: Mapping[int, Opportunity] | None = None
) -> tuple[Team, date]:
    """The team exactly as it was recorded, and the day that it stands for.

    `by_state` has the opportunities of all states, where many teams are read.

    Raises: CannotGoOnError where there is no such snapshot.
    """
    found = connection.execute(
        "SELECT as_of, frame, content FROM snapshot JOIN track_list ON track_list.id = track_list_id "
        "WHERE snapshot.id = ?",
        (number,),
    ).fetchone()
    if not found:
        raise CannotGoOnError(f"The history has no snapshot {number}. Fix: choose one that history list shows.")
    as_of, content, tracks = found
    frame = unpacked(content)
    if by_state is None:
        by_state = opportunities_of(states_of(connection, OF_SNAPSHOT, number))
    rows = connection.execute(
        "SELECT state_id, row, layout FROM snapshot_opportunity WHERE snapshot_id = ? ORDER BY position", (number,)
    )
    opportunities = tuple(frame.placed(by_state[state], row, layout) for state, row, layout in rows)
    return frame.team(tracks_of(tracks), opportunities), date.fromisoformat(as_of)


def entries(connection: sqlite3.Connection, team_name: str) -> tuple[Entry, ...]:
    """All snapshots, or one team's, by number."""
    rows: Sequence[Sequence[Any]] = connection.execute(
        "SELECT snapshot.id, team.name, week_first_on, as_of, file, file_hash, recorded_on, version, n_opportunities, "  # noqa: S608  names of ours
        f"{CURRENT}, published_on FROM snapshot JOIN team ON team.id = team_id WHERE ? IN ('', name_key) "
        "ORDER BY snapshot.id",
        (name_key(team_name) if team_name else "",),
    ).fetchall()
    return tuple(map(_entry, rows))


def _entry(row: Sequence[Any]) -> Entry:
    number, team, first_on, as_of, file, file_hash, recorded_on, version, n_opportunities, current, published_on = row
    return Entry(
        number=number,
        team=team,
        week=Week(date.fromisoformat(first_on)),
        as_of=date.fromisoformat(as_of),
        file=file,
        file_hash=file_hash,
        recorded_on=date.fromisoformat(recorded_on),
        version=version,
        n_opportunities=n_opportunities,
        is_current=bool(current),
        published_on=date.fromisoformat(published_on) if published_on else None,
    )


def newest(connection: sqlite3.Connection) -> tuple[int, ...]:
    """The number of the newest snapshot of each team."""
    rows = connection.execute(
        "SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY team_id ORDER BY as_of DESC, turn DESC) AS place "
        "FROM snapshot) WHERE place = 1 ORDER BY id"
    )
    return tuple(number for (number,) in rows)
