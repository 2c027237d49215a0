"""By when a rep who is behind is back on pace, at how many milestones a week, by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from small_team import deal, target, team

from milestone_reports.domain.calendar import TimeOff
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Assignment
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.insights import BackOnPace

AS_OF = date(2026, 6, 30)
"""A Tuesday; 129 of 261 weekdays have gone, 96 x 129 / 261 = 47.45 milestones are expected, 45.45 are on pace."""


def done(n_milestones: int) -> list[Opportunity]:
    """So many credited this year."""
    whole, rest = divmod(n_milestones, 4)
    full = [deal(f"x{i}", "2026-02-02 2026-02-03 2026-02-04 2026-02-05") for i in range(whole)]
    part = " ".join(["2026-03-02"] * rest + ["-"] * (4 - rest))
    return [*full, deal("y", part)] if rest else full


def back(
    n_done: int,
    asked: Sequence[Assignment] = (target(),),
    *,
    as_of: date = AS_OF,
    time_off: Sequence[TimeOff] = (),
) -> BackOnPace | None:
    (card,) = team_site(team(done(n_done), asked, time_off=time_off), as_of).reps
    return card.tracks[0].back_on_pace


def test_who_is_on_pace_need_not_come_back() -> None:
    assert back(46) is None
    assert back(60) is None


def test_a_small_gap_is_closed_by_the_plan_alone() -> None:
    # At the end of the j-th week from 6 July, 132 + 5 j days have gone: 45 + 2 j >= 96 (132 + 5 j) / 261 - 2 from
    # .1609 j >= 1.55 on: the tenth, 7 to 13 September.
    assert back(45) == BackOnPace(milestones_a_week=2, extra_a_week=0, week="2026-W37", on=date(2026, 9, 13))


def test_the_fewest_more_a_week_that_do_it_inside_thirteen_weeks() -> None:
    # With one more, 1.1609 j >= 6.55: the sixth week, 10 to 16 August.
    assert back(40) == BackOnPace(milestones_a_week=3, extra_a_week=1, week="2026-W33", on=date(2026, 8, 16))
    # 15.09 with one more in the thirteenth, 28.09 with two: 31 need 1.1609 j >= 15.55, just too much for one more.
    found = back(31)
    assert found is not None
    # 2.1609 j >= 15.55: the eighth week, 24 to 30 August.
    assert (found.extra_a_week, found.on) == (2, date(2026, 8, 30))


def test_what_cannot_be_done_in_thirteen_weeks_has_until_the_year_s_end() -> None:
    # 2.1609 j >= 46.55: the twenty-second week, 30 November to 6 December; thirteen bring 28.
    assert back(0) == BackOnPace(milestones_a_week=4, extra_a_week=2, week="2026-W49", on=date(2026, 12, 6))


def test_what_would_take_more_than_twice_the_plan_is_not_said() -> None:
    assert back(0, as_of=date(2026, 9, 30)) is None


def test_weeks_off_are_not_among_those_that_close_the_gap() -> None:
    # Off from 6 to 19 July: of 251 days 129 have gone, 132 by 5 July; 40 + 3 j >= 96 (132 + 5 j) / 251 - 2 from
    # 1.0876 j >= 8.486 on: the eighth week that is worked, the tenth from 6 July, 7 to 13 September.
    off = [TimeOff(None, date(2026, 7, 6), date(2026, 7, 20))]
    found = back(40, time_off=off)
    assert found is not None
    assert (found.extra_a_week, found.on) == (1, date(2026, 9, 13))


def test_a_quota_that_is_no_whole_number_is_rounded_up_to_be_said() -> None:
    # 2.5 a week: 120 a year, 59.31 expected, 56.81 on pace. The weeks from 6 July plan 3 and 2 in turn, or 2 and 3.
    found = back(50, [target(annual=750_000)])
    assert found is not None
    assert (found.milestones_a_week, found.extra_a_week) == (3 + 1, 1)


@pytest.mark.parametrize(("end", "weeks"), [("2026-07-20", {"2026-W28", "2026-W29"}), ("2026-07-06", set())])
def test_who_leaves_is_not_told_of_weeks_after_that(end: str, weeks: set[str]) -> None:
    # A quota to the middle of July, all of it behind: no week after the end closes the gap.
    for n_done in range(0, 48, 4):
        found = back(n_done, [target(end=end)])
        assert found is None or found.week in weeks


def test_without_a_quota_or_on_the_last_days_of_the_year_there_is_nothing_to_come_back_to() -> None:
    assert back(0, [target(annual=None)]) is None
    assert back(0, as_of=date(2026, 12, 30)) is None
