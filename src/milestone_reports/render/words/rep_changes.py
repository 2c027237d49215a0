"""What changed of a rep's opportunities, in a line each, on the rep's own card. Templates call these by name.

Must not know of markup, nor of any other rep.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext, pgettext
from milestone_reports.render.words.changes import (
    changes_of,
    kind_title,
    kinds_of,
    multiplier_anew,
    outcome_in_copy,
    stage_word,
)
from milestone_reports.render.words.grammar import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milestone_reports.history.changes import Change, WhatChanged
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.since import SetAnew

MOST_ON_A_CARD = 12
"""Changes that a card lists."""


def since_title(since: WhatChanged, formats: Formats) -> str:
    """What the section is called: since last week, or since the day of the last copy where a week has none."""
    if since.n_weeks == 1:
        return gettext("Since last week")
    return gettext("Since {day}", day=formats.day_long(since.since.as_of))


def rep_compared(since: WhatChanged, formats: Formats) -> str:
    """Which copy the card is compared with."""
    return gettext(
        "beside the copy of {day}, {file}",
        day=formats.day_long(since.since.as_of, with_year=True),
        file=since.since.file,
    )


def own_set_anew_says(one: SetAnew, formats: Formats) -> str:
    """A quota of the rep, or a multiplier behind it, that is not what it was."""
    if one.name == "multiplier":
        return multiplier_anew(one, formats)
    if one.was is None:
        return gettext("The quota on {track} is {now} milestones this year; there was none.", **_quotas(one, formats))
    if one.now is None:
        return gettext(
            "The quota on {track} was {was} milestones this year; there is none now.", **_quotas(one, formats)
        )
    return gettext("The quota on {track} was {was} milestones this year and is {now}.", **_quotas(one, formats))


def _quotas(one: SetAnew, formats: Formats) -> Mapping[str, str]:
    return {"track": one.track, "was": formats.number(one.was or 0.0), "now": formats.number(one.now or 0.0)}


def listed_for_rep(changes: Sequence[Change]) -> Sequence[Change]:
    """A rep's changes in the order of the What changed page."""
    return [one for kind in kinds_of(changes) for one in changes_of(changes, kind)]


def change_word(change: Change) -> str:
    """What happened, as the line begins; a colleague is not named."""
    if change.kind != "reassigned":
        return kind_title(change.kind)
    return gettext("Taken over") if change.now == change.rep else gettext("Handed on")


def change_says(change: Change, formats: Formats) -> str:
    """From what to what; empty where the first word says all."""
    match change.kind:
        case "advanced" if not change.was:
            return pgettext("a milestone", "to {now}", now=stage_word(change.now))
        case "advanced" | "stepped back":
            return gettext("from {was} to {now}", was=stage_word(change.was), now=stage_word(change.now))
        case "slipped" | "pulled in":
            return _moved(change, formats)
        case "revalued":
            return gettext("{was} before, {now} now", was=_money(change.was, formats), now=_money(change.now, formats))
        case "lost":
            return "" if change.now == "lost" else outcome_in_copy(change.now)
        case _:
            tells_value = change.kind in {"new", "won", "removed"} and change.value
            return formats.money(change.value or 0.0) if tells_value else ""


def _moved(change: Change, formats: Formats) -> str:
    was, now = _day(change.was, formats), _day(change.now, formats)
    says = gettext("{milestone} from {was} to {now}", milestone=change.milestone, was=was, now=now)
    if change.times > 1:
        again = ngettext("slipped {n} time", "slipped {n} times", change.times, n=in_words(change.times, formats))
        return gettext("{says}; {again} so far", says=says, again=again)
    return says


def _day(value: object, formats: Formats) -> str:
    return formats.day(value) if isinstance(value, date) else ""


def _money(value: object, formats: Formats) -> str:
    return formats.money(value) if isinstance(value, (int, float)) else gettext("no value")
