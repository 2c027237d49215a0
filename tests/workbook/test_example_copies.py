"""The earlier copies of an example, read back from their files and compared as a build compares them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.team import Team
from milestone_reports.history.changes import WhatChanged
from milestone_reports.history.remembering import as_remembered
from milestone_reports.history.rewriting import rewritten
from milestone_reports.history.rewritten import Rewritten
from milestone_reports.history.snapshots import Past, Snapshot, identity
from milestone_reports.history.what_changed import what_changed
from milestone_reports.workbook.example.copies import earlier_copies, write_with_copies
from milestone_reports.workbook.example.write import ExampleKind, example_contents, write_example
from milestone_reports.workbook.reading.assemble import read_team

AS_OF = date(2026, 11, 22)
SIX = 6
MILESTONES = ("Qualification", "Discovery", "Proof", "Contract")
IN_THE_LAST_WEEK = {
    "new", "advanced", "stepped back", "won", "lost", "reopened", "removed", "slipped", "pulled in", "reassigned",
    "revalued",
}  # fmt: skip


class Step(NamedTuple):
    """A copy, and what it says otherwise than the ones before it."""

    team: Team
    remembered: Team
    as_of: date
    changed: WhatChanged | None
    rewritten: Sequence[Rewritten]


def steps(workbook: Path, copies: Path) -> list[Step]:
    """Each copy and then the workbook, beside all before it."""
    taken: list[Snapshot] = []
    found = []
    for number, path in enumerate((*sorted(copies.iterdir()), workbook), start=1):
        reading = read_team(path, None, None, AS_OF)
        team, as_of = reading.team, reading.as_of
        remembered, past = as_remembered(team, as_of, Past(tuple(taken)))
        found.append(
            Step(team, remembered, as_of, what_changed(remembered, as_of, past), rewritten(remembered, as_of, past))
        )
        rows = {identity(one): one for one in team.opportunities}
        taken.append(Snapshot(number, as_of, team.week_of(as_of), path.name, team.tracks, rows))
    return found


@pytest.fixture(scope="module")
def new_business(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Step]:
    workbook = tmp_path_factory.mktemp("copies") / "team.xlsx"
    copies = write_with_copies(workbook, ExampleKind.NEW_BUSINESS, n_weeks=SIX)
    assert copies
    return steps(workbook, copies)


def kinds(step: Step) -> Mapping[str, int]:
    return Counter(change.kind for change in step.changed.changes) if step.changed else {}


def test_each_copy_is_named_after_the_sunday_that_it_stands_for(tmp_path: Path) -> None:
    copies = write_with_copies(tmp_path / "team.xlsx", ExampleKind.PARTNER_RECRUITMENT, n_weeks=2)
    assert copies == tmp_path / "team_weeks"
    assert sorted(path.name for path in copies.iterdir()) == ["team 2026-11-08.xlsx", "team 2026-11-15.xlsx"]
    reading = read_team(copies / "team 2026-11-08.xlsx", None, None, AS_OF)
    assert reading.team.settings.as_of == date(2026, 11, 8)
    assert reading.team.source.saved_at
    assert reading.team.source.saved_at.date() == date(2026, 11, 9)


def test_the_same_seed_gives_the_same_bytes_however_many_copies_are_made(tmp_path: Path) -> None:
    for name, n_weeks in (("one", 1), ("two", 3)):
        (tmp_path / name).mkdir()
        write_with_copies(tmp_path / name / "team.xlsx", ExampleKind.EXISTING_CLIENTS, seed=7, n_weeks=n_weeks)
    last = "team_weeks/team 2026-11-15.xlsx"
    assert (tmp_path / "one" / last).read_bytes() == (tmp_path / "two" / last).read_bytes()


def test_the_example_itself_is_the_same_with_copies_and_without(tmp_path: Path) -> None:
    write_example(tmp_path / "alone.xlsx", ExampleKind.PARTNER_RECRUITMENT)
    write_with_copies(tmp_path / "team.xlsx", ExampleKind.PARTNER_RECRUITMENT, n_weeks=1)
    assert (tmp_path / "team.xlsx").read_bytes() == (tmp_path / "alone.xlsx").read_bytes()


def test_a_folder_that_is_there_is_left_alone_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "team_weeks").mkdir()
    with pytest.raises(CannotGoOnError, match=r"team_weeks: a file of this name is there already"):
        write_with_copies(tmp_path / "team.xlsx", ExampleKind.PARTNER_RECRUITMENT, n_weeks=1)
    assert [path.name for path in tmp_path.iterdir()] == ["team_weeks"]


def test_every_kind_of_change_happened_in_the_last_week(new_business: Sequence[Step]) -> None:
    assert set(kinds(new_business[-1])) == IN_THE_LAST_WEEK
    assert sum(kinds(new_business[-1]).values()) < 80


def test_a_sale_was_cancelled_in_the_last_six_weeks(new_business: Sequence[Step]) -> None:
    assert sum(kinds(step).get("cancelled", 0) for step in new_business) == 1


def test_no_week_was_missed(new_business: Sequence[Step]) -> None:
    assert [step.as_of for step in new_business] == [AS_OF - timedelta(weeks=n) for n in range(SIX, -1, -1)]
    assert {step.changed.n_weeks for step in new_business if step.changed} == {1}


def test_some_plans_slipped_more_than_once(new_business: Sequence[Step]) -> None:
    last = new_business[-1].changed
    assert last
    times = [change.times for change in last.changes if change.kind == "slipped"]
    assert min(times) == 1
    assert max(times) >= 2


def test_a_completion_came_late_one_was_moved_and_one_taken_back_in_the_last_week(
    new_business: Sequence[Step],
) -> None:
    assert sorted(line.kind for line in new_business[-1].rewritten) == ["date changed", "entered late", "withdrawn"]
    assert 1 <= sum(len(step.rewritten) for step in new_business[:-1]) <= SIX


def test_the_rep_with_the_articles_target_rewrote_nothing(new_business: Sequence[Step]) -> None:
    assert not [line for step in new_business for line in step.rewritten if line.rep == "Hannah Whitlock"]


def test_the_one_that_was_handed_on_has_a_milestone_that_the_other_rep_earned(new_business: Sequence[Step]) -> None:
    last = new_business[-1].changed
    assert last
    (handed_on,) = [change for change in last.changes if change.kind == "reassigned"]
    (one,) = [one for one in new_business[-1].remembered.opportunities if one.id == handed_on.opportunity_id]
    assert handed_on.was in {entry.earned_by for entry in one.entries if entry.completed_on}


def test_no_copy_has_a_date_that_was_still_to_come() -> None:
    for day, contents in earlier_copies(ExampleKind.NEW_BUSINESS, n_weeks=SIX):
        for row in contents.opportunities:
            cells = [row.get(name) for name in (*MILESTONES, "Created", "Closed")]
            assert all(cell <= day for cell in cells if isinstance(cell, date)), row["ID"]


def test_a_copy_reads_without_problems_that_the_example_has_not(new_business: Sequence[Step]) -> None:
    known = {problem.rule for problem in new_business[-1].team.problems}
    for step in new_business[:-1]:
        assert {problem.rule for problem in step.team.problems} <= known
        assert len(step.team.problems) <= len(new_business[-1].team.problems)


def test_each_week_has_work_done_that_its_own_copy_shows(new_business: Sequence[Step]) -> None:
    for step in new_business:
        days = [entry.completed_on for one in step.team.opportunities for entry in one.entries if entry.completed_on]
        assert 8 <= sum(step.as_of - timedelta(days=6) <= day <= step.as_of for day in days) <= 30
        assert step.changed is None or 60 <= step.changed.flow.end.n <= 110


@pytest.mark.parametrize("kind", [kind for kind in ExampleKind if kind is not ExampleKind.NEW_BUSINESS])
def test_the_small_examples_have_a_history_too(tmp_path: Path, kind: ExampleKind) -> None:
    copies = write_with_copies(tmp_path / "team.xlsx", kind, n_weeks=3)
    assert copies
    found = steps(tmp_path / "team.xlsx", copies)
    happened = {name for step in found for name in kinds(step)}
    assert happened >= {"new", "advanced", "lost", "slipped", "reassigned", "removed"}
    assert any(step.rewritten for step in found)
    assert all(problem.rule == "evidence_missing" for step in found for problem in step.team.problems)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_seed_has_copies_of_a_whole_year(seed: int) -> None:
    sizes = [len(contents.opportunities) for _, contents in earlier_copies(ExampleKind.NEW_BUSINESS, seed, n_weeks=52)]
    assert len(sizes) == 52
    assert 200 < sizes[0] < sizes[-1] <= len(example_contents(ExampleKind.NEW_BUSINESS, seed).opportunities) + 2
