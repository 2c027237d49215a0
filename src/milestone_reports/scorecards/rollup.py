"""The team's page: each track summed over its reps, never mixed with another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from milestone_reports.metrics import week as weekly
from milestone_reports.scorecards.book import Frame, TrackBook, weeks_of
from milestone_reports.scorecards.figures import Conversion
from milestone_reports.scorecards.headlines import team_headline
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
from milestone_reports.scorecards.track_card import revenue_expected_path, track_card
from milestone_reports.scorecards.weeks import money_of, open_opportunities, week_figures


def team_rollup(
    frame: Frame,
    page_stamp: Stamp,
    books: Mapping[str, Sequence[TrackBook]],
    conversion: Mapping[str, tuple[Conversion, ...]],
    cards: Mapping[str, RepScorecard],
) -> TeamRollup:
    """The sum over the reps' books; `cards` are theirs, by name."""
    every = [book for of_rep in books.values() for book in of_rep]
    tracks = tuple(
        _team_track(frame, [book for book in every if book.track is track], conversion[track.name], cards)
        for track in frame.team.tracks
        if any(book.track is track for book in every)
    )
    this_week = week_figures(every, frame.week, items=False)
    still_open = open_opportunities(every)
    overdue = [opportunity for opportunity in still_open if opportunity.overdue_days]
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
        overdue=tuple(sorted(overdue, key=lambda o: (-(o.value or 0.0), -o.overdue_days, o.account, o.id))),
        n_open=len(still_open),
        open_value=money_of(still_open, every),
        n_claimed=sum(track.card.pace.claimed_to_date for track in tracks),
    )


def _team_track(
    frame: Frame, books: Sequence[TrackBook], conversion: tuple[Conversion, ...], cards: Mapping[str, RepScorecard]
) -> TeamTrack:
    rows = [_rep_row(book, cards[book.rep.name]) for book in books]
    rows.sort(key=lambda row: (row.gap is None, -(row.gap or 0.0), row.rep))
    planned = tuple(_next_week(book) for book in books)
    targets = [period.milestones_a_week for book in books if (period := book.period_of(frame.week))]
    return TeamTrack(
        card=track_card(books, conversion),
        n_reps=len(books),
        weekly=_weekly(frame, books),
        weekly_target=sum(targets) if targets else None,
        reps=tuple(rows),
        next_week=planned,
        next_week_team=_sum_of(planned),
        revenue_expected_path=revenue_expected_path(books, frame),
    )


def _weekly(frame: Frame, books: Sequence[TrackBook]) -> tuple[WeekCompletions, ...]:
    done: Counter[tuple[str, int]] = Counter()
    for book in books:
        for line in book.lines:
            if line.credited_on and frame.year.holds(line.credited_on):
                done[frame.team.week_of(line.credited_on).name, line.index] += 1
    n_milestones = books[0].track.n_milestones
    return tuple(
        WeekCompletions(week.name, week.first_on, tuple(done[week.name, index] for index in range(n_milestones)))
        for week in weeks_of(frame.year, frame.week)
    )


def _card_of(card: RepScorecard, track: str) -> TrackCard:
    return next(own for own in card.tracks if own.track == track)


def _rep_row(book: TrackBook, card: RepScorecard) -> RepRow:
    week, lines, own = book.frame.week, book.lines, _card_of(card, book.track.name)
    period = book.period_of(week)
    still_open = [opportunity for opportunity in card.open if opportunity.track == book.track.name]
    return RepRow(
        rep=book.rep.name,
        slug=book.rep.slug,
        track=book.track.name,
        started_on=card.started_on,
        listing=card.listing,
        new_this_week=card.new_this_week,
        done=len(weekly.done(lines, week)),
        claimed=len(weekly.claimed(lines, week)),
        planned=len(weekly.planned(lines, week)),
        completed_of_planned=len(weekly.completed_of_planned(lines, week)),
        target=period.milestones_a_week if period else None,
        thirteen_weeks=tuple(len(weekly.done(lines, week.plus(-age))) for age in range(12, -1, -1)),
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
    )


def _next_week(book: TrackBook) -> NextWeekRow:
    week = book.frame.week.plus(1)
    planned = weekly.planned_next(book.lines, week)
    carried = weekly.carried_over(book.lines, week, book.frame.as_of)
    period = book.period_of(week)
    values = {line.opportunity.id: line.opportunity.value or 0.0 for line in (*planned, *carried)}
    return NextWeekRow(
        rep=book.rep.name,
        slug=book.rep.slug,
        track=book.track.name,
        planned=tuple(sum(line.index == index for line in planned) for index in range(book.track.n_milestones)),
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
