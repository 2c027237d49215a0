"""What stands on a card's weeks: the notes of the ledger, what a printed one leaves out, the streak and the best week.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import TYPE_CHECKING

from milestone_reports.render.formats import DASH
from milestone_reports.render.language import gettext, ngettext, said
from milestone_reports.render.words.grammar import in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import LedgerItem, Reliability, Streak, WeekFigures
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
        case "done":
            note = _done_note(item, early_on)
        case "lost":
            note = gettext("lost {weekday}", weekday=formats.weekday(item.on)) if item.on else gettext("lost")
        case "closed":
            note = gettext("closed {weekday}", weekday=formats.weekday(item.on)) if item.on else gettext("closed")
        case "removed":
            note = gettext("no longer in the workbook")
        case "carried":
            note = _carried_note(item, week, formats)
        case "planned" if item.since == "added":
            note = gettext("added since, still open this week")
        case "planned" if week_has_begun(week, formats):
            note = gettext("still open this week")
    return note


def _done_note(item: LedgerItem, early_on: str) -> str:
    """What is said of something done that is not simply done as planned."""
    if early_on:
        return gettext("done on {day}, ahead of its week", day=early_on)
    if item.observed:
        return gettext("seen in the copy of that day; the workbook has no date")
    return "" if item.planned_here else gettext("not on the plan")


def _carried_note(item: LedgerItem, week: WeekFigures, formats: Formats) -> str:
    """Where something planned and not done comes from, or where it went."""
    if item.since == "handed on":
        return gettext("not completed, handed on since")
    if item.since == "moved":
        if item.moved_to is None:
            return gettext("taken off the plan")
        return gettext("moved to {day}", day=formats.day(item.moved_to))
    if item.planned_on and item.planned_on < week.first_on:
        return gettext("carried over, planned for {day}", day=formats.day(item.planned_on))
    return gettext("not completed")


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


def plan_says(week: WeekFigures, formats: Formats) -> str:
    """Which plan a week's planned ones are counted by."""
    if week.plan_from:
        return gettext("Planned: by the plan of {day}.", day=formats.day_long(week.plan_from.as_of))
    if week.has_earlier_copies:
        return gettext("Planned: by this workbook’s plan; there is no copy from the week’s start.")
    return gettext("Planned: by this workbook’s plan; there is no earlier copy yet.")


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
        "removed": gettext("{n} no longer in the workbook", n=n),
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


def reliability_line(told: Reliability | None, formats: Formats, *, has_copies: bool = False) -> tuple[str, str]:
    """How much of its plans was kept, as what is strong and what follows it; why there is nothing to say yet, if so."""
    if told is None:
        return "", gettext("Reliability: – (no full week has a copy from its start).") if has_copies else ""
    if told.kept.value is None:
        return "", gettext("Reliability: – (nothing was planned in the weeks that have a copy from their start).")
    rest = ngettext(
        "completed by the end of its week, over one full week.",
        "completed by the end of their week, over {n} full weeks.",
        told.n_weeks,
        n=in_words(told.n_weeks, formats),
    )
    return kept_of_planned(told, formats), f" {rest}"


def kept_of_planned(told: Reliability, formats: Formats) -> str:
    """`17 of 21 planned (81%)`; a dash where nothing was planned."""
    if told.kept.value is None:
        return DASH
    return gettext(
        "{part} of {whole} planned ({percent})",
        part=formats.count(told.kept.part),
        whole=formats.count(told.kept.whole),
        percent=formats.fraction(told.kept.value),
    )


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
