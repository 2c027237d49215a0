"""Writes the JSON Schema of `data/scorecards.json` from the scorecards' dataclasses; run after changing one of them."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import TypeAdapter

from milestone_reports.render.downloads import SCHEMA_VERSION
from milestone_reports.scorecards.pages import TeamSite

SCHEMA = Path(__file__).parents[1] / "src/milestone_reports/render/scorecards.schema.json"


def schema_text() -> str:
    """The schema as it should stand in the package."""
    schema = TypeAdapter(TeamSite).json_schema(mode="serialization")
    schema["properties"] = {"schema_version": {"const": SCHEMA_VERSION}} | schema["properties"]
    schema["required"] = ["schema_version", *schema["required"]]
    for name in ("Ratio", "Rate"):
        definition = schema["$defs"][name]
        definition["properties"]["value"] = {"anyOf": [{"type": "number"}, {"type": "null"}]}
        definition["required"].append("value")
    for definition in (schema, *schema["$defs"].values()):
        if "properties" in definition:
            definition["additionalProperties"] = False
            definition["required"] = list(definition["properties"])
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=1) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
