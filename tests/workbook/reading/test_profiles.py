"""Exports of CRMs as they come, each drawn in the shape of the real one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from milestone_reports.domain.opportunity import Opportunity, Outcome
from milestone_reports.metrics.standing import State, standing
from milestone_reports.workbook.reading.assemble import Reading
from workbooks import DrawnWorkbook, read, sentence, sentences


def tracks(reading: Reading) -> dict[str, list[str]]:
    return {track.name: [milestone.name for milestone in track.milestones] for track in reading.team.tracks}


def opportunity(reading: Reading, identity: str) -> Opportunity:
    return next(o for o in reading.team.opportunities if o.id == identity)


def days(one: Opportunity) -> list[str]:
    """Each milestone's day, `reached` for one without, nothing for one that is still to come."""
    return [
        entry.completed_on.isoformat() if entry.completed_on else "reached" if entry.reached_undated else ""
        for entry in one.entries
    ]


HUBSPOT = """
    [hubspot-crm-exports-all-deals]
    Record ID | Deal Name | Deal Stage | Close Date | Deal owner | Amount | Pipeline | Create Date | Date entered "Appointment Scheduled (Sales Pipeline)" | Date entered "Closed Lost (Sales Pipeline)" | Date entered "Closed Won (Sales Pipeline)" | Date entered "Contract Sent (Sales Pipeline)" | Date exited "Contract Sent (Sales Pipeline)" | Date entered "Renewal Due (Renewals)" | Date entered "Closed Won (Renewals)" | Closed Lost Reason
    9001 | Alpha | Closed Won | 2026-05-01T10:00 | Dana Ruiz | 50000 | Sales Pipeline | 2026-01-05T08:00 | 2026-01-05T08:00 | | 2026-04-30T09:30 | 2026-03-02T11:00 | 2026-04-30T09:30 | | |
    9002 | Beta | Closed Lost | 2026-06-10T10:00 | Dana Ruiz | 20000 | Sales Pipeline | 2026-02-01T08:00 | 2026-02-01T08:00 | 2026-06-09T10:00 | | 2026-04-02T11:00 | 2026-06-09T10:00 | | | Price
    9003 | Gamma | Contract Sent | 2026-12-31T10:00 | Omar Said | 30000 | Sales Pipeline | 2026-09-01T08:00 | 2026-09-01T08:00 | | 2026-10-01T09:00 | 2026-09-20T11:00 | | | |
    9004 | Delta renewal | Closed Won (Renewals) | 2026-10-05T10:00 | Omar Said | 10000 | Renewals | 2026-08-01T08:00 | | | | | | 2026-08-01T08:00 | 2026-10-05T10:00 |
"""  # noqa: E501  a line is a row


def test_a_hubspot_export_gives_a_track_a_pipeline_with_the_stages_in_the_order_of_their_dates(
    workbook: DrawnWorkbook,
) -> None:
    reading = read(workbook(HUBSPOT))
    assert tracks(reading) == {
        "Sales Pipeline": ["Appointment Scheduled", "Contract Sent", "Closed Won"],
        "Renewals": ["Renewal Due", "Closed Won"],
    }
    assert days(opportunity(reading, "9001")) == ["2026-01-05", "2026-03-02", "2026-04-30"]
    assert days(opportunity(reading, "9004")) == ["2026-08-01", "2026-10-05"]


def test_a_hubspot_deal_is_lost_on_the_day_it_entered_closed_lost(workbook: DrawnWorkbook) -> None:
    beta = opportunity(read(workbook(HUBSPOT)), "9002")
    assert (beta.outcome, beta.closed_on, beta.lost_reason) == (Outcome.LOST, date(2026, 6, 9), "Price")
    assert days(beta) == ["2026-02-01", "2026-04-02", ""]


