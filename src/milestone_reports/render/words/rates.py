"""The sentences of the conversion page: which gate lets the fewest through, how sure a rate is, how long gates take.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext, pgettext
from milestone_reports.render.words.grammar import in_words, joined, sentence
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
    if not alone:
        return ""
    return gettext("{milestone} is the only milestone: there is no gate to lose at", milestone=track.card.milestones[0])


def _all_went_through(track: TeamTrack, formats: Formats) -> str:
    gates = sayable_gates(track)
    if not gates or len(gates) < len(track.card.milestones) - 1:
        return ""
    return "" if _narrowest(gates).lost_here + _narrowest(gates).presumed_lost_here else _nothing_lost(gates, formats)


def _nothing_lost(gates: Sequence[Conversion], formats: Formats) -> str:
    went = formats.count(gates[0].moved_on)
    return gettext("Nothing was lost at any gate: {n} went through the first", n=went)


def _narrowest_gate(track: TeamTrack, formats: Formats) -> str:
    gates = sayable_gates(track)
    if not gates:
        return ""
    gate = _narrowest(gates)
    return gettext(
        "{milestone} to {next_milestone} lets the fewest through: {rate}",
        milestone=gate.milestone,
        next_milestone=gate.next_milestone,
        rate=counts_and_share(gate.to_next, formats),
    )


def _too_early(track: TeamTrack, formats: Formats) -> str:
    decided = track.card.conversion[0].to_sale
    if decided is None or not decided.decided:
        return gettext("No opportunity is decided yet: too early to say what becomes of them")
    says = ngettext(
        "one opportunity is decided: too early to say which gate loses most",
        "{n} opportunities are decided: too early to say which gate loses most",
        decided.decided,
        n=in_words(decided.decided, formats),
    )
    return sentence(says).removesuffix(".")


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
    return gettext("{milestone} to {next_milestone}", milestone=gate.milestone, next_milestone=gate.next_milestone)


def counts_and_share(rate: Rate | None, formats: Formats) -> str:
    """`92 of 158 (58%)`; the counts alone where it is too early to say."""
    if rate is None:
        return ""
    return f"{formats.counts(rate)} ({formats.percent(rate)})" if rate.enough else formats.counts(rate)


def lost_and_sold(track: TeamTrack, formats: Formats) -> str:
    """What the narrowest gate loses, then what becomes of all that reach the first milestone."""
    gates = sayable_gates(track)
    if not gates:
        return "" if len(track.card.milestones) == 1 else gettext("A rate is said from eight decided at a gate on.")
    return " ".join(filter(None, (_lost_there(_narrowest(gates), formats), _sold(track.card.conversion[0], formats))))


def _lost_there(gate: Conversion, formats: Formats) -> str:
    lost, presumed_lost = gate.lost_here, gate.presumed_lost_here
    parts = []
    if lost:
        parts.append(ngettext("{n} was lost there", "{n} were lost there", lost, n=in_words(lost, formats)))
    if presumed_lost:
        n = in_words(presumed_lost, formats)
        parts.append(ngettext("{n} is presumed lost", "{n} are presumed lost", presumed_lost, n=n))
    return sentence(joined(parts)) if parts else ""


def _sold(first: Conversion, formats: Formats) -> str:
    if first.to_sale is None:
        return ""
    rate = counts_and_share(first.to_sale, formats)
    says = gettext(
        "Of all that reached {milestone} and are decided, {rate} became a sale", milestone=first.milestone, rate=rate
    )
    so_far = with_early(says, first.to_sale_says)
    return f"{so_far}; {_expected_to_sell(first.expected_to_sale, formats)}."


def _expected_to_sell(expected: ExpectedRate | None, formats: Formats) -> str:
    if expected is None or expected.value is None or expected.says == "too early":
        return gettext("it is too early to say what the open ones will become")
    share = formats.fraction(expected.value)
    says = gettext("{share} are expected to once the open ones have decided", share=share)
    return with_early(says, expected.says)


def will_move_note(track: TeamTrack, formats: Formats) -> str:
    """From which milestones the open opportunities will move the rate so far, and by how much; empty for none."""
    moving = [row for row in track.card.conversion if row.will_move]
    if not moving:
        return ""
    places = "; ".join(
        gettext(
            "from {milestone} {so_far} so far, {expected} expected",
            milestone=row.milestone,
            so_far=formats.percent(row.to_sale),
            expected=formats.fraction(row.expected_to_sale.value),
        )
        for row in moving
        if row.to_sale and row.expected_to_sale and row.expected_to_sale.value is not None
    )
    return gettext("Open opportunities will move the rate to the sale: {places}.", places=places)


def shows_expected(expected: ExpectedRate | None) -> bool:
    """Whether an expected rate may be said."""
    return expected is not None and expected.value is not None and expected.says != "too early"


def early_word(says: Saying) -> str:
    """`early` beside a rate that is; empty beside any other."""
    return gettext("early") if says == "early" else ""


def with_early(text: str, says: Saying) -> str:
    """What is said of a rate, and that it is early where it is."""
    return ", ".join(filter(None, (text, early_word(says))))


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
    if not others:
        return ""
    if len(others) > MOST_NAMED:
        n = formats.count(len(others))
        if too_few:
            return gettext("{n} others have too few decided to say a rate.", n=n)
        return gettext("{n} others have nothing decided.", n=n)
    reps = ", ".join(row.rep for row in others)
    if too_few:
        return gettext("Too few decided to say a rate: {reps}.", reps=reps)
    return gettext("Nothing decided: {reps}.", reps=reps)


def quarter_name(quarter: QuarterCohort) -> str:
    """`Q3 2026`."""
    year, _, number = quarter.quarter.partition("-")
    return pgettext("quarter", "Q{number} {year}", number=number.removeprefix("Q"), year=year)


def quarters_note(quarters: Sequence[QuarterCohort], formats: Formats) -> str:
    """How many of the quarters' opportunities are still open: their rates are not final."""
    n_open = [quarter for quarter in quarters if quarter.open]
    if not n_open:
        return gettext("All of them are decided.")
    count = sum(quarter.open for quarter in n_open)
    first = quarter_name(n_open[0])
    names = first if len(n_open) == 1 else gettext("{quarter} and later", quarter=first)
    still = ngettext(
        "{n} of {quarters} is still open",
        "{n} of {quarters} are still open",
        count,
        n=in_words(count, formats),
        quarters=names,
    )
    not_final = ngettext(
        "Until they decide, its rate is not final.", "Until they decide, their rates are not final.", len(n_open)
    )
    return f"{sentence(still)} {not_final}"


def gate_time_note(times: Sequence[GateTime]) -> str:
    """What stalled and presumed lost mean, and which gates' days are on the low side."""
    early = [gate_name(time) for time in times if time.is_early]
    says = gettext(
        "Stalled: longer here than nine in ten that moved on. Presumed lost: twice as long; "
        "the rates count it as lost until the workbook says otherwise."
    )
    if not early:
        return says
    low = gettext(
        "Early: history is short beside the time that {steps} takes, so the days are low.", steps=joined(early)
    )
    return f"{says} {low}"
