"""The plan as it stood: a week is judged by what was planned when it began, whatever the workbook says of it since."""

from __future__ import annotations

from collections import UserDict
from collections.abc import ItemsView, Sequence
from dataclasses import replace
from datetime import date, timedelta

from arbitrary_teams import AS_OF, teams
from hypothesis import given, settings
from hypothesis import strategies as st
from small_team import deal, target, team

from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.team import Team
from milestone_reports.domain.track import Milestone, Track
from milestone_reports.history.snapshots import Copy, Past, Snapshot, identity
from milestone_reports.metrics.rates import Ratio
from milestone_reports.scorecards.book import Frame, TrackBook, books
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.figures import LedgerItem, Reliability, WeekBar, WeekFigures
from milestone_reports.scorecards.weeks import reliability_of, thirteen_weeks, week_figures

A_WEEK = timedelta(days=7)
MONDAY, FRIDAY = date(2026, 6, 29), date(2026, 7, 3)
"""Of the week that is judged."""

some = settings(max_examples=40)


def snapshot(made: Team, as_of: date, number: int = 1) -> Snapshot:
    """A copy of a workbook, as it would be taken on its day."""
    rows = {identity(row): row for row in made.opportunities}
    return Snapshot(number, as_of, made.week_of(as_of), f"{as_of}.xlsx", made.tracks, rows)


def books_of(made: Team, as_of: date = FRIDAY, *copies: Snapshot) -> list[TrackBook]:
    """Every rep's books of a team whose earlier copies are these."""
    of_reps = books(Frame(made, as_of, Past(copies)))
    return [book for rep in of_reps.values() for book in rep]


def week_of(made: Team, *copies: Snapshot, as_of: date = FRIDAY) -> WeekFigures:
    found = books_of(made, as_of, *copies)
    return week_figures(found, found[0].frame.week)


def counts(week: WeekFigures) -> tuple[int, int, int]:
    return week.completed_of_planned, week.planned, week.beyond_plan


def planned(id_: str, on: str, completed: str = "-", **other: str) -> Opportunity:
    """An opportunity whose first milestone is planned, or is not where `on` is a dash."""
    return deal(id_, f"{completed} - - -", planned=f"{on} - - -", **other)  # type: ignore[arg-type]


def five() -> Team:
    """What Monday's copy says: five milestones planned for the week."""
    return team([planned(name, f"2026-07-0{n}") for n, name in enumerate("abcde", start=1)], [target()])


def replanned() -> Team:
    """What Friday's says: two of them done, the others moved into next week."""
    done = [planned("a", "2026-07-01", "2026-07-01"), planned("b", "2026-07-02", "2026-07-02")]
    return team([*done, *(planned(name, "2026-07-08") for name in "cde")], [target()])


def states(week: WeekFigures) -> dict[str, str]:
    return {item.opportunity_id: item.state for item in week.items}


def item(week: WeekFigures, id_: str) -> LedgerItem:
    return next(one for one in week.items if one.opportunity_id == id_)


# --- the story of the issue ---


def test_re_planning_on_friday_does_not_make_a_perfect_week() -> None:
    monday = snapshot(five(), MONDAY)
    assert counts(week_of(replanned())) == (2, 2, 0)
    assert counts(week_of(replanned(), monday)) == (2, 5, 0)


def test_a_row_that_was_deleted_since_is_still_of_the_plan() -> None:
    without = replace(replanned(), opportunities=replanned().opportunities[:-1])
    week = week_of(without, snapshot(five(), MONDAY))
    assert counts(week) == (2, 5, 0)
    assert states(week) == {"a": "done", "b": "done", "c": "carried", "d": "carried", "e": "removed"}


def test_what_was_moved_says_where_to_and_waits_there() -> None:
    found = books_of(replanned(), FRIDAY, snapshot(five(), MONDAY))
    this, following = (week_figures(found, found[0].frame.week.plus(n)) for n in (0, 1))
    moved = item(this, "c")
    assert (moved.planned_on, moved.since, moved.moved_to) == (date(2026, 7, 3), "moved", date(2026, 7, 8))
    assert (following.planned, following.carried_over, following.plan_from) == (3, 0, None)


