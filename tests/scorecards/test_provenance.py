"""Whoever has a figure's provenance can count it again: from its numbers, or from its opportunities."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from math import ceil, isclose, prod

import pytest
from small_team import deal, target, team

from milestone_reports.domain.opportunity import Outcome
from milestone_reports.domain.team import Settings, Team
from milestone_reports.metrics.quota import gate_rate, whole_number_plan
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.definitions import FIGURES
from milestone_reports.scorecards.insights import Provenance
from milestone_reports.scorecards.pages import TeamSite, TrackCard
from milestone_reports.scorecards.provenance.explaining import OF_THE_TRACK, PART_OF
from milestone_reports.scorecards.provenance.history import HIGH_95, LOW_95
from milestone_reports.scorecards.provenance.pages import of_rep_card, of_team_track

AS_OF = date(2026, 6, 30)

COUNTS = (
    "Average contract, observed", "Contracts to date", "Lost", "Reached", "Outcomes", "Decided, by milestone",
    "Stalled", "Presumed lost", "A rep's year at the gates",
)  # fmt: skip
"""Figures that count opportunities, or are made of as many as one of their numbers says."""

COUNTS_OF_MILESTONES = (
    "Credited (done)", "Done in a week", "Claimed in a week", "Planned in a week", "Planned for a week to come",
    "Completed of planned", "Completed early", "Beyond the plan", "Carried over", "Overdue",
)  # fmt: skip

NOT_ON_THIS_TEAM = {
    "Multiplier, set": "the workbook sets none",
    "Forecast, assumed": "history is long enough for a forecast with a date",
    "First milestones, assumed": "history is long enough for the steady rate",
    "From open then to open now": "its opportunities stand on the What changed page, where there is an earlier copy",
    "Change since last week": "both its figures stand beside it, where there is an earlier copy",
    "Reliability": "there is no earlier copy of its workbook: see test_plan_as_it_stood.py",
}
"""Figures of another team than this test's, and why."""


def year_of_deals() -> Iterator[tuple[str, str, Outcome, str]]:
    """Two years of a track, a start every nine days: won, lost at each gate, open, and one that waits for ever."""
    for number in range(80):
        start = date(2024, 7, 10).toordinal() + 9 * number
        days = [date.fromordinal(start + step) for step in (0, 12 + number % 7, 30 + number % 5, 60 + number % 11)]
        n_reached = (4, 2, 4, 1, 3, 2, 4, 3)[number % 8]
        known = [day.isoformat() if day <= AS_OF and k < n_reached else "-" for k, day in enumerate(days)]
        last = start + (12, 30, 60, 90)[n_reached - 1]
        is_lost = n_reached < 4 and number % 8 != 7 and last < AS_OF.toordinal() - 20
        closed = date.fromordinal(last + 10).isoformat() if is_lost else ""
        yield (
            " ".join(known),
            f"- - - {date(2026, 6, 22 + number % 9)}",
            Outcome.LOST if is_lost else Outcome.OPEN,
            closed,
        )


@cache
def north() -> Team:
    """Five reps with two years of history each; the last of them without a target."""
    names = ("Ann", "Ben", "Cid", "Dee", "Eve")
    deals = [
        deal(
            f"N-{number}", completed, planned=planned, rep=names[number % 5], value=40_000 + 1000 * number,
            outcome=outcome, closed_on=closed_on,
        )
        for number, (completed, planned, outcome, closed_on) in enumerate(year_of_deals())
    ]  # fmt: skip
    claimed = deal("N-claimed", "2026-06-29 - 2026-06-30 -", rep="Ann")
    slow = deal("N-slow", "2026-05-14 2026-05-26 - -", rep="Ann")
    halves = [target("Ben", annual=300_000, end="2026-04-01"), target("Ben", annual=900_000, start="2026-04-01")]
    targets = [target("Ann"), *halves, target("Cid"), target("Dee", start="2026-03-02"), target("Eve", annual=None)]
    return team([*deals, claimed, slow], targets, tracks=team().tracks[:1])


@cache
def site() -> TeamSite:
    return team_site(north(), AS_OF)


def cards(page: TeamSite) -> list[TrackCard]:
    return [*(card for rep in page.reps for card in rep.tracks), *(track.card for track in page.rollup.tracks)]


def every(page: TeamSite) -> list[Provenance]:
    return [entry for card in cards(page) for entry in card.provenance]


