"""The rows that are taken at once are the ones that the careful reader would have made of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from milestone_reports.workbook.example.write import ExampleKind, write_example
from milestone_reports.workbook.reading import opportunities
from milestone_reports.workbook.reading.assemble import Reading, read_team
from milestone_reports.workbook.reading.plain_rows import PlainRows, plain_rows
from milestone_reports.workbook.reading.table import Table

TODAY = date(2026, 11, 24)


def carefully(path: Path) -> Reading:
    """The workbook with no row taken for plain."""

    def none_plain(table: Table, *about: Any) -> PlainRows:  # noqa: ANN401  whatever it is given
        return replace(plain_rows(table, *about), doubtful=frozenset(range(len(table.body))))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opportunities, "plain_rows", none_plain)
        return read_team(path, None, None, TODAY)


@pytest.mark.parametrize("kind", ExampleKind)
def test_a_sample_is_read_the_same_either_way(kind: ExampleKind, tmp_path: Path) -> None:
    write_example(tmp_path / "sample.xlsx", kind)
    assert read_team(tmp_path / "sample.xlsx", None, None, TODAY).team == carefully(tmp_path / "sample.xlsx").team


def test_nearly_all_rows_of_a_well_kept_workbook_are_plain(tmp_path: Path) -> None:
    write_example(tmp_path / "sample.xlsx", ExampleKind.EXISTING_CLIENTS)
    made: list[PlainRows] = []

    def seen(*about: Any) -> PlainRows:  # noqa: ANN401  whatever it is given
        made.append(plain_rows(*about))
        return made[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opportunities, "plain_rows", seen)
        reading = read_team(tmp_path / "sample.xlsx", None, None, TODAY)
    (plain,) = made
    assert len(plain.opportunities) == reading.team.source.n_rows
    assert len(plain.doubtful) <= 0.1 * len(plain.opportunities)


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
TEXTS = st.sampled_from(
    ["", " ", "Acme", "  Acme  Ltd ", "n/a", "-", "TBD", "Total", "=1+1", "a\nb", "_x000D_x", "#", "\u202eevil", "0"]
)
ODD = st.one_of(TEXTS, st.integers(-5, 60_000), st.floats(0, 1e17), st.booleans(), DAYS, st.just("waived"), st.none())
DATED = st.one_of(st.none(), DAYS, DAYS, DAYS, DAYS.map(lambda day: datetime.combine(day, time(9, 30))), ODD)
ROWS = st.lists(
    st.tuples(
        st.one_of(st.integers(1, 6), TEXTS),
        TEXTS,
        st.one_of(st.sampled_from(["Ann Lee", "lee, ann", "Bo"]), st.sampled_from(["Ann Lee", "Bo"]), ODD),
        st.one_of(st.floats(1, 9e4), ODD),
        st.sampled_from(["USD", "", "eur", "$", "GBP"]),
        DATED, DATED, st.one_of(TEXTS, st.integers(0, 9)), DATED,
        st.sampled_from(["open", "won", "lost", "Closed Won", "", "cancelled", "n/a", "wom"]),
        DATED,
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip
HEADER = ["ID", "Opportunity", "Rep", "Value", "Currency", "Proof planned", "Proof", "Proof evidence", "Contract",
          "Outcome", "Closed"]  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_whatever_stands_in_the_cells_it_is_read_the_same_either_way(
    rows: list[tuple[object, ...]], tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Opportunities"
    sheet.append(HEADER)
    for row in rows:
        sheet.append([text.lstrip("=") if isinstance(text, str) else text for text in row])
    sheet.append(["kept", "One row to report on", "Ann Lee", 1.0, "USD", None, date(2026, 1, 5)])
    milestones = book.create_sheet("Milestones")
    for line in (["Milestone", "Evidence required"], ["Proof", "yes"], ["Contract", ""]):
        milestones.append(line)
    book.save(tmp_path / "team.xlsx")
    assert read_team(tmp_path / "team.xlsx", None, None, TODAY).team == carefully(tmp_path / "team.xlsx").team
