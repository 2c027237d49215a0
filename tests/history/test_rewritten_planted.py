"""Five weekly copies of a made-up workbook of 606 rows; what is planted in the fifth is found, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from weekly_copies import copy, end_count, end_value, past, the_day

from milestone_reports.domain.calendar import Week
from milestone_reports.domain.team import Team
from milestone_reports.history.changes import Change
from milestone_reports.history.remembering import as_remembered
from milestone_reports.history.restating import restated_weeks
from milestone_reports.history.rewriting import rewritten
from milestone_reports.history.snapshots import Past
from milestone_reports.history.what_changed import TeamChanges, team_changes
from milestone_reports.workbook.example.write import ExampleKind, example_contents
from milestone_reports.workbook.reading.assemble import read_team
from milestone_reports.workbook.starter.sheets import CellValue
from milestone_reports.workbook.starter.write import write_contents

DAYS = tuple(map(the_day, ("10-25", "11-01", "11-08", "11-15", "11-22")))
"""The Sundays of weeks 43 to 47. With seven days of grace, what is dated up to 8 November was due by the 15th."""
MILESTONES = ("Qualification", "Discovery", "Proof", "Contract")
NATURAL = {"new", "advanced", "won", "lost"}
"""What happens in a week in which nobody writes anything anew."""

Row = dict[str, CellValue]
Kinds = set[tuple[str, str]]


class Found(NamedTuple):
    """What the program finds in the fifth copy."""

    changes: TeamChanges
    kinds: Kinds
    rewritten: set[tuple[str, str, str]]
    restated: set[tuple[str, str, str, str, int]]

    def change(self, kind: str, id_: object) -> Change:
        (found,) = (one for one in self.changes.of_team.changes if (one.kind, one.opportunity_id) == (kind, id_))
        return found


def as_known_on(day: date, rows: Sequence[Row]) -> list[Row]:
    """The rows as they were written by a day: nothing dated later is there yet."""
    return [known(day, row) for row in rows if not later(row["Created"], day)]


def known(day: date, row: Row) -> Row:
    done: Row = {name: None for name in (*MILESTONES, "Closed") if later(row.get(name), day)}
    evidence: Row = {f"{name} evidence": None for name in done if name in MILESTONES}
    undecided: Row = {"Outcome": "open", "Lost reason": None} if "Closed" in done else {}
    return row | done | evidence | undecided


def later(value: object, day: date) -> bool:
    return isinstance(value, date) and value > day


def read_again(rows: Sequence[Row], on: date, folder: Path) -> Team:
    """The team of the rows, written as a workbook and read again."""
    contents = example_contents(ExampleKind.NEW_BUSINESS)
    path = folder / f"{on}.xlsx"
    write_contents(path, replace(contents, opportunities=rows, settings={**contents.settings, "As of": on}))
    return read_team(path, None, None, on).team


def found_in(team: Team, before: Past) -> Found:
    """What is found in the last of the copies."""
    team, remembered = as_remembered(team, DAYS[-1], before)
    changes = team_changes(team, DAYS[-1], remembered)
    assert changes is not None
    return Found(
        changes,
        {(one.kind, one.opportunity_id) for one in changes.of_team.changes},
        {(one.kind, one.opportunity_id, one.milestone) for one in rewritten(team, DAYS[-1], remembered)},
        {
            (week.week, row.why, row.opportunity_id, row.milestone, row.counts)
            for week in restated_weeks(team, DAYS[-1], remembered)
            for row in week.rows
        },
    )


@dataclass
class Planting:
    """The fifth copy's rows, what is planted in them and what is to be found of it."""

    rows: dict[str, Row]
    untouched: list[str]
    """Rows that nothing is planted in yet, and nothing happened to in the week."""
    kinds: Kinds = field(default_factory=set)
    rewritten: set[tuple[str, str, str]] = field(default_factory=set)
    restated: set[tuple[str, str, str, str, int]] = field(default_factory=set)
    by_name: dict[str, str] = field(default_factory=dict)

    def row(self, name: str, is_wanted: Callable[[Row], bool]) -> Row:
        """A row that nothing is planted in yet; its id is kept under a name."""
        id_ = next(one for one in self.untouched if is_wanted(self.rows[one]))
        self.untouched.remove(id_)
        self.by_name[name] = id_
        return self.rows[id_]

    def expect(self, name: str, *kinds: str) -> None:
        self.kinds |= {(kind, self.by_name[name]) for kind in kinds}

    def expect_rewritten(self, name: str, kind: str, milestone: str) -> None:
        self.rewritten.add((kind, self.by_name[name], milestone))

    def expect_restated(self, name: str, on: date, milestone: str, why: str, counts: int) -> None:
        self.restated.add((Week.holding(on).name, why, self.by_name[name], milestone, counts))


