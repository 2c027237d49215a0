"""The watch itself: looks into the inbox, takes what is due, waits; tells each thing that happens in a line."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from milestone_reports.build import Request
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.watch.bell import Bell
from milestone_reports.watch.inbox import Inbox, reason_of
from milestone_reports.watch.queue import PATIENCE, Queue, Waiting
from milestone_reports.watch.rejecting import finish_rejections
from milestone_reports.watch.taking import Taken, take

LOOKED_AFTER = 10.0
"""Seconds after which the inbox is looked into although nothing was heard of it: on a network share nothing may be."""

ONCE_AT_MOST = 60.0
"""Seconds that `once` gives files to stop changing."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The time, which only the command line knows."""

    now: Callable[[], datetime]
    """In the place where the program runs."""
    seconds: Callable[[], float]
    """Since whenever; it never goes back."""


@dataclass(frozen=True, slots=True)
class Line:
    """What happened, and whether somebody has to look after it."""

    says: str
    is_trouble: bool = False


Tell = Callable[[Line], None]


@dataclass(slots=True)
class Tally:
    """What became of files."""

    n_published: int = 0
    n_rejected: int = 0
    failed: set[Path] = field(default_factory=set)
    """Still in the inbox through no fault of theirs."""


class Watcher:
    """Takes the files of one inbox one after the other."""

    def __init__(
        self, inbox: Inbox, request: Request, settle: float, clock: Clock, tell: Callable[[Line], None]
    ) -> None:
        self._inbox = inbox
        self._request = request
        self._queue = Queue(settle)
        self._clock = clock
        self._tell = tell
        self._lost = False
        self.tally = Tally()

    def watch(self, bell: Bell) -> None:
        """Take every file that comes, until the bell is stopped."""
        self._mend()
        while not bell.stopped:
            was_lost = self._lost
            pause = self._round(bell)
            if was_lost and not self._lost:
                bell.listen_anew()
            bell.wait(pause)

    def once(self, bell: Bell) -> Tally:
        """Take what is there now, each file once, as soon as it has settled."""
        self._mend()
        waited = 0.0
        while not bell.stopped:
            pause = self._round(bell)
            left = self._queue.untried()
            if self._lost or not left:
                break
            if waited > ONCE_AT_MOST + PATIENCE * self._queue.settle:
                names = ", ".join(one.file.name for one in left)
                self._tell(Line(f"{names}: still changing after {waited:.0f} seconds; left for the next time", True))
                break
            bell.wait(pause)
            waited += pause
        return self.tally

    def _mend(self) -> None:
        """Finish what a kill has left half done; where that fails, the next rejection does it."""
        with suppress(OSError):
            finish_rejections(self._inbox)

    def _round(self, bell: Bell) -> float:
        """Take the files that are due; seconds until there is something to do again."""
        try:
            self._queue.look(self._inbox.files(), self._clock.seconds())
        except OSError as error:
            self._out_of_reach(reason_of(error))
            return LOOKED_AFTER
        if self._lost:
            self._lost = False
            self._tell(Line(f"{self._inbox.folder} is back"))
        for one in self._queue.due(self._clock.seconds()):
            if bell.stopped:
                break
            self._take(one)
        return self._queue.pause(self._clock.seconds(), LOOKED_AFTER)

    def _out_of_reach(self, reason: str) -> None:
        if not self._lost:
            self._lost = True
            self._tell(Line(f"{self._inbox.folder} cannot be reached ({reason}); waiting for it", is_trouble=True))

    def _take(self, one: Waiting) -> None:
        """Take a file, and see that it is looked at again where it stays."""
        started = self._clock.seconds()
        complete = self._queue.is_complete(one, started)
        try:
            taken = take(one.file, one.state, self._inbox, self._request, self._clock.now(), complete=complete)
        except CannotGoOnError as error:
            self._failed(one, str(error))
        except OSError as error:
            self._failed(one, f"{reason_of(error)} at '{error.filename}'")
        except Exception as error:  # noqa: BLE001  the program's fault with one file must not keep it from the others
            self._failed(one, f"the program failed ({type(error).__name__}: {error}); please report it")
        else:
            self._settled(one, taken, self._clock.seconds() - started)

    def _failed(self, one: Waiting, reason: str) -> None:
        self.tally.failed.add(one.file)
        self._put_off(one, f"{one.file.name} was not published and stays in the inbox: {reason}")

    def _put_off(self, one: Waiting, says: str) -> None:
        """Try again later; the same reason is told once."""
        if says != one.told:
            self._tell(Line(says, is_trouble=True))
        self._queue.put_off(one, self._clock.seconds(), says)

    def _settled(self, one: Waiting, taken: Taken, seconds: float) -> None:
        match taken.fate:
            case "incomplete":
                self._queue.wait_for_more(one)
            case "busy":
                self._put_off(one, taken.says)
            case "changed":
                self._queue.drop(one)  # it is seen again, and settles
            case _:
                self._gone(one, taken, seconds)

    def _gone(self, one: Waiting, taken: Taken, seconds: float) -> None:
        """A file has left the inbox."""
        self._queue.drop(one)
        self.tally.failed.discard(one.file)
        self.tally.n_published += taken.fate == "published"
        self.tally.n_rejected += taken.fate == "rejected"
        took = f", {seconds:.1f} s" if taken.fate == "published" else ""
        self._tell(Line(f"{taken.says}{took}", is_trouble=taken.fate == "rejected"))
