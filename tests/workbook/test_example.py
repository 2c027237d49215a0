"""The example workbooks, read back from the files that were written; every count is made on the cells alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.workbook.example.teams import TEAMS
from milestone_reports.workbook.example.write import ExampleKind, write_example

AS_OF = date(2026, 11, 22)
Rows = Sequence[Mapping[str, object]]


class Example:
    """An example workbook as lists of rows by column name."""

    def __init__(self, path: Path) -> None:
        self.book = load_workbook(path)
        self.opportunities = self.rows("Opportunities")
        self.milestones = [str(row["Milestone"]) for row in self.rows("Milestones")]
        self.settings = {str(row["Setting"]): row["Value"] for row in self.rows("Settings")}

    def rows(self, sheet: str) -> Rows:
        header, *rows = self.book[sheet].values
        return [dict(zip(map(str, header), row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Mapping[ExampleKind, Example]:
    folder = tmp_path_factory.mktemp("examples")
    for kind in ExampleKind:
        write_example(folder / f"{kind.value}.xlsx", kind)
    return {kind: Example(folder / f"{kind.value}.xlsx") for kind in ExampleKind}


@pytest.fixture(scope="module")
def new_business(examples: Mapping[ExampleKind, Example]) -> Example:
    return examples[ExampleKind.NEW_BUSINESS]


def day(value: object) -> date | None:
    return value.date() if isinstance(value, datetime) else None


def n_done(example: Example, rep: str, first_on: date, last_on: date) -> int:
    """Completion dates of one rep inside a range, in whatever order."""
    cells = [day(row[name]) for row in example.opportunities if row["Rep"] == rep for name in example.milestones]
    return sum(first_on <= done_on <= last_on for done_on in cells if done_on)


@pytest.mark.parametrize("kind", ExampleKind)
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, kind: ExampleKind) -> None:
    for name in ("one", "two"):
        write_example(tmp_path / f"{name}.xlsx", kind, seed=7)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_another_seed_gives_other_opportunities(tmp_path: Path, new_business: Example) -> None:
    write_example(tmp_path / "other.xlsx", ExampleKind.NEW_BUSINESS, seed=7)
    assert Example(tmp_path / "other.xlsx").opportunities != new_business.opportunities


def test_the_file_says_it_was_saved_on_the_monday_after_its_week(new_business: Example, tmp_path: Path) -> None:
    saved_at = datetime(2026, 11, 23, 7, 45)  # noqa: DTZ001  a workbook's own account has no time zone
    assert new_business.book.properties.modified == new_business.book.properties.created == saved_at
    path = tmp_path / "dates.xlsx"
    write_example(path, ExampleKind.PARTNER_RECRUITMENT)
    with ZipFile(path) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "example.xlsx"
    path.write_text("mine", "utf-8")
    with pytest.raises(CannotGoOnError, match="a file of this name is there already; nothing was written"):
        write_example(path, ExampleKind.NEW_BUSINESS)
    assert path.read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("kind", "n_reps", "n_milestones", "target_is"),
    [
        (ExampleKind.NEW_BUSINESS, 8, 4, "value"),
        (ExampleKind.EXISTING_CLIENTS, 3, 3, "value"),
        (ExampleKind.BUSINESS_DEVELOPMENT, 3, 5, "value"),
        (ExampleKind.PARTNER_RECRUITMENT, 3, 4, "count"),
    ],
)
def test_each_kind_of_work_has_its_team(
    examples: Mapping[ExampleKind, Example], kind: ExampleKind, n_reps: int, n_milestones: int, target_is: str
) -> None:
    example = examples[kind]
    reps = example.rows("Reps")
    assert (len(reps), len(example.milestones)) == (n_reps, n_milestones)
    assert {row["Target is"] for row in reps} == {target_is}
    assert day(example.settings["As of"]) == AS_OF


def test_the_starters_drop_downs_and_formats_are_kept(new_business: Example) -> None:
    page = new_business.book["Opportunities"]
    assert page["K2"].number_format == "d mmm yyyy"
    assert page.freeze_panes == "C2"
    n_rows = len(new_business.opportunities)
    assert any(f"D{n_rows + 1}" in check.sqref for check in page.data_validations.dataValidation)


def test_the_first_rep_is_the_articles(new_business: Example) -> None:
    first = new_business.rows("Reps")[0]
    assert (first["Annual target"], first["Average contract value"]) == (600_000, 50_000)


def test_one_rep_is_new_one_has_part_of_the_year_and_one_closes_little(new_business: Example) -> None:
    reps = {str(row["Rep"]): row for row in new_business.rows("Reps")}
    monday = date(2026, 11, 16)
    assert monday <= (day(reps["Grace Adeyemi"]["Start"]) or date.min) <= AS_OF
    assert not [row for row in new_business.opportunities if row["Rep"] == "Grace Adeyemi"]
    assert day(reps["Tom Averill"]["Start"]) == date(2026, 7, 1)
    n_open = Counter(row["Rep"] for row in new_business.opportunities if row["Outcome"] == "open")
    assert n_open.most_common(1)[0][0] == "Daniel Okafor"


@pytest.mark.parametrize("kind", ExampleKind)
def test_every_source_of_a_team_brings_some_of_its_opportunities(
    examples: Mapping[ExampleKind, Example], kind: ExampleKind
) -> None:
    n_of = Counter(row["Source"] for row in examples[kind].opportunities)
    assert set(n_of) == {source.name for source in TEAMS[kind].sources}
    assert min(n_of.values()) >= 10


def test_there_is_something_done_in_this_week_and_planned_for_the_next(new_business: Example) -> None:
    monday = date(2026, 11, 16)
    plans = [day(row[f"{name} planned"]) for row in new_business.opportunities for name in new_business.milestones]
    names = [str(row["Rep"]) for row in new_business.rows("Reps")]
    assert sum(n_done(new_business, rep, monday, AS_OF) for rep in names) >= 10
    assert sum(monday <= plan < monday + timedelta(days=7) for plan in plans if plan) >= 10
    assert sum(monday + timedelta(days=7) <= plan < monday + timedelta(days=14) for plan in plans if plan) >= 10


def test_each_common_slip_stands_in_the_large_example(new_business: Example) -> None:
    rows = new_business.opportunities
    known = {row["Rep"] for row in new_business.rows("Reps")}
    assert [row["Rep"] for row in rows if row["Rep"] not in known] == ["Sofia Marcheti"]
    assert len(rows) - len({row["ID"] for row in rows}) == 1
    assert [row["Contract planned"] for row in rows if isinstance(row["Contract planned"], str)] == ["TBD"]
    assert len([row for row in rows if row["Outcome"] == "won" and row["Value"] is None]) == 1
    assert len([row for row in rows if (day(row["Proof"]) or AS_OF) > AS_OF]) == 1
    assert len([row for row in rows if row["Proof"] and not row["Discovery"]]) == 1
    both = [(day(row["Discovery"]), day(row["Proof"])) for row in rows]
    assert len([1 for discovery, proof in both if discovery and proof and proof < discovery]) == 1
    assert [row["Currency"] for row in rows if row["Currency"]] == ["EUR"]
    assert len([row for row in rows if row["Outcome"] == "cancelled"]) == 1


@pytest.mark.parametrize("kind", [kind for kind in ExampleKind if kind is not ExampleKind.NEW_BUSINESS])
def test_the_small_examples_have_no_slips(examples: Mapping[ExampleKind, Example], kind: ExampleKind) -> None:
    example = examples[kind]
    known = {row["Rep"] for row in example.rows("Reps")}
    assert {row["Rep"] for row in example.opportunities} <= known
    assert len({row["ID"] for row in example.opportunities}) == len(example.opportunities)
    for row in example.opportunities:
        days = [day(row[name]) for name in example.milestones]
        reached = [done_on for done_on in days if done_on]
        assert days == reached + [None] * (len(days) - len(reached))
        assert reached == sorted(reached)
        assert all(done_on <= AS_OF for done_on in reached)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_seed_can_be_written(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "seed.xlsx"
    write_example(path, ExampleKind.NEW_BUSINESS, seed)
    assert 500 <= len(Example(path).opportunities) <= 700