def day_of(row: Mapping[str, object], name: str) -> date:
    value = row[name]
    assert isinstance(value, date)
    return value


def is_open_after(milestone: str, since: str = "", until: str = "10-18", planned: str = "") -> Callable[[Row], bool]:
    """Open, with a milestone done in these days and none after it; and perhaps one planned."""
    place = MILESTONES.index(milestone)

    def is_wanted(row: Row) -> bool:
        done = row[milestone]
        return (
            row["Outcome"] == "open"
            and isinstance(row["Value"], int | float)
            and all(isinstance(row[name], date) for name in MILESTONES[: place + 1])
            and isinstance(done, date)
            and (the_day(since) if since else date.min) <= done <= the_day(until)
            and not any(row[name] for name in MILESTONES[place + 1 :])
            and (not planned or isinstance(row[f"{planned} planned"], date))
        )

    return is_wanted


def is_decided(outcome: str) -> Callable[[Row], bool]:
    """Decided before the first copy."""

    def is_wanted(row: Row) -> bool:
        dates = [value for name in (*MILESTONES, "Closed") if isinstance(value := row.get(name), date)]
        is_past = row["Closed"] and max(dates) < DAYS[0] - timedelta(days=30)
        return row["Outcome"] == outcome and bool(is_past) and isinstance(row["Value"], int | float)

    return is_wanted


def plant_late_entries(sown: Planting) -> None:
    for name, on in (("just late", "11-08"), ("in the grace", "11-09"), ("long late", "10-21")):
        row = sown.row(name, is_open_after("Qualification"))
        row["Discovery"] = the_day(on)
        sown.expect(name, "advanced")
        sown.expect_restated(
            name, the_day(on), "Discovery", "entered since" if name == "in the grace" else "entered late", 1
        )
    sown.expect_rewritten("just late", "entered late", "Discovery")
    sown.expect_rewritten("long late", "entered late", "Discovery")
    for id_, on in (("TB-9001", "09-15"), ("TB-9002", "11-16")):
        old = sown.rows[sown.by_name["just late"]]
        sown.rows[id_] = old | {"ID": id_, "Created": the_day("09-01"), "Qualification": the_day(on), "Discovery": None}
        sown.kinds.add(("new", id_))
    sown.rewritten.add(("in a new row", "TB-9001", "Qualification"))


def plant_changed_dates(sown: Planting) -> None:
    row = sown.row("changed long ago", is_open_after("Discovery"))
    row["Qualification"] = day_of(row, "Qualification") - timedelta(days=1)
    row = sown.row("changed by a week", is_open_after("Qualification", "10-26", "11-15"))
    was = day_of(row, "Qualification")
    row["Qualification"] = was - timedelta(days=7)
    for name in ("changed long ago", "changed by a week"):
        sown.expect_rewritten(name, "date changed", "Qualification")
    sown.expect_restated("changed by a week", was, "Qualification", "date changed", -1)
    sown.expect_restated("changed by a week", was - timedelta(days=7), "Qualification", "date changed", 1)


def plant_withdrawals(sown: Planting) -> None:
    for name, since, until in (("withdrawn", "10-19", "11-15"), ("withdrawn long ago", "07-01", "10-18")):
        row = sown.row(name, is_open_after("Discovery", since, until))
        was = day_of(row, "Discovery")
        row["Discovery"] = None
        sown.expect(name, "stepped back")
        sown.expect_rewritten(name, "withdrawn", "Discovery")
        if name == "withdrawn":
            sown.expect_restated(name, was, "Discovery", "withdrawn", -1)


def plant_removals(sown: Planting) -> None:
    for outcome in ("won", "lost"):
        sown.row(f"removed {outcome}", is_decided(outcome))
    sown.row("removed", is_open_after("Discovery"))
    row = sown.row("removed lately", is_open_after("Qualification", "10-19", "11-15"))
    sown.expect_restated("removed lately", day_of(row, "Qualification"), "Qualification", "removed", -1)
    for name in ("removed won", "removed lost", "removed", "removed lately"):
        sown.expect(name, "removed")
        del sown.rows[sown.by_name[name]]


def plant_moves(sown: Planting) -> None:
    for name, wanted in (("handed over", is_open_after("Discovery")), ("handed over won", is_decided("won"))):
        row = sown.row(name, wanted)
        row["Rep"] = "Marcus Bell" if row["Rep"] != "Marcus Bell" else "Tom Averill"
        sown.expect(name, "reassigned")
    for name, wanted in (("revalued", is_open_after("Discovery")), ("revalued won", is_decided("won"))):
        row = sown.row(name, wanted)
        row["Value"] = float(str(row["Value"])) + 5_000
        sown.expect(name, "revalued")
    row = sown.row("cancelled", is_decided("won"))
    row |= {"Outcome": "cancelled", "Closed": the_day("11-18")}
    sown.expect("cancelled", "cancelled")
    row = sown.row("reopened", is_decided("lost"))
    row |= {"Outcome": "open", "Closed": None, "Lost reason": None}
    sown.expect("reopened", "reopened")


