"""A track of made-up opportunities as it stood on a day, with what its figures are made of, for hypothesis."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from histories import START, made_up
from hypothesis import strategies as st

from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.metrics.estimators.cohort import Cohort, History, Mask, history
from milestone_reports.metrics.estimators.conversion import ExpectedRate, Outcomes, expected_rate, outcomes
from milestone_reports.metrics.estimators.forecast import (
    Floats,
    Forecast,
    forecast,
    new_starts,
    open_chances,
    still_to_start,
    win_curves,
    worth_of_starts,
)
from milestone_reports.metrics.estimators.gates import GateCurve, gate_curves
from milestone_reports.metrics.estimators.multiplier import Multiplier, decided_by_milestone, measured_multiplier
from milestone_reports.metrics.estimators.velocity import presumed_lost, stalled_after

N_DAYS = 90
SEEDS = st.integers(0, 2**32 - 1)


class Stood:
    """A track's opportunities as they stood on a day, with what its figures are made of."""

    def __init__(self, rows: Sequence[Opportunity], n_milestones: int, day: int, made_by: str) -> None:
        self.rows, self.n_milestones, self.day, self.made_by = rows, n_milestones, day, made_by

    def __repr__(self) -> str:
        """Short enough to be shown for a failure, and enough to make it again."""
        return f"Stood({self.made_by}, {self.n_milestones}, {self.day})"

    def having(self, rows: Sequence[Opportunity]) -> Stood:
        """The same day of other opportunities."""
        return Stood(rows, self.n_milestones, self.day, "other rows")

    @cached_property
    def history(self) -> History:
        return history(self.rows, self.n_milestones)

    @cached_property
    def cohort(self) -> Cohort:
        return self.history.as_of(self.day)

    @cached_property
    def curves(self) -> tuple[GateCurve, ...]:
        return gate_curves(self.cohort)

    @cached_property
    def thresholds(self) -> list[float | None]:
        return [stalled_after(curve) for curve in self.curves]

    @cached_property
    def presumed(self) -> Mask:
        return presumed_lost(self.cohort, self.thresholds)

    @cached_property
    def wins(self) -> tuple[Floats, ...]:
        return win_curves(self.curves, N_DAYS)

    @cached_property
    def chances(self) -> Floats:
        return open_chances(self.cohort, self.presumed, self.curves, self.wins, N_DAYS)

    def by_rep(self) -> dict[str, Cohort]:
        parts = self.cohort.of_each(self.cohort.rep, len(self.history.reps))
        return dict(zip(self.history.reps, parts, strict=True))

    def outcomes_of(self, part: Cohort) -> tuple[Outcomes, ...]:
        return outcomes(part, presumed_lost(part, self.thresholds))

    def expected(self) -> list[ExpectedRate]:
        last = len(self.curves)
        ways = {(k, k + 1) for k in range(last)} | {(k, last) for k in range(last)}
        return [expected_rate(self.cohort, self.curves, *way) for way in sorted(ways)]

    def forecast_of(self, part: Mask) -> Forecast:
        new = still_to_start(new_starts(self.cohort), self.wins[0], N_DAYS, worth_of_starts(self.cohort))
        cohort = self.cohort
        return forecast(self.chances[part], cohort.value[part], cohort.n_reached[part], self.curves, new)

    def multiplier(self) -> Multiplier:
        return measured_multiplier(decided_by_milestone(self.cohort, self.presumed))


@st.composite
def tracks(draw: st.DrawFn) -> Stood:
    """Few opportunities or many; on most days some have a part of their dates ahead of them."""
    n_milestones, seed, n_rows = draw(st.integers(2, 5)), draw(SEEDS), draw(st.integers(0, 150))
    day = START.toordinal() + draw(st.integers(1, 900))
    made_by = f"made_up({seed}, {n_rows}, {n_milestones})"
    return Stood(made_up(seed, n_rows, n_milestones), n_milestones, day, made_by)
