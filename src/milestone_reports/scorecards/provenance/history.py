"""What the figures that history teaches were counted from: the multiplier, rates, time, coaching, forecast.

A figure of the whole team's that a rep's card repeats names no opportunities there: they are on the team's card.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from milestone_reports.domain.message import message
from milestone_reports.domain.team import DEFAULT_MULTIPLIER
from milestone_reports.metrics.estimators.coaching import TEAM_HIGH, TEAM_LOW, YEAR
from milestone_reports.metrics.estimators.cohort import NEVER, Cohort, Mask
from milestone_reports.metrics.estimators.contracts import RECENT_MONTHS
from milestone_reports.metrics.estimators.conversion import ExpectedRate, months_before
from milestone_reports.metrics.estimators.forecast import Starts
from milestone_reports.metrics.estimators.multiplier import ASSUMED_SALES
from milestone_reports.metrics.estimators.state import TrackState
from milestone_reports.metrics.estimators.velocity import PRESUMED_LOST, presumed_lost
from milestone_reports.metrics.quota import gate_rate
from milestone_reports.metrics.rates import Rate
from milestone_reports.scorecards.figures import Conversion
from milestone_reports.scorecards.insights import Coaching, Provenance
from milestone_reports.scorecards.learned.track import TrackHistory
from milestone_reports.scorecards.pages import TrackCard

LOW_95, HIGH_95 = message("95 % interval from"), message("95 % interval to")
LIKELY_LOW, LIKELY_HIGH = message("likely range from"), message("likely range to")

Inputs = Mapping[str, float | str | None]


def provenance_of_history(card: TrackCard, history: TrackHistory, rep: str | None) -> Iterator[Provenance]:
    """What a card's figures were counted from, of a rep or, where none is named, of the team."""
    part = Part(history, rep)
    yield from _multiplier(card, part)
    yield from _average_contract(card, part)
    yield from _conversion(card, part)
    yield from _gates(card, part)
    if rep is not None:
        yield from _coaching(card, part)
    yield from _forecast(card, part)


class Part:
    """A rep's opportunities on a track, or the team's, and their ids."""

    def __init__(self, history: TrackHistory, rep: str | None) -> None:
        state = history.state
        self.history, self.rep = history, rep
        self.recent, self.every = (state.recent, state.everyone) if rep is None else history.part(rep)
        self.stage_of_recent, self.stage_of_every = self.recent.n_reached, self.every.n_reached
        self.presumed = state.presumed[self._places(self.recent)]
        """Whether each of the recent ones is presumed lost."""
        places = self._places(self.every)
        self.gone = state.presumed[places]
        """Whether each of all is."""
        self.slow = state.stalled[places] & ~self.gone
        """Whether each of all is stalled and not presumed lost."""

    @cached_property
    def starts(self) -> Starts:
        """Their new starts, over the team's days."""
        outlook = self.history.outlook
        if self.rep is None:
            return outlook.team_starts
        return outlook.starts.get(self.rep) or Starts(0, outlook.team_starts.window_days)

    def decided_in_last_year(self, gate: int) -> tuple[str, ...]:
        """The ids of what the rep's last year decided at a gate, which may be others' opportunities by now."""
        state = self.history.state
        reps, every = state.history.reps, state.everyone
        is_theirs = every.gate_rep[:, gate] == (reps.index(self.rep) if self.rep in reps else -1)
        return self.ids(every, is_theirs & _decided_in_last_year(state, gate))

    def _places(self, cohort: Cohort) -> NDArray[np.intp]:
        """Where a cohort's rows stand among everyone's."""
        return np.searchsorted(self.history.state.everyone.row, cohort.row)

    def ids(self, cohort: Cohort, kept: Mask) -> tuple[str, ...]:
        """The ids of the rows that are kept, in their order: rows have it already."""
        return tuple(self.history.ids[cohort.row[kept]].tolist())


# --- the multiplier and the average contract ---


