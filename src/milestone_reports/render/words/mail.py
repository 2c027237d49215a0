"""What the message with a rep's scorecard says first: its subject, and the week in four figures.

The same lines stand in its HTML and in its plain text. Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_reports.render.formats import DASH
from milestone_reports.render.language import gettext, ngettext
from milestone_reports.render.words.grammar import in_words
from milestone_reports.render.words.levers import back_on_pace
from milestone_reports.render.words.teams import more_claimed, year_note

if TYPE_CHECKING:
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import WeekFigures
    from milestone_reports.scorecards.pages import Attention, RepScorecard, Stamp, TrackCard


@dataclass(frozen=True, slots=True)
class MailFigure:
    """One of the four: what it is, and its value with what it is held against; of several tracks one each."""

    says: str
    lines: tuple[tuple[str, str], ...]


def week_says(stamp: Stamp, formats: Formats) -> str:
    """`week 47 (16–22 November)`, inside a subject."""
    dates = formats.week_range(stamp.week_first_on, stamp.week_last_on)
    return gettext("week {week} ({dates})", week=formats.week_number(stamp.week), dates=dates)


def week_line(stamp: Stamp, formats: Formats) -> str:
    """`Week 47, 16–22 November 2026`."""
    dates = formats.week_range(stamp.week_first_on, stamp.week_last_on, with_year=True)
    return gettext("Week {week}, {dates}", week=formats.week_number(stamp.week), dates=dates)


def card_subject(stamp: Stamp, formats: Formats) -> str:
    """A subject without a figure: it is read on locked screens too."""
    return gettext("Your scorecard, {week}", week=week_says(stamp, formats))


def card_figures(card: RepScorecard, formats: Formats) -> list[MailFigure]:
    """The week done, the week's plan, the year, and what is open."""
    week = card.this_week
    planned = _of_planned(week, formats, is_first=card.new_this_week)
    return [
        MailFigure(gettext("Done this week"), ((formats.count(week.done), _against_target(week, formats)),)),
        MailFigure(gettext("Completed of planned"), (planned,)),
        MailFigure(gettext("Done this year"), year_lines(card, formats)),
        MailFigure(gettext("Open opportunities"), ((formats.count(len(card.open)), _open_note(card, formats)),)),
    ]


def year_lines(card: RepScorecard, formats: Formats) -> tuple[tuple[str, str], ...]:
    """The year against pace, track by track; a dash before anything is dated."""
    if card.stamp.nothing_recorded or not card.tracks:
        return ((DASH, not_yet()),)
    several = len(card.tracks) > 1
    return tuple(_year_line(track, formats, several=several, judged=not card.new_this_week) for track in card.tracks)


def not_yet() -> str:
    """Why there is no figure before anything is recorded."""
    return gettext("not yet: no milestone has a completion date")


def _year_line(track: TrackCard, formats: Formats, *, several: bool, judged: bool) -> tuple[str, str]:
    done = track.pace.credited_to_date
    if not judged and track.pace.gap is not None:
        says = gettext("measured from next week")
        return formats.count(done) if done else DASH, on_track(track.track, says, several=several)
    says = on_track(track.track, year_note(track.pace, formats), several=several)
    way_back = back_on_pace(track, formats)
    return formats.count(done), f"{says}. {way_back}" if way_back else says


def on_track(track: str, says: str, *, several: bool) -> str:
    """What is said of a track, with its name where there are several."""
    return gettext("{track}: {says}", track=track, says=says) if several else says


def _against_target(week: WeekFigures, formats: Formats) -> str:
    return "; ".join(filter(None, (_target(week, formats), more_claimed(week.claimed, formats))))


def _target(week: WeekFigures, formats: Formats) -> str:
    if week.target is None:
        return gettext("no quota is set")
    target = formats.number(week.target)
    if week.done > week.target:
        return gettext("above the target of {target}", target=target)
    return gettext("target {target}", target=target)


def _of_planned(week: WeekFigures, formats: Formats, *, is_first: bool) -> tuple[str, str]:
    if not week.planned:
        return DASH, gettext("the first week: nothing was planned") if is_first else gettext("nothing was planned")
    value = gettext(
        "{part} of {whole}", part=formats.count(week.completed_of_planned), whole=formats.count(week.planned)
    )
    notes = []
    if week.completed_early:
        notes.append(gettext("{n} of them early", n=formats.count(week.completed_early)))
    if week.beyond_plan:
        notes.append(gettext("{n} done beyond the plan", n=formats.count(week.beyond_plan)))
    return value, "; ".join(notes)


def _open_note(card: RepScorecard, formats: Formats) -> str:
    if not card.open:
        return gettext("none are open under this name")
    overdue = card.attention.n_overdue
    parts = [gettext("{value} together", value=formats.money(card.open_value))] if card.open_value else []
    parts.append(_presumed_lost(card.attention, formats))
    parts.append(gettext("{n} overdue", n=formats.count(overdue)) if overdue else gettext("none overdue"))
    return "; ".join(filter(None, parts))


def _presumed_lost(attention: Attention, formats: Formats) -> str:
    """`11 of them presumed lost, $657,500`; empty for none."""
    count, n = attention.n_presumed_lost, formats.count(attention.n_presumed_lost)
    if not count:
        return ""
    if not attention.presumed_lost_value:
        return ngettext("{n} of them presumed lost", "{n} of them presumed lost", count, n=n)
    return ngettext(
        "{n} of them presumed lost, {value}",
        "{n} of them presumed lost, {value}",
        count,
        n=n,
        value=formats.money(attention.presumed_lost_value),
    )


def ask_for_checks(n_problems: int, formats: Formats) -> str:
    """How many data checks concern a card, and who has them; empty for none."""
    if not n_problems:
        return ""
    return ngettext(
        "{n} data check concerns this card: your manager has it, please ask.",
        "{n} data checks concern this card: your manager has them, please ask.",
        n_problems,
        n=formats.count(n_problems),
    )


def failures_subject(week: str, count: int, formats: Formats) -> str:
    """`Not delivered, week 47: 3 messages`."""
    return ngettext(
        "Not delivered, week {week}: {n} message",
        "Not delivered, week {week}: {n} messages",
        count,
        week=formats.week_number(week),
        n=formats.count(count),
    )


def and_more(count: int, formats: Formats) -> str:
    """`And three more.`."""
    return ngettext("And one more.", "And {n} more.", count, n=in_words(count, formats))
