"""A look of one's own from the command line: the settings file, the list of templates, copies of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from milestone_reports.render.resources import templates_folder
from milestone_reports.render.template_folders import name_of
from workbooks import DrawnWorkbook

TEAM = """
    [Opportunities]
    Opportunity | Account | Rep       | Value | Kickoff    | Contract
    Alpha       | Acme    | Dana Ruiz | 50000 | 2026-11-09 | 2026-11-16
    [Milestones]
    Milestone
    Kickoff
    Contract
    [Settings]
    Setting | Value
    As of   | 2026-11-18
    Team    | North
"""
FORMATS = ("--formats", "html", "--quiet")


def run(*arguments: str | Path, cwd: Path | None = None) -> tuple[int, str, str]:
    """The program run as a process of its own: its exit code and what it printed."""
    command = [sys.executable, "-m", "milestone_reports", *map(str, arguments)]
    ran = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)
    return ran.returncode, ran.stdout, ran.stderr


def settings(folder: Path, company: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "milestone-reports.toml"
    file.write_text(f'[brand]\ncompany = "{company}"\n', encoding="utf-8")
    return file


def company_of(site: Path) -> str:
    page = (site / "index.html").read_text(encoding="utf-8")
    return page.partition('<div class="company"><span>')[2].partition("</span>")[0]


def test_settings_beside_the_workbook_come_before_those_here_and_named_ones_before_both(
    workbook: DrawnWorkbook, tmp_path: Path
) -> None:
    book, here, site = workbook(TEAM), tmp_path / "here", tmp_path / "site"
    settings(here, "Here")
    assert run("build", book, "-o", site, *FORMATS, cwd=here) == (0, "", "")
    assert company_of(site) == "Here"
    settings(tmp_path, "Beside")
    assert run("build", book, "-o", site, *FORMATS, cwd=here) == (0, "", "")
    assert company_of(site) == "Beside"
    named = settings(tmp_path / "named", "Named")
    assert run("build", book, "-o", site, *FORMATS, "--config", named, cwd=here) == (0, "", "")
    assert company_of(site) == "Named"


def test_settings_that_cannot_be_used_end_with_2_and_one_sentence(workbook: DrawnWorkbook, tmp_path: Path) -> None:
    book = workbook(TEAM)
    file = tmp_path / "milestone-reports.toml"
    file.write_text('[brand]\ncompony = "North"\n')
    assert run("build", book, "-o", tmp_path / "site", *FORMATS) == (
        2,
        "",
        f"{file}, brand.compony: there is no key of this name. Fix: write company.\n",
    )
    assert not (tmp_path / "site").exists()


def test_a_build_checks_the_table_mail_and_needs_nothing_of_it(workbook: DrawnWorkbook, tmp_path: Path) -> None:
    book, file, site = workbook(TEAM), tmp_path / "milestone-reports.toml", tmp_path / "site"
    file.write_text('[mail]\nhost = "mail.example.com"\npassword_file = "not made yet"\n')
    assert run("build", book, "-o", site, *FORMATS) == (0, "", "")
    file.write_text('[mail]\nport = "587"\n')
    code, _, said = run("build", book, "-o", site, *FORMATS)
    assert code == 2
    assert said.startswith(f"{file}, mail.port: '587' is no whole number")


def test_a_faulty_template_ends_with_3_and_leaves_the_old_site(workbook: DrawnWorkbook, tmp_path: Path) -> None:
    book, own, site = workbook(TEAM), tmp_path / "own", tmp_path / "site"
    own.mkdir()
    assert run("build", book, "-o", site, *FORMATS)[0] == 0
    before = (site / "index.html").read_bytes()
    (own / "team.html.jinja").write_text("{{ rollup.stam.team }}")
    code, printed, complaint = run("build", book, "-o", site, *FORMATS, "--templates", own)
    assert (code, printed) == (3, "")
    assert complaint.startswith(f"{own / 'team.html.jinja'}, line 1: TeamRollup has no 'stam'; nothing was published")
    assert (site / "index.html").read_bytes() == before


def test_a_link_that_leads_nowhere_in_ones_own_template_names_the_folder(
    workbook: DrawnWorkbook, tmp_path: Path
) -> None:
    book, own = workbook(TEAM), tmp_path / "own"
    own.mkdir()
    (own / "team.html.jinja").write_text('<a href="nowhere.html">x</a>')
    code, _, complaint = run("build", book, "-o", tmp_path / "site", *FORMATS, "--templates", own)
    assert code == 3
    assert complaint.endswith(f" Look first at your own templates, in {own}.\n")


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("", "has no attribute 'table'"),
        ("{% macro table() %}{% endmacro %}", "takes not more than 0 argument(s)"),
    ],
)
def test_a_part_of_ones_own_that_ours_cannot_use_names_the_folder(
    workbook: DrawnWorkbook, tmp_path: Path, part: str, reason: str
) -> None:
    book, own = workbook(TEAM), tmp_path / "own"
    (own / "parts").mkdir(parents=True)
    (own / "parts/forecast.html.jinja").write_text(part)
    code, _, complaint = run("build", book, "-o", tmp_path / "site", *FORMATS, "--templates", own)
    assert code == 3
    assert reason in complaint
    assert "fault of the program" not in complaint
    assert complaint.endswith(
        f"; the old site is as it was. Look first at your own templates, in {own}. "
        "Fix: compare them with ours, which milestone-reports templates export writes.\n"
    )


def test_printed_pages_without_any_text_are_not_published(workbook: DrawnWorkbook, tmp_path: Path) -> None:
    book, own = workbook(TEAM), tmp_path / "own"
    own.mkdir()
    (own / "rep_print.html.jinja").write_text("<!doctype html><title>x</title><p> </p>")
    code, _, complaint = run("build", book, "-o", tmp_path / "site", "--formats", "pdf", "--quiet", "--templates", own)
    assert code == 3
    assert complaint.startswith("all-scorecards.pdf: this file is empty; nothing was published")
    assert complaint.endswith(f" Look first at your own templates, in {own}.\n")
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("link", ["rep.html.jinja", "parts", "static", "static/css"])
def test_a_link_out_of_the_folder_of_templates_is_refused(workbook: DrawnWorkbook, tmp_path: Path, link: str) -> None:
    own, elsewhere = tmp_path / "own", tmp_path / "elsewhere"
    (own / link).parent.mkdir(parents=True)
    elsewhere.mkdir()
    (own / "team.html.jinja").write_text('{% extends "original/team.html.jinja" %}')
    (own / link).symlink_to(elsewhere)
    assert run("build", workbook(TEAM), "-o", tmp_path / "site", *FORMATS, "--templates", own) == (
        2,
        "",
        f"{own / link}: this link leads out of the folder of your templates. Fix: put the file itself there.\n",
    )


def test_a_file_where_ours_is_a_folder_is_refused(workbook: DrawnWorkbook, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "static").mkdir(parents=True)
    (own / "static/css").write_text("p { color: black }")
    assert run("build", workbook(TEAM), "-o", tmp_path / "site", *FORMATS, "--templates", own) == (
        2,
        "",
        (
            f"static/css, in {own}: this is a file, and ours of this name is a folder. "
            "Fix: rename it, or put it into a folder of that name.\n"
        ),
    )


def test_a_folder_of_templates_that_is_not_there_ends_with_2(workbook: DrawnWorkbook, tmp_path: Path) -> None:
    code, _, complaint = run("build", workbook(TEAM), "-o", tmp_path / "site", "--templates", tmp_path / "nowhere")
    assert code == 2
    assert complaint.endswith(
        f"--templates: {tmp_path / 'nowhere'} is no folder. Fix: name the folder of your templates.\n"
    )


def test_the_list_names_every_template_with_what_it_is_and_its_blocks() -> None:
    code, printed, _ = run("templates", "list")
    assert code == 0
    lines = [line.split() for line in printed.splitlines()]
    for path in templates_folder().rglob("*.jinja"):
        assert name_of(path.relative_to(templates_folder()).as_posix()) in {line[0] for line in lines if line}
    assert "The weekly scorecard of one rep, on the screen" in printed
    assert "and those of base" in printed


@pytest.mark.parametrize("name", ["rep", "rep.html.jinja"])
def test_a_copy_is_what_ships_and_is_never_overwritten_unasked(tmp_path: Path, name: str) -> None:
    copy, shipped = tmp_path / "own" / "rep.html.jinja", (templates_folder() / "rep.html.jinja").read_bytes()
    code, printed, _ = run("templates", "export", name, "-o", tmp_path / "own")
    assert (code, printed) == (0, f"Wrote 1 template to {tmp_path / 'own'}.\n")
    assert copy.read_bytes() == shipped
    copy.write_bytes(b"mine")
    assert run("templates", "export", name, "base", "-o", tmp_path / "own") == (
        2,
        "",
        f"{copy}: this file is there already; nothing was written. Fix: name another folder, or add --force.\n",
    )
    assert (copy.read_bytes(), list((tmp_path / "own").iterdir())) == (b"mine", [copy])
    assert run("templates", "export", name, "-o", tmp_path / "own", "--force")[0] == 0
    assert copy.read_bytes() == shipped


def test_a_site_of_copies_of_all_templates_is_the_same_site(workbook: DrawnWorkbook, tmp_path: Path) -> None:
    book, own = workbook(TEAM), tmp_path / "own"
    assert run("templates", "export", "--all", "-o", own)[0] == 0
    assert run("build", book, "-o", tmp_path / "ours", *FORMATS)[0] == 0
    assert run("build", book, "-o", tmp_path / "copied", *FORMATS, "--templates", own)[0] == 0
    ours, copied = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "ours", tmp_path / "copied")
    )
    assert copied == ours


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("repp",), "'repp': there is no template of this name. Fix: write rep.\n"),
        (
            ("something",),
            (
                "'something': there is no template of this name. "
                "Fix: see their names with milestone-reports templates list.\n"
            ),
        ),
        ((), "Name the templates, or write --all. Fix: see their names with templates list.\n"),
        (("rep", "--all"), "Name the templates, or write --all. Fix: see their names with templates list.\n"),
    ],
)
def test_templates_that_are_not_there_or_not_named_are_told(
    tmp_path: Path, arguments: tuple[str, ...], found: str
) -> None:
    code, _, complaint = run("templates", "export", *arguments, "-o", tmp_path)
    assert code == 2
    assert complaint.endswith(found)
