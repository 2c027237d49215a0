"""build(): read, measure, compose, render, publish. The only place that names all the steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from milestone_reports import __version__
from milestone_reports.build.pages import site_layout
from milestone_reports.build.publishing import inputs, publish, week_of_sites
from milestone_reports.build.refusals import (
    audience_there,
    chosen_reps,
    published_in,
    refuse_errors,
    refuse_lost_manifest,
    refuse_older_week,
    refuse_other_audience,
    refuse_other_reps,
    with_own_folders,
)
from milestone_reports.build.request import Built, Progress, Request
from milestone_reports.build.sendable import sendable_pdfs
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.visible import visible
from milestone_reports.history.store import Publication, Store
from milestone_reports.publish import foreign_paths, site_folder
from milestone_reports.recall import Told, figures_of_weeks, members_of, read_told, recalled, recorded, with_known_teams
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.workbook.reading.assemble import Reading


def build(request: Request, tell: Progress) -> Built:
    """Build the site of the workbooks and put it in the place of the old one, whole or not at all.

    Raises: CannotGoOnError, DataErrorsFoundError (`strict`), PublishingFailedError; the old site is then untouched.
    """
    readings = read_workbooks(request, tell)
    if request.strict:
        refuse_errors([reading for reading, _ in readings])
    refuse_other_audience(request, audience_there(request.output))
    refuse_lost_manifest(request, foreign_paths(request.output))
    site_folder(request.output, inputs(request))
    with store_of(request) as store:
        known = store.next_number() if store else 0
        told = told_of(store, readings, request)
        sites = with_own_folders([team_site(one.team, one.as_of, one.past) for one in told])
        refuse_older_week(request, sites, published_in(request.output))
        chosen = [chosen_reps(site, request.reps) for site in sites]
        refuse_other_reps(request, chosen, published_in(request.output))
        if store:
            told = [recorded(store, one, site, request.today) for one, site in zip(told, sites, strict=True)]
        if any(one.is_a_look for one in told):
            request = replace(request, archive=False)
        files = publish(request, chosen, tell, figures_of_weeks(told, sites))
        if store and request.archive:
            pdfs = sendable_pdfs(request, sites, files)
            week, members = week_of_sites(sites), members_of(told)
            store.publish(
                Publication(week, request.today, known, members, request.formats, version=__version__, pdfs=pdfs)
            )
    return built(request, told, chosen, list(files))


@contextmanager
def store_of(request: Request) -> Iterator[Store | None]:
    """The store of a build; None where it is asked to keep nothing.

    Raises: CannotGoOnError where the state folder lies in the output, or cannot be used.
    """
    if request.state is None:
        yield None
        return
    if request.state.resolve().is_relative_to(request.output.resolve()):
        raise CannotGoOnError(
            f"State folder '{request.state}': it lies in the output folder '{request.output}', which every build "
            "replaces. Fix: name another with --state."
        )
    with Store.open(request.state) as store:
        yield store


def told_of(store: Store | None, readings: Sequence[tuple[Reading, str]], request: Request) -> list[Told]:
    """The teams of the workbooks with their past; with those that the store alone knows, where they are asked for."""
    asked = request.as_of is not None
    told = [recalled(store, reading, file_hash, request.today, asked=asked) for reading, file_hash in readings]
    return with_known_teams(store, told) if store and request.with_known_teams else told


def read_workbooks(request: Request, tell: Progress) -> list[tuple[Reading, str]]:
    """Every workbook as a team, as of its day, with the hash of its bytes."""
    readings = []
    for done, path in enumerate(request.workbooks):
        tell(f"reading {visible(path.name)}", done, len(request.workbooks))
        readings.append(read_told(path, request.companion, request.as_of, request.today))
    return readings


def built(request: Request, told: Sequence[Told], sites: Sequence[TeamSite], paths: Sequence[str]) -> Built:
    """The counts of a build that is done."""
    stamps = [site.stamp for site in sites]
    return Built(
        n_rows=sum(one.team.source.n_rows for one in told),
        n_left_out=sum(one.team.source.n_left_out for one in told),
        n_reps=sum(len(site.reps) for site in sites),
        n_errors=sum(stamp.n_errors for stamp in stamps),
        n_warnings=sum(stamp.n_warnings for stamp in stamps),
        n_notes=sum(stamp.n_notes for stamp in stamps),
        n_files=len(paths) + 1,
        kept_as=week_of_sites(sites) if request.archive else "",
        is_a_look=any(one.is_a_look for one in told),
        made_for=request.made_for,
        front=request.output / front_of(request, sites, paths),
    )


def front_of(request: Request, sites: Sequence[TeamSite], paths: Sequence[str]) -> str:
    """Where to begin to read: the front page; of chosen reps the first one's card; empty where there is no page."""
    layout = site_layout(request, sites)
    if layout.front_page in paths and not request.reps:
        return layout.front_page
    teams = [(layout.team(site.stamp.team_slug), site) for site in sites]
    cards = (page for team, site in teams for card in site.reps for page in team.card_pages(card.slug))
    return next((page for page in cards if page in paths), "")
