"""Every published week at its own address: which folders of a site are weeks. It must not know what a page says."""

import re
from collections.abc import Iterable

WEEK = re.compile(r"\d{4}-W\d{2}")
"""The folder of a week; no team's folder looks like this, as those are in lower case."""


def week_of(path: str) -> str:
    """The week in whose folder a file of a site lies; empty where it lies in none."""
    folder, slash, _ = path.partition("/")
    return folder if slash and WEEK.fullmatch(folder) else ""


def archived_weeks(paths: Iterable[str]) -> list[str]:
    """The weeks that files of a site lie in, the newest first."""
    return sorted({week for path in paths if (week := week_of(path))}, reverse=True)
