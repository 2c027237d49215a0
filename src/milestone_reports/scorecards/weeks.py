"""The weeks of a card: the ledgers of this week, the last and the next, the thirteen-week strip, the streak."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from milestone_reports.domain.calendar import Week
from milestone_reports.metrics import week as weekly
from milestone_reports.metrics.standing import State, by
from milestone_reports.metrics.week import PlannedMilestone
from milestone_reports.scorecards.book import Frame, TrackBook, weeks_of, weeks_up_to
from milestone_reports.scorecards.figures import (
    LedgerItem,
    OpenOpportunity,
    Reliability,
    Streak,
    WeekBar,
    WeekFigures,
)

N_WEEKS = 13
STREAK_WEEKS = 104
"""How far back a streak is looked for."""

LEDGER_ORDER = ("done", "claimed", "planned", "carried", "removed", "lost", "closed")
NEXT_WEEK_ORDER = ("carried", "planned")
"""What is overdue comes first: it is the first to do, and a printed card may have to cut the list."""


def week_figures(books: Sequence[TrackBook], week: Week, *, items: bool = True) -> WeekFigures:
    """One week of the books' reps, all tracks together; a team's page leaves the items to the cards."""
    as_of = books[0].frame.as_of if books else week.last_on
    lines = lines_in(books, week)
    carried_over = weekly.carried_over([line for book in books for line in book.waiting], week, as_of)
    plans = [plan for book in books if (plan := book.plan_of(week)) is not None]
    planned = weekly.planned_next(lines, week) if week.first_on > as_of else weekly.planned(lines, week)
    stood = books[0].frame.stood.of(week) if books else None
    return WeekFigures(
        week=week.name,
        first_on=week.first_on,
        last_on=week.last_on,
        done=len(weekly.done(lines, week)),
        claimed=len(weekly.claimed(lines, week)),
        planned=len(planned),
        completed_of_planned=len(weekly.completed_of_planned(lines, week)),
        completed_early=len(weekly.completed_early(lines, week)),
        beyond_plan=len(weekly.beyond_plan(lines, week)),
        carried_over=len(carried_over),
        plan=sum(plans) if plans else None,
        target=target_of(books, week),
        items=_ledger(lines, carried_over, week, as_of) if items else (),
        plan_from=stood.copy if stood else None,
        has_earlier_copies=bool(books and books[0].frame.past.taken),
    )


def target_of(books: Sequence[TrackBook], week: Week) -> float | None:
    """The sum of the weekly quotas in that week, whole for whoever has a day of it; None where nobody has one."""
    periods = [period for book in books if (period := book.period_of(week))]
    return sum(period.milestones_a_week for period in periods) if periods else None


def lines_in(books: Sequence[TrackBook], week: Week) -> list[PlannedMilestone]:
    """The lines that a week's figures can count, all tracks together."""
    return [line for book in books for line in book.lines_in(week)]


def _ledger(
    lines: Sequence[PlannedMilestone], carried_over: Sequence[PlannedMilestone], week: Week, as_of: date
) -> tuple[LedgerItem, ...]:
    is_next = week.first_on > as_of
    carried_in = carried_over if is_next else ()
    inside = weekly.planned_next(lines, week) if is_next else [line for line in lines if _belongs(line, week, as_of)]
    inside.sort(key=lambda line: line.place)
    items = [_item(line, weekly.item_state(line, week, as_of), week) for line in inside]
    items += [_item(line, "carried", week) for line in carried_in]
    order = NEXT_WEEK_ORDER if is_next else LEDGER_ORDER
    items.sort(key=lambda i: (order.index(i.state), i.on or date.max, i.account, i.opportunity, i.opportunity_id))
    return tuple(items)


def _belongs(line: PlannedMilestone, week: Week, as_of: date) -> bool:
    """Whether a week's ledger lists it: done or completed in it, planned for it, given up in it, or added and to do."""
    if week.holds(line.credited_on) or week.holds(line.completed_on) or line.is_plan_of(week):
        return True
    if line.since == "added":
        return line.is_waiting and weekly.item_state(line, week, as_of) == "planned"
    return week.holds(line.planned_on) and line.completed_on is None and week.holds(line.closed_on)


