"""Ratios and rates that keep their counts until they are shown, and the interval around a rate.

Must not know what is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

LIKELY = 0.80
"""The interval that pages draw: eight times in ten (method.md §5)."""

DECIDED_TO_SAY = {"next": 8, "sale": 10}
"""Fewer decided cases than this are too early to say (method.md §5)."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A numerator over a denominator, which stay apart until they are shown."""

    part: float  #: above the line
    whole: float  #: below it

    @property
    def value(self) -> float | None:
        """The part over the whole; None when there is nothing to divide by."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of decided cases with its likely range (Wilson 80 %) and its 95 % interval (method.md §5)."""

    passed: int  #: the part, as a count
    decided: int  #: the whole, as a count
    enough: bool
    """Whether there are enough decided cases to say a percentage; otherwise only the counts are shown."""
    likely_low: float  #: where the true rate lies eight times in ten: from
    likely_high: float  #: and to
    low_95: float  #: where it lies 95 times in a hundred: from
    high_95: float  #: and to

    @property
    def value(self) -> float | None:
        """Passed over decided; None when nothing is decided."""
        return self.passed / self.decided if self.decided else None


def wilson_interval(passed: float, decided: float, level: float = 0.95) -> tuple[float, float]:
    """The range in which the true rate lies eight times in ten, or as often as asked, given the cases decided so far.

    Formula: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), with p = passed / decided and z the normal quantile.
    Shape: two numbers, low and high.
    Units: shares, 0 to 1.
    Undefined: nothing decided: the whole of 0 to 1.
    Source: Wilson 1927; method.md §5.
    """
    if decided <= 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = passed / decided
    centre = share + z * z / (2 * decided)
    spread = z * sqrt(share * (1 - share) / decided + z * z / (4 * decided * decided))
    scale = 1 + z * z / decided
    low = 0.0 if passed == 0 else (centre - spread) / scale
    high = 1.0 if passed == decided else (centre + spread) / scale
    return max(low, 0.0), min(high, 1.0)


def rate(passed: int, decided: int, enough_from: int) -> Rate:
    """The rate with both of its intervals; `enough` from `enough_from` decided cases on."""
    return Rate(
        passed,
        decided,
        decided >= enough_from,
        *wilson_interval(passed, decided, LIKELY),
        *wilson_interval(passed, decided),
    )
