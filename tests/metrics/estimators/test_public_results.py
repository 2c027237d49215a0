"""Results that nobody here computed, with where they were published or by what they are computed."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from statsmodels.duration.survfunc import CumIncidenceRight

from milestone_reports.metrics.estimators.gates import GateCurve, gate_curve
from milestone_reports.metrics.rates import wilson_interval


@pytest.mark.parametrize(
    ("passed", "decided", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_is_method_3_of_newcombe_1998(passed: int, decided: int, low: float, high: float) -> None:
    """Newcombe, R. G. (1998): Two-sided confidence intervals for the single proportion: comparison of seven methods.

    Statistics in Medicine 17, 857-872, Table I, method 3 (score, no continuity correction), four decimals.
    """
    assert wilson_interval(passed, decided) == pytest.approx((low, high), abs=5e-5)


def test_a_curve_is_that_of_r_and_its_variance_that_of_stata() -> None:
    """R's cmprsk::cuminc and Stata's stcompet, as quoted by the tests of statsmodels (duration, test_incidence).

    There are three causes there; the second and third are one here.
    """
    days = [1, 1, 2, 4, 4, 4, 6, 6, 7, 8, 9, 9, 9, 1, 2, 2, 4, 4]
    cause = [1, 1, 1, 2, 2, 2, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    curve = gate_curve(np.array(days), np.minimum(cause, 2))
    assert list(curve.days) == [1, 2, 4, 6, 7]
    assert curve.moved_on == pytest.approx([0.11111111, 0.17037037, 0.17037037, 0.17037037, 0.17037037], abs=5e-9)
    # The second cause .20740741 from day 4 on, the third .17777778 on day 6 and .26666667 from day 7 on.
    assert curve.lost == pytest.approx([0, 0, 0.20740741, 0.38518519, 0.47407408], abs=2e-8)
    assert np.sqrt(curve.variance) == pytest.approx(0.08976251, abs=5e-9)


def stays(rng: np.random.Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Stays on so few different days that most are tied; some of 0 days, some sets with one kind of end missing."""
    n = int(rng.integers(1, 30)) if rng.random() < 0.7 else int(rng.integers(30, 400))
    days = rng.integers(0, rng.choice([3, 10, 40, 120]), size=n)
    return days, rng.choice(3, size=n, p=rng.dirichlet([1, 1, 1]))


def assert_same(curve: GateCurve, days: NDArray[np.int64], ended: NDArray[np.int64]) -> bool:
    """One data set against statsmodels, whose grid has the open ones' days too; whether its variance could be compared.

    Its survival is a running sum of logarithms, and its variance is not a number once nobody is left.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        other = CumIncidenceRight(days, ended)
    at = np.searchsorted(other.times, curve.days)
    nothing = np.zeros(len(other.times))
    moved_on, lost = (*other.cinc, nothing, nothing)[:2]
    np.testing.assert_allclose(curve.moved_on, moved_on[at], rtol=0, atol=1e-10)
    np.testing.assert_allclose(curve.lost, lost[at], rtol=0, atol=1e-10)
    if not curve.n_moved_on or not np.isfinite(other.cinc_se[0][-1]):
        return False
    np.testing.assert_allclose(curve.variance, other.cinc_se[0][-1] ** 2, rtol=0, atol=1e-10)
    return True


def test_curves_and_variances_are_those_of_statsmodels_on_2000_data_sets_with_ties() -> None:
    rng = np.random.default_rng(1978)
    n_tied = n_variances = 0
    for _ in range(2000):
        days, ended = stays(rng)
        n_tied += len(np.unique(days)) < len(days)
        n_variances += assert_same(gate_curve(days, ended), days, ended)
    assert n_tied > 1500
    assert n_variances > 500
