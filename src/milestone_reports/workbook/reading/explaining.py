"""Tells how a workbook was understood, from what the reader has made of it. Must not know how it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum

from milestone_reports.domain.names import key, person_key, quoted
from milestone_reports.domain.opportunity import MilestoneEntry
from milestone_reports.domain.problem import Level, column_letters
from milestone_reports.domain.team import Assignment, Settings, Team
from milestone_reports.domain.track import Milestone
from milestone_reports.workbook.cells import Book, Cell, Sheet
from milestone_reports.workbook.files.kinds import kind_of
from milestone_reports.workbook.reading.findings import said
from milestone_reports.workbook.reading.hidden import hidden_parts
from milestone_reports.workbook.reading.milestones import COMPLETED, EVIDENCE, PLANNED
from milestone_reports.workbook.reading.opportunities_sheet import NAME
from milestone_reports.workbook.reading.profiles.arrange import history_beside
from milestone_reports.workbook.reading.profiles.grid import headers_of
from milestone_reports.workbook.reading.profiles.known import BY_PROBABILITY, PROBABILITY, position_of
from milestone_reports.workbook.reading.settings import AUTO, WANTED
from milestone_reports.workbook.reading.table import Table
from milestone_reports.workbook.reading.understanding import (
    Basis,
    ColumnRead,
    DatesRead,
    MilestoneRead,
    OpportunitiesRead,
    RepRead,
    SettingRead,
    SheetRead,
    TrackRead,
    Understanding,
)
from milestone_reports.workbook.reading.values import day_first_in
from milestone_reports.workbook.vocabulary import FIELDS, SETTINGS, SHEETS, by_key

NOT_READ = ""

ROLES = {COMPLETED: "{} done", PLANNED: "{} planned", EVIDENCE: "{} evidence"}
"""What a column says of a milestone."""

STAGE = "the present stage"
ORDER = "the order of the stages"

MOST_READINGS = 3
"""A column read as more than this many things is told in one word."""

WHY_THESE = {
    "milestones_from_history": "the stages of its history, in the order in which most entered them",
    "milestones_from_log": "those of the log, in the order in which most were reached",
    "milestones_from_stages": "the stages that its rows name, in order of their probability or number",
    "order_of_stages_unknown": "the stages that its rows name, in an order that nothing tells",
    "milestones_from_columns": "its columns of dates",
}
"""Where the milestones come from when no sheet lists them, by the rule of the note that says so."""


def understanding_of(team: Team, as_of: date, basis: Basis) -> Understanding:
    """How the workbook of a team was understood."""
    book, *companions = basis.books
    return Understanding(
        workbook=book.name,
        kind=kind_of(basis.path).value,
        companion=companions[0].name if companions else "",
        team=team.name,
        saved_at=book.saved_at,
        as_of=as_of,
        as_of_why=_as_of_why(team.settings, as_of, basis),
        opportunities=_opportunities(team, basis),
        columns=tuple(_columns(team, basis)),
        tracks=tuple(_tracks(team, basis)),
        dates=_dates(team, basis),
        sheets=tuple(_sheets(team, basis)),
        hidden=hidden_parts(basis.opportunities, basis.layout, basis.tables),
        settings=tuple(_settings(team, basis)),
        reps=tuple(_reps(team, basis)),
    )


def _as_of_why(settings: Settings, as_of: date, basis: Basis) -> str:
    if basis.asked_for:
        return "asked for with --as-of"
    if settings.as_of == as_of:
        return "the Settings sheet says so"
    if as_of == basis.today:
        return "today: neither the command nor the Settings sheet says one"
    return "the last day of the week that has just ended: neither the command nor the Settings sheet says one"


def _opportunities(team: Team, basis: Basis) -> OpportunitiesRead:
    table = basis.as_found
    return OpportunitiesRead(
        sheet=table.sheet.name,
        why=_sheet_why(table, team),
        header_row=table.header[0].ref.row,
        n_rows=team.source.n_rows,
        n_left_out=team.source.n_left_out,
    )


def _sheet_why(table: Table, team: Team) -> str:
    export = _export(team)
    if export:
        return f"it has {export}"
    if key(table.sheet.name) == key(NAME):
        return "it is named so"
    if by_key(SHEETS).get(key(table.sheet.name)) == NAME:
        return "its name is another word for it"
    return "its columns look most like it"


def _export(team: Team) -> str:
    """The export that the sheet was recognised as: `the columns of deals from HubSpot`."""
    return next((problem.found for problem in team.problems if problem.rule == "export_recognised"), "")


def _columns(team: Team, basis: Basis) -> Iterator[ColumnRead]:
    table = basis.as_found
    read_as = _read_as(team, basis)
    for own, cell in zip(own_header(table), table.header, strict=True):
        reads = read_as.get(cell.ref.column, [])
        yield ColumnRead(
            letters=column_letters(cell.ref.column),
            header=own.text,
            read_as=" and ".join(reads) if len(reads) <= MOST_READINGS else "the days of the milestones",
            why=_column_why(own, cell, reads, team, basis),
            is_hidden=cell.ref.column in table.sheet.marks.hidden_columns,
        )


def own_header(table: Table) -> Sequence[Cell]:
    """The header's cells as they stand on the sheet, before any was read as another."""
    return next((row for row in table.sheet.rows if row.number == table.header[0].ref.row), table.header)


