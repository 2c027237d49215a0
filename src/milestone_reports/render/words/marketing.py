"""The sentences of the marketing page: which source brings most, and how many first milestones are needed.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext, npgettext, pgettext
from milestone_reports.render.words.grammar import in_words, joined, sentence
from milestone_reports.render.words.rules import Rules, every_track_for_itself, first_said, page_headline
from milestone_reports.render.words.teams import nothing_recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.insights import SourceRow
    from milestone_reports.scorecards.pages import TeamRollup, TeamTrack

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
    if track.sources:
        return ""
    return gettext("No {milestone} is reached yet: no source to compare", milestone=track.card.milestones[0])


def _no_source(track: TeamTrack, _: Formats) -> str:
    return "" if any(row.source for row in track.sources) else gettext("No source is given for any opportunity")


def _most_and_fastest(track: TeamTrack, formats: Formats) -> str:
    rows = told_sources(track)
    worth = [row for row in rows if row.revenue_per_first is not None and row.revenue_per_first > 0]
    if len(worth) < FEWEST_TO_COMPARE:
        return ""
    best = max(row.revenue_per_first or 0.0 for row in worth)
    most = [row for row in worth if (row.revenue_per_first or 0.0) >= NEARLY * best]
    milestone, money = track.card.milestones[0], formats.money_short(best)
    fastest = fastest_of(rows)
    if fastest == most:
        return ngettext(
            "{sources} brings most revenue for each {milestone}, {money}, and sells in the fewest days, {days}",
            "{sources} bring most revenue for each {milestone}, about {money}, and sell in the fewest days, {days}",
            len(most),
            sources=_names(most),
            milestone=milestone,
            money=money,
            days=_days(most, formats),
        )
    says = ngettext(
        "{sources} brings most revenue for each {milestone}, {money}",
        "{sources} bring most revenue for each {milestone}, about {money}",
        len(most),
        sources=_names(most),
        milestone=milestone,
        money=money,
    )
    return _and_fastest(says, fastest, formats)


def fastest_of(rows: Sequence[SourceRow]) -> Sequence[SourceRow]:
    """The sources whose sales took the fewest days; none where there are too few to compare."""
    timed = [row for row in rows if row.days_to_sale]
    if len(timed) < FEWEST_TO_COMPARE:
        return []
    least = min(row.days_to_sale or 0.0 for row in timed)
    return [row for row in timed if NEARLY * (row.days_to_sale or 0.0) <= least]


def _and_fastest(says: str, fastest: Sequence[SourceRow], formats: Formats) -> str:
    """What is said of the best sources, then of others that sell in the fewest days."""
    if not fastest:
        return says
    sells = ngettext(
        "{sources} sells in the fewest, {days}",
        "{sources} sell in the fewest, {days}",
        len(fastest),
        sources=_names(fastest),
        days=_days(fastest, formats),
    )
    return f"{says}; {sells}"


def _days(rows: Sequence[SourceRow], formats: Formats) -> str:
    """`72 days`, `72 to 74 days`: as the table says them."""
    days = sorted(max(round(row.days_to_sale or 0.0), 1) for row in rows)
    most = in_words(days[-1], formats)
    if days[0] < days[-1]:
        return pgettext("sells in", "{least} to {most} days", least=formats.count(days[0]), most=most)
    return npgettext("sells in", "one day", "{n} days", days[-1], n=most)


def _names(rows: Sequence[SourceRow]) -> str:
    """`Referral and Website`."""
    return joined([row.source for row in rows])


def _best_rate(track: TeamTrack, formats: Formats) -> str:
    rows = told_sources(track)
    if len(rows) < FEWEST_TO_COMPARE:
        return ""
    best = max(rows, key=lambda row: row.to_sale.value or 0.0)
    counts, fastest = formats.counts(best.to_sale), fastest_of(rows)
    if fastest == [best]:
        return gettext(
            "{source} turns most of its decided into sales, {counts}, and sells in the fewest days, {days}",
            source=best.source,
            counts=counts,
            days=_days(fastest, formats),
        )
    says = gettext("{source} turns most of its decided into sales, {counts}", source=best.source, counts=counts)
    return _and_fastest(says, fastest, formats)


def _too_early(track: TeamTrack, _: Formats) -> str:
    named = [row for row in track.sources if row.source]
    if len(named) == 1:
        return gettext("One source alone: nothing to compare")
    return gettext("Too early to compare sources")


MARKETING_RULES: Rules = {
    "no source": lambda track, formats: _no_source(track, formats) if track.sources else "",
    "most revenue and fewest days": _most_and_fastest,
    "best rate": _best_rate,
    "nothing started": _nothing_started,
    "too early": _too_early,
}


def source_name(row: SourceRow) -> str:
    """The source, or that none is given."""
    return row.source or gettext("no source given")


def sources_say(track: TeamTrack, formats: Formats) -> str:
    """How many first milestones there were from how many sources, and which are too few to compare."""
    if not track.sources:
        return ""
    named = [row for row in track.sources if row.source]
    parts = [_reached(track, len(named), formats)]
    if not named:
        fill = gettext("Fill the column Source on the sheet Opportunities, and this page says what each source brings.")
        return " ".join((*map(sentence, parts), fill))
    few = [row.source for row in named if not row.to_sale.enough]
    if few and len(few) < len(named):
        parts.append(gettext("too few decided to compare: {sources}", sources=", ".join(few)))
    elif few:
        parts.append(gettext("a source is compared from ten decided on"))
    missing = sum(row.first_milestones for row in track.sources if not row.source)
    if missing:
        n = formats.count(missing)
        parts.append(ngettext("{n} has no source given", "{n} have no source given", missing, n=n))
    return " ".join(sentence(part) for part in parts)


def _reached(track: TeamTrack, n_named: int, formats: Formats) -> str:
    milestone, count = track.card.milestones[0], sum(row.first_milestones for row in track.sources)
    n = formats.count(count)
    if not n_named:
        return ngettext("{n} reached {milestone}", "{n} reached {milestone}", count, n=n, milestone=milestone)
    return ngettext(
        "{n} reached {milestone}, from {sources}",
        "{n} reached {milestone}, from {sources}",
        count,
        n=n,
        milestone=milestone,
        sources=npgettext("reached from", "one source", "{n} sources", n_named, n=in_words(n_named, formats)),
    )


def sources_order(track: TeamTrack) -> str:
    """How the table of sources is sorted."""
    return gettext("the most revenue first") if shows_money(track) else gettext("the most sales first")


def shows_money(track: TeamTrack) -> bool:
    """Whether any source brought revenue."""
    return any(row.revenue for row in track.sources)
