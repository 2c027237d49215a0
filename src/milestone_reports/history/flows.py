"""From what was open in one copy to what is open in the next, so that it adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import fsum
from typing import Literal

from milestone_reports.history.changes import Amount, Flow
from milestone_reports.history.comparing import Pair, Side
from milestone_reports.metrics.standing import State

Part = Literal[
    "start", "new", "reopened", "moved_in", "won", "lost", "undated", "removed", "moved_out", "revalued", "end",
    "won_unlisted", "lost_unlisted",
]  # fmt: skip
"""A part of a flow, by the name of its field."""

ENDINGS: dict[State, Part] = {State.WON: "won", State.LOST: "lost", State.UNDATED: "undated"}
UNLISTED: dict[State, Part] = {State.WON: "won_unlisted", State.LOST: "lost_unlisted"}

IsMine = Callable[[str], bool]
"""Whether a name is that of the person whose flow it is; of a team, everyone's is."""


def flow(pairs: Iterable[Pair], is_mine: IsMine) -> Flow:
    """How what was open became what is open, of a team or of one person.

    Formula: start + new + reopened + taken over - won - lost - undated - removed - handed on + revalued = end, in
    counts and in value. What leaves does so at its value of then, what comes does so at its value of now (a moved one
    at that of then); what stays is worth more or less by what it was revalued.
    Shape: an amount a part.
    Units: opportunities; money in the report's currency, nothing for those without a value.
    Undefined: never; a part that nothing is in is zero.
    Source: method.md §1 for what is open, won and lost.
    """
    values: dict[Part, list[float]] = {}
    for pair in pairs:
        for part, value in _parts(pair, is_mine):
            values.setdefault(part, []).append(value)

    def amount(part: Part) -> Amount:
        found = values.get(part, [])
        return Amount(len(found), fsum(found))

    return Flow(
        start=amount("start"),
        new=amount("new"),
        reopened=amount("reopened"),
        moved_in=amount("moved_in"),
        won=amount("won"),
        lost=amount("lost"),
        undated=amount("undated"),
        removed=amount("removed"),
        moved_out=amount("moved_out"),
        revalued=fsum(values.get("revalued", [])),
        end=amount("end"),
        won_unlisted=amount("won_unlisted"),
        lost_unlisted=amount("lost_unlisted"),
    )


def _parts(pair: Pair, is_mine: IsMine) -> Iterator[tuple[Part, float]]:
    """What an opportunity adds to which parts."""
    then, now = pair
    if then and then.state is State.OPEN:
        yield from _from_open(then, now, is_mine)
    elif now and is_mine(now.owner):
        yield from _not_open_before(then, now)
    if now and now.state is State.OPEN and is_mine(now.owner):
        yield "end", _value(now)


def _from_open(then: Side, now: Side | None, is_mine: IsMine) -> Iterator[tuple[Part, float]]:
    value = _value(then)
    was_mine, is_now_mine = is_mine(then.owner), now is not None and is_mine(now.owner)
    if was_mine:
        yield "start", value
    if now is None:
        if was_mine:
            yield "removed", value
        return
    if was_mine != is_now_mine:
        yield "moved_in" if is_now_mine else "moved_out", value
    if not is_now_mine:
        return
    if now.state is State.OPEN:
        yield "revalued", _value(now) - value
    else:
        yield ENDINGS[now.state], value


def _not_open_before(then: Side | None, now: Side) -> Iterator[tuple[Part, float]]:
    if now.state is State.OPEN:
        yield "reopened" if then else "new", _value(now)
    elif now.state in UNLISTED and (then is None or then.state is not now.state):
        yield UNLISTED[now.state], _value(now)


def _value(side: Side) -> float:
    return side.opportunity.value or 0.0
