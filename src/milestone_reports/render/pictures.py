"""The charts of each page: which there are, how large, and with what sentence; images in print, two widths on screen.

matplotlib is imported where the first chart is drawn. Must not know of markup around a chart.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from milestone_reports.render.charts.frame import ChartSize
from milestone_reports.render.theme import PRINT
from milestone_reports.render.words import captions, pipeline, planning, teams

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.render.room import CardSetting, TeamSetting
    from milestone_reports.render.theme import Paint
    from milestone_reports.scorecards.insights import Backtest
    from milestone_reports.scorecards.pages import RepScorecard, Stamp, TeamRollup, TeamTrack, TrackCard

PHONE = 342
"""The width of a phone's page: charts are drawn for it, never scaled down."""


@dataclass(frozen=True, slots=True)
class ScreenPicture:
    """A chart in two widths, as SVG text."""

    wide: str  #: for a wide page
    narrow: str  #: for a phone


@dataclass(frozen=True, slots=True)
class PrintPicture:
    """A chart as an image of its own, which knows its size."""

    src: str  #: the image as a data address
    alt: str  #: what it shows


Picture = ScreenPicture | PrintPicture


@dataclass(frozen=True, slots=True)
class CardPictures:
    """The charts of a rep's card."""

    thirteen_weeks: Picture | None  #: none where no week has anything in it
    years: tuple[Picture | None, ...]
    """One a track; none where there is nothing to draw."""


@dataclass(frozen=True, slots=True)
class TrackPictures:
    """The charts of one of a team's tracks."""

    year: Picture | None  #: the year against pace
    weekly: Picture | None  #: completed each week
    revenue: Picture | None  #: revenue against target; none where the track counts sales


@dataclass(frozen=True, slots=True)
class TeamPictures:
    """The charts of a team's page."""

    tracks: tuple[TrackPictures, ...]  #: one for each track


@dataclass(frozen=True, slots=True)
class PlanPictures:
    """The charts of one track's plan: its milestones, and its revenue, or its sales where it counts them."""

    milestones: Picture  #: milestones by month
    sales: Picture  #: revenue by month; sales where the track counts them


def card_pictures(card: RepScorecard, formats: Formats) -> CardPictures:
    """The charts of a card on the screen."""
    return CardPictures(
        thirteen_weeks=on_screen(_weeks(card, formats), (700, 150), 130) if shows_weeks(card) else None,
        years=tuple(
            on_screen(_year(track, card.stamp, formats), (700, 300), 250) if shows_year(track, card.stamp) else None
            for track in tracks_shown(card)
        ),
    )


def printed_card_pictures(
    card: RepScorecard, formats: Formats, setting: CardSetting, paint: Paint = PRINT
) -> CardPictures:
    """The charts of a card on paper, as high as the setting leaves room for."""
    weeks = (setting.column_mm, setting.weeks_mm)
    return CardPictures(
        thirteen_weeks=(
            printed(_weeks(card, formats), weeks, paint, _weeks_label(card, formats)) if shows_weeks(card) else None
        ),
        years=tuple(
            printed(
                _year(track, card.stamp, formats),
                (setting.column_mm, setting.chart_mm),
                paint,
                captions.year_label(track, card.stamp, formats),
            )
            if shows_year(track, card.stamp)
            else None
            for track in tracks_shown(card)[: setting.n_tracks]
            if setting.chart_mm
        ),
    )


def shows_weeks(card: RepScorecard) -> bool:
    """Whether there is a week to show: a new rep's card leaves the strip out."""
    drawn = any(bar.done or bar.planned_not_done or bar.plan for bar in card.thirteen_weeks)
    return drawn and not card.new_this_week and not card.stamp.nothing_recorded


def shows_year(card: TrackCard, stamp: Stamp) -> bool:
    """Whether there is a year to draw: something done, or a path that asks for it."""
    return bool(card.pace.done_path or card.pace.expected_path) and not stamp.nothing_recorded


def shows_completions(track: TeamTrack) -> bool:
    """Whether there is a week with anything in it."""
    return any(sum(week.done) for week in track.weekly)


def tracks_shown(card: RepScorecard) -> Sequence[TrackCard]:
    """The card's tracks; in a first week without a verdict, as nobody is behind in it."""
    if not card.new_this_week:
        return card.tracks
    return [replace(track, pace=replace(track.pace, standing="nothing expected")) for track in card.tracks]


def team_pictures(rollup: TeamRollup, formats: Formats) -> TeamPictures:
    """The charts of a team's page on the screen."""
    stamp = rollup.stamp
    return TeamPictures(
        tuple(
            TrackPictures(
                year=(
                    on_screen(_year(track.card, stamp, formats), (700, 300), 250)
                    if shows_year(track.card, stamp)
                    else None
                ),
                weekly=(
                    on_screen(_weekly(track, stamp, formats), (920, 300), 260) if shows_completions(track) else None
                ),
                revenue=on_screen(_revenue(track, stamp, formats), (920, 320), 280)
                if shows_revenue(track, stamp)
                else None,
            )
            for track in rollup.tracks
        )
    )


