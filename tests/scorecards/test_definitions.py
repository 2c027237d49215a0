"""The Definitions page says every figure in the words of the function that computes it."""

import dataclasses
import inspect
import re
from collections.abc import Callable, Iterator
from datetime import date
from types import ModuleType

import pytest
from small_team import team

from milestone_reports.domain.team import Settings
from milestone_reports.metrics import pace, periods, plan, quota, rates, sales, standing, week, working_days
from milestone_reports.metrics.estimators import (
    ahead,
    backtest,
    coaching,
    cohort,
    contracts,
    conversion,
    demand,
    forecast,
    gates,
    multiplier,
    repairs,
    state,
    velocity,
)
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.definitions import FIGURES, LABELS, figure_definition

AS_OF = date(2026, 6, 30)
ESTIMATORS = (
    ahead, backtest, coaching, cohort, contracts, conversion, demand, forecast, gates, multiplier, repairs, state,
    velocity,
)  # fmt: skip
MODULES = (*ESTIMATORS, pace, periods, plan, quota, rates, sales, standing, week, working_days)

NO_FIGURES = {
    "by": "a date, if it is not later",
    "done_path": "the line of a chart",
    "exists": "whether an opportunity is there yet",
    "first_start": "a day",
    "gate_curves": "the curve of each gate",
    "gate_variances": "what the likely range of a forecast takes",
    "history": "columns for the estimators",
    "item_state": "a word for a ledger's line",
    "longest_way": "how far a curve is drawn",
    "milestones_ahead": "the chances that Expected milestones adds up",
    "month_ends": "days",
    "months_before": "a day",
    "months_left": "days",
    "open_will_move": "a note, of two rates",
    "n_reached_undated": "what Reached puts on a day",
    "path_days": "days of a chart",
    "planned_milestones": "lines that the week's figures count",
    "quota_periods": "what a quota is computed from",
    "rate": "a rate's two intervals, whichever rate it is",
    "rep_calendar": "days off",
    "revenue_path": "the line of a chart",
    "says_so_far": "a word beside a rate",
    "spread_of_values": "what First milestones needed, 80 % takes",
    "stalled": "the rows of the Stalled",
    "starts_of_each": "New starts, by rep",
    "useful_shares": "chances that First milestones needed adds up",
    "window": "rows for the outcomes",
    "standing": "an opportunity's state, defined by Reached and Lost",
    "won_in": "the rows of the contracts",
}
"""What the metrics' modules offer besides figures, and why each is none."""


def public_functions(module: ModuleType) -> Iterator[tuple[str, Callable[..., object]]]:
    """The functions that a module itself defines for others."""
    for name, member in vars(module).items():
        if inspect.isfunction(member) and member.__module__ == module.__name__ and not name.startswith("_"):
            yield name, member


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_has_a_sentence_and_all_labelled_lines(name: str) -> None:
    found = figure_definition(name, FIGURES[name])
    assert found.says.endswith(".")
    lines = [found.formula, found.shape, found.units, found.undefined, found.source]
    assert len(lines) == len(LABELS)
    assert all(line.endswith(".") and len(line) > len("x.") for line in lines)
    assert re.search(r"method\.md §\d", found.source)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_every_public_function_of_the_metrics_is_a_figure_or_says_why_not(module: ModuleType) -> None:
    figures = set(FIGURES.values())
    unnamed = {name for name, function in public_functions(module) if function not in figures} - set(NO_FIGURES)
    assert unnamed == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_every_function_with_a_formula_is_on_the_page(module: ModuleType) -> None:
    figures = set(FIGURES.values())
    with_formula = {
        name for name, function in public_functions(module) if "Formula:" in (inspect.getdoc(function) or "")
    }
    assert with_formula == {name for name, function in public_functions(module) if function in figures}


def test_no_reason_is_given_for_what_is_not_there() -> None:
    there = {name for module in MODULES for name, _ in public_functions(module)}
    assert set(NO_FIGURES) <= there


def test_the_page_opens_with_the_tracks_and_their_agreements() -> None:
    page = team_site(team(settings=Settings()), AS_OF).definitions
    assert [track.track for track in page.tracks] == ["New business", "Partners"]
    assert page.tracks[0].milestones == ("Qualification", "Discovery", "Proof", "Contract")
    assert [figure.name for figure in page.figures] == list(FIGURES)


def test_no_definition_speaks_of_the_programs_own_names() -> None:
    for name, function in FIGURES.items():
        said = " ".join(str(text) for text in dataclasses.astuple(figure_definition(name, function)))
        assert not {"_", "`"} & set(said), name
