"""Rows of opportunities in which nothing is in doubt, made straight from whole columns.

What the careful reader (opportunities.py) would make of such a row without a word is made here several times as fast; a
row that would make it say anything, or think twice, is left to it. A test holds the two to the same result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import repeat
from typing import TypeVar, cast

from milestone_reports.domain.names import key
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.problem import CellRef
from milestone_reports.domain.track import Track
from milestone_reports.domain.visible import LONGEST_NAME, LONGEST_TEXT
from milestone_reports.workbook.cells import CellValue, plain_text
from milestone_reports.workbook.reading.columns_at_once import (
    DIGIT,
    Taken,
    placeholders,
    take_dates,
    take_numbers,
    take_texts,
)
from milestone_reports.workbook.reading.milestones import COMPLETED, EVIDENCE, PLANNED, Columns
from milestone_reports.workbook.reading.people import People
from milestone_reports.workbook.reading.table import Table
from milestone_reports.workbook.reading.values import denies
from milestone_reports.workbook.vocabulary import OUTCOME_WORDS, TOTALS

Said = TypeVar("Said")

NO_COLUMNS: tuple[int, ...] = ()

TEXTS = ("ID", "Opportunity", "Account", "Rep", "Track", "Source", "Currency", "Outcome", "Lost reason")
DATES = ("Created", "Closed", "Lost on")


@dataclass(frozen=True, slots=True)
class PlainRows:
    """What was made of a sheet's columns at once."""

    opportunities: Sequence[Opportunity]
    """One for each row below the header; those of doubtful rows are not to be used."""
    doubtful: frozenset[int]
    """The rows that need the careful reader, by their place below the header."""
    completion_columns: Mapping[str, tuple[int, ...]]
    """A track's name to the columns of its milestones' completion; 0 where there is none."""


def plain_rows(table: Table, tracks: Sequence[Track], columns: Columns, currency: str, people: People) -> PlainRows:
    """The sheet's rows, taken at once; names are met in the order of the rows."""
    texts = {name: take_texts(_column(table, name)) for name in TEXTS}
    dates = {name: take_dates(_column(table, name)) for name in DATES}
    values = take_numbers(_column(table, "Value"))
    milestones = {name: _milestone(table, name, columns) for name in _names(tracks)}
    of_track = _tracks(texts["Track"].values, tracks)
    entries = _entries(of_track, tracks, milestones)
    outcomes = _outcomes(texts["Outcome"].values, dates["Lost on"].values)
    cells = completion_columns(table, tracks, columns)
    ids = _without_placeholders(texts["ID"].values)
    names, accounts, reps = (texts[name].values for name in ("Opportunity", "Account", "Rep"))
    identities = [
        number or f"{name} | {account} | {track.name if track else ''}"
        for number, name, account, track in zip(ids, names, accounts, of_track, strict=True)
    ]
    taken: list[Taken[str] | Taken[date | None] | Taken[float | None]] = [*texts.values(), *dates.values(), values]
    doubtful = {place for column in taken for place in column.doubtful}
    doubtful |= {place for milestone in milestones.values() for place in milestone.doubtful}
    doubtful |= _marked(table) | _totals(table) | _foreign(texts["Currency"].values, currency)
    doubtful |= _nameless(_column(table, "Rep"), reps) | _repeated(identities) | _unsettled(of_track, outcomes, entries)
    spelt = {name: people.person(name) for name in dict.fromkeys(reps) if name}
    opportunities = map(
        Opportunity,
        identities,
        [name or number or account for name, number, account in zip(names, ids, accounts, strict=True)],
        accounts,
        [spelt.get(rep, "") for rep in reps],
        _of_each(of_track, tracks, lambda track: track.name, ""),
        entries,
        texts["Source"].values,
        values.values,
        dates["Created"].values,
        cast("Sequence[Outcome]", outcomes),
        _closed(outcomes, dates["Closed"].values, dates["Lost on"].values),
        texts["Lost reason"].values,
        _rows(table),
        _of_each(of_track, tracks, lambda track: cells[track.name], NO_COLUMNS),
    )
    return PlainRows(list(opportunities), frozenset(doubtful), cells)


def _of_each(
    of_track: Sequence[Track | None], tracks: Sequence[Track], said: Callable[[Track], Said], otherwise: Said
) -> Iterable[Said]:
    """What is said of each row's track."""
    if len(tracks) == 1 and None not in of_track:
        return repeat(said(tracks[0]))
    return [said(track) if track else otherwise for track in of_track]


def _rows(table: Table) -> Iterator[CellRef]:
    """Each row as a whole, made as CellRef(...) makes it."""
    numbers = [table.sheet.row_numbers[row.place] for row in table.body]
    return map(partial(tuple.__new__, CellRef), zip(repeat(table.sheet.name), numbers, repeat(0), strict=False))


def completion_columns(table: Table, tracks: Sequence[Track], columns: Columns) -> Mapping[str, tuple[int, ...]]:
    """A track's name to the columns of its milestones' completion; 0 where there is none."""
    return {
        track.name: tuple(_column_number(table, columns.get((key(m.name), COMPLETED))) for m in track.milestones)
        for track in tracks
    }


def _entries(
    of_track: Sequence[Track | None], tracks: Sequence[Track], milestones: Mapping[str, Taken[MilestoneEntry]]
) -> Sequence[tuple[MilestoneEntry, ...]]:
    """The milestones of each row's track."""
    of_each = {
        track.name: list(zip(*(milestones[milestone.name].values for milestone in track.milestones), strict=True))
        for track in tracks
    }
    if len(tracks) == 1 and None not in of_track:
        return of_each[tracks[0].name]
    return [of_each[track.name][place] if track else () for place, track in enumerate(of_track)]


