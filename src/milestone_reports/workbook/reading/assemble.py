"""From workbook files to a team with its problems: the reader's recipe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from milestone_reports.domain.calendar import Week
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.memory import uncollected
from milestone_reports.domain.names import quoted
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.problem import CellRef, Level
from milestone_reports.domain.slug import slug, slugs
from milestone_reports.domain.team import Assignment, Rep, Settings, Source, Team
from milestone_reports.domain.track import Track
from milestone_reports.domain.visible import LONGEST_NAME, visible
from milestone_reports.workbook.cells import Book, CellValue
from milestone_reports.workbook.files.opening import open_book
from milestone_reports.workbook.reading import milestones as gates
from milestone_reports.workbook.reading.checks import check_opportunities, check_people, check_values
from milestone_reports.workbook.reading.columns import check_headers, renamed_columns, renamed_opportunities
from milestone_reports.workbook.reading.findings import Findings
from milestone_reports.workbook.reading.hidden import hidden_parts, say_hidden
from milestone_reports.workbook.reading.layouts import layout_of
from milestone_reports.workbook.reading.not_seen import say_texts_cut
from milestone_reports.workbook.reading.opportunities import OpportunityReader
from milestone_reports.workbook.reading.opportunities_sheet import opportunities_table
from milestone_reports.workbook.reading.people import People, read_reps, read_time_off, with_default_target
from milestone_reports.workbook.reading.settings import day_first, read_settings
from milestone_reports.workbook.reading.table import Table, refining_table, sheets_by_kind
from milestone_reports.workbook.reading.understanding import Basis
from milestone_reports.workbook.reading.values import DateOrder, read_currency
from milestone_reports.workbook.vocabulary import REQUIRED

DATE_IN_NAME = re.compile(
    r"[\s_-]*\(?(?:\d{4}[-_.]?\d{2}[-_.]?\d{2}|\d{1,2}[-_.]\d{1,2}[-_.]\d{4}|\d{4}[-_]?[wW]\d{1,2})\)?"
)
"""The date that a weekly copy's file name carries, which is no part of the team's name."""

UNNAMED = "Team"
"""A team whose file bears a name that cannot be seen."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A team as read, the day its figures stand for, and what it was made of."""

    team: Team
    as_of: date
    basis: Basis


def read_team(path: Path, companion: Path | None, as_of: date | None, today: date) -> Reading:
    """The team of a workbook, with the sheets of a companion in place of its own.

    `as_of` is the day asked for; else the Settings sheet's, else `today`, or the day before on the first day of a week.
    Raises: CannotGoOnError where there is nothing to report on.
    """
    with uncollected(kept=True):
        return _read_team(path, companion, as_of, today)


def _read_team(path: Path, companion: Path | None, as_of: date | None, today: date) -> Reading:
    books = [open_book(path)] + ([open_book(companion, companion=True)] if companion else [])
    findings = Findings()
    sheets = sheets_by_kind(books, findings)
    own_columns = refining_table("Columns", sheets, {}, findings)
    renamed = renamed_columns(own_columns, findings)
    tables = {kind: refining_table(kind, sheets, renamed, findings) for kind in REQUIRED if kind != "Columns"}
    settings, name = read_settings(tables["Settings"], findings)
    findings.day_first = _date_order(books, settings)
    day = as_of or settings.as_of or _last_week_on_its_first_day(today, settings)
    listed = gates.listed_milestones(tables["Milestones"], findings)
    renamed = renamed_opportunities(own_columns, [one.milestone.name for one in listed], findings)
    as_found = gates.without_synonyms(opportunities_table(books[0], renamed, findings), listed)
    check_headers(own_columns, as_found.own_headers, findings)
    table, layout = layout_of(path.name, books[0], as_found, listed, tables["Milestone log"], findings)
    tracks, columns = layout.shown or layout.tracks, layout.columns
    say_hidden(hidden_parts(table, layout, tables), findings)
    say_texts_cut(as_found, columns if table is as_found else {}, findings)
    for refining in filter(None, tables.values()):
        say_texts_cut(refining, {}, findings)
    people = People()
    assignments = read_reps(tables["Reps"], tracks, settings, people, findings)
    reader = OpportunityReader(layout.tracks, columns, settings, _rates(tables["Rates"], findings), people, findings)
    opportunities = layout.settled(reader.read(table))
    if not opportunities:
        raise CannotGoOnError(_nothing_left(path.name, table, reader))
    assignments = assignments or _default_assignments(opportunities, settings, tracks, people)
    time_off = read_time_off(tables["Time off"], people, findings)
    check_people(opportunities, people, findings)
    check_opportunities(
        opportunities, tracks, settings.gates, day, findings, as_of_is_own=as_of is None or as_of == settings.as_of
    )
    check_values(opportunities, assignments, day, findings)
    team = Team(
        name=name or _team_name(path.stem),
        slug="",
        settings=settings,
        tracks=tracks,
        reps=_reps(opportunities, assignments, people),
        assignments=assignments,
        time_off=time_off,
        opportunities=opportunities,
        source=Source(books[0].name, books[0].saved_at, reader.n_rows, reader.n_left_out),
        problems=people.by_their_names(findings.problems),
    )
    tables |= {"Columns": own_columns}
    basis = Basis(path, books, sheets, tables, as_found, table, layout, findings.day_first, as_of, today)
    return Reading(replace(team, slug=slug(team.name)), day, basis)


