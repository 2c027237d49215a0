"""What a build will not do, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from milestone_reports.build.pages import WHOLE_SITE
from milestone_reports.build.request import Request
from milestone_reports.domain.failure import CannotGoOnError, DataErrorsFoundError
from milestone_reports.domain.names import quoted
from milestone_reports.domain.problem import Level
from milestone_reports.publish import archived_weeks, manifest_of
from milestone_reports.scorecards.compose import card_of
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.workbook.reading.assemble import Reading

IN_WHOLE_SITES = {WHOLE_SITE, "scorecards.json", "team.pdf"}
"""One of these is in every whole site, whatever was built, and none in a site of chosen reps."""


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


def refuse_whole_site(request: Request) -> None:
    """Chosen reps never go onto a whole site.

    Raises: CannotGoOnError where the output folder holds one.
    """
    if request.reps and any(path.rpartition("/")[2] == WHOLE_SITE for path in published_in(request.output)):
        raise CannotGoOnError(
            f"{request.output}: a whole site is there, and --rep would take its other pages away. "
            "Fix: name another folder with -o."
        )


def refuse_site_of_chosen_reps(request: Request) -> None:
    """Everyone's figures never go onto a site that was made for some.

    Raises: CannotGoOnError where the output folder holds the cards of chosen reps.
    """
    names = {path.rpartition("/")[2] for path in published_in(request.output)}
    if names and not request.reps and names.isdisjoint(IN_WHOLE_SITES):
        raise CannotGoOnError(
            f"{request.output}: the cards of chosen reps are there, and this would put everyone's figures beside them. "
            "Fix: name another folder with -o."
        )


def published_in(output: Path) -> Iterable[str]:
    """The files of the site that is in a folder; none where there is no site."""
    manifest = manifest_of(output)
    return manifest.files if manifest else ()


def refuse_older_week(request: Request, sites: Sequence[TeamSite], published: Iterable[str]) -> None:
    """An older week never takes the place of a newer one; `published` are the files of the site that is there.

    Raises: CannotGoOnError where one of them is of a later week.
    """
    week = max(site.stamp.week for site in sites)
    there = (kept for kept in archived_weeks(published) if (request.output / kept).is_dir())
    newest = max(there, default=week)
    if newest > week:
        raise CannotGoOnError(
            f"{request.output}: the site there is of {newest}, and what is to be published is of {week}; an older week "
            "does not take the place of a newer one. Fix: name another folder with -o, or give the history the "
            f"corrected workbook of a past week with milestone-reports import; if {newest} was a mistake, delete its "
            "folder there and forget it with milestone-reports history forget."
        )
