"""Builds of week after week into one folder: each week stays at its own address, the front page is the newest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from milestone_reports.build import Request, build
from milestone_reports.build.publishing import publish_again
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.publish import manifest_of, week_of
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.workbook.reading.assemble import read_team
from workbooks import write_workbook

TODAY = date(2026, 12, 31)
SUNDAY = date(2026, 11, 22)
"""The last day of week 47."""
TEAM = """
    [Opportunities]
    Opportunity | Account | Rep       | Value | Kickoff    | Contract
    Alpha       | {}      | Dana Ruiz | 50000 | 2026-10-05 | 2026-10-12
    [Milestones]
    Milestone
    Kickoff
    Contract
    [Settings]
    Setting | Value
    Team    | {}
    As of   | {}
"""


def workbook_of(folder: Path, week: int, *, account: str = "Acme", team: str = "North") -> Path:
    """A team's workbook as of the last day of a week of 2026."""
    path = folder / f"{team}-{week}-{account}.xlsx"
    write_workbook(path, TEAM.format(account, team, SUNDAY + timedelta(weeks=week - 47)))
    return path


def request_of(site: Path, *workbooks: Path, archive: bool = True) -> Request:
    return Request(workbooks, site, TODAY, pdf=False, archive=archive)


def publish(site: Path, *workbooks: Path, archive: bool = True) -> None:
    build(request_of(site, *workbooks, archive=archive), quiet)


