"""What a team completed each week of the year, stacked by milestone, against the target that the week had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate, groupby, pairwise

from milestone_reports.render.charts.axes import CENTRED, few_values, values_beside
from milestone_reports.render.charts.canvas import Canvas
from milestone_reports.render.charts.frame import ChartSize, ChartWords
from milestone_reports.render.charts.labels import Box, Point, spread, widest, wrapped
from milestone_reports.render.charts.scale import Scale
from milestone_reports.render.language import gettext
from milestone_reports.render.theme import milestone_colours
from milestone_reports.scorecards.pages import TeamTrack, WeekCompletions

_BELOW_AXIS = 24.0
_TITLE = 28.0
_LABELS_BELOW_AXIS = 8.0
"""How far below the base line the lowest name at the end may reach: not among the months."""
_TICK_GAP = 7.0
_LEADER = 15.0
_LEADER_GAP = 4.0
_NARROWEST_WEEK = 5.5
"""Screen pixels from one week to the next; where the year's weeks would be narrower, the last that fit are drawn."""
_BAR_SHARE = 0.78
_LABEL_SHARE = 0.32
"""Of the chart's width, at most, for the names at the end; longer ones wrap."""


@dataclass(frozen=True, slots=True)
class _EndLabel:
    """A name at the end of the last week: where its line starts, its lines of text, its colour."""

    height: float
    texts: Sequence[str]
    colour: str
    strong: bool = False
    has_mark: bool = True
    """Whether there is anything of it in the last week for a line to lead to."""


def weekly_completions(track: TeamTrack, size: ChartSize, words: ChartWords, label: str) -> str:
    """The chart of one track's weeks, as many of the last ones as can be told apart."""
    chart = _Completions(track, size, words)
    chart.draw()
    return chart.canvas.svg(label)