def _item(line: PlannedMilestone, state: weekly.ItemState, week: Week) -> LedgerItem:
    opportunity = line.opportunity
    day = line.credited_on if state == "done" else line.completed_on if state == "claimed" else line.planned_on
    return LedgerItem(
        state=state,
        on=line.closed_on if state in {"lost", "closed"} else day,
        opportunity_id=opportunity.id,
        account=opportunity.account,
        opportunity=opportunity.name,
        track=opportunity.track,
        milestone=line.milestone,
        planned_on=line.planned_on,
        planned_here=line.is_planned_for(week),
        completed_on=line.completed_on,
        reason=line.claimed_because if state == "claimed" else "",
        since=line.since,
        moved_to=opportunity.entries[line.place].planned_on if line.since == "moved" else None,
        observed=state in {"done", "claimed"} and opportunity.entries[line.place].observed,
    )


def thirteen_weeks(books: Sequence[TrackBook]) -> tuple[WeekBar, ...]:
    """The last thirteen weeks: done, planned but not done, the plan, and whether the week was wholly off."""
    found = []
    for week in weeks_up_to(books[0].frame.week, N_WEEKS):
        lines, stood = lines_in(books, week), books[0].frame.stood.of(week)
        planned = weekly.planned(lines, week)
        found.append(
            WeekBar(
                week=week.name,
                first_on=week.first_on,
                done=len(weekly.done(lines, week)),
                planned_not_done=len(planned) - len(weekly.completed_of_planned(lines, week)),
                plan=_plan(books, week),
                off=all(book.is_off(week) for book in books),
                plan_as_of=stood.copy.as_of if stood else None,
            )
        )
    return tuple(found)


def reliability_of(books: Sequence[TrackBook]) -> Reliability | None:
    """How much of their plans the books' reps kept; None where no full week has a copy from its start."""
    weeks = reliability_weeks(books[0].frame) if books else ()
    if not weeks:
        return None
    return Reliability(weekly.reliability((week, lines_in(books, week)) for week in weeks), len(weeks))


def reliability_weeks(frame: Frame) -> Sequence[Week]:
    """Of the last thirteen full weeks, those of which a copy says what was planned when they began."""
    last = frame.week if frame.as_of >= frame.week.last_on else frame.week.plus(-1)
    return [week for week in weeks_up_to(last, weekly.RELIABILITY_WEEKS) if frame.stood.of(week)]


def _plan(books: Sequence[TrackBook], week: Week) -> int | None:
    plans = [plan for book in books if (plan := book.plan_of(week)) is not None]
    return sum(plans) if plans else None


def streak_of(books: Sequence[TrackBook]) -> Streak | None:
    """The streak and the best of the fiscal year; None where no quota says what a week asks for."""
    frame = books[0].frame
    if not any(book.periods for book in books):
        return None
    recent = weeks_up_to(frame.week, STREAK_WEEKS)
    done = _per_week([day for book in books for day in book.credited_on], recent)
    plans = [_plan(books, week) for week in recent]
    this_year = weeks_of(frame.year, frame.week)
    done_this_year, plans_this_year = done[-len(this_year) :], plans[-len(this_year) :]
    best = max(range(len(this_year)), key=lambda i: (done_this_year[i], i))
    return Streak(
        weeks=weekly.streak(done, plans, running=frame.as_of < frame.week.last_on),
        running_week_met=plans[-1] is not None and done[-1] >= plans[-1] > 0,
        best_weeks=weekly.best_streak(done_this_year, plans_this_year),
        best_week=this_year[best].name if done_this_year[best] else "",
        best_week_done=done_this_year[best],
    )


def _per_week(days: Sequence[date], weeks: Sequence[Week]) -> list[int]:
    counts = [0] * len(weeks)
    for day in days:
        index = (day - weeks[0].first_on).days // 7
        if 0 <= index < len(weeks):
            counts[index] += 1
    return counts


