"""A year as two lines that only rise: what is done, in steps, and the path that the target asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from milestone_reports.render.charts.axes import CENTRED, few_values, months_below, values_above
from milestone_reports.render.charts.canvas import Canvas
from milestone_reports.render.charts.frame import ChartSize
from milestone_reports.render.charts.labels import Anchor, Box, Point, nearest_clear, widest
from milestone_reports.render.charts.scale import Scale, days_scale
from milestone_reports.scorecards.figures import PathPoint

_BELOW_AXIS = 23.0
_END_GAP = 4.0
_LABEL_GAP = 8.0
_NEAR_THE_TOP = 0.8
"""Of the height: what is done above this needs room for its label over the chart's highest point."""


@dataclass(frozen=True)
class RisingLines:
    """The two lines and what is said about them, ready as text."""

    first_on: date
    last_on: date
    as_of: date
    done: Sequence[PathPoint]
    expected: Sequence[PathPoint]
    """Empty where nothing says what is needed."""
    needed_so_far: float
    """Where the expected path stands on the as-of date."""
    done_says: Sequence[str]
    needed_says: Sequence[str]
    """Two parts: on one line above the path, on two below it."""
    total_says: str
    month: Callable[[date], str]

    @cached_property
    def done_so_far(self) -> float:
        """What is done by the as-of date."""
        return max((point.done for point in self.done if point.on <= self.as_of), default=0.0)

    @cached_property
    def highest(self) -> float:
        """The highest point of either line."""
        return max([self.done_so_far, self.needed_so_far, *(point.done for point in self.expected)])

    @cached_property
    def year_is_over(self) -> bool:
        """Whether nothing of the expected path is still to come."""
        return not self.expected or self.expected[-1].on <= self.as_of

    @cached_property
    def done_is_above(self) -> bool:
        """Whether the line of what is done ends above the other, or is alone."""
        return not self.expected or self.done_so_far > self.needed_so_far


@dataclass(frozen=True, slots=True)
class Label:
    """Some lines of text that have found their place."""

    box: Box
    texts: Sequence[str]
    colour: str
    anchor: Anchor


