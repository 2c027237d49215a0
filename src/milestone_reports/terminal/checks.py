"""The data checks as a terminal shows them: the problems under their levels, how many, and what a copy marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from milestone_reports.domain.problem import CellRef, Level, Problem
from milestone_reports.domain.visible import visible
from milestone_reports.scorecards.checks import problem_groups
from milestone_reports.workbook.marking.copy import Marked

STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.NOTE: "dim"}
MOST_PLACES = 3
"""Places of like problems that a terminal names; the JSON has each of them."""


def problems(found: Sequence[Problem]) -> Iterator[RenderableType]:
    """The problems under their levels, those that cost most first; one sentence stands for many that are alike."""
    groups = problem_groups(tuple(found))
    for level in Level:
        these = [group for group in groups if group[0].level is level]
        if these:
            yield Text(f"{level.value.capitalize()}s ({sum(map(len, these)):,})", style=STYLES[level])
        for group in these:
            yield Padding(_problem(group), (0, 0, 0, 2), expand=False)
    if not found:
        yield Text("No problems found.")


def _problem(alike: Sequence[Problem]) -> Text:
    first, *others = sorted(alike, key=lambda problem: problem.place or CellRef(""))
    line = Text(f"{first.where}: ", style="bold")
    line.append(first.sentence.removeprefix(f"{first.where}: "), style="default")
    if others:
        places = ", ".join(problem.place.address for problem in others[:MOST_PLACES] if problem.place)
        more = f" and {len(others) - MOST_PLACES:,} more" if len(others) > MOST_PLACES else ""
        line.append(f" Also {places}{more}.", style="dim")
    return line


def counted(found: Sequence[Problem], workbook: Path) -> Text:
    """How many problems there are, and the command that lists them."""
    counts = [(sum(problem.level is level for problem in found), level.value) for level in Level]
    told = ", ".join(f"{count:,} {word}{'s' if count != 1 else ''}" for count, word in counts if count)
    file = visible(str(workbook))
    return Text(f"\nProblems: {told}. milestone-reports check {file} lists them." if told else "\nNo problems found.")


def copied(marked: Marked) -> Text:
    """What the marked copy shows and what it lacks."""
    cells = f"{marked.n_cells:,} cell{'s' if marked.n_cells != 1 else ''}"
    listed = f"{marked.n_problems:,} problem{'s' if marked.n_problems != 1 else ''}"
    beyond = f", {marked.n_without_cell:,} of them without a cell in this workbook" if marked.n_without_cell else ""
    lacks = f" Not in the copy: {', '.join(marked.not_copied)}." if marked.not_copied else ""
    return Text(f"\nWrote {marked.copy}: {cells} marked, {listed} listed{beyond}.{lacks}")
