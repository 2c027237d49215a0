"""What one track's history teaches of the team and of each rep: worked out once for the track, cut by rep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from milestone_reports.domain.track import Track
from milestone_reports.metrics.estimators.cohort import Cohort
from milestone_reports.scorecards.book import Frame, TrackBook
from milestone_reports.scorecards.figures import Conversion
from milestone_reports.scorecards.insights import (
    AverageContract,
    Coaching,
    Focus,
    Forecast,
    GateTime,
    YearMultiplier,
)
from milestone_reports.scorecards.learned.coaching import TrackCoaching, focus_of, track_coaching
from milestone_reports.scorecards.learned.conversion import part_conversion, rep_conversion, team_conversion
from milestone_reports.scorecards.learned.outlook import TrackOutlook
from milestone_reports.scorecards.learned.past import (
    average_contract,
    gate_times,
    without_counts,
    year_multiplier,
)

FEWEST_OTHERS = 3
"""With fewer other reps than this a card shows no team figure: it would tell a colleague's (method.md §7)."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What a card says of a track's history."""

    conversion: tuple[Conversion, ...]
    multiplier: YearMultiplier
    average_contract: AverageContract
    gate_times: tuple[GateTime, ...]
    forecast: tuple[Forecast, ...]
    coaching: tuple[Coaching, ...]
    focus: Focus | None
    history: TrackHistory
    """Whose it is, to say what the figures were counted from."""


class TrackHistory:
    """One track of a team, with all books of its reps."""

    def __init__(self, frame: Frame, track: Track, books: Sequence[TrackBook]) -> None:
        self.frame, self.track, self.books = frame, track, books
        self.state = frame.evidence.state(track)
        self.outlook = TrackOutlook(frame, track, in_money=all(book.counts_money for book in books))

    @cached_property
    def multiplier(self) -> YearMultiplier:
        """The track's, for the fiscal year."""
        return year_multiplier(self.frame, self.track)

    @cached_property
    def team_average(self) -> AverageContract:
        """Assumed by all quotas together, and observed on all sales."""
        return average_contract(self.books, self.state.everyone)

    @cached_property
    def coaching(self) -> TrackCoaching:
        """Everyone at every gate beside the rest of the team."""
        reps = {rep.name: rep for rep in self.frame.team.reps}
        counted = {book.rep.name for book in self.books if not self.outlook.counts_money(book)}
        worth = self.team_average.assumed or self.team_average.observed
        average = {name: None if name in counted else worth for name in reps}
        return track_coaching(self.frame.evidence, self.track, reps, average)

    @cached_property
    def may_compare(self) -> bool:
        """Whether a rep's card may show the rest of the team: not where it would tell a colleague's figure."""
        return sum(bool(book.pairs) for book in self.books) > FEWEST_OTHERS

    @cached_property
    def ids(self) -> NDArray[np.object_]:
        """The ids of the history's opportunities: a cohort's `row` is their place here."""
        return np.array([opportunity.id for opportunity in self.state.history.opportunities], dtype=np.object_)

    @cached_property
    def _parts(self) -> Mapping[str, tuple[Cohort, Cohort]]:
        """Each rep's opportunities: the recent ones, which rates are made of, and all."""
        everyone, reps = self.state.everyone, self.state.history.reps
        every = everyone.of_each(everyone.rep, len(reps))
        return dict(zip(reps, zip(self.state.by_rep, every, strict=True), strict=True))

    def part(self, rep: str) -> tuple[Cohort, Cohort]:
        """One rep's opportunities, the recent ones and all; none where the rep has none."""
        none = self.state.everyone.where(slice(0, 0))
        return self._parts.get(rep, (none, none))

    def of_rep(self, book: TrackBook) -> Learned:
        """What one rep's card says."""
        recent, every = self.part(book.rep.name)
        own = self.coaching.of_rep.get(book.rep.name, ())
        of_part = rep_conversion if self.may_compare else part_conversion
        return Learned(
            conversion=of_part(self.state, recent, self.track),
            multiplier=self.multiplier if self.may_compare else without_counts(self.multiplier),
            average_contract=average_contract([book], every),
            gate_times=gate_times(self.state, self.track, every) if self.may_compare else (),
            forecast=self.outlook.of_rep(book),
            coaching=own if self.may_compare else (),
            focus=focus_of(own) if self.may_compare else None,
            history=self,
        )

    def of_team(self) -> Learned:
        """What the team's page says."""
        return Learned(
            conversion=team_conversion(self.state, self.track),
            multiplier=self.multiplier,
            average_contract=self.team_average,
            gate_times=gate_times(self.state, self.track, self.state.everyone),
            forecast=self.outlook.of_team(self.books),
            coaching=self.coaching.ranked,
            focus=None,
            history=self,
        )
