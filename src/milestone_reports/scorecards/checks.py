"""The Data checks page: like problems together, those that cost most first."""

from __future__ import annotations

from itertools import groupby

from milestone_reports.domain.problem import Level, Problem
from milestone_reports.domain.team import Team
from milestone_reports.scorecards.pages import DataChecks, ProblemLine, Stamp

ALIKE = 4
"""From this many like problems on, one line stands for all of them."""

LEVELS = [Level.ERROR, Level.WARNING, Level.NOTE]


def data_checks(team: Team, page_stamp: Stamp) -> DataChecks:
    """Every problem of the team's workbook, grouped where many are alike."""
    slugs = {rep.name: rep.slug for rep in team.reps}
    return DataChecks(stamp=page_stamp, lines=tuple(_line(group, slugs) for group in problem_groups(team.problems)))


def problem_groups(problems: tuple[Problem, ...]) -> list[list[Problem]]:
    """Problems in the order of their level and place; many of one rule, column and remedy become one group."""
    ordered = sorted(problems, key=lambda p: (LEVELS.index(p.level), p.rule, _column(p), p.expected))
    groups: list[list[Problem]] = []
    for _, like in groupby(ordered, key=lambda p: (p.level, p.rule, _column(p), p.expected)):
        alike = list(like)
        groups += [alike] if len(alike) >= ALIKE else [[problem] for problem in alike]
    return sorted(groups, key=lambda group: (LEVELS.index(group[0].level), _place(group[0]), group[0].rule))


def _column(problem: Problem) -> tuple[str, int]:
    return (problem.place.sheet, problem.place.column) if problem.place else ("", 0)


def _place(problem: Problem) -> tuple[str, int, int]:
    place = problem.place
    return (place.sheet, place.row, place.column) if place else ("", 0, 0)


def _line(group: list[Problem], slugs: dict[str, str]) -> ProblemLine:
    first = min(group, key=_place)
    others = sorted((problem for problem in group if problem is not first), key=_place)
    alone = len({problem.rep for problem in group}) == 1
    return ProblemLine(
        level=first.level.value,
        rule=first.rule,
        cell=first.place.address if first.place else "",
        label=first.label,
        found=first.found,
        expected=first.expected,
        done=first.done,
        fix=first.fix,
        rep=first.rep if alone else "",
        rep_slug=slugs.get(first.rep, "") if alone else "",
        also=tuple(problem.place.address for problem in others if problem.place),
        sentence=first.sentence,
    )
