"""The names of the program's own sheets, columns and settings, so that a problem can be told in another language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from milestone_reports.domain.message import Message, message

OWN_NAMES: Mapping[str, Message] = {
    str(name): name
    for name in (
        message("Opportunities"),
        message("Milestones"),
        message("Reps"),
        message("Settings"),
        message("Time off"),
        message("Rates"),
        message("Milestone log"),
        message("Columns"),
        message("Opportunity"),
        message("ID"),
        message("Rep"),
        message("Account"),
        message("Track"),
        message("Source"),
        message("Value"),
        message("Currency"),
        message("Created"),
        message("Outcome"),
        message("Closed"),
        message("Lost on"),
        message("Lost reason"),
        message("Notes"),
        message("Order"),
        message("Evidence required"),
        message("Start"),
        message("End"),
        message("Annual target"),
        message("Average contract value"),
        message("From"),
        message("To"),
        message("Reduces quota"),
        message("Rate"),
        message("Completed"),
        message("As of"),
        message("Fiscal year starts"),
        message("Week starts"),
        message("Selling weeks"),
        message("Locale"),
        message("Paper"),
        message("Team annual target"),
        message("Annual target per rep"),
        message("Multiplier"),
        message("Gates"),
        message("Conversion months"),
        message("Grace for late entries"),
        message("Email"),
        message("Manager"),
        message("Manager email"),
        message("the day of the change"),
    )
}


def named(name: str) -> str:
    """A name that can be said in another language where it is the program's own; the user's stays as it is."""
    return OWN_NAMES.get(name, name)


@cache
def planned_column(milestone: str) -> Message:
    """The column of a milestone's planned dates; made once, as it is asked for on every row."""
    return message("{milestone} planned", milestone=milestone)


@cache
def evidence_column(milestone: str) -> Message:
    """The column of a milestone's evidence."""
    return message("{milestone} evidence", milestone=milestone)


@cache
def not_completed(milestone: str) -> Message:
    """What leaving out the date of a milestone means."""
    return message("Left out; {milestone} counts as not completed", milestone=milestone)
