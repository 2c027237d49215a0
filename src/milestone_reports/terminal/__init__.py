"""Scorecards, the team and the data checks as a terminal shows them. Makes what rich prints; prints nothing itself."""

from milestone_reports.terminal.checks import copied, counted, problems
from milestone_reports.terminal.past import imported, snapshot, snapshots
from milestone_reports.terminal.scorecards import rep_card, team_card
from milestone_reports.terminal.tables import formats_of
from milestone_reports.terminal.templates import template_table
from milestone_reports.terminal.understood import understanding

__all__ = [
    "copied",
    "counted",
    "formats_of",
    "imported",
    "problems",
    "rep_card",
    "snapshot",
    "snapshots",
    "team_card",
    "template_table",
    "understanding",
]
