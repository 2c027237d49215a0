"""The Reps sheet: who sells, on which track, from when to when, with which target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from milestone_reports.domain.calendar import TimeOff
from milestone_reports.domain.message import Message, message
from milestone_reports.domain.names import key, nearest, person_key, quoted
from milestone_reports.domain.problem import Level, Problem
from milestone_reports.domain.team import Assignment, Settings, TargetIs
from milestone_reports.domain.track import Track
from milestone_reports.workbook.cells import Cell
from milestone_reports.workbook.reading.addresses import (
    check_column_address,
    check_one_address,
    check_one_manager,
    check_shared_addresses,
)
from milestone_reports.workbook.reading.findings import Findings, Row, meant, said, text_of
from milestone_reports.workbook.reading.table import Table
from milestone_reports.workbook.reading.values import found

NO_QUOTA = message("Left out; no quota comes of it")
NO_START = message("Left out; the period has no start")
NO_END = message("Left out; the period has no end")
ROW_LEFT_OUT = message("The row is left out")
ONE_DAY = message("Left out; read as one day")

MONEY = frozenset({"value", "money", "revenue", "amount", "wert", "umsatz", "betrag", "geld"})
COUNT = frozenset(
    {"count", "number", "contracts", "sales", "deals", "partners"}
    | {"anzahl", "abschlusse", "vertrage", "partner", "stuck"}
)
"""Keys of what a target may be in."""

EMAIL, MANAGER_EMAIL = "Email", "Manager email"

EVERYONE = frozenset({"all", "everyone", "team", "everybody", "alle"})
"""Keys of what says that a period is everyone's."""


