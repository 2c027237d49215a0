"""The entries of a settings file by their types, each complaint with the file and the key.

Must not know what they mean.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.names import nearest, one_line, quoted

LARGEST = 1_000_000
"""Bytes; a settings file is a few lines."""

LONGEST_PATH = 500
LONGEST_SAYING = 160
LONGEST_NUMBER = 10**60
LONGEST_LIST = 100

BARE_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")
UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
"""Control characters apart from the tab, those that turn the line round, and those that are none."""


Read = TypeVar("Read")


class UnusableError(Exception):
    """A text is not what it should be: what was found, and the remedy; where it stands is for the caller to say."""

    def __init__(self, found: str, remedy: str) -> None:
        """Keep the two apart."""
        super().__init__(found)
        self.found, self.remedy = found, remedy


@dataclass(frozen=True, slots=True)
class Entries:
    """One table of the file, or the file itself."""

    file: Path
    table: str
    """Empty for the file itself."""
    values: Mapping[str, object]

    def known_only(self, known: Collection[str]) -> None:
        """Refuse an entry that is none of these.

        Raises: CannotGoOnError.
        """
        for name, value in self.values.items():
            if name not in known:
                kind = "table" if isinstance(value, dict) else "key"
                near = nearest(name, known)
                remedy = f"write {near}" if near else f"use {or_list(known)}, or take it out"
                raise self.fault(name, f"there is no {kind} of this name", remedy)

    def text(self, name: str, meaning: str) -> str:
        """A text of one line, without spaces at its ends; empty where it is not there.

        Raises: CannotGoOnError where it is something else.
        """
        value = self.values.get(name, "")
        if not isinstance(value, str):
            raise self.fault(name, f"{shown(value)} is no text; {meaning} was expected", f'write {name} = "..."')
        return self._by(line_of, name, value)

    def text_as(self, name: str, meaning: str, read: Callable[[str], Read], otherwise: Read) -> Read:
        """What a text of one line says, read by this function; the last where it is not there, or empty.

        Raises: CannotGoOnError where it is something else.
        """
        line = self.text(name, meaning)
        return self._by(read, name, line) if line else otherwise

    def texts_as(self, name: str, meaning: str, read: Callable[[str], Read]) -> tuple[Read, ...]:
        """What a list of texts of one line says, each read by this function; none where it is not there.

        Raises: CannotGoOnError where it is something else.
        """
        values = self._list(name, meaning, f'write {name} = ["..."]')
        for value in values:
            if not isinstance(value, str):
                raise self.fault(name, f"{shown(value)} in it is no text; {meaning} was expected", "write it in quotes")
        return tuple(self._by(read, name, self._by(line_of, name, str(value))) for value in values)

    def integer(self, name: str, meaning: str, allowed: range) -> int | None:
        """A whole number within these; None where it is not there.

        Raises: CannotGoOnError where it is something else.
        """
        value = self.values.get(name)
        if value is None:
            return None
        remedy = f"write a number from {allowed.start} to {allowed.stop - 1}, without quotes"
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(name, f"{shown(value)} is no whole number; {meaning} was expected", remedy)
        if value not in allowed:
            raise self.fault(name, f"{shown(value)} is out of range", remedy)
        return value

    def numbers(self, name: str, meaning: str, most: float) -> tuple[float, ...] | None:
        """A list of numbers from 0 to this one; None where it is not there.

        Raises: CannotGoOnError where it is something else.
        """
        if name not in self.values:
            return None
        values = self._list(name, meaning, f"write {name} = [5, 30] or the like")
        for value in values:
            if not isinstance(value, int | float) or isinstance(value, bool):
                raise self.fault(name, f"{shown(value)} in it is no number", "write numbers alone, without quotes")
            if not 0 <= value <= most:  # of what is no number, nan, neither holds
                raise self.fault(name, f"{shown(value)} in it is out of range", f"write numbers from 0 to {most:g}")
        return tuple(float(value) for value in values if isinstance(value, int | float))

    def _list(self, name: str, meaning: str, remedy: str) -> Sequence[object]:
        values = self.values.get(name, [])
        if not isinstance(values, list):
            raise self.fault(name, f"{shown(values)} is no list; {meaning} was expected", remedy)
        if len(values) > LONGEST_LIST:
            raise self.fault(name, f"its {len(values):,} entries are too many", f"write up to {LONGEST_LIST}")
        return values

    def _by(self, read: Callable[[str], Read], name: str, text: str) -> Read:
        try:
            return read(text)
        except UnusableError as unusable:
            raise self.fault(name, unusable.found, unusable.remedy) from unusable

    def path(self, name: str, meaning: str) -> Path | None:
        """A path that is relative to the file; None where it is not there.

        Raises: CannotGoOnError where it is no text, or too long for a path.
        """
        value = self.text(name, meaning)
        if len(value) > LONGEST_PATH:
            raise self.fault(name, f"{len(value):,} characters are too many for a path", "name a shorter one")
        return self.file.parent / value if value else None

    def inner(self, name: str) -> Entries:
        """A table of the file; an empty one where it is not there.

        Raises: CannotGoOnError where it is something else.
        """
        value = self.values.get(name, {})
        if not isinstance(value, dict):
            raise self.fault(name, f"{shown(value)} is no table", f"write [{name}] on a line of its own")
        return Entries(self.file, name, value)

    def fault(self, name: str, found: str, remedy: str) -> CannotGoOnError:
        """What is wrong with an entry, and what to do."""
        key = name if BARE_KEY.fullmatch(name) else shown(name)
        place = f"{self.table}.{key}" if self.table else key
        return CannotGoOnError(f"{self.file}, {place}: {found}. Fix: {remedy}.")


def entries_of(file: Path) -> Entries:
    """The entries of a settings file.

    Raises: CannotGoOnError where it is not there, cannot be read, or is no TOML.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise CannotGoOnError(f"{file}: far too long for a file of settings. Fix: name another file.")
        return Entries(file, "", tomllib.loads(content.decode("utf-8-sig")))
    except FileNotFoundError as error:
        raise CannotGoOnError(
            f"{file}: this file of settings is not there. Fix: name one that is, or leave --config out."
        ) from error
    except OSError as error:
        reason = (error.strerror or "it could not be read").lower()
        raise CannotGoOnError(f"{file}: {reason}. Fix: name a file that can be read.") from error
    except UnicodeDecodeError as error:
        raise CannotGoOnError(f"{file}: it is not in UTF-8. Fix: save it as UTF-8.") from error
    except RecursionError as error:
        raise CannotGoOnError(f"{file}: arrays or tables lie too deep in one another. Fix: take them out.") from error
    except tomllib.TOMLDecodeError as error:
        raise CannotGoOnError(
            f"{file}: it is no TOML: {told(error)}. "
            'Fix: mend that place; a text stands in quotes, as in company = "North".'
        ) from error
    except ValueError as error:  # what Python says of a number of thousands of digits
        raise CannotGoOnError(
            f"{file}: there is a number of thousands of digits in it. Fix: take it out; no setting is that large."
        ) from error