def test_a_plan_that_was_erased_is_still_of_the_plan() -> None:
    week = week_of(team([planned("a", "-")], [target()]), snapshot(team([planned("a", "2026-07-01")]), MONDAY))
    assert counts(week) == (0, 1, 0)
    assert (item(week, "a").state, item(week, "a").since, item(week, "a").moved_to) == ("carried", "moved", None)


def test_the_page_can_say_which_plan_was_used() -> None:
    judged, alone = week_of(replanned(), snapshot(five(), MONDAY)), week_of(replanned())
    old = week_of(replanned(), snapshot(five(), MONDAY - timedelta(days=8)))
    assert (judged.plan_from, judged.has_earlier_copies) == (Copy(MONDAY, "2026-06-29.xlsx"), True)
    assert (alone.plan_from, alone.has_earlier_copies) == (None, False)
    assert (old.plan_from, old.has_earlier_copies) == (None, True)
    assert counts(old) == counts(alone)


# --- what came and went since ---


def test_what_was_added_since_is_beyond_the_plan_when_done_and_to_do_while_it_waits() -> None:
    rows = [
        planned("done", "2026-07-01", "2026-07-01"),
        planned("late", "2026-07-01"),
        planned("to do", "2026-07-04"),
    ]
    week = week_of(team(rows, [target()]), snapshot(team(tracks=five().tracks), MONDAY))
    assert counts(week) == (0, 0, 1)
    assert states(week) == {"done": "done", "to do": "planned"}
    assert [one.planned_here for one in week.items] == [False, False]


def test_another_day_of_the_same_week_is_the_same_plan() -> None:
    week = week_of(team([planned("a", "2026-07-04")], [target()]), snapshot(team([planned("a", "2026-06-30")]), MONDAY))
    assert counts(week) == (0, 1, 0)
    assert (item(week, "a").state, item(week, "a").planned_on) == ("planned", date(2026, 7, 4))


def test_done_in_the_week_though_moved_out_of_it_is_of_the_plan() -> None:
    now = team([planned("a", "2026-07-10", "2026-07-02")], [target()])
    assert counts(week_of(now, snapshot(team([planned("a", "2026-07-01")]), MONDAY))) == (1, 1, 0)


def test_what_was_closed_or_waived_in_the_week_leaves_the_plan_as_before() -> None:
    lost = planned("lost", "-", outcome=Outcome.LOST, closed_on="2026-07-02")  # type: ignore[arg-type]
    waived = deal("waived", "waived - - -")
    then = team([planned("lost", "2026-07-01"), planned("waived", "2026-07-01")])
    assert counts(week_of(team([lost, waived], [target()]), snapshot(then, MONDAY))) == (0, 0, 0)


def test_what_was_done_or_closed_before_its_row_was_removed_is_held_against_nobody() -> None:
    closed = planned("lost", "2026-07-01", outcome=Outcome.LOST, closed_on="2026-06-10")  # type: ignore[arg-type]
    then = team([planned("done", "2026-07-01", "2026-06-25"), closed])
    assert counts(week_of(team([], [target()]), snapshot(then, MONDAY))) == (0, 0, 0)


def test_a_milestone_with_another_name_is_the_one_in_its_old_place() -> None:
    renamed = Track("New business", tuple(map(Milestone, ("First talk", "Discovery", "Proof", "Contract"))))
    now = team([planned("a", "2026-07-01")], [target()], tracks=[renamed])
    week = week_of(now, snapshot(team([planned("a", "2026-07-01")]), MONDAY))
    assert (counts(week), item(week, "a").milestone) == ((0, 1, 0), "First talk")


# --- whose it is ---


def test_the_plan_goes_with_the_opportunity_and_a_removed_one_stays_with_its_rep() -> None:
    then = team([planned("moved", "2026-07-01"), planned("gone", "2026-07-01")])
    now = team([planned("moved", "-", rep="Bo")], [target("Ann"), target("Bo")])
    found = books_of(now, FRIDAY, snapshot(then, MONDAY))
    by_rep = {book.rep.name: week_figures([book], book.frame.week) for book in found}
    assert states(by_rep["Ann"]) == {"gone": "removed"}
    assert states(by_rep["Bo"]) == {"moved": "carried"}


# --- reliability ---