def quiet(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def at_the_root(site: Path) -> dict[str, bytes]:
    """The files that are in no week's folder, but for the two that no week has."""
    alone = {"weeks.html", "manifest.json"}
    return {path: content for path, content in files(site).items() if not week_of(path) and path not in alone}


def site_of(workbook: Path) -> TeamSite:
    reading = read_team(workbook, None, None, TODAY)
    return team_site(reading.team, reading.as_of)


@dataclass(frozen=True, slots=True)
class Year:
    """A site of weeks 45 to 47, and what was in the folder of week 45 when it was the newest."""

    site: Path
    first: dict[str, bytes]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Year:
    folder = tmp_path_factory.mktemp("built")
    publish(folder / "site", workbook_of(folder, 45))
    first = files(folder / "site/2026-W45")
    for week, account in ((46, "Acme"), (47, "Cole")):
        publish(folder / "site", workbook_of(folder, week, account=account))
    return Year(folder / "site", first)


@pytest.fixture
def site(built: Year, tmp_path: Path) -> Path:
    """The site of three weeks, for one test alone."""
    return Path(copytree(built.site, tmp_path / "site"))


def test_a_week_is_published_at_the_root_and_at_its_own_address_with_one_line_between_them(built: Year) -> None:
    here, there = at_the_root(built.site), files(built.site / "2026-W47")
    assert here.keys() == there.keys()
    for path, content in here.items():
        lines, archived = content.splitlines(), there[path].splitlines()
        differing = [pair for pair in zip(lines, archived, strict=True) if pair[0] != pair[1]]
        assert len(differing) == path.endswith(".html"), path
        assert all(b"All weeks" in line for pair in differing for line in pair)


def test_a_past_week_never_changes_and_the_front_page_is_the_newest(built: Year) -> None:
    assert files(built.site / "2026-W45") == built.first
    assert b"W47, 16" in (built.site / "index.html").read_bytes()
    weeks = (built.site / "weeks.html").read_text(encoding="utf-8")
    links = [f'href="2026-W{week}/index.html"' for week in (47, 46, 45)]
    assert sorted(links, key=weeks.index) == links


@pytest.mark.parametrize("archive", [True, False])
def test_an_older_week_does_not_take_the_place_of_a_newer_one(site: Path, tmp_path: Path, *, archive: bool) -> None:
    before = files(site)
    with pytest.raises(CannotGoOnError) as refused:
        publish(site, workbook_of(tmp_path, 46), archive=archive)
    assert str(refused.value) == (
        f"{site}: the site there is of 2026-W47, and what is to be published is of 2026-W46; an older week does "
        "not take the place of a newer one. Fix: name another folder with -o, or give the history the corrected "
        "workbook of a past week with milestone-reports import; if 2026-W47 was a mistake, delete its folder there and "
        "forget it with milestone-reports history forget."
    )
    assert files(site) == before


def test_a_look_back_keeps_the_weeks_and_adds_none(site: Path, built: Year, tmp_path: Path) -> None:
    publish(site, workbook_of(tmp_path, 48), archive=False)
    assert not (site / "2026-W48").exists()
    assert files(site / "2026-W45") == built.first
    assert b'<a href="weeks.html">All weeks</a>' in (site / "index.html").read_bytes()
    assert b"2026-W45/index.html" in (site / "weeks.html").read_bytes()


def test_a_site_without_weeks_has_neither_their_page_nor_a_link_to_it(tmp_path: Path) -> None:
    publish(tmp_path / "site", workbook_of(tmp_path, 47), archive=False)
    assert not (tmp_path / "site/weeks.html").exists()
    assert not any(b"weeks.html" in content for content in files(tmp_path / "site").values())


def test_several_teams_are_kept_together_in_the_newest_of_their_weeks(tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, workbook_of(tmp_path, 47), workbook_of(tmp_path, 46, team="South"))
    assert [path.name for path in site.iterdir() if week_of(f"{path.name}/")] == ["2026-W47"]
    assert at_the_root(site).keys() == files(site / "2026-W47").keys()
    assert b'<a href="../../weeks.html">' in (site / "2026-W47/south/index.html").read_bytes()
    assert b'<a href="../index.html">Newest week</a>' in (site / "2026-W47/index.html").read_bytes()


def test_chosen_reps_never_go_onto_a_site_that_keeps_weeks(site: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotGoOnError, match="a whole site is there"):
        build(replace(request_of(site, workbook_of(tmp_path, 47)), archive=False, reps=("Dana Ruiz",)), quiet)


# --- a past week once more ---


def test_a_past_week_made_again_is_the_same_and_nothing_else_changes(site: Path, built: Year) -> None:
    before, past = files(site), built.site.parent / "North-46-Acme.xlsx"
    again = publish_again(request_of(site, past), [site_of(past)], quiet)
    assert (again.differing, again.was_there) == ((), True)
    assert files(site) == before


def test_what_differs_in_a_past_week_made_again_is_told(site: Path, tmp_path: Path) -> None:
    before, corrected = at_the_root(site), workbook_of(tmp_path, 46, account="Brightwell")
    again = publish_again(request_of(site, corrected), [site_of(corrected)], quiet)
    assert "opportunities.html" in again.differing
    assert "static/css/core.css" not in again.differing
    assert b"Brightwell" in (site / "2026-W46/opportunities.html").read_bytes()
    assert at_the_root(site) == before
    manifest = manifest_of(site)
    assert manifest
    assert {*files(site)} == {*manifest.files, "manifest.json"}


def test_a_past_week_that_was_not_there_is_added_and_listed_from_the_next_publishing_on(
    site: Path, tmp_path: Path
) -> None:
    past = workbook_of(tmp_path, 44)
    again = publish_again(request_of(site, past), [site_of(past)], quiet)
    assert not again.was_there
    assert again.n_files == len(files(site / "2026-W44"))
    publish(site, workbook_of(tmp_path, 48))
    assert b"2026-W44/index.html" in (site / "weeks.html").read_bytes()


def test_a_week_made_again_is_never_put_at_the_root_of_a_site(site: Path, tmp_path: Path) -> None:
    corrected, front = workbook_of(tmp_path, 47, account="Brightwell"), (site / "opportunities.html").read_bytes()
    publish_again(request_of(site, corrected), [site_of(corrected)], quiet)
    assert b"Brightwell" in (site / "2026-W47/opportunities.html").read_bytes()
    assert (site / "opportunities.html").read_bytes() == front


def test_a_later_week_whose_folder_was_deleted_is_in_nobodys_way(site: Path, tmp_path: Path) -> None:
    for week in site.glob("2026-W47"):
        rmtree(week)
    publish(site, workbook_of(tmp_path, 46))
    assert (site / "2026-W46/index.html").is_file()
