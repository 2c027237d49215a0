"""Ratios that keep their parts, and the interval around a rate."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_reports.metrics.rates import DECIDED_TO_SAY, Ratio, rate, wilson_interval


@pytest.mark.parametrize(
    ("passed", "decided", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(passed: int, decided: int, low: float, high: float) -> None:
    # Newcombe 1998, Statistics in Medicine 17, table I, method 3.
    assert wilson_interval(passed, decided) == pytest.approx((low, high), abs=5.1e-5)


@pytest.mark.parametrize(
    ("passed", "decided", "expected"),
    [
        (0, 10, (0.0, 0.27753279986288926)),
        (10, 10, (0.7224672001371106, 1.0)),
        (7.35, 29.4, (0.12888192784407054, 0.4288992128906837)),
    ],
)
def test_the_interval_is_that_of_the_reference_cases(
    passed: float, decided: float, expected: tuple[float, float]
) -> None:
    assert wilson_interval(passed, decided) == pytest.approx(expected, abs=1e-9)


def test_the_likely_range_is_eight_times_in_ten() -> None:
    # 5 of 10 with z = 1.2815515655: (.5 +- z sqrt(.025 + z^2/400) / (1 + z^2/10)); the middle stays at one half.
    z = 1.2815515655446004
    half = z * sqrt(0.025 + z * z / 400) / (1 + z * z / 10)
    found = rate(5, 10, 10)
    assert (found.likely_low, found.likely_high) == pytest.approx((0.5 - half, 0.5 + half))
    assert (found.low_95, found.high_95) == pytest.approx(wilson_interval(5, 10, 0.95))


def test_nothing_decided_is_no_rate_and_the_whole_range() -> None:
    found = rate(0, 0, 8)
    assert found.value is None
    assert not found.enough
    assert (found.low_95, found.high_95) == (0, 1)


def test_ten_decided_say_a_rate_to_the_sale_and_eight_one_to_the_next_milestone() -> None:
    assert DECIDED_TO_SAY == {"next": 8, "sale": 10}
    assert [rate(3, n, 8).enough for n in (7, 8)] == [False, True]


def test_a_ratio_has_no_value_without_a_whole() -> None:
    assert Ratio(3, 4).value == 0.75
    assert Ratio(3, 0).value is None


@given(decided=st.integers(1, 5000), share=st.floats(0, 1))
def test_the_ranges_lie_in_nought_to_one_around_the_rate_the_likely_inside_the_wider(
    decided: int, share: float
) -> None:
    found = rate(round(share * decided), decided, 10)
    assert found.value is not None
    assert 0 <= found.low_95 <= found.likely_low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.likely_high <= found.high_95 <= 1
