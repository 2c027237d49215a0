"""A sheet as a table: its header row found, each column named by what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from milestone_reports.domain.names import key, nearest, quoted
from milestone_reports.domain.problem import Level
from milestone_reports.workbook.cells import Book, Cell, Sheet
from milestone_reports.workbook.reading.findings import Findings
from milestone_reports.workbook.vocabulary import FIELDS, REQUIRED, SHEETS, by_key

HEADER_ROWS = 40
"""How many rows from the top a header is looked for in."""

Renamed = Mapping[str, Mapping[str, str]]
"""From the Columns sheet: a sheet's name to the keys of the user's own headers to our fields."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's header cells, the field each known column is, and the rows below."""

    sheet: Sheet
    header: tuple[Cell, ...]
    fields: Mapping[str, int]
    """Field name to the position of its column among the header cells."""
    body: tuple[tuple[Cell, ...], ...]

    def rows(self) -> Iterator[Mapping[str, Cell]]:
        """Each row below the header as field to cell."""
        for row in self.body:
            yield {name: row[position] for name, position in self.fields.items()}


def table_of(sheet: Sheet, kind: str, renamed: Renamed) -> Table | None:
    """The sheet as a table of its kind; None where no row looks like its header."""
    words = by_key(FIELDS[kind]) | dict(renamed.get(kind, {}))
    best, most = None, 0
    for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
        known = {words[key(cell.text)] for cell in row if isinstance(cell.value, str) and key(cell.text) in words}
        if len(known) > most:
            best, most = index, len(known)
    if best is None:
        return None
    header = sheet.rows[best]
    return Table(sheet, header, _fields(header, words, renamed.get(kind, {})), sheet.rows[best + 1 :])


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


def refining_table(kind: str, sheets: Mapping[str, Sheet], renamed: Renamed, findings: Findings) -> Table | None:
    """The table of a sheet that refines a default; a problem where its needed columns are missing."""
    sheet = sheets.get(kind)
    if sheet is None or not sheet.rows:
        return None
    table = table_of(sheet, kind, renamed)
    missing = [name for name in REQUIRED[kind] if table is None or name not in table.fields]
    if table is None or missing:
        findings.add(
            Level.ERROR,
            "column_missing",
            sheet.rows[0][0].ref,
            found=f"no column {', '.join(quoted(name) for name in missing)} on the sheet {quoted(sheet.name)}",
            done="The sheet is not read",
            fix=f"write {', '.join(quoted(name) for name in missing)} as a column header in its first row",
        )
        return None
    return table
