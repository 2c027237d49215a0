"""What must hold for every team on every day: sums, shares, yesterday's figures, the order of rows, the schema."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from arbitrary_teams import AS_OF, TRACKS, opportunities, teams
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from small_team import deal, target, team

from milestone_reports.domain.opportunity import Opportunity, Outcome
from milestone_reports.domain.team import Team
from milestone_reports.metrics.rates import Rate
from milestone_reports.render.downloads import schema_bytes, scorecards_json
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.figures import Conversion
from milestone_reports.scorecards.pages import RepScorecard, TeamSite, TrackCard

some = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
            rates += [line.to_next, line.to_sale, line.team_to_next, line.team_to_sale]
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
    """The card without its stamp and its list of open opportunities."""
    return replace(card, stamp=STAMP, open=(), open_value=0)


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
    assert scorecards_json(team_site(shuffled, as_of)) == scorecards_json(team_site(made, as_of))


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