def _multiplier(card: TrackCard, part: Part) -> Iterator[Provenance]:
    year, k = card.multiplier, len(card.milestones)
    if year.label == "set":
        yield Provenance("Multiplier, set", "", year.value, {message("Multiplier in the Settings"): year.value}, ())
        yield Provenance(
            "Gate rate", "", gate_rate(k, year.value), {message("milestones"): k, message("multiplier"): year.value}, ()
        )
        return
    frozen = Decided(part, year.counted_to) if part.rep is None else None
    inputs: Inputs = {
        message("milestones reached on decided opportunities"): sum(year.decided),
        message("sales"): year.sales,
        message("milestones"): k,
        message("assumed sales"): ASSUMED_SALES,
        message("assumed multiplier"): DEFAULT_MULTIPLIER,
        message("counted to"): year.counted_to.isoformat(),
        message("called"): year.label,
        LOW_95: year.low_95,
        HIGH_95: year.high_95,
        message("would be today"): year.would_be,
    }
    if year.sales is None:
        kept = {"milestones", "counted to", "called"}
        inputs = {name: value for name, value in inputs.items() if name in kept}
    yield Provenance("Multiplier, measured", "", year.value, inputs, frozen.ids(1) if frozen else ())
    if not year.decided:
        return
    for number, (milestone, n) in enumerate(zip(card.milestones, year.decided, strict=True), start=1):
        counted_to: Inputs = {message("counted to"): year.counted_to.isoformat()}
        yield Provenance("Decided, by milestone", milestone, n, counted_to, frozen.ids(number) if frozen else ())


class Decided:
    """The decided opportunities that the year's multiplier was measured by."""

    def __init__(self, part: Part, counted_to: date) -> None:
        state = part.history.frame.evidence.state(part.history.track, counted_to)
        self._part, self._cohort = part, state.recent
        self._is_decided: Mask = ~state.recent.open | presumed_lost(state.recent, state.thresholds)

    def ids(self, number: int) -> tuple[str, ...]:
        """Those that had reached the milestone of that number."""
        return self._part.ids(self._cohort, self._is_decided & (self._cohort.n_reached >= number))


def _average_contract(card: TrackCard, part: Part) -> Iterator[Provenance]:
    average, every = card.average_contract, part.every
    if average.observed is None:
        return
    since = months_before(date.fromordinal(every.day), RECENT_MONTHS).toordinal()
    sold = every.won & (every.reached[:, -1] > since) & ~np.isnan(every.value)
    inputs: Inputs = {
        message("their values together"): float(every.value[sold].sum()),
        message("sales with a value"): average.n_sales,
    }
    yield Provenance("Average contract, observed", "", average.observed, inputs, part.ids(every, sold))


# --- what became of each milestone ---


def _conversion(card: TrackCard, part: Part) -> Iterator[Provenance]:
    recent, presumed = part.recent, part.presumed
    stage, lost = part.stage_of_recent, recent.lost
    not_sold = lost | presumed
    is_decided = recent.won | not_sold
    lost_at = {line.milestone: line.lost_here for line in card.conversion if line.lost_here}
    yield Provenance("Lost", "", sum(lost_at.values()), lost_at, part.ids(recent, lost))
    for number, line in enumerate(card.conversion, start=1):
        reached = stage >= number
        ids = part.ids(recent, reached)
        yield Provenance("Reached", line.milestone, line.reached, {}, ids)
        yield Provenance("Outcomes", line.milestone, line.reached, _outcomes(line), ids)
        if line.to_next and line.to_next.value is not None:
            here = (stage > number) | ((stage == number) & not_sold)
            yield _rate("Rate to the next milestone, so far", line, line.to_next, part.ids(recent, here))
        if line.to_sale and line.to_sale.value is not None:
            yield _rate("Rate to the sale, so far", line, line.to_sale, part.ids(recent, reached & is_decided))
    yield from _expected_rates(card)


def _outcomes(line: Conversion) -> Inputs:
    return {
        message("moved on"): line.moved_on,
        message("lost here"): line.lost_here,
        message("presumed lost here"): line.presumed_lost_here,
        message("open here"): line.open_here,
    }


