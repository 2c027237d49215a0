"""Opportunities of a track with one gate, by the dozen: of each it is said when it came and what became of it."""

from __future__ import annotations

from datetime import date, timedelta

from small_team import deal

from milestone_reports.domain.opportunity import Opportunity, Outcome


def talks(
    n: int,
    first_on: str,
    *,
    signed_after: int | None = None,
    lost_after: int | None = None,
    rep: str = "Ann",
    value: float | None = 50_000,
) -> list[Opportunity]:
    """So many partners' talks that began on a day; open unless they were signed or lost after so many days."""
    began = date.fromisoformat(first_on)
    signed = "-" if signed_after is None else (began + timedelta(days=signed_after)).isoformat()
    lost_on = "" if lost_after is None else (began + timedelta(days=lost_after)).isoformat()
    outcome = Outcome.LOST if lost_on else Outcome.OPEN
    name = f"{rep} {first_on} {signed} {lost_on} {value}"
    return [
        deal(f"{name} {i}", f"{first_on} {signed}", rep=rep, track="Partners", value=value, outcome=outcome,
             closed_on=lost_on)
        for i in range(n)
    ]  # fmt: skip


def half_after_a_month(began: str = "2026-01-01", rep: str = "Zed") -> list[Opportunity]:
    """Ten signed after 30 days and ten lost after 60: half of what is there for 30 days is signed on that day.

    10 moved on, median and ninth 30 days: stalled after (10 x 30 + 10 x 3 x 30) / 20 = 60, presumed lost after 120.
    """
    return [*talks(10, began, signed_after=30, rep=rep), *talks(10, began, lost_after=60, rep=rep)]