class _Completions:
    """One drawing of a team's weeks."""

    def __init__(self, track: TeamTrack, size: ChartSize, words: ChartWords) -> None:
        self.canvas = Canvas(size)
        self._track, self._size, self._words = track, size, words
        self._milestones = track.card.milestones
        self._colours = milestone_colours(len(self._milestones))
        self._highest = max([1.0, *(max(sum(week.done), week.target or 0.0) for week in track.weekly)])
        self._values = Scale(0, self._highest, size.height - _BELOW_AXIS * size.unit, _TITLE * size.unit)

    @cached_property
    def _ticks(self) -> Sequence[float]:
        return few_values(self.canvas, self._values, whole=True)

    @cached_property
    def _left(self) -> float:
        texts = map(self._words.count, (0, *self._ticks))
        return widest(texts, self.canvas.width_of) + _TICK_GAP * self._size.unit

    @cached_property
    def _weeks(self) -> Sequence[WeekCompletions]:
        """The last weeks that fit."""
        fit = int((self._end - self._left) / (_NARROWEST_WEEK * self._size.unit))
        return self._track.weekly[-max(fit, 1) :]

    @cached_property
    def _pitch(self) -> float:
        """From one week to the next: the width shared out, but a young year's weeks are no wider than a quarter's."""
        return (self._end - self._left) / max(len(self._weeks), 13)

    @cached_property
    def _edge(self) -> float:
        """The right end of the last week's bar."""
        return self._left + max(len(self._weeks) - 1 + _BAR_SHARE, _BAR_SHARE) * self._pitch

    @cached_property
    def _texts(self) -> Sequence[Sequence[str]]:
        """Each milestone's name and its count in the last week, wrapped."""
        last = self._track.weekly[-1].done if self._track.weekly else (0,) * len(self._milestones)
        says = (f"{name} {self._words.count(done)}" for name, done in zip(self._milestones, last, strict=True))
        return [wrapped(text, _LABEL_SHARE * self._size.width, self.canvas.width_of) for text in says]

    @property
    def _last_target(self) -> float | None:
        return self._track.weekly[-1].target if self._track.weekly else None

    @cached_property
    def _target_says(self) -> str:
        target = self._last_target
        return "" if target is None else gettext("target {n}", n=self._words.number(target))

    @cached_property
    def _end(self) -> float:
        """Where the names at the right leave off room."""
        names = widest((text for texts in self._texts for text in texts), self.canvas.width_of)
        target = self.canvas.width_of(self._target_says, strong=True)
        return self._size.width - max(names, target) - (_LEADER + _LEADER_GAP) * self._size.unit

    def draw(self) -> None:
        """Axis, bars, target, months and names."""
        self._write_title()
        values_beside(self.canvas, self._values, self._ticks, (self._left, self._edge), self._words.count)
        for place, colour in enumerate(self._colours):
            self.canvas.fill([self._segment(number, place) for number in range(len(self._weeks))], colour)
        self.canvas.lines(self._target_paths(), "ink", 1.1)
        self._name_months()
        self._name_ends()

    def _write_title(self) -> None:
        left_out = len(self._track.weekly) - len(self._weeks)
        if left_out:
            title = gettext("milestones a week, last {n} weeks", n=self._words.count(len(self._weeks)))
        else:
            title = gettext("milestones a week")
        self.canvas.text((0, self._size.text), title, "ink-3")

    def _segment(self, number: int, place: int) -> Box:
        """One milestone of one week; a gap of paper separates it from what lies below."""
        done = self._weeks[number].done
        low, high = sum(done[:place]), sum(done[: place + 1])
        bottom, top = self._values.at(low), self._values.at(high)
        gap = min(self._size.unit, (bottom - top) / 3) if low else 0.0
        left = self._left + number * self._pitch
        return Box(left, top, left + _BAR_SHARE * self._pitch, bottom - gap)

    def _target_paths(self) -> Sequence[Sequence[Point]]:
        """Level while the target stays, a step where it changes; a new path after weeks without one."""
        paths: list[list[Point]] = [[]]
        for target, run in groupby(range(len(self._weeks)), key=lambda number: self._weeks[number].target):
            if target is None:
                paths.append([])
                continue
            numbers, height = list(run), self._values.at(target)
            paths[-1] += [(self._border(numbers[0]), height), (self._border(numbers[-1] + 1), height)]
        return paths

    def _border(self, number: int) -> float:
        """Where a week begins: amid the gap between two bars; the first begins, and the last ends, with its bar."""
        if number in {0, len(self._weeks)}:
            return self._edge if number else self._left
        return self._left + (number - (1 - _BAR_SHARE) / 2) * self._pitch

    def _name_months(self) -> None:
        """A tick and a name at the first week of each month; every second or third name where all would touch."""
        unit, base = self._size.unit, self._values.start
        firsts = self._first_weeks()
        names = [self._words.month(_middle(self._weeks[number])) for number in firsts]
        edges = [self._left + number * self._pitch for number in firsts]
        self.canvas.lines([((edge, base), (edge, base + 4 * unit)) for edge in edges], "rule-2")
        broad = widest(names, self.canvas.width_of) + 5 * unit
        skipped = 1 if len(edges) > 1 and edges[1] - edges[0] < broad else 0
        room = min((right - left for left, right in pairwise(edges[skipped:])), default=broad)
        every = next((step for step in (1, 2, 3) if broad <= step * room), 4)
        for edge, name in list(zip(edges, names, strict=True))[skipped::every]:
            self.canvas.text((edge + 3 * unit, base + 19 * unit), name, "ink-3")

    def _first_weeks(self) -> Sequence[int]:
        """The places of the weeks with which a month begins: a week belongs to the month of its middle."""
        months = [_middle(week).month for week in self._weeks]
        return [number for number, month in enumerate(months) if number == 0 or month != months[number - 1]]

    def _name_ends(self) -> None:
        """The names of milestones and target beside the last week, moved apart where they would touch."""
        labels = self._end_labels()
        heights = [len(label.texts) * self._size.line for label in labels]
        lowest = self._values.start + _LABELS_BELOW_AXIS * self._size.unit
        centres = spread([label.height for label in labels], heights, 0, lowest)
        unit = self._size.unit
        for label, centre in zip(labels, centres, strict=True):
            start, end = self._edge + (0 if label.strong else unit), self._edge + _LEADER * unit
            bend = [(start + 3 * unit, label.height), (end - 4 * unit, centre)] if centre != label.height else []
            if label.has_mark:
                self.canvas.line(
                    [(start, label.height), *bend, (end, centre)], label.colour, 1.6 if not label.strong else 1.1
                )
            self._write(label, end + _LEADER_GAP * unit, centre)

    def _end_labels(self) -> Sequence[_EndLabel]:
        last = self._weeks[-1].done if self._weeks else (0,) * len(self._milestones)
        tops = list(accumulate(last))
        labels = [
            _EndLabel(self._values.at(top - done / 2), texts, colour, has_mark=done > 0)
            for top, done, texts, colour in zip(tops, last, self._texts, self._colours, strict=True)
        ]
        # From the top down: of labels at one height, the later milestone stands above the earlier, as in the stack.
        labels.reverse()
        if self._last_target is not None:
            labels.insert(0, _EndLabel(self._values.at(self._last_target), (self._target_says,), "ink", strong=True))
        return labels

    def _write(self, label: _EndLabel, across: float, centre: float) -> None:
        top = centre - len(label.texts) * self._size.line / 2
        for number, text in enumerate(label.texts):
            base = top + (number + 0.5) * self._size.line + CENTRED * self._size.text
            self.canvas.text((across, base), text, "ink", strong=label.strong)


def _middle(week: WeekCompletions) -> date:
    return week.first_on + timedelta(days=3)
