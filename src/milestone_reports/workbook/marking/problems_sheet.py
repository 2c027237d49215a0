"""The sheet in front of a marked copy: every problem on a row, with a link to its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from milestone_reports.domain.problem import CellRef, Level, Problem
from milestone_reports.workbook.marking.cells import FILLS
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

NAME = "Problems"
COLUMNS = {
    "Level": 10,
    "Cell": 24,
    "Row": 30,
    "What was found": 42,
    "What was expected": 34,
    "What was done": 36,
    "How to mend it": 42,
    "Concerns": 22,
}
"""Each column with its width."""

HEADER_ROW = 4
MOST_LINKS = 60_000
"""Excel repairs, and so empties, a sheet of more than 65,530."""

EVERYONE = "everyone"


def add_problems_sheet(
    book: Workbook, about: Sequence[str], problems: Sequence[Problem], marked: Mapping[CellRef, CellRef]
) -> None:
    """Put the sheet in front of all others: two lines on what the copy is, then the problems, errors first."""
    page = book.create_sheet(_free_name(book), 0)
    _introduce(page, about)
    for number, (heading, width) in enumerate(COLUMNS.items(), start=1):
        _head(_put(page, HEADER_ROW, number, heading))
        page.column_dimensions[get_column_letter(number)].width = width
    ordered = sorted(problems, key=_order)
    for row, problem in enumerate(ordered, start=HEADER_ROW + 1):
        _write(page, row, problem)
        cell = marked.get(problem.place) if problem.place else None
        if cell and row - HEADER_ROW <= MOST_LINKS:
            _link(_put(page, row, 2, cell.address), cell)
    _finish(page, HEADER_ROW + max(len(ordered), 1))
    _show_first(book)


def _free_name(book: Workbook) -> str:
    taken = {name.casefold() for name in book.sheetnames}
    names = (NAME if number == 1 else f"{NAME} {number}" for number in count(1))
    return next(name for name in names if name.casefold() not in taken)


def _order(problem: Problem) -> tuple[int, CellRef, str]:
    return list(Level).index(problem.level), problem.place or CellRef(""), problem.rule


def _introduce(page: Worksheet, about: Iterable[str]) -> None:
    for row, line in enumerate(about, start=1):
        cell = _put(page, row, 1, line)
        cell.font = lettering(bold=True, size=14) if row == 1 else lettering(color=INK_2)


def _head(cell: Cell) -> None:
    cell.font = lettering(bold=True)
    cell.border = Border(bottom=Side("medium", INK))
    cell.alignment = Alignment(horizontal="left", vertical="center", indent=1)


def _write(page: Worksheet, row: int, problem: Problem) -> None:
    texts = (
        problem.level.value.capitalize(),
        problem.place.address if problem.place else "The workbook",
        problem.label,
        problem.found,
        problem.expected,
        problem.done,
        problem.fix,
        problem.rep or EVERYONE,
    )
    for column, text in enumerate(texts, start=1):
        cell = _put(page, row, column, text[:1].upper() + text[1:])
        cell.font = lettering()
        cell.alignment = Alignment(horizontal="left", vertical="top", indent=1, wrap_text=True)
        cell.border = Border(bottom=HAIRLINE)
    page.cell(row, 1).fill = FILLS[problem.level]
    most_lines = max(n_lines(text, width) for text, width in zip(texts, COLUMNS.values(), strict=True))
    page.row_dimensions[row].height = LINE_HEIGHT * most_lines


def _put(page: Worksheet, row: int, column: int, text: str) -> Cell:
    """The text as text: what begins like a formula is none, not even after someone has been in the cell."""
    cell = page.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(cell.coordinate)
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    return cell


def _link(cell: Cell, target: CellRef) -> None:
    place = f"{quote_sheetname(target.sheet)}!{get_column_letter(target.column)}{target.row}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, tooltip="Go to the cell")
    cell.font = lettering(color=DONE)


def _finish(page: Worksheet, last_row: int) -> None:
    page.freeze_panes = f"A{HEADER_ROW + 1}"
    page.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(COLUMNS))}{last_row}"
    page.row_dimensions[HEADER_ROW].height = 1.5 * LINE_HEIGHT
    page.sheet_view.showGridLines = False
    set_up_printing(page, repeats_header=False)
    page.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"


def _show_first(book: Workbook) -> None:
    """Open on this sheet; two selected sheets would be edited together."""
    book.active = 0
    views = [view for sheet in book.worksheets[1:] for view in sheet.views.sheetView]
    views += [view for sheet in book.chartsheets for view in sheet.sheetViews.sheetView]
    for view in views:
        view.tabSelected = False
