"""Teams that hypothesis makes up: missing values, no quotas, one rep, nothing completed, dates in any order."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st
from small_team import NEW_BUSINESS, target, team

from milestone_reports.domain.calendar import TimeOff, WeekStart
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.team import Assignment, Gates, Settings, Team
from milestone_reports.domain.track import Milestone, Track

REPS = ("Ann", "Bo", "Cy", "Di", "Ed")
PROVEN = Track("Partners", (Milestone("Talks"), Milestone("Proof", evidence_required=True), Milestone("Signed")))
TRACKS = (NEW_BUSINESS, PROVEN)
DAYS = st.dates(date(2025, 1, 1), date(2027, 2, 1))
AS_OF = st.dates(date(2025, 12, 1), date(2027, 1, 15))
VALUES = st.one_of(st.none(), st.integers(0, 200_000).map(float))


@st.composite
def entries(draw: st.DrawFn, n_milestones: int) -> tuple[MilestoneEntry, ...]:
    """Milestones mostly in order, with gaps, waivers and dates out of order."""
    on = draw(DAYS)
    made = []
    for _ in range(draw(st.integers(0, n_milestones))):
        on += timedelta(days=draw(st.integers(-5, 60)))
        kind = draw(st.sampled_from(["done", "done", "done", "gap", "waived"]))
        made.append(
            MilestoneEntry(
                planned_on=draw(st.one_of(st.none(), st.just(on + timedelta(days=3)), DAYS)),
                completed_on=on if kind == "done" else None,
                evidence=draw(st.sampled_from(["", "minutes"])),
                waived=kind == "waived",
            )
        )
    while len(made) < n_milestones:
        made.append(MilestoneEntry(planned_on=draw(st.one_of(st.none(), DAYS))))
    return tuple(made)


@st.composite
def opportunities(draw: st.DrawFn, number: int) -> Opportunity:
    """One row, whatever it says became of it."""
    track = draw(st.sampled_from(TRACKS))
    return Opportunity(
        id=str(number),
        name=f"Deal {number}",
        account="Westmark",
        rep=draw(st.sampled_from(REPS)),
        track=track.name,
        entries=draw(entries(track.n_milestones)),
        value=draw(VALUES),
        created_on=draw(st.one_of(st.none(), st.just(date(2025, 1, 1)))),
        outcome=draw(st.sampled_from([Outcome.OPEN, *Outcome])),
        closed_on=draw(st.one_of(st.none(), DAYS)),
    )


@st.composite
def assignments(draw: st.DrawFn, rep: str, track: str) -> Assignment:
    """A rep on a track: a target in money, a count, or none; a whole year or a part."""
    start = draw(st.sampled_from(["", "2025-05-01", "2026-03-16", "2026-11-30"]))
    end = draw(st.sampled_from(["", "", "2026-12-25", "2027-01-01"]))
    if draw(st.booleans()):
        return target(
            rep, track=track, annual=draw(st.integers(1, 40)), average=None, counts=True, start=start, end=end
        )
    annual = draw(st.one_of(st.none(), st.integers(1, 3_000_000).map(float)))
    average = draw(st.one_of(st.none(), st.integers(5_000, 90_000).map(float)))
    return target(rep, track=track, annual=annual, average=average, start=start, end=end)


@st.composite
def teams(draw: st.DrawFn) -> Team:
    """A team of up to five reps on up to two tracks."""
    rows = [draw(opportunities(n)) for n in range(draw(st.integers(0, 9)))]
    pairs = [(rep, track.name) for rep in REPS for track in TRACKS]
    assigned = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=5))
    off_from = draw(DAYS)
    return team(
        rows,
        [draw(assignments(rep, track)) for rep, track in assigned],
        tracks=TRACKS,
        settings=Settings(
            fiscal_year_starts=draw(st.sampled_from([1, 4, 7])),
            week_starts=draw(st.sampled_from(WeekStart)),
            gates=draw(st.sampled_from(Gates)),
            multiplier=draw(st.sampled_from([None, 1.0, 2.5])),
            selling_weeks=draw(st.sampled_from([48, 44.5])),
        ),
        time_off=[
            TimeOff(
                draw(st.sampled_from([None, "Ann"])),
                off_from,
                off_from + timedelta(days=draw(st.integers(1, 90))),
                reduces_quota=draw(st.booleans()),
            )
        ],
    )
