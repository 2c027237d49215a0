"""`python -m benchmarks.estimators`: the choices of the method on simulated teams, and what its figures cost.

Three choices are compared with the usual rules on teams of a fixed seed, whose true figures are known; the cost of all
estimators, and of all figures of a team's pages, is measured from 1,000 to 100,000 opportunities.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Iterator, Sequence
from time import perf_counter

from benchmarks.growth import SIZES, growth

RUNS = 100


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the comparisons, then the cost."""
    asked = _options(arguments)
    # A new process's peak memory begins with what its parent holds: the cost comes first, what is heavy after it.
    sizes = [size for size in SIZES if size[0] <= asked.largest]
    cost = list(growth(sizes, asked.rounds)) if sizes else []
    print(
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors\n"
    )
    print("\n".join([*_comparisons(asked.runs), *cost]))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.estimators", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help=f"simulated teams a row (default: {RUNS})")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each cost (default: 3)")
    parser.add_argument(
        "--largest", type=int, default=SIZES[-1][0], help="most opportunities to measure the cost of; 0: none"
    )
    return parser.parse_args(arguments)


def _comparisons(n_runs: int) -> Iterator[str]:
    from benchmarks.choice_of_forecast import forecasts_compared
    from benchmarks.choice_of_multiplier import multipliers_compared, settings_compared
    from benchmarks.choice_of_rate import rates_compared

    for comparison in (
        rates_compared(n_runs * 3),
        multipliers_compared(n_runs * 20),
        settings_compared(n_runs),
        forecasts_compared(n_runs),
    ):
        yield from comparison.lines()
        yield ""


if __name__ == "__main__":
    started = perf_counter()
    main()
    print(f"\n({perf_counter() - started:.0f} s in all)")
