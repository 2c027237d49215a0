"""Programs that write to the history are killed at any moment; it is then as it was before, or as it was to be.

MILESTONE_KILLS sets how many kills there are, half of them at a random step of SQLite's, half at a random moment.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from kept_weeks import as_of, filled, taken, weekly_team

from milestone_reports.history.store import FILE, Store

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process a kill is quick only where one can fork")

KILLS = int(os.environ.get("MILESTONE_KILLS", "200")) // 2
ROWS = 20


def forked(work: Callable[[], None]) -> int:
    """The number of a process that does some work, and ends with 1 where that fails."""
    process = os.fork()
    if not process:
        try:
            work()
        except BaseException:  # noqa: BLE001  the other process judges it
            os._exit(1)
        os._exit(0)
    return process


def ended(process: int) -> int:
    """How a process ended, as `subprocess` says it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def weeks_in(folder: Path) -> list[int]:
    """The weeks that the history has, each of which is whole."""
    with Store.open(folder, create=False) as store:
        assert store.verify() == ()
        entries = store.entries()
        for entry in entries:
            week = int(entry.file_hash)
            assert store.team_at(entry.number) == (weekly_team(week, ROWS), as_of(week))
        return [int(entry.file_hash) for entry in entries]


# --- at any step of SQLite's ---


def watched_steps(watch: Callable[[int], None]) -> None:
    """Calls `watch` before each step of SQLite's, with its number, on all connections made from now on."""
    steps = itertools.count()

    def connect(file: Path, timeout: float, isolation_level: None) -> sqlite3.Connection:
        connection = sqlite3.Connection(file, timeout=timeout, isolation_level=isolation_level)
        connection.set_progress_handler(lambda: watch(next(steps)), 1)
        return connection

    pytest.MonkeyPatch().setattr(sqlite3, "connect", connect)


def record_and_die(folder: Path, week: int, last: int) -> None:
    """Records a week, and kills itself before a step of SQLite's."""

    def watch(step: int) -> None:
        if step == last:
            os.kill(os.getpid(), signal.SIGKILL)

    watched_steps(watch)
    with Store.open(folder) as store:
        store.record(weekly_team(week, ROWS), as_of(week), taken(str(week)))


def steps_of_a_record(folder: Path, week: int) -> int:
    """How many steps a record takes, the opening included; it is kept."""
    there, here = os.pipe()

    def count() -> None:
        steps: list[int] = []
        watched_steps(steps.append)
        with Store.open(folder) as store:
            store.record(weekly_team(week, ROWS), as_of(week), taken(str(week)))
        os.write(here, str(len(steps)).encode())

    assert ended(forked(count)) == 0
    return int(os.read(there, 20))


@pytest.mark.parametrize(("n_before", "kills"), [(2, KILLS * 4 // 5), (0, KILLS // 5)], ids=["written to", "made"])
def test_a_history_is_whole_after_a_kill_at_any_step(tmp_path: Path, n_before: int, kills: int) -> None:
    filled(tmp_path / "measured", n_before, ROWS)
    n_steps = steps_of_a_record(tmp_path / "measured", n_before + 1)
    moments = random.Random(1)  # noqa: S311  moments to kill at, not secrets
    before = list(range(1, n_before + 1))
    left_a_journal = 0
    for kill in range(kills):
        folder = tmp_path / str(kill)
        if n_before:
            filled(folder, n_before, ROWS)
        assert (
            ended(forked(partial(record_and_die, folder, n_before + 1, moments.randrange(n_steps)))) == -signal.SIGKILL
        )
        left_a_journal += (folder / f"{FILE}-journal").exists()
        assert weeks_in(folder) in (before, [*before, n_before + 1]), f"kill {kill}"
    assert left_a_journal > kills // 4  # so many were killed inside the write


# --- at any moment ---


def work_for_ever(folder: Path, first_week: int, told: int) -> None:
    """Records a week and forgets another, again and again; tells what is done, a byte for each week."""
    with Store.open(folder) as store:
        os.write(told, b".")
        for week in itertools.count(first_week):
            store.record(weekly_team(week, ROWS), as_of(week), taken(str(week)))
            os.write(told, b".")
            store.forget(range(week - 1))


def killed_after(seconds: float, folder: Path, first_week: int) -> int:
    """How many weeks were recorded by another process until it was killed."""
    there, here = os.pipe()
    process = forked(lambda: work_for_ever(folder, first_week, here))
    os.close(here)
    assert os.read(there, 1) == b"."
    time.sleep(seconds)
    os.kill(process, signal.SIGKILL)
    assert ended(process) == -signal.SIGKILL
    with os.fdopen(there, "rb") as said:
        return len(said.read())


def test_a_history_is_whole_after_a_kill_at_any_moment_and_has_all_that_was_done(tmp_path: Path) -> None:
    filled(tmp_path, 3, ROWS)
    moments = random.Random(1)  # noqa: S311  moments to kill at, not secrets
    last, left_a_journal = 3, 0
    for kill in range(KILLS):
        done = last + killed_after(moments.uniform(0, 0.04), tmp_path, last + 1)
        left_a_journal += (tmp_path / f"{FILE}-journal").exists()
        weeks = weeks_in(tmp_path)
        last = weeks[-1]
        assert last in {done, done + 1}, f"kill {kill}"
        assert weeks == list(range(weeks[0], last + 1)), f"kill {kill}"
        with Store.open(tmp_path) as store:
            store.forget([entry.number for entry in store.entries()[:-2]])
    assert left_a_journal


# --- at once ---


def test_two_that_record_at_once_both_do(tmp_path: Path) -> None:
    folder = tmp_path / "made by the first"

    def record(weeks: range) -> None:
        for week in weeks:
            with Store.open(folder) as store:
                store.record(weekly_team(week, ROWS), as_of(week), taken(str(week)))

    processes = [forked(lambda: record(range(1, 11))), forked(lambda: record(range(11, 21)))]
    assert [ended(process) for process in processes] == [0, 0]
    assert sorted(weeks_in(folder)) == list(range(1, 21))


def test_two_that_record_the_same_file_at_once_have_one_snapshot(tmp_path: Path) -> None:
    def record() -> None:
        with Store.open(tmp_path) as store:
            assert store.record(weekly_team(1, ROWS), as_of(1), taken("1")) == 1

    processes = [forked(record) for _ in range(4)]
    assert [ended(process) for process in processes] == [0, 0, 0, 0]
    assert weeks_in(tmp_path) == [1]
