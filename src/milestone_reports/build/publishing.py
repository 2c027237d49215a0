"""Puts a site in its place: at the root of the output, and as it is in the folder of its week, where it stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from milestone_reports import __version__
from milestone_reports.build.pages import WEEKS_PAGE, Page, made, site_options, site_pages
from milestone_reports.build.refusals import refuse_older_week, refuse_site_of_chosen_reps
from milestone_reports.build.request import Progress, Request
from milestone_reports.domain.failure import PublishingFailedError
from milestone_reports.publish import Stage, archived_weeks, is_page, week_of
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


def publish(
    request: Request, sites: Sequence[TeamSite], tell: Progress, figures: Mapping[str, FiguresOfWeek] = NO_FIGURES
) -> Sequence[str]:
    """Make every page of the sites and put them in the place of the old ones; the paths of what is at the root.

    `figures` are what was said of each past week.

    Raises: CannotGoOnError where the output holds a later week.
    """
    with stage_of(request) as stage:
        refuse_older_week(request, sites, stage.old)
        return put_site(stage, request, sites, tell, figures)


def publish_again(
    request: Request, sites: Sequence[TeamSite], tell: Progress, figures: Mapping[str, FiguresOfWeek] = NO_FIGURES
) -> PublishedAgain:
    """Make the folder of a past week once more; where there is a site, nothing else of it changes.

    A week that had no folder before is then listed on the page of all weeks from the next publishing on.
    """
    week = week_of_sites(sites)
    refuse_site_of_chosen_reps(request)
    with stage_of(request) as stage:
        before = {path: digest for path, digest in stage.old.items() if week_of(path) == week}
        if not stage.old:
            put_site(stage, replace(request, archive=True), sites, tell, figures)
        else:
            put_week(stage, request, sites, tell)
        after = {path: digest for path, digest in stage.written.items() if week_of(path) == week}
    differing = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
    return PublishedAgain(len(after), tuple(path.removeprefix(f"{week}/") for path in differing), bool(before))


def put_site(
    stage: Stage, request: Request, sites: Sequence[TeamSite], tell: Progress, figures: Mapping[str, FiguresOfWeek]
) -> Sequence[str]:
    """Write, check and promote a site, with the folder of its week where it is archived, and keep the other weeks'."""
    archive = week_of_sites(sites) if request.archive else ""
    stage.keep(path for path in stage.old if week_of(path) not in {"", archive})
    weeks = {*archived_weeks(stage.kept), *filter(None, [archive])}

    def all_weeks() -> PublishedWeeks:
        paths = {*stage.kept, *stage.written}
        return published_weeks([site.stamp for site in sites], weeks, paths, figures)

    options = site_options(request, sites, weeks=bool(weeks))
    pages = list(site_pages(request, sites, options, all_weeks))
    for path, content in contents(pages, request, tell):
        stage.write(path, at_the_root(content) if is_page(path) else content)
        if not archive or path == WEEKS_PAGE:
            continue
        if is_page(path):
            stage.write(f"{archive}/{path}", in_its_week(content))
        else:
            stage.write_also(f"{archive}/{path}", path)
    paths = [path for path, _ in pages]
    checked(stage, paths, request.look)
    stage.promote()
    return paths


def put_week(stage: Stage, request: Request, sites: Sequence[TeamSite], tell: Progress) -> None:
    """Write, check and promote the folder of a week, and keep all else."""
    week = week_of_sites(sites)
    stage.keep(path for path in stage.old if week_of(path) != week)
    pages = list(site_pages(request, sites, site_options(request, sites, weeks=True)))
    for path, content in contents(pages, request, tell):
        stage.write(f"{week}/{path}", in_its_week(content) if is_page(path) else content)
    checked(stage, [f"{week}/{path}" for path, _ in pages], request.look)
    stage.promote()


def week_of_sites(sites: Sequence[TeamSite]) -> str:
    """The week under whose address a site is kept: of several teams' weeks the newest."""
    return max(site.stamp.week for site in sites)


def stage_of(request: Request) -> AbstractContextManager[Stage]:
    """The stage beside the output."""
    return Stage.beside(request.output, version=__version__, workbooks=inputs(request))


def contents(pages: Sequence[Page], request: Request, tell: Progress) -> Iterator[tuple[str, bytes]]:
    """Each page with its bytes, made one after another."""
    for done, (path, make) in enumerate(pages):
        tell(path, done, len(pages))
        yield path, made(path, make, request.look)
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
