"""Which sheet of a workbook lists the opportunities; refuses in one sentence where none does."""

from __future__ import annotations

from collections.abc import Sequence

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.message import message
from milestone_reports.domain.names import key, quoted
from milestone_reports.domain.problem import CellRef, Level
from milestone_reports.workbook.cells import Book, Sheet
from milestone_reports.workbook.reading.findings import Findings
from milestone_reports.workbook.reading.profiles.arrange import export_table, history_of
from milestone_reports.workbook.reading.table import Renamed, Table, check_table
from milestone_reports.workbook.vocabulary import SHEETS, by_key

NAME = "Opportunities"


def opportunities_table(book: Book, renamed: Renamed, findings: Findings) -> Table:
    """The sheet of that name or a synonym, else the one that looks most like it; others like it are said.

    Raises: CannotGoOnError where there is none, or it says neither which opportunity nor whose.
    """
    if not any(sheet.rows for sheet in book.sheets):
        raise CannotGoOnError(
            f"{book.name}: an empty workbook; a sheet 'Opportunities' with a row for each opportunity was expected. "
            "Fix: fill it in, or start from a new one with 'milestone-reports init'."
        )
    kinds = by_key(SHEETS)
    named = [sheet for sheet in book.sheets if kinds.get(key(sheet.name)) == NAME or len(book.sheets) == 1]
    others = [sheet for sheet in book.sheets if key(sheet.name) not in kinds]
    tables = [table for sheet in named or others if (table := export_table(sheet, renamed))]
    if not named:
        tables = [table for table in tables if "Rep" in table.fields and _names_opportunities(table)]
    if not tables:
        raise CannotGoOnError(_no_table(book, named))
    lists = [table for table in tables if "Rep" in table.fields and not history_of(table)] or tables
    best = max(lists, key=lambda table: ("Rep" in table.fields, table.sheet.name == NAME, len(table.fields)))
    _refuse_without_needed_columns(best, book)
    for table in tables:
        if table is not best and not history_of(table):
            _say_not_read(table.sheet, best.sheet, findings)
    check_table(best, findings)
    return best


def _names_opportunities(table: Table) -> bool:
    return bool({"Opportunity", "ID"} & set(table.fields))


def _no_table(book: Book, named: Sequence[Sheet]) -> str:
    if not named:
        sheets = ", ".join(quoted(sheet.name) for sheet in book.sheets)
        return (
            f"{book.name}: no sheet of opportunities among {sheets}; a sheet named 'Opportunities' was expected. "
            "Fix: name the sheet that lists them 'Opportunities'."
        )
    found = "no row of column headers" if named[0].rows else "nothing on it"
    return (
        f"{book.name}, sheet {quoted(named[0].name)}: {found}; columns such as 'Opportunity' and 'Rep' were expected. "
        "Fix: head its columns 'Opportunity', 'Rep' and with the name of each milestone."
    )


def _refuse_without_needed_columns(table: Table, book: Book) -> None:
    place = f"{book.name}, sheet {quoted(table.sheet.name)}"
    if "Rep" not in table.fields:
        raise CannotGoOnError(
            f"{place}: no column says who owns an opportunity; a column 'Rep' was expected. "
            "Fix: head the column with the reps' names 'Rep'."
        )
    if not _names_opportunities(table):
        raise CannotGoOnError(
            f"{place}: no column names the opportunities; a column 'Opportunity' or 'ID' was expected. "
            "Fix: head the column with their names 'Opportunity'."
        )
    if not table.body:
        raise CannotGoOnError(
            f"{place}: no opportunities below the column headers; a row for each was expected. Fix: fill it in."
        )


def _say_not_read(sheet: Sheet, read: Sheet, findings: Findings) -> None:
    findings.add(
        Level.WARNING,
        "sheet_not_read",
        CellRef(sheet.name),
        found=message("opportunities on a second sheet, {name}", name=quoted(sheet.name)),
        expected=message("one sheet of opportunities was expected"),
        done=message("Only the sheet {name} is read", name=quoted(read.name)),
        fix=message("put all opportunities on one sheet"),
    )
