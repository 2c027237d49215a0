"""The week: planned, completed of those, beyond the plan, carried over, overdue, the streak."""

from collections.abc import Sequence
from datetime import date

import pytest
from deals import ARTICLE, deal

from milestone_reports.domain.calendar import Week
from milestone_reports.domain.opportunity import Opportunity, Outcome
from milestone_reports.domain.team import Gates
from milestone_reports.metrics import week as weekly
from milestone_reports.metrics.standing import standing
from milestone_reports.metrics.week import PlannedMilestone, planned_milestones

# Monday 9 to Sunday 15 March 2026; the report stands on the Friday.
WEEK, AS_OF = Week(date(2026, 3, 9)), date(2026, 3, 13)


def lines(*rows: Opportunity, as_of: date = AS_OF, gates: Gates = Gates.IN_ORDER) -> Sequence[PlannedMilestone]:
    return planned_milestones([(row, standing(row, as_of)) for row in rows], ARTICLE, gates, as_of)


def counts(*rows: Opportunity, week: Week = WEEK, as_of: date = AS_OF) -> dict[str, int]:
    found = lines(*rows, as_of=as_of)
    return {
        "planned": len(weekly.planned(found, week)),
        "completed_of_planned": len(weekly.completed_of_planned(found, week)),
        "beyond_plan": len(weekly.beyond_plan(found, week)),
        "carried_over": len(weekly.carried_over(found, week, as_of)),
        "done": len(weekly.done(found, week)),
        "claimed": len(weekly.claimed(found, week)),
        "overdue": len(weekly.overdue(found, as_of)),
    }


def having(**some: int) -> dict[str, int]:
    names = ("planned", "completed_of_planned", "beyond_plan", "carried_over", "done", "claimed", "overdue")
    return dict.fromkeys(names, 0) | some


def test_planned_in_the_week_and_completed_in_it() -> None:
    row = deal("2026-03-10 - - -", planned="2026-03-11 2026-03-14 - -")
    assert counts(row) == having(planned=2, completed_of_planned=1, done=1)


def test_completed_without_a_plan_for_the_week_is_beyond_the_plan() -> None:
    no_plan = deal("2026-03-10 - - -")
    planned_for_later = deal("2026-03-10 - - -", planned="2026-03-20 - - -")
    assert counts(no_plan, planned_for_later) == having(beyond_plan=2, done=2)


def test_planned_for_the_week_but_completed_after_it_is_planned_and_not_completed_of_those() -> None:
    row = deal("2026-03-17 - - -", planned="2026-03-11 - - -")
    assert counts(row, as_of=date(2026, 3, 20)) == having(planned=1)
    assert counts(row, week=WEEK.plus(1), as_of=date(2026, 3, 20)) == having(beyond_plan=1, done=1)


def test_carried_over_is_planned_before_the_week_not_completed_and_still_open() -> None:
    waiting = deal("- - - -", planned="2026-03-05 - - -")
    done = deal("2026-03-06 - - -", planned="2026-03-05 - - -")
    lost = deal("2026-03-01 - - -", planned="- 2026-03-05 - -", outcome=Outcome.LOST, closed_on="2026-03-06")
    assert counts(waiting, done, lost) == having(carried_over=1, overdue=1)


def test_what_is_overdue_now_is_carried_into_the_next_week_and_what_is_still_to_come_is_not() -> None:
    late, to_come = (deal("- - - -", planned=f"{on} - - -", id_=on) for on in ("2026-03-11", "2026-03-14"))
    assert counts(late, to_come, week=WEEK.plus(1))["carried_over"] == 1


def test_overdue_is_planned_before_the_as_of_date_and_not_on_it() -> None:
    rows = [deal("- - - -", planned=f"2026-03-{day} - - -") for day in ("12", "13", "14")]
    assert counts(*rows)["overdue"] == 1


@pytest.mark.parametrize("outcome", [Outcome.LOST, Outcome.NO_DECISION, Outcome.DISQUALIFIED])
@pytest.mark.parametrize(("closed_on", "planned"), [("2026-03-05", 0), ("2026-03-10", 0), ("2026-03-16", 1)])
def test_planned_items_of_an_opportunity_closed_by_the_weeks_end_leave_the_plan(
    outcome: Outcome, closed_on: str, planned: int
) -> None:
    row = deal("2026-03-01 - - -", planned="- 2026-03-12 - -", outcome=outcome, closed_on=closed_on)
    assert counts(row, as_of=date(2026, 3, 20))["planned"] == planned


