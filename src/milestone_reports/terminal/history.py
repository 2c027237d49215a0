"""What history teaches, as a terminal shows it: rates, coaching, the forecast, demand, the plan and what would help.

Its sentences are those of the pages, from `render/words`. Must not compute a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from milestone_reports.render.formats import DASH, Formats
from milestone_reports.render.words import (
    assumptions,
    cards,
    coaching,
    demand,
    forecasts,
    levers,
    planning,
    rates,
    stalls,
    teams,
)
from milestone_reports.render.words.grammar import sentence
from milestone_reports.render.words.planning import MonthPlan, Planned
from milestone_reports.scorecards.figures import Conversion, ExpectedRate, Rate
from milestone_reports.scorecards.insights import Forecast
from milestone_reports.scorecards.pages import RepScorecard, TeamRollup, TeamTrack, TrackCard
from milestone_reports.terminal.tables import grouped, head, paragraph, table_of

MOST_COACHED = 8
"""Entries of the coaching list that a terminal shows."""

Parts = list[RenderableType]
Figure = tuple[Planned, str, Callable[[float], str]]


def lever(card: RepScorecard, formats: Formats) -> Parts:
    """What would change a rep's year most on each track, and what the rep is strongest at."""
    tracks = levers.with_lever(card, len(card.tracks), formats)
    if not tracks:
        return []
    parts: Parts = [head(levers.lever_title(tracks))]
    for track in tracks:
        named = f"{track.track}: " if len(card.tracks) > 1 else ""
        said = "".join(levers.lever(track, formats))
        parts += paragraph(f"{named}{said}" if said else "", levers.beside_lever(track, formats))
    return parts


def conversion(lines: Sequence[Conversion], note: str, formats: Formats) -> Parts:
    """From each milestone the rates to the next and to the sale, so far and expected side by side."""
    if len(lines) == 1:
        return []
    columns = ("From", "To next\nso far", "To next\nexpected", "To the sale\nso far", "To the sale\nexpected")
    table = table_of(*columns, "Open\nthere", numbers=("Open\nthere",))
    for line in lines:
        if line.to_next and line.to_sale:
            table.add_row(
                Text(line.milestone),
                _so_far(line.to_next, formats),
                _expected(line.expected_to_next, formats),
                _so_far(line.to_sale, formats, rates.early_word(line.to_sale_says)),
                _expected(line.expected_to_sale, formats),
                formats.count(line.open_here),
            )
    return [head("Conversion"), table, *paragraph(note, style="dim")]


def _so_far(rate: Rate, formats: Formats, early: str = "") -> str:
    counts = rates.counts_and_share(rate, formats) if rate.decided else "none yet"
    return ", ".join(filter(None, (counts, early)))


def _expected(rate: ExpectedRate | None, formats: Formats) -> str:
    if rate is None or rate.value is None or not rates.shows_expected(rate):
        return "too early"
    return ", ".join(filter(None, (formats.fraction(rate.value), rates.early_word(rate.says))))


def outlook(card: TrackCard, formats: Formats) -> Parts:
    """A rep's forecast to the year's end, in sentences."""
    said = cards.outlook(card, formats)
    return [head("Forecast"), *paragraph(said)] if said else []


def team_conversion(track: TeamTrack, formats: Formats) -> Parts:
    """The team's rates, and which of them the open opportunities will move."""
    moving, undated = rates.will_move_note(track, formats), cards.undated_note(track.card, formats)
    return conversion(track.card.conversion, " ".join(filter(None, (moving, undated))), formats)


def team_history(track: TeamTrack, formats: Formats) -> Parts:
    """What a manager acts on: whom to coach where, what will come, what must start, the plan, and what would help."""
    return [
        *_coaching(track, formats),
        *_forecast(track, formats),
        *_demand(track, formats),
        *_plan(track, formats),
        *_what_if(track, formats),
    ]


def _coaching(track: TeamTrack, formats: Formats) -> Parts:
    if len(track.card.milestones) == 1:
        return []
    title, entries, noun = head("Where coaching pays"), track.card.coaching, coaching.sale_word(track.card)
    if not entries:
        return [title, *paragraph(coaching.no_coaching(track, formats))]
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(justify="right", vertical="top")
    for rank, entry in enumerate(entries[:MOST_COACHED], start=1):
        says = coaching.coaching_says(entry, noun, formats)
        table.add_row(str(rank), Text.assemble((f"{entry.rep}. ", "bold"), says))
    more = coaching.coaching_more(track, MOST_COACHED, formats)
    return [title, *paragraph(coaching.coaching_head(track, formats)), table, *paragraph(more, style="dim")]


