"""To whom nothing is sent: wrong addresses, or another person's; errors in own rows; a team without its week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from offices import MAIL, Office, names, reasons, team_workbook
from openpyxl import load_workbook

from milestone_reports.delivery.withholding import Addresses, fault_by_errors
from milestone_reports.domain.problem import CellRef, Level, Problem

CORRECT = "Fix: correct it in the workbook and build once more"
ONE_PERSON = f"{CORRECT}; where both are one person, write the same name."


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A team in which somebody has made nearly every slip that there is."""
    office = Office(tmp_path_factory.mktemp("slips"))
    reps = {
        "Ann Archer": "ann@north.example | Jo | jo@north.example",
        "Cy Carter": "",
        "Di Dunn": "di@elsewhere.example",
        "Ed East": "shared@north.example",
        "Flo Firth": "Shared@North.example",
        "Gus Grey": "Gus Grey <gus@north.example>",
        "Hal Holt": "hal@north.example",
        "Ivy Ives": "ivy@north.example | Helen Holt | hal@north.example",
        "Jo Jolt": "jo@north.example | Jolt, Jo | JO@north.example",
        "Kit Kerr": "kit@north.example | Mo Moss | MO@north.example",
    }
    office.build(team_workbook(office.folder / "north.xlsx", reps=reps))
    return office


def test_each_slip_is_withheld_with_its_remedy_and_the_others_are_sent(office: Office) -> None:
    post = office.gather()
    assert reasons(post) == {
        "Cy Carter": "the rep has no address. Fix: write an Email on the Reps sheet and build once more.",
        "Di Dunn": "'di@elsewhere.example' is outside the allowed domains (north.example). "
        f"{CORRECT}, or add its domain to allowed_domains in the settings file.",
        "Ed East": f"'shared@north.example' is also the address of the rep 'Flo Firth'. {ONE_PERSON}",
        "Flo Firth": f"'Shared@North.example' is also the address of the rep 'Ed East'. {ONE_PERSON}",
        "Gus Grey": f"'Gus Grey <gus@north.example>' is not one plain address. {CORRECT}.",
        "Hal Holt": f"'hal@north.example' is also the address of the manager 'Helen Holt'. {ONE_PERSON}",
        "hal@north.example": f"'hal@north.example' is also the address of the rep 'Hal Holt'. {ONE_PERSON}",
    }
    # Jo manages and sells, and is named so once; Mo, who is named twice, gets the report once.
    assert names(post.letters) == [
        "Ann Archer", "Ivy Ives", "Jo Jolt", "Kit Kerr", "mo@north.example", "jo@north.example",
    ]  # fmt: skip


def test_an_address_that_two_share_is_withheld_from_one_asked_for_alone(office: Office) -> None:
    assert list(reasons(office.gather("Ed East"))) == ["Ed East"]


def test_where_no_domain_is_allowed_none_is_told_to_be_outside(office: Office) -> None:
    post = replace(office, mail=replace(MAIL, allowed_domains=())).gather("Di Dunn")
    assert names(post.letters) == ["Di Dunn"]


@pytest.mark.parametrize(
    "address",
    [
        "ann@north.example\nBcc: eve@elsewhere.example",
        "ann@north.example\r\n\r\nHello",
        "ann@north.example, eve@north.example",
        "ann@north.example;eve@north.example",
        "Ann <ann@north.example>",
        '"eve@elsewhere.example" <ann@north.example>',
        "ann@north.example <eve@elsewhere.example>",
        '"ann archer"@north.example',
        "ann@north.example(eve@elsewhere.example)",
        "eve%elsewhere.example@north.example",
        "@elsewhere.example:ann@north.example",
        "ann@[127.0.0.1]",
        "ann@north.example@elsewhere.example",
        "ann@elsewhere.example@north.example",
        "аnn@north.example",  # the first letter is Cyrillic
        "ann@north.example\u202e",
        "ann@nоrth.example",  # the second o is Cyrillic
        "-oQ/tmp ann@north.example",
        "ann",
        "=cmd|'/c calc'!A1",
        "mailto:ann@north.example",
    ],
)
def test_nothing_goes_to_what_is_not_one_plain_address(address: str) -> None:
    addresses = Addresses({address.strip().lower(): ["Ann"]}, {}, ("north.example",))
    fault = addresses.fault_of_reps("Ann", address)
    assert fault.endswith(f"is not one plain address. {CORRECT}.")
    assert "\n" not in fault
    assert addresses.fault_of_managers(address) == fault


