"""What is said of a track's multiplier: its value, its label, the counts it comes from, and what it would be today.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext

if TYPE_CHECKING:
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.insights import YearMultiplier


def multiplier_says(multiplier: YearMultiplier, formats: Formats) -> str:
    """The small-print sentence: value, label, counts, the likely interval and today's value where they are shown."""
    value = formats.multiplier(multiplier.value)
    would_be = "" if multiplier.would_be is None else formats.multiplier(multiplier.would_be)
    if multiplier.label == "set" and not would_be:
        return gettext("Multiplier {value}, set in the workbook.", value=value)
    if multiplier.label == "set":
        return gettext(
            "Multiplier {value}, set in the workbook; by the team’s own sales it would be {would_be} if set today.",
            value=value,
            would_be=would_be,
        )
    labels = {
        "assumed": gettext("assumed until history says otherwise"),
        "mixed": gettext("part assumed, part measured"),
        "measured": gettext("measured"),
    }
    label, counts = labels[multiplier.label], multiplier_counts(multiplier, formats)
    if not would_be:
        return gettext(
            "Multiplier {value}, {label}: {counts}; kept for the fiscal year.", value=value, label=label, counts=counts
        )
    return gettext(
        "Multiplier {value}, {label}: {counts}; kept for the fiscal year, would be {would_be} if set today.",
        value=value,
        label=label,
        counts=counts,
        would_be=would_be,
    )


def multiplier_counts(multiplier: YearMultiplier, formats: Formats) -> str:
    """`from 37 sales of 170 decided by 31 December 2025, likely 2.29 to 3.06`.

    Without the counts on a card that may not show the team's.
    """
    by = formats.day_long(multiplier.counted_to, with_year=True)
    if multiplier.sales is None:
        return gettext("from what the team had decided by {day}", day=by)
    decided = multiplier.decided[0] if multiplier.decided else 0
    if not decided:
        return gettext("nothing was decided by {day}", day=by)
    counts = ngettext(
        "from {n} sale of {decided} decided by {day}",
        "from {n} sales of {decided} decided by {day}",
        multiplier.sales,
        n=formats.count(multiplier.sales),
        decided=formats.count(decided),
        day=by,
    )
    if multiplier.likely_low is None or multiplier.likely_high is None:
        return counts
    low, high = formats.multiplier(multiplier.likely_low), formats.multiplier(multiplier.likely_high)
    return gettext("{counts}, likely {low} to {high}", counts=counts, low=low, high=high)
