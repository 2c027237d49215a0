"""What a build will not do, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from milestone_reports.build.request import Request
from milestone_reports.domain.failure import CannotGoOnError, DataErrorsFoundError
from milestone_reports.domain.names import quoted
from milestone_reports.domain.problem import Level
from milestone_reports.publish import AUDIENCES, archived_weeks, manifest_of
from milestone_reports.scorecards.compose import card_of
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.workbook.reading.assemble import Reading

SITES: Mapping[str, str] = MappingProxyType({
    "manager": "for managers, with everyone's figures",
    "rep": "for reps, each in a folder of their own",
    "all": "for managers and for reps, apart",
    "chosen reps": "of chosen reps",
    "chosen reps apart": "of chosen reps, each in a folder of their own",
})  # fmt: skip
"""What a site is called by whom it is for."""

IN_SITES_FOR_MANAGERS = frozenset({"team.pdf", "all-scorecards.pdf", "checks.html", "scorecards.json", "tables.xlsx"})
"""One of these is in every site for managers, whatever was built of it."""


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


def refuse_other_audience(request: Request, there: str) -> None:
    """A build never changes whom the site is for that is there (`there`; empty where none is).

    It could put everyone's figures where reps look, or take a team's pages away.

    Raises: CannotGoOnError where the two differ.
    """
    if there in {"", request.made_for}:
        return
    remedy = "name another folder with -o"
    if there in AUDIENCES and not request.reps:
        remedy += f", or build what is there with --audience {there}"
    raise CannotGoOnError(f"{request.output}: {_why_not(there, request)}. Fix: {remedy}.")


def _why_not(there: str, request: Request) -> str:
    """What the site that is there is, and what the one asked for would do to it."""
    if there not in SITES:
        return f"the site there is for {quoted(there)}, which this version of the program does not know"
    if there in AUDIENCES and request.reps:
        return "a whole site is there, and --rep would take its other pages away"
    if not request.reps and there not in AUDIENCES:
        return "the cards of chosen reps are there, and this would put everyone's figures beside them"
    return f"the site there is one {SITES[there]}, and this would be one {SITES[request.made_for]}"


def refuse_other_reps(request: Request, chosen: Sequence[TeamSite], published: Iterable[str]) -> None:
    """A folder with the cards of chosen reps never gets another's: whoever was given it would find that one there.

    `published` are the files of the site that is there.

    Raises: CannotGoOnError.
    """
    there = {PurePosixPath(path).stem for path in published}  # a card's PDF, its data or what is behind its figures
    others = sorted(card.rep for site in chosen for card in site.reps if card.slug not in there)
    if request.reps and there and others:
        raise CannotGoOnError(
            f"{request.output}: the cards of chosen reps are there, and {quoted(others[0])} is none of them; whoever "
            "was given that folder would find another's card. Fix: name another folder with -o."
        )


def refuse_lost_manifest(request: Request, foreign: Iterable[str]) -> None:
    """A site for reps never gets in between files of a site for managers that nobody knows for ours any more.

    `foreign` are the files there that are not ours by the manifest.

    Raises: CannotGoOnError.
    """
    if request.audience != "rep" and not request.reps:
        return
    found = next((path for path in foreign if path.rpartition("/")[2] in IN_SITES_FOR_MANAGERS), "")
    if found:
        raise CannotGoOnError(
            f"{request.output}: {found} is there, as in a site for managers, and would stay beside the cards of reps. "
            "Fix: name another folder with -o, or take that one's files away."
        )


def audience_there(output: Path) -> str:
    """Whom the site in a folder is for; empty where there is none."""
    manifest = manifest_of(output)
    return manifest.made_for if manifest else ""


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
