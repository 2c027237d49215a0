"""What must hold for every team on every day: sums, shares, yesterday's figures, the order of rows, the schema."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from arbitrary_histories import LATE, worked_teams
from arbitrary_teams import AS_OF, TRACKS, opportunities, teams
from forecast_of_each import forecasts_of_each
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from small_team import deal, target, team

from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.team import Team
from milestone_reports.metrics.rates import Rate
from milestone_reports.render.downloads import schema_bytes, scorecards_json
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.figures import Conversion
from milestone_reports.scorecards.pages import Attention, RepScorecard, TeamSite, TeamTrack, TrackCard
from milestone_reports.scorecards.since import NO_CHANGES_OF_REP

some = settings(max_examples=30)
SCHEMA = Draft202012Validator(json.loads(schema_bytes()))


def conversions(site: TeamSite) -> Iterator[tuple[Conversion, ...]]:
    for track in site.rollup.tracks:
        yield track.card.conversion
    for card in site.reps:
        for own in card.tracks:
            yield own.conversion


def of_reps(site: TeamSite, track: str) -> list[TrackCard]:
    return [own for card in site.reps for own in card.tracks if own.track == track]


@some
@given(teams(), AS_OF)
def test_what_became_of_a_milestone_adds_up_to_what_was_reached(made: Team, as_of: date) -> None:
    for lines in conversions(team_site(made, as_of)):
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            parts = line.moved_on + line.lost_here + line.presumed_lost_here + line.open_here
            assert parts == line.reached
            assert following is None or line.moved_on == following.reached


@some
@given(teams(), AS_OF)
def test_every_rate_and_its_ranges_lie_in_nought_to_one(made: Team, as_of: date) -> None:
    rates: list[Rate | None] = []
    for lines in conversions(team_site(made, as_of)):
        for line in lines:
            rates += [line.to_next, line.to_sale, line.rest_to_next, line.rest_to_sale]
    for rate in filter(None, rates):
        assert 0 <= rate.passed <= rate.decided
        assert 0 <= rate.low_95 <= rate.likely_low <= rate.likely_high <= rate.high_95 <= 1


@some
@given(teams(), AS_OF)
def test_the_team_is_the_sum_of_its_reps(made: Team, as_of: date) -> None:
    site = team_site(made, as_of)
    for track in site.rollup.tracks:
        whole, parts = track.card, of_reps(site, track.card.track)
        assert whole.pace.credited_to_date == sum(part.pace.credited_to_date for part in parts)
        assert whole.pace.claimed_to_date == sum(part.pace.claimed_to_date for part in parts)
        assert whole.pace.expected_to_date == pytest.approx(sum(part.pace.expected_to_date for part in parts))
        assert (whole.pace.gap or 0) == pytest.approx(sum(part.pace.gap or 0 for part in parts), abs=1e-6)
        assert whole.sales.contracts_to_date == sum(part.sales.contracts_to_date for part in parts)
        assert whole.sales.cancelled == sum(part.sales.cancelled for part in parts)
        assert whole.sales.revenue_to_date == pytest.approx(sum(part.sales.revenue_to_date for part in parts))
        assert (whole.sales.contracts_expected or 0) == pytest.approx(
            sum(part.sales.contracts_expected or 0 for part in parts)
        )
        assert (whole.sales.revenue_expected or 0) == pytest.approx(
            sum(part.sales.revenue_expected or 0 for part in parts)
        )
        for index, line in enumerate(whole.conversion):
            assert line.reached == sum(part.conversion[index].reached for part in parts)
            assert line.lost_here == sum(part.conversion[index].lost_here for part in parts)
        for index, milestone in enumerate(whole.by_milestone):
            assert milestone.credited == sum(part.by_milestone[index].credited for part in parts)
        assert sum(milestone.credited for milestone in whole.by_milestone) == whole.pace.credited_to_date


@some
@given(teams(), AS_OF)
def test_the_weeks_of_the_team_are_the_sum_of_its_reps_weeks(made: Team, as_of: date) -> None:
    site = team_site(made, as_of)
    for name in ("this_week", "last_week", "next_week"):
        whole, parts = getattr(site.rollup, name), [getattr(card, name) for card in site.reps]
        for count in ("done", "claimed", "planned", "completed_of_planned", "beyond_plan", "carried_over"):
            assert getattr(whole, count) == sum(getattr(part, count) for part in parts)
        assert (whole.plan or 0) == sum(part.plan or 0 for part in parts)
    assert site.rollup.n_open == sum(len(card.open) for card in site.reps)


@some
@given(teams(), AS_OF)
def test_the_stages_of_every_quota_add_up_to_it(made: Team, as_of: date) -> None:
    for card in team_site(made, as_of).reps:
        for quota in filter(None, (track.quota for track in card.tracks)):
            stages = sum(stage.required_a_year for stage in quota.stage_quotas)
            assert stages == pytest.approx(quota.contracts_a_year * quota.n_milestones * quota.multiplier)
            this_year = sum(stage.required_this_year for stage in quota.stage_quotas)
            assert this_year == pytest.approx(quota.milestones_this_year)


def later(day: date | None, as_of: date, by: timedelta) -> date | None:
    """A day after the as-of date moved further away; any other as it is."""
    return day + by if day and day > as_of else day


def changed_after(row: Opportunity, as_of: date, by: timedelta) -> Opportunity:
    """The row with all that it has after the as-of date on other days, still after it."""
    done = [entry._replace(completed_on=later(entry.completed_on, as_of, by)) for entry in row.entries]
    return replace(row, entries=tuple(done), closed_on=later(row.closed_on, as_of, by))


@some
@given(teams(), AS_OF, st.integers(1, 400))
def test_dates_after_the_as_of_date_change_nothing(made: Team, as_of: date, n_days: int) -> None:
    by = timedelta(days=n_days)
    moved = replace(made, opportunities=tuple(changed_after(row, as_of, by) for row in made.opportunities))
    assert scorecards_json(team_site(moved, as_of)) == scorecards_json(team_site(made, as_of))


def without_open(card: RepScorecard) -> RepScorecard:
    """The card without its stamp and what it says of its list of open opportunities, now and week by week."""
    return replace(card, stamp=STAMP, open=(), open_value=0, attention=NOTHING_OPEN, changes=NO_CHANGES_OF_REP)


NOTHING_OPEN = Attention(0, 0, 0, 0.0, 0, 0)
STAMP = team_site(team(), date(2026, 6, 30)).stamp


@some
@given(teams(), AS_OF)
def test_a_row_whose_dates_are_all_after_the_as_of_date_changes_no_figure(made: Team, as_of: date) -> None:
    track = TRACKS[0]
    owners = sorted({row.rep for row in made.opportunities if row.track == track.name})
    assume(owners)
    days = " ".join([(as_of + timedelta(days=1)).isoformat()] * track.n_milestones)
    row = deal("new", days, rep=owners[0], outcome=Outcome.WON)
    more = replace(made, opportunities=(*made.opportunities, row))
    before, after = team_site(made, as_of), team_site(more, as_of)
    assert [without_open(card) for card in after.reps] == [without_open(card) for card in before.reps]
    assert [t.card for t in after.rollup.tracks] == [t.card for t in before.rollup.tracks]


@some
@given(teams(), AS_OF, st.data())
def test_the_order_of_the_rows_does_not_matter(made: Team, as_of: date, data: st.DataObject) -> None:
    rows = data.draw(st.permutations(made.opportunities))
    shuffled = replace(made, opportunities=tuple(rows))
    assert scorecards_json(in_order(team_site(shuffled, as_of))) == scorecards_json(in_order(team_site(made, as_of)))


def in_order(site: TeamSite) -> TeamSite:
    """With the list of all opportunities, which has the workbook's order, in that of their ids."""
    return replace(site, opportunities=tuple(sorted(site.opportunities, key=lambda one: one.id)))


