"""The files of one team for who may see everything: its pages and tables, with every rep's card among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from milestone_reports.build.making import Making, Page, opened
from milestone_reports.publish import TeamLayout
from milestone_reports.render import downloads
from milestone_reports.render.binding import BUNDLE, Binder, bundle_title
from milestone_reports.render.pdf import Printer
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.scorecards.provenance.explaining import places_of
from milestone_reports.scorecards.provenance.opened import rep_figures, team_figures
from milestone_reports.workbook.tables import tables_workbook

PageData = TypeVar("PageData")


def printed_for_managers(making: Making, site: TeamSite, team: TeamLayout, binder: Binder) -> Iterator[Page]:
    """All scorecards in one PDF, from the binder that has them by then, and the team's report."""
    if not making.printer or not making.options.team_pages:
        return
    if site.reps:
        yield Page(f"{team.team_folder}{BUNDLE}", partial(binder.bound, bundle_title(site.stamp)))
    yield Page(team.team_pdf, partial(_printed, making.printer, making.pages.team_print, site.rollup))


def cards_among(making: Making, site: TeamSite, team: TeamLayout) -> Iterator[Page]:
    """The cards on the screen, with what is behind them; the data of a card where it stands alone."""
    request, pages, options, places = making.request, making.pages, making.options, places_of(site)
    for card in site.reps:
        if request.html:
            yield Page(f"{team.card_among(card.slug)}.html", partial(pages.rep, card, options))
            behind = partial(rep_figures, site, places, card)
            path = f"{team.team_folder}reps/figures/{card.slug}.html"
            yield Page(path, partial(opened, pages.rep_figures, behind, options))
        if request.data and request.reps:
            yield Page(f"{team.team_folder}data/{card.slug}.json", partial(downloads.rep_json, card))


def team_data(site: TeamSite, team: TeamLayout) -> Iterator[Page]:
    """The figures of all pages as JSON, and the tables."""
    folder = f"{team.team_folder}data/"
    yield Page(f"{folder}scorecards.json", partial(downloads.scorecards_json, site))
    yield Page(f"{folder}scorecards.schema.json", downloads.schema_bytes)
    tables = downloads.tables(site)
    for name, table in tables.items():
        yield Page(f"{folder}{name}.csv", partial(downloads.csv_bytes, table))
    yield Page(f"{folder}tables.xlsx", partial(tables_workbook, tables, site.stamp.saved_at))


def team_pages(making: Making, site: TeamSite, team: TeamLayout) -> Iterator[Page]:
    """The web pages of the team, its front page last."""
    folder, pages, options = team.team_folder, making.pages, making.options
    yield Page(f"{folder}definitions.html", partial(pages.definitions, site.definitions, options))
    yield Page(f"{folder}changes.html", partial(pages.changes, site.rollup, options))
    yield Page(f"{folder}conversion.html", partial(pages.conversion, site.rollup, options))
    yield Page(f"{folder}pipeline.html", partial(pages.pipeline, site.rollup, options))
    yield Page(f"{folder}planning.html", partial(pages.planning, site.rollup, options))
    yield Page(f"{folder}marketing.html", partial(pages.marketing, site.rollup, options))
    yield Page(f"{folder}reps.html", partial(pages.reps, site.rollup, options))
    yield Page(f"{folder}opportunities.html", partial(pages.opportunities, site, options))
    for figure in team_figures(site, places_of(site)):
        yield Page(f"{folder}figures/{figure.slug}.html", partial(pages.team_figure, figure, options))
    yield Page(f"{folder}checks.html", partial(pages.checks, site.checks, options))
    yield Page(f"{folder}index.html", partial(pages.team, site.rollup, options))


def _printed(printer: Printer, page: Callable[[PageData], str], said: PageData) -> bytes:
    return printer.print(page(said))
