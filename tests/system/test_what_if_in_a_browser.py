"""The what-if in the browser: the page's own figures until a dial is moved, then what Python gives for the same."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import accumulate
from math import prod
from pathlib import Path
from random import Random
from typing import Any

import pytest
from browser import Watched, press_until
from playwright.sync_api import Page, expect

from milestone_reports.build import Request, build
from milestone_reports.metrics.estimators.multiplier import set_multiplier
from milestone_reports.metrics.plan import Basis, gate_rates, what_if
from milestone_reports.render.formats import Formats
from milestone_reports.workbook.example.write import ExampleKind, write_example

pytestmark = pytest.mark.system

US = Formats()

CANNOT_BE = (
    ("weeks", "54", "Selling weeks: a number from 1 to 53"),
    ("gate-1", "101", "Qualification to Discovery, in percent: a number from 1 to 100"),
    ("target", "0", "Target a year: more than 0 and at most $1,000,000,000,000"),
    ("target", "2e12", "Target a year: more than 0 and at most $1,000,000,000,000"),
    ("multiplier", "0.5", "Multiplier: a number from 1 to 1,000"),
    ("reps", "-2", "Reps with a quota: a whole number from 1 to 1,000"),
    ("reps", "2.5", "Reps with a quota: a whole number from 1 to 1,000"),
)


def built(folder: Path, kind: ExampleKind) -> Path:
    write_example(folder / "sample.xlsx", kind)
    build(Request((folder / "sample.xlsx",), folder / "site", date(2026, 11, 24), pdf=False), lambda *_told: None)
    return folder / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("asked"), ExampleKind.NEW_BUSINESS)


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A team whose target is partners, not money."""
    return built(tmp_path_factory.mktemp("counted"), ExampleKind.PARTNER_RECRUITMENT)


def track_of(site: Path) -> dict[str, Any]:
    """The first track, as its scorecards.json has it."""
    return json.loads((site / "data/scorecards.json").read_text("utf-8"))["rollup"]["tracks"][0]  # type: ignore[no-any-return]


def start_of(site: Path) -> Basis:
    """The year that a what-if starts from, as the Python functions take it."""
    start = track_of(site)["what_if"]
    return Basis(
        start["contracts_a_year"],
        start["average_contract_value"],
        start["per_contract"],
        start["selling_weeks"],
        start["n_reps"],
    )


def answer(tab: Page, name: str) -> str:
    return tab.locator(f'output[data-answer="{name}"]').inner_text()


def field(name: str) -> str:
    return f'input[type=number][name="{name}"]'


def slider(name: str) -> str:
    return f'input[type=range][name="{name}"]'


def typed(tab: Page, name: str, text: str) -> None:
    """Goes to a dial's field from the top of the page and types over what is there."""
    tab.locator("#main").focus()
    press_until(tab, "Tab", field(name), most=200)
    tab.keyboard.press("Control+A")
    tab.keyboard.type(text)


def test_untouched_its_answers_are_the_page_s_own_figures(window: Watched, site: Path) -> None:
    tab, track = window.open(site / "planning.html"), track_of(site)
    now = next(lever for lever in track["levers"] if lever["kind"] == "as it is")
    start = track["what_if"]
    assert answer(tab, "a-week") == US.number(now["milestones_a_week"])
    assert answer(tab, "contracts-asked") == answer(tab, "contracts-brought") == US.number(now["contracts_a_year"])
    assert answer(tab, "revenue-brought") == US.money_short(now["revenue_a_year"])
    assert tab.locator(".levers tbody tr").first.locator("td").first.inner_text().strip() == answer(tab, "a-week")
    stages = [now["contracts_a_year"] * share for share in start["per_contract"]]
    assert [answer(tab, f"year-{n}") for n in (1, 2, 3, 4)] == [US.count(stage) for stage in stages]
    assert [answer(tab, f"week-{n}") for n in (1, 2, 3, 4)] == [US.number(stage / 48) for stage in stages]
    assert answer(tab, "first-a-month") == US.number(stages[0] / 12)
    assert float(tab.locator(field("multiplier")).input_value()) == pytest.approx(
        track["card"]["multiplier"]["value"], abs=0.005
    )
    for name in ("reps", "weeks"):
        assert tab.locator(field(name)).input_value() == tab.locator(slider(name)).input_value()


def test_one_more_point_at_a_gate_is_a_fifth_of_the_five_that_the_table_shows(window: Watched, site: Path) -> None:
    tab, levers = window.open(site / "planning.html"), track_of(site)["levers"]
    gates = [lever for lever in levers if lever["kind"] == "gate"]
    for place, gate in enumerate(gates, start=1):
        contracts = (gate["contracts_a_year"] - levers[0]["contracts_a_year"]) / 5
        revenue = (gate["revenue_a_year"] - levers[0]["revenue_a_year"]) / 5
        assert answer(tab, f"point-{place}") == f"+{US.number(contracts)}"
        assert answer(tab, f"point-revenue-{place}") == f"+{US.money_short(revenue)}"


