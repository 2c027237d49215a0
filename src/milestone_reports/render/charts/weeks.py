"""Thirteen weeks: a square a milestone, filled when done, hollow when planned and not done.

Where squares would be too small to count, bars with an axis stand instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from milestone_reports.render.charts.axes import CENTRED, few_values, values_beside
from milestone_reports.render.charts.canvas import Canvas
from milestone_reports.render.charts.frame import ChartSize, ChartWords
from milestone_reports.render.charts.labels import Box, widest
from milestone_reports.render.charts.scale import Scale
from milestone_reports.render.language import gettext, pgettext
from milestone_reports.scorecards.figures import WeekBar

_WEEKS = 13
_MOST_SQUARES = 12
_SMALLEST_SQUARE, _LARGEST_SQUARE = 6.0, 18.0
_SQUARE_SHARE = 0.86
"""Of the height that one milestone takes; the rest is the gap to the next square."""
_BELOW_BASE = 20.5
_HALF_A_LINE = 0.6
"""Of the text's size: what a label beside the highest line needs above it."""
_OVERHANG = 3.0
"""How far the target line reaches past the last week."""
_NAME_OVERHANG = 2.0
"""How far the first week's name may reach past the drawing's edge: room for `W35`, not for `KW 35`."""


def thirteen_weeks(
    bars: Sequence[WeekBar], target: float | None, size: ChartSize, words: ChartWords, label: str
) -> str:
    """The strip of a rep's last weeks against the weekly target."""
    canvas = Canvas(size)
    target_says = "" if target is None else gettext("target {n}", n=words.number(target))
    right = size.width - canvas.width_of(target_says) - (2 * _OVERHANG + 1) * size.unit * bool(target_says)
    strip = _Strip(canvas, bars, target or 0, right)
    if strip.squares_fit():
        strip.draw_squares()
    else:
        strip.draw_bars(words.count)
    strip.name_weeks(words)
    if target is not None:
        strip.draw_target(target, target_says)
    return canvas.svg(label)


