"""What `show` says of what history teaches, for a rep and for the team, as wide as a terminal is."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from milestone_reports import terminal
from milestone_reports.scorecards.compose import card_of, team_site
from milestone_reports.scorecards.pages import TeamSite
from workbooks import read, write_workbook

AS_OF = date(2026, 11, 18)
FIRST = date(2026, 1, 12)
NARROW = 80

WON = {"Dana Ruiz": 12, "Lee Wong": 18, "Ana Sá": 18, "Jo Hart": 17}
"""Of each rep's twenty that reached Kickoff; the others were lost. Thirty days later either way."""


def decided(rep: str, n_won: int) -> list[str]:
    rows = []
    for place in range(20):
        start = FIRST + timedelta(days=13 * place)
        end = start + timedelta(days=30)
        rows.append(
            f"Deal {place} of {rep} | Acme | {rep} | 50000 | {start} | {end} | |"
            if place < n_won
            else f"Deal {place} of {rep} | Acme | {rep} | 50000 | {start} | | Lost | {end}"
        )
    return rows


def drawn(target: str, won: dict[str, int] = WON) -> str:
    deals = [row for rep, n_won in won.items() for row in decided(rep, n_won)]
    unplanned = "Late | Brightwell | Dana Ruiz | 40000 | 2026-11-09 | | |"
    targets = [f"{rep} | {target}" for rep in won]
    header = "Opportunity | Account | Rep | Value | Kickoff | Contract | Outcome | Closed"
    sections = (
        ["[Opportunities]", header, *deals, unplanned],
        ["[Milestones]", "Milestone", "Kickoff", "Contract"],
        ["[Reps]", "Rep | Annual target | Average contract value", *targets],
        ["[Settings]", "Setting | Value", f"As of | {AS_OF}", "Team | North", "Multiplier | 1.5"],
    )
    return "\n".join(line for section in sections for line in section)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TeamSite:
    """Four reps with twenty decided opportunities each."""
    return site_of(write_workbook(tmp_path_factory.mktemp("show") / "team.xlsx", drawn("1200000 | 50000")))


def site_of(path: Path) -> TeamSite:
    reading = read(path)
    return team_site(reading.team, reading.as_of)


def printed(part: RenderableType, width: int = 400) -> str:
    """The text as a terminal of that width shows it, without the spaces at the ends of lines."""
    console = Console(file=StringIO(), width=width, highlight=False, color_system=None)
    with console.capture() as capture:
        console.print(part)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def lines_under(heading: str, told: str) -> list[str]:
    """The lines of a section, up to the next empty one."""
    section = told.partition(f"\n\n{heading}\n")[2]
    return section.partition("\n\n")[0].splitlines()


# --- a rep ---


def test_a_card_has_both_rates_so_far_and_expected_side_by_side(site: TeamSite) -> None:
    *_, row = [line for line in lines_under("Conversion", dana(site)) if line.startswith("Kickoff")]
    # 12 of 20 decided, one open: within a point of 60 % once it has decided
    assert row.split() == ["Kickoff", "12", "of", "20", "(60%)", "60%", "12", "of", "20", "(60%),", "early", "60%", "1"]


def test_a_card_names_the_one_lever_beside_the_rest_of_the_team(site: TeamSite) -> None:
    (lever,) = lines_under("Your best lever", dana(site))
    # the others: 18 + 18 + 17 = 53 of 60
    assert lever.startswith(
        "Kickoff to Contract. 12 of your 20 went through (60%); the rest of the team manages 88%. "
        "One of yours waits there now. Worth about "
    )


def test_a_card_names_a_strength_where_the_rep_is_above_the_rest(site: TeamSite) -> None:
    told = printed(terminal.rep_card(card_of(site, "Lee Wong")))
    # the others: 12 + 18 + 17 = 47 of 60, 78 %
    assert (
        "You are strongest at Kickoff to Contract: 18 of your 20 went through (90%); the rest of the team manages 78%"
    ) in " ".join(told.split())


def test_a_card_says_how_a_multiplier_came_about(site: TeamSite) -> None:
    assert lines_under("Quota", dana(site))[-1].startswith("Multiplier 1.5, set in the workbook; ")


def test_a_card_counts_what_asks_for_attention(site: TeamSite) -> None:
    assert lines_under("Open opportunities: 1", dana(site))[0] == "1 without a planned next milestone"


def test_a_rep_who_is_a_little_behind_is_told_the_way_back(tmp_path: Path) -> None:
    site = site_of(write_workbook(tmp_path / "team.xlsx", drawn("750000 | 50000")))
    told = printed(terminal.rep_card(card_of(site, "Lee Wong")))
    # 15 contracts * 2 milestones * 1.5 = 45 a year, .94 a week; 38 are done. By 29 November 237 of 261 working days ask
    # for 40.9, and two more make 40: within a week's quota of it
    assert lines_under("The year", told)[-1] == (
        "Two milestones a week, one more than the target in whole milestones, bring you back on pace by week 48."
    )