def weekly(made: Sequence[Team], last: date = FRIDAY) -> list[Snapshot]:
    """A copy a week, the newest of the Friday before the week at hand."""
    days = [last - timedelta(weeks=age) for age in range(len(made), 0, -1)]
    return [snapshot(one, on, number) for number, (one, on) in enumerate(zip(made, days, strict=True), start=1)]


def test_a_missed_plan_of_a_past_week_stays_with_whoever_had_the_opportunity_then() -> None:
    # Bo had it when its week ended, undone; it went to Ann a week later, who did it then.
    monday = snapshot(team([planned("a", "2026-07-01", rep="Bo")], [target("Ann"), target("Bo")]), MONDAY)
    at_the_end = replace(monday, as_of=FRIDAY, number=2)
    later = team([planned("a", "2026-07-08", "2026-07-08", rep="Ann")], [target("Ann"), target("Bo")])
    week = books_of(later, FRIDAY, monday)[0].frame.week
    judged = {
        book.rep.name: week_figures([book], week) for book in books_of(later, FRIDAY + A_WEEK, monday, at_the_end)
    }
    assert {rep: counts(figures)[:2] for rep, figures in judged.items()} == {"Ann": (0, 0), "Bo": (0, 1)}
    assert item(judged["Bo"], "a").since == "handed on"
    # Without a copy that says so, it is the present rep's.
    alone = {book.rep.name: week_figures([book], week) for book in books_of(later, FRIDAY + A_WEEK, monday)}
    assert {rep: counts(figures)[:2] for rep, figures in alone.items()} == {"Ann": (0, 1), "Bo": (0, 0)}


def test_reliability_is_of_the_full_weeks_whose_plan_a_copy_tells() -> None:
    # Weeks from 15 and 22 June have a copy of the Friday before; the one from 29 June still runs on the Friday.
    first = team([planned("a", "2026-06-16"), planned("b", "2026-06-17"), planned("c", "2026-06-24")])
    second = team([planned("a", "2026-06-16", "2026-06-16"), planned("b", "2026-06-25"), planned("c", "2026-06-24")])
    now = team(
        [
            planned("a", "2026-06-16", "2026-06-16"), planned("b", "2026-07-01", "2026-06-30"),
            planned("c", "2026-06-24", "2026-06-23"),
        ],
        [target()],
    )  # fmt: skip
    copies = weekly([first, second, now])
    assert reliability_of(books_of(now, FRIDAY, *copies)) == Reliability(Ratio(2, 4), 2)
    assert reliability_of(books_of(now, date(2026, 7, 5), *copies)) == Reliability(Ratio(3, 5), 3)


def test_without_a_copy_from_a_weeks_start_there_is_no_reliability() -> None:
    assert reliability_of(books_of(replanned())) is None
    assert reliability_of(books_of(replanned(), FRIDAY, snapshot(five(), MONDAY - timedelta(weeks=20)))) is None


def test_weeks_in_which_nothing_was_planned_count_and_have_no_share() -> None:
    nothing = team([planned("a", "-")], [target()])
    told = reliability_of(books_of(nothing, FRIDAY, *weekly([nothing, nothing])))
    assert told == Reliability(Ratio(0, 0), 1)
    assert told.kept.value is None


def test_reliability_is_explained_by_what_was_planned_and_a_removed_row_opens_nothing() -> None:
    then = team([planned("kept", "2026-06-24"), planned("gone", "2026-06-24")])
    now = team([planned("kept", "2026-06-24", "2026-06-23"), planned("gone too", "-")], [target()])
    site = team_site(now, FRIDAY, Past(weekly([then, then])))
    (told,) = (one for one in site.reps[0].tracks[0].provenance if one.figure == "Reliability")
    assert (told.value, list(told.inputs.values()), told.opportunities) == (0.5, [1, 2, 1], ("kept",))
    assert site.rollup.reliability == site.rollup.tracks[0].reps[0].reliability == Reliability(Ratio(1, 2), 1)


# --- for every team ---


def copies_before(made: Team, as_of: date, days: Sequence[int]) -> list[Snapshot]:
    """Copies that say what the workbook at hand says, of some days before the week at hand."""
    first_on = made.week_of(as_of).first_on
    return [snapshot(made, first_on - timedelta(days=age), n) for n, age in enumerate(sorted(days, reverse=True), 1)]


