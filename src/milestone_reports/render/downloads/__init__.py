"""What programs and spreadsheets take from a site: one JSON with all figures, its schema, and CSV tables."""

from milestone_reports.render.downloads.contents import tables
from milestone_reports.render.downloads.csv import Table, csv_bytes
from milestone_reports.render.downloads.json import (
    SCHEMA_VERSION,
    Plain,
    json_bytes,
    plain,
    rep_json,
    schema_bytes,
    scorecards_json,
)

__all__ = [
    "SCHEMA_VERSION",
    "Plain",
    "Table",
    "csv_bytes",
    "json_bytes",
    "plain",
    "rep_json",
    "schema_bytes",
    "scorecards_json",
    "tables",
]
