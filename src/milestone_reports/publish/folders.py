"""Where a site and the one that will replace it lie on disk, and how the two change places.

For a site in `output`, everything else lies beside it, on the same file system: `.output.lock` is held while a build
runs, and `.output.staging-xxxxxxxx` is its workplace. That folder carries our marker, so that what a killed build left
can be told from a folder of the user's. In it, `site` is the new site and `aside` is the old one for the moment between
two renames, on systems which cannot exchange two folders in one step.

It must not know what is in a site.
"""

import ctypes
import errno
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from milestone_reports.domain.failure import CannotGoOnError, PublishingFailedError

MARKER = "made-by-milestone-reports.txt"
MARKER_TEXT = "A build of milestone-reports works here. The next build into the folder beside it removes this one.\n"
SITE, ASIDE, DISCARDED = "site", "aside", "discarded"

AT_FDCWD = -100
RENAME_EXCHANGE = 2
CANNOT_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}
"""What Linux answers where the kernel, or this file system, has no exchange."""


def site_folder(output: Path, workbooks: Sequence[Path] = ()) -> Path:
    """The absolute folder of a site, with its parent made.

    Raises: CannotGoOnError where a site cannot live there; PublishingFailedError where we may not write beside it.
    """
    site = output.resolve()
    if reason := why_no_site_there(site, workbooks):
        raise CannotGoOnError(
            f"Output folder '{output}': {reason}; a site needs a folder of its own. Fix: name another with -o."
        )
    with suppress(OSError):
        site.parent.mkdir(parents=True, exist_ok=True)
    if not os.access(site.parent, os.W_OK | os.X_OK):
        raise PublishingFailedError(
            f"Output folder '{output}': you may not write to '{site.parent}', where the new site is made beside "
            "the old one. Fix: name another folder with -o, or have that right given to you."
        )
    return site


def why_no_site_there(site: Path, workbooks: Sequence[Path]) -> str:
    """What speaks against a folder; empty where nothing does."""
    if site == site.parent:
        return "this is the root of the file system"
    if site.exists() and not site.is_dir():
        return "there is a file of this name"
    for workbook in workbooks:
        if workbook.resolve().is_relative_to(site):
            return f"the workbook '{workbook.name}' lies in it"
    # Replacing the folder that a shell stands in would leave that shell nowhere.
    return "this is the folder you are in, or one above it" if Path.cwd().is_relative_to(site) else ""


@contextmanager
def told_plainly(site: Path) -> Iterator[None]:
    """Turns what the file system refuses into one sentence for the user."""
    try:
        yield
    except OSError as error:
        where = f" at '{error.filename}'" if error.filename else ""
        raise PublishingFailedError(
            f"Output folder '{site}': the site could not be written ({error.strerror or error}{where}); the old site "
            "is as it was. Fix: see that the disk has room and that you may write there, or name another with -o."
        ) from error


@contextmanager
def only_build(site: Path, wait: float) -> Iterator[None]:
    """Holds the site's lock; the system gives it back even when this program is killed.

    Raises: PublishingFailedError when another build still holds it after so many seconds.
    """
    file = site.parent / f".{site.name}.lock"
    lock = FileLock(file, timeout=wait)
    with told_plainly(site):
        # The lock's own attempts would take a folder that cannot be written to for one that another build holds.
        file.touch()
        try:
            lock.acquire()
        except Timeout as timeout:
            raise PublishingFailedError(
                f"Output folder '{site}': another build is writing to it and was not done within {wait:g} seconds. "
                "Fix: wait for that build to end, then start yours again."
            ) from timeout
    try:
        yield
    finally:
        lock.release()


@contextmanager
def workplace(site: Path) -> Iterator[Path]:
    """A new folder beside the site for one build to work in; whatever a killed build left is cleared first."""
    with told_plainly(site):
        clear_leftovers(site)
        staging = Path(tempfile.mkdtemp(prefix=f".{site.name}.staging-", dir=site.parent))
        (staging / MARKER).write_text(MARKER_TEXT)
        (staging / SITE).mkdir()
    try:
        yield staging
    finally:
        with told_plainly(site):
            clear(staging, site)


def recover(output: Path, *, wait: float = 10) -> None:
    """Puts back a site that a killed build left aside, and removes what else such builds left; mostly there is nothing.

    Raises: PublishingFailedError where another build is at work, or the file system refuses.
    """
    site = output.resolve()
    if not site.parent.is_dir():
        return
    with only_build(site, wait), told_plainly(site):
        clear_leftovers(site)


def clear_leftovers(site: Path) -> None:
    """Clears every workplace of earlier builds into this site; its lock must be held."""
    name = re.compile(re.escape(f".{site.name}.staging-") + r"[a-z0-9_]{8}")
    for folder in sorted(site.parent.iterdir()):
        if name.fullmatch(folder.name) and folder.is_dir() and is_ours(folder):
            clear(folder, site)


def is_ours(folder: Path) -> bool:
    """Whether a folder carries our marker, or a kill came before there was anything in it."""
    return (folder / MARKER).is_file() or not any(folder.iterdir())


def clear(staging: Path, site: Path) -> None:
    """Puts the old site back if it still lies aside, then removes the workplace, as far as it can be removed."""
    aside = staging / ASIDE
    if aside.is_dir():
        # Never deleted under the name `aside`: half a deleted site must not be taken for a whole one later.
        aside.rename(site if is_vacant(site) else staging / DISCARDED)
    for tree in (SITE, DISCARDED):
        shutil.rmtree(staging / tree, ignore_errors=True)
    # The marker goes last, so that a kill during all this leaves a folder that can still be told as ours.
    if not (staging / SITE).exists() and not (staging / DISCARDED).exists():
        with suppress(OSError):
            (staging / MARKER).unlink(missing_ok=True)
            staging.rmdir()


def is_vacant(folder: Path) -> bool:
    """Whether nothing is at a folder's place, or an empty folder."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def replace_site(staging: Path, site: Path, *, in_one_step: bool = True) -> None:
    """Puts the new site in the old one's place; the old one is then in the workplace.

    With `in_one_step` False it takes the way of systems that cannot exchange two folders.
    """
    new = staging / SITE
    if not site.exists():
        new.rename(site)
    elif not (in_one_step and exchange(new, site)):
        replace_by_two_renames(staging, site)
    with suppress(OSError):  # the new site is there; only its safety against a power cut is in question
        flush(site.parent)


def exchange(one: Path, other: Path) -> bool:
    """Lets two folders change places in one step; False where this system cannot."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in CANNOT_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(other))


def replace_by_two_renames(staging: Path, site: Path) -> None:
    """Moves the old site aside and the new one in; a kill between the two is mended by the next `clear`."""
    site.rename(staging / ASIDE)
    (staging / SITE).rename(site)
    (staging / ASIDE).rename(staging / DISCARDED)


def flush(folder: Path) -> None:
    """Has the system write to disk what it still holds in memory for a folder's file system.

    One call for all: thousands of files flushed one by one take many times as long.
    """
    if sys.platform != "linux":
        if hasattr(os, "sync"):
            os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        ctypes.CDLL(None, use_errno=True).syncfs(descriptor)
    finally:
        os.close(descriptor)
