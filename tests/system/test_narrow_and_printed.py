"""Every page in the narrowest window that is asked for (WCAG 1.4.10), and what the browser's printer makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Watched, watched
from built import pages_of
from playwright.sync_api import Browser, Page, expect

from extreme_teams import TODAY
from german_workbook import write_twins
from milestone_reports.build import Request, build

pytestmark = pytest.mark.system

NARROWEST = {"width": 320, "height": 800}
ACROSS_A4 = {"width": 703, "height": 1032}
"""The room of an A4 page inside its margins, in the pixels of a style sheet."""

TOO_WIDE = """() => [...document.querySelectorAll("body *")].filter((it) => {
  const { right, width } = it.getBoundingClientRect();
  return width && right > innerWidth + 1 && !it.closest(".sr, .scroll, svg *");
}).map((it) => `${it.tagName} ${it.className} ${it.textContent.slice(0, 30)}`)"""

SEEN_ON_PAPER = ("reps", "planning", "opportunities", "pipeline", "conversion")


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("german")
    _, workbook = write_twins(folder)
    build(Request((workbook,), folder / "site", TODAY, pdf=False), lambda *_told: None)
    return folder / "site"


@pytest.fixture(params=["sample", "german"])
def site(request: pytest.FixtureRequest) -> Path:
    """The example's pages in English, then a German team's."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


@pytest.fixture
def narrowest(chromium: Browser) -> Iterator[Watched]:
    yield from watched(chromium, NARROWEST)


@pytest.fixture
def paper(chromium: Browser) -> Iterator[Watched]:
    """A window in which a page is laid out as on A4, once its medium is print."""
    yield from watched(chromium, ACROSS_A4)


def printed(watched: Watched, page: Path | str) -> Page:
    tab = watched.open(page)
    tab.emulate_media(media="print")
    return tab


def test_no_page_is_wider_than_the_narrowest_window(narrowest: Watched, site: Path) -> None:
    tab = narrowest.context.new_page()
    wide = []
    for page in pages_of(site):
        tab.goto((site / page).as_uri())
        if tab.evaluate("document.documentElement.scrollWidth") > NARROWEST["width"]:
            wide.append((page, tab.evaluate(TOO_WIDE)[:3]))
    assert wide == []


@pytest.mark.parametrize("page", SEEN_ON_PAPER)
def test_on_a4_a_table_is_a_table_and_nothing_is_cut(paper: Watched, site: Path, page: str) -> None:
    tab = printed(paper, site / f"{page}.html")
    assert tab.evaluate(TOO_WIDE) == []
    heads = tab.locator("main table.stack > thead:not(.sr)")
    displays = heads.evaluate_all(
        "all => all.filter(it => !it.closest('.what-if')).map(it => getComputedStyle(it).display)"
    )
    assert set(displays) == {"table-header-group"}


def test_a_printed_page_tells_team_week_day_and_workbook_and_offers_nothing_to_press(
    paper: Watched, sample: Path
) -> None:
    for page in ("index", "reps", "definitions", "checks"):
        tab = printed(paper, sample / f"{page}.html")
        assert tab.locator(".mast").inner_text().split("\n") == ["Tarnbrook Industrial", "W47, 16–22 November 2026"]
        assert "weeks.xlsx" in tab.locator(".foot").inner_text()
        assert "as of 22 November 2026" in tab.locator(".foot").inner_text()
        for control in ("nav", ".csv", ".files a", "input", "select", "a.pdf"):
            assert tab.locator(f"{control} >> visible=true").count() == 0, control


def test_what_is_closed_on_the_screen_is_printed(paper: Watched, sample: Path) -> None:
    tab = paper.open(sample / "definitions.html")
    inner = tab.locator("details:not([open]) dl").first
    expect(inner).to_be_hidden()
    tab.emulate_media(media="print")
    expect(inner).to_be_visible()


def test_a_printed_table_says_by_what_it_was_filtered_and_how_many_rows_that_left(paper: Watched, sample: Path) -> None:
    tab = printed(paper, f"{(sample / 'reps.html').as_uri()}#?reps.filter=ma")
    tools = tab.locator('.table-tools:has(+ table[data-table="reps"])')
    shown = tab.locator('table[data-table="reps"] tbody tr:visible').count()
    expect(tools.get_by_role("status")).to_have_text(f"{shown} of 9 reps")
    expect(tools.get_by_role("searchbox")).to_be_visible()
    assert tools.get_by_role("searchbox").input_value() == "ma"
    expect(tools.locator("select")).to_be_hidden()
