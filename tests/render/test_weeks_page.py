"""The page of all published weeks, and the one line of every page that its place decides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from sample_site import checks, rollup, stamp

from milestone_reports.render.html import Pages, SiteOptions
from milestone_reports.render.place import at_the_root, in_its_week
from milestone_reports.render.resources import templates_folder
from milestone_reports.scorecards.pages import Stamp
from milestone_reports.scorecards.published_weeks import (
    FiguresOfWeek,
    PublishedWeeks,
    published_weeks,
    week_named,
)

PAGES = Pages(templates_folder(), "1.2.3")
KEPT = SiteOptions(weeks=True)
WEEKS = ("2025-W52", "2026-W46", "2026-W47")
PATHS = {*(f"{week}/index.html" for week in WEEKS), "2026-W47/team.pdf"}


def page_of(
    weeks: tuple[str, ...] = WEEKS, figures: Mapping[str, FiguresOfWeek] | None = None, **changes: object
) -> PublishedWeeks:
    return published_weeks([stamp(**changes)], weeks, PATHS, figures or {})


def html_of(page: PublishedWeeks, site: SiteOptions = KEPT) -> str:
    return PAGES.weeks(page, site).decode()


def rows_of(html: str) -> list[list[str]]:
    """The text of each row of the page's tables, cell by cell."""
    rows = re.findall(r"<tr>(.*?)</tr>", html.partition("<main")[2], re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]


def test_weeks_stand_by_year_and_the_newest_comes_first() -> None:
    page = page_of()
    assert [(year.year, [week.week for week in year.weeks]) for year in page.years] == [
        (2026, ["2026-W47", "2026-W46"]),
        (2025, ["2025-W52"]),
    ]
    assert rows_of(html_of(page)) == [
        ["Week", "Days", "Files"],
        ["Week 47", "16–22 November", "PDF"],
        ["Week 46", "9–15 November", ""],
        ["Week", "Days", "Files"],
        ["Week 52", "22–28 December", ""],
    ]


def test_a_week_links_to_its_front_page_and_its_report_where_they_are() -> None:
    html = html_of(page_of(weeks=("2026-W40", "2026-W47")))
    assert '<a href="2026-W47/index.html">Week 47</a>' in html
    assert '<a href="2026-W47/team.pdf" aria-label="Week 47, team report as PDF">PDF</a>' in html
    assert "2026-W40/" not in html
    assert "Week 40" in html


def test_figures_stand_where_they_were_given_and_a_dash_where_not() -> None:
    figures = {"2026-W46": FiguresOfWeek(14, 15.5, 23, 17, 58), "2026-W47": FiguresOfWeek(16, None, 0, 0, 61)}
    assert rows_of(html_of(page_of(figures=figures))) == [
        ["Week", "Days", "Milestones done", "Target", "Planned and completed", "Contracts this year", "Files"],
        ["Week 47", "16–22 November", "16", "–none", "0 of 0", "61", "PDF"],
        ["Week 46", "9–15 November", "14", "15.5", "17 of 23", "58", ""],
        ["Week", "Days", "Milestones done", "Target", "Planned and completed", "Contracts this year", "Files"],
        ["Week 52", "22–28 December", "–none", "–none", "–none", "–none", ""],
    ]


@pytest.mark.parametrize(
    ("weeks", "headline"),
    [
        (("2026-W47",), "One week is kept as it was published"),
        (WEEKS, "Three weeks are kept as they were published"),
    ],
)
def test_the_headline_counts_the_weeks(weeks: tuple[str, ...], headline: str) -> None:
    assert f"<h1>{headline}</h1>" in html_of(page_of(weeks))


@pytest.mark.parametrize(
    ("name", "starts_on_monday", "first_on"),
    [
        ("2026-W47", True, date(2026, 11, 16)),
        ("2026-W47", False, date(2026, 11, 15)),
        ("2026-W01", True, date(2025, 12, 29)),
        ("2026-W53", True, date(2026, 12, 28)),
        ("2027-W01", False, date(2027, 1, 3)),
    ],
)
def test_a_week_is_found_by_its_name(name: str, *, starts_on_monday: bool, first_on: date) -> None:
    week = week_named(name, starts_on_monday=starts_on_monday)
    assert (week.first_on, week.name) == (first_on, name)


def test_of_several_teams_there_are_links_to_each_and_no_figures() -> None:
    stamps: list[Stamp] = [stamp(), stamp(team="South <b>", team_slug="south")]
    page = published_weeks(stamps, WEEKS, PATHS, {"2026-W47": FiguresOfWeek(1, 2.0, 3, 1, 4)})
    html = html_of(page, replace(KEPT, several_teams=True))
    assert '<li><a href="south/index.html">South &lt;b&gt;</a></li>' in html
    assert 'href="static/css/core.css"' in html
    assert "Milestones done" not in html


def test_without_any_report_there_is_no_column_for_it() -> None:
    assert rows_of(html_of(page_of(("2026-W46",)))) == [["Week", "Days"], ["Week 46", "9–15 November"]]


def test_the_page_says_of_itself_that_it_is_the_one_that_is_open() -> None:
    assert '<a href="weeks.html" aria-current="page">All weeks</a>' in html_of(page_of())


def test_a_german_page_is_german() -> None:
    html = html_of(page_of(locale="de_DE"))
    assert "<h1>3 Wochen sind archiviert</h1>" in html
    assert ["KW 47", "16.–22. November", "PDF"] in rows_of(html)


# --- the line that the place decides ---

HOSTILE = "North <!-- archived -->"


def lines_of(page: bytes) -> set[str]:
    return set(page.decode().splitlines())


def test_a_page_differs_in_one_line_between_the_root_and_its_week() -> None:
    page = PAGES.team(rollup(made=stamp(team=HOSTILE)), KEPT)
    here, there = at_the_root(page), in_its_week(page)
    assert lines_of(here) - lines_of(there) == {'<span class="place"><a href="weeks.html">All weeks</a></span>'}
    assert lines_of(there) - lines_of(here) == {
        (
            '<span class="place">as it was published <a href="../index.html">Newest week</a> '
            '<a href="../weeks.html">All weeks</a></span>'
        )
    }
    assert len(here.splitlines()) == len(there.splitlines()) == len(page.splitlines()) - 1
    assert b"<!--" not in here + there


@pytest.mark.parametrize(("several", "up"), [(False, "../"), (True, "../../")])
def test_the_line_leads_to_the_root_from_every_depth(up: str, *, several: bool) -> None:
    page = PAGES.checks(checks(), replace(KEPT, several_teams=several))
    assert f'<a href="{up.removesuffix("../")}weeks.html">'.encode() in at_the_root(page)
    assert f'<a href="{up}index.html">Newest week</a> <a href="{up}weeks.html">'.encode() in in_its_week(page)


def test_a_front_page_above_teams_says_which_week_it_is() -> None:
    page = PAGES.front([rollup(), rollup(made=stamp(week="2026-W46"))], replace(KEPT, several_teams=True))
    assert re.search(rb'<span class="week">W47\s+<span class="place">as it was published', in_its_week(page))


def test_a_site_that_keeps_no_weeks_has_no_such_line() -> None:
    page = PAGES.team(rollup(), SiteOptions())
    assert b"weeks.html" not in page
    assert at_the_root(page) == in_its_week(page) == page
