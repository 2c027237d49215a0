"""What is no file, or none that stays as it is: one sentence each, and the reading never waits."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import GOOD
from limits import refusal

from milestone_reports.workbook.reading.assemble import read_team
from workbooks import TODAY


def test_a_folder_is_told(tmp_path: Path) -> None:
    expected = f"{tmp_path}: a folder; one workbook (.xlsx or .xlsm) was expected. Fix: name the file in it."
    assert refusal(tmp_path) == expected


def test_a_link_that_leads_back_to_itself_is_told(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    path.symlink_to(path)
    assert refusal(path) == f"{path}: a link that leads back to itself. Fix: name the workbook, not the link."


def test_a_pipe_that_nobody_writes_to_does_not_hold_up_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    os.mkfifo(path)
    assert refusal(path) == (
        f"{path}: a device or a pipe, not a file; a workbook (.xlsx or .xlsm) was expected. Fix: name its file."
    )


def test_a_device_without_an_end_is_told() -> None:
    assert refusal(Path("/dev/zero")) == (
        "/dev/zero: a device or a pipe, not a file; a workbook (.xlsx or .xlsm) was expected. Fix: name its file."
    )


def test_a_file_whose_reading_breaks_off_is_told() -> None:
    """A process's memory opens as a file does, and fails with an input/output error as it is read."""
    assert refusal(Path("/proc/self/mem")) == (
        "/proc/self/mem: the reading broke off (input/output error). "
        "Fix: check that its network or disk is connected, then try again; or copy the file elsewhere first."
    )


def test_a_file_too_large_is_told_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    with path.open("wb") as file:
        file.truncate(5 * 2**30)
    assert refusal(path) == (
        "team.xlsx: a file of 5,120 MB; up to 128 MB are read. "
        "Fix: save the sheet of opportunities as a workbook of its own."
    )


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[Path]:
    """A large file that another program goes on writing to."""
    path = tmp_path / "team.xlsx"
    path.write_bytes(GOOD + bytes(100 * 2**20))
    done = threading.Event()

    def copy() -> None:
        with path.open("ab", buffering=0) as file:
            while not done.is_set() and file.tell() < 120 * 2**20:
                file.write(b"more")
                done.wait(0.001)

    writer = threading.Thread(target=copy)
    writer.start()
    yield path
    done.set()
    writer.join()


def test_a_file_that_is_being_copied_is_told(growing: Path) -> None:
    assert refusal(growing) == (
        "team.xlsx: it changed while it was read; it is being saved or copied. "
        "Fix: wait until that is done, then try again."
    )


def test_a_file_without_permission_is_told_to_an_ordinary_user() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "team.xlsx"
        path.write_bytes(GOOD)
        path.chmod(0)
        assert said_to_an_ordinary_user(path) == (
            f"{path}: it may not be read (permission denied). "
            "Fix: close it in other programs, or ask its owner for access."
        )


def said_to_an_ordinary_user(path: Path) -> str:
    """What the reading raises in a process that has given up being root, who may read anything."""
    there, here = os.pipe()
    child = os.fork()
    if not child:
        try:
            if not os.getuid():
                os.setuid(65_534)
            read_team(path, None, None, TODAY)
        except BaseException as error:  # noqa: BLE001  the other side judges it
            os.write(here, str(error).encode())
        finally:
            os._exit(0)
    os.close(here)
    os.waitpid(child, 0)
    with open(there, encoding="utf-8") as told:  # noqa: PTH123  a number, no path
        return told.read()
