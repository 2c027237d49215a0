"""Wakes the watcher when something happens in the inbox, or when it shall stop. The only importer of watchfiles."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

from watchfiles import watch

AGAIN_AFTER = 5.0
"""Seconds before a folder that could not be listened to is tried again."""

TOLD_AT_MOST_EVERY, POLLED_EVERY = 250, 500
"""Milliseconds."""


class Bell:
    """Rings when the folder changes; waiting for it also ends after a time, as events can be lost."""

    def __init__(self) -> None:
        self._rung = Event()
        self._stopped = Event()
        self._anew = Event()

    @property
    def stopped(self) -> bool:
        """Whether it was asked to stop."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Ask to stop; may be called from a signal's handler."""
        self._stopped.set()
        self._anew.set()
        self._rung.set()

    def wait(self, seconds: float) -> None:
        """Wait for a change, or for so long."""
        self._rung.wait(seconds)
        self._rung.clear()

    def listen(self, folder: Path, *, polling: bool) -> None:
        """Ring at every change in the folder itself from now on."""
        Thread(target=self._listen, args=(folder,), kwargs={"polling": polling}, daemon=True).start()

    def listen_anew(self) -> None:
        """Listen to the folder that now has the name: the one listened to is gone."""
        self._anew.set()

    def _listen(self, folder: Path, *, polling: bool) -> None:
        while not self.stopped:
            self._anew.clear()
            try:
                self._ring_at_changes(folder, polling=polling)
            except (OSError, RuntimeError):  # the folder is gone for now, or the system has no more of these to give
                self._stopped.wait(AGAIN_AFTER)

    def _ring_at_changes(self, folder: Path, *, polling: bool) -> None:
        changes = watch(
            folder, watch_filter=None, debounce=TOLD_AT_MOST_EVERY, stop_event=self._anew, rust_timeout=1000,
            force_polling=polling or None, poll_delay_ms=POLLED_EVERY, recursive=False, raise_interrupt=False,
            ignore_permission_denied=True,
        )  # fmt: skip
        for _ in changes:
            self._rung.set()
