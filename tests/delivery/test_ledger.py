"""The ledger: what it remembers, who may read it, and what the disk and other programs do to it."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from mail_servers import ended, forked

from letters_to_send import AT, WEEK, letter
from milestone_reports.delivery.ledger import FILE, Ledger
from milestone_reports.delivery.parcels import Parcel
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.history.store import Store

PARCEL = Parcel(letter(0), "rep-00@example.com")
NOBODY = 65_534


def opened(folder: Path, *, create: bool = True, wait: float = 30) -> None:
    with Ledger.open(folder, create=create, wait=wait):
        pass


def note(folder: Path, parcel: Parcel = PARCEL, *, wait: float = 30) -> None:
    """One letter that was sent."""
    with Ledger.open(folder, wait=wait) as ledger:
        number = ledger.begin(parcel, "<1@example.com>", AT)
        ledger.handing_over(number)
        ledger.ended(number, "sent", "250 OK", AT)


def said_of(work: Callable[[], object]) -> str:
    with pytest.raises(CannotGoOnError) as refused:
        work()
    return str(refused.value)


def run(folder: Path, *statements: str) -> None:
    """Change the file with SQLite alone."""
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


# --- what it remembers ---


def test_each_step_of_an_attempt_is_kept_with_its_times(state: Path) -> None:
    with Ledger.open(state) as ledger:
        number = ledger.begin(PARCEL, "<1@example.com>", AT)
        (begun,) = ledger.entries()
        ledger.handing_over(number)
        (handing_over,) = ledger.entries()
        ledger.ended(number, "sent", "250 2.0.0\nOK\x1b" + "x" * 1_000, AT)
        (ended_entry,) = ledger.entries(WEEK)
        assert ledger.entries("2026-W46") == ()
    assert (begun.state, begun.begun_at, begun.ended_at) == ("begun", AT, None)
    assert handing_over == replace(begun, state="handing over")
    assert replace(ended_entry, said="") == replace(begun, state="sent", ended_at=AT)
    assert ended_entry.said.startswith("250 2.0.0 OKxxx")
    assert len(ended_entry.said) == 300
    assert (begun.week, begun.team, begun.kind, begun.name, begun.digest) == (
        WEEK, "North", "scorecard", "Rep 00", letter(0).digest,
    )  # fmt: skip


@pytest.mark.parametrize("state_after", ["begun", "postponed", "refused"])
def test_only_what_the_server_may_have_stands_in_the_way_of_another_attempt(state: Path, state_after: str) -> None:
    with Ledger.open(state) as ledger:
        number = ledger.begin(PARCEL, "<1@example.com>", AT)
        if state_after != "begun":
            ledger.handing_over(number)
            ledger.ended(number, state_after, "", AT)  # type: ignore[arg-type]
        assert ledger.last_handed_over(PARCEL) is None
        again = ledger.begin(PARCEL, "<1@example.com>", AT)
        ledger.handing_over(again)
        found = ledger.last_handed_over(PARCEL)
        assert found is not None
        assert found.number == again
        assert ledger.last_handed_over(PARCEL, after=again) is None


def test_an_attempt_that_another_program_changed_goes_no_further(state: Path) -> None:
    with Ledger.open(state) as ledger:
        number = ledger.begin(PARCEL, "<1@example.com>", AT)
        run(state, "UPDATE attempt SET state = 'sent'")
        assert said_of(lambda: ledger.handing_over(number)) == (
            f"Deliveries '{state / FILE}': another program has changed what this sending noted there, so it goes no "
            "further. Fix: see that nothing else writes to the file, then start again; what was sent is not sent twice."
        )


def test_without_a_file_there_is_an_empty_ledger_and_none_is_made(state: Path) -> None:
    with Ledger.open(state, create=False) as ledger:
        assert ledger.entries() == ()
        assert ledger.last_handed_over(PARCEL) is None
    assert not state.exists()


# --- who may read it ---


def test_only_its_owner_may_read_it(state: Path) -> None:
    os.umask(mask := os.umask(0))
    with Ledger.open(state) as ledger, ledger.alone():
        number = ledger.begin(PARCEL, "<1@example.com>", AT)
        connection = ledger.database.connection
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE attempt SET said = 'x'")
        rights = {file.name: stat.S_IMODE(file.stat().st_mode) for file in state.iterdir()}
        connection.execute("ROLLBACK")
    assert number == 1
    assert mask != 0o077
    assert rights == {FILE: 0o600, f"{FILE}-journal": 0o600, ".deliveries.lock": 0o600}


def test_rights_that_others_were_given_are_taken_away(state: Path) -> None:
    note(state)
    (state / FILE).chmod(0o644)
    note(state)
    assert stat.S_IMODE((state / FILE).stat().st_mode) == 0o600


# --- one sending at a time ---


def test_a_second_sending_is_told_that_the_first_is_at_work(state: Path) -> None:
    def second() -> None:
        with Ledger.open(state) as ledger, ledger.alone():
            pass

    with Ledger.open(state) as ledger, ledger.alone():
        assert said_of(second) == (
            f"Deliveries '{state / FILE}': another sending is at work with it. "
            "Fix: wait for that to end, then start yours again; what it has sent is not sent twice."
        )
    second()


def test_a_sending_that_was_killed_is_in_nobodys_way(state: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from milestone_reports.delivery.ledger import Ledger\n"
        "with Ledger.open(Path(sys.argv[1])) as ledger, ledger.alone():\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", program, str(state)], check=False).returncode < 0
    with Ledger.open(state) as ledger, ledger.alone():
        assert ledger.entries() == ()


# --- what the disk and other programs do ---


@pytest.mark.parametrize("create", [True, False])
def test_a_file_that_is_no_database_is_refused(state: Path, *, create: bool) -> None:
    state.mkdir()
    (state / FILE).write_text("a note that someone saved under this name\n" * 40)
    assert said_of(lambda: opened(state, create=create)) == (
        f"Deliveries '{state / FILE}': the file is damaged (file is not a database), so it is not known what was sent; "
        "nothing was sent now. Fix: put a backup of it in its place. Without one, move it away, ask the mail server "
        "what it delivered, and send the rest with --rep."
    )


@pytest.mark.parametrize("create", [True, False])
def test_a_history_is_no_ledger(state: Path, *, create: bool) -> None:
    with Store.open(state):
        pass
    (state / "history.sqlite").rename(state / FILE)
    assert said_of(lambda: opened(state, create=create)) == (
        f"Deliveries '{state / FILE}': this is no ledger of this program. Fix: move it away, put a backup in its "
        "place, or name another folder with --state."
    )


@pytest.mark.parametrize("create", [True, False])
def test_what_a_newer_version_wrote_is_left_alone(state: Path, *, create: bool) -> None:
    note(state)
    run(state, "PRAGMA user_version = 7")
    before = (state / FILE).read_bytes()
    assert said_of(lambda: opened(state, create=create)) == (
        f"Deliveries '{state / FILE}': a newer version of this program wrote it (its layout is 7, and 1 is the last "
        "that this one knows); nothing was sent. Fix: use the newer version."
    )
    assert (state / FILE).read_bytes() == before


def test_damaged_pages_are_one_sentence(state: Path) -> None:
    note(state)
    content = bytearray((state / FILE).read_bytes())
    content[4_096 : 4_096 * 3] = os.urandom(4_096 * 2)
    (state / FILE).write_bytes(content)
    assert said_of(lambda: note(state)).startswith(f"Deliveries '{state / FILE}': the file is damaged (")


def test_a_file_that_another_program_writes_to_is_waited_for(state: Path) -> None:
    note(state)
    with closing(sqlite3.connect(state / FILE, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert said_of(lambda: note(state, wait=0.05)) == (
            f"Deliveries '{state / FILE}': another program is writing to it and was not done within 0.05 seconds. "
            "Fix: wait for that to end, then start yours again."
        )


def test_a_full_disk_is_one_sentence_and_what_stood_there_stands(state: Path) -> None:
    note(state)
    with Ledger.open(state) as ledger:
        (pages,) = ledger.database.connection.execute("PRAGMA page_count").fetchone()
        ledger.database.connection.execute(f"PRAGMA max_page_count = {pages}")

        def fill() -> None:
            for _ in range(1_000):
                ledger.begin(PARCEL, "<1@example.com>", AT)

        assert said_of(fill) == (
            f"Deliveries '{state / FILE}': the disk is full, and nothing is sent that cannot be noted. "
            "Fix: free some space, then start again; what was sent is not sent twice."
        )
        assert ledger.entries()[0].state == "sent"


def test_a_file_in_place_of_the_folder_is_one_sentence(state: Path) -> None:
    state.write_text("")
    assert said_of(lambda: opened(state)) == (
        f"State folder '{state}': there is a file of this name. Fix: name a folder with --state."
    )


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can become somebody without rights")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_without_the_right_to_write_nothing_is_begun(state: Path, what: str) -> None:
    note(state)
    state.parent.chmod(0o755)
    (state / FILE).chmod(0o644)
    (state if what == "folder" else state / FILE).chmod(0o555 if what == "folder" else 0o444)
    if what == "file":
        state.chmod(0o777)

    def work() -> None:
        os.setuid(NOBODY)
        assert said_of(lambda: opened(state)) == (
            f"Deliveries '{state / FILE}': you may not write to it or to its folder, and nothing is sent that cannot "
            "be noted. Fix: name another folder with --state, or have that right given to you."
        )
        with Ledger.open(state, create=False) as ledger:
            assert len(ledger.entries()) == 1

    assert ended(forked(work)) == 0
