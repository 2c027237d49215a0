"""A workbook file as sheets of cells. The only place that opens one; refuses what is none in one plain sentence."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.problem import CellRef

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an encrypted workbook, and an .xls of before 2007, begins."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell whose formula gives an error, or has never been calculated."""

    text: str
    """The error, such as #REF!; empty for a formula without a stored result."""


CellValue = str | float | bool | datetime | date | time | timedelta | Broken | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it is, what stands there, where its link leads."""

    ref: CellRef
    value: CellValue = None
    link: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing stands there, or only spaces."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())

    @property
    def text(self) -> str:
        """What stands there as text, on one line; a whole number without its decimal point."""
        if self.value is None or isinstance(self.value, Broken):
            return ""
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        if isinstance(self.value, datetime) and not (self.value.hour or self.value.minute or self.value.second):
            return self.value.date().isoformat()
        return " ".join(str(self.value).split())


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and its rows of cells, blank rows left out."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook file: its sheets in order and when it was last saved, by its own account."""

    name: str
    sheets: tuple[Sheet, ...]
    saved_at: datetime | None


def open_book(path: Path, *, companion: bool = False) -> Book:
    """The workbook's sheets and cells; a companion's sheets are named with their file.

    Raises: CannotGoOnError where the file is no workbook, with what to do about it.
    """
    _refuse_what_is_no_workbook(path)
    cached = _load(path, data_only=True)
    uncalculated = _uncalculated(path, cached)
    prefix = f"{path.name} › " if companion else ""
    sheets = tuple(
        _sheet(worksheet, prefix, uncalculated.get(worksheet.title, frozenset())) for worksheet in cached.worksheets
    )
    modified = cached.properties.modified
    return Book(path.name, sheets, modified.replace(tzinfo=None, microsecond=0) if modified else None)


def _refuse_what_is_no_workbook(path: Path) -> None:
    fix = "Fix: open it in Excel, LibreOffice or Google Sheets and save it as an Excel workbook (.xlsx)."
    if not path.exists():
        raise CannotGoOnError(f"{path}: no such file. Fix: check the name and the folder.")
    if path.is_dir():
        raise CannotGoOnError(
            f"{path}: a folder; one workbook (.xlsx or .xlsm) was expected. Fix: name the file in it."
        )
    try:
        with path.open("rb") as file:
            start = file.read(len(COMPOUND_FILE))
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise CannotGoOnError(
            f"{path}: cannot be read ({reason}). Fix: close it elsewhere or ask for access."
        ) from error
    if not start:
        raise CannotGoOnError(f"{path.name}: an empty file; a workbook (.xlsx or .xlsm) was expected. {fix}")
    if start == COMPOUND_FILE:
        raise CannotGoOnError(
            f"{path.name}: protected by a password, or in the format of before 2007. "
            "Fix: open it in Excel, take the password off and save it as an Excel workbook (.xlsx)."
        )
    if not zipfile.is_zipfile(path):
        raise CannotGoOnError(f"{path.name}: not an Excel workbook; an .xlsx or .xlsm file was expected. {fix}")


def _load(path: Path, *, data_only: bool) -> Workbook:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings(action="ignore"):
            return load_workbook(path, data_only=data_only)
    except (KeyError, ValueError, TypeError, AttributeError, OSError, ParseError, zipfile.BadZipFile) as error:
        raise CannotGoOnError(
            f"{path.name}: not an Excel workbook, or one that is damaged. "
            "Fix: open it in Excel and save it again; if Excel cannot open it either, take the last good copy."
        ) from error


def _uncalculated(path: Path, cached: Workbook) -> Mapping[str, frozenset[tuple[int, int]]]:
    """Cells whose formula has no stored result, a sheet; read a second time only where there are formulas at all."""
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(b"<f>" in (content := archive.read(part)) or b"<f " in content for part in parts):
            return {}
    formulas = _load(path, data_only=False)
    return {
        worksheet.title: frozenset(
            (number, cell.column)
            for number, row in enumerate(formulas[worksheet.title].iter_rows(), start=1)
            for cell in row
            if cell.data_type == "f" and cell.column and worksheet.cell(number, cell.column).value is None
        )
        for worksheet in cached.worksheets
    }


def _sheet(worksheet: Worksheet, prefix: str, uncalculated: frozenset[tuple[int, int]]) -> Sheet:
    name = prefix + worksheet.title
    rows = (
        tuple(_cell(cell, CellRef(name, number, column), (number, column) in uncalculated) for column, cell in row)
        for number, row in enumerate((enumerate(row, start=1) for row in worksheet.iter_rows()), start=1)
    )
    return Sheet(name, tuple(row for row in rows if any(not cell.is_blank for cell in row)))


def _cell(cell: SheetCell | MergedCell, ref: CellRef, is_uncalculated: bool) -> Cell:  # noqa: FBT001  private
    if cell.data_type == "e":
        return Cell(ref, Broken(str(cell.value)))
    if is_uncalculated:
        return Cell(ref, Broken(""))
    value = cell.value
    link = cell.hyperlink.target or "" if cell.hyperlink else ""
    if value is None or isinstance(value, (str, bool, int, float, datetime, date, time, timedelta)):
        return Cell(ref, value, link)
    return Cell(ref, str(value), link)
