from __future__ import annotations

from pathlib import Path
from runpy import run_path

import pytest

from milestone_reports.domain.names import key
from milestone_reports.workbook.vocabulary import SHEETS, by_key

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/workbook.md").read_text(encoding="utf-8")


def test_the_page_of_sheets_and_columns_is_made_from_the_readers_words() -> None:
    made: str = run_path(str(ROOT / "scripts/make_workbook_page.py"))["page"]()
    assert made == PAGE


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_that_the_page_names_is_one_that_the_reader_finds(sheet: str) -> None:
    line = PAGE.partition(f"\n## {sheet}\n\nAlso: ")[2].partition(".\n")[0]
    assert {by_key(SHEETS)[key(name)] for name in line.split(", ")} == {sheet}
