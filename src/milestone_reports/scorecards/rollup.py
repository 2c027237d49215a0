"""The team's page: each track summed over its reps, never mixed with another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from milestone_reports.metrics import week as weekly
from milestone_reports.metrics.quota import ROUNDING_SLACK
from milestone_reports.scorecards.book import Frame, TrackBook, weeks_of, weeks_up_to
from milestone_reports.scorecards.figures import OpenOpportunity
from milestone_reports.scorecards.headlines import team_headline
from milestone_reports.scorecards.learned.demand import backtest_of, demand_of
from milestone_reports.scorecards.learned.past import quarter_cohorts, source_rows
from milestone_reports.scorecards.learned.plan import capacity_of, levers_of, month_ends, plan_months, what_if_of
from milestone_reports.scorecards.learned.track import TrackHistory
from milestone_reports.scorecards.pages import (
    NextWeekRow,
    RepRow,
    RepScorecard,
    Stamp,
    TeamRollup,
    TeamTrack,
    TrackCard,
    WeekCompletions,
)
from milestone_reports.scorecards.rep_card import attention_of, listing_of
from milestone_reports.scorecards.track_card import revenue_expected_path, track_card
from milestone_reports.scorecards.weeks import (
    N_WEEKS,
    money_of,
    most_pressing_first,
    reliability_of,
    target_of,
    week_figures,
)


def team_rollup(
    frame: Frame,
    page_stamp: Stamp,
    books: Mapping[str, Sequence[TrackBook]],
    histories: Mapping[str, TrackHistory],
    cards: Mapping[str, RepScorecard],
) -> TeamRollup:
    """The sum over the reps' books; `histories` are the tracks', `cards` the reps', by name."""
    every = [book for of_rep in books.values() for book in of_rep]
    tracks = tuple(_team_track(of_track, cards) for of_track in histories.values())
    this_week = week_figures(every, frame.week, items=False)
    still_open = most_pressing_first(opportunity for rep in books for opportunity in cards[rep].open)
    overdue = [opportunity for opportunity in still_open if opportunity.overdue_days]
    stalled = [opportunity for opportunity in still_open if opportunity.stalled]
    return TeamRollup(
        stamp=page_stamp,
        headline=team_headline(
            this_week,
            [track.card for track in tracks],
            as_of=frame.as_of,
            nothing_recorded=page_stamp.nothing_recorded,
        ),
        this_week=this_week,
        last_week=week_figures(every, frame.week.plus(-1), items=False),
        next_week=week_figures(every, frame.week.plus(1), items=False),
        team_annual_target=frame.team.settings.team_annual_target,
        tracks=tracks,
        capacity=capacity_of(frame, every),
        overdue=tuple(sorted(overdue, key=lambda o: (-(o.value or 0.0), -o.overdue_days, o.account, o.id))),
        stalled=tuple(sorted(stalled, key=lambda o: (not o.presumed_lost, -(o.value or 0.0), o.account, o.id))),
        attention=attention_of(still_open, every),
        n_open=len(still_open),
        open_value=money_of(still_open, every),
        n_claimed=sum(track.card.pace.claimed_to_date for track in tracks),
        without_plan=_largest_first(o for o in still_open if o.next_planned_on is None),
        evidence_missing=_largest_first(o for o in still_open if o.evidence_missing),
        reliability=reliability_of(every),
    )


def _largest_first(opportunities: Iterable[OpenOpportunity]) -> tuple[OpenOpportunity, ...]:
    return tuple(sorted(opportunities, key=lambda o: (-(o.value or 0.0), o.account, o.id)))


def _team_track(history: TrackHistory, cards: Mapping[str, RepScorecard]) -> TeamTrack:
    frame, books, outlook = history.frame, history.books, history.outlook
    rows = [_rep_row(book, cards[book.rep.name]) for book in books]
    rows.sort(key=lambda row: (row.gap is None, -(row.gap or 0.0), row.rep))
    planned = tuple(_next_week(book) for book in books)
    start = what_if_of(books)
    return TeamTrack(
        card=track_card(books, history.of_team()),
        n_reps=len(books),
        weekly=_weekly(frame, books),
        weekly_target=target_of(books, frame.week),
        reps=tuple(rows),
        next_week=planned,
        next_week_team=_sum_of(planned),
        revenue_expected_path=revenue_expected_path(books, frame),
        false_flags=history.coaching.false_flags,
        backtest=backtest_of(outlook),
        demand=demand_of(outlook, books),
        sources=source_rows(history.state, history.track),
        quarters=quarter_cohorts(history.state, history.track),
        plan=plan_months(frame, books, outlook.expected(month_ends(frame.year))),
        levers=levers_of(start, [milestone.name for milestone in history.track.milestones]),
        what_if=start,
    )


