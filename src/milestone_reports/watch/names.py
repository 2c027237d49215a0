"""Which names in the inbox are no workbook that somebody has dropped. Must not look at files."""

from __future__ import annotations

import re

UNFINISHED = (".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download", ".opdownload")
"""How names end while a browser, a program that copies, or a spreadsheet program is still writing."""

NOT_OURS = {"desktop.ini", "thumbs.db"}
"""What Windows keeps in folders for itself."""

EXCELS_OWN = re.compile(r"[0-9a-f]{8}")
"""The whole name of the file that Excel writes to before it takes the workbook's place."""

CONFLICT = re.compile(r"\(.*(?:conflicted copy|in konflikt stehende kopie).*\)")
"""What Dropbox adds to a second copy that it could not bring together with the first: a person has to choose."""


def is_left_alone(name: str) -> bool:
    """Whether a file of this name is never taken: hidden, a lock, not yet complete, or a program's own."""
    folded = name.casefold()
    return (
        folded.startswith((".", "~"))
        or folded.endswith(UNFINISHED)
        or folded in NOT_OURS
        or EXCELS_OWN.fullmatch(folded) is not None
        or CONFLICT.search(folded) is not None
    )
