"""The sentences of the Data checks page, and how its findings are grouped. Templates call these by name.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext, pgettext, said
from milestone_reports.render.words.grammar import in_words, sentence

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

GLYPHS = {"error": "×", "uncredited": "≠", "warning": "≈", "note": "*"}
"""Of each group, in the order of the page."""

MOST_CELLS = 12
OPTION = re.compile(r"(--[a-z]+(?:-[a-z]+)*)")
OPENED = "\N{NULL}"
"""Stands for an opening quotation mark until its closing one is found: no text has it."""

OPENING_QUOTE = re.compile(r"(?<![^\s(“])'(?=\S)")
CLOSING_QUOTE = re.compile(rf"({OPENED}[^{OPENED}]*?)'(?!\w)")


def check_groups() -> Sequence[CheckGroup]:
    """The sections, in the order of the page."""
    titles = {
        "error": (gettext("Left out"), gettext("a row or a cell is not counted")),
        "uncredited": (gettext("Not credited"), gettext("completed, but not counted as done")),
        "warning": (gettext("Corrected"), gettext("read as something other than what is written")),
        "note": (pgettext("data checks", "Note"), gettext("counted as written; worth a look")),
    }
    return [CheckGroup(name, glyph, *titles[name]) for name, glyph in GLYPHS.items()]


def group_of(line: ProblemLine) -> str:
    """The name of the group a finding belongs to."""
    return GROUP_OF_RULE.get(line.rule, line.level)


def lines_of(checks: DataChecks, name: str) -> Sequence[ProblemLine]:
    """The findings of one section."""
    return [line for line in checks.lines if group_of(line) == name]


def n_found(lines: Sequence[ProblemLine]) -> int:
    """How many findings some lines stand for."""
    return sum(1 + len(line.also) for line in lines)


def finding_parts(text: str) -> Sequence[str]:
    """A sentence in pieces, every second one an option of the command, which must not be broken across lines."""
    return OPTION.split(with_quotes(sentence(said(text))))


def with_quotes(text: str) -> str:
    """The text with typographic apostrophes and the quotation marks of the language."""
    opening, closing = pgettext("opening quotation mark", "‘"), pgettext("closing quotation mark", "’")
    quoted = CLOSING_QUOTE.sub(rf"\1{closing}", OPENING_QUOTE.sub(OPENED, text))
    return quoted.replace(OPENED, opening).replace("'", "’")


def checks_headline(checks: DataChecks, formats: Formats) -> str:
    """`3 left out, 7 corrected, 4 to note`, or that nothing was found."""
    counts = {name: n_found(lines_of(checks, name)) for name in GLYPHS}
    says = [_count_says(name, formats.count(count)) for name, count in counts.items() if count]
    return ", ".join(says) or gettext("Nothing to correct")


def _count_says(group: str, n: str) -> str:
    return {
        "error": gettext("{n} left out", n=n),
        "uncredited": gettext("{n} not credited", n=n),
        "warning": gettext("{n} corrected", n=n),
        "note": gettext("{n} to note", n=n),
    }[group]


def n_checks(stamp: Stamp) -> int:
    """Everything the Data checks page lists."""
    return stamp.n_errors + stamp.n_warnings + stamp.n_notes


def checks_count(stamp: Stamp, formats: Formats) -> str:
    """`14 data checks`."""
    count = n_checks(stamp)
    return ngettext("{n} data check", "{n} data checks", count, n=formats.count(count))


def problem_counts(stamp: Stamp, formats: Formats) -> str:
    """`2 left out, 5 others`, or `none`."""
    others = stamp.n_warnings + stamp.n_notes
    if not n_checks(stamp):
        return pgettext("data checks", "none")
    if not stamp.n_errors:
        return formats.count(others)
    n = formats.count(stamp.n_errors)
    if not others:
        return gettext("{n} left out", n=n)
    n_others = formats.count(others)
    return ngettext("{n} left out, {others} other", "{n} left out, {others} others", others, n=n, others=n_others)


def checks_deck(checks: DataChecks, formats: Formats) -> str:
    """How much was read, and what to do about the rest."""
    stamp = checks.stamp
    counted = gettext(
        "{n} of {all} rows of opportunities are counted.",
        n=formats.count(stamp.n_opportunities),
        all=formats.count(stamp.n_rows),
    )
    if not checks.lines:
        rest = gettext("Everything could be read as it is written.")
    else:
        rest = gettext(
            "Every figure in this report rests on the readings below; correct the cell in the workbook "
            "and the line disappears next time."
        )
    return f"{counted} {rest}"


def group_aside(lines: Sequence[ProblemLine], group: CheckGroup, formats: Formats) -> str:
    """`3: a row or a cell is not counted`."""
    return f"{formats.count(n_found(lines))}: {group.says}"


def also(line: ProblemLine, formats: Formats) -> str:
    """The other cells of a group, and how many there are in all."""
    sheet = cell_sheet(line.cell)
    cells = ", ".join(_place(cell.removeprefix(sheet)) for cell in line.also[:MOST_CELLS])
    n, more = in_words(1 + len(line.also), formats), len(line.also) - MOST_CELLS
    if more > 0:
        return gettext("Also {cells} and {more} more: {n} in all.", cells=cells, more=formats.count(more), n=n)
    return gettext("Also {cells}: {n} in all.", cells=cells, n=n)


def cell_sheet(cell: str) -> str:
    """The sheet's part of an address: `Opportunities!`, `Opportunities, `, or nothing."""
    for mark in ("!", ", row "):
        if mark in cell:
            return cell[: cell.index(mark)] + ("!" if mark == "!" else ", ")
    return ""


def cell_place(cell: str) -> str:
    """The rest of an address: `J255`, `row 255`, `sheet Reps`; the workbook where there is none."""
    return _place(cell.removeprefix(cell_sheet(cell))) or gettext("The workbook")


def _place(place: str) -> str:
    """`row 255` and `sheet Reps` in the language spoken; `J255` as it is."""
    kind, _, named = place.partition(" ")
    if not named:
        return place
    return {"row": gettext("row {number}", number=named), "sheet": gettext("sheet {name}", name=named)}.get(kind, place)


def read_as_written(checks: DataChecks, formats: Formats) -> str:
    """What nothing was found wrong with."""
    stamp = checks.stamp
    if not checks.lines:
        n = formats.count(stamp.n_rows)
        return gettext("All {n} rows of opportunities, in every column that the program knows.", n=n)
    return gettext("Every other cell of the sheets and columns that the program knows was taken as it is written.")
