"""What earlier copies of a workbook tell that this one does not say: days, and whose a milestone was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from copies import TRACK, day, deal, past, team

from milestone_reports.domain.opportunity import Opportunity, Outcome
from milestone_reports.domain.problem import CellRef, Level, Problem
from milestone_reports.domain.track import Milestone, Track
from milestone_reports.history.remembering import as_remembered
from milestone_reports.history.snapshots import NO_PAST, Past

SAT_3, SAT_10, SAT_17 = "2026-01-03", "2026-01-10", "2026-01-17"
AS_OF = date(2026, 1, 17)


def remembered(now: Opportunity, before: Past) -> Opportunity:
    (one,) = as_remembered(team(now), AS_OF, before)[0].opportunities
    return one


def told(one: Opportunity) -> list[str]:
    """Each milestone in a word: `on 2026-01-10` where a copy tells it, `by 2026-01-10` where reached by then."""
    words = []
    for entry in one.entries:
        if entry.observed:
            words.append(f"on {entry.completed_on}")
        elif entry.reached_undated:
            words.append(f"by {entry.reached_by}" if entry.reached_by else "x")
        else:
            words.append(str(entry.completed_on or "-"))
    return words


# --- days ---


def test_without_a_past_nothing_is_told() -> None:
    here = team(deal("x x - -"))
    assert as_remembered(here, AS_OF, NO_PAST) == (here, NO_PAST)


def test_a_stage_first_seen_between_two_copies_is_dated_by_the_later_one() -> None:
    before = past((SAT_3, [deal("x - - -")]), (SAT_10, [deal("x x - -")]))
    assert told(remembered(deal("x x x -"), before)) == [f"by {SAT_3}", f"on {SAT_10}", f"on {SAT_17}", "-"]


def test_the_date_in_the_workbook_wins() -> None:
    before = past((SAT_3, [deal("x - - -")]), (SAT_10, [deal("x x - -")]))
    assert told(remembered(deal("2025-12-30 2026-01-08 - -"), before)) == ["2025-12-30", "2026-01-08", "-", "-"]


def test_a_stage_that_went_back_is_not_reached_any_more_and_is_dated_anew() -> None:
    before = past((SAT_3, [deal("x x - -")]), (SAT_10, [deal("x - - -")]))
    assert told(remembered(deal("x x - -"), before)) == [f"by {SAT_3}", f"on {SAT_17}", "-", "-"]
    assert told(remembered(deal("x - - -"), past((SAT_3, [deal("x - - -")]), (SAT_10, [deal("x x - -")])))) == [
        f"by {SAT_3}", "-", "-", "-",
    ]  # fmt: skip


def test_one_that_was_missing_from_a_copy_is_compared_with_the_last_that_had_it() -> None:
    before = past((SAT_3, [deal("x - - -")]), (SAT_10, [deal("x - - -", id_="b")]))
    assert told(remembered(deal("x x - -"), before)) == [f"by {SAT_3}", f"on {SAT_17}", "-", "-"]


def test_a_new_one_is_dated_only_if_it_was_created_since_the_last_copy() -> None:
    before = past((SAT_10, [deal("x - - -", id_="b", created="2025-12-01")]))
    assert told(remembered(deal("x x - -", created="2026-01-12"), before)) == [f"on {SAT_17}", f"on {SAT_17}", "-", "-"]
    assert told(remembered(deal("x x - -", created=SAT_10), before)) == ["x", "x", "-", "-"]


def test_a_new_one_is_dated_where_the_workbook_has_no_created_dates_at_all() -> None:
    before = past((SAT_10, [deal("x - - -", id_="b")]))
    dated_now = team(deal("x - - -"), deal("x - - -", id_="b", created="2025-12-01"))
    assert told(remembered(deal("x - - -"), before)) == [f"on {SAT_17}", "-", "-", "-"]
    assert told(as_remembered(dated_now, AS_OF, before)[0].opportunities[0]) == ["x", "-", "-", "-"]


def test_a_replaced_copy_of_a_week_dates_nothing_after_it() -> None:
    before = past((SAT_3, [deal("x - - -")]), ("2026-01-09", [deal("x x - -")]), (SAT_10, [deal("x - - -")]))
    here, known = as_remembered(team(deal("x x - -")), AS_OF, before)
    assert told(here.opportunities[0]) == [f"by {SAT_3}", f"on {SAT_17}", "-", "-"]
    assert [told(one.opportunities["a"])[:2] for one in known.taken] == [
        ["x", "-"], [f"by {SAT_3}", "on 2026-01-09"], [f"by {SAT_3}", "-"],
    ]  # fmt: skip


def test_each_snapshot_is_told_what_was_known_by_its_own_day() -> None:
    before = past((SAT_3, [deal("x - - -")]), (SAT_10, [deal("x x - -")]))
    _, known = as_remembered(team(deal("x x x -")), AS_OF, before)
    assert [told(one.opportunities["a"]) for one in known.snapshots] == [
        ["x", "-", "-", "-"], [f"by {SAT_3}", f"on {SAT_10}", "-", "-"],
    ]  # fmt: skip


def test_a_milestone_waived_before_is_not_dated_by_the_copy_that_no_longer_waives_it() -> None:
    before = past((SAT_10, [deal("x waived - -")]))
    assert told(remembered(deal("x x - -"), before)) == [f"by {SAT_10}", f"by {SAT_10}", "-", "-"]


def test_a_stage_that_the_table_did_not_have_before_is_told_from_the_others_by_its_name() -> None:
    shorter = Track(TRACK.name, tuple(map(Milestone, ("Lead", "Offer", "Contract"))))
    before = past((SAT_10, [deal("x - -", id_="a"), deal("x x -", id_="b")]), track=shorter)
    here, _ = as_remembered(team(deal("x x - -"), deal("x x x -", id_="b")), AS_OF, before)
    assert [told(one) for one in here.opportunities] == [
        [f"by {SAT_10}", f"on {SAT_17}", "-", "-"],
        [f"by {SAT_10}", f"by {SAT_10}", f"by {SAT_10}", "-"],
    ]


def test_a_sale_without_a_date_is_on_the_day_of_the_copy_that_saw_it_come() -> None:
    before = past((SAT_3, [deal("x - - -")]), (SAT_10, [deal("x x - -")]))
    won = deal("x x x -", outcome=Outcome.WON)
    assert told(remembered(won, before))[2:] == [f"on {SAT_17}", f"on {SAT_17}"]
    assert remembered(won, past((SAT_10, [won]))).undated_sale


def test_the_problem_of_a_sale_seen_to_come_says_what_is_done_now() -> None:
    row = CellRef("Pipeline", 7)
    won = replace(deal("x x x -", outcome=Outcome.WON), row=row)
    problem = Problem(Level.ERROR, "won_without_date", row._replace(column=4), "won", "", "Counted neither", "type it")
    (now,) = as_remembered(
        replace(team(won), problems=(problem,)), AS_OF, past((SAT_10, [deal("x x - -")]))
    )[0].problems  # fmt: skip
    assert now.level is Level.WARNING
    assert now.done == "Counted as won on 2026-01-17, the day of the first copy of the workbook that says so"


# --- owners ---


def owned(now: Opportunity, before: Past) -> tuple[str, str, list[str]]:
    one = remembered(now, before)
    return one.rep, one.now_with, [entry.earned_by for entry in one.entries]


def test_a_milestone_is_earned_by_the_owner_in_the_first_copy_of_its_day_or_later() -> None:
    before = past((SAT_3, [deal("- - - -")]), (SAT_10, [deal("- - - -")]))
    # 2 January: before the first copy; the 10th: its own day; the 12th: the week of the hand-over, so Bo's.
    assert owned(deal("2026-01-02 2026-01-10 2026-01-12 -", rep="Bo"), before) == ("Bo", "", ["Ann", "Ann", "", ""])


def test_an_observed_milestone_is_earned_by_the_owner_in_the_copy_that_shows_it() -> None:
    before = past((SAT_3, [deal("x - - -")]), (SAT_10, [deal("x x - -")]))
    assert owned(deal("x x - -", rep="Bo"), before) == ("Bo", "", ["", "Ann", "", ""])


def test_a_completion_still_to_come_is_nobody_elses() -> None:
    assert owned(deal("2026-02-01 - - -", rep="Bo"), past((SAT_10, [deal("- - - -")]))) == ("Bo", "", [""] * 4)


def test_a_sale_stays_with_the_owner_of_its_day_and_says_who_has_it_now() -> None:
    sold = "2025-12-01 2025-12-10 2026-01-02 2026-01-09"
    before = past((SAT_3, [deal("2025-12-01 2025-12-10 2026-01-02 -", rep="Cy")]), (SAT_10, [deal(sold)]))
    assert owned(deal(sold, rep="Bo"), before) == ("Ann", "Bo", ["Cy", "Cy", "Cy", ""])


def test_a_loss_stays_with_the_owner_in_the_first_copy_that_shows_it() -> None:
    lost = deal("2025-12-01 - - -", outcome=Outcome.LOST, closed="2026-01-05")
    before = past((SAT_3, [deal("2025-12-01 - - -")]), (SAT_10, [lost]))
    assert owned(replace(lost, rep="Bo"), before) == ("Ann", "Bo", [""] * 4)
    assert owned(deal("2025-12-01 - - -", rep="Bo"), before) == ("Bo", "", ["Ann", "", "", ""])


def test_a_loss_closed_after_the_copys_day_is_not_lost_in_it() -> None:
    lost = deal("2025-12-01 - - -", outcome=Outcome.LOST, closed="2026-01-12")
    assert owned(replace(lost, rep="Bo"), past((SAT_10, [lost]))) == ("Bo", "", ["Ann", "", "", ""])


def test_another_spelling_of_a_name_is_no_hand_over() -> None:
    before = past((SAT_10, [deal("2025-12-01 - - -", rep="lee, ANN")]))
    here, known = as_remembered(team(deal("2025-12-01 - - -", rep="Ann Lee")), AS_OF, before)
    assert here == team(deal("2025-12-01 - - -", rep="Ann Lee"))
    assert known.taken[0].opportunities["a"].rep == "Ann Lee"


def test_who_earned_something_and_is_gone_is_in_the_team_again_under_an_address_of_their_own() -> None:
    before = past((SAT_10, [deal("2025-12-01 - - -", rep="Ann_Lee"), deal("- - - -", id_="b", rep="Cy")]))
    rows = (deal("2025-12-01 - - -", rep="Bo"), deal("- - - -", id_="b", rep="Ann Lee"))
    here, _ = as_remembered(team(*rows), AS_OF, before)
    # Cy earned nothing: the other one had no milestone while it was Cy's.
    assert [rep.name for rep in here.reps] == ["Bo", "Ann Lee", "Ann_Lee"]
    assert [rep.slug for rep in here.reps[:2]] == ["bo", "ann-lee"]
    assert here.reps[2].slug.startswith("ann-lee-")
    assert here.tracks_of("Ann_Lee") == [TRACK]


def test_the_rows_and_their_order_stay_those_of_the_workbook() -> None:
    rows = [replace(deal("x x - -", id_=id_, rep="Bo"), row=CellRef("Pipeline", n)) for n, id_ in enumerate("BA", 5)]
    before = past((SAT_10, [deal("x - - -", id_="a"), deal("x - - -", id_="b")]))
    here, _ = as_remembered(team(*rows), AS_OF, before)
    assert [(one.id, one.row) for one in here.opportunities] == [(one.id, one.row) for one in rows]
    assert day(SAT_17) == here.opportunities[0].entries[1].completed_on
