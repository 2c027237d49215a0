"""Puts a site in its place: at the root of the output, and as it is in the folder of its week, where it stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from milestone_reports import __version__
from milestone_reports.build.making import Page
from milestone_reports.build.pages import made, making_of, site_pages
from milestone_reports.build.refusals import audience_there, refuse_older_week, refuse_other_audience
from milestone_reports.build.request import Progress, Request
from milestone_reports.build.sendable import sendable_pdfs
from milestone_reports.domain.failure import PublishingFailedError
from milestone_reports.history.store import PublishedPdf
from milestone_reports.publish import AUDIENCES, Stage, archived_weeks, is_page, week_of
from milestone_reports.render.look import Look
from milestone_reports.render.place import at_the_root, in_its_week
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.scorecards.published_weeks import FiguresOfWeek, PublishedWeeks, published_weeks

NO_FIGURES: Mapping[str, FiguresOfWeek] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PublishedAgain:
    """A past week's folder that was made once more."""

    n_files: int
    differing: tuple[str, ...]
    """The files that are not as they were: other bytes, new or gone; by their paths in the folder."""
    was_there: bool
    """The week had a folder before."""
    pdfs: tuple[PublishedPdf, ...]
    """Those of them that can be sent."""


def publish(
    request: Request, sites: Sequence[TeamSite], tell: Progress, figures: Mapping[str, FiguresOfWeek] = NO_FIGURES
) -> Mapping[str, str]:
    """Make every page of the sites and put them in the place of the old ones.

    It returns the paths of what is at the root, each with the SHA-256 of its bytes.

    `figures` are what was said of each past week.

    Raises: CannotGoOnError where the output holds a later week, or a site for others.
    """
    with stage_of(request) as stage:
        refuse_other_audience(request, stage.old_is_for)
        refuse_older_week(request, sites, stage.old)
        return put_site(stage, request, sites, tell, figures)


def publish_again(
    request: Request, sites: Sequence[TeamSite], tell: Progress, figures: Mapping[str, FiguresOfWeek] = NO_FIGURES
) -> PublishedAgain:
    """Make the folder of a past week once more; where there is a site, nothing else of it changes, nor whom it is for.

    A week that had no folder before is then listed on the page of all weeks from the next publishing on.
    """
    week = week_of_sites(sites)
    request = for_whom_it_is(request)
    with stage_of(request) as stage:
        refuse_other_audience(request, stage.old_is_for)
        before = {path: digest for path, digest in stage.old.items() if week_of(path) == week}
        if not stage.old:
            put_site(stage, replace(request, archive=True), sites, tell, figures)
        else:
            put_week(stage, request, sites, tell)
        after = {path: digest for path, digest in stage.written.items() if week_of(path) == week}
    in_week = {path.removeprefix(f"{week}/"): digest for path, digest in after.items()}
    differing = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
    return PublishedAgain(
        n_files=len(after),
        differing=tuple(path.removeprefix(f"{week}/") for path in differing),
        was_there=bool(before),
        pdfs=sendable_pdfs(request, sites, in_week),
    )


def for_whom_it_is(request: Request) -> Request:
    """The request, for the audience of the site that is there, if there is one."""
    there = audience_there(request.output)
    return next((replace(request, audience=audience) for audience in AUDIENCES if audience == there), request)


def put_site(
    stage: Stage, request: Request, sites: Sequence[TeamSite], tell: Progress, figures: Mapping[str, FiguresOfWeek]
) -> Mapping[str, str]:
    """Write, check and promote a site, with the folder of its week where it is archived, and keep the other weeks'."""
    archive = week_of_sites(sites) if request.archive else ""
    stage.keep(path for path in stage.old if week_of(path) not in {"", archive})
    weeks = {*archived_weeks(stage.kept), *filter(None, [archive])}

    def all_weeks() -> PublishedWeeks:
        paths, folder = {*stage.kept, *stage.written}, making.layout.area
        return published_weeks([site.stamp for site in sites], weeks, paths, figures, folder)

    making = making_of(request, sites, weeks=bool(weeks))
    pages = list(site_pages(making, sites, all_weeks))
    for page, content in contents(pages, request, tell):
        put(stage, page, at_the_root(content) if is_page(page.path) else content)
        if not archive or page.path == making.layout.weeks_page:
            continue
        if is_page(page.path):
            stage.write(f"{archive}/{page.path}", in_its_week(content))
        else:
            for path in page.paths:
                stage.write_also(f"{archive}/{path}", page.path)
    paths = paths_of(pages)
    checked(stage, paths, request.look)
    stage.promote()
    return {path: stage.written[path] for path in paths}


def put_week(stage: Stage, request: Request, sites: Sequence[TeamSite], tell: Progress) -> None:
    """Write, check and promote the folder of a week, and keep all else."""
    week = week_of_sites(sites)
    stage.keep(path for path in stage.old if week_of(path) != week)
    pages = list(site_pages(making_of(request, sites, weeks=True, newest=stage.kept), sites))
    for page, content in contents(pages, request, tell):
        put(stage, page, in_its_week(content) if is_page(page.path) else content, f"{week}/")
    checked(stage, [f"{week}/{path}" for path in paths_of(pages)], request.look)
    stage.promote()


def put(stage: Stage, page: Page, content: bytes, folder: str = "") -> None:
    """Write a file to all its places."""
    stage.write(f"{folder}{page.path}", content)
    for path in page.also:
        stage.write_also(f"{folder}{path}", f"{folder}{page.path}")


def paths_of(pages: Iterable[Page]) -> list[str]:
    """Every place of every file."""
    return [path for page in pages for path in page.paths]


def week_of_sites(sites: Sequence[TeamSite]) -> str:
    """The week under whose address a site is kept: of several teams' weeks the newest."""
    return max(site.stamp.week for site in sites)


def stage_of(request: Request) -> AbstractContextManager[Stage]:
    """The stage beside the output."""
    return Stage.beside(request.output, version=__version__, made_for=request.made_for, workbooks=inputs(request))


def contents(pages: Sequence[Page], request: Request, tell: Progress) -> Iterator[tuple[Page, bytes]]:
    """Each file with its bytes, made one after another."""
    for done, page in enumerate(pages):
        tell(page.path, done, len(pages))
        yield page, made(page.path, page.make, request.look)
    tell("checking and publishing", len(pages), len(pages))


def inputs(request: Request) -> tuple[Path, ...]:
    """The files that are read, none of which may lie inside the output."""
    return (*request.workbooks, *([request.companion] if request.companion else []))


def checked(stage: Stage, paths: Iterable[str], look: Look) -> None:
    """Check the site as it stands; with templates of one's own the fault may be theirs.

    Raises: PublishingFailedError for the first fault.
    """
    try:
        stage.check(paths)
    except PublishingFailedError as error:
        if look.own_templates is None:
            raise
        raise PublishingFailedError(f"{error} Look first at your own templates, in {look.own_templates}.") from error
