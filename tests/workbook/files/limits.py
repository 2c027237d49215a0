"""The program run within bounds of time and memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SECONDS = 20
MOST_MEMORY = 2**30
MOST_ADDRESSES = 4 * 2**30
"""Addresses are no memory: each thread of the numerical libraries asks for many that it never uses."""


def refusal(path: Path) -> str:
    """What `check` says of a file, as a process of its own that may use no more than the bounds."""
    limited = f'ulimit -t {SECONDS}; ulimit -v {MOST_ADDRESSES // 1024}; exec "$0" -m milestone_reports check "$1"'
    program = subprocess.Popen(
        ["sh", "-c", limited, sys.executable, path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    with program:
        assert program.stdout is not None
        assert program.stderr is not None
        told, complained = program.stdout.read(), program.stderr.read()
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
    assert (program.returncode, told) == (2, ""), complained
    assert used.ru_maxrss * 1024 < MOST_MEMORY
    return complained.strip()
