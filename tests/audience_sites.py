"""Small sites for each audience, what lies in them, and where their pages lead."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from milestone_reports.build import Request
from milestone_reports.publish import AUDIENCES, Audience
from milestone_reports.recall import read_told
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.pages import TeamSite
from workbooks import write_workbook

TODAY = date(2026, 11, 24)
WEEK = "2026-W47"
REPS = {"dana-ruiz": "Dana Ruiz", "lee-wong": "Lee Wong"}
TEAM = """
    [Opportunities]
    Opportunity | Account    | Rep       | Value | Kickoff    | Contract
    Alpha       | Acme       | Dana Ruiz | 50000 | 2026-10-05 | 2026-10-12
    Beta        | Brightwell | Lee Wong  | 40000 | 2026-11-10 |
    [Milestones]
    Milestone
    Kickoff
    Contract
    [Settings]
    Setting | Value
    Team    | {}
    As of   | {}
"""
MADE_FOR = ("manager", "rep", "all", "chosen reps", "chosen reps apart")
WHOLE_NAMES = ("scorecards.json", "all-scorecards.pdf", "team.pdf", "checks.html", "definitions.html", "weeks.html")


def workbook_of(folder: Path, team: str = "North", as_of: str = "2026-11-22", *, without: str = "Nobody") -> Path:
    folder.mkdir(exist_ok=True)
    text = "\n".join(line for line in TEAM.format(team, as_of).splitlines() if without not in line)
    return write_workbook(folder / f"{team}-{as_of}.xlsx", text)


def request_for(made_for: str, output: Path, *workbooks: Path) -> Request:
    """A build of web pages and data for whom it says; of chosen reps it is Dana alone."""
    chosen = made_for.startswith("chosen")
    audience: Audience = next((one for one in AUDIENCES if one == made_for), "manager")
    return Request(
        workbooks, output, TODAY, pdf=False, archive=not chosen, reps=("Dana Ruiz",) if chosen else (),
        audience="rep" if made_for.endswith("apart") else audience,
    )  # fmt: skip


def quiet(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def own_files(folder: str, slug: str) -> set[str]:
    return {f"{folder}{slug}/{name}" for name in ("index.html", f"figures/{slug}.html", f"{slug}.pdf", f"{slug}.json")}


def without_static(paths: Iterable[str]) -> set[str]:
    return {path for path in paths if not re.match(r"(\d{4}-W\d\d/)?static/", path)}


def site_of(workbook: Path) -> TeamSite:
    reading, _ = read_told(workbook, None, None, TODAY)
    return team_site(reading.team, reading.as_of)


class Addresses(HTMLParser):
    """Every address in a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page.decode())

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {
            value or "" for name, value in attrs if name in {"href", "src", "action", "srcset", "xlink:href"}
        }


def leads_to(path: str, page: bytes) -> set[str]:
    """The files of the site to which a page leads, itself left out."""
    addresses = {address.partition("#")[0] for address in Addresses(page).found if not address.startswith("data:")}
    assert not [address for address in addresses if ":" in address]
    return {posixpath.normpath(posixpath.join(posixpath.dirname(path), one)) for one in addresses if one} - {path}
