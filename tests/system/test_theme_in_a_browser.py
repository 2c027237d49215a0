"""Light and dark in the browser: as the system until the reader chooses, then as chosen, without a flash."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from browser import Watched, press_until
from playwright.sync_api import Page

from milestone_reports.build import Request, build
from milestone_reports.render.theme import tokens
from milestone_reports.workbook.example.write import ExampleKind, write_example

pytestmark = pytest.mark.system

System = Literal["light", "dark"]

LIGHT, DARK = tokens()["paper"].light, tokens()["paper"].dark


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lit")
    write_example(folder / "sample.xlsx", ExampleKind.PARTNER_RECRUITMENT)
    build(Request((folder / "sample.xlsx",), folder / "site", date(2026, 11, 24), pdf=False), lambda *_told: None)
    return folder / "site"


def paper(tab: Page) -> str:
    """The colour behind the text."""
    red, green, blue = tab.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    return f"#{red:02X}{green:02X}{blue:02X}"


def scheme(tab: Page) -> str:
    return str(tab.evaluate("getComputedStyle(document.documentElement).colorScheme"))


def choose(tab: Page, choice: str) -> None:
    """Goes to the switch from the end of the page and along it with the arrow keys."""
    press_until(tab, "Shift+Tab", "[data-theme-switch] input")
    press_until(tab, "ArrowRight", f"[data-theme-switch] input[value={choice}]")


@pytest.mark.parametrize(("system", "colour"), [("light", LIGHT), ("dark", DARK)])
def test_until_one_chooses_a_page_is_as_the_system_is(window: Watched, site: Path, system: System, colour: str) -> None:
    tab = window.open(site / "index.html")
    tab.emulate_media(color_scheme=system)
    assert paper(tab) == colour
    assert tab.locator("[data-theme-switch] input:checked").input_value() == "system"


@pytest.mark.parametrize(
    ("system", "choice", "colour"), [("light", "dark", DARK), ("dark", "light", LIGHT), ("dark", "dark", DARK)]
)
def test_what_is_chosen_holds_against_the_system_on_every_page(
    window: Watched, site: Path, system: System, choice: str, colour: str
) -> None:
    tab = window.open(site / "index.html")
    tab.emulate_media(color_scheme=system)
    choose(tab, choice)
    assert (paper(tab), scheme(tab)) == (colour, choice)
    tab.goto((site / "definitions.html").as_uri())
    assert (paper(tab), scheme(tab)) == (colour, choice)
    assert tab.locator("[data-theme-switch] input:checked").input_value() == choice
    choose(tab, "system")
    assert paper(tab) == (DARK if system == "dark" else LIGHT)
    tab.reload()
    assert tab.evaluate("document.documentElement.dataset.theme") is None


def test_a_second_window_follows(window: Watched, site: Path) -> None:
    tab, other = window.open(site / "index.html"), window.open(site / "checks.html")
    choose(tab, "dark")
    other.wait_for_function("() => document.documentElement.dataset.theme === 'dark'")
    assert paper(other) == DARK


def test_the_choice_stands_before_the_page_is_drawn(window: Watched, site: Path) -> None:
    tab = window.open(site / "index.html")
    choose(tab, "dark")
    window.context.add_init_script(
        "new MutationObserver(() => { if (document.body && window.first === undefined)"
        " window.first = document.documentElement.dataset.theme ?? 'none'; })"
        ".observe(document, {childList: true, subtree: true})"
    )
    tab.goto((site / "checks.html").as_uri())
    assert tab.evaluate("window.first") == "dark"


def test_paper_is_white_and_light_whatever_was_chosen(window: Watched, site: Path) -> None:
    tab = window.open(site / "index.html")
    choose(tab, "dark")
    tab.emulate_media(media="print", color_scheme="dark")
    assert (paper(tab), scheme(tab)) == ("#FFFFFF", "light")


def test_where_the_browser_keeps_nothing_the_choice_holds_for_the_page(window: Watched, site: Path) -> None:
    window.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    tab = window.open(site / "index.html")
    choose(tab, "dark")
    assert paper(tab) == DARK


def test_the_focus_ring_is_the_one_for_the_colours_that_are_shown(window: Watched, site: Path) -> None:
    tab = window.open(site / "index.html")
    choose(tab, "dark")
    assert tab.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--focus')") == "#8FB8FF"
