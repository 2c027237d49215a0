"""Tracks and their milestones: from the Milestones sheet, else from the date columns; and which column holds which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from milestone_reports.domain.message import message
from milestone_reports.domain.names import key, nearest, one_line, quoted
from milestone_reports.domain.problem import CellRef, Level
from milestone_reports.domain.track import ADVISED_MILESTONES, MOST_MILESTONES, Milestone, Track
from milestone_reports.workbook.cells import Cell, is_filled
from milestone_reports.workbook.reading.findings import Findings, text_of
from milestone_reports.workbook.reading.table import Table, say_column_twice
from milestone_reports.workbook.reading.values import is_placeholder, read_date
from milestone_reports.workbook.vocabulary import FIELDS, NOT_MILESTONES

ONLY_TRACK = "Sales"
"""What a team's track is called when the workbook names none."""

COMPLETED, PLANNED, EVIDENCE = "completed", "planned", "evidence"

HEADERS = (
    (
        PLANNED,
        re.compile(
            r"(.+?)[\s:_(–-]+(?:planned|planned date|planned on|planned for|plan|due|due date"
            r"|geplant|geplant am|geplant für|planung|soll|fällig|fällig am)\)?",
            re.IGNORECASE,
        ),
    ),
    (PLANNED, re.compile(r"(?:planned|plan|due|geplant|fällig)[\s:_–-]+(.+)", re.IGNORECASE)),
    (EVIDENCE, re.compile(r"(.+?)[\s:_(–-]+(?:evidence|nachweis|beleg)\)?", re.IGNORECASE)),
    (
        EVIDENCE,
        re.compile(r"(?:evidence(?: for| of)?|(?:nachweis|beleg)(?: für| zu| zum| zur)?)[\s:_–-]+(.+)", re.IGNORECASE),
    ),
    (COMPLETED, re.compile(r"date entered[\s:_–-]+(.+)", re.IGNORECASE)),
    (
        COMPLETED,
        re.compile(
            r"(.+?)[\s:_(–-]+(?:completed|completed on|done|done on|actual|date|reached"
            r"|(?:erreicht|abgeschlossen|erledigt|erfolgt)(?: am)?|am|ist|datum)\)?",
            re.IGNORECASE,
        ),
    ),
    (COMPLETED, re.compile(r"(.+)")),
)
"""How a milestone's columns are headed, tried in order; the last takes the header as the milestone's own name."""

OTHER_FIELDS = {key(name) for name in FIELDS["Opportunities"] if name not in {"Created", "Closed", "Lost on"}}
"""Keys of the columns of Opportunities that hold no date, and so cannot be a milestone's."""

Columns = Mapping[tuple[str, str], int]
"""(key of a milestone's name, role) to the position of its column."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the Milestones sheet."""

    track: str
    order: float
    milestone: Milestone
    cell: CellRef


def listed_milestones(table: Table | None, findings: Findings) -> tuple[Listed, ...]:
    """The rows of the Milestones sheet, in its order."""
    found: list[Listed] = []
    for number, row in enumerate(table.rows() if table else ()):
        name = row["Milestone"]
        if not name.text:
            continue
        track = text_of(row.get("Track"))
        order = findings.take_number(row.get("Order"), "Order")
        evidence = findings.take_yes(row.get("Evidence required"), "Evidence required")
        agreed = row.get("Agreed by both")
        milestone = Milestone(name.text, agreed.whole if agreed else "", evidence)
        if any(key(name.text) == key(other.milestone.name) and key(track) == key(other.track) for other in found):
            _repeated(name, findings)
        else:
            found.append(Listed(track, number if order is None else order, milestone, name.ref))
    return tuple(sorted(found, key=lambda listed: listed.order))


def _repeated(name: Cell, findings: Findings) -> None:
    findings.add(
        Level.ERROR,
        "milestone_twice",
        name.ref,
        found=message("the milestone {name} is listed twice for its track", name=quoted(name.text)),
        done=message("The second is left out"),
        fix=message("delete one of the two rows or rename it"),
    )


