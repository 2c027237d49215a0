from __future__ import annotations

import os
import re
import shutil
import sys
from itertools import count
from pathlib import Path

import pytest
from inboxes import WRONG_DATE, Desk, files_in, write_team

from milestone_reports.history.store import Store

TOOK = re.compile(r", \d+\.\d s$")
LETTER = "a text file, not an Excel workbook. Fix: if it is a table, name it 'letter.csv'."


def nothing() -> None:
    """A while in which nothing happens."""


def shortly(told: list[str]) -> list[str]:
    """The lines without the seconds that something took, and without the number of files."""
    return [re.sub(r", \d+ files", "", TOOK.sub("", line)) for line in told]


def snapshots(desk: Desk) -> list[tuple[str, str, str]]:
    with Store.open(desk.request.state or Path(), create=False) as store:
        return [(entry.team, entry.week.name, entry.file) for entry in store.entries()]


# --- what is taken, and when ---


def test_a_workbook_is_published_and_put_under_its_week(desk: Desk) -> None:
    told = desk.watch(lambda: write_team(desk.folder / "pipeline.xlsx"), nothing)
    assert re.fullmatch(r"published pipeline\.xlsx, week 2026-W47, \d+ files, 0\.0 s", told[0])
    assert len(told) == 1
    assert files_in(desk.folder) == {"done/2026-W47/pipeline.xlsx"}
    assert (desk.site / "data/scorecards.json").exists()
    assert (desk.site / "2026-W47/data/scorecards.json").exists()
    assert snapshots(desk) == [("North", "2026-W47", "pipeline.xlsx")]


def test_a_file_that_is_still_written_to_is_waited_for(desk: Desk, tmp_path: Path) -> None:
    whole = write_team(tmp_path / "whole.xlsx").read_bytes()
    part = len(whole) // 4
    pieces = [whole[at : at + part] for at in range(0, len(whole), part)]
    told: list[int] = []

    def write(piece: bytes) -> None:
        told.append(len(desk.told))
        with (desk.folder / "pipeline.xlsx").open("ab") as file:
            file.write(piece)

    lines = desk.watch(*[lambda piece=piece: write(piece) for piece in pieces], nothing)
    assert told == [0] * len(pieces)
    assert shortly(lines) == ["published pipeline.xlsx, week 2026-W47"]


def test_a_file_that_cannot_be_read_because_the_rest_of_it_is_late_is_not_rejected(desk: Desk, tmp_path: Path) -> None:
    whole = write_team(tmp_path / "whole.xlsx").read_bytes()
    file = desk.folder / "pipeline.xlsx"
    told = desk.watch(lambda: file.write_bytes(whole[:3000]), nothing, lambda: file.write_bytes(whole), nothing)
    assert shortly(told) == ["published pipeline.xlsx, week 2026-W47"]


def test_a_file_that_was_renamed_into_place_is_taken(desk: Desk) -> None:
    temporary = write_team(desk.folder / ".pipeline.xlsx")
    told = desk.watch(nothing, lambda: temporary.rename(desk.folder / "pipeline.xlsx"), nothing)
    assert shortly(told) == ["published pipeline.xlsx, week 2026-W47"]


def test_two_files_at_once_are_taken_one_after_the_other_the_older_first(desk: Desk) -> None:
    for name, as_of, seconds in (("a.xlsx", "2026-11-18", 2000), ("b.xlsx", "2026-11-11", 1000)):
        os.utime(write_team(desk.folder / name, as_of=as_of), (seconds, seconds))
    assert shortly(desk.once()) == ["published b.xlsx, week 2026-W46", "published a.xlsx, week 2026-W47"]
    assert files_in(desk.folder) == {"done/2026-W46/b.xlsx", "done/2026-W47/a.xlsx"}


