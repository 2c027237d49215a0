"""The Milestone log sheet: one row a milestone of an opportunity, put beside the rows of the opportunities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from milestone_reports.domain.message import message
from milestone_reports.domain.names import key
from milestone_reports.domain.problem import Level
from milestone_reports.domain.track import Milestone
from milestone_reports.workbook.cells import Cell, CellValue, Row
from milestone_reports.workbook.reading import findings as say
from milestone_reports.workbook.reading.findings import Findings, meant, said, text_of
from milestone_reports.workbook.reading.milestones import COMPLETED, EVIDENCE, PLANNED, Listed
from milestone_reports.workbook.reading.own_names import not_completed, planned_column
from milestone_reports.workbook.reading.profiles.grid import Added, with_columns
from milestone_reports.workbook.reading.profiles.layout import Layout, spelt_once
from milestone_reports.workbook.reading.profiles.stages import by_dates, milestones_among
from milestone_reports.workbook.reading.table import Table
from milestone_reports.workbook.reading.values import found
from milestone_reports.workbook.vocabulary import WAIVED

ROLES = (COMPLETED, PLANNED, EVIDENCE)


@dataclass(slots=True)
class Logged:
    """What the log says of one milestone of one opportunity."""

    planned_on: date | None = None
    completed: date | str | None = None
    """The first day of completion, or that the gate is waived."""
    evidence: str = ""
    cells: list[Cell] = field(default_factory=list)
    """Where each of its rows names the milestone."""

    def value(self, role: str) -> CellValue:
        """What the log says of one of the columns of a milestone."""
        return {COMPLETED: self.completed, PLANNED: self.planned_on, EVIDENCE: self.evidence or None}[role]


Log = dict[tuple[int, str], Logged]
"""The place of an opportunity among the rows and the key of a milestone, to what the log says."""


def listed_in_log(log: Table, table: Table, findings: Findings) -> tuple[Listed, ...]:
    """Where nothing else names the milestones: those of the log, in the order in which most reached them."""
    names: list[Cell] = []
    days: dict[str, dict[str, date]] = {}
    places = _places(table)
    silent = Findings(findings.day_first)
    for row in log.rows():
        if not said(row["Milestone"]):
            continue
        names.append(row["Milestone"])
        day = silent.take_date(row.get("Completed"), "Completed")
        identity = row["Opportunity ID"].text.casefold()
        own = days.setdefault(str(places.get(identity, identity)), {})
        if day:
            own[key(names[-1].text)] = min(day, own.get(key(names[-1].text), day))
    ordered = milestones_among(by_dates(spelt_once(cell.text for cell in names), days.values()))
    if ordered:
        _say_order(log, ordered, findings)
    first = {key(cell.text): cell.ref for cell in reversed(names)}
    return tuple(Listed("", order, Milestone(name), first[key(name)]) for order, name in enumerate(ordered))


def _say_order(log: Table, ordered: Sequence[str], findings: Findings) -> None:
    findings.add(
        Level.NOTE,
        "milestones_from_log",
        log.header[0].ref,
        found=message("no Milestones sheet, and a log of milestones"),
        done=message(
            "The milestones, in the order in which most opportunities reached them: {names}; the last is the sale",
            names=", ".join(ordered),
        ),
        fix=message("list the milestones on a sheet named 'Milestones' if these are not the ones"),
    )


def with_log(log: Table, table: Table, layout: Layout, findings: Findings) -> tuple[Table, Layout]:
    """The table with what the log says of each milestone, where no column of the row says it."""
    names = {key(m.name): m.name for track in layout.tracks for m in track.milestones}
    entries = _read(log, table, names, findings)
    _say_several(entries, table, findings)
    added: dict[str, Added] = {}
    columns = dict(layout.columns)
    for known in dict.fromkeys(milestone for _, milestone in entries):
        for role in ROLES:
            at = columns.get((known, role))
            columns[known, role] = len(table.header) + len(added)
            values = list(_merged(table, at, entries, known, role))
            added[f"log {known} {role}"] = Added(f"{names[known]} {role} ", values, at)
    return with_columns(table, added), Layout(layout.tracks, columns, layout.shown, layout.reached)


def _merged(table: Table, at: int | None, entries: Log, milestone: str, role: str) -> Iterator[CellValue]:
    for place, row in enumerate(table.body):
        own = row.values[table.sheet.columns[at]] if at is not None and said(row[at]) else None
        logged = entries.get((place, milestone))
        yield own if own is not None or logged is None else logged.value(role)


def _read(log: Table, table: Table, names: Mapping[str, str], findings: Findings) -> Log:
    places, labels = _places(table), _labels(table)
    entries: Log = {}
    for row in log.rows():
        opportunity, milestone = row["Opportunity ID"], row["Milestone"]
        if not said(opportunity) and not said(milestone):
            continue
        place = places.get(opportunity.text.casefold())
        if place is None:
            _say_opportunity_unknown(opportunity, labels, findings)
        elif key(milestone.text) not in names:
            _say_milestone_unknown(milestone, names.values(), say.Row(opportunity.text, _owner(table, place)), findings)
        else:
            logged = entries.setdefault((place, key(milestone.text)), Logged())
            _take(row, logged, names[key(milestone.text)], say.Row(opportunity.text, _owner(table, place)), findings)
    return entries


def _owner(table: Table, place: int) -> str:
    """Whose the opportunity at a place among the rows is, as it is spelt there."""
    at = table.fields.get("Rep")
    return text_of(table.body[place][at]) if at is not None and said(table.body[place][at]) else ""


def _places(table: Table) -> dict[str, int]:
    """Each opportunity's ID, and its name, to its place among the rows; an ID outranks a name."""
    found: dict[str, int] = {}
    for name in ("ID", "Opportunity"):
        at = table.fields.get(name)
        for place, row in enumerate(table.body if at is not None else ()):
            if at is not None and said(row[at]):
                found.setdefault(row[at].text.casefold(), place)
    return found


