"""What each figure of a card was counted from: the numbers that went in and the ids of the opportunities behind it.

Values are those of the card, figures are named as the Definitions page names them. This module has the quota, the year
and the week; provenance_of_history.py has what history teaches. Must not know how a figure is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from milestone_reports.domain.calendar import Week
from milestone_reports.domain.message import message
from milestone_reports.domain.team import TargetIs
from milestone_reports.metrics import pace as pacing
from milestone_reports.metrics import week as weekly
from milestone_reports.metrics.periods import QuotaPeriod
from milestone_reports.metrics.week import PlannedMilestone
from milestone_reports.metrics.working_days import WorkingDays
from milestone_reports.scorecards.book import TrackBook, weeks_up_to
from milestone_reports.scorecards.figures import Quota, Reliability, Sales
from milestone_reports.scorecards.insights import Provenance
from milestone_reports.scorecards.learned.track import TrackHistory
from milestone_reports.scorecards.pages import TrackCard
from milestone_reports.scorecards.provenance.history import provenance_of_history
from milestone_reports.scorecards.weeks import lines_in, reliability_weeks

N_RECENT_WEEKS = 13
MONTHS_A_YEAR = 12

Inputs = Mapping[str, float | str | None]


def provenance(books: Sequence[TrackBook], card: TrackCard, history: TrackHistory) -> tuple[Provenance, ...]:
    """What every figure of a card that has a value was counted from; the card is of these books, a rep's or all."""
    rep = books[0].rep.name if len(books) == 1 else None
    lines = Lines(card.milestones)
    return (
        *_quota(books, card),
        *_year(books, card, lines),
        *_sales(books, card.sales),
        *_weeks(books, lines),
        *_reliability(books, card.reliability),
        *provenance_of_history(card, history, rep),
    )


# --- quota ---


def _quota(books: Sequence[TrackBook], card: TrackCard) -> Iterator[Provenance]:
    if len(books) > 1:
        yield from _quota_of_team(books, card)
    elif card.quota:
        yield from _quota_of_rep(books[0], card.quota)
    yield from _stage_quotas(card)


def _quota_of_rep(book: TrackBook, quota: Quota) -> Iterator[Provenance]:
    """From the annual target to milestones a week, each step from the one before."""
    contracts, k = quota.contracts_a_year, quota.n_milestones
    in_money = quota.average_contract_value is not None
    target: Inputs = {message("annual target"): quota.annual_target}
    average: Inputs = {message("average contract value"): quota.average_contract_value} if in_money else {}
    steps: tuple[tuple[str, float, Inputs], ...] = (
        ("Contracts a year", contracts, {**target, **average}),
        (
            "Ideal milestones a year",
            quota.ideal_milestones_a_year,
            {message("contracts a year"): contracts, message("milestones"): k},
        ),
        (
            "Required milestones a year",
            quota.required_milestones_a_year,
            {message("contracts a year"): contracts, message("milestones"): k, message("multiplier"): quota.multiplier},
        ),
        (
            "Milestones a month",
            quota.milestones_a_month,
            {message("milestones a year"): quota.required_milestones_a_year, message("months"): MONTHS_A_YEAR},
        ),
        (
            "Milestones a week (target)",
            quota.milestones_a_week,
            {
                message("milestones a year"): quota.required_milestones_a_year,
                message("selling weeks"): quota.selling_weeks,
            },
        ),
    )
    for figure, value, inputs in steps:
        yield Provenance(figure, "", value, inputs, ())
    yield from _whole_number_plan(book)
    yield _part_of_the_year(book)


def _whole_number_plan(book: TrackBook) -> Iterator[Provenance]:
    """Of the running week; none where it is wholly off."""
    week, period = book.frame.week, book.period_of(book.frame.week)
    plan = book.plan_of(week)
    if plan is not None and period:
        inputs: Inputs = {
            message("milestones a year"): period.milestones_a_year,
            message("week of the year"): book.frame.year_of(week).week_number(week),
            message("selling weeks"): period.selling_weeks,
        }
        yield Provenance("Whole-number plan", "", plan, inputs, ())


