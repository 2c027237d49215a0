"""The sentences on what a plan rests on: the multiplier, the average contract, and what a change of them would do.

Must not know of markup, nor compute a figure beyond what a row differs from the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_reports.render.formats import MINUS
from milestone_reports.render.language import gettext, ngettext, npgettext, pgettext
from milestone_reports.render.words.coaching import sale_word
from milestone_reports.render.words.grammar import in_words, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.insights import AverageContract, Lever, YearMultiplier
    from milestone_reports.scorecards.pages import Stamp, TeamTrack


def multiplier_in_full(track: TeamTrack, stamp: Stamp, formats: Formats) -> str:
    """The multiplier of the year: what it is, from what, for how long, and what it would be today."""
    multiplier = track.card.multiplier
    parts = [f"{_takes(track, formats)}; {_asked(track, formats)}"]
    if multiplier.label != "set":
        kept = gettext("it is kept for {year}, so that no quota moves in the year", year=stamp.fiscal_year)
        parts += [_counted(multiplier, formats), kept]
    return " ".join(map(sentence, filter(None, (*parts, _would_be(multiplier, formats)))))


def _takes(track: TeamTrack, formats: Formats) -> str:
    count = len(track.card.milestones)
    n = in_words(count, formats)
    if sale_word(track.card) == "contract":
        return ngettext(
            "a contract takes one milestone if nothing is lost on the way",
            "a contract takes {n} milestones if nothing is lost on the way",
            count,
            n=n,
        )
    return ngettext(
        "a sale takes one milestone if nothing is lost on the way",
        "a sale takes {n} milestones if nothing is lost on the way",
        count,
        n=n,
    )


def _asked(track: TeamTrack, formats: Formats) -> str:
    multiplier = track.card.multiplier
    times, label = formats.multiplier(multiplier.value), _label(multiplier)
    if track.demand.says == "no target":
        return gettext("a quota would ask for {times} times as many ({label})", times=times, label=label)
    return gettext("the quotas ask for {times} times as many ({label})", times=times, label=label)


def _label(multiplier: YearMultiplier) -> str:
    return {
        "assumed": gettext("assumed: fewer than five sales"),
        "mixed": gettext("part assumed, part measured: fewer than 20 sales"),
        "measured": gettext("measured by the track’s own sales"),
        "set": gettext("set in the workbook"),
    }[multiplier.label]


def _counted(multiplier: YearMultiplier, formats: Formats) -> str:
    day = formats.day_long(multiplier.counted_to, with_year=True)
    count = multiplier.decided[0] if multiplier.decided else 0
    if not count:
        return gettext("by {day}, nothing was decided", day=day)
    decided = ngettext(
        "by {day}, one opportunity was decided, with {sales} among them",
        "by {day}, {n} opportunities were decided, with {sales} among them",
        count,
        n=in_words(count, formats),
        day=day,
        sales=_sales(multiplier.sales or 0, formats),
    )
    return "; ".join(filter(None, (decided, _range(multiplier, formats))))


def _sales(count: int, formats: Formats) -> str:
    if not count:
        return pgettext("among them", "no sales")
    return npgettext("among them", "one sale", "{n} sales", count, n=in_words(count, formats))


def _range(multiplier: YearMultiplier, formats: Formats) -> str:
    if multiplier.likely_low is None or multiplier.likely_high is None:
        return ""
    low, high = formats.multiplier(multiplier.likely_low), formats.multiplier(multiplier.likely_high)
    return gettext("with this many it lies between {low} and {high} eight times in ten", low=low, high=high)


def _would_be(multiplier: YearMultiplier, formats: Formats) -> str:
    if multiplier.would_be is None:
        return ""
    value, count = formats.multiplier(multiplier.would_be), multiplier.would_be_sales or 0
    if not count:
        return gettext("measured today it would be {value}, from no sales", value=value)
    return ngettext(
        "measured today it would be {value}, from one sale",
        "measured today it would be {value}, from {n} sales",
        count,
        value=value,
        n=in_words(count, formats),
    )


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
    money = formats.money_short(average.assumed)
    if average.observed is None:
        return gettext(
            "The targets assume {money} a contract; no sale of the last twelve months has a value to hold it against.",
            money=money,
        )
    assumed = gettext("The targets assume {money} a contract", money=money)
    observed = _observed(average.observed, average.n_sales, formats)
    return f"{assumed}; {observed}. {_contracts_needed(average, formats)}".strip()


def _without_assumption(track: TeamTrack, formats: Formats) -> str:
    average = track.card.average_contract
    if track.demand.says == "no target":
        why = gettext("No target is set: no average contract is assumed.")
    else:
        why = gettext("The targets count sales, not money: no average contract is assumed.")
    if average.observed is None:
        return why
    return f"{why} {sentence(_observed(average.observed, average.n_sales, formats))}"


def _observed(money: float, n_sales: int, formats: Formats) -> str:
    return ngettext(
        "one sale of the last twelve months came to {money} on average",
        "{n} sales of the last twelve months came to {money} on average",
        n_sales,
        n=in_words(n_sales, formats),
        money=formats.money_short(money),
    )


def _contracts_needed(average: AverageContract, formats: Formats) -> str:
    if average.contracts_assumed is None or average.contracts_observed is None:
        return ""
    assumed, observed = formats.number(average.contracts_assumed), formats.number(average.contracts_observed)
    if assumed == observed:
        return gettext("The targets of a full year take {n} contracts either way.", n=assumed)
    return gettext(
        "The targets of a full year take {assumed} contracts as assumed, and {observed} as observed.",
        assumed=assumed,
        observed=observed,
    )


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
        "as it is": gettext("Every quota met, as it is"),
        "gate": gettext("{milestone} to {next}, 5 points more", milestone=lever.milestone, next=lever.next_milestone),
        "contract value": gettext("Average contract, {share} more", share=formats.fraction(0.1)),
        "rep": gettext("One more rep"),
        "selling weeks": gettext("Two more selling weeks"),
    }[lever.kind]


def levers_note(track: TeamTrack) -> str:
    """What the figures of the table of changes stand for."""
    asked = gettext("Milestones a week: what the same target then asks of the present reps.")
    alone = gettext("Each change is alone, all else as it is.")
    return f"{asked} {_brought(track)} {alone}"


def _brought(track: TeamTrack) -> str:
    contracts, in_money = sale_word(track.card) == "contract", track.levers[0].revenue_a_year is not None
    if contracts and in_money:
        return gettext("Contracts and revenue a year: what the present effort would then bring.")
    if contracts:
        return gettext("Contracts a year: what the present effort would then bring.")
    if in_money:
        return gettext("Sales and revenue a year: what the present effort would then bring.")
    return gettext("Sales a year: what the present effort would then bring.")
