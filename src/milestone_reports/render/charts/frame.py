"""What a chart is given besides its figures: the size at which it is shown, and the words for its numbers and dates.

Must not know of matplotlib: pages name sizes long before anything is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from milestone_reports.render.theme import PRINT, SCREEN, Paint

_POINTS_PER_MM = 72 / 25.4
_SCREEN_TEXT, _PRINT_TEXT = 13.0, 7.0


@dataclass(frozen=True, slots=True)
class ChartSize:
    """Width and height in the units of the medium: CSS pixels on the screen, points in print."""

    width: float
    height: float
    paint: Paint = SCREEN

    @classmethod
    def on_paper(cls, width_mm: float, height_mm: float, paint: Paint = PRINT) -> ChartSize:
        """A printed chart's size, in millimetres as the page is measured."""
        return cls(round(width_mm * _POINTS_PER_MM, 2), round(height_mm * _POINTS_PER_MM, 2), paint)

    @property
    def text(self) -> float:
        """The size of all chart text, that of the page's notes: 13 px, 7 pt."""
        return _PRINT_TEXT if self.paint.medium == "print" else _SCREEN_TEXT

    @property
    def unit(self) -> float:
        """One screen pixel of the drawing's gaps and line widths, in the medium's units."""
        return self.text / _SCREEN_TEXT

    @property
    def line(self) -> float:
        """From one line of text to the next."""
        return self.text * 1.25


class ChartWords(Protocol):
    """Text for a chart's figures: render/formats.py has it, as charts turn no number or date into text."""

    def count(self, value: float, /) -> str:
        """A whole number: `1,500`."""

    def number(self, value: float, /) -> str:
        """At most one decimal: `2`, `2.5`."""

    def signed(self, gap: float, /) -> str:
        """A whole gap with its sign: `+7`, `−3`, `0`."""

    def gap_size(self, gap: float, tolerance: float, /) -> str:
        """A gap without its sign, exact enough to tell that it is over the tolerance."""

    def money_short(self, value: float, /) -> str:
        """Money in few digits: `$2.86m`."""

    def month(self, day: date, /) -> str:
        """The month's short name: `Nov`."""

    def week(self, name: str, /) -> str:
        """`W47` of `2026-W47`."""

    def week_number(self, name: str, /) -> str:
        """`47` of `2026-W47`."""
