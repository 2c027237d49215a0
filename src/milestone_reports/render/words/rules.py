"""A page's first sentence by named rules in order: the first that has something to say of a track says it.

Must not know what the rules are about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from milestone_reports.render.language import SOURCE_LANGUAGE, gettext, spoken
from milestone_reports.render.words.grammar import in_words

if TYPE_CHECKING:
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.pages import TeamRollup, TeamTrack

Rules = Mapping[str, Callable[["TeamTrack", "Formats"], str]]
"""Each rule's name and its sentence, without a full stop; empty where the rule does not apply. The last always does."""


def first_said(rules: Rules, track: TeamTrack, formats: Formats) -> tuple[str, str]:
    """The name of the first rule that applies to a track, and its sentence."""
    said = ((name, says(track, formats)) for name, says in rules.items())
    return next((name, text) for name, text in said if text)


def page_headline(rules: Rules, rollup: TeamRollup, formats: Formats) -> str:
    """The headline of a page: of several tracks that of the first with more to say than the last rule."""
    if rollup.stamp.nothing_recorded:
        return gettext("No milestone completed yet")
    said = [(track, *first_said(rules, track, formats)) for track in rollup.tracks]
    *_, last = rules
    track, _, text = next((one for one in said if one[1] != last), said[0])
    if len(said) == 1:
        return text
    return gettext("On {track}, {sentence}", track=track.card.track, sentence=after_a_comma(text))


WORDS_WITHOUT_A_CAPITAL = frozenset({"All", "No", "Nobody", "None", "Nothing", "One", "The", "Too", "Two"})
"""First words of the rules' English sentences that are no names."""


def after_a_comma(text: str) -> str:
    """The sentence within another: in English only a name keeps its capital.

    Other languages do not put it after a comma: it stays as it is.
    """
    if spoken() != SOURCE_LANGUAGE:
        return text
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}" if first in WORDS_WITHOUT_A_CAPITAL else text


def every_track_for_itself(tracks: Sequence[TeamTrack], formats: Formats) -> str:
    """What stands under the headline of a page with several tracks."""
    if len(tracks) == 2:  # noqa: PLR2004  both
        return gettext("Both tracks follow, each for itself: their rates are never mixed.")
    n = in_words(len(tracks), formats)
    return gettext("All {n} tracks follow, each for itself: their rates are never mixed.", n=n)
