"""The sum from what was open in one copy to what is open in the next, line by line. Templates call these by name.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext, pgettext
from milestone_reports.render.words.grammar import in_words, joined, sentence

if TYPE_CHECKING:
    from milestone_reports.history.changes import Flow, WhatChanged
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.since import RepFlow


def signed_money(value: float, formats: Formats) -> str:
    """A sum with its sign."""
    return f"+{formats.money(value)}" if value > 0 else formats.money(value)


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One line of the sum from what was open to what is open."""

    says: str
    n: int | None
    """Opportunities; none of a line that is of their value alone."""
    value: float
    """Added where it is above nothing, taken away below."""
    is_end: bool = False
    """The first line and the last: what the others lead from and to."""


def flow_lines(flow: Flow, then: date, now: date, formats: Formats) -> Sequence[FlowLine]:
    """The sum, line by line: those of nothing are left out."""
    between = [
        FlowLine(pgettext("opportunities", "new"), flow.new.n, flow.new.value),
        FlowLine(gettext("reopened"), flow.reopened.n, flow.reopened.value),
        FlowLine(gettext("taken over"), flow.moved_in.n, flow.moved_in.value),
        FlowLine(pgettext("opportunities", "won"), -flow.won.n, -flow.won.value),
        FlowLine(pgettext("opportunities", "lost"), -flow.lost.n, -flow.lost.value),
        FlowLine(gettext("said to be won, without a date"), -flow.undated.n, -flow.undated.value),
        FlowLine(gettext("removed from the workbook"), -flow.removed.n, -flow.removed.value),
        FlowLine(gettext("handed on"), -flow.moved_out.n, -flow.moved_out.value),
        FlowLine(gettext("change in value"), None, flow.revalued),
    ]
    return [
        FlowLine(gettext("open on {day}", day=formats.day(then)), flow.start.n, flow.start.value, is_end=True),
        *(line for line in between if line.n or line.value),
        FlowLine(gettext("open on {day}", day=formats.day(now)), flow.end.n, flow.end.value, is_end=True),
    ]


def has_values(flow: Flow) -> bool:
    """Whether any of its opportunities has a value."""
    return any(line.value for line in (flow.start, flow.end, flow.new, flow.won, flow.lost, flow.removed))


def has_anything(flow: Flow) -> bool:
    """Whether anything was or is open, or was won or lost."""
    return any(part.n for part in (flow.start, flow.end, flow.won_unlisted, flow.lost_unlisted))


def lists_more_than_the_sum(since: WhatChanged) -> bool:
    """Whether some of what was removed had been decided before: it was open neither then nor now."""
    return sum(change.kind == "removed" for change in since.changes) > since.flow.removed.n


def not_in_the_sum() -> str:
    """Why a list below may be longer than its line in the sum."""
    return gettext("What was open neither then nor now is listed below and in no line of this sum.")


def unlisted_says(flow: Flow, formats: Formats) -> str:
    """What was won or lost and not in the earlier copy; empty for none."""
    won, lost = flow.won_unlisted.n, flow.lost_unlisted.n
    parts = []
    if won:
        parts.append(ngettext("one won", "{n} won", won, n=in_words(won, formats)))
    if lost:
        parts.append(ngettext("one lost", "{n} lost", lost, n=in_words(lost, formats)))
    if not parts:
        return ""
    return sentence(gettext("{happened} that the earlier copy did not have; not in this sum", happened=joined(parts)))


FLOW_COLUMNS = ("start", "new", "reopened", "moved_in", "won", "lost", "undated", "removed", "moved_out", "end")


def flow_columns(rows: Sequence[RepFlow]) -> Sequence[str]:
    """The parts of the flow that any rep has something in, by name; what was and is open always."""
    return [name for name in FLOW_COLUMNS if name in {"start", "end"} or any(getattr(row.flow, name).n for row in rows)]


def flow_column_title(name: str) -> str:
    """What the column is called."""
    return {
        "start": gettext("Open then"),
        "new": pgettext("changes", "New"),
        "reopened": pgettext("changes", "Reopened"),
        "moved_in": gettext("Taken over"),
        "won": pgettext("changes", "Won"),
        "lost": pgettext("changes", "Lost"),
        "undated": gettext("Won, no date"),
        "removed": pgettext("changes", "Removed"),
        "moved_out": gettext("Handed on"),
        "end": gettext("Open now"),
    }[name]


def flow_count(flow: Flow, name: str) -> int:
    """How many of a part, below nothing where it is taken away."""
    n: int = getattr(flow, name).n
    return -n if name in {"won", "lost", "undated", "removed", "moved_out"} else n


def flow_sum(rows: Sequence[RepFlow], name: str) -> int:
    """The reps' counts of a part, added up."""
    return sum(flow_count(row.flow, name) for row in rows)
