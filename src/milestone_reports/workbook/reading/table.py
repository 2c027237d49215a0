"""A sheet as a table: its header row found, each column named by what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from milestone_reports.domain.message import message
from milestone_reports.domain.names import key, nearest, quoted
from milestone_reports.domain.problem import Level
from milestone_reports.workbook.cells import Book, Cell, CellValue, Row, Sheet
from milestone_reports.workbook.reading.findings import Findings
from milestone_reports.workbook.reading.lists import all_of
from milestone_reports.workbook.vocabulary import FIELDS, REQUIRED, SHEETS, by_key

HEADER_ROWS = 40
"""How many rows from the top a header is looked for in."""

UNDER_A_NAME = {
    *("planned", "plan", "due", "completed", "done", "actual", "date", "reached", "evidence"),
    *("geplant", "soll", "fallig", "erreicht", "abgeschlossen", "erledigt", "ist", "datum", "nachweis"),
}
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
    own_headers: Sequence[str] = ()
    """The headers as they stand on the sheet, before any is read as another."""
    repeated: Sequence[Row] = ()
    """Rows below that say the headers again, as on every page of a printed export; no part of the body."""

    def values(self, position: int) -> Sequence[CellValue]:
        """The values of a column below the header, as they stand in the grid."""
        column = self.sheet.by_column[self.sheet.columns[position]]
        first, last = (self.body[0].place, self.body[-1].place) if self.body else (0, -1)
        if last - first + 1 == len(self.body):
            return column[first : last + 1]
        return [column[row.place] for row in self.body]

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
    upper, lower = _header_rows(sheet.rows, best)
    header = _header(sheet.rows[upper], sheet.rows[lower], other_headers_above=upper == best)
    found = {name: position for name, position in _fields(header, words, own).items() if name in FIELDS[kind]}
    read_as = tuple(replace(cell, value=own[key(cell.text)]) if key(cell.text) in own else cell for cell in header)
    below = sheet.rows[lower + 1 :]
    again = {row.place for index in (upper, lower) for row in _rows_like(sheet.rows[index], below)}
    return Table(
        sheet,
        read_as,
        found,
        [row for row in below if row.place not in again] if again else below,
        own_headers=[cell.text for cell in header if not cell.is_blank],
        repeated=_rows_like(sheet.rows[lower], below),
    )


def _header_rows(rows: Sequence[Row], best: int) -> tuple[int, int]:
    """The first and the last row of the header that has the most known headers in row `best`.

    A milestone's name stands over planned, done and evidence, in the row of the other headers or in one above it.
    """
    if best + 1 < len(rows) and _says_more_below(rows[best], rows[best + 1]):
        return best, best + 1
    stand_under = any(key(cell.text) in UNDER_A_NAME for cell in rows[best])
    return (best - 1, best) if best and stand_under else (best, best)


def _header(upper: Row, lower: Row, *, other_headers_above: bool) -> Sequence[Cell]:
    """The header cells, of two rows made one."""
    if upper is lower:
        return lower
    joined = _with_names_above(lower, upper)
    if not other_headers_above:
        return joined
    return [over if cell.is_blank else cell for over, cell in zip(upper, joined, strict=True)]


def _says_more_below(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    """Whether the lower row says nothing but planned, done and the like, and again what is merged over both rows."""
    words = [(above, below) for above, below in zip(upper, lower, strict=True) if not below.is_blank]
    under = [below for _, below in words if key(below.text) in UNDER_A_NAME]
    return len(under) > 1 and all(below in under or key(below.text) == key(above.text) for above, below in words)


def _rows_like(header: Row, below: Sequence[Row]) -> Sequence[Row]:
    """The rows that say a row of the header again, cell by cell."""
    values = list(header.values)
    place = next((place for place, value in enumerate(values) if isinstance(value, str) and value), None)
    if place is None or header.sheet.by_column[place].count(values[place]) == 1:
        return ()
    return [row for row in below if list(row.values) == values]


def _with_names_above(header: Sequence[Cell], above: Sequence[Cell]) -> Sequence[Cell]:
    """Two header rows as one: a milestone's name stands over its columns planned, done and evidence."""
    name, joined = "", []
    for cell, over in zip(header, above, strict=True):
        stands_under = key(cell.text) in UNDER_A_NAME
        if not over.is_blank:
            name = over.text if stands_under else ""
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
    nearly: list[tuple[str, str]] = []
    for book in reversed(books):
        if book is books[0] and len(book.sheets) == 1:
            continue  # Its only sheet is the one of opportunities, whatever its name: a text file bears the file's.
        for sheet in book.sheets:
            title = sheet.name.rpartition(" › ")[2]
            kind = words.get(key(title))
            if kind:
                found.setdefault(kind, sheet)
            elif near := nearest(title, SHEETS, cutoff=0.8):
                nearly.append((title, near))
    for title, near in nearly:
        # A sheet of opportunities that bears no such name is known by what it holds.
        if near in found or near != "Opportunities":
            _say_unknown_sheet(title, near, findings, is_second=near in found)
    return found


def _say_unknown_sheet(title: str, near: str, findings: Findings, *, is_second: bool) -> None:
    name, known = quoted(title), quoted(near)
    findings.add(
        Level.WARNING,
        "sheet_unknown",
        None,
        found=message("a sheet named {name} beside {known}", name=name, known=known)
        if is_second
        else message("a sheet named {name}", name=name),
        done=message("Not read"),
        fix=message("nothing if it is a copy; else move its rows to {known}", known=known)
        if is_second
        else message("name it {name} if that is meant", name=known),
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
    check_table(table, findings)
    return table


def _say_missing(sheet: Sheet, missing: Sequence[str], findings: Findings) -> None:
    names, title = all_of(missing), quoted(sheet.name)
    several = len(missing) > 1
    findings.add(
        Level.ERROR,
        "column_missing",
        sheet.rows[0][0].ref,
        found=message("no columns {names} on the sheet {sheet}", names=names, sheet=title)
        if several
        else message("no column {name} on the sheet {sheet}", name=names, sheet=title),
        done=message("The sheet is not read"),
        fix=message("head the columns {names}", names=names)
        if several
        else message("head the column {name}", name=names),
    )


def check_table(table: Table, findings: Findings) -> None:
    """Problems with what stands there twice: columns, and the headers as a whole."""
    _say_repeated_fields(table, findings)
    _say_header_again(table, findings)


def _say_repeated_fields(table: Table, findings: Findings) -> None:
    for position in table.fields.values():
        for other, cell in enumerate(table.header):
            if other != position and key(cell.text) == key(table.header[position].text):
                say_column_twice(cell, findings)


def _say_header_again(table: Table, findings: Findings) -> None:
    if not table.repeated:
        return
    n_rows = len(table.repeated)
    findings.add(
        Level.NOTE,
        "header_repeated",
        table.repeated[0].ref,
        found=message("the column headers again, on {n} rows", n=n_rows)
        if n_rows > 1
        else message("the column headers again"),
        done=message("Skipped"),
        fix=message("delete them if you like; nothing is lost by them"),
    )


def say_column_twice(cell: Cell, findings: Findings) -> None:
    """A problem for a header that was met before."""
    findings.add(
        Level.WARNING,
        "column_twice",
        cell.ref,
        found=message("a second column {name}", name=quoted(cell.text)),
        expected=message("one column was expected"),
        done=message("Only the first is read"),
        fix=message("delete or rename one of the two"),
    )
