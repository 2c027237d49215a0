from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept_weeks import as_of, filled, named, taken, weekly_team
from weekly_copies import deal, team, track

from milestone_reports.domain.calendar import WeekStart
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.message import Message
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity
from milestone_reports.domain.problem import CellRef, Level, Problem
from milestone_reports.domain.team import Settings, Source, Team
from milestone_reports.history.snapshots import NO_PAST, PublishedFigure
from milestone_reports.history.store import FILE, Member, Publication, Store
from milestone_reports.history.store.codec import decoded, encoded
from milestone_reports.workbook.reading.assemble import read_team

SAMPLES = Path(__file__).parents[2] / "sample_workbooks"
NOWHERE = Path("no such folder")
"""A history there is kept in memory alone."""

DAY = date(2026, 11, 18)
YEAR = date(2026, 1, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "state") as opened:
        yield opened


# --- what is recorded comes back ---

NUMBERS = st.integers(0, 20_000)
CELLS = st.builds(CellRef, st.text(), NUMBERS, NUMBERS)
DAYS_OR_NONE = st.none() | st.dates()
ENTRIES = st.tuples(DAYS_OR_NONE, DAYS_OR_NONE, st.text(), st.booleans(), st.booleans()).map(
    lambda said: MilestoneEntry(*said)
)
MESSAGES = st.recursive(
    st.text(),
    lambda inner: st.builds(
        lambda values: Message(" ".join(f"{{{name}}}" for name in values), values),
        st.dictionaries(st.sampled_from("abc"), st.one_of(inner, st.integers(), st.dates(), st.none()), max_size=3),
    ),
    max_leaves=5,
)
PROBLEMS = st.builds(
    Problem, st.sampled_from(Level), st.text(), st.none() | CELLS, MESSAGES, MESSAGES, MESSAGES, MESSAGES, MESSAGES
)
ROWS = st.builds(
    Opportunity,
    entries=st.lists(ENTRIES, max_size=4).map(tuple),
    value=st.none() | st.floats(allow_nan=False),
    row=st.none() | CELLS,
    columns=st.lists(NUMBERS, max_size=4).map(tuple),
    now_with=st.just(""),
)
ZONES = st.none() | st.integers(-12, 12).map(lambda hours: timezone(timedelta(hours=hours)))
SOURCES = st.builds(Source, saved_at=st.none() | st.datetimes(timezones=ZONES))
SETTINGS = st.builds(Settings, selling_weeks=st.sampled_from([48, 44.5]))
st.register_type_strategy(float, st.floats(allow_nan=False))
TEAMS = st.builds(
    Team,
    opportunities=st.lists(ROWS, max_size=4).map(tuple),
    settings=SETTINGS,
    source=SOURCES,
    problems=st.lists(PROBLEMS, max_size=3).map(tuple),
)
"""Whatever the types allow, and what the program itself never sets is not set."""


def patterns(known: Team) -> list[object]:
    """The messages of a team's problems as they are made up, which their texts do not tell."""
    return [
        parts_of(text) for one in known.problems for text in (one.found, one.expected, one.done, one.fix, one.label)
    ]


def parts_of(text: object) -> object:
    if isinstance(text, Message):
        return text.pattern, {name: parts_of(value) for name, value in text.values.items()}
    return type(text), text


