"""How a workbook was understood: told as typed values, from what the reader made of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from milestone_reports.workbook.reading.explaining import understanding_of
from milestone_reports.workbook.reading.understanding import ColumnRead, SettingRead, SheetRead, Understanding
from workbooks import DrawnWorkbook, read, sentence, sentences

TEAM = """
    [Pipeline]
    Our deals
    Deal  | Client     | Owner     | Worth | Proof      | Proof planned | Region | Signed     | Handled by
    Alpha | Acme       | Dana Ruiz | 50000 | 2026-11-09 | 2026-11-10    | North  | 2026-11-16 | 2026-11-01
    Beta  | Brightwell | Lee Wong  | 40000 | 2026-10-10 |               | South  |            | 2026-11-02
    Gamma | Corvid     |           | 40000 | 2026-10-10 |               | South  |            | 2026-11-02
    [Milestones]
    Milestone | Evidence required
    Proof     | no
    Signed    | yes
    [Settings]
    Setting       | Value
    As of         | 2026-11-18
    Selling weeks | many
    Multiplier    | auto
    [Reps]
    Rep       | Annual target | Average contract value
    Dana Ruiz | 600000        | 50000
    [Columns]
    Sheet         | Field   | Your header
    Opportunities | Created | Handled by
    [Scrap]
    Anything
    [Rates]
    Money
    EUR
    [Holidays]