def printed_team_pictures(
    rollup: TeamRollup, formats: Formats, setting: TeamSetting, paint: Paint = PRINT
) -> TeamPictures:
    """The charts of a team's report on paper."""
    stamp, wide = rollup.stamp, (setting.width_mm, setting.chart_mm)
    return TeamPictures(
        tuple(
            TrackPictures(
                year=(
                    printed(
                        _year(track.card, stamp, formats),
                        (setting.column_mm, setting.year_mm),
                        paint,
                        captions.year_label(track.card, stamp, formats),
                    )
                    if shows_year(track.card, stamp)
                    else None
                ),
                weekly=(
                    printed(_weekly(track, stamp, formats), wide, paint, captions.weekly_label(track, stamp, formats))
                    if shows_completions(track)
                    else None
                ),
                revenue=(
                    printed(_revenue(track, stamp, formats), wide, paint, captions.revenue_label(track, stamp, formats))
                    if shows_revenue(track, stamp)
                    else None
                ),
            )
            for track in rollup.tracks
        )
    )


def planning_pictures(rollup: TeamRollup, formats: Formats) -> tuple[PlanPictures, ...]:
    """The charts of the planning page, one pair a track."""
    size = (560, 240), 220
    return tuple(
        PlanPictures(
            milestones=on_screen(_plan(track, "milestones", formats), *size),
            sales=on_screen(_plan(track, planning.plan_counts(track), formats), *size),
        )
        for track in rollup.tracks
    )


def pipeline_pictures(rollup: TeamRollup, formats: Formats) -> tuple[Picture | None, ...]:
    """The charts of the pipeline page: each track's backtest, none where no month-end can be judged."""
    return tuple(
        on_screen(_backtest(track, track.backtest, formats), (920, 260), 240) if track.backtest else None
        for track in rollup.tracks
    )


def shows_revenue(track: TeamTrack, stamp: Stamp) -> bool:
    """Whether the track has to do with money, and a year to draw it in."""
    return teams.in_money(track.card.sales) and not stamp.nothing_recorded


def on_screen(draw: Callable[[ChartSize], str], wide: tuple[float, float], narrow_height: float) -> ScreenPicture:
    """A chart at the page's width and at a phone's."""
    return ScreenPicture(wide=draw(ChartSize(*wide)), narrow=draw(ChartSize(PHONE, narrow_height)))


def printed(draw: Callable[[ChartSize], str], size_mm: tuple[float, float], paint: Paint, alt: str) -> PrintPicture:
    """A chart as an image that carries its own text and needs no fetching."""
    size = ChartSize.on_paper(*size_mm, paint)
    encoded = b64encode(draw(size).encode()).decode()
    return PrintPicture(f"data:image/svg+xml;base64,{encoded}", alt)


def _weeks_label(card: RepScorecard, formats: Formats) -> str:
    return captions.weeks_label(card.thirteen_weeks, card.this_week.target, formats)


def _weeks(card: RepScorecard, formats: Formats) -> Callable[[ChartSize], str]:
    from milestone_reports.render.charts.weeks import thirteen_weeks

    label = _weeks_label(card, formats)
    return lambda size: thirteen_weeks(card.thirteen_weeks, card.this_week.target, size, formats, label)


def _year(card: TrackCard, stamp: Stamp, formats: Formats) -> Callable[[ChartSize], str]:
    from milestone_reports.render.charts.year import year_against_pace

    label = captions.year_label(card, stamp, formats)
    return lambda size: year_against_pace(card, stamp, size, formats, label)


def _weekly(track: TeamTrack, stamp: Stamp, formats: Formats) -> Callable[[ChartSize], str]:
    from milestone_reports.render.charts.completions import weekly_completions

    label = captions.weekly_label(track, stamp, formats)
    return lambda size: weekly_completions(track, size, formats, label)


def _revenue(track: TeamTrack, stamp: Stamp, formats: Formats) -> Callable[[ChartSize], str]:
    from milestone_reports.render.charts.revenue import revenue_against_target

    label = captions.revenue_label(track, stamp, formats)
    return lambda size: revenue_against_target(track.card, track.revenue_expected_path, stamp, size, formats, label)


def _plan(track: TeamTrack, figure: planning.Planned, formats: Formats) -> Callable[[ChartSize], str]:
    from milestone_reports.render.charts.months import MonthWords
    from milestone_reports.render.charts.plan import MonthBar, plan_by_month

    bars = [
        MonthBar(month.first_on, column.required, column.done, column.expected)
        for month, column in zip(track.plan, planning.plan_column(track, figure), strict=True)
    ]
    in_money = figure == "revenue"
    title, value = planning.plan_title(track, figure), formats.money_short if in_money else formats.count
    words = MonthWords(title, value, formats.month, whole=not in_money)
    label = planning.plan_label(track, figure, formats)
    return lambda size: plan_by_month(bars, size, words, label)


def _backtest(track: TeamTrack, backtest: Backtest, formats: Formats) -> Callable[[ChartSize], str]:
    from milestone_reports.render.charts.backtest import forecasts_beside_actual
    from milestone_reports.render.charts.months import MonthWords

    value = formats.money_short if backtest.in_money else formats.count
    title = pipeline.backtest_title(track, backtest, formats)
    words = MonthWords(title, value, formats.month, whole=not backtest.in_money)
    label = pipeline.backtest_in_full(track, backtest, formats)
    return lambda size: forecasts_beside_actual(backtest, size, words, label)
