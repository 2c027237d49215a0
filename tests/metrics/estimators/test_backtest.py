"""The forecast made again at past month-ends, beside what came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from histories import made_up, row

from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.metrics.estimators.backtest import backtest, backtest_summary, month_ends
from milestone_reports.metrics.estimators.cohort import history


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def regular(*, value: float | None = 1000) -> list[Opportunity]:
    """On the first of each month of 2024 four start: one is sold after 20 days, one after 50, two lost after 40."""
    return [
        row(f"{first} {sold}", lost, value=value)
        for first in (date(2024, month, 1) for month in range(1, 13))
        for sold, lost in (
            (date.fromordinal(first.toordinal() + 20), ""),
            (date.fromordinal(first.toordinal() + 50), ""),
            ("-", str(date.fromordinal(first.toordinal() + 40))),
            ("-", str(date.fromordinal(first.toordinal() + 40))),
        )
    ]


def test_month_ends_have_half_a_year_before_and_the_horizon_behind_them() -> None:
    # 30 June 2024 is 181 days after New Year's Day, 1 July would be 182; 90 days after 30 September is 29 December.
    ends = month_ends(day("2024-12-31"), 90, day("2024-01-01"))
    assert [str(date.fromordinal(end)) for end in ends] == ["2024-07-31", "2024-08-31", "2024-09-30"]
    assert month_ends(day("2024-12-28"), 90, day("2024-01-01"))[-1] == day("2024-08-31")
    assert month_ends(day("2024-12-31"), 0, day("2024-01-01"))[-1] == day("2024-12-31")
    assert month_ends(day("2024-12-31"), 90, day("2024-08-01")) == ()


def test_at_most_the_last_twelve_month_ends_are_taken() -> None:
    ends = month_ends(day("2024-12-31"), 90, day("2019-01-01"))
    assert (len(ends), ends[0], ends[-1]) == (12, day("2023-10-31"), day("2024-09-30"))


def test_a_forecast_stands_beside_what_came() -> None:
    found, *_ = backtest(history(regular(), 2), 24, [day("2024-09-30")], 90)
    # Of August's, the sale after 50 days came on 20 September; of September's, three are open: 29 days old. Of the
    # open ones one came. In the 90 days to 29 December: September's second, and both of October and November
    # (20 November + 30 = 21 December), and December's first on 21 December.
    assert found.n_open == 3
    assert found.contracts.pipeline_came == 1
    assert found.contracts.total_came == 1 + 2 + 2 + 1
    assert found.revenue is not None
    assert found.revenue.total_came == 6000
    # Fewer are still to be sold than to be lost after 29 days: a third.
    assert found.contracts.pipeline == pytest.approx(1, abs=0.05)
    assert found.revenue.pipeline == pytest.approx(1000 * found.contracts.pipeline)
    assert found.contracts.inside


def test_what_is_dated_after_the_month_end_does_not_move_its_forecast() -> None:
    end = day("2024-09-30")
    before, *_ = backtest(history(regular(), 2), 24, [end], 90)
    more = [*regular(), row("2024-10-02 2024-10-03"), row("2024-11-01 -", "2024-11-02")]
    after, *_ = backtest(history(more, 2), 24, [end], 90)
    assert after.contracts.total_came == before.contracts.total_came + 1
    assert replace(after.contracts, total_came=0) == replace(before.contracts, total_came=0)
    assert after.bins == before.bins


def test_without_values_it_is_shown_in_contracts() -> None:
    ends = backtest(history(regular(value=None), 2), 24, [day("2024-08-31"), day("2024-09-30")], 90)
    assert [end.revenue for end in ends] == [None, None]
    valued = backtest(history(regular(), 2), 24, [day("2024-08-31"), day("2024-09-30")], 90)
    assert backtest_summary(ends, in_money=False) == backtest_summary(valued, in_money=False)
    assert backtest_summary(ends, in_money=True).total.value is None


def test_month_ends_whose_gates_had_seen_too_little_are_skipped_and_counted() -> None:
    # By the end of February two were sold after 20 days, one after 50, and two were lost: under 5 and under 10.
    ends = backtest(history(regular(), 2), 24, [day("2024-02-29"), day("2024-08-31"), day("2024-09-30")], 90)
    assert [end.is_usable for end in ends] == [False, True, True]
    summary = backtest_summary(ends, in_money=True)
    assert (summary.n_ends, summary.n_skipped) == (2, 1)
    assert summary == replace(backtest_summary(ends[1:], in_money=True), n_skipped=1)


def test_no_month_end_gives_an_empty_summary() -> None:
    summary = backtest_summary(backtest(history(regular(), 2), 24, [], 90), in_money=True)
    assert (summary.n_ends, summary.brier, summary.pipeline.value, summary.n_inside) == (0, None, None, 0)
    assert [part.predicted for part in summary.bins] == [None] * 5


def test_the_summary_adds_up_its_month_ends() -> None:
    opportunities = made_up(5, 600, 3, tidy=True)
    ends = backtest(history(opportunities, 3), 24, month_ends(day("2025-01-31"), 90, day("2023-01-01")), 90)
    assert len(ends) == 12
    summary = backtest_summary(ends, in_money=False)
    used = [end for end in ends if end.is_usable]
    assert summary.pipeline.part == pytest.approx(sum(end.contracts.pipeline for end in used))
    assert sum(part.n for part in summary.bins) == sum(end.n_open for end in used)
    # The open ones' chances are the pipeline in contracts, and those of them that were won are what came of it.
    assert sum(part.expected for part in summary.bins) == pytest.approx(summary.pipeline.part)
    assert sum(part.won for part in summary.bins) == summary.pipeline.whole
    assert all(part.low <= part.predicted <= part.high for part in summary.bins if part.predicted is not None)
    assert summary.brier == pytest.approx(np.average([e.brier for e in used], weights=[e.n_open for e in used]))
