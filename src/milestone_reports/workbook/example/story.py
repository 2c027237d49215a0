"""What earlier copies of an example say otherwise on purpose, so that every kind of change has happened of late.

Each turn picks a row that is fit for it; the row as the example has it is what the workbook says since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from milestone_reports.workbook.example.as_it_stood import estimated
from milestone_reports.workbook.example.kinds import AS_OF, Gate, SampleTeam
from milestone_reports.workbook.starter.sheets import Row

A_WEEK = timedelta(days=7)
OPEN: Row = {"Closed": None, "Lost reason": None, "Outcome": "open"}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the example, beside the team that it is of."""

    row: Row
    team: SampleTeam

    @property
    def done_on(self) -> Sequence[date]:
        """The milestones completed, in order; none where they are not in order, or not all of them by then."""
        cells = [self.row[gate.name] for gate in self.team.gates]
        days = [cell for cell in cells if isinstance(cell, date)]
        return days if days == sorted(days) and cells[: len(days)] == days and max(days, default=AS_OF) <= AS_OF else ()

    @property
    def is_open(self) -> bool:
        """Whether it is open, and moving: something is done, and something is still to come."""
        return self.row["Outcome"] == "open" and bool(self.done_on)

    @property
    def last(self) -> Gate:
        """The milestone completed last."""
        return self.team.gates[len(self.done_on) - 1]

    @property
    def next(self) -> Gate:
        """The one to come."""
        return self.team.gates[len(self.done_on)]

    @property
    def next_planned_on(self) -> date:
        """The day for which that is planned; one long past where none is."""
        cell = self.row[f"{self.next.name} planned"]
        return cell if isinstance(cell, date) else date.min


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that the example says and its earlier copies do not."""

    weeks_ago: int
    """Of the first copy that says it; 0: the example itself."""
    fits: Callable[[Line, date], bool]
    """Whether a row is fit for it, if it is first told on that day."""
    before: Callable[[Line, date], Row]
    """The row as it was before that day."""
    adds: bool = False
    """Whether that is a row of its own, which was there until that day."""

    @property
    def told_on(self) -> date:
        """The day of the first copy that has it as the example does."""
        return AS_OF - self.weeks_ago * A_WEEK

    def is_before(self, day: date) -> bool:
        """Whether a copy of that day has the row as it was."""
        return day < self.told_on


@dataclass(frozen=True, slots=True)
class Story:
    """Which rows of an example were otherwise before."""

    otherwise: Mapping[int, tuple[Turn, Row]]
    """By the row's place in the example."""
    extra: Sequence[tuple[Turn, Row]] = field(default=())
    """Rows that the example does not have."""

    def rows(self, rows: Sequence[Row], day: date) -> Iterator[Row]:
        """The example's rows as a copy of that day had them, before what had not happened by then is taken back."""
        for place, row in enumerate(rows):
            turn, before = self.otherwise.get(place, (None, row))
            yield before if turn and turn.is_before(day) else row
        yield from (row for turn, row in self.extra if turn.is_before(day))


def story_of(rows: Sequence[Row], team: SampleTeam) -> Story:
    """Each turn on the newest row that is fit for it; the article's own rep is left out of it."""
    lines = [Line(row, team) for row in rows]
    free = [place for place in reversed(range(len(rows))) if rows[place]["Rep"] != team.reps[0].name]
    otherwise: dict[int, tuple[Turn, Row]] = {}
    extra: list[tuple[Turn, Row]] = []
    for turn in TURNS:
        place = next((place for place in free if turn.fits(lines[place], turn.told_on)), None)
        if place is None:
            continue
        free.remove(place)
        before = turn.before(lines[place], turn.told_on)
        if turn.adds:
            extra.append((turn, before))
        else:
            otherwise[place] = (turn, before)
    return Story(otherwise, extra)


def _came_late(line: Line, told_on: date) -> bool:
    """Whether the last milestone lies beyond its week and the grace, on a day when something had been done before."""
    return line.is_open and len(line.done_on) > 1 and 15 <= (told_on - line.done_on[-1]).days <= 45  # noqa: PLR2004


