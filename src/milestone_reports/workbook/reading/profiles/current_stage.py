"""A table that says at which stage each opportunity stands, and not when it got there: reached, but undated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from milestone_reports.domain.message import Message, message
from milestone_reports.domain.names import key, quoted
from milestone_reports.domain.opportunity import Outcome
from milestone_reports.domain.problem import Level
from milestone_reports.domain.track import Milestone, Track
from milestone_reports.workbook.cells import Cell, CellValue, Row
from milestone_reports.workbook.reading.findings import Findings, meant, said
from milestone_reports.workbook.reading.milestones import ONLY_TRACK, Listed
from milestone_reports.workbook.reading.profiles.grid import Added, headers_of, with_columns
from milestone_reports.workbook.reading.profiles.known import (
    BY_PROBABILITY,
    EXPECTED_WHILE_OPEN,
    PROBABILITY,
    position_of,
)
from milestone_reports.workbook.reading.profiles.layout import Layout, listed_tracks, spelt_once, whose
from milestone_reports.workbook.reading.profiles.stages import (
    NO_NAME_FOR_THE_SALE,
    by_number,
    by_probability,
    milestones_among,
    outcome_of,
)
from milestone_reports.workbook.reading.table import Table
from milestone_reports.workbook.reading.values import found, read_number
from milestone_reports.workbook.vocabulary import OUTCOME_WORDS


@dataclass(frozen=True, slots=True)
class _Standing:
    """A row that says a stage."""

    row: Row
    cell: Cell
    """Where the stage stands."""
    track: str
    outcome: Outcome

    @property
    def stage(self) -> str:
        return self.cell.text


def read_current_stages(
    table: Table, stage_at: int, listed: Sequence[Listed], findings: Findings
) -> tuple[Table, Layout]:
    """The table with its outcomes settled by the stages, and how far each row has come."""
    standings = list(_standings(table, stage_at))
    names = spelt_once(standing.track for standing in standings)
    tracks = listed_tracks(listed, names) or tuple(_track(table, name, standings, findings) for name in names)
    outcomes = {standing.row.number: standing.outcome for standing in standings}
    made = _with_outcomes(table, outcomes, stage_at, findings)
    reached = _reached(table, tracks, standings, findings)
    _say_undated(table, stage_at, len(reached), findings)
    return made, Layout(tracks, {}, (), reached)


def _standings(table: Table, stage_at: int) -> Iterable[_Standing]:
    track_at, outcome_at = table.fields.get("Track"), table.fields.get("Outcome")
    for row in table.body:
        if not said(row[stage_at]):
            continue
        track = row[track_at].text if track_at is not None and said(row[track_at]) else ONLY_TRACK
        typed = OUTCOME_WORDS.get(key(row[outcome_at].text)) if outcome_at is not None else None
        yield _Standing(row, row[stage_at], track, typed or outcome_of(row[stage_at].text))


def _track(table: Table, name: str, standings: Sequence[_Standing], findings: Findings) -> Track:
    """Without a Milestones sheet: a track's stages by their numbers, else probabilities, else as they stand."""
    own = [standing for standing in standings if key(standing.track) == key(name)]
    stages, because = _ordered(table, own)
    if because:
        _say_order(own[0], name, stages, because, findings)
    else:
        _say_order_unknown(own[0], name, stages, findings)
    return Track(name, tuple(map(Milestone, stages)))


def _ordered(table: Table, own: Sequence[_Standing]) -> tuple[Sequence[str], Message | None]:
    """The stages in order, and what the order was told from; nothing where nothing told it."""
    stages = milestones_among(standing.stage for standing in own)
    sale = [stage for stage in stages if outcome_of(stage) is Outcome.WON] or [NO_NAME_FOR_THE_SALE]
    before = [stage for stage in stages if stage not in sale]
    if ordered := by_number(before):
        return (*ordered, *sale), message("by the numbers in their names")
    if ordered := by_probability(before, _probabilities(table, own)):
        return (*ordered, *sale), BY_PROBABILITY
    return (*before, *sale), None


def _probabilities(table: Table, own: Sequence[_Standing]) -> Mapping[str, Sequence[float]]:
    position = position_of(headers_of(table), PROBABILITY)
    seen: defaultdict[str, list[float]] = defaultdict(list)
    for standing in own:
        number = read_number(standing.row[position]) if position is not None else None
        if isinstance(number, float) and standing.outcome is Outcome.OPEN:
            seen[key(standing.stage)].append(number)
    return seen


def _with_outcomes(table: Table, outcomes: Mapping[int, Outcome], stage_at: int, findings: Findings) -> Table:
    """The stage's outcome where no column says one; no close date of what is open where it is only expected."""
    added: dict[str, Added] = {}
    if "Outcome" not in table.fields:
        words = [outcomes[row.number].value if row.number in outcomes else None for row in table.body]
        added["Outcome"] = Added("Outcome", words, stage_at)
    closed_at = table.fields.get("Closed")
    if closed_at is not None and _is_expected(table, closed_at):
        kept: list[CellValue] = [
            None if outcomes.get(row.number) is Outcome.OPEN else row.values[table.sheet.columns[closed_at]]
            for row in table.body
        ]
        n_expected = sum(outcomes.get(row.number) is Outcome.OPEN and not row[closed_at].is_blank for row in table.body)
        _say_expected(table, closed_at, n_expected, findings)
        added["Closed"] = Added("Closed", kept, closed_at)
    return with_columns(table, added) if added else table