class RisingChart:
    """One drawing of two rising lines: places first, then ink."""

    def __init__(self, lines: RisingLines, size: ChartSize) -> None:
        self._lines = lines
        self._canvas = Canvas(size)
        self._size = size
        self._values = Scale(0, lines.highest or 1, size.height - _BELOW_AXIS * size.unit, self._top())
        self._days = days_scale(lines.first_on, lines.last_on, 0, self._right())
        self._done = self._steps()
        self._solid, self._dashed = self._expected()
        self._labels = self._placed_labels()

    def svg(self, label: str, tick_text: Callable[[float], str], unit: str, *, whole: bool) -> str:
        """The finished chart; `unit` stands once, behind the highest gridline's value."""
        self._grid(tick_text, unit, whole=whole)
        self._canvas.fill((placed.box for placed in self._labels), "paper")
        self._canvas.line(self._solid, "ink", 1.1)
        self._canvas.line(self._dashed, "ink", 1.1, dashes=(2.2, 2.6))
        self._canvas.line(self._done, "done", 2)
        self._canvas.dot(self._done[-1], 4.3, "done")
        for placed in self._labels:
            self._write(placed)
        return self._canvas.svg(label)

    def _top(self) -> float:
        """Room above the highest point for the label that stands on it."""
        on_top = self._lines.done_is_above and self._lines.done_so_far > _NEAR_THE_TOP * self._lines.highest
        n_lines = len(self._lines.done_says) if on_top else 1
        return n_lines * self._size.line + _LABEL_GAP * self._size.unit

    def _right(self) -> float:
        """As far right as the label at the year's end and the one right of the as-of date leave room for."""
        lines, size, gap = self._lines, self._size, _LABEL_GAP * self._size.unit
        end = 0.0 if lines.year_is_over else self._canvas.width_of(lines.total_says) + _END_GAP * size.unit
        right = size.width - max(end, 5 * size.unit)
        if not lines.expected:
            return right
        beside = widest(lines.needed_says if lines.done_is_above else lines.done_says, self._width_of)
        elapsed = (lines.as_of - lines.first_on).days / max((lines.last_on - lines.first_on).days, 1)
        return min(right, (size.width - gap - beside) / elapsed) if elapsed > 0 else right

    def _steps(self) -> Sequence[Point]:
        """The step line of what is done, from the year's or the rep's first day to the as-of date."""
        lines, height = self._lines, self._values.start
        begins_on = min(max(lines.expected[0].on, lines.first_on), lines.as_of) if lines.expected else lines.first_on
        points = [(self._days.on(begins_on), height)]
        for point in self._lines.done:
            if point.on <= self._lines.as_of:
                across = max(self._days.on(point.on), points[0][0])
                points += [(across, height), (across, self._values.at(point.done))]
                height = points[-1][1]
        return [*points, (self._days.on(self._lines.as_of), height)]

    def _expected(self) -> tuple[Sequence[Point], Sequence[Point]]:
        """The expected path up to the as-of date, and from there on."""
        lines = self._lines
        if not lines.expected:
            return (), ()
        now = self._at(PathPoint(lines.as_of, lines.needed_so_far))
        past = [self._at(point) for point in lines.expected if point.on < lines.as_of]
        ahead = [self._at(point) for point in lines.expected if point.on > lines.as_of]
        return ([*past, now] if past else []), ([now, *ahead] if ahead else [])

    def _at(self, point: PathPoint) -> Point:
        return self._days.on(point.on), self._values.at(point.done)

    def _placed_labels(self) -> Sequence[Label]:
        """Each label's box, lines, colour and anchor: the year's total, then above the higher end, below the lower."""
        lines = self._lines
        labels: list[Label] = []
        if not lines.year_is_over:
            labels.append(Label(self._total_box(), (lines.total_says,), "ink", "left"))
        done = (self._done[-1], lines.done_says, "done")
        if not lines.expected:
            return [self._above(*done, labels)]
        needed_at = (self._days.on(lines.as_of), self._values.at(lines.needed_so_far))
        if lines.done_is_above:
            labels.append(self._above(*done, labels))
            labels.append(self._below(needed_at, lines.needed_says, "ink", labels))
        else:
            labels.append(self._above(needed_at, (" ".join(lines.needed_says),), "ink", labels))
            labels.append(self._below(*done, labels))
        return labels

    def _total_box(self) -> Box:
        across, middle = self._at(self._lines.expected[-1])
        left = max(across, self._days.end) + _END_GAP * self._size.unit
        half = self._size.line / 2
        return Box(left, middle - half, left + self._canvas.width_of(self._lines.total_says), middle + half)

    def _above(self, at: Point, texts: Sequence[str], colour: str, others: Sequence[Label]) -> Label:
        unit = self._size.unit
        width = widest(texts, self._width_of)
        right = max(at[0] - 2 * unit, width)
        bottom = at[1] - 6 * unit
        box = Box(right - width, bottom - len(texts) * self._size.line, right, bottom)
        return Label(self._clear(box, (-1, -1), others), texts, colour, "right")

    def _below(self, at: Point, texts: Sequence[str], colour: str, others: Sequence[Label]) -> Label:
        unit, height = self._size.unit, len(texts) * self._size.line
        left = at[0] + _LABEL_GAP * unit
        top = min(at[1] + 3 * unit, self._values.start - 2 * unit - height)
        box = Box(left, top, left + widest(texts, self._width_of), top + height)
        return Label(self._clear(box, (1, 1), others), texts, colour, "left")

    def _clear(self, box: Box, towards: tuple[int, int], others: Sequence[Label]) -> Box:
        frame = Box(0, 0, self._size.width, self._values.start - self._size.unit)
        return nearest_clear(box, towards, frame, lambda place: self._is_clear(place, (other.box for other in others)))

    def _is_clear(self, box: Box, others: Iterable[Box]) -> bool:
        paths = (self._done, self._solid, self._dashed)
        return not any(box.crossed_by(path) for path in paths) and not any(box.meets(other) for other in others)

    def _grid(self, tick_text: Callable[[float], str], unit: str, *, whole: bool) -> None:
        values, canvas = self._values, self._canvas
        ticks = few_values(canvas, values, whole=whole) if self._lines.highest else ()
        texts = [
            (tick, f"{tick_text(tick)} {unit}".strip() if tick == ticks[-1] else tick_text(tick)) for tick in ticks
        ]
        boxes = [placed.box for placed in self._labels]
        values_above(canvas, values, texts, self._days.end, lambda box: self._is_clear(box, boxes))
        canvas.line(((0, values.start), (self._days.end, values.start)), "rule-2")
        months_below(canvas, self._days, values.start, self._lines.month)

    def _write(self, label: Label) -> None:
        """A label's lines; the first of what is done is strong."""
        across = label.box.left if label.anchor == "left" else label.box.right
        for number, text in enumerate(label.texts):
            base = label.box.top + (number + 0.5) * self._size.line + CENTRED * self._size.text
            strong = label.colour == "done" and number == 0
            self._canvas.text((across, base), text, label.colour, anchor=label.anchor, strong=strong)

    def _width_of(self, text: str) -> float:
        return self._canvas.width_of(text, strong=True)
