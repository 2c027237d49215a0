"""Two copies of a workbook side by side: each opportunity as it stood then and as it stands now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from milestone_reports.domain.names import person_key
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Team
from milestone_reports.domain.track import Track
from milestone_reports.history.snapshots import Copy, Past, copy_of, identity
from milestone_reports.metrics.standing import Standing, State, exists, standing


class Side(NamedTuple):
    """An opportunity as it stands in one copy, on the copy's day.

    A named tuple: there are two for each opportunity.
    """

    opportunity: Opportunity
    track: Track
    standing: Standing

    @property
    def owner(self) -> str:
        """Whom the workbook names as its rep."""
        return self.opportunity.now_with or self.opportunity.rep

    @property
    def state(self) -> State:
        """Open, won, lost, or won on an unknown day."""
        return self.standing.state

    @property
    def word(self) -> str:
        """The outcome in a word, as the workbook has it; `undated` for a sale that no date says the day of."""
        if self.standing.cancelled:
            return "cancelled"
        return self.opportunity.outcome.value if self.state is State.LOST else self.state.value


class Pair(NamedTuple):
    """One opportunity in both copies; none where it is not there."""

    then: Side | None
    now: Side | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A workbook beside the last copy before its week."""

    since: Copy
    n_weeks: int
    pairs: tuple[Pair, ...]


def compared(team: Team, as_of: date, past: Past) -> Comparison | None:
    """The workbook at hand beside the last copy before it, each opportunity by its id; none without such a copy.

    What was created later than a copy's day is not there in that copy, whatever its row says.
    """
    earlier = past.last
    if earlier is None:
        return None
    tracks = {track.name: track for track in earlier.tracks}
    then = _sides(earlier.opportunities, tracks, earlier.as_of)
    now = _sides({identity(one): one for one in team.opportunities}, team.tracks_by_name, as_of)
    days = team.week_of(as_of).first_on - team.week_of(earlier.as_of).first_on
    pairs = tuple(Pair(then.get(name), now.get(name)) for name in sorted(then.keys() | now.keys()))
    return Comparison(copy_of(earlier), days.days // 7, pairs)


def _sides(opportunities: Mapping[str, Opportunity], tracks: Mapping[str, Track], as_of: date) -> Mapping[str, Side]:
    return {
        name: Side(one, tracks[one.track], standing(one, as_of))
        for name, one in opportunities.items()
        if exists(one, as_of)
    }


def same_person(then: str, now: str) -> bool:
    """Whether two copies name one person, in whatever spelling."""
    return then == now or person_key(then) == person_key(now)


def pairs_by_owner(comparison: Comparison) -> Mapping[str, tuple[Pair, ...]]:
    """The opportunities that someone has now or had then, by the key of that person's name."""
    keys: dict[str, str] = {}
    owned: dict[str, list[Pair]] = {}
    for pair in comparison.pairs:
        for owner in _owners(pair, keys):
            owned.setdefault(owner, []).append(pair)
    return {owner: tuple(pairs) for owner, pairs in owned.items()}


def _owners(pair: Pair, keys: dict[str, str]) -> Iterator[str]:
    names = [side.owner for side in pair if side]
    for name in names:
        if name not in keys:
            keys[name] = person_key(name)
    yield from dict.fromkeys(keys[name] for name in names)
