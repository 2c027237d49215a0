"""Texts from outside as a person sees them: on one line, nothing hidden in them, no longer than can be read.

Whatever a workbook or the name of a file says goes through here before it is shown or written anywhere. Must not know
where that is.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_NAME, LONGEST_TEXT = 200, 2_000
"""Characters of a name, of whomever or whatever; and of what is written in sentences, such as evidence."""

FAR = 10 * LONGEST_TEXT
"""Behind so many characters nothing is looked at."""

MOST_MARKS = 8
"""On one letter: accents, vowels and what else is written over and under it. No script has as many."""

UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # control characters, those that steer a terminal among them
    "\u202a-\u202e\u2066-\u2069"  # these turn round what follows, and may do so beyond the text
    "\xad\u034f\u115f\u1160\u180e\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0"  # of no width, or blank
    "\ufff9-\ufffb\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # remarks and labels that are never shown
    "\ud800-\udfff\ufdd0-\ufdef"  # no characters at all
    f"{''.join(chr((plane << 16) + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))}]"
)
"""Characters that are not seen but change what is read, or what a program makes of the text.

Not among them: U+200C and U+200D, without which Persian and the scripts of India cannot be written, the marks of
direction U+200E, U+200F and U+061C, which concern nothing but their neighbours, and the variants of a sign U+FE00 to
U+FE0F.
"""

LINE_ENDS = re.compile("[\t-\r\x1c-\x1f\x85\u2028\u2029]")

MAYBE_MANY_MARKS = re.compile(f"[\u0300-\U0010ffff]{{{MOST_MARKS + 1},}}")
"""Where more marks than that may stand on one letter; most of what this finds is words of other scripts."""


def visible(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text as it may be shown."""
    near = text if len(text) <= FAR else text.lstrip()[:FAR]
    return shortened(" ".join(without_hidden(near).split()), longest)


def visible_title(text: str, longest: int = LONGEST_NAME) -> str:
    """A sheet's name as it may be shown; its spaces are left, as it is looked up by them."""
    return shortened(LINE_ENDS.sub(" ", without_hidden(text)), longest)


def shortened(text: str, longest: int) -> str:
    """The text, or its beginning with an ellipsis."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def without_hidden(text: str) -> str:
    """The text without characters that are not seen, and without heaps of marks; its spaces and lines as they are."""
    if text.isascii() and text.isprintable():
        return text
    seen = UNSEEN.sub("", text)
    return _with_few_marks(seen) if MAYBE_MANY_MARKS.search(seen) else seen


def may_hide(text: str) -> bool:
    """Whether the text must be looked at closely; False for nearly all that people write."""
    if text.isascii() and text.isprintable():
        return False
    return bool(UNSEEN.search(text) or MAYBE_MANY_MARKS.search(text))


def _with_few_marks(text: str) -> str:
    kept, n_marks = [], 0
    for character in text:
        n_marks = n_marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if n_marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)
