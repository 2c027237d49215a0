"""How a workbook was understood, as a terminal shows it: the sheet, its columns, milestones, dates, settings, reps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from rich.console import Group, RenderableType
from rich.text import Text

from milestone_reports.domain.problem import Level
from milestone_reports.render.formats import Formats, month_name
from milestone_reports.terminal.checks import STYLES
from milestone_reports.terminal.tables import head, table_of
from milestone_reports.workbook.reading.understanding import (
    ColumnRead,
    DatesRead,
    RepRead,
    SettingRead,
    SheetRead,
    TrackRead,
    Understanding,
)

MOST_REPS = 30
"""Reps of whom a terminal tells how they were read; the JSON has them all."""


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
    yield Group(head("Dates"), _dates_read(read.dates))
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
    table = table_of("", "Header", "Read as", "Because")
    for column in columns:
        hidden = " (hidden)" if column.is_hidden else ""
        table.add_row(
            column.letters,
            Text(column.header + hidden),
            Text(column.read_as or "not used"),
            Text(column.why),
            style=None if column.read_as else "dim",
        )
    return Group(head(f"Columns of '{sheet}'"), table)


def _track_read(track: TrackRead, formats: Formats) -> RenderableType:
    has_undated = any(milestone.n_undated for milestone in track.milestones)
    numbers = ("Dates", "Undated")
    table = table_of("", "Milestone", "Column", "Dates", *numbers[1:] * has_undated, "From", "To", "", numbers=numbers)
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
    return Group(head(f"Milestones of {track.name}: {track.why}; {opportunities}"), table)


def _dates_read(dates: DatesRead) -> Text:
    order = "day" if dates.day_first else "month"
    if not dates.n_text:
        return Text(
            f"None of those read is typed as text. One such as 03/04/2026 would be read {order} first: {dates.why}"
        )
    either_way = f", of which {dates.n_either_way:,} could be read either way" if dates.n_either_way else ""
    return Text(f"{dates.n_text:,} typed as text{either_way}. Read {order} first: {dates.why}")


def _sheets_read(sheets: Sequence[SheetRead]) -> RenderableType:
    table = table_of("Sheet", "Read as", "Because")
    for sheet in sheets:
        table.add_row(
            Text(sheet.name + " (hidden)" * sheet.is_hidden),
            sheet.read_as or "not read",
            Text(sheet.why),
            style=None if sheet.read_as else "dim",
        )
    return Group(head("Sheets"), table)


def _settings_read(settings: Sequence[SettingRead], formats: Formats) -> RenderableType:
    table = table_of("Setting", "Value", "From")
    for setting in settings:
        table.add_row(
            setting.name,
            Text(_setting_value(setting, formats)),
            Text(setting.place or ("the file's name" if setting.name == "Team" else "the default")),
            style=None if setting.place else "dim",
        )
    return Group(head("Settings"), table)


def _setting_value(setting: SettingRead, formats: Formats) -> str:
    value = setting.value
    if setting.name == "Fiscal year starts" and isinstance(value, (int, float)):
        return month_name(int(value))
    if value is None or value == "":
        return "auto" if setting.name == "Multiplier" else "–"
    if isinstance(value, date):
        return formats.day_long(value, with_year=True)
    return value if isinstance(value, str) else formats.number(value)


def _reps_read(reps: Sequence[RepRead], formats: Formats, *, named: bool) -> RenderableType:
    numbers = ("Rows", "Target", "Average")
    is_listed = any(rep.is_listed for rep in reps)
    table = table_of("Rep", *(["Track"] if named else []), *numbers, "From", "To", "", numbers=numbers)
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
    return Group(head(f"Reps: {n_reps:,}{why}"), table, *rest)
