"""What is said of the forecast: to the month's, the quarter's and the year's end, its range, and how far off it was.

Must not know of markup, nor compute a figure beyond adding what is signed to what is still to come.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext, pgettext
from milestone_reports.render.words.coaching import contracts_about, sale_word
from milestone_reports.render.words.grammar import in_words, sentence
from milestone_reports.scorecards.insights import Range

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from milestone_reports.render.formats import Formats
    from milestone_reports.render.words.coaching import SaleWord
    from milestone_reports.scorecards.insights import Backtest, Capacity, Forecast
    from milestone_reports.scorecards.pages import TrackCard


@dataclass(frozen=True, slots=True)
class ForecastRow:
    """One day to which is forecast, and the periods that end on it."""

    ends_on: date
    periods: tuple[Forecast, ...]
    """The same forecast; what each has brought so far differs."""

    @property
    def forecast(self) -> Forecast:
        """What is still to come."""
        return self.periods[-1]

    @property
    def until(self) -> str:
        """`month`, `quarter and year`."""
        return pgettext("between the names of periods", " and ").join(map(period_name, self.periods))


def period_name(period: Forecast) -> str:
    """`month`, `quarter` or `year`."""
    names = {
        "month": pgettext("period", "month"),
        "quarter": pgettext("period", "quarter"),
        "year": pgettext("period", "year"),
    }
    return names[period.until]


def no_date() -> str:
    """What stands in place of the day while history is too short to say one."""
    return gettext("assumed, no date")


def forecast_rows(card: TrackCard) -> Sequence[ForecastRow]:
    """One row a day: periods that end together are one; what is assumed has no date, and so one row."""
    if is_assumed(card):
        return [ForecastRow(card.forecast[-1].ends_on, card.forecast[-1:])]
    days = groupby(card.forecast, key=lambda forecast: forecast.ends_on)
    return [ForecastRow(day, tuple(periods)) for day, periods in days]


def is_assumed(card: TrackCard) -> bool:
    """Whether history is too short to say when."""
    return any(forecast.basis == "assumed" for forecast in card.forecast)


def has_revenue(card: TrackCard) -> bool:
    """Whether the forecast is in money too."""
    return any(forecast.revenue is not None for forecast in card.forecast)


def most_contracts(card: TrackCard) -> float:
    """The end of the scale on which the ranges of contracts are drawn."""
    return max([1.0, *(row.contracts.high or row.contracts.value for row in card.forecast)])


def most_revenue(card: TrackCard) -> float:
    """The end of the scale on which the ranges of revenue are drawn."""
    ranges = [row.revenue for row in card.forecast if row.revenue]
    return max([1.0, *(one.high or one.value for one in ranges)])


def likely_contracts(found: Range, formats: Formats) -> str:
    """`5.4 to 11.9`; empty without a range."""
    if found.low is None or found.high is None:
        return ""
    return gettext("{low} to {high}", low=formats.number(found.low), high=formats.number(found.high))


def likely_money(found: Range, formats: Formats) -> str:
    """`$232k to $581k`; empty without a range."""
    if found.low is None or found.high is None:
        return ""
    return gettext("{low} to {high}", low=formats.money_short(found.low), high=formats.money_short(found.high))


@dataclass(frozen=True, slots=True)
class YearEnd:
    """What the fiscal year comes to, signed and still to come, as a headline figure."""

    says: str
    value: str
    note: str


def year_end(card: TrackCard, formats: Formats) -> YearEnd | None:
    """The headline figure of the forecast; None where there is no date to it."""
    if not card.forecast or is_assumed(card):
        return None
    year = card.forecast[-1]
    says = gettext("Forecast to {day}", day=formats.day_long(year.ends_on))
    if year.revenue:
        total = added(year.revenue, year.revenue_done)
        likely = gettext("likely {range}", range=likely_money(total, formats))
        return YearEnd(says, formats.money_short(total.value), likely)
    total = added(year.contracts, year.contracts_done)
    likely = gettext("likely {range}", range=likely_contracts(total, formats))
    return YearEnd(says, contracts_says(total.value, sale_word(card), formats), likely)


def contracts_says(contracts: float, noun: SaleWord, formats: Formats) -> str:
    """`11.9 contracts`."""
    n = formats.number(contracts)
    count = 1 if n == formats.number(1) else contracts
    if noun == "contract":
        return ngettext("{n} contract", "{n} contracts", count, n=n)
    return ngettext("{n} sale", "{n} sales", count, n=n)


def added(coming: Range, done: float) -> Range:
    """What is still to come on top of what is done: the range moves along."""
    low = None if coming.low is None else done + coming.low
    high = None if coming.high is None else done + coming.high
    return Range(done + coming.value, low, high)


def forecast_says(card: TrackCard, formats: Formats) -> str:
    """The forecast to the furthest day in sentences: contracts and revenue, their ranges, where they come from."""
    if not card.forecast:
        return ""
    if is_assumed(card):
        return assumed_says(card, formats)
    row = forecast_rows(card)[-1]
    if row.forecast.contracts.value < NOTHING_MORE:
        return gettext("Nothing more is expected by {day}.", day=formats.day_long(row.forecast.ends_on))
    parts = horizon_says(row, sale_word(card), formats), without_value_says(row.forecast, formats)
    return " ".join(filter(None, parts))


def assumed_says(card: TrackCard, formats: Formats) -> str:
    """What is said while no curve can say when."""
    forecast = card.forecast[-1]
    contracts = contracts_about(forecast.contracts.value, sale_word(card), formats)
    if forecast.revenue:
        return gettext(
            "Too little history for a date: {contracts}, {money}, may come of what is open; assumed, no date.",
            contracts=contracts,
            money=formats.money_short(forecast.revenue.value),
        )
    return gettext(
        "Too little history for a date: {contracts} may come of what is open; assumed, no date.", contracts=contracts
    )


def horizon_says(row: ForecastRow, noun: SaleWord, formats: Formats) -> str:
    """One day: what is still to come by then with its range, from what is open and from what is still to start."""
    forecast = row.forecast
    says = gettext(
        "by {day} {contracts} more, likely {range}",
        day=formats.day_long(row.ends_on),
        contracts=contracts_about(forecast.contracts.value, noun, formats),
        range=likely_contracts(forecast.contracts, formats),
    )
    if forecast.revenue:
        money = formats.money_short(forecast.revenue.value)
        in_money = gettext("{money}, likely {range}", money=money, range=likely_money(forecast.revenue, formats))
        says = f"{says}; {in_money}"
    return f"{sentence(says)} {origin_says(forecast, formats)}"


NOTHING_MORE = 0.005
"""Fewer contracts than this are none."""

SMALLEST_SAID = 0.1
"""Fewer contracts than this from what is still to start are not worth a clause."""


def origin_says(forecast: Forecast, formats: Formats) -> str:
    """What comes from open opportunities and what from those still to start."""
    if forecast.contracts_new < SMALLEST_SAID:
        return gettext("All of it comes from what is open now.")
    return gettext(
        "From what is open now {open}, from what is still to start {new}.",
        open=amount(forecast.contracts_open, formats),
        new=amount(forecast.contracts_new, formats),
    )


def amount(value: float, formats: Formats) -> str:
    """A number of contracts in a sentence: `1.4`, `less than 0.1`, `none`."""
    if not value:
        return pgettext("contracts", "none")
    text = formats.number(value)
    return gettext("less than {n}", n=text.removeprefix("<")) if text.startswith("<") else text


def without_value_says(forecast: Forecast, formats: Formats) -> str:
    """How many open opportunities are in the contracts alone; empty for none, and where nothing has a value."""
    count = forecast.n_without_value
    if not count or forecast.revenue is None:
        return ""
    says = ngettext(
        "one open opportunity has no value: in the contracts, not in the revenue",
        "{n} open opportunities have no value: in the contracts, not in the revenue",
        count,
        n=in_words(count, formats),
    )
    return sentence(says)


def backtest_says(backtest: Backtest | None, formats: Formats) -> str:
    """How far off it would have been: how often inside the range, and what was said and came on average."""
    if backtest is None or not backtest.months:
        return gettext("No month-end has had enough history yet to test the forecast on.")
    count, days = len(backtest.months), formats.count(backtest.n_days)
    written = formats.money_short if backtest.in_money else formats.number
    said, came = written(backtest.forecast / count), written(backtest.actual / count)
    if count > 1:
        return gettext(
            "At the last {n} month-ends it said {said} on average for the {days} days after each; "
            "{came} came, {inside} of the {all} inside the range.",
            n=in_words(count, formats),
            said=said,
            days=days,
            came=came,
            inside=formats.count(backtest.n_inside),
            all=formats.count(count),
        )
    if backtest.n_inside:
        return gettext(
            "At the last month-end it said {said} for the {days} days after it; {came} came, inside its range.",
            said=said,
            days=days,
            came=came,
        )
    return gettext(
        "At the last month-end it said {said} for the {days} days after it; {came} came, outside its range.",
        said=said,
        days=days,
        came=came,
    )


def capacity_says(capacity: Capacity, formats: Formats) -> str:
    """The team's own target beside the sum of its reps' targets in money, and what is not covered."""
    own, reps = formats.money_short(capacity.team_target), formats.money_short(capacity.reps_target)
    if not capacity.reps_target:
        return gettext("The team’s own target is {own}; no rep has a target in money.", own=own)
    says = gettext("The team’s own target is {own}; the reps’ targets of this year come to {reps}", own=own, reps=reps)
    gap = formats.money_short(abs(capacity.gap))
    if capacity.gap < 0:
        return gettext("{says}, so {gap} stands in no rep’s target.", says=says, gap=gap)
    if capacity.gap:
        return gettext("{says}, {gap} more than it.", says=says, gap=gap)
    return gettext("{says}, just that.", says=says)
