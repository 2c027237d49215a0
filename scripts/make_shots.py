"""Makes pictures of every page and PDF of teams at the edges, to be looked at one by one: `make shots`.

`make_shots.py [FOLDER] [--only TEAM]... [--every] [--with WORKBOOK]...`: into FOLDER/TEAM/, 1440 and 390 wide, light
and dark, and each page of each PDF; of the workbooks named alone, where some are. Of pages that are alike (behind the
figures; cards of a large team) the first few, with --every all. Needs Debian's chromium, and pdftoppm from
poppler-utils.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from milestone_reports.build import Request, build

TOP = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOP / "tests"))

from extreme_teams import NAMES, TODAY, remembered, write_team  # noqa: E402  the tests' own workbooks

WIDTHS = (1440, 390)
THEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
FEW = 5
"""Of pages that are alike."""

PAPER_DPI = 90
PATIENCE_MS = 180_000
"""For a page of thousands of rows on a phone, which is a hundred thousand pixels high."""

CHROMIUM = "/usr/bin/chromium"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def main() -> None:
    """Take all pictures that were asked for."""
    asked = arguments()
    workbooks = dict.fromkeys(asked.only or ([] if asked.others else NAMES)) | {
        path.stem: path for path in asked.others
    }
    with sync_playwright() as playwright, TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])
        for name, workbook in workbooks.items():
            path = workbook or write_team(name, Path(folder))
            site, pictures = Path(folder) / "sites" / name, asked.folder / name
            state = remembered(path, Path(folder) / "states" / name)
            build(Request((path,), site, TODAY, state=state), lambda *_told: None)
            n_pages = photograph(browser, site, pictures, every=asked.every)
            n_printed = print_pages(site, pictures, every=asked.every)
            sys.stdout.write(f"{pictures}: {n_pages} pictures of web pages, {n_printed} PDFs\n")
        browser.close()


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=TOP / "shots")
    parser.add_argument("--only", action="append", choices=sorted(NAMES))
    parser.add_argument("--every", action="store_true")
    parser.add_argument("--with", dest="others", type=Path, action="append", default=[], metavar="WORKBOOK")
    return parser.parse_args()


def photograph(browser: Browser, site: Path, pictures: Path, *, every: bool) -> int:
    """Each page in each width and theme, whole; the number of pictures."""
    taken = 0
    pages = list(chosen(site, "*.html", every=every))
    for width in WIDTHS:
        for theme in THEMES:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
            tab = context.new_page()
            for page in pages:
                tab.goto(page.as_uri())
                picture = pictures / picture_name(page, site, f"{width}-{theme}")
                tab.screenshot(path=picture, full_page=True, timeout=PATIENCE_MS)
                taken += 1
            context.close()
    return taken


def print_pages(site: Path, pictures: Path, *, every: bool) -> int:
    """Each page of each PDF; the number of PDFs."""
    printed = list(chosen(site, "*.pdf", every=every))
    for pdf in printed:
        target = pictures / picture_name(pdf, site, "pdf")
        command = ("pdftoppm", "-png", "-r", str(PAPER_DPI), pdf, target.with_suffix(""))
        subprocess.run(command, check=True)  # noqa: S603  our own words, and paths of our own
    return len(printed)


def chosen(site: Path, pattern: str, *, every: bool) -> Iterator[Path]:
    """The files of a kind; of each folder below the top only a few, as they are alike."""
    for folder, found in groupby(sorted(site.rglob(pattern)), key=lambda path: path.parent):
        files = list(found)
        yield from files if every or folder == site or len(files) <= 2 * FEW else files[:FEW]


def picture_name(page: Path, site: Path, how: str) -> str:
    """`reps-anna-1440-dark.png` of `reps/anna.html`."""
    return f"{'-'.join(page.relative_to(site).with_suffix('').parts)}-{how}.png"


if __name__ == "__main__":
    main()
