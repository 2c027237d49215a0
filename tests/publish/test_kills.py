"""Builds are killed at any moment; the site is then the old or the new one, whole, and past weeks are untouched.

MILESTONE_KILLS sets how many kills at random moments each way of replacing a site gets: 100 here, so 200 for both.
"""

import hashlib
import itertools
import multiprocessing
import os
import random
import signal
import sys
from multiprocessing.synchronize import Event
from pathlib import Path
from time import perf_counter
from types import FrameType
from typing import TYPE_CHECKING

import pytest

from milestone_reports.publish import Stage, folders, manifest_of, recover, week_of

if TYPE_CHECKING:
    from _typeshed import TraceFunction

KILLS = int(os.environ.get("MILESTONE_KILLS", "100"))
MANY, FEW = 8, 2
NOTE = "call Ann"
PAST_WEEKS, WEEK = ("2026-W44", "2026-W45", "2026-W46"), "2026-W47"
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["pytest", "milestone_reports.publish"])


def pages_of(kind: str, n_pages: int) -> dict[str, bytes]:
    """Some pages that sites of all kinds have, and as many that only this one has."""
    shared = {f"pages/{number}.html": kind.encode() for number in range(n_pages)}
    links = (f'<a href="../pages/{number}.html">{kind}</a>'.encode() for number in range(n_pages))
    return shared | {f"{kind}/{number}.html": link for number, link in enumerate(links)}


def publish(output: Path, kind: str, *, n_pages: int, in_one_step: bool, week: str = WEEK) -> None:
    """A site of its kind with a copy of it in the folder of its week; those of other weeks are kept."""
    with Stage.beside(output, version=kind) as stage:
        stage.keep(path for path in stage.old if week_of(path) not in {"", week})
        for number, (path, content) in enumerate(pages_of(kind, n_pages).items()):
            stage.write(path, content)
            if number % 2:
                stage.write(f"{week}/{path}", content)
            else:
                stage.write_also(f"{week}/{path}", path)
        stage.check()
        stage.promote(in_one_step=in_one_step)


def site_with_a_past_and_a_note(output: Path, *, n_pages: int) -> None:
    for week in PAST_WEEKS:
        publish(output, "past", n_pages=n_pages, in_one_step=True, week=week)
    publish(output, "odd", n_pages=n_pages, in_one_step=True)
    (output / "notes.txt").write_text(NOTE)


def what_is_wrong(output: Path, *, n_pages: int) -> str:
    """How the folder differs from the one whole site that its manifest names; empty if it does not."""
    manifest = manifest_of(output)
    if not manifest:
        return "no manifest"
    found = {
        file.relative_to(output).as_posix(): file.read_bytes()
        for file in output.rglob("*")
        if file.is_file() and file.name != "manifest.json"
    }
    if found.pop("notes.txt", b"") != NOTE.encode():
        return "the user's file is gone or changed"
    if {path: hashlib.sha256(content).hexdigest() for path, content in found.items()} != manifest.files:
        return "pages that are not the manifest's"
    past = {f"{week}/{path}": content for week in PAST_WEEKS for path, content in pages_of("past", n_pages).items()}
    if {path: found.pop(path, b"") for path in past} != past:
        return "a past week is not as it was published"
    site = pages_of(manifest.version, n_pages)
    here = site | {f"{WEEK}/{path}": content for path, content in site.items()}
    return "" if found == here else f"pages of another site: {sorted(found)}"


# --- at random moments ---


def publish_for_ever(output: Path, started: Event, *, in_one_step: bool) -> None:
    started.set()
    for kind in itertools.cycle(["even", "odd"]):
        publish(output, kind, n_pages=MANY, in_one_step=in_one_step)


def kill_after(seconds: float, output: Path, *, in_one_step: bool) -> None:
    """Publishes in another process and kills that after a while."""
    started = PROCESSES.Event()
    process = PROCESSES.Process(target=publish_for_ever, args=(output, started), kwargs={"in_one_step": in_one_step})
    process.start()
    assert started.wait(60)
    process.join(seconds)
    assert process.is_alive(), "the build ended by itself"
    process.kill()
    process.join()


@pytest.mark.parametrize("in_one_step", [True, False])
def test_a_site_is_whole_after_a_kill_at_any_moment(tmp_path: Path, *, in_one_step: bool) -> None:
    output = tmp_path / "output"
    site_with_a_past_and_a_note(output, n_pages=MANY)
    began = perf_counter()
    publish(output, "odd", n_pages=MANY, in_one_step=in_one_step)
    one_build = perf_counter() - began  # on a busy machine all takes longer
    kinds = set()
    moments = random.Random(1)  # noqa: S311  moments to kill at, not secrets
    for kill in range(KILLS):
        kill_after(moments.uniform(0, 2 * one_build), output, in_one_step=in_one_step)
        if not in_one_step:
            recover(output)
        assert not what_is_wrong(output, n_pages=MANY), f"kill {kill}"
        kinds.add(str(manifest_of(output)))
    assert len(kinds) == 2  # some came before the site was exchanged, some after
    recover(output)
    assert {path.name for path in tmp_path.iterdir()} == {"output", ".output.lock"}


# --- at every line of the code that moves folders ---


def publish_and_die(output: Path, kind: str, last_line: int, *, in_one_step: bool) -> None:
    """Publishes, and kills itself before so many lines of `folders.py` were run."""
    lines = itertools.count()

    def watch(frame: FrameType, event: str, _: object) -> "TraceFunction | None":
        if frame.f_code.co_filename != folders.__file__:
            return None
        if event == "line" and next(lines) == last_line:
            os.kill(os.getpid(), signal.SIGKILL)
        return watch

    sys.settrace(watch)
    publish(output, kind, n_pages=FEW, in_one_step=in_one_step)


@pytest.mark.parametrize("in_one_step", [True, False])
def test_a_site_is_whole_after_a_kill_at_any_line_that_moves_it(tmp_path: Path, *, in_one_step: bool) -> None:
    output = tmp_path / "output"
    site_with_a_past_and_a_note(output, n_pages=FEW)
    left_aside = 0
    versions = set()
    for last_line in itertools.count():
        args = (output, ("even", "odd")[last_line % 2], last_line)
        process = PROCESSES.Process(target=publish_and_die, args=args, kwargs={"in_one_step": in_one_step})
        process.start()
        process.join()
        if process.exitcode == 0:  # it came to its end before that line
            break
        assert process.exitcode == -signal.SIGKILL
        if not output.exists():
            left_aside += 1
            recover(output)
        assert not what_is_wrong(output, n_pages=FEW), f"line {last_line}"
        versions.add((output / "manifest.json").read_text())
    assert left_aside == (0 if in_one_step else 1)  # only between two renames is there no site
    assert len(versions) == 2
    assert {path.name for path in tmp_path.iterdir()} == {"output", ".output.lock"}
