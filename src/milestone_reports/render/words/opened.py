"""The sentences of the pages behind the figures: what a figure was counted from, opportunity by opportunity.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from milestone_reports.domain.slug import slug
from milestone_reports.render.language import gettext, ngettext
from milestone_reports.scorecards.provenance.opportunities import COLLEAGUE, HANDED_OVER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milestone_reports.metrics.estimators.repairs import Kind
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.insights import Provenance
    from milestone_reports.scorecards.pages import RepRow, TeamRollup
    from milestone_reports.scorecards.provenance.explaining import Explanation
    from milestone_reports.scorecards.provenance.opened import RepFigures
    from milestone_reports.scorecards.provenance.opportunities import MilestoneCell, OpportunityBehind


def rep_figures_deck(page: RepFigures) -> str:
    """What the page behind a card holds."""
    return gettext(
        "Every figure of this scorecard: what it means, the numbers that went into it and the opportunities it was "
        "counted from. Their dates and cells in {workbook} are in the table at the end.",
        workbook=page.stamp.workbook,
    )


def behind_says(ids: Sequence[str], formats: Formats) -> str:
    """`24 opportunities`."""
    return ngettext("one opportunity", "{n} opportunities", len(ids), n=formats.count(len(ids)))


def counted_in_says(explanation: Explanation, formats: Formats) -> str:
    """Whose opportunities they are, where the figure is computed from another: `24 opportunities of Reached`."""
    count = len(explanation.opportunities)
    return ngettext(
        "computed from {figure}: one opportunity",
        "computed from {figure}: {n} opportunities",
        count,
        n=formats.count(count),
        figure=gettext(explanation.counted_in),
    )


def behind_entry(explanation: Explanation, entry: Provenance) -> Sequence[OpportunityBehind]:
    """The opportunities that one value was counted from, as far as the page names them."""
    ids = set(entry.opportunities)
    return own_of(explanation, [one for one in explanation.opportunities if one.id in ids])


def own_of(explanation: Explanation, listed: Sequence[OpportunityBehind]) -> Sequence[OpportunityBehind]:
    """Those that a page names: of a rep's figure only those that are the rep's or that the rep had a part in."""
    return [one for one in listed if one.is_of(explanation.rep)] if explanation.rep else listed


def by_rep(listed: Sequence[OpportunityBehind]) -> Sequence[tuple[str, Sequence[OpportunityBehind]]]:
    """Opportunities rep by rep, in the order of the names."""
    ordered = sorted(listed, key=lambda one: one.rep)
    return [(rep, list(of_rep)) for rep, of_rep in groupby(ordered, key=lambda one: one.rep)]


def of_track(listed: Sequence[OpportunityBehind], track: str) -> Sequence[OpportunityBehind]:
    """Those on one track, the open ones first, then those that were closed last."""
    of_it = (one for one in listed if one.track == track)
    return sorted(of_it, key=lambda one: -date.max.toordinal() if not one.closed_on else -one.closed_on.toordinal())


def tracks_of(listed: Sequence[OpportunityBehind]) -> Sequence[str]:
    """The tracks that a list has, in its order."""
    return list(dict.fromkeys(one.track for one in listed))


def outcome_word(one: OpportunityBehind) -> str:
    """Where an opportunity stands, in a word or two."""
    words = {
        "open": gettext("open"),
        "open, stalled": gettext("open, stalled"),
        "open, presumed lost": gettext("open, presumed lost"),
        "won": gettext("won"),
        "lost": gettext("lost"),
        "cancelled": gettext("cancelled"),
        "disqualified": gettext("disqualified"),
        "no decision": gettext("no decision"),
        "undated": gettext("sold, without a date"),
        HANDED_OVER: gettext("handed over"),
    }
    return words.get(one.outcome, one.outcome)


def earned_by(cell: MilestoneCell) -> str:
    """Who completed a milestone, where that was not who has the opportunity; a rep's page names no colleague."""
    if cell.earned_by == COLLEAGUE:
        return gettext("earned by a colleague")
    return gettext("earned by {rep}", rep=cell.earned_by) if cell.earned_by else ""


