"""What a row says of itself, and what a team knows of its reps."""

from dataclasses import replace
from datetime import date

import pytest

from milestone_reports.domain.calendar import FiscalYear, Week, WeekStart
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.team import Assignment, Rep, Settings, Source, Team
from milestone_reports.domain.track import Milestone, Track

TRACKS = (
    Track("Existing clients", (Milestone("Review"), Milestone("Order"))),
    Track("New business", (Milestone("Proof"), Milestone("Contract"))),
)
SOLD_ON = date(2026, 3, 2)
ROW = Opportunity("7", "Gearbox", "Talbeck Steel", "Ann", "New business", (MilestoneEntry(), MilestoneEntry()))


def test_a_row_is_known_by_account_and_name() -> None:
    assert ROW.label == "Talbeck Steel, Gearbox"
    assert replace(ROW, name="Talbeck Steel").label == "Talbeck Steel"
    assert replace(ROW, name="", account="").label == "7"


@pytest.mark.parametrize(
    ("outcome", "is_lost"),
    [
        (Outcome.LOST, True),
        (Outcome.NO_DECISION, True),
        (Outcome.DISQUALIFIED, True),
        (Outcome.OPEN, False),
        (Outcome.WON, False),
        (Outcome.CANCELLED, False),
    ],
)
def test_no_decision_and_disqualified_are_kinds_of_lost(outcome: Outcome, *, is_lost: bool) -> None:
    assert outcome.is_lost is is_lost


def test_only_a_win_without_a_sale_date_is_an_undated_sale() -> None:
    sold = (MilestoneEntry(), MilestoneEntry(completed_on=SOLD_ON))
    assert replace(ROW, outcome=Outcome.WON).undated_sale
    assert not replace(ROW, outcome=Outcome.WON, entries=sold).undated_sale
    assert not ROW.undated_sale


def test_a_rep_is_on_the_tracks_of_assignments_and_of_opportunities_in_the_teams_order() -> None:
    team = Team(
        name="North", slug="north", settings=Settings(week_starts=WeekStart.SUNDAY, fiscal_year_starts=7),
        tracks=TRACKS, reps=(Rep("Ann", "ann"),), assignments=(Assignment("Ann", "Existing clients"),), time_off=(),
        opportunities=(ROW,), source=Source("north.xlsx", None, 1, 0),
    )  # fmt: skip
    assert [track.name for track in team.tracks_of("Ann")] == ["Existing clients", "New business"]
    assert team.tracks_of("Bo") == []
    assert team.track("New business").sale.name == "Contract"
    assert team.week_of(date(2026, 11, 22)) == Week(date(2026, 11, 22))
    assert team.fiscal_year_of(date(2026, 6, 30)) == FiscalYear(date(2025, 7, 1))