@dataclass(slots=True)
class People:
    """Reps by the spelling first met; another spelling of case, spacing, accents or order is the same person."""

    names: dict[str, str] = field(default_factory=dict)
    contacts: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Name to e-mail, manager and manager's e-mail."""
    addresses: dict[str, dict[str, list[Cell]]] = field(default_factory=lambda: {EMAIL: {}, MANAGER_EMAIL: {}})
    """Column to name to the cells that say an address, also of rows that are left out; the last holds."""
    listed: set[str] = field(default_factory=set)
    """Those on the Reps sheet."""

    def person(self, name: str) -> str:
        """The person's name as first spelt."""
        return self.names.setdefault(person_key(name), name)

    def by_their_names(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """The problems, each with its rep as first spelt: a log is read before it is known how that is."""
        spelt = {"", *self.names.values()}
        return tuple(
            problem
            if problem.rep in spelt
            else replace(problem, rep=self.names.get(person_key(problem.rep), problem.rep))
            for problem in problems
        )


def read_reps(
    table: Table | None, tracks: Sequence[Track], settings: Settings, people: People, findings: Findings
) -> tuple[Assignment, ...]:
    """The assignments of the Reps sheet, each with the Settings' target where it has none of its own."""
    assignments: list[tuple[Assignment, Cell]] = []
    for row in table.rows() if table else ():
        name = row["Rep"]
        if not said(name):
            _without_name(row, findings)
            continue
        rep = people.person(name.text)
        people.listed.add(rep)
        _contact(row, rep, people, findings)
        if assignment := _assignment(row, rep, tracks, findings):
            assignments.append((assignment, name))
    check_one_address(people.addresses[EMAIL], findings)
    check_one_manager(people.addresses[MANAGER_EMAIL], findings)
    check_shared_addresses({rep: cells[-1] for rep, cells in people.addresses[EMAIL].items()}, findings)
    return _with_defaults(_without_overlaps(assignments, findings), settings, findings)


def _contact(row: Mapping[str, Cell], rep: str, people: People, findings: Findings) -> None:
    """Take the addresses and the manager of a row; where a rep has several rows, the last that says one holds."""
    cells = [row.get(column) for column in (EMAIL, "Manager", MANAGER_EMAIL)]
    contact = [text_of(cell) if said(cell) else "" for cell in cells]
    known = people.contacts.get(rep, ("", "", ""))
    people.contacts[rep] = (contact[0] or known[0], contact[1] or known[1], contact[2] or known[2])
    for column, cell in ((EMAIL, cells[0]), (MANAGER_EMAIL, cells[2])):
        check_column_address(cell, column, rep, findings)
        if cell is not None and said(cell):
            people.addresses[column].setdefault(rep, []).append(cell)


def _without_name(row: Mapping[str, Cell], findings: Findings) -> None:
    filled = [cell for column, cell in row.items() if column != "Rep" and not cell.is_blank]
    if filled:
        findings.add(
            Level.ERROR,
            "listed_rep_blank",
            row["Rep"].ref,
            found=message("no name in Rep"),
            expected=message("the name of a rep was expected"),
            done=ROW_LEFT_OUT,
            fix=message("type the rep's name"),
        )


def _assignment(row: Mapping[str, Cell], rep: str, tracks: Sequence[Track], findings: Findings) -> Assignment | None:
    whose = Row(rep, rep)
    track = _track(row.get("Track"), row["Rep"], tracks, whose, findings)
    if track is None:
        return None
    start_on = findings.take_date(row.get("Start"), "Start", whose, left_out=NO_START)
    last_on = findings.take_date(row.get("End"), "End", whose, left_out=NO_END)
    if start_on and last_on and last_on < start_on:
        findings.add(
            Level.ERROR,
            "period_reversed",
            row["End"].ref,
            found=message("End {end} is before Start {start}", end=last_on, start=start_on),
            done=message("The row's target is left out"),
            fix=message("correct one of the two dates"),
            row=whose,
        )
        return None
    return Assignment(
        rep=rep,
        track=track,
        start_on=start_on,
        end_on=last_on + timedelta(days=1) if last_on else None,
        annual_target=findings.take_positive(row.get("Annual target"), "Annual target", whose, left_out=NO_QUOTA),
        target_is=_target_is(row.get("Target is"), whose, findings),
        average_contract_value=findings.take_positive(
            row.get("Average contract value"), "Average contract value", whose, left_out=NO_QUOTA
        ),
    )


def _track(cell: Cell | None, place: Cell, tracks: Sequence[Track], whose: Row, findings: Findings) -> str | None:
    names = {key(track.name): track.name for track in tracks}
    if cell is not None and key(cell.text) in names:
        return names[key(cell.text)]
    if len(tracks) == 1 and (cell is None or cell.is_blank):
        return tracks[0].name
    findings.add(
        Level.ERROR,
        "track_unknown",
        (cell or place).ref,
        found=message("{found} in Track", found=found(cell))
        if cell is not None and said(cell)
        else message("no track"),
        expected=message("one of the team's tracks was expected"),
        done=message("The row's target is left out"),
        fix=meant(text_of(cell), names.values()),
        row=whose,
    )
    return None


def _target_is(cell: Cell | None, whose: Row, findings: Findings) -> TargetIs:
    if cell is None or cell.is_blank or key(cell.text) in MONEY:
        return TargetIs.VALUE
    if key(cell.text) in COUNT:
        return TargetIs.COUNT
    findings.add(
        Level.ERROR,
        "target_is_unknown",
        cell.ref,
        found=message("{found} in Target is", found=found(cell)),
        expected=message("value or count was expected"),
        done=message("Read as value"),
        fix=message("choose value for money, count for a number of sales"),
        row=whose,
    )
    return TargetIs.VALUE


def _without_overlaps(rows: Sequence[tuple[Assignment, Cell]], findings: Findings) -> list[tuple[Assignment, Cell]]:
    """Each rep's periods on a track end where the next begins; two that begin together are one too many."""
    kept: list[tuple[Assignment, Cell]] = []
    ordered = sorted(rows, key=lambda row: (row[0].rep, row[0].track, row[0].start_on or date.min))
    for assignment, cell in ordered:
        last = kept[-1][0] if kept else None
        if last is None or (last.rep, last.track) != (assignment.rep, assignment.track):
            kept.append((assignment, cell))
            continue
        if last.start_on == assignment.start_on:
            _period_problem(cell, assignment, message("This row is left out"), findings)
            continue
        if last.end_on and assignment.start_on and last.end_on > assignment.start_on:
            earlier_ends = message("The earlier period ends where this one starts")
            _period_problem(cell, assignment, earlier_ends, findings)
        if last.end_on is None or (assignment.start_on and last.end_on > assignment.start_on):
            kept[-1] = (replace(last, end_on=assignment.start_on), kept[-1][1])
        kept.append((assignment, cell))
    return kept


def _period_problem(cell: Cell, assignment: Assignment, done: Message, findings: Findings) -> None:
    findings.add(
        Level.WARNING,
        "periods_overlap",
        cell.ref,
        found=message("two rows for the same days on the track {track}", track=quoted(assignment.track)),
        expected=message("one row for each period was expected"),
        done=done,
        fix=message("give each row its own Start and End, or delete one"),
        row=Row(assignment.rep, assignment.rep),
    )


def _with_defaults(
    rows: Sequence[tuple[Assignment, Cell]], settings: Settings, findings: Findings
) -> tuple[Assignment, ...]:
    tracks: dict[str, set[str]] = {}
    for assignment, _ in rows:
        tracks.setdefault(assignment.rep, set()).add(assignment.track)
    found = []
    for assignment, cell in rows:
        filled = with_default_target(assignment, settings, n_tracks=len(tracks[assignment.rep]))
        if filled.annual_target is None and settings.annual_target_per_rep and len(tracks[assignment.rep]) > 1:
            _target_not_shared(assignment, cell, findings)
        elif filled.annual_target and filled.target_is is TargetIs.VALUE and not filled.average_contract_value:
            _no_average(assignment, cell, findings)
        found.append(filled)
    return tuple(found)


def with_default_target(assignment: Assignment, settings: Settings, *, n_tracks: int) -> Assignment:
    """The assignment with the Settings' target and average where it has none; several tracks share no default."""
    average = assignment.average_contract_value or settings.average_contract_value
    target = assignment.annual_target
    if target is None and assignment.target_is is TargetIs.VALUE and n_tracks == 1:
        target = settings.annual_target_per_rep
    return replace(assignment, annual_target=target, average_contract_value=average)


def _target_not_shared(assignment: Assignment, cell: Cell, findings: Findings) -> None:
    findings.add(
        Level.WARNING,
        "target_not_shared",
        cell.ref,
        found=message(
            "no target on the track {track}, and the rep is on several tracks", track=quoted(assignment.track)
        ),
        expected=message("a target for each track was expected"),
        done=message("No quota on this track: the Settings' target per rep is not divided"),
        fix=message("type the Annual target on each of the rep's rows"),
        row=Row(assignment.rep, assignment.rep),
    )


def _no_average(assignment: Assignment, cell: Cell, findings: Findings) -> None:
    findings.add(
        Level.ERROR,
        "no_average_contract",
        cell.ref,
        found=message("an annual target in money without an average contract value"),
        expected=message("both were expected"),
        done=message("No quota is shown"),
        fix=message("type the Average contract value on this row or on the Settings sheet, or set Target is to count"),
        row=Row(assignment.rep, assignment.rep),
    )


def read_time_off(table: Table | None, people: People, findings: Findings) -> tuple[TimeOff, ...]:
    """The periods of the Time off sheet; a blank rep is everyone, a blank To is one day."""
    found: list[TimeOff] = []
    for row in table.rows() if table else ():
        if not said(row["From"]) and not said(row["To"]):
            continue
        rep = _who(row.get("Rep"), people, findings)
        whose = Row(rep or "", rep or "")
        if not said(row["From"]):
            _without_from(row["From"], whose, findings)
            continue
        first_on = findings.take_date(row["From"], "From", whose, left_out=ROW_LEFT_OUT)
        last_on = findings.take_date(row["To"], "To", whose, left_out=ONE_DAY) or first_on
        if first_on is None or last_on is None or rep is None:
            continue
        if last_on < first_on:
            _reversed(row["To"], whose, findings)
            continue
        reduces = findings.take_yes(row.get("Reduces quota"), "Reduces quota", whose)
        found.append(TimeOff(rep or None, first_on, last_on + timedelta(days=1), text_of(row.get("Reason")), reduces))
    return tuple(found)


def _without_from(cell: Cell, whose: Row, findings: Findings) -> None:
    findings.add(
        Level.ERROR,
        "time_off_without_from",
        cell.ref,
        found=message("no date in From"),
        expected=message("the first day off was expected"),
        done=ROW_LEFT_OUT,
        fix=message("type the first day off"),
        row=whose,
    )


def _reversed(cell: Cell, whose: Row, findings: Findings) -> None:
    findings.add(
        Level.ERROR,
        "period_reversed",
        cell.ref,
        found=message("{found} in To is before From", found=quoted(cell.text)),
        done=ROW_LEFT_OUT,
        fix=message("correct one of the two dates"),
        row=whose,
    )


def _who(cell: Cell | None, people: People, findings: Findings) -> str | None:
    """The rep a row is for, empty for everyone; None where nobody has that name, which concerns the nearest."""
    if cell is None or cell.is_blank or key(cell.text) in EVERYONE:
        return ""
    known = people.names.get(person_key(cell.text))
    if known:
        return known
    near = nearest(cell.text, people.names.values())
    findings.add(
        Level.ERROR,
        "rep_unknown",
        cell.ref,
        found=message("{found} in Rep", found=found(cell)),
        expected=message("a rep of the team was expected"),
        done=ROW_LEFT_OUT,
        fix=message("write {name} if that is meant", name=quoted(near))
        if near
        else message("write the name as on the Reps sheet, or leave it blank"),
        row=Row(rep=near or ""),
    )
    return None
