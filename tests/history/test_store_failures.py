"""What the disk, other programs and other versions do to the history: one sentence, and nothing is lost."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from kept_weeks import as_of, filled, refusal, taken, weekly_team

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.history.store import FILE, Store, schema

NOBODY = 65_534


def said_of(work: Callable[[], object]) -> str:
    with pytest.raises(CannotGoOnError) as refused:
        work()
    return str(refused.value)


def opened(folder: Path, *, create: bool = True) -> None:
    with Store.open(folder, create=create):
        pass


def record(folder: Path, week: int, n_rows: int = 3, *, wait: float = 30) -> None:
    with Store.open(folder, wait=wait) as store:
        store.record(weekly_team(week, n_rows), as_of(week), taken(str(week)))


def run(folder: Path, *statements: str) -> None:
    """Change the file with SQLite alone."""
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def is_whole(folder: Path, n_weeks: int, n_rows: int = 3) -> bool:
    with Store.open(folder, create=False) as store:
        assert store.verify() == ()
        return [store.team_at(entry.number)[0] for entry in store.entries()] == [
            weekly_team(week, n_rows) for week in range(1, n_weeks + 1)
        ]


def said_in_another_process(work: Callable[[], None]) -> str:
    """What it says where it cannot go on, without changing the rights or limits of this one."""
    there, here = os.pipe()
    process = os.fork()
    if not process:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  the other side judges it
            os.write(here, f"{'' if isinstance(error, CannotGoOnError) else type(error)}{error}".encode())
        finally:
            os._exit(0)
    os.close(here)
    os.waitpid(process, 0)
    with os.fdopen(there, encoding="utf-8") as told:
        return told.read()


# --- damaged files, and those of others ---


@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, *, create: bool) -> None:
    (tmp_path / FILE).write_text("a note that someone saved under this name\n" * 40)
    assert said_of(lambda: opened(tmp_path, create=create)) == (
        f"{refusal(tmp_path)}: it is damaged (file is not a database). Fix: put a backup of it in its place, or move "
        "it away and import the old workbooks again; history verify says what is wrong with it."
    )


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    run(tmp_path, "CREATE TABLE song (name TEXT)")
    before = (tmp_path / FILE).read_bytes()
    assert said_of(lambda: opened(tmp_path)) == (
        f"{refusal(tmp_path)}: this is no history of this program. Fix: move it away, put a backup in its place, "
        "or name another folder with --state."
    )
    assert (tmp_path / FILE).read_bytes() == before


def test_a_file_with_nothing_in_it_is_a_new_history(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    with Store.open(tmp_path, create=False) as store:
        assert store.entries() == ()
    assert not (tmp_path / FILE).stat().st_size
    filled(tmp_path, 1)
    assert is_whole(tmp_path, 1)


def test_no_change_of_a_byte_is_taken_for_what_was_recorded(tmp_path: Path) -> None:
    filled(tmp_path, 2, n_rows=300)
    file = tmp_path / FILE
    sound = file.read_bytes()
    places = random.Random(1).sample(range(len(sound)), 100)  # noqa: S311  places to change, not secrets
    found = 0
    for place in places:
        file.write_bytes(sound[:place] + bytes([sound[place] ^ 0x41]) + sound[place + 1 :])
        try:
            with Store.open(tmp_path, create=False) as store:
                faults = store.verify()
        except CannotGoOnError as error:
            faults = (str(error),)
        assert all(fault.startswith(refusal(tmp_path)) for fault in faults)
        found += bool(faults)
        assert faults or is_whole(tmp_path, 2, n_rows=300)  # where nothing is found, it is in a place not in use
    assert found > len(places) // 3


def test_a_file_cut_short_is_damaged(tmp_path: Path) -> None:
    filled(tmp_path, 3, n_rows=60)
    with (tmp_path / FILE).open("r+b") as file:
        file.truncate(4096 * 6)
    assert said_of(lambda: opened(tmp_path, create=False)) == (
        f"{refusal(tmp_path)}: it is damaged (database disk image is malformed). Fix: put a backup of it in its "
        "place, or move it away and import the old workbooks again; history verify says what is wrong with it."
    )


def test_what_was_changed_behind_the_programs_back_is_named(tmp_path: Path) -> None:
    filled(tmp_path, 3)
    run(
        tmp_path,
        "UPDATE opportunity_state SET value = 99 WHERE id = 2",
        "UPDATE snapshot SET as_of = '2026-01-30' WHERE id = 2",
        "UPDATE snapshot SET frame = x'00' WHERE id = 3",
        "UPDATE track_list SET content = replace(content, 'Proof', 'Prove')",
    )
    with Store.open(tmp_path, create=False) as store:
        assert store.verify() == (
            f"{refusal(tmp_path)}: the state 2 of the opportunity N-1 is not what was recorded.",
            f"{refusal(tmp_path)}: the list of tracks 1 is not what was recorded.",
            f"{refusal(tmp_path)}, snapshot 2: it is not what was recorded.",
            f"{refusal(tmp_path)}, snapshot 2: its day 2026-01-30 is not in the week from 2026-01-19.",
            f"{refusal(tmp_path)}, snapshot 3: it is not what was recorded.",
            f"{refusal(tmp_path)}, snapshot 3: it cannot be read.",
        )
        assert said_of(lambda: store.team_at(3)).startswith(
            f"{refusal(tmp_path)}: it is damaged (what stands there cannot be read). Fix: put a backup of it"
        )


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    filled(tmp_path, 1)
    run(tmp_path, "DELETE FROM snapshot_opportunity WHERE position = 1")
    with Store.open(tmp_path, create=False) as store:
        assert store.verify() == (
            f"{refusal(tmp_path)}, snapshot 1: it is not what was recorded.",
            f"{refusal(tmp_path)}, snapshot 1: it has 2 opportunities, and 3 were recorded.",
        )
    run(tmp_path, "DELETE FROM opportunity_state WHERE id = 3")
    with Store.open(tmp_path, create=False) as store:
        assert store.verify() == (
            f"{refusal(tmp_path)}: snapshot_opportunity: a row refers to one of opportunity_state that is not there.",
        )


# --- other versions ---

ADDED = "ALTER TABLE snapshot ADD COLUMN note TEXT NOT NULL DEFAULT 'none'; CREATE TABLE other (a TEXT);"
FAILS = "DELETE FROM no_such_table;"


def test_a_file_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    filled(tmp_path, 1)
    n_layouts = len(schema.MIGRATIONS)
    run(tmp_path, f"PRAGMA user_version = {n_layouts + 1}")
    before = (tmp_path / FILE).read_bytes()
    for create in (True, False):
        assert said_of(partial(opened, tmp_path, create=create)) == (
            f"{refusal(tmp_path)}: a newer version of this program wrote it (its layout is {n_layouts + 1}, and "
            f"{n_layouts} is the last that this one knows); nothing was changed. Fix: use the newer version."
        )
    assert (tmp_path / FILE).read_bytes() == before


def test_a_file_of_an_older_version_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path, 2)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ADDED))
    record(tmp_path, 3)
    assert is_whole(tmp_path, 3)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        assert connection.execute("SELECT note FROM snapshot").fetchall() == [("none",)] * 3
        assert connection.execute("PRAGMA user_version").fetchone() == (len(schema.MIGRATIONS),)


def test_one_that_was_opened_before_another_brought_it_up_to_date_writes_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path, 1)
    known = schema.MIGRATIONS
    with Store.open(tmp_path) as store:
        monkeypatch.setattr(schema, "MIGRATIONS", (*known, ADDED))
        opened(tmp_path)
        monkeypatch.setattr(schema, "MIGRATIONS", known)
        said = said_of(lambda: store.record(weekly_team(2), as_of(2), taken("2")))
    assert "a newer version of this program wrote it" in said


def test_bringing_up_to_date_is_done_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path, 1)
    before = (tmp_path / FILE).read_bytes()
    with monkeypatch.context() as newer:
        newer.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, f"{ADDED}{FAILS}"))
        assert "no such table" in said_of(lambda: opened(tmp_path))
    assert (tmp_path / FILE).read_bytes() == before
    assert is_whole(tmp_path, 1)


# --- rights, locks and space ---


def test_a_history_that_another_program_writes_to_for_long_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    filled(tmp_path, 1)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert said_of(lambda: record(tmp_path, 2, wait=0.05)) == (
            f"{refusal(tmp_path)}: another program is writing to it and was not done within 0.05 seconds. "
            "Fix: wait for that to end, then start yours again."
        )
        assert is_whole(tmp_path, 1)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def as_nobody(work: Callable[[], None]) -> Callable[[], None]:
    """The work without the rights of an administrator, who may write anywhere."""

    def done() -> None:
        if not os.getuid():
            os.setuid(NOBODY)
        work()

    return done


def forbidden(folder: Path) -> str:
    return (
        f"{refusal(folder)}: you may not write to it or to its folder. "
        "Fix: name another folder with --state, or have that right given to you."
    )


def test_a_folder_that_may_not_be_written_is_refused(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    inside = open_folder / "state"
    assert said_in_another_process(as_nobody(lambda: record(open_folder, 1))) == forbidden(open_folder)
    assert said_in_another_process(as_nobody(lambda: record(inside, 1))) == forbidden(inside)


def test_a_history_that_may_only_be_read_is_read_and_not_written(open_folder: Path) -> None:
    filled(open_folder, 2)
    (open_folder / FILE).chmod(0o444)
    open_folder.chmod(0o555)
    assert said_in_another_process(as_nobody(lambda: _refuse(not is_whole(open_folder, 2)))) == ""
    assert said_in_another_process(as_nobody(lambda: record(open_folder, 3))) == forbidden(open_folder)
    assert said_in_another_process(as_nobody(lambda: _mark(open_folder))) == forbidden(open_folder)


def test_a_history_of_an_older_version_that_may_only_be_read_is_read(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(open_folder, 2)
    before = (open_folder / FILE).read_bytes()
    open_folder.chmod(0o555)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, ADDED))
    assert said_in_another_process(as_nobody(lambda: _refuse(not is_whole(open_folder, 2)))) == ""
    assert (open_folder / FILE).read_bytes() == before


def _refuse(wrong: bool) -> None:
    assert not wrong


def _mark(folder: Path) -> None:
    with Store.open(folder, create=False) as store:
        store.forget([1])


def test_a_limit_on_the_size_of_files_loses_nothing(tmp_path: Path) -> None:
    filled(tmp_path, 2)
    size = (tmp_path / FILE).stat().st_size

    def record_more() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, size + 4096))
        record(tmp_path, 3, n_rows=2_000)

    assert said_in_another_process(record_more) == (
        f"{refusal(tmp_path)}: the disk or the network failed (disk I/O error); nothing was changed. "
        "Fix: see that the folder can be reached and has space, then start again."
    )
    assert is_whole(tmp_path, 2)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kilobytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(disk)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only an administrator can mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_loses_nothing(small_disk: Path) -> None:
    filled(small_disk, 2)
    assert said_of(lambda: record(small_disk, 3, n_rows=2_000)) == (
        f"{refusal(small_disk)}: the disk is full; nothing was changed. Fix: free some space, then start again."
    )
    assert is_whole(small_disk, 2)
    record(small_disk, 3)
    assert is_whole(small_disk, 3)


def test_on_a_disk_too_full_to_make_the_file_smaller_what_is_forgotten_is_gone_all_the_same(small_disk: Path) -> None:
    filled(small_disk, 2)
    with Store.open(small_disk) as store:
        store.record(weekly_team(3, 40, rep="Zebulon Quark"), as_of(3), taken("3"))
    size = (small_disk / FILE).stat().st_size
    (small_disk / "other").write_bytes(bytes(256 * 1024 - size - 60 * 1024))
    with Store.open(small_disk) as store:
        store.forget([3])
    content = (small_disk / FILE).read_bytes()
    assert b"Zebulon" not in content
    assert len(content) >= size
    assert is_whole(small_disk, 2)