def line_of(text: str) -> str:
    """A text of one line, without spaces at its ends.

    Raises: UnusableError.
    """
    line = text.strip()
    if len(line.splitlines()) > 1:
        raise UnusableError("there is a line break in it", "write it on one line")
    if unseen := UNSEEN.search(line):
        raise UnusableError(f"there is a character in it that cannot be shown (U+{ord(unseen[0]):04X})", "take it out")
    return line


def told(error: tomllib.TOMLDecodeError) -> str:
    """What is wrong and where, without the middle of a key that goes on and on."""
    said = printable(str(error))
    return said if len(said) <= LONGEST_SAYING else f"{said[:60]}…{said[-60:]}"


def or_list(names: Collection[str]) -> str:
    """The names with commas, and an or before the last."""
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def shown(value: object) -> str:
    """A value about as it stands in the file, quoted, on one line, cut to a readable length."""
    return quoted(printable(toml_text(value)))


def printable(text: str) -> str:
    """The text on one line, with what cannot be seen, or would turn the line round, written as TOML writes it."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in one_line(text))


def toml_text(value: object) -> str:
    """A value as it could stand in the file; of a table or an array only that it is one."""
    match value:
        case bool():
            return str(value).lower()
        case int() if abs(value) > LONGEST_NUMBER:
            return hex(value)  # as Python refuses to write it in decimal digits
        case dict():
            return "{...}"
        case list():
            return "[...]"
        case _:
            return str(value)
