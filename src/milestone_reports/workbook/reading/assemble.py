"""From workbook files to a team with its problems: the reader's recipe."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from milestone_reports.domain.calendar import Week
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.names import key, quoted
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.problem import Level
from milestone_reports.domain.slug import slug, slugs
from milestone_reports.domain.team import Assignment, Rep, Settings, Source, Team
from milestone_reports.domain.track import Milestone, Track
from milestone_reports.workbook.cells import Book, open_book
from milestone_reports.workbook.reading import milestones as gates
from milestone_reports.workbook.reading.checks import check_opportunities, check_people
from milestone_reports.workbook.reading.findings import Findings, said
from milestone_reports.workbook.reading.opportunities import OpportunityReader
from milestone_reports.workbook.reading.people import People, read_reps, read_time_off, with_default_target
from milestone_reports.workbook.reading.settings import day_first, read_settings
from milestone_reports.workbook.reading.table import Renamed, Table, refining_table, sheets_by_kind, table_of
from milestone_reports.workbook.vocabulary import CURRENCY_SIGNS, FIELDS, SHEETS, by_key

DATE_IN_NAME = re.compile(
    r"[\s_-]*\(?(?:\d{4}[-_.]?\d{2}[-_.]?\d{2}|\d{1,2}[-_.]\d{1,2}[-_.]\d{4}|\d{4}[-_]?[wW]\d{1,2})\)?"
)
"""The date that a weekly copy's file name carries, which is no part of the team's name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A team as read, and the day its figures stand for."""

    team: Team
    as_of: date


def read_team(path: Path, companion: Path | None, as_of: date | None, today: date) -> Reading:
    """The team of a workbook, with the sheets of a companion in place of its own.

    `as_of` is the day asked for; else the Settings sheet's, else `today`, or the day before on the first day of a week.
    Raises: CannotGoOnError where there is nothing to report on.
    """
    books = [open_book(path)] + ([open_book(companion, companion=True)] if companion else [])
    findings = Findings()
    sheets = sheets_by_kind(books, findings)
    renamed = _renamed(refining_table("Columns", sheets, {}, findings))
    settings, name = read_settings(refining_table("Settings", sheets, renamed, findings), findings)
    findings.day_first = day_first(settings.locale)
    day = as_of or settings.as_of or _last_week_on_its_first_day(today, settings)
    table = _opportunities_table(books[0], sheets.get("Opportunities"), renamed)
    listed = gates.listed_milestones(refining_table("Milestones", sheets, renamed, findings), findings)
    tracks, columns = _tracks(table, listed, findings)
    people = People()
    assignments = read_reps(refining_table("Reps", sheets, renamed, findings), tracks, settings, people, findings)
    rates = _rates(refining_table("Rates", sheets, renamed, findings), findings)
    reader = OpportunityReader(tracks, columns, settings, rates, people, findings)
    opportunities = reader.read(table)
    if not opportunities:
        raise CannotGoOnError(_nothing_left(path.name, table, reader))
    time_off = read_time_off(refining_table("Time off", sheets, renamed, findings), people, findings)
    check_people(opportunities, people, findings)
    check_opportunities(
        opportunities, tracks, settings.gates, day, findings, as_of_is_own=as_of is None or as_of == settings.as_of
    )
    team = Team(
        name=name or DATE_IN_NAME.sub("", path.stem).strip(" -_") or path.stem,
        slug="",
        settings=settings,
        tracks=tracks,
        reps=_reps(opportunities, people),
        assignments=assignments or _default_assignments(opportunities, settings, tracks, people),
        time_off=time_off,
        opportunities=opportunities,
        source=Source(path.name, books[0].saved_at, reader.n_rows, reader.n_left_out),
        problems=tuple(findings.problems),
    )
    return Reading(replace(team, slug=slug(team.name)), day)


def _last_week_on_its_first_day(today: date, settings: Settings) -> date:
    """Monday's report is about last week (method.md §1)."""
    return today - timedelta(days=1) if Week.holding(today, settings.week_starts).first_on == today else today


