"""What earlier copies of a workbook tell, in credits, in the days of milestones and in whose a gate is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from deals import ARTICLE, day, deal

from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.team import Gates
from milestone_reports.metrics.estimators.coaching import gate_counts
from milestone_reports.metrics.estimators.cohort import history
from milestone_reports.metrics.estimators.gates import gate_curves
from milestone_reports.metrics.standing import (
    filling_adds,
    milestone_credits,
    reached_dates,
    standing,
)

AS_OF = date(2024, 12, 31)


def told(cells: str, *, created: str = "2024-01-01", earners: str = "", id_: str = "a") -> Opportunity:
    """A deal; a cell is a day, `by-2024-03-02` for one reached by then, or `-`."""
    names = earners.split() or ["-"] * 4
    entries = tuple(
        MilestoneEntry(
            completed_on=day(cell),
            reached_undated=cell.startswith("by-"),
            reached_by=day(cell.removeprefix("by-")) if cell.startswith("by-") else None,
            earned_by="" if name == "-" else name,
        )
        for cell, name in zip(cells.split(), names, strict=True)
    )
    return replace(deal("- - - -", id_=id_), entries=entries, created_on=day(created))


def days(text: str) -> list[date | None]:
    return [day(cell) for cell in text.split()]


def credited(one: Opportunity, gates: Gates = Gates.IN_ORDER) -> list[tuple[date | None, str]]:
    return [
        (credit.credited_on, str(credit.claimed_because)) for credit in milestone_credits(one, ARTICLE, gates, AS_OF)
    ]


# --- credit ---


def test_one_seen_as_reached_passes_its_gate_for_what_came_after_that_day() -> None:
    assert credited(told("by-2024-03-02 2024-03-03 2024-03-09 -")) == [
        (None, "Qualification undated"), (date(2024, 3, 3), ""), (date(2024, 3, 9), ""), (None, ""),
    ]  # fmt: skip


def test_what_was_completed_on_that_day_or_before_stays_behind_it() -> None:
    assert credited(told("by-2024-03-02 2024-03-02 2024-03-09 -")) == [
        (None, "Qualification undated"),
        (None, "Qualification undated"),
        (date(2024, 3, 9), ""),
        (None, ""),
    ]


def test_another_obstacle_still_stands_in_the_way() -> None:
    assert credited(told("by-2024-03-02 - 2024-03-09 -"))[2] == (None, "Discovery undated")


def test_a_gap_counts_for_whoever_claims_what_waits_behind_it() -> None:
    one = told("- 2024-03-02 - 2024-05-02", earners="- Bo - -")
    found = milestone_credits(one, ARTICLE, Gates.IN_ORDER, AS_OF)
    # Bo claims Discovery behind the gap of Qualification; the present rep Contract behind that of Proof.
    assert (filling_adds(found, one.entries, "Bo"), filling_adds(found, one.entries)) == (2, 2)


# --- days ---


def test_it_is_reached_on_the_last_day_known_before_it_whatever_is_dated_after_it() -> None:
    one = told("by-2024-03-02 2024-03-09 - -")
    assert list(reached_dates(one, AS_OF)) == days("2024-01-01 2024-03-09 - -")
    assert standing(one, AS_OF).reached_on == date(2024, 3, 9)


def test_on_the_day_of_the_copy_where_nothing_is_known_before() -> None:
    one = told("by-2024-03-02 by-2024-03-02 - -", created="")
    assert list(reached_dates(one, AS_OF)) == days("2024-03-02 2024-03-02 - -")
    assert standing(one, AS_OF).reached_on is None


def test_never_before_a_milestone_before_it_that_has_a_date() -> None:
    one = told("2024-03-05 by-2024-03-02 2024-03-09 -")
    assert list(reached_dates(one, AS_OF)) == days("2024-03-05 2024-03-05 2024-03-09 -")


def test_a_stay_that_began_on_an_unknown_day_is_in_no_curve() -> None:
    cohort = history([told("by-2024-03-02 2024-03-09 2024-03-16 -")], 4).as_of(AS_OF.toordinal())
    assert [curve.n_entered for curve in gate_curves(cohort)] == [0, 1, 1]


# --- whose a gate is ---


def test_a_gate_counts_for_the_owner_when_it_was_passed_and_else_for_the_present_one() -> None:
    lost = replace(told("2024-02-01 2024-03-01 - -", earners="Bo Bo - -"), outcome=Outcome.LOST, closed_on=AS_OF)
    made = history([lost], 4)
    counts = gate_counts(made.as_of(AS_OF.toordinal()), [None] * 3, len(made.reps))
    ann, bo = made.reps.index("Ann"), made.reps.index("Bo")
    assert counts.passed[bo].tolist() == [1, 0, 0]
    assert counts.decided[bo].tolist() == [1, 0, 0]
    assert counts.passed[ann].tolist() == [0, 0, 0]
    assert counts.decided[ann].tolist() == [0, 1, 0]
    assert (counts.entered[bo] > 0).tolist() == [True, False, False]


def test_a_gate_that_a_later_milestone_implies_was_passed_under_that_ones_owner() -> None:
    made = history([told("2024-02-01 - 2024-03-01 2024-04-01", earners="- - Bo -")], 4)
    names = np.array(made.reps)[made.as_of(AS_OF.toordinal()).gate_rep[0]]
    assert names.tolist() == ["Bo", "Bo", "Ann"]
