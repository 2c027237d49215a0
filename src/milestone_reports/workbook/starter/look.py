"""How a workbook made for people looks: the page's colours, widths, drop-downs, frozen headers, printing.

The only place of the starter that styles cells; what the sheets say stands in starter_sheets.py and starter_words.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from textwrap import wrap
from typing import Literal

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from milestone_reports.workbook.starter.sheets import CellValue, Column, Kind, Row, Setting, Sheet

INK, INK_2, RULE, DONE, DONE_SOFT = "161B20", "474E55", "DBD9D5", "006375", "D6EDF1"
MILESTONES = ("469E99", "0F7B95", "1A4D7B", "1D224A")
"""The first milestone to the last; lightness alone carries the order (look/css/tokens.css)."""

DATE_FORMAT = "d mmm yyyy"
FORMATS = {Kind.DATE: DATE_FORMAT, Kind.COMPLETION: DATE_FORMAT, Kind.MONEY: "#,##0"}
FIRST_DAY, LAST_DAY = "36526", "73050"
"""1 January 2000 to 31 December 2099, as a spreadsheet counts days."""

ROWS_CHECKED = 500
"""Rows below the header that have drop-downs and date checks; more where there are more rows."""

LINE_HEIGHT = 15
"""Points; a row of several lines needs its height said, since not every program finds it by itself."""

HAIRLINE = Side("thin", RULE)
LONGEST_TITLE, LONGEST_PROMPT = 32, 255
"""What Excel shows beside a cell at most."""


def fill_sheet(page: Worksheet, sheet: Sheet, rows: Sequence[Row]) -> None:
    """Write a sheet's header and rows, with all that makes it pleasant to fill in."""
    n_milestones = 1 + max((column.milestone for column in sheet.columns if column.milestone is not None), default=0)
    last_row = 1 + max(ROWS_CHECKED, len(rows) + 100)
    for number, column in enumerate(sheet.columns, start=1):
        _write_header(_cell(page, 1, number, column.name), column, n_milestones)
        _shape_column(page, number, column)
        _check_column(page, get_column_letter(number), column, last_row)
        for row_number, row in enumerate(rows, start=2):
            if (value := row.get(column.name)) is not None:
                _write_value(_cell(page, row_number, number), value, column.kind, _group_border(column))
    for row_number, row in enumerate(rows, start=2):
        _fit_height(page, row_number, sheet, row)
    page.row_dimensions[1].height = 2.2 * LINE_HEIGHT
    page.freeze_panes = f"{get_column_letter(sheet.n_frozen + 1)}2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{1 + max(len(rows), 1)}"
    set_up_printing(page, repeats_header=True)
    if n_milestones > 1:
        # Too wide for one page that can still be read.
        page.page_setup.fitToWidth, page.print_title_cols = 2, "A:B"


def fill_settings(page: Worksheet, settings: Sequence[Setting]) -> None:
    """Write the Settings sheet: a setting, its value, what it means."""
    heads = (Column("Setting", "", 26), Column("Value", "", 26), Column("What it means", "", 84))
    for number, head in enumerate(heads, start=1):
        _write_header(_cell(page, 1, number, head.name), head, 1)
        page.column_dimensions[get_column_letter(number)].width = head.width
    for row, setting in enumerate(settings, start=2):
        _write_setting(page, row, setting)
    page.freeze_panes = "A2"
    page.sheet_view.showGridLines = False
    set_up_printing(page, repeats_header=True)


def lettering(*, bold: bool = False, size: float = 11, color: str = INK) -> Font:
    """The typeface that every spreadsheet program knows."""
    return Font(name="Calibri", bold=bold, size=size, color=color)


def n_lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of that width, rather one too many than one too few."""
    return len(wrap(text, max(int(width * 1.08), 1))) or 1


def set_up_printing(page: Worksheet, *, repeats_header: bool) -> None:
    """Landscape, as wide as the paper, the header on every page, the sheet's name and page number below."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom, page.page_margins.footer = 0.6, 0.8, 0.4
    page.HeaderFooter.oddFooter = HeaderFooterItem(left=_HeaderFooterPart("&A"), right=_HeaderFooterPart("&P of &N"))
    if repeats_header:
        page.print_title_rows = "1:1"


def _write_header(cell: Cell, column: Column, n_milestones: int) -> None:
    """A header in ink over a line; a milestone's three columns share a bar of its colour."""
    is_secondary = column.milestone is not None and column.kind is not Kind.COMPLETION
    cell.font = lettering(bold=not is_secondary, color=INK_2 if is_secondary else INK)
    cell.alignment = _alignment(column.kind, wraps=True, vertical="center")
    bar = None if column.milestone is None else Side("thick", milestone_colour(column.milestone, n_milestones))
    cell.border = Border(top=bar, bottom=Side("medium", INK), left=_group_border(column).left)
    if column.kind is Kind.COMPLETION:
        cell.fill = PatternFill("solid", DONE_SOFT)


def milestone_colour(k: int, n: int) -> str:
    """The colour of milestone `k` of `n`, between the neighbours of the four on the page."""
    place = k * (len(MILESTONES) - 1) / max(n - 1, 1)
    below = min(int(place), len(MILESTONES) - 2)
    share = place - below
    pairs = zip(bytes.fromhex(MILESTONES[below]), bytes.fromhex(MILESTONES[below + 1]), strict=True)
    return bytes(round(low + (high - low) * share) for low, high in pairs).hex().upper()


