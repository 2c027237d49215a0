"""Which tables a team's site has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from milestone_reports.render.downloads.changes import change_tables
from milestone_reports.render.downloads.coaching import coaching_tables
from milestone_reports.render.downloads.conversion import conversion_tables
from milestone_reports.render.downloads.csv import Row, Table
from milestone_reports.render.downloads.outlook import outlook_tables
from milestone_reports.render.downloads.reps import rep_tables
from milestone_reports.scorecards.pages import TeamSite


def tables(site: TeamSite) -> Mapping[str, Table]:
    """The tables of a team's site, by name."""
    return {
        **rep_tables(site.reps),
        **conversion_tables(site),
        **coaching_tables(site),
        **outlook_tables(site),
        **change_tables(site),
        "checks": Table(CHECKS, tuple(_checks(site))),
        "opportunities": Table(OPPORTUNITIES, tuple(_opportunities(site))),
    }


CHECKS = ("level", "rule", "cell", "also", "label", "found", "expected", "done", "fix", "rep")


def _checks(site: TeamSite) -> Iterator[Row]:
    for line in site.checks.lines:
        yield (
            line.level, line.rule, line.cell, " ".join(line.also), line.label, line.found, line.expected, line.done,
            line.fix, line.rep,
        )  # fmt: skip


OPPORTUNITIES = (
    "id", "opportunity", "rep", "track", "value", "outcome", "closed_on", "row",
    "milestone", "completed_on", "waived", "cell", "put_right",
)  # fmt: skip


def _opportunities(site: TeamSite) -> Iterator[Row]:
    """One row a milestone of each opportunity, reached or not."""
    for one in site.opportunities:
        mended = {repair.milestone: repair.kind for repair in one.repairs}
        for cell in one.milestones:
            yield (
                one.id, one.label, one.rep, one.track, one.value, one.outcome, one.closed_on, one.cell,
                cell.milestone, cell.completed_on, cell.waived, cell.cell, mended.get(cell.milestone),
            )  # fmt: skip
