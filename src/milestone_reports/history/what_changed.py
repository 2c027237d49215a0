"""What changed since the last copy before this week: each opportunity's changes, and the flow they sum up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from milestone_reports.domain.names import person_key
from milestone_reports.domain.slug import opportunity_anchor
from milestone_reports.domain.team import Team
from milestone_reports.history.aligning import places_then, same_track
from milestone_reports.history.changes import Change, Kind, WhatChanged
from milestone_reports.history.comparing import Comparison, Pair, Side, compared, pairs_by_owner, same_person
from milestone_reports.history.flows import IsMine, flow
from milestone_reports.history.slips import moved_plans, times_slipped
from milestone_reports.history.snapshots import Past
from milestone_reports.metrics.standing import State

ORDER: Mapping[str, int] = {kind: place for place, kind in enumerate(get_args(Kind))}
NOT_SOLD = frozenset({State.OPEN, State.LOST})
ENDED: Mapping[State, Kind] = {State.WON: "won", State.LOST: "lost"}


@dataclass(frozen=True, slots=True)
class TeamChanges:
    """What changed for a team and for each person who has an opportunity or had one, worked out once."""

    of_team: WhatChanged
    by_person: Mapping[str, WhatChanged]
    """By the key of the person's name."""

    def of(self, rep: str) -> WhatChanged:
        """What changed for one rep: of all that they have now, and of what was theirs what was removed or moved."""
        nothing = WhatChanged(self.of_team.since, self.of_team.n_weeks, flow((), lambda _: False), ())
        return self.by_person.get(person_key(rep), nothing)


def what_changed(team: Team, as_of: date, past: Past) -> WhatChanged | None:
    """What changed for the team since the last copy before this week; none without one."""
    changes = team_changes(team, as_of, past)
    return changes.of_team if changes else None


def team_changes(team: Team, as_of: date, past: Past) -> TeamChanges | None:
    """What changed for the team and for each rep since the last copy before this week; none without one."""
    comparison = compared(team, as_of, past)
    if comparison is None:
        return None
    changes = sorted(_changes(comparison, as_of, past), key=_by_kind_and_value)
    of_persons = _by_person(changes)
    return TeamChanges(
        _told(comparison, comparison.pairs, lambda _: True, changes),
        {
            person: _told(comparison, pairs, _names(pairs, person).__contains__, of_persons.get(person, ()))
            for person, pairs in pairs_by_owner(comparison).items()
        },
    )


def _told(comparison: Comparison, pairs: Sequence[Pair], is_mine: IsMine, changes: Sequence[Change]) -> WhatChanged:
    return WhatChanged(comparison.since, comparison.n_weeks, flow(pairs, is_mine), tuple(changes))


def _names(pairs: Sequence[Pair], person: str) -> frozenset[str]:
    """A person's name in all the spellings that the copies have."""
    names = {side.owner for pair in pairs for side in pair if side}
    return frozenset(name for name in names if person_key(name) == person)


def _by_person(changes: Sequence[Change]) -> Mapping[str, list[Change]]:
    """Each change for whom it concerns: who has the opportunity now, and who gave it up."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        names = [change.rep, str(change.was)] if change.kind == "reassigned" else [change.rep]
        for person in map(person_key, names):
            found.setdefault(person, []).append(change)
    return found


def _by_kind_and_value(change: Change) -> tuple[int, float, str, str]:
    return ORDER[change.kind], -(change.value or 0.0), change.opportunity_id.casefold(), change.milestone


def _changes(comparison: Comparison, as_of: date, past: Past) -> Iterator[Change]:
    for then, now in comparison.pairs:
        if now is None and then is not None:
            yield replace(_change(then, "removed", was=then.word), anchor="")
        elif then is None and now is not None:
            yield from _first_seen(now)
        elif then is not None and now is not None:
            yield from _state_changes(then, now)
            yield from _progress(then, now)
            yield from _plan_changes(then, now, as_of, past)
            yield from _row_changes(then, now)


def _change(
    side: Side, kind: Kind, *, was: date | float | str | None = None, now: date | float | str | None = None
) -> Change:
    one = side.opportunity
    return Change(
        kind=kind,
        opportunity_id=one.id,
        anchor=opportunity_anchor(one.id),
        label=one.label,
        rep=side.owner,
        track=side.track.name,
        value=one.value,
        was=was,
        now=now,
    )


def _first_seen(now: Side) -> Iterator[Change]:
    """What is said of one that the earlier copy does not have: new where it is open, else how it ended."""
    if now.state is State.OPEN:
        yield _change(now, "new")
    elif now.state in ENDED:
        yield _change(now, ENDED[now.state], now=now.word)
    if now.standing.cancelled:
        yield _change(now, "cancelled")


def _state_changes(then: Side, now: Side) -> Iterator[Change]:
    if then.state is not now.state:
        if now.state is State.OPEN:
            yield _change(now, "reopened", was=then.word, now=now.word)
        elif now.state in ENDED:
            yield _change(now, ENDED[now.state], was=then.word, now=now.word)
        elif then.state is State.OPEN:
            yield _change(now, "undated", was=then.word, now=now.word)
    if now.standing.cancelled and not then.standing.cancelled:
        yield _change(now, "cancelled", was=then.word, now=now.word)


def _progress(then: Side, now: Side) -> Iterator[Change]:
    """How far it has come, where neither copy has it sold; what was lost is not also said to have stepped back."""
    if then.state is not State.OPEN or now.state not in NOT_SOLD or not same_track(then.track, now.track):
        return
    was, place = _place_now(then, now), now.standing.n_reached
    if place > was or (place < was and now.state is State.OPEN):
        kind: Kind = "advanced" if place > was else "stepped back"
        milestone = _reached(now, place)
        change = _change(now, kind, was=_reached(then, then.standing.n_reached), now=milestone)
        yield replace(change, milestone=milestone or "")


def _place_now(then: Side, now: Side) -> int:
    """How many of today's milestones it had reached: up to the last of those reached that the track still has."""
    reached = [
        place
        for place, before in enumerate(places_then(then.track, now.track), start=1)
        if before is not None and before < then.standing.n_reached
    ]
    return max(reached, default=0)


def _reached(side: Side, n_reached: int) -> str | None:
    return side.track.milestones[n_reached - 1].name if n_reached else None


def _plan_changes(then: Side, now: Side, as_of: date, past: Past) -> Iterator[Change]:
    for place, was, planned_on in moved_plans(then, now, as_of):
        is_later = planned_on > was
        change = _change(now, "slipped" if is_later else "pulled in", was=was, now=planned_on)
        times = times_slipped(now, place, as_of, past) if is_later else 0
        yield replace(change, milestone=now.track.milestones[place].name, times=times)


def _row_changes(then: Side, now: Side) -> Iterator[Change]:
    if not same_person(then.owner, now.owner):
        yield _change(now, "reassigned", was=then.owner, now=now.owner)
    was, value = _cents(then.opportunity.value), _cents(now.opportunity.value)
    if was != value:
        yield _change(now, "revalued", was=then.opportunity.value, now=now.opportunity.value)


def _cents(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
