"""Scorecards, the team and the data checks as a terminal shows them. Makes what rich prints; prints nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from milestone_reports.domain.problem import CellRef, Level, Problem
from milestone_reports.render.formats import Formats
from milestone_reports.render.words import cards, headlines
from milestone_reports.scorecards.checks import problem_groups
from milestone_reports.scorecards.figures import Conversion, LedgerItem, OpenOpportunity, Quota, Rate, WeekFigures
from milestone_reports.scorecards.pages import RepScorecard, Stamp, TeamRollup, TeamTrack, TrackCard

STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.NOTE: "dim"}
MARKS = {"done": "✓", "claimed": "?", "carried": "→", "planned": "□", "lost": "×", "closed": "–"}
MOST_PLACES = 3
"""Places of like problems that a terminal names; the JSON has each of them."""

MOST_OPEN = 15
"""Open opportunities that a terminal shows; the page has them all."""


def formats_of(stamp: Stamp) -> Formats:
    """The formats of a team's pages."""
    return Formats(stamp.locale, stamp.currency, stamp.as_of)


def _table(*columns: str, numbers: Sequence[str] = ()) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    return table


def _head(text: str) -> Text:
    return Text(f"\n{text}", style="bold")


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


def rep_card(card: RepScorecard) -> RenderableType:
    """The scorecard of one rep."""
    formats = formats_of(card.stamp)
    parts: list[RenderableType] = [
        Text(card.rep, style="bold"),
        Text(headlines.rep_headline(card.headline, formats)),
        Text(_stamp_line(card.stamp, formats), style="dim"),
    ]
    for track in card.tracks:
        parts += _quota(track, formats, named=len(card.tracks) > 1)
    parts += _week("This week", card.this_week, formats)
    parts += _week("Next week", card.next_week, formats)
    for track in card.tracks:
        parts += _year(track, formats, named=len(card.tracks) > 1)
        parts += _conversion(track.conversion, formats)
    parts += _open(card.open, formats)
    return Group(*parts)


def _stamp_line(stamp: Stamp, formats: Formats) -> str:
    week = formats.week_range(stamp.week_first_on, stamp.week_last_on, with_year=True)
    as_of = formats.day_long(stamp.as_of, with_year=True)
    return f"{stamp.team}, {formats.week(stamp.week)}, {week}, as of {as_of}; from {stamp.workbook}"


def _quota(track: TrackCard, formats: Formats, *, named: bool) -> list[RenderableType]:
    title = _head(f"Quota, {track.track}" if named else "Quota")
    if track.quota is None:
        return [title, Text("No target in the workbook: no quota.")]
    lines = [Text(line) for line in quota_lines(track.quota, formats)]
    return [title, *lines]


def quota_lines(quota: Quota, formats: Formats) -> Iterator[str]:
    """The quota as two equations: the ideal, and what the multiplier makes of it."""
    contracts = f"{formats.number(quota.contracts_a_year)} contracts a year"
    if quota.average_contract_value:
        contracts = (
            f"{formats.money(quota.annual_target)} / {formats.money(quota.average_contract_value)} = {contracts}"
        )
    yield (
        f"{contracts} x {quota.n_milestones} milestones = {formats.number(quota.ideal_milestones_a_year)} a year, "
        f"{formats.number(quota.ideal_milestones_a_month)} a month, "
        f"{formats.number(quota.ideal_milestones_a_week)} a week (ideal)"
    )
    yield (
        f"x {formats.multiplier(quota.multiplier)} ({quota.multiplier_is}) = "
        f"{formats.number(quota.required_milestones_a_year)} a year, "
        f"{formats.number(quota.milestones_a_month)} a month, "
        f"{formats.number(quota.milestones_a_week)} a week"
    )


def _week(title: str, week: WeekFigures, formats: Formats) -> list[RenderableType]:
    facts = [f"{week.done} done", f"{week.completed_of_planned} of {week.planned} planned"]
    if title == "Next week":
        facts = [f"{week.planned} planned", f"{week.carried_over} carried over"]
    elif week.claimed:
        facts.append(f"{week.claimed} claimed")
    if week.target is not None:
        facts.append(f"target {formats.number(week.target)}")
    table = Table.grid(padding=(0, 2, 0, 0))
    for item in week.items:
        table.add_row(*_ledger(item, week, formats))
    days = formats.week_range(week.first_on, week.last_on)
    return [_head(f"{title} ({formats.week(week.week)}, {days}): {', '.join(facts)}"), table]


