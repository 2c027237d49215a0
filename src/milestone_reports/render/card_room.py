"""How high the parts of a printed card are: estimates of lines and heights that err on the safe side.

All lengths are millimetres. Must not know of markup, nor how a card is set; its measures are those of
templates/static/css/page.css.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from milestone_reports.render.measures import n_lines
from milestone_reports.render.pictures import shows_weeks, shows_year
from milestone_reports.render.words import card_weeks, cards, headlines, levers, multipliers
from milestone_reports.render.words.reading import reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import Conversion, OpenOpportunity, WeekFigures
    from milestone_reports.scorecards.pages import RepScorecard, TrackCard

PAPERS = {"A4": (180.0, 269.0), "Letter": (185.9, 251.4)}
"""Width and height inside the margins."""

SLACK = 4.0
"""Kept free on each page, for what an estimate may miss."""

SECTION, SECTION_HEAD, TABLE_HEAD = 4.6, 6.7, 7.0
FIGURES, REST = 7.6, 4.6
SIDE_COLUMN, GUTTER = 64.0, 8.0
LEDGER_OTHERS, OPEN_OTHERS = 35.5, 131.0
"""Of a ledger and of the open ones, what the columns beside the opportunity take."""
STEP_COLUMN, STEP_COLUMN_ALONE, TO_SALE_COLUMN = 38.5, 60.5, 23.5
"""Of the conversion table, what is left for a step's name, and what its rate to the sale has."""
STAGE_COLUMN, NEXT_COLUMN, FLAGS_COLUMN = 20.0, 29.0, 36.0
DENSE_STAGE, DENSE_NEXT, DENSE_FLAGS = 18.0, 27.0, 40.5
"""Of an open opportunity's row: the stage beside its pips, the next milestone with its day, the flags."""
NOTE_LINE, TABLE_LINE, LEVER_LINE, STREAK_LINE = 3.55, 4.0, 5.4, 4.4
PLAN_NOTE, STREAK_GAP = 1.6, 1.2
"""Above the note on which plan was used, and between the lines of the streak."""
MIXED_SIZE = 7.75
"""Of a table's text of which half is regular, and so narrower than the semibold that is measured."""
REGULAR_NOTE, REGULAR_TABLE, REGULAR_DECK, REGULAR_DENSE = 6.7, 7.7, 10.8, 7.05
"""Of text of which most is regular: notes, sentences, headline and lever, and the open ones where they are dense."""
WEEKS = 26.0
TABLE_SIZE, NOTE_SIZE, NAME_SIZE = 8.06, 7.0, 21.5
LEDGER_SHARE = 0.62
"""Of the first page, what head and ledgers may take before their lines are counted instead of listed."""
FEWEST_LINES = 4
MOST_LEDGER_LINES = 24


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
class Fixed:
    """The setting of what stays whole: all but the open opportunities and how to read the card."""

    n_lines: int
    """Of a week's ledger."""
    chart: float
    tight: bool
    n_tracks: int


