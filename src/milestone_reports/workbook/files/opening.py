"""A workbook file as a book of sheets, whatever its kind.

Values come from python-calamine, which reads 6 to 17 times as fast as openpyxl; what it does not tell (errors, formulas
never calculated, links, hidden parts) comes from files/marks.py.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, cast

from python_calamine import CalamineWorkbook, PasswordError

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.workbook.cells import Book, CellValue, Sheet
from milestone_reports.workbook.files.kinds import Kind, damaged, kind_of
from milestone_reports.workbook.files.marks import MOST_CELLS, Marks, extent_of, marks_of
from milestone_reports.workbook.files.package import open_package
from milestone_reports.workbook.files.text import read_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def open_book(path: Path, *, companion: bool = False) -> Book:
    """The workbook's sheets; a companion's are named with their file.

    Raises: CannotGoOnError where the file is no workbook, with what to do about it.
    """
    prefix = f"{path.name} › " if companion else ""
    kind = kind_of(path)
    if kind is Kind.TEXT:
        return Book(path.name, (Sheet(prefix + path.stem, read_text(path)),), None)
    if kind is not Kind.EXCEL:
        return Book(path.name, tuple(_sheets(path, prefix, {}, ())), None)
    with open_package(path) as package:
        xml = {name: package.part(part) for name, part in package.sheets.items()}
        marks = {name: marks_of(xml[name], package.links_of(part)) for name, part in package.sheets.items()}
        sparse = {name for name in xml if prod(extent_of(xml[name])) > MOST_CELLS}
        saved_at = package.saved_at
    return Book(path.name, tuple(_sheets(path, prefix, marks, sparse)), saved_at)


def _sheets(path: Path, prefix: str, marks: Mapping[str, Marks], sparse: Collection[str]) -> Iterator[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    far_off = _far_off(path, sparse) if sparse else {}
    with told_plainly(path):
        book = CalamineWorkbook.from_path(path)
        for about in book.sheets_metadata:
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            rows, columns, grid = far_off.get(about.name) or _dense(book, about.name)
            yield Sheet(
                prefix + about.name,
                grid,
                marks.get(about.name, Marks()),
                is_hidden=about.visible is not SheetVisibleEnum.Visible,
                row_numbers=rows,
                column_numbers=columns,
            )


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Turns whatever a damaged file makes a reader raise, its panics too, into one sentence."""
    try:
        yield
    except (CannotGoOnError, GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except PasswordError as error:
        raise CannotGoOnError(
            f"{path.name}: protected by a password. Fix: open it in Excel, take the password off and save it again."
        ) from error
    except BaseException as error:
        raise damaged(path) from error


Grid = tuple[Sequence[int], Sequence[int], Sequence[Sequence[CellValue]]]
"""The numbers of the rows and columns, and the values."""


def _dense(book: CalamineWorkbook, name: str) -> Grid:
    """The sheet's values from A1 on; a cell merged over several rows says the same on each of them."""
    sheet = book.get_sheet_by_name(name)
    rows = cast("list[list[CellValue]]", sheet.to_python(skip_empty_area=False))
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right and bottom > top and top < len(rows) and left < len(rows[top]):
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]
    width = len(rows[0]) if rows else 0
    return range(1, len(rows) + 1), range(1, width + 1), rows


def _far_off(path: Path, names: Collection[str]) -> Mapping[str, Grid]:
    """Sheets with a cell far from the others, read cell by cell: as a grid they would not fit into memory."""
    from openpyxl import load_workbook

    with told_plainly(path), warnings.catch_warnings(action="ignore"):
        book = load_workbook(path, data_only=True)
        return {name: _compact(book[name]) for name in names if name in book.sheetnames}


def _compact(worksheet: Worksheet) -> Grid:
    cells: Mapping[tuple[int, int], CellValue] = {
        place: cast("CellValue", cell.value)
        for place, cell in worksheet._cells.items()  # noqa: SLF001  the library has no public way to the cells that exist
        if cell.value is not None and cell.data_type != "e"
    }
    rows, columns = sorted({row for row, _ in cells}), sorted({column for _, column in cells})
    return rows, columns, [[cells.get((row, column)) for column in columns] for row in rows]
