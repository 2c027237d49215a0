"""What rows say that cannot all be right as of a day, and which day that is."""

from __future__ import annotations

from datetime import date

import pytest

from milestone_reports.workbook.reading.assemble import Reading
from workbooks import DrawnWorkbook, read, sentence, sentences

HEADER = "Opportunity | Rep | Kickoff | Proof | Proof evidence | Contract"
MILESTONES = "[Milestones]\nMilestone | Evidence required\nKickoff |\nProof | {required}\nContract |"


def drawn(*rows: str, required: str = "no", settings: str = "") -> str:
    lines = [f"Opportunity {number} | Dana Ruiz | {row}" for number, row in enumerate(rows, start=1)]
    setting = f"[Settings]\nSetting | Value\n{settings}" if settings else ""
    return "\n".join(["[Opportunities]", HEADER, *lines, MILESTONES.format(required=required), setting])


def proof_of(reading: Reading) -> str:
    return reading.team.opportunities[0].entries[1].evidence


def test_a_gate_dated_before_an_earlier_one_is_credited_on_the_later_day(workbook: DrawnWorkbook) -> None:
    assert sentence(read(workbook(drawn("2026-11-10 | 2026-11-05 | |")))) == (
        "Opportunities!D2 (Opportunity 1): Proof is dated 2026-11-05, before Kickoff on 2026-11-10; a later gate was "
        "expected on the same day or after. Credited on 2026-11-10, the later of the two. "
        "Fix: correct the date that is wrong."
    )


def test_a_skipped_gate_leaves_what_follows_claimed(workbook: DrawnWorkbook) -> None:
    assert sentence(read(workbook(drawn(" | 2026-11-05 | | 2026-11-12")))) == (
        "Opportunities!D2 (Opportunity 1): Proof is dated 2026-11-05, but Kickoff before it is not completed; Kickoff "
        "was expected first. Not credited: Proof and what follows count as claimed until Kickoff is dated. "
        "Fix: date Kickoff, or type 'waived' into its cell."
    )


def test_a_waived_gate_is_passed_without_a_problem(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(drawn("Waived | 2026-11-05 | |")))
    assert sentences(reading) == []
    assert reading.team.opportunities[0].entries[0].waived


def test_open_gates_may_be_skipped(workbook: DrawnWorkbook) -> None:
    assert sentences(read(workbook(drawn(" | 2026-11-05 | |", settings="Gates | open")))) == []


def test_where_skipping_is_the_rule_the_setting_for_it_is_named(workbook: DrawnWorkbook) -> None:
    rows = [" | 2026-11-05 | |"] * 10 + ["2026-11-04 | 2026-11-05 | |"] * 30  # 10 of 40: one in four
    assert sentence(read(workbook(drawn(*rows))), "gates_often_skipped") == (
        "The workbook: 10 of 40 opportunities skip a gate; gates in order were expected, as Gates on the Settings "
        "sheet says. What follows a skipped gate counts as claimed, not as done. "
        "Fix: where gates may be skipped, write 'open' for Gates on the Settings sheet."
    )
    assert sentences(read(workbook(drawn(*rows, rows[-1]))), "gates_often_skipped") == []


def test_a_milestone_without_the_evidence_it_requires_is_claimed(workbook: DrawnWorkbook) -> None:
    assert sentence(read(workbook(drawn("2026-11-04 | 2026-11-05 | |", required="yes")))) == (
        "Opportunities!D2 (Opportunity 1): Proof is completed without evidence; the Milestones sheet requires it. "
        "Not credited: counts as claimed. Fix: write what proves it, or a link, into 'Proof evidence'."
    )


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("Signed minutes", "Signed minutes"), ("[Minutes](https://example.org/m.pdf)", "https://example.org/m.pdf")],
)
def test_evidence_is_kept_and_a_link_by_its_address(workbook: DrawnWorkbook, cell: str, kept: str) -> None:
    reading = read(workbook(drawn(f"2026-11-04 | 2026-11-05 | {cell} |", required="yes")))
    assert sentences(reading) == []
    assert proof_of(reading) == kept


def test_evidence_in_an_error_cell_is_none(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(drawn("2026-11-04 | 2026-11-05 | #REF! |", required="yes")))
    assert sentence(reading, "error_cell") == (
        "Opportunities!E2 (Opportunity 1): the error #REF! in Proof evidence; a value was expected. Left out. "
        "Fix: mend the formula or type the value."
    )
    assert len(sentences(reading, "evidence_missing")) == 1


AFTER = drawn("2026-11-16 | 2026-11-20 | |", settings="As of | 2026-11-18")


def test_a_milestone_dated_after_the_as_of_date_is_neither_done_nor_planned(workbook: DrawnWorkbook) -> None:
    assert sentence(read(workbook(AFTER))) == (
        "Opportunities!D2 (Opportunity 1): Proof is completed on 2026-11-20; a day up to the as-of date 2026-11-18 was "
        "expected. Not counted as done, and no plan by itself. Fix: correct the date, or put it into 'Proof planned'."
    )


def test_for_an_earlier_day_that_was_asked_for_later_dates_are_no_problem(workbook: DrawnWorkbook) -> None:
    assert sentences(read(workbook(AFTER), as_of=date(2026, 11, 17))) == []


@pytest.mark.parametrize(
    ("asked_for", "settings", "today", "as_of"),
    [
        (date(2026, 10, 1), "As of | 2026-11-15", date(2026, 11, 18), date(2026, 10, 1)),  # asked for
        (None, "As of | 2026-11-15", date(2026, 11, 18), date(2026, 11, 15)),  # the workbook's own
        (None, "", date(2026, 11, 18), date(2026, 11, 18)),  # a Wednesday
        (None, "", date(2026, 11, 16), date(2026, 11, 15)),  # a Monday: last week's report
        (None, "Week starts | Sunday", date(2026, 11, 16), date(2026, 11, 16)),  # that Monday is mid-week there
        (None, "Week starts | Sunday", date(2026, 11, 15), date(2026, 11, 14)),
    ],
)
def test_the_as_of_date_is_asked_for_or_the_workbooks_or_todays(
    workbook: DrawnWorkbook, asked_for: date | None, settings: str, today: date, as_of: date
) -> None:
    path = workbook(drawn("2026-09-16 | | |", settings=settings))
    assert read(path, as_of=asked_for, today=today).as_of == as_of


def test_a_workbook_whose_newest_date_is_over_two_weeks_old_is_said_to_be_stale(workbook: DrawnWorkbook) -> None:
    path = workbook(drawn("2026-11-03 | | |"))
    assert sentences(read(path, today=date(2026, 11, 17))) == []  # 14 days
    assert sentence(read(path, today=date(2026, 11, 18))) == (
        "The workbook: its newest date is 2026-11-03, 15 days before 2026-11-18; a workbook kept up to the as-of date "
        "was expected. All figures are those of 2026-11-18. Fix: take the newest copy, or give the day it stands for "
        "with --as-of or As of on the Settings sheet."
    )
