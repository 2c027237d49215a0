"""Past forecasts beside what came: a line for the likely range, a tick for the forecast, a dot for what came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from milestone_reports.render.charts.axes import few_values, values_beside
from milestone_reports.render.charts.canvas import Canvas
from milestone_reports.render.charts.frame import ChartSize
from milestone_reports.render.charts.labels import Point, widest
from milestone_reports.render.charts.scale import Scale
from milestone_reports.scorecards.insights import Backtest

_BELOW_AXIS = 24.0
_TITLE = 28.0
_TICK_GAP = 7.0
_RANGE = 7.0
"""How broad the line of a range is."""
_TICK = 7.0
"""Half the length of a forecast's tick."""
_DOT = 4.0


@dataclass(frozen=True, slots=True)
class BacktestWords:
    """What stands in the drawing: its title, and the words for its values and months."""

    title: str
    value: Callable[[float], str]
    month: Callable[[date], str]


def forecasts_beside_actual(backtest: Backtest, size: ChartSize, words: BacktestWords, label: str) -> str:
    """The chart of a backtest, one column a month-end."""
    chart = _Backtest(backtest, size, words)
    chart.draw()
    return chart.canvas.svg(label)


class _Backtest:
    """One drawing of a backtest."""

    def __init__(self, backtest: Backtest, size: ChartSize, words: BacktestWords) -> None:
        self.canvas = Canvas(size)
        self._months, self._size, self._words = backtest.months, size, words
        self._whole = not backtest.in_money
        highest = max([1.0, *(max(month.high, month.actual) for month in self._months)])
        self._values = Scale(0, highest, size.height - _BELOW_AXIS * size.unit, _TITLE * size.unit)

    @cached_property
    def _ticks(self) -> Sequence[float]:
        return few_values(self.canvas, self._values, whole=self._whole)

    @cached_property
    def _left(self) -> float:
        texts = map(self._words.value, (0, *self._ticks))
        return widest(texts, self.canvas.width_of) + _TICK_GAP * self._size.unit

    @cached_property
    def _pitch(self) -> float:
        return (self._size.width - self._left) / max(len(self._months), 6)

    def draw(self) -> None:
        """Axis, ranges, forecasts, what came, months."""
        self.canvas.text((0, self._size.text), self._words.title, "ink-3")
        values_beside(self.canvas, self._values, self._ticks, (self._left, self._size.width), self._words.value)
        self.canvas.lines([self._range(number) for number in range(len(self._months))], "done-soft", _RANGE)
        self.canvas.lines([self._forecast(number) for number in range(len(self._months))], "done", 1.6)
        for number, month in enumerate(self._months):
            self.canvas.dot(self._at(number, month.actual), _DOT, "ink" if month.inside else "attn")
        self._name_months()

    def _at(self, number: int, value: float) -> Point:
        return self._left + (number + 0.5) * self._pitch, self._values.at(value)

    def _range(self, number: int) -> Sequence[Point]:
        month = self._months[number]
        return self._at(number, month.low), self._at(number, month.high)

    def _forecast(self, number: int) -> Sequence[Point]:
        across, height = self._at(number, self._months[number].forecast)
        half = _TICK * self._size.unit
        return (across - half, height), (across + half, height)

    def _name_months(self) -> None:
        names = [self._words.month(month.on) for month in self._months]
        broad = widest(names, self.canvas.width_of) + 3 * self._size.unit
        every = next((step for step in (1, 2, 3) if broad <= step * self._pitch), 4)
        base = self._values.start + 19 * self._size.unit
        for number, name in list(enumerate(names))[::every]:
            self.canvas.text((self._at(number, 0)[0], base), name, "ink-3", anchor="center")
