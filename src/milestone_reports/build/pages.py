"""Every file of a site, with what makes its bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from milestone_reports import __version__
from milestone_reports.build.request import Request
from milestone_reports.domain.failure import CannotGoOnError, PublishingFailedError
from milestone_reports.render import downloads
from milestone_reports.render.binding import BUNDLE, Binder, bundle_title
from milestone_reports.render.html import Pages, SiteOptions, static_files
from milestone_reports.render.look import Look
from milestone_reports.render.pdf import Printer
from milestone_reports.render.resources import templates_folder
from milestone_reports.render.template_folders import TemplateFolders
from milestone_reports.scorecards.pages import RepScorecard, TeamSite
from milestone_reports.scorecards.provenance.explaining import places_of
from milestone_reports.scorecards.provenance.opened import rep_figures, team_figures
from milestone_reports.scorecards.published_weeks import PublishedWeeks
from milestone_reports.workbook.tables import tables_workbook

WHOLE_SITE = "checks.html"
"""A page that every whole site has and a site of chosen reps has not."""

WEEKS_PAGE = "weeks.html"
"""The page of all published weeks; the one page that is not kept with its week."""

Page = tuple[str, Callable[[], bytes]]
"""A path in the site, and what makes its bytes."""

PageData = TypeVar("PageData")


def site_options(request: Request, sites: Sequence[TeamSite], *, weeks: bool = False) -> SiteOptions:
    """What is built, so that pages link only to what is there; `weeks`: some are kept as they were published."""
    return SiteOptions(
        pdf=request.pdf,
        data=request.data,
        team_pages=not request.reps,
        several_teams=len(sites) > 1,
        weeks=weeks and not request.reps,
    )


def site_pages(
    request: Request,
    sites: Sequence[TeamSite],
    options: SiteOptions,
    all_weeks: Callable[[], PublishedWeeks] | None = None,
) -> Iterator[Page]:
    """Every file of the site with what makes it, the shared ones first, the front page and that of all weeks last."""
    templates, look = templates_folder(), request.look
    folders = TemplateFolders(templates, look.own_templates)
    folders.refuse_links_outward()
    folders.refuse_useless()
    folders.refuse_files_for_folders()
    pages = Pages(templates, __version__, look)
    printer = Printer(templates, look) if request.pdf else None
    if request.html:
        for path, content in static_files(templates, look).items():
            yield f"static/{path}", partial(bytes, content)
    for site in sites:
        folder = f"{site.stamp.team_slug}/" if options.several_teams else ""
        yield from team_pages(site, folder, request, pages, printer, options)
    if request.html and options.several_teams and options.team_pages:
        rollups = [site.rollup for site in sites]
        yield "index.html", partial(pages.front, rollups, options)
    if request.html and options.weeks and all_weeks:
        yield WEEKS_PAGE, partial(_opened, pages.weeks, all_weeks, options)


def team_pages(
    site: TeamSite, folder: str, request: Request, pages: Pages, printer: Printer | None, options: SiteOptions
) -> Iterator[Page]:
    """The files of one team, its front page last."""
    places = places_of(site)
    if printer:
        yield from printed_pages(site, folder, pages, printer, options)
    for card in site.reps:
        if request.html:
            yield f"{folder}reps/{card.slug}.html", partial(pages.rep, card, options)
            behind = partial(rep_figures, site, places, card)
            yield f"{folder}reps/figures/{card.slug}.html", partial(_opened, pages.rep_figures, behind, options)
        if request.data and request.reps:
            yield f"{folder}data/{card.slug}.json", partial(downloads.rep_json, card)
    if not options.team_pages:
        return
    if request.data:
        yield f"{folder}data/scorecards.json", partial(downloads.scorecards_json, site)
        yield f"{folder}data/scorecards.schema.json", downloads.schema_bytes
        tables = downloads.tables(site)
        for name, table in tables.items():
            yield f"{folder}data/{name}.csv", partial(downloads.csv_bytes, table)
        yield f"{folder}data/tables.xlsx", partial(tables_workbook, tables, site.stamp.saved_at)
    if request.html:
        yield f"{folder}definitions.html", partial(pages.definitions, site.definitions, options)
        yield f"{folder}changes.html", partial(pages.changes, site.rollup, options)
        yield f"{folder}conversion.html", partial(pages.conversion, site.rollup, options)
        yield f"{folder}pipeline.html", partial(pages.pipeline, site.rollup, options)
        yield f"{folder}planning.html", partial(pages.planning, site.rollup, options)
        yield f"{folder}marketing.html", partial(pages.marketing, site.rollup, options)
        yield f"{folder}reps.html", partial(pages.reps, site.rollup, options)
        yield f"{folder}opportunities.html", partial(pages.opportunities, site, options)
        for figure in team_figures(site, places):
            yield f"{folder}figures/{figure.slug}.html", partial(pages.team_figure, figure, options)
        yield f"{folder}{WHOLE_SITE}", partial(pages.checks, site.checks, options)
        yield f"{folder}index.html", partial(pages.team, site.rollup, options)


def printed_pages(site: TeamSite, folder: str, pages: Pages, printer: Printer, options: SiteOptions) -> Iterator[Page]:
    """The PDFs of one team: the cards, then all of them in one, and the team's report."""
    binder = Binder()
    for card in site.reps:
        yield f"{folder}reps/{card.slug}.pdf", partial(_printed_for, binder, printer, pages, card)
    if options.team_pages and site.reps:
        yield f"{folder}{BUNDLE}", partial(binder.bound, bundle_title(site.stamp))
    if options.team_pages:
        yield f"{folder}team.pdf", partial(_printed, printer, pages.team_print, site.rollup)


def _opened(
    page: Callable[[PageData, SiteOptions], bytes], behind: Callable[[], PageData], options: SiteOptions
) -> bytes:
    """A page whose data is put together only when it is written: a large team has many behind its cards."""
    return page(behind(), options)


def _printed(printer: Printer, page: Callable[[PageData], str], said: PageData) -> bytes:
    return printer.print(page(said))


def _printed_for(binder: Binder, printer: Printer, pages: Pages, card: RepScorecard) -> bytes:
    """A card, kept for the bundle of all."""
    return binder.add(printer.print(pages.rep_print(card)))


def made(path: str, make: Callable[[], bytes], look: Look) -> bytes:
    """The bytes of a page; whatever goes wrong with one page is one sentence.

    A template of ours that takes a part from one's own fails in ours: with templates of one's own, those come first.
    """
    try:
        return make()
    except CannotGoOnError:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        remedy = (
            "Fix: report it with the workbook, if you can; it is a fault of the program."
            if look.own_templates is None
            else f"Look first at your own templates, in {look.own_templates}. Fix: compare them with ours, which "
            "milestone-reports templates export writes."
        )
        raise PublishingFailedError(
            f"{path}: this page could not be made ({reason}); the old site is as it was. {remedy}"
        ) from error
