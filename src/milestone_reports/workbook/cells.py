"""A workbook file as sheets of cells. The only place that opens one; refuses what is none in one plain sentence."""

from __future__ import annotations

import math
import re
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.problem import CellRef

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an encrypted workbook, and an .xls of before 2007, begins."""

ZIP_FILE = b"PK"
"""How every workbook begins: it is a zip archive."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell whose formula gives an error, or has never been calculated."""

    text: str
    """The error, such as #REF!; empty for a formula without a stored result."""


ESCAPED = re.compile(r"_x([0-9A-F]{4})_")
"""How a workbook writes a character that its XML cannot hold, such as _x000D_."""

HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Control characters, what is no character at all, and marks that turn round the text after them."""

Place = tuple[int, int]
"""Row and column of a cell."""

CellValue = str | float | bool | datetime | date | time | timedelta | Broken | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it is, what stands there, where its link leads."""

    ref: CellRef
    value: CellValue = None
    link: str = ""

    @property
    def is_blank(self) -> bool:
        """Nothing stands there; a cell of spaces alone has been read as that."""
        return self.value is None or self.value == ""

    @property
    def text(self) -> str:
        """What stands there as a person sees it, on one line; a whole number without its decimal point."""
        if self.value is None or isinstance(self.value, Broken):
            return ""
        if isinstance(self.value, bool):
            return str(self.value).upper()
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        if isinstance(self.value, datetime) and not (self.value.hour or self.value.minute or self.value.second):
            return self.value.date().isoformat()
        return str(self.value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name and its rows of cells, all as long, blank rows and columns left out."""

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
        if start.startswith(ZIP_FILE):
            raise CannotGoOnError(_damaged(path))
        raise CannotGoOnError(f"{path.name}: not an Excel workbook; an .xlsx or .xlsm file was expected. {fix}")


def _load(path: Path, *, data_only: bool) -> Workbook:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings(action="ignore"):
            return load_workbook(path, data_only=data_only)
    except Exception as error:  # a damaged file can break the library anywhere, whatever is raised
        raise CannotGoOnError(_damaged(path)) from error


def _damaged(path: Path) -> str:
    return (
        f"{path.name}: not an Excel workbook, or one that is damaged; an .xlsx or .xlsm file was expected. "
        "Fix: open it in Excel and save it as an Excel workbook (.xlsx); if it cannot be opened there either, "
        "take the last good copy."
    )


def _uncalculated(path: Path, cached: Workbook) -> Mapping[str, frozenset[Place]]:
    """Cells whose formula has no stored result, a sheet; read a second time only where there are formulas at all."""
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(b"<f>" in (content := archive.read(part)) or b"<f " in content for part in parts):
            return {}
    formulas = _load(path, data_only=False)
    return {
        worksheet.title: frozenset(
            place
            for place, cell in _cells(formulas[worksheet.title]).items()
            if cell.data_type == "f" and worksheet.cell(*place).value is None
        )
        for worksheet in cached.worksheets
    }


def _cells(worksheet: Worksheet) -> Mapping[Place, SheetCell | MergedCell]:
    """The cells that are there; iter_rows would make one for every place up to a stray one in the last row."""
    return worksheet._cells  # noqa: SLF001  the library has no public way to the cells that exist


def _sheet(worksheet: Worksheet, prefix: str, uncalculated: frozenset[Place]) -> Sheet:
    name = prefix + worksheet.title
    cells = {
        place: _cell(cell, CellRef(name, *place), place in uncalculated)
        for place, cell in _cells(worksheet).items()
        if cell.value is not None or place in uncalculated
    }
    filled = [place for place, cell in cells.items() if not cell.is_blank]
    columns = sorted({column for _, column in filled})
    return Sheet(
        name,
        tuple(
            tuple(cells.get((row, column)) or Cell(CellRef(name, row, column)) for column in columns)
            for row in sorted({row for row, _ in filled})
        ),
    )


def _cell(cell: SheetCell | MergedCell, ref: CellRef, is_uncalculated: bool) -> Cell:  # noqa: FBT001  private
    if is_uncalculated:
        return Cell(ref, Broken(""))
    value = cell.value
    if cell.data_type == "e" or (isinstance(value, (int, float)) and not _is_finite(value)):
        return Cell(ref, Broken(str(value) if cell.data_type == "e" else "#NUM!"))
    link = visible(cell.hyperlink.target or "") if cell.hyperlink else ""
    if value is None or isinstance(value, (bool, int, float, datetime, date, time, timedelta)):
        return Cell(ref, value, link)
    return Cell(ref, visible(str(value)), link)


def _is_finite(number: float) -> bool:
    """Whether a number is one that can be counted with: an integer of 400 digits is none either."""
    try:
        return math.isfinite(number)
    except OverflowError:
        return False


def visible(text: str) -> str:
    """The text on one line, without the characters that cannot be seen but change how a page reads."""
    decoded = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return " ".join(HIDDEN.sub("", decoded).split())
