"""One track of a card: quota, pace, sales, milestones and conversion of a rep, or summed over several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from math import ceil

from milestone_reports.domain.team import TargetIs
from milestone_reports.metrics import pace as pacing
from milestone_reports.metrics import quota as quotas
from milestone_reports.metrics import sales as selling
from milestone_reports.metrics.periods import QuotaPeriod
from milestone_reports.metrics.standing import filling_adds, milestone_credits
from milestone_reports.metrics.week import PlannedMilestone
from milestone_reports.metrics.working_days import rep_calendar
from milestone_reports.scorecards.book import Frame, TrackBook, weeks_up_to
from milestone_reports.scorecards.figures import (
    MilestoneLine,
    Pace,
    PathPoint,
    Quota,
    Sales,
    StageQuota,
)
from milestone_reports.scorecards.insights import BackOnPace
from milestone_reports.scorecards.learned.track import Learned
from milestone_reports.scorecards.pages import TrackCard
from milestone_reports.scorecards.provenance.card import provenance
from milestone_reports.scorecards.weeks import reliability_of

N_RECENT_WEEKS = 13


def track_card(books: Sequence[TrackBook], learned: Learned) -> TrackCard:
    """The card of one rep's book, or the sum over several books of one track."""
    track, frame = books[0].track, books[0].frame
    pace = _pace(books)
    card = TrackCard(
        track=track.name,
        milestones=tuple(milestone.name for milestone in track.milestones),
        quota=_quota(books[0]) if len(books) == 1 else None,
        pace=pace,
        sales=_sales(books),
        by_milestone=_by_milestone(books),
        conversion=learned.conversion,
        gates=frame.team.settings.gates.value,
        n_undated=sum(book.n_undated for book in books),
        multiplier=learned.multiplier,
        average_contract=learned.average_contract,
        gate_times=learned.gate_times,
        forecast=learned.forecast,
        coaching=learned.coaching,
        focus=learned.focus,
        back_on_pace=_back_on_pace(books[0], pace) if len(books) == 1 else None,
        provenance=(),
        reliability=reliability_of(books),
    )
    return replace(card, provenance=provenance(books, card, learned.history))


def _back_on_pace(book: TrackBook, pace: Pace) -> BackOnPace | None:
    """By when, and at how many a week, a rep who is behind is back on pace."""
    frame, period = book.frame, book.current
    if pace.standing != "behind" or period is None:
        return None
    n_weeks = (frame.year.last_on - frame.week.last_on).days // 7
    # Weeks without a plan are those wholly off, and those after the rep has left.
    weeks = [week for age in range(1, n_weeks + 1) if book.plan_of(week := frame.week.plus(age)) is not None]
    found = pacing.back_on_pace(
        pace.credited_to_date,
        [book.plan_of(week) or 0 for week in weeks],
        [pacing.expected_to_date(book.periods, week.last_on, book.calendar) for week in weeks],
        period.milestones_a_week,
    )
    if found is None:
        return None
    extra, week = found[0], weeks[found[1]]
    return BackOnPace(
        milestones_a_week=ceil(period.milestones_a_week - quotas.ROUNDING_SLACK) + extra,
        extra_a_week=extra,
        week=week.name,
        on=week.last_on,
    )


def _quota(book: TrackBook) -> Quota | None:
    periods = book.periods
    if not periods:
        return None
    year, day = book.frame.year, book.frame.as_of
    now = book.current or min(periods, key=lambda p: max((p.first_on - day).days, (day - p.end_on).days))
    contracts, k = now.contracts_a_year, now.n_milestones
    ideal = quotas.ideal_milestones_a_year(contracts, k)
    this_year = [_stage_this_year(periods, index) for index in range(k)]
    first_on, end_on = periods[0].first_on, periods[-1].end_on
    return Quota(
        target_is=now.target_is.value,
        annual_target=now.annual_target,
        average_contract_value=now.average_contract_value if now.target_is is TargetIs.VALUE else None,
        contracts_a_year=contracts,
        n_milestones=k,
        ideal_milestones_a_year=ideal,
        ideal_milestones_a_month=quotas.milestones_a_month(ideal),
        ideal_milestones_a_week=quotas.milestones_a_week(ideal, now.selling_weeks),
        multiplier=now.multiplier.value,
        multiplier_is=now.multiplier.label,
        required_milestones_a_year=now.milestones_a_year,
        milestones_a_month=quotas.milestones_a_month(now.milestones_a_year),
        milestones_a_week=now.milestones_a_week,
        selling_weeks=now.selling_weeks,
        counted_from=first_on if first_on > year.first_on else None,
        counted_to=date.fromordinal(end_on.toordinal() - 1) if end_on < year.end_on else None,
        target_this_year=sum(p.annual_target * p.year_share for p in periods),
        contracts_this_year=sum(p.contracts_a_year * p.year_share for p in periods),
        milestones_this_year=sum(p.milestones_this_year for p in periods),
        stage_quotas=tuple(
            StageQuota(milestone.name, stage, share)
            for milestone, stage, share in zip(book.track.milestones, now.stage_quotas, this_year, strict=True)
        ),
    )


