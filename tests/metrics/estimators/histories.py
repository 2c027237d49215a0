"""Opportunities for the tests of this folder: written in one line each, or made up in any number from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.metrics.estimators.cohort import Cohort, history

START = date(2023, 1, 1)
REPS = ("Ann", "Bo", "Cy", "Di")
SOURCES = ("Fair", "Referral", "")
ODD_OUTCOMES = (Outcome.LOST, Outcome.NO_DECISION, Outcome.DISQUALIFIED, Outcome.CANCELLED, Outcome.WON)


def day(text: str) -> date | None:
    """A day from `2024-03-02`, or none from anything else."""
    return date.fromisoformat(text) if text[:1].isdigit() else None


def row(
    completed: str,
    lost: str = "",
    *,
    value: float | None = 50_000,
    rep: str = "Ann",
    created: str = "",
    n_undated: int = 0,
) -> Opportunity:
    """An opportunity; `completed` holds a day or `-` a milestone, `lost` a day or `?` where nobody says when."""
    entries = tuple(
        MilestoneEntry(completed_on=day(cell), reached_undated=index < n_undated and day(cell) is None)
        for index, cell in enumerate(completed.split())
    )
    return Opportunity(
        id="a", name="Deal", account="Westmark", rep=rep, track="New business", entries=entries, value=value,
        created_on=day(created), outcome=Outcome.LOST if lost else Outcome.OPEN, closed_on=day(lost),
    )  # fmt: skip


def cut(opportunities: Sequence[Opportunity], on: str = "2024-12-31", n_milestones: int = 3) -> Cohort:
    """What had become of them by a day."""
    return history(opportunities, n_milestones).as_of(date.fromisoformat(on).toordinal())


# method.md §5, the hand example: its stays are, at gate 1, 10 20 20 20 moved on, 10 40 lost, 30 11 open, and at
# gate 2, 30 40 moved on, 30 lost, 40 open.
HAND = (
    row("2024-01-01 2024-01-11 2024-02-10"),
    row("2024-01-05 2024-01-25 2024-03-05"),
    row("2024-02-01 2024-02-21 -", "2024-03-22"),
    row("2024-02-10 - -", "2024-02-20"),
    row("2024-03-01 - -", "2024-04-10"),
    row("2024-11-01 2024-11-21 -"),
    row("2024-12-01 - -"),
    row("2024-12-20 - -"),
)


def made_up(seed: int, n_rows: int, n_milestones: int, *, tidy: bool = False) -> list[Opportunity]:
    """Opportunities over two years as workbooks have them.

    Some skip milestones, have dates out of order, are lost with no date or before their last milestone, both won and
    lost, without a first milestone or a value, or reached by their stage alone; `tidy` ones are none of this.
    """
    rng = np.random.default_rng(seed)
    return [_one(rng, str(number), n_milestones, tidy=tidy) for number in range(n_rows)]


def _one(rng: np.random.Generator, id_: str, n_milestones: int, *, tidy: bool) -> Opportunity:
    start = START + timedelta(days=int(rng.integers(0, 720)))
    n_reached = 1 + int(np.argmin(np.append(rng.random(n_milestones - 1) < 0.65, False)))
    steps = np.append(0, rng.gamma(2, 15, n_reached - 1).astype(int))
    completed: list[date | None] = [start + timedelta(days=int(after)) for after in np.cumsum(steps)]
    last = completed[-1] or start
    completed += [None] * (n_milestones - n_reached)
    closed_on = last + timedelta(days=int(rng.gamma(2, 20))) if n_reached < n_milestones else None
    outcome = Outcome.LOST if closed_on and rng.random() < 0.7 else Outcome.OPEN
    n_undated = 0
    if not tidy:
        completed = [_disturbed(rng, on) for on in completed]
        n_undated = int(rng.integers(0, n_milestones)) if rng.random() < 0.1 else 0
        if rng.random() < 0.1:
            outcome = ODD_OUTCOMES[rng.integers(len(ODD_OUTCOMES))]
            closed_on = (None, start, last)[rng.integers(3)]
    return Opportunity(
        id=id_, name="Deal", account="Westmark", rep=str(rng.choice(REPS)), track="New business",
        entries=tuple(
            MilestoneEntry(completed_on=on, reached_undated=on is None and k < n_undated)
            for k, on in enumerate(completed)
        ),
        source=str(rng.choice(SOURCES)),
        value=None if not tidy and rng.random() < 0.1 else float(rng.integers(10, 90)) * 1000,
        created_on=start - timedelta(days=int(rng.integers(0, 20))) if tidy or rng.random() < 0.7 else None,
        outcome=outcome, closed_on=None if outcome is Outcome.OPEN else closed_on,
    )  # fmt: skip


def remembered(rows: Sequence[Opportunity], seed: int) -> list[Opportunity]:
    """The same as earlier copies tell them: undated ones seen by a day, milestones that others earned."""
    rng = np.random.default_rng(seed)
    return [replace(row, entries=(*(_told(rng, entry) for entry in row.entries[:-1]), row.entries[-1])) for row in rows]


def _told(rng: np.random.Generator, entry: MilestoneEntry) -> MilestoneEntry:
    """One before the sale: a stage alone says of no sale that it is one."""
    seen_on = START + timedelta(days=int(rng.integers(0, 900)))
    if (entry.completed_on is None or rng.random() < 0.1) and rng.random() < 0.5:
        return entry._replace(completed_on=None, reached_undated=True, reached_by=seen_on)
    return entry._replace(earned_by=str(rng.choice(("", *REPS))))


def _disturbed(rng: np.random.Generator, on: date | None) -> date | None:
    chance = rng.random()
    if on is None or chance < 0.1:
        return None
    return on - timedelta(days=int(rng.integers(1, 60))) if chance < 0.2 else on