@pytest.mark.parametrize("sort", ["new business", "partners"])
def test_any_figures_give_what_the_python_functions_give(window: Watched, site: Path, counted: Path, sort: str) -> None:
    folder = site if sort == "new business" else counted
    tab, start = window.open(folder / "planning.html"), start_of(folder)
    random = Random(47)  # noqa: S311  the same inputs in every run
    for _ in range(60):
        changes, basis = changed(start, random)
        answers = tab.evaluate(
            "changes => WhatIf.answersOf(JSON.parse(document.querySelector('[data-what-if]').dataset.whatIf), changes)",
            changes,
        )
        as_it_is, *levers = what_if(basis)
        assert answers["aWeek"] == pytest.approx(as_it_is.milestones_a_week)
        assert answers["aWeekEach"] == pytest.approx(as_it_is.milestones_a_week / basis.n_reps)
        assert answers["asked"] == pytest.approx(basis.contracts_a_year)
        stages = [basis.contracts_a_year * share for share in basis.per_contract]
        assert [stage["aYear"] for stage in answers["stages"]] == pytest.approx(stages)
        assert answers["firstAMonth"] == pytest.approx(stages[0] / 12)
        brought = brought_by(start, basis)
        assert answers["brought"] == pytest.approx(brought)
        average = basis.average_contract_value
        assert answers["revenue"] == (None if average is None else pytest.approx(brought * average))
        for lever in levers:
            if lever.gate is not None and gate_rates(basis.per_contract)[lever.gate] <= 0.95:
                share = (lever.contracts_a_year / as_it_is.contracts_a_year - 1) / 5
                assert answers["points"][lever.gate]["contracts"] == pytest.approx(share * brought)


def changed(start: Basis, random: Random) -> tuple[dict[str, float], Basis]:
    """A few dials moved at random, and the year that they make."""
    changes: dict[str, float] = {}
    target = start.contracts_a_year * (start.average_contract_value or 1)
    average, per_contract = start.average_contract_value, list(start.per_contract)
    if random.random() < 0.5:
        target = changes["target"] = random.uniform(1, 2 * target)
    if average is not None and random.random() < 0.5:
        average = changes["average"] = random.uniform(100, 2 * average)
    if random.random() < 0.5:
        changes["multiplier"] = random.uniform(1, 8)
        per_contract = list(set_multiplier(changes["multiplier"], len(per_contract)).per_contract)
    rates = list(gate_rates(per_contract))
    for gate in range(len(rates)):
        if random.random() < 0.3:
            rates[gate] = changes[f"gate-{gate + 1}"] = random.uniform(0.01, 1)
    per_contract = list(accumulate(reversed(rates), lambda after, rate: after / rate, initial=1.0))[::-1]
    reps, weeks = start.n_reps, start.selling_weeks
    if random.random() < 0.5:
        reps = random.randint(1, 80)
        changes["reps"] = reps
    if random.random() < 0.5:
        weeks = changes["weeks"] = random.uniform(1, 53)
    return changes, Basis(target / (average or 1), average, per_contract, weeks, reps)


def brought_by(start: Basis, year: Basis) -> float:
    """Contracts of the first milestones that each rep has in a week today: one dial at a time as `what_if` has it."""
    people = year.n_reps / start.n_reps * year.selling_weeks / start.selling_weeks
    return start.contracts_a_year * people * prod(gate_rates(year.per_contract)) / prod(gate_rates(start.per_contract))


def test_the_changes_of_the_table_alone_give_its_rows(window: Watched, site: Path) -> None:
    tab, start = window.open(site / "planning.html"), start_of(site)
    rates = gate_rates(start.per_contract)
    moved: dict[str, dict[str, float]] = {
        "contract value": {"average": (start.average_contract_value or 0) * 1.1},
        "rep": {"reps": start.n_reps + 1},
        "selling weeks": {"weeks": start.selling_weeks + 2},
    }
    for row in what_if(start)[1:]:
        name = f"gate-{(row.gate or 0) + 1}"
        changes = {name: min(rates[row.gate] + 0.05, 1)} if row.gate is not None else moved[row.kind]
        answers = tab.evaluate(
            "changes => WhatIf.answersOf(JSON.parse(document.querySelector('[data-what-if]').dataset.whatIf), changes)",
            changes,
        )
        # The table has what is left for the present reps where there is one more.
        people = start.n_reps if row.kind == "rep" else changes.get("reps", start.n_reps)
        assert answers["aWeekEach"] * people == pytest.approx(row.milestones_a_week)
        assert answers["brought"] == pytest.approx(row.contracts_a_year)
        assert answers["revenue"] == pytest.approx(row.revenue_a_year)