def _read_as(team: Team, basis: Basis) -> Mapping[int, list[str]]:
    """What each column was read as, by its number: a field, what it says of a milestone, the present stage."""
    found: dict[int, list[str]] = {}
    header = basis.opportunities.header
    for field, position in basis.opportunities.fields.items():
        if field in FIELDS[NAME]:
            found.setdefault(header[position].ref.column, []).append(field)
    for problem in team.problems:
        if problem.rule == "milestones_undated" and problem.place:
            found.setdefault(problem.place.column, []).append(STAGE)
        ordering = position_of(headers_of(basis.as_found), PROBABILITY) if BY_PROBABILITY in problem.done else None
        if ordering is not None:
            found.setdefault(basis.as_found.header[ordering].ref.column, []).append(ORDER)
    for milestone, positions in _milestone_columns(team, basis):
        for role, position in positions.items():
            words = ROLES[role].format(milestone.name)
            if words not in found.setdefault(header[position].ref.column, []):
                found[header[position].ref.column].append(words)
    return found


def _milestone_columns(team: Team, basis: Basis) -> Iterator[tuple[Milestone, Mapping[str, int]]]:
    """Each milestone under the name that people know, and the position of the column of each role."""
    columns = basis.layout.columns
    for track, shown in zip(basis.layout.tracks, team.tracks, strict=True):
        for milestone, known in zip(track.milestones, shown.milestones, strict=True):
            of_roles = {role: columns.get((key(milestone.name), role)) for role in ROLES}
            yield known, {role: position for role, position in of_roles.items() if position is not None}


def _column_why(own: Cell, cell: Cell, reads: Sequence[str], team: Team, basis: Basis) -> str:
    if not reads:
        return _why_not_used(own, basis)
    if key(own.text) in _renamed(basis):
        return "the Columns sheet says so"
    if cell.text.endswith(f" {own.text}"):
        return "the milestone stands in the row above"
    if ORDER in reads or STAGE in reads or len(reads) > MOST_READINGS:
        return "the mean for each stage orders them" if ORDER in reads else "it names a stage"
    if reads[0] in FIELDS[NAME]:
        other = "so it is in this export" if _export(team) else "another word for it"
        return "its own name" if key(own.text) == key(reads[0]) else other
    return "names the milestone" if _lists_milestones(basis) else "a column of dates"


def _renamed(basis: Basis) -> set[str]:
    """The keys of the headers that the Columns sheet names for the opportunities."""
    table, kinds = basis.tables.get("Columns"), by_key(SHEETS)
    rows = table.rows() if table else ()
    return {key(row["Your header"].text) for row in rows if kinds.get(key(row["Sheet"].text)) == NAME}


def _why_not_used(own: Cell, basis: Basis) -> str:
    if own.is_blank:
        return "no header"
    field = by_key(FIELDS[NAME]).get(key(own.text))
    if field in basis.as_found.fields:
        return f"another column is the {field}"
    if _lists_milestones(basis):
        return "no known name, and no milestone on the Milestones sheet"
    return "no known name, and no dates of a milestone"


def _lists_milestones(basis: Basis) -> bool:
    table = basis.tables.get("Milestones")
    return table is not None and any(row["Milestone"].text for row in table.rows())


def _tracks(team: Team, basis: Basis) -> Iterator[TrackRead]:
    columns = iter(_milestone_columns(team, basis))
    for track in team.tracks:
        entries = [opportunity.entries for opportunity in team.opportunities if opportunity.track == track.name]
        milestones = [
            _milestone(milestone, next(columns)[1].get(COMPLETED), [entry[place] for entry in entries], basis)
            for place, milestone in enumerate(track.milestones)
        ]
        milestones[-1] = replace(milestones[-1], is_sale=True)
        yield TrackRead(track.name, _tracks_why(team, basis), len(entries), tuple(milestones))


def _tracks_why(team: Team, basis: Basis) -> str:
    if _lists_milestones(basis):
        return "as the Milestones sheet lists them"
    rules = {problem.rule for problem in team.problems}
    return next((why for rule, why in WHY_THESE.items() if rule in rules), "as the workbook has them")


def _milestone(
    milestone: Milestone, position: int | None, entries: Sequence[MilestoneEntry], basis: Basis
) -> MilestoneRead:
    days = [entry.completed_on for entry in entries if entry.completed_on]
    return MilestoneRead(
        name=milestone.name,
        is_sale=False,
        evidence_required=milestone.evidence_required,
        column="" if position is None else column_letters(basis.opportunities.header[position].ref.column),
        n_dates=len(days),
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        n_undated=sum(entry.reached_undated for entry in entries),
    )


