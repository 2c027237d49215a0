"""Which milestone of today's track is which of an earlier copy's."""

from __future__ import annotations

import pytest
from weekly_copies import track

from milestone_reports.history.aligning import places_then


@pytest.mark.parametrize(
    ("then", "now", "places"),
    [
        ("A B C", "A B C", (0, 1, 2)),
        ("A B C", "a b. c", (0, 1, 2)),
        ("A B D", "A B C D", (0, 1, None, 2)),
        ("A B C D", "A C D", (0, 2, 3)),
        ("A B D", "A C D", (0, 1, 2)),
        ("A B C", "A B D", (0, 1, 2)),
        ("A B C", "A X Y Z", (0, None, None, 2)),
        ("A B C", "X Y Z", (0, 1, 2)),
        ("A B C", "C B A", (2, 1, 0)),
        ("A B", "A B C", (0, 1, None)),
        ("A B C", "A B", (0, 1)),
        ("A B C D", "A X Y D", (0, 1, 2, 3)),
        ("A B C D", "A X D", (0, None, 3)),
    ],
)
def test_milestones_are_one_by_name_and_renamed_ones_by_their_neighbours(
    then: str, now: str, places: tuple[int | None, ...]
) -> None:
    assert places_then(track(*then.split()), track(*now.split())) == places


def test_on_another_track_only_the_name_counts() -> None:
    then, now = track("Talks", "Proof", "Signed", name="Partners"), track("Review", "Proof", "Order", name="Clients")
    assert places_then(then, now) == (None, 1, None)


def test_a_track_in_other_letters_is_the_same_track() -> None:
    assert places_then(track("A", "B", name="New Business"), track("A", "C", name="new business")) == (0, 1)
