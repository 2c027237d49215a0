"""From figures to places on the drawing, and the round values that gridlines stand at."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale: `first` stands at `start`, `last` at `end`."""

    first: float
    last: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value stands."""
        span = self.last - self.first
        return self.start + (value - self.first) / span * (self.end - self.start) if span else self.start

    def on(self, day: date) -> float:
        """Where a day stands, on a scale of days."""
        return self.at(day.toordinal())


def days_scale(first_on: date, last_on: date, start: float, end: float) -> Scale:
    """A scale of days."""
    return Scale(first_on.toordinal(), last_on.toordinal(), start, end)


def round_values(highest: float, most: int, *, whole: bool = False) -> Sequence[float]:
    """About `most` multiples of 1, 2 or 5 times a power of ten, above zero and up to `highest`; one at the least.

    `whole` leaves out steps below 1.
    """
    if highest <= 0 or (whole and highest < 1):
        return ()
    power = 10.0 ** math.floor(math.log10(highest))
    steps = [factor * scale for scale in (power / 100, power / 10, power) for factor in (1, 2, 5)]
    fitting = [step for step in steps if step <= highest and (step >= 1 or not whole)]
    step = next((step for step in fitting if highest / step < most + 1), fitting[-1])
    return tuple(step * number for number in range(1, math.floor(highest / step) + 1))