def _part_of_the_year(book: TrackBook) -> Provenance:
    year, calendar = book.frame.year, book.calendar
    inputs: Inputs = {
        message("weekdays of the quota"): sum(calendar.quota_days.count(p.first_on, p.end_on) for p in book.periods),
        message("weekdays of the year"): calendar.weekdays.count(year.first_on, year.end_on),
    }
    return Provenance("Part of the year", "", sum(p.year_share for p in book.periods), inputs, ())


def _quota_of_team(books: Sequence[TrackBook], card: TrackCard) -> Iterator[Provenance]:
    """The sums over the reps, one input a rep."""
    week, weekly_quota = books[0].frame.week, card.pace.milestones_a_week
    if weekly_quota is not None:
        of_reps = {book.rep.name: book.current.milestones_a_week for book in books if book.current}
        yield Provenance("Milestones a week (target)", "", weekly_quota, of_reps, ())
        plans = {book.rep.name: plan for book in books if (plan := book.plan_of(week)) is not None}
        yield Provenance("Whole-number plan", "", sum(plans.values()), plans, ())


def _stage_quotas(card: TrackCard) -> Iterator[Provenance]:
    """This fiscal year's, which in a whole year is the full year's."""
    contracts = card.sales.contracts_this_year
    for line, a_contract in zip(card.by_milestone, card.multiplier.per_contract, strict=True):
        if line.quota_this_year is not None:
            inputs: Inputs = {
                message("contracts this year"): contracts,
                message("milestones to a contract"): a_contract,
            }
            yield Provenance("Stage quotas", line.milestone, line.quota_this_year, inputs, ())


# --- the year ---


class Lines:
    """Turns lines that a figure counts into its provenance: in all, and by milestone."""

    def __init__(self, milestones: Sequence[str]) -> None:
        self._milestones = milestones

    def counted(self, figure: str, lines: Sequence[PlannedMilestone]) -> Iterator[Provenance]:
        """How many lines in all, which a milestone's counts add up to, then how many of each milestone."""
        by_place: dict[int, list[PlannedMilestone]] = defaultdict(list)
        for line in lines:
            by_place[line.place].append(line)
        found = sorted(by_place.items())
        inputs = {self._milestones[place]: len(these) for place, these in found}
        yield Provenance(figure, "", len(lines), inputs, ids_of(lines))
        for place, these in found:
            yield Provenance(figure, self._milestones[place], len(these), {}, ids_of(these))


def ids_of(lines: Iterable[PlannedMilestone]) -> tuple[str, ...]:
    """The opportunities of the lines, each once; not those that are no longer in the workbook."""
    return in_order([line.opportunity.id for line in lines if line.since != "removed"])


def in_order(ids: Iterable[str]) -> tuple[str, ...]:
    """Each of the ids once, in their own order: the rows of a workbook can be in any."""
    return tuple(sorted(set(ids)))


def _year(books: Sequence[TrackBook], card: TrackCard, lines: Lines) -> Iterator[Provenance]:
    yield from _days(books, card)
    yield from lines.counted("Credited (done)", [line for book in books for line in book.credited_this_year])
    yield _filling_adds(books, card)
    if card.pace.milestones_this_year is not None:
        yield from _pace(books, card)
    yield _recent_run_rate(books, card)


def _days(books: Sequence[TrackBook], card: TrackCard) -> Iterator[Provenance]:
    gone_by, whole = card.pace.working_days_elapsed, card.pace.working_days
    spans = _spans(books)
    weekdays = sum(WorkingDays().count(first_on, end_on) for first_on, end_on in spans)
    yield Provenance(
        "Working days", "", whole, {message("weekdays"): weekdays, message("days off"): weekdays - whole}, ()
    )
    if whole:
        inputs: Inputs = {message("working days gone by"): gone_by, message("working days"): whole}
        yield Provenance("Elapsed", "", gone_by / whole, inputs, ())


def _spans(books: Sequence[TrackBook]) -> Sequence[tuple[date, date]]:
    """What working days are counted in: a rep's quota periods, else the fiscal year."""
    if len(books) == 1 and books[0].periods:
        return [(period.first_on, period.end_on) for period in books[0].periods]
    year = books[0].frame.year
    return [(year.first_on, year.end_on)]