def _ledger(item: LedgerItem, week: WeekFigures, formats: Formats) -> Sequence[RenderableType]:
    name = ", ".join(filter(None, (item.account, item.opportunity)))
    day, note = cards.ledger_day(item, week, formats), cards.ledger_note(item, week, formats)
    return MARKS[item.state], day, Text(name), Text(item.milestone), Text(note)


def _year(track: TrackCard, formats: Formats, *, named: bool) -> list[RenderableType]:
    title = _head(f"The year, {track.track}" if named else "The year")
    numbers = ("Done", "Quota to date", "Gap", "Claimed")
    table = _table("Milestone", *numbers, numbers=numbers)
    for line in track.by_milestone:
        table.add_row(
            Text(line.milestone),
            formats.count(line.credited),
            "–" if line.quota_to_date is None else formats.number(line.quota_to_date),
            "–" if line.gap is None else formats.signed(line.gap),
            formats.count(line.claimed),
        )
    return [title, Text(cards.against_pace(track.pace, formats)), table]


def _conversion(lines: Sequence[Conversion], formats: Formats) -> list[RenderableType]:
    table = _table("From", "To next", "To the sale", "Open there", numbers=("Open there",))
    for line in lines:
        if line.to_next and line.to_sale:
            table.add_row(
                Text(line.milestone),
                _rate(line.to_next, formats),
                _rate(line.to_sale, formats),
                formats.count(line.open_here),
            )
    return [_head("Conversion so far"), table]


def _rate(rate: Rate, formats: Formats) -> str:
    counts = formats.counts(rate)
    return f"{counts} ({formats.percent(rate)})" if rate.enough else f"{counts}, too early to say"


def _open(opportunities: Sequence[OpenOpportunity], formats: Formats) -> list[RenderableType]:
    table = _table(
        "Account, opportunity", "Value", "Reached", "Next", "Planned", "Overdue", numbers=("Value", "Overdue")
    )
    for one in opportunities[:MOST_OPEN]:
        table.add_row(
            Text(", ".join(filter(None, (one.account, one.opportunity)))),
            "–" if one.value is None else formats.money(one.value),
            Text(one.stage or "–"),
            Text(one.next_milestone),
            formats.day(one.next_planned_on) if one.next_planned_on else "no date",
            f"{one.overdue_days} d" if one.overdue_days else "",
        )
    more = len(opportunities) - MOST_OPEN
    rest = [Text(f"and {more} more", style="dim")] if more > 0 else []
    return [_head(f"Open opportunities: {len(opportunities)}"), *([table] if opportunities else []), *rest]


def team_card(rollup: TeamRollup) -> RenderableType:
    """The team roll-up: each track with its reps."""
    formats = formats_of(rollup.stamp)
    parts: list[RenderableType] = [
        Text(rollup.stamp.team, style="bold"),
        Text(headlines.team_headline(rollup.headline, formats)),
        Text(_stamp_line(rollup.stamp, formats), style="dim"),
    ]
    for track in rollup.tracks:
        parts += [_head(track.card.track), _reps(track, formats), *_conversion(track.card.conversion, formats)]
    return Group(*parts)


def _reps(track: TeamTrack, formats: Formats) -> Table:
    numbers = ("Done", "Planned", "Target", "Year", "Expected", "Gap", "Contracts", "Open", "Overdue")
    table = _table("Rep", *numbers, "Pace", numbers=numbers)
    for row in track.reps:
        table.add_row(
            Text(row.rep),
            formats.count(row.done),
            formats.count(row.planned),
            "–" if row.target is None else formats.number(row.target),
            formats.count(row.credited_to_date),
            "–" if row.gap is None else formats.number(row.expected_to_date),
            "–" if row.gap is None else formats.signed(row.gap),
            formats.count(row.contracts_to_date),
            formats.count(row.n_open),
            formats.count(row.n_overdue),
            "first week" if row.new_this_week else row.standing,
        )
    return table
