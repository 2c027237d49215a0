"""The design's cases of every estimator, by public functions; `GOLDEN=FILE pytest tests/test_golden.py` runs others.

One small function for each that the cases name: it puts a case's input into our terms, and the result into the case's.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.metrics.estimators.backtest import BacktestEnd, backtest
from milestone_reports.metrics.estimators.coaching import GateCounts, RepGate, against_team, coaching_cells, flagged
from milestone_reports.metrics.estimators.cohort import NEVER, Cohort, History, history
from milestone_reports.metrics.estimators.conversion import (
    ExpectedRate,
    Outcomes,
    Saying,
    expected_rate,
    outcomes,
    rate_to_sale,
    says_so_far,
)
from milestone_reports.metrics.estimators.demand import Goal, MonthLeft, lead_time, starts_needed, steady_starts
from milestone_reports.metrics.estimators.forecast import (
    Forecast,
    forecast,
    likely_range,
    new_starts,
    open_chances,
    still_to_start,
    win_curves,
    worth_of_starts,
)
from milestone_reports.metrics.estimators.gates import GateCurve, gate_curve, gate_curves
from milestone_reports.metrics.estimators.multiplier import measured_multiplier
from milestone_reports.metrics.estimators.repairs import repairs
from milestone_reports.metrics.estimators.velocity import presumed_lost, stalled, stalled_after
from milestone_reports.metrics.quota import gate_rate, stage_quotas
from milestone_reports.metrics.rates import wilson_interval
from milestone_reports.metrics.standing import lost_date

DESIGN = Path(__file__).resolve().parents[2] / "shared" / "design" / "golden.json"

Json = Any  # what a file of cases holds
Case = Mapping[str, Json]

EVER = 12_000
"""A window of so many months leaves nothing out: the cases have none."""


def day(text: Json) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text[:1].isdigit() else None


def lost_on(row: Case) -> date | None:
    return next((on for key in ("lost", "lost_on", "closed", "closed_on") if (on := day(row.get(key)))), None)


def says_lost(row: Case) -> bool:
    """Lost by a date, by anything else in its place, or by a status."""
    said = row.get("lost")
    statuses = (str(row.get(key, "")).lower() for key in ("status", "outcome"))
    return lost_on(row) is not None or said not in {None, False, ""} or any("lost" in status for status in statuses)


def opportunity(row: Case) -> Opportunity:
    return Opportunity(
        id=row.get("id", ""), name="", account="", rep=row.get("rep", ""), track="", value=row.get("value"),
        entries=tuple(MilestoneEntry(completed_on=day(on)) for on in row["dates"]),
        outcome=Outcome.LOST if says_lost(row) else Outcome.OPEN, closed_on=lost_on(row),
    )  # fmt: skip


def history_of(case: Case) -> History:
    return history([opportunity(row) for row in case["rows"]], case["K"])


class Stood:
    """The rows of a case as they stood on its day, with all that is worked out from them."""

    def __init__(self, case: Case) -> None:
        self.history = history_of(case)
        self.cohort: Cohort = self.history.as_of(date.fromisoformat(case["asof"]).toordinal())
        self.curves = gate_curves(self.cohort)
        self.thresholds = [stalled_after(curve) for curve in self.curves]
        self.presumed = presumed_lost(self.cohort, self.thresholds)

        self.place = {row.get("id", ""): place for place, row in enumerate(case["rows"])}

    def in_order(self, mask: NDArray[np.bool_]) -> list[int]:
        """The cohort's rows that the mask keeps, in the order of the case's rows."""
        return sorted(np.flatnonzero(mask).tolist(), key=lambda row: self.place[self._id(row)])

    def ids(self, mask: NDArray[np.bool_]) -> list[str]:
        return [self._id(row) for row in self.in_order(mask)]

    def _id(self, row: int) -> str:
        one: Opportunity = self.history.opportunities[self.cohort.row[row]]
        return one.id


def clean(case: Case) -> Json:
    row, as_of = case["row"], date.fromisoformat(case["asof"])
    cohort = Stood({**case, "rows": [row]}).cohort
    found = repairs([day(on) for on in row["dates"]], lost_on(row), says_lost=says_lost(row), as_of=as_of)
    flags = sorted(repair.flag for repair in found)
    if not len(cohort.row):
        lost = (closed := lost_date(opportunity(row), as_of)) and closed.isoformat()
        nothing = {"a": [None] * case["K"], "current": 0, "won": False, "age": None}
        return {**nothing, "lost": lost, "open": not lost, "flags": flags}
    on = [
        None if at == NEVER else date.fromordinal(int(at)).isoformat() for at in (*cohort.reached[0], *cohort.lost_on)
    ]
    is_open = bool(cohort.open[0])
    return {
        "a": on[:-1],
        "current": int(cohort.n_reached[0]),
        "won": bool(cohort.won[0]),
        "lost": on[-1],
        "open": is_open,
        "age": int(cohort.age[0]) if is_open else None,
        "flags": flags,
    }


def aj(case: Case) -> Json:
    curve = gate_curve(np.array(case["t"], dtype=np.int32), np.array(case["e"], dtype=np.int32))
    return {
        "time": curve.days.tolist(),
        "F1": curve.moved_on.tolist(),
        "F2": curve.lost.tolist(),
        "S": curve.staying.tolist(),
        "var_F1_end": curve.variance,
        "median": curve.days_to_move_on(0.5),
        "q90": curve.days_to_move_on(0.9),
    }


SHOWN: Mapping[Saying, str] = {"too early": "no", "early": "early", "plain": "yes"}


def conversion(case: Case) -> Json:
    stood = Stood(case)
    found = outcomes(stood.cohort, stood.presumed)[:-1]
    last = len(stood.curves)
    return [
        one_conversion(k, stage, expected_rate(stood.cohort, stood.curves, k - 1, last))
        for k, stage in enumerate(found, start=1)
    ]


def one_conversion(k: int, stage: Outcomes, expected: ExpectedRate) -> Json:
    so_far = rate_to_sale(stage)
    return {
        "k": k,
        "reached": stage.reached,
        "won": stage.won,
        "lost": stage.lost,
        "presumed": stage.presumed_lost,
        "decided": so_far.decided,
        "headline": so_far.value,
        "headline_ci": (so_far.low_95, so_far.high_95) if so_far.decided else None,
        "headline_show": SHOWN[says_so_far(so_far.decided)],
        "expected": expected.value,
        "n_eff": expected.effective,
        "expected_ci": None if expected.value is None else (expected.low_95, expected.high_95),
        "expected_show": SHOWN[expected.says],
    }


def stages(case: Case) -> Json:
    stood = Stood(case)
    found = zip(stood.curves, stood.thresholds, strict=True)
    return {
        "stages": [one_stage(curve, threshold) for curve, threshold in found],
        "stalled": stood.ids(stalled(stood.cohort, stood.thresholds)),
        "presumed_lost": stood.ids(stood.presumed),
    }


def one_stage(curve: GateCurve, threshold: float | None) -> Json:
    return {
        "entered": curve.n_entered,
        "decided": curve.n_decided,
        "advanced": curve.n_moved_on,
        "F": curve.share,
        "var": curve.variance,
        "undecided": curve.staying[-1] if len(curve.staying) else 1.0,
        "median": curve.days_to_move_on(0.5),
        "q90": curve.days_to_move_on(0.9),
        "stall": threshold,
    }


def gate_q(case: Case) -> Json:
    many = isinstance(case["K"], list)
    return [[gate_rate(k, m) for m in case["m"]] for k in case["K"]] if many else gate_rate(case["K"], case["m"])


def multiplier(case: Case) -> Json:
    found = measured_multiplier(case["reached"])
    return {
        "m": found.value,
        "raw": found.raw,
        "lo": found.low_95,
        "hi": found.high_95,
        "stage_per_contract": found.per_contract,
        "p_win": found.chance_of_sale,
        "label": found.label,
    }


def one_rep_gate(found: RepGate) -> dict[str, Json]:
    return {
        "M": found.spread,
        "team": found.rest_of_team,
        "raw": found.raw,
        "shrunk": found.shrunken,
        "p_below": found.chance_below,
    }


def rep_table(case: Case) -> Json:
    counts = GateCounts(np.array(case["X"]), np.array(case["N"]), np.array(case["volume"], dtype=np.float64))
    return [
        {
            **one_rep_gate(cell.against),
            "rep": cell.rep,
            "gate": cell.gate,
            "n": cell.decided,
            "contracts": cell.contracts,
            "money": cell.contracts * case["acv"],
            "flag": cell.flagged,
        }
        for cell in coaching_cells(counts)
    ]


def forecast_(case: Case) -> Json:
    stood, n_days = Stood(case), case["h"]
    cohort, wins = stood.cohort, win_curves(stood.curves, n_days)
    chances = open_chances(cohort, stood.presumed, stood.curves, wins, n_days)
    starts = new_starts(cohort)
    new = still_to_start(starts, wins[0], n_days, worth_of_starts(cohort))
    found = forecast(chances, cohort.value, cohort.n_reached, stood.curves, new)
    return {
        "p": chances[stood.in_order(cohort.open)].tolist(),
        "ids": stood.ids(cohort.open),
        "pipeline": found.pipeline,
        "pipeline_ci": (found.pipeline_low, found.pipeline_high),
        "contracts": chances.sum(),
        "new_contracts": new.contracts,
        "new_value": found.new,
        "total": found.total,
        "total_ci": (found.low, found.high),
        "rate_per_day": starts.a_day,
        "rel_var": found.gate_variances,
        "stage_value": found.by_stage,
        "variance": found.chance_variance,
    }


def win_curves_(case: Case) -> Json:
    days = case.get("days", [30, 90, 180, 365])
    curves = win_curves(Stood(case).curves, max(*days, case.get("h", 0)))
    return [curve[days].tolist() for curve in curves]


def backtest_(case: Case) -> Json:
    ends = [date.fromisoformat(end).toordinal() for end in case["ends"]]
    return [one_end(end) for end in backtest(history_of(case), EVER, ends, case["h"])]


def one_end(end: BacktestEnd) -> Json:
    assert end.revenue
    return {
        "end": date.fromordinal(end.day).isoformat(),
        "forecast": end.revenue.pipeline,
        "actual": end.revenue.pipeline_came,
        "total_forecast": end.revenue.total,
        "total_actual": end.revenue.total_came,
        "brier": end.brier,
        "hit": end.revenue.pipeline_inside,
    }


def starts_needed_(case: Case) -> Json:
    deadline = case["end_day"]
    by_stage = case.get("stage_value", case.get("A", ()))
    relative = case.get("rel_var", [0.0] * len(by_stage))
    pipeline = Forecast(
        pipeline=case.get("pipeline", 0.0), new=0, low=0, high=0, pipeline_low=0, pipeline_high=0, n_without_worth=0,
        by_stage=tuple(by_stage or [0.0] * len(relative)), gate_variances=tuple(relative),
        chance_variance=case.get("var0", 0.0), variance=0, total_variance=0,
    )  # fmt: skip
    goal = Goal(case["target"], case.get("won", case.get("won_so_far", 0.0)), case["acv"], case.get("cv2", 0.64))
    months = [MonthLeft(first=middle, middle=middle, share=1.0) for middle in case["start_days"]]
    found = starts_needed(goal, pipeline, np.array(case["G1"]), months, deadline)
    return {
        "useful": found.useful,
        "per_period": found.even,
        **dict.fromkeys(("per_period_80", "per_period80", "n80", "safe"), found.safe),
        "steady": steady_starts(case["target"] / case["acv"], case.get("E1", 0.0)),
    }


FUNCTIONS: Mapping[str, Callable[[Case], Json]] = {
    "clean": clean,
    "aj": aj,
    "wilson": lambda case: wilson_interval(case["x"], case["n"]),
    "conversion": conversion,
    "stages": stages,
    "gate_q": gate_q,
    "stage_quota": lambda case: stage_quotas(case["C"], case["K"], case["m"]),
    "multiplier": multiplier,
    "rep_gate": lambda case: [one_rep_gate(found) for found in against_team(case["x"], case["n"])],
    "bayes_fdr": lambda case: flagged(case["p_below"]),
    "rep_table": rep_table,
    "forecast": forecast_,
    "win_curves": win_curves_,
    "backtest": backtest_,
    "cf_interval": lambda case: likely_range(case["mu"], case["var"], case["k3"]),
    "lead_time": lambda case: [lead_time(np.array(case["G1"]), share, case["E1"]) for share in case["q"]],
    "starts_needed": starts_needed_,
}


def cases() -> Iterator[Any]:
    """One parameter a case of the file; one that is skipped where the design is not beside this folder."""
    path = Path(os.environ.get("GOLDEN") or DESIGN)
    if not path.exists() and "GOLDEN" not in os.environ:
        reason = "The design's cases are not beside this folder: name a file of them with GOLDEN=FILE."
        yield pytest.param({}, id="none", marks=pytest.mark.skip(reason=reason))
        return
    for case in json.loads(path.read_text("utf-8"))["cases"]:
        yield pytest.param(case, id=f"{case['id']} {case['name']}")


def flag_in_our_words(flag: str) -> str:
    """Files may call the two flags of a loss by other words: one beside a sale, one that nobody dates."""
    if ":" in flag or "before" in flag:
        return flag
    if re.search("won|win|sale|sold", flag):
        return "won-and-lost"
    return "lost-without-date" if re.search("date|undated", flag) else flag


def expected_of(case: Case) -> Json:
    expected = case["expected"]
    if case["function"] == "clean" and expected is not None:
        return {**expected, "flags": sorted(map(flag_in_our_words, expected.get("flags", ())))}
    return expected


def is_absent(found: Json) -> bool:
    """Nothing, not a number, or an opportunity that has reached nothing and is left out."""
    if isinstance(found, Mapping):
        return found.get("current") == 0
    return found is None or (isinstance(found, float) and isnan(found))


def differences(found: Json, expected: Json, tolerance: float, at: str = "") -> Iterator[str]:
    """Where they differ by more than the tolerance, absolute or relative; null is absent."""
    if expected is None:
        same = is_absent(found)
    elif isinstance(expected, Mapping):
        for key, value in expected.items():
            yield from differences(found[key], value, tolerance, f"{at}.{key}")
        return
    elif isinstance(expected, Sequence) and not isinstance(expected, str):
        if len(found) != len(expected):
            yield f"{at}: {len(found)} in place of {len(expected)}: {found} in place of {expected}"
            return
        for index, (one, value) in enumerate(zip(found, expected, strict=True)):
            yield from differences(one, value, tolerance, f"{at}[{index}]")
        return
    elif isinstance(expected, bool | str) or found is None or isinstance(found, bool):
        same = found == expected and isinstance(found, bool) == isinstance(expected, bool)
    else:
        same = abs(found - expected) <= tolerance * max(1, abs(expected))
    if not same:
        yield f"{at}: {found} in place of {expected}"


@pytest.mark.parametrize("case", list(cases()))
def test_a_case_of_the_design_comes_out_within_its_tolerance(case: Case) -> None:
    found = FUNCTIONS[case["function"]](case["input"])
    assert list(differences(found, expected_of(case), case["tol"])) == []