def test_an_item_that_a_sale_made_needless_leaves_the_plan_and_the_sale_stays_in_it() -> None:
    row = deal("2026-03-01 2026-03-02 - 2026-03-12", planned="- - 2026-03-11 2026-03-12")
    assert counts(row) == having(planned=1, completed_of_planned=1, claimed=1)


def test_an_undated_sale_is_neither_planned_nor_overdue() -> None:
    row = deal("2026-03-01 - - -", planned="- 2026-03-11 2026-03-05 -", outcome=Outcome.WON)
    assert counts(row) == having()


def test_a_waived_gate_has_no_plan() -> None:
    assert counts(deal("2026-03-01 waived - -", planned="- 2026-03-11 - -")) == having()


def test_a_late_gate_is_done_in_its_week_with_all_that_waited_behind_it() -> None:
    # Discovery on the 10th lets Proof (of February) count that day: two done, one of them completed in the week.
    row = deal("2026-02-01 2026-03-10 2026-02-20 -")
    assert counts(row) == having(done=2, beyond_plan=1)


def test_claimed_in_the_week_is_completed_behind_an_undated_gate() -> None:
    assert counts(deal("2026-02-01 - 2026-03-10 -")) == having(claimed=1, beyond_plan=1)


def test_a_completion_after_the_as_of_date_is_neither_done_nor_a_plan() -> None:
    assert counts(deal("2026-03-14 - - -")) == having()
    assert counts(deal("2026-03-14 - - -", planned="2026-03-11 - - -")) == having(planned=1, overdue=1)


def test_a_ledger_says_what_became_of_each_line() -> None:
    row = deal("2026-03-10 - 2026-03-11 -", planned="- 2026-03-12 - 2026-03-15")
    given_up = deal("2026-03-01 - - -", planned="- 2026-03-12 - -", outcome=Outcome.LOST, closed_on="2026-03-12")
    assert [weekly.item_state(line, WEEK, AS_OF) for line in lines(row)] == ["done", "carried", "claimed", "planned"]
    assert weekly.item_state(lines(given_up)[1], WEEK, AS_OF) == "lost"


def test_the_streak_counts_back_to_the_first_week_that_missed_its_plan() -> None:
    assert weekly.streak([2, 1, 2, 3], [2, 2, 2, 2], running=False) == 2
    assert weekly.streak([1, 1], [2, 2], running=False) == 0


def test_a_plan_of_nought_and_weeks_off_are_skipped() -> None:
    assert weekly.streak([2, 0, 0, 2], [2, 0, None, 2], running=False) == 2
    assert weekly.streak([0, 0], [0, None], running=False) == 0


def test_the_running_week_counts_once_it_is_met_and_breaks_nothing_before() -> None:
    assert weekly.streak([2, 2, 1], [2, 2, 2], running=True) == 2
    assert weekly.streak([2, 2, 2], [2, 2, 2], running=True) == 3
    assert weekly.streak([2, 2, 1], [2, 2, 2], running=False) == 0
    assert weekly.streak([2, 1, 1], [2, 2, 2], running=True) == 0


def test_the_best_streak_is_the_longest_run() -> None:
    assert weekly.best_streak([2, 2, 0, 2, 2, 0, 2, 1], [2, 2, 2, 2, 2, None, 2, 2]) == 3
    assert weekly.best_streak([], []) == 0


def test_a_line_that_was_added_since_is_no_plan_of_the_week() -> None:
    (line,) = lines(deal("2026-03-10 - - -", planned="2026-03-11 - - -"))
    added = [line._replace(since="added")]
    assert (weekly.planned(added, WEEK), weekly.beyond_plan(added, WEEK)) == ([], added)


def test_a_line_that_was_moved_or_removed_since_is_of_the_plan_and_says_so() -> None:
    (line,) = lines(deal("- - - -", planned="2026-03-14 - - -"))
    moved, removed = line._replace(since="moved"), line._replace(since="removed")
    assert weekly.planned([moved, removed], WEEK) == [moved, removed]
    assert [weekly.item_state(one, WEEK, AS_OF) for one in (line, moved, removed)] == ["planned", "carried", "removed"]


def test_reliability_adds_the_weeks_up_before_it_divides() -> None:
    row = deal("2026-03-10 2026-03-19 - -", planned="2026-03-11 2026-03-12 2026-03-17 -")
    found = lines(row, as_of=date(2026, 3, 22))
    kept = weekly.reliability([(WEEK, found), (WEEK.plus(1), found)])
    assert (kept.part, kept.whole) == (1, 3)
    assert weekly.reliability([]).value is None
