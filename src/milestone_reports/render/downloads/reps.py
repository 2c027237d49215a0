"""The tables of what each rep has done and plans: the year, milestones, weeks, plan and open opportunities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from milestone_reports.render.downloads.csv import Row, Table
from milestone_reports.scorecards.figures import Quota, Reliability
from milestone_reports.scorecards.insights import YearMultiplier
from milestone_reports.scorecards.pages import RepScorecard


def rep_tables(cards: Sequence[RepScorecard]) -> Mapping[str, Table]:
    """The tables by name."""
    return {
        "reps": Table(REPS, tuple(_reps(cards))),
        "milestones": Table(MILESTONES, tuple(_milestones(cards))),
        "weeks": Table(WEEKS, tuple(_weeks(cards))),
        "plan": Table(PLAN, tuple(_plan(cards))),
        "open": Table(OPEN, tuple(_open(cards))),
    }


TERMS = (
    "annual_target", "average_contract_value", "contracts_a_year", "ideal_milestones_a_year", "multiplier",
    "required_milestones_a_year", "milestones_a_month", "milestones_a_week", "milestones_this_year",
)  # fmt: skip

MULTIPLIER = (
    "multiplier_label", "multiplier_low_95", "multiplier_high_95", "multiplier_sales", "multiplier_decided",
    "multiplier_counted_to", "multiplier_would_be",
)  # fmt: skip

RELIABILITY = ("planned_in_full_weeks", "completed_by_week_end", "reliability", "reliability_weeks")

REPS = (
    "rep", "track", *TERMS, "credited_to_date", "claimed_to_date", "expected_to_date", "gap", "standing",
    "required_run_rate", "contracts_to_date", "contracts_expected", "revenue_to_date", "revenue_expected",
    "back_on_pace_milestones_a_week", "back_on_pace_on", *MULTIPLIER, *RELIABILITY,
)  # fmt: skip


def _reps(cards: Sequence[RepScorecard]) -> Iterator[Row]:
    for card in cards:
        for track in card.tracks:
            quota, pace, sales, back = track.quota, track.pace, track.sales, track.back_on_pace
            yield (
                card.rep, track.track, *_terms(quota), pace.credited_to_date, pace.claimed_to_date,
                pace.expected_to_date if quota else None, pace.gap, pace.standing, pace.required_run_rate,
                sales.contracts_to_date, sales.contracts_expected, sales.revenue_to_date, sales.revenue_expected,
                back.milestones_a_week if back else None, back.on if back else None, *_multiplier(track.multiplier),
                *_reliability(track.reliability),
            )  # fmt: skip


def _terms(quota: Quota | None) -> Row:
    if quota is None:
        return (None,) * len(TERMS)
    return (
        quota.annual_target, quota.average_contract_value, quota.contracts_a_year, quota.ideal_milestones_a_year,
        quota.multiplier, quota.required_milestones_a_year, quota.milestones_a_month, quota.milestones_a_week,
        quota.milestones_this_year,
    )  # fmt: skip


def _multiplier(multiplier: YearMultiplier) -> Row:
    decided = multiplier.decided[0] if multiplier.decided else None
    return (
        multiplier.label, multiplier.low_95, multiplier.high_95, multiplier.sales, decided, multiplier.counted_to,
        multiplier.would_be,
    )  # fmt: skip


def _reliability(told: Reliability | None) -> Row:
    if told is None:
        return (None,) * len(RELIABILITY)
    return told.kept.whole, told.kept.part, told.kept.value, told.n_weeks


MILESTONES = (
    "rep", "track", "milestone", "credited", "claimed", "quota_to_date", "quota_this_year", "gap", "per_contract",
)  # fmt: skip


def _milestones(cards: Sequence[RepScorecard]) -> Iterator[Row]:
    for card in cards:
        for track in card.tracks:
            for line, per_contract in zip(track.by_milestone, track.multiplier.per_contract, strict=True):
                yield (
                    card.rep, track.track, line.milestone, line.credited, line.claimed, line.quota_to_date,
                    line.quota_this_year, line.gap, per_contract,
                )  # fmt: skip


WEEKS = ("rep", "week", "first_on", "done", "planned_not_done", "plan", "plan_as_of")


def _weeks(cards: Sequence[RepScorecard]) -> Iterator[Row]:
    for card in cards:
        for bar in card.thirteen_weeks:
            yield card.rep, bar.week, bar.first_on, bar.done, bar.planned_not_done, bar.plan, bar.plan_as_of


PLAN = (
    "rep", "week", "state", "on", "track", "milestone", "opportunity_id", "account", "opportunity", "planned_on",
    "reason",
)  # fmt: skip


def _plan(cards: Sequence[RepScorecard]) -> Iterator[Row]:
    for card in cards:
        for week in (card.last_week, card.this_week, card.next_week):
            for item in week.items:
                yield (
                    card.rep, week.week, item.state, item.on, item.track, item.milestone, item.opportunity_id,
                    item.account, item.opportunity, item.planned_on, item.reason,
                )  # fmt: skip


OPEN = (
    "rep", "opportunity_id", "account", "opportunity", "track", "value", "stage", "days_there", "next_milestone",
    "next_planned_on", "overdue_days", "evidence_missing", "cell", "stalled", "presumed_lost",
)  # fmt: skip


def _open(cards: Sequence[RepScorecard]) -> Iterator[Row]:
    for card in cards:
        for one in card.open:
            yield (
                card.rep, one.id, one.account, one.opportunity, one.track, one.value, one.stage, one.days_there,
                one.next_milestone, one.next_planned_on, one.overdue_days, ", ".join(one.evidence_missing), one.cell,
                one.stalled, one.presumed_lost,
            )  # fmt: skip
