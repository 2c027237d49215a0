"""A sentence with its parts kept apart, so that it can be said again in another language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self


class Message(str):
    """English text that remembers its pattern and what was filled in: to Python it is that text.

    A value may be a Message itself; it is then said in the other language too.
    """

    __slots__ = ("pattern", "values")
    pattern: str
    values: Mapping[str, object]

    def __new__(cls, pattern: str, values: Mapping[str, object]) -> Self:
        """The pattern with the values in place of their names in braces."""
        text = super().__new__(cls, pattern.format_map(values) if values else pattern)
        text.pattern, text.values = pattern, values
        return text

    def __reduce__(self) -> tuple[type[Self], tuple[str, Mapping[str, object]]]:
        """What a copy, here or in another process, is made from."""
        return type(self), (self.pattern, self.values)


def message(pattern: str, /, **values: object) -> Message:
    """A text to be shown to people, in English: `message("{cell} is text", cell="J9")`.

    The pattern is a literal, for the catalogue is made from the source; numbers are values as they shall be shown.
    """
    return Message(pattern, values)
