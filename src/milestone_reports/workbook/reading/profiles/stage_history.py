"""A history of stages, one row a change: made into one row an opportunity, its first entry dating each milestone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from milestone_reports.domain.message import Message, message
from milestone_reports.domain.names import key, quoted
from milestone_reports.domain.opportunity import Outcome
from milestone_reports.domain.problem import Level
from milestone_reports.domain.track import Milestone, Track
from milestone_reports.workbook.cells import Cell, Row
from milestone_reports.workbook.reading import findings as say
from milestone_reports.workbook.reading.findings import Findings, said
from milestone_reports.workbook.reading.milestones import COMPLETED, Listed
from milestone_reports.workbook.reading.profiles.grid import Added, headers_of, with_columns
from milestone_reports.workbook.reading.profiles.known import Profile, position_of
from milestone_reports.workbook.reading.profiles.layout import Layout, listed_tracks, spelt_once, track_names
from milestone_reports.workbook.reading.profiles.stages import (
    by_dates,
    by_number,
    milestones_among,
    outcome_of,
    with_sale,
)
from milestone_reports.workbook.reading.table import Table


@dataclass(frozen=True, slots=True)
class Change:
    """An opportunity entered a stage."""

    moment: datetime
    stage: str
    row: Row
    stage_cell: Cell
    day_cell: Cell


@dataclass(slots=True)
class _Path:
    """What an opportunity went through, in the order of time."""

    changes: list[Change] = field(default_factory=list)

    @property
    def moves(self) -> list[Change]:
        """The changes that led to another stage."""
        changes = sorted(self.changes, key=lambda change: change.moment)
        return [c for i, c in enumerate(changes) if i == 0 or key(c.stage) != key(changes[i - 1].stage)]

    def first_days(self) -> dict[str, date]:
        """The key of each stage to the day it was first entered."""
        return {key(change.stage): change.moment.date() for change in reversed(self.moves)}


def changes_in(table: Table, profile: Profile, findings: Findings) -> Iterator[tuple[str, Change]]:
    """The changes of stage that the rows tell, each with the key of its opportunity."""
    headers = headers_of(table)
    stage_at, changed_at = position_of(headers, profile.stage), position_of(headers, profile.changed_on)
    old_at = position_of(headers, ("Old Value", "OldValue"))
    if stage_at is None or changed_at is None:
        return
    begun: set[str] = set()
    created: dict[str, Row] = {}
    rows = sorted(table.body, key=lambda row: _sort_key(row[changed_at], findings))
    owners = _owners(table, rows)
    for row in rows:
        opportunity = identity(table, row)
        whose = say.Row(opportunity, owners.get(opportunity, ""))
        kind = _kind(row, headers, profile)
        if kind == "created":
            created[opportunity] = row
        if not opportunity or kind != "stage":
            continue
        if old_at is not None and opportunity not in begun and opportunity in created and said(row[old_at]):
            first = created[opportunity]
            yield from _change(whose, first, row[old_at], first[changed_at], findings)
        begun.add(opportunity)
        yield from _change(whose, row, row[stage_at], row[changed_at], findings)


def _owners(table: Table, rows: Iterable[Row]) -> Mapping[str, str]:
    """The key of each opportunity to who owns it by the last of the rows that says so."""
    at = table.fields.get("Rep")
    return {identity(table, row): row[at].text for row in rows if at is not None and said(row[at])}


def identity(table: Table, row: Row) -> str:
    """The key of the opportunity of a row: its ID, else its name and account."""
    texts = [row[table.fields[name]].text for name in ("ID", "Opportunity", "Account") if name in table.fields]
    if "ID" in table.fields and texts[0]:
        return texts[0].casefold()
    return " | ".join(texts).strip(" |").casefold()


def _kind(row: Row, headers: Mapping[str, int], profile: Profile) -> str:
    """Whether a row of a history of all fields is a change of stage, the creation, or neither."""
    for header, words in profile.only_changes_of.items():
        if key(header) in headers:
            what = key(row[headers[key(header)]].text)
            return "stage" if what in {key(word) for word in words} else "created" if what == "created" else ""
    return "stage"


def _sort_key(cell: Cell, findings: Findings) -> datetime:
    """The moment of a change, for putting changes in order; what is no date comes first and is said later."""
    silent = Findings(findings.day_first)
    return _moment(cell, silent, say.NOBODY) or datetime.min  # noqa: DTZ901  workbooks know no time zones


def _moment(cell: Cell, findings: Findings, whose: say.Row) -> datetime | None:
    day = findings.take_date(cell, "the day of the change", whose)
    if day is None:
        return None
    if isinstance(cell.value, datetime):
        return cell.value.replace(tzinfo=None)
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  workbooks know no time zones


def _change(whose: say.Row, row: Row, stage: Cell, day: Cell, findings: Findings) -> Iterator[tuple[str, Change]]:
    moment = _moment(day, findings, whose) if said(stage) else None
    if moment:
        yield whose.label, Change(moment, stage.text, row, stage, day)


def read_history(table: Table, profile: Profile, listed: Sequence[Listed], findings: Findings) -> tuple[Table, Layout]:
    """One row an opportunity, the latest of its history, with the day of each milestone beside it."""
    paths: dict[str, _Path] = {}
    for opportunity, change in changes_in(table, profile, findings):
        paths.setdefault(opportunity, _Path()).changes.append(change)
    base = _latest_rows(table, profile, paths)
    moves = [path.moves for path in paths.values()]
    tracks = _tracks(base, list(paths.values()), listed, findings)
    stages = list(dict.fromkeys(m.name for track in tracks for m in track.milestones))
    stage_at = position_of(headers_of(table), profile.stage)
    added = {f"entered {stage}": _entered(stage, moves, stage_at) for stage in stages}
    outcomes = [outcome_of(path[-1].stage) for path in moves]
    added["Outcome"] = Added("Outcome", [outcome.value for outcome in outcomes], stage_at)
    decided = [path[-1].moment.date() if o.is_lost else None for path, o in zip(moves, outcomes, strict=True)]
    added["Closed"] = Added("Closed", decided, stage_at)
    _say_moves_back(base, tracks, moves, findings)
    first = len(base.header)
    columns = {(key(stage), COMPLETED): first + index for index, stage in enumerate(stages)}
    return with_columns(base, added), Layout(tracks, columns)


def log_of_history(table: Table, profile: Profile) -> Table:
    """The history as a log of milestones: each entry into a stage but a loss completes the milestone of that name."""
    headers = headers_of(table)
    stage_at, changed_at = position_of(headers, profile.stage), position_of(headers, profile.changed_on)
    own = table.fields.get("ID", table.fields.get("Opportunity"))
    fields = {"Opportunity ID": own, "Milestone": stage_at, "Completed": changed_at}
    body = [
        row
        for row in table.body
        if stage_at is not None
        and _kind(row, headers, profile) == "stage"
        and not outcome_of(row[stage_at].text).is_lost
    ]
    return replace(table, fields={name: at for name, at in fields.items() if at is not None}, body=body)


def _latest_rows(table: Table, profile: Profile, paths: Mapping[str, _Path]) -> Table:
    """The latest row of each opportunity; the day of a change is not that of the creation."""
    changed_at = position_of(headers_of(table), profile.changed_on)
    fields = {name: at for name, at in table.fields.items() if at != changed_at}
    latest = tuple(max(path.changes, key=lambda change: change.moment).row for path in paths.values())
    return replace(table, fields=fields, body=latest)


def _entered(stage: str, moves: Sequence[Sequence[Change]], stage_at: int | None) -> Added:
    """The first entry into a stage; into the sale only where it was the last one too."""
    days: list[date | None] = []
    for path in moves:
        taken_back = outcome_of(stage) is Outcome.WON and outcome_of(path[-1].stage) is not Outcome.WON
        own = [change.moment.date() for change in path if key(change.stage) == key(stage)]
        days.append(None if taken_back else next(iter(own), None))
    return Added(f"{stage} ", days, stage_at)


def _tracks(base: Table, paths: Sequence[_Path], listed: Sequence[Listed], findings: Findings) -> tuple[Track, ...]:
    of_track: dict[str, list[_Path]] = {}
    names = track_names(base)
    for name, path in zip(names, paths, strict=True):
        of_track.setdefault(key(name), []).append(path)
    spelt = spelt_once(names)
    return listed_tracks(listed, spelt) or tuple(
        Track(name, _milestones(base, name, of_track[key(name)], findings)) for name in spelt
    )


def _milestones(base: Table, track: str, paths: Sequence[_Path], findings: Findings) -> tuple[Milestone, ...]:
    stages = milestones_among(change.stage for path in paths for change in path.moves)
    ordered = by_number(stages) or by_dates(stages, (path.first_days() for path in paths))
    ordered = with_sale(milestones_among(ordered))
    findings.add(
        Level.NOTE,
        "milestones_from_history",
        base.header[0].ref,
        found=message("no Milestones sheet, and a history of stages for the track {track}", track=quoted(track)),
        done=message(
            "The stages are the milestones, in the order in which most opportunities entered them: {names}; "
            "the last is the sale",
            names=", ".join(ordered),
        ),
        fix=message("list the milestones on a sheet named 'Milestones' if these are not the ones"),
    )
    return tuple(map(Milestone, ordered))


def _say_moves_back(
    base: Table, tracks: Sequence[Track], moves: Sequence[Sequence[Change]], findings: Findings
) -> None:
    """How often opportunities went back, and how often they entered a stage again."""
    places = {key(track.name): {key(m.name): place for place, m in enumerate(track.milestones)} for track in tracks}
    again: list[Change] = []
    back: list[Change] = []
    for track, path in zip(track_names(base), moves, strict=True):
        own = places.get(key(track), places[key(tracks[0].name)])
        met: Counter[str] = Counter()
        for change, before in zip(path, [None, *path], strict=False):
            met[key(change.stage)] += 1
            again += [change] if met[key(change.stage)] > 1 else []
            here, there = own.get(key(change.stage)), own.get(key(before.stage)) if before else None
            back += [change] if here is not None and there is not None and here < there else []
    _say(again, "stages_entered_again", _entered_again(len(again)), findings)
    _say(back, "moves_backward", _moved_back(len(back)), findings)


def _entered_again(n: int) -> Message:
    if n == 1:
        return message("1 entry into a stage that was left before")
    return message("{n} entries into a stage that was left before", n=f"{n:,}")


def _moved_back(n: int) -> Message:
    return (
        message("1 move back to an earlier stage")
        if n == 1
        else message("{n} moves back to an earlier stage", n=f"{n:,}")
    )


def _say(changes: Sequence[Change], rule: str, what: Message, findings: Findings) -> None:
    if changes:
        findings.add(
            Level.NOTE,
            rule,
            changes[0].stage_cell.ref,
            found=what,
            done=message("The first entry dates the milestone; what came later changes nothing"),
            fix=message("nothing, unless a milestone was dated too early"),
        )
