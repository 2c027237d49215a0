"""One watcher to an inbox: two would build the same file twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.watch.inbox import DONE, REJECTED, Inbox

LOCK = ".milestone-reports-watch.lock"


@contextmanager
def only_watcher(inbox: Inbox, output: Path) -> Iterator[None]:
    """Holds the inbox's lock; the system gives it back even when this program is killed.

    Raises: CannotGoOnError where another watcher has it, or the inbox is not there, may not be written to, would be
    inside the site, or has a file where its own folders have to be.
    """
    if inbox.folder.resolve().is_relative_to(output.resolve()):
        raise CannotGoOnError(
            f"Output folder '{output}': the inbox lies in it; a site needs a folder of its own. "
            "Fix: name another with -o."
        )
    for name in (DONE, REJECTED):
        if (inbox.folder / name).is_file():
            raise CannotGoOnError(
                f"Inbox '{inbox.folder}': there is a file named '{name}', where a folder for what was taken has to be. "
                "Fix: give the file another name."
            )
    file = inbox.folder / LOCK
    lock = FileLock(file, timeout=0)
    try:
        # The lock's own attempts would take a folder that cannot be written to for one that another watcher holds.
        file.touch()
        lock.acquire()
    except Timeout as error:
        raise CannotGoOnError(
            f"Inbox '{inbox.folder}': another watch is at work there. "
            "Fix: let that one do it, or end it and start this one again."
        ) from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise CannotGoOnError(
            f"Inbox '{inbox.folder}': there is no such folder. Fix: make it, or check the name."
        ) from error
    except (OSError, NotImplementedError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise CannotGoOnError(
            f"Inbox '{inbox.folder}': nothing can be kept there ({reason}). Fix: have the right to write and to lock "
            "files there given to you."
        ) from error
    try:
        yield
    finally:
        lock.release()
