"""The command as it runs for weeks: a process of its own, real files, signals and kills.

MILESTONE_KILLS sets how often it is killed and started again: 20 here, some hundreds for a long run.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from inboxes import files_in, write_team

from milestone_reports.history.store import Store
from milestone_reports.publish import manifest_of
from milestone_reports.watch.inbox import STATE

KILLS = int(os.environ.get("MILESTONE_KILLS", "20"))
PATIENCE = 30
QUICK = ("--settle", "0.2", "--formats", "data")
LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (.+)")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and kills are POSIX")


def command(inbox: Path, *more: str) -> list[str]:
    site = str(inbox.with_name("site"))
    return [sys.executable, "-m", "milestone_reports", "watch", str(inbox), "-o", site, *QUICK, *more]


def run_once(inbox: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(inbox, "--once", *more), capture_output=True, encoding="utf-8", check=False)


@contextmanager
def running(inbox: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """The watch while it runs; it has begun when it says so."""
    with subprocess.Popen(command(inbox, *more), stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            assert " watching " in process.stdout.readline()
            yield process
        finally:
            process.kill()


def told(process: subprocess.Popen[str]) -> str:
    """The next line that it tells, without the time."""
    assert process.stdout is not None
    line = process.stdout.readline().rstrip("\n")
    found = LINE.fullmatch(line)
    assert found, line
    return re.sub(r", \d+ files, \d+\.\d s$", "", found[1])


def stopped(process: subprocess.Popen[str], by: signal.Signals) -> tuple[int, str]:
    process.send_signal(by)
    rest, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, rest


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("MILESTONE_REPORTS_STATE", raising=False)  # the history is in the inbox, unless said otherwise
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("mode", [(), ("--poll",)], ids=["told by the system", "polling"])
def test_it_takes_what_is_dropped_in_whatever_way(inbox: Path, tmp_path: Path, mode: tuple[str, ...]) -> None:
    whole = write_team(tmp_path / "slow.xlsx").read_bytes()
    with running(inbox, *mode) as process:
        (inbox / "~$slow.xlsx").write_text("Dana")
        with (inbox / "slow.xlsx").open("wb", buffering=0) as file:
            for at in range(0, len(whole), 1000):
                file.write(whole[at : at + 1000])
                time.sleep(0.05)
        assert told(process) == "published slow.xlsx, week 2026-W47"

        temporary = write_team(tmp_path / "south.xlsx", "South")
        temporary.rename(inbox / "south.xlsx")
        assert told(process) == "published south.xlsx, week 2026-W47"

        (inbox / "letter.docx").write_bytes(b"PK\x03\x04 not whole")
        assert told(process).startswith("rejected letter.docx: ")
        code, rest = stopped(process, signal.SIGTERM)
    assert code == 0
    assert rest.endswith(" stopped\n")
    assert files_in(inbox) == {
        "~$slow.xlsx",
        "done/2026-W47/slow.xlsx",
        "done/2026-W47/south.xlsx",
        "rejected/letter.docx",
        "rejected/letter.docx.html",
    }
    assert {path.name for path in inbox.with_name("site").iterdir()} >= {"north", "south"}


def test_a_share_that_goes_away_and_comes_back_is_told_in_one_line_each(inbox: Path) -> None:
    away = inbox.with_name("away")
    with running(inbox, "--poll") as process:
        inbox.rename(away)
        assert told(process) == f"{inbox} cannot be reached (no such file or directory); waiting for it"
        write_team(away / "pipeline.xlsx")
        away.rename(inbox)
        assert told(process) == f"{inbox} is back"
        assert told(process) == "published pipeline.xlsx, week 2026-W47"
        write_team(inbox / "pipeline.xlsx", as_of="2026-11-19")
        assert told(process) == "published pipeline.xlsx, week 2026-W47"


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_after_the_file_at_hand(inbox: Path, by: signal.Signals) -> None:
    for number in range(3):
        write_team(inbox / f"{number}.xlsx", f"Team {number}")
    with running(inbox) as process:
        told(process)
        code, rest = stopped(process, by)
    n_done = 1 + len(re.findall("published", rest))
    assert code == 0
    assert rest.endswith(" stopped\n")
    assert len(files_in(inbox / "done")) == n_done
    assert len(files_in(inbox)) == 3


def test_a_second_watch_of_the_same_inbox_ends_at_once_with_a_sentence(inbox: Path) -> None:
    with running(inbox):
        second = run_once(inbox)
    assert (second.returncode, second.stdout) == (2, "")
    assert second.stderr.startswith(f"Inbox '{inbox}': another watch is at work there. Fix: ")


def test_once_ends_with_0_with_1_for_a_rejected_file_and_with_3_where_it_could_not_publish(inbox: Path) -> None:
    assert (run_once(inbox).returncode, files_in(inbox)) == (0, set())
    write_team(inbox / "pipeline.xlsx")
    done = run_once(inbox)
    assert (done.returncode, done.stderr) == (0, "")
    assert LINE.fullmatch(done.stdout.rstrip("\n"))

    (inbox / "letter.xlsx").write_text("Dear team")
    write_team(inbox / "south.xlsx", "South")
    quiet = run_once(inbox, "--quiet")
    assert (quiet.returncode, quiet.stderr) == (1, "")
    assert [line.partition("rejected")[2][:13] for line in quiet.stdout.splitlines()] == [" letter.xlsx:"]

    manifest = inbox.with_name("site") / "manifest.json"
    manifest.unlink()  # now the site is the user's own, and in the way
    write_team(inbox / "east.xlsx", "East")
    failed = run_once(inbox)
    assert failed.returncode == 3
    assert "east.xlsx was not published and stays in the inbox: Output folder" in failed.stdout
    assert (inbox / "east.xlsx").exists()


@pytest.mark.parametrize("part", range(2))
def test_after_kills_at_any_moment_every_file_was_published_once(inbox: Path, part: int) -> None:
    """Dropped one a round: a team's workbook, or a letter. Killed after a while, and at the end run once more."""
    moments = random.Random(part)  # noqa: S311  moments to kill at, not secrets
    n_rounds = KILLS // 2
    contents = {}
    for number in range(n_rounds):
        name = f"{number}.xlsx"
        if number % 3:
            write_team(inbox / name, f"Team {number}")
        else:
            (inbox / name).write_text(f"Dear team {number}")
        contents[name] = (inbox / name).read_bytes()
        with running(inbox) as process:
            time.sleep(moments.uniform(0, 1.5))
            process.kill()
    last = run_once(inbox)
    assert last.returncode in {0, 1}, last.stdout

    letters = [name for number, name in enumerate(contents) if number % 3 == 0]
    teams = [name for name in contents if name not in letters]
    assert files_in(inbox) == {
        *(f"done/2026-W47/{name}" for name in teams),
        *(f"rejected/{name}" for name in letters),
        *(f"rejected/{name}.html" for name in letters),
    }
    moved = [path for path in inbox.rglob("*.xlsx") if path.name in contents]
    assert all(path.read_bytes() == contents[path.name] for path in moved)
    with Store.open(inbox / STATE, create=False) as store:
        assert store.verify() == ()
        taken = Counter(entry.file for entry in store.entries())
    assert taken == dict.fromkeys(teams, 1)
    assert manifest_of(inbox.with_name("site")) is not None
