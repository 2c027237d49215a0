"""The sentences of the Reps page: who is behind the year's pace, who has nothing planned. Templates call these by name.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from milestone_reports.metrics.rates import Ratio
from milestone_reports.render.language import gettext, ngettext
from milestone_reports.render.words.card_weeks import reliability_line
from milestone_reports.render.words.grammar import gap_in_words, in_words, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import Reliability
    from milestone_reports.scorecards.pages import RepRow, TeamRollup, TeamTrack


PAIR = 2
"""Of which one says both."""


def reps_headline(rollup: TeamRollup, formats: Formats) -> str:
    """The headline of the Reps page, by the first of the rules that applies."""
    said = next(text for says in REPS_RULES.values() if (text := says(rollup, formats)))
    return sentence(said).removesuffix(".")


def _nobody(rollup: TeamRollup, _: Formats) -> str:
    return "" if names_of(rollup) else gettext("No rep is listed yet")


def _nothing_recorded(rollup: TeamRollup, _: Formats) -> str:
    return gettext("No milestone completed yet") if rollup.stamp.nothing_recorded else ""


def _behind(rollup: TeamRollup, formats: Formats) -> str:
    behind, count = reps_behind(rollup), len(names_of(rollup))
    if not behind:
        return ""
    if count == 1:
        return gettext("The one rep is behind the year’s pace")
    if len(behind) == count == PAIR:
        return gettext("Both reps are behind the year’s pace")
    if len(behind) == count:
        return gettext("All {n} reps are behind the year’s pace", n=in_words(count, formats))
    return ngettext(
        "one of {all} reps is behind the year’s pace",
        "{n} of {all} reps are behind the year’s pace",
        len(behind),
        n=in_words(len(behind), formats),
        all=in_words(count, formats),
    )


def _without_plan(rollup: TeamRollup, formats: Formats) -> str:
    idle = reps_without_plan(rollup)
    return nothing_planned_says(len(idle), len(names_of(rollup)), formats) if idle else ""


def _without_quota(rollup: TeamRollup, formats: Formats) -> str:
    if any(row.gap is not None for track in rollup.tracks for row in track.reps):
        return ""
    count = len(names_of(rollup))
    return ngettext("one rep, without a quota", "{n} reps, none with a quota", count, n=in_words(count, formats))


def _all_in_order(rollup: TeamRollup, formats: Formats) -> str:
    count = len(names_of(rollup))
    if count == PAIR:
        return gettext("Both reps are on pace or ahead, with next week planned")
    return ngettext(
        "The one rep is on pace or ahead, with next week planned",
        "All {n} reps are on pace or ahead, with next week planned",
        count,
        n=in_words(count, formats),
    )


REPS_RULES: Mapping[str, Callable[[TeamRollup, Formats], str]] = {
    "nobody": _nobody,
    "nothing recorded": _nothing_recorded,
    "behind": _behind,
    "without quota": _without_quota,
    "without plan": _without_plan,
    "all in order": _all_in_order,
}
"""In order: the first that has something to say says it."""


def reps_deck(rollup: TeamRollup, formats: Formats) -> str:
    """What else of the reps asks for something: who is furthest behind, who has nothing planned for next week."""
    if not names_of(rollup) or rollup.stamp.nothing_recorded:
        return ""
    behind, idle = reps_behind(rollup), reps_without_plan(rollup)
    parts = []
    if len(behind) > 1:
        track, row = furthest_behind(rollup)
        gap = gap_in_words(row.gap or 0.0, 0, formats)
        if len(rollup.tracks) > 1:
            parts.append(
                gettext("Furthest behind is {rep}, by {gap} on {track}.", rep=row.rep, gap=gap, track=track.card.track)
            )
        else:
            parts.append(gettext("Furthest behind is {rep}, by {gap}.", rep=row.rep, gap=gap))
    if idle:
        parts.append(gettext("Nothing planned for next week: {reps}.", reps=", ".join(idle[:MOST_NAMES]) + more(idle)))
    return " ".join(parts)


MOST_NAMES = 5
"""Names that a sentence lists."""


def more(names: Sequence[str]) -> str:
    """The names that a sentence leaves out, counted; empty for none."""
    rest = len(names) - MOST_NAMES
    return gettext(" and {n} more", n=rest) if rest > 0 else ""


def nothing_planned_says(count: int, n_reps: int, formats: Formats) -> str:
    """`two of nine reps have nothing planned for next week`."""
    if count == n_reps == PAIR:
        return gettext("Both reps have nothing planned for next week")
    if count == n_reps:
        return ngettext(
            "The one rep has nothing planned for next week",
            "All {n} reps have nothing planned for next week",
            count,
            n=in_words(count, formats),
        )
    return ngettext(
        "one of {all} reps has nothing planned for next week",
        "{n} of {all} reps have nothing planned for next week",
        count,
        n=in_words(count, formats),
        all=in_words(n_reps, formats),
    )


def names_of(rollup: TeamRollup) -> Sequence[str]:
    """The reps, each once, in the order of the pages."""
    return list(dict.fromkeys(row.rep for track in rollup.tracks for row in track.reps))


def reps_behind(rollup: TeamRollup) -> Sequence[str]:
    """Those behind the year's pace on at least one track."""
    return list(dict.fromkeys(row.rep for track in rollup.tracks for row in track.reps if row.standing == "behind"))


def reps_without_plan(rollup: TeamRollup) -> Sequence[str]:
    """Those with a quota and nothing planned for next week on any track."""
    asked = dict.fromkeys(row.rep for track in rollup.tracks for row in track.next_week if row.target)
    planned = {row.rep for track in rollup.tracks for row in track.next_week if row.n_planned or row.carried_over}
    return [rep for rep in asked if rep not in planned]


def furthest_behind(rollup: TeamRollup) -> tuple[TeamTrack, RepRow]:
    """The row that is furthest behind pace, and its track."""
    rows = ((track, row) for track in rollup.tracks for row in track.reps if row.standing == "behind")
    return min(rows, key=lambda one: one[1].gap or 0.0)


def plans_by_rep(track: TeamTrack) -> Mapping[str, int]:
    """How many milestones each rep plans for next week, by the rep’s address."""
    planned = {row.slug: row.n_planned for row in track.next_week}
    return {row.slug: planned.get(row.slug, 0) for row in track.reps}


def reliability_title(told: Reliability | None, formats: Formats) -> str:
    """The counts behind the percentage, or why there is none."""
    strong, rest = reliability_line(told, formats, has_copies=True)
    return strong + rest


def kept_by_all(rows: Sequence[RepRow]) -> Ratio:
    """The rows' reliability together."""
    kept = [row.reliability.kept for row in rows if row.reliability]
    return Ratio(sum(one.part for one in kept), sum(one.whole for one in kept))


def sum_of(rows: Sequence[RepRow], part: str) -> int:
    """The passed or the decided of the rows' rates to the sale, together."""
    return sum(getattr(row.to_sale, part) for row in rows if row.to_sale)
