"""The history as tables that people and programs can read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.history.store import Store
from milestone_reports.history.store.exporting import Table
from milestone_reports.render.downloads import json_bytes
from milestone_reports.workbook.new_files import refuse_existing, write_new
from milestone_reports.workbook.tables import tables_workbook


def write_export(store: Store, file: Path, team: str = "") -> int:
    """Write the snapshots of all teams, or of one, to a new file, as its suffix says; how many there are.

    Raises: CannotGoOnError where the file is there, cannot be written, or has another suffix.
    """
    if file.suffix.lower() not in {".xlsx", ".json"}:
        raise CannotGoOnError(f"{file}: the history is written as .xlsx or .json. Fix: name the file so.")
    refuse_existing(file)
    tables = store.tables(team)
    write_new(file, _as_json(tables) if file.suffix.lower() == ".json" else _as_workbook(store, tables, team))
    return len(tables["snapshots"].rows)


def _as_json(tables: Mapping[str, Table]) -> bytes:
    return json_bytes(
        {name: [dict(zip(table.header, row, strict=True)) for row in table.rows] for name, table in tables.items()}
    )


def _as_workbook(store: Store, tables: Mapping[str, Table], team: str) -> bytes:
    newest = max((entry.recorded_on for entry in store.entries(team)), default=None)
    return tables_workbook(tables, datetime.combine(newest, time()) if newest else None)
