"""Inside sentences: small counts in words, names in a row, a capital and a full stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.formats import whole_gap
from milestone_reports.render.language import SOURCE_LANGUAGE, gettext, spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats

SMALL_NUMBERS = (
    "none", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def in_words(count: float, formats: Formats) -> str:
    """A count in a sentence: words up to twelve, then digits; in other languages than English, digits.

    A number word takes endings in most of them, by the case and gender of what is counted.
    """
    in_digits = spoken() != SOURCE_LANGUAGE or not 0 <= count < len(SMALL_NUMBERS)
    return formats.count(count) if in_digits else SMALL_NUMBERS[int(count)]


def sentence(text: str) -> str:
    """The text with a capital and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def joined(names: Sequence[str]) -> str:
    """Names, or parts of a sentence: `Approach, Need and Proof`; empty for none."""
    if not names:
        return ""
    *others, last = names
    return gettext("{several} and {last}", several=", ".join(others), last=last) if others else last


def gap_in_words(gap: float, tolerance: float, formats: Formats) -> str:
    """A gap without its sign: `three`; with its decimal where rounding would hide that it is over the tolerance."""
    whole = abs(whole_gap(gap))
    return in_words(whole, formats) if whole > tolerance else formats.gap_size(gap, tolerance)