"""


def understood(path: Path, *, companion: Path | None = None, as_of: date | None = None) -> Understanding:
    reading = read(path, as_of, companion=companion)
    return understanding_of(reading.team, reading.as_of, reading.basis)


def columns(read_as: Sequence[ColumnRead]) -> list[tuple[str, str, str, str]]:
    return [(column.letters, column.header, column.read_as, column.why) for column in read_as]


def sheets(read_as: Sequence[SheetRead]) -> list[tuple[str, str, str]]:
    return [(sheet.name, sheet.read_as, sheet.why) for sheet in read_as]


def setting(read_as: Understanding, name: str) -> SettingRead:
    return next(one for one in read_as.settings if one.name == name)


def test_the_sheet_of_opportunities_its_header_and_its_rows_are_told(workbook: DrawnWorkbook) -> None:
    told = understood(workbook(TEAM))
    assert (told.workbook, told.kind, told.team) == ("team.xlsx", "an Excel workbook", "team")
    sheet = told.opportunities
    assert (sheet.sheet, sheet.why, sheet.header_row) == ("Pipeline", "its name is another word for it", 2)
    assert (sheet.n_rows, sheet.n_left_out) == (3, 1)


@pytest.mark.parametrize(
    ("name", "why"), [("Opportunities", "it is named so"), ("Book 1", "its columns look most like it")]
)
def test_why_it_is_that_sheet_is_told(workbook: DrawnWorkbook, name: str, why: str) -> None:
    assert understood(workbook(TEAM.replace("[Pipeline]", f"[{name}]"))).opportunities.why == why


def test_each_column_is_told_with_what_it_was_read_as_and_why(workbook: DrawnWorkbook) -> None:
    assert columns(understood(workbook(TEAM)).columns) == [
        ("A", "Deal", "Opportunity", "another word for it"),
        ("B", "Client", "Account", "another word for it"),
        ("C", "Owner", "Rep", "another word for it"),
        ("D", "Worth", "Value", "another word for it"),
        ("E", "Proof", "Proof done", "names the milestone"),
        ("F", "Proof planned", "Proof planned", "names the milestone"),
        ("G", "Region", "", "no known name, and no milestone on the Milestones sheet"),
        ("H", "Signed", "Signed done", "names the milestone"),
        ("I", "Handled by", "Created", "the Columns sheet says so"),
    ]


def test_columns_of_dates_are_told_as_the_milestones_that_they_became(workbook: DrawnWorkbook) -> None:
    told = understood(workbook("[Opportunities]\nName | Opportunity | Rep | Kickoff\nx | Alpha | Dana | 2026-11-09"))
    assert columns(told.columns) == [
        ("A", "Name", "", "another column is the Opportunity"),
        ("B", "Opportunity", "Opportunity", "its own name"),
        ("C", "Rep", "Rep", "its own name"),
        ("D", "Kickoff", "Kickoff done", "a column of dates"),
    ]
    assert [track.why for track in told.tracks] == ["its columns of dates"]


def test_a_milestone_in_a_header_row_above_is_told(workbook: DrawnWorkbook) -> None:
    told = understood(
        workbook("""
            [Opportunities]
                        |      | Kickoff |            | Contract |
            Opportunity | Rep  | planned | done       | planned  | done
            Alpha       | Dana |         | 2026-11-09 |          | 2026-11-10
        """)
    )  # fmt: skip
    assert columns(told.columns)[3] == ("D", "done", "Kickoff done", "the milestone stands in the row above")
    assert told.opportunities.header_row == 2


def test_milestones_are_told_in_order_with_their_dates_and_which_is_the_sale(workbook: DrawnWorkbook) -> None:
    (track,) = understood(workbook(TEAM)).tracks
    assert (track.name, track.why, track.n_opportunities) == ("Sales", "as the Milestones sheet lists them", 2)
    proof, signed = track.milestones
    assert (proof.name, proof.column, proof.is_sale, proof.evidence_required) == ("Proof", "E", False, False)
    # The row without a rep is left out: two dates of Proof, one of Signed.
    assert (proof.n_dates, proof.first_on, proof.last_on) == (2, date(2026, 10, 10), date(2026, 11, 9))
    assert (signed.column, signed.is_sale, signed.evidence_required, signed.n_dates) == ("H", True, True, 1)


def test_stages_without_dates_are_told_as_undated(workbook: DrawnWorkbook) -> None:
    told = understood(
        workbook("""
            [Opportunities]
            Opportunity | Rep  | Stage    | Probability
            Alpha       | Dana | Proof    | 40%
            Beta        | Dana | Proposal | 60%
        """)
    )
    assert columns(told.columns)[2] == ("C", "Stage", "Outcome and the present stage", "it names a stage")
    (track,) = told.tracks
    proof = track.milestones[0]
    # Proposal comes after Proof, so both have reached Proof.
    assert (proof.name, proof.column, proof.n_dates, proof.n_undated) == ("Proof", "", 0, 2)


def test_every_sheet_is_told_with_what_became_of_it(workbook: DrawnWorkbook) -> None:
    assert sheets(understood(workbook(TEAM)).sheets) == [
        ("Pipeline", "Opportunities", "its name is another word for it"),
        ("Milestones", "Milestones", "it is named so"),
        ("Settings", "Settings", "it is named so"),
        ("Reps", "Reps", "it is named so"),
        ("Columns", "Columns", "it is named so"),
        ("Scrap", "", "no known name"),
        ("Rates", "", "a column that it needs is missing"),
        ("Holidays", "", "nothing stands on it"),
    ]


def test_a_companions_sheets_are_told_and_those_it_replaces(workbook: DrawnWorkbook) -> None:
    rules = workbook(
        "[Settings]\nSetting | Value\nSelling weeks | 40\n[Opportunities]\nOpportunity | Rep", "rules.xlsx"
    )
    told = understood(workbook(TEAM), companion=rules)
    assert told.companion == "rules.xlsx"
    assert sheets(told.sheets)[2] == ("Settings", "", "another sheet is read as Settings")
    assert sheets(told.sheets)[-2:] == [
        ("rules.xlsx › Settings", "Settings", "it is named so"),
        ("rules.xlsx › Opportunities", "", "another sheet holds the opportunities"),
    ]
    assert setting(told, "Selling weeks") == SettingRead("Selling weeks", 40, "rules.xlsx › Settings!B2")


def test_settings_are_told_with_their_cell_or_as_the_default(workbook: DrawnWorkbook) -> None:
    told = understood(workbook(TEAM))
    assert setting(told, "As of") == SettingRead("As of", date(2026, 11, 18), "Settings!B2")
    assert setting(told, "Selling weeks") == SettingRead("Selling weeks", 48, "")  # 'many' could not be read
    assert setting(told, "Multiplier") == SettingRead("Multiplier", None, "Settings!B4")
    assert setting(told, "Gates") == SettingRead("Gates", "in order", "")
    assert setting(told, "Team") == SettingRead("Team", "team", "")


def test_the_as_of_date_is_told_with_where_it_comes_from(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    assert understood(path).as_of_why == "the Settings sheet says so"
    assert understood(path, as_of=date(2026, 11, 15)).as_of_why == "asked for with --as-of"
    plain = workbook(TEAM.replace("As of         | 2026-11-18", ""), "plain.xlsx")
    assert understood(plain).as_of_why == "today: neither the command nor the Settings sheet says one"


def test_reps_are_told_with_their_targets_and_who_is_not_listed(workbook: DrawnWorkbook) -> None:
    reps = understood(workbook(TEAM)).reps
    assert [(rep.name, rep.is_listed, rep.annual_target, rep.average_contract_value) for rep in reps] == [
        ("Dana Ruiz", True, 600_000, 50_000),
        ("Lee Wong", False, None, None),
    ]
    assert [(rep.track, rep.n_opportunities) for rep in reps] == [("Sales", 1), ("Sales", 1)]


DATES = """
    [Opportunities]
    Opportunity | Rep  | Kickoff     | Contract
    Alpha       | Dana | '03/04/2026 | {}
    Beta        | Dana | 2026-04-01  | 2026-04-02
