"""The sentences of the marketing page: which source brings most, and how many first milestones are needed.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.words.grammar import count_of, counted, sentence
from milestone_reports.render.words.pipeline import joined
from milestone_reports.render.words.rules import Rules, every_track_for_itself, first_said, page_headline
from milestone_reports.render.words.teams import nothing_recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.insights import SourceRow
    from milestone_reports.scorecards.pages import TeamRollup, TeamTrack

NO_SOURCE = "no source given"
FEWEST_TO_COMPARE = 2
NEARLY = 0.95
"""Sources within 5 % of the best are named with it."""


def marketing_headline(rollup: TeamRollup, formats: Formats) -> str:
    """The headline of the marketing page."""
    return page_headline(MARKETING_RULES, rollup, formats)


def marketing_deck(rollup: TeamRollup, formats: Formats) -> str:
    """What stands under it."""
    if rollup.stamp.nothing_recorded:
        return nothing_recorded(rollup, formats)
    if len(rollup.tracks) > 1:
        return every_track_for_itself(rollup.tracks, formats)
    return sources_say(rollup.tracks[0], formats)


def marketing_says(track: TeamTrack, formats: Formats) -> str:
    """One of several tracks: its own headline, and what it was counted from."""
    return f"{sentence(first_said(MARKETING_RULES, track, formats)[1])} {sources_say(track, formats)}"


def told_sources(track: TeamTrack) -> Sequence[SourceRow]:
    """The named sources with enough decided to compare."""
    return [row for row in track.sources if row.source and row.to_sale.enough]


def _nothing_started(track: TeamTrack, _: Formats) -> str:
    return "" if track.sources else f"No {track.card.milestones[0]} is reached yet: no source to compare"


def _no_source(track: TeamTrack, _: Formats) -> str:
    return "" if any(row.source for row in track.sources) else "No source is given for any opportunity"


def _most_and_fastest(track: TeamTrack, formats: Formats) -> str:
    rows = told_sources(track)
    worth = [row for row in rows if row.revenue_per_first is not None and row.revenue_per_first > 0]
    if len(worth) < FEWEST_TO_COMPARE:
        return ""
    best = max(row.revenue_per_first or 0.0 for row in worth)
    most = [row for row in worth if (row.revenue_per_first or 0.0) >= NEARLY * best]
    bring = counted(len(most), "brings", "bring")
    about = " about" if len(most) > 1 else ""
    says = f"{names_of(most)} {bring} most revenue for each {track.card.milestones[0]}"
    return f"{says},{about} {formats.money_short(best)}{_fastest(rows, most, formats)}"


def _fastest(rows: Sequence[SourceRow], best: Sequence[SourceRow], formats: Formats) -> str:
    timed = [row for row in rows if row.days_to_sale]
    if len(timed) < FEWEST_TO_COMPARE:
        return ""
    least = min(row.days_to_sale or 0.0 for row in timed)
    fastest = [row for row in timed if NEARLY * (row.days_to_sale or 0.0) <= least]
    days = _days(fastest, formats)
    if fastest == best:
        return f", and {counted(len(best), 'sells', 'sell')} in the fewest days, {days}"
    return f"; {names_of(fastest)} {counted(len(fastest), 'sells', 'sell')} in the fewest, {days}"


def _days(rows: Sequence[SourceRow], formats: Formats) -> str:
    """`72 days`, `72 to 74 days`: as the table says them."""
    days = sorted(max(round(row.days_to_sale or 0.0), 1) for row in rows)
    least = f"{formats.count(days[0])} to " if days[0] < days[-1] else ""
    return least + count_of(days[-1], "day", formats)


def names_of(rows: Sequence[SourceRow]) -> str:
    """`Referral and Website`."""
    return joined([row.source for row in rows])


def _best_rate(track: TeamTrack, formats: Formats) -> str:
    rows = told_sources(track)
    if len(rows) < FEWEST_TO_COMPARE:
        return ""
    best = max(rows, key=lambda row: row.to_sale.value or 0.0)
    says = f"{best.source} turns most of its decided into sales, {formats.counts(best.to_sale)}"
    return says + _fastest(rows, [best], formats)


def _too_early(track: TeamTrack, _: Formats) -> str:
    named = [row for row in track.sources if row.source]
    return "One source alone: nothing to compare" if len(named) == 1 else "Too early to compare sources"


MARKETING_RULES: Rules = {
    "no source": lambda track, formats: _no_source(track, formats) if track.sources else "",
    "most revenue and fewest days": _most_and_fastest,
    "best rate": _best_rate,
    "nothing started": _nothing_started,
    "too early": _too_early,
}


def source_name(row: SourceRow) -> str:
    """The source, or that none is given."""
    return row.source or NO_SOURCE


def sources_say(track: TeamTrack, formats: Formats) -> str:
    """How many first milestones there were from how many sources, and which are too few to compare."""
    if not track.sources:
        return ""
    first, n = track.card.milestones[0], sum(row.first_milestones for row in track.sources)
    named = [row for row in track.sources if row.source]
    if not named:
        return (
            f"{formats.count(n)} reached {first}. Fill the column Source on the sheet Opportunities, and this page "
            "says what each source brings."
        )
    parts = [f"{formats.count(n)} reached {first}, from {count_of(len(named), 'source', formats)}"]
    few = [row.source for row in named if not row.to_sale.enough]
    if few and len(few) < len(named):
        parts.append(f"too few decided to compare: {', '.join(few)}")
    elif few:
        parts.append("a source is compared from ten decided on")
    missing = sum(row.first_milestones for row in track.sources if not row.source)
    if missing:
        parts.append(f"{formats.count(missing)} have no source given")
    return " ".join(sentence(part) for part in parts)


def sources_order(track: TeamTrack) -> str:
    """How the table of sources is sorted."""
    return "the most revenue first" if shows_money(track) else "the most sales first"


def shows_money(track: TeamTrack) -> bool:
    """Whether any source brought revenue."""
    return any(row.revenue for row in track.sources)
