"""What the message with a team's report says: its subject, its figures, who did what, what asks for something.

The same lines stand in its HTML and in its plain text. Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.formats import DASH
from milestone_reports.render.language import gettext
from milestone_reports.render.words.cards import attention_flags
from milestone_reports.render.words.coaching import sale_word
from milestone_reports.render.words.forecasts import year_end
from milestone_reports.render.words.grammar import joined
from milestone_reports.render.words.mail import MailFigure, not_yet, on_track, week_says
from milestone_reports.render.words.team_week import week_note
from milestone_reports.render.words.teams import in_money, open_note, revenue_target, sales_note, year_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import WeekFigures
    from milestone_reports.scorecards.pages import RepRow, Stamp, TeamRollup, TeamTrack, TrackCard

MOST_COACHED, MOST_STARTS = 5, 3
MOST_TRACKS, MOST_ROWS = 2, 20
"""Of a message's lists; what is beyond them is counted, and stands in the report. Mail programs cut what is long."""


def team_subject(stamp: Stamp, formats: Formats) -> str:
    """The team and the week, without a figure."""
    return gettext("{team}: team report, {week}", team=stamp.team, week=week_says(stamp, formats))


def team_figures(rollup: TeamRollup, formats: Formats) -> list[MailFigure]:
    """The week, the year, its sales and revenue, what it comes to, and what is open, as on the team's page."""
    week, count, none = rollup.this_week, formats.count, ((DASH, not_yet()),)
    cards = [] if rollup.stamp.nothing_recorded else [track.card for track in rollup.tracks]
    several = len(rollup.tracks) > 1
    year = tuple(
        (count(card.pace.credited_to_date), on_track(card.track, year_note(card.pace, formats), several=several))
        for card in cards
    )
    sales = tuple(
        (count(card.sales.contracts_to_date), on_track(card.track, sales_note(card.sales, formats), several=several))
        for card in cards
    )
    return [
        MailFigure(gettext("Milestones this week"), ((count(week.done), week_note(week, formats)),)),
        MailFigure(gettext("Milestones this year"), year or none),
        MailFigure(_sales_title(rollup), sales or none),
        *_revenue(cards, formats, several=several),
        *_forecast(cards, formats, several=several),
        MailFigure(gettext("Open opportunities"), ((count(rollup.n_open), open_note(rollup, formats)),)),
    ]


def _revenue(cards: Sequence[TrackCard], formats: Formats, *, several: bool) -> list[MailFigure]:
    """What is signed against what is needed, of the tracks that have to do with money."""
    lines = tuple(
        (
            formats.money_short(card.sales.revenue_to_date),
            on_track(card.track, revenue_target(card.sales, formats), several=several),
        )
        for card in cards
        if in_money(card.sales)
    )
    return [MailFigure(gettext("Revenue signed"), lines)] if lines else []


def _forecast(cards: Sequence[TrackCard], formats: Formats, *, several: bool) -> list[MailFigure]:
    """What the year comes to, of the tracks that have a forecast with a date."""
    ends = [(card.track, end) for card in cards if (end := year_end(card, formats))]
    lines = tuple((end.value, on_track(track, end.note, several=several)) for track, end in ends)
    if not ends:
        return []
    return [MailFigure(gettext("Forecast to the year’s end") if several else ends[0][1].says, lines)]


def _sales_title(rollup: TeamRollup) -> str:
    in_contracts = rollup.tracks and all(sale_word(track.card) == "contract" for track in rollup.tracks)
    return gettext("Contracts this year") if in_contracts else gettext("Sales this year")


def team_next_week(week: WeekFigures, formats: Formats) -> str:
    """`23 planned, 7 carried over; target 17`."""
    parts = [gettext("{n} planned", n=formats.count(week.planned))]
    parts.append(gettext("{n} carried over", n=formats.count(week.carried_over)))
    if week.target is None:
        return ", ".join(parts)
    return "; ".join((", ".join(parts), gettext("target {target}", target=formats.number(week.target))))


def mail_tracks(rollup: TeamRollup) -> Sequence[TeamTrack]:
    """The tracks whose reps and coaching list a message has."""
    return rollup.tracks[:MOST_TRACKS]


def mail_tracks_rest(rollup: TeamRollup) -> str:
    """Which tracks it leaves to the report; empty for none."""
    names = [track.card.track for track in rollup.tracks[MOST_TRACKS:]]
    return gettext("The report also has {tracks}.", tracks=joined(names)) if names else ""


def mail_rows(track: TeamTrack, n_tracks: int) -> Sequence[RepRow]:
    """The rows of a message's table, those furthest behind pace first; of a large team no more than have room."""
    judged = [row for row in reversed(track.reps) if is_judged(row)]
    others = [row for row in track.reps if not is_judged(row)]
    return [*judged, *others][: MOST_ROWS // max(n_tracks, 1)]


def is_judged(row: RepRow) -> bool:
    """Whether a gap stands in the row: none without a quota and in the first week."""
    return row.gap is not None and not row.new_this_week


def mail_rows_aside(track: TeamTrack, n_tracks: int, formats: Formats) -> str:
    """Which of a large team's reps the table has; empty where it has all."""
    shown = mail_rows(track, n_tracks)
    if len(shown) == len(track.reps):
        return ""
    n, every = formats.count(len(shown)), formats.count(len(track.reps))
    if not all(map(is_judged, shown)):
        return gettext("{n} of {all}; the report has every one.", n=n, all=every)
    return gettext("The {n} furthest behind pace, of {all}; the report has every one.", n=n, all=every)


def row_done(row: RepRow, formats: Formats) -> str:
    """`3`, `0 +1` with one that is not credited."""
    done = formats.count(row.done)
    return f"{done} +{formats.count(row.claimed)}" if row.claimed else done


def row_planned(row: RepRow, formats: Formats) -> str:
    """`3 of 5`; a dash where nothing was planned."""
    if not row.planned:
        return DASH
    return gettext("{part} of {whole}", part=formats.count(row.completed_of_planned), whole=formats.count(row.planned))


def row_gap(row: RepRow, formats: Formats) -> str:
    """`−3`; a dash without a quota and in the first week."""
    return formats.signed(row.gap) if row.gap is not None and is_judged(row) else DASH


def row_says(row: RepRow, formats: Formats) -> str:
    """A rep's row as a sentence of the plain text."""
    done, year = row_done(row, formats), formats.count(row.credited_to_date)
    planned, gap = row_planned(row, formats), row_gap(row, formats)
    return gettext(
        "{rep}: done {done}, of planned {planned}; year {year}, against pace {gap}",
        rep=row.rep,
        done=done,
        planned=planned,
        year=year,
        gap=gap,
    )


def attention_says(rollup: TeamRollup, formats: Formats) -> list[str]:
    """What of the open opportunities asks for something, each as a count."""
    unproven = gettext("{n} open with evidence missing", n=formats.count(rollup.attention.n_evidence_missing))
    flags = attention_flags(rollup.attention, formats)
    return [unproven if kind == "evidence" else says for kind, _, says in flags]


def mail_rows_key(rows: Sequence[RepRow]) -> str:
    """How to read the table of reps."""
    key = gettext(
        "Done and planned: this week. Gap: milestones against the year’s pace. "
        "A dash: nothing planned, no quota, or the first week."
    )
    if not any(row.claimed for row in rows):
        return key
    return " ".join((key, gettext("After a plus: completed, not credited.")))
