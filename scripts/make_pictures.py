"""Makes the README's pictures from the new business sample: the front page and a scorecard's PDF.

Needs Debian's chromium, and pdftoppm from poppler-utils; run it after the look has changed.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from milestone_reports.build import Request, build
from milestone_reports.build.importing import ImportRequest, import_folder
from milestone_reports.workbook.example.copies import write_with_copies
from milestone_reports.workbook.example.kinds import AS_OF, ExampleKind

PICTURES = Path(__file__).parents[1] / "docs/images"
REP = "hannah-whitlock"
"""The rep with the article's own target."""

N_WEEKS = 12
"""As many earlier copies as scripts/make_sample.sh makes."""

SCREEN = (1180, 984)
"""The front page down to the end of its coaching list, in pixels."""

PAPER_DPI = 96


def make_pictures() -> None:
    """Build the sample's report in a temporary folder and take its pictures."""
    PICTURES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        site = build_sample(Path(folder))
        photograph(site / "index.html", PICTURES / "front_page.png")
        print_first_page(site / "reps" / f"{REP}.pdf", PICTURES / "scorecard.png")


def build_sample(folder: Path) -> Path:
    """The site of the sample, as `make demo` builds it."""
    workbook, state, site = folder / "new_business.xlsx", folder / "state", folder / "output"
    if copies := write_with_copies(workbook, ExampleKind.NEW_BUSINESS, n_weeks=N_WEEKS):
        import_folder(ImportRequest(copies, state, AS_OF), unheard)
    build(Request((workbook,), site, AS_OF, state=state), unheard)
    return site


def unheard(_what: str, _done: int, _total: int) -> None:
    """Nobody waits for how far it is."""


def photograph(page: Path, picture: Path) -> None:
    """The top of a web page as a browser shows it."""
    width, height = SCREEN
    run(
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--window-size={width},{height}",
        f"--screenshot={picture}",
        page.as_uri(),
    )


def print_first_page(pdf: Path, picture: Path) -> None:
    """The first page of a PDF."""
    run("pdftoppm", "-png", "-singlefile", "-r", str(PAPER_DPI), str(pdf), str(picture.with_suffix("")))


def run(*command: str) -> None:
    """Run a program of the system, quietly unless it fails."""
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603  our own words, and paths of our own


if __name__ == "__main__":
    make_pictures()
