"""A team's history, track by track: cut to the days that figures ask for, each cut once; and the year's multiplier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from milestone_reports.domain.calendar import FiscalYear
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Team
from milestone_reports.domain.track import Track
from milestone_reports.metrics.estimators.cohort import History, history
from milestone_reports.metrics.estimators.multiplier import Multiplier, measured_multiplier, set_multiplier
from milestone_reports.metrics.estimators.state import TrackState


@dataclass(frozen=True)
class Evidence:
    """What the history of each track says on the as-of date and on days before it."""

    team: Team
    as_of: date
    decided: Mapping[tuple[str, date], tuple[int, ...]] = field(default_factory=dict)
    """By track and by the first day of a fiscal year: the counts that its multiplier was set from earlier."""
    _states: dict[tuple[str, date], TrackState] = field(default_factory=dict, init=False, repr=False, compare=False)
    _multipliers: dict[tuple[str, date], Multiplier] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    _slow: dict[str, Mapping[str, bool]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def histories(self) -> Mapping[str, History]:
        """The columns of each track, by its name."""
        of_track: dict[str, list[Opportunity]] = defaultdict(list)
        for opportunity in self.team.opportunities:
            of_track[opportunity.track].append(opportunity)
        return {track.name: history(of_track[track.name], track.n_milestones) for track in self.team.tracks}

    def state(self, track: Track, day: date | None = None) -> TrackState:
        """The track as it stood on a day, on the as-of date unless another is asked for."""
        at = (track.name, day or self.as_of)
        if at not in self._states:
            months = self.team.settings.conversion_months
            self._states[at] = TrackState(self.histories[track.name], at[1].toordinal(), months)
        return self._states[at]

    def counted_to(self, year: FiscalYear) -> date:
        """The last day that the multiplier of a fiscal year is measured up to: the day before it begins.

        A year that is still to come is measured by what is known now.
        """
        return min(year.first_on - timedelta(days=1), self.as_of)

    def multiplier(self, track: Track, year: FiscalYear) -> Multiplier:
        """The multiplier of a fiscal year: set in the workbook, else measured once for the year (method.md §6)."""
        typed = self.team.settings.multiplier
        if typed is not None:
            return set_multiplier(typed, track.n_milestones)
        at = (track.name, self.counted_to(year))
        if at not in self._multipliers:
            self._multipliers[at] = measured_multiplier(self.decided_for(track, year))
        return self._multipliers[at]

    def decided_for(self, track: Track, year: FiscalYear) -> tuple[int, ...]:
        """The counts that the multiplier of a fiscal year is set from: as they were kept, else as they are known now.

        Where the track has another number of milestones since, what was kept says nothing.
        """
        kept = self.decided.get((track.name, year.first_on), ())
        return kept if len(kept) == track.n_milestones else self.state(track, self.counted_to(year)).decided

    def slow(self, track: Track) -> Mapping[str, bool]:
        """The ids of the track's stalled opportunities, each with whether it is presumed lost."""
        if track.name not in self._slow:
            state = self.state(track)
            opportunities, everyone = state.history.opportunities, state.everyone
            self._slow[track.name] = {
                opportunities[everyone.row[i]].id: bool(state.presumed[i]) for i in np.flatnonzero(state.stalled)
            }
        return self._slow[track.name]
