"""The command line as a user starts it: real processes, their output and their exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from workbooks import DrawnWorkbook

FORMATS = ("--formats", "html,data")

TEAM = """
    [Opportunities]
    Opportunity | Account    | Rep       | Value | Kickoff    | Contract
    Alpha       | Acme       | Dana Ruiz | 50000 | 2026-11-09 | 2026-11-16
    Beta        | Brightwell | Lee Wong  | 40000 | 2026-11-10 |
    [Milestones]
    Milestone
    Kickoff
    Contract
    [Settings]
    Setting | Value
    As of   | 2026-11-18
    Team    | North
"""
WITH_ERROR = TEAM.replace("2026-11-09", "'31.2.2026")
ERROR = (
    "Opportunities!E2 (Acme, Alpha): '31.2.2026' in Kickoff; a date was expected. Left out; Kickoff counts as not "
    "completed. Fix: type a date such as 2026-11-16."
)


def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The program run as a process of its own."""
    command = [sys.executable, "-m", "milestone_reports", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)


def output_of(*arguments: str | Path) -> str:
    """What the program prints where all goes well."""
    ran = run(*arguments)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def complaint_of(*arguments: str | Path, code: int) -> str:
    """The sentence the program ends with where it cannot go on; no traceback, nothing else printed."""
    ran = run(*arguments)
    assert (ran.returncode, ran.stdout) == (code, "")
    return ran.stderr.strip().removeprefix(usage_in(ran.stderr)).strip()


def usage_in(told: str) -> str:
    """Click's usage lines, which it puts before the sentence where a command was called wrongly."""
    return told[: told.index("Error: ")] if told.startswith("Usage: ") else ""


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter workbook, with the article's example as its settings."""
    path = tmp_path_factory.mktemp("starter") / "starter.xlsx"
    output_of("init", path)
    return path


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- help and exit codes ---


EXIT_CODES = """
  Exit codes:
    0  done
    1  check, build --strict: errors in the data; import, watch --once: files left out; history verify: faults
    2  cannot go on: usage, an unreadable workbook, settings
    3  rendering or publishing failed; the old site is untouched
    4  send --really: published, not all delivered
"""


def test_help_names_every_verb_and_every_exit_code() -> None:
    told = output_of("--help")
    for verb in ("init", "check", "build", "show"):
        assert f"\n  {verb} " in told
    for command in ("--help", "check --help", "build --help", "show --help"):
        assert output_of(*command.split()).endswith(EXIT_CODES)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("check", "Error: Missing argument 'WORKBOOK'."),
        ("nope", "Error: No such command 'nope'."),
        ("build x.xlsx --rep Dana", "Error: --rep makes a site of its own. Fix: name a folder for it with -o."),
        ("show x.xlsx --as-of soon", "Error: --as-of: 'soon' is no date; write it like 2026-11-22."),
        (
            "show x.xlsx --as-of 9999-12-31",
            "Error: --as-of: '9999-12-31' is out of range; name a day between 1990 and 2099.",
        ),
        (
            "build x.xlsx --formats docx",
            "Error: --formats: 'docx' is no list of formats; write one or more of html,pdf,data.",
        ),
        ("show nowhere.xlsx", "nowhere.xlsx: no such file. Fix: check the name and the folder."),
    ],
)
def test_what_cannot_go_on_is_one_sentence_and_exit_code_2(arguments: str, sentence: str) -> None:
    assert complaint_of(*arguments.split(), code=2) == sentence


