"""What a workbook's rows say of each other that cannot all be right, as of a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from milestone_reports.domain.message import Message, message
from milestone_reports.domain.names import nearest, quoted
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.problem import CellRef, Level
from milestone_reports.domain.team import Assignment, Gates, TargetIs
from milestone_reports.domain.track import Track
from milestone_reports.workbook.reading.findings import Findings, Row
from milestone_reports.workbook.reading.people import People

OFTEN, FEW_SKIPPING = 4, 10
"""One opportunity in four skips a gate, and at least ten do: then it is the workbook's way, not a slip."""

STALE_AFTER = timedelta(days=14)
"""A workbook whose newest date is older than this is probably last month's (method.md §1)."""


def check_opportunities(
    opportunities: Sequence[Opportunity],
    tracks: Sequence[Track],
    gates: Gates,
    as_of: date,
    findings: Findings,
    *,
    as_of_is_own: bool,
) -> None:
    """Every row on its own: gates in order, no date to come, evidence where it is required, closed means closed."""
    by_name = {track.name: track for track in tracks}
    n_skipping = 0
    for opportunity in opportunities:
        track = by_name[opportunity.track]
        if _is_plain(opportunity, track, as_of):
            continue
        if gates is Gates.IN_ORDER:
            n_skipping += _gates(opportunity, track, as_of, findings)
        if as_of_is_own:
            _future(opportunity, track, as_of, findings)
        _evidence(opportunity, track, as_of, findings)
        _closing(opportunity, as_of, findings)
    _often_skipped(n_skipping, len(opportunities), findings)
    _stale(opportunities, as_of, findings)


def _is_plain(opportunity: Opportunity, track: Track, as_of: date) -> bool:
    """Whether there is nothing to say of a row, as of nearly all: gates in order, proven, and no outcome in doubt."""
    before, undated = date.min, False
    for entry, milestone in zip(opportunity.entries, track.milestones, strict=True):
        day = entry.completed_on
        if day is None:
            undated = True
        elif undated or not before <= day <= as_of or (milestone.evidence_required and not entry.evidence):
            return False
        else:
            before = day
    if opportunity.outcome is Outcome.OPEN:
        return opportunity.closed_on is None or not undated
    return opportunity.closed_on is not None and undated is opportunity.outcome.is_lost


def _whose(opportunity: Opportunity) -> Row:
    return Row(opportunity.label, opportunity.rep)


def _completed(entry: MilestoneEntry, as_of: date) -> date | None:
    return entry.completed_on if entry.completed_on and entry.completed_on <= as_of else None


def _gates(opportunity: Opportunity, track: Track, as_of: date, findings: Findings) -> bool:
    """Whether a gate is skipped; that, and dates that are out of order, are said."""
    latest: tuple[str, date] | None = None
    undated = ""
    for place, (entry, milestone) in enumerate(zip(opportunity.entries, track.milestones, strict=True)):
        day = _completed(entry, as_of)
        if day is None:
            undated = undated or ("" if entry.waived or entry.reached_undated else milestone.name)
            continue
        dated = _Dated(opportunity, opportunity.cell(place), milestone.name, day)
        if undated:
            _skipped(dated, undated, findings)
            return True
        if latest and day < latest[1]:
            _out_of_order(dated, latest, findings)
        if latest is None or day > latest[1]:
            latest = (milestone.name, day)
    return False


def _often_skipped(n_skipping: int, n_opportunities: int, findings: Findings) -> None:
    """Where skipping is the rule, the rule for crediting may be another than this team's."""
    if n_skipping < FEW_SKIPPING or n_skipping * OFTEN < n_opportunities:
        return
    findings.add(
        Level.WARNING,
        "gates_often_skipped",
        None,
        found=message("{n} of {all} opportunities skip a gate", n=f"{n_skipping:,}", all=f"{n_opportunities:,}"),
        expected=message("gates in order were expected, as Gates on the Settings sheet says"),
        done=message("What follows a skipped gate counts as claimed, not as done"),
        fix=message("where gates may be skipped, write 'open' for Gates on the Settings sheet"),
    )


@dataclass(frozen=True, slots=True)
class _Dated:
    """A completed milestone: whose, where, which, when."""

    opportunity: Opportunity
    cell: CellRef | None
    name: str
    day: date


def _skipped(dated: _Dated, undated: str, findings: Findings) -> None:
    findings.add(
        Level.WARNING,
        "gate_skipped",
        dated.cell,
        found=message(
            "{milestone} is dated {day}, but {undated} before it is not completed",
            milestone=dated.name,
            day=dated.day,
            undated=undated,
        ),
        expected=message("{undated} was expected first", undated=undated),
        done=message(
            "Not credited: {milestone} and what follows count as claimed until {undated} is dated",
            milestone=dated.name,
            undated=undated,
        ),
        fix=message("date {undated}, or type 'waived' into its cell", undated=undated),
        row=_whose(dated.opportunity),
    )


def _out_of_order(dated: _Dated, before: tuple[str, date], findings: Findings) -> None:
    findings.add(
        Level.WARNING,
        "gates_out_of_order",
        dated.cell,
        found=message(
            "{milestone} is dated {day}, before {earlier} on {its_day}",
            milestone=dated.name,
            day=dated.day,
            earlier=before[0],
            its_day=before[1],
        ),
        expected=message("a later gate was expected on the same day or after"),
        done=message("Credited on {day}, the later of the two", day=before[1]),
        fix=message("correct the date that is wrong"),
        row=_whose(dated.opportunity),
    )


