"""Whether two builds of a week tell a person the same, whatever else their PDFs say of the file that they are from.

Every PDF has the time on it at which the workbook was saved, and each of a team's rates moves with every row of it: by
their bytes, one mended row would make all cards other ones.
"""

from __future__ import annotations

import json
from hashlib import sha256

from milestone_reports.render.downloads import Plain, plain
from milestone_reports.scorecards.pages import RepScorecard, TeamRollup

OWN = (
    "headline", "this_week", "last_week", "next_week", "thirteen_weeks", "streak", "open", "open_value", "attention",
    "n_problems",
)  # fmt: skip
OWN_OF_TRACK = ("track", "quota", "pace", "sales", "by_milestone")
"""The figures of a scorecard that are the rep's alone."""

OF_THE_FILE = frozenset({"stamp", "provenance", "cell", "email", "slug", "rep_slug", "anchor"})
"""What changes when somebody sorts the workbook or corrects an address, and no figure with it."""


def digest_of_scorecard(card: RepScorecard) -> str:
    """The SHA-256, in hexadecimal, of what a scorecard tells of the rep."""
    own = {name: plain(getattr(card, name)) for name in OWN}
    tracks: list[Plain] = [{name: plain(getattr(track, name)) for name in OWN_OF_TRACK} for track in card.tracks]
    return _digest({**own, "tracks": tracks, "as_of": plain(card.stamp.as_of)})


def digest_of_report(rollup: TeamRollup) -> str:
    """The SHA-256, in hexadecimal, of what a team's report tells."""
    return _digest({"report": plain(rollup), "as_of": plain(rollup.stamp.as_of)})


def _digest(told: Plain) -> str:
    return sha256(json.dumps(_without_file(told), sort_keys=True).encode()).hexdigest()


def _without_file(value: Plain) -> Plain:
    if isinstance(value, dict):
        return {name: _without_file(inner) for name, inner in value.items() if name not in OF_THE_FILE}
    return [_without_file(inner) for inner in value] if isinstance(value, list) else value
