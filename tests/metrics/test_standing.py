"""What has become of an opportunity by a day, and which of its milestones are credited by then."""

from dataclasses import replace
from datetime import date

import pytest
from deals import ARTICLE, day, deal

from milestone_reports.domain.opportunity import Opportunity, Outcome
from milestone_reports.domain.team import Gates
from milestone_reports.domain.track import Milestone, Track
from milestone_reports.metrics.standing import Credit, State, lost_date, milestone_credits, reached_dates, standing

AS_OF = date(2024, 12, 31)
PROVEN = Track("New business", (Milestone("Talk"), Milestone("Proof", evidence_required=True), Milestone("Contract")))


def credited(
    opportunity: Opportunity, track: Track = ARTICLE, gates: Gates = Gates.IN_ORDER, as_of: date = AS_OF
) -> list[date | None]:
    return [credit.credited_on for credit in milestone_credits(opportunity, track, gates, as_of)]


def reasons(opportunity: Opportunity, track: Track = ARTICLE, gates: Gates = Gates.IN_ORDER) -> list[str]:
    return [credit.claimed_because for credit in milestone_credits(opportunity, track, gates, AS_OF)]


def days(text: str) -> list[date | None]:
    return [day(cell) for cell in text.split()]


# The reference cases of method.md §1: row, reached dates, current milestone, state, day lost, days there.
CLEAN = {
    "plain open": ("2024-11-01 2024-11-21 -", "", "2024-11-01 2024-11-21 -", 2, State.OPEN, None, 40),
    "milestone 2 skipped": (
        "2024-10-01 - 2024-12-01", "", "2024-10-01 2024-12-01 2024-12-01", 3, State.WON, None, None,
    ),
    "a future date is ignored": ("2024-12-01 2025-01-10 -", "", "2024-12-01 - -", 1, State.OPEN, None, 30),
    "lost before its last milestone": (
        "2024-01-01 2024-02-01 -", "2024-01-15", "2024-01-01 2024-02-01 -", 2, State.LOST, "2024-02-01", None,
    ),
    "milestone 1 missing": ("- 2024-06-01 -", "", "2024-06-01 2024-06-01 -", 2, State.OPEN, None, 213),
    "all on one day": ("2024-06-01 2024-06-01", "", "2024-06-01 2024-06-01", 2, State.WON, None, None),
}  # fmt: skip


@pytest.mark.parametrize(("row", "lost", "reached", "current", "state", "lost_on", "age"), CLEAN.values(), ids=CLEAN)
def test_rows_are_read_as_in_the_reference_cases(
    row: str, lost: str, reached: str, current: int, state: State, lost_on: str | None, age: int | None
) -> None:
    opportunity = deal(row, outcome=Outcome.LOST if lost else Outcome.OPEN, closed_on=lost)
    assert list(reached_dates(opportunity, AS_OF)) == days(reached)
    assert lost_date(opportunity, AS_OF) == (day(lost_on) if lost_on else None)
    found = standing(opportunity, AS_OF)
    assert (found.state, found.n_reached) == (state, current)
    if age is not None and found.reached_on:
        assert (AS_OF - found.reached_on).days == age


def test_dates_out_of_order_are_repaired_by_the_earliest_later_one() -> None:
    # Proof came before Discovery: Discovery was reached by then.
    found = reached_dates(deal("2024-01-05 2024-03-01 2024-02-01 -"), AS_OF)
    assert list(found) == days("2024-01-05 2024-02-01 2024-02-01 -")


def test_a_sale_beats_a_loss() -> None:
    sold = deal("2024-01-05 - - 2024-03-01", outcome=Outcome.LOST, closed_on="2024-02-01")
    assert lost_date(sold, AS_OF) is None
    assert standing(sold, AS_OF).state is State.WON


@pytest.mark.parametrize("outcome", [Outcome.LOST, Outcome.NO_DECISION, Outcome.DISQUALIFIED])
def test_every_kind_of_lost_is_lost_from_its_closed_date_on(outcome: Outcome) -> None:
    lost = deal("2024-01-05 - - -", outcome=outcome, closed_on="2024-06-03")
    assert standing(lost, date(2024, 6, 2)).state is State.OPEN
    assert standing(lost, date(2024, 6, 3)).state is State.LOST
    assert standing(lost, AS_OF).closed_on == date(2024, 6, 3)


def test_lost_with_no_closed_date_is_lost_on_its_last_milestone() -> None:
    lost = deal("2024-01-05 2024-02-01 - -", outcome=Outcome.LOST)
    assert lost_date(lost, AS_OF) == date(2024, 2, 1)
    assert standing(deal("- - - -", outcome=Outcome.LOST), AS_OF).state is State.LOST


