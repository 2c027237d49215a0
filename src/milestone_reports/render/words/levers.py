"""What would change a rep's year most, said to the rep: the one lever, a strength, one more first milestone, and pace.

Must not know of markup, nor compute a figure beyond what one more is worth by the figures of its card.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.words.coaching import (
    FEWEST_STARTS,
    SHORT_OF,
    contracts_about,
    gate_says,
    sale_word,
    strength_says,
    waiting_says,
    worth_says,
)
from milestone_reports.render.words.grammar import counted, in_words, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.insights import Coaching
    from milestone_reports.scorecards.pages import RepScorecard, TrackCard

ASSUMED_BY = {
    "assumed": ", as assumed until there is history",
    "mixed": ", part assumed and part measured",
    "measured": "",
    "set": ", by the multiplier set in the workbook",
}
"""What one in so many rests on, by the multiplier's label."""

Said = tuple[str, str]
"""What is strong, and what follows it."""


def lever_title(tracks: Sequence[TrackCard]) -> str:
    """The head of the section: a lever where any track has one."""
    if not any(map(has_lever, tracks)):
        return "What one more is worth"
    endings = {track.focus.lever.ending for track in tracks if track.focus and track.focus.lever}
    return "Where you may gain most" if endings == {"may be chance"} else "Your best lever"


def lever_aside(tracks: Sequence[TrackCard]) -> str:
    """What a lever was counted over; empty where there is none."""
    return "the last twelve months, beside the rest of the team" if any(map(has_lever, tracks)) else ""


def has_lever(track: TrackCard) -> bool:
    """Whether a step of the rep's lies below the rest of the team's by something worth naming."""
    return track.focus is not None and track.focus.lever is not None


def with_lever(card: RepScorecard, n_tracks: int, formats: Formats) -> Sequence[TrackCard]:
    """The first tracks of a card of which there is something to say; none before anything is recorded."""
    if card.stamp.nothing_recorded:
        return ()
    return [track for track in card.tracks[:n_tracks] if any(lever(track, formats))]


def lever(track: TrackCard, formats: Formats) -> Said:
    """The rep's largest value at stake in one sentence or two; without one, what one more first milestone is worth."""
    entry = track.focus.lever if track.focus else None
    if entry is None:
        return one_more(track, formats)
    through = sentence(gate_says(entry, formats, to_rep=True))
    worth = worth_says(entry, sale_word(track), formats, to_rep=True)
    rest = " ".join(filter(None, (through, waiting_says(entry, formats, to_rep=True), worth)))
    return f"{entry.milestone} to {entry.next_milestone}.", f" {rest}"


def one_more(track: TrackCard, formats: Formats) -> Said:
    """What one more first milestone is worth: one in so many becomes a sale, and of what average."""
    first, noun = track.milestones[0], sale_word(track)
    if len(track.milestones) == 1:
        return "", ""
    takes = track.multiplier.per_contract[0]
    average = _average_value(track)
    each = f" of {formats.money_short(average)}" if average else ""
    worth = f"about {formats.money_short(average / takes)}" if average else contracts_about(1 / takes, noun, formats)
    one_in = f"of every {formats.number(takes)} that reach it, one becomes a {noun}{each}"
    ends = ASSUMED_BY[track.multiplier.label]
    return f"One more at {first}", f" is worth {worth}: {one_in}{ends}.{_without_lever(track)}"


def _without_lever(track: TrackCard) -> str:
    """Why no step is named; empty where steps may not be compared at all."""
    compared = [entry for entry in track.coaching if entry.rest.decided]
    if track.focus is None or not compared:
        return ""
    if all(entry.rate.enough for entry in compared):
        return " None of your steps is below the rest of the team’s."
    return "" if any(entry.rate.enough for entry in compared) else " Too few of yours are decided to compare steps."


def _average_value(track: TrackCard) -> float | None:
    """What a contract is taken to bring, on a track that counts money."""
    if sale_word(track) == "sale":
        return None
    quota = track.quota
    return quota.average_contract_value if quota else track.average_contract.observed


def beside_lever(track: TrackCard, formats: Formats) -> str:
    """What stands under the lever: too few first milestones where that is so, and the strength."""
    return " ".join(filter(None, (_starts(track, formats), strength(track, formats))))


def _starts(track: TrackCard, formats: Formats) -> str:
    """First milestones that are missing by now, and what each is worth; nothing where they hardly are."""
    first, average = track.by_milestone[0], _average_value(track)
    due, takes = first.quota_to_date, track.multiplier.per_contract[0]
    if due is None or len(track.milestones) == 1 or due - first.credited < max(FEWEST_STARTS, SHORT_OF * due):
        return ""
    worth = formats.money_short(average / takes) if average else contracts_about(1 / takes, sale_word(track), formats)
    had = f"you have {formats.count(first.credited)} at {first.milestone} where {formats.count(due)} were due by now"
    return f"More starts count as well: {had}; each is worth {'about ' if average else ''}{worth}."


def strength(track: TrackCard, formats: Formats) -> str:
    """Where the rep is furthest above the rest of the team, and whether that may be chance; empty without one."""
    entry = track.focus.strength if track.focus else None
    if entry is None:
        return ""
    chance = "; may be chance." if _may_be_chance(entry) else "."
    return strength_says(entry, formats, to_rep=True).removesuffix(".") + chance


def _may_be_chance(entry: Coaching) -> bool:
    return entry.rest.value is not None and entry.rate.likely_low <= entry.rest.value


def back_on_pace(track: TrackCard, formats: Formats) -> str:
    """`Five milestones a week, two more than the target, bring you back on pace by week 52.`; empty if not behind."""
    found = track.back_on_pace
    if found is None:
        return ""
    weekly = in_words(found.milestones_a_week, formats)
    more = f", {in_words(found.extra_a_week, formats)} more than the {_target(track, formats)},"
    extra = more if found.extra_a_week else ""
    verb = counted(found.milestones_a_week, "brings", "bring")
    milestones = counted(found.milestones_a_week, "milestone")
    return sentence(
        f"{weekly} {milestones} a week{extra} {verb} you back on pace by week {formats.week_number(found.week)}"
    )


def _target(track: TrackCard, formats: Formats) -> str:
    """The weekly target; where it is no whole number, the same in whole milestones."""
    weekly = track.pace.milestones_a_week
    whole = weekly is None or formats.number(weekly) == formats.count(weekly)
    return "target" if whole else "target in whole milestones"