def entries_of(*figures: str) -> list[Provenance]:
    found = [entry for entry in every(site()) if entry.figure in figures]
    assert {entry.figure for entry in found} == set(figures)
    return found


def number(entry: Provenance, name: str) -> float:
    """One of the numbers that went in."""
    value = entry.inputs[name]
    assert isinstance(value, (int, float))
    return value


def numbers(entry: Provenance) -> list[float]:
    return [value for value in entry.inputs.values() if isinstance(value, (int, float))]


# --- every figure ---


def test_every_figure_has_its_provenance_or_goes_into_another_that_has() -> None:
    beside = [entry for rep in site().reps for entry in of_rep_card(rep)]
    beside += [entry for track in site().rollup.tracks for entry in of_team_track(track)]
    told = {entry.figure for entry in (*every(site()), *beside)}
    assert told <= set(FIGURES)
    assert set(FIGURES) - told == set(PART_OF) | set(NOT_ON_THIS_TEAM)


def test_the_opportunities_stand_in_the_order_of_their_ids_each_once() -> None:
    for entry in every(site()):
        assert list(entry.opportunities) == sorted(set(entry.opportunities)), entry.figure


def test_the_order_of_the_workbooks_rows_does_not_matter() -> None:
    turned = replace(north(), opportunities=north().opportunities[::-1])
    assert every(team_site(turned, AS_OF)) == every(site())


def test_a_card_names_no_figure_and_milestone_twice_but_by_their_horizon_or_target() -> None:
    for card in cards(site()):
        seen = [
            (entry.figure, entry.milestone, entry.inputs.get("until"), entry.inputs.get("to"))
            for entry in card.provenance
        ]
        assert len(seen) == len(set(seen))


def test_a_reps_card_names_no_opportunity_of_a_colleague() -> None:
    owner = {opportunity.id: opportunity.rep for opportunity in north().opportunities}
    for rep in site().reps:
        named = {owner[one] for card in rep.tracks for entry in card.provenance for one in entry.opportunities}
        assert named == {rep.rep}


def test_the_ids_are_the_teams_own_strings_not_copies() -> None:
    own = {opportunity.id: opportunity.id for opportunity in north().opportunities}
    assert all(own[one] is one for entry in every(site()) for one in entry.opportunities)


# --- counted from the opportunities ---


@pytest.mark.parametrize("figure", COUNTS)
def test_a_count_of_opportunities_is_as_many_as_are_named(figure: str) -> None:
    sizes = {"Average contract, observed": "sales with a value"}
    for card in cards(site()):
        for entry in (entry for entry in card.provenance if entry.figure == figure):
            if figure in OF_THE_TRACK and card is not site().rollup.tracks[0].card:
                assert entry.opportunities == ()
            else:
                assert len(entry.opportunities) == (number(entry, sizes[figure]) if figure in sizes else entry.value)
    assert any(entry.opportunities for entry in entries_of(figure))


@pytest.mark.parametrize("figure", COUNTS_OF_MILESTONES)
def test_a_count_of_milestones_is_the_sum_over_the_milestones_each_with_its_opportunities(figure: str) -> None:
    for card in cards(site()):
        whole, *parts = [entry for entry in card.provenance if entry.figure == figure]
        assert whole.value == sum(numbers(whole)) == sum(len(part.opportunities) for part in parts)
        assert {part.milestone: part.value for part in parts} == dict(whole.inputs)
        assert set(whole.opportunities) == {one for part in parts for one in part.opportunities}


def test_what_was_decided_at_a_gate_is_named_one_by_one() -> None:
    for entry in entries_of("Rate to the next milestone, so far", "Rate to the sale, so far", "Rep against team"):
        assert len(entry.opportunities) == number(entry, "decided")


def test_those_that_took_a_known_time_and_the_new_starts_are_as_many_as_are_named() -> None:
    team_card = site().rollup.tracks[0].card
    for entry in team_card.provenance:
        if entry.figure == "Time to advance":
            assert len(entry.opportunities) == number(entry, "moved on")
    for entry in entries_of("New starts"):
        assert len(entry.opportunities) == number(entry, "first milestones")


def test_revenue_is_the_sum_of_the_values_of_its_opportunities() -> None:
    values = {opportunity.id: opportunity.value or 0.0 for opportunity in north().opportunities}
    for entry in entries_of("Revenue to date"):
        assert entry.value == sum(values[one] for one in entry.opportunities)


