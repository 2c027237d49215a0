"""Teams that hypothesis makes up with enough behind them for forecasts, coaching and a measured multiplier."""

from __future__ import annotations

from datetime import date, timedelta

from arbitrary_teams import REPS, VALUES
from hypothesis import strategies as st
from small_team import NEW_BUSINESS, PARTNERS, target, team

from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.team import Settings, Team

BEGAN = st.dates(date(2025, 1, 1), date(2026, 12, 31))
LATE = st.dates(date(2026, 1, 15), date(2027, 1, 15))
"""Days on which some of it has happened and some has not."""


@st.composite
def courses(draw: st.DrawFn, number: int) -> Opportunity:
    """One that is worked in order: signed, lost on the way, or still open; created on its first milestone's day."""
    track = draw(st.sampled_from([PARTNERS, PARTNERS, NEW_BUSINESS]))
    on = began = draw(BEGAN)
    n_done = draw(st.sampled_from([1, track.n_milestones, track.n_milestones]) | st.integers(1, track.n_milestones))
    done = []
    for _ in range(n_done):
        done.append(MilestoneEntry(completed_on=on))
        on += timedelta(days=draw(st.integers(0, 50)))
    is_lost = n_done < track.n_milestones and draw(st.booleans())
    return Opportunity(
        id=f"{number:03}",
        name=f"Deal {number}",
        account="Westmark",
        rep=draw(st.sampled_from(REPS)),
        track=track.name,
        entries=(*done, *[MilestoneEntry()] * (track.n_milestones - n_done)),
        source=draw(st.sampled_from(["", "Fair", "Referral"])),
        value=draw(VALUES),
        created_on=began,
        outcome=Outcome.LOST if is_lost else Outcome.OPEN,
        closed_on=on if is_lost else None,
    )


@st.composite
def worked_teams(draw: st.DrawFn) -> Team:
    """Twenty to seventy opportunities of five reps, each with a target in money or none."""
    rows = [draw(courses(n)) for n in range(draw(st.integers(20, 70)))]
    tracks = (NEW_BUSINESS, PARTNERS)
    return team(
        rows,
        [target(rep, track=track.name) for track in tracks for rep in REPS if draw(st.booleans())],
        tracks=tracks,
        settings=Settings(fiscal_year_starts=draw(st.sampled_from([1, 7]))),
    )
