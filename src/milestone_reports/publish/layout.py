"""Where the files of a site lie, by whom it is for: the one place that knows addresses.

Every address is relative to the site's root, with forward slashes; a folder ends with one. In the folder of a week the
same addresses stand below that folder. It must not know what the files say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Audience = Literal["manager", "rep", "all"]
"""Whom a site is for: who may see everything; each rep apart; or both, in folders that can be protected apart."""

MadeFor = Literal["manager", "rep", "all", "chosen reps", "chosen reps apart"]
"""Whom the site in a folder is for, which no build changes; chosen reps are those of `--rep`."""

AUDIENCES: tuple[Audience, ...] = get_args(Audience)

LANDING_PAGE = "index.html"
"""The page at the root of a site with folders of reps' own: it names nobody."""

STATIC, MANAGERS, REPS = "static/", "manager/", "reps/"


def made_for(audience: Audience, *, chosen: bool) -> MadeFor:
    """Whom a site of all reps, or of chosen ones, is for."""
    if not chosen:
        return audience
    return "chosen reps" if audience == "manager" else "chosen reps apart"


@dataclass(frozen=True, slots=True)
class SiteLayout:
    """The addresses of what a site has once, and of its teams."""

    audience: Audience
    several_teams: bool

    @property
    def has_managers(self) -> bool:
        """Whether there are pages for who may see everything."""
        return self.audience != "rep"

    @property
    def has_own_folders(self) -> bool:
        """Whether each rep has a folder of their own, and the site a landing page."""
        return self.audience != "manager"

    @property
    def area(self) -> str:
        """The folder of the managers' pages, above the teams' own; empty where the whole site is theirs."""
        return MANAGERS if self.audience == "all" else ""

    @property
    def front_page(self) -> str:
        """Where the site begins for who may see the most of it."""
        return f"{self.area}index.html"

    @property
    def weeks_page(self) -> str:
        """The managers' page of all published weeks: the one page that is not kept with its week."""
        return f"{self.area}weeks.html"

    def team(self, slug: str) -> TeamLayout:
        """The addresses of a team."""
        return TeamLayout(self.audience, slug, self.several_teams)


@dataclass(frozen=True, slots=True)
class TeamLayout:
    """The addresses of one team's files."""

    audience: Audience
    team_slug: str
    several_teams: bool

    @property
    def team_folder(self) -> str:
        """The folder of the team's pages, where there are any."""
        return SiteLayout(self.audience, self.several_teams).area + self._team

    def own_folder(self, slug: str) -> str:
        """The folder that holds nothing but what one rep may see; there is none in a site for managers alone."""
        return f"{REPS}{self._team}{slug}/"

    def own_page(self, slug: str) -> str:
        """The scorecard in a rep's own folder."""
        return f"{self.own_folder(slug)}index.html"

    def card_among(self, slug: str) -> str:
        """A rep's scorecard among the managers' pages, without a suffix."""
        return f"{self.team_folder}reps/{slug}"

    def card_pages(self, slug: str) -> tuple[str, ...]:
        """Every place of a rep's scorecard on the screen: among the managers' pages, and in the rep's own folder."""
        return self._places(f"{self.card_among(slug)}.html", self.own_page(slug))

    def card_pdfs(self, slug: str) -> tuple[str, ...]:
        """Every place of a rep's scorecard as PDF, the same bytes in each."""
        return self._places(f"{self.card_among(slug)}.pdf", f"{self.own_folder(slug)}{slug}.pdf")

    def card_pdf(self, slug: str) -> str:
        """A rep's scorecard as PDF: the one that the rep is sent."""
        return self.card_pdfs(slug)[-1]

    @property
    def team_pdf(self) -> str:
        """The team's report as PDF; empty in a site for reps alone."""
        return f"{self.team_folder}team.pdf" if self.audience != "rep" else ""

    def _places(self, among_managers: str, own: str) -> tuple[str, ...]:
        return (*[among_managers] * (self.audience != "rep"), *[own] * (self.audience != "manager"))

    @property
    def _team(self) -> str:
        return f"{self.team_slug}/" if self.several_teams else ""