def test_gaps_that_are_filled_add_the_claimed_and_those_before_them() -> None:
    (ann,) = [card for rep in site().reps if rep.rep == "Ann" for card in rep.tracks]
    (entry,) = [entry for entry in ann.provenance if entry.figure == "What filling the gaps adds"]
    # Proof is claimed, Discovery before it is undated.
    assert (entry.value, dict(entry.inputs)) == (2, {"claimed this year": 1, "others of the same opportunities": 1})
    assert entry.opportunities == ("N-claimed",)


# --- computed from the numbers ---


RATIOS = {
    "Milestones a month": ("milestones a year", "months"),
    "Milestones a week (target)": ("milestones a year", "selling weeks"),
    "Part of the year": ("weekdays of the quota", "weekdays of the year"),
    "Elapsed": ("working days gone by", "working days"),
    "Attainment": ("credited", "expected to date"),
    "Required run rate": ("to finish the year", "weeks left"),
    "Recent run rate": ("credited", "weeks"),
    "Average contract, observed": ("their values together", "sales with a value"),
    "Rate to the next milestone, so far": ("moved on", "decided"),
    "Rate to the sale, so far": ("won", "decided"),
    "New starts": ("first milestones", "days"),
}


@pytest.mark.parametrize("figure", RATIOS)
def test_a_ratio_is_the_one_number_over_the_other(figure: str) -> None:
    part, whole = RATIOS[figure]
    told = [entry for entry in entries_of(figure) if part in entry.inputs]
    assert told
    for entry in told:
        assert isclose(entry.value or 0.0, number(entry, part) / number(entry, whole))


SUMS = ("Milestones a week (target)", "Whole-number plan", "Expected to date", "Expected contracts", "Expected revenue")


@pytest.mark.parametrize("figure", SUMS)
def test_the_teams_figure_is_the_sum_over_its_reps(figure: str) -> None:
    (entry,) = [entry for entry in site().rollup.tracks[0].card.provenance if entry.figure == figure]
    assert isclose(entry.value or 0.0, sum(numbers(entry)))
    assert list(entry.inputs) == ["Ann", "Ben", "Cid", "Dee"]
    of_reps = {rep.rep: e.value for rep in site().reps for e in rep.tracks[0].provenance if e.figure == figure}
    assert dict(entry.inputs) == pytest.approx(of_reps)


def by_formula(entry: Provenance) -> float:
    return FORMULAS[entry.figure](entry)


FORMULAS: dict[str, Callable[[Provenance], float]] = {
    "Contracts a year": lambda e: number(e, "annual target") / number(e, "average contract value"),
    "Ideal milestones a year": lambda e: number(e, "contracts a year") * number(e, "milestones"),
    "Required milestones a year": lambda e: prod(numbers(e)),
    "Multiplier, measured": lambda e: (
        (number(e, "milestones reached on decided opportunities") + 2 * 4 * 5) / (4 * (number(e, "sales") + 5))
    ),
    "Stage quotas": lambda e: prod(numbers(e)),
    "Working days": lambda e: number(e, "weekdays") - number(e, "days off"),
    "What filling the gaps adds": lambda e: sum(numbers(e)),
    "On pace": lambda e: number(e, "credited") - number(e, "expected to date"),
    "To finish the year": lambda e: max(number(e, "the year's quota") - number(e, "credited"), 0.0),
    "Back on pace": lambda e: ceil(number(e, "the weekly quota")) + number(e, "extra a week"),
    "Contracts to date": lambda e: number(e, "signed") - number(e, "cancelled since"),
    "Lost": lambda e: sum(numbers(e)),
    "Outcomes": lambda e: sum(numbers(e)),
    "Rep against team": lambda e: (
        (number(e, "went through") + number(e, "results of the team added") * number(e, "rate of the rest of the team"))
        / (number(e, "decided") + number(e, "results of the team added"))
    ),
    "Value at stake": lambda e: (
        number(e, "that came to it, a year")
        * max(number(e, "rate of the rest of the team") - number(e, "shrunken rate"), 0.0)
        * number(e, "shrunken rates of the later gates, multiplied")
    ),
    "Still to start": lambda e: prod(numbers(e)),
    "Forecast": lambda e: number(e, "from what is open") + number(e, "from what is still to start"),
}


