"""The sending is killed at any moment, and run again until it is done: no letter arrives twice, none is lost unsaid.

MILESTONE_KILLS sets about how many kills there are: at each phase of the conversation with the server, at random steps
of SQLite's, and at random moments.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from mail_servers import PHASES, Authority, Phase, ended, forked, scripted_server

from letters_to_send import arrivals, everybody, outcomes, post, sent
from milestone_reports.delivery.ledger import Ledger
from milestone_reports.delivery.letters import Post
from milestone_reports.delivery.sending import Delivery, Order
from milestone_reports.settings_file.mail import MailSettings

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process a kill is quick only where one can fork")

KILLS = int(os.environ.get("MILESTONE_KILLS", "120"))
N_LETTERS = 50
FIFTY = post(N_LETTERS)
CUT_SHORT: tuple[Phase, ...] = ("dot", "kept")
"""Where the server has the whole message, and the program has not heard so."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where one post is sent from, by as many runs as it takes."""

    folder: Path
    state: Path
    mail: MailSettings
    what: Post = FIFTY

    def run(self) -> None:
        """A sending whose process the server knows."""
        (self.folder / "client").write_text(str(os.getpid()))
        sent(self.state, self.what, Order(self.mail))

    def last_run(self) -> list[Delivery]:
        """What a run says that nothing happens to."""
        return sent(self.state, self.what, Order(self.mail))

    def runs_until_done(self) -> Iterator[int]:
        """The process of each run that begins; no more once one has come to its end."""
        while True:
            process = forked(self.run)
            yield process
            if (code := ended(process)) == 0:
                return
            assert code == -signal.SIGKILL

    def in_doubt(self, last_run: list[Delivery], n_kills: int) -> Counter[str]:
        """Who may not have theirs; else each has it exactly once, and nobody has it twice."""
        arrived = arrivals(self.folder / "kept")
        in_doubt = Counter(one.address for one in last_run if one.outcome == "in doubt")
        assert set(outcomes(last_run)) <= {"sent", "sent before", "in doubt"}
        assert in_doubt.total() <= n_kills
        assert max(arrived.values()) == 1
        assert everybody(len(self.what.letters)) - arrived <= in_doubt
        return in_doubt


# --- at each phase ---


@pytest.mark.parametrize("phase", PHASES)
def test_each_arrives_once_where_the_program_is_killed_at_a_phase(
    tmp_path: Path, state: Path, trust: Authority, phase: Phase
) -> None:
    # In the middle of a message is only where not all of it fits between here and there.
    what = post(7, size=4_000_000) if phase == "middle" else FIFTY
    n_letters, n_kills = len(what.letters), max(KILLS // 20, 2)
    every = 1 if phase in {"connect", "ehlo", "auth"} else max(n_letters // n_kills, 1)

    def plan(now: Phase, nth: int) -> str:
        return "kill" if now == phase and nth % every == 0 and nth // every <= n_kills else ""

    with scripted_server(tmp_path / "kept", trust, plan) as mail:
        desk = Desk(tmp_path, state, mail, what)
        assert len(list(desk.runs_until_done())) == n_kills + 1
        in_doubt = desk.in_doubt(desk.last_run(), n_kills)
    assert arrivals(tmp_path / "kept") == everybody(n_letters)
    if phase != "answered":  # there the answer may have been read and noted before the kill, or not
        assert in_doubt.total() == (n_kills if phase in CUT_SHORT else 0)


# --- at any step of SQLite's ---


def killed_at_step(last: int, desk: Desk) -> None:
    """A run that kills itself before a step of SQLite's."""
    steps = itertools.count()

    def watch() -> None:
        if next(steps) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def connect(file: Path, timeout: float, isolation_level: None) -> sqlite3.Connection:
        connection = sqlite3.Connection(file, timeout=timeout, isolation_level=isolation_level)
        connection.set_progress_handler(watch, 1)
        return connection

    pytest.MonkeyPatch().setattr(sqlite3, "connect", connect)
    desk.run()


def test_each_arrives_once_where_the_program_is_killed_at_any_step_of_the_ledger(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    moments = random.Random(7)  # noqa: S311  moments to kill at, not secrets
    with scripted_server(tmp_path / "kept", trust) as mail:
        desk = Desk(tmp_path, state, mail)
        codes = [
            ended(forked(partial(killed_at_step, moments.randrange(2_000), desk))) for _ in range(max(KILLS // 4, 2))
        ]
        n_kills = codes.count(-signal.SIGKILL)
        desk.in_doubt(desk.last_run(), n_kills)
    assert set(codes) <= {0, -signal.SIGKILL}
    assert n_kills > len(codes) // 4


# --- at any moment ---


def test_each_arrives_once_where_the_program_is_killed_at_any_moment(
    tmp_path: Path, state: Path, trust: Authority
) -> None:
    moments = random.Random(11)  # noqa: S311  moments to kill at, not secrets
    n_kills, n_wanted = 0, max(KILLS // 4, 2)
    for number in map(str, itertools.count()):
        (tmp_path / number).mkdir()
        with scripted_server(tmp_path / number / "kept", trust) as mail:
            desk = Desk(tmp_path / number, state / number, mail)
            for process in desk.runs_until_done():
                if n_kills < n_wanted:
                    time.sleep(moments.uniform(0.02, 0.15))
                    os.kill(process, signal.SIGKILL)
                    n_kills += 1  # or the run had just come to its end
            desk.in_doubt(desk.last_run(), n_kills)
        if n_kills == n_wanted:
            return


def test_what_a_kill_left_is_seen_in_the_ledger(tmp_path: Path, state: Path, trust: Authority) -> None:
    def plan(now: Phase, nth: int) -> str:
        return "kill" if (now, nth) in {("mail", 2), ("kept", 3)} else ""

    with scripted_server(tmp_path / "kept", trust, plan) as mail:
        assert len(list(Desk(tmp_path, state, mail).runs_until_done())) == 3
    with Ledger.open(state) as ledger:
        states = Counter(entry.state for entry in ledger.entries())
    assert states == {"sent": N_LETTERS - 1, "begun": 1, "handing over": 1}
