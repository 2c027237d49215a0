"""What one track's history teaches of the team and of each rep: worked out once for the track, cut by rep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
from milestone_reports.scorecards.learned.conversion import rep_conversion, team_conversion
from milestone_reports.scorecards.learned.outlook import TrackOutlook
from milestone_reports.scorecards.learned.past import (
    average_contract,
    gate_times,
    without_counts,
    year_multiplier,
)
from milestone_reports.scorecards.learned.telling import (
    FEWEST_OTHERS,
    Behind,
    behind_curves,
    behind_next,
    behind_sale,
    behind_year,
)


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


@dataclass(frozen=True, slots=True)
class MayTell:
    """What of the team one rep's card may show (method.md §7)."""

    tell_rest: Sequence[tuple[bool, bool]]
    """The rest of the team's rate to the next milestone and to the sale, one pair a milestone."""
    tell_counts: bool
    """What the multiplier was measured by."""
    tell_days: bool
    """How long gates take."""
    forecast: bool
    """The rep's own forecast: the chances in it are the team's. Alone on a track they are the rep's."""
    compare_year: bool
    """The rep's last year beside the rest of the team's."""


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
    def _behind_counts(self) -> tuple[Behind, ...]:
        """Who stands behind the counts of the multiplier, those of the year and those of today."""
        kept = self.frame.evidence.state(self.track, self.frame.evidence.counted_to(self.frame.year))
        return behind_sale(kept), behind_sale(self.state)

    @cached_property
    def _behind_days(self) -> tuple[Behind, ...]:
        return behind_curves(self.state)

    @cached_property
    def _behind_year(self) -> tuple[Behind, ...]:
        return (behind_year(self.state),)

    @cached_property
    def _behind_rates(self) -> tuple[Behind, Behind]:
        """Who stands behind the rates to the next milestone, and to the sale."""
        return behind_next(self.state), behind_sale(self.state)

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
        may = self._may_tell(book)
        own = self.coaching.of_rep.get(book.rep.name, ()) if may.compare_year else ()
        return Learned(
            conversion=rep_conversion(self.state, recent, self.track, may.tell_rest),
            multiplier=self.multiplier if may.tell_counts else without_counts(self.multiplier),
            average_contract=average_contract([book], every),
            gate_times=gate_times(self.state, self.track, every) if may.tell_days else (),
            forecast=self.outlook.of_rep(book) if may.forecast else (),
            coaching=own,
            focus=focus_of(own) if may.compare_year else None,
            history=self,
        )

    def _may_tell(self, book: TrackBook) -> MayTell:
        """What of the team a rep's card may show without telling a colleague's figure."""
        reps, name = self.state.history.reps, book.rep.name
        place = reps.index(name) if name in reps else None
        n_others = sum(bool(other.pairs) for other in self.books if other is not book)
        is_alone, enough = not n_others, n_others >= FEWEST_OTHERS

        def none_told(behind: Iterable[Behind]) -> bool:
            return not any(any(one.tells(place)) for one in behind)

        to_next, to_sale = self._behind_rates
        tells_next, tells_sale = (*to_next.tells(place), False), to_sale.tells(place)
        days = none_told(self._behind_days)
        return MayTell(
            tell_rest=[(enough and not n, enough and not s) for n, s in zip(tells_next, tells_sale, strict=True)],
            tell_counts=(is_alone or enough) and none_told(self._behind_counts),
            tell_days=enough and days,
            forecast=(is_alone or enough) and days,
            compare_year=enough and none_told(self._behind_year),
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
