"""The Columns sheet: a user's own headers as the fields or the milestones they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from milestone_reports.domain.message import Message, message
from milestone_reports.domain.names import key, nearest
from milestone_reports.domain.problem import Level
from milestone_reports.workbook.cells import Cell
from milestone_reports.workbook.reading.findings import Findings, meant, said
from milestone_reports.workbook.reading.milestones import milestone_in
from milestone_reports.workbook.reading.own_names import named
from milestone_reports.workbook.reading.table import Renamed, Table
from milestone_reports.workbook.reading.values import found
from milestone_reports.workbook.vocabulary import FIELDS, SHEETS, by_key

OPPORTUNITIES = "Opportunities"


def renamed_columns(table: Table | None, findings: Findings) -> Renamed:
    """For each sheet but Opportunities: the key of a header of the user's own to the field it is read as."""
    renamed: dict[str, dict[str, str]] = {}
    kinds = by_key(SHEETS)
    for row in _rows(table):
        kind = kinds.get(key(row["Sheet"].text))
        if kind is None or kind not in FIELDS:
            _unknown(row["Sheet"], message("one of the sheets was expected"), FIELDS, findings)
        elif kind != OPPORTUNITIES:
            field = by_key(FIELDS[kind]).get(key(row["Field"].text))
            if field is None:
                expected = message("a column of {sheet} was expected", sheet=named(kind))
                _unknown(row["Field"], expected, FIELDS[kind], findings)
            else:
                renamed.setdefault(kind, {})[key(row["Your header"].text)] = field
    return renamed


def renamed_opportunities(table: Table | None, milestones: Iterable[str], findings: Findings) -> Renamed:
    """The same for Opportunities, where a header can stand for a milestone, or what is planned or proved of it, too."""
    renamed: dict[str, str] = {}
    fields = by_key(FIELDS[OPPORTUNITIES])
    known = {key(name): name for name in milestones}
    for row in _rows_of_opportunities(table):
        field = row["Field"].text
        if not _stands_for_something(field, fields, known):
            choices = [*FIELDS[OPPORTUNITIES], *known.values()]
            expected = message("a column of Opportunities or a milestone was expected")
            _unknown(row["Field"], expected, choices, findings)
            continue
        renamed[key(row["Your header"].text)] = fields.get(key(field), field)
    return {OPPORTUNITIES: renamed}


def _stands_for_something(field: str, fields: Mapping[str, str], milestones: Mapping[str, str]) -> bool:
    """Without a list of milestones any name may be one's, unless it is nearly that of a column."""
    if key(field) in fields:
        return True
    return milestone_in(field, milestones) if milestones else nearest(field, fields.values()) is None


def check_headers(table: Table | None, headers: Iterable[str], findings: Findings) -> None:
    """Rows for Opportunities whose header is not there."""
    known = {key(header): header for header in headers}
    for row in _rows_of_opportunities(table):
        if key(row["Your header"].text) not in known:
            expected = message("a header of Opportunities was expected")
            _unknown(row["Your header"], expected, known.values(), findings)


def _rows(table: Table | None) -> Iterator[Mapping[str, Cell]]:
    for row in table.rows() if table else ():
        if all(said(row[column]) for column in ("Sheet", "Field", "Your header")):
            yield row


def _rows_of_opportunities(table: Table | None) -> Iterator[Mapping[str, Cell]]:
    kinds = by_key(SHEETS)
    return (row for row in _rows(table) if kinds.get(key(row["Sheet"].text)) == OPPORTUNITIES)


def _unknown(cell: Cell, expected: Message, known: Iterable[str], findings: Findings) -> None:
    findings.add(
        Level.WARNING,
        "column_unknown",
        cell.ref,
        found=found(cell),
        expected=expected,
        done=message("The row is not used"),
        fix=meant(cell.text, known),
    )