def _is_expected(table: Table, closed_at: int) -> bool:
    own = next(row for row in table.sheet.rows if row.number == table.header[0].ref.row)
    return key(own[closed_at].text) == EXPECTED_WHILE_OPEN


def _reached(
    table: Table, tracks: Sequence[Track], standings: Sequence[_Standing], findings: Findings
) -> Mapping[int, int]:
    """How many milestones before the sale each row has reached."""
    places = {
        key(track.name): {key(m.name): place for place, m in enumerate(track.milestones, start=1)} for track in tracks
    }
    reached: dict[int, int] = {}
    lost_somewhere: list[_Standing] = []
    for standing in standings:
        own = places.get(key(standing.track)) or (next(iter(places.values())) if len(places) == 1 else {})
        place = own.get(key(standing.stage))
        if place is None and standing.outcome.is_lost and own:
            lost_somewhere.append(standing)
            reached[standing.row.number] = 1
        elif place is None and standing.outcome is Outcome.OPEN and own:
            _say_stage_unknown(table, standing, tracks, findings)
        elif own:
            reached[standing.row.number] = min(len(own) if place is None else place, len(own) - 1)
    _say_lost_somewhere(lost_somewhere, findings)
    return reached


def _say_order(standing: _Standing, track: str, stages: Sequence[str], because: Message, findings: Findings) -> None:
    findings.add(
        Level.NOTE,
        "milestones_from_stages",
        standing.cell.ref._replace(row=0, column=0),
        found=message("no Milestones sheet, and a column of stages for the track {track}", track=quoted(track)),
        done=message(
            "The stages are the milestones, in order {because}: {names}; the last is the sale",
            because=because,
            names=", ".join(stages),
        ),
        fix=message("list the milestones on a sheet named 'Milestones' if these are not the ones"),
    )


def _say_order_unknown(standing: _Standing, track: str, stages: Sequence[str], findings: Findings) -> None:
    findings.add(
        Level.WARNING,
        "order_of_stages_unknown",
        standing.cell.ref._replace(row=0, column=0),
        found=message(
            "a column of stages for the track {track}, and nothing that says their order", track=quoted(track)
        ),
        expected=message("a Milestones sheet, a probability for each stage or a number in its name was expected"),
        done=message(
            "Taken in the order in which they first stand there: {names}; the last is the sale",
            names=", ".join(stages),
        ),
        fix=message(
            "list the stages in their order on a sheet named 'Milestones', here or in a workbook given with --with"
        ),
    )


def _say_expected(table: Table, closed_at: int, n_expected: int, findings: Findings) -> None:
    if n_expected:
        findings.add(
            Level.NOTE,
            "close_date_expected",
            table.header[closed_at].ref,
            found=message("a close date on {n} that are open", n=f"{n_expected:,}"),
            done=message("Read as the day expected: it is no milestone, and closes nothing"),
            fix=message("nothing; it counts once the opportunity is won or lost"),
        )


def _say_stage_unknown(table: Table, standing: _Standing, tracks: Sequence[Track], findings: Findings) -> None:
    track = next((track for track in tracks if key(track.name) == key(standing.track)), tracks[0])
    findings.add(
        Level.WARNING,
        "stage_unknown",
        standing.cell.ref,
        found=message("{found} as the stage", found=found(standing.cell)),
        expected=message("a milestone of the track {track} was expected", track=quoted(track.name)),
        done=message("Counted as not having reached any milestone"),
        fix=meant(standing.stage, [milestone.name for milestone in track.milestones]),
        row=whose(table, standing.row),
    )


def _say_lost_somewhere(lost: Sequence[_Standing], findings: Findings) -> None:
    if lost:
        findings.add(
            Level.WARNING,
            "lost_at_unknown_stage",
            lost[0].cell.ref,
            found=message("{n} lost with {found} as the stage", n=f"{len(lost):,}", found=found(lost[0].cell)),
            expected=message("the stage at which each was lost was expected"),
            done=message("Counted as lost at the first milestone: the rates of later ones are too high"),
            fix=message("export the history of stages instead, which says where each was lost"),
        )


def _say_undated(table: Table, stage_at: int, n_reached: int, findings: Findings) -> None:
    findings.add(
        Level.WARNING,
        "milestones_undated",
        table.header[stage_at].ref,
        found=message("the stage of {n} opportunities, and no day on which they reached it", n=f"{n_reached:,}"),
        expected=message("a date for each milestone was expected"),
        done=message(
            "They count as reached in conversions, and toward the quota only where an earlier copy of the workbook "
            "shows when"
        ),
        fix=message(
            "export the days on which stages were entered, or a history of stages; where only sales are dated, "
            "write 'open' for Gates on the Settings sheet to credit those"
        ),
    )
