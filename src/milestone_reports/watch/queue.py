"""Which files are due, and when: settled, in their order, put off where that was asked for. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from milestone_reports.watch.inbox import FileState

PATIENCE = 5
"""Times the settle time after which a file that cannot be read is believed to be complete."""

FIRST_DELAY, LONGEST_DELAY = 1.0, 60.0
"""Seconds before what has failed is tried again: twice as long each time."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that is still in the inbox."""

    file: Path
    state: FileState
    since: float
    """When it was first seen in this state."""
    due: float
    """When it is to be taken, unless its state changes."""
    n_failed: int = 0
    told: str = ""
    """The reason that was last told, so that the same one is not told again."""


@dataclass(slots=True)
class Queue:
    """The files in the inbox; times are seconds of one clock that never goes back."""

    settle: float
    _waiting: dict[Path, Waiting] = field(default_factory=dict)

    def look(self, found: Mapping[Path, FileState], now: float) -> None:
        """Take in what is there: a file that is new or has changed starts to settle."""
        kept = {file: one for file, one in self._waiting.items() if found.get(file) == one.state}
        self._waiting = {file: kept.get(file) or self._settling(file, state, now) for file, state in found.items()}

    def due(self, now: float) -> list[Waiting]:
        """The files to take, the one that was changed first before the others."""
        ready = (one for one in self._waiting.values() if one.due <= now)
        return sorted(ready, key=lambda one: (one.state.changed_ns, one.file.name))

    def drop(self, one: Waiting) -> None:
        """Forget a file that has left the inbox, or that has to settle anew."""
        self._waiting.pop(one.file, None)

    def is_complete(self, one: Waiting, now: float) -> bool:
        """Whether a file that cannot be read has had the time to become one that can."""
        return now >= self._complete_at(one)

    def wait_for_more(self, one: Waiting) -> None:
        """Look again at a file that cannot be read when the rest of it should have come."""
        self._waiting[one.file] = replace(one, due=self._complete_at(one))

    def put_off(self, one: Waiting, now: float, told: str) -> None:
        """Try again later, after a longer pause each time."""
        delay = min(FIRST_DELAY * 2**one.n_failed, LONGEST_DELAY)
        self._waiting[one.file] = replace(one, due=now + delay, n_failed=one.n_failed + 1, told=told)

    def pause(self, now: float, longest: float) -> float:
        """Seconds until the next file is due, and never more than `longest`."""
        return min(longest, *(max(one.due - now, 0.0) for one in self._waiting.values()), longest)

    def untried(self) -> list[Waiting]:
        """The files that have not failed yet."""
        return [one for one in self._waiting.values() if not one.n_failed]

    def _complete_at(self, one: Waiting) -> float:
        return one.since + PATIENCE * self.settle

    def _settling(self, file: Path, state: FileState, now: float) -> Waiting:
        # An empty file is mostly the beginning of a copy.
        return Waiting(file, state, now, now + self.settle * (1 if state.size else PATIENCE))
