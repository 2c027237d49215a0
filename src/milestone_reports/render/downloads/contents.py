"""Which CSV tables a team's site has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from milestone_reports.render.downloads.coaching import coaching_tables
from milestone_reports.render.downloads.conversion import conversion_tables
from milestone_reports.render.downloads.csv import Row, csv_bytes
from milestone_reports.render.downloads.outlook import outlook_tables
from milestone_reports.render.downloads.reps import rep_tables
from milestone_reports.scorecards.pages import TeamSite


def tables(site: TeamSite) -> Mapping[str, bytes]:
    """The CSV tables of a team's site, by file name."""
    return {
        **rep_tables(site.reps),
        **conversion_tables(site),
        **coaching_tables(site),
        **outlook_tables(site),
        "checks.csv": csv_bytes(CHECKS, _checks(site)),
    }


CHECKS = ("level", "rule", "cell", "also", "label", "found", "expected", "done", "fix", "rep")


def _checks(site: TeamSite) -> Iterator[Row]:
    for line in site.checks.lines:
        yield (
            line.level, line.rule, line.cell, " ".join(line.also), line.label, line.found, line.expected, line.done,
            line.fix, line.rep,
        )  # fmt: skip
