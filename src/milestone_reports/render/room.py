"""How much room a printed page has: estimates lines and heights, and chooses the setting before anything is laid out.

Laying out to count pages is dear, so it is done once; the estimates err on the safe side. All lengths are millimetres.
Must not know of markup; its measures are those of templates/static/css/page.css.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate, product
from math import ceil
from typing import TYPE_CHECKING
from unicodedata import normalize

from milestone_reports.render.pictures import shows_weeks, shows_year
from milestone_reports.render.words import cards, headlines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import OpenOpportunity, WeekFigures
    from milestone_reports.scorecards.pages import RepScorecard, TeamRollup, TrackCard

POINT = 25.4 / 72
PAPERS = {"A4": (180.0, 269.0), "Letter": (185.9, 251.4)}
"""Width and height inside the margins."""

SLACK = 4.0
"""Kept free on each page, for what an estimate may miss."""

SECTION, SECTION_HEAD, TABLE_HEAD = 4.6, 6.7, 7.0
FIGURES, REST = 7.6, 4.6
SIDE_COLUMN, GUTTER = 64.0, 8.0
LEDGER_OTHERS, OPEN_OTHERS = 35.5, 129.0
"""Of a ledger and of the open ones, what the columns beside the opportunity take."""
MIXED_SIZE = 7.75
"""Of a table's text of which half is regular, and so narrower than the semibold that is measured."""
WEEKS = 26.0
TEXT_SIZE, TABLE_SIZE, NOTE_SIZE, DECK_SIZE, NAME_SIZE = 8.6, 8.06, 7.0, 11.3, 21.5
CHART_HEIGHTS = (*range(88, 32, -3), 0)
LEAST_ON_FIRST_PAGE = 46.0
"""A chart lower than this goes with what follows to the second page instead."""
LEAST_FOR_OPEN = 45.0
LEDGER_SHARE = 0.62
"""Of the first page, what head and ledgers may take before their lines are counted instead of listed."""
FEWEST_LINES, FEWEST_LINES_FOR_ONE_PAGE = 4, 7
MOST_PAGES = 2
MOST_LEDGER_LINES = 24
EMS = {
    0.2: " ", 0.28: "',.:;ijl|’", 0.32: "!fI", 0.35: "()-[]{}/\\", 0.38: "rt", 0.46: "*s?z", 0.48: "c–",
    0.52: '"J_vxy#$+0123456789<=>FLY^aeg~', 0.56: "EVZkASTX`hnou", 0.6: "CbdpqBKPR", 0.66: "&DGNU", 0.68: "HOQ",
    0.8: "MwW", 0.88: "@%m",
}  # fmt: skip
"""Widths of the typeface's semibold, in parts of its size, each character under the next wider step."""
EM_OF = {char: width for width, chars in EMS.items() for char in chars}
ANY_LETTER, FULL_WIDTH = 0.66, 1.0
FIRST_FULL_WIDTH = "⺀"


@dataclass(frozen=True, slots=True)
class Rows:
    """The height of table rows in one setting."""

    line: float
    padding: float

    def height(self, n_lines: int = 1) -> float:
        """A row of so many lines, with its rule."""
        return n_lines * self.line + self.padding


ROOMY_TABLE, TIGHT_TABLE = Rows(3.9, 1.7), Rows(3.3, 0.9)
LEDGER_TABLE = Rows(3.6, 1.7)
ROOMY_OPEN, DENSE_OPEN = Rows(3.75, 2.1), Rows(3.2, 1.2)


@dataclass(frozen=True, slots=True)
class CardSetting:
    """How a card is set on its one or two pages."""

    column_mm: float
    weeks_mm: float
    chart_mm: float
    """0: no room for charts of the year; their figures stand beside them."""
    tight: bool
    dense: bool
    n_lines: int
    """Of each week's ledger; the others are counted."""
    n_open: int
    break_before_open: bool
    with_reading: bool
    n_tracks: int
    """Tracks set in full; the web card has the others."""