def test_a_hubspot_deal_that_left_closed_won_again_is_open_and_its_close_date_is_a_guess(
    workbook: DrawnWorkbook,
) -> None:
    reading = read(workbook(HUBSPOT))
    gamma = opportunity(reading, "9003")
    assert (gamma.outcome, gamma.closed_on, days(gamma)[-1]) == (Outcome.OPEN, None, "")
    assert sentence(reading, "sale_taken_back") == (
        "hubspot-crm-exports-all-deals, row 4: 1 deal that once entered 'Closed Won' and now stands in another stage; "
        "a deal that is won was expected to stay there. Not counted as sold. Fix: move it back if it is sold."
    )


def test_what_a_hubspot_export_is_read_as_and_what_is_not_read_is_said(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(HUBSPOT))
    assert sentence(reading, "export_recognised") == (
        "hubspot-crm-exports-all-deals!A1: the columns of deals from HubSpot. Read as such: 'Record ID' is ID, "
        "'Deal Name' is Opportunity, 'Close Date' is Closed, 'Deal owner' is Rep, 'Amount' is Value, 'Pipeline' is "
        "Track, 'Create Date' is Created, 'Closed Lost Reason' is Lost reason. "
        "Fix: say otherwise on a sheet named 'Columns' if that is not right."
    )
    assert sentence(reading, "exits_not_read") == (
        "hubspot-crm-exports-all-deals!M1: 1 column of when a stage was left or how long it lasted. "
        "Not read: a milestone counts when it is reached. Fix: nothing, or leave them out of the export."
    )


def test_milestones_that_are_listed_choose_among_a_hubspot_exports_columns(workbook: DrawnWorkbook) -> None:
    companion = workbook("[Milestones]\nMilestone\nAppointment Scheduled\nClosed Won", "companion.xlsx")
    reading = read(workbook(HUBSPOT), companion=companion)
    assert tracks(reading)["Sales Pipeline"] == ["Appointment Scheduled", "Closed Won"]
    assert days(opportunity(reading, "9001")) == ["2026-01-05", "2026-04-30"]


SALESFORCE = """
    [Opportunities Report]
    Opportunity Owner | Account Name | Opportunity Name | Stage | Fiscal Period | Amount | Expected Revenue | Probability (%) | Age | Close Date | Created Date | Next Step | Lead Source | Type
    Dana Ruiz | Talbeck Steel | Gearbox | Closed Won | Q2-2026 | 50000 | 50000 | 100 | 90 | 2026-05-01 | 2026-02-01 | | Web | New Business
    Dana Ruiz | Norvik | Pump | Prospecting | Q4-2026 | 20000 | 2000 | 10 | 40 | 2026-12-15 | 2026-10-01 | Call | Web | New Business
    Omar Said | Ostra | Valve | Negotiation | Q4-2026 | 30000 | 27000 | 90 | 60 | 2026-12-20 | 2026-09-01 | | Fair | New Business
    Omar Said | Pelle | Crane | Qualification | Q4-2026 | 10000 | 3000 | 30 | 20 | 2027-01-20 | 2026-11-01 | | Fair | New Business
    Omar Said | Quell | Winch | Closed Lost | Q3-2026 | 12000 | 0 | 0 | 70 | 2026-08-20 | 2026-06-01 | | Fair | New Business
    Total | | | | | 122000
"""  # noqa: E501  a line is a row


def test_a_salesforce_report_gives_milestones_reached_without_dates_in_the_order_of_their_probabilities(
    workbook: DrawnWorkbook,
) -> None:
    reading = read(workbook(SALESFORCE))
    assert tracks(reading) == {"New Business": ["Prospecting", "Qualification", "Negotiation", "Closed Won"]}
    by_name = {o.name: days(o) for o in reading.team.opportunities}
    assert by_name["Pump"] == ["reached", "", "", ""]
    assert by_name["Valve"] == ["reached", "reached", "reached", ""]
    assert by_name["Gearbox"] == ["reached", "reached", "reached", "2026-05-01"]
    assert by_name["Winch"] == ["reached", "", "", ""]


