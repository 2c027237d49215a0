"""Which milestone of a track in one copy is which in another: milestones are renamed, added and taken away."""

from __future__ import annotations

from functools import lru_cache

from milestone_reports.domain.names import key
from milestone_reports.domain.track import Track


def same_track(then: Track, now: Track) -> bool:
    """Whether two copies speak of one track; one that was given another name is another track."""
    return key(then.name) == key(now.name)


@lru_cache(maxsize=512)
def places_then(then: Track, now: Track) -> tuple[int | None, ...]:
    """For each milestone of a track as it is now, its place on the track as it was; none where it was not there.

    Milestones are one by their name. Those of one track that are left over are renamed ones where both copies have as
    many of them between the same neighbours, and its sale stays its sale; on another track the name alone counts.
    """
    if then == now:
        return tuple(range(now.n_milestones))
    were = {key(milestone.name): place for place, milestone in enumerate(then.milestones)}
    places = [were.get(key(milestone.name)) for milestone in now.milestones]
    if same_track(then, now):
        if places[-1] is None and then.n_milestones - 1 not in places:
            places[-1] = then.n_milestones - 1
        _take_renamed(places, then.n_milestones)
    return tuple(places)


def _take_renamed(places: list[int | None], n_then: int) -> None:
    """Fill each run without a place from the run of the same length that is left between the same neighbours."""
    start = 0
    while start < len(places):
        if places[start] is not None:
            start += 1
            continue
        end = next((place for place in range(start, len(places)) if places[place] is not None), len(places))
        before = places[start - 1] if start else -1
        after = places[end] if end < len(places) else n_then
        if before is not None and after is not None:
            left_over = range(before + 1, after)
            if len(left_over) == end - start and not set(left_over) & set(places):
                places[start:end] = left_over
        start = end
