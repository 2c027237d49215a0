"""How a printed page is set: the choice among the settings that fit, made before anything is laid out.

Laying out to count pages is dear, so it is done once; the estimates of card_room.py err on the safe side. All lengths
are millimetres. Must not know of markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, product
from math import ceil
from typing import TYPE_CHECKING

from milestone_reports.render.card_room import (
    DENSE_OPEN,
    FEWEST_LINES,
    GUTTER,
    PAPERS,
    ROOMY_OPEN,
    SIDE_COLUMN,
    WEEKS,
    CardRoom,
    Fixed,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.pages import RepScorecard, TeamRollup

CHART_HEIGHTS = (*range(88, 45, -3), *range(43, 32, -3), 0)
CHART_KINDS = ((46.0, 999.0), (1.0, 46.0), (0.0, 1.0))
"""From and below: high enough, low, and none."""
LEAST_ON_FIRST_PAGE = 46.0
"""A chart lower than this goes with what follows to the second page instead."""
LEAST_FOR_OPEN, WELL_FOR_OPEN = 60.0, 100.0
"""What the first open opportunities must have, and what they have before it is said how to read the card."""
FEWEST_LINES_BESIDE = (7, 5)
"""Of a ledger, where the first page is to hold all figures, or all but the conversions."""
MOST_PAGES = 2


@dataclass(frozen=True, slots=True)
class CardSetting:
    """How a card is set on its one or two pages."""

    column_mm: float  #: the wide column
    weeks_mm: float  #: the width of the thirteen weeks' chart
    chart_mm: float
    """0: no room for charts of the year; their figures stand beside them."""
    tight: bool  #: small type in the tables of figures
    dense: bool  #: small type in the list of open opportunities
    n_lines: int
    """Of each week's ledger; the others are counted."""
    n_open: int  #: open opportunities that are listed
    break_before_open: bool  #: they begin the second page
    with_reading: bool  #: there is room for how to read the card
    n_tracks: int
    """Tracks set in full; the web card has the others."""


@dataclass(frozen=True, slots=True)
class TeamSetting:
    """How a team's report is set; it may run over as many pages as it needs."""

    width_mm: float  #: the page without its margins
    column_mm: float  #: the wide column
    chart_mm: float  #: the height of charts as wide as the page
    year_mm: float  #: the height of the year's chart
    with_marks: bool  #: marks stand in the rows
    n_coaching: int  #: entries of the coaching list
    n_stalled: int  #: stalled opportunities that are listed
    n_overdue: int  #: overdue opportunities that are listed


MOST_REPS_WITH_MARKS = 60
MOST_COACHING_PRINTED = 5
MOST_STALLED_PRINTED, MOST_OVERDUE_PRINTED = 6, 5
"""The largest of each; the Pipeline page lists them all."""


def end_of(blocks: Sequence[float], height: float) -> tuple[int, float]:
    """The page on which blocks end, from 1, and what is used of it; a block that does not fit starts a page."""
    page, used = 1, 0.0
    for block in blocks:
        if used and used + block > height:
            page, used = page + 1, 0.0
        used += block
    return page + ceil(used / height) - 1 if used > height else page, used


def card_setting(card: RepScorecard, formats: Formats) -> CardSetting:
    """The setting of a card: on one page if that holds everything, else its figures on the first of two if they fit."""
    room = CardRoom(card, formats)
    fixed = on_one_page(room) or on_first_page(room, 0) or on_first_page(room, 1) or on_two_pages(room)
    page, used = end_of(room.fixed(fixed), room.height)
    left = room.height - used
    breaks = page == 1 and left < room.open_and_reading
    left = room.height if breaks else left
    with_reading = left - room.reading >= min(WELL_FOR_OPEN, room.open_and_reading - room.reading)
    for_open = left - (room.reading if with_reading else 0.0)
    dense = room.n_open_in(for_open, ROOMY_OPEN) < len(card.open)
    return CardSetting(
        column_mm=room.column,
        weeks_mm=WEEKS,
        chart_mm=fixed.chart,
        tight=fixed.tight,
        dense=dense,
        n_lines=fixed.n_lines,
        n_open=room.n_open_in(for_open, DENSE_OPEN if dense else ROOMY_OPEN),
        break_before_open=breaks,
        with_reading=with_reading,
        n_tracks=fixed.n_tracks,
    )