@pytest.mark.parametrize("figure", FORMULAS)
def test_a_figure_is_what_its_formula_makes_of_the_numbers(figure: str) -> None:
    for entry in entries_of(figure):
        assert isclose(entry.value or 0.0, by_formula(entry), abs_tol=1e-12)


def test_expected_to_date_is_the_years_sum_by_the_working_days_gone_by_or_that_of_each_period() -> None:
    for rep in site().reps:
        for entry in rep.tracks[0].provenance:
            if entry.figure in {"Expected to date", "Expected contracts", "Expected revenue"}:
                if rep.rep == "Ben":
                    assert list(entry.inputs) == ["2026-01-01 to 2026-03-31", "2026-04-01 to 2026-12-31"]
                    assert isclose(entry.value or 0.0, sum(numbers(entry)))
                else:
                    this_year, gone_by, days = numbers(entry)
                    assert isclose(entry.value or 0.0, this_year * gone_by / days)


def test_weeks_left_are_the_selling_weeks_by_the_days_left_and_the_teams_are_weighed() -> None:
    for entry in entries_of("Weeks left"):
        if "selling weeks" in entry.inputs:
            selling, part, left, days = numbers(entry)
            assert isclose(entry.value or 0.0, selling * part * left / days)
        elif "weeks left times the weekly quota, of all" in entry.inputs:
            weighed, weekly = numbers(entry)
            assert isclose(entry.value or 0.0, weighed / weekly)
        else:
            assert isclose(entry.value or 0.0, sum(numbers(entry)))


def test_the_whole_number_plan_of_the_week_follows_from_the_year() -> None:
    for rep in site().reps:
        for entry in rep.tracks[0].provenance:
            if entry.figure == "Whole-number plan":
                a_year, week, weeks = numbers(entry)
                assert entry.value == whole_number_plan(a_year, int(week), weeks)


def test_the_expected_rate_to_the_sale_is_the_product_of_the_gates_on_the_way() -> None:
    ranges = {"to", "said as", "likely range from", "likely range to", LOW_95, HIGH_95}
    to_sale = [e for e in entries_of("Expected rate") if e.inputs["to"] == "Contract" and "moved on" not in e.inputs]
    assert to_sale
    for entry in to_sale:
        assert isclose(entry.value or 0.0, prod(number(entry, name) for name in entry.inputs if name not in ranges))


def test_stalled_comes_after_the_days_that_its_numbers_give() -> None:
    for entry in entries_of("Stalled"):
        n, median, ninth = (number(entry, name) for name in ("moved on", "median days", "nine in ten within days"))
        assert isclose(number(entry, "stalled after days"), (n * ninth + 10 * 3 * median) / (n + 10))


def test_the_interval_of_a_rate_holds_it() -> None:
    for entry in entries_of("Rate to the sale, so far", "Multiplier, measured"):
        if entry.inputs[LOW_95] is not None:
            assert number(entry, LOW_95) <= (entry.value or 0.0) <= number(entry, HIGH_95)


def test_a_multiplier_that_the_workbook_sets_is_told_so_with_its_gate_rate() -> None:
    page = team_site(team([deal("A", "2026-03-02 - - -")], [target()], settings=Settings(multiplier=1.5)), AS_OF)
    told = {entry.figure: entry for entry in page.reps[0].tracks[0].provenance}
    assert told["Multiplier, set"].value == 1.5
    assert told["Multiplier, set"].inputs == {"Multiplier in the Settings": 1.5}
    assert told["Gate rate"].value == gate_rate(4, 1.5)
    assert "Multiplier, measured" not in told
    assert "Decided, by milestone" not in told


def test_without_a_quota_no_figure_of_it_is_told_and_a_short_history_is_only_assumed() -> None:
    page = team_site(team([deal("A", "2026-03-02 - - -")]), AS_OF)
    told = {entry.figure for entry in page.reps[0].tracks[0].provenance}
    assert not told & {"Contracts a year", "Stage quotas", "Expected to date", "Attainment", "Weeks left", "Forecast"}
    assert {"Credited (done)", "Reached", "Forecast, assumed"} <= told


def test_cohorts_shrink_from_milestone_to_milestone() -> None:
    reached = [entry for entry in site().rollup.tracks[0].card.provenance if entry.figure == "Reached"]
    assert all(set(after.opportunities) <= set(before.opportunities) for before, after in pairwise(reached))
