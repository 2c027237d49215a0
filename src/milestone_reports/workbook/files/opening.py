"""A workbook file as a book of sheets, whatever its kind.

Values come from python-calamine, which reads 6 to 17 times as fast as openpyxl; what it does not tell (errors, formulas
never calculated, links, hidden parts) comes from files/marks.py. What could take more memory or time than there is, is
found before it looks.
"""

from __future__ import annotations

import os
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import cast

from python_calamine import CalamineWorkbook, PasswordError

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.names import quoted
from milestone_reports.domain.visible import visible, visible_title
from milestone_reports.workbook.cells import SINCE_1900, Book, CellValue, Sheet
from milestone_reports.workbook.files.disk import read_file
from milestone_reports.workbook.files.extent import fits, is_plain, moved_together, too_far_apart
from milestone_reports.workbook.files.kinds import Kind, damaged, kind_of_content, locked, refuse_lock_file
from milestone_reports.workbook.files.marks import Marks, marks_of
from milestone_reports.workbook.files.old_excel import check_old_excel
from milestone_reports.workbook.files.open_document import check_open_document
from milestone_reports.workbook.files.package import Package, open_package
from milestone_reports.workbook.files.shared_text import SharedTexts
from milestone_reports.workbook.files.text import read_text

Places = tuple[Sequence[int], Sequence[int]]
"""The numbers of a grid's rows and of its columns."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look through a package found: its bytes as the fast reader may have them, and what that cannot tell."""

    content: bytes
    marks: Mapping[str, Marks]
    moved: Mapping[str, Places]
    """The sheets whose cells stood far apart and were moved together, with the places that they came from."""
    saved_at: datetime | None = None
    day_zero: date = SINCE_1900


def open_book(path: Path, *, companion: bool = False) -> Book:
    """The workbook's sheets; a companion's are named with their file.

    Raises: CannotGoOnError where the file is no workbook, with what to do about it.
    """
    prefix = f"{visible(path.name)} › " if companion else ""
    refuse_lock_file(path)
    content = read_file(path)
    kind = kind_of_content(path.name, content)
    if kind is Kind.TEXT:
        sheet = Sheet(prefix + visible_title(path.stem), read_text(path.name, content))
        return Book(visible(path.name), (sheet,), None)
    looked = _looked_through(path.name, content, kind)
    return Book(visible(path.name), tuple(_sheets(path.name, prefix, looked)), looked.saved_at)


def _looked_through(name: str, content: bytes, kind: Kind) -> Looked:
    if kind is Kind.EXCEL:
        with open_package(name, content) as package:
            return _looked_through_package(package, content)
    check = check_old_excel if kind is Kind.OLD_EXCEL else check_open_document
    check(name, content)
    return Looked(content, {}, {})


def _looked_through_package(package: Package, content: bytes) -> Looked:
    marks, moved, replaced = {}, {}, {}
    texts = SharedTexts(package)
    for name, part in package.sheets.items():
        xml = package.part(part)
        plain = is_plain(xml)
        marks[name] = marks_of(xml, package.links_of(part), cells_are_plain=plain)
        texts.add(xml)
        if not plain and not fits(xml):
            try:
                rows, columns, replaced[part] = moved_together(xml)
            except ValueError as error:
                raise CannotGoOnError(too_far_apart(f"{package.name}, sheet {quoted(name)}")) from error
            moved[name] = (rows, columns)
    return Looked(
        _with(package.archive, replaced) if replaced else content, marks, moved, package.saved_at, package.day_zero
    )


def _with(archive: zipfile.ZipFile, replaced: Mapping[str, bytes]) -> bytes:
    """The package with some of its parts replaced."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as copied:
        for part in archive.namelist():
            copied.writestr(part, replaced[part] if part in replaced else archive.read(part))
    return written.getvalue()


def _sheets(name: str, prefix: str, looked: Looked) -> Iterator[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    with told_plainly(name):
        book = CalamineWorkbook.from_filelike(BytesIO(looked.content))
        for about in book.sheets_metadata:
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            if looked.marks and about.name not in looked.marks:
                raise damaged(name)
            grid = _grid(book, about.name)
            every = range(1, len(grid) + 1), range(1, len(grid[0]) + 1 if grid else 1)
            rows, columns = looked.moved.get(about.name, every)
            yield Sheet(
                prefix + visible_title(about.name),
                grid,
                looked.marks.get(about.name, Marks()),
                is_hidden=about.visible is not SheetVisibleEnum.Visible,
                day_zero=looked.day_zero,
                row_numbers=rows,
                column_numbers=columns,
            )


def _grid(book: CalamineWorkbook, name: str) -> Sequence[Sequence[CellValue]]:
    """The sheet's values from A1 on; a cell merged over several rows says the same on each of them."""
    sheet = book.get_sheet_by_name(name)
    rows = cast("list[list[CellValue]]", sheet.to_python(skip_empty_area=False))
    room = len(rows) * len(rows[0]) if rows else 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left == right and bottom > top and top < len(rows) and left < len(rows[top]):
            room -= len(rows[top + 1 : bottom + 1])
            if room < 0:  # ranges that lie over each other, as in no real sheet
                break
            for row in rows[top + 1 : bottom + 1]:
                row[left] = rows[top][left]
    return rows


@contextmanager
def told_plainly(name: str) -> Iterator[None]:
    """Turns whatever a damaged file makes a reader raise, its panics too, into one sentence."""
    try:
        with _silence():
            yield
    except (CannotGoOnError, GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except PasswordError as error:
        raise locked(name) from error
    except BaseException as error:
        raise damaged(name) from error


@contextmanager
def _silence() -> Iterator[None]:
    """Keeps from the user what a panic writes past Python, straight to the program's error output."""
    sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:  # there is none
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