def _stage_this_year(periods: Sequence[QuotaPeriod], index: int) -> float:
    return sum(p.stage_quotas[index] * p.year_share for p in periods)


def _pace(books: Sequence[TrackBook]) -> Pace:
    frame = books[0].frame
    with_quota = [book for book in books if book.periods]
    credited = sum(_credited_this_year(book) for book in books)
    credited_with_quota = sum(_credited_this_year(book) for book in with_quota)
    expected = sum(pacing.expected_to_date(b.periods, frame.as_of, b.calendar) for b in with_quota)
    this_year = sum(p.milestones_this_year for b in with_quota for p in b.periods)
    weekly = sum(book.current.milestones_a_week for book in with_quota if book.current)
    gap = credited_with_quota - expected
    weeks = _weeks_left(with_quota)
    return Pace(
        credited_to_date=credited,
        claimed_to_date=sum(len(book.claimed_this_year) for book in books),
        filling_adds=sum(_filling_adds(book) for book in books),
        credited_without_quota=credited - credited_with_quota,
        expected_to_date=expected,
        attainment=pacing.attainment(credited_with_quota, expected),
        gap=gap if with_quota else None,
        milestones_a_week=weekly if with_quota else None,
        milestones_this_year=this_year if with_quota else None,
        standing=pacing.pace_standing(gap, expected, weekly) if with_quota else "no quota",
        working_days_elapsed=_working_days(books, frame.as_of),
        working_days=_working_days(books, frame.year.last_on),
        weeks_left=weeks if with_quota else None,
        required_run_rate=pacing.required_run_rate(this_year, credited_with_quota, weeks) if with_quota else None,
        to_finish=pacing.to_finish(this_year, credited_with_quota) if with_quota else None,
        last_13_weeks_a_week=sum(_recent_run_rate(book) for book in books),
        done_path=pacing.done_path([day for book in books for day in book.credited_on], frame.year),
        expected_path=_expected_path(with_quota),
    )


def _weeks_left(books: Sequence[TrackBook]) -> float:
    """The reps' weeks left, weighed by what is still asked of each: on pace, the sum of the weekly quotas meets it."""
    left = [(pacing.weeks_left(b.periods, b.frame.as_of, b.calendar), b.current or b.periods[-1]) for b in books]
    weekly = sum(period.milestones_a_week for weeks, period in left if weeks)
    return sum(weeks * period.milestones_a_week for weeks, period in left) / weekly if weekly else 0.0


def _filling_adds(book: TrackBook) -> int:
    claimed = {line.opportunity.id: line.opportunity for line in book.claimed_this_year}
    gates, as_of, rep = book.frame.team.settings.gates, book.frame.as_of, book.rep.name
    return sum(
        filling_adds(milestone_credits(one, book.track, gates, as_of), one.entries, rep if one.rep != rep else "")
        for one in claimed.values()
    )


def _credited_this_year(book: TrackBook) -> int:
    return len(book.credited_this_year)


def _working_days(books: Sequence[TrackBook], until: date) -> int:
    """Of one rep, those of the periods; of several, those of everyone in the fiscal year."""
    frame, after = books[0].frame, date.fromordinal(until.toordinal() + 1)
    if len(books) == 1 and books[0].periods:
        days = books[0].calendar.worked_days
        return sum(days.count(p.first_on, min(after, p.end_on)) for p in books[0].periods)
    calendar = books[0].calendar if len(books) == 1 else rep_calendar("", frame.team.time_off)
    return calendar.worked_days.count(frame.year.first_on, min(after, frame.year.end_on))


