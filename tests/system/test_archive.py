"""Published weeks in a browser: from the newest to an earlier one and back, by eye, by keyboard and on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from browser import Watched, press_until
from built import served
from playwright.sync_api import Page, expect
from test_accessibility import violations
from test_web_standards import checked

from extreme_teams import TODAY, write_team
from milestone_reports.build import Request
from milestone_reports.build.publishing import publish
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.published_weeks import FiguresOfWeek
from milestone_reports.workbook.reading.assemble import read_team

pytestmark = pytest.mark.system

KINDS = ("index.html", "weeks.html", "2026-W46/index.html")
"""A page of each kind that has to do with the weeks."""
FIGURES = {"2026-W46": FiguresOfWeek(14, 15.5, 23, 17, 58)}


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of two weeks of one rep: as the workbook was read a week ago, and now."""
    folder = tmp_path_factory.mktemp("weeks")
    workbook = write_team("one-rep", folder)
    newest = read_team(workbook, None, None, TODAY)
    for as_of in (newest.as_of - timedelta(days=7), newest.as_of):
        request = Request((workbook,), folder / "site", TODAY, pdf=False, archive=True)
        reading = replace(newest, as_of=as_of)
        publish(request, [team_site(reading.team, reading.as_of)], lambda *_told: None, FIGURES)
    return folder / "site"


def test_from_the_newest_week_to_an_earlier_one_and_back_by_keyboard_alone(window: Watched, weeks: Path) -> None:
    tab = window.open(weeks / "index.html")
    for link in ('.place a[href="weeks.html"]', 'a[href="2026-W46/index.html"]', 'a[href="reps.html"]'):
        go(tab, link)
    expect(tab.locator(".week")).to_contain_text("W46, 9–15 November 2026")
    expect(tab.locator(".week")).to_contain_text("as it was published")
    go(tab, ".place a")
    expect(tab.locator(".week")).to_contain_text("W47, 16–22 November 2026")
    expect(tab.locator(".place")).to_have_text("All weeks")


def go(tab: Page, link: str) -> None:
    """Follows a link by keyboard."""
    press_until(tab, "Tab", link)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")


def test_axe_finds_nothing_on_the_page_of_all_weeks_and_on_a_past_week(window: Watched, weeks: Path) -> None:
    assert [line for page in KINDS for line in violations(window, weeks, page)] == []


def test_the_nu_checker_finds_nothing_on_them(weeks: Path) -> None:
    with served(weeks) as address:
        assert checked(*(f"{address}/{page}" for page in KINDS)) == []


@pytest.mark.parametrize("page", KINDS)
def test_nothing_is_wider_than_a_phone(phone: Watched, weeks: Path, page: str) -> None:
    tab = phone.open(weeks / page)
    assert tab.evaluate("document.documentElement.scrollWidth") <= tab.evaluate("innerWidth")


@pytest.mark.parametrize("page", KINDS)
def test_the_way_to_other_weeks_is_not_printed(window: Watched, weeks: Path, page: str) -> None:
    tab = window.open(weeks / page)
    expect(tab.locator(".place")).to_be_visible()
    tab.emulate_media(media="print")
    expect(tab.locator(".place")).to_be_hidden()
    expect(tab.locator("h1")).to_be_visible()


def test_without_scripts_every_link_between_weeks_is_there(window: Watched, weeks: Path) -> None:
    browser = window.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto((weeks / "2026-W46/index.html").as_uri())
    tab.get_by_role("link", name="All weeks").click()
    tab.get_by_role("link", name="Week 47", exact=True).click()
    assert tab.url == (weeks / "2026-W47/index.html").as_uri()
    context.close()
