"""Which of the ways to keep opportunities a table is, and what it is to be read as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from milestone_reports.domain.message import message
from milestone_reports.domain.names import key
from milestone_reports.domain.problem import Level
from milestone_reports.workbook.cells import Book, Sheet
from milestone_reports.workbook.reading.findings import Findings
from milestone_reports.workbook.reading.lists import all_of, listed
from milestone_reports.workbook.reading.milestones import Listed, holds_dates, with_columns
from milestone_reports.workbook.reading.own_names import named
from milestone_reports.workbook.reading.profiles.current_stage import read_current_stages
from milestone_reports.workbook.reading.profiles.date_entered import entered_columns, read_entered
from milestone_reports.workbook.reading.profiles.grid import headers_of
from milestone_reports.workbook.reading.profiles.known import STAGE, Profile, position_of, profile_of
from milestone_reports.workbook.reading.profiles.layout import Layout
from milestone_reports.workbook.reading.profiles.stage_history import identity, log_of_history, read_history
from milestone_reports.workbook.reading.table import Renamed, Table, table_of
from milestone_reports.workbook.vocabulary import NOT_MILESTONES

OPPORTUNITIES = "Opportunities"


def export_table(sheet: Sheet, renamed: Renamed) -> Table | None:
    """The sheet as a table of opportunities, its headers read as those of the export that it is."""
    told = profile_of(sheet, history=True) or profile_of(sheet, history=False)
    own = told[0].words(told[1]) if told else {}
    return table_of(sheet, OPPORTUNITIES, {**renamed, OPPORTUNITIES: {**own, **renamed.get(OPPORTUNITIES, {})}})


def history_of(table: Table) -> Profile | None:
    """The history of stages that a table is, if it is one."""
    told = profile_of(table.sheet, history=True)
    if told is None:
        return None
    opportunities = [identity(table, row) for row in table.body] if told[0].only_where_repeated else []
    if told[0].only_where_repeated and len(set(opportunities)) == len(opportunities):
        return None
    return told[0]


def history_beside(book: Book, table: Table) -> Table | None:
    """A history of stages on another sheet, as the log of milestones that it is to the sheet of opportunities."""
    for sheet in book.sheets:
        beside = export_table(sheet, {}) if sheet.name != table.sheet.name else None
        profile = history_of(beside) if beside else None
        if beside and profile and not history_of(table):
            return log_of_history(beside, profile)
    return None


def arranged(table: Table, listed: Sequence[Listed], findings: Findings) -> tuple[Table, Layout] | None:
    """The table and its layout where it is a known export; None where its own columns are the milestones."""
    history = history_of(table)
    if history:
        _say_recognised(table, history, findings)
        return read_history(table, history, listed, findings)
    told = profile_of(table.sheet, history=False)
    profile = told[0] if told else None
    stage_at = stage_position(table, profile)
    entered = entered_columns(table)
    if listed and not entered and with_columns(table, listed):
        return None
    if entered and (profile or any(column.pipeline for column in entered)):
        if profile:
            _say_recognised(table, profile, findings)
        return read_entered(table, entered, stage_at, listed, findings)
    if profile and stage_at is not None:
        _say_recognised(table, profile, findings)
        _say_dates_not_read(table, findings)
        return read_current_stages(table, stage_at, listed, findings)
    return None


def stages_alone(table: Table, listed: Sequence[Listed], findings: Findings) -> tuple[Table, Layout] | None:
    """The same for a table that no one knows, and that has a column of stages and no dates of milestones."""
    stage_at = stage_position(table, None)
    return read_current_stages(table, stage_at, listed, findings) if stage_at is not None else None


def stage_position(table: Table, profile: Profile | None) -> int | None:
    """The column that says the present stage."""
    headers: Mapping[str, int] = headers_of(table)
    return position_of(headers, (*(profile.stage if profile else ()), *STAGE))


def _say_dates_not_read(table: Table, findings: Findings) -> None:
    """A note on dates of the user's own in an export whose milestones are its stages."""
    taken = set(table.fields.values())
    own = [
        cell
        for position, cell in enumerate(table.header)
        if position not in taken
        and not cell.is_blank
        and key(cell.text) not in NOT_MILESTONES
        and holds_dates(table, position, findings)
    ]
    if own:
        findings.add(
            Level.NOTE,
            "dates_not_read",
            own[0].ref,
            found=message("dates in {columns}", columns=all_of([cell.text for cell in own])),
            done=message("Not read: the stages of the export are the milestones"),
            fix=message(
                "list the milestones on a sheet named 'Milestones', by the headers of their dates, if these are some"
            ),
        )


def _say_recognised(table: Table, profile: Profile, findings: Findings) -> None:
    own = next(row for row in table.sheet.rows if row.number == table.header[0].ref.row)
    read_as = [
        message("'{header}' is {column}", header=own[at].text, column=named(name))
        for name, at in table.fields.items()
        if key(own[at].text) != key(name)
    ]
    findings.add(
        Level.NOTE,
        "export_recognised",
        table.header[0].ref,
        found=message("the columns of {export}", export=profile.name),
        done=message("Read as such: {columns}", columns=listed(read_as)) if read_as else message("Read as such"),
        fix=message("say otherwise on a sheet named 'Columns' if that is not right"),
    )
