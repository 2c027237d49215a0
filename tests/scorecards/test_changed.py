"""What changed, as pages are given it: published figures, week by week, and nothing of a colleague on a card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from small_team import PARTNERS, deal, target, team

from milestone_reports.domain.opportunity import Opportunity, Outcome
from milestone_reports.domain.team import Assignment, Settings
from milestone_reports.history.snapshots import NO_PAST, Past, Snapshot, identity
from milestone_reports.scorecards.compose import card_of, team_site
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.scorecards.published import NAMES, published_figures
from milestone_reports.scorecards.since import Trend

AS_OF = date(2026, 3, 20)
LAST_WEEK = date(2026, 3, 13)
TWO_WEEKS_AGO = date(2026, 3, 6)
TARGETS = (target("Ann"), target("Ben"))
THEN = (
    deal("1", "2026-02-02 - - -", rep="Ann", value=10_000, created_on="2026-01-05"),
    deal("2", "2026-02-03 - - -", rep="Ann", value=20_000, created_on="2026-01-05"),
    deal("3", "2026-02-04 - - -", rep="Ben", value=40_000, created_on="2026-01-05"),
)


def copy(
    deals: Sequence[Opportunity], as_of: date, past: Past = NO_PAST, targets: Sequence[Assignment] = TARGETS
) -> Snapshot:
    """A copy of the workbook, with the figures that were published from it."""
    read = team(deals, targets)
    site = team_site(read, as_of, past)
    return Snapshot(
        len(past.taken) + 1, as_of, read.week_of(as_of), f"{as_of}.xlsx", read.tracks,
        {identity(one): one for one in deals}, published_figures(site),
    )  # fmt: skip


def site_after(now: Sequence[Opportunity], *copies: Snapshot, targets: Sequence[Assignment] = TARGETS) -> TeamSite:
    return team_site(team(now, targets), AS_OF, Past(copies))


def trend(site: TeamSite, name: str, rep: str = "") -> Trend:
    return next(one for one in site.rollup.changes.trends if one.rep == rep and one.name == name)


# --- what is kept of a week ---


def test_each_name_is_published_of_the_team_and_of_each_rep_on_each_of_their_tracks() -> None:
    partner = deal("4", "- -", rep="Ben", track="Partners")
    figures = published_figures(team_site(team([*THEN, partner], TARGETS), AS_OF))
    assert [(one.rep, one.track, one.name) for one in figures] == [
        (rep, track, name)
        for track, reps in (("New business", ("", "Ann", "Ben")), (PARTNERS.name, ("", "Ben")))
        for rep in reps
        for name in NAMES
    ]


def test_the_published_figures_are_those_of_the_pages() -> None:
    site = team_site(team(THEN, TARGETS), AS_OF)
    said = {(one.rep, one.name): one.value for one in published_figures(site)}
    row = next(row for row in site.rollup.tracks[0].reps if row.rep == "Ann")
    assert (said["Ann", "gap"], said["Ann", "credited_to_date"]) == (row.gap, 2)
    assert (said["Ann", "n_open"], said["Ann", "open_value"]) == (2, 30_000)
    assert (said["", "n_open"], said["", "open_value"]) == (site.rollup.n_open, site.rollup.open_value)
    assert said["", "gap"] == site.rollup.tracks[0].card.pace.gap


def test_a_rep_who_is_still_to_start_has_a_quota_and_no_other_figure() -> None:
    targets = (*TARGETS, target("Cid", start="2026-03-17"))
    said = {(one.rep, one.name): one.value for one in published_figures(team_site(team(THEN, targets), LAST_WEEK))}
    assert {name for name in NAMES if said["Cid", name] is not None} == {"milestones_this_year", "multiplier"}
    site = site_after(THEN, copy(THEN, LAST_WEEK, targets=targets), targets=targets)
    assert site.rollup.changes.set_anew == ()
    assert (trend(site, "done", "Cid").change, trend(site, "done", "Cid").no_change) == (None, "nothing then")


def test_what_a_count_target_has_no_money_for_is_published_as_none() -> None:
    counts = target("Ann", annual=12, average=None, counts=True)
    said = {(one.rep, one.name): one.value for one in published_figures(team_site(team(THEN[:1], [counts]), AS_OF))}
    assert (said["Ann", "open_value"], said["Ann", "revenue_to_date"], said["", "open_value"]) == (None, None, None)


# --- week by week ---


def test_a_week_without_a_copy_is_left_empty_and_never_filled_in() -> None:
    site = site_after(THEN, copy(THEN[:2], TWO_WEEKS_AGO))
    assert trend(site, "n_open").values == (*[None] * 10, 2, None, 3)
    assert [week.has_copy for week in site.rollup.changes.weeks] == [False] * 10 + [True, False, True]


@pytest.mark.parametrize(
    ("copies", "was", "change", "why"),
    [
        ((copy(THEN[:2], LAST_WEEK),), 2, 1, ""),
        ((copy(THEN[:2], TWO_WEEKS_AGO),), None, None, "no copy"),
        ((), None, None, "no copy"),
        ((replace(copy(THEN, LAST_WEEK), figures=()),), None, None, "nothing then"),
    ],
)
def test_a_change_is_since_last_weeks_copy_or_has_a_reason_for_being_none(
    copies: Sequence[Snapshot], was: float | None, change: float | None, why: str
) -> None:
    found = trend(site_after(THEN, *copies), "n_open")
    assert (found.was, found.now, found.change, found.no_change) == (was, 3, change, why)


def test_a_figure_of_the_year_has_no_change_from_one_fiscal_year_to_the_next() -> None:
    december, january = date(2026, 12, 31), date(2027, 1, 8)
    site = team_site(team(THEN, TARGETS), january, Past((copy(THEN, december),)))
    gap, still_open = trend(site, "gap"), trend(site, "n_open")
    assert (gap.change, gap.no_change) == (None, "another year")
    assert (still_open.change, still_open.no_change) == (0, "")


def test_what_was_said_then_stays_as_it_was_said() -> None:
    late = deal("1", "2026-02-02 2026-03-10 - -", rep="Ann", value=10_000, created_on="2026-01-05")
    site = site_after([late, *THEN[1:]], copy(THEN, LAST_WEEK))
    assert (trend(site, "done").was, trend(site, "done").values[-2]) == (0, 0)


def test_a_quota_and_a_multiplier_that_are_not_what_they_were_are_told() -> None:
    more = replace(TARGETS[0], annual_target=1_200_000)
    site = site_after(THEN, copy(THEN, LAST_WEEK), targets=(more, TARGETS[1]))
    # 600,000 / 50,000 * 4 * 2 = 96, and twice that
    assert [(one.rep, one.name, one.was, one.now) for one in site.rollup.changes.set_anew] == [
        ("Ann", "milestones_this_year", 96, 192)
    ]
    settings = Settings(multiplier=3.0)
    dearer = team_site(replace(team(THEN, TARGETS), settings=settings), AS_OF, Past((copy(THEN, LAST_WEEK),)))
    anew = {(one.rep, one.name): (one.was, one.now) for one in dearer.rollup.changes.set_anew}
    assert anew == {
        ("", "multiplier"): (2, 3),
        ("Ann", "milestones_this_year"): (96, 144),
        ("Ben", "milestones_this_year"): (96, 144),
    }
    assert [(one.rep, one.name) for one in card_of(dearer, "Ben").changes.set_anew] == [
        ("", "multiplier"), ("Ben", "milestones_this_year"),
    ]  # fmt: skip


# --- what changed ---


def moved() -> TeamSite:
    """One won, one handed from Ann to Ben, one new."""
    won = replace(
        THEN[0], entries=deal("1", "2026-02-02 2026-03-16 2026-03-17 2026-03-18").entries, outcome=Outcome.WON
    )
    handed = replace(THEN[1], rep="Ben")
    fresh = deal("5", "- - - -", rep="Ann", value=5_000, created_on="2026-03-17")
    return site_after([won, handed, THEN[2], fresh], copy(THEN, LAST_WEEK))


def test_the_reps_flows_add_up_to_the_teams() -> None:
    changes = moved().rollup.changes
    assert changes.since is not None
    flow = changes.since.flow
    assert (flow.start.n, flow.new.n, flow.won.n, flow.end.n) == (3, 1, 1, 3)
    assert [row.rep for row in changes.by_rep] == ["Ann", "Ben"]
    for part in ("start", "new", "won", "end"):
        assert sum(getattr(row.flow, part).n for row in changes.by_rep) == getattr(flow, part).n
    assert sum(row.flow.moved_in.n - row.flow.moved_out.n for row in changes.by_rep) == 0


def test_a_card_never_names_a_colleague_where_something_changed_hands() -> None:
    site = moved()
    ann, ben = card_of(site, "Ann").changes, card_of(site, "Ben").changes
    assert ann.since is not None
    assert ben.since is not None
    assert "Ben" not in repr(ann)
    assert "Ann" not in repr(ben)
    handed = {one.kind: (one.was, one.now) for one in ann.since.changes}
    taken = {one.kind: (one.was, one.now) for one in ben.since.changes}
    assert (handed["reassigned"], taken["reassigned"]) == (("Ann", ""), ("", "Ben"))


def test_what_a_card_does_not_list_any_more_is_not_addressed_there() -> None:
    site = moved()
    ann, ben = card_of(site, "Ann").changes.since, card_of(site, "Ben").changes.since
    assert ann is not None
    assert ben is not None
    assert [one.anchor for one in ann.changes if one.kind == "reassigned"] == [""]
    assert [one.anchor for one in ben.changes if one.kind == "reassigned"] == ["opp-2"]


def test_a_first_copy_has_nothing_to_be_compared_with() -> None:
    site = site_after(THEN)
    changes = site.rollup.changes
    assert (changes.since, changes.by_rep, changes.rewritten, changes.restated, changes.set_anew) == (
        None,
        (),
        (),
        (),
        (),
    )
    assert all(card.changes.since is None for card in site.reps)


def test_past_weeks_that_read_otherwise_stand_with_the_newest_first() -> None:
    first = copy(THEN, TWO_WEEKS_AGO)
    second = copy(THEN, LAST_WEEK, Past((first,)))
    late = deal("1", "2026-02-02 2026-03-03 2026-03-10 -", rep="Ann", value=10_000, created_on="2026-01-05")
    site = site_after([late, *THEN[1:]], first, second)
    assert [(week.week, week.published, week.now) for week in site.rollup.changes.restated] == [
        ("2026-W11", 0, 1), ("2026-W10", 0, 1),
    ]  # fmt: skip
    assert site.rollup.changes.grace_days == Settings().late_entry_grace
