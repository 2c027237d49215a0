"""A file's bytes, read once and whole, so that all that looks at them sees the same; must not know what they mean."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError

MOST_BYTES = 128 * 1024 * 1024
"""Of a file: a workbook of a hundred thousand opportunities has ten million."""

WITHOUT_WAITING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
"""A pipe that nobody writes to must not hold up the reading."""

OPEN_ELSEWHERE = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY, errno.EAGAIN}


def read_file(path: Path) -> bytes:
    """The bytes of a file.

    Raises: CannotGoOnError where it is none, may not be read, is too large, or changes meanwhile.
    """
    try:
        number = os.open(path, WITHOUT_WAITING)
    except (OSError, ValueError) as error:
        raise _not_opened(path, error) from error
    try:
        before = os.fstat(number)
        _refuse_what_is_no_file(path, before)
        content = _read(number, before.st_size)
        after = os.fstat(number)
    except OSError as error:
        raise _broken_off(path, error) from error
    finally:
        os.close(number)
    if (len(content), after.st_size, after.st_mtime_ns) != (before.st_size, before.st_size, before.st_mtime_ns):
        raise CannotGoOnError(
            f"{path.name}: it changed while it was read; it is being saved or copied. "
            "Fix: wait until that is done, then try again."
        )
    if not content:
        raise CannotGoOnError(
            f"{path.name}: an empty file; a workbook (.xlsx or .xlsm) was expected. "
            "Fix: copy or download the workbook again."
        )
    return content


def _read(number: int, size: int) -> bytes:
    """As many bytes as the file had, and one more if it has grown."""
    pieces = []
    missing = size + 1
    while missing and (piece := os.read(number, missing)):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


def _refuse_what_is_no_file(path: Path, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise _folder(path)
    if not stat.S_ISREG(found.st_mode):
        raise CannotGoOnError(
            f"{path}: a device or a pipe, not a file; a workbook (.xlsx or .xlsm) was expected. Fix: name its file."
        )
    if found.st_size > MOST_BYTES:
        raise CannotGoOnError(
            f"{path.name}: a file of {found.st_size / 2**20:,.0f} MB; up to {MOST_BYTES // 2**20} MB are read. "
            "Fix: save the sheet of opportunities as a workbook of its own."
        )


def _not_opened(path: Path, error: OSError | ValueError) -> CannotGoOnError:
    number = getattr(error, "errno", None)
    if number in {errno.ENOENT, errno.ENOTDIR}:
        return CannotGoOnError(f"{path}: no such file. Fix: check the name and the folder.")
    if number == errno.ELOOP:
        return CannotGoOnError(f"{path}: a link that leads back to itself. Fix: name the workbook, not the link.")
    if path.is_dir():  # Windows opens no folder
        return _folder(path)
    if number in OPEN_ELSEWHERE:
        return CannotGoOnError(
            f"{path}: it may not be read (permission denied). "
            "Fix: close it in other programs, or ask its owner for access."
        )
    if isinstance(error, ValueError) or number in {errno.ENAMETOOLONG, errno.EINVAL}:
        return CannotGoOnError(f"{path}: no name that a file can have. Fix: check the name.".replace("\0", "?"))
    return _broken_off(path, error)


def _broken_off(path: Path, error: OSError) -> CannotGoOnError:
    return CannotGoOnError(
        f"{path}: the reading broke off ({(error.strerror or 'no reason given').lower()}). "
        "Fix: check that its network or disk is connected, then try again; or copy the file elsewhere first."
    )


def _folder(path: Path) -> CannotGoOnError:
    return CannotGoOnError(f"{path}: a folder; one workbook (.xlsx or .xlsm) was expected. Fix: name the file in it.")
