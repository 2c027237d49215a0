"""When nothing at all of a week is sent, each with its sentence."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.names import quoted
from milestone_reports.history.store import Publication, Store

WEEK_NAME = re.compile(r"\d{4}-W\d{2}")
MOST_WEEKS = 5
OLD_AFTER = timedelta(days=7)
"""A week that ended longer ago is sent only where it is asked for by its name."""


def no_publication(week: str, store: Store) -> str:
    """Of a week that the history does not know as published; of any, where none is named."""
    if not week:
        return "Nothing was published yet, by the history. Fix: build the site, without --no-history, or name --state."
    if not WEEK_NAME.fullmatch(week):
        return f"Week {quoted(week)}: it is no week, written like that. Fix: write one such as 2026-W47."
    weeks = sorted({entry.week.name for entry in store.entries() if entry.published_on}, reverse=True)
    if not weeks:
        return f"Week {week}: it was never published, nor was any other. Fix: build the site, or name --state."
    known = ", ".join(weeks[:MOST_WEEKS]) + (", ..." if len(weeks) > MOST_WEEKS else "")
    return (
        f"Week {week}: it was never published (published: {known}). Fix: send one that was, or build the newest first."
    )


def elsewhere(publication: Publication, output: Path, there: str) -> str:
    """Of a newest week that was built into another folder, such as a look ahead."""
    return (
        f"{output}: the site there is of {there}, and {publication.week} was published since, in another folder. "
        f"Fix: send what is there with --week {there}, or name the folder of the site of {publication.week}."
    )


def refuse_newer_copies(store: Store, publication: Publication, *, any_week: bool) -> None:
    """What the workbook said later is never kept from those to whom it matters.

    Raises: CannotGoOnError where a later copy of a team's workbook of that week is known, or (`any_week`) of any.
    """
    newest = store.newest()
    entries = {entry.number: entry for entry in store.entries()}
    for member in publication.members:
        entry = entries[member.number]
        if not entry.is_current or (any_week and member.number not in newest):
            raise CannotGoOnError(
                f"Team {quoted(entry.team)}: a newer copy of the workbook is known than the one of {entry.week.name}, "
                f"{quoted(entry.file)}, that was published. Fix: build the newest first, then send."
            )


def refuse_other_version(publication: Publication, version: str) -> None:
    """Another version of the program may have counted otherwise than this one, which writes the messages.

    Raises: CannotGoOnError where the week was published by another.
    """
    if publication.version != version:
        by = f"version {publication.version}" if publication.version else "an earlier version"
        raise CannotGoOnError(
            f"Week {publication.week}: {by} of the program published it, and this is {version}. Fix: build it once "
            f"more; a past week with milestone-reports history rebuild {publication.week}."
        )


def refuse_without_pdfs(publication: Publication) -> None:
    """A message brings a PDF.

    Raises: CannotGoOnError where none were built.
    """
    if "pdf" not in publication.formats:
        raise CannotGoOnError(
            f"Week {publication.week}: it was published without PDFs, and they are what is sent. "
            "Fix: build it once more, with pdf among the --formats."
        )


def refuse_past_week(publication: Publication, last_on: date, today: date) -> None:
    """Last month's week is not sent by a run that goes by itself while no newer copy comes.

    Raises: CannotGoOnError where the week ended more than seven days ago.
    """
    if today - last_on > OLD_AFTER:
        raise CannotGoOnError(
            f"Week {publication.week}: it is the newest that was published, and it ended on {last_on}, more than "
            f"{OLD_AFTER.days} days ago. Fix: build the newest workbook, or name the week with "
            f"--week {publication.week} if it is the one that you mean."
        )


def refuse_week_to_come(publication: Publication, first_on: date, today: date, there: str) -> None:
    """Of a week that has not begun there is nothing to say: its day was mistyped, or it was a look ahead.

    Raises: CannotGoOnError where it begins after today; it names the week that the site is of, if that is another.
    """
    if first_on > today:
        instead = f"; to send what is in the folder, name --week {there}" if there else ""
        raise CannotGoOnError(
            f"Week {publication.week}: it is not sent, as it begins on {first_on}, after today, {today}. Fix: if its "
            f"day was a slip, delete the folder {publication.week} in the site, forget the week with milestone-reports "
            f"history forget {publication.week}, correct As of, or --as-of, and build once more{instead}."
        )