def test_a_salesforce_close_date_dates_a_sale_and_a_loss_and_is_a_guess_until_then(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(SALESFORCE))
    states = {o.name: standing(o, date(2026, 11, 18)) for o in reading.team.opportunities}
    assert (states["Gearbox"].state, states["Gearbox"].closed_on) == (State.WON, date(2026, 5, 1))
    assert (states["Winch"].state, states["Winch"].closed_on) == (State.LOST, date(2026, 8, 20))
    assert states["Pump"].state is State.OPEN
    assert sentence(reading, "close_date_expected") == (
        "Opportunities Report!J1: a close date on 3 that are open. Read as the day expected: it is no milestone, and "
        "closes nothing. Fix: nothing; it counts once the opportunity is won or lost."
    )
    assert sentence(reading, "lost_at_unknown_stage") == (
        "Opportunities Report!D6: 1 lost with 'Closed Lost' as the stage; the stage at which each was lost was "
        "expected. Counted as lost at the first milestone: the rates of later ones are too high. "
        "Fix: export the history of stages instead, which says where each was lost."
    )


def test_dates_of_the_users_own_in_an_export_are_said_and_read_where_a_milestones_sheet_names_them(
    workbook: DrawnWorkbook,
) -> None:
    path = workbook("""
        [Report]
        Opportunity Owner | Opportunity Name | Stage | Close Date | Proof done | Contract
        Dana Ruiz | Gearbox | Prospecting | 2026-12-01 | 2026-10-01 | 2026-11-01
        Dana Ruiz | Pump | Prospecting | 2026-12-01 | 2026-10-07 |
    """)
    reading = read(path)
    assert sentence(reading, "dates_not_read") == (
        "Report!E1: dates in 'Proof done' and 'Contract'. Not read: the stages of the export are the milestones. Fix: "
        "list the milestones on a sheet named 'Milestones', by the headers of their dates, if these are some."
    )
    companion = workbook("[Milestones]\nMilestone\nProof\nContract", "companion.xlsx")
    gearbox, pump = read(path, companion=companion).team.opportunities
    assert (days(gearbox), days(pump)) == (["2026-10-01", "2026-11-01"], ["2026-10-07", ""])


HISTORY = """
    [History]
    Opportunity Name | Opportunity Owner | Account Name | Amount | From Stage | To Stage | Close Date | Last Modified
    Gearbox | Dana Ruiz | Talbeck Steel | 50000 | | Prospecting | 2026-12-31 | 2026-01-05T09:00
    Gearbox | Dana Ruiz | Talbeck Steel | 50000 | Prospecting | Proposal | 2026-12-31 | 2026-02-10T09:00
    Gearbox | Dana Ruiz | Talbeck Steel | 45000 | Proposal | Prospecting | 2026-12-31 | 2026-02-20T09:00
    Gearbox | Dana Ruiz | Talbeck Steel | 45000 | Prospecting | Proposal | 2026-12-31 | 2026-03-01T09:00
    Gearbox | Omar Said | Talbeck Steel | 60000 | Proposal | Closed Won | 2026-05-01 | 2026-05-01T09:00
    Valve | Omar Said | Ostra | 30000 | | Prospecting | 2026-12-31 | 2026-03-05T09:00
    Valve | Omar Said | Ostra | 30000 | Prospecting | Closed Lost | 2026-06-30 | 2026-06-12T09:00
    Pump | Omar Said | Norvik | 20000 | Prospecting | Proposal | 2026-12-31 | 2026-09-09T15:00
    Pump | Omar Said | Norvik | 20000 | | Prospecting | 2026-12-31 | 2026-09-09T09:00
"""


def test_a_history_of_stages_gives_a_row_an_opportunity_and_the_first_entry_dates_the_milestone(
    workbook: DrawnWorkbook,
) -> None:
    reading = read(workbook(HISTORY))
    assert tracks(reading) == {"Sales": ["Prospecting", "Proposal", "Closed Won"]}
    gearbox, valve, pump = reading.team.opportunities
    assert days(gearbox) == ["2026-01-05", "2026-02-10", "2026-05-01"]
    assert (gearbox.rep, gearbox.value) == ("Omar Said", 60000)
    assert days(valve) == ["2026-03-05", "", ""]
    assert (valve.outcome, valve.closed_on) == (Outcome.LOST, date(2026, 6, 12))
    assert days(pump) == ["2026-09-09", "2026-09-09", ""]
    assert pump.closed_on is None


