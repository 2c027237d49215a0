"""Columns `Date entered "Stage (Pipeline)"`, one a stage: each pipeline is a track, its stages the milestones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from milestone_reports.domain.message import message
from milestone_reports.domain.names import key, one_line, quoted
from milestone_reports.domain.opportunity import Outcome
from milestone_reports.domain.problem import Level
from milestone_reports.domain.track import Milestone, Track
from milestone_reports.workbook.cells import Cell, CellValue, Row
from milestone_reports.workbook.reading.findings import Findings, said
from milestone_reports.workbook.reading.milestones import COMPLETED, ONLY_TRACK, Listed
from milestone_reports.workbook.reading.profiles.grid import Added, with_columns
from milestone_reports.workbook.reading.profiles.layout import Layout, spelt_once
from milestone_reports.workbook.reading.profiles.stages import by_dates, milestones_among, outcome_of, with_sale
from milestone_reports.workbook.reading.table import Table
from milestone_reports.workbook.reading.values import read_date

ENTERED = re.compile(r"date entered\s*[:–-]?\s*[\"'“”‘’«»]*(.+?)(?:\s+\(([^()]+)\))?[\"'“”‘’«»]*", re.IGNORECASE)
EXITED = re.compile(r"(?:date exited|latest time in|cumulative time in|time in)\b.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entered:
    """One column: the day on which a deal entered a stage of a pipeline."""

    stage: str
    pipeline: str
    """Empty where the header names none."""
    position: int

    @property
    def outcome(self) -> Outcome:
        """What becomes of a deal in this stage."""
        return outcome_of(self.stage)


def entered_columns(table: Table) -> tuple[Entered, ...]:
    """The columns of that kind, from left to right."""
    texts = ((position, one_line(cell.text)) for position, cell in enumerate(table.header))
    matches = ((position, match) for position, text in texts if (match := ENTERED.fullmatch(text)))
    return tuple(Entered(match[1], match[2] or "", position) for position, match in matches)


def read_entered(
    table: Table, columns: Sequence[Entered], stage_at: int | None, listed: Sequence[Listed], findings: Findings
) -> tuple[Table, Layout]:
    """The table with the days of sales and losses settled, and a track for each pipeline."""
    pipelines = {key(name): name or ONLY_TRACK for name in spelt_once(column.pipeline for column in columns)}
    table = _with_track(table, columns, pipelines, findings)
    settled = _Settled(table, columns, stage_at, findings)
    layout = _layout(table, columns, pipelines, listed, findings)
    sales = {key(_name(c, columns)): c for c in columns if c.outcome is Outcome.WON}
    added = {f"sale {index}": settled.sale(column) for index, column in enumerate(sales.values())}
    added |= {"Outcome": settled.outcome(), "Closed": settled.closed()}
    if "Lost on" in table.fields and stage_at is not None:
        del added["Outcome"]
    first = len(table.header)
    moved = {(name, COMPLETED): first + index for index, name in enumerate(sales)}
    _say_exits(table, findings)
    settled.say_reopened()
    return with_columns(table, added), Layout(layout.tracks, {**layout.columns, **moved}, layout.shown)


def _name(column: Entered, columns: Sequence[Entered]) -> str:
    """The stage, with its pipeline where another pipeline has a stage of that name."""
    same = [other for other in columns if key(other.stage) == key(column.stage)]
    return f"{column.stage} ({column.pipeline})" if len(same) > 1 else column.stage


def _layout(
    table: Table,
    columns: Sequence[Entered],
    pipelines: Mapping[str, str],
    listed: Sequence[Listed],
    findings: Findings,
) -> Layout:
    tracks: list[Track] = []
    shown: list[Track] = []
    positions: dict[tuple[str, str], int] = {}
    for pipeline, name in pipelines.items():
        own = {key(column.stage): column for column in columns if key(column.pipeline) == pipeline}
        milestones = _milestones(table, name, own, listed, findings)
        tracks.append(
            Track(
                name,
                tuple(
                    Milestone(
                        _name(own[key(m.name)], columns) if key(m.name) in own else m.name,
                        m.agreed,
                        m.evidence_required,
                    )
                    for m in milestones
                ),
            )
        )
        shown.append(Track(name, tuple(milestones)))
        positions |= {(key(_name(column, columns)), COMPLETED): column.position for column in own.values()}
    return Layout(tuple(tracks), positions, tuple(shown))


def _milestones(
    table: Table, track: str, own: Mapping[str, Entered], listed: Sequence[Listed], findings: Findings
) -> Sequence[Milestone]:
    """Those listed for the track, else its stages by the days on which deals entered them."""
    named = [one for one in listed if key(one.track) in {"", key(track)}]
    if named:
        for one in named:
            if key(one.milestone.name) not in own:
                _say_no_column(one, findings)
        return [one.milestone for one in named if key(one.milestone.name) in own]
    stages = [column.stage for column in own.values()]
    ordered = with_sale(milestones_among(by_dates(stages, _days(table, own, findings))))
    _say_order(table, track, ordered, with_sale(milestones_among(stages)), findings)
    return [Milestone(stage) for stage in ordered]


def _days(table: Table, own: Mapping[str, Entered], findings: Findings) -> Iterator[Mapping[str, date]]:
    for row in table.body:
        days = {stage: _day(row[column.position], findings) for stage, column in own.items()}
        yield {stage: day for stage, day in days.items() if day}


def _day(cell: Cell, findings: Findings) -> date | None:
    """The day of a cell, without a word: the reader of rows will have its say."""
    day = read_date(cell, day_first=findings.day_first)
    return day if isinstance(day, date) else None


def _with_track(table: Table, columns: Sequence[Entered], pipelines: Mapping[str, str], findings: Findings) -> Table:
    """Where no column names the pipeline: the one whose stage a deal entered last."""
    if "Track" in table.fields or len(pipelines) == 1:
        return table

    def pipeline(row: Row) -> CellValue:
        days = [(day, c.pipeline) for c in columns if (day := _day(row[c.position], findings))]
        return max(days)[1] if days else None

    return with_columns(table, {"Track": Added("Track", [pipeline(row) for row in table.body])})


@dataclass(slots=True)
class _Settled:
    """What a deal's present stage makes of the days on which it was once won or lost."""

    table: Table
    columns: Sequence[Entered]
    stage_at: int | None
    findings: Findings

    def _now(self, row: Row) -> Outcome | None:
        """What the present stage says; None where no column says it."""
        if self.stage_at is None or not said(row[self.stage_at]):
            return None
        return outcome_of(row[self.stage_at].text)

    def _lost_on(self, row: Row) -> date | None:
        days = [self._own_day(row, column) for column in self.columns if column.outcome.is_lost]
        return max(filter(None, days), default=None)

    def _own_day(self, row: Row, column: Entered) -> date | None:
        track = row[self.table.fields["Track"]] if "Track" in self.table.fields else None
        is_own = track is None or not column.pipeline or key(track.text) == key(column.pipeline)
        return _day(row[column.position], self.findings) if is_own else None

    def sale(self, column: Entered) -> Added:
        """The days of the sale, without those of deals that stand elsewhere now."""
        values = [
            row.values[self.table.sheet.columns[column.position]] if self._now(row) in {None, Outcome.WON} else None
            for row in self.table.body
        ]
        return Added(f"{column.stage} ", values, column.position)

    def outcome(self) -> Added:
        """Open, won or lost by the present stage; without one, lost by the day of the loss."""
        values = []
        for row in self.table.body:
            now = self._now(row)
            if now is None and self._lost_on(row):
                now = Outcome.LOST
            values.append(now.value if now else None)
        return Added("Outcome", values, self.stage_at)

    def closed(self) -> Added:
        """The day of the loss, else the close date of a deal that is decided: of one that is open it is a guess."""
        at = self.table.fields.get("Closed")
        values: list[CellValue] = []
        for row in self.table.body:
            now, lost_on = self._now(row), self._lost_on(row)
            if lost_on and (now is None or now.is_lost):
                values.append(lost_on)
            else:
                decided = at is not None and now is not Outcome.OPEN
                values.append(row.values[self.table.sheet.columns[at]] if decided and at is not None else None)
        return Added("Closed", values, at)

    def say_reopened(self) -> None:
        """One line for all the deals that entered the sale once and do not stand there now."""
        sales = [column for column in self.columns if column.outcome is Outcome.WON]
        rows = [
            row
            for row in self.table.body
            if self._now(row) not in {None, Outcome.WON} and any(self._own_day(row, column) for column in sales)
        ]
        if rows:
            _say_taken_back(rows, sales[0].stage, self.findings)