def named_columns(table: Table, names: Iterable[str], findings: Findings) -> Columns:
    """Which column holds which listed milestone; columns that are none are said."""
    known = {key(name): name for name in names}
    columns: dict[tuple[str, str], int] = {}
    for position, cell in _own_columns(table, set(known) - OTHER_FIELDS):
        name, role = _role(cell.text, known)
        if key(name) not in known:
            _not_listed(cell, name, role, known.values(), findings)
        elif (key(name), role) in columns:
            say_column_twice(cell, findings)
        else:
            columns[key(name), role] = position
    for known_key, name in known.items():
        if known_key in OTHER_FIELDS:
            _named_as_field(table, name, findings)
        elif (known_key, COMPLETED) not in columns:
            _no_column(table, name, findings)
    return columns


def with_columns(table: Table, listed: Iterable[Listed]) -> list[Listed]:
    """The listed milestones that have a column, of whatever it says."""

    def has_column(name: str) -> bool:
        return any(milestone_in(cell.text, {key(name): name}) for cell in table.header if not cell.is_blank)

    return [one for one in listed if has_column(one.milestone.name)]


def without_synonyms(table: Table, listed: Iterable[Listed]) -> Table:
    """The table without the fields that are known only by a synonym which is also a milestone's name."""
    names = {key(one.milestone.name) for one in listed}

    def is_milestone(field: str, header: str) -> bool:
        return header in names and header != key(field) and key(field) in OTHER_FIELDS and field != "Rep"

    own = {field: at for field, at in table.fields.items() if not is_milestone(field, key(table.header[at].text))}
    return replace(table, fields=own)


def say_without_header(table: Table, findings: Findings) -> None:
    """A problem for each column of dates that has no header."""
    for position, cell in enumerate(table.header):
        if cell.is_blank and holds_dates(table, position, findings):
            findings.add(
                Level.WARNING,
                "header_blank",
                cell.ref,
                found=message("dates in a column without a header"),
                expected=message("a milestone's name was expected above them"),
                done=message("Not read"),
                fix=message("head the column, or clear it"),
            )


def _own_columns(table: Table, known: set[str]) -> list[tuple[int, Cell]]:
    """The header cells that are no field, or that bear a milestone's exact name, which outranks a field's synonym."""
    taken = set(table.fields.values())
    return [
        (position, cell)
        for position, cell in enumerate(table.header)
        if not cell.is_blank and (position not in taken or key(cell.text) in known)
    ]


def milestone_in(header: str, known: Mapping[str, str]) -> bool:
    """Whether a header names one of the milestones, alone or with what the column says of it."""
    return key(_role(header, known)[0]) in known


def _role(header: str, known: Mapping[str, str] | None = None) -> tuple[str, str]:
    """The milestone a header names and what the column says of it; a known name is recognised as a whole first."""
    text = one_line(header)
    if known and key(text) in known:
        return known[key(text)], COMPLETED
    matches = [(match[1], role) for role, pattern in HEADERS if (match := pattern.fullmatch(text))]
    matches = matches or [(text, COMPLETED)]  # an error cell among the headers has no text
    if known:
        named = [(known[key(name)], role) for name, role in matches if key(name) in known]
        return named[0] if named else matches[0]
    return matches[0]


def _not_listed(cell: Cell, name: str, role: str, known: Iterable[str], findings: Findings) -> None:
    near = nearest(name, known, cutoff=0.8)
    looks_like_one = near or role != COMPLETED or key(cell.text).startswith("dateentered")
    if not looks_like_one:
        return
    findings.add(
        Level.WARNING if near else Level.NOTE,
        "column_not_listed",
        cell.ref,
        found=message("the column {name}", name=quoted(cell.text)),
        expected=message("its milestone is not on the Milestones sheet"),
        done=message("Not read"),
        fix=message("name it {name} if that is meant", name=quoted(near))
        if near
        else message("list the milestone there if it should count"),
    )


