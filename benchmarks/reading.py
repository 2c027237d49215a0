"""`python -m benchmarks.reading`: what a large workbook costs to read, beside the bare reading of its cells.

Both are timed in one run, in turn, each round in the same process; the ratio is of the medians. Peak memory is of a
process that reads the workbook once and does nothing else.
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from benchmarks.apart import new_process_a_job
from milestone_reports.workbook.example.write import ExampleKind, example_contents
from milestone_reports.workbook.reading.assemble import read_team

TODAY = date(2026, 11, 24)
WITHIN = 2.5
"""The goal: at most so many times the bare reading."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the workbook, read it in turn bare and whole, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="opportunities (default: 100,000)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each (default: 5)")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        with new_process_a_job() as processes:
            n_columns = processes.submit(write_large, path, asked.rows).result()
            peak = processes.submit(peak_memory, path).result()
        bare, whole = in_turn(asked.rounds, lambda: read_bare(path), lambda: read_whole(path, asked.rows))
    print(f"{asked.rows:,} opportunities x {n_columns} columns, medians of {asked.rounds} rounds, CPU seconds")
    print("| bare cells | read, parsed, assembled | ratio | goal | peak memory MB |")
    print("| --- | --- | --- | --- | --- |")
    print(f"| {bare:.2f} | {whole:.2f} | {whole / bare:.2f} | {WITHIN} | {peak:.0f} |")


def write_large(path: Path, n_rows: int) -> int:
    """Write the new business example's opportunities over and over, each with an id of its own; return its columns."""
    contents = example_contents(ExampleKind.NEW_BUSINESS, 2026)
    book = Workbook(write_only=True)
    settings = book.create_sheet("Settings")
    settings.append(["Setting", "Value"])
    for name, value in contents.settings.items():
        settings.append([name, value])
    columns = list(contents.opportunities[0])
    sheet = book.create_sheet("Opportunities")
    sheet.append(columns)
    for number in range(n_rows):
        row = contents.opportunities[number % len(contents.opportunities)]
        sheet.append([f"B-{number}" if column == "ID" else row.get(column) for column in columns])
    book.save(path)
    return len(columns)


def read_bare(path: Path) -> None:
    """The fastest reader's cells, and no more."""
    CalamineWorkbook.from_path(path).get_sheet_by_name("Opportunities").to_python(skip_empty_area=False)


def read_whole(path: Path, n_rows: int) -> None:
    """The team, with its problems."""
    team = read_team(path, None, None, TODAY).team
    if team.source.n_rows != n_rows:
        sys.exit(f"read {team.source.n_rows} rows of {n_rows}")


def in_turn(n_rounds: int, *works: Callable[[], None]) -> list[float]:
    """Median CPU seconds of each work, one round of each after the other."""
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(n_rounds):
        for work, taken in zip(works, seconds, strict=True):
            start = process_time()
            work()
            taken.append(process_time() - start)
    return [median(taken) for taken in seconds]


def peak_memory(path: Path) -> float:
    """Peak memory of this process in MB once it has read the workbook."""
    read_team(path, None, None, TODAY)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    started = perf_counter()
    main()
    print(f"({perf_counter() - started:.0f} s in all)")
