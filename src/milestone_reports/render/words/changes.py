"""The sentences of the What changed page: what happened since the last copy, and which copies are compared.

Templates call these by name. Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, get_args

from milestone_reports.history.changes import Kind
from milestone_reports.render.language import gettext, ngettext, pgettext
from milestone_reports.render.words.flows import has_values
from milestone_reports.render.words.grammar import in_words, joined, sentence

if TYPE_CHECKING:
    from milestone_reports.history.changes import Change, Flow, WhatChanged
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.pages import TeamRollup
    from milestone_reports.scorecards.since import SetAnew

ORDER: tuple[Kind, ...] = (
    "won", "lost", "cancelled", "undated", "new", "reopened", "advanced", "stepped back", "slipped", "pulled in",
    "reassigned", "revalued", "removed",
)  # fmt: skip
"""What was decided first, then what is new, then what moved."""
IN_THE_HEADLINE: tuple[Kind, ...] = ("won", "lost", "cancelled", "new")


def changes_headline(rollup: TeamRollup, formats: Formats) -> str:
    """The headline of the What changed page, by the first of the rules that applies."""
    since = rollup.changes.since
    if since is None:
        return gettext("What changed from week to week will stand here")
    said = next(text for says in CHANGES_RULES.values() if (text := says(since, formats)))
    return sentence(said).removesuffix(".")


def _nothing_changed(since: WhatChanged, formats: Formats) -> str:
    return "" if since.changes else gettext("Nothing changed since {day}", day=formats.day_long(since.since.as_of))


def _decided_or_new(since: WhatChanged, formats: Formats) -> str:
    counts = counts_by_kind(since.changes)
    parts = [kind_count(kind, in_words(counts[kind], formats)) for kind in IN_THE_HEADLINE if counts[kind]]
    day = formats.day_long(since.since.as_of)
    return gettext("{happened} since {day}", happened=joined(parts), day=day) if parts else ""


def _other_changes(since: WhatChanged, formats: Formats) -> str:
    return ngettext(
        "One change since {day}; nothing won, lost or new",
        "{n} changes since {day}; nothing won, lost or new",
        len(since.changes),
        n=in_words(len(since.changes), formats),
        day=formats.day_long(since.since.as_of),
    )


CHANGES_RULES: Mapping[str, Callable[[WhatChanged, Formats], str]] = {
    "nothing changed": _nothing_changed,
    "decided or new": _decided_or_new,
    "other changes": _other_changes,
}
"""In order: the first that has something to say says it."""


def changes_deck(rollup: TeamRollup, formats: Formats) -> str:
    """What is open then and now, then what of the past reads otherwise; empty of a first copy."""
    changes = rollup.changes
    if changes.since is None:
        return ""
    return " ".join(filter(None, (open_went(changes.since.flow, formats), restated_count(rollup, formats))))


def open_went(flow: Flow, formats: Formats) -> str:
    """`147 open then, $7.70m; 152 now, $7.90m.`."""
    then, now = formats.count(flow.start.n), formats.count(flow.end.n)
    if not has_values(flow):
        return gettext("{then} opportunities were open then, {now} are open now.", then=then, now=now)
    return gettext(
        "{then} opportunities worth {was} were open then, {now} worth {value} are open now.",
        then=then,
        was=formats.money_short(flow.start.value),
        now=now,
        value=formats.money_short(flow.end.value),
    )


def restated_count(rollup: TeamRollup, formats: Formats) -> str:
    """How many past weeks read otherwise now; empty for none."""
    count = len(rollup.changes.restated)
    if not count:
        return ""
    says = ngettext(
        "one past week reads otherwise now", "{n} past weeks read otherwise now", count, n=in_words(count, formats)
    )
    return sentence(says)


def compared(since: WhatChanged, workbook: str, as_of: date, formats: Formats) -> str:
    """Which two copies of the workbook are compared, and how many weeks in between have none."""
    says = gettext(
        "Compared: the copy of {then} ({file}) and this one of {now} ({workbook}).",
        then=formats.day_long(since.since.as_of, with_year=True),
        file=since.since.file,
        now=formats.day_long(as_of, with_year=True),
        workbook=workbook,
    )
    missed = since.n_weeks - 1
    if missed < 1:
        return says
    without = ngettext(
        "There is no copy of the one week in between.",
        "There is no copy of the {n} weeks in between.",
        missed,
        n=in_words(missed, formats),
    )
    return f"{says} {without}"


def first_copy_says() -> Sequence[str]:
    """What the page will say from the second copy on, and how to get there."""
    return (
        gettext(
            "This is the first copy of the workbook that the program keeps. From the second on, this page says what "
            "was won, lost and new since the copy before, which plans moved, which dates were entered late or changed, "
            "and which past weeks read otherwise than they did."
        ),
        gettext(
            "Build the report again with next week’s workbook, or have a folder of old workbooks read in at once: "
            "{command}.",
            command="milestone-reports import FOLDER",
        ),
    )


def counts_by_kind(changes: Sequence[Change]) -> Mapping[Kind, int]:
    """How many there are of each kind, 0 for none."""
    found = Counter(one.kind for one in changes)
    return {kind: found[kind] for kind in get_args(Kind)}


def kinds_of(changes: Sequence[Change]) -> Sequence[Kind]:
    """The kinds that there are any of, in the order of the page."""
    return [kind for kind in ORDER if counts_by_kind(changes)[kind]]


def changes_of(changes: Sequence[Change], kind: Kind) -> Sequence[Change]:
    """Those of a kind; the plans that slipped furthest come first."""
    found = [one for one in changes if one.kind == kind]
    if kind == "slipped":
        found.sort(key=lambda one: (-days_moved(one), -one.times))
    return found


def days_moved(change: Change) -> int:
    """By how many days a plan moved, later or earlier; 0 where it is not a plan's change."""
    if isinstance(change.was, date) and isinstance(change.now, date):
        return abs((change.now - change.was).days)
    return 0