def _renamed(table: Table | None) -> Renamed:
    """The Columns sheet: the user's own headers, a sheet, as the fields they stand for."""
    words: dict[str, dict[str, str]] = {}
    kinds = by_key(SHEETS)
    for row in table.rows() if table else ():
        kind = kinds.get(key(row["Sheet"].text))
        if kind and said(row["Your header"]) and said(row["Field"]):
            field = by_key(FIELDS[kind]).get(key(row["Field"].text))
            if field:
                words.setdefault(kind, {})[key(row["Your header"].text)] = field
    return words


def _opportunities_table(book: Book, named: object, renamed: Renamed) -> Table:
    candidates = [sheet for sheet in book.sheets if sheet is named] or [
        sheet for sheet in book.sheets if key(sheet.name) not in by_key(SHEETS)
    ]
    if not any(sheet.rows for sheet in book.sheets):
        raise CannotGoOnError(
            f"{book.name}: an empty workbook; a sheet 'Opportunities' with a row for each opportunity was expected. "
            "Fix: fill it in, or start from a new one with 'milestone-reports init'."
        )
    tables = [table for sheet in candidates if (table := table_of(sheet, "Opportunities", renamed))]
    best = max(tables, key=lambda table: ("Rep" in table.fields, len(table.fields)), default=None)
    sheets = ", ".join(quoted(sheet.name) for sheet in book.sheets)
    if best is None or (named is None and not _looks_like_opportunities(best)):
        raise CannotGoOnError(
            f"{book.name}: no sheet of opportunities among {sheets}; a sheet named 'Opportunities' was expected. "
            "Fix: name the sheet that lists them 'Opportunities'."
        )
    if "Rep" not in best.fields:
        raise CannotGoOnError(
            f"{best.sheet.name}: no column says who owns an opportunity; a column 'Rep' was expected. "
            "Fix: head the column with the reps' names 'Rep'."
        )
    if not {"Opportunity", "ID"} & set(best.fields):
        raise CannotGoOnError(
            f"{best.sheet.name}: no column names the opportunities; a column 'Opportunity' or 'ID' was expected. "
            "Fix: head the column with their names 'Opportunity'."
        )
    return best


def _looks_like_opportunities(table: Table) -> bool:
    return "Rep" in table.fields and bool({"Opportunity", "ID"} & set(table.fields))


def _nothing_left(file: str, table: Table, reader: OpportunityReader) -> str:
    if reader.n_rows:
        first = next(problem for problem in reader.findings.problems if problem.level is Level.ERROR)
        return f"{file}: none of the {reader.n_rows} rows of opportunities can be used. The first: {first.sentence}"
    return (
        f"{file}: the sheet '{table.sheet.name}' has no opportunities below its header; a row for each was expected. "
        "Fix: fill it in."
    )


def _tracks(
    table: Table, listed: Sequence[gates.Listed], findings: Findings
) -> tuple[tuple[Track, ...], gates.Columns]:
    if listed:
        names = {key(one.milestone.name): one.milestone.name for one in listed}
        columns = gates.named_columns(table, names.values(), findings)
        return gates.tracks_of(listed, findings), columns
    names_found, columns = gates.found_columns(table, findings)
    shared = tuple(Milestone(name) for name in names_found)
    spelt: dict[str, str] = {}
    for row in table.rows():
        cell = row.get("Track")
        name = cell.text if cell is not None and said(cell) else gates.ONLY_TRACK
        if any(not other.is_blank for other in row.values()):
            spelt.setdefault(key(name), name)
    tracks = tuple(Track(name, shared) for name in spelt.values()) or (Track(gates.ONLY_TRACK, shared),)
    gates.check_length(tracks[0], table.header[0].ref, findings)
    return tracks, columns


def _rates(table: Table | None, findings: Findings) -> Mapping[str, float]:
    rates: dict[str, float] = {}
    for row in table.rows() if table else ():
        rate = findings.take_number(row["Rate"], "Rate")
        if said(row["Currency"]) and rate and rate > 0:
            code = row["Currency"].text.strip().casefold()
            rates[CURRENCY_SIGNS.get(code, code.upper())] = rate
    return rates


def _reps(opportunities: Sequence[Opportunity], people: People) -> tuple[Rep, ...]:
    owners = dict.fromkeys([*people.contacts, *(opportunity.rep for opportunity in opportunities)])
    pages = slugs(list(owners))
    return tuple(Rep(name, pages[name], *people.contacts.get(name, ("", "", ""))) for name in owners)


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
