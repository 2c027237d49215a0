"""What was published last of a week, as the history knows it and as it lies in the site: the two must be the same.

It must not know who gets what of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from milestone_reports import __version__
from milestone_reports.delivery.refusals import (
    elsewhere,
    no_publication,
    refuse_newer_copies,
    refuse_other_version,
    refuse_past_week,
    refuse_week_to_come,
    refuse_without_pdfs,
)
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.message import message
from milestone_reports.domain.names import quoted
from milestone_reports.domain.problem import Problem
from milestone_reports.domain.team import Team
from milestone_reports.history.store import Publication, PublishedPdf, Store
from milestone_reports.publish import AUDIENCES, Manifest, SiteLayout, TeamLayout, manifest_of
from milestone_reports.recall import Told, as_published
from milestone_reports.render.text_layer import fault_of_pdf
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.pages import TeamSite


@dataclass(frozen=True, slots=True)
class PublishedTeam:
    """One team of the week."""

    place: int
    """Among the teams of the site."""
    team: Team
    site: TeamSite
    layout: TeamLayout
    problems: Sequence[Problem]
    """Of the workbook that it was built from."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF that was read, or why there is none that could be sent."""

    content: bytes
    fault: str = ""
    """One sentence with the remedy; there is then no content to be used."""


@dataclass(frozen=True, slots=True)
class PublishedWeek:
    """A week in a site that is what was built last."""

    publication: Publication
    output: Path
    folder: str
    """Where the week's files lie in the site, with a slash at the end; empty for its root."""
    teams: tuple[PublishedTeam, ...]

    @property
    def name(self) -> str:
        """Such as 2026-W47."""
        return self.publication.week

    def pdf(self, team: PublishedTeam, slug: str) -> Pdf:
        """A rep's scorecard as it lies on the disk, or the team's report, whose slug is empty."""
        found = {(one.place, one.slug): one for one in self.publication.pdfs}.get((team.place, slug))
        if found:
            return self._read(found)
        if not slug and not team.layout.team_pdf:
            return Pdf(
                b"",
                message(
                    "there is no report of the team in a site for reps alone. "
                    "Fix: build one with --audience all in another folder."
                ),
            )
        return Pdf(b"", message("there is no PDF of it. Fix: build it once more."))

    def address(self, page: str) -> str:
        """A page's address from the site's root; empty where no pages were built."""
        return f"{self.folder}{page}" if "html" in self.publication.formats else ""

    def _read(self, pdf: PublishedPdf) -> Pdf:
        path = f"{self.folder}{pdf.path}"
        file = self.output / path
        try:
            content = file.read_bytes() if file.is_file() else None
        except OSError as error:
            why = error.strerror or str(error)
            return Pdf(
                b"", message("its PDF, {path}, cannot be read ({why}). Fix: build it once more.", path=path, why=why)
            )
        return Pdf(content or b"", _fault_of(content, pdf, path))


def _fault_of(content: bytes | None, pdf: PublishedPdf, path: str) -> str:
    """Why a PDF cannot be sent as it was found, which may be not at all; empty where it can."""
    if content is None:
        return message("its PDF, {path}, is not there. Fix: build it once more.", path=path)
    if sha256(content).hexdigest() != pdf.digest:
        return message(
            "its PDF, {path}, is not the one that was built; it was changed since. Fix: build it once more.", path=path
        )
    fault = fault_of_pdf(content)
    return message("its PDF, {path}, {fault}. Fix: build it once more.", path=path, fault=fault) if fault else ""


def what_was_published(store: Store, week: str = "") -> tuple[object, ...]:
    """What is another once other things were built, or read in; of the newest week, where none is named."""
    found = store.published(week) if week else store.last_published()
    return found and (found.week, found.version, found.members, found.pdfs), store.newest()


