"""A hint where what reads like the sale is not the last of the milestones that the columns give."""

from __future__ import annotations

from collections.abc import Sequence

from milestone_reports.domain.message import message
from milestone_reports.domain.names import key, quoted
from milestone_reports.domain.problem import Level
from milestone_reports.workbook.cells import is_filled
from milestone_reports.workbook.reading.findings import Findings
from milestone_reports.workbook.reading.lists import all_of
from milestone_reports.workbook.reading.milestones import COMPLETED, Columns
from milestone_reports.workbook.reading.profiles.stages import reads_like_the_sale
from milestone_reports.workbook.reading.table import Table


def say_sale_before_the_last(table: Table, names: Sequence[str], columns: Columns, findings: Findings) -> None:
    """A warning where milestones follow the one that reads like the sale: the figures would be about something else."""
    places = [place for place, name in enumerate(names) if reads_like_the_sale(name)]
    if not places or places[-1] == len(names) - 1:
        return
    sale, after = names[places[-1]], names[places[-1] + 1 :]
    dated = {name: _n_dated(table, columns[key(name), COMPLETED]) for name in (sale, names[-1])}
    own, follow = quoted(sale), all_of(after)
    findings.add(
        Level.WARNING,
        "sale_not_last",
        table.header[columns[key(sale), COMPLETED]].ref,
        found=message("{sale} reads like the sale, and {milestones} follow", sale=own, milestones=follow)
        if len(after) > 1
        else message("{sale} reads like the sale, and {milestone} follows", sale=own, milestone=follow),
        expected=message("the sale was expected to be the last milestone"),
        done=message(
            "{last}, dated on {n_last} of {n_rows} rows, is taken for the sale; {sale} is dated on {n_sale}",
            last=quoted(names[-1]),
            n_last=f"{dated[names[-1]]:,}",
            n_rows=f"{len(table.body):,}",
            sale=own,
            n_sale=f"{dated[sale]:,}",
        ),
        fix=message(
            "if {sale} is the sale, list {names} on a sheet named 'Milestones', here or in a workbook given with "
            "--with",
            sale=own,
            names=", ".join(names[: places[-1] + 1]),
        ),
    )


def _n_dated(table: Table, position: int) -> int:
    return sum(map(is_filled, table.values(position)))
