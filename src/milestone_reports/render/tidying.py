"""Page data as a message takes it: each text on one line, without control characters, cut to a readable length.

A message's plain part has no markup that could keep a name with a line break in its place. Must not know of messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from milestone_reports.domain.message import Message
from milestone_reports.domain.visible import visible

LONGEST_NAME, LONGEST_SENTENCE = 80, 300
"""In characters, the ellipsis with which a longer one ends among them."""

SENTENCES = frozenset({"found", "expected", "done", "fix", "sentence", "reason", "claimed_because"})
"""Fields that hold a sentence."""

TidyT = TypeVar("TidyT")


def tidied(value: TidyT, longest: int = LONGEST_NAME) -> TidyT:
    """The value, every text in it in one short line, however deep in dataclasses, lists and mappings."""
    return cast("TidyT", _tidied(value, longest))


def short_line(text: str, longest: int = LONGEST_NAME) -> str:
    """The text on one line, with nothing hidden in it, with an ellipsis where it was longer."""
    return visible(text, longest)


def short_text(text: str, longest: int = LONGEST_SENTENCE) -> str:
    """The same of sentences: one that is too long ends after a whole word."""
    line = visible(text)
    if len(line) <= longest:
        return line
    head = line[: longest - 1]
    return f"{(head.rpartition(' ')[0] or head).rstrip(' .,;:')}…"


def _tidied(value: object, longest: int) -> object:
    if isinstance(value, Message):
        return Message(value.pattern, {name: _tidied(part, longest) for name, part in value.values.items()})
    if isinstance(value, str):
        return short_text(value, longest) if longest == LONGEST_SENTENCE else short_line(value, longest)
    if isinstance(value, tuple | list):
        return tuple(_tidied(entry, longest) for entry in value)
    if isinstance(value, Mapping):
        return {name: _tidied(entry, longest) for name, entry in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _of_field(value, field.name, longest) for field in fields(value)})
    return value


def _of_field(owner: object, name: str, longest: int) -> object:
    return _tidied(getattr(owner, name), LONGEST_SENTENCE if name in SENTENCES else longest)
