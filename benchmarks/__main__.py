"""`python -m benchmarks`: makes workbooks, times each step of their reports, prints one table."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.apart import measure, new_process_a_job, write
from benchmarks.measured import Measured, table

SIZES = (10, 50, 500)
QUICK_SIZES = (10, 50)
CARDS_A_SIZE = 150
"""How many cards the rounds of a size come to, at most; every size has one round."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure the sizes asked for and print the table."""
    asked = _options(arguments)
    most_rounds = 1 if asked.quick else asked.rounds
    # A new process's peak memory begins with what its parent holds: this one imports nothing of the program.
    with TemporaryDirectory() as folder, new_process_a_job() as processes:
        sizes = [
            _measured(n_reps, most_rounds, Path(folder), processes)
            for n_reps in asked.reps or (QUICK_SIZES if asked.quick else SIZES)
        ]
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors")
    print("Wall seconds, medians of the rounds. Ratio: the cost a card against that of the first size.")
    print("The team's own pages are in a card's cost; publishing (writing, checking, exchanging folders) is not.\n")
    print("\n".join(table(sizes)))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--reps", type=_at_least_one, nargs="+", metavar="N", help=f"team sizes (default: {SIZES})")
    parser.add_argument(
        "--rounds",
        type=_at_least_one,
        default=5,
        metavar="N",
        help=f"most rounds of a size (default: 5); large ones have fewer, for about {CARDS_A_SIZE} cards in all",
    )
    parser.add_argument("--quick", action="store_true", help=f"sizes {QUICK_SIZES}, one round each")
    return parser.parse_args(arguments)


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("one or more was expected")
    return number


def _measured(n_reps: int, most_rounds: int, folder: Path, processes: ProcessPoolExecutor) -> Measured:
    path = folder / f"team-of-{n_reps}.xlsx"
    n_rounds = max(1, min(most_rounds, CARDS_A_SIZE // n_reps))
    _tell(f"{n_reps} reps: writing the workbook")
    n_opportunities = processes.submit(write, path, n_reps).result()
    _tell(f"{n_reps} reps: measuring, {n_rounds} time{'s' if n_rounds > 1 else ''}")
    return processes.submit(measure, path, n_opportunities, n_rounds).result()


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
