"""Real weekly exports, compared twice: by the program, and here straight on the cells with no code of the program's."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from weekly_copies import copy, past

from milestone_reports.domain.names import person_key
from milestone_reports.domain.team import Team
from milestone_reports.history.changes import Flow, WhatChanged
from milestone_reports.history.remembering import as_remembered
from milestone_reports.history.restating import restated_weeks
from milestone_reports.history.rewriting import rewritten
from milestone_reports.history.rewritten import RestatedWeek, Rewritten
from milestone_reports.history.what_changed import TeamChanges, team_changes
from milestone_reports.workbook.reading.assemble import read_team

DATA = Path(os.environ.get("MILESTONE_REPORTS_DATA", Path(__file__).parents[3] / "shared" / "data")) / "weekly"
DAYS = (date(2026, 1, 3), date(2026, 1, 10), date(2026, 1, 17), date(2026, 1, 24))
FIFTH = date(2026, 1, 31)
FIRST_ROW = 5
STAGES = ["Prospecting", "Qualification", "Proposal", "Negotiation", "Commitment"]
ID, CLIENT, OWNER, STAGE, STATUS, AMOUNT, CREATED, CLOSED = 1, 2, 4, 7, 8, 9, 12, 14

pytestmark = [
    pytest.mark.skipif(
        not DATA.exists(), reason="the exports are not part of the project; MILESTONE_REPORTS_DATA names their folder"
    ),
    pytest.mark.filterwarnings("ignore:Workbook contains no default style"),
]


class Line(NamedTuple):
    """One row of an export."""

    owner: str
    stage: str
    status: str
    amount: float

    @property
    def is_open(self) -> bool:
        return self.status == "Open"


Lines = dict[str, Line]
Kinds = set[tuple[str, str]]


def file_of(on: date) -> Path:
    return DATA / f"pipeline_{on}.xlsx"


def lines_of(path: Path) -> Lines:
    """The rows of an export by their ids."""
    rows = load_workbook(path, read_only=True)["Pipeline"].iter_rows(min_row=FIRST_ROW, values_only=True)
    return {
        str(row[ID - 1]): Line(
            str(row[OWNER - 1]), str(row[STAGE - 1]), str(row[STATUS - 1]), float(str(row[AMOUNT - 1]))
        )
        for row in rows
        if str(row[ID - 1]).startswith("OPP-")
    }


def kinds_by_cells(then: Lines, now: Lines) -> Kinds:
    """Which kinds of change each id has, from nothing but the cells."""
    found: Kinds = set()
    for one in then.keys() | now.keys():
        was, line = then.get(one), now.get(one)
        if line is None:
            found.add(("removed", one))
        elif was is None:
            found.add(("new" if line.is_open else ended(line), one))
        else:
            found |= {(kind, one) for kind in kinds_of_row(was, line)}
    return found


def kinds_of_row(was: Line, line: Line) -> set[str]:
    kinds = {"reassigned"} if was.owner != line.owner else set()
    kinds |= {"revalued"} if was.amount != line.amount else set()
    if was.is_open and line.is_open and was.stage != line.stage:
        kinds |= {"advanced" if STAGES.index(line.stage) > STAGES.index(was.stage) else "stepped back"}
    if was.status != line.status:
        kinds |= {"reopened" if line.is_open else ended(line)}
    return kinds


def ended(line: Line) -> str:
    return {"Closed Won": "won", "Closed Lost": "lost"}[line.status]


def flow_by_cells(then: Lines, now: Lines, owner: str | None) -> dict[str, tuple[int, float]]:
    """The parts of a flow from the cells, of everyone or of one owner: how many, and their amounts."""
    was = {one: line for one, line in then.items() if line.is_open}
    has = {one: line for one, line in now.items() if line.is_open}
    mine = [one for one, line in was.items() if owner in {None, line.owner}]
    kept = [one for one in mine if one in now and owner in {None, now[one].owner}]
    mine_now = [one for one, line in has.items() if owner in {None, line.owner}]
    came = [
        one for one in was if one in now and owner is not None and now[one].owner == owner and was[one].owner != owner
    ]
    decided = [*kept, *came]
    return {
        "start": (len(mine), sum(was[one].amount for one in mine)),
        "new": summed([one for one in mine_now if one not in then], now),
        "reopened": summed([one for one in mine_now if one in then and one not in was], now),
        "moved_in": summed(came, was),
        "moved_out": summed([one for one in mine if one in now and one not in kept], was),
        "won": summed([one for one in decided if now[one].status == "Closed Won"], was),
        "lost": summed([one for one in decided if now[one].status == "Closed Lost"], was),
        "removed": summed([one for one in mine if one not in now], was),
        "end": summed(mine_now, has),
    }


def summed(ids: Sequence[str], lines: Lines) -> tuple[int, float]:
    return len(ids), sum(lines[one].amount for one in ids)


class Read(NamedTuple):
    """What the program makes of an export beside those before it."""

    team: Team
    changes: TeamChanges | None
    rewritten: tuple[Rewritten, ...]
    restated: tuple[RestatedWeek, ...]


def read_in_order(*files: tuple[date, Path]) -> Read:
    teams = [read_team(path, None, on, on).team for on, path in files]
    copies = [
        copy(on, team.opportunities, tracks=team.tracks) for (on, _), team in zip(files[:-1], teams, strict=False)
    ]
    as_of = files[-1][0]
    team, before = as_remembered(teams[-1], as_of, past(*copies))
    changes = team_changes(team, as_of, before)
    return Read(team, changes, rewritten(team, as_of, before), restated_weeks(team, as_of, before))


def kinds_told(found: WhatChanged) -> list[tuple[str, str]]:
    return [(change.kind, change.opportunity_id.partition(" | ")[0]) for change in found.changes]


def agree(flow: Flow, expected: dict[str, tuple[int, float]]) -> None:
    for part, (n, value) in expected.items():
        assert (getattr(flow, part).n, getattr(flow, part).value) == (n, pytest.approx(value)), part
    assert flow.undated.n == 0
    came = sum(expected[part][1] for part in ("start", "new", "reopened", "moved_in"))
    went = sum(expected[part][1] for part in ("won", "lost", "removed", "moved_out"))
    assert flow.revalued == pytest.approx(expected["end"][1] - came + went)


def hold_together(found: Read, then: Lines, now: Lines) -> Counter[str]:
    """Kinds and flows, of the team and of each owner, are those of the cells."""
    assert found.changes is not None
    expected = kinds_by_cells(then, now)
    told = kinds_told(found.changes.of_team)
    assert len(told) == len(set(told))
    assert set(told) == expected
    agree(found.changes.of_team.flow, flow_by_cells(then, now, None))
    owners = {line.owner for line in (*then.values(), *now.values())}
    assert set(found.changes.by_person) == {person_key(owner) for owner in owners}
    for owner in owners:
        of_owner = {(kind, one) for kind, one in expected if owner in owners_of(kind, then.get(one), now.get(one))}
        assert set(kinds_told(found.changes.of(owner))) == of_owner
        agree(found.changes.of(owner).flow, flow_by_cells(then, now, owner))
    return Counter(kind for kind, _ in expected)


def owners_of(kind: str, was: Line | None, line: Line | None) -> set[str]:
    """Whom a change is told to: who has it now, who had what is gone, and both where it changed hands."""
    now = {line.owner} if line else set()
    return now | ({was.owner} if was and (kind == "reassigned" or not line) else set())


@pytest.mark.parametrize(
    ("step", "counts"),
    [
        (1, {"new": 29, "advanced": 88}),
        (2, {"new": 21, "advanced": 110, "lost": 1}),
        (3, {"new": 26, "advanced": 90, "won": 8, "removed": 1}),
    ],
)
def test_each_week_after_the_first_agrees_with_a_comparison_of_the_cells(step: int, counts: dict[str, int]) -> None:
    found = read_in_order(*((on, file_of(on)) for on in DAYS[: step + 1]))
    told = hold_together(found, lines_of(file_of(DAYS[step - 1])), lines_of(file_of(DAYS[step])))
    assert told == counts
    assert (found.rewritten, found.restated) == ((), ())


def test_in_the_first_week_nothing_is_said_to_have_changed() -> None:
    assert read_in_order((DAYS[0], file_of(DAYS[0]))).changes is None


class Fifth:
    """A fifth export: the newest with what a test plants in it."""

    def __init__(self) -> None:
        self.book = load_workbook(file_of(DAYS[-1]))
        self.page: Worksheet = self.book["Pipeline"]
        self.page["B2"] = datetime(2026, 1, 31)  # noqa: DTZ001  a cell's date has no time zone
        self.planted: Kinds = set()
        open_rows = [row for row in range(FIRST_ROW, self.page.max_row) if self.page.cell(row, STATUS).value == "Open"]
        self.rows = iter(open_rows[::9])
        """Open rows, none of them taken twice."""

    def row_at(self, *stages: str) -> int:
        return next(row for row in self.rows if self.page.cell(row, STAGE).value in stages)

    def plant(self, kind: str, row: int, column: int, value: object) -> None:
        cell = self.page.cell(row, column)
        assert cell.value != value
        cell.value = value  # type: ignore[assignment]
        self.planted.add((kind, str(self.page.cell(row, ID).value)))


@pytest.fixture
def fifth(tmp_path: Path) -> tuple[Path, Kinds]:
    made = Fifth()
    for _ in range(4):
        row = made.row_at(*STAGES)
        now = "Quinn Thomas" if made.page.cell(row, OWNER).value != "Quinn Thomas" else "Sage Young"
        made.plant("reassigned", row, OWNER, now)
    for times in (0.5, 2, 1.01):
        row = made.row_at(*STAGES)
        made.plant("revalued", row, AMOUNT, round(float(str(made.page.cell(row, AMOUNT).value)) * times, 2))
    for stage, new in (("Prospecting", "Proposal"), ("Qualification", "Proposal"), ("Negotiation", "Commitment")):
        made.plant("advanced", made.row_at(stage), STAGE, new)
    for stage, new in (("Proposal", "Prospecting"), ("Negotiation", "Proposal")):
        made.plant("stepped back", made.row_at(stage), STAGE, new)
    for status, kind in (("Closed Won", "won"), ("Closed Lost", "lost"), ("Closed Won", "won")):
        row = made.row_at("Negotiation", "Commitment")
        made.plant(kind, row, STATUS, status)
        made.page.cell(row, STAGE).value = status
    everything = made.row_at("Qualification")
    made.plant("advanced", everything, STAGE, "Negotiation")
    made.plant("revalued", everything, AMOUNT, 123_456.0)
    now = "Alex Martin" if made.page.cell(everything, OWNER).value != "Alex Martin" else "Drew Anderson"
    made.plant("reassigned", everything, OWNER, now)
    for row in sorted((made.row_at(*STAGES) for _ in range(5)), reverse=True):
        made.planted.add(("removed", str(made.page.cell(row, ID).value)))
        made.page.delete_rows(row)
    path = tmp_path / f"pipeline_{FIFTH}.xlsx"
    made.book.save(path)
    return path, made.planted


def test_in_a_fifth_export_every_planted_change_is_found_and_nothing_else(fifth: tuple[Path, Kinds]) -> None:
    path, planted = fifth
    found = read_in_order(*((on, file_of(on)) for on in DAYS), (FIFTH, path))
    assert found.changes is not None
    assert set(kinds_told(found.changes.of_team)) == planted
    counts = hold_together(found, lines_of(file_of(DAYS[-1])), lines_of(path))
    assert counts == {
        "removed": 5, "reassigned": 5, "revalued": 4, "advanced": 4, "stepped back": 2, "won": 2, "lost": 1,
    }  # fmt: skip
    assert found.rewritten == ()
    rows = [(row.why, row.opportunity_id.partition(" | ")[0]) for week in found.restated for row in week.rows]
    # What was observed in a past week counts no longer where its row is gone or steps back, and nobody wrote it anew.
    assert set(rows) <= {("removed", one) for _, one in planted} | {("no longer credited", one) for _, one in planted}
    assert [(week.week, week.published, week.now) for week in found.restated] == [
        ("2026-W02", 150, 148),
        ("2026-W03", 147, 145),
    ]
