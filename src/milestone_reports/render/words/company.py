"""The sentences of the page above several teams: which of them are behind pace, and which furthest.

Each team is read from its own workbook, as of its own day and in its own currency: nothing is added up across them.
Must not know of markup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext
from milestone_reports.render.words.grammar import in_words, sentence

if TYPE_CHECKING:
    from datetime import date

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.insights import Coaching
    from milestone_reports.scorecards.pages import TeamRollup, TeamTrack

MOST_ENTRIES = 5
"""Entries of the coaching lists that the page repeats."""

FLAGGED = frozenset({"coach here", "new, watch"})
MEASURED = frozenset({"ahead", "on pace", "behind"})

Rollups = Sequence["TeamRollup"]


def front_headline(rollups: Rollups, formats: Formats) -> str:
    """The headline of the page above several teams, by the first of the rules that applies."""
    said = next(text for says in FRONT_RULES.values() if (text := says(rollups, formats)))
    return sentence(said).removesuffix(".")


def _without_quota(rollups: Rollups, _: Formats) -> str:
    measured = any(MEASURED & standings(rollup) for rollup in rollups)
    return "" if measured else gettext("No team has a quota to hold its year against")


def _behind(rollups: Rollups, formats: Formats) -> str:
    behind, n_teams = teams_behind(rollups), len(rollups)
    n, every = in_words(len(behind), formats), in_words(n_teams, formats)
    if len(behind) == n_teams:
        both = n_teams == 2  # noqa: PLR2004  both
        return gettext("Both teams are behind pace") if both else gettext("All {n} teams are behind pace", n=n)
    if not behind:
        return ""
    return ngettext(
        "one of {all} teams is behind pace", "{n} of {all} teams are behind pace", len(behind), n=n, all=every
    )


def _nobody_behind(_: Rollups, __: Formats) -> str:
    return gettext("No team is behind pace")


FRONT_RULES: Mapping[str, Callable[[Rollups, Formats], str]] = {
    "without quota": _without_quota,
    "behind": _behind,
    "nobody behind": _nobody_behind,
}
"""In order: the first that has something to say says it."""


def front_deck(rollups: Rollups, formats: Formats) -> str:
    """Which team is furthest behind, how old the oldest figures are, and how the page is to be read."""
    parts = [furthest_says(rollups, formats), oldest_says(rollups, formats)]
    parts.append(gettext("Each team is read from its own workbook; nothing is added up across teams."))
    return " ".join(filter(None, parts))


def furthest_says(rollups: Rollups, formats: Formats) -> str:
    """`Furthest behind is North, New business: 71% of the quota to date.`; empty where nobody is behind."""
    behind = [
        (track.card.pace.attainment.value or 0.0, rollup, track)
        for rollup in rollups
        for track in rollup.tracks
        if track.card.pace.standing == "behind"
    ]
    if not behind:
        return ""
    share, rollup, track = min(behind, key=lambda one: one[0])
    return gettext(
        "Furthest behind is {team}: {share} of the quota to date.",
        team=rollup.stamp.team if len(rollup.tracks) == 1 else f"{rollup.stamp.team}, {track.card.track}",
        share=formats.fraction(share),
    )


def oldest_says(rollups: Rollups, formats: Formats) -> str:
    """Which teams' figures are of an earlier week than the newest; empty where all are of one week."""
    newest = max(rollup.stamp.week_first_on for rollup in rollups)
    older = [rollup for rollup in rollups if rollup.stamp.week_first_on < newest]
    if not older:
        return ""
    oldest = min(older, key=lambda rollup: rollup.stamp.week_first_on)
    day = formats.day_long(oldest.stamp.as_of, with_year=True)
    return ngettext(
        "The figures of {team} are of an earlier week, as of {day}.",
        "The figures of {n} teams are of earlier weeks, the oldest as of {day}.",
        len(older),
        n=in_words(len(older), formats),
        team=oldest.stamp.team,
        day=day,
    )


def standings(rollup: TeamRollup) -> set[str]:
    """Where a team's tracks stand against pace."""
    return {track.card.pace.standing for track in rollup.tracks}


def teams_behind(rollups: Rollups) -> Rollups:
    """The teams that are behind pace on a track."""
    return [rollup for rollup in rollups if "behind" in standings(rollup)]


def coach_first(rollups: Rollups) -> Sequence[tuple[TeamRollup, TeamTrack, Coaching]]:
    """The largest flagged entries of the teams' coaching lists, by the contracts a year that are at stake."""
    every = (
        (rollup, track, entry)
        for rollup in rollups
        for track in rollup.tracks
        for entry in track.card.coaching
        if entry.ending in FLAGGED
    )
    return sorted(every, key=lambda one: -one[2].contracts)[:MOST_ENTRIES]


def older_than(rollup: TeamRollup, rollups: Rollups) -> bool:
    """Whether a team's figures are of an earlier week than the newest team's."""
    newest: date = max(other.stamp.week_first_on for other in rollups)
    return rollup.stamp.week_first_on < newest
