"""The password for the mail server: from the environment, or from a file that only its owner may read.

Nothing that is said of it has anything of it.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from shlex import quote

from milestone_reports.domain.failure import CannotGoOnError

LONGEST = 1000
MOST_BYTES = 4 * LONGEST + 1 + len(b"\r\n")
"""What the longest password takes in UTF-8, with its line end and the byte that would make it longer."""

ROOT = 0


class Password:
    """A password that is shown to nobody unless asked for by name."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Keep it."""
        self._text = text

    def reveal(self) -> str:
        """The password itself."""
        return self._text

    def __repr__(self) -> str:
        return "***"

    __str__ = __repr__

    def __format__(self, _form: str) -> str:
        return "***"


def password_in_variable(name: str, text: str) -> Password:
    """The password that a variable of the environment is set to.

    Raises: CannotGoOnError.
    """
    if fault := fault_of(text):
        raise CannotGoOnError(f"{name}: {fault}. Fix: set it to the password alone, or take it away.")
    return Password(text)


def password_in_file(file: Path) -> Password:
    """The password on the first line of a file, to which nobody but its owner has a right.

    Raises: CannotGoOnError.
    """
    line = first_bytes(file).partition(b"\n")[0].removesuffix(b"\r")
    text = line.decode("utf-8-sig", errors="surrogateescape")
    if fault := fault_of(text):
        raise CannotGoOnError(f"{file}: {fault}. Fix: write the password on its first line, and nothing else.")
    return Password(text)


def fault_of(text: str) -> str:
    """Why a text can be no password; empty where it can."""
    if not text:
        return "there is no password in it"
    if len(text) > LONGEST:
        return f"more than {LONGEST:,} characters are too many for a password"
    if any("\ud800" <= char <= "\udfff" for char in text):  # what stands for bytes that are no text
        return "it is not in UTF-8"
    if set(text) & set("\0\r\n"):
        return "there is a line break or a NUL in the password"
    return ""


def first_bytes(file: Path) -> bytes:
    """The beginning of a file of one's own.

    Raises: CannotGoOnError.
    """
    try:
        # A pipe under this name must not keep us waiting for whoever writes into it.
        opened = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        # Without the name, as some write the password itself there.
        raise CannotGoOnError(
            "mail.password_file: there is no such file. Fix: name one that is there, relative to the file of settings."
        ) from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "it cannot be opened").lower()
        raise CannotGoOnError(f"mail.password_file: {reason}. Fix: name a file that you may read.") from None
    try:
        refuse_open_to_others(file, os.fstat(opened))
        return os.read(opened, MOST_BYTES)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise CannotGoOnError(f"{file}: {reason}. Fix: name a file that can be read.") from None
    finally:
        os.close(opened)


def refuse_open_to_others(file: Path, found: os.stat_result) -> None:
    """Refuse a file that is no file, is somebody else's, or is open to others; on Windows the rights are not looked at.

    Raises: CannotGoOnError.
    """
    if not stat.S_ISREG(found.st_mode):
        raise CannotGoOnError(f"{file}: this is no file. Fix: name the file with the password as mail.password_file.")
    if os.name != "posix":
        return
    if found.st_uid not in {os.geteuid(), ROOT}:
        raise CannotGoOnError(f"{file}: it belongs to somebody else, who can change it. Fix: name a file of your own.")
    if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        remedy = f"chmod 600 {quote(str(file))}"
        raise CannotGoOnError(f"{file}: others than its owner have rights to it. Fix: {remedy}")
