"""Messages: what they ask for, a rep first of what helps most, the manager of everything once and shortly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sample_insights as insights
from sample_mail import MAILS, Read, figures_of, sent
from sample_site import checks, opportunity, problem, rep_card, rollup, stamp, team_site, team_track, track_card

from milestone_reports.scorecards.insights import BackOnPace, Focus
from milestone_reports.scorecards.pages import ProblemLine, RepScorecard, TeamSite


def on_one_line(text: str) -> str:
    return " ".join(text.split())


# --- to a rep ---


def test_who_is_behind_reads_the_way_back_beside_the_gap() -> None:
    behind = replace(track_card(), back_on_pace=BackOnPace(5, 3, "2026-W51", date(2026, 12, 20)))
    note = figures_of(rep_card(tracks=(behind,)))["Done this year"][1]
    assert note.endswith(". Five milestones a week, three more than the target, bring you back on pace by week 51.")


def test_what_is_presumed_lost_is_said_of_the_open_and_marked_in_next_weeks_plan() -> None:
    card = rep_card(n_planned=8)
    assert "1 of them presumed lost, $98,500; " in figures_of(card)["Open opportunities"][1]
    plan = sent(card).text.partition("NEXT WEEK")[2].partition("WHERE YOU")[0]
    marked = [item for item in plan.split("\n- ") if "presumed lost" in on_one_line(item)]
    assert len(marked) == 1
    assert opportunity(7).account in on_one_line(marked[0])


def lacking(n: int) -> RepScorecard:
    """A card with so many open opportunities that lack evidence, none of them in its week."""
    card = rep_card()
    return replace(card, open=tuple(replace(opportunity(6), id=f"L-{k}", account=f"Account {k}") for k in range(n)))


def test_open_opportunities_that_lack_something_are_named_and_beyond_four_counted() -> None:
    text = on_one_line(sent(lacking(6)).text)
    _, _, listed = text.partition("MISSING IN THE WORKBOOK ")
    assert listed.startswith(f"- Account 0: {opportunity(6).opportunity}; no evidence for Qualification - Account 1: ")
    assert "Account 3" in listed
    assert "Account 4" not in listed
    assert "And two more." in listed
    assert "MISSING" not in sent(lacking(0)).text


def test_data_checks_are_said_with_whom_to_ask() -> None:
    card = rep_card()
    assert "1 data check concerns this card: your manager has it, please ask." in on_one_line(sent(card).text)
    assert "data check" not in sent(replace(card, n_problems=0)).text


@pytest.mark.parametrize(("ending", "contracts", "leads"), [("may be chance", 0.2, True), ("new, watch", 0.2, False)])
def test_missing_starts_come_before_a_lever_that_is_slight_and_may_be_chance(
    ending: str, contracts: float, leads: bool
) -> None:
    made = track_card()
    first, *others = made.by_milestone
    entry = replace(insights.coaching(1, ending), contracts=contracts)  # type: ignore[arg-type]
    behind = replace(first, credited=23, quota_to_date=32.0)
    track = replace(made, by_milestone=(behind, *others), focus=Focus(entry, None))
    text = on_one_line(sent(rep_card(tracks=(track,))).text)
    starts = "More starts. You have 23 at Qualification where 32 were due by now; each is worth about $15k."
    assert (f"{starts} {entry.milestone} to {entry.next_milestone}. " in text) is leads
    assert ("More starts count as well" in text) is not leads


# --- to the manager ---


def with_checks(*lines: ProblemLine) -> TeamSite:
    return replace(team_site(), checks=replace(checks(), lines=lines))


def test_findings_of_one_rule_are_one_line_and_each_error_has_its_own() -> None:
    cells = ("T481", "T510", "Q545")
    unproven = [
        problem("warning", "evidence_missing", f"Opportunities!{cell}", label=f"Account {cell}, Work") for cell in cells
    ]
    errors = [problem("error", "row_twice", f"Opportunities!A{n}", found=f"row {n} is there twice") for n in (7, 9)]
    text = on_one_line(MAILS.team_report(with_checks(*unproven, *errors), (), "").text)
    assert text.count("is there twice.") == 2
    assert "Also T510 Account T510, Q545 Account Q545: three in all." in text
    assert text.count("18 Nov 2062") == 1
    assert "more. The page Data checks" not in text


def test_a_finding_too_long_leaves_out_whole_sentences_before_it_is_cut_between_words() -> None:
    long = "there are many words here " * 12
    kept = on_one_line(MAILS.team_report(with_checks(problem("error", "x", "Reps!A1", done=long)), (), "").text)
    assert "many words" not in kept
    assert "Type the day it was completed." in kept
    cut = MAILS.team_report(with_checks(problem("error", "x", "Reps!A1", found=long * 9)), (), "")
    assert Read(cut.html).text.count("…") == 1
    assert any(f" {word}… Type the day it was completed." in on_one_line(cut.text) for word in set(long.split()))


def test_a_scorecard_withheld_for_errors_names_their_cells_and_the_checks_say_them_in_full() -> None:
    errors = [problem("error", "row_twice", f"Opportunities!A{n}", found=f"row {n} is there twice") for n in (7, 70)]
    reason = "the workbook has 2 errors in the rep's own rows, the first: Opportunities!A70: row 70 is there twice."
    site = with_checks(*errors)
    text = on_one_line(MAILS.team_report(site, [("Daniel Okafor", reason), ("Ines Kovač", "no address.")], "").text)
    assert (
        "Daniel Okafor: 2 errors in the rep’s own rows: Opportunities!A7, Opportunities!A70, see Data checks below"
    ) in text
    assert "Ines Kovač: no address." in text
    assert text.lower().count("row 70 is there twice") == 1


def test_the_table_of_reps_begins_with_who_is_furthest_behind_and_shows_what_is_not_credited() -> None:
    site = replace(team_site(), rollup=rollup(tracks=(team_track(),)))
    told = MAILS.team_report(site, (), "").text.partition("\nREPS")[2].partition("Done and planned")[0]
    gaps = [on_one_line(row).rpartition(" ")[2] for row in told.split("\n- ")[1:]]
    assert gaps[0].startswith("−")
    assert gaps[-1] == "–"
    numbers = [float(gap.replace("−", "-")) for gap in gaps if gap != "–"]
    assert numbers == sorted(numbers)
    assert "done 4 +1, of planned" in on_one_line(told)


def test_what_lacks_evidence_is_said_to_be_open() -> None:
    attention = replace(rollup().attention, n_evidence_missing=2)
    site = replace(team_site(), rollup=replace(rollup(), attention=attention))
    assert "\n- 2 open with evidence missing\n" in MAILS.team_report(site, (), "").text


def test_german_counts_of_one_have_their_own_ending() -> None:
    german = rep_card(made=stamp(locale="de_DE", currency="EUR"))
    one = replace(german, this_week=replace(german.this_week, claimed=1))
    assert "1 weiterer nicht angerechnet" in on_one_line(sent(one).text)
