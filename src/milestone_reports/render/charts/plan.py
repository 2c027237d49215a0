"""A year's plan by month: what is done, what is still expected, and what each month asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from milestone_reports.render.charts.axes import few_values, values_beside
from milestone_reports.render.charts.canvas import Canvas
from milestone_reports.render.charts.frame import ChartSize
from milestone_reports.render.charts.labels import Box, Point, widest
from milestone_reports.render.charts.scale import Scale

_BELOW_AXIS = 24.0
_TITLE = 28.0
_TICK_GAP = 7.0
_BAR_SHARE = 0.62
_TICK_SHARE = 0.86
_DASHES = (3.0, 2.0)


@dataclass(frozen=True, slots=True)
class MonthBar:
    """One month of one figure."""

    first_on: date
    required: float | None
    done: float
    expected: float | None


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What stands in the drawing: its title, and the words for its values and months."""

    title: str
    value: Callable[[float], str]
    month: Callable[[date], str]
    whole: bool
    """Whether the figure is a count, which has no value between two whole ones."""


def plan_by_month(bars: Sequence[MonthBar], size: ChartSize, words: PlanWords, label: str) -> str:
    """The chart of one figure of a plan: filled is done, dashed is expected, an ink tick is required."""
    chart = _Plan(bars, size, words)
    chart.draw()
    return chart.canvas.svg(label)


class _Plan:
    """One drawing of a plan."""

    def __init__(self, bars: Sequence[MonthBar], size: ChartSize, words: PlanWords) -> None:
        self.canvas = Canvas(size)
        self._bars, self._size, self._words = bars, size, words
        tops = [max(bar.done + (bar.expected or 0.0), bar.required or 0.0) for bar in bars]
        self._values = Scale(
            0, max([1.0 if words.whole else 0.01, *tops]), size.height - _BELOW_AXIS * size.unit, _TITLE * size.unit
        )

    @cached_property
    def _ticks(self) -> Sequence[float]:
        return few_values(self.canvas, self._values, whole=self._words.whole)

    @cached_property
    def _left(self) -> float:
        texts = map(self._words.value, (0, *self._ticks))
        return widest(texts, self.canvas.width_of) + _TICK_GAP * self._size.unit

    @cached_property
    def _pitch(self) -> float:
        return (self._size.width - self._left) / max(len(self._bars), 1)

    def draw(self) -> None:
        """Axis, bars, ticks and months."""
        self.canvas.text((0, self._size.text), self._words.title, "ink-3")
        values_beside(self.canvas, self._values, self._ticks, (self._left, self._size.width), self._words.value)
        self.canvas.fill([self._box(number, 0, bar.done) for number, bar in enumerate(self._bars)], "done")
        for number, bar in enumerate(self._bars):
            if bar.expected:
                self._outline(self._box(number, bar.done, bar.done + bar.expected))
        ticks = [self._tick(number, bar.required) for number, bar in enumerate(self._bars) if bar.required is not None]
        # A ring of paper sets a tick off from the bar behind it.
        self.canvas.lines(ticks, "paper", 4)
        self.canvas.lines(ticks, "ink", 1.6)
        self._name_months()

    def _centre(self, number: int) -> float:
        return self._left + (number + 0.5) * self._pitch

    def _box(self, number: int, low: float, high: float) -> Box:
        half = self._pitch * _BAR_SHARE / 2
        centre = self._centre(number)
        return Box(centre - half, self._values.at(high), centre + half, self._values.at(low))

    def _outline(self, box: Box) -> None:
        """Open at the foot where it stands on what is done."""
        inset = self._size.unit / 2
        left, right, top = box.left + inset, box.right - inset, box.top + inset
        corners = [(left, box.bottom), (left, top), (right, top), (right, box.bottom)]
        self.canvas.line(corners, "done", dashes=_DASHES)

    def _tick(self, number: int, required: float) -> Sequence[Point]:
        half, height = self._pitch * _TICK_SHARE / 2, self._values.at(required)
        return (self._centre(number) - half, height), (self._centre(number) + half, height)

    def _name_months(self) -> None:
        names = [self._words.month(bar.first_on) for bar in self._bars]
        broad = widest(names, self.canvas.width_of) + 3 * self._size.unit
        every = next((step for step in (1, 2, 3) if broad <= step * self._pitch), 4)
        base = self._values.start + 19 * self._size.unit
        for number, name in list(enumerate(names))[::every]:
            self.canvas.text((self._centre(number), base), name, "ink-3", anchor="center")
