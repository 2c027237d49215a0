"""Small teams for the tests of this folder: the article's rep and milestones, rows written in one line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from milestone_reports.domain.calendar import TimeOff
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.problem import Problem
from milestone_reports.domain.slug import slug
from milestone_reports.domain.team import Assignment, Rep, Settings, Source, TargetIs, Team
from milestone_reports.domain.track import Milestone, Track

NEW_BUSINESS = Track("New business", tuple(map(Milestone, ("Qualification", "Discovery", "Proof", "Contract"))))
PARTNERS = Track("Partners", (Milestone("Talks"), Milestone("Signed")))


def day(text: str | None) -> date | None:
    """A day from `2026-03-02`, or none from a blank or a word."""
    return date.fromisoformat(text) if text and text[0].isdigit() else None


def deal(
    id_: str,
    completed: str,
    *,
    planned: str = "",
    rep: str = "Ann",
    track: str = "New business",
    value: float | None = 50_000,
    outcome: Outcome = Outcome.OPEN,
    closed_on: str = "",
    created_on: str = "",
) -> Opportunity:
    """An opportunity; `completed` and `planned` hold a day, `-` or `waived` a milestone, with spaces between."""
    done, plans = completed.split(), planned.split()
    plans += ["-"] * (len(done) - len(plans))
    entries = tuple(
        MilestoneEntry(planned_on=day(plan), completed_on=day(cell), waived=cell == "waived")
        for cell, plan in zip(done, plans, strict=True)
    )
    return Opportunity(
        id=id_, name=f"Deal {id_}", account=f"Account {id_}", rep=rep, track=track, entries=entries, value=value,
        outcome=outcome, closed_on=day(closed_on), created_on=day(created_on),
    )  # fmt: skip


def target(
    rep: str = "Ann",
    *,
    track: str = "New business",
    annual: float | None = 600_000,
    average: float | None = 50_000,
    counts: bool = False,
    start: str = "",
    end: str = "",
) -> Assignment:
    """A rep on a track with the article's target; `end` is the first day after the period."""
    return Assignment(
        rep, track, day(start), day(end), annual, TargetIs.COUNT if counts else TargetIs.VALUE, average
    )  # fmt: skip


def team(
    deals: Sequence[Opportunity] = (),
    targets: Sequence[Assignment] = (),
    *,
    settings: Settings | None = None,
    tracks: Sequence[Track] = (NEW_BUSINESS, PARTNERS),
    time_off: Sequence[TimeOff] = (),
    problems: Sequence[Problem] = (),
) -> Team:
    """A team of whoever the rows name."""
    names = dict.fromkeys([*(row.rep for row in targets), *(row.rep for row in deals)])
    return Team(
        name="North",
        slug="north",
        settings=settings or Settings(),
        tracks=tuple(tracks),
        reps=tuple(Rep(name, slug(name)) for name in names),
        assignments=tuple(targets),
        time_off=tuple(time_off),
        opportunities=tuple(deals),
        source=Source("north.xlsx", None, len(deals), 0),
        problems=tuple(problems),
    )
