"""What the front page of a large team weighs, with everything that it asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from extreme_teams import TODAY, write_team
from milestone_reports.render.html import Pages, SiteOptions, static_files
from milestone_reports.render.resources import templates_folder
from milestone_reports.scorecards.compose import team_site
from milestone_reports.workbook.reading.assemble import read_team

pytestmark = pytest.mark.system

MOST = 600_000


def test_the_front_page_of_a_team_of_sixty_weighs_at_most_600_kb(tmp_path: Path) -> None:
    reading = read_team(write_team("sixty-reps", tmp_path), None, None, TODAY)
    page = Pages(templates_folder(), "0.1.0").team(team_site(reading.team, reading.as_of).rollup, SiteOptions())
    files = static_files(templates_folder())
    asked = set(re.findall(r'(?:href|src)="static/([^"]+)"', page.decode()))
    asked |= {name for name in files if name.endswith(".woff2")}
    assert {"css/core.css", "js/tables.js"} < asked
    assert len(page) + sum(len(files[name]) for name in asked) <= MOST