def in_short(since: WhatChanged, formats: Formats) -> str:
    """`Since 15 Nov: 3 won, 2 lost, 12 new, 5 slipped`."""
    counts, day = counts_by_kind(since.changes), formats.day(since.since.as_of)
    parts = [kind_count(kind, formats.count(counts[kind])) for kind in ORDER if counts[kind]]
    if not parts:
        return gettext("Since {day}: nothing changed", day=day)
    return gettext("Since {day}: {happened}", day=day, happened=", ".join(parts))


def kind_count(kind: Kind, n: str) -> str:
    """`3 won`, `five slipped`."""
    return {
        "new": gettext("{n} new", n=n),
        "advanced": gettext("{n} advanced", n=n),
        "stepped back": gettext("{n} stepped back", n=n),
        "won": gettext("{n} won", n=n),
        "lost": gettext("{n} lost", n=n),
        "undated": gettext("{n} won on an unknown day", n=n),
        "cancelled": gettext("{n} cancelled", n=n),
        "reopened": gettext("{n} reopened", n=n),
        "removed": gettext("{n} removed", n=n),
        "slipped": gettext("{n} slipped", n=n),
        "pulled in": gettext("{n} pulled in", n=n),
        "reassigned": gettext("{n} reassigned", n=n),
        "revalued": gettext("{n} revalued", n=n),
    }[kind]


def kind_title(kind: Kind) -> str:
    """What a list of them is called."""
    return {
        "new": pgettext("changes", "New"),
        "advanced": pgettext("changes", "Advanced"),
        "stepped back": pgettext("changes", "Stepped back"),
        "won": pgettext("changes", "Won"),
        "lost": pgettext("changes", "Lost"),
        "undated": gettext("Won on an unknown day"),
        "cancelled": pgettext("changes", "Cancelled"),
        "reopened": pgettext("changes", "Reopened"),
        "removed": pgettext("changes", "Removed"),
        "slipped": pgettext("changes", "Slipped"),
        "pulled in": pgettext("changes", "Pulled in"),
        "reassigned": pgettext("changes", "Reassigned"),
        "revalued": pgettext("changes", "Revalued"),
    }[kind]


