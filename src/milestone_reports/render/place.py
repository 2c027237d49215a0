"""The one line of a page that its place decides: at the root of a site, or in the folder of its week for ever.

A template writes both lines, each behind its mark, and a page is filled in once. Texts of a workbook are escaped, so
none of them can be taken for a mark.
"""

from __future__ import annotations

import re

NEWEST = b"<!-- newest -->"
ARCHIVED = b"<!-- archived -->"
"""The marks, as templates write them."""

LINES = {mark: re.compile(re.escape(mark) + rb"[^\n]*\n?") for mark in (NEWEST, ARCHIVED)}


def at_the_root(page: bytes) -> bytes:
    """The page as it stands at the root of the site, where the newest week is."""
    return LINES[ARCHIVED].sub(b"", page).replace(NEWEST, b"")


def in_its_week(page: bytes) -> bytes:
    """The page as it stands in the folder of its week."""
    return LINES[NEWEST].sub(b"", page).replace(ARCHIVED, b"")
