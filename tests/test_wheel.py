"""The wheel, installed into an empty environment outside the checkout, builds the sample on its own."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

PROJECT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(command, cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_builds_the_sample_outside_the_checkout(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, PROJECT, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "empty", with_pip=True)
    programs = tmp_path / "empty" / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)

    command = programs / "milestone-reports"
    run(command, "init", "--example", "--kind", "partner-recruitment", "sample.xlsx", cwd=tmp_path)
    told = run(command, "build", "sample.xlsx", "-o", "site", cwd=tmp_path)

    assert (tmp_path / "site" / "index.html").as_uri() in told
    assert (tmp_path / "site" / "team.pdf").read_bytes().startswith(b"%PDF-")
    where = run(programs / "python", "-c", "import milestone_reports; print(milestone_reports.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(tmp_path / "empty")
