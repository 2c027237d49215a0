from __future__ import annotations

from pathlib import Path

import pytest

from milestone_reports.watch.inbox import FileState
from milestone_reports.watch.queue import Queue

A, B = Path("a.xlsx"), Path("b.xlsx")
SMALL, LARGE, EMPTY = FileState(10, 500), FileState(20, 900), FileState(0, 500)


def due(queue: Queue, now: float) -> list[str]:
    return [one.file.name for one in queue.due(now)]


def test_a_file_is_due_when_it_has_not_changed_for_the_settle_time() -> None:
    queue = Queue(2)
    queue.look({A: SMALL}, 0)
    assert due(queue, 1.9) == []
    assert due(queue, 2) == ["a.xlsx"]


def test_a_change_of_size_or_time_lets_it_settle_anew() -> None:
    queue = Queue(2)
    for now, state in enumerate([SMALL, LARGE, FileState(20, 901)]):
        queue.look({A: state}, now)
    assert due(queue, 3.9) == []
    assert due(queue, 4) == ["a.xlsx"]


def test_an_empty_file_is_given_longer_as_it_is_mostly_the_beginning_of_a_copy() -> None:
    queue = Queue(2)
    queue.look({A: EMPTY}, 0)
    assert due(queue, 9.9) == []
    assert due(queue, 10) == ["a.xlsx"]


def test_the_one_that_was_changed_first_comes_first_then_the_first_by_name() -> None:
    queue = Queue(2)
    queue.look({B: SMALL, A: SMALL, Path("0.xlsx"): LARGE}, 0)
    assert due(queue, 2) == ["a.xlsx", "b.xlsx", "0.xlsx"]


def test_a_file_that_went_away_is_forgotten() -> None:
    queue = Queue(2)
    queue.look({A: SMALL}, 0)
    queue.look({}, 1)
    queue.look({A: SMALL}, 2)
    assert due(queue, 3) == []


def test_what_failed_is_tried_again_after_a_pause_that_doubles_up_to_a_minute() -> None:
    queue = Queue(2)
    queue.look({A: SMALL}, 0)
    now, pauses = 2.0, []
    for _ in range(9):
        (one,) = queue.due(now)
        queue.put_off(one, now, "no room")
        pauses.append(queue.pause(now, 1000))
        now += pauses[-1]
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_file_that_failed_and_then_changed_begins_anew() -> None:
    queue = Queue(2)
    queue.look({A: SMALL}, 0)
    (one,) = queue.due(2)
    queue.put_off(one, 2, "no room")
    assert queue.untried() == []
    queue.look({A: LARGE}, 3)
    assert [(one.n_failed, one.due) for one in queue.untried()] == [(0, 5)]


def test_a_file_that_cannot_be_read_is_believed_complete_after_five_times_the_settle_time() -> None:
    queue = Queue(2)
    queue.look({A: SMALL}, 0)
    (one,) = queue.due(2)
    assert not queue.is_complete(one, 2)
    queue.wait_for_more(one)
    assert due(queue, 9.9) == []
    (one,) = queue.due(10)
    assert queue.is_complete(one, 10)


@pytest.mark.parametrize(("now", "pause"), [(0, 2), (1.5, 0.5), (9, 0)])
def test_it_waits_until_the_next_file_is_due(now: float, pause: float) -> None:
    queue = Queue(2)
    queue.look({A: SMALL}, 0)
    assert queue.pause(now, 10) == pause


def test_with_nothing_to_wait_for_it_waits_for_the_longest_time() -> None:
    assert Queue(2).pause(5, 10) == 10
