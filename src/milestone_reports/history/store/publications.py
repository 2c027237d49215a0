"""Which snapshots the pages of a week were made from, and what was known then: enough to make them once more."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from milestone_reports.domain.problem import Problem
from milestone_reports.history.store.frames import problems_of, problems_text


@dataclass(frozen=True, slots=True)
class Member:
    """One team of a published site."""

    number: int
    """Of its snapshot."""
    as_of: date
    """The day that it stood for, which is later than the snapshot's own where a workbook was published once more."""
    problems: tuple[Problem, ...] = ()
    """Of the workbook on that day."""


@dataclass(frozen=True, slots=True)
class PublishedPdf:
    """A PDF that can be sent: a rep's scorecard, or a team's report."""

    place: int
    """Of the team among the members."""
    slug: str
    """The rep's name in addresses; empty for the team's report."""
    path: str
    """In the site, from its root or from its week's folder."""
    digest: str
    """The SHA-256 of its bytes, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A week as it was published."""

    week: str
    """Under whose address it is kept, such as 2026-W47."""
    published_on: date
    known: int
    """Snapshots numbered below this one were known."""
    members: tuple[Member, ...]
    """In the order of the teams in the site."""
    formats: frozenset[str] = frozenset({"html", "pdf", "data"})
    """What was built."""
    version: str = ""
    """Of the program; empty where it was not kept."""
    pdfs: tuple[PublishedPdf, ...] = ()
    """By the places of the teams, then by slug; none where it was built without, or by an early version."""


def next_number(connection: sqlite3.Connection) -> int:
    """The number that the next snapshot will have: all that are known now are below it."""
    found = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'snapshot'").fetchone()
    return int(found[0]) + 1 if found else 1


def keep(connection: sqlite3.Connection, publication: Publication) -> None:
    """Write down a publication."""
    day = publication.published_on.isoformat()
    number = connection.execute(
        "INSERT INTO publication (week, published_on, known, formats, version) VALUES (?, ?, ?, ?, ?)",
        (publication.week, day, publication.known, ",".join(sorted(publication.formats)), publication.version),
    ).lastrowid
    connection.executemany(
        "INSERT INTO publication_member (publication_id, position, snapshot_id, as_of, problems) "
        "VALUES (?, ?, ?, ?, ?)",
        [
            (number, place, one.number, one.as_of.isoformat(), problems_text(one.problems))
            for place, one in enumerate(publication.members)
        ],
    )
    connection.executemany(
        "INSERT INTO published_pdf (publication_id, position, slug, path, digest) VALUES (?, ?, ?, ?, ?)",
        [(number, one.place, one.slug, one.path, one.digest) for one in publication.pdfs],
    )
    connection.executemany(
        "UPDATE snapshot SET published_on = ? WHERE id = ?", [(day, one.number) for one in publication.members]
    )


def last_of(connection: sqlite3.Connection, week: str) -> Publication | None:
    """How a week was last published; None where it never was, or where one of its snapshots is forgotten."""
    found = connection.execute(
        "SELECT id, published_on, known, formats, version FROM publication WHERE week = ? ORDER BY id DESC LIMIT 1",
        (week,),
    ).fetchone()
    if not found:
        return None
    number, day, known, formats, version = found
    return Publication(
        week=week,
        published_on=date.fromisoformat(day),
        known=known,
        members=_members(connection, number),
        formats=frozenset(formats.split(",")),
        version=version,
        pdfs=_pdfs(connection, number),
    )


def last(connection: sqlite3.Connection) -> Publication | None:
    """How the newest of the published weeks was last published."""
    (week,) = connection.execute("SELECT max(week) FROM publication").fetchone()
    return last_of(connection, week) if week else None


def _members(connection: sqlite3.Connection, number: int) -> tuple[Member, ...]:
    rows = connection.execute(
        "SELECT snapshot_id, as_of, problems FROM publication_member WHERE publication_id = ? ORDER BY position",
        (number,),
    )
    return tuple(Member(one, date.fromisoformat(as_of), problems_of(text)) for one, as_of, text in rows)


def _pdfs(connection: sqlite3.Connection, number: int) -> tuple[PublishedPdf, ...]:
    rows = connection.execute(
        "SELECT position, slug, path, digest FROM published_pdf WHERE publication_id = ? ORDER BY position, slug",
        (number,),
    )
    return tuple(PublishedPdf(*said) for said in rows)