@some
@given(teams(), AS_OF)
def test_every_team_has_a_site_that_the_schema_knows(made: Team, as_of: date) -> None:
    assert SCHEMA.is_valid(json.loads(scorecards_json(team_site(made, as_of))))


@settings(some, max_examples=8)
@given(st.lists(opportunities(0), max_size=6), AS_OF)
def test_a_team_that_lost_all_or_completed_nothing_has_a_site_too(rows: list[Opportunity], as_of: date) -> None:
    lost = [replace(row, id=str(n), rep="Ann", outcome=Outcome.LOST) for n, row in enumerate(rows)]
    bare = [replace(row, entries=tuple(e._replace(completed_on=None) for e in row.entries)) for row in lost]
    for deals in (lost, bare, []):
        assert SCHEMA.is_valid(json.loads(scorecards_json(team_site(team(deals, [target()], tracks=TRACKS), as_of))))


few = settings(some, max_examples=12)


def of_reps_and_team(site: TeamSite) -> Iterator[tuple[TeamTrack, list[TrackCard]]]:
    for track in site.rollup.tracks:
        yield track, of_reps(site, track.card.track)


@few
@given(worked_teams(), LATE)
def test_what_is_to_come_for_the_team_is_the_sum_of_its_reps(made: Team, as_of: date) -> None:
    of_each = forecasts_of_each(made, as_of)
    for track, parts in of_reps_and_team(team_site(made, as_of)):
        parts_ahead = [ahead for (_, name), ahead in of_each.items() if name == track.card.track]
        assert {part.forecast for part in parts} <= {(), *parts_ahead}
        for index, whole in enumerate(track.card.forecast):
            own = [ahead[index] for ahead in parts_ahead]
            assert {part.basis for part in own} <= {whole.basis}
            for name in ("contracts_open", "contracts_new", "contracts_done", "revenue_open", "revenue_new"):
                assert getattr(whole, name) == pytest.approx(sum(getattr(part, name) for part in own))
            assert whole.contracts.value == pytest.approx(sum(part.contracts.value for part in own))
            assert (whole.revenue is None) == all(part.revenue is None for part in own)
            if whole.revenue:
                assert whole.revenue.value == pytest.approx(sum(part.revenue.value for part in own if part.revenue))
            for stage, driver in enumerate(whole.drivers):
                assert driver.n_open == sum(part.drivers[stage].n_open for part in own)
                assert driver.contracts == pytest.approx(sum(part.drivers[stage].contracts for part in own))


