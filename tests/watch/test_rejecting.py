"""What is put beside a rejected file; it is whole after a kill at any line that makes or moves it."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import re
import signal
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import pytest
from inboxes import WRONG_DATE, Desk, desk_in, files_in, write_team
from openpyxl import load_workbook

from milestone_reports.watch import inbox, rejecting

if TYPE_CHECKING:
    from _typeshed import TraceFunction

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["pytest", "milestone_reports.watch", "inboxes"])
MOVING = {rejecting.__file__, inbox.__file__}


def text_of(note: Path) -> str:
    """What a reader of the note reads, without the page's style."""
    body = note.read_text("utf-8").partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_the_note_says_what_is_wrong_what_to_do_and_that_the_report_is_as_it_was(desk: Desk) -> None:
    (desk.folder / "letter.xlsx").write_text("Dear team")
    desk.once()
    said = text_of(desk.folder / "rejected/letter.xlsx.html")
    assert said.startswith(
        "Not published, 24 Nov 2026, 06:00 letter.xlsx was not published "
        "The published report is as it was before. Nothing was changed in the workbook. "
        "What is wrong A text file, not an Excel workbook. If it is a table, name it ‘letter.csv’. "
        "What to do "
    )
    assert said.rpartition("milestone_reports")[0].endswith("Put it into the inbox again: the folder above this one. ")


def test_the_note_lists_the_errors_with_their_cells_and_leads_to_the_marked_copy(desk: Desk) -> None:
    desk.asks(strict=True)
    write_team(desk.folder / "a & b.xlsx", kickoff=WRONG_DATE)
    desk.once()
    rejected = desk.folder / "rejected"
    assert files_in(rejected) == {"a & b.xlsx", "a & b.xlsx.html", "a & b marked.xlsx"}
    said = text_of(rejected / "a & b.xlsx.html")
    assert "Opportunities!F2 Acme, Alpha ‘31.2.2026’ in Kickoff. A date was expected. Type a date such as" in said
    assert 'href="a%20%26%20b%20marked.xlsx"' in (rejected / "a & b.xlsx.html").read_text("utf-8")
    assert load_workbook(rejected / "a & b marked.xlsx").sheetnames[0] == "Problems"


def test_the_note_is_in_the_language_of_the_team_where_that_can_be_read(desk: Desk) -> None:
    desk.asks(strict=True)
    write_team(desk.folder / "team.xlsx", kickoff=WRONG_DATE, locale="de_DE")
    desk.once()
    note = desk.folder / "rejected/team.xlsx.html"
    assert '<html lang="de">' in note.read_text("utf-8")
    assert "team.xlsx wurde nicht veröffentlicht" in text_of(note)


def test_a_workbook_that_opens_and_says_nothing_is_marked_with_the_one_sentence(desk: Desk) -> None:
    write_team(desk.folder / "team.xlsx")
    book = load_workbook(desk.folder / "team.xlsx")
    book["Opportunities"].delete_rows(2, 2)
    book.save(desk.folder / "team.xlsx")
    desk.once()
    problems = load_workbook(desk.folder / "rejected/team marked.xlsx")["Problems"]
    found = "Sheet 'Opportunities': no opportunities below the column headers; a row for each was expected"
    assert [row[3] for row in problems.iter_rows(min_row=5, values_only=True)] == [found]


def test_the_note_asks_for_nothing_from_elsewhere(desk: Desk) -> None:
    class Asked(HTMLParser):
        """Collects the addresses that a browser would load by itself."""

        def __init__(self) -> None:
            super().__init__()
            self.addresses: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag != "a":
                self.addresses += [value or "" for name, value in attrs if name in {"src", "href", "srcset"}]

    (desk.folder / "letter.xlsx").write_text("Dear team")
    desk.once()
    source, asked = (desk.folder / "rejected/letter.xlsx.html").read_text("utf-8"), Asked()
    asked.feed(source)
    assert asked.addresses == ["data:,"]
    assert "url(" not in source
    assert "@import" not in source


def test_names_that_are_taken_are_passed_over_for_the_file_and_all_that_goes_with_it(desk: Desk) -> None:
    rejected = desk.folder / "rejected"
    rejected.mkdir()
    (rejected / "letter marked.xlsx").write_text("somebody's own")
    for _ in range(2):
        (desk.folder / "letter.xlsx").write_text("Dear team")
        desk.once()
    assert files_in(rejected) == {
        "letter marked.xlsx",
        "letter (2).xlsx",
        "letter (2).xlsx.html",
        "letter (3).xlsx",
        "letter (3).xlsx.html",
    }


# --- killed ---


def take_and_die(folder: Path, last_line: int, *, strict: bool) -> None:
    """Takes what is in the inbox, and kills itself before so many lines of the code that moves files were run."""
    lines = itertools.count()

    def watch(frame: FrameType, event: str, _: object) -> TraceFunction | None:
        if frame.f_code.co_filename not in MOVING:
            return None
        if event == "line" and next(lines) == last_line:
            os.kill(os.getpid(), signal.SIGKILL)
        return watch

    desk = desk_in(folder)
    desk.asks(strict=strict)
    sys.settrace(watch)
    desk.once()


@pytest.mark.parametrize(
    ("strict", "belongs"),
    [
        (True, {"rejected/team.xlsx", "rejected/team.xlsx.html", "rejected/team marked.xlsx"}),
        (False, {"done/2026-W47/team.xlsx"}),
    ],
)
def test_every_file_is_where_it_belongs_after_a_kill_at_any_line_that_moves_it(
    tmp_path: Path, *, strict: bool, belongs: set[str]
) -> None:
    team = write_team(tmp_path / "team.xlsx", kickoff=WRONG_DATE).read_bytes()
    half_done = 0
    for last_line in itertools.count():
        folder = tmp_path / str(last_line)
        desk = desk_in(folder)
        (desk.folder / "team.xlsx").write_bytes(team)
        process = PROCESSES.Process(target=take_and_die, args=(folder, last_line), kwargs={"strict": strict})
        process.start()
        process.join()
        if process.exitcode == 0:  # it came to its end before that line
            break
        assert process.exitcode == -signal.SIGKILL
        half_done += files_in(desk.folder) not in ({"team.xlsx"}, belongs)
        desk.asks(strict=strict)
        desk.once()
        assert files_in(desk.folder) == belongs, f"line {last_line}"
    assert last_line > len(belongs)
    assert half_done or not strict
