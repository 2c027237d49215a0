"""A year's plan by month: what is done, what is still expected, and what each month asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from milestone_reports.render.charts.canvas import Canvas
from milestone_reports.render.charts.frame import ChartSize
from milestone_reports.render.charts.labels import Box, Point
from milestone_reports.render.charts.months import Months, MonthWords

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


def plan_by_month(bars: Sequence[MonthBar], size: ChartSize, words: MonthWords, label: str) -> str:
    """The chart of one figure of a plan: filled is done, dashed is expected, an ink tick is required."""
    chart = _Plan(bars, size, words)
    chart.draw()
    return chart.canvas.svg(label)


class _Plan:
    """One drawing of a plan."""

    def __init__(self, bars: Sequence[MonthBar], size: ChartSize, words: MonthWords) -> None:
        self.canvas, self._bars = Canvas(size), bars
        tops = [max(bar.done + (bar.expected or 0.0), bar.required or 0.0) for bar in bars]
        highest = max([1.0 if words.whole else 0.01, *tops])
        self._months = Months(self.canvas, [bar.first_on for bar in bars], words, highest)

    def draw(self) -> None:
        """Axis, bars, ticks and months."""
        self._months.draw_axis()
        self.canvas.fill([self._box(number, 0, bar.done) for number, bar in enumerate(self._bars)], "done")
        for number, bar in enumerate(self._bars):
            if bar.expected:
                self._outline(self._box(number, bar.done, bar.done + bar.expected))
        ticks = [self._tick(number, bar.required) for number, bar in enumerate(self._bars) if bar.required is not None]
        # A ring of paper sets a tick off from the bar behind it.
        self.canvas.lines(ticks, "paper", 4)
        self.canvas.lines(ticks, "ink", 1.6)
        self._months.draw_names()

    def _box(self, number: int, low: float, high: float) -> Box:
        half = self._months.pitch * _BAR_SHARE / 2
        centre = self._months.centre(number)
        return Box(centre - half, self._months.values.at(high), centre + half, self._months.values.at(low))

    def _outline(self, box: Box) -> None:
        """Open at the foot where it stands on what is done."""
        inset = self.canvas.size.unit / 2
        left, right, top = box.left + inset, box.right - inset, box.top + inset
        corners = [(left, box.bottom), (left, top), (right, top), (right, box.bottom)]
        self.canvas.line(corners, "done", dashes=_DASHES)

    def _tick(self, number: int, required: float) -> Sequence[Point]:
        half, height = self._months.pitch * _TICK_SHARE / 2, self._months.values.at(required)
        return (self._months.centre(number) - half, height), (self._months.centre(number) + half, height)
