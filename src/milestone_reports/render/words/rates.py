"""The sentences of the conversion page: which gate lets the fewest through, how sure a rate is, how long gates take.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.words.grammar import count_of, counted, in_words, sentence
from milestone_reports.render.words.rules import Rules, every_track_for_itself, first_said, page_headline
from milestone_reports.render.words.teams import FOLDED_FROM, MOST_NAMED, nothing_recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import Conversion, ExpectedRate, Rate, Saying
    from milestone_reports.scorecards.insights import GateTime, QuarterCohort
    from milestone_reports.scorecards.pages import RepRow, TeamRollup, TeamTrack


def conversion_headline(rollup: TeamRollup, formats: Formats) -> str:
    """The headline of the conversion page."""
    return page_headline(CONVERSION_RULES, rollup, formats)


def conversion_deck(rollup: TeamRollup, formats: Formats) -> str:
    """What stands under it."""
    if rollup.stamp.nothing_recorded:
        return nothing_recorded(rollup, formats)
    if len(rollup.tracks) > 1:
        return every_track_for_itself(rollup.tracks, formats)
    return lost_and_sold(rollup.tracks[0], formats)


def conversion_says(track: TeamTrack, formats: Formats) -> str:
    """One of several tracks: its own headline, and what follows from it."""
    return f"{sentence(first_said(CONVERSION_RULES, track, formats)[1])} {lost_and_sold(track, formats)}".strip()


def _no_gate(track: TeamTrack, _: Formats) -> str:
    alone = len(track.card.milestones) == 1
    return f"{track.card.milestones[0]} is the only milestone: there is no gate to lose at" if alone else ""


def _all_went_through(track: TeamTrack, formats: Formats) -> str:
    gates = sayable_gates(track)
    if not gates or len(gates) < len(track.card.milestones) - 1:
        return ""
    return "" if _narrowest(gates).lost_here + _narrowest(gates).presumed_lost_here else _nothing_lost(gates, formats)


def _nothing_lost(gates: Sequence[Conversion], formats: Formats) -> str:
    return f"Nothing was lost at any gate: {formats.count(gates[0].moved_on)} went through the first"


def _narrowest_gate(track: TeamTrack, formats: Formats) -> str:
    gates = sayable_gates(track)
    if not gates:
        return ""
    gate = _narrowest(gates)
    return f"{gate_name(gate)} lets the fewest through: {counts_and_share(gate.to_next, formats)}"


def _too_early(track: TeamTrack, formats: Formats) -> str:
    decided = track.card.conversion[0].to_sale
    if decided is None or not decided.decided:
        return "No opportunity is decided yet: too early to say what becomes of them"
    opportunities = count_of(decided.decided, "opportunity", formats, "opportunities")
    verb = counted(decided.decided, "is", "are")
    return sentence(f"{opportunities} {verb} decided: too early to say which gate loses most").removesuffix(".")


CONVERSION_RULES: Rules = {
    "no gate": _no_gate,
    "all went through": _all_went_through,
    "narrowest gate": _narrowest_gate,
    "too early": _too_early,
}


def sayable_gates(track: TeamTrack) -> Sequence[Conversion]:
    """The gates at which enough is decided to say a rate."""
    return [row for row in track.card.conversion if row.to_next and row.to_next.enough]


def _narrowest(gates: Sequence[Conversion]) -> Conversion:
    return min(gates, key=lambda gate: (gate.to_next.value or 0.0) if gate.to_next else 1.0)


def gate_name(gate: Conversion | GateTime) -> str:
    """`Proof to Contract`."""
    return f"{gate.milestone} to {gate.next_milestone}"


def counts_and_share(rate: Rate | None, formats: Formats) -> str:
    """`92 of 158 (58%)`; the counts alone where it is too early to say."""
    if rate is None:
        return ""
    return f"{formats.counts(rate)} ({formats.percent(rate)})" if rate.enough else formats.counts(rate)


def lost_and_sold(track: TeamTrack, formats: Formats) -> str:
    """What the narrowest gate loses, then what becomes of all that reach the first milestone."""
    gates = sayable_gates(track)
    if not gates:
        return "" if len(track.card.milestones) == 1 else "A rate is said from eight decided at a gate on."
    return " ".join(filter(None, (_lost_there(_narrowest(gates), formats), _sold(track.card.conversion[0], formats))))


def _lost_there(gate: Conversion, formats: Formats) -> str:
    if not gate.lost_here + gate.presumed_lost_here:
        return ""
    parts = []
    if gate.lost_here:
        parts.append(f"{in_words(gate.lost_here, formats)} {counted(gate.lost_here, 'was', 'were')} lost there")
    if gate.presumed_lost_here:
        are = counted(gate.presumed_lost_here, "is", "are")
        parts.append(f"{in_words(gate.presumed_lost_here, formats)} {are} presumed lost")
    return sentence(" and ".join(parts))


def _sold(first: Conversion, formats: Formats) -> str:
    if first.to_sale is None:
        return ""
    early = ", early" if first.to_sale_says == "early" else ""
    so_far = (
        f"Of all that reached {first.milestone} and are decided, "
        f"{counts_and_share(first.to_sale, formats)} became a sale{early}"
    )
    expected = first.expected_to_sale
    if expected is None or expected.value is None or expected.says == "too early":
        return f"{so_far}; it is too early to say what the open ones will become."
    early = ", early" if expected.says == "early" else ""
    return f"{so_far}; {formats.fraction(expected.value)} are expected to once the open ones have decided{early}."


def will_move_note(track: TeamTrack, formats: Formats) -> str:
    """From which milestones the open opportunities will move the rate so far, and by how much; empty for none."""
    moving = [row for row in track.card.conversion if row.will_move]
    if not moving:
        return ""
    places = "; ".join(
        f"from {row.milestone} {formats.percent(row.to_sale)} so far, {formats.fraction(row.expected_to_sale.value)} "
        "expected"
        for row in moving
        if row.to_sale and row.expected_to_sale and row.expected_to_sale.value is not None
    )
    return f"Open opportunities will move the rate to the sale: {places}."


def shows_expected(expected: ExpectedRate | None) -> bool:
    """Whether an expected rate may be said."""
    return expected is not None and expected.value is not None and expected.says != "too early"


def early_word(says: Saying) -> str:
    """`early` beside a rate that is; empty beside any other."""
    return "early" if says == "early" else ""


def rated_reps(track: TeamTrack) -> Sequence[RepRow]:
    """The reps of whom anything is decided, by name; of a large team those of whom a rate can be said."""
    rows = sorted((row for row in track.reps if any(rate.decided for rate in row.to_next)), key=lambda row: row.rep)
    if len(rows) <= FOLDED_FROM:
        return rows
    return [row for row in rows if any(rate.enough for rate in row.to_next)]


def unrated_says(track: TeamTrack, formats: Formats) -> str:
    """Who is not in the table, by name where they are few, and why; empty where everyone is."""
    shown = {row.slug for row in rated_reps(track)}
    others = sorted((row for row in track.reps if row.slug not in shown), key=lambda row: row.rep)
    too_few = any(rate.decided for row in others for rate in row.to_next)
    why = "too few decided to say a rate" if too_few else "nothing decided"
    if len(others) > MOST_NAMED:
        return f"{formats.count(len(others))} others have {why}."
    return f"{sentence(why).removesuffix('.')}: {', '.join(row.rep for row in others)}." if others else ""


def quarter_name(quarter: QuarterCohort) -> str:
    """`Q3 2026`."""
    year, _, number = quarter.quarter.partition("-")
    return f"{number} {year}"


def quarters_note(quarters: Sequence[QuarterCohort], formats: Formats) -> str:
    """How many of the quarters' opportunities are still open: their rates are not final."""
    n_open = [quarter for quarter in quarters if quarter.open]
    if not n_open:
        return "All of them are decided."
    count = sum(quarter.open for quarter in n_open)
    are, their = (counted(count, "is", "are"), counted(len(n_open), "its rate is", "their rates are"))
    names = quarter_name(n_open[0]) if len(n_open) == 1 else f"{quarter_name(n_open[0])} and later"
    return (
        f"{sentence(f'{in_words(count, formats)} of {names} {are} still open')} Until they decide, {their} not final."
    )


def gate_time_note(times: Sequence[GateTime]) -> str:
    """What stalled and presumed lost mean, and which gates' days are on the low side."""
    early = [gate_name(time) for time in times if time.is_early]
    says = (
        "Stalled: longer here than nine in ten that moved on. Presumed lost: twice as long; "
        "the rates count it as lost until the workbook says otherwise."
    )
    if not early:
        return says
    return f"{says} Early: history is short beside the time that {' and '.join(early)} takes, so the days are low."
