"""The last thirteen weeks of a figure as each week's copy said it, and what changed since last week's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from milestone_reports.domain.calendar import Week
from milestone_reports.history.snapshots import PublishedFigure, Snapshot
from milestone_reports.scorecards.book import Frame, weeks_up_to
from milestone_reports.scorecards.since import NoChange, SetAnew, Trend, TrendName, TrendWeek
from milestone_reports.scorecards.weeks import N_WEEKS

NAMES: tuple[TrendName, ...] = get_args(TrendName)
FROM_THE_YEARS_BEGINNING = {"gap", "contracts_to_date"}
"""Figures that begin again with a fiscal year: from one year to the next they have no change."""
LEAST_CHANGE = 0.05
"""A quota that differs by less is written alike."""

By = Mapping[tuple[str, str, str], float | None]
"""Published figures by rep, track and name."""


class Trends:
    """What earlier copies said beside what is said now; `slugs` are the reps' addresses, by name."""

    def __init__(self, frame: Frame, now: Iterable[PublishedFigure], slugs: Mapping[str, str]) -> None:
        self._frame = frame
        self._slugs = slugs
        self._weeks = weeks_up_to(frame.week, N_WEEKS)
        self._copies: dict[Week, Snapshot] = {one.week: one for one in frame.past.snapshots}
        self._now = by_name(now)
        self._then = {week: by_name(one.figures) for week, one in self._copies.items() if week in self._weeks}

    def weeks(self) -> tuple[TrendWeek, ...]:
        """The thirteen, the oldest first."""
        return tuple(
            TrendWeek(week.name, week.first_on, has_copy=week in self._then or week == self._frame.week)
            for week in self._weeks
        )

    def of(self, rep: str, track: str) -> Iterator[Trend]:
        """Those of a rep, or of the team where `rep` is empty, that have a value in any of the weeks."""
        for name in NAMES:
            trend = self._trend(rep, track, name)
            if any(value is not None for value in trend.values):
                yield trend

    def _trend(self, rep: str, track: str, name: TrendName) -> Trend:
        key = rep, track, name
        past = [self._then.get(week, {}).get(key) for week in self._weeks[:-1]]
        was, now = past[-1], self._now.get(key)
        why = self._no_change(name, was, now)
        return Trend(
            rep=rep,
            slug=self._slugs.get(rep, ""),
            track=track,
            name=name,
            values=(*past, now),
            was=was,
            now=now,
            change=None if why else change_since(was, now),
            no_change=why,
        )

    def _no_change(self, name: TrendName, was: float | None, now: float | None) -> NoChange:
        last_week = self._copies.get(self._weeks[-2])
        if last_week is None:
            return "no copy"
        if was is None:
            return "nothing then"
        if now is None:
            return "nothing now"
        if name in FROM_THE_YEARS_BEGINNING and not self._frame.year.holds(last_week.as_of):
            return "another year"
        return ""

    def set_anew(self) -> Iterator[SetAnew]:
        """Multipliers and then quotas that are not those of the last copy, where it is of this fiscal year."""
        last = self._frame.past.last
        if last is None or not self._frame.year.holds(last.as_of):
            return
        then = by_name(last.figures)
        for name in ("multiplier", "milestones_this_year"):
            for rep, track, figure in self._now:
                if figure != name or (rep == "") != (name == "multiplier"):
                    continue
                was, now = then.get((rep, track, name)), self._now[rep, track, name]
                if (rep, track, name) in then and differs(was, now):
                    yield SetAnew(rep, self._slugs.get(rep, ""), track, name, was, now)


def change_since(was: float | None, now: float | None) -> float | None:
    """How much a figure is above or below what last week's copy of the workbook said.

    Formula: this week's figure - last week's, as its copy said it then.
    Shape: one number a figure, for the team and each rep on a track.
    Units: those of the figure.
    Undefined: no copy of last week, no figure in one of the two, or a figure of the year where last week was of another
    fiscal year: a dash, with the reason.
    Source: method.md §4.
    """
    return None if was is None or now is None else now - was


def by_name(figures: Iterable[PublishedFigure]) -> By:
    """Figures by rep, track and name."""
    return {(one.rep, one.track, one.name): one.value for one in figures}


def differs(was: float | None, now: float | None) -> bool:
    """Whether two figures are not written alike."""
    if was is None or now is None:
        return was is not now
    return abs(now - was) >= LEAST_CHANGE


def of_rep(trends: Sequence[Trend], rep: str) -> tuple[Trend, ...]:
    """The trends of one rep."""
    return tuple(one for one in trends if one.rep == rep)