def dana(site: TeamSite) -> str:
    return printed(terminal.rep_card(card_of(site, "Dana Ruiz")))


# --- the team ---


def test_the_team_has_its_coaching_list_with_counts_and_how_sure_it_is(site: TeamSite) -> None:
    head, first, *_ = lines_under("Where coaching pays", team(site))
    assert head.startswith("One of ")
    assert first.startswith(
        "1 Dana Ruiz. Kickoff to Contract: 12 of 20 went through (60%); the rest of the team manages 88%. "
        "One waits there now. Worth about "
    )
    assert first.endswith(" a year; coach here.")


def test_the_teams_rates_are_those_of_all_its_reps(site: TeamSite) -> None:
    *_, row = [line for line in lines_under("Conversion", team(site)) if line.startswith("Kickoff")]
    assert "65 of 80 (81%)" in row


def test_the_forecast_has_a_line_for_the_month_the_quarter_and_the_year(site: TeamSite) -> None:
    told = lines_under("Forecast", team(site))
    done = [(line.rpartition(" to ")[0].split()[:4]) for line in told if line.startswith(("30 Nov", "31 Dec"))]
    # 13 * 17 + 30 = 251 days after 12 January is 20 September: the last sale
    assert done == [
        ["30", "Nov,", "month", "0"], ["31", "Dec,", "quarter", "0"], ["31", "Dec,", "year", "65"],
    ]  # fmt: skip


def test_the_plan_has_a_line_a_month_and_its_sum(site: TeamSite) -> None:
    told = lines_under("The year by month", team(site))
    months = [line.split() for line in told if line.startswith(("Jan ", "Dec ", "Year "))]
    assert [month[0] for month in months] == ["Jan", "Dec", "Year"]
    # 81 first milestones and 65 contracts; 65 * $50,000
    assert months[-1][2] == "146"
    assert "$3.25m" in months[-1]


def test_what_if_has_the_year_as_it_is_first_and_each_change_with_its_difference(site: TeamSite) -> None:
    told = lines_under("What if", team(site))
    changes = ("Kickoff to Contract, 5 points more", "Average contract", "One more rep", "Two more selling")
    names = ("Every quota met, as it is", *changes)
    assert [next(line for line in told if line.startswith(name)) for name in names] == told[2:7]
    # four reps at $1.2m; a tenth more of each contract is $480k more
    assert told[2].endswith("$4.80m")
    assert told[4].endswith("$5.28m +$480k")


def test_the_team_counts_what_is_open_and_stands_still(site: TeamSite) -> None:
    (told,) = lines_under("Open opportunities: 1", team(site))
    assert told == "$40k together; none overdue. One open opportunity has no planned next milestone."


def test_nothing_is_wider_than_a_narrow_terminal_and_no_heading_is_broken(site: TeamSite) -> None:
    told = printed(terminal.team_card(site.rollup), NARROW)
    assert max(map(len, told.splitlines())) <= NARROW
    rows = [" ".join(line.split()) for line in told.splitlines()]
    assert "Rep done planned target done needed gap signed Open due Pace" in rows
    assert "Until so far to come likely so far to come likely" in rows
    assert "Month required done expected required done expected required done expected" in rows


def test_a_target_that_counts_sales_has_no_money_in_it(tmp_path: Path) -> None:
    text = drawn("24 | count").replace("Average contract value", "Target is")
    text = text.replace("| 50000 |", "| |").replace("| 40000 |", "| |")
    told = team(site_of(write_workbook(tmp_path / "count.xlsx", text)))
    assert "$" not in told
    assert [line.split() for line in lines_under("What if", told)[:2]] == [
        ["Milestones", "Sales"], ["Change", "a", "week", "a", "year"],
    ]  # fmt: skip


def test_before_anything_is_recorded_there_is_no_history_to_tell(tmp_path: Path) -> None:
    text = """
        [Opportunities]
        Opportunity | Rep       | Kickoff | Contract
        Alpha       | Dana Ruiz |         |
        [Milestones]
        Milestone
        Kickoff
        Contract
    """
    told = team(site_of(write_workbook(tmp_path / "new.xlsx", text)))
    assert "none yet" in told
    for heading in ("Where coaching pays", "Forecast", "First milestones needed", "The year by month", "What if"):
        assert heading not in told


def team(site: TeamSite) -> str:
    return printed(terminal.team_card(site.rollup))