@pytest.mark.parametrize(
    "address", ["ann@north.example.elsewhere.example", "ann@sub.north.example", "ann@notnorth.example", "ann@example"]
)
def test_a_domain_is_allowed_as_a_whole_or_not_at_all(address: str) -> None:
    fault = Addresses({address: ["Ann"]}, {}, ("north.example",)).fault_of_reps("Ann", address)
    assert "outside the allowed domains" in fault or "not one plain address" in fault


def test_errors_in_a_reps_own_rows_hold_back_that_card_alone(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.build(team_workbook(tmp_path / "north.xlsx", kickoff="soon"))
    post = office.gather()
    assert list(reasons(post)) == ["Ann Archer"]
    (reason,) = reasons(post).values()
    assert reason.startswith("the workbook has an error in the rep's own rows: Opportunities!E2 (Account 1")
    assert reason.endswith(" Then build once more.")
    assert names(post.letters) == ["Bea Baker", "mo@north.example"]


def problem(level: Level, found: str, rep: str = "Ann Archer", rule: str = "rule") -> Problem:
    return Problem(level, rule, CellRef("Opportunities", 2, 5), found, "", "Left out", "mend it", rep=rep)


ALL = "may concern every card"


def test_of_several_errors_the_first_is_told_and_how_many_there_are() -> None:
    problems = [
        problem(Level.WARNING, "odd"),
        problem(Level.ERROR, "another's", "Bea Baker"),
        problem(Level.ERROR, "everyone's", ""),
        problem(Level.ERROR, "first"),
        problem(Level.ERROR, "second"),
    ]
    assert fault_by_errors("Ann Archer", problems) == (
        "the workbook has 2 errors in the rep's own rows, the first: Opportunities!E2: first. Left out. Fix: mend it. "
        "Then build once more."
    )
    assert fault_by_errors("Ann Archer", problems[:2]) == ""


def test_an_error_that_is_no_reps_holds_back_who_has_none_of_their_own() -> None:
    problems = [problem(Level.ERROR, "own"), problem(Level.ERROR, "first", ""), problem(Level.ERROR, "second", "")]
    rest = "Opportunities!E2: first. Left out. Fix: mend it. Then build once more."
    assert fault_by_errors("Bea Baker", problems) == f"the workbook has 2 errors that {ALL}, the first: {rest}"
    assert fault_by_errors("Bea Baker", problems[:2]) == f"the workbook has an error that {ALL}: {rest}"
    assert fault_by_errors("-", problems[:2]) == f"the workbook has an error that {ALL}: {rest}"
    assert fault_by_errors("Ann Archer", problems).startswith("the workbook has an error in the rep's own rows")
    assert fault_by_errors("Bea Baker", [problem(Level.WARNING, "odd", "")]) == ""


def changed(file: Path, sheet: str, *rows: list[object]) -> Path:
    """The workbook with rows more on one of its sheets."""
    book = load_workbook(file)
    for row in rows:
        (book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet)).append(row)
    book.save(file)
    return file


BOTH = ["Ann Archer", "Bea Baker"]
PERIOD, LOGGED = ["Rep", "From", "To"], ["ID", "Milestone", "Completed"]


