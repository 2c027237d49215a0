"""What stands on a card's weeks: the notes of the ledger, what a printed one leaves out, the streak and the best week.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext, said
from milestone_reports.render.words.grammar import in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import LedgerItem, Streak, WeekFigures
    from milestone_reports.scorecards.pages import RepScorecard


def ledger_day(item: LedgerItem, week: WeekFigures, formats: Formats) -> str:
    """The day of the week that a line is of; empty for one of another week, and for one that is carried."""
    if item.on is None or item.state == "carried" or not week.first_on <= item.on <= week.last_on:
        return ""
    return formats.weekday(item.on)


def ledger_note(item: LedgerItem, week: WeekFigures, formats: Formats) -> str:
    """What stands small under a line of a week."""
    note = ""
    early_on = formats.day(item.on) if item.on and item.on < week.first_on else ""
    match item.state:
        case "claimed":
            note = claimed_note(said(item.reason), early_on)
        case "done" if early_on:
            note = gettext("done on {day}, ahead of its week", day=early_on)
        case "done" if not item.planned_here:
            note = gettext("not on the plan")
        case "lost":
            note = gettext("lost {weekday}", weekday=formats.weekday(item.on)) if item.on else gettext("lost")
        case "closed":
            note = gettext("closed {weekday}", weekday=formats.weekday(item.on)) if item.on else gettext("closed")
        case "carried" if item.planned_on and item.planned_on < week.first_on:
            note = gettext("carried over, planned for {day}", day=formats.day(item.planned_on))
        case "carried":
            note = gettext("not completed")
        case "planned" if week_has_begun(week, formats):
            note = gettext("still open this week")
    return note


def claimed_note(reason: str, early_on: str) -> str:
    """Why something completed is not credited, and on what day it was where that was before its week."""
    if early_on:
        return gettext("completed on {day}, ahead of its week, not credited: {reason}", day=early_on, reason=reason)
    return gettext("completed, not credited: {reason}", reason=reason)


def week_has_begun(week: WeekFigures, formats: Formats) -> bool:
    """Whether the week is not one to come: what is planned in it is then said to be open."""
    return formats.as_of is not None and week.first_on <= formats.as_of


def is_early(item: LedgerItem, week: WeekFigures) -> bool:
    """Whether a line of the week's plan was done before the week began: no week's tick."""
    return item.state in {"done", "claimed"} and item.on is not None and item.on < week.first_on


def planned_note(week: WeekFigures, formats: Formats) -> str:
    """What stands beside the count of planned ones: how many of the completed were so before the week."""
    if week.completed_early:
        return gettext("planned, {n} early", n=formats.count(week.completed_early))
    return gettext("planned")


def ledger_rest(items: Sequence[LedgerItem], formats: Formats) -> str:
    """What a printed week leaves out: `and 8 more: 6 planned, 2 carried over`."""
    counts = Counter(item.state for item in items)
    kinds = ", ".join(count_in_state(state, formats.count(count)) for state, count in counts.items())
    return ngettext(
        "and {n} more: {kinds}", "and {n} more: {kinds}", len(items), n=formats.count(len(items)), kinds=kinds
    )


def count_in_state(state: str, n: str) -> str:
    """`6 planned`."""
    return {
        "done": gettext("{n} done", n=n),
        "claimed": gettext("{n} claimed", n=n),
        "planned": gettext("{n} planned", n=n),
        "carried": gettext("{n} carried over", n=n),
        "lost": gettext("{n} lost", n=n),
        "closed": gettext("{n} closed", n=n),
    }[state]


def streak_lines(card: RepScorecard, formats: Formats) -> list[tuple[str, str]]:
    """The streak and the best of the year, each as what is strong and what follows it."""
    streak = card.streak
    if streak is None:
        return []
    asks = 0 if streak.running_week_met or not card.headline.figures["week_runs_on"] else to_plan(card.this_week)
    lines = [running_streak(streak.weeks, asks, formats)]
    if streak.best_weeks > streak.weeks:
        best = ngettext(
            "Best run this year: one week.",
            "Best run this year: {n} weeks.",
            streak.best_weeks,
            n=in_words(streak.best_weeks, formats),
        )
        lines.append(("", best))
    if streak.best_week_done:
        lines.append(("", best_week(streak, formats, equalled=card.this_week.done == streak.best_week_done)))
    return lines


def best_week(streak: Streak, formats: Formats, *, equalled: bool) -> str:
    """The most milestones that a week of the year brought, and which one unless it is this."""
    n = formats.count(streak.best_week_done)
    if equalled:
        return ngettext(
            "This week equals your best of the year: {n} milestone.",
            "This week equals your best of the year: {n} milestones.",
            streak.best_week_done,
            n=n,
        )
    return ngettext(
        "Best week this year: {n} milestone ({week}).",
        "Best week this year: {n} milestones ({week}).",
        streak.best_week_done,
        n=n,
        week=formats.week(streak.best_week),
    )


def to_plan(week: WeekFigures) -> int:
    """Milestones still missing from the week's whole-number plan."""
    return max((week.plan or 0) - week.done, 0)


def running_streak(weeks: int, asks: int, formats: Formats) -> tuple[str, str]:
    """The bold line: how many weeks in a row, and what a week that still runs asks for."""
    to_go = ""
    if asks:
        to_go = " " + ngettext(
            "This week’s plan asks for one more.",
            "This week’s plan asks for {n} more.",
            asks,
            n=in_words(asks, formats),
        )
    if not weeks:
        return "", gettext("No run of weeks at plan just now.") + to_go
    row = ngettext("one week", "{n} weeks in a row", weeks, n=in_words(weeks, formats))
    return row[:1].upper() + row[1:], " " + gettext("at or above plan.") + to_go


def boxes_to_fill(week: WeekFigures) -> int:
    """Empty lines for a week without a plan: as many as the week asks for, three without a quota."""
    asked = week.plan or ceil(week.target or 0) or 3
    return min(asked, 6)
