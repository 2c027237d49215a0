"""What kinds of files there are: by what one is known, how its tables came about, and how it is spoken of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sayings:
    """What the sentences about such a file have of their own."""

    name: str
    """With which they begin."""
    kind: str
    """What the file should be: "history"."""
    damaged: str
    """What follows where it is damaged, with `{found}` for what was found: the remedy too."""
    nothing: str
    """What was not done: "nothing was changed"."""
    not_written: str
    """What follows where it cannot be written, with its comma or semicolon."""
    forbidden: str = ""
    """The same where one may not write."""
    again: str = ""
    """What may be said of starting again."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file."""

    application_id: int
    """What tells it from other kinds, and from the files of other programs that use SQLite."""
    migrations: tuple[str, ...]
    """The scripts that make its tables, one a version; one that was ever released is never changed."""
    sayings: Sayings
    is_private: bool = False
    """Only its owner may read it."""


def statements(script: str) -> list[str]:
    """A script's statements, each to be run inside one transaction with all others."""
    lines = (line for line in script.splitlines() if not line.startswith("--"))
    return [statement for statement in "\n".join(lines).split(";") if statement.strip()]
