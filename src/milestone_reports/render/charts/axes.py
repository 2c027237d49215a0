"""Axes as the look has them: month names under a base line, hairlines with their values, few of both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from milestone_reports.render.charts.canvas import Canvas
from milestone_reports.render.charts.labels import Box, widest
from milestone_reports.render.charts.scale import Scale, round_values

CENTRED = 0.34
"""From the middle of a line of text down to its base line, in ems."""
_DECEMBER = 12


def month_starts(first_on: date, last_on: date) -> Sequence[date]:
    """The first days of the months from `first_on`'s to `last_on`'s."""
    months = range(first_on.year * 12 + first_on.month - 1, last_on.year * 12 + last_on.month)
    return [date(month // _DECEMBER, month % _DECEMBER + 1, 1) for month in months]


def months_below(canvas: Canvas, days: Scale, base: float, name_of: Callable[[date], str]) -> None:
    """Ticks where months begin and their names between them; every second or third name where all would touch."""
    unit = canvas.size.unit
    first_on, last_on = date.fromordinal(int(days.first)), date.fromordinal(int(days.last))
    starts = month_starts(first_on, last_on)
    edges = [*(max(days.on(start), days.start) for start in starts), days.end]
    canvas.lines([((edge, base), (edge, base + 3 * unit)) for edge in edges[:-1]], "rule-2")
    broad = widest((name_of(start) for start in starts), canvas.width_of) + 3 * unit
    every = next((n for n in (1, 2, 3) if broad <= n * (days.end - days.start) / len(starts)), 6)
    for start, (left, right) in list(zip(starts, pairwise(edges), strict=True))[::every]:
        canvas.text(((left + right) / 2, base + 18 * unit), name_of(start), "ink-3", anchor="center")


def few_values(canvas: Canvas, values: Scale, *, whole: bool) -> Sequence[float]:
    """Round values for gridlines, far enough apart to read."""
    room = abs(values.end - values.start) / (42 * canvas.size.unit)
    return round_values(values.last, max(int(room), 1), whole=whole)


def values_beside(
    canvas: Canvas, values: Scale, ticks: Sequence[float], span: tuple[float, float], text_of: Callable[[float], str]
) -> None:
    """Hairlines over the span and a base line, each with its value on the left."""
    left, right = span
    unit = canvas.size.unit
    canvas.lines([((left, values.at(tick)), (right, values.at(tick))) for tick in ticks], "rule")
    canvas.line(((left, values.start), (right, values.start)), "rule-2")
    for tick in (0, *ticks):
        at = (left - 7 * unit, values.at(tick) + CENTRED * canvas.size.text)
        canvas.text(at, text_of(tick), "ink-3", anchor="right")


def values_above(
    canvas: Canvas, values: Scale, texts: Sequence[tuple[float, str]], right: float, is_clear: Callable[[Box], bool]
) -> None:
    """Hairlines with their text on the left above them, left out where it would touch something."""
    unit = canvas.size.unit
    canvas.lines([((0, values.at(tick)), (right, values.at(tick))) for tick, _ in texts], "rule")
    for tick, text in texts:
        base = values.at(tick) - 3 * unit
        if is_clear(Box(0, base - canvas.size.text * 0.8, canvas.width_of(text), base + 2 * unit)):
            canvas.text((0, base), text, "ink-3")
