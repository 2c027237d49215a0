"""A workbook of tables: every download of a site in one file, with real numbers and dates.

Must not know what the tables say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from xml.etree.ElementTree import tostring

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from milestone_reports.workbook.new_files import reproducible

Value = str | float | date | None
Row = Sequence[Value]

BOLD = Font(bold=True)
DAY_FORMAT = "yyyy-mm-dd"
LONGEST_NAME, LONGEST_TEXT = 31, 32_767
"""What a spreadsheet allows of a sheet's name and of a cell."""

WIDEST, NARROWEST, MARGIN = 48, 8, 2
"""Characters of a column's width."""

N_MEASURED = 200
"""Rows that a column's width is taken from."""

NO_CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n\r"}
"""Characters that no XML may hold."""

EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001  a workbook's times have no zone


def tables_workbook(tables: Mapping[str, tuple[Sequence[str], Sequence[Row]]], saved_at: datetime | None) -> bytes:
    """One sheet a table, a list of them first; the same tables give the same bytes.

    Texts stay texts, whatever they begin with: no cell is a formula.
    """
    book = Workbook(write_only=True)
    names = dict(zip(tables, (name[:LONGEST_NAME] for name in tables), strict=True))
    _sheet(book, "Contents", ("table", "rows"), [(names[name], len(rows)) for name, (_, rows) in tables.items()])
    for name, (header, rows) in tables.items():
        _sheet(book, names[name], header, rows)
    saved = BytesIO()
    book.save(saved)
    moment = saved_at or EPOCH
    properties = DocumentProperties(creator="milestone-reports", created=moment, modified=moment)
    return reproducible(saved.getvalue(), tostring(properties.to_tree()))


def _sheet(book: Workbook, name: str, header: Sequence[str], rows: Sequence[Row]) -> None:
    """A sheet whose first row stays in sight and has a filter."""
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(header))}{len(rows) + 1}"
    for place, width in enumerate(_widths(header, rows), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_cell(sheet, title, bold=True) for title in header])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _widths(header: Sequence[str], rows: Sequence[Row]) -> Iterator[int]:
    for place, title in enumerate(header):
        longest = max([len(title), *(len(str(row[place] or "")) for row in rows[:N_MEASURED])])
        yield min(max(longest, NARROWEST), WIDEST) + MARGIN


def _cell(sheet: WriteOnlyWorksheet, value: Value, *, bold: bool = False) -> Cell | float | None:
    """A value as a spreadsheet has it; a yes or no as the CSV tables write it."""
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)):
        return value
    if isinstance(value, bool):
        value = "yes" if value else "no"
    cell: Cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        cell.value = value.translate(NO_CONTROLS)[:LONGEST_TEXT]
        cell.data_type = "s"  # else a text that begins with = would be a formula
    else:
        cell.value = value
        cell.number_format = DAY_FORMAT
    if bold:
        cell.font = BOLD
    return cell
