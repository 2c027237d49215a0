"""What would change a rep's year most, said to the rep: the one lever, a strength, one more first milestone, and pace.

Must not know of markup, nor compute a figure beyond what one more is worth by the figures of its card.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext
from milestone_reports.render.words.coaching import (
    FEWEST_STARTS,
    SHORT_OF,
    contracts_about,
    ending_says,
    gate_says,
    sale_word,
    strength_says,
    waiting_says,
    worth_says,
)
from milestone_reports.render.words.grammar import in_words, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.insights import Coaching, YearMultiplier
    from milestone_reports.scorecards.pages import RepScorecard, TrackCard

Said = tuple[str, str]
"""What is strong, and what follows it."""


def lever_title(tracks: Sequence[TrackCard]) -> str:
    """The head of the section: a lever where any track has one."""
    if not any(map(has_lever, tracks)):
        return gettext("What one more is worth")
    endings = {track.focus.lever.ending for track in tracks if track.focus and track.focus.lever}
    return gettext("Where you may gain most") if endings == {"may be chance"} else gettext("Your best lever")


def lever_aside(tracks: Sequence[TrackCard]) -> str:
    """What a lever was counted over; empty where there is none."""
    if not any(map(has_lever, tracks)):
        return ""
    return gettext("the last twelve months, beside the rest of the team")


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
    step = gettext("{milestone} to {next_milestone}.", milestone=entry.milestone, next_milestone=entry.next_milestone)
    return step, f" {rest}"


def one_more(track: TrackCard, formats: Formats) -> Said:
    """What one more first milestone is worth: one in so many becomes a sale, and of what average."""
    if len(track.milestones) == 1:
        return "", ""
    begins = gettext("One more at {milestone}", milestone=track.milestones[0])
    says = _rests_on(_worth_of_one(track, formats), track.multiplier)
    return begins, " " + " ".join(filter(None, (f"{says}.", _without_lever(track))))


def _worth_of_one(track: TrackCard, formats: Formats) -> str:
    noun, average, takes = sale_word(track), _average_value(track), track.multiplier.per_contract[0]
    in_so_many = formats.number(takes)
    if average:
        return gettext(
            "is worth about {money}: of every {takes} that reach it, one becomes a contract of {average}",
            money=formats.money_short(average / takes),
            takes=in_so_many,
            average=formats.money_short(average),
        )
    worth = contracts_about(1 / takes, noun, formats)
    if noun == "contract":
        return gettext(
            "is worth {contracts}: of every {takes} that reach it, one becomes a contract",
            contracts=worth,
            takes=in_so_many,
        )
    return gettext(
        "is worth {sales}: of every {takes} that reach it, one becomes a sale", sales=worth, takes=in_so_many
    )


def _rests_on(says: str, multiplier: YearMultiplier) -> str:
    """What one in so many rests on, added by the multiplier's label."""
    match multiplier.label:
        case "assumed":
            return gettext("{says}, as assumed until there is history", says=says)
        case "mixed":
            return gettext("{says}, part assumed and part measured", says=says)
        case "set":
            return gettext("{says}, by the multiplier set in the workbook", says=says)
        case "measured":
            return says


def _without_lever(track: TrackCard) -> str:
    """Why no step is named; empty where steps may not be compared at all."""
    compared = [entry for entry in track.coaching if entry.rest.decided]
    if track.focus is None or not compared:
        return ""
    if all(entry.rate.enough for entry in compared):
        return gettext("None of your steps is below the rest of the team’s.")
    if any(entry.rate.enough for entry in compared):
        return ""
    return gettext("Too few of yours are decided to compare steps.")


def _average_value(track: TrackCard) -> float | None:
    """What a contract is taken to bring, on a track that counts money."""
    if sale_word(track) == "sale":
        return None
    quota = track.quota
    return quota.average_contract_value if quota else track.average_contract.observed


def beside_lever(track: TrackCard, formats: Formats) -> str:
    """What stands under the lever: too few first milestones where that is so, and the strength."""
    return " ".join(filter(None, (_starts(track, formats), strength(track, formats))))


@dataclass(frozen=True, slots=True)
class MissingStarts:
    """First milestones that are missing by now, each figure as it is shown."""

    milestone: str
    done: str
    due: str
    money: str
    """What each is worth; empty on a track that counts none."""
    contracts: str
    """The same in contracts or sales."""


def missing_starts(track: TrackCard, formats: Formats) -> MissingStarts | None:
    """None where they hardly are."""
    first, average = track.by_milestone[0], _average_value(track)
    due, takes = first.quota_to_date, track.multiplier.per_contract[0]
    if due is None or len(track.milestones) == 1 or due - first.credited < max(FEWEST_STARTS, SHORT_OF * due):
        return None
    return MissingStarts(
        milestone=first.milestone,
        done=formats.count(first.credited),
        due=formats.count(due),
        money=formats.money_short(average / takes) if average else "",
        contracts=contracts_about(1 / takes, sale_word(track), formats),
    )


def _starts(track: TrackCard, formats: Formats) -> str:
    """First milestones that are missing by now, and what each is worth; nothing where they hardly are."""
    missing = missing_starts(track, formats)
    if missing is None:
        return ""
    if missing.money:
        return gettext(
            "More starts count as well: you have {done} at {milestone} where {due} were due by now; "
            "each is worth about {money}.",
            done=missing.done,
            milestone=missing.milestone,
            due=missing.due,
            money=missing.money,
        )
    return gettext(
        "More starts count as well: you have {done} at {milestone} where {due} were due by now; "
        "each is worth {contracts}.",
        done=missing.done,
        milestone=missing.milestone,
        due=missing.due,
        contracts=missing.contracts,
    )


def strength(track: TrackCard, formats: Formats) -> str:
    """Where the rep is furthest above the rest of the team, and whether that may be chance; empty without one."""
    entry = track.focus.strength if track.focus else None
    if entry is None:
        return ""
    says = strength_says(entry, formats, to_rep=True)
    if not _may_be_chance(entry):
        return says
    return sentence(f"{says.removesuffix('.')}; {ending_says('may be chance')}")


def _may_be_chance(entry: Coaching) -> bool:
    return entry.rest.value is not None and entry.rate.likely_low <= entry.rest.value


def back_on_pace(track: TrackCard, formats: Formats) -> str:
    """`Five milestones a week, two more than the target, bring you back on pace by week 52.`; empty if not behind."""
    found = track.back_on_pace
    if found is None:
        return ""
    weekly, week = in_words(found.milestones_a_week, formats), formats.week_number(found.week)
    if not found.extra_a_week:
        says = ngettext(
            "one milestone a week brings you back on pace by week {week}",
            "{n} milestones a week bring you back on pace by week {week}",
            found.milestones_a_week,
            n=weekly,
            week=week,
        )
        return sentence(says)
    says = ngettext(
        "one milestone a week, {extra}, brings you back on pace by week {week}",
        "{n} milestones a week, {extra}, bring you back on pace by week {week}",
        found.milestones_a_week,
        n=weekly,
        extra=_over_target(track, in_words(found.extra_a_week, formats), formats),
        week=week,
    )
    return sentence(says)


def _over_target(track: TrackCard, extra: str, formats: Formats) -> str:
    """So many more than the weekly target; where it is no whole number, than the same in whole milestones."""
    weekly = track.pace.milestones_a_week
    if weekly is None or formats.number(weekly) == formats.count(weekly):
        return gettext("{n} more than the target", n=extra)
    return gettext("{n} more than the target in whole milestones", n=extra)
