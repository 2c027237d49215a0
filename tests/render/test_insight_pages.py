"""The pages to manage by: what each says first, that its figures stand there, and what it says when there are none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest
import sample_insights as insights
from sample_site import AS_OF, opportunity, rate, rollup, stamp, team_track

from milestone_reports.render.formats import Formats
from milestone_reports.render.html import WORD_MODULES, Pages, SiteOptions
from milestone_reports.render.resources import templates_folder
from milestone_reports.render.words import pipeline, planning, rates
from milestone_reports.scorecards.pages import TeamRollup, TeamTrack

PAGES = Pages(templates_folder(), "0.1.0")
SITE = SiteOptions()
US = Formats("en_US", "USD", AS_OF)
EVERY = ("conversion", "pipeline", "planning", "marketing")


def page(name: str, made: TeamRollup, site: SiteOptions = SITE) -> str:
    make: Callable[[TeamRollup, SiteOptions], bytes] = getattr(PAGES, name)
    return make(made, site).decode()


def seen(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.partition("<main")[2])).split())


def of_track(track: TeamTrack, **changes: object) -> TeamRollup:
    return rollup(tracks=(replace(track, **changes),))  # type: ignore[arg-type]


def rated() -> TeamTrack:
    """Two reps: one with rates, one with too few decided; the third has none."""
    track = team_track(3)
    decided = ((17, 28), (3, 5), (0, 0))
    reps = tuple(
        replace(
            row,
            to_next=tuple(rate(passed, n, 8) for _ in range(3)),
            to_sale=rate(passed, n),
            to_sale_says="early" if n > 10 else "too early",
            expected_to_sale=insights.expected(0.26) if n > 10 else insights.nothing_decided(),
        )
        for row, (passed, n) in zip(track.reps, decided, strict=True)
    )
    return replace(track, reps=reps)


def one_milestone() -> TeamTrack:
    track = team_track()
    card = replace(
        track.card,
        milestones=("Order",),
        conversion=track.card.conversion[-1:],
        by_milestone=track.card.by_milestone[-1:],
        gate_times=(),
        coaching=(),
        multiplier=insights.multiplier(per_contract=(2.0,), decided=(17,)),
        forecast=tuple(replace(one, drivers=()) for one in track.card.forecast),
    )
    quarters = tuple(replace(one, reached=one.reached[:1]) for one in track.quarters)
    return replace(track, card=card, quarters=quarters, levers=track.levers[:1])


EVERY_KIND = (
    rollup(),
    rollup(tracks=(rated(), team_track(3, "Existing clients"))),
    rollup(tracks=(one_milestone(),)),
    rollup(made=stamp(nothing_recorded=True)),
    of_track(team_track(), backtest=None, quarters=(), sources=(), levers=(), demand=insights.demand(says="covered")),
)


@pytest.mark.parametrize("name", EVERY)
def test_a_page_has_one_headline_and_each_id_once_whatever_there_is_to_say(name: str) -> None:
    for made in EVERY_KIND:
        html = page(name, made)
        assert len(re.findall("<h1>", html)) == 1
        ids = Counter(re.findall(r'\bid="([^"]+)"', html))
        assert all(count == 1 for count in ids.values()), ids
        for heading in re.findall(r'aria-labelledby="([^"]+)"', html):
            assert set(heading.split()) <= ids.keys()


@pytest.mark.parametrize("name", EVERY)
def test_the_same_figures_give_the_same_bytes(name: str) -> None:
    assert page(name, rollup()) == page(name, rollup())


@pytest.mark.parametrize("name", EVERY)
def test_a_page_stands_in_the_navigation_where_it_is_the_current_one(name: str) -> None:
    assert f'<a href="{name}.html" aria-current="page">' in page(name, rollup())


def test_no_two_modules_of_words_define_one_name() -> None:
    defined = Counter(
        name
        for module in WORD_MODULES
        for name, word in vars(module).items()
        if not name.startswith("_") and getattr(word, "__module__", "") == module.__name__
    )
    assert [name for name, count in defined.items() if count > 1] == []


def test_the_conversion_page_names_the_gate_that_lets_the_fewest_through_and_what_it_loses() -> None:
    # The sample's rows are eight times 28 of 36, 14 of 26, 8 of 12: Discovery to Proof is the lowest, 112 of 208.
    made = rollup()
    assert rates.conversion_headline(made, US) == "Discovery to Proof lets the fewest through: 112 of 208 (54%)"
    assert rates.conversion_deck(made, US).startswith("96 were lost there.")


def test_of_several_tracks_the_headline_says_which() -> None:
    made = rollup(tracks=(team_track(), team_track(3, "Existing clients")))
    assert rates.conversion_headline(made, US).startswith("On New business, Discovery to Proof lets the fewest")
    assert planning.planning_headline(made, US).startswith("On New business, the year is expected to fall short")


def test_a_track_of_one_milestone_has_no_gate_to_lose_at() -> None:
    text = seen(page("conversion", rollup(tracks=(one_milestone(),))))
    assert "Order is the only milestone: there is no gate to lose at" in text
    assert "By rep" not in text


def test_too_few_decided_is_too_early_to_say_which_gate() -> None:
    track = team_track()
    few = tuple(
        replace(row, to_next=rate(2, 3, 8) if row.to_next else None, to_sale=rate(1, 3) if row.to_sale else None)
        for row in track.card.conversion
    )
    made = of_track(track, card=replace(track.card, conversion=few))
    assert rates.conversion_headline(made, US) == (
        "Three opportunities are decided: too early to say which gate loses most"
    )


def test_both_rates_of_a_rep_stand_side_by_side_and_counts_alone_where_it_is_too_early() -> None:
    text = seen(page("conversion", rollup(tracks=(rated(),))))
    assert "61% early 17 of 28 26%" in text
    assert "3 of 5 too early" in text
    assert "60%" not in text.partition("By rep")[2].partition("Team")[0]
    assert "Nothing decided: Marcus Webb." in text


def test_of_a_large_team_only_reps_of_whom_a_rate_can_be_said_are_listed() -> None:
    shown, few, _ = rated().reps
    rows = tuple(replace(few, rep=f"Rep {n}", slug=f"rep-{n}") for n in range(45))
    track = replace(rated(), reps=(shown, *rows))
    assert rates.rated_reps(track) == [shown]
    assert rates.unrated_says(track, US) == "45 others have too few decided to say a rate."


def test_a_young_quarter_is_said_not_to_be_final() -> None:
    # 10 and 33 are open.
    assert rates.quarters_note(insights.quarters(), US) == (
        "43 of Q3 2026 and later are still open. Until they decide, their rates are not final."
    )


def test_the_pipeline_page_names_first_what_is_presumed_lost_then_what_is_overdue() -> None:
    made = rollup()
    none = replace(made.attention, n_overdue=0, n_stalled=0, n_presumed_lost=0, n_without_plan=0, n_evidence_missing=0)
    for counts, text in (
        ({"n_presumed_lost": 52, "n_overdue": 3}, "52 of 147 open opportunities are presumed lost, to close or update"),
        ({"n_overdue": 1, "n_stalled": 4}, "One of 147 open opportunities is overdue"),
        ({"n_stalled": 4, "n_without_plan": 9}, "Four of 147 open opportunities are stalled"),
        ({"n_without_plan": 9}, "Nine of 147 open opportunities are without a planned next milestone"),
        ({}, "All 147 open opportunities are planned, and none is overdue"),
    ):
        attention = replace(none, **counts)
        assert pipeline.pipeline_headline(replace(made, attention=attention), US) == text
    assert pipeline.pipeline_headline(replace(made, n_open=0, attention=none), US) == "No opportunity is open"


def test_the_lists_of_the_pipeline_page_stand_by_kind_the_presumed_lost_apart_from_the_stalled() -> None:
    gone = replace(opportunity(1), stalled=True, presumed_lost=True, account="Gone Ltd")
    slow = replace(opportunity(2), stalled=True, presumed_lost=False, account="Slow Ltd")
    unplanned = replace(opportunity(3), account="Vague Ltd", next_planned_on=None)
    html = page("pipeline", replace(rollup(), stalled=(gone, slow), without_plan=(unplanned,), overdue=()))
    parts = {part[: part.index('"')]: part for part in html.split('<section id="')[1:]}
    assert "Gone Ltd" in parts["presumed"]
    assert "Slow Ltd" not in parts["presumed"]
    assert "Slow Ltd" in parts["stalled"]
    assert "Vague Ltd" in parts["without-plan"]
    assert "overdue" not in parts


def test_what_is_open_is_never_called_lost_but_presumed_lost() -> None:
    gone = replace(opportunity(1), stalled=True, presumed_lost=True)
    text = seen(page("pipeline", replace(rollup(), stalled=(gone,))))
    assert re.findall(r"(?<!resumed )\blost\b", text) == []


def test_the_backtest_is_said_in_a_sentence_and_in_counts() -> None:
    told = insights.backtest()
    # 500 + 9 * 5.5 = 549.5 and 470 + 31 * 5.5 = 640.5, in thousands; 640.5 / 549.5 is 17 % more.
    assert pipeline.backtest_in_full(team_track(), told, US) == (
        "Made again at each of the last twelve month-ends, for the 90 days after it, the forecast said $550k, on "
        "average; $641k, 17% more came. What came lay inside the likely range ten of twelve times; eight in ten is "
        "what the range promises."
    )
    # 33 * .33 = 10.9
    assert pipeline.chances_say(told, US) == "Of 33 said to have a chance of 25% to 50%, 11 came."
    assert pipeline.chance_range(told.reliability[0], US) == "under 10%"


def test_few_month_ends_are_worth_no_percentage() -> None:
    told = insights.backtest()
    five = replace(told, months=told.months[:5], n_inside=5, n_without_history=7)
    assert "%" not in pipeline.backtest_in_full(team_track(), five, US)
    assert pipeline.without_history_note(five, US) == "Seven month-ends are left out: too little history then."


def test_without_a_backtest_the_page_says_what_it_takes() -> None:
    assert "No month-end can be judged yet" in seen(page("pipeline", of_track(team_track(), backtest=None)))


def test_a_stage_that_hardly_brings_anything_is_not_said_to_the_dollar() -> None:
    assert pipeline.driven_money(247.0, 402_542.0, US) == "<$1k"
    assert pipeline.driven_money(66_329.0, 402_542.0, US) == "$66k"
    assert pipeline.driven_money(247.0, 900.0, US) == "$247"


def test_before_anything_is_recorded_no_page_judges() -> None:
    made = rollup(made=stamp(nothing_recorded=True))
    for name in ("conversion", "planning", "marketing"):
        assert "No milestone completed yet" in seen(page(name, made))
    assert "By milestone" not in seen(page("conversion", made))
    assert "Forecast" not in seen(page("pipeline", made))
