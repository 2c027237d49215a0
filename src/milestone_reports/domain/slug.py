"""Page addresses: a stable ASCII slug of a name, safe on every file system."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

LONGEST_SLUG = 60
RESERVED = {"con", "prn", "aux", "nul", *(f"{device}{i}" for device in ("com", "lpt") for i in range(1, 10))}
"""File names that Windows keeps for itself."""

OF_THE_SITE = re.compile(r"index|static|manager|reps|\d{4}-w\d{2}")
"""What a site has of its own: where case does not count, `2026-w47` is the folder of that week."""


def digest(name: str) -> str:
    """Eight hexadecimal digits that belong to this name alone."""
    return sha256(name.encode()).hexdigest()[:8]


def slug(name: str) -> str:
    """The name in lower-case ASCII with hyphens; with a digest where too little or too much of it is left."""
    folded = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ø", "o").replace("ł", "l")).casefold()
    letters = sum(char.isalnum() for char in folded)
    ascii_only = folded.encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    kept = sum(char.isalnum() for char in plain)
    if not plain or kept < letters or len(plain) > LONGEST_SLUG or _is_taken(plain):
        return "-".join(filter(None, [plain[: LONGEST_SLUG - 9].strip("-"), digest(name)]))
    return plain


def _is_taken(plain: str) -> bool:
    return plain in RESERVED or OF_THE_SITE.fullmatch(plain) is not None


def slugs(names: Sequence[str]) -> dict[str, str]:
    """A slug for each name, told apart by a digest where two would clash."""
    plain = {name: slug(name) for name in names}
    taken = Counter(plain.values())
    return {name: f"{short}-{digest(name)}" if taken[short] > 1 else short for name, short in plain.items()}


LONGEST_ANCHOR = 100


def opportunity_anchor(identity: str) -> str:
    """What an opportunity's row on a page is addressed by: `opp-1043`; another for every id."""
    kept = re.sub(r"[^A-Za-z0-9.-]", lambda found: f"_{ord(found[0]):x}_", identity)
    return f"opp-{kept if len(kept) <= LONGEST_ANCHOR else digest(identity)}"
