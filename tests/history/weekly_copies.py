"""Copies of a small workbook, week after week, for the tests of this folder: rows written in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.slug import slug
from milestone_reports.domain.team import Rep, Settings, Source, Team
from milestone_reports.domain.track import Milestone, Track
from milestone_reports.history.changes import Flow
from milestone_reports.history.snapshots import Past, Snapshot, identity


def track(*milestones: str, name: str = "New business") -> Track:
    return Track(name, tuple(map(Milestone, milestones)))


NEW_BUSINESS = track("Qualification", "Discovery", "Proof", "Contract")


def day(text: str) -> date | None:
    """A day of 2026 from `11-18`, or none from a dash or a word."""
    return date.fromisoformat(f"2026-{text}") if text[:1].isdigit() else None


def the_day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def deal(
    id_: str,
    completed: str = "- - - -",
    planned: str = "",
    *,
    rep: str = "Ann",
    on: str = "New business",
    value: float | None = 50_000,
    outcome: Outcome = Outcome.OPEN,
    closed: str = "",
    created: str = "",
) -> Opportunity:
    """An opportunity; `completed` and `planned` hold a day such as 11-18, `-`, `waived` or `stage` a milestone."""
    done, plans = completed.split(), planned.split()
    plans += ["-"] * (len(done) - len(plans))
    entries = tuple(
        MilestoneEntry(day(plan), day(cell), waived=cell == "waived", reached_undated=cell == "stage")
        for cell, plan in zip(done, plans, strict=True)
    )
    return Opportunity(
        id=id_, name=f"Deal {id_}", account=f"Account {id_}", rep=rep, track=on, entries=entries, value=value,
        outcome=outcome, closed_on=day(closed), created_on=day(created),
    )  # fmt: skip


def team(
    deals: Sequence[Opportunity], *, tracks: Sequence[Track] = (NEW_BUSINESS,), settings: Settings | None = None
) -> Team:
    """The workbook at hand: a team of whoever owns something."""
    reps = tuple(Rep(name, slug(name)) for name in dict.fromkeys(one.rep for one in deals))
    source = Source("now.xlsx", None, len(deals), 0)
    return Team("North", "north", settings or Settings(), tuple(tracks), reps, (), (), tuple(deals), source)


def copy(as_of: str | date, deals: Sequence[Opportunity], *, tracks: Sequence[Track] = (NEW_BUSINESS,)) -> Snapshot:
    """What an earlier workbook said on a day; without the rows, as a snapshot is."""
    on = the_day(as_of) if isinstance(as_of, str) else as_of
    return Snapshot(
        number=on.toordinal(),
        as_of=on,
        week=team(()).week_of(on),
        file=f"{on}.xlsx",
        tracks=tuple(tracks),
        opportunities={identity(one): replace(one, row=None, columns=()) for one in deals},
    )


def past(*copies: Snapshot) -> Past:
    return Past(tuple(sorted(copies, key=lambda one: one.as_of)))


def end_count(flow: Flow) -> int:
    """What the counts of a flow add up to."""
    came = flow.start.n + flow.new.n + flow.reopened.n + flow.moved_in.n
    return came - flow.won.n - flow.lost.n - flow.undated.n - flow.removed.n - flow.moved_out.n


def end_value(flow: Flow) -> float:
    """What the values of a flow add up to."""
    came = flow.start.value + flow.new.value + flow.reopened.value + flow.moved_in.value + flow.revalued
    return came - sum(part.value for part in (flow.won, flow.lost, flow.undated, flow.removed, flow.moved_out))