def test_entries_again_and_moves_backward_are_counted(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(HISTORY))
    assert sentence(reading, "stages_entered_again") == (
        "History!F4: 2 entries into a stage that was left before. The first entry dates the "
        "milestone; what came later changes nothing. Fix: nothing, unless a milestone was dated too early."
    )
    assert sentence(reading, "moves_backward") == (
        "History!F4: 1 move back to an earlier stage. The first entry dates the milestone; "
        "what came later changes nothing. Fix: nothing, unless a milestone was dated too early."
    )


def test_a_day_of_a_history_that_cannot_be_read_is_the_error_of_who_owns_the_opportunity_last(
    workbook: DrawnWorkbook,
) -> None:
    reading = read(
        workbook("""
        [Changes]
        Deal | Owner | Old stage | New stage | Changed on
        Gearbox | Dana Ruiz | | Meeting | 2026-01-05
        Gearbox | Omar Said | Meeting | Proof | 2026-01-20
        Gearbox | Dana Ruiz | Proof | Won | soon
        Pump | Lee Wong | | Meeting | 2026-02-05
        Valve | Dana Ruiz | | Meeting | later
    """)
    )
    unread = {p.place.row: p.rep for p in reading.team.problems if p.rule == "date_not_read" and p.place}
    assert unread == {4: "Omar Said", 6: "Dana Ruiz"}
    assert reading.team.opportunities[0].rep == "Omar Said"


def test_the_object_of_the_history_is_read_beside_a_sheet_of_opportunities(workbook: DrawnWorkbook) -> None:
    reading = read(
        workbook("""
        [Opportunity]
        Opportunity ID | Opportunity Name | Opportunity Owner | Stage | Close Date | Created Date
        006A | Gearbox | Dana Ruiz | Closed Won | 2026-05-01 | 2026-01-04
        006B | Pump | Omar Said | Proposal | 2026-12-31 | 2026-09-08
        [OpportunityHistory]
        Id | OpportunityId | CreatedById | CreatedDate | StageName | Amount | ForecastCategory
        008A | 006A | 005X | 2026-01-05T09:00 | Prospecting | 50000 | Pipeline
        008B | 006A | 005X | 2026-02-05T09:00 | Proposal | 50000 | Pipeline
        008C | 006A | 005X | 2026-04-30T09:00 | Closed Won | 50000 | Closed
        008D | 006B | 005X | 2026-09-09T09:00 | Prospecting | 20000 | Pipeline
    """)
    )
    assert tracks(reading) == {"Sales": ["Prospecting", "Proposal", "Closed Won"]}
    gearbox, pump = reading.team.opportunities
    assert days(gearbox) == ["2026-01-05", "2026-02-05", "2026-04-30"]
    assert days(pump) == ["2026-09-09", "reached", ""]


def test_a_field_history_takes_changes_of_stage_alone_and_the_creation_dates_the_first(
    workbook: DrawnWorkbook,
) -> None:
    reading = read(
        workbook("""
        [Report]
        Opportunity Name | Opportunity Owner | Field / Event | Old Value | New Value | Edited By | Edit Date
        Gearbox | Dana Ruiz | Created. | | | Dana Ruiz | 2026-01-05
        Gearbox | Dana Ruiz | Amount | 10 | 20 | Dana Ruiz | 2026-01-20
        Gearbox | Dana Ruiz | Stage | Prospecting | Proposal | Dana Ruiz | 2026-02-10
        Gearbox | Dana Ruiz | Stage | Proposal | Closed Won | Omar Said | 2026-05-01
    """)
    )
    (gearbox,) = reading.team.opportunities
    assert tracks(reading) == {"Sales": ["Prospecting", "Proposal", "Closed Won"]}
    assert days(gearbox) == ["2026-01-05", "2026-02-10", "2026-05-01"]


