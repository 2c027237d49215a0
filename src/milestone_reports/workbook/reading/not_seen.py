"""Texts that are not read as they stand: what cannot be seen is left out, what is too long is cut. Both are said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from milestone_reports.domain.message import Message, message
from milestone_reports.domain.problem import CellRef, Level, column_letters
from milestone_reports.domain.visible import LONGEST_NAME, LONGEST_TEXT, may_hide, without_hidden
from milestone_reports.workbook.cells import CellValue, decoded, plain_text
from milestone_reports.workbook.reading.findings import Findings
from milestone_reports.workbook.reading.lists import with_and
from milestone_reports.workbook.reading.milestones import EVIDENCE, Columns
from milestone_reports.workbook.reading.table import Table

MOST_CELLS = 3
"""How many other cells a sentence names."""

OF_SENTENCES = {"Agreed by both", "Evidence"}
"""Fields in which more than a name may stand."""

NEVER_READ = {"Notes", "Reason", "Recorded by"}


def say_texts_cut(table: Table, columns: Columns, findings: Findings) -> None:
    """A note on each of the two for a sheet that was read; `columns` are those of its milestones."""
    hiding: list[CellRef] = []
    long: dict[CellRef, int] = {}
    for position, longest in _text_columns(table, columns).items():
        texts = {text for text in _column(table, position) if type(text) is str}
        joined = "|".join(texts)
        if "_x" in joined or may_hide(joined):
            hiding += (ref for ref, _ in _cells(table, position, set(filter(_hides, texts))))
        if max(map(len, texts), default=0) > longest:
            too_long = {text for text in texts if len(plain_text(text, len(text))) > longest}
            long |= {ref: len(text) for ref, text in _cells(table, position, too_long)}
    if hiding:
        _say_hidden(sorted(hiding), findings)
    if long:
        _say_long(long, findings)


def _text_columns(table: Table, columns: Columns) -> Mapping[int, int]:
    """The columns that are read, each with the longest text that is read of one."""
    fields = {
        position: LONGEST_TEXT if name in OF_SENTENCES else LONGEST_NAME
        for name, position in table.fields.items()
        if name not in NEVER_READ
    }
    return fields | {at: LONGEST_TEXT if role == EVIDENCE else LONGEST_NAME for (_, role), at in columns.items()}


def _column(table: Table, position: int) -> Sequence[CellValue]:
    """What stands in a column, its header too."""
    return table.sheet.by_column[table.sheet.columns[position]]


def _cells(table: Table, position: int, texts: Collection[str]) -> Iterator[tuple[CellRef, str]]:
    """The cells of a column in which one of the texts stands."""
    sheet, number = table.sheet, table.header[position].ref.column
    for row, value in zip(sheet.row_numbers, _column(table, position), strict=False):
        if isinstance(value, str) and value in texts:
            yield CellRef(sheet.name, row, number), value


def _hides(text: str) -> bool:
    said = decoded(text)
    return may_hide(said) and without_hidden(said) != said


def _say_hidden(cells: Sequence[CellRef], findings: Findings) -> None:
    others = _others(cells)
    findings.add(
        Level.NOTE,
        "not_seen",
        cells[0],
        found=message("characters that cannot be seen, here and in {cells}", cells=others)
        if others
        else message("characters that cannot be seen"),
        done=message("Read without them"),
        fix=message("type the text again if it does not read as it should"),
    )


def _say_long(lengths: Mapping[CellRef, int], findings: Findings) -> None:
    cells = sorted(lengths)
    others, n = _others(cells), f"{lengths[cells[0]]:,}"
    findings.add(
        Level.NOTE,
        "text_too_long",
        cells[0],
        found=message("a text of {n} characters; others that are too long are in {cells}", n=n, cells=others)
        if others
        else message("a text of {n} characters", n=n),
        done=message("Only its beginning is read"),
        fix=message(
            "write up to {name} characters where a name belongs, up to {text} of evidence or of what is agreed",
            name=f"{LONGEST_NAME:,}",
            text=f"{LONGEST_TEXT:,}",
        ),
    )


def _others(cells: Iterable[CellRef]) -> Message | str:
    """The cells behind the first, as `B3, B9 and 4 more`; empty where there are none."""
    _, *others = cells
    named: list[str] = [f"{column_letters(cell.column)}{cell.row}" for cell in others[:MOST_CELLS]]
    if n_more := len(others) - MOST_CELLS:
        named += [message("{n} more", n=f"{n_more:,}")] if n_more > 0 else []
    return with_and(named) if named else ""
