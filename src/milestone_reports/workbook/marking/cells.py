"""Cells marked: coloured by the level of their worst problem, with a comment that says what is the matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from textwrap import wrap
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.worksheet import Worksheet

from milestone_reports.domain.problem import CellRef, Level, Problem
from milestone_reports.domain.visible import visible_title
from milestone_reports.workbook.starter.look import INK

AUTHOR = "milestone-reports"
FILLS = {
    level: PatternFill("solid", colour) for level, colour in zip(Level, ("F2CDBF", "FAE9D9", "E6E4E0"), strict=True)
}
"""Rust for what is left out, a breath of it for what was read otherwise than written, the grey of a rule for a note."""

COMMENT_WIDTH, LETTERS_A_LINE, LINE_HEIGHT = 340, 52, 17
"""Pixels, and the letters that fit into a line of them."""

LONGEST_COMMENT = 32_000
"""Characters; a cell holds some more."""


def mark_cells(book: Workbook, problems: Iterable[Problem]) -> Mapping[CellRef, CellRef]:
    """Mark each problem's cell; gives, for each place that is in the workbook, the cell that was marked for it."""
    marked: dict[CellRef, CellRef] = {}
    found: dict[CellRef, list[Problem]] = {}
    pages = _pages(book)
    tops = {name: _merged_tops(name, page) for name, page in pages.items()}
    for problem in problems:
        place = problem.place
        if place is None or place.sheet not in tops:
            continue
        cell = _cell_of(pages[place.sheet], place)
        marked[place] = tops[place.sheet].get(cell, cell)
        found.setdefault(marked[place], []).append(problem)
    for ref, these in found.items():
        _mark(_at(pages[ref.sheet], ref), these)
    return marked


def _pages(book: Workbook) -> Mapping[str, Worksheet]:
    """The sheets by their names as they are shown; of two that look the same, the first."""
    return {visible_title(page.title): page for page in reversed(book.worksheets)}


def sentence_of(problem: Problem) -> str:
    """A problem as a comment says it: what stands there, what was done, what to do."""
    expected = f"; {problem.expected}" if problem.expected else ""
    return f"{problem.level.value.capitalize()}: {problem.found}{expected}.\n{problem.done}.\nFix: {problem.fix}."


def _cell_of(page: Worksheet, place: CellRef) -> CellRef:
    """The cell to mark for a place: a row's first one that holds anything, a sheet's first one."""
    if not place.row:
        return CellRef(place.sheet, 1, 1)
    if place.column:
        return place
    filled = (number for number in range(1, page.max_column + 1) if page.cell(place.row, number).value is not None)
    return CellRef(place.sheet, place.row, next(filled, 1))


def _merged_tops(name: str, page: Worksheet) -> Mapping[CellRef, CellRef]:
    """The cells hidden under merged ones, each with the one that shows."""
    return {
        CellRef(name, row, column): CellRef(name, merged.min_row, merged.min_col)
        for merged in page.merged_cells.ranges
        for row in range(merged.min_row, merged.max_row + 1)
        for column in range(merged.min_col, merged.max_col + 1)
    }


def _at(page: Worksheet, ref: CellRef) -> Cell:
    cell = page.cell(ref.row, ref.column)
    if not isinstance(cell, Cell):
        raise TypeError(ref.address)
    return cell


def _mark(cell: Cell, problems: Sequence[Problem]) -> None:
    levels = list(Level)
    worst = min((problem.level for problem in problems), key=levels.index)
    if cell.fill.fill_type:
        # Its letters were chosen for a ground that is no longer there.
        font = cast("Font", copy(cell.font))
        font.color = Color(f"FF{INK}")
        cell.font = font
    cell.fill = FILLS[worst]
    told = "\n\n".join(dict.fromkeys(map(sentence_of, problems)))
    own = cell.comment
    cell.comment = _fitted(f"{own.text}\n\n{AUTHOR}:\n{told}", own.author) if own else _fitted(told, AUTHOR)


def _fitted(text: str, author: str | None) -> Comment:
    """A comment as large as its text."""
    shown = text[:LONGEST_COMMENT]
    n_lines = sum(max(len(wrap(line, LETTERS_A_LINE)), 1) for line in shown.splitlines())
    return Comment(shown, author or AUTHOR, height=LINE_HEIGHT * (n_lines + 1), width=COMMENT_WIDTH)
