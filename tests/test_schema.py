"""The JSON Schema that is shipped is the one that the dataclasses make."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from milestone_reports.render.downloads import schema_bytes

SCRIPTS = Path(__file__).parents[1] / "scripts"


def test_the_shipped_schema_is_made_from_the_dataclasses_as_they_are() -> None:
    command = [sys.executable, "-c", "import make_schema; print(make_schema.schema_text(), end='')"]
    made = subprocess.run(command, cwd=SCRIPTS, capture_output=True, check=True)
    assert made.stdout == schema_bytes()