def _say_taken_back(rows: Sequence[Row], sale: str, findings: Findings) -> None:
    many, name = len(rows) > 1, quoted(sale)
    findings.add(
        Level.WARNING,
        "sale_taken_back",
        rows[0].ref,
        found=message(
            "{n} deals that once entered {sale} and now stand in another stage", n=f"{len(rows):,}", sale=name
        )
        if many
        else message("1 deal that once entered {sale} and now stands in another stage", sale=name),
        expected=message("a deal that is won was expected to stay there"),
        done=message("Not counted as sold"),
        fix=message("move them back if they are sold") if many else message("move it back if it is sold"),
    )


def _say_order(
    table: Table, track: str, ordered: Sequence[str], as_they_stand: Sequence[str], findings: Findings
) -> None:
    names = ", ".join(ordered)
    findings.add(
        Level.NOTE,
        "milestones_from_columns",
        table.header[0].ref,
        found=message(
            "no Milestones sheet, and columns of dates entered for the pipeline {track}", track=quoted(track)
        ),
        done=message("The stages are the milestones, in this order: {names}; the last is the sale", names=names)
        if list(ordered) == list(as_they_stand)
        else message(
            "The stages are the milestones, in this order, in which most deals entered them: {names}; "
            "the last is the sale",
            names=names,
        ),
        fix=message("list the milestones on a sheet named 'Milestones' if these are not the ones"),
    )


def _say_no_column(one: Listed, findings: Findings) -> None:
    findings.add(
        Level.ERROR,
        "milestone_without_column",
        one.cell,
        found=message("no column of dates entered for the milestone {name}", name=quoted(one.milestone.name)),
        done=message("The milestone is left out"),
        fix=message("write it as the stage is called in the export, or delete it from the Milestones sheet"),
    )


def _say_exits(table: Table, findings: Findings) -> None:
    exits = [cell for cell in table.header if EXITED.fullmatch(one_line(cell.text))]
    if exits:
        findings.add(
            Level.NOTE,
            "exits_not_read",
            exits[0].ref,
            found=message("{n} columns of when a stage was left or how long it lasted", n=len(exits))
            if len(exits) > 1
            else message("1 column of when a stage was left or how long it lasted"),
            done=message("Not read: a milestone counts when it is reached"),
            fix=message("nothing, or leave them out of the export"),
        )
