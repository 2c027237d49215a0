"""What SQLite or the disk refused, as one sentence with its place and its remedy."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.kept_file.kinds import Sayings

BUSY, FULL, DAMAGED, FORBIDDEN = (
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL},
    {sqlite3.SQLITE_FULL},
    {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT},
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH},
)


@contextmanager
def told_plainly(file: Path, says: Sayings, wait: float) -> Iterator[None]:
    """Whatever goes wrong with the file is one sentence.

    Raises: CannotGoOnError.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise CannotGoOnError(_refused(file, says, wait, error)) from error
    except UnicodeDecodeError as error:  # where SQLite itself says what is wrong in bytes that are no text
        raise CannotGoOnError(damaged(file, says, "what stands there cannot be read")) from error
    except (FileExistsError, NotADirectoryError) as error:
        raise CannotGoOnError(
            f"State folder '{file.parent}': there is a file of this name. Fix: name a folder with --state."
        ) from error
    except PermissionError as error:
        raise CannotGoOnError(forbidden(file, says)) from error
    except OSError as error:
        raise CannotGoOnError(_failed(file, says, error.strerror or str(error))) from error


@contextmanager
def readable(file: Path, says: Sayings) -> Iterator[None]:
    """Whatever stands in the file and cannot have been written by this program is one sentence.

    Raises: CannotGoOnError.
    """
    try:
        yield
    except (zlib.error, ValueError, LookupError, TypeError) as error:
        raise CannotGoOnError(damaged(file, says, "what stands there cannot be read")) from error


def damaged(file: Path, says: Sayings, found: str) -> str:
    """Of a file that cannot be trusted."""
    return f"{says.name} '{file}': {says.damaged.format(found=found)}"


def of_another(file: Path, says: Sayings) -> str:
    """Of a file that another program made."""
    return (
        f"{says.name} '{file}': this is no {says.kind} of this program. Fix: move it away, put a backup in its place, "
        "or name another folder with --state."
    )


def too_new(file: Path, says: Sayings, version: int, known: int) -> str:
    """Of a file that a later version of the program wrote."""
    return (
        f"{says.name} '{file}': a newer version of this program wrote it (its layout is {version}, and {known} is the "
        f"last that this one knows); {says.nothing}. Fix: use the newer version."
    )


def forbidden(file: Path, says: Sayings) -> str:
    """Of a file or folder that may not be written."""
    return (
        f"{says.name} '{file}': you may not write to it or to its folder{says.forbidden}. "
        "Fix: name another folder with --state, or have that right given to you."
    )


def _refused(file: Path, says: Sayings, wait: float, error: sqlite3.Error) -> str:
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)  # Python's own, such as text that is no UTF-8
    primary = code & 0xFF
    if primary in BUSY:
        return (
            f"{says.name} '{file}': another program is writing to it and was not done within {wait:g} seconds. "
            "Fix: wait for that to end, then start yours again."
        )
    if primary in FULL:
        return (
            f"{says.name} '{file}': the disk is full{says.not_written}. "
            f"Fix: free some space, then start again{says.again}."
        )
    if primary in FORBIDDEN:
        return forbidden(file, says)
    return damaged(file, says, str(error)) if primary in DAMAGED else _failed(file, says, str(error))


def _failed(file: Path, says: Sayings, reason: str) -> str:
    return (
        f"{says.name} '{file}': the disk or the network failed ({reason}){says.not_written}. "
        f"Fix: see that the folder can be reached and has space, then start again{says.again}."
    )
