"""Past forecasts beside what came: a line for the likely range, a tick for the forecast, a dot for what came."""

from __future__ import annotations

from collections.abc import Sequence

from milestone_reports.render.charts.canvas import Canvas
from milestone_reports.render.charts.frame import ChartSize
from milestone_reports.render.charts.labels import Point
from milestone_reports.render.charts.months import Months, MonthWords
from milestone_reports.scorecards.insights import Backtest

_RANGE = 7.0
"""How broad the line of a range is."""
_TICK = 7.0
"""Half the length of a forecast's tick."""
_DOT = 4.0


def forecasts_beside_actual(backtest: Backtest, size: ChartSize, words: MonthWords, label: str) -> str:
    """The chart of a backtest, one column a month-end."""
    chart = _Backtest(backtest, size, words)
    chart.draw()
    return chart.canvas.svg(label)


class _Backtest:
    """One drawing of a backtest."""

    def __init__(self, backtest: Backtest, size: ChartSize, words: MonthWords) -> None:
        self.canvas, self._told = Canvas(size), backtest.months
        highest = max([1.0, *(max(month.high, month.actual) for month in self._told)])
        self._months = Months(self.canvas, [month.on for month in self._told], words, highest, fewest=6)

    def draw(self) -> None:
        """Axis, ranges, forecasts, what came, months."""
        self._months.draw_axis()
        self.canvas.lines([self._range(number) for number in range(len(self._told))], "done-soft", _RANGE)
        self.canvas.lines([self._forecast(number) for number in range(len(self._told))], "done", 1.6)
        for number, month in enumerate(self._told):
            self.canvas.dot(self._at(number, month.actual), _DOT, "ink" if month.inside else "attn")
        self._months.draw_names()

    def _at(self, number: int, value: float) -> Point:
        return self._months.centre(number), self._months.values.at(value)

    def _range(self, number: int) -> Sequence[Point]:
        month = self._told[number]
        return self._at(number, month.low), self._at(number, month.high)

    def _forecast(self, number: int) -> Sequence[Point]:
        across, height = self._at(number, self._told[number].forecast)
        half = _TICK * self.canvas.size.unit
        return (across - half, height), (across + half, height)