def on_one_page(room: CardRoom) -> Fixed | None:
    """The setting with which one page holds the whole card."""
    for chart in CHART_HEIGHTS:
        fixed = Fixed(room.most_lines, chart, tight=False, n_tracks=len(room.card.tracks))
        if chart >= LEAST_ON_FIRST_PAGE and end_of([*room.fixed(fixed), room.open_and_reading], room.height)[0] == 1:
            return fixed
    return None


def on_first_page(room: CardRoom, n_over: int) -> Fixed | None:
    """The setting with which the first page holds the figures, but for the last `n_over` blocks of one track.

    The ledgers' lines come first, then the charts' height.
    """
    every, heights = len(room.card.tracks), [height for height in CHART_HEIGHTS if height >= LEAST_ON_FIRST_PAGE]
    if n_over and every > 1:
        return None
    for n_shown, chart in product(range(room.most_lines, FEWEST_LINES_BESIDE[n_over] - 1, -1), heights):
        fixed = Fixed(n_shown, chart, tight=False, n_tracks=every)
        blocks = room.fixed(fixed)
        if end_of(blocks[: len(blocks) - n_over], room.height)[0] == 1:
            return fixed
    return None


def on_two_pages(room: CardRoom) -> Fixed:
    """The setting with which two pages hold the figures and the first open opportunities; a track fewer if not."""
    kinds = [[height for height in CHART_HEIGHTS if low <= height < high] for low, high in CHART_KINDS]
    for n_tracks, heights, tight in product(range(len(room.card.tracks), 0, -1), kinds, (False, True)):
        settings = (Fixed(room.most_lines, chart, tight, n_tracks) for chart in heights)
        fitting = [fixed for fixed in settings if left_for_open(room, fixed) >= least_for_open(room)]
        if fitting:
            return max(fitting, key=lambda fixed: on_two_pages_is(room, fixed))
    return Fixed(FEWEST_LINES, 0.0, tight=True, n_tracks=1)


def on_two_pages_is(room: CardRoom, fixed: Fixed) -> tuple[float, ...]:
    """How good a setting is: blocks on the first page, room for what is open, then the charts' height."""
    room_used = min(left_for_open(room, fixed), room.open_and_reading)
    return n_on_first_page(room.fixed(fixed), room.height), room_used, fixed.chart


def least_for_open(room: CardRoom) -> float:
    """What the open opportunities must have at the least."""
    return min(LEAST_FOR_OPEN, room.open_and_reading - room.reading)


def left_for_open(room: CardRoom, fixed: Fixed) -> float:
    """What the figures leave of the second page, of all of it where they end on the first; nothing after that."""
    page, used = end_of(room.fixed(fixed), room.height)
    return {1: room.height, MOST_PAGES: room.height - used}.get(page, -1.0)


def n_on_first_page(blocks: Sequence[float], height: float) -> int:
    """How many blocks the first page holds."""
    return sum(used <= height for used in accumulate(blocks))


def team_setting(rollup: TeamRollup) -> TeamSetting:
    """The setting of a team's report: marks in the rows as long as there are not too many of them."""
    width, _ = PAPERS[rollup.stamp.paper]
    n_reps = max((track.n_reps for track in rollup.tracks), default=0)
    return TeamSetting(
        width_mm=width,
        column_mm=width - SIDE_COLUMN - GUTTER,
        chart_mm=40.0,
        year_mm=50.0,
        with_marks=n_reps <= MOST_REPS_WITH_MARKS,
        n_coaching=MOST_COACHING_PRINTED,
        n_stalled=min(len(rollup.stalled), MOST_STALLED_PRINTED),
        n_overdue=min(len(rollup.overdue), MOST_OVERDUE_PRINTED),
    )