def test_a_history_of_no_known_program_is_told_by_the_opportunities_that_stand_there_again(
    workbook: DrawnWorkbook,
) -> None:
    reading = read(
        workbook("""
        [Changes]
        Deal | Owner | Stage | Changed on
        Gearbox | Dana Ruiz | 1 - Meet | 2026-01-05
        Gearbox | Dana Ruiz | 2 - Proof | 2026-01-20
        Pump | Omar Said | 1 - Meet | 2026-02-05
        Pump | Omar Said | 3 - Won | 2026-03-05
    """)
    )
    assert tracks(reading) == {"Sales": ["1 - Meet", "2 - Proof", "3 - Won"]}
    assert [days(o) for o in reading.team.opportunities] == [
        ["2026-01-05", "2026-01-20", ""],
        ["2026-02-05", "", "2026-03-05"],
    ]


PIPEDRIVE = """
    [deals]
    {0}Title | {0}Owner | {0}Organization | {0}Value | {0}Currency | {0}Pipeline | {0}Stage | {0}Status | {0}Deal created | {0}Update time | {0}Expected close date | {0}Won time | {0}Lost time | {0}Lost reason
    Alpha deal | Dana Ruiz | Talbeck | 5000 | USD | Pipeline | Contract | Won | 2026-01-02T08:00 | 2026-04-02T10:00 | 2026-04-30 | 2026-04-02T10:00 | |
    Beta deal | Dana Ruiz | Ostra | 7000 | USD | Pipeline | Proposal | Lost | 2026-02-02T08:00 | 2026-05-02T10:00 | 2026-06-30 | | 2026-05-02T10:00 | Price
    Gamma deal | Omar Said | Norvik | 9000 | USD | Pipeline | Qualified | Open | 2026-09-02T08:00 | 2026-09-05T10:00 | 2026-12-30 | | |
"""  # noqa: E501  a line is a row


@pytest.mark.parametrize("prefix", ["Deal - ", ""])
def test_a_pipedrive_export_is_read_with_and_without_the_prefix(workbook: DrawnWorkbook, prefix: str) -> None:
    reading = read(workbook(PIPEDRIVE.format(prefix)))
    alpha, beta, gamma = reading.team.opportunities
    assert tracks(reading) == {"Pipeline": ["Contract", "Proposal", "Qualified", "Won"]}
    assert (alpha.name, alpha.rep, alpha.account, alpha.value) == ("Alpha deal", "Dana Ruiz", "Talbeck", 5000)
    assert (alpha.outcome, days(alpha)[-1]) == (Outcome.WON, "2026-04-02")
    assert (beta.outcome, beta.closed_on, beta.lost_reason) == (Outcome.LOST, date(2026, 5, 2), "Price")
    assert (gamma.outcome, gamma.closed_on) == (Outcome.OPEN, None)


def test_stages_whose_order_nothing_tells_ask_for_a_milestones_sheet(workbook: DrawnWorkbook) -> None:
    path = workbook(PIPEDRIVE.format(""))
    assert sentence(read(path), "order_of_stages_unknown") == (
        "sheet deals: a column of stages for the track 'Pipeline', and nothing that says their order; a Milestones "
        "sheet, a probability for each stage or a number in its name was expected. Taken in the order in which they "
        "first stand there: Contract, Proposal, Qualified, Won; the last is the sale. Fix: list the stages in their "
        "order on a sheet named 'Milestones', here or in a workbook given with --with."
    )
    companion = workbook("[Milestones]\nMilestone\nQualified\nProposal\nContract\nSigned", "companion.xlsx")
    alpha, beta, gamma = read(path, companion=companion).team.opportunities
    assert days(alpha) == ["reached", "reached", "reached", "2026-04-02"]
    assert days(beta) == ["reached", "reached", "", ""]
    assert days(gamma) == ["reached", "", "", ""]


