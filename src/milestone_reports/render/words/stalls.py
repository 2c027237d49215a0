"""What is said of open opportunities that stand still: the stalled, and the presumed lost to be closed or updated.

What the workbook calls open is never called lost here. Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.words.grammar import count_of, counted, in_words, sentence

if TYPE_CHECKING:
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.pages import Attention, TeamRollup

USUAL = "than nine in ten that moved on"


def presumed_says(attention: Attention, formats: Formats) -> str:
    """`52 opportunities, $2.78m, are presumed lost: ...`; empty for none."""
    count = attention.n_presumed_lost
    if not count:
        return ""
    value = f", {formats.money_short(attention.presumed_lost_value)}," if attention.presumed_lost_value else ""
    are, them = counted(count, "is", "are"), counted(count, "it", "each")
    opportunities = count_of(count, "opportunity", formats, "opportunities")
    return sentence(
        f"{opportunities}{value} {are} presumed lost: more than twice as long in one stage as nine in ten "
        f"that moved on; to close or update {them}"
    )


def stalled_says(attention: Attention, formats: Formats) -> str:
    """`Three more are stalled: longer here than nine in ten that moved on.`; empty for none."""
    count = attention.n_stalled
    if not count:
        return ""
    more = " more" if attention.n_presumed_lost else ""
    return sentence(f"{in_words(count, formats)}{more} {counted(count, 'is', 'are')} stalled: longer here {USUAL}")


def still_says(attention: Attention, formats: Formats) -> str:
    """Both, in a paragraph, and how many have no planned next milestone."""
    without = attention.n_without_plan
    have = counted(without, "opportunity has", "opportunities have")
    plan = sentence(f"{in_words(without, formats)} open {have} no planned next milestone") if without else ""
    return " ".join(filter(None, (presumed_says(attention, formats), stalled_says(attention, formats), plan)))


def still_aside(rollup: TeamRollup, formats: Formats) -> str:
    """`55 of 114 open, $5.98m together`."""
    value = f", {formats.money_short(rollup.open_value)} together" if rollup.open_value else ""
    return f"{formats.count(len(rollup.stalled))} of {formats.count(rollup.n_open)} open{value}"


def still_more(rollup: TeamRollup, n_shown: int, formats: Formats) -> str:
    """`and 50 more, $2.50m`; empty where the list is whole."""
    others = rollup.stalled[n_shown:]
    value = sum(opportunity.value or 0.0 for opportunity in others)
    money = f", {formats.money_short(value)}" if value else ""
    return f"and {in_words(len(others), formats)} more{money}" if others else ""
