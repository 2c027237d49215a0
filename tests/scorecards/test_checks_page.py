"""The Data checks page: like problems together, those that cost most first."""

from datetime import date

from small_team import deal, team

from milestone_reports.domain.problem import CellRef, Level, Problem
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.pages import ProblemLine

AS_OF = date(2026, 6, 30)


def problem(row: int, *, column: int = 5, level: Level = Level.WARNING, rep: str = "Ann") -> Problem:
    place = CellRef("Opportunities", row, column) if row else None
    return Problem(level, "date_not_read", place, "'soon'", "a date was expected", "Left out", "type the date", rep=rep)


def lines(*problems: Problem) -> tuple[ProblemLine, ...]:
    return team_site(team([deal("a", "- - - -")], problems=problems), AS_OF).checks.lines


def test_errors_come_first_then_warnings_then_notes_each_in_the_order_of_the_sheet() -> None:
    found = lines(problem(9), problem(3, level=Level.NOTE), problem(7, level=Level.ERROR), problem(4))
    assert [(line.level, line.cell) for line in found] == [
        ("error", "Opportunities!E7"), ("warning", "Opportunities!E4"), ("warning", "Opportunities!E9"),
        ("note", "Opportunities!E3"),
    ]  # fmt: skip


def test_four_alike_are_one_line_with_the_cells_of_the_others() -> None:
    found = lines(*(problem(row) for row in (12, 8, 10, 11)))
    assert len(found) == 1
    assert (found[0].cell, found[0].also) == (
        "Opportunities!E8", ("Opportunities!E10", "Opportunities!E11", "Opportunities!E12")
    )  # fmt: skip
    assert (found[0].rep, found[0].rep_slug) == ("Ann", "ann")


def test_three_alike_and_those_of_other_columns_stay_apart() -> None:
    assert len(lines(*(problem(row) for row in (8, 10, 11)))) == 3
    assert len(lines(*(problem(8, column=column) for column in (5, 6, 7, 8)))) == 4


def test_a_group_of_several_reps_names_none() -> None:
    found = lines(*(problem(row, rep=rep) for row, rep in enumerate(("Ann", "Bo", "Ann", "Bo"), start=8)))
    assert (len(found), found[0].rep, found[0].rep_slug) == (1, "", "")


def test_every_page_carries_how_many_problems_there_are_and_a_card_those_of_its_rep() -> None:
    problems = [problem(8), problem(9, level=Level.ERROR, rep="Bo"), problem(0, level=Level.NOTE, rep="")]
    site = team_site(team([deal("a", "- - - -")], problems=problems), AS_OF)
    assert (site.stamp.n_errors, site.stamp.n_warnings, site.stamp.n_notes) == (1, 1, 1)
    assert site.reps[0].n_problems == 1
