"""Opportunities for the tests of this folder, written in one line each."""

from __future__ import annotations

from datetime import date

from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.track import Milestone, Track

ARTICLE = Track("New business", tuple(map(Milestone, ("Qualification", "Discovery", "Proof", "Contract"))))


def day(text: str) -> date | None:
    """A day from `2026-03-02`, or none from a blank or a word."""
    return date.fromisoformat(text) if text[:1].isdigit() else None


def deal(
    completed: str,
    *,
    planned: str = "",
    outcome: Outcome = Outcome.OPEN,
    closed_on: str = "",
    value: float | None = 50_000,
    id_: str = "a",
    evidence: str = "",
) -> Opportunity:
    """An opportunity; `completed` and `planned` hold a day, `-` or `waived` a milestone, `evidence` a text or `-`."""
    done = completed.split()
    plans, proofs = (text.split() + ["-"] * (len(done) - len(text.split())) for text in (planned, evidence))
    entries = tuple(
        MilestoneEntry(day(plan), day(cell), "" if proof == "-" else proof, waived=cell == "waived")
        for cell, plan, proof in zip(done, plans, proofs, strict=True)
    )
    return Opportunity(
        id=id_, name=f"Deal {id_}", account="Westmark", rep="Ann", track="New business", entries=entries, value=value,
        outcome=outcome, closed_on=day(closed_on),
    )  # fmt: skip
