"""What is said on the page of all published weeks. Must not know of markup, nor compute a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext
from milestone_reports.render.words.grammar import in_words, sentence

if TYPE_CHECKING:
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.published_weeks import FiguresOfWeek, PublishedWeeks


def weeks_headline(page: PublishedWeeks, formats: Formats) -> str:
    """How many weeks there are."""
    n_weeks = len(page.weeks)
    says = ngettext(
        "one week is kept as it was published",
        "{n} weeks are kept as they were published",
        n_weeks,
        n=in_words(n_weeks, formats),
    )
    return sentence(says).removesuffix(".")


def plan_of_week(figures: FiguresOfWeek | None, formats: Formats) -> str:
    """`13 of 18`; empty where nothing is known of the plan."""
    if figures is None or figures.planned is None or figures.planned_done is None:
        return ""
    return gettext("{part} of {whole}", part=formats.count(figures.planned_done), whole=formats.count(figures.planned))
