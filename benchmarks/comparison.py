"""A comparison of rules: its table, and which rule came out best by what. Knows nothing of what is compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 2026
"""Of every comparison, so that it comes out the same each time."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The mean figures of some rules by one measure, of which the least is the best."""

    measure: str
    figures: Mapping[str, float]
    known_best: str
    """Which rule was best in the larger simulations by which the program's rules were chosen."""

    def __str__(self) -> str:
        """One sentence: who wins, with every figure, and whether that was known."""
        best = min(self.figures, key=lambda rule: self.figures[rule])
        figures = ", ".join(f"{rule} {figure:.3f}" for rule, figure in self.figures.items())
        agrees = (
            "the same winner as in the larger simulations"
            if best == self.known_best
            else f"ANOTHER winner than in the larger simulations, which was: {self.known_best}"
        )
        return f"Winner by {self.measure}: {best} ({figures}); {agrees}."


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question, the table that answers it, and the verdicts."""

    question: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    verdicts: Sequence[Verdict]

    def lines(self) -> Iterator[str]:
        """All of it in plain text."""
        yield self.question
        yield ""
        yield from markdown_table(self.columns, self.rows)
        yield ""
        yield from map(str, self.verdicts)


def markdown_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table in text that a page can quote as it stands."""
    for cells in (columns, ["---"] * len(columns), *rows):
        yield f"| {' | '.join(cells)} |"


def root_mean_square(errors: Sequence[NDArray[np.float64]] | NDArray[np.float64]) -> NDArray[np.float64]:
    """Column by column."""
    found: NDArray[np.float64] = np.sqrt(np.mean(np.square(errors), axis=0))
    return found
