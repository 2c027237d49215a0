"""Whether a card that was built again tells its rep anything new."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from offices import REPS, Office, team_workbook

ANN, BEA, REPORT = "ann-archer", "bea-baker", ""


def figures(office: Office) -> Mapping[str, str]:
    """What each letter tells, by the slug of its rep."""
    return {letter.to.slug: letter.figures for letter in office.gather().letters}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.build(team_workbook(tmp_path / "north.xlsx"))
    return office


def test_another_file_with_another_address_tells_everyone_the_same(office: Office) -> None:
    before, pdf = figures(office), office.gather().letters[0].pdf
    reps = {**REPS, "Bea Baker": "bea.baker@north.example"}
    office.build(team_workbook(office.folder / "corrected.xlsx", reps=reps))
    assert figures(office) == before
    assert office.gather().letters[0].pdf != pdf


def test_a_row_of_one_rep_changes_what_that_rep_and_the_manager_are_told(office: Office) -> None:
    before = figures(office)
    office.build(team_workbook(office.folder / "north.xlsx", kickoff="2026-11-17"))
    now = figures(office)
    assert {slug for slug in before if before[slug] != now[slug]} == {ANN, REPORT}
