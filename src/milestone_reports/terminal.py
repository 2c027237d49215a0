"""Scorecards, the team and the data checks as a terminal shows them. Makes what rich prints; prints nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from milestone_reports.domain.problem import CellRef, Level, Problem
from milestone_reports.render.formats import MONTHS, Formats
from milestone_reports.render.words import cards, headlines
from milestone_reports.scorecards.checks import problem_groups
from milestone_reports.scorecards.figures import Conversion, LedgerItem, OpenOpportunity, Quota, Rate, WeekFigures
from milestone_reports.scorecards.pages import RepScorecard, Stamp, TeamRollup, TeamTrack, TrackCard
from milestone_reports.workbook.marking.copy import Marked
from milestone_reports.workbook.reading.understanding import (
    ColumnRead,
    DatesRead,
    RepRead,
    SettingRead,
    SheetRead,
    TrackRead,
    Understanding,
)

STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.NOTE: "dim"}
MARKS = {"done": "✓", "claimed": "?", "carried": "→", "planned": "□", "lost": "×", "closed": "–"}
MOST_PLACES = 3
"""Places of like problems that a terminal names; the JSON has each of them."""

MOST_REPS = 30
"""Reps of whom a terminal tells how they were read; the JSON has them all."""

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
        parts += [
            _head(track.card.track),
            _reps(track, rollup.stamp, formats),
            *_conversion(track.card.conversion, formats),
        ]
    return Group(*parts)


def _reps(track: TeamTrack, stamp: Stamp, formats: Formats) -> Table:
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
            "–" if stamp.nothing_recorded else "first week" if row.new_this_week else row.standing,
        )
    return table


def understanding(read: Understanding) -> Iterator[RenderableType]:
    """How a workbook was understood: the sheet, its columns, the milestones, dates, settings and reps."""
    known = {setting.name: setting.value for setting in read.settings}
    formats = Formats(str(known["Locale"]), str(known["Currency"]), read.as_of)
    saved = f", last saved {formats.moment(read.saved_at)}" if read.saved_at else ""
    beside = f", with {read.companion}" if read.companion else ""
    sheet = read.opportunities
    left_out = f"{formats.count(sheet.n_left_out)} left out" if sheet.n_left_out else "none left out"
    yield Text(f"{read.workbook}: {read.kind}{saved}{beside}", style="bold")
    yield Text(f"Team {read.team}, as of {formats.day_long(read.as_of, with_year=True)} ({read.as_of_why})")
    yield Text(
        f"Opportunities are on the sheet '{sheet.sheet}' ({sheet.why}), their headers in row {sheet.header_row}: "
        f"{formats.count(sheet.n_rows)} row{'s' if sheet.n_rows != 1 else ''} read, {left_out}"
    )
    yield from (_track_read(track, formats) for track in read.tracks)
    yield _columns_read(read.columns, sheet.sheet)
    yield Group(_head("Dates"), _dates_read(read.dates))
    yield _sheets_read(read.sheets)
    yield from (
        Text(f"Hidden {words} of '{part.sheet}', read like any other", style=STYLES[Level.WARNING])
        for part in read.hidden
        for words in (part.rows and part.rows_in_words, part.columns and part.columns_in_words)
        if words
    )
    yield _settings_read(read.settings, formats)
    yield _reps_read(read.reps, formats, named=len(read.tracks) > 1)


def _columns_read(columns: Sequence[ColumnRead], sheet: str) -> RenderableType:
    table = _table("", "Header", "Read as", "Because")
    for column in columns:
        hidden = " (hidden)" if column.is_hidden else ""
        table.add_row(
            column.letters,
            Text(column.header + hidden),
            Text(column.read_as or "not used"),
            Text(column.why),
            style=None if column.read_as else "dim",
        )
    return Group(_head(f"Columns of '{sheet}'"), table)


def _track_read(track: TrackRead, formats: Formats) -> RenderableType:
    has_undated = any(milestone.n_undated for milestone in track.milestones)
    numbers = ("Dates", "Undated")
    table = _table("", "Milestone", "Column", "Dates", *numbers[1:] * has_undated, "From", "To", "", numbers=numbers)
    for number, milestone in enumerate(track.milestones, start=1):
        facts = ("the sale" * milestone.is_sale, "evidence required" * milestone.evidence_required)
        table.add_row(
            str(number),
            Text(milestone.name),
            milestone.column or "–",
            formats.count(milestone.n_dates),
            *([formats.count(milestone.n_undated)] if has_undated else []),
            formats.day(milestone.first_on) if milestone.first_on else "–",
            formats.day(milestone.last_on) if milestone.last_on else "–",
            ", ".join(filter(None, facts)),
        )
    opportunities = f"{formats.count(track.n_opportunities)} opportunit{'ies' if track.n_opportunities != 1 else 'y'}"
    return Group(_head(f"Milestones of {track.name}: {track.why}; {opportunities}"), table)


def _dates_read(dates: DatesRead) -> Text:
    order = "day" if dates.day_first else "month"
    if not dates.n_text:
        return Text(
            f"None of those read is typed as text. One such as 03/04/2026 would be read {order} first: {dates.why}"
        )
    either_way = f", of which {dates.n_either_way:,} could be read either way" if dates.n_either_way else ""
    return Text(f"{dates.n_text:,} typed as text{either_way}. Read {order} first: {dates.why}")


def _sheets_read(sheets: Sequence[SheetRead]) -> RenderableType:
    table = _table("Sheet", "Read as", "Because")
    for sheet in sheets:
        table.add_row(
            Text(sheet.name + " (hidden)" * sheet.is_hidden),
            sheet.read_as or "not read",
            Text(sheet.why),
            style=None if sheet.read_as else "dim",
        )
    return Group(_head("Sheets"), table)


def _settings_read(settings: Sequence[SettingRead], formats: Formats) -> RenderableType:
    table = _table("Setting", "Value", "From")
    for setting in settings:
        table.add_row(
            setting.name,
            Text(_setting_value(setting, formats)),
            Text(setting.place or ("the file's name" if setting.name == "Team" else "the default")),
            style=None if setting.place else "dim",
        )
    return Group(_head("Settings"), table)


def _setting_value(setting: SettingRead, formats: Formats) -> str:
    value = setting.value
    if setting.name == "Fiscal year starts" and isinstance(value, (int, float)):
        return MONTHS[int(value)]
    if value is None or value == "":
        return "auto" if setting.name == "Multiplier" else "–"
    if isinstance(value, date):
        return formats.day_long(value, with_year=True)
    return value if isinstance(value, str) else formats.number(value)


def _reps_read(reps: Sequence[RepRead], formats: Formats, *, named: bool) -> RenderableType:
    numbers = ("Rows", "Target", "Average")
    is_listed = any(rep.is_listed for rep in reps)
    table = _table("Rep", *(["Track"] if named else []), *numbers, "From", "To", "", numbers=numbers)
    for rep in reps[:MOST_REPS]:
        value = formats.money if rep.target_is == "value" else formats.number
        table.add_row(
            Text(rep.name),
            *([Text(rep.track)] if named else []),
            formats.count(rep.n_opportunities),
            "–" if rep.annual_target is None else value(rep.annual_target),
            "–" if rep.average_contract_value is None else formats.money(rep.average_contract_value),
            formats.day(rep.start_on) if rep.start_on else "",
            formats.day(rep.end_on - timedelta(days=1)) if rep.end_on else "",
            "not on the Reps sheet" if is_listed and not rep.is_listed else "",
        )
    more = len(reps) - MOST_REPS
    rest = [Text(f"and {more:,} more; --format json has them all", style="dim")] if more > 0 else []
    n_reps = len({rep.name for rep in reps})
    why = "" if is_listed else ", all who own opportunities: there is no Reps sheet"
    return Group(_head(f"Reps: {n_reps:,}{why}"), table, *rest)


def counted(found: Sequence[Problem], workbook: Path) -> Text:
    """How many problems there are, and the command that lists them."""
    counts = [(sum(problem.level is level for problem in found), level.value) for level in Level]
    told = ", ".join(f"{count:,} {word}{'s' if count != 1 else ''}" for count, word in counts if count)
    return Text(
        f"\nProblems: {told}. milestone-reports check {workbook} lists them." if told else "\nNo problems found."
    )


def copied(marked: Marked) -> Text:
    """What the marked copy shows and what it lacks."""
    cells = f"{marked.n_cells:,} cell{'s' if marked.n_cells != 1 else ''}"
    listed = f"{marked.n_problems:,} problem{'s' if marked.n_problems != 1 else ''}"
    beyond = f", {marked.n_without_cell:,} of them without a cell in this workbook" if marked.n_without_cell else ""
    lacks = f" Not in the copy: {', '.join(marked.not_copied)}." if marked.not_copied else ""
    return Text(f"\nWrote {marked.copy}: {cells} marked, {listed} listed{beyond}.{lacks}")
