"""Every file of a site, with what makes its bytes."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from functools import partial

from milestone_reports import __version__
from milestone_reports.build.making import Making, Page, opened
from milestone_reports.build.managers_files import cards_among, printed_for_managers, team_data, team_pages
from milestone_reports.build.reps_files import own_folders, printed_cards
from milestone_reports.build.request import Request
from milestone_reports.domain.failure import CannotGoOnError, PublishingFailedError
from milestone_reports.publish import SiteLayout
from milestone_reports.publish.layout import LANDING_PAGE, STATIC
from milestone_reports.render.binding import Binder
from milestone_reports.render.html import Pages, SiteOptions, static_files
from milestone_reports.render.look import Look
from milestone_reports.render.pdf import Printer
from milestone_reports.render.resources import templates_folder
from milestone_reports.render.template_folders import TemplateFolders
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.scorecards.published_weeks import PublishedWeeks


def site_layout(request: Request, sites: Sequence[TeamSite]) -> SiteLayout:
    """Where the files of a site lie."""
    return SiteLayout(request.audience, several_teams=len(sites) > 1)


def site_options(request: Request, layout: SiteLayout, *, weeks: bool = False) -> SiteOptions:
    """What is built, so that pages link only to what is there; `weeks`: some are kept as they were published."""
    return SiteOptions(
        pdf=request.pdf,
        data=request.data,
        team_pages=layout.has_managers and not request.reps,
        several_teams=layout.several_teams,
        weeks=weeks and not request.reps,
        managers_folder=layout.area,
    )


def making_of(
    request: Request, sites: Sequence[TeamSite], *, weeks: bool = False, newest: Container[str] | None = None
) -> Making:
    """What the files of a site are made with.

    Raises: CannotGoOnError for own templates that cannot be used.
    """
    templates, look = templates_folder(), request.look
    folders = TemplateFolders(templates, look.own_templates)
    folders.refuse_links_outward()
    folders.refuse_useless()
    folders.refuse_files_for_folders()
    layout = site_layout(request, sites)
    options = site_options(request, layout, weeks=weeks)
    printer = Printer(templates, look) if request.pdf else None
    return Making(request, layout, options, Pages(templates, __version__, look), printer, newest)


def site_pages(
    making: Making, sites: Sequence[TeamSite], all_weeks: Callable[[], PublishedWeeks] | None = None
) -> Iterator[Page]:
    """Every file of the site with what makes it, the shared ones first, those where it begins last."""
    request, layout, options, pages = making.request, making.layout, making.options, making.pages
    if request.html:
        for path, content in static_files(templates_folder(), request.look).items():
            yield Page(f"{STATIC}{path}", partial(bytes, content))
    for site in sites:
        yield from files_of_team(making, site)
    if not request.html:
        return
    if layout.several_teams and options.team_pages:
        yield Page(layout.front_page, partial(pages.front, [site.rollup for site in sites], options))
    if layout.has_own_folders:
        newest = max((site.stamp for site in sites), key=lambda stamp: stamp.week)
        yield Page(LANDING_PAGE, partial(pages.landing, newest, options))
    if layout.has_managers and options.weeks and all_weeks:
        yield Page(layout.weeks_page, partial(opened, pages.weeks, all_weeks, options))


def files_of_team(making: Making, site: TeamSite) -> Iterator[Page]:
    """The files of one team, its front page last."""
    team, binder = making.layout.team(site.stamp.team_slug), Binder()
    yield from printed_cards(making, site, team, binder)
    yield from printed_for_managers(making, site, team, binder)
    if making.layout.has_own_folders:
        yield from own_folders(making, site, team)
    if making.layout.has_managers:
        yield from cards_among(making, site, team)
    if making.options.team_pages and making.request.data:
        yield from team_data(site, team)
    if making.options.team_pages and making.request.html:
        yield from team_pages(making, site, team)


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