def _shape_column(page: Worksheet, number: int, column: Column) -> None:
    """Width, and the format that whatever is typed further down will take."""
    dimension = page.column_dimensions[get_column_letter(number)]
    dimension.width = column.width
    dimension.number_format = FORMATS.get(column.kind, "General")
    dimension.alignment = _alignment(column.kind)
    dimension.border = _group_border(column)


def _write_value(cell: Cell, value: CellValue, kind: Kind, border: Border) -> None:
    """A value as text or number, never as a formula, in its column's format."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    cell.number_format = FORMATS.get(kind, "General")
    cell.alignment = _alignment(kind)
    cell.border = border
    cell.font = lettering()


def _write_setting(page: Worksheet, row: int, setting: Setting) -> None:
    """One row of the Settings sheet; the value, which is to be changed, stands out."""
    border = Border(bottom=HAIRLINE)
    name, value, meaning = (_cell(page, row, number) for number in (1, 2, 3))
    _write_value(name, setting.name, Kind.TEXT, border)
    _write_value(value, setting.value, setting.kind, border)
    _write_value(meaning, setting.meaning, Kind.LONG_TEXT, border)
    name.font = lettering(bold=True)
    meaning.font = lettering(color=INK_2)
    value.fill = PatternFill("solid", DONE_SOFT)
    value.alignment = Alignment(horizontal="left", vertical="top", indent=1)
    page.row_dimensions[row].height = LINE_HEIGHT * n_lines(setting.meaning, 84)
    if setting.choices:
        _offer(page, value.coordinate, setting.choices, "Pick one from the list.")
    elif setting.kind is Kind.DATE:
        _expect_date(page, value.coordinate, may_be_waived=False)


def _cell(page: Worksheet, row: int, number: int, value: CellValue = None) -> Cell:
    """A cell of its own: none of these sheets has merged ones."""
    cell = page.cell(row, number, value)
    if not isinstance(cell, Cell):
        raise TypeError(cell.coordinate)
    return cell


def _group_border(column: Column) -> Border:
    """A hairline where the columns of a milestone begin, and where they end."""
    begins = column.name.endswith(" planned") if column.milestone is not None else column.name == "Outcome"
    return Border(left=HAIRLINE) if begins else Border()


def _alignment(kind: Kind, *, wraps: bool = False, vertical: Literal["top", "center"] = "top") -> Alignment:
    """Numbers and dates to the right, text to the left with some air before it."""
    is_text = kind in {Kind.TEXT, Kind.LONG_TEXT}
    return Alignment(
        vertical=vertical,
        horizontal="left" if is_text else "right",
        indent=1 if is_text else 0,
        wrap_text=wraps or kind is Kind.LONG_TEXT,
    )


def _fit_height(page: Worksheet, row_number: int, sheet: Sheet, row: Row) -> None:
    """Make room for the longest of a row's wrapped texts."""
    texts = [
        (str(row.get(column.name) or ""), column.width) for column in sheet.columns if column.kind is Kind.LONG_TEXT
    ]
    lines = max((n_lines(text, width) for text, width in texts), default=1)
    if lines > 1:
        page.row_dimensions[row_number].height = lines * LINE_HEIGHT


def _check_column(page: Worksheet, letters: str, column: Column, last_row: int) -> None:
    """What the header explains when it is selected, and what the cells below accept."""
    explanation = DataValidation(showInputMessage=True)
    explanation.promptTitle, explanation.prompt = column.name[:LONGEST_TITLE], column.meaning[:LONGEST_PROMPT]
    explanation.add(f"{letters}1")
    page.add_data_validation(explanation)
    cells = f"{letters}2:{letters}{last_row}"
    if column.choices:
        _offer(page, cells, column.choices, column.if_not_chosen)
    elif column.kind in {Kind.DATE, Kind.COMPLETION}:
        _expect_date(page, cells, may_be_waived=column.kind is Kind.COMPLETION)
    elif column.kind in {Kind.MONEY, Kind.NUMBER}:
        _expect_number(page, cells)


def _offer(page: Worksheet, cells: str, choices: str, if_not_chosen: str) -> None:
    """A drop-down that explains itself when something else is typed."""
    rule = DataValidation("list", formula1=choices, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = "Not in the list", if_not_chosen
    rule.add(cells)
    page.add_data_validation(rule)


def _expect_date(page: Worksheet, cells: str, *, may_be_waived: bool) -> None:
    """A real date; what is none is questioned, not refused, where the word `waived` may stand."""
    rule = DataValidation("date", operator="between", formula1=FIRST_DAY, formula2=LAST_DAY, allow_blank=True)
    rule.showErrorMessage, rule.errorTitle = True, "Not a date"
    rule.errorStyle = "warning" if may_be_waived else "stop"
    waived = " To pass this milestone without credit, type waived and answer Yes." if may_be_waived else ""
    rule.error = f"Type a day with its year, such as {date(2026, 11, 20):%d %b %Y}.{waived}"
    rule.add(cells)
    page.add_data_validation(rule)


def _expect_number(page: Worksheet, cells: str) -> None:
    """A plain number; text is questioned, since some amounts arrive as text."""
    rule = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    rule.showErrorMessage, rule.errorStyle, rule.errorTitle = True, "warning", "Not a number"
    rule.error = "Type a number without a currency sign, such as 50000."
    rule.add(cells)
    page.add_data_validation(rule)
