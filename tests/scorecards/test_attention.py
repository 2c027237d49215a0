"""Open opportunities that ask for something: stalled, presumed lost, without a plan, without their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from one_gate import half_after_a_month, talks
from small_team import PARTNERS, deal, target, team

from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.track import Milestone, Track
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.pages import Attention, TeamSite

AS_OF = date(2026, 6, 30)


def partners(*rows: Sequence[Opportunity]) -> TeamSite:
    return team_site(team([*half_after_a_month(), *(row for some in rows for row in some)]), AS_OF)


def attention_of(site: TeamSite, rep: str) -> Attention:
    return next(card.attention for card in site.reps if card.rep == rep)


@pytest.mark.parametrize(
    ("began", "days", "stalled", "presumed"),
    [
        ("2026-05-01", 60, 0, 0),  # as long as nine in ten: not longer
        ("2026-04-30", 61, 1, 0),
        ("2026-03-02", 120, 1, 0),
        ("2026-03-01", 121, 0, 1),  # twice as long: presumed lost, and counted as nothing else
    ],
)
def test_stalled_after_sixty_days_and_presumed_lost_after_twice_as_many(
    began: str, days: int, stalled: int, presumed: int
) -> None:
    site = partners(talks(1, began))
    found = attention_of(site, "Ann")
    assert (found.n_stalled, found.n_presumed_lost) == (stalled, presumed)
    assert found.presumed_lost_value == 50_000 * presumed
    (row,) = next(card.open for card in site.reps if card.rep == "Ann")
    assert (row.days_there, row.stalled, row.presumed_lost) == (days, bool(stalled or presumed), bool(presumed))
    (gate,) = site.rollup.tracks[0].card.gate_times
    assert (gate.median_days, gate.ninth_days, gate.stalled_after, gate.presumed_lost_after) == (30, 30, 60, 120)
    assert (gate.n_stalled, gate.n_presumed_lost) == (stalled, presumed)


def test_a_rep_s_card_counts_the_rep_s_by_the_team_s_days() -> None:
    site = partners(talks(2, "2026-04-01"), talks(1, "2026-04-01", rep="Bo"))
    assert {card.rep: card.attention.n_stalled for card in site.reps} == {"Ann": 2, "Bo": 1, "Zed": 0}
    assert site.rollup.attention.n_stalled == 3
    # Two others are too few: the days that the team takes would be a colleague's, so no card has them.
    assert {card.tracks[0].gate_times for card in site.reps} == {()}
    assert site.rollup.tracks[0].card.gate_times[0].median_days == 30


def test_with_three_others_a_card_has_the_team_s_days_and_its_own_counts() -> None:
    four = ("Ann", "Bo", "Cy", "Zed")
    signed = (talks(1, "2026-01-01", signed_after=30, rep=rep) for rep in four)
    waiting = (talks(2, "2026-04-01"), talks(1, "2026-04-01", rep="Bo"), talks(1, "2026-06-29", rep="Cy"))
    by_rep = {card.rep: card.tracks[0].gate_times[0] for card in partners(*signed, *waiting).reps}
    assert {rep: gate.n_stalled for rep, gate in by_rep.items()} == {"Ann": 2, "Bo": 1, "Cy": 0, "Zed": 0}
    assert {gate.median_days for gate in by_rep.values()} == {30}


def test_where_all_days_are_one_colleague_s_three_others_are_not_enough() -> None:
    site = partners(talks(2, "2026-04-01"), talks(1, "2026-04-01", rep="Bo"), talks(1, "2026-06-29", rep="Cy"))
    times = {card.rep: card.tracks[0].gate_times for card in site.reps}
    assert (times["Ann"], times["Bo"], times["Cy"]) == ((), (), ())
    # Nobody else stands behind Zed's own.
    assert [gate.median_days for gate in times["Zed"]] == [30]


def test_under_five_that_moved_on_nobody_is_stalled() -> None:
    rows = [*talks(4, "2026-01-01", signed_after=9), *talks(3, "2024-11-01")]
    site = team_site(team(rows), AS_OF)
    (gate,) = site.rollup.tracks[0].card.gate_times
    assert (gate.median_days, gate.ninth_days, gate.stalled_after, gate.presumed_lost_after) == (None,) * 4
    assert (site.rollup.attention.n_stalled, site.rollup.attention.n_presumed_lost) == (0, 0)


def test_the_days_are_early_while_history_is_short_beside_them() -> None:
    # Ninth 30 days; began 1 January: early up to 44 days later, plain from 45 on.
    early, plain = (
        team_site(team(half_after_a_month()), day).rollup.tracks[0].card.gate_times[0].is_early
        for day in (date(2026, 2, 14), date(2026, 2, 15))
    )
    assert (early, plain) == (True, False)


def test_the_team_lists_the_presumed_lost_first_then_the_stalled_by_value() -> None:
    site = partners(
        talks(1, "2026-04-01", value=90_000),
        talks(1, "2026-03-01", value=10_000, rep="Bo"),
        talks(1, "2026-04-01", value=95_000, rep="Bo"),
        talks(1, "2026-02-01", value=20_000),
    )
    listed = [(one.value, one.presumed_lost) for one in site.rollup.stalled]
    assert listed == [(20_000, True), (10_000, True), (95_000, False), (90_000, False)]
    assert (site.rollup.attention.n_stalled, site.rollup.attention.n_presumed_lost) == (2, 2)
    assert site.rollup.attention.presumed_lost_value == 30_000


def test_the_value_of_the_presumed_lost_is_no_money_where_sales_are_counted() -> None:
    rows = [*half_after_a_month(), *talks(2, "2026-03-01")]
    asked = [target("Ann", track="Partners", annual=6, average=None, counts=True)]
    found = attention_of(team_site(team(rows, asked), AS_OF), "Ann")
    assert (found.n_presumed_lost, found.presumed_lost_value) == (2, 0)


def test_presumed_lost_are_decided_in_the_rates_and_stay_open_on_the_list() -> None:
    site = partners(talks(3, "2026-03-01"), talks(2, "2026-06-29"))
    line = site.rollup.tracks[0].card.conversion[0]
    assert (line.reached, line.moved_on, line.lost_here, line.presumed_lost_here, line.open_here) == (25, 10, 10, 3, 2)
    assert line.to_sale is not None
    assert (line.to_sale.passed, line.to_sale.decided) == (10, 23)
    assert site.rollup.n_open == 5


def test_without_plan_are_those_whose_next_milestone_has_no_planned_day() -> None:
    rows = [
        deal("a", "2026-06-01 - - -", planned="- 2026-07-10 - -", value=1_000),
        deal("b", "2026-06-01 - - -", planned="- - 2026-07-10 -", value=2_000),  # the one after next is planned
        deal("c", "- - - -", value=3_000),
        deal("d", "- - - -", planned="2026-06-01 - - -", value=4_000),  # overdue is a plan
        deal("e", "2026-06-01 - - -", outcome=Outcome.LOST, closed_on="2026-06-02"),
        deal("f", "2026-06-01 2026-06-02 2026-06-03 2026-06-04"),
    ]
    rollup = team_site(team(rows), AS_OF).rollup
    assert [one.id for one in rollup.without_plan] == ["c", "b"]
    assert (rollup.attention.n_without_plan, rollup.attention.n_overdue) == (2, 1)


def test_evidence_is_missing_where_a_completed_milestone_requires_it() -> None:
    proven = Track("Partners", (Milestone("Talks", evidence_required=True), PARTNERS.milestones[1]))
    (bare,) = talks(1, "2026-06-01")
    talked = date(2026, 6, 1)
    filed = replace(
        bare, id="filed", entries=(MilestoneEntry(completed_on=talked, evidence="minutes"), MilestoneEntry())
    )
    waived = replace(bare, id="waived", entries=(MilestoneEntry(waived=True), MilestoneEntry()))
    later = replace(bare, id="later", entries=(MilestoneEntry(completed_on=date(2026, 7, 1)), MilestoneEntry()))
    rollup = team_site(team([bare, filed, waived, later], tracks=[proven]), AS_OF).rollup
    assert [one.id for one in rollup.evidence_missing] == [bare.id]
    assert rollup.evidence_missing[0].evidence_missing == ("Talks",)
    assert rollup.attention.n_evidence_missing == 1


def test_one_opportunity_may_ask_for_several_things() -> None:
    found = attention_of(partners(talks(1, "2026-03-01")), "Ann")
    assert found == Attention(
        n_overdue=0, n_stalled=0, n_presumed_lost=1, presumed_lost_value=50_000, n_without_plan=1, n_evidence_missing=0
    )
