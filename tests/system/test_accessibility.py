"""axe-core on every kind of page, in both themes and at three widths: it must find nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from browser import Watched
from built import pages_of

pytestmark = pytest.mark.system

AXE = Path(__file__).parent / "node_modules/axe-core/axe.min.js"
"""Read when a test needs it: `make test` collects these tests where npm has installed nothing."""

WIDTHS = (1440, 768, 390)
THEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")

FOUND = """() => axe.run({resultTypes: ["violations"], preload: false}).then(({violations}) => violations.flatMap(
    ({id, help, nodes}) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${node.failureSummary}`)
))"""
"""Without a preload, which would ask for the style sheets once more, past the pages' own policy."""


LONG = ("opportunities.html", "figures/", "reps/figures/")
"""Pages with a row or link for each of hundreds of opportunities: checked on the site of one rep, who has fewer."""


def test_axe_finds_nothing_on_any_page_of_one_reps_site(window: Watched, one_rep: Path) -> None:
    assert [line for page in pages_of(one_rep) for line in violations(window, one_rep, page)] == []


def test_axe_finds_nothing_on_a_teams_pages(window: Watched, sample: Path) -> None:
    pages = [page for page in pages_of(sample) if not page.startswith(LONG)]
    assert [line for page in pages for line in violations(window, sample, page)] == []


def violations(window: Watched, site: Path, page: str) -> Iterator[str]:
    """What axe says of one page, told apart by width and theme."""
    tab = window.open(site / page)
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        for theme in THEMES:
            tab.emulate_media(color_scheme=theme, reduced_motion="reduce")
            yield from (f"{page} {width} {theme}: {line}" for line in tab.evaluate(FOUND))
    tab.close()


def test_axe_would_notice_a_picture_without_words(window: Watched, sample: Path, tmp_path: Path) -> None:
    page = (sample / "definitions.html").read_text(encoding="utf-8")
    picture = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="9" height="9"><h1'
    flawed = tmp_path / "flawed.html"
    flawed.write_text(page.replace("<h1", picture, 1), encoding="utf-8")
    tab = window.open(flawed)
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    assert any(line.startswith("image-alt") for line in tab.evaluate(FOUND))
    window.console.clear()  # the copy is without its style sheets