def plant_plans(sown: Planting, again: str) -> None:
    sown.untouched.remove(again)
    sown.by_name["slipped again"] = again
    for name in ("slipped", "pulled in", "erased"):
        sown.row(name, is_open_after("Discovery", until="11-15", planned="Proof"))
    for name, days in (("slipped", 14), ("slipped again", 7), ("pulled in", -2)):
        row = sown.rows[sown.by_name[name]]
        row["Proof planned"] = day_of(row, "Proof planned") + timedelta(days=days)
    sown.rows[sown.by_name["erased"]]["Proof planned"] = None
    sown.expect("slipped", "slipped")
    sown.expect("slipped again", "slipped")
    sown.expect("pulled in", "pulled in")


@dataclass(frozen=True)
class Year:
    """The made-up rows, the fifth copy of them as the week went, and the copies before it."""

    fifth: list[Row]
    before: Past
    slipped: str
    """One whose plan was a week earlier in the first three copies."""


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    rows: list[Row] = [dict(row) for row in example_contents(ExampleKind.NEW_BUSINESS).opportunities]
    slipped = next(row for row in rows if is_open_after("Discovery", planned="Proof")(row))
    folder = tmp_path_factory.mktemp("earlier")
    copies = []
    for on in DAYS[:-1]:
        known_rows = as_known_on(on, rows)
        if on < DAYS[3]:
            (same,) = (row for row in known_rows if row["ID"] == slipped["ID"])
            same["Proof planned"] = day_of(slipped, "Proof planned") - timedelta(days=7)
        team = read_again(known_rows, on, folder)
        copies.append(copy(on, team.opportunities, tracks=team.tracks))
    return Year(as_known_on(DAYS[-1], rows), past(*copies), str(slipped["ID"]))


@pytest.fixture(scope="module")
def natural(year: Year, tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What is found in the fifth copy as the week went."""
    return found_in(read_again(year.fifth, DAYS[-1], tmp_path_factory.mktemp("natural")), year.before)


@pytest.fixture(scope="module")
def planted(year: Year, natural: Found, tmp_path_factory: pytest.TempPathFactory) -> tuple[Planting, Found]:
    """What is planted in the fifth copy, and what is found in it."""
    rows = {str(row["ID"]): dict(row) for row in year.fifth}
    busy = {id_ for _, id_ in natural.kinds}
    sown = Planting(rows, [id_ for id_ in rows if id_ not in busy])
    plant_plans(sown, year.slipped)
    for plant in (plant_late_entries, plant_changed_dates, plant_withdrawals, plant_removals, plant_moves):
        plant(sown)
    team = read_again(list(sown.rows.values()), DAYS[-1], tmp_path_factory.mktemp("planted"))
    return sown, found_in(team, year.before)


def test_in_a_week_in_which_nobody_writes_history_anew_nobody_is_accused(natural: Found) -> None:
    assert natural.rewritten == set()
    assert natural.restated == set()
    assert {kind for kind, _ in natural.kinds} == NATURAL


def test_every_planted_change_is_found_and_nothing_else(natural: Found, planted: tuple[Planting, Found]) -> None:
    sown, found = planted
    assert len(sown.kinds) == 20
    assert found.kinds == natural.kinds | sown.kinds


def test_every_planted_rewriting_is_found_and_nothing_else(planted: tuple[Planting, Found]) -> None:
    sown, found = planted
    assert len(sown.rewritten) == 7
    assert found.rewritten == sown.rewritten


def test_every_week_that_the_planting_moved_says_which_rows_moved_it(planted: tuple[Planting, Found]) -> None:
    sown, found = planted
    assert len(sown.restated) == 7
    assert found.restated == sown.restated


def test_the_flows_add_up_with_all_that_was_planted(planted: tuple[Planting, Found]) -> None:
    changes = planted[1].changes
    for one in (changes.of_team, *changes.by_person.values()):
        assert end_count(one.flow) == one.flow.end.n
        assert end_value(one.flow) == pytest.approx(one.flow.end.value)


def test_a_planted_slip_says_from_when_to_when_and_how_often(planted: tuple[Planting, Found]) -> None:
    sown, found = planted
    once = found.change("slipped", sown.by_name["slipped"])
    again = found.change("slipped", sown.by_name["slipped again"])
    earlier = found.change("pulled in", sown.by_name["pulled in"])
    for change, days in ((once, 14), (again, 7), (earlier, -2)):
        assert isinstance(change.was, date)
        assert change.milestone == "Proof"
        assert change.now == change.was + timedelta(days=days)
    assert (once.times, again.times, earlier.times) == (1, 2, 0)
