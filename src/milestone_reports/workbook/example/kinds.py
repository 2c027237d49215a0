"""What a made-up team is described by: its kind of work, its reps, its gates. The teams are in example_teams.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import accumulate
from operator import mul

from milestone_reports.workbook.starter.sheets import CellValue, Row

AS_OF = date(2026, 11, 22)
"""Sunday of week 47: the day the examples stand for."""

ASSUMED_MULTIPLIER = 2
"""method.md §2: twice the ideal."""


class ExampleKind(Enum):
    """The kinds of work of which `init --example` has a team."""

    NEW_BUSINESS = "new business"
    EXISTING_CLIENTS = "existing clients"
    BUSINESS_DEVELOPMENT = "business development"
    PARTNER_RECRUITMENT = "partner recruitment"


@dataclass(frozen=True, slots=True)
class Gate:
    """A milestone as it goes in a made-up team."""

    name: str
    agreed: str
    evidence: Sequence[str]
    """What proves it, in a few wordings."""
    evidence_required: bool = False
    passes: float = 1.0
    """The share that gets here from the milestone before."""
    days: float = 0.0
    """The median number of days it takes to get here from the milestone before."""


@dataclass(frozen=True, slots=True)
class SampleRep:
    """A made-up rep and how they work."""

    name: str
    annual_target: float
    average_value: float | None = None
    """None for a count target."""
    pace: float = 1.0
    """Milestones done as a share of the quota; 0: nothing begun yet."""
    strengths: Sequence[float] = ()
    """What is added to the share that passes each gate after the first."""
    slowness: float = 1.0
    never_closed: float = 0.1
    """The share of losses that stay open in the workbook."""
    start_on: date | None = None


@dataclass(frozen=True, slots=True)
class SampleTeam:
    """A made-up team: what it sells, along which gates, and who sells it."""

    name: str
    prefix: str
    """What its opportunities' IDs begin with."""
    track: str
    gates: Sequence[Gate]
    reps: Sequence[SampleRep]
    history_from: date
    settings: Mapping[str, CellValue]
    time_off: Sequence[Row]
    subjects: Sequence[str]
    """What its opportunities are called."""
    branches: Sequence[str]
    """The second word of its accounts' names."""
    sources: Sequence[str]
    rates: Sequence[Row] = ()
    counts_sales: bool = False
    """Whether its targets are counts, not money."""
    has_flaws: bool = False
    """Whether a few cells are wrong on purpose, for the Data checks page."""

    @property
    def mail_domain(self) -> str:
        """An address that can never be anybody's."""
        return f"{self.name.split()[0].lower()}.example"

    @property
    def milestones_per_start(self) -> float:
        """Milestones reached, on average, by an opportunity that reached the first."""
        reached: Iterator[float] = accumulate((gate.passes for gate in self.gates), mul)
        return sum(reached)

    def quota(self, rep: SampleRep) -> float:
        """The rep's milestones in a full year (method.md §2)."""
        contracts = rep.annual_target / (rep.average_value or 1)
        return contracts * len(self.gates) * ASSUMED_MULTIPLIER
