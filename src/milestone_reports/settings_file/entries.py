"""The entries of a settings file by their types, each complaint with the file and the key.

Must not know what they mean.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.names import nearest, quoted

LARGEST = 1_000_000
"""Bytes; a settings file is a few lines."""


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
        """A text without line breaks at its ends; empty where it is not there.

        Raises: CannotGoOnError where it is something else.
        """
        value = self.values.get(name, "")
        if not isinstance(value, str):
            raise self.fault(
                name, f"{quoted(toml_text(value))} is no text; {meaning} was expected", f'write {name} = "..."'
            )
        return value.strip()

    def path(self, name: str, meaning: str) -> Path | None:
        """A path that is relative to the file; None where it is not there.

        Raises: CannotGoOnError where it is no text.
        """
        value = self.text(name, meaning)
        return self.file.parent / value if value else None

    def inner(self, name: str) -> Entries:
        """A table of the file; an empty one where it is not there.

        Raises: CannotGoOnError where it is something else.
        """
        value = self.values.get(name, {})
        if not isinstance(value, dict):
            raise self.fault(name, f"{quoted(toml_text(value))} is no table", f"write [{name}] on a line of its own")
        return Entries(self.file, name, value)

    def fault(self, name: str, found: str, remedy: str) -> CannotGoOnError:
        """What is wrong with an entry, and what to do."""
        place = f"{self.table}.{name}" if self.table else name
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
    except tomllib.TOMLDecodeError as error:
        raise CannotGoOnError(
            f'{file}: it is no TOML: {error}. Fix: mend that place; a text stands in quotes, as in company = "North".'
        ) from error


def or_list(names: Collection[str]) -> str:
    """The names with commas, and an or before the last."""
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def toml_text(value: object) -> str:
    """A value as it could stand in the file."""
    return str(value).lower() if isinstance(value, bool) else str(value)
