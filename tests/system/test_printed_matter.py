"""Our PDFs through the tools that other people's machines use: poppler and qpdf. `make test-system` installs them."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from milestone_reports.build import Request, build
from milestone_reports.workbook.example.write import ExampleKind, write_example

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("printed")
    write_example(folder / "sample.xlsx", ExampleKind.NEW_BUSINESS)
    build(Request((folder / "sample.xlsx",), folder / "site", date(2026, 11, 24), data=False), lambda *_told: None)
    return folder / "site"


def output_of(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_qpdf_finds_nothing_wrong_with_any_pdf(site: Path) -> None:
    for pdf in [*(site / "reps").glob("*.pdf"), site / "team.pdf"]:
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


def test_every_pdf_is_tagged_and_holds_its_fonts(site: Path) -> None:
    for pdf in [*(site / "reps").glob("*.pdf"), site / "team.pdf"]:
        assert re.search(r"^Tagged:\s+yes$", output_of("pdfinfo", pdf), re.MULTILINE)
        fonts = output_of("pdffonts", pdf).splitlines()[2:]
        assert fonts
        # emb and sub are the columns before the last three: every font is embedded as a subset.
        assert all(line.split()[-5:-3] == ["yes", "yes"] for line in fonts), fonts
