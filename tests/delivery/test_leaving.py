"""Who is not there any more gets nothing, and nothing is wrong with that; answers go to whoever manages a rep."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest
from offices import MAIL, Office, names, reasons, team_workbook
from openpyxl import load_workbook

from milestone_reports.delivery.drafts import draft_of
from milestone_reports.delivery.ledger import Ledger
from milestone_reports.delivery.parcels import Parcel
from milestone_reports.delivery.sending import DELIVERED, standing

AT = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
REPS = {
    "Ann Archer": "ann@north.example | Al Moss | al@north.example",
    "Bea Baker": "",
    "Cy Carter": "cy@north.example | Sue | sue@elsewhere.example",
    "Di Dunn": "di@north.example",
}


def with_ends(file: Path, ends: dict[str, str]) -> Path:
    """The workbook with a last day for these reps."""
    book = load_workbook(file)
    for cell in tuple(book["Reps"]["A"]):
        cell.offset(column=4).value = "End" if cell.row == 1 else ends.get(str(cell.value))
    book.save(file)
    return file


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Bea, who has no address, left in September; Cy on the week's first day; Eve is on no sheet of reps."""
    office = Office(tmp_path_factory.mktemp("left"))
    file = team_workbook(office.folder / "north.xlsx", reps=REPS)
    with_ends(file, {"Bea Baker": "2026-09-30", "Cy Carter": "2026-11-16"})
    book = load_workbook(file)
    book["Opportunities"].append([9, "Account 9", "Di Dun", 50_000, "2026-11-02"])
    book.save(file)
    office.build(file)
    return office


def test_who_left_before_the_week_gets_nothing_and_is_no_failure(office: Office) -> None:
    post = office.gather()
    assert [(one.to.name, one.reason) for one in post.not_due] == [
        ("Bea Baker", "left on 30 Sep 2026 (End on the sheet Reps); nothing is sent.")
    ]
    assert names(post.letters)[:3] == ["Ann Archer", "Cy Carter", "Di Dunn"]
    assert "Bea Baker" not in {one.name for one in post.known}
    with Ledger.open(office.state) as ledger:
        (left,) = (one for one in standing(post, ledger) if one.to.name == "Bea Baker")
    assert left.outcome == "left"
    assert left.outcome in DELIVERED
    manager = next(one for one in post.letters if one.to.address == "mo@north.example")
    assert "Bea Baker: " not in manager.text.partition("NOT SENT")[2].partition("NEXT WEEK")[0]


def test_a_name_that_is_missing_on_the_sheet_of_reps_is_told_with_the_one_that_may_be_meant(office: Office) -> None:
    assert reasons(office.gather())["Di Dun"] == (
        "the name is not on the sheet Reps. Fix: if 'Di Dunn' is meant, correct Rep in those rows; else add a row with "
        "an Email to Reps. Then build once more."
    )


def test_who_is_in_no_row_of_the_workbook_any_more_and_earned_something_this_year_gets_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path)
    with_bo = {"Bo Bakr": "bo@north.example", "Di Dunn": "di@north.example"}
    office.build(team_workbook(tmp_path / "north.xlsx", "2026-W46", reps=with_bo))
    office.build(
        team_workbook(tmp_path / "north.xlsx", reps={"Bo Baker": with_bo["Bo Bakr"], "Di Dunn": "di@north.example"})
    )
    post = office.gather()
    assert [(one.to.name, one.reason) for one in post.not_due] == [
        ("Bo Bakr", "is not in the workbook any more; nothing is sent.")
    ]
    assert names(post.letters) == ["Bo Baker", "Di Dunn", "mo@north.example"]
    assert post.withheld == ()


def test_answers_to_a_scorecard_reach_the_reps_manager_where_the_report_could(office: Office) -> None:
    by_name = {one.to.name or one.to.address: one.reply_to for one in office.gather().letters}
    # Cy's manager has an address outside the allowed domains.
    assert (by_name["Ann Archer"], by_name["Di Dunn"], by_name["Cy Carter"]) == (
        "al@north.example",
        "mo@north.example",
        "",
    )
    assert by_name["Mo Moss"] == ""


def test_the_settings_say_first_where_answers_go(office: Office) -> None:
    (letter,) = office.gather("Ann Archer").letters
    parcel = Parcel(letter, letter.to.address)
    answers = [
        message_from_bytes(draft_of(parcel, replace(MAIL, reply_to=address), AT))["Reply-To"]
        for address in ("", "office@north.example")
    ]
    assert answers == ["al@north.example", "office@north.example"]


def test_where_all_addresses_are_outside_the_setting_is_told_to_be_the_slip(office: Office) -> None:
    post = replace(office, mail=replace(MAIL, allowed_domains=("nort.example",))).gather("Ann Archer", "Di Dunn")
    (told,) = set(reasons(post).values())
    assert told == (
        "the address is outside the allowed domains (nort.example), as all in the workbook are. Fix: correct "
        "allowed_domains in the settings file, for which north.example may be meant."
    )
