"""How wide a text is in the page's typeface, and how many lines it takes: estimates that err on the safe side.

All lengths are millimetres, type sizes are points. Must not know of pages or of what is said.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, normalize

POINT = 25.4 / 72
EMS = {
    0.2: " ", 0.28: "',.:;ijl|’", 0.32: "!fI", 0.35: "()-[]{}/\\", 0.38: "rt", 0.46: "*s?z", 0.48: "c–",
    0.52: '"J_vxy#$+0123456789<=>FLY^aeg~', 0.56: "EVZkASTX`hnou", 0.6: "CbdpqBKPR", 0.66: "&DGNU", 0.68: "HOQ",
    0.8: "MwW", 0.88: "@%m",
}  # fmt: skip
"""Widths of the typeface's semibold, in parts of its size, each character under the next wider step."""
EM_OF = {char: width for width, chars in EMS.items() for char in chars}
ANY_LETTER, FULL_WIDTH, EMOJI = 0.66, 1.0, 1.3
FIRST_FULL_WIDTH = "⺀"
EMOJIS = range(0x1F000, 0x20000)
NO_WIDTH = {"Mn", "Me", "Cf"}
"""Categories of marks that stand on a letter, and of what only rules how letters join and run."""


def text_width(text: str, points: float) -> float:
    """How wide a text is at most in the page's typeface."""
    return sum(map(em_of, text)) * points * POINT


def em_of(char: str) -> float:
    """A character's width in parts of the type size; an accented letter is as wide as its base."""
    base = EM_OF.get(char) or EM_OF.get(normalize("NFKD", char)[:1])
    if base:
        return base
    if category(char) in NO_WIDTH:
        return 0.0
    if ord(char) in EMOJIS:
        return EMOJI
    return FULL_WIDTH if char >= FIRST_FULL_WIDTH else ANY_LETTER


@lru_cache(maxsize=20_000)
def n_lines(text: str, width: float, points: float) -> int:
    """The lines a text takes in a column, broken at its spaces; a word too long for a line is broken anywhere."""
    lines, used = 1, 0.0
    space = text_width(" ", points)
    for word in text.split():
        size = text_width(word, points)
        if used and used + space + size > width:
            lines, used = lines + 1, 0.0
        lines += int(size // width)
        used += space + (size % width if size > width else size)
    return lines