class _Strip:
    """The columns of the strip: where each week stands, and how high a milestone is."""

    def __init__(self, canvas: Canvas, bars: Sequence[WeekBar], target: float, right: float) -> None:
        size = canvas.size
        self._canvas, self._size, self._bars = canvas, size, bars
        self._base = size.height - _BELOW_BASE * size.unit
        self._left, self._right = 0.0, right
        self._most = max((bar.done + bar.planned_not_done for bar in bars), default=0)
        self._target = target
        self._highest = max(self._most, target, 1)
        self._values = self._square_values()

    @property
    def _pitch(self) -> float:
        """From one week to the next; fewer than thirteen keep their width and end earlier."""
        return (self._right - self._left) / max(_WEEKS, len(self._bars))

    def _square_values(self) -> Scale:
        """Milestones to heights, a milestone at most as high as the largest square and its gap."""
        unit = self._size.unit
        over = 2 * unit if self._most >= self._highest else _HALF_A_LINE * self._size.text
        room = (self._base - over) / self._highest
        step = min(room, _LARGEST_SQUARE * unit / _SQUARE_SHARE, self._pitch * _SQUARE_SHARE)
        return Scale(0, 1, self._base, self._base - step)

    def squares_fit(self) -> bool:
        """Whether squares are large and few enough to be counted."""
        side = (self._base - self._values.end) * _SQUARE_SHARE
        return self._most <= _MOST_SQUARES and side >= _SMALLEST_SQUARE * self._size.unit

    def draw_squares(self) -> None:
        """One square a milestone."""
        self._canvas.fill(self._squares(lambda bar: range(bar.done)), "done")
        self._canvas.frame(self._squares(lambda bar: range(bar.done, bar.done + bar.planned_not_done)), "rule-2")
        self._draw_base()

    def draw_bars(self, text_of: Callable[[float], str]) -> None:
        """One bar a week, with an axis to read it by."""
        self._values = Scale(0, self._highest, self._base, _HALF_A_LINE * self._size.text)
        ticks = few_values(self._canvas, self._values, whole=True)
        self._left = widest(map(text_of, (0, *ticks)), self._canvas.width_of) + 7 * self._size.unit
        values_beside(self._canvas, self._values, ticks, (self._left, self._last_edge()), text_of)
        half = self._pitch * 0.34
        self._canvas.fill((self._bar(number, half, 0, bar.done) for number, bar in enumerate(self._bars)), "done")
        planned = (
            self._bar(number, half, bar.done, bar.done + bar.planned_not_done)
            for number, bar in enumerate(self._bars)
            if bar.planned_not_done
        )
        self._canvas.frame(planned, "rule-2")

    def name_weeks(self, words: ChartWords) -> None:
        """The first and the last with their W, the last one strong; a week off says so above the base line."""
        last = len(self._bars) - 1
        every = 1 if self._names_fit(words) else 2
        base = self._base + 16.4 * self._size.unit
        for number, bar in enumerate(self._bars):
            if (last - number) % every == 0:
                text = (words.week if number in {0, last} else words.week_number)(bar.week)
                colour = "ink" if number == last else "ink-3"
                strong = number == last
                least = self._canvas.width_of(text, strong=strong) / 2 - _NAME_OVERHANG * self._size.unit
                across = max(self._middle(number), least)
                self._canvas.text((across, base), text, colour, anchor="center", strong=strong)
            if bar.off:
                self._canvas.text(
                    (self._middle(number), self._base_of_off(bar)), pgettext("a week", "off"), "ink-3", anchor="center"
                )

    def _base_of_off(self, bar: WeekBar) -> float:
        """Just above what was done in a week off, or above the target's line where the two would touch."""
        gap, line = 4 * self._size.unit, self._values.at(self._target)
        base = self._values.at(bar.done + bar.planned_not_done) - gap
        touches = self._target and base - self._size.text <= line <= base + gap
        return line - gap if touches else base

    def _names_fit(self, words: ChartWords) -> bool:
        """Whether the last week's name does not touch its neighbour's."""
        if not self._bars:
            return True
        name = self._bars[-1].week
        pair = self._canvas.width_of(words.week(name), strong=True) + self._canvas.width_of(words.week_number(name))
        return pair / 2 + 1.5 * self._size.unit <= self._pitch

    def draw_target(self, target: float, says: str) -> None:
        """The line across all weeks, with its label at the end."""
        height, edge = self._values.at(target), self._last_edge() + _OVERHANG * self._size.unit
        self._canvas.line(((self._left, height), (edge, height)), "ink", 1.1)
        at = (edge + 4 * self._size.unit, height + CENTRED * self._size.text)
        self._canvas.text(at, says, "ink")

    def _squares(self, places: Callable[[WeekBar], Sequence[int]]) -> Sequence[Box]:
        return [self._square(number, place) for number, bar in enumerate(self._bars) for place in places(bar)]

    def _square(self, number: int, place: int) -> Box:
        """The `place`-th square of a week, counted from the base line, where the gap comes first."""
        step = self._base - self._values.end
        side = step * _SQUARE_SHARE
        left, bottom = self._middle(number) - side / 2, self._base - place * step - (step - side) / 2
        return Box(left, bottom - side, left + side, bottom)

    def _bar(self, number: int, half: float, low: float, high: float) -> Box:
        middle = self._middle(number)
        return Box(middle - half, self._values.at(high), middle + half, self._values.at(low))

    def _middle(self, number: int) -> float:
        return self._left + (number + 0.5) * self._pitch

    def _last_edge(self) -> float:
        return self._left + max(len(self._bars), 1) * self._pitch

    def _draw_base(self) -> None:
        self._canvas.line(((self._left, self._base), (self._last_edge(), self._base)), "rule-2")
