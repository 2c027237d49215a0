"""The systemd unit in docs/, as systemd itself reads it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from milestone_reports.cli import main

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="this system has no systemd-analyze"),
]

UNIT = Path(__file__).parents[2] / "docs/milestone-reports-watch.service"
MOST_EXPOSED = 20
"""Tenths, of ten: systemd calls up to 2.0 well protected, and gives an unprotected unit 9.6."""


def asked(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_systemd_finds_nothing_wrong_with_the_unit() -> None:
    verified = asked("verify", UNIT)
    assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", "")


def test_systemd_finds_fault_with_a_word_that_it_does_not_know(tmp_path: Path) -> None:
    other = tmp_path / UNIT.name
    other.write_text(UNIT.read_text("utf-8").replace("ProtectSystem=strict", "ProtectSystem=rather"), "utf-8")
    assert "protect system value" in asked("verify", other).stderr


def test_the_unit_gives_the_program_little_to_reach() -> None:
    rated = asked("security", "--offline=true", f"--threshold={MOST_EXPOSED}", UNIT)
    assert rated.returncode == 0, rated.stdout


def test_the_unit_starts_the_command_with_options_that_it_has() -> None:
    (start,) = re.findall(r"^ExecStart=.*milestone-reports (.+)$", UNIT.read_text("utf-8"), re.MULTILINE)
    verb, *arguments = start.split()
    context = main.commands[verb].make_context(verb, arguments)
    assert (str(context.params["inbox"]), str(context.params["output"])) == ("inbox", "site")
