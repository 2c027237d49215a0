"""The scorecard of a rep and the team's roll-up as a terminal shows them, with what history teaches in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from milestone_reports.history.changes import WhatChanged
from milestone_reports.render.formats import Formats
from milestone_reports.render.words import (
    card_weeks,
    cards,
    changes,
    flows,
    headlines,
    levers,
    multipliers,
    rewritten,
)
from milestone_reports.scorecards.figures import LedgerItem, OpenOpportunity, Quota, WeekFigures
from milestone_reports.scorecards.pages import RepScorecard, Stamp, TeamRollup, TeamTrack, TrackCard
from milestone_reports.terminal import history
from milestone_reports.terminal.tables import formats_of, grouped, head, paragraph, table_of

MARKS = {"done": "✓", "claimed": "?", "carried": "→", "planned": "□", "lost": "×", "closed": "–", "removed": "×"}
MOST_OPEN = 15
"""Open opportunities that a terminal shows; the page has them all."""


def rep_card(card: RepScorecard) -> RenderableType:
    """The scorecard of one rep."""
    formats, named = formats_of(card.stamp), len(card.tracks) > 1
    parts: list[RenderableType] = [
        Text(card.rep, style="bold"),
        Text(headlines.rep_headline(card.headline, formats)),
        Text(_stamp_line(card.stamp, formats), style="dim"),
    ]
    parts += _since(card.changes.since, formats)
    for track in card.tracks:
        parts += _quota(track, formats, named=named)
    parts += _week("This week", card.this_week, formats)
    parts += _plan(card, formats)
    parts += _week("Next week", card.next_week, formats)
    parts += history.lever(card, formats)
    for track in card.tracks:
        parts += _year(track, formats, named=named)
        parts += history.conversion(track.conversion, cards.conversion_notes(track, card.stamp, formats), formats)
        parts += history.outlook(track, formats)
    parts += _open(card, formats)
    return Group(*parts)


def _stamp_line(stamp: Stamp, formats: Formats) -> str:
    week = formats.week_range(stamp.week_first_on, stamp.week_last_on, with_year=True)
    as_of = formats.day_long(stamp.as_of, with_year=True)
    return f"{stamp.team}, {formats.week(stamp.week)}, {week}, as of {as_of}; from {stamp.workbook}"


def _since(since: WhatChanged | None, formats: Formats) -> list[Text]:
    """What changed since the last copy, and the sum; nothing without one."""
    if since is None:
        return []
    lines = flows.flow_lines(since.flow, since.since.as_of, formats.as_of or since.since.as_of, formats)
    counts = (formats.count(line.n) if line.is_end else formats.signed(line.n) for line in lines if line.n is not None)
    names = (line.says for line in lines if line.n is not None)
    sums = ", ".join(f"{n} {says}" for n, says in zip(counts, names, strict=True))
    notes = [flows.unlisted_says(since.flow, formats)]
    notes += [flows.not_in_the_sum()] if flows.lists_more_than_the_sum(since) else []
    return [Text(changes.in_short(since, formats)), *paragraph(sums, style="dim"), *paragraph(*notes, style="dim")]


def _quota(track: TrackCard, formats: Formats, *, named: bool) -> list[RenderableType]:
    title = head(f"Quota, {track.track}" if named else "Quota")
    if track.quota is None:
        return [title, Text("No target in the workbook: no quota.")]
    lines = [Text(line) for line in quota_lines(track.quota, formats)]
    return [title, *lines, *_multiplier(track, formats)]


def _multiplier(track: TrackCard, formats: Formats) -> list[Text]:
    return paragraph(multipliers.multiplier_says(track.multiplier, formats), style="dim")


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
    return [head(f"{title} ({formats.week(week.week)}, {days}): {', '.join(facts)}"), table]


def _plan(card: RepScorecard, formats: Formats) -> list[Text]:
    """Which plan the week is judged by, and how much of such plans was kept."""
    week = card.this_week
    file = f" ({week.plan_from.file})" if week.plan_from else ""
    kept = "".join(card_weeks.reliability_line(card.reliability, formats, has_copies=week.has_earlier_copies))
    says = card_weeks.plan_says(week, formats).removesuffix(".") + file + "."
    return paragraph(says, kept, style="dim")


def _ledger(item: LedgerItem, week: WeekFigures, formats: Formats) -> Sequence[RenderableType]:
    name = ", ".join(filter(None, (item.account, item.opportunity)))
    day, note = card_weeks.ledger_day(item, week, formats), card_weeks.ledger_note(item, week, formats)
    return MARKS[item.state], day, Text(name), Text(item.milestone), Text(note)


def _year(track: TrackCard, formats: Formats, *, named: bool) -> list[RenderableType]:
    title = head(f"The year, {track.track}" if named else "The year")
    numbers = ("Done", "Quota to date", "Gap", "Claimed")
    table = table_of("Milestone", *numbers, numbers=numbers)
    for line in track.by_milestone:
        table.add_row(
            Text(line.milestone),
            formats.count(line.credited),
            "–" if line.quota_to_date is None else formats.number(line.quota_to_date),
            "–" if line.gap is None else formats.signed(line.gap),
            formats.count(line.claimed),
        )
    pace = Text(cards.against_pace(track.pace, formats))
    return [title, pace, table, *paragraph(levers.back_on_pace(track, formats))]


def _open(card: RepScorecard, formats: Formats) -> list[RenderableType]:
    columns = ("Account, opportunity", "Value", "Reached", "Next", "Planned", "Asks for attention")
    table = table_of(*columns, numbers=("Value",))
    for one in card.open[:MOST_OPEN]:
        table.add_row(
            Text(", ".join(filter(None, (one.account, one.opportunity)))),
            "–" if one.value is None else formats.money(one.value),
            Text(one.stage or "–"),
            Text(one.next_milestone),
            formats.day(one.next_planned_on) if one.next_planned_on else "no date",
            Text(_asks_for(one, formats)),
        )
    more = len(card.open) - MOST_OPEN
    flags = "; ".join(says for _, _, says in cards.attention_flags(card.attention, formats))
    return [
        head(f"Open opportunities: {len(card.open)}"),
        *paragraph(flags),
        *([table] if card.open else []),
        *paragraph(f"and {more} more" if more > 0 else "", style="dim"),
    ]


def _asks_for(one: OpenOpportunity, formats: Formats) -> str:
    """What the table does not show in a column of its own."""
    return ", ".join(says for kind, _, says in cards.open_flags(one, formats) if kind != "no-date")


def team_card(rollup: TeamRollup) -> RenderableType:
    """The team roll-up: each track with its reps, and what its history teaches."""
    formats = formats_of(rollup.stamp)
    restated = rewritten.restated_in_short(rollup.changes.restated, formats)
    parts: list[RenderableType] = [
        Text(rollup.stamp.team, style="bold"),
        Text(headlines.team_headline(rollup.headline, formats)),
        Text(_stamp_line(rollup.stamp, formats), style="dim"),
    ]
    parts += _since(rollup.changes.since, formats)
    parts += paragraph(f"Past weeks that read otherwise now: {restated}." if restated else "")
    for track in rollup.tracks:
        parts += [head(track.card.track), _reps(track, rollup.stamp, formats)]
        parts += _multiplier(track.card, formats)
        parts += history.team_conversion(track, formats)
        parts += [] if rollup.stamp.nothing_recorded else history.team_history(track, formats)
    parts += history.open_now(rollup, formats)
    parts += history.capacity(rollup, formats)
    return Group(*parts)


def _reps(track: TeamTrack, stamp: Stamp, formats: Formats) -> Table:
    week, year = grouped("Week", ("done", "planned", "target")), grouped("Year", ("done", "needed", "gap", "signed"))
    numbers = (*week, *year, "\nOpen", "Over-\ndue")
    table = table_of("\nRep", *numbers, "\nPace", numbers=numbers, gap=1)
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
            "–" if stamp.nothing_recorded else "first week" if row.new_this_week else row.standing,
        )
    return table
