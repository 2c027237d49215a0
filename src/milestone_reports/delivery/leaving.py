"""Who is not there any more: nothing is sent to them, and nothing is wrong with that."""

from __future__ import annotations

from datetime import date, timedelta

from milestone_reports.delivery.published import PublishedTeam
from milestone_reports.scorecards.pages import RepScorecard


def why_not_due(team: PublishedTeam, card: RepScorecard) -> str:
    """Why a rep is to get no scorecard of the week; empty where one is due."""
    if all(rep.name != card.rep for rep in team.team.reps):
        return "is not in the workbook any more; nothing is sent."
    left = left_on(team, card.rep)
    if left is None or left >= card.stamp.week_first_on:
        return ""
    return f"left on {left.day} {left:%b %Y} (End on the sheet Reps); nothing is sent."


def left_on(team: PublishedTeam, name: str) -> date | None:
    """The last day of the last period that the workbook gives a rep; None where it has none, or one without an end."""
    ends = [assignment.end_on for assignment in team.team.assignments if assignment.rep == name]
    known = [end for end in ends if end]
    return max(known) - timedelta(days=1) if known and len(known) == len(ends) else None
