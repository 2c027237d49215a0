"""What the message with a rep's scorecard says of the lever: the card's own words, or the missing starts before it.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext
from milestone_reports.render.words.levers import MissingStarts, beside_lever, lever, missing_starts, strength

if TYPE_CHECKING:
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.pages import TrackCard

SLIGHT = 0.3
"""Of a contract a year: less, where it may be chance too, does not come before starts that are missing for sure."""


@dataclass(frozen=True, slots=True)
class MailLever:
    """What is strong, what follows it, and what stands small under it."""

    strong: str
    rest: str
    small: str


def mail_lever(track: TrackCard, formats: Formats) -> MailLever:
    """The lever and what stands beside it; where it is slight and starts are missing, those first."""
    strong, rest = lever(track, formats)
    missing = missing_starts(track, formats)
    if missing is None or not is_slight(track):
        return MailLever(strong, rest, beside_lever(track, formats))
    small = " ".join(filter(None, (strong + rest, strength(track, formats))))
    return MailLever(gettext("More starts."), f" {_starts_say(missing)}", small)


def is_slight(track: TrackCard) -> bool:
    """Whether the lever may be chance and is worth little."""
    entry = track.focus.lever if track.focus else None
    return entry is not None and entry.ending == "may be chance" and entry.contracts < SLIGHT


def _starts_say(missing: MissingStarts) -> str:
    if missing.money:
        return gettext(
            "You have {done} at {milestone} where {due} were due by now; each is worth about {money}.",
            done=missing.done,
            milestone=missing.milestone,
            due=missing.due,
            money=missing.money,
        )
    return gettext(
        "You have {done} at {milestone} where {due} were due by now; each is worth {contracts}.",
        done=missing.done,
        milestone=missing.milestone,
        due=missing.due,
        contracts=missing.contracts,
    )
