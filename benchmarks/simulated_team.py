"""A simulated history as a team of domain objects, as the reader would make it of a workbook."""

from __future__ import annotations

from datetime import date

import numpy as np

from benchmarks.simulated import FIRST_DAY, MEAN_VALUE, STEADY, simulated
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.team import Assignment, Rep, Settings, Source, Team
from milestone_reports.domain.track import Milestone, Track
from milestone_reports.metrics.estimators.cohort import History

N_DAYS = 1_400
"""Of history, to November of its fourth year."""

AS_OF = date.fromordinal(FIRST_DAY + N_DAYS)
SEED = 2026
TARGET = 12 * MEAN_VALUE
"""A rep's, a year."""

TRACK = Track("New business", tuple(map(Milestone, ("Qualification", "Discovery", "Proof", "Contract"))))
PLANNED_WITHIN = (-20, 60)
"""Days from the as-of date at which the next milestone of an open opportunity is planned."""


def large_history(n_opportunities: int, n_reps: int) -> History:
    """A steady history of so many opportunities up to AS_OF."""
    return simulated(STEADY, np.random.default_rng((SEED, n_opportunities)), n_opportunities, N_DAYS, n_reps)


def large_team(n_opportunities: int, n_reps: int) -> Team:
    """The same history as a team by AS_OF; every open opportunity has its next milestone planned."""
    history = large_history(n_opportunities, n_reps)
    planned = np.random.default_rng((SEED, n_opportunities, 1)).integers(*PLANNED_WITHIN, n_opportunities)
    columns = (history.completed, history.closed_on, history.value, history.rep, history.source, planned)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    opportunities = tuple(_opportunity(history, number, row) for number, row in enumerate(rows, start=1))
    return Team(
        name="Simulated",
        slug="simulated",
        settings=Settings(annual_target_per_rep=TARGET, average_contract_value=MEAN_VALUE),
        tracks=(TRACK,),
        reps=tuple(Rep(name, name.lower().replace(" ", "-")) for name in history.reps),
        assignments=tuple(
            Assignment(name, TRACK.name, annual_target=TARGET, average_contract_value=MEAN_VALUE)
            for name in history.reps
        ),
        time_off=(),
        opportunities=opportunities,
        source=Source("simulated.xlsx", None, n_opportunities, 0),
    )


def _opportunity(history: History, number: int, row: tuple[list[int], int, float, int, int, int]) -> Opportunity:
    completed, closed_on, value, rep, source, planned = row
    known = [_known(day) for day in completed]
    lost_on = _known(closed_on)
    entries = [MilestoneEntry(completed_on=day) for day in known]
    if not lost_on and None in known:
        entries[known.index(None)] = MilestoneEntry(planned_on=date.fromordinal(AS_OF.toordinal() + planned))
    return Opportunity(
        id=f"S-{number}",
        name="Line",
        account=f"Account {number}",
        rep=history.reps[rep],
        track=TRACK.name,
        entries=tuple(entries),
        source=history.sources[source],
        value=round(value, 2),
        outcome=Outcome.LOST if lost_on else Outcome.WON if known[-1] else Outcome.OPEN,
        closed_on=lost_on,
    )


def _known(day: int) -> date | None:
    """The day, unless it lies after AS_OF."""
    return date.fromordinal(day) if day <= AS_OF.toordinal() else None
