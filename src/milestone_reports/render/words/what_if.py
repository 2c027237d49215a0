"""The words and dials of the what-if on the planning page; static/js/what_if.js works out the answers.

Must not know of markup, nor compute a figure beyond where a dial begins and ends.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Literal

from milestone_reports.metrics.plan import gate_rates
from milestone_reports.render.language import gettext
from milestone_reports.render.words.coaching import sale_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.insights import WhatIf
    from milestone_reports.scorecards.pages import TeamTrack

STEPS = 100
"""About so many steps of a slider lie between nothing and the figure as it is."""

LARGEST_MULTIPLIER = 6
WEEKS_OF_A_YEAR = 52
LARGEST_AMOUNT = 10**12
LARGEST_NUMBER = 1000
"""What can be typed at most, unless the year already has more: a multiplier, reps."""

MORE_REPS = 4
"""A slider goes to twice as many reps, and to so many more where they are few."""


Written = Literal["count", "number", "money", "multiplier", "percent"]
"""As which of the pages' kinds of figures a slider says its value."""


@dataclass(frozen=True, slots=True)
class Dial:
    """One figure that can be changed: its name in the address, its label, and the ends and steps of its slider."""

    name: str
    label: str
    value: float
    written: Written
    low: float
    high: float
    step: float
    typed_low: float
    """The smallest figure that can be typed: a slider does not go as far."""
    typed_high: float


def what_if_dials(track: TeamTrack) -> Sequence[Dial]:
    """Everything that can be changed, the target first; none where nobody has a quota."""
    return tuple(_dials(track, track.what_if)) if track.what_if else ()


def _dials(track: TeamTrack, start: WhatIf) -> Iterator[Dial]:
    if start.average_contract_value is None:
        yield _amount("target", gettext("Sales a year"), start.annual_target, "number")
    else:
        yield _amount("target", gettext("Target a year"), start.annual_target, "money")
        yield _amount("average", gettext("Average contract"), start.average_contract_value, "money")
    yield from _funnel_dials(track.card.milestones, start.per_contract)
    reps = max(start.n_reps * 2, start.n_reps + MORE_REPS)
    yield Dial("reps", gettext("Reps with a quota"), start.n_reps, "count", 1, reps, 1, 1, max(LARGEST_NUMBER, reps))
    yield Dial("weeks", gettext("Selling weeks"), start.selling_weeks, "number", 1, WEEKS_OF_A_YEAR, 1, 1, 53)


def _funnel_dials(milestones: Sequence[str], per_contract: Sequence[float]) -> Iterator[Dial]:
    """The multiplier and the rate of each gate, which say the same in two ways; none on a track without a gate."""
    if len(milestones) == 1:
        return
    multiplier = sum(per_contract) / len(per_contract)
    largest = max(LARGEST_MULTIPLIER, ceil(multiplier))
    yield Dial(
        "multiplier", gettext("Multiplier"), multiplier, "multiplier", 1, largest, 0.05, 1, max(LARGEST_NUMBER, largest)
    )
    for gate, rate in enumerate(gate_rates(per_contract)):
        passed, coming = milestones[gate], milestones[gate + 1]
        label = gettext("{milestone} to {next_milestone}, in percent", milestone=passed, next_milestone=coming)
        yield Dial(f"gate-{gate + 1}", label, rate * 100, "percent", 1, 100, 1, 1, 100)


def _amount(name: str, label: str, value: float, written: Written) -> Dial:
    """An amount that can be brought to next to nothing or doubled, in round steps."""
    step = round_step(value / STEPS)
    if written == "number":
        step = max(1.0, step)
    high = ceil(value * 2 / step) * step
    return Dial(name, label, value, written, step, high, step, 0, max(LARGEST_AMOUNT, high))


def round_step(size: float) -> float:
    """The largest of 1, 2 and 5 with zeros that is not above a size: `5000` of 6000."""
    ten = 10.0 ** floor(log10(size))
    return max(times for times in (1, 2, 5) if times * ten <= size) * ten


def expected_says(dial: Dial, formats: Formats) -> str:
    """What can be typed in a field, said where something else was."""
    high = formats.money(dial.typed_high) if dial.written == "money" else formats.number(dial.typed_high)
    if dial.written == "count":
        return gettext(
            "{figure}: a whole number from {low} to {high}",
            figure=dial.label,
            low=formats.number(dial.typed_low),
            high=high,
        )
    if not dial.typed_low:
        return gettext("{figure}: more than 0 and at most {high}", figure=dial.label, high=high)
    return gettext(
        "{figure}: a number from {low} to {high}", figure=dial.label, low=formats.number(dial.typed_low), high=high
    )


def what_if_start(start: WhatIf) -> str:
    """The year that a what-if starts from, for the script."""
    return json.dumps(asdict(start), separators=(",", ":"))


def brought_says(track: TeamTrack) -> str:
    """What the answers beside the milestones are: what the present effort would bring."""
    if sale_word(track.card) == "contract":
        return gettext("Contracts a year from the present effort")
    return gettext("Sales a year from the present effort")


def asked_says(track: TeamTrack) -> str:
    """What the target asks for."""
    return (
        gettext("Contracts a year asked for")
        if sale_word(track.card) == "contract"
        else gettext("Sales a year asked for")
    )


def what_if_note(track: TeamTrack) -> str:
    """How the answers are worked out."""
    effort = gettext(
        "Milestones are what the target asks for. The present effort is today’s number of first milestones for each "
        "rep and week."
    )
    if len(track.card.milestones) == 1:
        return effort
    gates = gettext(
        "A multiplier that is set gives every gate the same rate; a gate’s rate that is set changes the multiplier."
    )
    return f"{effort} {gates}"
