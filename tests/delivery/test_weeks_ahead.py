"""A newest week that has not begun, or that was built elsewhere: what is refused, and which way is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import rmtree

import pytest
from offices import Office, names, silent, team_workbook

from milestone_reports.build import Request, build
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.history.store import Store

TUESDAY = date(2026, 11, 24)
"""Of week 48."""


def refused(office: Office, week: str = "", today: date = TUESDAY) -> str:
    with pytest.raises(CannotGoOnError) as error:
        office.gather(week=week, today=today)
    return str(error.value)


def look_ahead(office: Office, workbook: Path, as_of: date) -> None:
    request = Request((workbook,), office.folder / "look", TUESDAY, html=False, data=False, archive=True)
    build(replace(request, state=office.state, as_of=as_of), silent)


def test_a_week_that_has_not_begun_is_refused_and_the_way_back_is_a_way(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.build(team_workbook(tmp_path / "north.xlsx", "2026-W48"))
    told = (
        "Week 2026-W48: it is not sent, as it begins on 2026-11-23, after today, 2026-11-22. Fix: if its day was a "
        "slip, delete the folder 2026-W48 in the site, forget the week with milestone-reports history forget 2026-W48, "
        "correct As of, or --as-of, and build once more."
    )
    sunday = date(2026, 11, 22)
    assert refused(office, today=sunday) == refused(office, "2026-W48", today=sunday) == told
    assert office.gather(today=date(2026, 11, 23)).letters
    rmtree(office.site / "2026-W48")
    with Store.open(office.state) as store:
        store.forget([entry.number for entry in store.entries()])
    office.build(team_workbook(tmp_path / "north.xlsx", "2026-W47"))
    assert office.gather(today=sunday).week == "2026-W47"


def test_after_a_look_ahead_into_another_folder_the_week_of_the_site_is_named(tmp_path: Path) -> None:
    office = Office(tmp_path)
    workbook = team_workbook(tmp_path / "north.xlsx")
    office.build(workbook)
    look_ahead(office, workbook, TUESDAY)
    told = (
        f"{office.site}: the site there is of 2026-W47, and 2026-W48 was published since, in another folder. Fix: send "
        "what is there with --week 2026-W47, or name the folder of the site of 2026-W48."
    )
    assert refused(office) == told
    office.build(team_workbook(workbook, kickoff="2026-11-04"))
    assert refused(office) == told
    post = office.gather(week="2026-W47", today=TUESDAY)
    assert names(post.letters) == ["Ann Archer", "Bea Baker", "mo@north.example"]
    assert post.letters[0].pdf == (office.site / "reps/ann-archer.pdf").read_bytes()


def test_a_look_at_a_week_to_come_names_the_week_of_the_site_too(tmp_path: Path) -> None:
    office = Office(tmp_path)
    workbook = team_workbook(tmp_path / "north.xlsx")
    office.build(workbook)
    look_ahead(office, workbook, TUESDAY)
    assert refused(office, today=date(2026, 11, 22)).endswith("; to send what is in the folder, name --week 2026-W47.")


def test_a_site_that_nobody_published_names_no_week(tmp_path: Path) -> None:
    office = Office(tmp_path)
    workbook = team_workbook(tmp_path / "north.xlsx")
    office.build(workbook)
    look_ahead(office, workbook, TUESDAY)
    office.build(team_workbook(workbook, kickoff="2026-11-04"), kept=False)
    assert "what is there of 2026-W48 is not what was published of it last" in refused(office)