def test_the_site_holds_every_team_whichever_was_dropped_last(desk: Desk) -> None:
    write_team(desk.folder / "north.xlsx", "North")
    assert shortly(desk.once()) == ["published north.xlsx, week 2026-W47"]
    write_team(desk.folder / "south.xlsx", "South")
    assert shortly(desk.once()) == ["published south.xlsx, week 2026-W47"]
    assert {path.name for path in desk.site.iterdir() if path.is_dir()} >= {"north", "south"}


def test_a_second_file_of_a_name_does_not_overwrite_the_first(desk: Desk) -> None:
    for as_of in ("2026-11-17", "2026-11-18"):
        write_team(desk.folder / "pipeline.xlsx", as_of=as_of)
        desk.once()
    assert files_in(desk.folder) == {"done/2026-W47/pipeline.xlsx", "done/2026-W47/pipeline (2).xlsx"}


# --- what is not ---


def test_what_is_no_workbook_is_rejected_with_a_note_and_the_site_stays(desk: Desk) -> None:
    write_team(desk.folder / "pipeline.xlsx")
    desk.once()
    before = {path: path.read_bytes() for path in desk.site.rglob("*") if path.is_file()}
    (desk.folder / "letter.xlsx").write_text("Dear team")
    assert desk.once() == [f"rejected letter.xlsx: {LETTER}"]
    assert desk.told[-1].is_trouble
    assert files_in(desk.folder) == {
        "done/2026-W47/pipeline.xlsx",
        "rejected/letter.xlsx",
        "rejected/letter.xlsx.html",
    }
    assert {path: path.read_bytes() for path in desk.site.rglob("*") if path.is_file()} == before


def test_errors_in_the_data_are_published_unless_strict_is_asked_for(desk: Desk) -> None:
    write_team(desk.folder / "pipeline.xlsx", kickoff=WRONG_DATE)
    assert shortly(desk.once()) == ["published pipeline.xlsx, week 2026-W47"]
    desk.asks(strict=True)
    write_team(desk.folder / "pipeline.xlsx", kickoff=WRONG_DATE, as_of="2026-11-19")
    (line,) = desk.once()
    assert line.startswith("rejected pipeline.xlsx: 1 error in the data. The first: Opportunities!F2 (Acme, Alpha): ")
    assert files_in(desk.folder / "rejected") == {"pipeline.xlsx", "pipeline.xlsx.html", "pipeline marked.xlsx"}


def test_an_older_week_does_not_take_the_place_of_a_newer_one_of_its_team(desk: Desk) -> None:
    for name, team, as_of in (("n47", "North", "2026-11-18"), ("s46", "South", "2026-11-11")):
        write_team(desk.folder / f"{name}.xlsx", team, as_of)
        assert shortly(desk.once())[0].startswith("published")
    write_team(desk.folder / "n45.xlsx", "North", "2026-11-04")
    assert desk.once() == [
        (
            "rejected n45.xlsx: it stands for week 2026-W45, and week 2026-W47 of the team 'North' is published "
            "already. Fix: put the newest copy into the inbox; a corrected copy of a past week is taken into the "
            "history by milestone-reports import."
        )
    ]


def test_a_companion_that_cannot_be_read_is_not_the_workbooks_fault(desk: Desk, tmp_path: Path) -> None:
    write_team(desk.folder / "pipeline.xlsx")
    desk.asks(companion=tmp_path / "rules.xlsx")
    assert desk.once() == [
        (
            f"pipeline.xlsx was not published and stays in the inbox: {tmp_path / 'rules.xlsx'}: no such file. "
            "Fix: check the name and the folder."
        )
    ]
    assert files_in(desk.folder) == {"pipeline.xlsx"}


def test_a_publishing_that_fails_leaves_the_file_tells_it_once_and_is_tried_again(desk: Desk) -> None:
    desk.site.write_text("a file in the way")
    write_team(desk.folder / "pipeline.xlsx")
    told = desk.watch(nothing, nothing, nothing, desk.site.unlink, nothing)
    assert shortly(told) == [
        (
            "pipeline.xlsx was not published and stays in the inbox: "
            f"Output folder '{desk.site}': there is a file of this name; a site needs a folder of its own. "
            "Fix: name another with -o."
        ),
        "published pipeline.xlsx, week 2026-W47",
    ]