def now_with(one: OpportunityBehind) -> str:
    """Who has an opportunity now, where another counts it; a rep's page names no colleague."""
    if one.now_with == COLLEAGUE:
        return gettext("now with a colleague")
    return gettext("now with {rep}", rep=one.now_with) if one.now_with else ""


def cell_in_sheet(cell: str) -> str:
    """`J255` of `Opportunities!J255`, `row 255` of `Opportunities, row 255`."""
    sheet, found, row = cell.rpartition(", row ")
    return gettext("row {row}", row=row) if found and sheet else cell.rpartition("!")[2]


def sheets_say(listed: Sequence[OpportunityBehind]) -> str:
    """Which sheet the cells are of; empty where there are none."""
    sheets = list(dict.fromkeys(cell.cell.rpartition("!")[0] for one in listed for cell in one.milestones if cell.cell))
    if not sheets:
        return ""
    if len(sheets) == 1:
        return gettext("Under each date is its cell in the sheet {sheet}.", sheet=sheets[0])
    return gettext("Under each date is its cell, in one of the sheets {sheets}.", sheets=", ".join(sheets))


def observed_say(listed: Sequence[OpportunityBehind]) -> str:
    """What a date that is called observed is; empty where there is none."""
    if not any(cell.observed for one in listed for cell in one.milestones):
        return ""
    return gettext(
        "Observed: the workbook has no date; it is the day of the first copy that shows the milestone reached, right "
        "to the week."
    )


def put_right(one: OpportunityBehind) -> str:
    """What was put right in an opportunity's dates before anything was counted; empty for most."""
    return "; ".join(repair_says(repair.kind, repair.milestone) for repair in one.repairs)


def repair_says(kind: Kind, milestone: str) -> str:
    """One repair in words."""
    says: Mapping[Kind, str] = {
        "skipped": gettext("{milestone} skipped: the next milestone’s date stands for it", milestone=milestone),
        "order": gettext("{milestone} is dated after a later milestone, whose date is taken", milestone=milestone),
        "won-and-lost": gettext("sold and lost: the sale counts"),
        "lost-before-milestone": gettext("lost before its last milestone, whose date is taken"),
        "lost-without-date": gettext("lost without a date: its last milestone’s is taken"),
    }
    return says[kind]


def figure_anchor(figure: str, n_track: int) -> str:
    """What a figure on one of a page's tracks is addressed by: `attainment`, on the second track `attainment-2`."""
    return slug(figure) if n_track == 1 else f"{slug(figure)}-{n_track}"


def entry_anchors(figure: str, n_track: int, milestones: Sequence[str]) -> Sequence[str]:
    """What the values of a figure are addressed by, one a milestone: `reached--meeting`; empty names the sum of all.

    No slug has two hyphens in a row, so none of them is that of another figure or track.
    """
    slugs = [slug(milestone) if milestone else "value" for milestone in milestones]
    nth = [slugs[: place + 1].count(name) for place, name in enumerate(slugs)]
    start = figure_anchor(figure, n_track)
    return [f"{start}--{name}" if n == 1 else f"{start}--{name}--{n}" for name, n in zip(slugs, nth, strict=True)]


def opportunities_headline(listed: Sequence[OpportunityBehind], formats: Formats) -> str:
    """The headline of the list of all: how many there are, and what became of them."""
    if not listed:
        return gettext("No opportunity was read")
    n_open = sum(one.outcome.startswith("open") for one in listed)
    n_won = sum(one.outcome == "won" for one in listed)
    return ngettext(
        "One opportunity: {open} open, {won} won, {closed} closed without a sale",
        "{n} opportunities: {open} open, {won} won, {closed} closed without a sale",
        len(listed),
        n=formats.count(len(listed)),
        open=formats.count(n_open),
        won=formats.count(n_won),
        closed=formats.count(len(listed) - n_open - n_won),
    )


def rep_figure_place(rollup: TeamRollup, row: RepRow, figure: str) -> str:
    """Where a figure of one rep's row is opened, from the team's folder."""
    tracks = [track for track in rollup.tracks if any(other.slug == row.slug for other in track.reps)]
    n_track = 1 + next((place for place, track in enumerate(tracks) if track.card.track == row.track), 0)
    return f"reps/figures/{row.slug}.html#{figure_anchor(figure, n_track)}"