def test_an_unreadable_workbook_ends_every_verb_with_exit_code_2_and_leaves_the_site(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    path.write_text("Dear team", encoding="utf-8")
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("last week's", encoding="utf-8")
    sentence = "letter.xlsx: a text file, not an Excel workbook. Fix: if it is a table, name it 'letter.csv'."
    assert complaint_of("check", path, code=2) == sentence
    assert complaint_of("show", path, code=2) == sentence
    assert complaint_of("build", path, "-o", site, *FORMATS, code=2) == sentence
    assert files_in(site) == {"index.html": b"last week's"}


def test_a_folder_with_files_of_the_users_own_in_the_way_ends_with_exit_code_3(
    workbook: DrawnWorkbook, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("my own page", encoding="utf-8")
    sentence = complaint_of("build", workbook(TEAM), "-o", site, *FORMATS, code=3)
    assert sentence.startswith(f"Output folder '{site}': 'index.html' there was not made by this program")
    assert files_in(site) == {"index.html": b"my own page"}


# --- check ---


def test_check_of_a_clean_workbook_says_so_with_exit_code_0(workbook: DrawnWorkbook) -> None:
    assert output_of("check", workbook(TEAM)) == "No problems found.\n"


def test_check_lists_each_problem_under_its_level_and_exits_with_1_for_an_error(workbook: DrawnWorkbook) -> None:
    ran = run("check", workbook(WITH_ERROR))
    assert (ran.returncode, ran.stderr) == (1, "")
    heading, first, *_ = ran.stdout.splitlines()
    assert (heading, first) == ("Errors (1)", f"  {ERROR}")


def test_check_as_json_has_each_problem_in_its_parts(workbook: DrawnWorkbook) -> None:
    ran = run("check", workbook(WITH_ERROR), "--format", "json")
    assert ran.returncode == 1
    told = json.loads(ran.stdout)
    assert told["workbook"] == "team.xlsx"
    assert told["problems"][0] == {
        "level": "error",
        "rule": "date_not_read",
        "cell": "Opportunities!E2",
        "label": "Acme, Alpha",
        "rep": "Dana Ruiz",
        "found": "'31.2.2026' in Kickoff",
        "expected": "a date was expected",
        "done": "Left out; Kickoff counts as not completed",
        "fix": "type a date such as 2026-11-16",
        "sentence": ERROR,
    }


def test_warnings_alone_leave_check_at_exit_code_0(workbook: DrawnWorkbook) -> None:
    told = output_of("check", workbook(TEAM.replace("2026-11-18", "2026-12-18")))
    assert told.splitlines()[0] == "Warnings (1)"


def test_many_like_problems_are_one_line_in_check_and_each_in_its_json(workbook: DrawnWorkbook) -> None:
    rows = "\n".join(f"Gamma {number} | Acme | Dana Ruiz | | soon |" for number in range(6))
    path = workbook(TEAM.replace("[Milestones]", f"{rows}\n[Milestones]"))
    ran = run("check", path)
    assert len(ran.stdout.splitlines()) == 2
    assert ran.stdout.startswith("Errors (6)\n  Opportunities!E4 (Acme, Gamma 0): 'soon' in Kickoff;")
    assert ran.stdout.endswith(" Also Opportunities!E5, Opportunities!E6, Opportunities!E7 and 2 more.\n")
    assert len(json.loads(run("check", path, "--format", "json").stdout)["problems"]) == 6


# --- show ---


def test_the_articles_example_gives_its_seven_figures_in_show(starter: Path) -> None:
    told = output_of("show", starter, "Your first rep")
    # 600,000 / 50,000 = 12; 12 * 4 = 48, / 12 = 4, / 48 = 1; 48 * 2 = 96, / 12 = 8, / 48 = 2
    assert (
        "$600,000 / $50,000 = 12 contracts a year x 4 milestones = 48 a year, 4 a month, 1 a week (ideal)\n"
        "x 2.0 (assumed) = 96 a year, 8 a month, 2 a week\n"
    ) in told


def test_the_articles_example_gives_its_seven_figures_in_the_json_of_show(starter: Path) -> None:
    quota = json.loads(output_of("show", starter, "Your first rep", "--format", "json"))["tracks"][0]["quota"]
    assert {name: quota[name] for name in SEVEN} == SEVEN


SEVEN = {
    "contracts_a_year": 12,
    "ideal_milestones_a_year": 48,
    "ideal_milestones_a_month": 4,
    "ideal_milestones_a_week": 1,
    "required_milestones_a_year": 96,
    "milestones_a_month": 8,
    "milestones_a_week": 2,
}


@pytest.mark.parametrize("name", [("ruiz,", "DANA"), ("Dána Ruíz",)])
def test_show_takes_a_reps_name_in_another_spelling(workbook: DrawnWorkbook, name: tuple[str, ...]) -> None:
    assert output_of("show", workbook(TEAM), *name).splitlines()[0] == "Dana Ruiz"


def test_show_names_the_nearest_rep_for_one_that_nobody_is(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    assert complaint_of("show", path, "Dana Riuz", code=2) == (
        "team.xlsx: 'Dana Riuz' is no rep there. Fix: write 'Dana Ruiz' if that is meant."
    )
    assert complaint_of("show", path, "Nobody", code=2) == (
        "team.xlsx: 'Nobody' is no rep there. Fix: write one of 'Dana Ruiz', 'Lee Wong'."
    )


def test_show_without_a_rep_is_the_teams(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    assert output_of("show", path).splitlines()[0] == "North"
    told = json.loads(output_of("show", path, "--format", "json"))
    assert [rep["rep"] for rep in told["reps"]] == ["Dana Ruiz", "Lee Wong"]


def test_show_as_csv_is_a_table_of_the_reps(workbook: DrawnWorkbook) -> None:
    rows = list(csv.DictReader(io.StringIO(output_of("show", workbook(TEAM), "--format", "csv"))))
    assert [(row["rep"], row["credited_to_date"]) for row in rows] == [("Dana Ruiz", "2"), ("Lee Wong", "1")]


def test_show_as_of_an_earlier_day_has_that_days_figures(workbook: DrawnWorkbook) -> None:
    told = output_of("show", workbook(TEAM), "--as-of", "2026-11-10", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(told)))
    assert [row["credited_to_date"] for row in rows] == ["1", "1"]  # the contract is of 16 November


@pytest.mark.parametrize("shown_as", ["json", "csv"])
def test_what_programs_read_is_utf_8_whatever_the_terminal_speaks(workbook: DrawnWorkbook, shown_as: str) -> None:
    path = workbook(TEAM.replace("Lee Wong", "Łucja Wójcik"))
    command = [sys.executable, "-m", "milestone_reports", "show", str(path), "--format", shown_as]
    ran = subprocess.run(command, capture_output=True, check=True, env=os.environ | {"PYTHONIOENCODING": "cp1252"})
    assert "Łucja Wójcik" in ran.stdout.decode("utf-8")


def test_a_letter_that_the_terminal_has_not_does_not_end_the_command(workbook: DrawnWorkbook) -> None:
    command = [sys.executable, "-m", "milestone_reports", "show", str(workbook(TEAM.replace("Lee Wong", "李 王")))]
    ran = subprocess.run(command, capture_output=True, check=True, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert b"\n? ?  " in ran.stdout


# --- init ---


def test_init_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_text("a year's work", encoding="utf-8")
    for options in ((), ("--example",)):
        assert complaint_of("init", path, *options, code=2) == (
            f"{path}: a file of this name is there already; nothing was written. "
            f"Fix: name another file, for example {tmp_path / 'mine-2.xlsx'}."
        )
    assert path.read_text(encoding="utf-8") == "a year's work"


def test_init_tells_what_it_wrote_and_what_comes_next(tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    assert output_of("init", path) == (f"Wrote {path}. Next: fill it in, then milestone-reports build {path}\n")
    assert path.is_file()


def test_init_writes_earlier_copies_of_an_example_and_tells_how_to_begin_with_them(tmp_path: Path) -> None:
    path = tmp_path / "team.xlsx"
    told = output_of("init", path, "--example", "--kind", "partner-recruitment", "--weeks", "1")
    copies, state = tmp_path / "team_weeks", tmp_path / ".milestone-reports"
    assert told.splitlines()[1] == (
        f"Wrote its earlier copies to {copies}. To begin with them: milestone-reports import {copies} --state {state}"
    )
    assert "1 snapshot taken" in output_of("import", copies, "--state", state)


def test_init_has_no_earlier_copies_of_a_starter_workbook(tmp_path: Path) -> None:
    assert "--weeks is for an example" in complaint_of("init", tmp_path / "mine.xlsx", "--weeks", "2", code=2)
    assert not list(tmp_path.iterdir())


# --- build ---


def test_build_ends_with_one_line_of_what_was_read_written_and_left_out(
    workbook: DrawnWorkbook, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    told = output_of("build", workbook(TEAM.replace("Lee Wong", "")), "-o", site, *FORMATS)
    n_files = sum(not path.startswith("2026-W47/") for path in files_in(site))
    start, _, end = told.partition("; left out ")
    assert start == f"Read 2 rows of 1 rep from 1 workbook; wrote {n_files} files to {site} and kept them as 2026-W47"
    assert end.startswith("1 row (1 error); ")
    assert end.endswith(f" s. {(site / 'index.html').as_uri()}\n")


def test_quiet_prints_nothing_and_formats_says_what_is_made(workbook: DrawnWorkbook, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert output_of("build", workbook(TEAM), "-o", site, "--quiet", "--formats", "data") == ""
    assert {Path(path).suffix for path in files_in(site)} == {".json", ".csv", ".xlsx"}


def test_strict_publishes_nothing_where_the_data_has_errors(workbook: DrawnWorkbook, tmp_path: Path) -> None:
    site = tmp_path / "site"
    output_of("build", workbook(TEAM), "-o", site, *FORMATS, "--strict")
    before = files_in(site)
    assert complaint_of("build", workbook(WITH_ERROR), "-o", site, *FORMATS, "--strict", code=1) == (
        f"1 error in the data; nothing was published, as --strict asks. The first: {ERROR}"
    )
    assert files_in(site) == before


def test_one_reps_card_never_goes_onto_a_whole_site(workbook: DrawnWorkbook, tmp_path: Path) -> None:
    path, site, own = workbook(TEAM), tmp_path / "site", tmp_path / "dana"
    output_of("build", path, "-o", site, *FORMATS)
    before = files_in(site)
    assert complaint_of("build", path, "-o", site, *FORMATS, "--rep", "Dana Ruiz", code=2) == (
        f"{site}: a whole site is there, and --rep would take its other pages away. Fix: name another folder with -o."
    )
    assert files_in(site) == before
    output_of("build", path, "-o", own, *FORMATS, "--rep", "ruiz dana")
    cards = ["reps/dana-ruiz.html", "reps/figures/dana-ruiz.html"]
    assert sorted(name for name in files_in(own) if name.startswith("reps/")) == cards


def test_several_workbooks_make_one_site_with_a_page_a_team(workbook: DrawnWorkbook, tmp_path: Path) -> None:
    north, south = workbook(TEAM, "north.xlsx"), workbook(TEAM.replace("North", "South"), "south.xlsx")
    told = output_of("build", north, south, "-o", tmp_path / "site", *FORMATS)
    assert told.startswith("Read 4 rows of 4 reps from 2 workbooks; ")
    assert {"index.html", "north/index.html", "south/index.html"} <= set(files_in(tmp_path / "site"))


def test_two_workbooks_of_one_team_are_refused(workbook: DrawnWorkbook, tmp_path: Path) -> None:
    first, second = workbook(TEAM, "first.xlsx"), workbook(TEAM, "second.xlsx")
    assert complaint_of("build", first, second, "-o", tmp_path / "site", *FORMATS, code=2) == (
        "first.xlsx and second.xlsx are both of the team 'North'. "
        "Fix: build them apart, or give each a Team of its own on its Settings sheet."
    )
    assert not (tmp_path / "site").exists()


HOSTILE = ("<script>alert(1)</script>", "=cmd!A0", "../x", "CON", '"><img src=x>', "{{ 7*7 }}", "[bold]x[/]")


def test_text_of_a_workbook_is_nothing_but_text_in_pages_and_tables(workbook: DrawnWorkbook, tmp_path: Path) -> None:
    header = "Opportunity | Account | Rep | Lost reason | Kickoff | Contract | Contract evidence"
    days = "2026-11-09 | 2026-11-16"
    rows = [f"'{text} | '{text} | '{text} | '{text} | {days} | [proof](javascript:alert(1))" for text in HOSTILE]
    site = tmp_path / "site"
    output_of("build", workbook("\n".join(["[Opportunities]", header, *rows])), "-o", site, *FORMATS)
    written = files_in(site)
    texts = [name for name in written if "static/" not in name and not name.endswith(".xlsx")]
    files = {name: written[name].decode("utf-8-sig") for name in texts}
    pages = [content for name, content in files.items() if name.endswith(".html")]
    assert len([name for name in files if name.startswith("reps/figures/")]) == len(HOSTILE)
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page
    tables = [csv.reader(io.StringIO(content)) for name, content in files.items() if name.endswith(".csv")]
    assert not [cell for table in tables for row in table for cell in row if cell.startswith("=")]
