"""What a build will not do, each with its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from milestone_reports.build.pages import WHOLE_SITE
from milestone_reports.build.request import Request
from milestone_reports.domain.failure import CannotGoOnError, DataErrorsFoundError
from milestone_reports.domain.names import quoted
from milestone_reports.domain.problem import Level
from milestone_reports.publish import manifest_of
from milestone_reports.scorecards.compose import card_of
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.workbook.reading.assemble import Reading


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
    manifest = manifest_of(request.output) if request.reps else None
    if manifest and any(path.rpartition("/")[2] == WHOLE_SITE for path in manifest.files):
        raise CannotGoOnError(
            f"{request.output}: a whole site is there, and --rep would take its other pages away. "
            "Fix: name another folder with -o."
        )
