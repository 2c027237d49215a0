"""The sentences of the Data checks page, and how its findings are grouped. Templates call these by name.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_reports.render.words.grammar import counted, in_words, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.pages import DataChecks, ProblemLine, Stamp


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """A section of the page: its name in the address, its glyph, its title, what it holds."""

    name: str
    glyph: str
    title: str
    says: str
    counts: str
    """What its findings are called in the headline."""


CHECK_GROUPS = (
    CheckGroup("error", "×", "Left out", "a row or a cell is not counted", "left out"),
    CheckGroup("uncredited", "≠", "Not credited", "completed, but not counted as done", "not credited"),
    CheckGroup("warning", "≈", "Corrected", "read as something other than what is written", "corrected"),
    CheckGroup("note", "*", "Note", "counted as written; worth a look", "to note"),
)
"""In the order of the page."""

GROUP_OF_RULE = {
    "gate_skipped": "uncredited",
    "evidence_missing": "uncredited",
    "gates_often_skipped": "uncredited",
    "won_without_value": "note",
    "rep_not_listed": "note",
    "closed_without_outcome": "note",
    "workbook_stale": "note",
}
"""Warnings that correct nothing; all other findings are grouped by their level."""

MOST_CELLS = 12
OPTION = re.compile(r"(--[a-z]+(?:-[a-z]+)*)")
OPENING_QUOTE = re.compile(r"(?<![^\s(“])'(?=\S)")


def group_of(line: ProblemLine) -> str:
    """The name of the group a finding belongs to."""
    return GROUP_OF_RULE.get(line.rule, line.level)


def lines_of(checks: DataChecks, group: CheckGroup) -> Sequence[ProblemLine]:
    """The findings of one section."""
    return [line for line in checks.lines if group_of(line) == group.name]


def n_found(lines: Sequence[ProblemLine]) -> int:
    """How many findings some lines stand for."""
    return sum(1 + len(line.also) for line in lines)


def finding_parts(text: str) -> Sequence[str]:
    """A sentence in pieces, every second one an option of the command, which must not be broken across lines."""
    return OPTION.split(with_quotes(sentence(text)))


def with_quotes(text: str) -> str:
    """The text with typographic quotes and apostrophes."""
    return OPENING_QUOTE.sub("‘", text).replace("'", "’")


def checks_headline(checks: DataChecks, formats: Formats) -> str:
    """`3 left out, 7 corrected, 4 to note`, or that nothing was found."""
    counts = ((n_found(lines_of(checks, group)), group.counts) for group in CHECK_GROUPS)
    return ", ".join(f"{formats.count(count)} {says}" for count, says in counts if count) or "Nothing to correct"


def n_checks(stamp: Stamp) -> int:
    """Everything the Data checks page lists."""
    return stamp.n_errors + stamp.n_warnings + stamp.n_notes


def checks_count(stamp: Stamp, formats: Formats) -> str:
    """`14 data checks`."""
    return f"{formats.count(n_checks(stamp))} {counted(n_checks(stamp), 'data check')}"


def problem_counts(stamp: Stamp, formats: Formats) -> str:
    """`2 left out, 5 others`, or `none`."""
    others = stamp.n_warnings + stamp.n_notes
    if not n_checks(stamp):
        return "none"
    if not stamp.n_errors:
        return formats.count(others)
    return f"{formats.count(stamp.n_errors)} left out" + (f", {formats.count(others)} others" if others else "")


def checks_deck(checks: DataChecks, formats: Formats) -> str:
    """How much was read, and what to do about the rest."""
    stamp = checks.stamp
    counted_rows = (
        f"{formats.count(stamp.n_opportunities)} of {formats.count(stamp.n_rows)} rows of opportunities are counted"
    )
    if not checks.lines:
        return f"{counted_rows}. Everything could be read as it is written."
    return (
        f"{counted_rows}. Every figure in this report rests on the readings below; correct the cell in the workbook "
        "and the line disappears next time."
    )


def group_aside(lines: Sequence[ProblemLine], group: CheckGroup, formats: Formats) -> str:
    """`3: a row or a cell is not counted`."""
    return f"{formats.count(n_found(lines))}: {group.says}"


def also(line: ProblemLine, formats: Formats) -> str:
    """The other cells of a group, and how many there are in all."""
    sheet = cell_sheet(line.cell)
    cells = [cell.removeprefix(sheet) for cell in line.also[:MOST_CELLS]]
    more = len(line.also) - len(cells)
    rest = f" and {formats.count(more)} more" if more else ""
    return f"Also {', '.join(cells)}{rest}: {in_words(1 + len(line.also), formats)} in all."


def cell_sheet(cell: str) -> str:
    """The sheet's part of an address: `Opportunities!`, `Opportunities, `, or nothing."""
    for mark in ("!", ", row "):
        if mark in cell:
            return cell[: cell.index(mark)] + ("!" if mark == "!" else ", ")
    return ""


def cell_place(cell: str) -> str:
    """The rest of an address: `J255`, `row 255`, `sheet Reps`; the workbook where there is none."""
    return cell.removeprefix(cell_sheet(cell)) or "The workbook"


def read_as_written(checks: DataChecks, formats: Formats) -> str:
    """What nothing was found wrong with."""
    stamp = checks.stamp
    if not checks.lines:
        return f"All {formats.count(stamp.n_rows)} rows of opportunities, in every column that the program knows."
    return "Every other cell of the sheets and columns that the program knows was taken as it is written."
