"""A real CRM export, counted twice: by the program, and here by plain arithmetic on the cells."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

DATA = Path(os.environ.get("MILESTONE_REPORTS_DATA", Path(__file__).parents[2] / "shared" / "data"))
EXPORT = DATA / "crm_export_date_entered.xlsx"
MILESTONES = [
    "Lead Generation",
    "Qualified lead",
    "Needs Assessment",
    "Proposal/Quote Preparation",
    "Negotiation",
    "Closing",
]
AS_OF = date(2025, 3, 31)

pytestmark = [
    pytest.mark.skipif(
        not EXPORT.exists(), reason="the export is not part of the project; MILESTONE_REPORTS_DATA names it"
    ),
    pytest.mark.filterwarnings("ignore:Workbook contains no default style"),
]


@pytest.fixture(scope="module")
def companion(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("companion") / "companion.xlsx"
    book = Workbook()
    settings = book.active
    assert settings is not None
    settings.title = "Settings"
    for row in (["Setting", "Value"], ["Team", "CRM team"]):
        settings.append(row)
    milestones = book.create_sheet("Milestones")
    milestones.append(["Milestone", "Order"])
    for order, name in enumerate(MILESTONES, start=1):
        milestones.append([name, order])
    book.save(path)
    return path


def shown(companion: Path, as_of: date) -> Any:  # noqa: ANN401  whatever the JSON holds
    command = [sys.executable, "-m", "milestone_reports", "show", str(EXPORT), "--with", str(companion)]
    run = subprocess.run([*command, "--as-of", as_of.isoformat(), "--format", "json"], capture_output=True, check=True)
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def site(companion: Path) -> Any:  # noqa: ANN401  whatever the JSON holds
    return shown(companion, AS_OF)


Row = tuple[list[date | None], date | None]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Each deal's six milestone dates and its loss date, straight from the cells."""
    sheet = load_workbook(EXPORT, read_only=True)["Deals"]
    lines: Iterator[tuple[object, ...]] = sheet.iter_rows(values_only=True)
    header = list(next(lines))
    columns = [header.index(f"Date entered {name}") for name in MILESTONES]
    lost = header.index("Lost time")

    def day(value: object) -> date | None:
        return value.date() if isinstance(value, datetime) else None

    return [([day(line[column]) for column in columns], day(line[lost])) for line in lines]


def reached_counts(rows: list[Row], as_of: date) -> list[int]:
    counts = [0] * 6
    for dates, _ in rows:
        furthest = max((k for k in range(6) if (day := dates[k]) and day <= as_of), default=-1)
        for k in range(furthest + 1):
            counts[k] += 1
    return counts


def credited_in(rows: list[Row], as_of: date, year: int) -> list[int]:
    """Strict gate order: all dates up to k are there, and the latest of them lies in the year."""
    counts = [0] * 6
    for dates, _ in rows:
        for k in range(6):
            gates = [day for day in dates[: k + 1] if day and day <= as_of]
            if len(gates) == k + 1 and max(gates).year == year:
                counts[k] += 1
    return counts


def decided_counts(rows: list[Row], as_of: date) -> tuple[list[int], list[int], list[int]]:
    """Of those that reached k: lost while k was their last, lost at k or later, won."""
    lost_here, lost_later, won = [0] * 6, [0] * 6, [0] * 6
    for dates, lost_on in rows:
        furthest = max((k for k in range(6) if (day := dates[k]) and day <= as_of), default=-1)
        sold = furthest == 5
        lost = not sold and lost_on is not None and lost_on <= as_of
        for k in range(furthest + 1):
            won[k] += sold
            lost_later[k] += lost
        if lost and furthest >= 0:
            lost_here[furthest] += 1
    return lost_here, lost_later, won


def team_track(site: Any) -> Any:  # noqa: ANN401  whatever the JSON holds
    (track,) = site["rollup"]["tracks"]
    return track["card"]


def test_all_deals_are_read_and_the_columns_after_the_sale_are_no_milestones(site: Any) -> None:  # noqa: ANN401
    assert site["stamp"]["n_opportunities"] == 1995
    assert team_track(site)["milestones"] == MILESTONES
    assert len(site["reps"]) == 1185


@pytest.mark.parametrize("as_of", [AS_OF, date(2024, 8, 15)])
def test_reached_counts_agree_with_a_count_of_the_cells(companion: Path, rows: list[Row], as_of: date) -> None:
    lines = team_track(shown(companion, as_of))["conversion"]
    assert [line["reached"] for line in lines] == reached_counts(rows, as_of)


@pytest.mark.parametrize("as_of", [AS_OF, date(2024, 12, 31)])
def test_credited_counts_agree_with_a_count_of_the_cells(companion: Path, rows: list[Row], as_of: date) -> None:
    lines = team_track(shown(companion, as_of))["by_milestone"]
    assert [line["credited"] for line in lines] == credited_in(rows, as_of, as_of.year)


def test_the_reps_credited_counts_add_up_to_those_of_the_cells(site: Any, rows: list[Row]) -> None:  # noqa: ANN401
    totals = [0] * 6
    for card in site["reps"]:
        for k, line in enumerate(card["tracks"][0]["by_milestone"]):
            totals[k] += line["credited"]
    assert totals == credited_in(rows, AS_OF, 2025)


@pytest.mark.parametrize("as_of", [AS_OF, date(2024, 8, 15)])
def test_rates_so_far_agree_with_a_count_of_the_cells(companion: Path, rows: list[Row], as_of: date) -> None:
    lines = team_track(shown(companion, as_of))["conversion"]
    reached = reached_counts(rows, as_of)
    lost_here, lost_later, won = decided_counts(rows, as_of)
    for k in range(5):
        moved_on, gone = reached[k + 1], [line["presumed_lost_here"] for line in lines[k:]]
        # Who is presumed lost, by how many days, is counted apart in tests/scorecards/test_against_plain_arithmetic.py.
        to_next, to_sale = lines[k]["to_next"], lines[k]["to_sale"]
        assert (to_next["passed"], to_next["decided"]) == (moved_on, moved_on + lost_here[k] + gone[0])
        assert to_next["value"] == pytest.approx(moved_on / (moved_on + lost_here[k] + gone[0]))
        assert (to_sale["passed"], to_sale["decided"]) == (won[k], won[k] + lost_later[k] + sum(gone))
        assert to_sale["value"] == pytest.approx(won[k] / (won[k] + lost_later[k] + sum(gone)))
        assert lines[k]["open_here"] == reached[k] - moved_on - lost_here[k] - gone[0]