def test_a_slider_and_its_field_keep_in_step_by_keyboard_alone(window: Watched, site: Path) -> None:
    tab, start = window.open(site / "planning.html"), start_of(site)
    press_until(tab, "Tab", slider("reps"), most=200)
    tab.keyboard.press("ArrowRight")
    assert tab.locator(field("reps")).input_value() == str(start.n_reps + 1)
    weekly = what_if(start)[0].milestones_a_week
    assert answer(tab, "a-week") == US.number(weekly)
    assert answer(tab, "a-week-each") == US.number(weekly / (start.n_reps + 1))
    typed(tab, "weeks", "40")
    assert tab.locator(slider("weeks")).input_value() == "40"
    assert answer(tab, "a-week") == US.number(weekly * start.selling_weeks / 40)
    assert tab.locator(slider("target")).get_attribute("aria-valuetext") == US.money(
        start.contracts_a_year * (start.average_contract_value or 0)
    )


def test_a_multiplier_sets_every_gate_and_a_gate_the_multiplier(window: Watched, site: Path) -> None:
    tab, start = window.open(site / "planning.html"), start_of(site)
    typed(tab, "multiplier", "3.1")
    made = set_multiplier(3.1, 4)
    rate = str(float(f"{gate_rates(made.per_contract)[0] * 100:.1f}"))
    assert [tab.locator(field(f"gate-{n}")).input_value() for n in (1, 2, 3)] == [rate] * 3
    assert answer(tab, "a-week") == US.number(start.contracts_a_year * 12.4 / start.selling_weeks)
    typed(tab, "gate-1", "100")
    first = made.per_contract[1]
    assert float(tab.locator(field("multiplier")).input_value()) == pytest.approx(
        (first + sum(made.per_contract[1:])) / 4, abs=0.005
    )
    assert answer(tab, "point-1") == "–"


def test_what_cannot_be_is_said_and_answered_with_dashes_until_it_is_left(window: Watched, site: Path) -> None:
    tab = window.open(site / "planning.html")
    before = [answer(tab, name) for name in ("a-week", "contracts-brought")]
    for name, text, expected in CANNOT_BE:
        was = tab.locator(field(name)).input_value()
        typed(tab, name, text)
        expect(tab.locator(field(name))).to_have_attribute("aria-invalid", "true")
        expect(tab.locator("form.what-if .expected").first).to_have_text(expected)
        assert set(tab.locator("form.what-if").first.locator("output").all_inner_texts()) == {"–"}
        tab.keyboard.press("Tab")
        expect(tab.locator("form.what-if .expected").first).to_have_text("")
        assert [answer(tab, name) for name in ("a-week", "contracts-brought")] == before
        expect(tab.locator(field(name))).to_have_attribute("aria-invalid", "false")
        assert tab.locator(field(name)).input_value() == was


@pytest.mark.parametrize("figure", ["target=1e13", "reps=2.5", "reps=1001", "multiplier=1e9", "weeks=Infinity"])
def test_an_address_beyond_the_limits_changes_nothing(window: Watched, site: Path, figure: str) -> None:
    before = answer(window.open(site / "planning.html"), "a-week")
    tab = window.open(f"{(site / 'planning.html').as_uri()}#?what-if-1.{figure}")
    assert answer(tab, "a-week") == before
    expect(tab).to_have_url(re.compile(r"html$"))


def test_the_figures_stand_in_the_address_come_back_and_can_be_reset(window: Watched, site: Path) -> None:
    tab = window.open(site / "planning.html")
    before = answer(tab, "a-week")
    typed(tab, "gate-2", "62.5")
    typed(tab, "reps", "3")
    expect(tab).to_have_url(re.compile(r"html#\?what-if-1\.gate-2=62\.5&what-if-1\.reps=3$"))
    now = answer(tab, "a-week")
    assert now != before
    tab.reload()
    assert answer(tab, "a-week") == now
    assert tab.locator(field("gate-2")).input_value() == "62.5"
    press_until(tab, "Tab", "button[type=reset]", most=200)
    tab.keyboard.press("Enter")
    assert answer(tab, "a-week") == before
    expect(tab).to_have_url(re.compile(r"html$"))


def test_without_script_the_table_stands_and_the_form_does_not(window: Watched, site: Path) -> None:
    browser = window.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto((site / "planning.html").as_uri())
    expect(tab.locator(".levers").first).to_be_visible()
    expect(tab.locator("form.what-if").first).to_be_hidden()
    assert tab.locator("[data-theme-switch] input").count() == 0
    context.close()


def test_a_target_in_sales_has_no_money_to_change(window: Watched, counted: Path) -> None:
    tab = window.open(counted / "planning.html")
    assert tab.locator(field("average")).count() == 0
    assert tab.locator('output[data-answer^="point-revenue"], output[data-answer="revenue-brought"]').count() == 0
    assert answer(tab, "contracts-asked") == US.number(start_of(counted).contracts_a_year)


def test_nothing_is_wider_than_the_page_on_a_phone(phone: Watched, site: Path) -> None:
    tab = phone.open(site / "planning.html")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
