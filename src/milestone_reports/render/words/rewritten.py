"""The sentences of dates that came late or were changed, and of past weeks that read otherwise now.

A fact and where it is from, never a reproach. Templates call these by name.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext
from milestone_reports.render.words.grammar import in_words, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.history.rewritten import RestatedRow, RestatedWeek, Rewriting, Rewritten
    from milestone_reports.history.snapshots import Copy
    from milestone_reports.render.formats import Formats


def rewriting_word(kind: Rewriting) -> str:
    """What happened to a date."""
    return {
        "entered late": gettext("entered late"),
        "in a new row": gettext("in a new row"),
        "date changed": gettext("date changed"),
        "withdrawn": gettext("withdrawn"),
    }[kind]


def copy_says(copy: Copy, formats: Formats) -> str:
    """Which copy: `copy of 15 Nov, pipeline-46.xlsx`."""
    return gettext("copy of {day}, {file}", day=formats.day(copy.as_of), file=copy.file)


def rewritten_says(lines: Sequence[Rewritten], formats: Formats) -> str:
    """How many of each: `Two entered late and one date changed.`; that there are none."""
    if not lines:
        return gettext("No completion date was entered late, changed or taken back since the copy before.")
    counts = Counter(line.kind for line in lines)
    kinds: tuple[Rewriting, ...] = ("entered late", "in a new row", "date changed", "withdrawn")
    parts = [_count(kind, counts[kind], formats) for kind in kinds if counts[kind]]
    return sentence(", ".join(parts))


def _count(kind: Rewriting, count: int, formats: Formats) -> str:
    n = in_words(count, formats)
    match kind:
        case "entered late":
            return ngettext("one completion entered late", "{n} completions entered late", count, n=n)
        case "in a new row":
            return ngettext("one past completion in a new row", "{n} past completions in new rows", count, n=n)
        case "date changed":
            return ngettext("one completion date changed", "{n} completion dates changed", count, n=n)
        case "withdrawn":
            return ngettext("one completion withdrawn", "{n} completions withdrawn", count, n=n)


def not_in_copy(copy: Copy, formats: Formats) -> str:
    """That a copy does not have an opportunity at all."""
    return gettext("not in the copy of {day}, {file}", day=formats.day(copy.as_of), file=copy.file)


def grace_says(days: int, formats: Formats) -> str:
    """When a completion counts as entered late."""
    if not days:
        return gettext("Entered late: still missing at the end of its own week.")
    return ngettext(
        "Entered late: still missing one day after the end of its own week.",
        "Entered late: still missing {n} days after the end of its own week.",
        days,
        n=in_words(days, formats),
    )


def restated_says(week: RestatedWeek, formats: Formats) -> str:
    """`9 milestones then, 11 now: 2 entered late`."""
    return gettext(
        "{then} done by the copy of that week, {now} now: {why}",
        then=formats.count(week.published),
        now=formats.count(week.now),
        why=restated_because(week.rows, formats),
    )


def restated_because(rows: Sequence[RestatedRow], formats: Formats) -> str:
    """`2 entered late, 1 withdrawn`."""
    counts = Counter(row.why for row in rows)
    return ", ".join(_because(why, formats.count(count)) for why, count in counts.items())


def _because(why: str, n: str) -> str:
    return {
        "entered late": gettext("{n} entered late", n=n),
        "entered since": gettext("{n} entered since", n=n),
        "date changed": gettext("{n} with another date", n=n),
        "withdrawn": gettext("{n} withdrawn", n=n),
        "removed": gettext("{n} no longer in the workbook", n=n),
        "credited now": gettext("{n} credited now", n=n),
        "no longer credited": gettext("{n} no longer credited", n=n),
    }[why]


def entered_since_says(weeks: Sequence[RestatedWeek]) -> str:
    """What was entered since and not late; empty where there is none."""
    if any(row.why == "entered since" for week in weeks for row in week.rows):
        return gettext("Entered since: in time, or when cannot be told.")
    return ""


def why_word(row: RestatedRow) -> str:
    """Why a past week counts a milestone now, or no longer."""
    return {
        "entered late": gettext("entered late"),
        "entered since": gettext("entered since"),
        "date changed": gettext("date changed"),
        "withdrawn": gettext("withdrawn"),
        "removed": gettext("no longer in the workbook"),
        "credited now": gettext("credited now"),
        "no longer credited": gettext("no longer credited"),
    }[row.why]


def no_restatement() -> str:
    """That no past week reads otherwise."""
    return gettext("Every past week reads as it was published.")


def restated_in_short(weeks: Sequence[RestatedWeek], formats: Formats) -> str:
    """`W32: 9, now 11 (2 entered late)` of each, in one line."""
    return "; ".join(
        gettext(
            "{week}: {then}, now {now} ({why})",
            week=formats.week(week.week),
            then=formats.count(week.published),
            now=formats.count(week.now),
            why=restated_because(week.rows, formats),
        )
        for week in weeks
    )
