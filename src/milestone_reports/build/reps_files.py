"""The files of the reps of one team: their PDFs, and all that lies in their own folders."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from milestone_reports.build.making import Making, Page, opened
from milestone_reports.publish import TeamLayout
from milestone_reports.render import downloads
from milestone_reports.render.binding import Binder
from milestone_reports.render.html import Pages
from milestone_reports.render.pdf import Printer
from milestone_reports.scorecards.pages import RepScorecard, TeamSite
from milestone_reports.scorecards.provenance.explaining import places_of
from milestone_reports.scorecards.provenance.opened import rep_figures


def printed_cards(making: Making, site: TeamSite, team: TeamLayout, binder: Binder) -> Iterator[Page]:
    """The scorecards as PDFs, each laid out once for all its places and kept for the bundle of all."""
    if not making.printer:
        return
    for card in site.reps:
        path, *also = team.card_pdfs(card.slug)
        yield Page(path, partial(_printed_for, binder, making.printer, making.pages, card), tuple(also))


def own_folders(making: Making, site: TeamSite, team: TeamLayout) -> Iterator[Page]:
    """The web pages and the data in each rep's own folder."""
    places = places_of(site)
    for card in site.reps:
        own, options = team.own_folder(card.slug), making.own_options(team, card.slug)
        if making.request.data:
            yield Page(f"{own}{card.slug}.json", partial(downloads.rep_json, card))
        if making.request.html:
            behind = partial(rep_figures, site, places, card)
            yield Page(f"{own}figures/{card.slug}.html", partial(opened, making.pages.rep_figures, behind, options))
            yield Page(team.own_page(card.slug), partial(making.pages.rep, card, options))


def _printed_for(binder: Binder, printer: Printer, pages: Pages, card: RepScorecard) -> bytes:
    return binder.add(printer.print(pages.rep_print(card)))
