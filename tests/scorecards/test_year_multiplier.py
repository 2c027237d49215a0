"""The multiplier of a fiscal year: measured once, from what was known when it began, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from one_gate import half_after_a_month, talks
from small_team import deal, target, team

from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Settings
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.insights import YearMultiplier
from milestone_reports.scorecards.pages import TeamSite

ASKED = [target(track="Partners", annual=600_000)]
# Decided by the end of 2025: 10 talks, 5 of them signed. (15 + 2 x 2 x 5) / (2 (5 + 5)) = 1.75.
OF_2025 = (*talks(5, "2025-09-01", signed_after=20), *talks(5, "2025-09-01", lost_after=20))


def site(
    rows: Sequence[Opportunity], as_of: date = date(2026, 6, 30), *, typed: float | None = None, starts: int = 1
) -> TeamSite:
    return team_site(team(rows, ASKED, settings=Settings(multiplier=typed, fiscal_year_starts=starts)), as_of)


def multiplier(
    rows: Sequence[Opportunity], as_of: date = date(2026, 6, 30), *, typed: float | None = None, starts: int = 1
) -> YearMultiplier:
    tracks = site(rows, as_of, typed=typed, starts=starts).rollup.tracks
    return next(track.card.multiplier for track in tracks if track.card.track == "Partners")


def test_with_no_history_it_is_two() -> None:
    found = multiplier([])
    assert (found.value, found.label, found.sales, found.decided) == (2, "assumed", 0, (0, 0))
    assert (found.low_95, found.high_95) == (None, None)
    assert found.per_contract == pytest.approx((3, 1))
    assert found.would_be == 2


def test_it_is_measured_by_what_was_decided_before_the_year() -> None:
    found = multiplier(OF_2025)
    assert (found.value, found.label, found.decided, found.sales) == (1.75, "mixed", (10, 5), 5)
    # (10 + 5 x 3) / (5 + 5) talks to a contract.
    assert found.per_contract == pytest.approx((2.5, 1))
    assert found.counted_to == date(2025, 12, 31)
    assert found.low_95 is not None
    assert found.high_95 is not None
    assert found.low_95 < 1.75 < found.high_95


def test_what_this_year_decides_moves_what_it_would_be_and_not_what_it_is() -> None:
    found = multiplier([*OF_2025, *talks(10, "2026-02-02", lost_after=20)])
    assert (found.value, found.decided) == (1.75, (10, 5))
    # (20 + 5 + 20) / (2 x 10).
    assert (found.would_be, found.would_be_sales) == (2.25, 5)


def test_it_is_the_same_on_every_day_of_the_year() -> None:
    rows = [*OF_2025, *half_after_a_month("2026-01-02"), *talks(30, "2026-04-01", lost_after=1)]
    days = [date(2026, 1, 1), date(2026, 4, 2), date(2026, 12, 31)]
    assert {multiplier(rows, day).value for day in days} == {1.75}
    # 20 and 30 more decided, 10 of them signed: (60 + 15 + 20) / (2 (15 + 5)) from 2 April on.
    assert [multiplier(rows, day).would_be for day in days] == [1.75, 95 / 40, 95 / 40]
    # The first day of the next year takes that over.
    assert multiplier(rows, date(2027, 1, 1)).value == 95 / 40


@pytest.mark.parametrize(("signed_after", "sales"), [(30, 1), (31, 0)])
def test_the_last_day_before_the_year_counts_and_its_first_does_not(signed_after: int, sales: int) -> None:
    found = multiplier(talks(1, "2025-12-01", signed_after=signed_after))  # 31 December, 1 January
    assert found.sales == sales


def test_the_presumed_lost_of_that_day_are_decided() -> None:
    # Stalled after 60 days, presumed lost after 120: 121 and 120 days before 31 December 2025.
    rows = [*half_after_a_month("2025-03-01"), *talks(3, "2025-09-01"), *talks(4, "2025-09-02")]
    assert multiplier(rows).decided == (20 + 3, 10)


def test_what_began_over_two_years_before_is_no_longer_counted() -> None:
    rows = [*talks(5, "2023-12-31", signed_after=9), *talks(5, "2024-01-01", signed_after=9)]
    assert multiplier(rows).sales == 5


def test_a_fiscal_year_from_july_is_measured_to_the_end_of_june() -> None:
    rows = [*OF_2025, *talks(10, "2026-06-01", lost_after=29)]
    found = multiplier(rows, date(2026, 8, 1), starts=7)
    assert (found.counted_to, found.value) == (date(2026, 6, 30), 2.25)
    # On that day itself the old year still runs: measured to June 2025, nothing was there.
    before = multiplier(rows, date(2026, 6, 30), starts=7)
    assert (before.counted_to, before.value, before.would_be) == (date(2025, 6, 30), 2, 2.25)


def test_one_typed_in_the_settings_is_used_and_what_history_says_stands_beside_it() -> None:
    found = multiplier(OF_2025, typed=3)
    assert (found.value, found.label, found.sales) == (3, "set", 0)
    assert (found.low_95, found.high_95) == (None, None)
    # Six milestones to a contract, of which one is the sale.
    assert found.per_contract == pytest.approx((5, 1))
    assert (found.would_be, found.would_be_sales) == (1.75, 5)


def test_quotas_are_made_with_it() -> None:
    (card,) = site(OF_2025).reps
    quota = card.tracks[0].quota
    assert quota is not None
    # 12 contracts, two milestones, 1.75 times: 42 a year, 30 talks and 12 signed.
    assert (quota.multiplier, quota.multiplier_is, quota.required_milestones_a_year) == (1.75, "mixed", 42)
    assert [stage.required_a_year for stage in quota.stage_quotas] == pytest.approx([30, 12])


def test_a_week_of_the_next_fiscal_year_is_planned_by_what_is_known_now() -> None:
    rows = [*OF_2025, *talks(10, "2026-02-02", lost_after=20)]
    made = site(rows, date(2026, 12, 30))
    # This week by 1.75: 42 / 48; next week, 4 to 10 January, by 2.25: 54 / 48.
    assert made.rollup.this_week.target == pytest.approx(42 / 48)
    assert made.rollup.next_week.target == pytest.approx(54 / 48)


def test_each_track_has_its_own() -> None:
    rows = [
        *OF_2025,
        *(deal(f"n{i}", "2025-03-01 2025-03-02 2025-03-03 2025-03-04") for i in range(5)),
        *(deal(f"m{i}", "2025-03-01 2025-03-02 2025-03-03 2025-03-04", rep="Bo") for i in range(15)),
    ]
    found = {track.card.track: track.card.multiplier for track in site(rows).rollup.tracks}
    assert found["Partners"].value == 1.75
    # Twenty contracts of four milestones each: (80 + 2 x 4 x 5) / (4 (20 + 5)).
    assert (found["New business"].value, found["New business"].label) == (1.2, "measured")


def test_who_has_three_sales_sees_a_range() -> None:
    assert multiplier(talks(2, "2025-09-01", signed_after=9)).low_95 is None
    assert multiplier(talks(3, "2025-09-01", signed_after=9)).low_95 is not None