def _without_last(line: Line, _told_on: date) -> Row:
    later = line.team.gates[len(line.done_on) :]
    plans: Row = {f"{gate.name} planned": None for gate in later}
    return {**line.row, **plans, line.last.name: None, f"{line.last.name} evidence": None}


def _may_have_been_a_week_later(line: Line, told_on: date) -> bool:
    return line.is_open and 15 <= (told_on - line.done_on[-1]).days <= 60  # noqa: PLR2004


def _a_week_later(line: Line, _told_on: date) -> Row:
    return {**line.row, line.last.name: line.done_on[-1] + A_WEEK}


def _waits_for_next(line: Line, told_on: date) -> bool:
    """Whether the next milestone, not the sale, is still ahead, and the one before was done a while ago."""
    if not line.is_open or len(line.done_on) + 1 == len(line.team.gates):
        return False
    return line.next_planned_on > told_on and line.done_on[-1] < told_on - 3 * A_WEEK


def _with_next(line: Line, told_on: date) -> Row:
    # The Tuesday before last.
    done_on, name = told_on - timedelta(days=12), line.next.name
    return {**line.row, name: done_on, f"{name} planned": done_on, f"{name} evidence": line.next.evidence[0]}


def _was_begun_of_late(line: Line, told_on: date) -> bool:
    return line.is_open and 21 <= (told_on - line.done_on[0]).days <= 90  # noqa: PLR2004


def _entered_twice(line: Line, _told_on: date) -> Row:
    """The same deal under a number of its own, as far as its first milestone."""
    blank: dict[str, None] = {}
    for gate in line.team.gates[1:]:
        blank |= dict.fromkeys((f"{gate.name} planned", gate.name, f"{gate.name} evidence"))
    return {**line.row, **blank, **OPEN, "ID": f"{line.row['ID']}-2"}


def _was_others(line: Line, told_on: date) -> bool:
    return line.is_open and line.done_on[-1] < told_on - 2 * A_WEEK


def _with_another_rep(line: Line, _told_on: date) -> Row:
    """The row as the other rep's, who has earned what is done in it."""
    others = [rep.name for rep in line.team.reps[1:] if rep.pace and not rep.start_on and rep.name != line.row["Rep"]]
    return {**line.row, "Rep": others[-1]}


def _was_given_up(line: Line, told_on: date) -> bool:
    return line.is_open and line.next_planned_on > told_on and line.done_on[-1] < told_on - 5 * A_WEEK


def _as_lost(line: Line, told_on: date) -> Row:
    return {**line.row, "Outcome": "lost", "Closed": told_on - timedelta(days=19), "Lost reason": "Budget withdrawn"}


def _was_cancelled(line: Line, told_on: date) -> bool:
    closed_on = line.row.get("Closed")
    return line.row["Outcome"] == "cancelled" and isinstance(closed_on, date) and closed_on <= told_on


def _as_won(line: Line, _told_on: date) -> Row:
    return {**line.row, "Outcome": "won", "Closed": line.done_on[-1], "Notes": None}


def _was_valued_otherwise(line: Line, told_on: date) -> bool:
    return line.is_open and bool(line.row["Value"]) and line.done_on[-1] < told_on - A_WEEK


def _at_less(line: Line, _told_on: date) -> Row:
    value = line.row["Value"]
    return {**line.row, "Value": estimated(value, 0.75) if isinstance(value, (int, float)) else value}


TURNS: Sequence[Turn] = (
    Turn(0, _came_late, _without_last),
    Turn(0, _was_others, _with_another_rep),
    Turn(0, _waits_for_next, _with_next),
    Turn(0, _was_begun_of_late, _entered_twice, adds=True),
    Turn(0, _may_have_been_a_week_later, _a_week_later),
    Turn(0, _was_given_up, _as_lost),
    Turn(0, _was_valued_otherwise, _at_less),
    Turn(1, _came_late, _without_last),
    Turn(1, _was_others, _with_another_rep),
    Turn(2, _was_cancelled, _as_won),
    Turn(2, _waits_for_next, _with_next),
    Turn(3, _was_begun_of_late, _entered_twice, adds=True),
    Turn(4, _was_given_up, _as_lost),
    Turn(4, _may_have_been_a_week_later, _a_week_later),
)
"""In the order in which they pick their rows."""
