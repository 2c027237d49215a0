"""The starter workbook: the sheets of workbook.md, made for people, with the article's example as settings.

Writes files and never overwrites one; the same contents give the same bytes. Must not know of the clock.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.xml.functions import tostring

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.workbook.new_files import refuse_existing, reproducible, write_new
from milestone_reports.workbook.starter.look import fill_settings, fill_sheet
from milestone_reports.workbook.starter.sheets import (
    MILESTONES,
    RATES,
    REPS,
    SETTINGS,
    TIME_OFF,
    Contents,
    Row,
    opportunities_sheet,
)
from milestone_reports.workbook.starter.words import write_instructions

STARTER_SAVED_AT = datetime(2026, 1, 5, 9)  # noqa: DTZ001  a workbook's own account of it has no time zone
"""Until a spreadsheet program saves it anew."""

TRACK = "New business"

NEW_BUSINESS_MILESTONES: tuple[Row, ...] = (
    {
        "Track": TRACK,
        "Order": 1,
        "Milestone": "Qualification",
        "Agreed by both": "A need worth solving, a budget and a person who decides are known; both want to go on.",
        "Evidence required": "no",
    },
    {
        "Track": TRACK,
        "Order": 2,
        "Milestone": "Discovery",
        "Agreed by both": "The client has confirmed in writing what is to be achieved, by when, and what it is worth.",
        "Evidence required": "no",
    },
    {
        "Track": TRACK,
        "Order": 3,
        "Milestone": "Proof",
        "Agreed by both": "The client has seen that it works on their own case, and has said so.",
        "Evidence required": "yes",
    },
    {
        "Track": TRACK,
        "Order": 4,
        "Milestone": "Contract",
        "Agreed by both": "The contract is signed by both sides.",
        "Evidence required": "yes",
    },
)

STARTER = Contents(
    settings={},
    saved_at=STARTER_SAVED_AT,
    milestones=NEW_BUSINESS_MILESTONES,
    reps=({"Rep": "Your first rep", "Track": TRACK, "Target is": "value"},),
    opportunities=(
        {
            "ID": "1",
            "Opportunity": "What they may buy",
            "Account": "A client to be",
            "Rep": "Your first rep",
            "Track": TRACK,
            "Source": "Referral",
            "Value": 50_000,
            "Outcome": "open",
            "Notes": "An example without dates: it counts for nothing. Overwrite it.",
        },
    ),
)


def write_starter(path: Path) -> None:
    """Write the starter workbook to a new file.

    Raises: CannotGoOnError when the file is there already or cannot be written.
    """
    write_contents(path, STARTER)


def write_contents(path: Path, contents: Contents) -> None:
    """Write a workbook made for people, filled with `contents`, to a new file.

    Raises: CannotGoOnError when the file is there already or cannot be written.
    """
    if path.suffix.lower() != ".xlsx":
        raise CannotGoOnError(
            f"{path}: the name does not end in .xlsx; nothing was written. Fix: name it {path.with_suffix('.xlsx')}."
        )
    refuse_existing(path)
    write_new(path, workbook_bytes(contents))


def workbook_bytes(contents: Contents) -> bytes:
    """The workbook as a file's content."""
    opportunities = opportunities_sheet(contents.milestone_names)
    tables = (
        (opportunities, contents.opportunities),
        (MILESTONES, contents.milestones),
        (REPS, contents.reps),
        (TIME_OFF, contents.time_off),
        (RATES, contents.rates),
    )
    book = Workbook()
    instructions = book.worksheets[0]
    instructions.title = "Instructions"
    write_instructions(instructions, contents.about, [sheet for sheet, _ in tables])
    settings = [replace(row, value=contents.settings.get(row.name, row.value)) for row in SETTINGS]
    for sheet, rows in tables:
        fill_sheet(book.create_sheet(sheet.name), sheet, rows)
        if sheet is REPS:
            fill_settings(book.create_sheet("Settings"), settings)
    return _reproducible(book, contents)


def _reproducible(book: Workbook, contents: Contents) -> bytes:
    """The saved workbook with every trace of the clock replaced."""
    saved = BytesIO()
    book.save(saved)
    # What the library has put there is the present moment.
    properties = DocumentProperties(creator="milestone-reports", created=contents.saved_at, modified=contents.saved_at)
    return reproducible(saved.getvalue(), tostring(properties.to_tree()))
