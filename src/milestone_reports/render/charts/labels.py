"""Where text goes: boxes that keep clear of lines and of each other. Places only, nothing is drawn here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Point = tuple[float, float]
Anchor = Literal["left", "center", "right"]

_STEP = 3.0
_MOST_STEPS = 40
_MOVES = sorted(
    ((across, down) for across in range(_MOST_STEPS) for down in range(_MOST_STEPS)),
    key=lambda move: (sum(move), move),
)
"""Steps across and down, the nearest first."""
_TOUCH = 1e-6
"""Gives a level or upright leg the width that two boxes need to overlap."""


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def moved(self, across: float, down: float) -> Box:
        """The box elsewhere."""
        return Box(self.left + across, self.top + down, self.right + across, self.bottom + down)

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def inside(self, other: Box) -> bool:
        """Whether all of it lies in the other."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )

    def crossed_by(self, path: Sequence[Point]) -> bool:
        """Whether a line through the points passes through the box."""
        return any(self._crossed_by_leg(start, end) for start, end in pairwise(path))

    def _crossed_by_leg(self, start: Point, end: Point) -> bool:
        (x0, y0), (x1, y1) = start, end
        if not self.meets(Box(min(x0, x1) - _TOUCH, min(y0, y1) - _TOUCH, max(x0, x1) + _TOUCH, max(y0, y1) + _TOUCH)):
            return False
        corners = ((self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom))
        sides = [(x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) for x, y in corners]
        return min(sides) <= 0 <= max(sides)


def nearest_clear(box: Box, towards: tuple[int, int], frame: Box, is_clear: Callable[[Box], bool]) -> Box:
    """The clear place in the frame nearest to the box, in one direction across and one down; else the box itself."""
    across, down = towards
    for step_across, step_down in _MOVES:
        place = box.moved(step_across * across * _STEP, step_down * down * _STEP)
        if place.inside(frame) and is_clear(place):
            return place
    return box


def spread(centres: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> Sequence[float]:
    """The centres moved apart so that no two labels overlap, in their order, within top and bottom if they fit."""
    order = sorted(range(len(centres)), key=lambda place: (centres[place], place))
    placed = list(centres)
    floor = top
    for place in order:
        placed[place] = max(placed[place], floor + heights[place] / 2)
        floor = placed[place] + heights[place] / 2
    ceiling = bottom
    for place in reversed(order):
        placed[place] = min(placed[place], ceiling - heights[place] / 2)
        ceiling = placed[place] - heights[place] / 2
    return placed


def wrapped(text: str, width: float, width_of: Callable[[str], float]) -> Sequence[str]:
    """The text in lines no wider than `width`, broken between words; a single word that is wider stays whole."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def widest(texts: Iterable[str], width_of: Callable[[str], float]) -> float:
    """The width of the widest text; 0 of none."""
    return max((width_of(text) for text in texts), default=0.0)
