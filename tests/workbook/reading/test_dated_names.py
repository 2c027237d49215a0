from __future__ import annotations

from datetime import date

import pytest

from milestone_reports.workbook.reading.dated_names import day_in_name


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("pipeline_2026-01-24.xlsx", date(2026, 1, 24)),
        ("Team North 20260124.xlsx", date(2026, 1, 24)),
        ("2026_01_24 team.xlsx", date(2026, 1, 24)),
        ("Team 24.1.2026.ods", date(2026, 1, 24)),
        ("Team 24.01.2026 (final).xlsx", date(2026, 1, 24)),
        ("team 2026-W04.xlsx", date(2026, 1, 25)),
        ("Team KW 4 2026.xlsx", date(2026, 1, 25)),
        ("team w53-2026.xlsx", date(2027, 1, 3)),
    ],
)
def test_a_day_is_told_from_a_file_name(name: str, day: date) -> None:
    assert day_in_name(name) == day


@pytest.mark.parametrize(
    "name",
    [
        "team.xlsx",
        "team 2026.xlsx",
        "team 05-06-2026.xlsx",  # the fifth of June, or the sixth of May
        "team 2026-13-45.xlsx",
        "team 2026-W60.xlsx",
        "team 2026-01-10 to 2026-01-24.xlsx",
        "order 1202601241.xlsx",
        "row4 2026.xlsx",
    ],
)
def test_a_name_that_says_no_day_or_more_than_one_tells_none(name: str) -> None:
    assert day_in_name(name) is None
