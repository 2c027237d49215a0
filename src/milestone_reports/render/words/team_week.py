"""What is said of the team's week: what was done in it, and what became of its plan.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext
from milestone_reports.render.words.grammar import in_words, sentence

if TYPE_CHECKING:
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import WeekFigures


def week_deck(week: WeekFigures, formats: Formats) -> list[str]:
    """The team's week: what was done in it, then what became of its plan. Done and claimed add up to the second."""
    if not (week.done or week.claimed or week.planned):
        return [_with_target(gettext("nothing was planned or completed this week"), week, formats)]
    return [_with_target(_done_deck(week, formats), week, formats), plan_deck(week, formats)]


def _with_target(says: str, week: WeekFigures, formats: Formats) -> str:
    if week.target is not None:
        says = gettext("{says}; the target is {target}", says=says, target=formats.number(week.target))
    return sentence(says)


def _done_deck(week: WeekFigures, formats: Formats) -> str:
    claimed = in_words(week.claimed, formats)
    if not week.done:
        says = gettext("no milestones were done this week")
        if not week.claimed:
            return says
        return ngettext(
            "{says}, one completed but not credited",
            "{says}, {n} completed but not credited",
            week.claimed,
            says=says,
            n=claimed,
        )
    done = in_words(week.done, formats)
    says = ngettext("one milestone was done this week", "{n} milestones were done this week", week.done, n=done)
    if not week.claimed:
        return says
    return ngettext(
        "{says}, one more completed but not credited",
        "{says}, {n} more completed but not credited",
        week.claimed,
        says=says,
        n=claimed,
    )


def plan_deck(week: WeekFigures, formats: Formats) -> str:
    """`Of 18 planned, 13 are completed, two of them ahead of the week; seven were not on the plan.`."""
    if not week.planned:
        return gettext("Nothing was planned.")
    says = _completed_deck(week, formats)
    if week.completed_early:
        says = ngettext(
            "{says}, one of them ahead of the week",
            "{says}, {n} of them ahead of the week",
            week.completed_early,
            says=says,
            n=in_words(week.completed_early, formats),
        )
    if week.beyond_plan:
        says = ngettext(
            "{says}; one was not on the plan",
            "{says}; {n} were not on the plan",
            week.beyond_plan,
            says=says,
            n=in_words(week.beyond_plan, formats),
        )
    return sentence(says)


def _completed_deck(week: WeekFigures, formats: Formats) -> str:
    planned, completed = in_words(week.planned, formats), week.completed_of_planned
    if not completed:
        return gettext("of {planned} planned, none are completed", planned=planned)
    return ngettext(
        "of {planned} planned, one is completed",
        "of {planned} planned, {n} are completed",
        completed,
        planned=planned,
        n=in_words(completed, formats),
    )


def week_note(week: WeekFigures, formats: Formats) -> str:
    """`and 2 not credited; 13 of 18 planned, 2 of them early; 7 not planned; target 17`."""
    parts = []
    if week.claimed:
        parts.append(gettext("and {n} not credited", n=formats.count(week.claimed)))
    parts.append(_planned_note(week, formats))
    if week.beyond_plan:
        parts.append(gettext("{n} not planned", n=formats.count(week.beyond_plan)))
    if week.target is not None:
        parts.append(gettext("target {target}", target=formats.number(week.target)))
    return "; ".join(parts)


def _planned_note(week: WeekFigures, formats: Formats) -> str:
    if not week.planned:
        return gettext("nothing planned")
    completed, planned = formats.count(week.completed_of_planned), formats.count(week.planned)
    if not week.completed_early:
        return gettext("{n} of {planned} planned", n=completed, planned=planned)
    early = formats.count(week.completed_early)
    return gettext("{n} of {planned} planned, {early} of them early", n=completed, planned=planned, early=early)
