"""What tests share: a workbook drawn in text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from workbooks import DrawnWorkbook, write_workbook

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
"""How busy the machine is decides no test."""


@pytest.fixture
def workbook(tmp_path: Path) -> DrawnWorkbook:
    """A workbook of that text in the test's own folder: `workbook(text)` or `workbook(text, "other.xlsx")`."""

    def draw(text: str, name: str = "team.xlsx") -> Path:
        return write_workbook(tmp_path / name, text)

    return draw


@pytest.fixture(autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A history of its own for each test: what one builds is nothing that another remembers."""
    monkeypatch.setenv("MILESTONE_REPORTS_STATE", str(tmp_path_factory.mktemp("state")))
