"""Dates that came late, were changed or were taken back since the last copy, and nobody accused without a copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from weekly_copies import NEW_BUSINESS, copy, deal, past, team, the_day, track

from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Settings
from milestone_reports.history.rewriting import rewritten
from milestone_reports.history.rewritten import Rewritten
from milestone_reports.history.snapshots import NO_PAST, Copy, Snapshot

# Sundays: the last days of weeks 46 and 47. With seven days of grace, week 45's (to 8 November) were due on the 15th.
THEN, NOW = "11-15", "11-22"
Told = tuple[str, str, str, date | None, date | None]


def lines(
    then: Sequence[Opportunity], now: Sequence[Opportunity], *, on: str = NOW, settings: Settings | None = None
) -> list[Told]:
    return told(rewritten(team(now, settings=settings), the_day(on), past(copy(THEN, then))))


def told(found: Sequence[Rewritten]) -> list[Told]:
    return [(line.kind, line.opportunity_id, line.milestone, line.was, line.now) for line in found]


def late(milestone: str, on: str) -> Told:
    return ("entered late", "a", milestone, None, the_day(on))


def test_in_a_workbooks_first_copy_nobody_is_late() -> None:
    assert rewritten(team([deal("a", "01-05 - - -")]), the_day(NOW), NO_PAST) == ()


def test_a_date_is_in_time_up_to_the_end_of_its_week_and_the_grace() -> None:
    assert lines([deal("a")], [deal("a", "11-08 - - -")]) == [late("Qualification", "11-08")]
    assert lines([deal("a")], [deal("a", "11-09 - - -")]) == []


@pytest.mark.parametrize(
    ("grace", "last_late"), [(0, "11-15"), (6, "11-15"), (7, "11-08"), (13, "11-08"), (14, "11-01")]
)
def test_the_grace_is_the_workbooks_own(grace: int, last_late: str) -> None:
    settings = Settings(late_entry_grace=grace)
    days = [f"11-{number:02}" for number in range(1, 23)]
    accused = [one for one in days if lines([deal("a")], [deal("a", f"{one} - - -")], settings=settings)]
    assert max(accused) == last_late
    assert accused == days[: len(accused)]


def test_a_row_that_is_new_with_old_dates_has_them_late() -> None:
    new_row = ("in a new row", "a", "Qualification", None, the_day("10-01"))
    assert lines([], [deal("a", "10-01 11-18 - -")]) == [new_row]


def test_without_a_copy_near_enough_to_show_it_nobody_is_accused() -> None:
    # The copy of the 15th lacks it and that of the 29th has it. Due on the 22nd: it may have been entered on the 20th.
    assert lines([deal("a")], [deal("a", "11-14 - - -")], on="11-29") == []
    # Due on the 15th, and the copy of that day lacks it.
    assert lines([deal("a")], [deal("a", "11-08 - - -")], on="11-29") == [late("Qualification", "11-08")]


def test_a_date_that_any_earlier_copy_has_was_not_entered_late() -> None:
    before = copy("11-08", [deal("a", "11-05 - - -")])
    found = rewritten(team([deal("a", "11-05 - - -")]), the_day(NOW), past(before, copy(THEN, [deal("a")])))
    assert found == ()


@pytest.mark.parametrize(
    "now",
    [
        replace(deal("b", "10-01 10-08 - -", created="09-28"), account="Account a"),
        replace(deal("b", "10-01 10-08 - -", created="09-28"), name="Deal a"),
    ],
)
def test_a_row_with_its_id_or_its_account_written_anew_has_no_late_dates(now: Opportunity) -> None:
    then = deal("a", "10-01 10-08 - -", created="09-28")
    assert lines([then], [now]) == []
    assert len(lines([replace(then, created_on=the_day("09-01"))], [now])) == 2


def test_a_changed_date_is_told_with_both() -> None:
    assert lines([deal("a", "10-01 - - -")], [deal("a", "11-02 - - -")]) == [
        ("date changed", "a", "Qualification", the_day("10-01"), the_day("11-02"))
    ]


def test_a_date_that_was_taken_back_is_told_also_where_a_later_day_stands_for_it() -> None:
    assert lines([deal("a", "10-01 - - -")], [deal("a")]) == [
        ("withdrawn", "a", "Qualification", the_day("10-01"), None)
    ]
    assert lines([deal("a", "10-01 - - -")], [deal("a", "12-24 - - -")]) == [
        ("withdrawn", "a", "Qualification", the_day("10-01"), the_day("12-24"))
    ]


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("- - - -", "waived - - -"),
        ("10-01 - - -", "waived - - -"),
        ("waived - - -", "10-01 - - -"),
        ("waived - - -", "- - - -"),
        ("stage - - -", "10-01 - - -"),
        ("stage - - -", "- - - -"),
        ("11-30 - - -", "10-01 - - -"),
        ("11-30 - - -", "- - - -"),
        ("- - - -", "11-30 - - -"),
        ("10-01 - - -", "10-01 - - -"),
    ],
)
def test_what_was_waived_known_before_or_is_still_to_come_accuses_nobody(then: str, now: str) -> None:
    assert lines([deal("a", then)], [deal("a", now)]) == []


def observed(one: Opportunity) -> Opportunity:
    return replace(one, entries=tuple(entry._replace(observed=bool(entry.completed_on)) for entry in one.entries))


@pytest.mark.parametrize("now", ["10-01 - - -", "10-08 - - -", "- - - -"])
def test_an_observed_date_is_neither_late_nor_changed_nor_withdrawn(now: str) -> None:
    then = deal("a", "10-01 - - -")
    assert lines([observed(then)], [deal("a", now)]) == []
    assert lines([deal("a")], [observed(deal("a", now))]) == []
    assert lines([deal("a", "10-15 - - -")], [observed(deal("a", "10-01 - - -"))]) == []


def test_a_removed_row_is_not_also_withdrawn() -> None:
    assert lines([deal("a", "10-01 - - -")], []) == []


def test_a_milestone_that_the_copys_track_does_not_have_cannot_have_come_late() -> None:
    short = track("Qualification", "Proof", "Contract")
    found = rewritten(
        team([deal("a", "10-01 10-08 10-15 -"), deal("b", "- 10-08 - -")]),
        the_day(NOW),
        past(copy(THEN, [deal("a", "10-01 - -")], tracks=[short])),
    )
    assert told(found) == [("entered late", "a", "Proof", None, the_day("10-15"))]


def test_on_a_track_that_is_new_nobody_is_late() -> None:
    partners = track("Talks", "Signed", name="Partners")
    now = team([deal("a", "10-01 -", on="Partners")], tracks=[NEW_BUSINESS, partners])
    assert rewritten(now, the_day(NOW), past(copy(THEN, []))) == ()


def test_a_line_names_who_is_credited_and_both_copies() -> None:
    then, now = deal("a", "10-01 - - -"), deal("a", "10-02 - - -", rep="Bo")
    earned = replace(now, entries=(now.entries[0]._replace(earned_by="Ann"), *now.entries[1:]))
    (line,) = rewritten(team([earned]), the_day(NOW), past(copy(THEN, [then])))
    assert line == Rewritten(
        "date changed", "a", "opp-a", "Account a, Deal a", "Ann", "New business", "Qualification",
        the_day("10-01"), the_day("10-02"),
        Copy(the_day(THEN), "2026-11-15.xlsx"), Copy(the_day(NOW), "now.xlsx"),
    )  # fmt: skip


def test_lines_come_by_opportunity_and_in_the_order_of_the_track() -> None:
    now = [deal("B", "10-01 - - -"), deal("a", "10-02 10-01 - -")]
    found = lines([deal("b"), deal("a")], now)
    assert [(one, milestone) for _, one, milestone, *_ in found] == [
        ("a", "Qualification"), ("a", "Discovery"), ("B", "Qualification"),
    ]  # fmt: skip


def test_a_copy_of_the_same_week_that_was_replaced_also_shows_what_was_entered() -> None:
    replaced: Snapshot = copy("11-13", [deal("a", "11-02 - - -")])
    found = rewritten(team([deal("a", "11-02 - - -")]), the_day(NOW), past(replaced, copy(THEN, [deal("a")])))
    assert found == ()
