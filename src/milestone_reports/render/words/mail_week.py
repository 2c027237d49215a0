"""The lists in the message with a rep's scorecard: what is not done, what the workbook lacks, what comes next.

Each entry is one line. Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext
from milestone_reports.render.words.card_weeks import ledger_day, ledger_note
from milestone_reports.render.words.cards import open_flags, track_suffix
from milestone_reports.render.words.grammar import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import LedgerItem, OpenOpportunity, WeekFigures
    from milestone_reports.scorecards.pages import RepScorecard

MOST_NOT_DONE, MOST_LACKING, MOST_PLANNED = 5, 4, 8
"""Lines of a message's lists; what is beyond them is counted."""

NOT_DONE = frozenset({"carried", "lost", "closed", "removed"})
SAYS_ITS_DAY = frozenset({"carried", "lost", "closed"})
"""What the words under such a line say; a weekday before it would say it twice."""


@dataclass(frozen=True, slots=True)
class MailLine:
    """One entry: its weekday, which may be empty, whose it is, and the rest."""

    day: str
    name: str
    says: str


def items_not_done(week: WeekFigures, formats: Formats) -> Sequence[LedgerItem]:
    """What was planned and is not done, and what is completed and not credited, in the order of the card."""
    return [item for item in week.items if item.state == "claimed" or _is_open(item, week, formats)]


def _is_open(item: LedgerItem, week: WeekFigures, formats: Formats) -> bool:
    return item.state in NOT_DONE or (item.state == "planned" and _runs_on(week, formats))


def _runs_on(week: WeekFigures, formats: Formats) -> bool:
    return formats.as_of is not None and formats.as_of < week.last_on


def not_done_title(week: WeekFigures, formats: Formats) -> str:
    """The head of that list."""
    states = {item.state for item in items_not_done(week, formats)}
    if states == {"claimed"}:
        return gettext("Completed, not credited")
    if "claimed" in states:
        return gettext("Not done, or not credited")
    return gettext("Planned, not done yet") if _runs_on(week, formats) else gettext("Planned, not done")


def mail_lines(card: RepScorecard, items: Sequence[LedgerItem], week: WeekFigures, formats: Formats) -> list[MailLine]:
    """Milestones of one of the card's weeks, each as a line."""
    tracks = [track.track for track in card.tracks]
    lost = {one.id for one in card.open if one.presumed_lost} if week.first_on > card.this_week.first_on else set()
    return [
        MailLine(
            day="" if item.state in SAYS_ITS_DAY else ledger_day(item, week, formats),
            name=item.account or item.opportunity or item.opportunity_id,
            says=_line_says(item, tracks, ledger_note(item, week, formats), is_lost=item.opportunity_id in lost),
        )
        for item in items
    ]


def _line_says(item: LedgerItem, tracks: Sequence[str], note: str, *, is_lost: bool) -> str:
    opportunity = item.opportunity if item.account else ""
    track = track_suffix(item.track, tracks)
    milestone = f"{item.milestone} ({track})" if track else item.milestone
    return "; ".join(filter(None, (opportunity, milestone, note, gettext("presumed lost") if is_lost else "")))


def lacking(card: RepScorecard, formats: Formats) -> Sequence[OpenOpportunity]:
    """Open opportunities with something completed that lacks its evidence or a date, but for those of the week."""
    shown = items_not_done(card.this_week, formats)[:MOST_NOT_DONE]
    said_above = {item.opportunity_id for item in shown if item.state == "claimed"}
    return [one for one in card.open if (one.claimed or one.evidence_missing) and one.id not in said_above]


def lacking_lines(opportunities: Sequence[OpenOpportunity], formats: Formats) -> list[tuple[str, str]]:
    """Whose each is, and what it lacks: `Proof has no evidence`."""
    return [(one.account or one.opportunity or one.id, _lacking_says(one, formats)) for one in opportunities]


def _lacking_says(opportunity: OpenOpportunity, formats: Formats) -> str:
    flags = open_flags(opportunity, formats)
    lacks = [says for kind, _, says in flags if kind in {"evidence", "claimed"}]
    return "; ".join(filter(None, (opportunity.opportunity if opportunity.account else "", *lacks)))


def next_week_says(week: WeekFigures, formats: Formats) -> str:
    """`4 planned, 1 carried over; target 2`, or that nothing is planned and how a plan begins."""
    target = gettext("target {target}", target=formats.number(week.target)) if week.target is not None else ""
    if not week.items:
        begin = gettext("Choose an account, a milestone and a day.")
        says = gettext("nothing is planned yet")
        return f"{sentence('; '.join(filter(None, (says, target))))} {begin}"
    parts = [gettext("{n} planned", n=formats.count(week.planned))]
    if week.carried_over:
        parts.append(gettext("{n} carried over", n=formats.count(week.carried_over)))
    return "; ".join(filter(None, (", ".join(parts), target)))
