"""The sentences on what a plan rests on: the multiplier, the average contract, and what a change of them would do.

Must not know of markup, nor compute a figure beyond what a row differs from the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_reports.render.formats import MINUS
from milestone_reports.render.words.coaching import sale_word
from milestone_reports.render.words.grammar import count_of, counted, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.insights import AverageContract, Lever, YearMultiplier
    from milestone_reports.scorecards.pages import Stamp, TeamTrack

MULTIPLIER_LABELS = {
    "assumed": "assumed: fewer than five sales",
    "mixed": "part assumed, part measured: fewer than 20 sales",
    "measured": "measured by the track’s own sales",
    "set": "set in the workbook",
}


def multiplier_in_full(track: TeamTrack, stamp: Stamp, formats: Formats) -> str:
    """The multiplier of the year: what it is, from what, for how long, and what it would be today."""
    multiplier = track.card.multiplier
    n = count_of(len(track.card.milestones), "milestone", formats)
    ask = "a quota would ask" if track.demand.says == "no target" else "the quotas ask"
    times = f"{ask} for {formats.multiplier(multiplier.value)} times as many ({MULTIPLIER_LABELS[multiplier.label]})"
    parts = [f"a {sale_word(track.card)} takes {n} if nothing is lost on the way; {times}"]
    if multiplier.label != "set":
        parts += [_counted(track, formats), f"it is kept for {stamp.fiscal_year}, so that no quota moves in the year"]
    return " ".join(sentence(part) for part in (*parts, _would_be(multiplier, formats)))


def _counted(track: TeamTrack, formats: Formats) -> str:
    multiplier = track.card.multiplier
    on = formats.day_long(multiplier.counted_to, with_year=True)
    if not multiplier.decided or not multiplier.decided[0]:
        return f"by {on}, nothing was decided"
    decided = count_of(multiplier.decided[0], "opportunity", formats, "opportunities")
    was = counted(multiplier.decided[0], "was", "were")
    sales = count_of(multiplier.sales or 0, "sale", formats)
    return f"by {on}, {decided} {was} decided, with {sales} among them{_range(multiplier, formats)}"


def _range(multiplier: YearMultiplier, formats: Formats) -> str:
    if multiplier.likely_low is None or multiplier.likely_high is None:
        return ""
    low, high = formats.multiplier(multiplier.likely_low), formats.multiplier(multiplier.likely_high)
    return f"; with this many it lies between {low} and {high} eight times in ten"


def _would_be(multiplier: YearMultiplier, formats: Formats) -> str:
    sales = count_of(multiplier.would_be_sales or 0, "sale", formats)
    return f"measured today it would be {formats.multiplier(multiplier.would_be)}, from {sales}"


@dataclass(frozen=True, slots=True)
class StageRow:
    """What a contract takes of one milestone, and what the quotas ask for of it."""

    milestone: str
    decided: int | None
    per_contract: float
    this_year: float | None
    done: int


def stage_rows(track: TeamTrack) -> Sequence[StageRow]:
    """The stage quotas, in the order of the milestones."""
    card = track.card
    counts = () if card.multiplier.label == "set" else card.multiplier.decided
    decided = counts or (None,) * len(card.milestones)
    return [
        StageRow(line.milestone, n, per_contract, line.quota_this_year, line.credited)
        for line, n, per_contract in zip(card.by_milestone, decided, card.multiplier.per_contract, strict=True)
    ]


def contract_says(track: TeamTrack, formats: Formats) -> str:
    """The average contract that quotas assume beside the observed one, and what it does to the contracts needed."""
    average = track.card.average_contract
    if average.assumed is None:
        return _without_assumption(track, formats)
    assumed = f"The targets assume {formats.money_short(average.assumed)} a contract"
    if average.observed is None:
        return f"{assumed}; no sale of the last twelve months has a value to hold it against."
    sales = count_of(average.n_sales, "sale", formats)
    observed = f"{sales} of the last twelve months came to {formats.money_short(average.observed)} on average"
    return f"{assumed}; {observed}. {_contracts_needed(average, formats)}".strip()


def _without_assumption(track: TeamTrack, formats: Formats) -> str:
    average, asked = track.card.average_contract, track.demand.says != "no target"
    why = "The targets count sales, not money" if asked else "No target is set"
    if average.observed is None:
        return f"{why}: no average contract is assumed."
    sales = count_of(average.n_sales, "sale", formats)
    observed = f"{sales} of the last twelve months came to {formats.money_short(average.observed)} on average"
    return f"{why}: no average contract is assumed. {sentence(observed)}"


def _contracts_needed(average: AverageContract, formats: Formats) -> str:
    if average.contracts_assumed is None or average.contracts_observed is None:
        return ""
    assumed, observed = formats.number(average.contracts_assumed), formats.number(average.contracts_observed)
    if assumed == observed:
        return f"The targets of a full year take {assumed} contracts either way."
    return f"The targets of a full year take {assumed} contracts as assumed, and {observed} as observed."


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one change, and its difference to the year as it is."""

    value: str
    change: str
    """Empty in the row as it is."""


@dataclass(frozen=True, slots=True)
class LeverRow:
    """One change, in words, and what it does."""

    says: str
    a_week: Figure
    contracts: Figure
    revenue: Figure | None


def lever_rows(track: TeamTrack, formats: Formats) -> Sequence[LeverRow]:
    """The table of changes, the year as it is first."""
    if not track.levers:
        return ()
    base = track.levers[0]
    return [
        LeverRow(
            lever_name(lever, formats),
            _against(lever.milestones_a_week, base.milestones_a_week, formats.number),
            _against(lever.contracts_a_year, base.contracts_a_year, formats.number),
            None
            if lever.revenue_a_year is None or base.revenue_a_year is None
            else _against(lever.revenue_a_year, base.revenue_a_year, formats.money_short),
        )
        for lever in track.levers
    ]


def _against(value: float, base: float, text_of: Callable[[float], str]) -> Figure:
    change = value - base
    if not change:
        return Figure(text_of(value), "")
    size = text_of(abs(change))
    return Figure(text_of(value), size if size.startswith("<") else f"{'+' if change > 0 else MINUS}{size}")


def lever_name(lever: Lever, formats: Formats) -> str:
    """`Proof to Contract, 5 points more`, `One more rep`."""
    return {
        "as it is": "Every quota met, as it is",
        "gate": f"{lever.milestone} to {lever.next_milestone}, 5 points more",
        "contract value": f"Average contract, {formats.fraction(0.1)} more",
        "rep": "One more rep",
        "selling weeks": "Two more selling weeks",
    }[lever.kind]


def levers_note(track: TeamTrack) -> str:
    """What the figures of the table of changes stand for."""
    brought = f"{sale_word(track.card)}s{' and revenue' if track.levers[0].revenue_a_year is not None else ''} a year"
    return (
        "Milestones a week: what the same target then asks of the present reps. "
        f"{sentence(f'{brought}: what the present effort would then bring')} "
        "Each change is alone, all else as it is."
    )
