"""What `explain` prints of a figure, and what it says where it cannot."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from milestone_reports.cli import main
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.definitions import FIGURES, figure_definition
from milestone_reports.scorecards.provenance.explaining import Question, explanations
from milestone_reports.terminal import formats_of
from milestone_reports.terminal.explain import MOST, explained
from workbooks import DrawnWorkbook, read

TEAM = """
    [Opportunities]
    ID  | Opportunity | Account    | Rep       | Value | Kickoff    | Proof      | Contract   | Outcome | Closed
    A-1 | Alpha       | Acme       | Dana Ruiz | 50000 | 2026-09-07 | 2026-09-21 | 2026-10-05 |         |
    A-2 | Beta        | Acme       | Dana Ruiz | 40000 | 2026-10-05 |            | 2026-11-16 |         |
    A-3 | Gamma       | Brightwell | Dana Ruiz | 30000 | 2026-10-19 | 2026-10-12 |            | Lost    | 2026-10-14
    A-4 | Delta       | Castell    | Lee Wong  |       | 2026-11-09 |            |            |         |
    [Milestones]
    Milestone
    Kickoff
    Proof
    Contract
    [Reps]
    Rep       | Annual target | Average contract value
    Dana Ruiz | 600000        | 50000
    Lee Wong  |               |
    [Settings]
    Setting | Value
    As of   | 2026-11-18
    Team    | North