@few
@given(worked_teams(), LATE)
def test_what_became_of_the_teams_is_the_sum_over_reps_and_over_sources(made: Team, as_of: date) -> None:
    for track, parts in of_reps_and_team(team_site(made, as_of)):
        for index, whole in enumerate(track.card.conversion):
            for name in ("reached", "moved_on", "lost_here", "presumed_lost_here", "open_here"):
                count = getattr(whole, name)
                assert count == sum(getattr(part.conversion[index], name) for part in parts)
                assert count == sum(getattr(row.conversion[index], name) for row in track.sources)
        first = track.card.conversion[0]
        assert first.reached == sum(row.first_milestones for row in track.sources)
        for row in track.sources:
            assert row.first_milestones == row.won + row.lost + row.presumed_lost + row.open
        may_compare = all(part.gate_times for part in parts)
        for gate, time in enumerate(track.card.gate_times if may_compare else ()):
            assert time.n_stalled == sum(part.gate_times[gate].n_stalled for part in parts)
            assert time.n_presumed_lost == sum(part.gate_times[gate].n_presumed_lost for part in parts)


@few
@given(worked_teams(), LATE)
def test_every_range_holds_its_figure(made: Team, as_of: date) -> None:
    for track, parts in of_reps_and_team(team_site(made, as_of)):
        for card in (track.card, *parts):
            forecasts = [span for one in card.forecast for span in (one.contracts, one.revenue)]
            for span in filter(None, forecasts):
                assert (span.low is None) == (span.high is None)
                assert (span.low or 0.0) - 1e-9 <= span.value
                assert span.high is None or span.value <= span.high + 1e-9 * (1 + span.value)
            for line in card.conversion:
                for expected in filter(None, (line.expected_to_next, line.expected_to_sale)):
                    if expected.value is not None and expected.likely_low is not None:
                        assert expected.likely_low - 1e-9 <= expected.value <= (expected.likely_high or 0.0) + 1e-9
        low, high = track.card.multiplier.low_95, track.card.multiplier.high_95
        assert low is None or high is None or 1 <= low <= track.card.multiplier.value <= high


@few
@given(worked_teams(), LATE)
def test_the_plan_of_the_year_is_what_all_figures_of_it_say(made: Team, as_of: date) -> None:
    for track, _ in of_reps_and_team(team_site(made, as_of)):
        card, plan = track.card, track.plan
        assert sum(month.milestones_done for month in plan) == card.pace.credited_to_date
        assert sum(month.contracts_done for month in plan) == card.sales.contracts_to_date
        assert sum(month.revenue_done for month in plan) == pytest.approx(card.sales.revenue_to_date)
        if card.pace.milestones_this_year is not None:
            required = sum(month.milestones_required or 0.0 for month in plan)
            assert required == pytest.approx(card.pace.milestones_this_year)
        if card.forecast[-1].basis == "history" and card.forecast[-1].ends_on == plan_ends_on(made, as_of):
            expected = sum(month.contracts_expected or 0.0 for month in plan)
            assert expected == pytest.approx(card.forecast[-1].contracts.value)


