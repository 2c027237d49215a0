"""The history as a user meets it: real builds, one week after the other, through the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from milestone_reports.cli import main
from workbooks import write_workbook

FORMATS = ("--formats", "html,data")
WEEKS = {"2026-W45": "2026-11-08", "2026-W46": "2026-11-15", "2026-W47": "2026-11-22"}
SETTINGS = """
    [Milestones]
    Milestone
    Kickoff
    Proof
    Contract
    [Settings]
    Setting | Value
    Team    | North
    Annual target per rep | 400000
    Average contract value | 40000
"""
OWN_DAY = "    As of   | 2026-11-15\n"
COPIES = {
    "2026-W45": """
    [Opportunities]
    ID | Account    | Rep       | Value | Kickoff    | Proof      | Proof planned | Contract   | Contract planned
    1  | Acme       | Dana Ruiz | 50000 | 2026-11-02 |            | 2026-11-12    |            |
    2  | Brightwell | Lee Wong  | 40000 | 2026-11-03 |            | 2026-11-11    |            |
    3  | Cobalt     | Lee Wong  | 30000 | 2026-10-05 | 2026-10-20 |               | 2026-11-05 |
    """,
    "2026-W46": """
    [Opportunities]
    ID | Account    | Rep       | Value | Kickoff    | Proof      | Proof planned | Contract   | Contract planned
    1  | Acme       | Dana Ruiz | 50000 | 2026-11-02 | 2026-11-12 | 2026-11-12    |            | 2026-11-20
    2  | Brightwell | Lee Wong  | 40000 | 2026-11-03 |            | 2026-11-18    |            |
    3  | Cobalt     | Lee Wong  | 30000 | 2026-10-05 | 2026-10-20 |               | 2026-11-05 |
    4  | Dunmore    | Lee Wong  | 20000 | 2026-11-13 |            | 2026-11-19    |            |
    """,
    "2026-W47": """
    [Opportunities]
    ID | Account    | Rep       | Value | Kickoff    | Proof      | Proof planned | Contract   | Contract planned
    1  | Acme       | Lee Wong  | 60000 | 2026-11-02 | 2026-11-12 | 2026-11-12    |            | 2026-11-27
    2  | Brightwell | Lee Wong  | 40000 | 2026-11-03 |            | 2026-11-25    |            |
    4  | Dunmore    | Lee Wong  | 20000 | 2026-11-13 | 2026-11-19 | 2026-11-19    |            |
    """,
}  # fmt: skip


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


def told(*arguments: object) -> str:
    ran = run(*arguments)
    assert ran.exit_code == 0, ran.output
    return ran.output


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def copies(tmp_path: Path) -> dict[str, Path]:
    folder = tmp_path / "copies"
    folder.mkdir()
    return {
        week: write_workbook(folder / f"north {WEEKS[week]}.xlsx", text + SETTINGS) for week, text in COPIES.items()
    }


def build(workbook: Path, week: str, output: Path, state: Path, *options: object) -> str:
    return told(
        "build", workbook, "--as-of", WEEKS[week], "-o", output, "--state", state, *FORMATS, *options
    )  # fmt: skip


@pytest.fixture
def three_weeks(copies: dict[str, Path], tmp_path: Path) -> Path:
    """A folder with `state` and `site`, after three weekly builds."""
    for week, workbook in copies.items():
        build(workbook, week, tmp_path / "site", tmp_path / "state")
    return tmp_path


def weeks_listed(state: Path) -> list[str]:
    return [word for word in told("history", "list", "--state", state).split() if word in WEEKS]


def scorecards(folder: Path) -> dict[str, dict[str, object]]:
    cards = json.loads((folder / "data/scorecards.json").read_text("utf-8"))
    return {card["rep"]: card for card in cards["reps"]}


def test_each_build_of_a_new_workbook_is_remembered_and_the_same_file_once(
    three_weeks: Path, copies: dict[str, Path]
) -> None:
    build(copies["2026-W47"], "2026-W47", three_weeks / "site", three_weeks / "state")
    assert weeks_listed(three_weeks / "state") == list(WEEKS)
    assert "Sound: 3 snapshots" in told("history", "verify", "--state", three_weeks / "state")


def test_a_corrected_workbook_takes_its_weeks_place_and_the_first_is_kept_beneath(
    three_weeks: Path, copies: dict[str, Path]
) -> None:
    corrected = write_workbook(copies["2026-W47"].with_name("corrected.xlsx"), COPIES["2026-W46"] + SETTINGS)
    build(corrected, "2026-W47", three_weeks / "site", three_weeks / "state")
    listed = told("history", "list", "--state", three_weeks / "state").splitlines()
    assert sum("replaced by a later copy" in line for line in listed) == 1
    assert "4 snapshots of 3 weeks" in listed[-1]


def test_the_default_state_folder_lies_beside_the_workbook(
    copies: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MILESTONE_REPORTS_STATE")
    told("build", copies["2026-W45"], "--as-of", "2026-11-08", "-o", tmp_path / "site", *FORMATS)
    assert (copies["2026-W45"].parent / ".milestone-reports/history.sqlite").is_file()


def test_without_a_history_nothing_is_kept_and_nothing_archived(copies: dict[str, Path], tmp_path: Path) -> None:
    build(copies["2026-W45"], "2026-W45", tmp_path / "site", tmp_path / "state", "--no-history")
    assert not (tmp_path / "state").exists()
    assert not (tmp_path / "site/2026-W45").exists()


def test_a_look_back_is_neither_kept_nor_archived(three_weeks: Path, copies: dict[str, Path]) -> None:
    looked = three_weeks / "looked"
    build(copies["2026-W47"], "2026-W45", looked, three_weeks / "state")
    assert weeks_listed(three_weeks / "state") == list(WEEKS)
    assert not (looked / "2026-W45").exists()


def test_a_state_folder_inside_the_site_is_refused(copies: dict[str, Path], tmp_path: Path) -> None:
    site = tmp_path / "site"
    ran = run("build", copies["2026-W45"], "-o", site, "--state", site / "state", *FORMATS)
    assert ran.exit_code == 2
    assert ran.output == (
        f"State folder '{site / 'state'}': it lies in the output folder '{site}', which every build replaces. "
        "Fix: name another with --state.\n"
    )
    assert not site.exists()


def test_an_older_week_is_refused_before_it_is_remembered(copies: dict[str, Path], tmp_path: Path) -> None:
    site, state = tmp_path / "site", tmp_path / "state"
    build(copies["2026-W47"], "2026-W47", site, state)
    before = files_in(site)
    ran = run("build", copies["2026-W45"], "--as-of", "2026-11-08", "-o", site, "--state", state, *FORMATS)
    assert ran.exit_code == 2
    assert "an older week does not take the place of a newer one" in ran.output
    assert weeks_listed(state) == ["2026-W47"]
    assert files_in(site) == before


# --- what follows from the earlier copies ---


def test_the_week_is_judged_by_the_plan_it_began_with(three_weeks: Path) -> None:
    # Planned on 15 November for the week from the 16th: Acme's contract (20th), Brightwell's proof (18th), Dunmore's
    # proof (19th). The first two were moved to the week after; the third was done.
    lee = scorecards(three_weeks / "site")["Lee Wong"]["this_week"]
    assert isinstance(lee, dict)
    assert (lee["planned"], lee["completed_of_planned"]) == (3, 1)
    alone = three_weeks / "alone"
    build(next((three_weeks / "copies").glob("*2026-11-22*")), "2026-W47", alone, three_weeks / "x", "--no-history")
    lee = scorecards(alone)["Lee Wong"]["this_week"]
    assert isinstance(lee, dict)
    assert (lee["planned"], lee["completed_of_planned"]) == (1, 1)


def test_credit_stays_with_whoever_earned_it(three_weeks: Path) -> None:
    # Dana's Acme went to Lee in the last copy; its kickoff and proof were Dana's.
    cards = scorecards(three_weeks / "site")
    credited = {rep: card["tracks"][0]["pace"]["credited_to_date"] for rep, card in cards.items()}  # type: ignore[index]
    assert credited == {"Dana Ruiz": 2, "Lee Wong": 3}


def test_show_and_explain_say_what_the_pages_say(three_weeks: Path, copies: dict[str, Path]) -> None:
    shown = json.loads(
        told("show", copies["2026-W47"], "Lee Wong", "--as-of", "2026-11-22", "--state", three_weeks / "state",
             "--format", "json")
    )  # fmt: skip
    assert shown["this_week"]["planned"] == 3
    explained = told(
        "explain", copies["2026-W47"], "Planned in a week", "--rep", "Lee Wong", "--as-of", "2026-11-22",
        "--state", three_weeks / "state", "--format", "json",
    )  # fmt: skip
    (found,) = json.loads(explained)
    assert found["entries"][0]["value"] == 3


# --- past weeks ---


def test_rebuilding_a_past_week_gives_the_bytes_that_were_published_then(
    three_weeks: Path, copies: dict[str, Path]
) -> None:
    site, state = three_weeks / "site", three_weeks / "state"
    before = files_in(site)
    # What came to be known later, a corrected copy of the week before among it, changes nothing of that week.
    corrected = write_workbook(copies["2026-W45"].with_name("corrected 2026-11-08.xlsx"), COPIES["2026-W46"] + SETTINGS)
    assert corrected.is_file()
    told("import", copies["2026-W45"].parent, "--state", state)
    for week in WEEKS:
        said = told("history", "rebuild", week, "--state", state, "-o", site)
        assert said.endswith("made again, each the same as it was published.\n")
    assert files_in(site) == before


def test_a_week_whose_folder_was_lost_is_made_again_to_the_byte(three_weeks: Path) -> None:
    before = {path: content for path, content in files_in(three_weeks / "site").items() if path.startswith("2026-W46/")}
    fresh = three_weeks / "fresh"
    told("history", "rebuild", "2026-w46", "--state", three_weeks / "state", "-o", fresh)
    assert {path: files_in(fresh)[path] for path in before} == before


def test_a_week_that_was_only_imported_can_be_built_too(copies: dict[str, Path], tmp_path: Path) -> None:
    told("import", copies["2026-W45"].parent, "--state", tmp_path / "state")
    said = told("history", "rebuild", "2026-W46", "--state", tmp_path / "state", "-o", tmp_path / "site")
    assert said.startswith("Week 2026-W46: ")
    assert said.endswith(" files made; the site had none of that week.\n")
    assert scorecards(tmp_path / "site/2026-W46")["Dana Ruiz"]["this_week"]["completed_of_planned"] == 1  # type: ignore[index]


def test_a_week_that_nobody_kept_is_refused(three_weeks: Path) -> None:
    ran = run("history", "rebuild", "2026-W30", "--state", three_weeks / "state", "-o", three_weeks / "site")
    assert ran.exit_code == 2
    assert ran.output == (
        "Week '2026-W30': the history has no snapshot of it. Fix: write it like 2026-W47; history list has them all.\n"
    )


# --- import, export, forget ---


def test_a_folder_is_imported_in_the_order_of_its_days(copies: dict[str, Path], tmp_path: Path) -> None:
    folder = copies["2026-W45"].parent
    (folder / "~$north.xlsx").write_bytes(b"a lock")
    (folder / "notes.txt").write_text("nothing")
    dry = told("import", folder, "--state", tmp_path / "state", "--dry-run")
    assert dry.endswith(f"3 snapshots would be taken into {tmp_path / 'state'}; 0 left out.\n")
    assert not (tmp_path / "state").exists()
    said = told("import", folder, "--state", tmp_path / "state")
    assert [line.split()[-1] for line in said.splitlines()[1:4]] == ["taken"] * 3
    again = told("import", folder, "--state", tmp_path / "state")
    assert again.count("already there") == 3
    assert weeks_listed(tmp_path / "state") == list(WEEKS)


def test_what_cannot_be_imported_is_named_and_the_rest_is_taken(copies: dict[str, Path], tmp_path: Path) -> None:
    folder = copies["2026-W45"].parent
    (folder / "broken 2026-11-01.xlsx").write_bytes(b"PK no zip")
    undated = openpyxl.load_workbook(copies["2026-W45"])
    undated.save(folder / "undated.xlsx")
    ran = run("import", folder, "--state", tmp_path / "state")
    assert ran.exit_code == 1
    assert "broken 2026-11-01.xlsx: " in ran.output
    assert "1 left out" in ran.output
    assert "last saved" in ran.output


def test_a_folder_without_workbooks_is_refused(tmp_path: Path) -> None:
    ran = run("import", tmp_path, "--state", tmp_path / "state")
    assert (ran.exit_code, ran.output) == (
        2, f"{tmp_path}: no workbook in it (.xlsx, .xlsm, .xls, .ods, .csv). Fix: name the folder that holds them.\n"
    )  # fmt: skip


def test_the_history_is_exported_as_a_workbook_and_as_json(three_weeks: Path) -> None:
    told("history", "export", three_weeks / "all.xlsx", "--state", three_weeks / "state")
    told("history", "export", three_weeks / "all.json", "--state", three_weeks / "state")
    tables = json.loads((three_weeks / "all.json").read_text("utf-8"))
    # Of Acme each copy says something else; of Cobalt the two that have it say the same.
    states = [(row["account"], row["rep"], row["said_from"], row["said_to"]) for row in tables["opportunities"]]
    assert states.count(("Cobalt", "Lee Wong", "2026-11-08", "2026-11-15")) == 1
    assert [row for row in states if row[0] == "Acme"] == [
        ("Acme", "Dana Ruiz", "2026-11-08", "2026-11-08"),
        ("Acme", "Dana Ruiz", "2026-11-15", "2026-11-15"),
        ("Acme", "Lee Wong", "2026-11-22", "2026-11-22"),
    ]
    assert {row["milestone"] for row in tables["milestones"]} == {"Kickoff", "Proof", "Contract"}
    book = openpyxl.load_workbook(three_weeks / "all.xlsx", read_only=True)
    assert book.sheetnames == ["Contents", "snapshots", "opportunities", "milestones", "figures", "pdfs"]
    ran = run("history", "export", three_weeks / "all.json", "--state", three_weeks / "state")
    assert ran.exit_code == 2


def test_forgetting_asks_first_and_then_leaves_nothing(three_weeks: Path) -> None:
    state = three_weeks / "state"
    ran = CliRunner().invoke(main, ["history", "forget", "2026-W45", "--state", str(state)], input="n\n")
    assert ran.exit_code == 1
    assert weeks_listed(state) == list(WEEKS)
    told("history", "forget", "--before", date(2026, 11, 16), "--state", state, "--yes")
    assert weeks_listed(state) == ["2026-W47"]
    assert b"Cobalt" not in (state / "history.sqlite").read_bytes()


def test_a_history_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    ran = run("history", "list", "--state", tmp_path)
    assert ran.exit_code == 2
    assert ran.output == (
        f"{tmp_path / 'history.sqlite'}: there is no history. Fix: name the state folder with --state; it is "
        ".milestone-reports beside the workbook, or in the inbox.\n"
    )


def test_show_tells_where_a_week_is_from_and_what_it_changed(three_weeks: Path) -> None:
    said = told("history", "show", "2026-W47", "--state", three_weeks / "state")
    assert "North, week 2026-W47" in said
    assert "From north 2026-11-22.xlsx, as of 2026-11-22; 3 opportunities" in said
    # Acme's contract and Brightwell's proof slipped, Acme went to Lee and is worth more, Dunmore advanced; Cobalt is
    # gone.
    assert "2 slipped" in said
    for one in ("1 reassigned", "1 revalued", "1 advanced", "1 removed"):
        assert one in said


def test_a_copy_of_the_weeks_first_day_says_what_was_planned_for_it(copies: dict[str, Path], tmp_path: Path) -> None:
    # Built on Monday the 16th as of that day, and on Friday with three milestones moved to the week after.
    site, state = tmp_path / "site", tmp_path / "state"
    told("build", copies["2026-W46"], "--as-of", "2026-11-16", "-o", site, "--state", state, *FORMATS)
    told("build", copies["2026-W47"], "--as-of", "2026-11-20", "-o", site, "--state", state, *FORMATS)
    lee = scorecards(site)["Lee Wong"]["this_week"]
    assert isinstance(lee, dict)
    assert (lee["planned"], lee["completed_of_planned"]) == (3, 1)
    assert lee["plan_from"] == {"as_of": "2026-11-16", "file": "north 2026-11-15.xlsx"}


def test_a_date_in_the_future_makes_no_look_back_and_neither_does_the_workbooks_own_day(
    copies: dict[str, Path], tmp_path: Path
) -> None:
    slip = write_workbook(
        copies["2026-W45"].with_name("slip.xlsx"), (COPIES["2026-W45"] + SETTINGS).replace("2026-11-03", "2099-11-03")
    )
    said = build(slip, "2026-W45", tmp_path / "site", tmp_path / "state")
    assert " and kept them as 2026-W45; " in said
    own = write_workbook(copies["2026-W45"].with_name("own.xlsx"), COPIES["2026-W47"] + SETTINGS + OWN_DAY)
    said = build(own, "2026-W46", tmp_path / "site", tmp_path / "state")
    assert " and kept them as 2026-W46; " in said
    said = build(copies["2026-W47"], "2026-W46", tmp_path / "looked", tmp_path / "state")
    assert ", a look at another day, of which nothing is kept; " in said


def test_a_day_far_ahead_is_a_slip_of_which_nothing_is_kept(copies: dict[str, Path], tmp_path: Path) -> None:
    state = tmp_path / "state"
    said = told("build", copies["2026-W45"], "--as-of", "2098-11-08", "-o", tmp_path / "s", "--state", state, *FORMATS)
    assert ", a look at another day, of which nothing is kept; " in said
    copies["2026-W45"].rename(copies["2026-W45"].with_name("north 2098-11-08.xlsx"))
    ran = run("import", copies["2026-W46"].parent, "--state", state)
    assert ran.exit_code == 1
    assert "it stands for 2098-11-08, by its file name, which is still to come." in ran.output
    assert weeks_listed(state) == ["2026-W46", "2026-W47"]


def test_a_copy_built_again_after_another_of_its_week_is_the_weeks_copy(
    copies: dict[str, Path], tmp_path: Path
) -> None:
    site, state = tmp_path / "site", tmp_path / "state"
    for week in ("2026-W46", "2026-W45", "2026-W46"):
        told("build", copies[week], "--as-of", "2026-11-15", "-o", site, "--state", state, *FORMATS)
    listed = [line for line in told("history", "list", "--state", state).splitlines() if "replaced" in line]
    assert len(listed) == 1
    assert "north 2026-11-08.xlsx" in listed[0]


def test_a_file_stands_for_the_earliest_day_that_it_was_built_for(copies: dict[str, Path], tmp_path: Path) -> None:
    state = tmp_path / "state"
    build(copies["2026-W47"], "2026-W47", tmp_path / "a", state)
    told("build", copies["2026-W47"], "--as-of", "2026-11-24", "-o", tmp_path / "a", "--state", state, *FORMATS)
    assert weeks_listed(state) == ["2026-W47"]
    said = told("history", "rebuild", "2026-W48", "--state", state, "-o", tmp_path / "a")
    assert said.endswith("each the same as it was published.\n")
    assert "Sound: 1 snapshot" in told("history", "verify", "--state", state)


def test_everyones_figures_never_go_onto_a_site_of_chosen_reps(copies: dict[str, Path], tmp_path: Path) -> None:
    site, state = tmp_path / "dana", tmp_path / "state"
    build(copies["2026-W46"], "2026-W46", site, state, "--rep", "Dana Ruiz")
    for arguments in (("build", copies["2026-W46"], "--as-of", "2026-11-15"), ("history", "rebuild", "2026-W46")):
        ran = run(*arguments, "-o", site, "--state", state)
        assert ran.exit_code == 2
        assert "the cards of chosen reps are there" in ran.output