def _filling_adds(books: Sequence[TrackBook], card: TrackCard) -> Provenance:
    claimed = [line for book in books for line in book.claimed_this_year]
    adds = card.pace.filling_adds
    inputs: Inputs = {
        message("claimed this year"): len(claimed),
        message("others of the same opportunities"): adds - len(claimed),
    }
    return Provenance("What filling the gaps adds", "", adds, inputs, ids_of(claimed))


def _pace(books: Sequence[TrackBook], card: TrackCard) -> Iterator[Provenance]:
    """The year against what its quota asks for; reps without a quota are left out."""
    pace = card.pace
    credited, expected = int(pace.attainment.part), pace.expected_to_date
    without: Inputs = {message("credited without a quota, left out"): pace.credited_without_quota}
    against: Inputs = {
        message("credited"): credited,
        message("expected to date"): expected,
        **(without if pace.credited_without_quota else {}),
    }
    this_year: Inputs = {message("the year's quota"): pace.milestones_this_year, message("credited"): credited}
    yield _expected("Expected to date", expected, books, lambda p: p.milestones_this_year)
    if pace.attainment.value is not None:
        yield Provenance("Attainment", "", pace.attainment.value, against, ())
    if pace.gap is not None:
        words: Inputs = {message("the weekly quota"): pace.milestones_a_week, message("in words"): pace.standing}
        yield Provenance("On pace", "", pace.gap, {**against, **words}, ())
    if pace.weeks_left is not None:
        yield _weeks_left(books, pace.weeks_left)
    yield Provenance("To finish the year", "", pace.to_finish, this_year, ())
    if pace.required_run_rate is not None:
        left: Inputs = {message("to finish the year"): pace.to_finish, message("weeks left"): pace.weeks_left}
        yield Provenance("Required run rate", "", pace.required_run_rate, left, ())
    if back := card.back_on_pace:
        when: Inputs = {
            message("the weekly quota"): pace.milestones_a_week,
            message("extra a week"): back.extra_a_week,
            message("back on pace in"): back.week,
            message("that ends on"): back.on.isoformat(),
        }
        yield Provenance("Back on pace", "", back.milestones_a_week, when, ())


def _expected(
    figure: str, value: float, books: Sequence[TrackBook], this_year: Callable[[QuotaPeriod], float]
) -> Provenance:
    """A year's sum by the working days gone by: of one rep, of each of several; a rep's periods one by one."""

    def to_date(book: TrackBook, period: QuotaPeriod) -> float:
        return this_year(period) * (pacing.elapsed_share(period, book.frame.as_of, book.calendar).value or 0.0)

    inputs: Inputs
    if len(books) > 1:
        inputs = {book.rep.name: sum(to_date(book, p) for p in book.periods) for book in books if book.periods}
    elif len(books[0].periods) > 1:
        inputs = {_named(period): to_date(books[0], period) for period in books[0].periods}
    else:
        (period,) = books[0].periods
        gone_by = pacing.elapsed_share(period, books[0].frame.as_of, books[0].calendar)
        inputs = {
            message("this year"): this_year(period),
            message("working days gone by"): gone_by.part,
            message("working days"): gone_by.whole,
        }
    return Provenance(figure, "", value, inputs, ())


def _named(period: QuotaPeriod) -> str:
    last_on = period.end_on - timedelta(days=1)
    return message("{first} to {last}", first=period.first_on.isoformat(), last=last_on.isoformat())


def _weeks_left(books: Sequence[TrackBook], value: float) -> Provenance:
    """Of several, the reps' weeks weighed by their weekly quotas."""
    return Provenance("Weeks left", "", value, _left_of_all(books) if len(books) > 1 else _left_of_one(books[0]), ())


def _left_of_all(books: Sequence[TrackBook]) -> Inputs:
    left = [
        (pacing.weeks_left(book.periods, book.frame.as_of, book.calendar), book.current or book.periods[-1])
        for book in books
        if book.periods
    ]
    return {
        message("weeks left times the weekly quota, of all"): sum(
            weeks * period.milestones_a_week for weeks, period in left
        ),
        message("the weekly quotas of those with weeks left"): sum(p.milestones_a_week for weeks, p in left if weeks),
    }