def _labels(table: Table) -> list[str]:
    at = table.fields.get("ID", table.fields.get("Opportunity"))
    return [row[at].text for row in table.body if at is not None and said(row[at])]


def _take(row: Mapping[str, Cell], logged: Logged, name: str, whose: say.Row, findings: Findings) -> None:
    """The latest plan, the first completion, the last evidence."""
    logged.cells.append(row["Milestone"])
    planned_on = findings.take_date(row.get("Planned"), planned_column(name), whose)
    logged.planned_on = planned_on or logged.planned_on
    completed, evidence = row.get("Completed"), row.get("Evidence")
    if completed is not None and key(completed.text) in WAIVED:
        logged.completed = logged.completed or "waived"
    elif day := findings.take_date(completed, name, whose, left_out=not_completed(name)):
        logged.completed = min(day, logged.completed) if isinstance(logged.completed, date) else day
    if evidence is not None and said(evidence):
        logged.evidence = evidence.link or evidence.whole


def _say_several(entries: Log, table: Table, findings: Findings) -> None:
    labels: Sequence[Row] = table.body
    at = table.fields.get("ID", table.fields.get("Opportunity"))
    for (place, _), logged in entries.items():
        if len(logged.cells) > 1:
            findings.add(
                Level.NOTE,
                "logged_several_times",
                logged.cells[-1].ref,
                found=message("{n} rows for {found}", n=len(logged.cells), found=found(logged.cells[-1])),
                done=message("The latest plan and the first completion are used"),
                fix=message("keep one row for each milestone of an opportunity if that is not meant"),
                row=say.Row(labels[place][at].text if at is not None else "", _owner(table, place)),
            )


def _say_opportunity_unknown(cell: Cell, known: Iterable[str], findings: Findings) -> None:
    findings.add(
        Level.ERROR,
        "logged_opportunity_unknown",
        cell.ref,
        found=message("{found} as the opportunity", found=found(cell)) if said(cell) else message("no opportunity"),
        expected=message("an ID of the sheet of opportunities was expected"),
        done=message("The row of the log is not used"),
        fix=meant(cell.text, known),
    )


def _say_milestone_unknown(cell: Cell, known: Iterable[str], whose: say.Row, findings: Findings) -> None:
    findings.add(
        Level.ERROR,
        "logged_milestone_unknown",
        cell.ref,
        found=message("{found} as the milestone", found=found(cell)) if said(cell) else message("no milestone"),
        expected=message("a milestone was expected"),
        done=message("The row of the log is not used"),
        fix=meant(cell.text, known),
        row=whose,
    )