"""


def test_a_date_that_can_be_read_one_way_only_decides_and_is_named(workbook: DrawnWorkbook) -> None:
    dates = understood(workbook(DATES.format("'25/04/2026"))).dates
    assert (dates.n_text, dates.n_either_way, dates.day_first) == (2, 1, True)
    assert dates.why == "'25/04/2026' in Opportunities!D2 can be read in no other way"


def test_without_such_a_date_the_locale_decides(workbook: DrawnWorkbook) -> None:
    dates = understood(workbook(DATES.format("'05/04/2026"))).dates
    assert (dates.n_text, dates.n_either_way, dates.day_first) == (2, 2, False)
    assert dates.why == "so it is in the locale en_US"


def test_dates_that_contradict_each_other_leave_it_to_the_locale(workbook: DrawnWorkbook) -> None:
    text = DATES.format("'25/04/2026").replace("2026-04-02", "'04/25/2026")
    dates = understood(workbook(text)).dates
    assert (dates.day_first, dates.why) == (False, "so it is in the locale en_US")


# --- hidden parts ---


def hide(path: Path, *, rows: Sequence[int] = (), columns: str = "", sheet: str = "") -> Path:
    book = load_workbook(path)
    page = book.worksheets[0]
    for row in rows:
        page.row_dimensions[row].hidden = True
    for column in columns:
        page.column_dimensions[column].hidden = True
    if sheet:
        book[sheet].sheet_state = "hidden"
    book.save(path)
    return path


def test_hidden_rows_are_read_and_said_in_one_note(workbook: DrawnWorkbook) -> None:
    lines = "\n".join(f"Deal {number} | Dana | 2026-11-09" for number in range(2, 15))
    path = hide(workbook(f"[Opportunities]\nOpportunity | Rep | Kickoff\n{lines}"), rows=[3, 4, 5, 8, 10, 11])
    reading = read(path)
    assert len(reading.team.opportunities) == 13
    assert sentence(reading, "hidden_rows") == (
        "Opportunities, row 3: hidden rows 3 to 5, 8 and 10 to 11. Read like any other. "
        "Fix: delete them if what stands there should not count."
    )
    assert understanding_of(reading.team, reading.as_of, reading.basis).hidden[0].rows == (3, 4, 5, 8, 10, 11)


def test_many_stretches_of_hidden_rows_are_counted(workbook: DrawnWorkbook) -> None:
    lines = "\n".join(f"Deal {number} | Dana | 2026-11-09" for number in range(2, 22))
    path = hide(workbook(f"[Opportunities]\nOpportunity | Rep | Kickoff\n{lines}"), rows=range(3, 20, 2))
    # Nine rows, each a stretch of its own; five are named.
    assert "hidden rows 3, 5, 7, 9, 11 and 4 more." in sentence(read(path), "hidden_rows")


def test_a_hidden_column_is_said_where_it_is_used_and_not_where_it_is_not(workbook: DrawnWorkbook) -> None:
    path = hide(workbook(TEAM), columns="DG")
    assert sentences(read(path), "hidden_columns") == [
        "Pipeline!D2: hidden column D. Read like any other. Fix: delete it if what stands there should not count."
    ]
    told = understood(path)
    assert [column.letters for column in told.columns if column.is_hidden] == ["D", "G"]


def test_a_hidden_sheet_is_said_where_it_is_read(workbook: DrawnWorkbook) -> None:
    path = hide(hide(workbook(TEAM), sheet="Reps"), sheet="Scrap")
    assert sentence(read(path), "hidden_sheet") == (
        "sheet Reps: a hidden sheet. Read like any other. "
        "Fix: delete or rename it if what stands there should not count."
    )


def test_nothing_hidden_is_no_note(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(TEAM))
    assert sentences(reading, "hidden_rows", "hidden_columns", "hidden_sheet") == []
    assert understanding_of(reading.team, reading.as_of, reading.basis).hidden == ()


def test_a_column_of_probabilities_that_orders_the_stages_is_used(workbook: DrawnWorkbook) -> None:
    read_as = understood(
        workbook("""
            [Deals]
            Opportunity | Rep       | Stage       | Probability
            Alpha       | Dana Ruiz | Proposal    | 0.5
            Beta        | Dana Ruiz | Prospecting | 0.1
        """)
    )
    column = next(column for column in read_as.columns if column.header == "Probability")
    assert (column.read_as, column.why) == ("the order of the stages", "the mean for each stage orders them")
