"""A sheet as a table: its header row found, each column named by what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from milestone_reports.domain.names import key, nearest, quoted
from milestone_reports.domain.problem import CellRef, Level
from milestone_reports.workbook.cells import Book, Cell, CellValue, Row, Sheet
from milestone_reports.workbook.reading.findings import Findings, one_of
from milestone_reports.workbook.vocabulary import FIELDS, REQUIRED, SHEETS, by_key

HEADER_ROWS = 40
"""How many rows from the top a header is looked for in."""

UNDER_A_NAME = {"planned", "plan", "due", "completed", "done", "actual", "date", "reached", "evidence"}
"""Keys of the headers that say nothing without the milestone's name above them."""

Renamed = Mapping[str, Mapping[str, str]]
"""From the Columns sheet: a sheet's name to the keys of the user's own headers to our fields, or to milestones."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's header cells, the field each known column is, and the rows below."""

    sheet: Sheet
    header: tuple[Cell, ...]
    """A header of the user's own is read as the name that the Columns sheet gives it."""
    fields: Mapping[str, int]
    """Field name to the position of its column among the header cells."""
    body: Sequence[Row]

    @property
    def own_headers(self) -> list[str]:
        """The headers as they stand on the sheet, before any is read as another."""
        own = next(row for row in self.sheet.rows if row[0].ref.row == self.header[0].ref.row)
        return [cell.text for cell in own if not cell.is_blank]

    def values(self, position: int) -> list[CellValue]:
        """The values of a column below the header, as they stand in the grid."""
        column = self.sheet.columns[position]
        return [row.values[column] for row in self.body]

    def rows(self) -> Iterator[Mapping[str, Cell]]:
        """Each row below the header as field to cell."""
        for row in self.body:
            yield {name: row[position] for name, position in self.fields.items()}


def table_of(sheet: Sheet, kind: str, renamed: Renamed) -> Table | None:
    """The sheet as a table of its kind; None where no row looks like its header."""
    own = renamed.get(kind, {})
    words = by_key(FIELDS[kind]) | dict(own)
    best, most = None, 0
    for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
        known = {words[key(cell.text)] for cell in row if isinstance(cell.value, str) and key(cell.text) in words}
        if len(known) > most:
            best, most = index, len(known)
    if best is None:
        return None
    header = _with_names_above(sheet.rows[best], sheet.rows[best - 1] if best else ())
    found = {name: position for name, position in _fields(header, words, own).items() if name in FIELDS[kind]}
    read_as = tuple(replace(cell, value=own[key(cell.text)]) if key(cell.text) in own else cell for cell in header)
    return Table(sheet, read_as, found, sheet.rows[best + 1 :])


def _with_names_above(header: Sequence[Cell], above: Sequence[Cell]) -> Sequence[Cell]:
    """Two header rows as one: a milestone's name stands over its columns planned, done and evidence."""
    name, joined = "", []
    for position, cell in enumerate(header):
        stands_under = key(cell.text) in UNDER_A_NAME
        if above and not above[position].is_blank:
            name = above[position].text if stands_under else ""
        joined.append(replace(cell, value=f"{name} {cell.text}") if name and stands_under else cell)
    return joined


def _fields(header: Sequence[Cell], words: Mapping[str, str], own: Mapping[str, str]) -> dict[str, int]:
    """The column of each field: the one the user named, else the one with the field's own name, else a synonym's."""
    fields: dict[str, int] = {}
    ranks: dict[str, int] = {}
    for position, cell in enumerate(header):
        said = key(cell.text)
        field = words.get(said)
        if field is None:
            continue
        rank = 0 if said in own else 1 if said == key(field) else 2
        if field not in fields or rank < ranks[field]:
            fields[field], ranks[field] = position, rank
    return fields


def sheets_by_kind(books: Sequence[Book], findings: Findings) -> dict[str, Sheet]:
    """The sheet of each kind, a companion's before the workbook's own; an unknown name near a known one is said."""
    words = by_key(SHEETS)
    found: dict[str, Sheet] = {}
    for book in reversed(books):
        for sheet in book.sheets:
            title = sheet.name.rpartition(" › ")[2]
            kind = words.get(key(title))
            if kind:
                found.setdefault(kind, sheet)
            elif key(title) == "milestonelog":
                _say_log_not_read(title, findings)
            elif near := nearest(title, SHEETS, cutoff=0.8):
                findings.add(
                    Level.WARNING,
                    "sheet_unknown",
                    None,
                    found=f"a sheet named {quoted(title)}",
                    done="Not read",
                    fix=f"name it {quoted(near)} if that is meant",
                )
    return found


def _say_log_not_read(title: str, findings: Findings) -> None:
    findings.add(
        Level.WARNING,
        "sheet_not_read",
        CellRef(title),
        found="a log of milestones",
        expected="a column for each milestone on the sheet of opportunities was expected",
        done="Not read",
        fix="put the dates into the milestones' columns",
    )


def refining_table(kind: str, sheets: Mapping[str, Sheet], renamed: Renamed, findings: Findings) -> Table | None:
    """The table of a sheet that refines a default; a problem where its needed columns are missing."""
    sheet = sheets.get(kind)
    if sheet is None or not sheet.rows:
        return None
    table = table_of(sheet, kind, renamed)
    missing = [name for name in REQUIRED[kind] if table is None or name not in table.fields]
    if table is None or missing:
        _say_missing(sheet, missing, findings)
        return None
    say_repeated_fields(table, findings)
    return table


def _say_missing(sheet: Sheet, missing: Sequence[str], findings: Findings) -> None:
    columns = "columns" if len(missing) > 1 else "column"
    findings.add(
        Level.ERROR,
        "column_missing",
        sheet.rows[0][0].ref,
        found=f"no {columns} {one_of(missing, 'and')} on the sheet {quoted(sheet.name)}",
        done="The sheet is not read",
        fix=f"head the {columns} {one_of(missing, 'and')}",
    )


def say_repeated_fields(table: Table, findings: Findings) -> None:
    """A problem for each known column whose header stands there a second time."""
    for position in table.fields.values():
        for other, cell in enumerate(table.header):
            if other != position and key(cell.text) == key(table.header[position].text):
                say_column_twice(cell, findings)


def say_column_twice(cell: Cell, findings: Findings) -> None:
    """A problem for a header that was met before."""
    findings.add(
        Level.WARNING,
        "column_twice",
        cell.ref,
        found=f"a second column {quoted(cell.text)}",
        expected="one column was expected",
        done="Only the first is read",
        fix="delete or rename one of the two",
    )
