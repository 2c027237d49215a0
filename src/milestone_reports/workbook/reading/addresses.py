"""E-mail addresses in the workbook: what nothing can be sent to is a problem here already, not only when it is sent.

They concern no figure, so a problem with one is no rep's own and counts on no card; but one person with two addresses
may be two people, whose figures are then on one card.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from milestone_reports.domain.address import mailbox_key, plain_address
from milestone_reports.domain.message import Message, message
from milestone_reports.domain.names import quoted
from milestone_reports.domain.problem import Level
from milestone_reports.workbook.cells import Cell
from milestone_reports.workbook.reading.findings import Findings, Row, said
from milestone_reports.workbook.reading.own_names import named
from milestone_reports.workbook.reading.values import found


def check_column_address(cell: Cell | None, column: str, rep: str, findings: Findings) -> None:
    """A problem where a cell of the Reps sheet says something that is not one plain address."""
    if cell is not None and is_not_plain(cell):
        _not_plain(cell, message("{found} in {column}", found=found(cell), column=named(column)), Row(rep), findings)


def check_setting_address(cell: Cell, setting: str, findings: Findings) -> None:
    """A problem where a setting says something that is not one plain address."""
    if is_not_plain(cell):
        _not_plain(cell, message("{found} for {setting}", found=found(cell), setting=named(setting)), Row(), findings)


def is_not_plain(cell: Cell) -> bool:
    """Whether a cell says something to which nothing can be sent."""
    return said(cell) and plain_address(cell.text) is None


def _not_plain(cell: Cell, what: Message, row: Row, findings: Findings) -> None:
    findings.add(
        Level.WARNING,
        "address_not_plain",
        cell.ref,
        found=what,
        expected=message("one plain address was expected"),
        done=message("Nothing is sent to it"),
        fix=message("type one address such as name@example.com, and nothing else"),
        row=row,
    )


def check_one_address(emails: Mapping[str, Sequence[Cell]], findings: Findings) -> None:
    """A problem where the rows of one rep say two addresses: the card would go to one of perhaps two people."""
    for rep, cells in emails.items():
        for cell in _differing(cells):
            findings.add(
                Level.ERROR,
                "address_ambiguous",
                cell.ref,
                found=_another(cell, cells[0], "Email"),
                expected=message("one address of the rep was expected"),
                done=message("Nothing is sent to either"),
                fix=message(
                    "write the same address on each of the rep's rows; if they are two people, give each a name of "
                    "their own on every sheet"
                ),
                row=Row(rep, rep),
            )


def check_one_manager(emails: Mapping[str, Sequence[Cell]], findings: Findings) -> None:
    """A problem where the rows of one rep say two addresses of a manager: each may have been right in its time."""
    for rep, cells in emails.items():
        for cell in _differing(cells):
            findings.add(
                Level.WARNING,
                "manager_address_ambiguous",
                cell.ref,
                found=_another(cell, cells[0], "Manager email"),
                expected=message("one address of the rep's manager was expected"),
                done=message("The last is used, {address}", address=found(cells[-1])),
                fix=message("write the present manager's on each of the rep's rows"),
                row=Row(rep),
            )


def _differing(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The first cell of each address but that of the first; other capitals make no other address."""
    first: dict[str, Cell] = {}
    for cell in cells:
        first.setdefault(mailbox_key(cell.text), cell)
    return list(first.values())[1:]


def _another(cell: Cell, first: Cell, column: str) -> Message:
    return message(
        "{found} in {column}, and {first} in {cell}",
        found=found(cell),
        column=named(column),
        first=found(first),
        cell=first.ref.address,
    )


def check_shared_addresses(emails: Mapping[str, Cell], findings: Findings) -> None:
    """A problem where two reps have one address, mostly as a row was copied: each would get the other's card."""
    owners: dict[str, str] = {}
    for rep, cell in emails.items():
        owner = owners.setdefault(mailbox_key(cell.text), rep)
        if owner == rep or is_not_plain(cell):
            continue
        findings.add(
            Level.WARNING,
            "address_twice",
            cell.ref,
            found=message(
                "{found} in {column} is that of {rep} too, in {cell}",
                found=found(cell),
                column=named("Email"),
                rep=quoted(owner),
                cell=emails[owner].ref.address,
            ),
            expected=message("an address of each rep's own was expected"),
            done=message("Nothing is sent to it"),
            fix=message("correct one of the two"),
            row=Row(rep),
        )
