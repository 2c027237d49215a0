"""What was measured, and its table in plain text. Imports nothing of the program, so that who prints stays light."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

WHOLE = ("read", "measure", "HTML", "PDF", "data")
"""The steps that make a report together; the charts are drawn within HTML and PDF."""

NAME_WIDTH = 26
COLUMNS = ("seconds", "ms/card", "ratio")
WIDTH = 10
"""Of one column of figures."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one size."""

    n_reps: int
    n_opportunities: int
    n_rounds: int
    start_s: float
    """Importing the libraries, and the first card as a page and a PDF."""
    step_s: Mapping[str, float]
    """The median over the rounds, by step."""
    peak_mb: float | None
    """The most memory that the process held; None where the system does not say."""


def peak_megabytes() -> float | None:
    """The most memory this process has held so far."""
    if sys.platform == "win32":
        return None
    from resource import RUSAGE_SELF, getrusage

    # Linux counts kilobytes, macOS bytes.
    return getrusage(RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def table(sizes: Sequence[Measured]) -> Iterator[str]:
    """The lines of the table: a row a step, three columns a size."""
    yield _spanned("", [f"{size.n_reps:,} rep{'s' if size.n_reps > 1 else ''}" for size in sizes])
    yield _spanned("", [f"{size.n_opportunities:,} opportunities" for size in sizes])
    yield _spanned("", [f"{size.n_rounds} round{'s' if size.n_rounds > 1 else ''}" for size in sizes])
    yield f"{'step':<{NAME_WIDTH}}" + "".join(f"{name:>{WIDTH}}" for name in COLUMNS) * len(sizes)
    for name in sizes[0].step_s:
        shown = name if name in WHOLE else f"  of it {name}"
        yield _row(shown, [size.step_s[name] for size in sizes], sizes)
    yield _row("all of it", [sum(size.step_s[name] for name in WHOLE) for size in sizes], sizes)
    yield _spanned("start, and a first card", [f"{size.start_s:.2f} s" for size in sizes])
    yield _spanned("peak memory", [f"{size.peak_mb:,.0f} MB" if size.peak_mb else "not known" for size in sizes])


def _spanned(name: str, cells: Sequence[str]) -> str:
    return f"{name:<{NAME_WIDTH}}" + "".join(f"{cell:>{WIDTH * len(COLUMNS)}}" for cell in cells)


def _row(name: str, seconds: Sequence[float], sizes: Sequence[Measured]) -> str:
    a_card = [taken / size.n_reps for taken, size in zip(seconds, sizes, strict=True)]
    cells = (
        f"{taken:>{WIDTH}.2f}{one * 1000:>{WIDTH}.1f}{one / a_card[0]:>{WIDTH}.2f}"
        for taken, one in zip(seconds, a_card, strict=True)
    )
    return f"{name:<{NAME_WIDTH}}" + "".join(cells)
