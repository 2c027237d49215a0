"""What a made-up team is described by: its kind of work, its reps, its gates. The teams are in teams.py."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import accumulate
from operator import mul

from milestone_reports.workbook.starter.sheets import CellValue, Row

AS_OF = date(2026, 11, 22)
"""Sunday of week 47: the day the examples stand for."""


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
class Source:
    """Where a made-up team's opportunities come from."""

    name: str
    share: float = 1.0
    """How many come from it, beside the others' shares."""
    strength: float = 0.0
    """What is added to the share of them that passes each gate after the first."""


@dataclass(frozen=True, slots=True)
class Slump:
    """A gate that has gone worse for a rep since a day."""

    gate: str
    since: date
    strength: float
    """What is added to the share that passes it: less than nothing."""


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
    slump: Slump | None = None
    slowness: float = 1.0
    never_closed: float = 0.01
    """The share of losses that stay open in the workbook."""
    start_on: date | None = None

    def strength(self, k: int, gate: Gate, on: date) -> float:
        """What the rep adds, on a day, to the share that passes a gate; `k` is 1 for that after the first."""
        lasting = self.strengths[k - 1] if self.strengths else 0.0
        slump = self.slump
        return lasting + slump.strength if slump and slump.gate == gate.name and on >= slump.since else lasting


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
    sources: Sequence[Source]
    rates: Sequence[Row] = ()
    counts_sales: bool = False
    """Whether its targets are counts, not money."""
    has_flaws: bool = False
    """Whether a few cells are wrong on purpose, for the Data checks page."""

    @property
    def mail_domain(self) -> str:
        """An address that can never be anybody's."""
        return f"{self.name.split()[0].lower()}.example"

    def source_at(self, luck: float) -> Source:
        """The source on which a chance between 0 and 1 falls, each being as wide as its share."""
        *ends, whole = accumulate(source.share for source in self.sources)
        return self.sources[bisect(ends, luck * whole)]

    def reached(self, strengths: Sequence[float] = ()) -> Sequence[float]:
        """Of the opportunities that reached the first milestone, the share that reaches each."""
        added = (0.0, *(strengths or (0.0,) * (len(self.gates) - 1)))
        return tuple(accumulate((gate.passes + plus for gate, plus in zip(self.gates, added, strict=True)), mul))

    def quota(self, rep: SampleRep) -> float:
        """The rep's milestones in a full year, as many as the team's gates ask for (method.md §2)."""
        contracts = rep.annual_target / (rep.average_value or 1)
        reached = self.reached()
        return contracts * sum(reached) / reached[-1]
