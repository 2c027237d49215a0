"""The workbook of all tables: real numbers and dates, texts that stay texts, the same bytes each time."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

from openpyxl import load_workbook

from milestone_reports.workbook.tables import tables_workbook

SAVED_AT = datetime.fromisoformat("2026-11-23T06:40")
TABLES = {
    "reps": (
        ("rep", "done", "share", "from", "listed"),
        [("Dana Ruiz", 12, 0.5, date(2026, 1, 5), True), ("=cmd|' /C calc'!A1", None, None, None, False)],
    ),
    "a_table_whose_name_is_longer_than_a_sheet_may_be_named": (("milestone",), []),
}


def test_numbers_are_numbers_and_days_are_days() -> None:
    sheet = load_workbook(BytesIO(tables_workbook(TABLES, SAVED_AT)))["reps"]
    assert [cell.value for cell in sheet[1]] == ["rep", "done", "share", "from", "listed"]
    assert [cell.value for cell in sheet[2]] == ["Dana Ruiz", 12, 0.5, datetime.fromisoformat("2026-01-05"), "yes"]
    assert sheet["D2"].is_date
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E3"


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    cell = load_workbook(BytesIO(tables_workbook(TABLES, SAVED_AT)))["reps"]["A3"]
    assert (cell.value, cell.data_type) == ("=cmd|' /C calc'!A1", "s")


def test_the_first_sheet_lists_the_others_by_the_names_they_have() -> None:
    book = load_workbook(BytesIO(tables_workbook(TABLES, SAVED_AT)))
    listed = list(book["Contents"].iter_rows(min_row=2, values_only=True))
    assert listed == [("reps", 2), ("a_table_whose_name_is_longer_th", 0)]
    assert book.sheetnames == ["Contents", *(name for name, _ in listed)]


def test_characters_that_no_spreadsheet_can_hold_are_left_out_and_endless_texts_cut() -> None:
    told = {"notes": (("note",), [("a\x00b\x0bc",), ("x" * 40_000,)])}
    sheet = load_workbook(BytesIO(tables_workbook(told, None)))["notes"]
    assert sheet["A2"].value == "abc"
    assert len(sheet["A3"].value) == 32_767


def test_the_same_tables_give_the_same_bytes() -> None:
    assert tables_workbook(TABLES, SAVED_AT) == tables_workbook(TABLES, SAVED_AT)
