"""What the message with a team's report says of the workbook's problems, and of the scorecards withheld for them.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from milestone_reports.render.language import ngettext, said
from milestone_reports.render.tidying import LONGEST_SENTENCE, short_text, tidied
from milestone_reports.render.words.checks import (
    GLYPHS,
    also,
    cell_place,
    cell_sheet,
    check_groups,
    finding_parts,
    group_of,
    n_found,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.pages import DataChecks, ProblemLine

MOST_PROBLEMS, MOST_WITHHELD, MOST_ERRORS = 20, 10, 3
"""Findings, scorecards that were not sent, and errors named with one of those."""

LONGEST_FINDING = 300
"""In characters."""


def mail_problems(checks: DataChecks) -> list[tuple[str, Sequence[ProblemLine]]]:
    """The first problems, under the titles of the Data checks page: what was left out comes first.

    An error stands by itself; of other findings those of one rule are one line.
    """
    order = {name: place for place, name in enumerate(GLYPHS)}
    first = sorted(merged(checks.lines), key=lambda line: order[group_of(line)])[:MOST_PROBLEMS]
    groups = ((group.title, [line for line in first if group_of(line) == group.name]) for group in check_groups())
    return [(title, lines) for title, lines in groups if lines]


def merged(lines: Sequence[ProblemLine]) -> Sequence[ProblemLine]:
    """Errors as they are; of each other rule and level the first finding, with the cells and labels of the others."""
    found: dict[tuple[str, ...], list[ProblemLine]] = {}
    for line in lines:
        key = ("error", line.cell, line.found) if line.level == "error" else (line.level, line.rule)
        found.setdefault(key, []).append(line)
    return [replace(first, also=(*first.also, *_cells_of(others))) for first, *others in found.values()]


def _cells_of(lines: Sequence[ProblemLine]) -> Sequence[str]:
    labelled = (" ".join(filter(None, (line.cell, line.label.partition(",")[0]))) for line in lines)
    return [cell for line, named in zip(lines, labelled, strict=True) for cell in (named, *line.also)]


def n_problems_more(checks: DataChecks) -> int:
    """How many findings the message leaves to the Data checks page."""
    shown = [line for _, lines in mail_problems(checks) for line in lines]
    return n_found(checks.lines) - n_found(shown)


def problem_says(line: ProblemLine, formats: Formats) -> str:
    """A finding in a few sentences: what stands there, what was expected, what was done, how to mend it, where else.

    Where that is too long, it leaves out what was expected, then what was done, then the end of what stands there.
    """
    found, expected, done, fix = (_sentence(text) for text in (line.found, line.expected, line.done, line.fix))
    elsewhere = also(line, formats) if line.also else ""
    fuller = (
        " ".join(filter(None, parts))
        for parts in (
            (found, expected, done, fix, elsewhere),
            (found, done, fix, elsewhere),
            (found, fix, elsewhere),
        )
    )
    fitting = (says for says in fuller if len(says) <= LONGEST_FINDING)
    rest = short_text(" ".join(filter(None, (fix, elsewhere))), LONGEST_FINDING // 2)
    return next(fitting, "") or f"{short_text(found, LONGEST_FINDING - len(rest) - 1)} {rest}".strip()


def _sentence(text: str) -> str:
    return "".join(finding_parts(text)) if text else ""


def cell_says(line: ProblemLine) -> str:
    """`Opportunities!J255`; the workbook where a finding has no cell."""
    return address_says(line.cell)


def address_says(cell: str) -> str:
    """A cell's address, its words in the language spoken."""
    return f"{cell_sheet(cell)}{cell_place(cell)}"


def withheld_says(name: str, reason: str, checks: DataChecks, formats: Formats) -> str:
    """Why a scorecard was not sent; errors, which stand in full among the data checks, by their cells."""
    errors = [line for line in checks.lines if line.level == "error"]
    named = [cell for line in errors for cell in (line.cell, *line.also) if _is_named(cell, reason)]
    if not named:
        return said(tidied(reason, LONGEST_SENTENCE))
    own = [cell for line in errors if line.rep == name for cell in (line.cell, *line.also)] or named
    cells = ", ".join(map(address_says, own[:MOST_ERRORS])) + (", …" if len(own) > MOST_ERRORS else "")
    return ngettext(
        "an error in the rep’s own rows: {cells}, see Data checks below",
        "{n} errors in the rep’s own rows: {cells}, see Data checks below",
        len(own),
        n=formats.count(len(own)),
        cells=cells,
    )


def _is_named(cell: str, reason: str) -> bool:
    return bool(cell) and re.search(rf"{re.escape(cell)}(?!\d)", reason) is not None
