"""What a report says of the example teams, in ranges: a small change to a team may move a figure, not the story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from milestone_reports.domain.problem import Level, Problem
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.insights import SourceRow
from milestone_reports.scorecards.pages import TeamSite, TeamTrack
from milestone_reports.workbook.example.kinds import AS_OF, ExampleKind
from milestone_reports.workbook.example.teams import TEAMS
from milestone_reports.workbook.example.write import write_example
from milestone_reports.workbook.reading.assemble import read_team

ESTABLISHED = [rep.name for rep in TEAMS[ExampleKind.NEW_BUSINESS].reps if rep.start_on is None]
SMALL_TEAMS = [kind for kind in ExampleKind if kind is not ExampleKind.NEW_BUSINESS]


class Report:
    """The pages of an example and the problems of its workbook."""

    def __init__(self, folder: Path, kind: ExampleKind) -> None:
        path = folder / f"{kind.value}.xlsx"
        write_example(path, kind)
        reading = read_team(path, None, None, AS_OF)
        self.problems: list[Problem] = list(reading.team.problems)
        self.site: TeamSite = team_site(reading.team, reading.as_of)

    @property
    def track(self) -> TeamTrack:
        """The only track of an example, the whole team's."""
        (track,) = self.site.rollup.tracks
        return track

    @property
    def standings(self) -> Mapping[str, str]:
        """Where each rep stands against pace."""
        return {card.rep: card.tracks[0].pace.standing for card in self.site.reps if card.tracks}

    def attainment(self, rep: str) -> float:
        """What the rep has done of what was expected to date."""
        (card,) = [card for card in self.site.reps if card.rep == rep]
        return card.tracks[0].pace.attainment.value or 0.0

    def n_presumed_lost(self, rep: str) -> int:
        """How many of the rep's open opportunities are presumed lost."""
        (card,) = [card for card in self.site.reps if card.rep == rep]
        return card.attention.n_presumed_lost


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Mapping[ExampleKind, Report]:
    folder = tmp_path_factory.mktemp("stories")
    return {kind: Report(folder, kind) for kind in ExampleKind}


@pytest.fixture(scope="module")
def new_business(reports: Mapping[ExampleKind, Report]) -> Report:
    return reports[ExampleKind.NEW_BUSINESS]


def test_the_multiplier_is_measured_and_a_little_over_two(new_business: Report) -> None:
    multiplier = new_business.track.card.multiplier
    assert multiplier.label == "measured"
    assert 2.1 <= multiplier.value <= 2.45
    assert 30 <= (multiplier.sales or 0) <= 90
    assert abs((multiplier.would_be or 0) - multiplier.value) < 0.25


def test_the_reps_are_ahead_on_pace_and_behind_as_in_a_team(new_business: Report) -> None:
    n_of = Counter(new_business.standings[rep] for rep in ESTABLISHED)
    assert 1 <= n_of["ahead"] <= 2
    assert 2 <= n_of["on pace"] <= 3
    assert n_of["behind"] == 2
    assert 0.6 < new_business.attainment("Marcus Bell") < 0.8
    assert 0.85 < new_business.attainment("Daniel Okafor") < 1


def test_the_rep_who_began_this_week_is_not_behind(new_business: Report) -> None:
    (grace,) = [card for card in new_business.site.reps if card.rep == "Grace Adeyemi"]
    assert grace.new_this_week
    assert new_business.standings["Grace Adeyemi"] == "on pace"


def test_one_gate_of_one_rep_is_to_be_coached_and_one_of_another_is_new(new_business: Report) -> None:
    ending: dict[str, list[tuple[str, str, str]]] = {"coach here": [], "new, watch": [], "may be chance": []}
    for entry in new_business.track.card.coaching:
        ending[entry.ending].append((entry.rep, entry.milestone, entry.next_milestone))
    assert ending["coach here"] == [("Daniel Okafor", "Discovery", "Proof")]
    assert ending["new, watch"] == [("Zoë Lindqvist", "Qualification", "Discovery")]
    assert len(ending["may be chance"]) >= 3
    assert new_business.track.card.coaching[0].rep == "Daniel Okafor"


def test_the_list_to_close_or_update_is_short_and_mostly_one_reps(new_business: Report) -> None:
    attention = new_business.site.rollup.attention
    assert 8 <= attention.n_presumed_lost <= 15
    assert new_business.n_presumed_lost("Daniel Okafor") > attention.n_presumed_lost / 2
    assert 3 <= attention.n_stalled <= 8


def test_the_forecast_is_made_of_history_and_has_been_right_about_as_often_as_it_says(new_business: Report) -> None:
    assert {forecast.basis for forecast in new_business.track.card.forecast} == {"history"}
    backtest = new_business.track.backtest
    assert backtest is not None
    assert len(backtest.months) == 12
    assert 8 <= backtest.n_inside <= 11
    assert 0.85 <= backtest.forecast / backtest.actual <= 1.15


def test_the_sources_differ_as_the_team_describes_them(new_business: Report) -> None:
    sources: Mapping[str, SourceRow] = {row.source: row for row in new_business.track.sources}
    assert set(sources) == {source.name for source in TEAMS[ExampleKind.NEW_BUSINESS].sources}
    worth = {name: row.revenue_per_first or 0.0 for name, row in sources.items()}
    assert (max(worth, key=worth.__getitem__), min(worth, key=worth.__getitem__)) == ("Referral", "Trade fair")
    assert max(sources.values(), key=lambda row: row.first_milestones).source == "Trade fair"
    assert max(sources.values(), key=lambda row: row.won).source == "Referral"


def test_the_team_aims_a_little_higher_than_its_reps_do_together(new_business: Report) -> None:
    capacity = new_business.site.rollup.capacity
    assert capacity is not None
    assert 1.0 < capacity.team_target / capacity.reps_target < 1.08


def test_the_slips_are_two_errors_eight_warnings_and_a_note(new_business: Report) -> None:
    n_of = Counter(problem.level for problem in new_business.problems)
    assert n_of == {Level.ERROR: 2, Level.WARNING: 8, Level.NOTE: 1}


@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        (ExampleKind.EXISTING_CLIENTS, {"mixed"}),
        (ExampleKind.BUSINESS_DEVELOPMENT, {"assumed", "mixed"}),
        (ExampleKind.PARTNER_RECRUITMENT, {"assumed", "mixed"}),
    ],
)
def test_a_team_with_half_a_year_behind_it_says_that_its_multiplier_is_not_yet_its_own(
    reports: Mapping[ExampleKind, Report], kind: ExampleKind, labels: set[str]
) -> None:
    multiplier = reports[kind].track.card.multiplier
    assert multiplier.label in labels
    assert 1.6 <= multiplier.value <= 2.4
    assert multiplier.sales is not None
    assert multiplier.would_be_sales is not None
    assert multiplier.would_be_sales > multiplier.sales


@pytest.mark.parametrize("kind", SMALL_TEAMS)
def test_in_no_small_team_is_everyone_behind_or_anyone_far_behind(
    reports: Mapping[ExampleKind, Report], kind: ExampleKind
) -> None:
    report = reports[kind]
    assert Counter(report.standings.values())["behind"] <= 1
    assert min(report.attainment(rep.name) for rep in TEAMS[kind].reps) > 0.75


@pytest.mark.parametrize("kind", SMALL_TEAMS)
def test_three_reps_have_too_little_history_for_anyone_to_be_flagged(
    reports: Mapping[ExampleKind, Report], kind: ExampleKind
) -> None:
    assert {entry.ending for entry in reports[kind].track.card.coaching} <= {"may be chance", "too few to say"}