@given(TEAMS, st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_team_comes_back_as_it_was(known: Team, day: date) -> None:
    with Store.open(NOWHERE, create=False) as store:
        number = store.record(known, day, taken("1"))
        assert store.team_at(number) == (known, day)
        assert patterns(store.team_at(number)[0]) == patterns(known)
        assert store.verify() == ()


def test_a_value_of_minus_nothing_is_no_fault(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.record(team([replace(deal("A-1"), value=-0.0)]), DAY, taken("1"))
        assert store.verify() == ()


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_a_real_workbook_comes_back_as_it_was_read(sample: Path, tmp_path: Path) -> None:
    reading = read_team(sample, None, DAY, DAY)
    with Store.open(tmp_path) as store:
        number = store.record(reading.team, DAY, taken("1"))
    with Store.open(tmp_path, create=False) as store:
        assert store.team_at(number) == (reading.team, DAY)
        assert patterns(store.team_at(number)[0]) == patterns(reading.team)
        assert all(type(row.row) is CellRef for row in store.team_at(number)[0].opportunities)


def test_what_a_later_version_adds_has_its_default_in_what_an_earlier_one_wrote() -> None:
    written = encoded(Settings(currency="EUR"))
    assert isinstance(written, dict)
    del written["late_entry_grace"], written["manager"]
    assert decoded(Settings, written | {"of_another_version": 1}) == Settings(currency="EUR")


def test_what_the_workbook_itself_does_not_say_is_refused(store: Store) -> None:
    remembered = replace(deal("N-1"), entries=(MilestoneEntry(completed_on=DAY, observed=True),))
    with pytest.raises(ValueError, match="more than the workbook says: Account N-1, Deal N-1"):
        store.record(team([remembered]), DAY, taken("1"))
    assert store.entries() == ()


# --- one file, one snapshot ---


def test_the_same_file_twice_is_one_snapshot(store: Store, tmp_path: Path) -> None:
    first = store.record(weekly_team(1), as_of(1), taken("a", PublishedFigure("", "", "done", 1)))
    content = (tmp_path / "state" / FILE).read_bytes()
    again = store.record(weekly_team(2), as_of(2), taken("a", PublishedFigure("", "", "done", 2)))
    assert again == first
    assert (tmp_path / "state" / FILE).read_bytes() == content
    assert store.team_at(first) == (weekly_team(1), as_of(1))


def test_the_same_file_of_two_teams_is_one_snapshot_each(store: Store) -> None:
    north = store.record(weekly_team(1), as_of(1), taken("a"))
    south = store.record(named(weekly_team(1), "South"), as_of(1), taken("a"))
    assert (store.number_of("north", "a"), store.number_of(" SOUTH", "a")) == (north, south) == (1, 2)
    assert store.number_of("north", "b") is None
    assert store.number_of("West", "a") is None


def test_a_corrected_file_replaces_that_of_its_week_and_the_replaced_one_is_kept(store: Store) -> None:
    store.record(weekly_team(1), as_of(1), taken("a"))
    store.record(weekly_team(2), as_of(2), taken("b"))
    store.record(weekly_team(8), as_of(1), taken("corrected"))
    assert [(one.number, one.week.name, one.is_current) for one in store.entries()] == [
        (1, "2026-W03", False),
        (2, "2026-W04", True),
        (3, "2026-W03", True),
    ]
    past = store.past(weekly_team(3), as_of(3))
    assert [one.number for one in past.taken] == [1, 3, 2]
    assert [one.number for one in past.snapshots] == [3, 2]
    assert store.team_at(1) == (weekly_team(1), as_of(1))


def test_of_two_copies_of_a_week_that_of_the_later_day_is_current_whenever_it_was_taken(store: Store) -> None:
    store.record(weekly_team(2), as_of(1) + timedelta(days=1), taken("friday"))
    store.record(weekly_team(1), as_of(1), taken("wednesday"))
    assert [(one.number, one.is_current) for one in store.entries()] == [(1, True), (2, False)]


# --- the past ---


def test_the_past_is_of_the_weeks_before(store: Store) -> None:
    for week in (2, 1, 3):
        store.record(weekly_team(week), as_of(week), taken(str(week)))
    monday = team([]).week_of(as_of(3)).first_on
    assert [one.as_of for one in store.past(weekly_team(3), monday).taken] == [as_of(1), as_of(2)]
    assert [one.as_of for one in store.past(weekly_team(4), as_of(4)).taken] == [as_of(1), as_of(2), as_of(3)]
    assert store.past(named(weekly_team(4), "South"), as_of(4)) == NO_PAST


def test_a_team_is_known_however_its_name_is_spelled(store: Store) -> None:
    store.record(named(weekly_team(1), "Nord-Süd"), as_of(1), taken("a"))
    store.record(named(weekly_team(2), "nord sud"), as_of(2), taken("b"))
    assert len(store.past(named(weekly_team(3), "NORD SÜD"), as_of(3)).taken) == 2
    assert {one.team for one in store.entries("Nordsüd")} == {"nord sud"}


def test_teams_named_in_signs_alone_are_told_apart(store: Store) -> None:
    assert store.record(named(weekly_team(1), "+"), as_of(1), taken("a")) == 1
    assert store.record(named(weekly_team(1), "*"), as_of(1), taken("a")) == 2
    assert [one.number for one in store.entries("+")] == [1]


def test_a_snapshot_says_what_its_workbook_said_without_the_rows(store: Store) -> None:
    rows = [replace(deal("N-1", "01-05 - - -"), row=CellRef("Deals", 7), columns=(3, 4, 5, 6)), deal("n-2")]
    figures = (PublishedFigure("Ann", "New business", "done", 4.0), PublishedFigure("", "", "quota", None))
    store.record(team(rows), as_of(1), taken("a", *figures))
    (one,) = store.past(team([]), as_of(2)).taken
    assert (one.number, one.as_of, one.week.name, one.file) == (1, as_of(1), "2026-W03", "now.xlsx")
    assert one.tracks == team(rows).tracks
    assert one.opportunities == {"n-1": replace(rows[0], row=None, columns=()), "n-2": rows[1]}
    assert one.figures == figures == store.figures(1)


def test_an_opportunity_that_says_the_same_in_two_weeks_is_one_object(store: Store) -> None:
    store.record(team([deal("N-1"), deal("N-2")]), as_of(1), taken("a"))
    store.record(team([deal("N-2", value=1), deal("N-1")]), as_of(2), taken("b"))
    first, second = store.past(team([]), as_of(3)).taken
    assert first.opportunities["n-1"] is second.opportunities["n-1"]
    assert [first.opportunities["n-2"].value, second.opportunities["n-2"].value] == [50_000, 1]
    assert list(second.opportunities) == ["n-2", "n-1"]


def test_what_was_known_at_a_snapshot_is_what_is_numbered_below_it(store: Store) -> None:
    store.record(weekly_team(1), as_of(1), taken("a", decided={("New business", YEAR): (4, 3, 2, 1)}))
    store.record(weekly_team(3), as_of(3), taken("b"))
    store.record(weekly_team(2), as_of(2), taken("late", decided={("Partners", YEAR): (2, 1)}))
    later = weekly_team(4), as_of(4)
    assert [one.number for one in store.past(*later).taken] == [1, 3, 2]
    assert [one.number for one in store.past(*later, known=2).taken] == [1]
    assert set(store.past(*later).decided) == {("New business", YEAR), ("Partners", YEAR)}
    assert set(store.past(*later, known=3).decided) == {("New business", YEAR)}
    assert store.past(*later, known=1) == NO_PAST


def test_weeks_are_those_of_the_workbook_at_hand(store: Store) -> None:
    sunday = date(2026, 1, 11)
    store.record(weekly_team(1), sunday, taken("a"))
    from_sunday = replace(weekly_team(2), settings=Settings(week_starts=WeekStart.SUNDAY))
    past = store.past(from_sunday, sunday + timedelta(days=1))
    assert past.taken == ()
    assert past.first_day is not None
    assert past.first_day.as_of == sunday
    assert store.past(from_sunday, sunday) == NO_PAST
    assert len(store.past(weekly_team(2), sunday + timedelta(days=1)).taken) == 1


# --- multipliers of a year ---


def test_what_a_year_was_set_from_is_never_set_again(store: Store) -> None:
    of_track = ("New business", YEAR)
    store.record(weekly_team(1), as_of(1), taken("a", decided={of_track: (9, 8, 7, 6)}))
    store.record(weekly_team(2), as_of(2), taken("b", decided={of_track: (1, 1, 1, 1)}))
    assert store.past(weekly_team(3), as_of(3)).decided == {of_track: (9, 8, 7, 6)}


def test_a_track_with_another_number_of_milestones_is_set_anew(store: Store) -> None:
    of_track = ("New business", YEAR)
    store.record(weekly_team(1), as_of(1), taken("a", decided={of_track: (9, 8, 7, 6)}))
    store.record(weekly_team(2), as_of(2), taken("b", decided={of_track: (5, 4)}))
    shorter = team([], tracks=(track("Talks", "Signed"),))
    assert store.past(weekly_team(3), as_of(3)).decided == {of_track: (9, 8, 7, 6)}
    assert store.past(shorter, as_of(3)).decided == {of_track: (5, 4)}


# --- lists ---


def test_a_list_shows_each_snapshot(store: Store) -> None:
    store.record(weekly_team(1, 5), as_of(1), taken("a"))
    store.publish(Publication("2026-W03", DAY, 2, (Member(1, as_of(1)),)))
    (one,) = store.entries()
    assert (one.number, one.team, one.week.name, one.as_of) == (1, "North", "2026-W03", as_of(1))
    assert (one.file, one.file_hash, one.version, one.n_opportunities) == ("now.xlsx", "a", "0.1.0", 5)
    assert (one.recorded_on, one.published_on, one.is_current) == (date(2026, 11, 19), DAY, True)


def test_the_newest_is_that_of_the_last_day_of_each_team(store: Store) -> None:
    assert store.newest() == ()
    for week in (1, 3, 2):
        store.record(weekly_team(week), as_of(week), taken(str(week)))
    store.record(named(weekly_team(1), "South"), as_of(1), taken("s"))
    assert store.newest() == (2, 4)


def test_a_number_that_nobody_has_is_refused(store: Store) -> None:
    with pytest.raises(CannotGoOnError) as refused:
        store.team_at(7)
    assert str(refused.value) == "The history has no snapshot 7. Fix: choose one that history list shows."


# --- forgetting ---


def test_what_is_forgotten_leaves_no_byte_in_the_file(tmp_path: Path) -> None:
    filled(tmp_path, 9, n_rows=40)
    secret = named(weekly_team(3, 40, rep="Zebulon Quark"), "Umbrella")
    with Store.open(tmp_path) as store:
        figure = PublishedFigure("Zebulon Quark", "", "done", 1)
        number = store.record(secret, as_of(3), taken("s", figure, decided={("Xylophones", YEAR): (1,)}))
        for text in (b"Zebulon", b"Umbrella", b"Xylophones"):
            assert text in (tmp_path / FILE).read_bytes()
        store.forget([number])
        assert [one.number for one in store.entries()] == list(range(1, 10))
        assert store.verify() == ()
    for text in (b"Zebulon", b"Umbrella", b"Xylophones"):
        assert text not in (tmp_path / FILE).read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_what_others_say_too_is_not_forgotten(store: Store) -> None:
    deals = [deal("N-1"), deal("N-2")]
    store.record(team(deals), as_of(1), taken("a", decided={("New business", YEAR): (4, 3, 2, 1)}))
    store.record(team(deals[:1]), as_of(2), taken("b"))
    store.forget([1])
    assert store.team_at(2) == (team(deals[:1]), as_of(2))
    past = store.past(team([]), as_of(3))
    assert [one.number for one in past.taken] == [2]
    assert past.decided == {}


def test_a_forgotten_number_is_never_used_again(store: Store) -> None:
    store.record(weekly_team(1), as_of(1), taken("a"))
    store.forget([1])
    assert store.record(weekly_team(1), as_of(1), taken("a")) == 2


# --- without a file ---


def test_a_history_that_is_only_looked_at_is_not_made(tmp_path: Path) -> None:
    with Store.open(tmp_path / "state", create=False) as store:
        assert (store.entries(), store.newest(), store.verify()) == ((), (), ())
        assert store.past(weekly_team(1), as_of(1)) == NO_PAST
        assert store.record(weekly_team(1), as_of(1), taken("a")) == 1
    assert list(tmp_path.iterdir()) == []
