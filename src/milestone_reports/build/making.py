"""What the files of a site are made with, and what each of them is before it is made."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from typing import TypeVar

from milestone_reports.build.request import Request
from milestone_reports.publish import SiteLayout, TeamLayout
from milestone_reports.render.html import Pages, SiteOptions
from milestone_reports.render.pdf import Printer

PageData = TypeVar("PageData")


@dataclass(frozen=True, slots=True)
class Page:
    """A file of a site, with what makes its bytes."""

    path: str
    make: Callable[[], bytes]
    also: tuple[str, ...] = ()
    """Further places of the very same bytes."""

    @property
    def paths(self) -> tuple[str, ...]:
        """All its places."""
        return (self.path, *self.also)


@dataclass(frozen=True, slots=True)
class Making:
    """What all files of one site are made with."""

    request: Request
    layout: SiteLayout
    options: SiteOptions
    pages: Pages
    printer: Printer | None
    newest: Container[str] | None = None
    """The files of the site whose past week is made; None where the site itself is."""

    def own_options(self, team: TeamLayout, slug: str) -> SiteOptions:
        """What a page in a rep's own folder links to: an archived one also to its newest self, where that is there."""
        has_newest = self.newest is None or team.own_page(slug) in self.newest
        weeks = self.options.weeks and has_newest
        return replace(self.options, team_pages=False, weeks=weeks, own_folder=team.own_folder(slug))


def opened(
    page: Callable[[PageData, SiteOptions], bytes], behind: Callable[[], PageData], options: SiteOptions
) -> bytes:
    """A page whose data is put together only when it is written: a large team has many behind its cards."""
    return page(behind(), options)
