"""Our PDFs through the tools that other people's machines use: poppler and qpdf. `make test-system` installs them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from milestone_reports.build import Request, build
from milestone_reports.workbook.example.write import ExampleKind, write_example

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("printed")
    write_example(folder / "sample.xlsx", ExampleKind.NEW_BUSINESS)
    build(Request((folder / "sample.xlsx",), folder / "site", date(2026, 11, 24), data=False), lambda *_told: None)
    return folder / "site"


@pytest.fixture(scope="module")
def pdfs(site: Path) -> Sequence[Path]:
    return [*sorted((site / "reps").glob("*.pdf")), site / "team.pdf", site / "all-scorecards.pdf"]


def output_of(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_qpdf_finds_nothing_wrong_with_any_pdf(pdfs: Sequence[Path]) -> None:
    for pdf in pdfs:
        assert "No syntax or stream encoding errors found" in output_of("qpdf", "--check", pdf)


def test_the_quota_stands_on_the_first_page_as_an_equation_that_adds_up_as_poppler_reads_it(site: Path) -> None:
    text = output_of("pdftotext", "-layout", "-l", "1", site / "reps" / "hannah-whitlock.pdf", "-")
    equation = next(line for line in text.splitlines() if "$600,000" in line)
    figures = re.findall(r"\$?[\d,.]+", equation)
    # 600,000 / 50,000 = 12; 12 x 4 = 48; 48 x the measured multiplier a year, a twelfth a month, a 48th a week
    assert figures[:5] == ["$600,000", "$50,000", "12", "4", "48"]
    multiplier, a_year, a_month, a_week = (float(figure) for figure in figures[5:])
    assert a_year == pytest.approx(48 * multiplier, abs=48 * 0.005 + 0.05)
    assert [a_month, a_week] == pytest.approx([a_year / 12, a_year / 48], abs=0.06)
    assert "ideal: 4 a month, 1 a week" in text


def test_every_page_carries_its_rep_week_workbook_day_and_number(site: Path) -> None:
    for pdf in (site / "reps").glob("*.pdf"):
        pages = output_of("pdftotext", "-layout", pdf, "-").rstrip("\f").split("\f")
        for number, page in enumerate(pages, start=1):
            assert "Week 47, 16–22 November 2026" in page
            assert "From sample.xlsx, last saved 23 Nov 2026, 07:45; as of 22 November 2026" in page
            assert f"Page {number} of {len(pages)}" in page


def test_every_pdf_is_tagged_and_holds_its_fonts(pdfs: Sequence[Path]) -> None:
    for pdf in pdfs:
        assert re.search(r"^Tagged:\s+yes$", output_of("pdfinfo", pdf), re.MULTILINE)
        fonts = output_of("pdffonts", pdf).splitlines()[2:]
        assert fonts
        # emb and sub are the columns before the last three: every font is embedded as a subset.
        assert all(line.split()[-5:-3] == ["yes", "yes"] for line in fonts), fonts


NAMES = {
    "Hannah Whitlock": "Елена Воронцова",
    "Zoë Lindqvist": "Κώστας Παπαδόπουλος",
    "Daniel Okafor": "山田 太郎",
    "Marcus Bell": "김민수",
    "Sofia Marchetti": "محمد عبد الرحمن",
    "Tom Averill": "שרה כהן",
    "Grace Adeyemi": "สมชาย ใจดี",
}


def test_names_in_any_script_are_printed_with_a_letter_for_each_character(tmp_path: Path) -> None:
    write_example(tmp_path / "names.xlsx", ExampleKind.NEW_BUSINESS)
    rename(tmp_path / "names.xlsx", NAMES)
    build(Request((tmp_path / "names.xlsx",), tmp_path / "site", date(2026, 11, 24), data=False), lambda *_told: None)
    cards = sorted((tmp_path / "site" / "reps").glob("*.pdf"))
    titles = [output_of("pdfinfo", card) for card in cards]
    for name in NAMES.values():
        assert any(re.search(rf"^Title:\s+\W?{name}", title, re.MULTILINE) for title in titles), name
    assert all(card.stat().st_size < 150_000 for card in cards)
    fonts = {
        line.split()[0].partition("+")[2] for card in cards for line in output_of("pdffonts", card).splitlines()[2:]
    }
    for script in ("CJK-JP", "CJK-KR", "Arabic", "Hebrew", "Thai"):
        assert any(font.startswith(f"Noto-Sans-{script}") for font in fonts), fonts


def rename(workbook: Path, names: Mapping[str, str]) -> None:
    """Other names for the reps, wherever they stand."""
    book = load_workbook(workbook)
    for sheet in ("Opportunities", "Reps", "Time off"):
        for cell in (cell for row in book[sheet].iter_rows() for cell in row if cell.value in names):
            cell.value = names[str(cell.value)]
    book.save(workbook)
