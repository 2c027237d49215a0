from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from milestone_reports.cli import main
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.watch import Inbox, only_watcher
from milestone_reports.watch.inbox import move


def test_the_files_are_those_in_the_folder_itself(tmp_path: Path) -> None:
    for path in ("pipeline.xlsx", "~$pipeline.xlsx", "done/2026-W46/old.xlsx", "rejected/bad.xlsx", "sub/other.xlsx"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    assert [path.name for path in Inbox(tmp_path).files()] == ["pipeline.xlsx"]


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are POSIX")
def test_links_and_pipes_are_nobodys_workbook(tmp_path: Path) -> None:
    (tmp_path / "link.xlsx").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe.xlsx")
    assert Inbox(tmp_path).files() == {}


def test_a_folder_that_is_gone_is_an_error_and_not_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        Inbox(tmp_path / "gone").files()


def test_a_move_never_overwrites(tmp_path: Path) -> None:
    moved = []
    for content in ("first", "second", "third"):
        (tmp_path / "pipeline.v2.xlsx").write_text(content)
        moved.append(move(tmp_path / "pipeline.v2.xlsx", tmp_path / "done/2026-W47"))
    assert [(path.name, path.read_text()) for path in moved] == [
        ("pipeline.v2.xlsx", "first"),
        ("pipeline.v2 (2).xlsx", "second"),
        ("pipeline.v2 (3).xlsx", "third"),
    ]


@pytest.mark.parametrize("name", ["done", "rejected"])
def test_a_file_where_a_folder_of_the_inbox_has_to_be_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(CannotGoOnError) as told, only_watcher(Inbox(tmp_path), tmp_path.with_name("site")):
        pass
    assert str(told.value) == (
        f"Inbox '{tmp_path}': there is a file named '{name}', where a folder for what was taken has to be. "
        "Fix: give the file another name."
    )


def test_a_settle_time_that_is_no_number_is_refused(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["watch", str(tmp_path), "-o", str(tmp_path.with_name("site")), "--settle", "nan"])
    assert ran.exit_code == 2
    assert "'nan' is no length of time; write a number of seconds, such as 2." in ran.output


def test_a_second_watcher_of_an_inbox_is_told_so(tmp_path: Path) -> None:
    inbox, site = Inbox(tmp_path / "inbox"), tmp_path / "site"
    inbox.folder.mkdir()
    with only_watcher(inbox, site), pytest.raises(CannotGoOnError) as told, only_watcher(inbox, site):
        pass
    assert str(told.value) == (
        f"Inbox '{inbox.folder}': another watch is at work there. "
        "Fix: let that one do it, or end it and start this one again."
    )
    with only_watcher(inbox, site):
        pass  # the first has given it back


def test_an_inbox_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    folder = tmp_path / "inbax"
    with pytest.raises(CannotGoOnError) as told, only_watcher(Inbox(folder), tmp_path / "site"):
        pass
    assert str(told.value) == f"Inbox '{folder}': there is no such folder. Fix: make it, or check the name."


@pytest.mark.parametrize("inbox", ["site", "site/inbox"])
def test_an_inbox_inside_the_site_is_refused(tmp_path: Path, inbox: str) -> None:
    (tmp_path / inbox).mkdir(parents=True)
    with pytest.raises(CannotGoOnError) as told, only_watcher(Inbox(tmp_path / inbox), tmp_path / "site"):
        pass
    assert str(told.value) == (
        f"Output folder '{tmp_path / 'site'}': the inbox lies in it; a site needs a folder of its own. "
        "Fix: name another with -o."
    )