def test_won_with_no_date_is_neither_open_nor_won_nor_lost() -> None:
    found = standing(deal("2024-01-05 - - -", outcome=Outcome.WON), AS_OF)
    assert (found.state, found.closed_on) == (State.UNDATED, None)


def test_won_before_its_sale_date_is_open() -> None:
    sold = deal("2024-01-05 2024-01-06 2024-01-07 2024-06-03", outcome=Outcome.WON)
    assert standing(sold, date(2024, 6, 2)).state is State.OPEN
    assert standing(sold, date(2024, 6, 3)).closed_on == date(2024, 6, 3)


def test_cancelled_after_signature_stays_won_and_is_cancelled_from_its_closed_date_on() -> None:
    row = deal("2024-01-05 - - 2024-03-01", outcome=Outcome.CANCELLED, closed_on="2024-06-03")
    assert [standing(row, on).state for on in (date(2024, 2, 1), date(2024, 6, 2), AS_OF)] == [
        State.OPEN, State.WON, State.WON
    ]  # fmt: skip
    assert [standing(row, on).cancelled for on in (date(2024, 6, 2), date(2024, 6, 3))] == [False, True]


def test_milestones_in_order_are_credited_on_their_own_dates() -> None:
    assert credited(deal("2024-01-05 2024-02-01 2024-02-01 -")) == days("2024-01-05 2024-02-01 2024-02-01 -")


def test_an_undated_gate_holds_back_what_follows_and_says_so() -> None:
    row = deal("2024-01-05 2024-02-01 - 2024-04-01")
    assert credited(row) == days("2024-01-05 2024-02-01 - -")
    assert reasons(row) == ["", "", "", "Proof undated"]


def test_a_gate_entered_late_credits_what_waited_behind_it_on_its_day() -> None:
    assert credited(deal("2024-01-05 2024-05-20 2024-03-01 2024-04-01")) == days(
        "2024-01-05 2024-05-20 2024-05-20 2024-05-20"
    )


def test_a_waived_gate_is_passed_without_credit() -> None:
    assert credited(deal("2024-01-05 waived 2024-03-01 -")) == days("2024-01-05 - 2024-03-01 -")
    assert reasons(deal("2024-01-05 waived 2024-03-01 -")) == [""] * 4
    assert credited(deal("waived 2024-02-01 - -")) == days("- 2024-02-01 - -")


def test_a_milestone_that_requires_evidence_is_claimed_until_there_is_some() -> None:
    bare, proven = deal("2024-01-05 2024-02-01 -"), deal("2024-01-05 2024-02-01 -", evidence="- minutes")
    assert credited(bare, PROVEN) == days("2024-01-05 - -")
    assert reasons(bare, PROVEN) == ["", "no evidence for Proof", ""]
    assert credited(proven, PROVEN) == days("2024-01-05 2024-02-01 -")


def test_missing_evidence_holds_back_what_follows_too() -> None:
    row = deal("2024-01-05 2024-02-01 2024-03-01")
    assert credited(row, PROVEN) == days("2024-01-05 - -")
    assert reasons(row, PROVEN) == ["", "no evidence for Proof", "no evidence for Proof"]


def test_evidence_is_no_matter_where_it_is_not_required() -> None:
    assert credited(deal("2024-01-05 - -", evidence="minutes"), PROVEN) == credited(deal("2024-01-05 - -"), PROVEN)


def test_open_gates_credit_each_milestone_on_its_own_date() -> None:
    row = deal("2024-05-20 - 2024-03-01 2024-04-01")
    assert credited(row, gates=Gates.OPEN) == days("2024-05-20 - 2024-03-01 2024-04-01")
    assert reasons(row, gates=Gates.OPEN) == [""] * 4


def test_nothing_after_the_as_of_date_is_completed_or_credited() -> None:
    row = deal("2024-01-05 2024-02-01 2024-03-01 -")
    assert credited(row, as_of=date(2024, 2, 1)) == days("2024-01-05 2024-02-01 - -")
    assert milestone_credits(row, ARTICLE, Gates.IN_ORDER, date(2024, 1, 4)) == (Credit(None, None, ""),) * 4


def test_a_gate_dated_after_the_as_of_date_still_holds_back_what_follows() -> None:
    row = deal("2024-01-05 2024-05-20 2024-03-01 -")
    found = milestone_credits(row, ARTICLE, Gates.IN_ORDER, date(2024, 4, 1))
    assert found[2] == Credit(date(2024, 3, 1), None, "Discovery undated")


def test_the_outcome_takes_no_credit_away() -> None:
    row = deal("2024-01-05 2024-02-01 - -", outcome=Outcome.LOST, closed_on="2024-03-01")
    assert credited(row) == credited(replace(row, outcome=Outcome.OPEN)) == days("2024-01-05 2024-02-01 - -")
