"""What SQLite or the disk refused, as one sentence with its place and its remedy."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError

BUSY, FULL, DAMAGED, FORBIDDEN = (
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL},
    {sqlite3.SQLITE_FULL},
    {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT},
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH},
)


@contextmanager
def told_plainly(file: Path, wait: float) -> Iterator[None]:
    """Whatever goes wrong with the file is one sentence.

    Raises: CannotGoOnError.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise CannotGoOnError(_refused(file, wait, error)) from error
    except UnicodeDecodeError as error:  # where SQLite itself says what is wrong in bytes that are no text
        raise CannotGoOnError(damaged(file, "what stands there cannot be read")) from error
    except (FileExistsError, NotADirectoryError) as error:
        raise CannotGoOnError(
            f"State folder '{file.parent}': there is a file of this name. Fix: name a folder with --state."
        ) from error
    except PermissionError as error:
        raise CannotGoOnError(forbidden(file)) from error
    except OSError as error:
        raise CannotGoOnError(_failed(file, error.strerror or str(error))) from error


@contextmanager
def readable(file: Path) -> Iterator[None]:
    """Whatever stands in the file and cannot have been written by this program is one sentence.

    Raises: CannotGoOnError.
    """
    try:
        yield
    except (zlib.error, ValueError, LookupError, TypeError) as error:
        raise CannotGoOnError(damaged(file, "what stands there cannot be read")) from error


def damaged(file: Path, found: str) -> str:
    """Of a file that cannot be trusted."""
    return (
        f"History '{file}': it is damaged ({found}). Fix: put a backup of it in its place, or move it away and import "
        "the old workbooks again; history verify says what is wrong with it."
    )


def not_a_history(file: Path) -> str:
    """Of a file that another program made."""
    return (
        f"History '{file}': it is no history of this program. Fix: move it away, put a backup in its place, "
        "or name another folder with --state."
    )


def too_new(file: Path, version: int, known: int) -> str:
    """Of a file that a later version of the program wrote."""
    return (
        f"History '{file}': a newer version of this program wrote it (its layout is {version}, and {known} is the last "
        "that this one knows); nothing was changed. Fix: use the newer version."
    )


def forbidden(file: Path) -> str:
    """Of a file or folder that may not be written."""
    return (
        f"History '{file}': you may not write to it or to its folder. "
        "Fix: name another folder with --state, or have that right given to you."
    )


def _refused(file: Path, wait: float, error: sqlite3.Error) -> str:
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)  # Python's own, such as text that is no UTF-8
    primary = code & 0xFF
    if primary in BUSY:
        return (
            f"History '{file}': another program is writing to it and was not done within {wait:g} seconds. "
            "Fix: wait for that to end, then start yours again."
        )
    if primary in FULL:
        return f"History '{file}': the disk is full; nothing was changed. Fix: free some space, then start again."
    if primary in FORBIDDEN:
        return forbidden(file)
    return damaged(file, str(error)) if primary in DAMAGED else _failed(file, str(error))


def _failed(file: Path, reason: str) -> str:
    return (
        f"History '{file}': the disk or the network failed ({reason}); nothing was changed. "
        "Fix: see that the folder can be reached and has space, then start again."
    )