def _left_of_one(book: TrackBook) -> Inputs:
    as_of, calendar = book.frame.as_of, book.calendar
    if len(book.periods) > 1:
        return {_named(period): pacing.weeks_left([period], as_of, calendar) for period in book.periods}
    (period,) = book.periods
    gone_by = pacing.elapsed_share(period, as_of, calendar)
    return {
        message("selling weeks"): period.selling_weeks,
        message("part of the year"): period.year_share,
        message("working days left"): gone_by.whole - gone_by.part,
        message("working days"): gone_by.whole,
    }


def _recent_run_rate(books: Sequence[TrackBook], card: TrackCard) -> Provenance:
    figure, value = "Recent run rate", card.pace.last_13_weeks_a_week
    if len(books) > 1:
        rates = {book.rep.name: len(_recent(book)) / max(len(_recent_weeks(book)), 1) for book in books}
        return Provenance(figure, "", value, rates, ())
    recent, weeks = _recent(books[0]), _recent_weeks(books[0])
    return Provenance(
        figure, "", value, {message("credited"): len(recent), message("weeks"): len(weeks)}, ids_of(recent)
    )


def _recent(book: TrackBook) -> list[PlannedMilestone]:
    return [line for week in _recent_weeks(book) for line in weekly.done(book.lines_in(week), week)]


def _recent_weeks(book: TrackBook) -> list[Week]:
    """The last thirteen, or those since the rep's start."""
    weeks = weeks_up_to(book.frame.week, N_RECENT_WEEKS)
    return [week for week in weeks if not book.started_on or week.end_on > book.started_on]


# --- sales and the week ---


def _sales(books: Sequence[TrackBook], sales: Sales) -> Iterator[Provenance]:
    kept = [opportunity for book in books for opportunity, _ in book.won_this_year.kept]
    ids = in_order(opportunity.id for opportunity in kept)
    signed: Inputs = {
        message("signed"): sales.contracts_to_date + sales.cancelled,
        message("cancelled since"): sales.cancelled,
    }
    yield Provenance("Contracts to date", "", sales.contracts_to_date, signed, ids)
    valued: Inputs = {
        message("contracts with a value"): len(kept) - len(sales.without_value),
        message("without"): len(sales.without_value),
    }
    yield Provenance("Revenue to date", "", sales.revenue_to_date, valued, ids)
    if sales.contracts_expected is not None:
        yield _expected(
            "Expected contracts", sales.contracts_expected, books, lambda p: p.contracts_a_year * p.year_share
        )
    if sales.revenue_expected is not None:
        yield _expected("Expected revenue", sales.revenue_expected, books, _money_this_year)


def _money_this_year(period: QuotaPeriod) -> float:
    return period.annual_target * period.year_share if period.target_is is TargetIs.VALUE else 0.0


def _weeks(books: Sequence[TrackBook], lines: Lines) -> Iterator[Provenance]:
    """The running week, and what is planned for the next."""
    frame = books[0].frame
    week, next_week = frame.week, frame.week.plus(1)
    inside = [line for book in books for line in book.lines_in(week)]
    upcoming = [line for book in books for line in book.lines_in(next_week)]
    waiting = [line for book in books for line in book.waiting]
    for figure, counted in (
        ("Done in a week", weekly.done(inside, week)),
        ("Claimed in a week", weekly.claimed(inside, week)),
        ("Planned in a week", weekly.planned(inside, week)),
        ("Planned for a week to come", weekly.planned_next(upcoming, next_week)),
        ("Completed of planned", weekly.completed_of_planned(inside, week)),
        ("Completed early", weekly.completed_early(inside, week)),
        ("Beyond the plan", weekly.beyond_plan(inside, week)),
        ("Carried over", weekly.carried_over(waiting, week, frame.as_of)),
        ("Overdue", weekly.overdue(waiting, frame.as_of)),
    ):
        yield from lines.counted(figure, counted)


def _reliability(books: Sequence[TrackBook], told: Reliability | None) -> Iterator[Provenance]:
    """Of the weeks whose plan a copy tells."""
    if told is None or told.kept.value is None:
        return
    planned = [
        line for week in reliability_weeks(books[0].frame) for line in weekly.planned(lines_in(books, week), week)
    ]
    inputs: Inputs = {
        message("completed by the end of their week"): told.kept.part,
        message("planned"): told.kept.whole,
        message("weeks"): told.n_weeks,
    }
    yield Provenance("Reliability", "", told.kept.value, inputs, ids_of(planned))
