"""What is said of a track's multiplier: its value, its label, the counts it comes from, and what it would be today.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.words.grammar import counted, sentence

if TYPE_CHECKING:
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.insights import YearMultiplier

LABELS = {
    "assumed": "assumed until history says otherwise",
    "mixed": "part assumed, part measured",
    "measured": "measured",
    "set": "set in the workbook",
}


def multiplier_says(multiplier: YearMultiplier, formats: Formats) -> str:
    """The small-print sentence: value, label, counts, the likely interval where it is shown, and today's value."""
    says = f"Multiplier {formats.multiplier(multiplier.value)}, {LABELS[multiplier.label]}"
    would_be = f"would be {formats.multiplier(multiplier.would_be)} if set today"
    if multiplier.label == "set":
        return sentence(f"{says}; by the team’s own sales it {would_be}")
    return sentence(f"{says}: {multiplier_counts(multiplier, formats)}; kept for the fiscal year, {would_be}")


def multiplier_counts(multiplier: YearMultiplier, formats: Formats) -> str:
    """`from 37 sales of 170 decided by 31 December 2025, likely 2.29 to 3.06`.

    Without the counts on a card that may not show the team's.
    """
    by = formats.day_long(multiplier.counted_to, with_year=True)
    if multiplier.sales is None:
        return f"from what the team had decided by {by}"
    decided = multiplier.decided[0] if multiplier.decided else 0
    if not decided:
        return f"nothing was decided by {by}"
    sales = f"{formats.count(multiplier.sales)} {counted(multiplier.sales, 'sale')}"
    counts = f"from {sales} of {formats.count(decided)} decided by {by}"
    if multiplier.likely_low is None or multiplier.likely_high is None:
        return counts
    low, high = formats.multiplier(multiplier.likely_low), formats.multiplier(multiplier.likely_high)
    return f"{counts}, likely {low} to {high}"
