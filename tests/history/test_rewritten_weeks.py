"""Past weeks that count other milestones now than their own copy did, and because of which rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from arbitrary_copies import histories
from hypothesis import given
from weekly_copies import NEW_BUSINESS, copy, deal, past, team, the_day, track

from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity
from milestone_reports.domain.team import Gates, Settings, Team
from milestone_reports.domain.track import Milestone
from milestone_reports.history.restating import restated_weeks
from milestone_reports.history.rewritten import RestatedWeek
from milestone_reports.history.snapshots import NO_PAST, Copy, Past, Snapshot
from milestone_reports.metrics.standing import milestone_credits

# Sundays, the last days of weeks 44 to 47; week 44 is that of 26 October.
COPIES = ("11-01", "11-08", "11-15")
NOW = "11-22"
Row = tuple[str, str, str, int]


def weeks(rows_by_copy: Sequence[Sequence[Opportunity]], now: Sequence[Opportunity]) -> list[RestatedWeek]:
    copies = [copy(on, rows) for on, rows in zip(COPIES, rows_by_copy, strict=True)]
    return list(restated_weeks(team(now), the_day(NOW), past(*copies)))


def rows_of(week: RestatedWeek) -> list[Row]:
    return [(row.why, row.opportunity_id, row.milestone, row.counts) for row in week.rows]


def only(then: Opportunity | None, now: Opportunity | None) -> list[Row]:
    """The rows of week 44 where all three copies have the one and the workbook at hand the other."""
    before = [then] if then else []
    found = weeks([before] * 3, [now] if now else [])
    return [row for week in found if week.week == "2026-W44" for row in rows_of(week)]


def test_without_a_past_there_is_nothing_to_restate() -> None:
    assert restated_weeks(team([deal("a", "10-28 - - -")]), the_day(NOW), NO_PAST) == ()


def test_a_week_is_told_with_what_it_was_what_it_is_and_why() -> None:
    then = [deal("a", "10-28 - - -"), deal("b")]
    (week,) = weeks([then, then, then], [deal("a", "10-28 - - -"), deal("b", "10-29 10-30 - -")])
    assert (week.week, week.first_on, week.said_in) == (
        "2026-W44", the_day("10-26"), Copy(the_day("11-01"), "2026-11-01.xlsx"),
    )  # fmt: skip
    assert (week.published, week.now) == (1, 3)
    assert rows_of(week) == [("entered late", "b", "Discovery", 1), ("entered late", "b", "Qualification", 1)]


def test_what_came_by_a_copy_within_the_grace_came_since_and_not_late() -> None:
    blank, dated = [deal("a")], [deal("a", "10-28 - - -")]
    # Due on 8 November: the copy of that day has it.
    assert [rows_of(week) for week in weeks([blank, dated, dated], dated)] == [
        [("entered since", "a", "Qualification", 1)]
    ]
    assert [rows_of(week) for week in weeks([blank, blank, dated], dated)] == [
        [("entered late", "a", "Qualification", 1)]
    ]


def test_what_came_while_no_copy_was_taken_is_not_called_late() -> None:
    dated = [deal("a", "10-28 - - -")]
    (week,) = restated_weeks(team(dated), the_day(NOW), past(copy("11-01", [deal("a")])))
    assert rows_of(week) == [("entered since", "a", "Qualification", 1)]


def test_a_changed_date_leaves_one_week_and_comes_to_another() -> None:
    then, now = [deal("a", "10-28 - - -")], [deal("a", "11-04 - - -")]
    found = weeks([then, then, then], now)
    assert [(week.week, week.published, week.now, rows_of(week)) for week in found] == [
        ("2026-W44", 1, 0, [("date changed", "a", "Qualification", -1)]),
        ("2026-W45", 0, 1, [("date changed", "a", "Qualification", 1)]),
    ]


def test_a_date_that_a_later_copy_had_otherwise_was_changed_to_a_week_that_did_not_have_it() -> None:
    found = weeks([[deal("a")], [deal("a", "11-04 - - -")], [deal("a", "11-04 - - -")]], [deal("a", "10-28 - - -")])
    assert [(week.week, rows_of(week)) for week in found] == [
        ("2026-W44", [("date changed", "a", "Qualification", 1)]),
        ("2026-W45", [("date changed", "a", "Qualification", -1)]),
    ]


def test_withdrawn_and_removed_milestones_are_no_longer_counted() -> None:
    assert only(deal("a", "10-28 - - -"), deal("a")) == [("withdrawn", "a", "Qualification", -1)]
    assert only(deal("a", "10-28 - - -"), None) == [("removed", "a", "Qualification", -1)]


def test_a_removed_row_has_no_address_any_more_and_keeps_its_rep() -> None:
    (week,) = weeks([[deal("a", "10-28 - - -", rep="Bo")]] * 3, [])
    assert (week.rows[0].anchor, week.rows[0].rep) == ("", "Bo")


def test_a_gate_filled_in_or_emptied_credits_what_waited_behind_it() -> None:
    assert only(deal("a", "- 10-28 - -"), deal("a", "10-27 10-28 - -")) == [
        ("credited now", "a", "Discovery", 1),
        ("entered late", "a", "Qualification", 1),
    ]
    assert only(deal("a", "10-20 10-28 - -"), deal("a", "- 10-28 - -")) == [
        ("no longer credited", "a", "Discovery", -1)
    ]


def test_evidence_that_comes_or_goes_moves_the_week_too() -> None:
    proof_needed = Milestone("Qualification", evidence_required=True)
    tracks = (replace(NEW_BUSINESS, milestones=(proof_needed, *NEW_BUSINESS.milestones[1:])),)
    blank = deal("a", "10-28 - - -")
    proven = replace(blank, entries=(blank.entries[0]._replace(evidence="minutes"), *blank.entries[1:]))
    came = restated_weeks(team([proven], tracks=tracks), the_day(NOW), past(copy("11-01", [blank], tracks=tracks)))
    went = restated_weeks(team([blank], tracks=tracks), the_day(NOW), past(copy("11-01", [proven], tracks=tracks)))
    assert [rows_of(week) for week in came] == [[("credited now", "a", "Qualification", 1)]]
    assert [rows_of(week) for week in went] == [[("no longer credited", "a", "Qualification", -1)]]


def test_what_is_dated_after_the_copys_day_is_no_restatement() -> None:
    friday = copy("10-30", [deal("a")])
    dated = deal("a", "10-31 - - -")  # the Saturday after it
    assert restated_weeks(team([dated]), the_day(NOW), past(friday)) == ()


def test_one_that_came_and_one_that_went_are_both_told() -> None:
    then = [deal("a", "10-28 - - -"), deal("b")]
    (week,) = weeks([then, then, then], [deal("a"), deal("b", "10-28 - - -")])
    assert (week.published, week.now) == (1, 1)
    assert rows_of(week) == [("entered late", "b", "Qualification", 1), ("withdrawn", "a", "Qualification", -1)]


def test_only_weeks_of_the_fiscal_year_are_restated() -> None:
    late_in_the_year = copy(date(2025, 12, 14), [])
    now = deal("a", "- - - -")
    now = replace(now, entries=(MilestoneEntry(completed_on=date(2025, 12, 10)), *now.entries[1:]))
    before = past(late_in_the_year, copy("11-15", []))
    assert restated_weeks(team([now]), the_day(NOW), before) == ()
    july = team([now], settings=Settings(fiscal_year_starts=12))
    assert [week.week for week in restated_weeks(july, date(2026, 2, 1), past(late_in_the_year))] == ["2025-W50"]


def observed(one: Opportunity) -> Opportunity:
    return replace(one, entries=tuple(entry._replace(observed=bool(entry.completed_on)) for entry in one.entries))


def test_an_observed_or_a_waived_milestone_comes_and_goes_without_a_charge() -> None:
    assert only(observed(deal("a", "10-28 - - -")), deal("a", "10-20 - - -")) == [
        ("no longer credited", "a", "Qualification", -1)
    ]
    assert only(deal("a"), observed(deal("a", "10-28 - - -"))) == [("credited now", "a", "Qualification", 1)]
    assert only(deal("a", "waived - - -"), deal("a", "10-28 - - -")) == [("credited now", "a", "Qualification", 1)]
    assert only(deal("a", "10-28 - - -"), deal("a", "waived - - -")) == [
        ("no longer credited", "a", "Qualification", -1)
    ]


def test_a_row_with_its_account_written_anew_goes_and_comes_without_a_charge() -> None:
    then = deal("old", "10-28 - - -", created="10-01")
    now = replace(then, id="new", account="Another")
    assert only(then, now) == [
        ("credited now", "new", "Qualification", 1),
        ("removed", "old", "Qualification", -1),
    ]


def test_a_renamed_milestone_is_the_same_one_and_a_new_one_nobodys_fault() -> None:
    renamed = track("First call", "Discovery", "Proof", "Contract")
    dated = deal("a", "10-28 - - -")
    assert restated_weeks(team([dated]), the_day(NOW), past(copy("11-01", [dated], tracks=[renamed]))) == ()
    short = track("Discovery", "Proof", "Contract")
    before = past(copy("11-01", [deal("a", "- - -")], tracks=[short]))
    (week,) = restated_weeks(team([dated]), the_day(NOW), before)
    assert rows_of(week) == [("credited now", "a", "Qualification", 1)]


def test_a_milestone_that_the_track_no_longer_has_is_named_as_it_was() -> None:
    long = track("Qualification", "Demo", "Discovery", "Proof", "Contract")
    before = past(copy("11-01", [deal("a", "10-20 10-28 - - -")], tracks=[long]))
    (week,) = restated_weeks(team([deal("a", "10-20 - - -")]), the_day(NOW), before)
    assert rows_of(week) == [("no longer credited", "a", "Demo", -1)]


def test_a_row_is_credited_to_whoever_earned_it() -> None:
    now = deal("a", "10-28 - - -", rep="Bo")
    earned = replace(now, entries=(now.entries[0]._replace(earned_by="Ann"), *now.entries[1:]))
    (week,) = weeks([[deal("a")]] * 3, [earned])
    assert [row.rep for row in week.rows] == ["Ann"]


def plainly_counted(
    rows: Sequence[Opportunity], tracks: Team | Snapshot, gates: Gates, as_of: date, first_on: date
) -> int:
    """The milestones credited in a week, by looking at each of them."""
    by_name = {one.name: one for one in tracks.tracks}
    days = [credit.credited_on for one in rows for credit in milestone_credits(one, by_name[one.track], gates, as_of)]
    return sum(on is not None and first_on <= on < first_on + timedelta(days=7) for on in days)


@given(histories())
def test_both_counts_are_those_of_a_look_at_every_milestone(history: tuple[Team, date, Past]) -> None:
    team_now, as_of, before = history
    told = {week.first_on: (week.published, week.now) for week in restated_weeks(team_now, as_of, before)}
    gates = team_now.settings.gates
    for one in before.snapshots:
        first_on = one.week.first_on
        then = plainly_counted(tuple(one.opportunities.values()), one, gates, one.as_of, first_on)
        now = plainly_counted(team_now.opportunities, team_now, gates, one.as_of, first_on)
        assert told.get(first_on, (then, then)) == (then, now)