def open_opportunities(books: Sequence[TrackBook]) -> tuple[OpenOpportunity, ...]:
    """The open opportunities of the books' reps, those that need attention first."""
    found = []
    for book in books:
        claims = _claims(book)
        late: dict[str, date] = {}
        for line in weekly.overdue(book.waiting, book.frame.as_of):
            planned_on = line.planned_on or book.frame.as_of
            late[line.opportunity.id] = min(planned_on, late.get(line.opportunity.id, planned_on))
        found += [
            _open(book, index, late, claims)
            for index, (_, standing) in enumerate(book.pairs)
            if standing.state is State.OPEN
        ]
    return most_pressing_first(found)


def most_pressing_first(opportunities: Iterable[OpenOpportunity]) -> tuple[OpenOpportunity, ...]:
    """The order of a list of open opportunities: the longest overdue, the slow, those with claims, the largest."""
    return tuple(sorted(opportunities, key=_pressing))


def _pressing(one: OpenOpportunity) -> tuple[object, ...]:
    slow = (not one.presumed_lost, not one.stalled, not one.claimed)
    return (-one.overdue_days, *slow, -(one.value or 0.0), one.account, one.id)


def money_of(opportunities: Sequence[OpenOpportunity], books: Sequence[TrackBook]) -> float:
    """The sum of the values, over tracks where values add up."""
    counting = {(book.rep.name, book.track.name) for book in books if not book.counts_money}
    return sum(o.value or 0.0 for o in opportunities if (o.rep, o.track) not in counting)


def _claims(book: TrackBook) -> dict[str, list[PlannedMilestone]]:
    """The claimed milestones of each opportunity that has any, in the track's order."""
    claims: dict[str, list[PlannedMilestone]] = {}
    by_others = (line for line in book.by_others if line.claimed_because)
    for line in sorted((*book.claimed, *by_others), key=lambda line: line.place):
        claims.setdefault(line.opportunity.id, []).append(line)
    return claims


def _open(
    book: TrackBook, index: int, late: Mapping[str, date], claims: Mapping[str, Sequence[PlannedMilestone]]
) -> OpenOpportunity:
    opportunity, standing = book.pairs[index]
    as_of, milestones = book.frame.as_of, book.track.milestones
    since = standing.reached_on or (None if standing.n_reached else opportunity.created_on)
    slow = book.frame.evidence.slow(book.track)
    following, claimed = _next_index(book, index), claims.get(opportunity.id, ())
    missing = [
        milestone.name
        for milestone, entry in zip(milestones, opportunity.entries, strict=True)
        if milestone.evidence_required and by(entry.completed_on, as_of) and not (entry.evidence or entry.waived)
    ]
    return OpenOpportunity(
        id=opportunity.id,
        account=opportunity.account,
        opportunity=opportunity.name,
        rep=book.rep.name,
        rep_slug=book.rep.slug,
        track=book.track.name,
        value=opportunity.value,
        n_reached=standing.n_reached,
        n_milestones=len(milestones),
        stage=milestones[standing.n_reached - 1].name if standing.n_reached else "",
        days_there=(as_of - since).days if since and since <= as_of else None,
        next_milestone=milestones[following].name,
        next_planned_on=opportunity.entries[following].planned_on,
        overdue_days=(as_of - late[opportunity.id]).days if opportunity.id in late else 0,
        stalled=opportunity.id in slow,
        presumed_lost=slow.get(opportunity.id, False),
        evidence_missing=tuple(missing),
        passed=tuple(
            entry.waived or entry.reached_undated or by(entry.completed_on, as_of) is not None
            for entry in opportunity.entries
        ),
        claimed=tuple(line.milestone for line in claimed),
        claimed_because=claimed[0].claimed_because if claimed else "",
        cell=opportunity.row.address if opportunity.row else "",
    )


def _next_index(book: TrackBook, index: int) -> int:
    """The milestone to come: in order, the first neither completed nor waived; open gates, the one after the last."""
    opportunity, standing = book.pairs[index]
    if book.frame.team.settings.gates.value == "open":
        return min(standing.n_reached, book.track.n_milestones - 1)
    pending = (
        i
        for i, entry in enumerate(opportunity.entries)
        if not (entry.waived or entry.reached_undated or by(entry.completed_on, book.frame.as_of))
    )
    return next(pending, book.track.n_milestones - 1)