def _named_as_field(table: Table, name: str, findings: Findings) -> None:
    findings.add(
        Level.ERROR,
        "milestone_named_as_column",
        table.header[0].ref,
        found=message("the milestone {name} has the name of a column that holds something else", name=quoted(name)),
        expected=message("a name of its own was expected"),
        done=message("It counts as not completed on every row"),
        fix=message("rename the milestone, and head the column of its dates with the new name"),
    )


def _no_column(table: Table, name: str, findings: Findings) -> None:
    findings.add(
        Level.ERROR,
        "milestone_without_column",
        table.header[0].ref,
        found=message(
            "no column for the milestone {name} on the sheet {sheet}", name=quoted(name), sheet=quoted(table.sheet.name)
        ),
        done=message("It counts as not completed on every row"),
        fix=message("add a column headed {name}, or delete the milestone from the Milestones sheet", name=quoted(name)),
    )


def found_columns(table: Table, findings: Findings) -> tuple[tuple[str, ...], Columns]:
    """Without a Milestones sheet: the date columns that are no known field are the milestones, left to right."""
    names: dict[str, str] = {}
    columns: dict[tuple[str, str], int] = {}
    for position, cell in _own_columns(table, set()):
        if key(cell.text) in NOT_MILESTONES:
            continue
        name, role = _role(cell.text)
        if columns.setdefault((key(name), role), position) != position:
            say_column_twice(cell, findings)
            continue
        if role == PLANNED or (role == COMPLETED and holds_dates(table, position, findings)):
            names.setdefault(key(name), name)
    names = {known: name for known, name in names.items() if (known, COMPLETED) in columns}
    if names:
        _say_found(table, names.values(), findings)
    return tuple(names.values()), columns


def _say_found(table: Table, names: Iterable[str], findings: Findings) -> None:
    findings.add(
        Level.NOTE,
        "milestones_from_columns",
        table.header[0].ref,
        found=message("no Milestones sheet"),
        done=message(
            "The date columns are the milestones, in this order: {names}; the last is the sale", names=", ".join(names)
        ),
        fix=message("list the milestones on a sheet named 'Milestones' if these are not the ones"),
    )


def holds_dates(table: Table, position: int, findings: Findings) -> bool:
    """Whether at least half of what stands in a column are dates, and not all of them bare numbers."""
    place = table.header[position].ref
    n_filled = n_dates = n_typed = 0
    for value, count in Counter(filter(is_filled, table.values(position))).items():
        cell = table.sheet.cell(place.row, place.column, value)
        if is_placeholder(cell):
            continue
        is_date = isinstance(read_date(cell, day_first=findings.day_first), date)
        n_filled += count
        n_dates += count * is_date
        n_typed += count * (is_date and not isinstance(value, (int, float)))
    return n_typed > 0 and n_dates * 2 >= n_filled


def tracks_of(listed: Sequence[Listed], findings: Findings) -> tuple[Track, ...]:
    """The tracks of the Milestones sheet, in the order of their first row."""
    names = dict.fromkeys(one.track or ONLY_TRACK for one in listed)
    tracks = tuple(
        Track(name, tuple(one.milestone for one in listed if (one.track or ONLY_TRACK) == name)) for name in names
    )
    for track in tracks:
        check_length(track, next(one.cell for one in listed if (one.track or ONLY_TRACK) == track.name), findings)
    return tracks


def check_length(track: Track, place: CellRef, findings: Findings) -> None:
    """Two to five milestones are advised, up to eight accepted with a note (method.md §1)."""
    n_milestones = track.n_milestones
    if ADVISED_MILESTONES >= n_milestones >= 2:  # noqa: PLR2004  the method's own bound
        return
    accepted = MOST_MILESTONES >= n_milestones > ADVISED_MILESTONES
    name = quoted(track.name)
    findings.add(
        Level.NOTE if accepted else Level.ERROR,
        "number_of_milestones",
        place,
        found=message("the track {name} has {n} milestones", name=name, n=n_milestones)
        if n_milestones > 1
        else message("the track {name} has 1 milestone", name=name),
        expected=message("2 to 5 are advised") if accepted else message("2 to 5 were expected, 8 at the most"),
        done=message("Used as it is"),
        fix=message("keep those that are significant, agreed by both sides and documented"),
    )
