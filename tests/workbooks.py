"""A table in text that becomes a real .xlsx: `[Sheet]`, then a line for each row with `|` between its cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from milestone_reports.workbook.reading.assemble import Reading, read_team

TODAY = date(2026, 11, 18)
"""A Wednesday: the day on which the tests' workbooks are read unless a test says another."""

DrawnWorkbook = Callable[..., Path]
"""What the fixture `workbook` gives: the workbook of a text, in the test's own folder."""

SHEET = re.compile(r"\[([^]|]+)]")
LINK = re.compile(r"\[(.+)]\((.+)\)")


def write_workbook(path: Path, text: str) -> Path:
    """The workbook that the text draws.

    A cell is a date (2026-11-16), a date with a time (2026-11-16T09:30), a time (09:30), a number, TRUE or FALSE, an
    error (#REF!), a formula (=1+1, which no program has calculated), a link ([text](address)), or else text; an
    apostrophe before it makes it text whatever it is. A line with `|` alone is a blank row.
    """
    book = Workbook()
    page = book.worksheets[0]
    row = 0
    for line in filter(None, map(str.strip, text.split("\n"))):
        if sheet := SHEET.fullmatch(line):
            page, row = book.create_sheet(sheet[1]), 0
        else:
            row += 1
            for column, cell in enumerate(line.split("|"), start=1):
                _put(page, row, column, cell.strip())
    if len(book.worksheets) > 1:
        del book["Sheet"]
    book.save(path)
    return path


def _put(page: Worksheet, row: int, column: int, text: str) -> None:
    cell = page.cell(row, column)
    if link := LINK.fullmatch(text):
        cell.value, cell.hyperlink = link[1], link[2]
    elif text.startswith("'"):
        cell.value, cell.data_type = text.removeprefix("'"), "s"
    elif text:
        cell.value = _typed(text)


def _typed(text: str) -> str | float | bool | date | time:
    if text in {"TRUE", "FALSE"}:
        return text == "TRUE"
    for read in (date.fromisoformat, datetime.fromisoformat, float):
        try:
            return read(text)
        except ValueError:
            continue
    return time.fromisoformat(text) if re.fullmatch(r"\d\d:\d\d", text) else text


def read(path: Path, as_of: date | None = None, *, companion: Path | None = None, today: date = TODAY) -> Reading:
    """The team of a workbook, as the program reads it."""
    return read_team(path, companion, as_of, today)


def sentences(reading: Reading, *rules: str) -> list[str]:
    """The problems of a reading as sentences; only those of the rules named, where some are."""
    return [problem.sentence for problem in reading.team.problems if not rules or problem.rule in rules]


def sentence(reading: Reading, *rules: str) -> str:
    """The only problem of a reading as a sentence; of the rules named, where some are."""
    (only,) = sentences(reading, *rules)
    return only
