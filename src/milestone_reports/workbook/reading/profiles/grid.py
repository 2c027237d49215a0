"""A table with columns of our own making, whose cells still point at the cells that they were made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from milestone_reports.domain.names import key
from milestone_reports.workbook.cells import CellValue, Row
from milestone_reports.workbook.reading.table import Table

NO_HEADER = " "
"""What keeps a column without a header among those that hold anything."""


@dataclass(frozen=True, slots=True)
class Added:
    """A column of our own: its header, a value for each row below, and the column it was made from."""

    header: str
    values: Sequence[CellValue]
    made_from: int | None = None
    """The position of a column of the table; None: of none, so that only its rows can be pointed at."""


def headers_of(table: Table) -> dict[str, int]:
    """The key of each header to its position; of two alike the first."""
    found: dict[str, int] = {}
    for position, cell in enumerate(table.header):
        found.setdefault(key(cell.text), position)
    return found


def with_columns(table: Table, added: Mapping[str, Added]) -> Table:
    """The table with columns added, each under the name of the field that it is, or under one that nobody asks for."""
    sheet, columns = table.sheet, list(added.values())
    header_row = table.header[0].ref.row
    names: list[CellValue] = [cell.text or NO_HEADER for cell in table.header]
    grid = [[*names, *(column.header for column in columns)]]
    grid += [
        [*(row.values[place] for place in sheet.columns), *(column.values[index] for column in columns)]
        for index, row in enumerate(table.body)
    ]
    numbers = [0 if c.made_from is None else table.header[c.made_from].ref.column for c in columns]
    made = replace(
        sheet,
        grid=grid,
        row_numbers=[header_row, *(row.number for row in table.body)],
        column_numbers=[*(sheet.column_numbers[place] for place in sheet.columns), *numbers],
    )
    width = len(table.header)
    header = [made.cell(header_row, number, column.header) for number, column in zip(numbers, columns, strict=True)]
    fields = {**table.fields, **{name: width + index for index, name in enumerate(added)}}
    body = tuple(Row(made, place) for place in range(1, len(grid)))
    return replace(table, sheet=made, header=(*table.header, *header), fields=fields, body=body)