def _rate(figure: str, line: Conversion, rate: Rate, ids: tuple[str, ...]) -> Provenance:
    to_next = figure.startswith("Rate to the next")
    counts: Inputs = {
        message("moved on") if to_next else message("won"): rate.passed,
        message("decided"): rate.decided,
        message("said as"): "a rate" if rate.enough else "too early",
        LIKELY_LOW: rate.likely_low,
        LIKELY_HIGH: rate.likely_high,
        LOW_95: rate.low_95,
        HIGH_95: rate.high_95,
    }
    return Provenance(figure, line.milestone, rate.value, counts, ids)


def _expected_rates(card: TrackCard) -> Iterator[Provenance]:
    """To the next milestone by the counts at the gate, to the sale as the product of the gates on the way."""
    gates = card.conversion[:-1]
    for index, line in enumerate(gates):
        if line.expected_to_next and line.expected_to_next.value is not None:
            yield _expected_rate(line, str(line.next_milestone), line.expected_to_next, _outcomes(line))
        way: Inputs = {
            message("{milestone} to {next}", milestone=gate.milestone, next=gate.next_milestone): _share(gate)
            for gate in gates[index:]
        }
        if len(way) > 1 and line.expected_to_sale and line.expected_to_sale.value is not None:
            yield _expected_rate(line, card.milestones[-1], line.expected_to_sale, way)


def _share(gate: Conversion) -> float:
    return (gate.expected_to_next and gate.expected_to_next.value) or 0.0


def _expected_rate(line: Conversion, to: str, rate: ExpectedRate, inputs: Inputs) -> Provenance:
    ranges: Inputs = {
        message("said as"): rate.says,
        LIKELY_LOW: rate.likely_low,
        LIKELY_HIGH: rate.likely_high,
        LOW_95: rate.low_95,
        HIGH_95: rate.high_95,
    }
    return Provenance("Expected rate", line.milestone, rate.value, {message("to"): to, **inputs, **ranges}, ())


# --- time ---


def _gates(card: TrackCard, part: Part) -> Iterator[Provenance]:
    for gate, time in enumerate(card.gate_times):
        if time.stalled_after is None:
            continue
        took: Inputs = {
            message("moved on"): time.n_moved_on,
            message("median days"): time.median_days,
            message("nine in ten within days"): time.ninth_days,
        }
        moved_on = _moved_on(part, gate) if part.rep is None else ()
        yield Provenance("Time to advance", time.milestone, time.median_days, took, moved_on)
        here = part.stage_of_every == gate + 1
        after: Inputs = {message("stalled after days"): time.stalled_after, **took}
        yield Provenance("Stalled", time.milestone, time.n_stalled, after, part.ids(part.every, part.slow & here))
        twice: Inputs = {
            message("presumed lost after days"): time.presumed_lost_after,
            message("stalled after days"): time.stalled_after,
        }
        yield Provenance(
            "Presumed lost", time.milestone, time.n_presumed_lost, twice, part.ids(part.every, part.gone & here)
        )


def _moved_on(part: Part, gate: int) -> tuple[str, ...]:
    """Those of whom it is known how many days they took."""
    recent = part.recent
    both = (recent.reached[:, gate + 1] != NEVER) & recent.dated[:, gate] & recent.dated[:, gate + 1]
    return part.ids(recent, both)


# --- rep against team ---


def _coaching(card: TrackCard, part: Part) -> Iterator[Provenance]:
    later = [prod(entry.shrunken for entry in card.coaching[gate + 1 :]) for gate in range(len(card.coaching))]
    for gate, entry in enumerate(card.coaching):
        decided = part.decided_in_last_year(gate)
        year: Inputs = {
            message("went through"): entry.passed,
            message("decided"): entry.decided,
            message("that came to it, a year"): entry.entered_a_year,
        }
        yield Provenance("A rep's year at the gates", entry.milestone, entry.decided, year, decided)
        yield _against_team(entry, decided)
        worth: Inputs = {
            message("that came to it, a year"): entry.entered_a_year,
            message("rate of the rest of the team"): _rest_of_team(entry),
            message("shrunken rate"): entry.shrunken,
            message("shrunken rates of the later gates, multiplied"): later[gate],
            message("in money"): entry.money,
        }
        yield Provenance("Value at stake", entry.milestone, entry.contracts, worth, ())


