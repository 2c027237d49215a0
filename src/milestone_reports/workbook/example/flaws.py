"""What is wrong on purpose in the large example, so that its Data checks page has something to show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from milestone_reports.workbook.example.kinds import AS_OF
from milestone_reports.workbook.starter.sheets import CellValue

EditableRow = dict[str, CellValue]
NEW_YEAR = date(2026, 1, 1)


def add_flaws(rows: Sequence[EditableRow]) -> None:
    """Put each common slip into a row fit for it; and two that are none: a cancelled contract, one in euros."""
    # The article's own rep is left as clean as a careful one.
    free = [row for row in rows if row["Rep"] != "Hannah Whitlock"]
    for has_room, spoil in FLAWS:
        if row := next((row for row in reversed(free) if has_room(row)), None):
            free.remove(row)
            spoil(row)
    _repeat_id(rows, free)


def _was_lost_last_year(row: EditableRow) -> bool:
    return row["Outcome"] == "lost" and _day(row["Created"]) < NEW_YEAR


def _was_sofias_loss_last_year(row: EditableRow) -> bool:
    return row["Rep"] == "Sofia Marchetti" and _was_lost_last_year(row)


def _was_won_in_summer(row: EditableRow) -> bool:
    return row["Outcome"] == "won" and date(2026, 6, 1) <= _day(row["Contract"]) < date(2026, 9, 1)


def _waits_for_contract(row: EditableRow) -> bool:
    return row["Outcome"] == "open" and bool(row["Proof"]) and bool(row["Proof evidence"])


def _waits_for_proof(row: EditableRow) -> bool:
    return row["Outcome"] == "open" and bool(row["Discovery"]) and not row["Proof"]


def _has_proof_this_year(row: EditableRow) -> bool:
    return row["Outcome"] == "lost" and bool(row["Proof"]) and _day(row["Qualification"]) >= NEW_YEAR


def _misspell_rep(row: EditableRow) -> None:
    name = str(row["Rep"])
    row["Rep"] = name[:-2] + name[-1]


def _leave_date_to_be_decided(row: EditableRow) -> None:
    row["Contract planned"] = "TBD"


def _date_in_advance(row: EditableRow) -> None:
    row["Proof planned"] = row["Proof"] = AS_OF + timedelta(days=3)
    row["Proof evidence"] = "Test run booked"


def _forget_value(row: EditableRow) -> None:
    row["Value"] = None


def _swap_order(row: EditableRow) -> None:
    row["Proof"] = _day(row["Discovery"]) - timedelta(days=7)


def _skip_gate(row: EditableRow) -> None:
    row["Discovery"] = row["Discovery evidence"] = None


def _cancel(row: EditableRow) -> None:
    row["Outcome"], row["Closed"] = "cancelled", _day(row["Contract"]) + timedelta(days=48)
    row["Notes"] = "Called off by the client after signature: the plant is to be closed."


def _price_in_euros(row: EditableRow) -> None:
    row["Currency"] = "EUR"


def _repeat_id(rows: Sequence[EditableRow], free: Sequence[EditableRow]) -> None:
    """Give a loss of last year the number of the row above it."""
    for above, row in pairwise(rows):
        if _was_lost_last_year(row) and any(row is other for other in free):
            row["ID"] = above["ID"]
            return


def _day(value: CellValue) -> date:
    """A cell that holds a day; a blank one lies before all others."""
    return value if isinstance(value, date) else date.min


FLAWS: Sequence[tuple[Callable[[EditableRow], bool], Callable[[EditableRow], None]]] = (
    (_was_sofias_loss_last_year, _misspell_rep),
    (_waits_for_contract, _leave_date_to_be_decided),
    (_waits_for_contract, _skip_gate),
    (_waits_for_proof, _date_in_advance),
    (_was_won_in_summer, _forget_value),
    (_was_won_in_summer, _cancel),
    (_was_won_in_summer, _price_in_euros),
    (_has_proof_this_year, _swap_order),
)
"""Which row is fit for a slip, the latest such row, and the slip."""
