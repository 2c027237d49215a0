"""How a CSV table is written, and the columns that a rate takes in any of them.

Text from a workbook stays text: a cell that a spreadsheet would take for a formula is neutralised.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from milestone_reports.scorecards.figures import ExpectedRate, Rate
from milestone_reports.scorecards.insights import Range
from milestone_reports.scorecards.pages import TeamSite, TrackCard

TEAM = "(team)"
"""What stands in the column of the rep where a row is of the whole team."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula; the wide signs of East Asian keyboards do so in some of them."""

Value = str | float | date | None
Row = Sequence[Value]


class Table(NamedTuple):
    """A table for programs and spreadsheets."""

    header: Sequence[str]
    rows: Sequence[Row]


def csv_bytes(table: Table) -> bytes:
    """A CSV table that spreadsheets open as it is: UTF-8 with a mark, texts neutralised, numbers with a point."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(_cell, table.header))
    for row in table.rows:
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.10g}"


def team_and_reps(site: TeamSite) -> Iterator[tuple[str, TrackCard]]:
    """The team's tracks, then every rep's, each with whose it is."""
    yield from ((TEAM, track.card) for track in site.rollup.tracks)
    yield from ((card.rep, track) for card in site.reps for track in card.tracks)


def rate_columns(name: str, passed: str = "passed") -> Sequence[str]:
    """The columns of a rate so far."""
    return f"{name}_{passed}", f"{name}_decided", name, f"{name}_low_95", f"{name}_high_95"


def rate_cells(rate: Rate | None) -> Row:
    """A rate so far: empty where there is none."""
    if rate is None:
        return (None,) * 5
    return rate.passed, rate.decided, rate.value, rate.low_95, rate.high_95


def expected_columns(name: str) -> Sequence[str]:
    """The columns of an expected rate; `effective` is how many decided cases its ranges are worth."""
    return tuple(f"{name}{part}" for part in ("", "_effective", "_says", "_low_80", "_high_80", "_low_95", "_high_95"))


def expected_cells(rate: ExpectedRate | None) -> Row:
    """An expected rate: empty where there is none."""
    if rate is None:
        return (None,) * 7
    return (
        rate.value, rate.effective, rate.says, rate.likely_low, rate.likely_high, rate.low_95, rate.high_95,
    )  # fmt: skip


def range_columns(name: str) -> Sequence[str]:
    """The columns of a forecast sum."""
    return name, f"{name}_low_80", f"{name}_high_80"


def range_cells(found: Range | None) -> Row:
    """A forecast sum with its range: empty where there is none."""
    return (None,) * 3 if found is None else (found.value, found.low, found.high)
