"""The Instructions sheet: the method, what to fill in, the weekly routine and every column, for a sales manager."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from milestone_reports.workbook.starter.look import (
    DONE,
    HAIRLINE,
    INK,
    INK_2,
    LINE_HEIGHT,
    lettering,
    n_lines,
    set_up_printing,
)
from milestone_reports.workbook.starter.sheets import Sheet

LABEL_WIDTH, TEXT_WIDTH = 28, 100

Line = tuple[str, str]
"""A label and the text beside it."""

TITLE = "How to keep this workbook"
DECK = (
    "One row for each opportunity, one date for each milestone. From these, milestone-reports writes a weekly "
    "scorecard for every rep and one page for the team."
)

METHOD: Sequence[Line] = (
    (
        "A milestone",
        (
            "is a point in a sale that both sides agree has been reached, that is written down, and that can be "
            "checked later. Two to five are enough for most sales. The last one is the sale itself."
        ),
    ),
    (
        "The quota",
        (
            "turns the annual target into work that can be done this week. Annual target ÷ average contract value "
            "gives the contracts a year; times the number of milestones gives the milestones of a year without "
            "losses. Since not every opportunity is won, twice as many are planned until your own history shows the "
            "true figure."
        ),
    ),
    (
        "In numbers",
        (
            "A target of 600,000 and an average contract of 50,000 make 12 contracts a year. Times four milestones: "
            "48, which is 4 a month and 1 a week. Twice that is the quota: 96 milestones a year, 8 a month, 2 a week."
        ),
    ),
)

ONCE: Sequence[Line] = (
    ("1  Settings", "Your team's name, your currency, the annual target per rep and the average contract value."),
    (
        "2  Milestones",
        (
            "Your own milestones, in order, and what both sides agree to at each. If you rename one, rename its "
            "three columns on the Opportunities sheet in the same way; if you add one, add three columns for it."
        ),
    ),
    ("3  Reps", "One row for each rep; overwrite “Your first rep”. A target left blank is the one in Settings."),
    ("4  Time off", "Public holidays (no rep: they are everyone's) and longer absences, so that the pace is fair."),
    ("5  Rates", "Only if some contracts are in another currency than the report."),
    ("6  Opportunities", "One row for each opportunity; overwrite the example. New ones go to the bottom."),
)

WEEKLY: Sequence[Line] = (
    ("With each rep", "go through the open opportunities: the day of each milestone completed, and its evidence."),
    (
        "Plan",
        "Give the next milestone of every open opportunity a planned date: that is the plan of the weeks to come.",
    ),
    ("Close", "what is over: Outcome, Closed, and the reason of a loss. What is never closed makes every rate wrong."),
    ("Save", "the workbook, close it, and type these two commands in the folder that holds it:"),
    ("Check", "milestone-reports check my-team.xlsx"),
    ("", "lists every cell that could not be read, with what to do about it."),
    ("Build", "milestone-reports build my-team.xlsx"),
    ("", "writes the web pages and the PDFs into the folder output. In place of my-team.xlsx put your file's name."),
)

GOOD_TO_KNOW: Sequence[Line] = (
    (
        "In order",
        (
            "A milestone counts once all before it are completed, and its evidence is there where Milestones asks "
            "for it. Until then it is shown as claimed."
        ),
    ),
    ("waived", "typed in place of a date passes a milestone without credit: both sides agreed to leave it out."),
    ("Called off", "A contract cancelled after signature keeps its dates; Outcome is cancelled, Closed is that day."),
    ("Your columns", "Columns may be moved, hidden or added. Select a header to read what it is for."),
    (
        "One more sheet",
        "“Columns”, for headers that must keep another name: Sheet, Field, Your header.",
    ),
    ("Only required", "Opportunities. Every other sheet refines something that has a default."),
)


def write_instructions(page: Worksheet, about: Sequence[str], sheets: Sequence[Sheet]) -> None:
    """Write the Instructions sheet, which ends with what each column of `sheets` means."""
    page.sheet_view.showGridLines = False
    for letters, width in (("A", 3), ("B", LABEL_WIDTH), ("C", TEXT_WIDTH)):
        page.column_dimensions[letters].width = width
    row = _write_opening(page, about)
    row = _write_section(page, row, "The method", METHOD)
    row = _write_section(page, row, "Fill in once, in this order", ONCE)
    row = _write_section(page, row, "Every week", WEEKLY)
    row = _write_section(page, row, "Good to know", GOOD_TO_KNOW)
    for sheet in sheets:
        row = _write_section(page, row, f"The columns of {sheet.name}", _meanings(sheet))
    page.print_area = f"A1:C{row}"
    set_up_printing(page, repeats_header=False)
    page.page_setup.orientation = "portrait"


def _meanings(sheet: Sheet) -> Sequence[Line]:
    """Each column and what it means; of the milestones' columns, which are alike, the first three."""
    return [(column.name, column.meaning) for column in sheet.columns if column.milestone in {None, 0}]


def _write_opening(page: Worksheet, about: Sequence[str]) -> int:
    """The title, what the workbook is for, and what it is an example of; returns the next free row."""
    page["B1"] = TITLE
    page["B1"].font = lettering(size=22)
    page.row_dimensions[1].height = 36
    for row, text in enumerate((DECK, *about), start=2):
        page.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)
        cell = page.cell(row, 2, text)
        cell.font = lettering(size=12, color=INK_2)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        # A merged cell's row does not grow by itself.
        page.row_dimensions[row].height = 1.1 * LINE_HEIGHT * n_lines(text, 0.9 * (LABEL_WIDTH + TEXT_WIDTH))
    return 3 + len(about)


def _write_section(page: Worksheet, row: int, name: str, lines: Sequence[Line]) -> int:
    """A heading over a line, then a label and a text a row; returns the next free row."""
    row += 1
    for column in (2, 3):
        page.cell(row, column).border = Border(bottom=Side("thin", INK))
    page.row_dimensions[row].height = 1.4 * LINE_HEIGHT
    page.cell(row, 2, name).font = lettering(bold=True, size=13, color=DONE)
    for label, text in lines:
        row += 1
        _write_line(page, row, label, text)
    return row + 1


def _write_line(page: Worksheet, row: int, label: str, text: str) -> None:
    """One label and its text; a command is set apart by its typeface."""
    page.row_dimensions[row].height = LINE_HEIGHT * n_lines(text, TEXT_WIDTH) + 3
    is_command = text.startswith("milestone-reports ")
    page.cell(row, 2, label).font = lettering(bold=True)
    page.cell(row, 3, text).font = Font(name="Consolas", size=11, color=INK) if is_command else lettering(color=INK_2)
    for column in (2, 3):
        cell = page.cell(row, column)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = Border(bottom=HAIRLINE)