def _future(opportunity: Opportunity, track: Track, as_of: date, findings: Findings) -> None:
    for place, (entry, milestone) in enumerate(zip(opportunity.entries, track.milestones, strict=True)):
        if entry.completed_on and entry.completed_on > as_of:
            findings.add(
                Level.ERROR,
                "completed_after_as_of",
                opportunity.cell(place),
                found=message("{milestone} is completed on {day}", milestone=milestone.name, day=entry.completed_on),
                expected=message("a day up to the as-of date {day} was expected", day=as_of),
                done=message("Not counted as done, and no plan by itself"),
                fix=message("correct the date, or put it into '{milestone} planned'", milestone=milestone.name),
                row=_whose(opportunity),
            )


def _evidence(opportunity: Opportunity, track: Track, as_of: date, findings: Findings) -> None:
    for place, (entry, milestone) in enumerate(zip(opportunity.entries, track.milestones, strict=True)):
        if milestone.evidence_required and _completed(entry, as_of) and not entry.evidence and not entry.waived:
            findings.add(
                Level.WARNING,
                "evidence_missing",
                opportunity.cell(place),
                found=message("{milestone} is completed without evidence", milestone=milestone.name),
                expected=message("the Milestones sheet requires it"),
                done=message("Not credited: counts as claimed"),
                fix=message("write what proves it, or a link, into '{milestone} evidence'", milestone=milestone.name),
                row=_whose(opportunity),
            )


def _closing(opportunity: Opportunity, as_of: date, findings: Findings) -> None:
    """An outcome, its date and the sale that do not agree; one finding a row is enough."""
    sold_on, closed_on = _completed(opportunity.entries[-1], as_of), opportunity.closed_on
    if closed_on is not None and closed_on > as_of:
        return
    if opportunity.outcome.is_lost and sold_on:
        finding = _Disagreement(
            "sold_and_lost",
            message("sold on {day} and marked as lost", day=sold_on),
            message("Counted as won"),
            message("clear Outcome or Lost on, or write 'cancelled' into Outcome if it was cancelled after signature"),
        )
    elif opportunity.outcome.is_lost and closed_on is None:
        finding = _Disagreement(
            "lost_without_date",
            message("lost without a date in Closed"),
            message("Counted as lost on the day of its last milestone"),
            message("type the day it was lost into Closed"),
        )
    elif opportunity.outcome is Outcome.OPEN and closed_on and not sold_on:
        finding = _Disagreement(
            "closed_without_outcome",
            message("closed on {day} without an outcome", day=closed_on),
            message("Counted as open"),
            message("write 'won' or 'lost' into Outcome, or clear Closed"),
            Level.WARNING,
        )
    else:
        return
    findings.add(
        finding.level,
        finding.rule,
        opportunity.row,
        found=finding.found,
        done=finding.done,
        fix=finding.fix,
        row=_whose(opportunity),
    )


@dataclass(frozen=True, slots=True)
class _Disagreement:
    """Two things a row says that cannot both be right."""

    rule: str
    found: Message
    done: Message
    fix: Message
    level: Level = Level.NOTE


def check_values(
    opportunities: Sequence[Opportunity], assignments: Iterable[Assignment], as_of: date, findings: Findings
) -> None:
    """Sales without a value, on tracks that count money: one has a target in it, or some opportunity a value."""
    in_money = {a.track for a in assignments if a.annual_target and a.target_is is TargetIs.VALUE}
    in_money |= {opportunity.track for opportunity in opportunities if opportunity.value is not None}
    for opportunity in opportunities:
        sold_on = _completed(opportunity.entries[-1], as_of)
        if sold_on and opportunity.value is None and opportunity.track in in_money:
            findings.add(
                Level.WARNING,
                "won_without_value",
                opportunity.row,
                found=message("sold on {day} without a value", day=sold_on),
                expected=message("the value of the contract was expected"),
                done=message("Counted as a contract, left out of the revenue"),
                fix=message("type the value"),
                row=_whose(opportunity),
            )


def _stale(opportunities: Iterable[Opportunity], as_of: date, findings: Findings) -> None:
    recent = as_of - STALE_AFTER
    if any(day >= recent for o in opportunities for day in _days(o)):
        return
    newest = max((day for o in opportunities for day in _days(o)), default=None)
    if newest:
        findings.add(
            Level.WARNING,
            "workbook_stale",
            None,
            found=message(
                "its newest date is {newest}, {n} days before {day}",
                newest=newest,
                n=(as_of - newest).days,
                day=as_of,
            ),
            expected=message("a workbook kept up to the as-of date was expected"),
            done=message("All figures are those of {day}", day=as_of),
            fix=message(
                "take the newest copy, or give the day it stands for with --as-of or As of on the Settings sheet"
            ),
        )


def _days(opportunity: Opportunity) -> list[date]:
    recorded = [entry.completed_on for entry in opportunity.entries]
    return [day for day in (*recorded, opportunity.closed_on, opportunity.created_on) if day]


def check_people(opportunities: Sequence[Opportunity], people: People, findings: Findings) -> None:
    """Owners who are not on the Reps sheet, with the name that is spelt most like theirs."""
    if not people.listed:
        return
    seen: set[str] = set()
    for opportunity in opportunities:
        if opportunity.rep in people.listed or opportunity.rep in seen:
            continue
        seen.add(opportunity.rep)
        near = nearest(opportunity.rep, people.listed)
        name = quoted(near) if near else ""
        findings.add(
            Level.WARNING,
            "rep_not_listed",
            opportunity.row,
            found=message("{name} is not on the Reps sheet", name=quoted(opportunity.rep)),
            expected=message("the nearest name there is {name}", name=name)
            if near
            else message("a name of the Reps sheet was expected"),
            done=message("Has a card of their own, without a quota"),
            fix=message("write {name} if that is meant, or add a row to Reps", name=name)
            if near
            else message("add a row to Reps"),
            row=_whose(opportunity),
        )
