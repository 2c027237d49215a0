"""All figures of a site, or of one rep, as JSON, and the schema that describes it. Must not choose what is said."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from importlib.resources import files

from milestone_reports.scorecards.figures import Rate, Ratio
from milestone_reports.scorecards.pages import RepScorecard, TeamSite

SCHEMA_VERSION = "1"

Plain = str | float | bool | None | list["Plain"] | dict[str, "Plain"]


def plain(value: object) -> Plain:
    """A page's data as JSON has it: dataclasses as objects, dates in ISO form, ratios and rates with their value."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        found = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        if isinstance(value, (Ratio, Rate)):
            found["value"] = value.value
        return found
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, Sequence):
        return [plain(item) for item in value]
    raise TypeError(value)


def rep_json(card: RepScorecard) -> bytes:
    """One rep's scorecard as JSON: for the rep, so without what is the team's alone.

    The counts of all that was read, less the rep's own, are a colleague's in a team of two; and the manager may sell.
    """
    body = _object(card)
    del body["manager"]
    body["stamp"] = {name: value for name, value in _object(card.stamp).items() if not name.startswith("n_")}
    return json_bytes(body)


def json_bytes(value: object) -> bytes:
    """The value as JSON text, indented, in the order of its fields."""
    return (json.dumps(plain(value), indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def scorecards_json(site: TeamSite) -> bytes:
    """`data/scorecards.json`: all that the team's pages say."""
    return json_bytes({"schema_version": SCHEMA_VERSION, **_object(site)})


def _object(value: object) -> dict[str, Plain]:
    body = plain(value)
    if not isinstance(body, dict):
        raise TypeError(value)
    return body


def schema_bytes() -> bytes:
    """The JSON Schema of `data/scorecards.json`, as shipped."""
    return files("milestone_reports.render").joinpath("scorecards.schema.json").read_bytes()
