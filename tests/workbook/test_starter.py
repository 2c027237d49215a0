"""The starter workbook, read back from the file that was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.workbook.starter.write import write_starter

SHEETS = ["Instructions", "Opportunities", "Milestones", "Reps", "Settings", "Time off", "Rates"]
COLUMNS = {
    "Opportunities": "ID, Opportunity, Account, Rep, Track, Source, Value, Currency, Created, "
    "Qualification planned, Qualification, Qualification evidence, Discovery planned, Discovery, Discovery evidence, "
    "Proof planned, Proof, Proof evidence, Contract planned, Contract, Contract evidence, "
    "Outcome, Closed, Lost reason, Notes",
    "Milestones": "Track, Order, Milestone, Agreed by both, Evidence required",
    "Reps": "Rep, Track, Annual target, Target is, Average contract value, Start, End, Email, Manager, Manager email",
    "Settings": "Setting, Value, What it means",
    "Time off": "Rep, From, To, Reason, Reduces quota",
    "Rates": "Currency, Rate",
}


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("starter") / "starter.xlsx"
    write_starter(path)
    return load_workbook(path)


def sheet(book: Workbook, name: str) -> Worksheet:
    page = book[name]
    assert isinstance(page, Worksheet)
    return page


def header(page: Worksheet) -> list[str]:
    return [str(cell.value) for cell in page[1]]


def rule(page: Worksheet, column: str, row: int = 2) -> DataValidation:
    """The check of the cell below a header."""
    cell = f"{get_column_letter(header(page).index(column) + 1)}{row}"
    checks: Sequence[DataValidation] = page.data_validations.dataValidation
    (found,) = [check for check in checks if cell in check.sqref]
    return found


def test_every_sheet_is_there_in_reading_order(starter: Workbook) -> None:
    assert starter.sheetnames == SHEETS


@pytest.mark.parametrize("name", COLUMNS)
def test_a_sheet_has_the_columns_of_the_workbook_format(starter: Workbook, name: str) -> None:
    assert header(sheet(starter, name)) == COLUMNS[name].split(", ")


def test_the_settings_are_those_of_the_articles_example(starter: Workbook) -> None:
    values = {row[0]: row[1] for row in sheet(starter, "Settings").iter_rows(min_row=2, values_only=True)}
    assert list(values) == [
        *("Team", "As of", "Fiscal year starts", "Week starts", "Selling weeks", "Currency", "Locale", "Paper"),
        *("Team annual target", "Annual target per rep", "Average contract value", "Multiplier", "Gates"),
        *("Conversion months", "Grace for late entries", "Manager", "Manager email"),
    ]
    # 600,000 / 50,000 = 12 contracts; 12 * 4 milestones = 48; twice that 96; 96 / 48 selling weeks = 2.
    assert (values["Annual target per rep"], values["Average contract value"]) == (600_000, 50_000)
    assert (values["Multiplier"], values["Selling weeks"], values["Gates"]) == ("auto", 48, "in order")


def test_the_one_rep_takes_the_targets_of_the_settings(starter: Workbook) -> None:
    rows = [row[:5] for row in sheet(starter, "Reps").iter_rows(min_row=2, values_only=True)]
    assert rows == [("Your first rep", "New business", None, "value", None)]


def test_the_four_milestones_say_what_both_sides_agree_to(starter: Workbook) -> None:
    rows = list(sheet(starter, "Milestones").iter_rows(min_row=2, values_only=True))
    assert [row[1:3] for row in rows] == [(1, "Qualification"), (2, "Discovery"), (3, "Proof"), (4, "Contract")]
    assert all(row[3] for row in rows)
    assert [row[4] for row in rows] == ["no", "no", "yes", "yes"]


def test_the_example_opportunity_has_no_dates_and_so_counts_for_nothing(starter: Workbook) -> None:
    page = sheet(starter, "Opportunities")
    (row,) = page.iter_rows(min_row=2)
    assert not [cell.coordinate for cell in row if isinstance(cell.value, datetime)]


def test_reps_are_picked_from_exactly_the_names_on_the_reps_sheet(starter: Workbook) -> None:
    for name in ("Opportunities", "Time off"):
        found = rule(sheet(starter, name), "Rep")
        assert found.type == "list"
        assert found.formula1 == "OFFSET(Reps!$A$2,0,0,MAX(1,COUNTA(Reps!$A$2:$A$201)),1)"
    assert header(sheet(starter, "Reps"))[0] == "Rep"


def test_tracks_are_picked_from_the_milestones_sheet(starter: Workbook) -> None:
    for name in ("Opportunities", "Reps"):
        found = rule(sheet(starter, name), "Track")
        assert found.type == "list"
        assert str(found.formula1).startswith("OFFSET(Milestones!$A$2,")
    assert header(sheet(starter, "Milestones"))[0] == "Track"


@pytest.mark.parametrize(
    ("name", "column", "choices"),
    [
        ("Opportunities", "Outcome", "open,won,lost,no decision,disqualified,cancelled"),
        ("Reps", "Target is", "value,count"),
        ("Milestones", "Evidence required", "yes,no"),
        ("Time off", "Reduces quota", "yes,no"),
    ],
)
def test_words_of_a_fixed_list_have_a_drop_down(starter: Workbook, name: str, column: str, choices: str) -> None:
    found = rule(sheet(starter, name), column)
    assert (found.type, found.formula1, found.showErrorMessage) == ("list", f'"{choices}"', True)


def test_a_completion_date_is_questioned_and_not_refused_so_that_waived_can_be_typed(starter: Workbook) -> None:
    found = rule(sheet(starter, "Opportunities"), "Proof")
    assert (found.type, found.errorStyle) == ("date", "warning")
    assert found.error == (
        "Type a day with its year, such as 20 Nov 2026. "
        "To pass this milestone without credit, type waived and answer Yes."
    )


def test_other_date_columns_take_dates_alone(starter: Workbook) -> None:
    for name, column in (("Opportunities", "Proof planned"), ("Opportunities", "Closed"), ("Time off", "From")):
        found = rule(sheet(starter, name), column)
        assert (found.type, found.errorStyle) == ("date", "stop")


def test_the_checks_reach_five_hundred_rows_and_make_the_sheet_no_longer(starter: Workbook) -> None:
    page = sheet(starter, "Opportunities")
    assert rule(page, "Contract", row=501).type == "date"
    assert page.dimensions == "A1:Y2"


def test_a_date_typed_into_an_empty_row_shows_its_month_by_name(starter: Workbook) -> None:
    assert sheet(starter, "Opportunities").column_dimensions["K"].number_format == "d mmm yyyy"


def test_headers_stay_in_view_and_repeat_on_paper(starter: Workbook) -> None:
    page = sheet(starter, "Opportunities")
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref == "A1:Y2"
    assert (page.page_setup.orientation, page.print_title_rows) == ("landscape", "$1:$1")


def test_the_instructions_name_every_column_and_both_commands(starter: Workbook) -> None:
    words = [str(value) for row in sheet(starter, "Instructions").values for value in row if value]
    first_of_each_milestone = {"Discovery", "Proof", "Contract"}
    for name in ("Opportunities", "Milestones", "Reps", "Time off", "Rates"):
        named = [column for column in header(sheet(starter, name)) if column.split()[0] not in first_of_each_milestone]
        assert set(named) <= set(words)
    assert any(re.match("milestone-reports check ", text) for text in words)
    assert any(re.match("milestone-reports build ", text) for text in words)
    assert any("“Columns”" in text for text in words)


def test_no_message_is_longer_than_excel_shows(starter: Workbook) -> None:
    for page in starter.worksheets:
        for check in page.data_validations.dataValidation:
            assert len(check.prompt or "") <= 255
            assert len(check.error or "") <= 255
            assert max(len(check.errorTitle or ""), len(check.promptTitle or "")) <= 32


def test_an_existing_file_is_never_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("starter.xlsx").write_text("mine", "utf-8")
    Path("starter-2.xlsx").write_text("mine too", "utf-8")
    with pytest.raises(CannotGoOnError) as refusal:
        write_starter(Path("starter.xlsx"))
    assert str(refusal.value) == (
        "starter.xlsx: a file of this name is there already; nothing was written. "
        "Fix: name another file, for example starter-3.xlsx."
    )
    assert Path("starter.xlsx").read_text("utf-8") == "mine"


def test_a_folder_that_is_not_there_is_named_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotGoOnError) as refusal:
        write_starter(Path("nowhere") / "starter.xlsx")
    assert str(refusal.value) == (
        f"{Path('nowhere') / 'starter.xlsx'}: no such file or directory; nothing was written. "
        "Fix: name a file in a folder that is there and may be written to."
    )


def test_a_name_that_excel_would_not_open_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotGoOnError) as refusal:
        write_starter(Path("starter.csv"))
    assert str(refusal.value) == (
        "starter.csv: the name does not end in .xlsx; nothing was written. Fix: name it starter.xlsx."
    )
    assert not list(tmp_path.iterdir())


def test_the_starter_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    write_starter(tmp_path / "one.xlsx")
    write_starter(tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
