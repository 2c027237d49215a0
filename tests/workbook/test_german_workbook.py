"""A wholly German workbook is read as its English twin is: no errors, the same problems, the same figures."""

from __future__ import annotations

import json
import re

import pytest

from german_workbook import write_twins
from milestone_reports.domain.problem import Level
from milestone_reports.render.downloads import Plain, scorecards_json
from milestone_reports.render.language import said, speaking
from milestone_reports.scorecards.compose import team_site
from milestone_reports.workbook.reading.assemble import Reading, read_team
from workbooks import TODAY

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> tuple[Reading, Reading]:
    english, german = write_twins(tmp_path_factory.mktemp("twins"))
    return read_team(english, None, None, TODAY), read_team(german, None, None, TODAY)


def test_a_german_workbook_reads_without_errors(twins: tuple[Reading, Reading]) -> None:
    english, german = twins
    assert not [problem.sentence for problem in german.team.problems if problem.level is Level.ERROR]
    assert [problem.rule for problem in german.team.problems] == [problem.rule for problem in english.team.problems]
    assert german.team.settings.locale == "de_DE"
    assert [milestone.name for track in german.team.tracks for milestone in track.milestones] == [
        *("Qualifizierung", "Bedarfsanalyse", "Machbarkeit", "Vertrag")
    ]


def test_a_german_workbook_gives_the_figures_of_its_english_twin(twins: tuple[Reading, Reading]) -> None:
    english, german = (_figures(json.loads(scorecards_json(team_site(one.team, one.as_of)))) for one in twins)
    assert len(str(english)) > 100_000
    assert german == english


def _figures(body: Plain) -> Plain:
    """The numbers and the days; what is said in words differs."""
    if isinstance(body, dict):
        return [_figures(value) for name, value in body.items() if name not in {"saved_at", "checks"}]
    if isinstance(body, list):
        return [_figures(item) for item in body]
    return body if not isinstance(body, str) or DAY.fullmatch(body) else ""


def test_the_texts_of_a_problem_remember_their_patterns(twins: tuple[Reading, Reading]) -> None:
    problem = next(problem for problem in twins[1].team.problems if problem.rule == "gate_skipped")
    assert problem.found == "Machbarkeit is dated 2026-11-12, but Bedarfsanalyse before it is not completed"
    with speaking("de"):
        assert said(problem.found) == (
            "Machbarkeit trägt das Datum 12.11.2026, aber Bedarfsanalyse davor ist nicht abgeschlossen"
        )
        assert said(problem.fix) == "das Datum von Bedarfsanalyse nachtragen oder 'entfällt' in die Zelle schreiben"