class CardRoom:
    """The heights of a card's parts on its paper."""

    def __init__(self, card: RepScorecard, formats: Formats) -> None:
        self.card = card
        self.formats = formats
        self.width, height = PAPERS[card.stamp.paper]
        self.height = height - SLACK
        self.column = self.width - SIDE_COLUMN - GUTTER

    def head(self, n_tracks: int) -> float:
        """Name, headline and a quota line a track; the small print under it of the first tracks."""
        card = self.card
        name = n_lines(card.rep, self.width, NAME_SIZE) * 8.6
        deck = n_lines(headlines.rep_headline(card.headline, self.formats), self.width, REGULAR_DECK) * 5.3
        quotas = sum(self._quota(track, with_multiplier=n < n_tracks) for n, track in enumerate(card.tracks))
        listing = 4.2 if cards.not_listed(card) else 0.0
        return 8.2 + name + deck + listing + 1.0 + quotas

    def _quota(self, track: TrackCard, *, with_multiplier: bool) -> float:
        """The equation of a track's quota with what stands under it."""
        if not track.quota:
            return 0.0
        multiplier = multipliers.multiplier_says(track.multiplier, self.formats) if with_multiplier else ""
        note = f"{cards.quota_note(track.quota, self.formats)} {multiplier}".strip()
        noted = 1.0 + NOTE_LINE * n_lines(note, self.width, REGULAR_NOTE) if note else 0.0
        return 18.5 + noted + (4.0 if len(self.card.tracks) > 1 else 0.0)

    def lever(self, n_tracks: int) -> float:
        """The lever and the strength of each of the first tracks."""
        tracks = levers.with_lever(self.card, n_tracks, self.formats)
        return SECTION + SECTION_HEAD + sum(map(self._lever_of, tracks)) + 2.0 * (len(tracks) - 1) if tracks else 0.0

    def _lever_of(self, track: TrackCard) -> float:
        said = LEVER_LINE * n_lines("".join(levers.lever(track, self.formats)), self.width, REGULAR_DECK)
        strength = levers.beside_lever(track, self.formats)
        below = 0.8 + TABLE_LINE * n_lines(strength, self.width, REGULAR_TABLE) if strength else 0.0
        return said + below + (TABLE_LINE if len(self.card.tracks) > 1 else 0.0)

    def ledgers(self, most: int) -> float:
        """The two weeks side by side, with at most so many lines each."""
        half = (self.width - GUTTER) / 2
        return (
            SECTION
            + SECTION_HEAD
            + FIGURES
            + max(
                self._ledger(self.card.this_week, most, half) + self._plan_note(half),
                self._ledger(self.card.next_week, most, half),
            )
        )

    def _plan_note(self, width: float) -> float:
        """Which plan the week is judged by, under its ledger."""
        if self.card.new_this_week:
            return 0.0
        said = card_weeks.plan_says(self.card.this_week, self.formats)
        return PLAN_NOTE + NOTE_LINE * n_lines(said, width, REGULAR_NOTE)

    @cached_property
    def _tracks(self) -> Sequence[str]:
        """The card's tracks by name."""
        return [track.track for track in self.card.tracks]

    def _ledger(self, week: WeekFigures, most: int, width: float) -> float:
        if not week.items:
            return max(2 * 5.0, card_weeks.boxes_to_fill(week) * LEDGER_TABLE.height())
        height = REST if len(week.items) > most else 0.0
        for item in week.items[:most]:
            what = n_lines(f"{item.account} {item.opportunity}", width - LEDGER_OTHERS, MIXED_SIZE)
            milestone = n_lines(item.milestone, 21, TABLE_SIZE) + bool(cards.track_suffix(item.track, self._tracks))
            said = card_weeks.ledger_note(item, week, self.formats)
            note = 3.2 * n_lines(said, width - LEDGER_OTHERS, NOTE_SIZE) if said else 0.0
            height += max(LEDGER_TABLE.height(what) + note, LEDGER_TABLE.height(milestone))
        return height

    @cached_property
    def most_lines(self) -> int:
        """Lines of a ledger that leave room for the rest of the first page."""
        fits = (n for n in range(MOST_LEDGER_LINES, FEWEST_LINES, -1) if self._takes_its_share(n))
        return next(fits, FEWEST_LINES)

    def _takes_its_share(self, most: int) -> bool:
        return self.head(len(self.card.tracks)) + self.ledgers(most) <= LEDGER_SHARE * self.height

    @cached_property
    def weeks(self) -> float:
        """Thirteen weeks beside the streak, where they are shown."""
        return SECTION + SECTION_HEAD + max(WEEKS, self._streak) if shows_weeks(self.card) else 0.0

    @property
    def _streak(self) -> float:
        """The streak, the best week and the reliability."""
        kept = card_weeks.reliability_line(self.card.reliability, self.formats)
        said = [strong + rest for strong, rest in (*card_weeks.streak_lines(self.card, self.formats), kept) if rest]
        return sum(STREAK_GAP + STREAK_LINE * n_lines(text, SIDE_COLUMN, REGULAR_TABLE) for text in said)

    def year(self, track: TrackCard, chart: float, rows: Rows) -> float:
        """The year against pace beside the milestones' table."""
        finish = sum(
            2.2 + 4.0 * n_lines(said, SIDE_COLUMN, REGULAR_TABLE) for said in self._said_of_year(track) if said
        )
        lines = sum(n_lines(line.milestone, 22, TABLE_SIZE) for line in track.by_milestone)
        extra = (lines - len(track.by_milestone)) * rows.line
        table = TABLE_HEAD + (len(track.by_milestone) + 1) * rows.height() + extra + finish
        drawn = chart if shows_year(track, self.card.stamp) else 2 * 4.1
        return SECTION + SECTION_HEAD + max(drawn, table)

    def _said_of_year(self, track: TrackCard) -> Sequence[str]:
        """The paragraphs under the milestones' table."""
        finish = cards.finish(track.pace, self.card.stamp, self.formats)
        back = "" if self.card.new_this_week else levers.back_on_pace(track, self.formats)
        return (
            f"To finish the year {finish} {back}" if finish else "",
            cards.gaps(track.pace, self.formats),
            cards.without_quota(track.pace, self.formats),
        )

    def conversion(self, track: TrackCard, rows: Rows) -> float:
        """The conversion table."""
        steps = [row for row in track.conversion if row.next_milestone]
        width = STEP_COLUMN if cards.has_team_rates(track) else STEP_COLUMN_ALONE
        lines = sum(self._lines_of_step(row, width) for row in steps)
        note, outlook = cards.conversion_notes(track, self.card.stamp, self.formats), cards.outlook(track, self.formats)
        said = 1.5 + NOTE_LINE * n_lines(note, self.width, REGULAR_NOTE) if note else 0.0
        said += 2.2 + TABLE_LINE * n_lines(f"Forecast {outlook}", self.width, REGULAR_TABLE) if outlook else 0.0
        return SECTION + SECTION_HEAD + TABLE_HEAD + len(steps) * rows.padding + lines * rows.line + said

    def _lines_of_step(self, row: Conversion, width: float) -> int:
        early = "early" if row.to_sale_says == "early" else ""
        so_far = f"{self.formats.share(row.to_sale)} {early}" if row.to_sale else ""
        return max(
            n_lines(f"{row.milestone} → {row.next_milestone}", width, TABLE_SIZE),
            n_lines(so_far, TO_SALE_COLUMN, MIXED_SIZE),
        )

    def fixed(self, fixed: Fixed) -> Sequence[float]:
        """The blocks that stay whole, in order: head, weeks and lever, then year and conversion a track."""
        rows = TIGHT_TABLE if fixed.tight else ROOMY_TABLE
        name = 7.0 if len(self.card.tracks) > 1 else 0.0
        blocks = [self.head(fixed.n_tracks) + self.ledgers(fixed.n_lines), self.lever(fixed.n_tracks), self.weeks]
        if self.card.stamp.nothing_recorded:
            return blocks
        for track in self.card.tracks[: fixed.n_tracks]:
            blocks += [name + self.year(track, fixed.chart, rows), self.conversion(track, rows)]
        if fixed.n_tracks < len(self.card.tracks):
            blocks.append(REST)
        return blocks

    def row(self, opportunity: OpenOpportunity, rows: Rows) -> float:
        """The height of an open opportunity's row."""
        dense = rows is DENSE_OPEN
        stage, following = (DENSE_STAGE, DENSE_NEXT) if dense else (STAGE_COLUMN, NEXT_COLUMN)
        planned = self.formats.day(opportunity.next_planned_on) if opportunity.next_planned_on else ""
        lines = (
            self._what(opportunity, rows),
            self._flags(opportunity, rows),
            n_lines(opportunity.stage, stage, REGULAR_DENSE if dense else REGULAR_TABLE),
            n_lines(f"{opportunity.next_milestone} {planned}", following, REGULAR_DENSE if dense else REGULAR_TABLE),
        )
        return rows.height(max(lines))

    def _what(self, opportunity: OpenOpportunity, rows: Rows) -> int:
        width = self.width - OPEN_OTHERS
        suffix = cards.track_suffix(opportunity.track, self._tracks)
        account = opportunity.account or opportunity.opportunity
        work = f"{opportunity.opportunity} ({suffix})" if suffix else opportunity.opportunity
        if rows is DENSE_OPEN:
            return n_lines(f"{account} {work}", width, REGULAR_DENSE)
        return n_lines(account, width, 8.3) + n_lines(work, width, 8)

    def _flags(self, opportunity: OpenOpportunity, rows: Rows) -> int:
        flags = [f"{glyph} {text}" for _, glyph, text in cards.open_flags(opportunity, self.formats)]
        if rows is DENSE_OPEN:
            return n_lines(" x ".join(flags), DENSE_FLAGS, 7.4)
        return max(sum(n_lines(f"x{flag}", FLAGS_COLUMN, 8) for flag in flags), 1)

    @cached_property
    def attention(self) -> float:
        """What the open ones ask for, counted."""
        flags = cards.attention_flags(self.card.attention, self.formats)
        said = " xx ".join(f"{glyph} {text}" for _, glyph, text in flags)
        return 1.5 + TABLE_LINE * n_lines(said, self.width, TABLE_SIZE) if flags and self.card.open else 0.0

    @cached_property
    def open_and_reading(self) -> float:
        """Every open opportunity with room to spare, and how to read the card."""
        rows = sum(self.row(opportunity, ROOMY_OPEN) for opportunity in self.card.open)
        return SECTION + SECTION_HEAD + self.attention + (TABLE_HEAD + rows if self.card.open else 10.0) + self.reading

    @cached_property
    def reading(self) -> float:
        """How to read this card: two columns of terms."""
        half = (self.width - GUTTER) / 2
        columns = reading(self.card, self.formats)
        heights = [sum(0.8 + NOTE_LINE * n_lines(term.text, half, REGULAR_NOTE) for term in terms) for terms in columns]
        return SECTION + SECTION_HEAD + max(heights)

    def n_open_in(self, room: float, rows: Rows) -> int:
        """How many open opportunities fit into a room, the line that counts the others included."""
        room -= SECTION + SECTION_HEAD + self.attention + TABLE_HEAD
        heights = [self.row(opportunity, rows) for opportunity in self.card.open]
        if sum(heights) <= room:
            return len(heights)
        return sum(used + REST <= room for used in accumulate(heights))
