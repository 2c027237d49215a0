"""One sample of 400 rows in many spellings: each says the same, and the reader says what it had to read otherwise."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from twins import cell_values, file_kinds, layouts  # noqa: F401  each adds its twins to the list
from twins.ooxml import Formula, Page, Value, write_xlsx
from twins.registry import TWINS, Twin, as_xlsx
from twins.sample import N_ROWS, ids, sample

from milestone_reports.domain.problem import Level
from milestone_reports.render.downloads import Plain, scorecards_json
from milestone_reports.scorecards.compose import team_site
from milestone_reports.workbook.reading.assemble import Reading, read_team
from workbooks import TODAY, DrawnWorkbook

SET_ASIDE = {"workbook", "saved_at", "n_errors", "n_warnings", "n_notes", "n_problems", "checks"}
"""What a twin's file and its problems change: they are compared on their own."""

PARAMETERS = [pytest.param(twin, id=twin.name, marks=[pytest.mark.system] * twin.is_system) for twin in TWINS]


@pytest.mark.parametrize("twin", PARAMETERS)
def test_a_twin_says_the_same_as_the_plain_workbook(twin: Twin, tmp_path: Path) -> None:
    made = twin.made()
    path = twin.write(tmp_path, made)
    companion = write_xlsx(tmp_path / "companion.xlsx", made.companion) if made.companion else None
    reading = read_team(path, companion, None, TODAY)
    assert Counter(problem.rule for problem in reading.team.problems) == twin.problems
    told, expected = said(reading, made.opportunities), plain_says(tuple(twin.settings.items()))
    assert [pair for pair in zip(told, expected, strict=False) if pair[0] != pair[1]][:5] == []
    assert told == expected


def test_the_plain_workbook_has_400_opportunities_without_a_problem(tmp_path: Path) -> None:
    reading = read_team(as_xlsx(tmp_path, sample()), None, None, TODAY)
    assert (len(reading.team.opportunities), reading.team.problems) == (N_ROWS, ())
    assert reading.as_of == date(2026, 11, 22)


SENTENCES = {
    "dates as text with the day first": (
        "sheet Opportunities: 2,621 dates are text, in Created, Qualification, Qualification planned and 7 more "
        "columns; dates were expected. Each is read, '03/07/2025' in Discovery as 2025-07-03, the day first as in "
        "the workbook's other dates. Fix: see that the example is right, and type new ones as dates."
    ),
    "money as written in german": (
        "sheet Opportunities: 400 numbers are text, in Value; numbers were expected. Each is read, '70.500,00 €' in "
        "Value as 70,500. Fix: see that the example is right, and type new ones as numbers."
    ),
    "placeholders in blank cells": (
        "sheet Opportunities: 1,379 words stand where a date belongs, in Contract, Contract planned, Proof and 6 more "
        "columns. Each is read, '?' in Qualification planned as no date yet. Fix: leave the cells blank until there is "
        "a date."
    ),
    "header repeated on every page of a printed export": (
        "Opportunities, row 52: the column headers again, on 7 rows. Skipped. "
        "Fix: delete them if you like; nothing is lost by them."
    ),
    "older copies of the sheet": (
        "The workbook: a sheet named 'Opportunities (2)' beside 'Opportunities'. Not read. "
        "Fix: nothing if it is a copy; else move its rows to 'Opportunities'."
    ),
    "a signature under the data": (
        "Opportunities!A404: 'Prepared by Ruth Calloway' alone on its row. Not read as an opportunity. "
        "Fix: fill in the row if it is one."
    ),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_what_is_read_in_another_way_is_said_in_one_sentence(name: str, tmp_path: Path) -> None:
    twin = next(twin for twin in TWINS if twin.name == name)
    problems = read_team(twin.write(tmp_path, twin.made()), None, None, TODAY).team.problems
    assert problems[0].sentence == SENTENCES[name]


def test_dates_that_no_other_cell_tells_how_to_read_are_one_warning(workbook: DrawnWorkbook) -> None:
    rows = [f"Deal {number} | Dana Ruiz | '03/0{number % 2 + 4}/2026" for number in range(24)]
    header = "Opportunity | Rep | Created | Meeting | Contract"
    last = "Last | Dana Ruiz | | 2026-11-16 | 2026-11-17"
    reading = read_team(workbook("\n".join(["[Opportunities]", header, *rows, last])), None, None, TODAY)
    (problem,) = (problem for problem in reading.team.problems if problem.rule == "date_as_text")
    assert problem.level is Level.WARNING
    assert problem.sentence == (
        "sheet Opportunities: 24 dates are text, in Created; dates were expected. Each is read, '03/04/2026' in "
        "Created as 2026-03-04, the month first as the Locale setting says. Fix: see that the example is right, and "
        "type new ones as dates."
    )


@cache
def plain_says(settings: tuple[tuple[str, Value], ...]) -> list[str]:
    plain = sample()
    plain.set_up(dict(settings))
    with TemporaryDirectory() as folder:
        return said(read_team(as_xlsx(Path(folder), plain), None, None, TODAY), plain.opportunities)


def said(reading: Reading, page: Page) -> list[str]:
    """The lines of scorecards.json, each row of the workbook told by the opportunity that stands on it."""
    body = json.loads(scorecards_json(team_site(reading.team, reading.as_of)))
    return json.dumps(comparable(body, dict(rows_of(page))), indent=1, ensure_ascii=False).splitlines()


def comparable(body: Plain, rows: Mapping[str, str]) -> Plain:
    """Without the cells of single milestones, which lie elsewhere in a twin, or nowhere."""
    if isinstance(body, dict):
        return {
            name: rows[str(value)] if name == "cell" else comparable(value, rows)
            for name, value in body.items()
            if name not in SET_ASIDE and not (name == "cell" and "waived" in body)
        }
    return [comparable(item, rows) for item in body] if isinstance(body, list) else body


def rows_of(page: Page) -> Iterator[tuple[str, str]]:
    known = ids()
    for number, row in enumerate(page.grid, start=1):
        texts = [str(cell.result if isinstance(cell, Formula) else cell).strip() for cell in row]
        if found := next((text for text in texts if text in known), None):
            yield f"{page.name}, row {number}", found