DYNAMICS = """
    [Open Opportunities]
    (Do Not Modify) Opportunity | (Do Not Modify) Row Checksum | (Do Not Modify) Modified On | Topic | Potential Customer | Est. Close Date | Est. Revenue | Owner | Pipeline Phase | Probability | Status | Actual Close Date | Created On
    5f0c5d5e-0000-4000-8000-000000000001 | Xy1= | 2026-11-01T08:00 | Gearbox | Talbeck | 2026-12-01 | 50000 | Dana Ruiz | 1-Qualify | 20 | Open | | 2026-10-01T08:00
    5f0c5d5e-0000-4000-8000-000000000002 | Xy2= | 2026-11-02T08:00 | Pump | Norvik | 2026-12-01 | 20000 | Omar Said | 3-Propose | 60 | Open | | 2026-09-01T08:00
    5f0c5d5e-0000-4000-8000-000000000003 | Xy3= | 2026-11-03T08:00 | Valve | Ostra | 2026-06-01 | 30000 | Omar Said | 3-Propose | 100 | Won | 2026-06-15 | 2026-02-01T08:00
    5f0c5d5e-0000-4000-8000-000000000004 | Xy4= | 2026-11-04T08:00 | Crane | Pelle | 2026-07-01 | 10000 | Omar Said | 2-Develop | 0 | Lost | 2026-07-09 | 2026-03-01T08:00
    [hiddenSheet]
    opportunity:Xy9=&amp;subject=
"""  # noqa: E501  a line is a row


def as_dynamics_writes(path: Path) -> Path:
    """The workbook, whose texts stand in the cells themselves already, with three columns and a sheet hidden."""
    book = load_workbook(path)
    for column in "ABC":
        book.worksheets[0].column_dimensions[column].hidden = True
    book.worksheets[1].sheet_state = "veryHidden"
    book.save(path)
    return path


def test_a_dynamics_export_is_read_with_its_hidden_columns_and_no_checksum_is_a_milestone(
    workbook: DrawnWorkbook,
) -> None:
    reading = read(as_dynamics_writes(workbook(DYNAMICS)))
    assert tracks(reading) == {"Sales": ["1-Qualify", "2-Develop", "3-Propose", "Won"]}
    gearbox, pump, valve, crane = reading.team.opportunities
    assert gearbox.id == "5f0c5d5e-0000-4000-8000-000000000001"
    assert (pump.name, pump.account, pump.rep, pump.value) == ("Pump", "Norvik", "Omar Said", 20000)
    assert [days(o) for o in (gearbox, pump)] == [["reached", "", "", ""], ["reached", "reached", "reached", ""]]
    assert days(valve) == ["reached", "reached", "reached", "2026-06-15"]
    assert (crane.outcome, crane.closed_on, days(crane)) == (Outcome.LOST, date(2026, 7, 9), ["reached"] * 2 + [""] * 2)


STAGES = """
    [Pipeline]
    Weekly pipeline report
    Week ending | 2026-01-24
    |
    Opportunity | Client | Relationship Manager | Stage | Status | Amount | Probability | Created | Expected close | Actual close
    OPP-1 | Talbeck | Dana Ruiz | Proposal | Open | 1000 | 0.5 | 2025-11-21 | 2026-05-29 |
    OPP-2 | Norvik | Dana Ruiz | Prospecting | Open | 2000 | 0.1 | 2025-12-01 | 2026-05-03 |
    OPP-3 | Ostra | Omar Said | Closed Won | Closed Won | 3000 | 1 | 2025-09-01 | 2026-01-20 | 2026-01-21
    OPP-4 | Pelle | Omar Said | Proposal | Closed Lost | 4000 | 0 | 2025-10-01 | 2026-03-03 | 2026-01-15
    |
    Total | | | | | 10000
    [Notes]
    One file a week
"""  # noqa: E501  a line is a row


