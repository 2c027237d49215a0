"""What of a site can be sent, for the history to know it by: the PDFs, each with its place and its bytes' digest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from milestone_reports.build.pages import site_layout
from milestone_reports.build.request import Request
from milestone_reports.history.store import PublishedPdf
from milestone_reports.scorecards.pages import TeamSite


def sendable_pdfs(request: Request, sites: Sequence[TeamSite], digests: Mapping[str, str]) -> tuple[PublishedPdf, ...]:
    """Each rep's scorecard and each team's report, as far as they were built; by the places of the teams, then by slug.

    `digests` has the SHA-256 of every file of the site.
    """
    return tuple(
        PublishedPdf(place, slug, path, digests[path])
        for place, slug, path in sorted(_paths(request, sites))
        if path in digests
    )


def _paths(request: Request, sites: Sequence[TeamSite]) -> Iterator[tuple[int, str, str]]:
    layout = site_layout(request, sites)
    for place, site in enumerate(sites):
        team = layout.team(site.stamp.team_slug)
        yield place, "", team.team_pdf
        yield from ((place, card.slug, team.card_pdf(card.slug)) for card in site.reps)
