"""The program run within bounds of time and memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SECONDS = 20
MOST_MEMORY = 2**30
MOST_ADDRESSES = 4 * 2**30
"""Addresses are no memory: each thread of the numerical libraries asks for many that it never uses."""

MEASURED = """
import json, resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]), int(sys.argv[1])))
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
check = [sys.executable, "-m", "milestone_reports", "check", sys.argv[3]]
program = subprocess.run(check, capture_output=True, encoding="utf-8")
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
print(json.dumps([program.returncode, program.stdout, program.stderr, used]))
"""
"""A small process between the two: the kernel counts to a process the memory of the one that it was forked from,
so what the tests themselves hold would be counted to the program."""


def refusal(path: Path) -> str:
    """What `check` says of a file, as a process of its own that may use no more than the bounds."""
    arguments = [sys.executable, "-c", MEASURED, str(SECONDS), str(MOST_ADDRESSES), str(path)]
    measured = subprocess.run(arguments, capture_output=True, encoding="utf-8", check=True)
    returned, told, complained, used = json.loads(measured.stdout)
    assert (returned, told) == (2, ""), complained
    assert used < MOST_MEMORY
    return str(complained).strip()