def test_a_list_with_a_stage_alone_is_read_and_the_expected_close_is_no_milestone(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(STAGES), date(2026, 1, 24))
    assert tracks(reading) == {"Sales": ["Prospecting", "Proposal", "Closed Won"]}
    assert [days(o) for o in reading.team.opportunities] == [
        ["reached", "reached", ""],
        ["reached", "", ""],
        ["reached", "reached", "2026-01-21"],
        ["reached", "reached", ""],
    ]
    assert reading.team.opportunities[3].closed_on == date(2026, 1, 15)
    assert sentence(reading, "milestones_undated") == (
        "Pipeline!D4: the stage of 4 opportunities, and no day on which they reached it; a date for each milestone was "
        "expected. They count as reached in conversions, and toward the quota only where an earlier copy of the "
        "workbook shows when. Fix: export the days on which stages were entered, or a history of stages; where only "
        "sales are dated, write 'open' for Gates on the Settings sheet to credit those."
    )
    assert sentences(reading, "gate_skipped", "closed_without_outcome") == []


def test_a_stage_that_the_milestones_sheet_does_not_list_is_said(workbook: DrawnWorkbook) -> None:
    companion = workbook("[Milestones]\nMilestone\nProspecting\nProposals\nClosed Won", "companion.xlsx")
    reading = read(workbook(STAGES), date(2026, 1, 24), companion=companion)
    assert sentence(reading, "stage_unknown") == (
        "Pipeline!D5 (Talbeck, OPP-1): 'Proposal' as the stage; a milestone of the track 'Sales' was expected. Counted "
        "as not having reached any milestone. Fix: write 'Proposals' if that is meant."
    )


def test_milestones_that_follow_what_reads_like_the_sale_are_a_warning(workbook: DrawnWorkbook) -> None:
    reading = read(
        workbook("""
        [Deals]
        Deal ID | Owner | Date entered Meet | Date entered Closing | Date entered Onboarding | Date entered Renewal
        1 | Dana Ruiz | 2026-01-01 | 2026-02-01 | 2026-03-01 |
        2 | Dana Ruiz | 2026-01-01 | 2026-02-01 | 2026-03-01 | 2026-10-01
        3 | Dana Ruiz | 2026-01-01 | | |
    """)
    )
    assert sentence(reading, "sale_not_last") == (
        "Deals!D1: 'Closing' reads like the sale, and 'Onboarding' and 'Renewal' follow; the sale was expected to be "
        "the last milestone. 'Renewal', dated on 1 of 3 rows, is taken for the sale; 'Closing' is dated on 2. Fix: if "
        "'Closing' is the sale, list Meet, Closing on a sheet named 'Milestones', here or in a workbook given with "
        "--with."
    )


def test_a_history_in_which_nobody_has_sold_yet_has_a_sale_all_the_same(workbook: DrawnWorkbook) -> None:
    reading = read(
        workbook("""
        [Changes]
        Deal | Owner | Old stage | New stage | Changed on
        Gearbox | Dana Ruiz | | Meeting | 2026-01-05
        Gearbox | Dana Ruiz | Meeting | Proof | 2026-01-20
        Pump | Omar Said | | Lost | 2026-02-05
    """)
    )
    assert tracks(reading) == {"Sales": ["Meeting", "Proof", "Won"]}
    gearbox, pump = reading.team.opportunities
    assert (days(gearbox), days(pump), pump.outcome) == (["2026-01-05", "2026-01-20", ""], [""] * 3, Outcome.LOST)


def test_a_hubspot_pipeline_without_its_column_of_sales_takes_the_close_date_of_what_is_won(
    workbook: DrawnWorkbook,
) -> None:
    reading = read(
        workbook("""
        [Deals]
        Record ID | Deal Name | Deal Stage | Deal owner | Close Date | Date entered "Meeting (Main)" | Date entered "Proof (Main)"
        1 | Gearbox | Closed Won | Dana Ruiz | 2026-05-01 | 2026-01-05 | 2026-02-05
        2 | Pump | Proof | Dana Ruiz | 2026-12-31 | 2026-03-05 | 2026-04-05
    """)  # noqa: E501  a line is a row
    )
    assert tracks(reading) == {"Main": ["Meeting", "Proof", "Won"]}
    gearbox, pump = reading.team.opportunities
    assert (days(gearbox)[-1], days(pump)[-1], pump.closed_on) == ("2026-05-01", "", None)