def _recent_run_rate(book: TrackBook) -> float:
    weeks = weeks_up_to(book.frame.week, N_RECENT_WEEKS)
    return pacing.recent_run_rate(
        book.credited_on, [week for week in weeks if not book.started_on or week.end_on > book.started_on]
    )


def _expected_path(books: Sequence[TrackBook]) -> tuple[PathPoint, ...]:
    if not books:
        return ()
    frame = books[0].frame
    first_on = min(book.periods[0].first_on for book in books)
    start = PathPoint(first_on, 0.0)
    days = pacing.path_days(first_on, frame.as_of, frame.year.end_on)
    return start, *(
        PathPoint(day, sum(pacing.expected_to_date(b.periods, day, b.calendar) for b in books))
        for day in days
        if day > first_on
    )


def revenue_expected_path(books: Sequence[TrackBook], frame: Frame) -> tuple[PathPoint, ...]:
    """The path to the year's target in money; empty where no target is in money."""
    in_money = [book for book in books if any(p.target_is is TargetIs.VALUE for p in book.periods)]
    if not in_money:
        return ()
    first_on = min(book.periods[0].first_on for book in in_money)
    days = pacing.path_days(first_on, frame.as_of, frame.year.end_on)
    return PathPoint(first_on, 0.0), *(
        PathPoint(day, sum(selling.expected_revenue(b.periods, day, b.calendar) or 0.0 for b in in_money))
        for day in days
        if day > first_on
    )


def _sales(books: Sequence[TrackBook]) -> Sales:
    frame = books[0].frame
    won = selling.won_in([pair for book in books for pair in book.pairs], frame.year)
    with_quota = [book for book in books if book.periods]
    won_without = selling.won_in([pair for book in books if not book.periods for pair in book.pairs], frame.year)
    in_money = [p for b in with_quota for p in b.periods if p.target_is is TargetIs.VALUE]
    revenue = [selling.expected_revenue(b.periods, frame.as_of, b.calendar) for b in with_quota]
    contracts = [selling.expected_contracts(b.periods, frame.as_of, b.calendar) for b in with_quota]
    return Sales(
        contracts_to_date=selling.contracts_to_date(won),
        contracts_without_quota=selling.contracts_to_date(won_without),
        contracts_expected=sum(contracts) if with_quota else None,
        contracts_this_year=(
            sum(p.contracts_a_year * p.year_share for b in with_quota for p in b.periods) if with_quota else None
        ),
        revenue_to_date=selling.revenue_to_date(won),
        revenue_without_quota=selling.revenue_to_date(won_without),
        revenue_expected=sum(filter(None, revenue)) if in_money else None,
        target_this_year=sum(p.annual_target * p.year_share for p in in_money) if in_money else None,
        without_value=tuple(opportunity.id for opportunity, _ in won.kept if opportunity.value is None),
        cancelled=len(won.cancelled),
        cancelled_value=sum(opportunity.value or 0.0 for opportunity in won.cancelled),
        revenue_path=selling.revenue_path(won),
    )


def _by_milestone(books: Sequence[TrackBook]) -> tuple[MilestoneLine, ...]:
    track = books[0].track
    claimed = _counts(line for book in books for line in book.claimed_this_year)
    credited = _counts(line for book in books for line in book.credited_this_year)
    with_quota = _counts(line for book in books if book.periods for line in book.credited_this_year)
    has_quota = any(book.periods for book in books)
    found = []
    for index, milestone in enumerate(track.milestones):
        to_date = sum(_stage_to_date(book, index) for book in books)
        found.append(
            MilestoneLine(
                milestone=milestone.name,
                credited=credited[index],
                claimed=claimed[index],
                quota_to_date=to_date if has_quota else None,
                quota_this_year=sum(_stage_this_year(b.periods, index) for b in books) if has_quota else None,
                gap=with_quota[index] - to_date if has_quota else None,
            )
        )
    return tuple(found)


def _counts(lines: Iterable[PlannedMilestone]) -> Counter[int]:
    """How many lines are of each milestone, by its place on the track."""
    return Counter(line.place for line in lines)


def _stage_to_date(book: TrackBook, index: int) -> float:
    return sum(
        p.stage_quotas[index] * p.year_share * (pacing.elapsed_share(p, book.frame.as_of, book.calendar).value or 0.0)
        for p in book.periods
    )
