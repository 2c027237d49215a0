"""What was put right in an opportunity's dates, by name."""

from __future__ import annotations

from datetime import date

import pytest
from histories import day, made_up
from hypothesis import given
from hypothesis import strategies as st

from milestone_reports.metrics.estimators.repairs import repairs

AS_OF = date(2024, 12, 31)


def flags(completed: str, lost: str = "", as_of: date = AS_OF) -> list[str]:
    found = repairs([day(cell) for cell in completed.split()], day(lost), says_lost=bool(lost), as_of=as_of)
    return [repair.flag for repair in found]


@pytest.mark.parametrize(
    ("completed", "lost", "expected"),
    [
        ("2024-01-01 2024-02-01 -", "", []),
        ("2024-06-01 2024-06-01 2024-06-01", "", []),
        ("- - -", "", []),
        ("2024-01-01 - 2024-03-01", "", ["skipped:2"]),
        ("- - 2024-03-01", "", ["skipped:1", "skipped:2"]),
        ("2024-03-01 2024-02-01 -", "", ["order:1"]),
        # Both the first two are dated after the third; the second is not after any other.
        ("2024-05-01 2024-04-01 2024-03-01", "", ["order:1", "order:2"]),
        ("2024-03-01 - 2024-02-01", "", ["order:1", "skipped:2"]),
        ("2024-01-01 2024-02-01 -", "2024-02-01", []),
        ("2024-01-01 2024-02-01 -", "2024-01-31", ["lost-before-milestone"]),
        ("2024-01-01 2024-02-01 -", "?", ["lost-without-date"]),
        ("2024-01-01 2024-02-01 2024-03-01", "2024-04-01", ["won-and-lost"]),
        ("2024-01-01 2024-02-01 2024-03-01", "?", ["won-and-lost"]),
        ("- 2024-02-01 -", "2024-01-01", ["skipped:1", "lost-before-milestone"]),
        ("- - -", "2024-01-01", []),
    ],
)
def test_each_thing_put_right_is_named(completed: str, lost: str, expected: list[str]) -> None:
    assert flags(completed, lost) == expected


def test_what_is_dated_later_is_put_right_later() -> None:
    completed = "2024-05-01 - 2024-04-01"
    assert flags(completed, "2024-06-01", date(2024, 3, 31)) == []
    assert flags(completed, "2024-06-01", date(2024, 4, 30)) == ["skipped:1", "skipped:2"]
    assert flags(completed, "2024-06-01", date(2024, 5, 31)) == ["order:1", "skipped:2"]
    assert flags(completed, "2024-06-01", date(2024, 6, 1)) == ["order:1", "skipped:2", "won-and-lost"]


@given(st.integers(0, 2**32 - 1), st.integers(2, 5))
def test_where_everything_is_in_order_nothing_is_put_right(seed: int, n_milestones: int) -> None:
    for one in made_up(seed, 5, n_milestones, tidy=True):
        completed = [entry.completed_on for entry in one.entries]
        assert repairs(completed, one.closed_on, says_lost=one.outcome.is_lost, as_of=date(2026, 1, 1)) == ()