def test_one_file_that_fails_does_not_keep_the_others_from_being_taken(desk: Desk) -> None:
    (desk.folder / "rejected").mkdir()
    (desk.folder / "rejected/.making").write_text("a file in the way")
    (desk.folder / "letter.xlsx").write_text("Dear team")
    write_team(desk.folder / "pipeline.xlsx")
    told = desk.once()
    assert sorted(shortly(told)) == [
        f"letter.xlsx was not published and stays in the inbox: file exists at '{desk.folder}/rejected/.making'",
        "published pipeline.xlsx, week 2026-W47",
    ]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a user whom files can be denied")
def test_a_file_that_another_program_holds_is_waited_for(desk: Desk) -> None:
    file = write_team(desk.folder / "pipeline.xlsx")
    file.chmod(0)
    told = desk.watch(nothing, nothing, lambda: file.chmod(0o600), nothing)
    assert shortly(told) == [
        "pipeline.xlsx cannot be opened and stays in the inbox: permission denied",
        "published pipeline.xlsx, week 2026-W47",
    ]


# --- what happens meanwhile ---


def test_a_file_that_was_published_but_not_moved_is_only_moved(desk: Desk) -> None:
    write_team(desk.folder / "pipeline.xlsx")
    desk.once()
    manifest = (desk.site / "manifest.json").stat().st_mtime_ns
    (desk.folder / "done/2026-W47/pipeline.xlsx").rename(desk.folder / "pipeline.xlsx")
    assert desk.once() == ["moved pipeline.xlsx to done: it was published before, week 2026-W47"]
    assert files_in(desk.folder) == {"done/2026-W47/pipeline.xlsx"}
    assert (desk.site / "manifest.json").stat().st_mtime_ns == manifest


def test_a_file_that_cannot_be_moved_is_not_published_again_but_moved_when_it_can_be(desk: Desk) -> None:
    in_the_way = desk.folder / "done/2026-W47"
    in_the_way.parent.mkdir()
    in_the_way.write_text("a file")
    write_team(desk.folder / "pipeline.xlsx")
    assert desk.watch(nothing, nothing, nothing, in_the_way.unlink, nothing) == [
        "pipeline.xlsx is published, week 2026-W47, but cannot be moved to done: file exists",
        "moved pipeline.xlsx to done: it was published before, week 2026-W47",
    ]


def test_a_file_that_was_published_is_published_again_where_the_site_is_gone(desk: Desk) -> None:
    for _ in range(2):
        write_team(desk.folder / "pipeline.xlsx")
        shutil.rmtree(desk.site, ignore_errors=True)
        assert shortly(desk.once()) == ["published pipeline.xlsx, week 2026-W47"]


def test_an_inbox_that_vanishes_is_told_once_and_nothing_in_it_is_lost(desk: Desk) -> None:
    away = desk.folder.with_name("away")
    write_team(desk.folder / "pipeline.xlsx")
    told = desk.watch(lambda: desk.folder.rename(away), nothing, nothing, lambda: away.rename(desk.folder), nothing)
    assert shortly(told) == [
        f"{desk.folder} cannot be reached (no such file or directory); waiting for it",
        f"{desk.folder} is back",
        "published pipeline.xlsx, week 2026-W47",
    ]


def test_a_file_that_is_taken_away_again_is_forgotten(desk: Desk) -> None:
    file = desk.folder / "pipeline.xlsx"
    assert desk.watch(lambda: write_team(file), file.unlink, nothing) == []


def test_once_leaves_a_file_that_does_not_stop_changing(desk: Desk) -> None:
    log = desk.folder / "log.csv"
    log.write_text("x")
    times = count()
    told = desk.once(lambda: os.utime(log, (0, next(times))))
    assert told == ["log.csv: still changing after 72 seconds; left for the next time"]
    assert files_in(desk.folder) == {"log.csv"}