def _team_name(stem: str) -> str:
    """A team's name from that of its file, without the day in it."""
    said = visible(stem, LONGEST_NAME)
    return DATE_IN_NAME.sub("", said).strip(" -_") or said or UNNAMED


def _last_week_on_its_first_day(today: date, settings: Settings) -> date:
    """Monday's report is about last week (method.md §1)."""
    return today - timedelta(days=1) if Week.holding(today, settings.week_starts).first_on == today else today


def _date_order(books: Sequence[Book], settings: Settings) -> DateOrder:
    """Whether dates typed as text have their day first: once a workbook, from those that can be read one way only."""

    def texts() -> Iterator[str]:
        columns = (column for book in books for sheet in book.sheets for column in sheet.by_column)
        return (text for column in columns for text in _starting_with_a_digit(column))

    return DateOrder(texts, day_first(settings.locale))


def _starting_with_a_digit(column: Iterable[CellValue]) -> Iterator[str]:
    found = {value for value in column if type(value) is str and value and value[0] in " 0123456789"}
    return map(str.strip, found)


def _nothing_left(file: str, table: Table, reader: OpportunityReader) -> str:
    place = f"{file}, sheet {quoted(table.sheet.name)}"
    if not reader.n_rows:
        return f"{place}: no opportunities below the column headers; a row for each was expected. Fix: fill it in."
    rows = f"none of the {reader.n_rows} rows can be used" if reader.n_rows > 1 else "its one row cannot be used"
    first = next(p for p in reader.findings.problems if p.level is Level.ERROR and p.place in _rows(table))
    return f"{place}: {rows}. The first: {first.sentence}"


def _rows(table: Table) -> set[CellRef]:
    return {cell.ref for row in table.body for cell in row}


def _rates(table: Table | None, findings: Findings) -> Mapping[str, float]:
    rates: dict[str, float] = {}
    for row in table.rows() if table else ():
        rate = findings.take_positive(row["Rate"], "Rate")
        code = read_currency(row["Currency"])
        if code and rate:
            rates[code] = rate
    return rates


def _reps(opportunities: Sequence[Opportunity], assignments: Sequence[Assignment], people: People) -> tuple[Rep, ...]:
    """Everyone who owns an opportunity or is assigned to a track, those on the Reps sheet first."""
    active = dict.fromkeys([*(o.rep for o in opportunities), *(a.rep for a in assignments)])
    names = [name for name in people.contacts if name in active]
    names += [name for name in active if name not in people.contacts]
    pages = slugs(names)
    return tuple(Rep(name, pages[name], *people.contacts.get(name, ("", "", ""))) for name in names)


def _default_assignments(
    opportunities: Sequence[Opportunity], settings: Settings, tracks: Sequence[Track], people: People
) -> tuple[Assignment, ...]:
    """Without a Reps sheet: each owner on the tracks they sell on, with the Settings' target if that is one track."""
    if people.listed:
        return ()
    owned = dict.fromkeys((opportunity.rep, opportunity.track) for opportunity in opportunities)
    n_tracks = {rep: sum(owner == rep for owner, _ in owned) for rep, _ in owned}
    order = [track.name for track in tracks]
    return tuple(
        with_default_target(Assignment(rep, track), settings, n_tracks=n_tracks[rep])
        for rep, track in sorted(owned, key=lambda pair: order.index(pair[1]))
    )
