"""The sample that every twin spells: the example team on new business, without the flaws planted in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from milestone_reports.workbook.example.write import ExampleKind, example_contents
from milestone_reports.workbook.reading.assemble import read_team
from milestone_reports.workbook.starter.sheets import (
    MILESTONES,
    RATES,
    REPS,
    TIME_OFF,
    Contents,
    Row,
    Sheet,
    opportunities_sheet,
)
from twins.ooxml import PLAIN, Dialect, Grid, Page, Value, write_xlsx
from workbooks import TODAY

N_ROWS = 400
OPPORTUNITIES = "Opportunities"


@dataclass(slots=True)
class Sample:
    """A workbook to be written: its sheets in order, each with its header on top."""

    pages: list[Page]
    opportunities: Page
    dialect: Dialect = PLAIN
    companion: list[Page] = field(default_factory=list)

    def page(self, name: str) -> Page:
        """The sheet of that name."""
        return next(page for page in self.pages if page.name == name)

    @property
    def grid(self) -> Grid:
        """The rows of opportunities, the header first."""
        return self.opportunities.grid

    def column(self, header: str) -> int:
        """The place of a column of Opportunities."""
        return self.grid[0].index(header)

    def change(self, headers: Iterable[str], spell: Callable[[Any], Value]) -> None:
        """Spell every filled cell of some columns of Opportunities in another way."""
        columns = [self.column(header) for header in headers]
        for row in self.grid[1:]:
            for column in columns:
                if row[column] is not None:
                    row[column] = spell(row[column])

    def rename(self, names: Mapping[str, Value]) -> None:
        """Head columns of Opportunities in another way."""
        self.grid[0] = [names.get(str(header), header) for header in self.grid[0]]

    def set_up(self, settings: Mapping[str, Value]) -> None:
        """Change settings, or add them."""
        grid = self.page("Settings").grid
        grid[1:] = [row for row in grid[1:] if row[0] not in settings]
        grid += [[name, value] for name, value in settings.items()]


def sample() -> Sample:
    """The plain twin, to be changed."""
    pages = [Page(name, deepcopy(grid)) for name, grid in _grids().items()]
    return Sample(pages, pages[-1])


def ids() -> frozenset[str]:
    """The number of every opportunity of the sample."""
    return frozenset(str(row[0]) for row in _grids()[OPPORTUNITIES][1:])


@cache
def _grids() -> Mapping[str, Grid]:
    contents = example_contents(ExampleKind.NEW_BUSINESS)
    opportunities = opportunities_sheet(contents.milestone_names)
    rows: list[Row] = [{**row, "ID": str(row["ID"]).removeprefix("TB-")} for row in contents.opportunities]
    grids: dict[str, Grid] = {"Settings": [["Setting", "Value"]]}
    grids["Settings"] += [[name, value] for name, value in contents.settings.items()]
    for sheet, of_sheet in _other_sheets(contents):
        grids[sheet.name] = _grid(sheet, of_sheet)
    spoilt = _spoilt(grids | {OPPORTUNITIES: _grid(opportunities, rows)})
    good = [row for number, row in enumerate(rows, start=2) if number not in spoilt]
    return grids | {OPPORTUNITIES: _grid(opportunities, good[-N_ROWS:])}


def _other_sheets(contents: Contents) -> Sequence[tuple[Sheet, Sequence[Row]]]:
    return (
        (MILESTONES, contents.milestones),
        (REPS, contents.reps),
        (TIME_OFF, contents.time_off),
        (RATES, contents.rates),
    )


def _grid(sheet: Sheet, rows: Iterable[Row]) -> Grid:
    names = [column.name for column in sheet.columns]
    grid: Grid = [list(names)]
    grid += [[row.get(name) for name in names] for row in rows]
    return grid


def _spoilt(grids: Mapping[str, Grid]) -> set[int]:
    """The rows of Opportunities of which the reader has something to say."""
    with TemporaryDirectory() as folder:
        path = write_xlsx(Path(folder) / "example.xlsx", [Page(name, grid) for name, grid in grids.items()])
        problems = read_team(path, None, None, TODAY).team.problems
    return {problem.place.row for problem in problems if problem.place and problem.place.sheet == OPPORTUNITIES}
