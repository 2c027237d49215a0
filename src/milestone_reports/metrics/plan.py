"""What one change does to the milestones a week and to the year: the what-if of a business plan (method.md §8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal

GATE_POINTS = 0.05
"""What a gate is raised by."""

CONTRACT_VALUE = 1.10
"""What the average contract is multiplied by."""

MORE_WEEKS = 2


@dataclass(frozen=True, slots=True)
class Basis:
    """A team's year as its quotas ask for it."""

    contracts_a_year: float
    average_contract_value: float | None
    """None where sales are counted."""
    per_contract: Sequence[float]
    """Milestones that a contract takes, one number a milestone."""
    selling_weeks: float
    n_reps: int


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The year after one change."""

    kind: Literal["as it is", "gate", "contract value", "rep", "selling weeks"]
    gate: int | None
    milestones_a_week: float
    """That the same target asks of the same people."""
    contracts_a_year: float
    """That the same effort would bring."""
    revenue_a_year: float | None


def gate_rates(per_contract: Sequence[float]) -> tuple[float, ...]:
    """The conversion from gate to gate that the stage quotas stand for.

    Formula: a contract's milestones at one stage over those at the stage before it.
    Shape: a number a gate.
    Units: a share, 0 to 1.
    Undefined: a track of one milestone has no gate.
    Source: method.md §2, §6.
    """
    return tuple(after / before for before, after in pairwise(per_contract))


def what_if(basis: Basis) -> tuple[WhatIf, ...]:
    """What each of a few changes does to the milestones a week, and to the year's contracts and revenue.

    Formula: a gate's rate plus 5 points, and the stage quotas worked out anew; the average contract times 1.1; one more
    rep with the target as it is; two more selling weeks. Milestones a week are what the same target then asks of the
    present reps; contracts and revenue are what the present first milestones, or the present milestones a week, bring.
    Shape: a row a change, of a team and track.
    Units: milestones a week; contracts and money a year.
    Undefined: no quota: no rows. A gate that all go through already is left out; so is the contract value where sales
    are counted.
    Source: method.md §2, §8.
    """
    weekly = basis.contracts_a_year * sum(basis.per_contract) / basis.selling_weeks
    return (
        _row(basis, "as it is", weekly, basis.contracts_a_year),
        *_gates(basis),
        *_contract_value(basis, weekly),
        _row(
            basis,
            "rep",
            weekly * basis.n_reps / (basis.n_reps + 1),
            basis.contracts_a_year * (basis.n_reps + 1) / basis.n_reps,
        ),
        _row(
            basis,
            "selling weeks",
            weekly * basis.selling_weeks / (basis.selling_weeks + MORE_WEEKS),
            basis.contracts_a_year * (basis.selling_weeks + MORE_WEEKS) / basis.selling_weeks,
        ),
    )


def _gates(basis: Basis) -> Iterator[WhatIf]:
    rates = gate_rates(basis.per_contract)
    for gate, rate in enumerate(rates):
        if rate >= 1:
            continue
        raised = [*rates[:gate], min(rate + GATE_POINTS, 1.0), *rates[gate + 1 :]]
        # From the sale backwards: before each gate as many more as it loses.
        per_contract = list(accumulate(reversed(raised), lambda after, share: after / share, initial=1.0))
        scale = basis.per_contract[-1]
        weekly = basis.contracts_a_year * scale * sum(per_contract) / basis.selling_weeks
        contracts = basis.contracts_a_year * raised[gate] / rate
        yield _row(basis, "gate", weekly, contracts, gate)


def _contract_value(basis: Basis, weekly: float) -> Iterator[WhatIf]:
    if basis.average_contract_value is not None:
        revenue = basis.contracts_a_year * basis.average_contract_value * CONTRACT_VALUE
        yield WhatIf("contract value", None, weekly / CONTRACT_VALUE, basis.contracts_a_year, revenue)


def _row(
    basis: Basis,
    kind: Literal["as it is", "gate", "rep", "selling weeks"],
    weekly: float,
    contracts: float,
    gate: int | None = None,
) -> WhatIf:
    average = basis.average_contract_value
    return WhatIf(kind, gate, weekly, contracts, None if average is None else contracts * average)