"""


SKIPPED = "Proof skipped: the next milestone's date stands for it"


def explain(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["explain", *map(str, arguments)])


def told(*arguments: str | Path) -> list[str]:
    """The lines that it prints, each with its runs of spaces folded."""
    ran = explain(*arguments)
    assert (ran.exit_code, ran.stderr) == (0, "")
    return [" ".join(line.split()) for line in ran.stdout.splitlines()]


def complaint(*arguments: str | Path) -> str:
    """The sentence that it ends with where it cannot answer."""
    ran = explain(*arguments)
    assert (ran.exit_code, ran.stdout) == (2, "")
    return ran.stderr.strip()


def test_it_prints_the_definition_the_numbers_and_the_opportunities_with_their_cells(workbook: DrawnWorkbook) -> None:
    definition = figure_definition("Contracts to date", FIGURES["Contracts to date"])
    assert told(workbook(TEAM), "contracts to date", "--rep", "dana ruiz") == [
        "Contracts to date",
        "Contracts signed this fiscal year.",
        f"Formula {definition.formula}",
        "Units contracts.",
        "Undefined never.",
        "Source method.md §1, §3.",
        "",
        "Dana Ruiz, Sales, as of 18 November 2026",
        "2",
        "signed: 2",
        "cancelled since: 0",
        "",
        "Opportunities behind it: 2; cells of the sheet 'Opportunities'",
        "Id Opportunity Rep Value Kickoff Proof Contract Outcome Put right",
        "A-1 Acme, Alpha Dana Ruiz $50,000 7 Sep F2 21 Sep G2 5 Oct H2 won 5 Oct",
        f"A-2 Acme, Beta Dana Ruiz $40,000 5 Oct F3 – 16 Nov H3 won 16 Nov {SKIPPED}",
    ]


def test_what_was_put_right_stands_beside_the_opportunity(workbook: DrawnWorkbook) -> None:
    lines = told(workbook(TEAM), "Reached", "--rep", "Dana Ruiz", "--milestone", "kickoff")
    (gamma,) = [line for line in lines if line.startswith("A-3")]
    assert gamma == (
        "A-3 Brightwell, Gamma Dana Ruiz $30,000 19 Oct F4 12 Oct G4 – lost 14 Oct Kickoff is dated after a later "
        "milestone, whose date is taken"
    )


def test_a_rate_is_told_milestone_by_milestone_with_its_95_percent_interval(workbook: DrawnWorkbook) -> None:
    lines = told(workbook(TEAM), "rate to the sale")
    at = lines.index("Kickoff: 0.6667")
    # Two of three decided. Wilson by hand: (2/3 + z²/6 ± z √(2/27 + z²/36)) / (1 + z²/3); with z = 1.96 that is
    # (1.3069 ± 0.8333) / 2.2805, with z = 1.2816 it is (0.9404 ± 0.4433) / 1.5475.
    assert lines[at + 1 : at + 7] == [
        "won: 2",
        "decided: 3",
        "said as: too early",
        "likely range from: 0.3212",
        "likely range to: 0.8942",
        "95 % interval: 0.2077 to 0.9385",
    ]


def test_a_figure_computed_from_another_shows_that_ones_opportunities(workbook: DrawnWorkbook) -> None:
    lines = told(workbook(TEAM), "attainment", "--rep", "Dana Ruiz")
    assert (
        "Opportunities behind Credited (done), which it is computed from: 3; cells of the sheet 'Opportunities'"
        in lines
    )


def test_a_figure_of_the_track_is_the_same_for_every_rep(workbook: DrawnWorkbook) -> None:
    lines = told(workbook(TEAM), "multiplier", "--rep", "Lee Wong")
    assert lines[0] == "Multiplier, measured"
    assert "The track's, the same for every rep." in lines
    # Nothing had been decided when the year began: the assumed funnel alone.
    at = lines.index("The track's, the same for every rep.")
    assert lines[at + 1 : at + 4] == ["2", "milestones reached on decided opportunities: 0", "sales: 0"]


def test_where_a_rep_has_no_such_value_the_definition_says_why(workbook: DrawnWorkbook) -> None:
    lines = told(workbook(TEAM), "contracts a year", "--rep", "Lee Wong")
    assert lines[-1] == (
        "No value here. Undefined: no target, or one in money without an average contract value: no quota is shown, "
        "never a default one."
    )


def test_a_figure_without_a_value_of_its_own_names_the_one_it_goes_into(workbook: DrawnWorkbook) -> None:
    assert told(workbook(TEAM), "win curves")[-1] == "No value of its own: it goes into Forecast."


def test_nothing_dated_after_the_day_is_shown(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    before = told(path, "Reached", "--milestone", "Kickoff", "--as-of", "2026-11-10")
    assert "A-2 Acme, Beta Dana Ruiz $40,000 5 Oct F3 – – open" in [line.strip() for line in before]


def test_a_long_list_is_cut_and_says_where_all_of_it_is(workbook: DrawnWorkbook) -> None:
    rows = "\n".join(f"B-{n} | Line {n} | Acme | Lee Wong | 1000 | 2026-11-02 | | | |" for n in range(60))
    path = workbook(TEAM.replace("    [Milestones]", f"{rows}\n    [Milestones]"))
    lines = told(path, "Reached", "--rep", "Lee Wong")
    # 61 of Lee's reached Kickoff.
    assert lines[-1] == f"and {61 - MOST} more; --format json has all"
    assert len([line for line in lines if line.startswith(("A-", "B-"))]) == MOST


def test_json_has_the_definition_the_entries_and_all_opportunities_with_full_addresses(workbook: DrawnWorkbook) -> None:
    ran = explain(workbook(TEAM), "Contracts to date", "--rep", "Dana Ruiz", "--format", "json")
    (answer,) = json.loads(ran.stdout)
    assert list(answer) == [
        "definition", "team", "as_of", "rep", "track", "of_the_track", "entries", "part_of", "counted_in",
        "opportunities",
    ]  # fmt: skip
    assert answer["definition"]["name"] == "Contracts to date"
    assert answer["as_of"] == date(2026, 11, 18).isoformat()
    assert [entry["opportunities"] for entry in answer["entries"]] == [["A-1", "A-2"]]
    assert [one["id"] for one in answer["opportunities"]] == ["A-1", "A-2"]
    assert answer["opportunities"][1]["milestones"][2] == {
        "milestone": "Contract", "completed_on": "2026-11-16", "waived": False, "cell": "Opportunities!H3",
        "observed": False, "earned_by": "",
    }  # fmt: skip
    assert answer["opportunities"][1]["repairs"] == [{"kind": "skipped", "milestone": "Proof"}]


def test_a_figure_is_found_in_any_case_by_its_start_or_when_misspelt(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    for name in ("ATTAINMENT", "attain", "Atainment", "  attain ment "):
        assert told(path, name)[0] == "Attainment"
    assert told(path, "rate", "to", "the", "next")[0] == "Rate to the next milestone, so far"


def test_an_unknown_figure_is_one_sentence_with_the_nearest_names(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    rest = f"or --list for the names of all {len(FIGURES)}."
    assert complaint(path, "sale price") == (
        f"'sale price' is no figure of the Definitions page. Fix: write one of 'Rate to the sale, so far', {rest}"
    )
    assert complaint(path, "xyz") == (
        f"'xyz' is no figure of the Definitions page. Fix: write --list for the names of all {len(FIGURES)}."
    )


def test_the_start_of_several_figures_is_answered_with_their_names(workbook: DrawnWorkbook) -> None:
    assert complaint(workbook(TEAM), "rate to the") == (
        "'rate to the' is the start of 2 figures. Fix: write one of 'Rate to the next milestone, so far', 'Rate to the "
        "sale, so far'."
    )


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("--rep", "team.xlsx: 'Dena Rui' is no rep there. Fix: write 'Dana Ruiz' if that is meant."),
        ("--track", "team.xlsx: 'Dena Rui' is not a track there. Fix: write one of 'Sales'."),
        (
            "--milestone",
            "team.xlsx: 'Dena Rui' is no milestone there. Fix: write one of 'Kickoff', 'Proof', 'Contract'.",
        ),
    ],
)
def test_a_rep_track_or_milestone_that_is_not_there_is_one_sentence(
    workbook: DrawnWorkbook, option: str, sentence: str
) -> None:
    assert complaint(workbook(TEAM), "Reached", option, "Dena Rui") == sentence


def test_all_names_are_listed_without_a_figure_or_when_asked_for(workbook: DrawnWorkbook) -> None:
    path = workbook(TEAM)
    assert told(path) == told(path, "--list") == list(FIGURES)


def test_every_figure_can_be_explained_for_the_team_and_for_a_rep(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(TEAM))
    site = team_site(reading.team, reading.as_of)
    for figure in FIGURES:
        for rep, whose in (("", "Team North"), ("Dana Ruiz", "Dana Ruiz")):
            printed = StringIO()
            screen = Console(file=printed, width=200)
            for part in explained(explanations(site, Question(figure, rep)), formats_of(site.stamp)):
                screen.print(part)
            assert f"{figure}\n" in printed.getvalue()
            assert f"\n{whose}, Sales, as of 18 November 2026\n" in printed.getvalue()
