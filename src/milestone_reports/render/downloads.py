"""What programs and spreadsheets take from a site: one JSON with all figures, its schema, and CSV tables.

Text from a workbook stays text: a cell that a spreadsheet would take for a formula is neutralised.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from importlib.resources import files

from milestone_reports.scorecards.figures import Conversion, Rate, Ratio
from milestone_reports.scorecards.pages import RepScorecard, TeamSite

SCHEMA_VERSION = "1"

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula."""

Plain = str | float | bool | None | list["Plain"] | dict[str, "Plain"]
Value = str | float | date | None


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
    """One rep's scorecard as JSON."""
    return json_bytes(card)


def json_bytes(value: object) -> bytes:
    """The value as JSON text, indented, in the order of its fields."""
    return (json.dumps(plain(value), indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def scorecards_json(site: TeamSite) -> bytes:
    """`data/scorecards.json`: all that the team's pages say."""
    body = plain(site)
    if not isinstance(body, dict):
        raise TypeError(site)
    return json_bytes({"schema_version": SCHEMA_VERSION, **body})


def schema_bytes() -> bytes:
    """The JSON Schema of `data/scorecards.json`, as shipped."""
    return files("milestone_reports.render").joinpath("scorecards.schema.json").read_bytes()


def csv_bytes(header: Sequence[str], rows: Iterator[Sequence[Value]]) -> bytes:
    """A CSV table that spreadsheets open as it is: UTF-8 with a mark, texts neutralised, numbers with a point."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:.10g}"


def tables(site: TeamSite) -> dict[str, bytes]:
    """The CSV tables of a team's site, by file name."""
    return {
        "reps.csv": csv_bytes(REPS, _reps(site.reps)),
        "milestones.csv": csv_bytes(MILESTONES, _milestones(site.reps)),
        "conversion.csv": csv_bytes(CONVERSION, _conversion(site)),
        "weeks.csv": csv_bytes(WEEKS, _weeks(site.reps)),
        "plan.csv": csv_bytes(PLAN, _plan(site.reps)),
        "open.csv": csv_bytes(OPEN, _open(site.reps)),
        "checks.csv": csv_bytes(CHECKS, _checks(site)),
    }


REPS = (
    "rep", "track", "annual_target", "average_contract_value", "contracts_a_year", "ideal_milestones_a_year",
    "multiplier", "required_milestones_a_year", "milestones_a_month", "milestones_a_week", "milestones_this_year",
    "credited_to_date", "claimed_to_date", "expected_to_date", "gap", "standing", "required_run_rate",
    "contracts_to_date", "contracts_expected", "revenue_to_date", "revenue_expected",
)  # fmt: skip


def _reps(cards: Sequence[RepScorecard]) -> Iterator[Sequence[Value]]:
    for card in cards:
        for track in card.tracks:
            quota, pace, sales = track.quota, track.pace, track.sales
            terms: Sequence[Value] = [None] * 9
            if quota:
                terms = (
                    quota.annual_target, quota.average_contract_value, quota.contracts_a_year,
                    quota.ideal_milestones_a_year, quota.multiplier, quota.required_milestones_a_year,
                    quota.milestones_a_month, quota.milestones_a_week, quota.milestones_this_year,
                )  # fmt: skip
            yield (
                card.rep, track.track, *terms, pace.credited_to_date, pace.claimed_to_date,
                pace.expected_to_date if quota else None, pace.gap, pace.standing, pace.required_run_rate,
                sales.contracts_to_date, sales.contracts_expected, sales.revenue_to_date, sales.revenue_expected,
            )  # fmt: skip


MILESTONES = ("rep", "track", "milestone", "credited", "claimed", "quota_to_date", "quota_this_year", "gap")


def _milestones(cards: Sequence[RepScorecard]) -> Iterator[Sequence[Value]]:
    for card in cards:
        for track in card.tracks:
            for line in track.by_milestone:
                yield (
                    card.rep, track.track, line.milestone, line.credited, line.claimed, line.quota_to_date,
                    line.quota_this_year, line.gap,
                )  # fmt: skip


CONVERSION = (
    "rep", "track", "milestone", "next_milestone", "reached", "moved_on", "lost_here", "presumed_lost_here",
    "open_here", "to_next_passed", "to_next_decided", "to_next", "to_next_low_95", "to_next_high_95",
    "to_sale_won", "to_sale_decided", "to_sale", "to_sale_low_95", "to_sale_high_95",
)  # fmt: skip


def _conversion(site: TeamSite) -> Iterator[Sequence[Value]]:
    for team_track in site.rollup.tracks:
        for line in team_track.card.conversion:
            yield ("(team)", team_track.card.track, *_conversion_line(line))
    for card in site.reps:
        for track in card.tracks:
            for line in track.conversion:
                yield (card.rep, track.track, *_conversion_line(line))


def _conversion_line(line: Conversion) -> Sequence[Value]:
    return (
        line.milestone, line.next_milestone, line.reached, line.moved_on, line.lost_here, line.presumed_lost_here,
        line.open_here, *_rate(line.to_next), *_rate(line.to_sale),
    )  # fmt: skip


def _rate(rate: Rate | None) -> Sequence[Value]:
    if rate is None:
        return (None,) * 5
    return rate.passed, rate.decided, rate.value, rate.low_95, rate.high_95


WEEKS = ("rep", "week", "first_on", "done", "planned_not_done", "plan")


def _weeks(cards: Sequence[RepScorecard]) -> Iterator[Sequence[Value]]:
    for card in cards:
        for bar in card.thirteen_weeks:
            yield card.rep, bar.week, bar.first_on, bar.done, bar.planned_not_done, bar.plan


PLAN = (
    "rep",
    "week",
    "state",
    "on",
    "track",
    "milestone",
    "opportunity_id",
    "account",
    "opportunity",
    "planned_on",
    "reason",
)


def _plan(cards: Sequence[RepScorecard]) -> Iterator[Sequence[Value]]:
    for card in cards:
        for week in (card.last_week, card.this_week, card.next_week):
            for item in week.items:
                yield (
                    card.rep, week.week, item.state, item.on, item.track, item.milestone, item.opportunity_id,
                    item.account, item.opportunity, item.planned_on, item.reason,
                )  # fmt: skip


OPEN = (
    "rep", "opportunity_id", "account", "opportunity", "track", "value", "stage", "days_there", "next_milestone",
    "next_planned_on", "overdue_days", "evidence_missing", "cell",
)  # fmt: skip


def _open(cards: Sequence[RepScorecard]) -> Iterator[Sequence[Value]]:
    for card in cards:
        for one in card.open:
            yield (
                card.rep, one.id, one.account, one.opportunity, one.track, one.value, one.stage, one.days_there,
                one.next_milestone, one.next_planned_on, one.overdue_days, ", ".join(one.evidence_missing), one.cell,
            )  # fmt: skip


CHECKS = ("level", "rule", "cell", "also", "label", "found", "expected", "done", "fix", "rep")


def _checks(site: TeamSite) -> Iterator[Sequence[Value]]:
    for line in site.checks.lines:
        yield (
            line.level, line.rule, line.cell, " ".join(line.also), line.label, line.found, line.expected, line.done,
            line.fix, line.rep,
        )  # fmt: skip
