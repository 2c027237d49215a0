"""What is said of open opportunities that stand still: the stalled, and the presumed lost to be closed or updated.

What the workbook calls open is never called lost here. Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext
from milestone_reports.render.words.grammar import in_words, sentence

if TYPE_CHECKING:
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.pages import Attention, TeamRollup


def presumed_says(attention: Attention, formats: Formats) -> str:
    """`52 opportunities, $2.78m, are presumed lost: ...`; empty for none."""
    count = attention.n_presumed_lost
    if not count:
        return ""
    n = in_words(count, formats)
    if not attention.presumed_lost_value:
        return sentence(
            ngettext(
                "one opportunity is presumed lost: more than twice as long in one stage as nine in ten that moved on; "
                "to close or update it",
                "{n} opportunities are presumed lost: more than twice as long in one stage as nine in ten that moved "
                "on; to close or update each",
                count,
                n=n,
            )
        )
    return sentence(
        ngettext(
            "one opportunity, {value}, is presumed lost: more than twice as long in one stage as nine in ten that "
            "moved on; to close or update it",
            "{n} opportunities, {value}, are presumed lost: more than twice as long in one stage as nine in ten that "
            "moved on; to close or update each",
            count,
            n=n,
            value=formats.money_short(attention.presumed_lost_value),
        )
    )


def stalled_says(attention: Attention, formats: Formats) -> str:
    """`Three more are stalled: longer here than nine in ten that moved on.`; empty for none."""
    count = attention.n_stalled
    if not count:
        return ""
    n = in_words(count, formats)
    if attention.n_presumed_lost:
        return sentence(
            ngettext(
                "one more is stalled: longer here than nine in ten that moved on",
                "{n} more are stalled: longer here than nine in ten that moved on",
                count,
                n=n,
            )
        )
    return sentence(
        ngettext(
            "one is stalled: longer here than nine in ten that moved on",
            "{n} are stalled: longer here than nine in ten that moved on",
            count,
            n=n,
        )
    )


def unplanned_says(attention: Attention, formats: Formats) -> str:
    """`Four open opportunities have no planned next milestone.`; empty for none."""
    count = attention.n_without_plan
    if not count:
        return ""
    return sentence(
        ngettext(
            "one open opportunity has no planned next milestone",
            "{n} open opportunities have no planned next milestone",
            count,
            n=in_words(count, formats),
        )
    )


def still_says(attention: Attention, formats: Formats) -> str:
    """All of it, in a paragraph."""
    says = (presumed_says(attention, formats), stalled_says(attention, formats), unplanned_says(attention, formats))
    return " ".join(filter(None, says))


def still_aside(rollup: TeamRollup, formats: Formats) -> str:
    """`55 of 114 open, $2.98m together`."""
    n, every = formats.count(len(rollup.stalled)), formats.count(rollup.n_open)
    value = sum(opportunity.value or 0.0 for opportunity in rollup.stalled)
    if not value:
        return gettext("{n} of {all} open", n=n, all=every)
    return gettext("{n} of {all} open, {value} together", n=n, all=every, value=formats.money_short(value))


def still_more(rollup: TeamRollup, n_shown: int, formats: Formats) -> str:
    """`and 50 more, $2.50m`; empty where the list is whole."""
    others = rollup.stalled[n_shown:]
    if not others:
        return ""
    n, value = in_words(len(others), formats), sum(opportunity.value or 0.0 for opportunity in others)
    if value:
        return gettext("and {n} more, {value}", n=n, value=formats.money_short(value))
    return gettext("and {n} more", n=n)
