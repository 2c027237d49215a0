"""The weekly scorecard of one rep, and what every page of a team carries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from milestone_reports.domain.names import nearest
from milestone_reports.domain.problem import Level, Problem
from milestone_reports.domain.team import Team
from milestone_reports.metrics.estimators.conversion import months_before
from milestone_reports.metrics.standing import by
from milestone_reports.scorecards.book import Frame, TrackBook
from milestone_reports.scorecards.figures import OpenOpportunity
from milestone_reports.scorecards.headlines import rep_headline
from milestone_reports.scorecards.learned.track import TrackHistory
from milestone_reports.scorecards.pages import Attention, Listing, RepScorecard, Stamp
from milestone_reports.scorecards.track_card import track_card
from milestone_reports.scorecards.weeks import (
    money_of,
    open_opportunities,
    reliability_of,
    streak_of,
    thirteen_weeks,
    week_figures,
)


def stamp(frame: Frame) -> Stamp:
    """What every page of the team carries."""
    team, settings = frame.team, frame.team.settings
    levels = [problem.level for problem in team.problems]
    entries = (entry for row in team.opportunities for entry in row.entries)
    recorded = (entry.reached_undated or by(entry.completed_on, frame.as_of) for entry in entries)
    return Stamp(
        team=team.name,
        team_slug=team.slug,
        as_of=frame.as_of,
        week=frame.week.name,
        week_first_on=frame.week.first_on,
        week_last_on=frame.week.last_on,
        fiscal_year=frame.year.name,
        fiscal_year_first_on=frame.year.first_on,
        fiscal_year_last_on=frame.year.last_on,
        currency=settings.currency,
        locale=settings.locale,
        paper=settings.paper.value,
        workbook=team.source.name,
        saved_at=team.source.saved_at,
        n_opportunities=len(team.opportunities),
        n_rows=team.source.n_rows,
        n_errors=levels.count(Level.ERROR),
        n_warnings=levels.count(Level.WARNING),
        n_notes=levels.count(Level.NOTE),
        conversions_since=months_before(frame.as_of, settings.conversion_months) + timedelta(days=1),
        nothing_recorded=not any(recorded),
    )


def is_listed(own: Sequence[Problem]) -> bool:
    """Whether a rep stands on the Reps sheet, as the rep's own problems say; a sheet that names nobody lists all."""
    return all(problem.rule != "rep_not_listed" for problem in own)


def listing_of(card: RepScorecard, team: Team) -> Listing:
    """The same for the manager, with the name there that is meant perhaps: the card has no colleague's name."""
    if card.is_listed:
        return Listing(is_listed=True, nearest="")
    strangers = {problem.rep for problem in team.problems if problem.rule == "rep_not_listed"}
    listed = [rep.name for rep in team.reps if rep.name not in strangers]
    return Listing(is_listed=False, nearest=nearest(card.rep, listed) or "")


def rep_scorecard(page_stamp: Stamp, books: Sequence[TrackBook], histories: Mapping[str, TrackHistory]) -> RepScorecard:
    """The card of the rep whose books these are; `histories` has what each track's history teaches, by its name."""
    frame, rep = books[0].frame, books[0].rep
    this_week = week_figures(books, frame.week)
    started_on = min((day for book in books if (day := book.started_on)), default=None)
    new_this_week = started_on is not None and started_on >= frame.week.first_on and not any(b.pairs for b in books)
    tracks = tuple(track_card([book], histories[book.track.name].of_rep(book)) for book in books)
    still_open = open_opportunities(books)
    problems = [problem for problem in frame.team.problems if problem.rep == rep.name]
    return RepScorecard(
        stamp=page_stamp,
        rep=rep.name,
        slug=rep.slug,
        email=rep.email,
        manager=rep.manager or frame.team.settings.manager,
        is_listed=is_listed(problems),
        new_this_week=new_this_week,
        started_on=started_on,
        headline=rep_headline(
            this_week,
            tracks,
            as_of=frame.as_of,
            new_this_week=new_this_week,
            off_this_week=all(book.is_off(frame.week) for book in books),
            nothing_recorded=page_stamp.nothing_recorded,
        ),
        this_week=this_week,
        last_week=week_figures(books, frame.week.plus(-1)),
        next_week=week_figures(books, frame.week.plus(1)),
        thirteen_weeks=thirteen_weeks(books),
        streak=streak_of(books),
        tracks=tracks,
        open=still_open,
        open_value=money_of(still_open, books),
        attention=attention_of(still_open, books),
        n_problems=len(problems),
        reliability=reliability_of(books),
    )


def attention_of(still_open: Sequence[OpenOpportunity], books: Sequence[TrackBook]) -> Attention:
    """How many of the open opportunities ask for something."""
    lost = [opportunity for opportunity in still_open if opportunity.presumed_lost]
    return Attention(
        n_overdue=sum(opportunity.overdue_days > 0 for opportunity in still_open),
        n_stalled=sum(opportunity.stalled for opportunity in still_open) - len(lost),
        n_presumed_lost=len(lost),
        presumed_lost_value=money_of(lost, books),
        n_without_plan=sum(opportunity.next_planned_on is None for opportunity in still_open),
        n_evidence_missing=sum(bool(opportunity.evidence_missing) for opportunity in still_open),
    )
