"""One track of a card: quota, pace, sales, milestones and conversion of a rep, or summed over several."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from milestone_reports.domain.team import TargetIs
from milestone_reports.domain.track import Track
from milestone_reports.metrics import conversion as convert
from milestone_reports.metrics import pace as pacing
from milestone_reports.metrics import quota as quotas
from milestone_reports.metrics import sales as selling
from milestone_reports.metrics.standing import State, filling_adds, milestone_credits, n_reached_undated
from milestone_reports.metrics.week import PlannedMilestone
from milestone_reports.metrics.working_days import rep_calendar
from milestone_reports.scorecards.book import Frame, TrackBook, weeks_up_to
from milestone_reports.scorecards.figures import (
    Conversion,
    MilestoneLine,
    Pace,
    PathPoint,
    Quota,
    Sales,
    StageQuota,
)
from milestone_reports.scorecards.pages import TrackCard

N_RECENT_WEEKS = 13


def track_card(books: Sequence[TrackBook], conversion: tuple[Conversion, ...]) -> TrackCard:
    """The card of one rep's book, or the sum over several books of one track."""
    track, frame = books[0].track, books[0].frame
    return TrackCard(
        track=track.name,
        milestones=tuple(milestone.name for milestone in track.milestones),
        quota=_quota(books[0]) if len(books) == 1 else None,
        pace=_pace(books),
        sales=_sales(books),
        by_milestone=_by_milestone(books),
        conversion=conversion,
        gates=frame.team.settings.gates.value,
        n_undated=sum(
            n_reached_undated(opportunity, frame.as_of) > 0 and standing.state is not State.UNDATED
            for book in books
            for opportunity, standing in book.pairs
        ),
    )


def _quota(book: TrackBook) -> Quota | None:
    periods = book.periods
    if not periods:
        return None
    year, day = book.frame.year, book.frame.as_of
    now = book.current or min(periods, key=lambda p: max((p.first_on - day).days, (day - p.end_on).days))
    contracts, k = now.contracts_a_year, now.n_milestones
    ideal = quotas.ideal_milestones_a_year(contracts, k)
    stages = quotas.stage_quotas(contracts, k, now.multiplier)
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
        multiplier=now.multiplier,
        multiplier_is="set" if now.multiplier_is_set else "assumed",
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
            for milestone, stage, share in zip(book.track.milestones, stages, this_year, strict=True)
        ),
    )


def _stage_this_year(periods: Sequence[quotas.QuotaPeriod], index: int) -> float:
    return sum(
        quotas.stage_quotas(p.contracts_a_year, p.n_milestones, p.multiplier)[index] * p.year_share for p in periods
    )


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
        claimed_to_date=len([line for book in books for line in _claimed_this_year(book)]),
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
    claimed = {line.opportunity.id for line in _claimed_this_year(book)}
    gates, as_of = book.frame.team.settings.gates, book.frame.as_of
    return sum(
        filling_adds(milestone_credits(opportunity, book.track, gates, as_of), opportunity.entries)
        for opportunity, _ in book.pairs
        if opportunity.id in claimed
    )


def _credited_this_year(book: TrackBook) -> int:
    return sum(book.frame.year.holds(day) for day in book.credited_on)


def _claimed_this_year(book: TrackBook) -> list[PlannedMilestone]:
    year = book.frame.year
    return [line for line in book.lines if year.holds(line.completed_on) and line.credited_on is None]


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
    claimed = [line for book in books for line in _claimed_this_year(book)]
    has_quota = any(book.periods for book in books)
    found = []
    for index, milestone in enumerate(track.milestones):
        credited = _credited_here(books, index)
        with_quota = _credited_here([book for book in books if book.periods], index)
        to_date = sum(_stage_to_date(book, index) for book in books)
        found.append(
            MilestoneLine(
                milestone=milestone.name,
                credited=credited,
                claimed=sum(line.index == index for line in claimed),
                quota_to_date=to_date if has_quota else None,
                quota_this_year=sum(_stage_this_year(b.periods, index) for b in books) if has_quota else None,
                gap=with_quota - to_date if has_quota else None,
            )
        )
    return tuple(found)


def _credited_here(books: Sequence[TrackBook], index: int) -> int:
    return sum(b.frame.year.holds(line.credited_on) for b in books for line in b.lines if line.index == index)


def _stage_to_date(book: TrackBook, index: int) -> float:
    return sum(
        quotas.stage_quotas(p.contracts_a_year, p.n_milestones, p.multiplier)[index]
        * p.year_share
        * (pacing.elapsed_share(p, book.frame.as_of, book.calendar).value or 0.0)
        for p in book.periods
    )


def conversion_of(
    cohort: convert.Cohort, track: Track, team: tuple[Conversion, ...] | None = None
) -> tuple[Conversion, ...]:
    """What became of each milestone's opportunities, beside the team's rates where they may be shown."""
    found = []
    names = [milestone.name for milestone in track.milestones]
    for index, stage in enumerate(convert.outcomes(cohort)):
        is_sale = index == track.n_milestones - 1
        found.append(
            Conversion(
                milestone=names[index],
                next_milestone=None if is_sale else names[index + 1],
                reached=stage.reached,
                moved_on=stage.moved_on,
                lost_here=stage.lost_here,
                presumed_lost_here=stage.presumed_lost_here,
                open_here=stage.open_here,
                to_next=None if is_sale else convert.rate_to_next(stage),
                to_sale=None if is_sale else convert.rate_to_sale(stage),
                team_to_next=team[index].to_next if team else None,
                team_to_sale=team[index].to_sale if team else None,
            )
        )
    return tuple(found)
