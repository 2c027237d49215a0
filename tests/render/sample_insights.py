"""What a made-up team's history teaches: by a fixed arithmetic, plausible and consistent enough to lay out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from milestone_reports.scorecards.figures import ExpectedRate, Rate
from milestone_reports.scorecards.insights import (
    AverageContract,
    Backtest,
    BacktestMonth,
    Coaching,
    Demand,
    Ending,
    Focus,
    Forecast,
    GateTime,
    Lever,
    PlanMonth,
    QuarterCohort,
    Range,
    ReliabilityBin,
    SourceRow,
    StageDriver,
    WhatIf,
    YearMultiplier,
)

MILESTONES = ("Qualification", "Discovery", "Proof", "Contract")
REPS = ("Priya Raman", "Tomás Ferreira", "Marcus Webb", "Daniel Okafor", "Claire Dubois", "Anna Lindqvist")
MONTH_ENDS = (
    date(2025, 8, 31), date(2025, 9, 30), date(2025, 10, 31), date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31),
    date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31),
)  # fmt: skip


def rate(passed: int, decided: int, least: int = 8) -> Rate:
    """A rate with a range that is about right."""
    share = passed / decided if decided else 0.5
    half = 1.28 * (share * (1 - share) / max(decided, 1)) ** 0.5 if decided else 0.5
    low, high = max(share - half, 0.0), min(share + half, 1.0)
    return Rate(passed, decided, decided >= least, low, high, max(share - 1.5 * half, 0), min(share + 1.5 * half, 1))


def expected(value: float, effective: float = 60.0) -> ExpectedRate:
    """A rate to come, 5 points either way."""
    low, high = max(value - 0.05, 0.0), min(value + 0.05, 1.0)
    return ExpectedRate(value, effective, "plain", low, high, max(low - 0.02, 0), min(high + 0.02, 1))


def nothing_decided() -> ExpectedRate:
    """A rate of which nothing can be said yet."""
    return ExpectedRate(None, 0.0, "too early", None, None, None, None)


def multiplier(**changes: object) -> YearMultiplier:
    """Measured at the year's start by 37 sales."""
    made = YearMultiplier(
        value=2.0, label="mixed", likely_low=1.8, likely_high=2.4, low_95=1.7, high_95=2.6,
        decided=(54, 38, 27, 17), sales=17,
        counted_to=date(2025, 12, 31), per_contract=(3.297, 2.215, 1.488, 1.0), would_be=2.12, would_be_sales=41,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def average_contract() -> AverageContract:
    """Assumed 50,000, observed a little less."""
    return AverageContract(50_000.0, 46_500.0, 31, 12.0, 12.9)


def gate_times() -> tuple[GateTime, ...]:
    """The team's days at its three gates."""
    return tuple(
        GateTime(MILESTONES[gate], MILESTONES[gate + 1], 60 - 15 * gate, 20 + 4 * gate, 44 + 9 * gate, 51.5, 103.0,
                 gate, 2 - gate, is_early=gate == 2)
        for gate in range(3)
    )  # fmt: skip


def forecasts(scale: int = 1) -> tuple[Forecast, ...]:
    """To the month's and the quarter's end; the year ends with the quarter."""
    horizons = (
        ("month", date(2026, 11, 30), 0.3),
        ("quarter", date(2026, 12, 31), 1.2),
        ("year", date(2026, 12, 31), 1.2),
    )
    return tuple(
        Forecast(
            until=until, ends_on=ends_on, basis="history",  # type: ignore[arg-type]
            contracts=Range(n * scale, 0.4 * n * scale, 1.8 * n * scale), contracts_open=0.9 * n * scale,
            contracts_new=0.1 * n * scale, contracts_done=8 * scale,
            revenue=Range(48e3 * n * scale, 20e3 * n * scale, 90e3 * n * scale), revenue_open=43e3 * n * scale,
            revenue_new=5e3 * n * scale, revenue_done=384e3 * scale,
            drivers=tuple(
                StageDriver(MILESTONES[gate], 4 * scale, 160e3 * scale, 0.3 * n * scale, 14e3 * n * scale)
                for gate in range(3)
            ),
            n_without_value=int(scale > 1),
        )
        for until, ends_on, n in horizons
    )  # fmt: skip


def coaching(index: int, ending: Ending, *, gate: int = 2, passed: int = 6, decided: int = 17) -> Coaching:
    """One rep at one gate."""
    name = REPS[index]
    return Coaching(
        rep=name, rep_slug=name.lower().replace(" ", "-").replace("á", "a"), track="New business",
        milestone=MILESTONES[gate], next_milestone=MILESTONES[gate + 1], passed=passed, decided=decided,
        rate=rate(passed, decided), rest=rate(57, 100), shrunken=0.47, chance_below=0.83, waiting=4,
        entered_a_year=18.0, gap_counted=0.1, later_rate=0.78,
        contracts=1.4 - 0.2 * index, money=68_000.0 - 10_000 * index, ending=ending,
    )  # fmt: skip


def ranked() -> tuple[Coaching, ...]:
    """The manager's list."""
    return (
        coaching(1, "coach here"),
        coaching(2, "new, watch", gate=0, passed=9, decided=22),
        coaching(3, "may be chance", gate=1, passed=10, decided=19),
        coaching(4, "may be chance"),
    )


def own_gates() -> tuple[Coaching, ...]:
    """One rep at each gate."""
    few = replace(coaching(0, "too few to say", passed=3, decided=5), contracts=0.0, money=0.0)
    return (coaching(0, "may be chance", gate=0, passed=28, decided=36), coaching(0, "new, watch", gate=1), few)


def focus() -> Focus:
    """One lever and one strength."""
    first, second, _ = own_gates()
    return Focus(lever=second, strength=replace(first, contracts=0.0, money=0.0))


def backtest() -> Backtest:
    """A year of forecasts, ten of twelve inside."""
    months = tuple(
        BacktestMonth(on, 500e3 + 9e3 * n, 250e3, 760e3, 470e3 + 31e3 * n, inside=n < 10)
        for n, on in enumerate(MONTH_ENDS)
    )
    bins = (
        (0.0, 0.1, 60, 0.04, 0.05),
        (0.1, 0.25, 40, 0.18, 0.15),
        (0.25, 0.5, 33, 0.36, 0.33),
        (0.5, 0.75, 20, 0.61, 0.55),
    )
    return Backtest(
        n_days=90, in_money=True, months=months, forecast=sum(m.forecast for m in months),
        actual=sum(m.actual for m in months), n_inside=10, n_without_history=0, brier=0.14,
        reliability=(*(ReliabilityBin(*one) for one in bins), ReliabilityBin(0.75, 1.0, 0, None, None)),
    )  # fmt: skip


def demand(**changes: object) -> Demand:
    """Needed, with time left."""
    made = Demand(
        says="needed", first_milestone="Qualification", ends_on=date(2026, 12, 31), still_needed=420_000.0,
        in_money=True, a_month=14.2, a_month_for_80=18.9, steady_a_month=12.5, recent_a_month=11.0,
        half_within_days=71, most_within_days=112, last_useful_on=date(2026, 12, 3), safe_on=date(2026, 11, 24),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def sources() -> tuple[SourceRow, ...]:
    """Three sources, one of them not named."""
    return (
        SourceRow("Referral", 80, 22, 42, 8, 8, rate(22, 72, 10), 1_240_000.0, 15_500.0, 82.0, ()),
        SourceRow("Trade fair", 60, 9, 40, 3, 8, rate(9, 52, 10), 430_000.0, 7_167.0, 71.0, ()),
        SourceRow("", 9, 0, 3, 0, 6, rate(0, 3, 10), 0.0, None, None, ()),
    )


def quarters() -> tuple[QuarterCohort, ...]:
    """Two quarters, the second still young."""
    return (
        QuarterCohort("2026-Q3", date(2026, 7, 1), (60, 44, 27, 13), 33, 4, 10, rate(13, 50, 10), ()),
        QuarterCohort("2026-Q4", date(2026, 10, 1), (36, 19, 3, 0), 3, 0, 33, rate(0, 3, 10), ()),
    )


def plan() -> tuple[PlanMonth, ...]:
    """Twelve months, ten gone by."""
    return tuple(
        PlanMonth(
            first_on=date(2026, month, 1), milestones_required=64.0, milestones_done=60 - month if month < 12 else 0,
            milestones_expected=None if month < 11 else 30.0, contracts_required=8.0,
            contracts_done=7 if month < 12 else 0, contracts_expected=None if month < 11 else 3.5,
            revenue_required=400e3, revenue_done=336e3 if month < 12 else 0.0,
            revenue_expected=None if month < 11 else 170e3,
        )
        for month in range(1, 13)
    )  # fmt: skip


def what_if() -> WhatIf:
    """Eight reps with twelve contracts each."""
    return WhatIf(
        annual_target=4_800_000.0, average_contract_value=50_000.0, contracts_a_year=96.0,
        per_contract=(3.4, 2.2, 1.4, 1.0), n_reps=8, selling_weeks=48.0,
    )  # fmt: skip


def levers() -> tuple[Lever, ...]:
    """As it is, and five changes."""
    return (
        Lever("as it is", "", "", 16.0, 96.0, 4_800_000.0),
        Lever("gate", "Qualification", "Discovery", 15.5, 103.0, 5_150_000.0),
        Lever("gate", "Discovery", "Proof", 15.1, 103.8, 5_190_000.0),
        Lever("gate", "Proof", "Contract", 14.8, 105.2, 5_260_000.0),
        Lever("contract value", "", "", 14.5, 96.0, 5_280_000.0),
        Lever("rep", "", "", 14.2, 108.0, 5_400_000.0),
        Lever("selling weeks", "", "", 15.4, 100.0, 5_000_000.0),
    )
