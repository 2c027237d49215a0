"""How to read a rep's card: the terms that stand on it, each in a sentence or two; those that do not are left out.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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


DONE = Term(
    "",
    "Done.",
    "The milestone is completed and so are those before it, with the evidence it requires. It counts once, on the day "
    "the last of them was dated.",
)
DONE_WITH_OPEN_GATES = Term("", "Done.", "The milestone has a completion date. It counts once, on that date.")
CLAIMED = Term(
    "≠",
    "Claimed.",
    "Completed, but not done yet: an earlier milestone has no date, or required evidence is missing.",
)
OVERDUE = Term("▲", "Overdue.", "The next milestone’s planned date has passed.")
STALLED = Term("◆", "Stalled.", "Longer here than nine in ten that moved on.")
STALLED_OR_LOST = Term(
    "◆",
    "Stalled.",
    f"{STALLED.says} Presumed lost: twice as long; the rates count it as lost until you close or update it.",
)
UNPLANNED = Term("○", "No date.", "The next milestone is not planned.")
WITHOUT_EVIDENCE = Term("□", "No evidence.", "A milestone that requires evidence is completed without it.")
SO_FAR = Term(
    "",
    "So far.",
    "Of the opportunities that passed a milestone and are decided, the share that passed the next one, or became a "
    "sale. Open ones are not counted. Too early: fewer than eight decided, or ten to the sale.",
)
EXPECTED = Term(
    "",
    "Expected.",
    "The same once the open ones have decided, going by how those before them did. Early: few are decided, or history "
    "is short.",
)
LIKELY = Term("", "Likely range.", "The true figure lies in it eight times in ten.")
LIKELY_BESIDE_REST = Term(
    "",
    "Likely range.",
    f"{LIKELY.says} When it includes the rest of the team’s mark, the difference may be chance.",
)
REST_OF_TEAM = Term("", "Rest of team.", "All the others together, without you.")
WORTH = Term(
    "",
    "Worth.",
    "What a year of opportunities at that step would bring more at the rest of the team’s rate; the fewer are decided, "
    "the smaller the gap is taken to be.",
)
ENDINGS = Term(
    "",
    "Worth working on first; new, worth watching; may be chance.",
    "How sure a gap is: found at two month-ends in a row and now; found now; not more than chance would give.",
)


def reading(card: RepScorecard, formats: Formats) -> tuple[Sequence[Term], Sequence[Term]]:
    """What is done and planned; what becomes of it. Two columns on paper."""
    return [*_doing(card), *_quota_terms(card, formats), *_open_terms(card)], list(_deciding(card))


def _doing(card: RepScorecard) -> Iterator[Term]:
    yield DONE_WITH_OPEN_GATES if card.tracks[0].gates == "open" else DONE
    claimed = (
        card.this_week.claimed,
        any(track.pace.claimed_to_date for track in card.tracks),
        any(opportunity.claimed for opportunity in card.open),
    )
    if any(claimed):
        yield CLAIMED


def _quota_terms(card: RepScorecard, formats: Formats) -> Iterator[Term]:
    quota = next((track.quota for track in card.tracks if track.quota), None)
    if quota is None:
        return
    weeks, gone = formats.number(quota.selling_weeks), formats.fraction(elapsed(card))
    yield Term(
        "",
        "Target and plan.",
        f"The target is the year’s quota over {weeks} selling weeks; the plan is the same in whole milestones. The "
        "other weeks are the reserve.",
    )
    yield Term(
        "",
        "Pace.",
        f"The quota spread over the working days; {gone} of them had gone by {formats.day_long(card.stamp.as_of)}. "
        "Within one weekly quota of it is on pace.",
    )


def _open_terms(card: RepScorecard) -> Iterator[Term]:
    attention = card.attention
    if attention.n_overdue:
        yield OVERDUE
    if attention.n_presumed_lost:
        yield STALLED_OR_LOST
    elif attention.n_stalled:
        yield STALLED
    if attention.n_without_plan:
        yield UNPLANNED
    if attention.n_evidence_missing:
        yield WITHOUT_EVIDENCE


def _deciding(card: RepScorecard) -> Iterator[Term]:
    if card.stamp.nothing_recorded:
        return
    has_rest = any(map(has_team_rates, card.tracks))
    yield from (SO_FAR, EXPECTED, LIKELY_BESIDE_REST if has_rest else LIKELY)
    if has_rest:
        yield REST_OF_TEAM
    if any(map(has_lever, card.tracks)):
        yield from (WORTH, ENDINGS)
