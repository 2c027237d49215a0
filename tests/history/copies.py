"""Copies of a workbook for the tests of this folder: deals in one line each, and the past that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from milestone_reports.domain.calendar import Week, WeekStart
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.slug import slugs
from milestone_reports.domain.team import Rep, Settings, Source, Team
from milestone_reports.domain.track import Milestone, Track
from milestone_reports.history.snapshots import Past, Snapshot, identity

TRACK = Track("Sales", tuple(map(Milestone, ("Lead", "Demo", "Offer", "Contract"))))


def day(text: str) -> date | None:
    """A day from `2026-03-02`, or none from anything else."""
    return date.fromisoformat(text) if text[:1].isdigit() else None


def deal(
    milestones: str,
    *,
    id_: str = "a",
    rep: str = "Ann",
    created: str = "",
    outcome: Outcome = Outcome.OPEN,
    closed: str = "",
) -> Opportunity:
    """An opportunity; `milestones` holds a day, `x` for reached on no day, `waived` or `-` for each."""
    cells = milestones.split()
    return Opportunity(
        id=id_, name=f"Deal {id_}", account="Westmark", rep=rep, track=TRACK.name,
        entries=tuple(
            MilestoneEntry(completed_on=day(cell), reached_undated=cell == "x", waived=cell == "waived")
            for cell in cells
        ),
        value=1000.0, created_on=day(created), outcome=outcome, closed_on=day(closed),
    )  # fmt: skip


def team(*deals: Opportunity, track: Track = TRACK) -> Team:
    """The team of a workbook with these rows."""
    names = list(dict.fromkeys(one.rep for one in deals))
    pages = slugs(names)
    return Team(
        name="North", slug="north", settings=Settings(), tracks=(track,),
        reps=tuple(Rep(name, pages[name]) for name in names), assignments=(), time_off=(),
        opportunities=deals, source=Source("north.xlsx", None, len(deals), 0),
    )  # fmt: skip


def past(*copies: tuple[str, Sequence[Opportunity]], track: Track = TRACK) -> Past:
    """What the copies of these days said."""
    return Past(
        tuple(
            Snapshot(
                number=number,
                as_of=date.fromisoformat(on),
                week=Week.holding(date.fromisoformat(on), WeekStart.MONDAY),
                file=f"{on}.xlsx",
                tracks=(track,),
                opportunities={identity(one): replace(one, row=None, columns=()) for one in deals},
            )
            for number, (on, deals) in enumerate(copies, start=1)
        )
    )
