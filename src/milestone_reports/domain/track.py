"""Tracks and their milestones: what a team sells along, and what both sides agree to at each gate."""

from __future__ import annotations

from dataclasses import dataclass

ADVISED_MILESTONES = 5
"""More than this many are accepted, with a note (method.md §1)."""

MOST_MILESTONES = 8


@dataclass(frozen=True, slots=True)
class Milestone:
    """A significant point in an opportunity's life: agreed, documented, auditable, a gate to what follows."""

    name: str
    agreed: str = ""
    evidence_required: bool = False


@dataclass(frozen=True, slots=True)
class Track:
    """An ordered list of milestones for one kind of work; the last one is the sale."""

    name: str
    milestones: tuple[Milestone, ...]

    @property
    def n_milestones(self) -> int:
        """`K` in every formula."""
        return len(self.milestones)

    @property
    def sale(self) -> Milestone:
        """The last milestone: a contract, an order, a signed partner."""
        return self.milestones[-1]