def plan_ends_on(made: Team, as_of: date) -> date:
    return made.fiscal_year_of(as_of).last_on


def unstamped(site: TeamSite) -> TeamSite:
    """Without what counts the workbook's rows."""
    cards = tuple(replace(card, stamp=STAMP) for card in site.reps)
    rollup = replace(site.rollup, stamp=STAMP)
    checks, page = replace(site.checks, stamp=STAMP), replace(site.definitions, stamp=STAMP)
    return TeamSite(STAMP, rollup, cards, checks, page, site.opportunities)


@few
@given(worked_teams(), LATE)
def test_as_of_a_day_it_is_as_if_nothing_later_had_been_written_down(made: Team, as_of: date) -> None:
    def known(row: Opportunity) -> Opportunity:
        done = [e._replace(completed_on=None) if e.completed_on and e.completed_on > as_of else e for e in row.entries]
        is_known = row.closed_on is None or row.closed_on <= as_of
        return row if is_known and tuple(done) == row.entries else _as_it_was(row, done, is_known=is_known)

    rows = [known(row) for row in made.opportunities if row.created_on and row.created_on <= as_of]
    # Who has nothing yet has no card; the others' are the same.
    before, after = unstamped(team_site(replace(made, opportunities=tuple(rows)), as_of)), unstamped(
        team_site(made, as_of)
    )  # fmt: skip
    there = {card.rep for card in before.reps}
    assert [card for card in after.reps if card.rep in there and same_tracks(card, before)] == [
        card for card in before.reps if same_tracks(card, after)
    ]
    tracks = {track.card.track: track for track in after.rollup.tracks}
    for track in before.rollup.tracks:
        later = tracks[track.card.track]
        for name in ("backtest", "demand", "sources", "quarters", "plan", "levers", "weekly", "false_flags"):
            assert getattr(later, name) == getattr(track, name)
        for name in ("conversion", "multiplier", "average_contract", "gate_times", "forecast", "coaching", "sales"):
            assert getattr(later.card, name) == getattr(track.card, name)


def _as_it_was(row: Opportunity, done: list[MilestoneEntry], *, is_known: bool) -> Opportunity:
    outcome, closed_on = (row.outcome, row.closed_on) if is_known else (Outcome.OPEN, None)
    return replace(row, entries=tuple(done), outcome=outcome, closed_on=closed_on)


def same_tracks(card: RepScorecard, other: TeamSite) -> bool:
    """Whether the rep's tracks are the same there: a row of a later day gives its owner a track that was not there."""
    return [[t.track for t in own.tracks] for own in other.reps if own.rep == card.rep] == [
        [t.track for t in card.tracks]
    ]


@few
@given(worked_teams(), LATE, st.permutations(["Ann", "Bo", "Cy", "Di", "Ed"]))
def test_other_names_for_the_reps_change_nothing_but_the_names(made: Team, as_of: date, names: list[str]) -> None:
    new = dict(zip(["Ann", "Bo", "Cy", "Di", "Ed"], names, strict=True))
    renamed = team(
        [replace(row, rep=new[row.rep]) for row in made.opportunities],
        [replace(row, rep=new[row.rep]) for row in made.assignments],
        tracks=made.tracks,
        settings=made.settings,
    )
    before = {new[card.rep]: card for card in team_site(made, as_of).reps}
    after = {card.rep: card for card in team_site(renamed, as_of).reps}
    assert set(before) == set(after)
    for name, card in after.items():
        for old, own in zip(before[name].tracks, card.tracks, strict=True):
            assert (own.conversion, own.forecast, own.gate_times) == (old.conversion, old.forecast, old.gate_times)
            worths = [[entry.contracts for entry in track.coaching] for track in (old, own)]
            assert worths[1] == pytest.approx(worths[0])
            assert [entry.ending for entry in own.coaching] == [entry.ending for entry in old.coaching]
