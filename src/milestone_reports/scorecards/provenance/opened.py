"""The pages behind the figures: every figure of a rep or of the team, with what it was counted from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from milestone_reports.domain.slug import slug
from milestone_reports.scorecards.pages import RepScorecard, Stamp, TeamSite
from milestone_reports.scorecards.provenance.explaining import Explanation, every_explanation
from milestone_reports.scorecards.provenance.opportunities import OpportunityBehind


@dataclass(frozen=True, slots=True)
class RepFigures:
    """`reps/figures/<slug>.html`: all figures of a rep's card, then the rep's opportunities."""

    stamp: Stamp  #: what every page carries
    rep: str
    """Whose card it is."""
    slug: str
    """The card's address."""
    explanations: tuple[Explanation, ...]
    """Track by track, in the order of the Definitions page; only those that have a value."""
    opportunities: tuple[OpportunityBehind, ...]
    """The rep's own and those on which the rep completed something, in the workbook's order: no other colleague's.

    As the rep may read them: without a colleague's name, and of one that has gone to a colleague no more than the
    milestones that the rep earned."""


@dataclass(frozen=True, slots=True)
class TeamFigure:
    """`figures/<slug>.html`: one figure of the team on every track, and the opportunities it was counted from."""

    stamp: Stamp  #: what every page carries
    figure: str
    """As the Definitions page names it."""
    slug: str
    """The page's address."""
    explanations: tuple[Explanation, ...]
    """One a track on which the figure has a value."""


def rep_figures(site: TeamSite, places: Mapping[str, int], card: RepScorecard) -> RepFigures:
    """The page behind a rep's card."""
    return RepFigures(
        stamp=site.stamp,
        rep=card.rep,
        slug=card.slug,
        explanations=tuple(every_explanation(site, places, card)),
        opportunities=tuple(one.as_told_to(card.rep) for one in site.opportunities if one.is_of(card.rep)),
    )


def team_figures(site: TeamSite, places: Mapping[str, int]) -> Iterator[TeamFigure]:
    """The pages behind the team's figures, in the order of their names."""
    told = sorted(every_explanation(site, places, None), key=lambda one: one.definition.name)
    for name, explanations in groupby(told, key=lambda one: one.definition.name):
        yield TeamFigure(site.stamp, name, slug(name), tuple(explanations))