@pytest.mark.parametrize(
    ("sheet", "rows", "withheld", "said"),
    [
        ("Settings", [["Multiplier", "sixty"]], BOTH, f"{ALL}: Settings!B8: 'sixty' for Multiplier"),
        ("Reps", [["", "new@north.example"]], BOTH, f"{ALL}: Reps!A4: no name in Rep"),
        ("Reps", [["BAKER  Bea", "bea2@north.example"]], ["Bea Baker"], "own rows: Reps!B4 (Bea Baker): 'bea2@north"),
        ("Time off", [PERIOD, ["Bea Bakre", "2026-11-02"]], ["Bea Baker"], "own rows: Time off!A2: 'Bea Bakre'"),
        ("Time off", [PERIOD, ["Zed Zink", "2026-11-02"]], BOTH, f"{ALL}: Time off!A2: 'Zed Zink'"),
        (
            "Milestone log",
            [LOGGED, [2, "Proof", "2026-13-6"]],
            ["Bea Baker"],
            "own rows: Milestone log!C2 (2): '2026-13-6' in Proof",
        ),
        (
            "Milestone log",
            [LOGGED, [9, "Proof", "2026-11-06"]],
            BOTH,
            f"{ALL}: Milestone log!A2: '9' as the opportunity",
        ),
        ("Opportunities", [[9, "Account 9", "", 50000]], [], ""),
    ],
)  # fmt: skip
def test_an_error_holds_back_whom_it_may_concern(
    tmp_path: Path, sheet: str, rows: Sequence[list[object]], withheld: list[str], said: str
) -> None:
    office = Office(tmp_path)
    office.build(changed(team_workbook(tmp_path / "north.xlsx"), sheet, *rows))
    post = office.gather()
    assert list(reasons(post)) == withheld
    assert names(post.letters) == [name for name in [*BOTH, "mo@north.example"] if name not in withheld]
    assert all(said in reason for reason in reasons(post).values())


def test_a_team_without_a_managers_address_has_nobody_for_its_report(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.build(team_workbook(tmp_path / "north.xlsx", manager="Mo Moss |"))
    post = office.gather()
    assert names(post.letters) == ["Ann Archer", "Bea Baker"]
    assert [(one.to.name, one.to.kind, one.reason) for one in post.withheld] == [
        (
            "Mo Moss",
            "team report",
            "the manager has no address. Fix: write a Manager email on the Settings sheet and build once more.",
        )
    ]


# --- several teams ---

SOUTH = {"Ann Archer": "ann@north.example", "Zed Zink": "zed@north.example"}


def test_each_of_several_teams_has_its_own(tmp_path: Path) -> None:
    office = Office(tmp_path)
    north = team_workbook(tmp_path / "north.xlsx")
    office.build(north, team_workbook(tmp_path / "south.xlsx", team="South", reps=SOUTH))
    post = office.gather()
    assert post.withheld == ()
    # Ann sells for both, and has a card of each; Mo manages both.
    assert [(one.to.team, one.to.slug, one.to.address) for one in post.letters] == [
        ("North", "ann-archer", "ann@north.example"),
        ("North", "bea-baker", "bea@north.example"),
        ("North", "", "mo@north.example"),
        ("South", "ann-archer", "ann@north.example"),
        ("South", "zed-zink", "zed@north.example"),
        ("South", "", "mo@north.example"),
    ]
    folders = ("north/reps/ann-archer.pdf", "south/reps/ann-archer.pdf", "south/team.pdf")
    pdfs = [post.letters[at].pdf for at in (0, 3, 5)]
    assert pdfs == [(office.site / path).read_bytes() for path in folders]
    assert [one.to.team for one in office.gather("Ann Archer").letters] == ["North", "South"]
    assert [one.to.team for one in office.gather("Zed Zink").letters] == ["South"]


def test_an_address_that_is_anothers_in_another_team_is_withheld_in_both(tmp_path: Path) -> None:
    office = Office(tmp_path)
    north = team_workbook(tmp_path / "north.xlsx")
    reps = {"Yan York": "bea@north.example", "Zed Zink": "mo@north.example"}
    office.build(
        north, team_workbook(tmp_path / "south.xlsx", team="South", reps=reps, manager="Sue | sue@north.example")
    )
    post = office.gather()
    assert names(post.letters) == ["Ann Archer", "sue@north.example"]
    assert list(reasons(post)) == ["Bea Baker", "mo@north.example", "Yan York", "Zed Zink"]


def test_a_team_that_is_shown_with_what_it_said_last_week_gets_nothing_of_it(tmp_path: Path) -> None:
    office = Office(tmp_path)
    north = team_workbook(tmp_path / "north.xlsx")
    office.build(
        north, team_workbook(tmp_path / "south.xlsx", "2026-W46", team="South", reps={"Zed Zink": "z@north.example"})
    )
    post = office.gather()
    assert {one.to.team for one in post.letters} == {"North"}
    stale = "what is published of the team is of 2026-W46, not of 2026-W47. Fix: build the team's newest workbook."
    assert reasons(post) == {"Zed Zink": stale, "mo@north.example": stale}
