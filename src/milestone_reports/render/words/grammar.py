"""Inside sentences: small counts in words, the noun that goes with a count, a capital and a full stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.formats import whole_gap

if TYPE_CHECKING:
    from milestone_reports.render.formats import Formats

SMALL_NUMBERS = (
    "none", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def in_words(count: float, formats: Formats) -> str:
    """A count in a sentence: words up to twelve, then digits."""
    return SMALL_NUMBERS[int(count)] if 0 <= count < len(SMALL_NUMBERS) else formats.count(count)


def count_of(count: float, one: str, formats: Formats, many: str = "") -> str:
    """A count with its noun, in a sentence: `no milestones`, `one milestone`, `two milestones`."""
    return f"{in_words(count, formats) if count else 'no'} {counted(count, one, many)}"


def counted(count: float, one: str, many: str = "") -> str:
    """The noun that goes with a count: `milestone` or `milestones`."""
    return one if count == 1 else many or f"{one}s"


def sentence(text: str) -> str:
    """The text with a capital and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def gap_in_words(gap: float, tolerance: float, formats: Formats) -> str:
    """A gap without its sign: `three`; with its decimal where rounding would hide that it is over the tolerance."""
    whole = abs(whole_gap(gap))
    return in_words(whole, formats) if whole > tolerance else formats.gap_size(gap, tolerance)
