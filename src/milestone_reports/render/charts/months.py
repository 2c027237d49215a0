"""Months side by side over an axis of values: where each stands, the axis behind them, their names below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from milestone_reports.render.charts.axes import few_values, values_beside
from milestone_reports.render.charts.canvas import Canvas
from milestone_reports.render.charts.labels import widest
from milestone_reports.render.charts.scale import Scale

_BELOW_AXIS = 24.0
_TITLE = 28.0
_TICK_GAP = 7.0


@dataclass(frozen=True, slots=True)
class MonthWords:
    """What stands in such a drawing: its title, and the words for its values and months."""

    title: str
    value: Callable[[float], str]
    month: Callable[[date], str]
    whole: bool
    """Whether the figure is a count, which has no value between two whole ones."""


@dataclass(frozen=True)
class Months:
    """The frame of one drawing."""

    canvas: Canvas
    on: Sequence[date]
    words: MonthWords
    highest: float
    fewest: int = 1
    """Fewer months than this leave room for as many."""

    @cached_property
    def values(self) -> Scale:
        """From a value to its height."""
        unit = self.canvas.size.unit
        return Scale(0, self.highest, self.canvas.size.height - _BELOW_AXIS * unit, _TITLE * unit)

    @cached_property
    def _ticks(self) -> Sequence[float]:
        return few_values(self.canvas, self.values, whole=self.words.whole)

    @cached_property
    def _left(self) -> float:
        texts = map(self.words.value, (0, *self._ticks))
        return widest(texts, self.canvas.width_of) + _TICK_GAP * self.canvas.size.unit

    @cached_property
    def pitch(self) -> float:
        """From one month to the next."""
        return (self.canvas.size.width - self._left) / max(len(self.on), self.fewest)

    def centre(self, number: int) -> float:
        """The middle of a month."""
        return self._left + (number + 0.5) * self.pitch

    def draw_axis(self) -> None:
        """Title and values, behind all else."""
        size = self.canvas.size
        self.canvas.text((0, size.text), self.words.title, "ink-3")
        values_beside(self.canvas, self.values, self._ticks, (self._left, size.width), self.words.value)

    def draw_names(self) -> None:
        """As many of the months' names as have room."""
        names, unit = [self.words.month(day) for day in self.on], self.canvas.size.unit
        broad = widest(names, self.canvas.width_of) + 3 * unit
        every = next((step for step in (1, 2, 3) if broad <= step * self.pitch), 4)
        for number, name in list(enumerate(names))[::every]:
            self.canvas.text((self.centre(number), self.values.start + 19 * unit), name, "ink-3", anchor="center")
