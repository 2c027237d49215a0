"""Names as people type them: matched whatever their case, spacing, punctuation, accents; the nearest one offered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from milestone_reports.domain.visible import visible


def without_accents(text: str) -> str:
    """The text with its accents taken off and its case folded."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def key(text: str) -> str:
    """What two spellings of one name have in common: letters and digits only."""
    return "".join(char for char in without_accents(text) if char.isalnum())


def person_key(name: str) -> str:
    """What two spellings of one person's name have in common: its words in any order."""
    words = re.findall(r"\w+", without_accents(name))
    return " ".join(sorted(words))


def one_line(text: str) -> str:
    """The text with its line breaks and runs of spaces folded into single spaces."""
    return " ".join(text.split())


def nearest(name: str, known: Iterable[str], cutoff: float = 0.72) -> str | None:
    """The known name that is spelt most like this one, if any is near."""
    by_key = {key(candidate): candidate for candidate in known}
    close = get_close_matches(key(name), by_key, n=1, cutoff=cutoff)
    return by_key[close[0]] if close else None


def quoted(text: str, longest: int = 60) -> str:
    """The user's own text in single quotes, on one line and cut to a readable length."""
    return f"'{visible(text, longest)}'"
