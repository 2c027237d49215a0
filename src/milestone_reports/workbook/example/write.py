"""Example workbooks: made-up teams with a history, the same for the same seed, in the starter's form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from milestone_reports.workbook.example.flaws import EditableRow, add_flaws
from milestone_reports.workbook.example.history import Course, RepHistory, WorkingDays, contract_value, planned_days
from milestone_reports.workbook.example.kinds import AS_OF, ExampleKind, Gate, SampleTeam
from milestone_reports.workbook.example.teams import TEAMS, about
from milestone_reports.workbook.starter.sheets import Contents, Row
from milestone_reports.workbook.starter.write import write_contents

__all__ = ["ExampleKind", "example_contents", "write_example"]

SAVED_AT = datetime.combine(AS_OF + timedelta(days=1), time(7, 45))
"""Monday morning: the report is about the week that has just ended."""

FIRST_NUMBER = 1001
ACCOUNT_NAMES = (
    "Talbeck",
    "Orrin",
    "Meridale",
    "Hartwell",
    "Bramford",
    "Castell",
    "Dunmore",
    "Elvaston",
    "Fairleigh",
    "Galloway",
    "Hexton",
    "Inverleith",
    "Jarrow",
    "Kelso",
    "Lanark",
    "Marlow",
    "Norbury",
    "Oakhurst",
    "Penrose",
    "Quarrington",
    "Redfern",
    "Selwood",
    "Thornbury",
    "Ulverton",
    "Verwood",
    "Wexcombe",
    "Yarrow",
    "Zelden",
)
LOST_REASONS = ("Price", "Went to a competitor", "Budget withdrawn", "Timing", "Missing feature", "No contact any more")
FRESH = timedelta(days=21)
"""How far back evidence may still be missing."""


def write_example(path: Path, kind: ExampleKind, seed: int = 2026) -> None:
    """Write the example workbook of a made-up team to a new file.

    Raises: CannotGoOnError when the file is there already or cannot be written.
    """
    write_contents(path, example_contents(kind, seed))


def example_contents(kind: ExampleKind, seed: int = 2026) -> Contents:
    """What the example workbook of a kind is filled with."""
    team = TEAMS[kind]
    return Contents(
        saved_at=SAVED_AT,
        settings={
            **team.settings,
            "Team": team.name,
            "As of": AS_OF,
            "Manager email": _address(team, str(team.settings["Manager"])),
        },
        milestones=[_milestone_row(team, order, gate) for order, gate in enumerate(team.gates, start=1)],
        reps=_rep_rows(team),
        opportunities=_opportunity_rows(team, seed),
        time_off=team.time_off,
        rates=team.rates,
        about=about(team),
    )


def _milestone_row(team: SampleTeam, order: int, gate: Gate) -> Row:
    required = "yes" if gate.evidence_required else "no"
    return {
        "Track": team.track,
        "Order": order,
        "Milestone": gate.name,
        "Agreed by both": gate.agreed,
        "Evidence required": required,
    }


def _rep_rows(team: SampleTeam) -> Sequence[Row]:
    return [
        {
            "Rep": rep.name,
            "Track": team.track,
            "Annual target": rep.annual_target,
            "Target is": "count" if team.counts_sales else "value",
            "Average contract value": rep.average_value,
            "Start": rep.start_on,
            "Email": _address(team, rep.name),
        }
        for rep in team.reps
    ]


def _opportunity_rows(team: SampleTeam, seed: int) -> Sequence[Row]:
    """Every rep's opportunities, numbered in the order in which they were written down."""
    working = WorkingDays(team)
    rows: list[EditableRow] = []
    for rep in team.reps:
        # One generator a rep: a change to one of them leaves the others as they are.
        rng = Random(f"{seed} {team.name} {rep.name}")  # noqa: S311  made-up data, no secrets
        history = RepHistory(rng, team, rep, working)
        rows += [_opportunity_row(rng, team, course, working) for course in history.courses()]
    rows.sort(key=lambda row: (str(row["Created"]), str(row["Rep"])))
    for number, row in enumerate(rows, start=FIRST_NUMBER):
        row["ID"] = f"{team.prefix}-{number}"
    if team.has_flaws:
        add_flaws(rows)
    return rows


def _opportunity_row(rng: Random, team: SampleTeam, course: Course, working: WorkingDays) -> EditableRow:
    average = course.rep.average_value
    row: EditableRow = {
        "Opportunity": rng.choice(team.subjects),
        "Account": f"{rng.choice(ACCOUNT_NAMES)} {rng.choice(team.branches)}",
        "Rep": course.rep.name,
        "Track": team.track,
        "Source": course.source.name,
        "Value": contract_value(rng, average) if average else None,
        "Created": course.created_on,
    }
    known = course.known
    plans = planned_days(rng, team, course, working)
    for k, (gate, plan) in enumerate(zip(team.gates, plans, strict=True)):
        done_on = known[k] if k < len(known) else None
        row[f"{gate.name} planned"] = plan
        row[gate.name] = done_on
        row[f"{gate.name} evidence"] = _evidence(rng, team, gate, done_on) if done_on else None
    return row | _ending(rng, team, course)


def _evidence(rng: Random, team: SampleTeam, gate: Gate, done_on: date) -> str | None:
    """A few words, a link, or nothing where nothing is required or it has not been filed yet."""
    luck = rng.random()
    not_filed = luck < 0.15 and AS_OF - done_on < FRESH  # noqa: PLR2004  a share
    if not_filed or (not gate.evidence_required and luck < 0.5):  # noqa: PLR2004
        return None
    if gate.evidence_required and luck > 0.75:  # noqa: PLR2004
        return (
            f"https://files.{team.mail_domain}/{gate.name.lower().replace(' ', '-')}/{rng.randint(10_000, 99_999)}.pdf"
        )
    return rng.choice(gate.evidence)


def _ending(rng: Random, team: SampleTeam, course: Course) -> EditableRow:
    """Outcome, Closed and Lost reason."""
    known = course.known
    if len(known) == len(team.gates):
        return {"Outcome": "won", "Closed": known[-1]}
    if not course.is_lost:
        return {"Outcome": "open"}
    early = "disqualified" if len(known) <= 1 else "lost"
    outcome = rng.choices(("lost", "no decision", early), (5, 3, 2))[0] if known else "disqualified"
    reason = rng.choice(LOST_REASONS) if outcome == "lost" else None
    return {"Outcome": outcome, "Closed": course.lost_on, "Lost reason": reason}


def _address(team: SampleTeam, name: str) -> str:
    """The first and the last of a name, in letters that every mail program knows."""
    words = name.lower().translate(str.maketrans("ëéíóúñł", "eeiounl")).split()
    return f"{words[0]}.{words[-1]}@{team.mail_domain}"
