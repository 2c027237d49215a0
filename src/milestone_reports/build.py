"""build(): read, measure, compose, render, publish. The only place that names all the steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from milestone_reports import __version__
from milestone_reports.domain.failure import CannotGoOnError, DataErrorsFoundError, PublishingFailedError
from milestone_reports.domain.names import quoted
from milestone_reports.domain.problem import Level
from milestone_reports.publish import Stage, manifest_of
from milestone_reports.render import downloads
from milestone_reports.render.binding import BUNDLE, Binder, bundle_title
from milestone_reports.render.html import Pages, SiteOptions, static_files
from milestone_reports.render.look import HOUSE_LOOK, Look
from milestone_reports.render.pdf import Printer
from milestone_reports.render.resources import templates_folder
from milestone_reports.render.template_folders import TemplateFolders
from milestone_reports.scorecards.compose import card_of, team_site
from milestone_reports.scorecards.pages import RepScorecard, TeamSite
from milestone_reports.scorecards.provenance.explaining import places_of
from milestone_reports.scorecards.provenance.opened import rep_figures, team_figures
from milestone_reports.workbook.reading.assemble import Reading, read_team
from milestone_reports.workbook.tables import tables_workbook

WHOLE_SITE = "checks.html"
"""A page that every whole site has and a site of chosen reps has not."""

Page = tuple[str, Callable[[], bytes]]
"""A path in the site, and what makes its bytes."""

PageData = TypeVar("PageData")

Progress = Callable[[str, int, int], None]
"""Told the step at hand, how many of its parts are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Request:
    """What `build` was asked for."""

    workbooks: tuple[Path, ...]
    output: Path
    today: date
    companion: Path | None = None
    as_of: date | None = None
    reps: tuple[str, ...] = ()
    html: bool = True
    pdf: bool = True
    data: bool = True
    strict: bool = False
    look: Look = HOUSE_LOOK


@dataclass(frozen=True, slots=True)
class Built:
    """What was read, written and left out, and where the site begins."""

    n_rows: int
    n_left_out: int
    n_reps: int
    n_errors: int
    n_warnings: int
    n_notes: int
    n_files: int
    front: Path


def build(request: Request, tell: Progress) -> Built:
    """Build the site of the workbooks and put it in the place of the old one, whole or not at all.

    Raises: CannotGoOnError, DataErrorsFoundError (`strict`), PublishingFailedError; the old site is then untouched.
    """
    readings = read_workbooks(request, tell)
    if request.strict:
        refuse_errors(readings)
    sites = [chosen_reps(team_site(reading.team, reading.as_of), request.reps) for reading in readings]
    sites = with_own_folders(sites)
    options = site_options(request, sites)
    pages = list(site_pages(request, sites, options))
    refuse_whole_site(request)
    with Stage.beside(request.output, version=__version__, workbooks=inputs(request)) as stage:
        for done, (path, make) in enumerate(pages):
            tell(path, done, len(pages))
            stage.write(path, made(path, make, request.look))
        tell("checking and publishing", len(pages), len(pages))
        checked(stage, [path for path, _ in pages], request.look)
        stage.promote()
    return built(request, readings, sites, pages)


def inputs(request: Request) -> tuple[Path, ...]:
    """The files that are read, none of which may lie inside the output."""
    return (*request.workbooks, *([request.companion] if request.companion else []))


def read_workbooks(request: Request, tell: Progress) -> list[Reading]:
    """Every workbook as a team, as of its day."""
    readings = []
    for done, path in enumerate(request.workbooks):
        tell(f"reading {path.name}", done, len(request.workbooks))
        readings.append(read_team(path, request.companion, request.as_of, request.today))
    return readings


def refuse_errors(readings: Sequence[Reading]) -> None:
    """With `--strict`, errors in the data publish nothing."""
    errors = [problem for r in readings for problem in r.team.problems if problem.level is Level.ERROR]
    if errors:
        many = f"{len(errors)} errors" if len(errors) > 1 else "1 error"
        raise DataErrorsFoundError(
            f"{many} in the data; nothing was published, as --strict asks. The first: {errors[0].sentence}"
        )


def chosen_reps(site: TeamSite, names: Sequence[str]) -> TeamSite:
    """The site with the cards of the reps asked for, each once however it is spelled; all of them where none is.

    Raises: CannotGoOnError for a name that nobody has.
    """
    if not names:
        return site
    cards = {card.slug: card for card in (card_of(site, name) for name in names)}
    return replace(site, reps=tuple(cards.values()))


def with_own_folders(sites: Sequence[TeamSite]) -> list[TeamSite]:
    """The sites, each with an address of its own.

    Raises: CannotGoOnError where two workbooks are of one team.
    """
    owners: dict[str, TeamSite] = {}
    for site in sites:
        other = owners.setdefault(site.stamp.team_slug, site)
        if other is not site:
            raise CannotGoOnError(
                f"{other.stamp.workbook} and {site.stamp.workbook} are both of the team {quoted(site.stamp.team)}. "
                "Fix: build them apart, or give each a Team of its own on its Settings sheet."
            )
    return list(sites)


def site_options(request: Request, sites: Sequence[TeamSite]) -> SiteOptions:
    """What is built, so that pages link only to what is there."""
    return SiteOptions(
        pdf=request.pdf,
        data=request.data,
        team_pages=not request.reps,
        several_teams=len(sites) > 1,
    )


def site_pages(request: Request, sites: Sequence[TeamSite], options: SiteOptions) -> Iterator[Page]:
    """Every file of the site with what makes it, the shared ones first, the front page last."""
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
    """A page behind a card: what it says is put together only when it is written, as a large team has many."""
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


def checked(stage: Stage, paths: Sequence[str], look: Look) -> None:
    """Check the site as it stands; with templates of one's own the fault may be theirs.

    Raises: PublishingFailedError for the first fault.
    """
    try:
        stage.check(paths)
    except PublishingFailedError as error:
        if look.own_templates is None:
            raise
        raise PublishingFailedError(f"{error} Look first at your own templates, in {look.own_templates}.") from error


def refuse_whole_site(request: Request) -> None:
    """Chosen reps never go onto a whole site.

    Raises: CannotGoOnError where the output folder holds one.
    """
    manifest = manifest_of(request.output) if request.reps else None
    if manifest and any(path.rpartition("/")[2] == WHOLE_SITE for path in manifest.files):
        raise CannotGoOnError(
            f"{request.output}: a whole site is there, and --rep would take its other pages away. "
            "Fix: name another folder with -o."
        )


def built(request: Request, readings: Sequence[Reading], sites: Sequence[TeamSite], pages: Sequence[Page]) -> Built:
    """The counts of a build that is done."""
    stamps = [site.stamp for site in sites]
    paths = [path for path, _ in pages]
    front = "index.html" if "index.html" in paths else next((p for p in paths if p.endswith(".html")), "")
    return Built(
        n_rows=sum(reading.team.source.n_rows for reading in readings),
        n_left_out=sum(reading.team.source.n_left_out for reading in readings),
        n_reps=sum(len(site.reps) for site in sites),
        n_errors=sum(stamp.n_errors for stamp in stamps),
        n_warnings=sum(stamp.n_warnings for stamp in stamps),
        n_notes=sum(stamp.n_notes for stamp in stamps),
        n_files=len(pages) + 1,
        front=request.output / front,
    )
