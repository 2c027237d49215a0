"""Explanations of figures as a terminal shows them. Makes what rich prints; prints nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from milestone_reports.metrics.estimators.repairs import Kind
from milestone_reports.render.formats import DASH, Formats
from milestone_reports.scorecards.definitions import FIGURES
from milestone_reports.scorecards.insights import Provenance
from milestone_reports.scorecards.provenance.explaining import Explanation
from milestone_reports.scorecards.provenance.history import HIGH_95, LOW_95
from milestone_reports.scorecards.provenance.opportunities import MilestoneCell, OpportunityBehind

if TYPE_CHECKING:
    from milestone_reports.scorecards.pages import FigureDefinition

MOST = 50
"""Opportunities, and numbers that went into one value, that a terminal shows; the JSON has them all."""

REST = "and {} more; --format json has all"

REPAIRS: Mapping[Kind, str] = {
    "skipped": "{} skipped: the next milestone's date stands for it",
    "order": "{} is dated after a later milestone, whose date is taken",
    "won-and-lost": "sold and lost: the sale counts",
    "lost-before-milestone": "lost before its last milestone, whose date is taken",
    "lost-without-date": "lost without a date: its last milestone's is taken",
}


def names() -> Iterator[RenderableType]:
    """The names of all figures, in the order of the Definitions page."""
    yield from map(Text, FIGURES)


def explained(found: Sequence[Explanation], formats: Formats) -> Iterator[RenderableType]:
    """The definition once, then what it is on each track."""
    yield _definition(found[0].definition)
    for explanation in found:
        yield from _on_a_track(explanation, formats)


def _definition(figure: FigureDefinition) -> RenderableType:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for label in ("formula", "units", "undefined", "source"):
        table.add_row(Text(label.capitalize(), style="dim"), Text(getattr(figure, label)))
    return Group(Text(figure.name, style="bold"), Text(figure.says), table)


def _on_a_track(explanation: Explanation, formats: Formats) -> Iterator[RenderableType]:
    day = formats.day_long(explanation.as_of, with_year=True)
    whose = explanation.rep or f"Team {explanation.team}"
    yield Text(f"\n{whose}, {explanation.track}, as of {day}", style="bold")
    if explanation.of_the_track:
        yield Text("The track's, the same for every rep.")
    if not explanation.entries:
        yield Text(_no_value(explanation))
    for entry in explanation.entries:
        yield from _entry(entry, formats)
    if explanation.opportunities:
        yield from _behind(explanation, formats)


def _no_value(explanation: Explanation) -> str:
    if explanation.part_of:
        return f"No value of its own: it goes into {explanation.part_of}."
    return f"No value here. Undefined: {explanation.definition.undefined}"


def _entry(entry: Provenance, formats: Formats) -> Iterator[RenderableType]:
    value = DASH if entry.value is None else formats.exact(entry.value)
    yield Text(f"{entry.milestone}: {value}" if entry.milestone else value, style="bold")
    lines = [_input(name, value, formats) for name, value in entry.inputs.items() if name not in {LOW_95, HIGH_95}]
    interval = [entry.inputs.get(name) for name in (LOW_95, HIGH_95)]
    if None not in interval:
        low, high = (_plain(bound, formats) for bound in interval)
        lines.append(f"95 % interval: {low} to {high}")
    if lines:
        yield Text("\n".join(f"  {line}" for line in _cut(lines)))


def _input(name: str, value: float | str | None, formats: Formats) -> str:
    return f"{name}: {_plain(value, formats)}"


def _plain(value: float | str | None, formats: Formats) -> str:
    if value is None:
        return DASH
    return value if isinstance(value, str) else formats.exact(value)


def _cut(lines: Sequence[str]) -> list[str]:
    more = len(lines) - MOST
    return [*lines[:MOST], *([REST.format(f"{more:,}")] if more > 0 else [])]


# --- the opportunities ---


def _behind(explanation: Explanation, formats: Formats) -> Iterator[RenderableType]:
    these = explanation.opportunities
    what = f"{explanation.counted_in}, which it is computed from" if explanation.counted_in else "it"
    sheets = {sheet for one in these for sheet in _sheets(one)}
    where = f"; cells of the sheet '{next(iter(sheets))}'" if len(sheets) == 1 else ""
    yield Text(f"\nOpportunities behind {what}: {len(these):,}{where}")
    yield _table(these[:MOST], formats, short=len(sheets) == 1)
    if len(these) > MOST:
        yield Text(REST.format(f"{len(these) - MOST:,}"), style="dim")


def _sheets(one: OpportunityBehind) -> Iterator[str]:
    for cell in one.milestones:
        if cell.cell:
            yield cell.cell.rpartition("!")[0]


def _table(these: Sequence[OpportunityBehind], formats: Formats, *, short: bool) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    has_notes = any(one.repairs for one in these)
    milestones = [cell.milestone for cell in these[0].milestones]
    for column in ("Id", "Opportunity", "Rep", "Value", *milestones, "Outcome", *["Put right"] * has_notes):
        table.add_column(Text(column), justify="right" if column == "Value" else "left", overflow="fold")
    for one in these:
        table.add_row(
            Text(one.id),
            Text(one.label),
            Text(one.rep),
            DASH if one.value is None else formats.money(one.value),
            *(Text(_date(cell, formats, short=short)) for cell in one.milestones),
            _outcome(one, formats),
            *[Text("; ".join(_notes(one)))] * has_notes,
        )
    return table


def _date(cell: MilestoneCell, formats: Formats, *, short: bool) -> str:
    """The day and its cell, without the sheet where all are on one."""
    told = formats.day(cell.completed_on) if cell.completed_on else "waived" if cell.waived else DASH
    if not cell.cell or told == DASH:
        return told
    return f"{told} {cell.cell.rpartition('!')[2] if short else cell.cell}"


def _outcome(one: OpportunityBehind, formats: Formats) -> str:
    return f"{one.outcome} {formats.day(one.closed_on)}" if one.closed_on else one.outcome


def _notes(one: OpportunityBehind) -> Iterator[str]:
    for repair in one.repairs:
        yield REPAIRS[repair.kind].format(repair.milestone)
