from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from hostile_workbook import PAYLOADS, REAL_NAMES, Rows, hostile_sheets, with_sheets_so_named, write_hostile
from milestone_reports.domain.visible import LONGEST_TEXT, UNSEEN
from workbooks import DrawnWorkbook, read, sentence, sentences

TEAM = """
    [Opportunities]
    ID | Opportunity | Account | Rep | Kickoff | Kickoff evidence | Contract
    1 | {first} | Acme | Dana Ruiz | 2026-11-09 | {evidence} |
    2 | {second} | Acme | Dana Ruiz | 2026-11-10 | yes |
    3 | {third} | Acme | Dana Ruiz | 2026-11-10 | yes |
"""


def team(**said: str) -> str:
    return TEAM.format(**{"first": "Alpha", "second": "Beta", "third": "Gamma", "evidence": "yes"} | said)


def test_a_character_that_is_not_seen_is_left_out_and_its_cell_is_told(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(team(second="Be\u200bta\u202e")))
    assert reading.team.opportunities[1].name == "Beta"
    assert sentence(reading, "not_seen") == (
        "Opportunities!B3: characters that cannot be seen. Read without them. "
        "Fix: type the text again if it does not read as it should."
    )


def test_the_cells_of_a_sheet_are_told_together(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(team(first="\u200bAlpha", second="Beta\ufeff", third="Ga\u2060mma")))
    assert [one.name for one in reading.team.opportunities] == ["Alpha", "Beta", "Gamma"]
    assert sentence(reading, "not_seen").startswith(
        "Opportunities!B2: characters that cannot be seen, here and in B3 and B4. Read"
    )


@pytest.mark.parametrize("name", [*REAL_NAMES, "קפה נמרוד", "東京電力ホールディングス株式会社様", "Müller\nGmbH"])
def test_a_name_in_any_script_is_read_without_a_word(tmp_path: Path, name: str) -> None:
    reading = read(small_workbook(tmp_path, name))
    assert sentences(reading, "not_seen", "text_too_long") == []
    assert reading.team.opportunities[0].name == " ".join(name.split())


def test_a_megabyte_in_a_cell_is_cut_and_told(tmp_path: Path) -> None:
    reading = read(small_workbook(tmp_path, "x" * 1_000_000, evidence="y" * 1_000_000))
    (one,) = reading.team.opportunities
    assert one.name == "x" * 199 + "…"
    assert one.entries[0].evidence == "y" * (LONGEST_TEXT - 1) + "…"
    assert sentence(reading, "text_too_long") == (
        "Opportunities!B2: a text of 1,000,000 characters; others that are too long are in E2. "
        "Only its beginning is read. Fix: write up to 200 characters where a name belongs, up to 2,000 of evidence or "
        "of what is agreed."
    )


def small_workbook(folder: Path, name: str, evidence: str = "yes") -> Path:
    """A workbook of one opportunity, which may have a name that no program would write."""
    opportunities: Rows = [
        ("ID", "Opportunity", "Rep", "Kickoff", "Kickoff evidence"),
        ("1", name, "Dana Ruiz", date(2026, 11, 9), evidence),
    ]
    sheets = {"Opportunities": opportunities, "Milestones": [("Milestone",), ("Kickoff",)]}
    return write_hostile(folder / "team.xlsx", sheets, links=())


def test_evidence_may_be_longer_than_a_name(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(team(evidence="because " * 100)))
    assert len(reading.team.opportunities[0].entries[0].evidence) == len("because " * 100) - 1
    assert sentences(reading, "text_too_long") == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_is_not_seen_gets_into_a_team_from_any_column(tmp_path: Path, payload: str) -> None:
    text = PAYLOADS[payload]
    path = write_hostile(tmp_path / "team.xlsx", with_sheets_so_named(hostile_sheets(payloads=[text])), links=[text])
    reading = read(path)
    said = texts_in(asdict(reading.team))
    assert len(said) > 100
    assert UNSEEN.findall("".join(said)) == []
    assert max(map(len, said)) <= LONGEST_TEXT


def texts_in(value: object) -> list[str]:
    """All texts within a value, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in texts_in(part)]
    return [text for part in value for text in texts_in(part)] if isinstance(value, (list, tuple)) else []
