from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from kept_weeks import as_of, filled, named, refusal, taken, weekly_team

from milestone_reports.history.store import FILE, Member, Publication, PublishedPdf, Store, schema

DAY = date(2026, 1, 20)
FIRST_DIGEST = "f8ae9f15b47a8085"


def pdf(place: int, slug: str) -> PublishedPdf:
    path = f"reps/{slug}.pdf" if slug else "team.pdf"
    return PublishedPdf(place, slug, path, sha256(path.encode()).hexdigest())


def publication(week: str, *numbers: int, slugs: tuple[str, ...] = ("", "ann")) -> Publication:
    """A week made of such snapshots, each team's PDFs of these names."""
    members = tuple(Member(number, as_of(number)) for number in numbers)
    pdfs = tuple(pdf(place, slug) for place in range(len(numbers)) for slug in slugs)
    return Publication(week, DAY, max(numbers) + 1, members, frozenset({"pdf", "html"}), "0.2.0", pdfs)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Snapshots 1 to 3, of a team's weeks."""
    filled(tmp_path, 3)
    with Store.open(tmp_path) as opened:
        yield opened


def test_what_was_published_comes_back_as_it_was(store: Store) -> None:
    store.publish(publication("2026-W03", 1, 2))
    assert store.published("2026-W03") == publication("2026-W03", 1, 2)
    assert store.published("2026-W04") is None
    assert store.verify() == ()


def test_of_a_week_that_was_published_twice_the_last_time_counts(store: Store) -> None:
    store.publish(publication("2026-W03", 1))
    again = replace(publication("2026-W03", 1, slugs=("", "zoe")), version="0.3.0")
    store.publish(again)
    assert store.published("2026-W03") == again


def test_the_last_published_is_the_newest_week_whenever_it_was_published(store: Store) -> None:
    assert store.last_published() is None
    store.publish(publication("2026-W04", 2))
    store.publish(publication("2026-W03", 1))
    assert store.last_published() == publication("2026-W04", 2)


def test_what_is_forgotten_leaves_no_pdf_of_anybody(store: Store, tmp_path: Path) -> None:
    other = store.record(named(weekly_team(1), "South"), as_of(1), taken("south"))
    store.publish(publication("2026-W03", 1, other, slugs=("", "a-name-to-be-forgotten")))
    store.publish(publication("2026-W04", 2))
    assert b"a-name-to-be-forgotten" in (tmp_path / FILE).read_bytes()
    store.forget([other])
    assert store.published("2026-W03") is None
    assert store.last_published() == publication("2026-W04", 2)
    assert b"a-name-to-be-forgotten" not in (tmp_path / FILE).read_bytes()
    assert store.verify() == ()


def test_pdfs_are_exported_with_their_team(store: Store) -> None:
    other = store.record(named(weekly_team(1), "South"), as_of(1), taken("south"))
    store.publish(publication("2026-W03", 1, other))
    table = store.tables()["pdfs"]
    north = store.team_at(1)[0].name
    digests = {slug: pdf(0, slug).digest for slug in ("", "ann")}
    assert table.header == ("week", "published_on", "version", "team", "rep", "path", "sha256")
    assert table.rows == [
        ("2026-W03", DAY, "0.2.0", north, "", "team.pdf", digests[""]),
        ("2026-W03", DAY, "0.2.0", north, "ann", "reps/ann.pdf", digests["ann"]),
        ("2026-W03", DAY, "0.2.0", "South", "", "team.pdf", digests[""]),
        ("2026-W03", DAY, "0.2.0", "South", "ann", "reps/ann.pdf", digests["ann"]),
    ]
    assert [row[3] for row in store.tables("south")["pdfs"].rows] == ["South", "South"]


def test_what_cannot_be_the_digest_of_a_pdf_is_named(tmp_path: Path) -> None:
    filled(tmp_path, 1)
    with Store.open(tmp_path) as store:
        store.publish(publication("2026-W03", 1))
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE published_pdf SET digest = 'another' WHERE slug = 'ann'")
    with Store.open(tmp_path, create=False) as store:
        assert store.verify() == (f"{refusal(tmp_path)}: CHECK constraint failed in published_pdf.",)


# --- files of the first version ---


def first_version(folder: Path) -> None:
    """A file that the first script alone has made, with two snapshots and what was kept then of a publication."""
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.executescript(schema.FIRST)
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")


def test_the_first_script_is_the_one_that_was_released() -> None:
    assert sha256(schema.FIRST.encode()).hexdigest().startswith(FIRST_DIGEST)


@pytest.mark.parametrize("create", [True, False])
def test_a_history_of_the_first_version_is_read_with_what_it_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, create: bool
) -> None:
    first_version(tmp_path)
    with monkeypatch.context() as then:
        then.setattr(schema, "MIGRATIONS", (schema.FIRST,))
        filled(tmp_path, 2)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection, connection:
        connection.execute("INSERT INTO publication VALUES (1, '2026-W03', '2026-01-20', 2, 'data,html,pdf')")
        connection.execute("INSERT INTO publication_member VALUES (1, 0, 1, '2026-01-14', '[]')")
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    with Store.open(tmp_path, create=create) as store:
        assert store.last_published() == Publication("2026-W03", DAY, 2, (Member(1, date(2026, 1, 14)),))
        assert store.tables()["pdfs"].rows == []
        assert [entry.number for entry in store.entries()] == [1, 2]
        assert store.team_at(2) == (weekly_team(2), as_of(2))
        assert store.verify() == ()
        store.publish(publication("2026-W03", 1))
        assert store.last_published() == publication("2026-W03", 1)
