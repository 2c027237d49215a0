"""Workbooks of any number of reps: the example's team of eight, over and over, each time with other opportunities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from milestone_reports.workbook.example.write import ExampleKind, example_contents
from milestone_reports.workbook.starter.sheets import Row
from milestone_reports.workbook.starter.write import write_contents

FIRST_SEED = 2026


def write_workbook(path: Path, n_reps: int) -> int:
    """Write a workbook of so many reps to a new file, the same for the same number; return its opportunities."""
    people = list(islice(_people(), n_reps))
    opportunities = [
        {**row, "ID": f"B-{number}"} for number, row in enumerate((row for _, rows in people for row in rows), start=1)
    ]
    example = example_contents(ExampleKind.NEW_BUSINESS, FIRST_SEED)
    reps = [rep for rep, _ in people]
    write_contents(path, replace(example, reps=reps, opportunities=opportunities))
    return len(opportunities)


def _people() -> Iterator[tuple[Row, list[Row]]]:
    """Rep after rep without end: the row on Reps and the rows on Opportunities, under a name of their own."""
    for team in count():
        contents = example_contents(ExampleKind.NEW_BUSINESS, FIRST_SEED + team)
        for rep in contents.reps:
            name = f"{rep['Rep']} {team + 1}"
            yield (
                {**rep, "Rep": name},
                [{**row, "Rep": name} for row in contents.opportunities if row["Rep"] == rep["Rep"]],
            )