def _against_team(entry: Coaching, decided: tuple[str, ...]) -> Provenance:
    inputs: Inputs = {
        message("went through"): entry.passed,
        message("decided"): entry.decided,
        message("went through, rest of the team"): entry.rest.passed,
        message("decided, rest of the team"): entry.rest.decided,
        message("rate of the rest of the team"): _rest_of_team(entry),
        message("results of the team added"): entry.spread,
        message("chance to be more than 5 points below"): entry.chance_below,
        message("ends as"): entry.ending,
        LOW_95: entry.rate.low_95,
        HIGH_95: entry.rate.high_95,
    }
    return Provenance("Rep against team", entry.milestone, entry.shrunken, inputs, decided)


def _rest_of_team(entry: Coaching) -> float:
    return min(max((entry.rest.passed + 0.5) / (entry.rest.decided + 1), TEAM_LOW), TEAM_HIGH)


def _decided_in_last_year(state: TrackState, gate: int) -> Mask:
    """Those that went through the gate, or were lost or came to be presumed lost at it, in the last 365 days."""
    every, after = state.everyone, state.thresholds[gate]
    since, passed_on = every.day - YEAR, every.reached[:, gate + 1]
    presumed_on = every.since + (np.floor(PRESUMED_LOST * after) + 1 if after is not None else 0)
    ended_on = np.where(state.presumed, presumed_on, every.lost_on)
    here = (every.n_reached == gate + 1) & (ended_on > since) & (ended_on != NEVER)
    decided: Mask = here | ((passed_on > since) & (passed_on != NEVER))
    return decided


# --- forecast ---


def _forecast(card: TrackCard, part: Part) -> Iterator[Provenance]:
    waiting = part.ids(part.every, part.every.open & ~part.gone)
    yield _new_starts(part)
    yield from _still_to_start(card, part)
    for told in card.forecast:
        inputs: Inputs = {
            message("until"): told.until,
            message("ends on"): told.ends_on.isoformat(),
            message("from what is open"): told.contracts_open,
            message("from what is still to start"): told.contracts_new,
            LIKELY_LOW: told.contracts.low,
            LIKELY_HIGH: told.contracts.high,
            message("signed in it so far"): told.contracts_done,
        }
        if told.revenue:
            inputs = {
                **inputs,
                message("in money"): told.revenue.value,
                message("in money, from what is open"): told.revenue_open,
                message("in money, from what is still to start"): told.revenue_new,
                message("in money, likely range from"): told.revenue.low,
                message("in money, likely range to"): told.revenue.high,
            }
        figure = "Forecast" if told.basis == "history" else "Forecast, assumed"
        yield Provenance(figure, "", told.contracts.value, inputs, waiting)


def _new_starts(part: Part) -> Provenance:
    """First milestones a day, over the team's days."""
    every, starts = part.every, part.starts
    recent = every.dated[:, 0] & (every.reached[:, 0] > every.day - starts.window_days)
    inputs: Inputs = {message("first milestones"): starts.n, message("days"): starts.window_days}
    return Provenance("New starts", "", starts.a_day, inputs, part.ids(every, recent))


def _still_to_start(card: TrackCard, part: Part) -> Iterator[Provenance]:
    """The chances of a start on each day ahead to be sold in time, a start a day, times the starts a day."""
    outlook = part.history.outlook
    # A card whose forecast would tell a colleague's chances has none.
    for horizon, told in zip(outlook.horizons if card.forecast else (), card.forecast, strict=True):
        if told.basis == "history":
            inputs: Inputs = {
                message("until"): told.until,
                message("first milestones a day"): part.starts.a_day,
                message("chances of a start each day to be sold in time, added up"): float(
                    outlook.wins[0][: horizon.n_days].sum()
                ),
            }
            yield Provenance("Still to start", "", told.contracts_new, inputs, ())