def _closed(
    outcomes: Sequence[Outcome | None], closed: Sequence[date | None], lost: Sequence[date | None]
) -> Sequence[date | None]:
    """The day a row was closed: a loss has a date of its own in some exports."""
    if not any(lost):
        return closed
    return [
        lost_on if lost_on and outcome and outcome.is_lost else closed_on
        for outcome, closed_on, lost_on in zip(outcomes, closed, lost, strict=True)
    ]


def _column(table: Table, name: str) -> Sequence[CellValue]:
    position = table.fields.get(name)
    return [None] * len(table.body) if position is None else table.values(position)


def _names(tracks: Sequence[Track]) -> Iterator[str]:
    return iter(dict.fromkeys(milestone.name for track in tracks for milestone in track.milestones))


def _milestone(table: Table, name: str, columns: Columns) -> Taken[MilestoneEntry]:
    """A milestone's entry on every row."""

    def column(role: str) -> Sequence[CellValue]:
        position = columns.get((key(name), role))
        return [None] * len(table.body) if position is None else table.values(position)

    planned, completed = take_dates(column(PLANNED)), take_dates(column(COMPLETED))
    evidence = take_texts(column(EVIDENCE), LONGEST_TEXT)
    rest = [repeat(MilestoneEntry._field_defaults[name]) for name in MilestoneEntry._fields[3:]]
    # As MilestoneEntry(...) makes it, but without a call of Python's own for each of hundreds of thousands.
    as_entry = partial(tuple.__new__, MilestoneEntry)
    entries = map(as_entry, zip(planned.values, completed.values, _proofs(evidence.values), *rest, strict=False))
    return Taken(list(entries), {*planned.doubtful, *completed.doubtful, *evidence.doubtful})


def _column_number(table: Table, position: int | None) -> int:
    return 0 if position is None else table.header[position].ref.column


def _proofs(texts: Sequence[str]) -> Sequence[str]:
    """Evidence, empty where the cell says that there is none."""
    none = placeholders(texts) | set(filter(denies, set(texts)))
    return ["" if text in none else text for text in texts] if none - {""} else texts


def _without_placeholders(texts: Sequence[str]) -> Sequence[str]:
    empty = placeholders(texts)
    return ["" if text in empty else text for text in texts] if empty - {""} else texts


def _marked(table: Table) -> set[int]:
    """Rows with an error, a formula never calculated or a link."""
    marked = {row for row, _ in (*table.sheet.marks.broken, *table.sheet.marks.links)}
    return {place for place, row in enumerate(table.body) if row.number in marked} if marked else set()


def _nameless(column: Sequence[CellValue], reps: Sequence[str]) -> set[int]:
    """Rows without a rep, or with something else than a name."""
    nobody = placeholders(reps)
    if not nobody and set(map(type, column)) == {str}:
        return set()
    return {place for place, rep in enumerate(reps) if rep in nobody or type(column[place]) is not str}


def _repeated(identities: Sequence[str]) -> set[int]:
    """Rows whose identity stands on another row too, or that have none."""
    folded = [identity.casefold() for identity in identities]
    if len(set(folded)) == len(folded) and not any(identity.startswith(" | ") for identity in folded):
        return set()
    often = {identity for identity, count in Counter(folded).items() if count > 1}
    return {place for place, identity in enumerate(folded) if identity in often or identity.startswith(" |  | ")}


def _unsettled(
    of_track: Sequence[Track | None],
    outcomes: Sequence[Outcome | None],
    entries: Sequence[tuple[MilestoneEntry, ...]],
) -> set[int]:
    """Rows of no known track or outcome, won without a date of the sale, or cancelled."""
    return {
        place
        for place, (track, outcome, own) in enumerate(zip(of_track, outcomes, entries, strict=True))
        if track is None
        or outcome is None
        or outcome is Outcome.CANCELLED
        or (outcome is Outcome.WON and own[-1].completed_on is None)
    }


def _foreign(codes: Sequence[str], currency: str) -> set[int]:
    """Rows in another currency than the report's, or whose currency is not written as its letters."""
    plain = {"", currency}
    return {place for place, code in enumerate(codes) if code not in plain} if set(codes) - plain else set()


def _totals(table: Table) -> set[int]:
    """Rows that begin as a row of totals does."""
    first = table.values(0)
    words = {value for value in set(first) if isinstance(value, str) and not DIGIT.search(value)}
    totals = {word for word in words if key(plain_text(word, LONGEST_NAME)) in TOTALS}
    return {place for place, value in enumerate(first) if not value or value in totals}


def _tracks(names: Sequence[str], tracks: Sequence[Track]) -> list[Track | None]:
    known = {key(track.name): track for track in tracks}
    blank = tracks[0] if len(tracks) == 1 else None
    meant = {name: known.get(key(name), blank if not name else None) for name in set(names)}
    return [meant[name] for name in names]


def _outcomes(words: Sequence[str], lost: Sequence[date | None]) -> Sequence[Outcome | None]:
    """What each row says became of it; a loss date without an outcome is a loss."""
    empty = placeholders(words)
    meant = {word: Outcome.OPEN if word in empty else OUTCOME_WORDS.get(key(word)) for word in set(words)}
    outcomes = [meant[word] for word in words]
    if not any(lost):
        return outcomes
    return [
        Outcome.LOST if lost_on and outcome is Outcome.OPEN else outcome
        for outcome, lost_on in zip(outcomes, lost, strict=True)
    ]