def published_week(store: Store, output: Path, today: date, week: str = "") -> PublishedWeek:
    """The week of that name as it was published last, or the newest, where the site in `output` is that very one.

    Raises: CannotGoOnError.
    """
    newest = store.last_published()
    publication = store.published(week) if week else newest
    if publication is None or newest is None:
        raise CannotGoOnError(no_publication(week, store))
    there = "" if week else another_week_there(store, output, publication)
    told = [as_published(store, one, publication.known) for one in publication.members]
    refuse_week_to_come(publication, max(one.week.first_on for one in told), today, there)
    if there:
        raise CannotGoOnError(elsewhere(publication, output, there))
    refuse_newer_copies(store, publication, any_week=not week)
    refuse_other_version(publication, __version__)
    refuse_without_pdfs(publication)
    if not week:
        refuse_past_week(publication, max(one.week.last_on for one in told), today)
    folder = "" if publication.week == newest.week else f"{publication.week}/"
    layout = _layout_of(output, len(told))
    teams = tuple(
        PublishedTeam(place, one.team, _site(one), layout.team(one.team.slug), one.team.problems)
        for place, one in enumerate(told)
    )
    published = PublishedWeek(publication, output, folder, teams)
    refuse_another_site(published)
    return published


def another_week_there(store: Store, output: Path, newest: Publication) -> str:
    """Which week the site is of, where the newest was built into another folder; empty where that is not so."""
    manifest = manifest_of(output)
    if manifest is None or _lies_in(manifest, newest, ""):
        return ""
    weeks = {entry.week.name for entry in store.entries() if entry.published_on} - {newest.week}
    for week in sorted(weeks, reverse=True):
        found = store.published(week)
        if found and all(_lies_in(manifest, found, folder) for folder in ("", f"{week}/")):
            return week
    return ""


def _lies_in(manifest: Manifest, publication: Publication, folder: str) -> bool:
    """Whether a folder of the site has the PDFs of a publication, and there are any."""
    pdfs = publication.pdfs
    return bool(pdfs) and all(manifest.files.get(f"{folder}{pdf.path}") == pdf.digest for pdf in pdfs)


def refuse_another_site(published: PublishedWeek) -> None:
    """What lies in the site must be what was built last, by its own account and at the places it should have.

    Raises: CannotGoOnError where it is another: built without the history, as a look, for others, or elsewhere.
    """
    files = _manifest_of(published.output).files
    if not all(_is_there(published, files, pdf) for pdf in published.publication.pdfs):
        raise CannotGoOnError(
            f"{published.output}: what is there of {published.name} is not what was published of it last. "
            f"Fix: {remedy_of(published)}, or name the folder of the site that was."
        )


def remedy_of(published: PublishedWeek) -> str:
    """How a week comes into the site as it was published."""
    if published.folder:
        return f"make it again there with milestone-reports history rebuild {published.name}"
    return "build it once more, with the history"


def _is_there(published: PublishedWeek, files: Mapping[str, str], pdf: PublishedPdf) -> bool:
    layout = published.teams[pdf.place].layout
    path = layout.card_pdf(pdf.slug) if pdf.slug else layout.team_pdf
    return pdf.path == path and files.get(f"{published.folder}{path}") == pdf.digest


def _manifest_of(output: Path) -> Manifest:
    manifest = manifest_of(output)
    if manifest is None:
        raise CannotGoOnError(f"{output}: there is no site. Fix: name the folder of the site, or build it there first.")
    return manifest


def _layout_of(output: Path, n_teams: int) -> SiteLayout:
    """Where files lie in the site that is there, by what it says itself of whom it is for."""
    made_for = _manifest_of(output).made_for
    for audience in AUDIENCES:
        if audience == made_for:
            return SiteLayout(audience, several_teams=n_teams > 1)
    raise CannotGoOnError(
        f"{output}: the site there is for {quoted(made_for)}, and one of the whole team is needed. "
        "Fix: name the folder of that, or build it in another."
    )


def _site(told: Told) -> TeamSite:
    return team_site(told.team, told.as_of, told.past)