@dataclass(frozen=True, slots=True)
class TeamSetting:
    """How a team's report is set; it may run over as many pages as it needs."""

    width_mm: float
    column_mm: float
    chart_mm: float
    year_mm: float
    with_marks: bool
    n_overdue: int


MOST_REPS_WITH_MARKS = 60
MOST_OVERDUE_PRINTED = 40


def text_width(text: str, points: float) -> float:
    """How wide a text is at most in the page's typeface."""
    return sum(map(em_of, text)) * points * POINT


def em_of(char: str) -> float:
    """A character's width in parts of the type size; an accented letter is as wide as its base."""
    base = EM_OF.get(char) or EM_OF.get(normalize("NFKD", char)[:1])
    return base or (FULL_WIDTH if char >= FIRST_FULL_WIDTH else ANY_LETTER)


@lru_cache(maxsize=20_000)
def n_lines(text: str, width: float, points: float) -> int:
    """The lines a text takes in a column, broken at its spaces; a word too long for a line is broken anywhere."""
    lines, used = 1, 0.0
    space = text_width(" ", points)
    for word in text.split():
        size = text_width(word, points)
        if used and used + space + size > width:
            lines, used = lines + 1, 0.0
        lines += int(size // width)
        used += space + (size % width if size > width else size)
    return lines


class CardRoom:
    """The heights of a card's parts on its paper."""

    def __init__(self, card: RepScorecard, formats: Formats) -> None:
        self.card = card
        self.formats = formats
        self.width, height = PAPERS[card.stamp.paper]
        self.height = height - SLACK
        self.column = self.width - SIDE_COLUMN - GUTTER

    @cached_property
    def head(self) -> float:
        """Name, headline and a quota line a track."""
        card, formats = self.card, self.formats
        name = n_lines(card.rep, self.width, NAME_SIZE) * 8.6
        deck = n_lines(headlines.rep_headline(card.headline, formats), self.width, DECK_SIZE) * 5.3
        several = len(card.tracks) > 1
        quotas = sum(
            18.5 + (4.0 if several else 0.0) + (4.2 if cards.quota_note(track.quota, formats) else 0.0)
            for track in card.tracks
            if track.quota
        )
        listing = 4.2 if cards.not_on_reps_sheet(card.listing) else 0.0
        return 8.2 + name + deck + listing + 1.0 + quotas

    def ledgers(self, most: int) -> float:
        """The two weeks side by side, with at most so many lines each."""
        half = (self.width - GUTTER) / 2
        return (
            SECTION
            + SECTION_HEAD
            + FIGURES
            + max(self._ledger(self.card.this_week, most, half), self._ledger(self.card.next_week, most, half))
        )

    @cached_property
    def _tracks(self) -> Sequence[str]:
        """The card's tracks by name."""
        return [track.track for track in self.card.tracks]

    def _ledger(self, week: WeekFigures, most: int, width: float) -> float:
        if not week.items:
            return max(2 * 5.0, cards.boxes_to_fill(week) * LEDGER_TABLE.height())
        height = REST if len(week.items) > most else 0.0
        for item in week.items[:most]:
            what = n_lines(f"{item.account} {item.opportunity}", width - LEDGER_OTHERS, MIXED_SIZE)
            milestone = n_lines(item.milestone, 21, TABLE_SIZE) + bool(cards.track_suffix(item.track, self._tracks))
            note = 3.2 * n_lines(cards.ledger_note(item, week, self.formats) or "", width - LEDGER_OTHERS, NOTE_SIZE)
            has_note = bool(cards.ledger_note(item, week, self.formats))
            height += max(LEDGER_TABLE.height(what) + (note if has_note else 0), LEDGER_TABLE.height(milestone))
        return height

    @cached_property
    def most_lines(self) -> int:
        """Lines of a ledger that leave room for the rest of the first page."""
        fits = (n for n in range(MOST_LEDGER_LINES, FEWEST_LINES, -1) if self._takes_its_share(n))
        return next(fits, FEWEST_LINES)

    def _takes_its_share(self, most: int) -> bool:
        return self.head + self.ledgers(most) <= LEDGER_SHARE * self.height

    @cached_property
    def weeks(self) -> float:
        """Thirteen weeks, where they are shown."""
        return SECTION + SECTION_HEAD + WEEKS if shows_weeks(self.card) else 0.0

    def year(self, track: TrackCard, chart: float, rows: Rows) -> float:
        """The year against pace beside the milestones' table."""
        finish = sum(2.2 + 4.0 * n_lines(said, SIDE_COLUMN, TABLE_SIZE) for said in self._said_of_year(track) if said)
        lines = sum(n_lines(line.milestone, 22, TABLE_SIZE) for line in track.by_milestone)
        extra = (lines - len(track.by_milestone)) * rows.line
        table = TABLE_HEAD + (len(track.by_milestone) + 1) * rows.height() + extra + finish
        drawn = chart if shows_year(track, self.card.stamp) else 2 * 4.1
        return SECTION + SECTION_HEAD + max(drawn, table)

    def _said_of_year(self, track: TrackCard) -> Sequence[str]:
        """The paragraphs under the milestones' table."""
        finish = cards.finish(track.pace, self.card.stamp, self.formats)
        return (
            f"To finish the year {finish}" if finish else "",
            cards.gaps(track.pace, self.formats),
            cards.without_quota(track.pace, self.formats),
        )

    def conversion(self, track: TrackCard, rows: Rows) -> float:
        """The conversion table."""
        steps = [row for row in track.conversion if row.next_milestone]
        lines = sum(n_lines(f"{row.milestone} → {row.next_milestone}", 40, TABLE_SIZE) for row in steps)
        note = cards.undated_note(track, self.formats)
        noted = 2.6 + 4.1 * n_lines(note, self.width, TABLE_SIZE) if note else 0.0
        return SECTION + SECTION_HEAD + TABLE_HEAD + len(steps) * rows.padding + lines * rows.line + noted

    def fixed(self, fixed: Fixed) -> Sequence[float]:
        """The blocks that stay whole, in order: head and weeks, then year and conversion a track."""
        rows = TIGHT_TABLE if fixed.tight else ROOMY_TABLE
        name = 7.0 if len(self.card.tracks) > 1 else 0.0
        blocks = [self.head + self.ledgers(fixed.n_lines), self.weeks]
        if self.card.stamp.nothing_recorded:
            return blocks
        for track in self.card.tracks[: fixed.n_tracks]:
            blocks += [name + self.year(track, fixed.chart, rows), self.conversion(track, rows)]
        if fixed.n_tracks < len(self.card.tracks):
            blocks.append(REST)
        return blocks

    def row(self, opportunity: OpenOpportunity, rows: Rows) -> float:
        """The height of an open opportunity's row."""
        return rows.height(max(self._what(opportunity, rows), self._flags(opportunity, rows)))

    def _what(self, opportunity: OpenOpportunity, rows: Rows) -> int:
        width = self.width - OPEN_OTHERS
        suffix = cards.track_suffix(opportunity.track, self._tracks)
        account, work = opportunity.account or opportunity.opportunity, f"{opportunity.opportunity} ({suffix})"
        if rows is DENSE_OPEN:
            return n_lines(f"{account} {work}", width, 7.2)  # 7.4, of which most is regular and so narrower
        return n_lines(account, width, 8.3) + n_lines(work, width, 8)

    def _flags(self, opportunity: OpenOpportunity, rows: Rows) -> int:
        flags = int(opportunity.overdue_days > 0) + int(opportunity.next_planned_on is None)
        claim = cards.claim_says(opportunity)
        lines = n_lines(f"xx {claim}", 34, 8) if claim else 0
        return max(lines + (min(flags, 1) if rows is DENSE_OPEN else flags), 1)

    @cached_property
    def open_and_reading(self) -> float:
        """Every open opportunity with room to spare, and how to read the card."""
        rows = sum(self.row(opportunity, ROOMY_OPEN) for opportunity in self.card.open)
        return SECTION + SECTION_HEAD + (TABLE_HEAD + rows if self.card.open else 10.0) + self.reading

    @cached_property
    def reading(self) -> float:
        """How to read this card."""
        return SECTION + SECTION_HEAD + 34.0

    def n_open_in(self, room: float, rows: Rows) -> int:
        """How many open opportunities fit into a room, the line that counts the others included."""
        room -= SECTION + SECTION_HEAD + TABLE_HEAD
        heights = [self.row(opportunity, rows) for opportunity in self.card.open]
        if sum(heights) <= room:
            return len(heights)
        return sum(used + REST <= room for used in accumulate(heights))


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
    fixed = on_one_page(room) or on_first_page(room) or on_two_pages(room)
    page, used = end_of(room.fixed(fixed), room.height)
    left = room.height - used
    breaks = page == 1 and left < room.open_and_reading
    left = room.height if breaks else left
    with_reading = left - room.reading >= min(LEAST_FOR_OPEN, room.open_and_reading - room.reading)
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


@dataclass(frozen=True, slots=True)
class Fixed:
    """The setting of what stays whole: all but the open opportunities and how to read the card."""

    n_lines: int
    """Of a week's ledger."""
    chart: float
    tight: bool
    n_tracks: int


def on_one_page(room: CardRoom) -> Fixed | None:
    """The setting with which one page holds the whole card."""
    for chart in CHART_HEIGHTS:
        fixed = Fixed(room.most_lines, chart, tight=False, n_tracks=len(room.card.tracks))
        if chart >= LEAST_ON_FIRST_PAGE and end_of([*room.fixed(fixed), room.open_and_reading], room.height)[0] == 1:
            return fixed
    return None


def on_first_page(room: CardRoom) -> Fixed | None:
    """The setting with which the first page holds the figures: the ledgers' lines first, then the charts' height."""
    every, heights = len(room.card.tracks), [height for height in CHART_HEIGHTS if height >= LEAST_ON_FIRST_PAGE]
    for n_shown in range(room.most_lines, FEWEST_LINES_FOR_ONE_PAGE - 1, -1):
        if end_of(room.fixed(Fixed(n_shown, heights[-1], tight=False, n_tracks=every)), room.height)[0] == 1:
            charts = (Fixed(n_shown, chart, tight=False, n_tracks=every) for chart in heights)
            return next(fixed for fixed in charts if end_of(room.fixed(fixed), room.height)[0] == 1)
    return None


def on_two_pages(room: CardRoom) -> Fixed:
    """The setting with which two pages hold the figures and the first open opportunities; a track fewer if not."""
    for n_tracks, tight in product(range(len(room.card.tracks), 0, -1), (False, True)):
        settings = (Fixed(room.most_lines, chart, tight, n_tracks) for chart in CHART_HEIGHTS)
        fitting = [fixed for fixed in settings if leaves_room_for_open(room, fixed)]
        if fitting:
            return max(fitting, key=lambda fixed: (n_on_first_page(room.fixed(fixed), room.height), fixed.chart))
    return Fixed(FEWEST_LINES, 0.0, tight=True, n_tracks=1)


def leaves_room_for_open(room: CardRoom, fixed: Fixed) -> bool:
    """Whether the figures end on two pages with room for the first open opportunities."""
    page, used = end_of(room.fixed(fixed), room.height)
    return page < MOST_PAGES or (page == MOST_PAGES and room.height - used >= LEAST_FOR_OPEN)


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
        chart_mm=64.0,
        year_mm=58.0,
        with_marks=n_reps <= MOST_REPS_WITH_MARKS,
        n_overdue=min(len(rollup.overdue), MOST_OVERDUE_PRINTED),
    )
