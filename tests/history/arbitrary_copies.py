"""Copies of a workbook that hypothesis makes up: rows come and go, move, are dated, re-dated, renamed and revalued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st
from weekly_copies import NEW_BUSINESS, copy, past, team, track

from milestone_reports.domain.calendar import WeekStart
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.team import Gates, Settings, Team
from milestone_reports.domain.track import Track
from milestone_reports.history.snapshots import Past

REPS = ("Ann", "Bo", "Cy", "CY")
FIRST_ON = date(2026, 3, 1)
DAYS = [FIRST_ON + timedelta(days=days) for days in (-20, -3, 2, 3, 9, 16, 24, 50)]
PLANS = (None, *DAYS[3:7])
ENTRIES = st.sampled_from(
    [
        *(MilestoneEntry(plan) for plan in PLANS),
        *(MilestoneEntry(plan, day) for plan in PLANS for day in DAYS),
        *(MilestoneEntry(completed_on=day, observed=True) for day in DAYS),
        *(MilestoneEntry(plan, waived=True) for plan in PLANS),
        *(MilestoneEntry(plan, reached_undated=True) for plan in PLANS),
    ]
)
"""Drawn at once: a copy has many of them."""
OPTIONAL_DAYS = st.sampled_from([None, *DAYS])
TRACKS = (
    (NEW_BUSINESS,),
    (track("Qualification", "Trial", "Proof", "Contract"),),
    (track("Qualification", "Proof", "Signature"), track("Talks", "Proof", name="Partners")),
)


@st.composite
def rows(draw: st.DrawFn, tracks: Sequence[Track]) -> tuple[Opportunity, ...]:
    """Up to six opportunities, so that most ids are in most copies."""
    made = []
    for number in sorted(draw(st.sets(st.integers(1, 6)))):
        on = draw(st.sampled_from(tracks))
        made.append(
            Opportunity(
                id=draw(st.sampled_from(["tb-{}", "TB-{}"])).format(number),
                name=f"Deal {number}",
                account="Westmark",
                rep=draw(st.sampled_from(REPS)),
                track=on.name,
                entries=tuple(draw(ENTRIES) for _ in on.milestones),
                value=draw(st.none() | st.floats(0, 1e7)),
                created_on=draw(OPTIONAL_DAYS),
                outcome=draw(st.sampled_from([Outcome.OPEN, *Outcome])),
                closed_on=draw(OPTIONAL_DAYS),
            )
        )
    return tuple(made)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Team, date, Past]:
    """A workbook, its day, and one to three copies of earlier weeks."""
    days = [FIRST_ON + timedelta(weeks=week, days=draw(st.integers(0, 6))) for week in range(draw(st.integers(1, 3)))]
    copies = []
    for on in days:
        tracks = draw(st.sampled_from(TRACKS))
        copies.append(copy(on, draw(rows(tracks)), tracks=tracks))
    tracks = draw(st.sampled_from(TRACKS))
    settings = Settings(
        gates=draw(st.sampled_from(Gates)),
        week_starts=draw(st.sampled_from(WeekStart)),
        late_entry_grace=draw(st.sampled_from([0, 7])),
    )
    return (
        team(draw(rows(tracks)), tracks=tracks, settings=settings),
        FIRST_ON + timedelta(weeks=len(days), days=6),
        past(*copies),
    )