def told(made: Team, as_of: date, copies: Sequence[Snapshot]) -> list[tuple[WeekFigures | WeekBar, ...]]:
    """All weeks of every rep."""
    every = books(Frame(made, as_of, Past(copies)))
    found = [of_rep for of_rep in every.values() if of_rep]
    weeks = [[week_figures(of_rep, of_rep[0].frame.week.plus(n)) for n in (-1, 0, 1)] for of_rep in found]
    return [(*of_weeks, *thirteen_weeks(of_rep)) for of_weeks, of_rep in zip(weeks, found, strict=True)]


def unnamed(week: WeekFigures | WeekBar) -> WeekFigures | WeekBar:
    if isinstance(week, WeekBar):
        return replace(week, plan_as_of=None)
    return replace(week, plan_from=None, has_earlier_copies=False)


@some
@given(teams(), AS_OF, st.lists(st.integers(1, 100), max_size=9, unique=True))
def test_copies_that_plan_the_same_change_nothing_but_which_plan_is_named(
    made: Team, as_of: date, days: list[int]
) -> None:
    judged = told(made, as_of, copies_before(made, as_of, days))
    assert [tuple(map(unnamed, weeks)) for weeks in judged] == told(made, as_of, ())


@st.composite
def planned_otherwise(draw: st.DrawFn, made: Team) -> Team:
    """A copy with other plans, some rows gone, some with another rep."""
    rows = []
    for row in made.opportunities:
        if draw(st.integers(0, 4)) == 0:
            continue
        entries = [entry._replace(planned_on=draw(moved(entry))) for entry in row.entries]
        rows.append(replace(row, entries=tuple(entries), rep=draw(st.sampled_from([rep.name for rep in made.reps]))))
    return replace(made, opportunities=tuple(rows))


def moved(entry: MilestoneEntry) -> st.SearchStrategy[date | None]:
    if entry.planned_on is None:
        return st.one_of(st.none(), AS_OF)
    days = st.integers(-20, 20).map(timedelta)
    return st.one_of(st.none(), st.just(entry.planned_on), days.map(entry.planned_on.__add__))


@some
@given(st.data(), teams(), AS_OF)
def test_whatever_copies_planned_the_completed_are_of_the_planned_and_the_team_is_its_reps(
    data: st.DataObject, made: Team, as_of: date
) -> None:
    first_on = made.week_of(as_of).first_on
    copies = [
        snapshot(data.draw(planned_otherwise(made)), first_on - timedelta(days=age), 1) for age in (24, 17, 10, 3)
    ]
    every = books_of(made, as_of, *copies)
    for age in (0, -1, -2):
        week = every[0].frame.week.plus(age) if every else made.week_of(as_of)
        whole, parts = week_figures(every, week), [week_figures([book], week) for book in every]
        for name in ("planned", "completed_of_planned", "completed_early", "beyond_plan", "done", "claimed"):
            assert getattr(whole, name) == sum(getattr(part, name) for part in parts)
        assert whole.completed_early <= whole.completed_of_planned <= whole.planned
        assert whole.planned == sum(one.planned_here and one.state not in {"lost", "closed"} for one in whole.items)
    if every:
        ratio, of_reps = reliability_of(every), [reliability_of([book]) for book in every]
        assert ratio is not None
        assert ratio.kept == Ratio(
            sum(one.kept.part for one in of_reps if one), sum(one.kept.whole for one in of_reps if one)
        )


class Counted(UserDict[str, Opportunity]):
    """A copy's rows, and how often all of them were read."""

    n_read = 0

    def items(self) -> ItemsView[str, Opportunity]:
        self.n_read += 1
        return super().items()


def test_a_copys_plan_is_read_once_a_week_however_many_reps_ask() -> None:
    made = team([planned(str(n), "2026-07-01", rep=f"Rep {n}") for n in range(30)])
    rows = Counted({identity(row): row for row in made.opportunities})
    frame = Frame(made, FRIDAY, Past((replace(snapshot(made, MONDAY), opportunities=rows),)))
    of_reps = [week_figures(of_rep, frame.week) for of_rep in books(frame).values()]
    assert ([one.planned for one in of_reps], rows.n_read) == ([1] * 30, 1)
