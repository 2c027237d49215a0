"""build(): read, measure, compose, render, publish. The only place that names all the steps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from milestone_reports import __version__
from milestone_reports.build.pages import made, site_options, site_pages
from milestone_reports.build.refusals import chosen_reps, refuse_errors, refuse_whole_site, with_own_folders
from milestone_reports.build.request import Built, Progress, Request
from milestone_reports.domain.failure import PublishingFailedError
from milestone_reports.publish import Stage
from milestone_reports.render.look import Look
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.workbook.reading.assemble import Reading, read_team


def build(request: Request, tell: Progress) -> Built:
    """Build the site of the workbooks and put it in the place of the old one, whole or not at all.

    Raises: CannotGoOnError, DataErrorsFoundError (`strict`), PublishingFailedError; the old site is then untouched.
    """
    readings = read_workbooks(request, tell)
    if request.strict:
        refuse_errors(readings)
    sites = [chosen_reps(team_site(reading.team, reading.as_of), request.reps) for reading in readings]
    sites = with_own_folders(sites)
    refuse_whole_site(request)
    paths = publish(request, sites, tell)
    return built(request, readings, sites, paths)


def publish(request: Request, sites: Sequence[TeamSite], tell: Progress) -> Sequence[str]:
    """Make every page of the sites and put them in the place of the old ones; the paths of what was published."""
    pages = list(site_pages(request, sites, site_options(request, sites)))
    paths = [path for path, _ in pages]
    with Stage.beside(request.output, version=__version__, workbooks=inputs(request)) as stage:
        for done, (path, make) in enumerate(pages):
            tell(path, done, len(pages))
            stage.write(path, made(path, make, request.look))
        tell("checking and publishing", len(pages), len(pages))
        checked(stage, paths, request.look)
        stage.promote()
    return paths


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


def built(request: Request, readings: Sequence[Reading], sites: Sequence[TeamSite], paths: Sequence[str]) -> Built:
    """The counts of a build that is done."""
    stamps = [site.stamp for site in sites]
    front = "index.html" if "index.html" in paths else next((p for p in paths if p.endswith(".html")), "")
    return Built(
        n_rows=sum(reading.team.source.n_rows for reading in readings),
        n_left_out=sum(reading.team.source.n_left_out for reading in readings),
        n_reps=sum(len(site.reps) for site in sites),
        n_errors=sum(stamp.n_errors for stamp in stamps),
        n_warnings=sum(stamp.n_warnings for stamp in stamps),
        n_notes=sum(stamp.n_notes for stamp in stamps),
        n_files=len(paths) + 1,
        front=request.output / front,
    )