def _forecast(track: TeamTrack, formats: Formats) -> Parts:
    card = track.card
    if not card.forecast:
        return []
    noun, in_money = f"{coaching.sale_word(card)}s".capitalize(), forecasts.has_revenue(card)
    sums = (noun, "Revenue") if in_money else (noun,)
    numbers = [heading for name in sums for heading in grouped(name, ("so far", "to come", "likely"))]
    table = table_of("Until", *numbers, numbers=numbers, gap=1)
    for row in forecasts.forecast_rows(card):
        for period in row.periods:
            until = forecasts.no_date() if forecasts.is_assumed(card) else _until(period, formats)
            table.add_row(until, *_contracts(period, formats), *(_revenue(period, formats) if in_money else ()))
    tested = forecasts.backtest_says(track.backtest, formats)
    return [
        head("Forecast"),
        *paragraph(forecasts.forecast_says(card, formats)),
        table,
        *paragraph(tested, style="dim"),
    ]


def _until(period: Forecast, formats: Formats) -> str:
    return f"{formats.day(period.ends_on)}, {period.until}"


def _contracts(period: Forecast, formats: Formats) -> Iterator[str]:
    yield formats.count(period.contracts_done)
    yield formats.number(period.contracts.value)
    yield forecasts.likely_contracts(period.contracts, formats) or DASH


def _revenue(period: Forecast, formats: Formats) -> Iterator[str]:
    yield formats.money_short(period.revenue_done)
    yield formats.money_short(period.revenue.value) if period.revenue else DASH
    yield (forecasts.likely_money(period.revenue, formats) if period.revenue else "") or DASH


def _demand(track: TeamTrack, formats: Formats) -> Parts:
    said = (
        demand.demand_says(track, formats),
        demand.demand_pace(track, formats),
        demand.demand_lead(track.demand, formats),
    )
    return [head("First milestones needed"), *paragraph(*said)]


def _plan(track: TeamTrack, formats: Formats) -> Parts:
    figures = _planned(track, formats)
    years = [planning.plan_total(track, figure) for figure, *_ in figures]
    named = zip(figures, years, strict=True)
    numbers = [heading for (_, name, _), year in named for heading in grouped(name, _shown(year))]
    table = table_of("Month", *numbers, numbers=numbers, gap=1)
    months = zip(*(planning.plan_column(track, figure) for figure, *_ in figures), strict=True)
    labels = [formats.month(month.first_on) for month in track.plan]
    for label, plans in zip([*labels, "Year"], [*months, years], strict=True):
        rows = zip(plans, years, figures, strict=True)
        cells = [cell for plan, year, (*_, text_of) in rows for cell in _plan_cells(plan, year, text_of)]
        table.add_row(label, *cells, style="bold" if label == "Year" else None)
    return [
        head("The year by month"),
        *paragraph(planning.planning_says(track, formats)),
        table,
        *paragraph(planning.plan_note(track, formats), style="dim"),
    ]


def _planned(track: TeamTrack, formats: Formats) -> Sequence[Figure]:
    """The figures of the plan, as its heading names each and as it is written."""
    figures: list[Figure] = [
        ("milestones", "Milestones", formats.count),
        ("contracts", planning.plural_sales(track).capitalize(), formats.number),
    ]
    return [*figures, ("revenue", "Revenue", formats.money_short)] if planning.plan_in_money(track) else figures


def _plan_cells(plan: MonthPlan, year: MonthPlan, text_of: Callable[[float], str]) -> Iterator[str]:
    parts = _parts(plan)
    yield from (DASH if (value := parts[part]) is None else text_of(value) for part in _shown(year))


def _shown(year: MonthPlan) -> Sequence[str]:
    """The columns that a figure of the plan has."""
    return [part for part, value in _parts(year).items() if value is not None]


def _parts(plan: MonthPlan) -> Mapping[str, float | None]:
    return {"required": plan.required, "done": plan.done, "expected": plan.expected}


def _what_if(track: TeamTrack, formats: Formats) -> Parts:
    rows = assumptions.lever_rows(track, formats)
    if not rows:
        return []
    sales = planning.plural_sales(track).capitalize()
    numbers = ["Milestones\na week", f"{sales}\na year", *(["Revenue\na year"] if rows[0].revenue else [])]
    table = table_of("Change", *numbers, numbers=numbers)
    for row in rows:
        figures = filter(None, (row.a_week, row.contracts, row.revenue))
        table.add_row(Text(row.says), *(" ".join(filter(None, (one.value, one.change))) for one in figures))
    return [head("What if"), table, *paragraph(assumptions.levers_note(track), style="dim")]


def open_now(rollup: TeamRollup, formats: Formats) -> Parts:
    """What is open, and how many are overdue, presumed lost, stalled or without a plan; the pages name them."""
    worth = sentence(teams.open_note(rollup, formats)) if rollup.n_open else ""
    still = stalls.still_says(rollup.attention, formats)
    return [head(f"Open opportunities: {formats.count(rollup.n_open)}"), *paragraph(worth, still)]


def capacity(rollup: TeamRollup, formats: Formats) -> Parts:
    """The team's own target beside what its reps' add up to, where the workbook has one."""
    if rollup.capacity is None:
        return []
    return [head("Capacity"), *paragraph(forecasts.capacity_says(rollup.capacity, formats))]
