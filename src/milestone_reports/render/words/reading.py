"""How to read a rep's card: the terms that stand on it, each in a sentence or two; those that do not are left out.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext
from milestone_reports.render.words.cards import elapsed, has_team_rates
from milestone_reports.render.words.levers import has_lever

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.pages import RepScorecard


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a glyph of the card, and what it means."""

    glyph: str
    name: str
    says: str

    @property
    def text(self) -> str:
        """All of it, as it is read."""
        return f"{self.glyph} {self.name} {self.says}".strip()


def reading(card: RepScorecard, formats: Formats) -> tuple[Sequence[Term], Sequence[Term]]:
    """What is done and planned; what becomes of it. Two columns on paper."""
    return [*_doing(card), *_quota_terms(card, formats), *_open_terms(card)], list(_deciding(card))


def _doing(card: RepScorecard) -> Iterator[Term]:
    if card.tracks[0].gates == "open":
        done = gettext("The milestone has a completion date. It counts once, on that date.")
    else:
        done = gettext(
            "The milestone is completed and so are those before it, with the evidence it requires. It counts once, on "
            "the day the last of them was dated."
        )
    yield Term("", gettext("Done."), done)
    claimed = (
        card.this_week.claimed,
        any(track.pace.claimed_to_date for track in card.tracks),
        any(opportunity.claimed for opportunity in card.open),
    )
    if any(claimed):
        says = gettext(
            "Completed, but not done yet: an earlier milestone has no date, or required evidence is missing."
        )
        yield Term("≠", gettext("Claimed."), says)


def _quota_terms(card: RepScorecard, formats: Formats) -> Iterator[Term]:
    quota = next((track.quota for track in card.tracks if track.quota), None)
    if quota is None:
        return
    target = gettext(
        "The target is the year’s quota over {weeks} selling weeks; the plan is the same in whole milestones. The "
        "other weeks are the reserve.",
        weeks=formats.number(quota.selling_weeks),
    )
    pace = gettext(
        "The quota spread over the working days; {share} of them had gone by {day}. Within one weekly quota of it is "
        "on pace.",
        share=formats.fraction(elapsed(card)),
        day=formats.day_long(card.stamp.as_of),
    )
    yield Term("", gettext("Target and plan."), target)
    yield Term("", gettext("Pace."), pace)


def _open_terms(card: RepScorecard) -> Iterator[Term]:
    attention = card.attention
    if attention.n_overdue:
        yield Term("▲", gettext("Overdue."), gettext("The next milestone’s planned date has passed."))
    if attention.n_presumed_lost or attention.n_stalled:
        yield _stalled(presumed_lost=attention.n_presumed_lost > 0)
    if attention.n_without_plan:
        yield Term("○", gettext("No date."), gettext("The next milestone is not planned."))
    if attention.n_evidence_missing:
        says = gettext("A milestone that requires evidence is completed without it.")
        yield Term("□", gettext("No evidence."), says)


def _stalled(*, presumed_lost: bool) -> Term:
    says = gettext("Longer here than nine in ten that moved on.")
    if presumed_lost:
        lost = gettext("Presumed lost: twice as long; the rates count it as lost until you close or update it.")
        says = f"{says} {lost}"
    return Term("◆", gettext("Stalled."), says)


def _deciding(card: RepScorecard) -> Iterator[Term]:
    if card.stamp.nothing_recorded:
        return
    has_rest = any(map(has_team_rates, card.tracks))
    yield from (_so_far(), _expected(), _likely(has_rest=has_rest))
    if has_rest:
        yield Term("", gettext("Rest of team."), gettext("All the others together, without you."))
    if any(map(has_lever, card.tracks)):
        yield from (_worth(), _endings())


def _so_far() -> Term:
    says = gettext(
        "Of the opportunities that passed a milestone and are decided, the share that passed the next one, or became a "
        "sale. Open ones are not counted. Too early: fewer than eight decided, or ten to the sale."
    )
    return Term("", gettext("So far."), says)


def _expected() -> Term:
    says = gettext(
        "The same once the open ones have decided, going by how those before them did. Early: few are decided, or "
        "history is short."
    )
    return Term("", gettext("Expected."), says)


def _likely(*, has_rest: bool) -> Term:
    says = gettext("The true figure lies in it eight times in ten.")
    if has_rest:
        chance = gettext("When it includes the rest of the team’s mark, the difference may be chance.")
        says = f"{says} {chance}"
    return Term("", gettext("Likely range."), says)


def _worth() -> Term:
    says = gettext(
        "What a year of opportunities at that step would bring more at the rest of the team’s rate; the fewer are "
        "decided, the smaller the gap is taken to be."
    )
    return Term("", gettext("Worth."), says)


def _endings() -> Term:
    says = gettext(
        "How sure a gap is: found at two month-ends in a row and now; found now; not more than chance would give."
    )
    return Term("", gettext("Worth working on first; new, worth watching; may be chance."), says)