def _weekly(frame: Frame, books: Sequence[TrackBook]) -> tuple[WeekCompletions, ...]:
    done = Counter(
        (frame.weeks_from_now(line.credited_on), line.place)
        for book in books
        for line in book.credited_this_year
        if line.credited_on
    )
    found = []
    for week in weeks_of(frame.year, frame.week):
        age = frame.weeks_from_now(week.first_on)
        by_milestone = tuple(done[age, place] for place in range(books[0].track.n_milestones))
        target = target_of(books, week)
        found.append(
            WeekCompletions(
                week=week.name,
                first_on=week.first_on,
                done=by_milestone,
                target=target,
                met=_met(sum(by_milestone), target, running=frame.as_of < week.last_on),
            )
        )
    return tuple(found)


def _met(done: int, target: float | None, *, running: bool) -> bool | None:
    """As of a streak: a target of nothing is not met, and the running week counts once it is met."""
    if not target:
        return None
    met = done >= target - ROUNDING_SLACK
    return None if running and not met else met


def _card_of(card: RepScorecard, track: str) -> TrackCard:
    return next(own for own in card.tracks if own.track == track)


def _rep_row(book: TrackBook, card: RepScorecard) -> RepRow:
    week, own = book.frame.week, _card_of(card, book.track.name)
    lines = book.lines_in(week)
    period = book.period_of(week)
    still_open = [opportunity for opportunity in card.open if opportunity.track == book.track.name]
    return RepRow(
        rep=book.rep.name,
        slug=book.rep.slug,
        track=book.track.name,
        started_on=card.started_on,
        listing=listing_of(card, book.frame.team),
        new_this_week=card.new_this_week,
        done=len(weekly.done(lines, week)),
        claimed=len(weekly.claimed(lines, week)),
        planned=len(weekly.planned(lines, week)),
        completed_of_planned=len(weekly.completed_of_planned(lines, week)),
        target=period.milestones_a_week if period else None,
        thirteen_weeks=tuple(len(weekly.done(book.lines_in(past), past)) for past in weeks_up_to(week, N_WEEKS)),
        credited_to_date=own.pace.credited_to_date,
        expected_to_date=own.pace.expected_to_date,
        milestones_this_year=own.pace.milestones_this_year,
        gap=own.pace.gap,
        standing=own.pace.standing,
        contracts_to_date=own.sales.contracts_to_date,
        contracts_this_year=own.sales.contracts_this_year,
        revenue_to_date=own.sales.revenue_to_date,
        target_this_year=own.sales.target_this_year,
        to_sale=own.conversion[0].to_sale,
        n_open=len(still_open),
        n_overdue=sum(opportunity.overdue_days > 0 for opportunity in still_open),
        n_claimed=own.pace.claimed_to_date,
        n_stalled=sum(opportunity.stalled and not opportunity.presumed_lost for opportunity in still_open),
        n_presumed_lost=sum(opportunity.presumed_lost for opportunity in still_open),
        starts=own.by_milestone[0].credited,
        starts_due=own.by_milestone[0].quota_to_date,
        to_next=tuple(step.to_next for step in own.conversion if step.to_next),
        to_sale_says=own.conversion[0].to_sale_says,
        expected_to_sale=own.conversion[0].expected_to_sale,
        reliability=own.reliability,
    )


def _next_week(book: TrackBook) -> NextWeekRow:
    week = book.frame.week.plus(1)
    planned = weekly.planned_next(book.lines_in(week), week)
    carried = weekly.carried_over(book.waiting, week, book.frame.as_of)
    period = book.period_of(week)
    values = {line.opportunity.id: line.opportunity.value or 0.0 for line in (*planned, *carried)}
    return NextWeekRow(
        rep=book.rep.name,
        slug=book.rep.slug,
        track=book.track.name,
        planned=tuple(sum(line.place == index for line in planned) for index in range(book.track.n_milestones)),
        n_planned=len(planned),
        carried_over=len(carried),
        target=period.milestones_a_week if period else None,
        value=sum(values.values()),
    )


def _sum_of(rows: Sequence[NextWeekRow]) -> NextWeekRow:
    """The team's row: the reps' added up."""
    targets = [row.target for row in rows if row.target is not None]
    return NextWeekRow(
        rep="",
        slug="",
        track=rows[0].track,
        planned=tuple(map(sum, zip(*(row.planned for row in rows), strict=True))),
        n_planned=sum(row.n_planned for row in rows),
        carried_over=sum(row.carried_over for row in rows),
        target=sum(targets) if targets else None,
        value=sum(row.value for row in rows),
    )
