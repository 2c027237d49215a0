"""What must hold of whatever copies there were: nothing new from no change, and nothing from full dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from copies import TRACK, deal, past, team
from hypothesis import given, settings
from hypothesis import strategies as st

from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity
from milestone_reports.domain.team import Team
from milestone_reports.history.remembering import as_remembered
from milestone_reports.history.snapshots import Past

often = settings(max_examples=60, deadline=None)
AS_OF = date(2026, 3, 7)
SATURDAYS = [(AS_OF - timedelta(weeks=age)).isoformat() for age in range(6, 0, -1)]
DAYS = st.dates(date(2025, 12, 1), AS_OF).map(date.isoformat)


@st.composite
def stages(draw: st.DrawFn) -> str:
    """How far one has come, on no day."""
    n = draw(st.integers(0, TRACK.n_milestones - 1))
    return " ".join(["x"] * n + ["-"] * (TRACK.n_milestones - n))


@st.composite
def dates(draw: st.DrawFn) -> str:
    """Milestones that all have a date, or none."""
    n = draw(st.integers(0, TRACK.n_milestones))
    return " ".join(draw(DAYS) if place < n else "-" for place in range(TRACK.n_milestones))


@st.composite
def rows(
    draw: st.DrawFn, cells: st.SearchStrategy[str], reps: tuple[str, ...] = ("Ann", "Bo", "Cy")
) -> list[Opportunity]:
    """Up to four rows, some of which a copy may not have."""
    ids = draw(st.lists(st.sampled_from("abcd"), unique=True))
    return [deal(draw(cells), id_=id_, rep=draw(st.sampled_from(reps))) for id_ in sorted(ids)]


@st.composite
def pasts(draw: st.DrawFn, cells: st.SearchStrategy[str], reps: tuple[str, ...] = ("Ann", "Bo", "Cy")) -> Past:
    return past(*[(on, draw(rows(cells, reps))) for on in SATURDAYS[: draw(st.integers(0, len(SATURDAYS)))]])


def without_reached_by(here: Team) -> Team:
    return replace(
        here,
        opportunities=tuple(
            replace(one, entries=tuple(entry._replace(reached_by=None) for entry in one.entries))
            for one in here.opportunities
        ),
    )


@often
@given(rows(stages() | dates()), st.integers(1, 6))
def test_a_past_in_which_nothing_changed_tells_no_more_than_since_when(now: list[Opportunity], n_copies: int) -> None:
    before = past(*[(on, now) for on in SATURDAYS[:n_copies]])
    here, known = as_remembered(team(*now), AS_OF, before)
    assert without_reached_by(here) == team(*now)
    undated = [entry for one in here.opportunities for entry in one.entries if entry.reached_undated]
    assert all(entry.reached_by == date.fromisoformat(SATURDAYS[0]) for entry in undated)
    assert known.taken[0] == before.taken[0]


@often
@given(rows(dates(), ("Ann",)), pasts(stages() | dates(), ("Ann",)))
def test_a_workbook_with_every_date_whose_owners_never_change_comes_back_equal(
    now: list[Opportunity], before: Past
) -> None:
    assert as_remembered(team(*now), AS_OF, before)[0] == team(*now)


def as_told(entry: MilestoneEntry, as_of: date) -> bool:
    return (entry.completed_on is not None and entry.completed_on <= as_of) or entry.reached_undated


@often
@given(rows(stages() | dates()), pasts(stages() | dates()))
def test_copies_tell_days_and_owners_and_never_what_is_reached(now: list[Opportunity], before: Past) -> None:
    here, known = as_remembered(team(*now), AS_OF, before)
    days = {one.as_of for one in before.taken} | {AS_OF}
    for said, told in zip(now, here.opportunities, strict=True):
        assert [as_told(entry, AS_OF) for entry in said.entries] == [as_told(entry, AS_OF) for entry in told.entries]
        assert (told.now_with or told.rep) == said.rep
        for was, entry in zip(said.entries, told.entries, strict=True):
            assert entry.completed_on == was.completed_on or (entry.observed and entry.completed_on in days)
            assert entry.reached_by is None or (entry.reached_undated and entry.reached_by in days - {AS_OF})
            assert entry.earned_by != told.rep
    names = {rep.name for rep in here.reps}
    assert {name for one in here.opportunities for name in (one.rep, *(e.earned_by for e in one.entries))} <= names | {
        ""
    }
    assert [one.as_of for one in known.taken] == [one.as_of for one in before.taken]