def _dates(team: Team, basis: Basis) -> DatesRead:
    as_text = [problem for problem in team.problems if problem.rule == "date_as_text"]
    telling = {order: cell for order in (True, False) if (cell := _telling(basis.books, day_first=order))}
    cell = telling.get(bool(basis.day_first))
    if cell is not None and len(telling) == 1:
        why = f"{quoted(cell.text)} in {cell.ref.address} can be read in no other way"
    else:
        why = f"so it is in the locale {team.settings.locale}"
    n_either_way = sum(problem.level is Level.WARNING for problem in as_text)
    return DatesRead(len(as_text), n_either_way, bool(basis.day_first), why)


def _telling(books: Iterable[Book], *, day_first: bool) -> Cell | None:
    """The first cell whose text is a date only if its day, or its month, comes first."""
    for sheet in (sheet for book in books for sheet in book.sheets):
        for row in sheet.rows:
            for place, value in zip(sheet.column_numbers, row.values, strict=False):
                if isinstance(value, str) and value[:1].isdigit() and day_first_in([value.strip()]) is day_first:
                    return sheet.cell(row.number, place, value)
    return None


def _sheets(team: Team, basis: Basis) -> Iterator[SheetRead]:
    history = history_beside(basis.books[0], basis.as_found)
    for book in basis.books:
        for sheet in book.sheets:
            if history and sheet.name == history.sheet.name != basis.as_found.sheet.name:
                read_as, why = "Milestone log", "each row is a change of stage"
            else:
                read_as, why = _sheet_read(sheet, team, basis, is_companion=book is not basis.books[0])
            yield SheetRead(sheet.name, read_as, why, sheet.is_hidden)


def _sheet_read(sheet: Sheet, team: Team, basis: Basis, *, is_companion: bool) -> tuple[str, str]:
    title = sheet.name.rpartition(" › ")[2] if is_companion else sheet.name
    kind = by_key(SHEETS).get(key(title), "")
    named = "it is named so" if key(title) == key(kind) else "its name is another word for it"
    if sheet.name == basis.as_found.sheet.name:
        return NAME, _sheet_why(basis.as_found, team)
    if kind and basis.sheets.get(kind) is sheet and basis.tables.get(kind):
        return kind, named
    return NOT_READ, _why_not_read(sheet, kind, basis)


def _why_not_read(sheet: Sheet, kind: str, basis: Basis) -> str:
    if not sheet.rows:
        return "nothing stands on it"
    if not kind:
        return "no known name"
    if kind == NAME:
        return "another sheet holds the opportunities"
    if basis.sheets.get(kind) is sheet:
        return "a column that it needs is missing"
    return f"another sheet is read as {kind}"


def _settings(team: Team, basis: Basis) -> Iterator[SettingRead]:
    places = _setting_places(basis.tables.get("Settings"))
    for name in SETTINGS:
        value = team.name if name == "Team" else getattr(team.settings, WANTED[name].field)
        yield SettingRead(name, value.value if isinstance(value, Enum) else value, places.get(name, ""))


def _setting_places(table: Table | None) -> Mapping[str, str]:
    """The cell of each setting that the sheet gives and that could be read."""
    words = by_key(SETTINGS)
    found: dict[str, str] = {}
    for row in table.rows() if table else ():
        name, cell = words.get(key(row["Setting"].text)), row["Value"]
        if name and said(cell) and (name == "Team" or _is_read(name, cell)):
            found[name] = cell.ref.address
    return found


def _is_read(name: str, cell: Cell) -> bool:
    return WANTED[name].read(cell) is not None or (name == "Multiplier" and key(cell.text) in AUTO)


def _reps(team: Team, basis: Basis) -> Iterator[RepRead]:
    listed = _listed_reps(basis.tables.get("Reps"))
    owned = Counter((opportunity.rep, opportunity.track) for opportunity in team.opportunities)
    assigned = {(assignment.rep, assignment.track) for assignment in team.assignments}
    for rep in team.reps:
        is_listed = person_key(rep.name) in listed
        for assignment in (one for one in team.assignments if one.rep == rep.name):
            yield _rep(assignment, owned[rep.name, assignment.track], is_listed=is_listed)
        for (name, track), n_opportunities in owned.items():
            if name == rep.name and (name, track) not in assigned:
                yield RepRead(name, is_listed, track, n_opportunities=n_opportunities)


def _rep(assignment: Assignment, n_opportunities: int, *, is_listed: bool) -> RepRead:
    return RepRead(
        name=assignment.rep,
        is_listed=is_listed,
        track=assignment.track,
        start_on=assignment.start_on,
        end_on=assignment.end_on,
        annual_target=assignment.annual_target,
        target_is=assignment.target_is.value,
        average_contract_value=assignment.average_contract_value,
        n_opportunities=n_opportunities,
    )


def _listed_reps(table: Table | None) -> set[str]:
    return {person_key(row["Rep"].text) for row in table.rows() if said(row["Rep"])} if table else set()
