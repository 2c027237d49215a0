"""The manager's list: who stands where in it, how sure each entry is, and what a rep's own card may say of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from one_gate import talks
from small_team import target, team

from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Assignment
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.insights import Coaching, Focus
from milestone_reports.scorecards.pages import TrackCard

AS_OF = date(2026, 6, 30)
EVERYONE = ("Ann", "Bo", "Cy", "Di")


def results(rep: str, passed: int, decided: int, *, began: str = "2026-03-02") -> list[Opportunity]:
    """So many decided in a month, so many of them signed."""
    return [
        *talks(passed, began, signed_after=20, rep=rep),
        *talks(decided - passed, began, lost_after=25, rep=rep),
    ]


def targets(*reps: str) -> list[Assignment]:
    return [target(rep, track="Partners", annual=600_000) for rep in reps]


def track_of(
    rows: Sequence[Opportunity], asked: Sequence[Assignment] = (), *, as_of: date = AS_OF, rep: str = ""
) -> TrackCard:
    site = team_site(team(rows, asked), as_of)
    cards = [card.tracks for card in site.reps if card.rep == rep] if rep else [[t.card for t in site.rollup.tracks]]
    return next(track for track in cards[0] if track.track == "Partners")


def coaching(rows: Sequence[Opportunity], asked: Sequence[Assignment] = (), *, as_of: date = AS_OF) -> list[Coaching]:
    return list(track_of(rows, asked, as_of=as_of).coaching)


def focus(rows: Sequence[Opportunity], rep: str) -> Focus:
    found = track_of(rows, rep=rep).focus
    assert found is not None
    return found


def test_an_entry_has_its_counts_and_what_the_gap_is_worth() -> None:
    rows = [*results("Ann", 2, 12), *(row for rep in EVERYONE[1:] for row in results(rep, 9, 12))]
    rows += talks(3, "2026-06-20", rep="Ann")
    (entry,) = coaching(rows, targets(*EVERYONE))
    assert (entry.rep, entry.milestone, entry.next_milestone) == ("Ann", "Talks", "Signed")
    assert (entry.passed, entry.decided, entry.waiting) == (2, 12, 3)
    assert (entry.rest.passed, entry.rest.decided) == (27, 36)
    # 15 talks since 2 March, 120 days before: 15 x 365 / 120 a year. The others' rate (27 + .5) / (36 + 1).
    rest = 27.5 / 37
    assert entry.entered_a_year == pytest.approx(15 * 365 / 120)
    assert entry.shrunken == pytest.approx((2 + entry.spread * rest) / (12 + entry.spread))
    assert entry.contracts == pytest.approx(15 * 365 / 120 * (rest - entry.shrunken))
    assert entry.money == pytest.approx(entry.contracts * 50_000)


def test_the_list_is_ranked_by_what_the_gaps_are_worth() -> None:
    rows = [*results("Ann", 5, 10), *results("Bo", 8, 40), *results("Cy", 36, 40), *results("Di", 36, 40)]
    found = coaching(rows)
    # Bo has the larger gap and four times the talks.
    assert [entry.rep for entry in found] == ["Bo", "Ann"]
    assert found[0].contracts > found[1].contracts


def test_who_has_too_few_decided_or_no_gap_is_not_on_the_list() -> None:
    rows = [*results("Ann", 0, 7), *(row for rep in EVERYONE[1:] for row in results(rep, 7, 10))]
    assert [entry.rep for entry in coaching(rows)] == []
    (own,) = track_of(rows, rep="Ann").coaching
    # The counts are on Ann's card.
    assert (own.passed, own.decided, own.ending) == (0, 7, "too few to say")


@pytest.mark.parametrize(
    ("as_of", "ending"),
    [
        (date(2026, 5, 20), "new, watch"),  # lost on 20 May; at the ends of March and April nothing was decided
        (date(2026, 5, 31), "new, watch"),  # flagged at the end of May, not at April's
        (date(2026, 6, 29), "new, watch"),  # the last two month-ends are still April's and May's
        (date(2026, 6, 30), "coach here"),  # the day itself is a month-end: May and June
        (date(2026, 7, 14), "coach here"),
    ],
)
def test_an_entry_is_confirmed_at_two_month_ends_in_a_row(as_of: date, ending: str) -> None:
    rows = [*results("Ann", 0, 14, began="2026-04-25"), *(row for r in EVERYONE[1:] for row in results(r, 18, 24))]
    assert [(entry.rep, entry.ending) for entry in coaching(rows, as_of=as_of)] == [("Ann", ending)]


def test_a_flag_that_is_gone_ends_in_may_be_chance() -> None:
    # Of Ann's ten losses none is followed by another: seventeen signed in June, and 17 of 27 is close to 54 of 72.
    rows = [*results("Ann", 0, 10, began="2026-03-02"), *talks(17, "2026-06-01", signed_after=10, rep="Ann")]
    rows += [row for rep in EVERYONE[1:] for row in results(rep, 18, 24)]
    assert [entry.ending for entry in coaching(rows, as_of=date(2026, 5, 31))] == ["coach here"]
    assert [entry.ending for entry in coaching(rows, as_of=date(2026, 6, 30))] == ["may be chance"]


def test_what_was_decided_more_than_a_year_ago_is_not_counted() -> None:
    old = results("Ann", 0, 14, began="2025-04-01")
    rows = [*old, *results("Ann", 6, 8), *(row for rep in EVERYONE[1:] for row in results(rep, 9, 12))]
    (own,) = track_of(rows, rep="Ann").coaching
    assert (own.passed, own.decided) == (6, 8)


def test_a_gate_is_counted_from_the_day_after_a_year_ago_on() -> None:
    # Lost 25 days after their talks: on 30 June and on 1 July 2025, 365 and 364 days ago.
    rows = [*talks(3, "2025-06-05", lost_after=25), *talks(4, "2025-06-06", lost_after=25)]
    rows += [row for rep in EVERYONE[1:] for row in results(rep, 9, 12)]
    (own,) = track_of(rows, rep="Ann").coaching
    assert own.decided == 4


@pytest.mark.parametrize(("n_reps", "shows"), [(2, False), (3, False), (4, True)])
def test_with_fewer_than_three_others_a_card_shows_no_team_figure(n_reps: int, shows: bool) -> None:
    reps = EVERYONE[:n_reps]
    rows = [*results("Ann", 2, 12), *(row for rep in reps[1:] for row in results(rep, 9, 12))]
    track = track_of(rows, rep="Ann")
    assert bool(track.coaching) == (track.focus is not None) == shows
    assert all((line.rest_to_next is not None) == shows for line in track.conversion[:-1])
    assert all((line.rest_to_sale is not None) == shows for line in track.conversion[:-1])
    # The manager's page has it all the same.
    assert [entry.rep for entry in coaching(rows)] == ["Ann"]


def test_a_rep_without_opportunities_is_no_other() -> None:
    rows = [*results("Ann", 2, 12), *results("Bo", 9, 12), *results("Cy", 9, 12)]
    made = team_site(team(rows, targets("Ann", "Bo", "Cy", "Di")), AS_OF)
    assert [card.tracks[0].coaching for card in made.reps] == [()] * 4


def test_a_lone_rep_has_rates_and_no_value() -> None:
    assert coaching(results("Ann", 2, 12)) == []
    assert track_of(results("Ann", 2, 12), rep="Ann").focus is None


def test_a_track_that_counts_sales_has_no_money_at_stake() -> None:
    rows = [*results("Ann", 2, 12), *(row for rep in EVERYONE[1:] for row in results(rep, 9, 12))]
    asked = [target(rep, track="Partners", annual=6, average=None, counts=True) for rep in EVERYONE]
    assert [entry.money for entry in coaching(rows, asked)] == [None]
    # Nor has a rep whom nobody gave a number: it is the track that counts them.
    assert [entry.money for entry in coaching(rows, asked[1:])] == [None]


def test_without_a_target_a_contract_is_worth_what_sales_were_worth() -> None:
    rows = [*results("Ann", 2, 12), *(row for rep in EVERYONE[1:] for row in results(rep, 9, 12))]
    (entry,) = coaching(rows)
    assert entry.money == pytest.approx(entry.contracts * 50_000)


def test_the_strength_is_where_a_rep_is_above_the_rest() -> None:
    rows = [*results("Ann", 11, 12), *(row for rep in EVERYONE[1:] for row in results(rep, 6, 12))]
    found = focus(rows, "Ann")
    assert found.lever is None
    assert found.strength is not None
    assert (found.strength.passed, found.strength.decided) == (11, 12)
    of_bo = focus(rows, "Bo")
    assert of_bo.strength is None
    assert of_bo.lever is not None


@pytest.mark.parametrize("passed", [0, 3, 7, 10])
def test_who_is_as_good_as_the_rest_has_no_strength(passed: int) -> None:
    rows = [row for rep in EVERYONE for row in results(rep, passed, 10)]
    assert all(focus(rows, rep).strength is None for rep in EVERYONE)


def test_false_flags_are_the_chances_that_the_flagged_are_not_below() -> None:
    rows = [*results("Ann", 0, 14), *(row for rep in EVERYONE[1:] for row in results(rep, 18, 24))]
    track = next(t for t in team_site(team(rows), AS_OF).rollup.tracks if t.card.track == "Partners")
    (entry,) = track.card.coaching
    assert entry.ending == "coach here"
    assert track.false_flags == pytest.approx(1 - entry.chance_below)
