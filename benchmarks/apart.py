"""Each job in a new process, so that a size starts cold and its peak memory is its own."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.measured import Measured


def new_process_a_job() -> ProcessPoolExecutor:
    """An executor of one job at a time, each in a process that does nothing else."""
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), max_tasks_per_child=1)


def write(path: Path, n_reps: int) -> int:
    """The job of writing a workbook; returns its opportunities."""
    from benchmarks.workbooks import write_workbook

    return write_workbook(path, n_reps)


def measure(path: Path, n_opportunities: int, n_rounds: int) -> Measured:
    """The job of timing a report."""
    from benchmarks.steps import measured

    return measured(path, n_opportunities, n_rounds)