def kind_says(kind: Kind) -> str:
    """What is meant, beside the title of a list."""
    return {
        "new": gettext("not in the earlier copy"),
        "advanced": gettext("further along the milestones"),
        "stepped back": gettext("a milestone less than before"),
        "won": gettext("won in this copy, not in the earlier one"),
        "lost": gettext("lost in this copy, not in the earlier one"),
        "undated": gettext("said to be won, with no date that says when"),
        "cancelled": gettext("cancelled after it was signed"),
        "reopened": gettext("decided in the earlier copy, open now"),
        "removed": gettext("in the earlier copy, not in this one"),
        "slipped": gettext("planned for a later day than before, the furthest first"),
        "pulled in": gettext("planned for an earlier day than before"),
        "reassigned": gettext("another rep’s now"),
        "revalued": gettext("another value than before"),
    }[kind]


def kind_aside(kind: Kind, listed: Sequence[Change], formats: Formats) -> str:
    """`12, $480k; not in the earlier copy`."""
    says, count = kind_says(kind), formats.count(len(listed))
    value = sum(one.value or 0.0 for one in listed)
    if not value or kind in {"slipped", "pulled in"}:
        return gettext("{n}; {says}", n=count, says=says)
    return gettext("{n}, {value}; {says}", n=count, value=formats.money_short(value), says=says)


def stage_word(milestone: object) -> str:
    """How far one was: a milestone, or none yet."""
    return str(milestone) if milestone else gettext("none yet")


def outcome_in_copy(outcome: object) -> str:
    """What an opportunity was in a copy, as the workbook has it."""
    known = {
        "open": gettext("open"),
        "won": pgettext("an outcome", "won"),
        "lost": pgettext("an outcome", "lost"),
        "no decision": gettext("no decision"),
        "disqualified": gettext("disqualified"),
        "cancelled": pgettext("an outcome", "cancelled"),
        "undated": gettext("won, no date"),
    }
    return known.get(str(outcome), "")


def revalued_by(change: Change) -> float | None:
    """What it is worth more, or less; none where one of the two copies has no value."""
    was, now = change.was, change.now
    return now - was if isinstance(was, (int, float)) and isinstance(now, (int, float)) else None


def rep_slugs(rollup: TeamRollup) -> Mapping[str, str]:
    """The addresses of the reps' cards, by name."""
    return {row.rep: row.slug for track in rollup.tracks for row in track.reps}


def rest_of_list(n_all: int, n_shown: int, formats: Formats) -> str:
    """What a list leaves out; empty where it is whole."""
    rest = n_all - n_shown
    if rest <= 0:
        return ""
    return sentence(ngettext("and one more", "and {n} more", rest, n=in_words(rest, formats)))


def set_anew_says(one: SetAnew, formats: Formats) -> str:
    """A year's quota or a multiplier that is not what it was."""
    if one.name == "multiplier":
        return multiplier_anew(one, formats)
    was, now = formats.number(one.was or 0.0), formats.number(one.now or 0.0)
    if one.was is None:
        return gettext(
            "{rep} has a quota of {now} milestones this year on {track}; there was none.",
            rep=one.rep,
            track=one.track,
            now=now,
        )
    if one.now is None:
        return gettext(
            "{rep} had a quota of {was} milestones this year on {track}; there is none now.",
            rep=one.rep,
            track=one.track,
            was=was,
        )
    return gettext(
        "The quota of {rep} on {track} was {was} milestones this year and is {now}.",
        rep=one.rep,
        track=one.track,
        was=was,
        now=now,
    )


def multiplier_anew(one: SetAnew, formats: Formats) -> str:
    """A track's multiplier that is not what it was."""
    return gettext(
        "The multiplier of {track} was {was} and is {now}.",
        track=one.track,
        was=formats.multiplier(one.was or 0.0),
        now=formats.multiplier(one.now or 0.0),
    )
