from __future__ import annotations

import re
from datetime import datetime
from importlib import import_module
from operator import attrgetter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from milestone_reports.scorecards.compose import team_site
from milestone_reports.workbook.example.kinds import AS_OF
from milestone_reports.workbook.example.write import ExampleKind, write_example
from milestone_reports.workbook.reading.assemble import read_team

TOUR = Path(__file__).parents[1] / "docs/tour.md"
SOURCE = TOUR.parents[1] / "src"
LINKS = re.findall(r"\[([^]]+)\]\(([^)]+)\)", TOUR.read_text(encoding="utf-8"))
DEFINED = [(text.strip("`"), path) for text, path in LINKS if text.startswith("`")]


@pytest.mark.parametrize("path", sorted({path for _, path in LINKS}))
def test_what_the_tour_links_to_is_there(path: str) -> None:
    assert (TOUR.parent / path).exists()


@pytest.mark.parametrize(("name", "path"), sorted(set(DEFINED)))
def test_what_the_tour_names_is_defined_in_the_file_it_links_to(name: str, path: str) -> None:
    file = (TOUR.parent / path).resolve()
    module = import_module(".".join(file.relative_to(SOURCE).with_suffix("").parts))
    named = attrgetter(name)(module)
    # What is imported there from elsewhere is not defined there; commands and constants do not say where they are from.
    assert getattr(named, "__module__", module.__name__) in {module.__name__, "click.core"}


def test_the_tour_goes_through_every_step_of_the_chain() -> None:
    chain = ["workbook", "domain", "metrics", "history", "scorecards", "render", "publish", "delivery"]
    headings = re.findall(r"^## (\w+):", TOUR.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == chain


def test_the_tours_cell_is_one_of_the_four_done_on_the_card(tmp_path: Path) -> None:
    workbook = tmp_path / "new_business.xlsx"
    write_example(workbook, ExampleKind.NEW_BUSINESS)
    sheet = load_workbook(workbook)["Opportunities"]
    assert sheet["Q1"].value == "Proof"
    assert sheet["Q562"].value == datetime(2026, 11, 19)  # noqa: DTZ001  a cell knows no time zone

    reading = read_team(workbook, None, None, AS_OF)
    hannah = team_site(reading.team, reading.as_of).reps[0]
    assert hannah.rep == "Hannah Whitlock"
    week = hannah.this_week
    # The ledger also ticks what was planned for this week and done ahead of it.
    done = [item for item in week.items if item.state == "done" and item.on and item.on >= week.first_on]
    assert week.done == len(done) == 4
    assert ("Galloway Glass", "Gearbox retrofit", "Proof", False) in [
        (item.account, item.opportunity, item.milestone, item.planned_here) for item in done
    ]
    claimed = [item.account for item in hannah.last_week.items if item.state == "claimed"]
    assert claimed == ["Verwood Mills"]
    # 12 contracts of 4 milestones, times 2.36, over 48 weeks.
    multiplier = hannah.tracks[0].multiplier
    assert (multiplier.decided[0], multiplier.sales, round(multiplier.value, 2)) == (273, 67, 2.36)
    assert round(week.target or 0, 1) == 2.4
