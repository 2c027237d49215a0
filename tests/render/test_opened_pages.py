"""The pages behind the figures as HTML: where figures lead, what stands there, and what must not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from milestone_reports.domain.message import message
from milestone_reports.metrics.estimators.conversion import Saying
from milestone_reports.metrics.estimators.multiplier import Label
from milestone_reports.metrics.pace import Standing
from milestone_reports.render.formats import Formats
from milestone_reports.render.html import Pages, SiteOptions
from milestone_reports.render.language import speaking
from milestone_reports.render.opening import Opener
from milestone_reports.render.resources import templates_folder
from milestone_reports.render.words import figure_inputs
from milestone_reports.render.words.opened import entry_anchors
from milestone_reports.scorecards import provenance
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.definitions import FIGURES
from milestone_reports.scorecards.insights import Demand, Ending, Lever, Provenance
from milestone_reports.scorecards.learned.outlook import Until
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.scorecards.provenance.explaining import places_of
from milestone_reports.scorecards.provenance.opened import rep_figures, team_figures
from workbooks import DrawnWorkbook, read

STATES = ((Demand, "says"), (Lever, "kind"))
"""States that are written out where they are used."""

PAGES = Pages(templates_folder(), "0.1.0")
SITE = SiteOptions()

TEAM = """
[Opportunities]
ID | Opportunity | Account | Rep | Value | Meeting | Meeting planned | Contract | Contract planned | Outcome | Closed
7 | Press | Talbeck | Ann Lee | 40000 | 2026-09-07 | | 2026-10-05 | | won |
8 | Oven | Hexton | Ann Lee | | 2026-11-16 | 2026-11-16 | | 2026-11-25 | open |
9 | Pump | Orrin | Bo Ek | 70000 | 2026-10-12 | | | | lost | 2026-11-02
[Reps]
Rep | Annual target | Average contract value
Ann Lee | 600000 | 50000
Bo Ek | 600000 | 50000
"""


@pytest.fixture
def made(workbook: DrawnWorkbook) -> TeamSite:
    reading = read(workbook(TEAM))
    return team_site(reading.team, reading.as_of)


def page_of(made: TeamSite, name: str) -> str:
    card = next(card for card in made.reps if card.rep == name)
    return PAGES.rep_figures(rep_figures(made, places_of(made), card), SITE).decode()


def test_a_figure_of_a_card_leads_to_its_own_place_behind_the_card(made: TeamSite) -> None:
    card = PAGES.rep(next(card for card in made.reps if card.rep == "Ann Lee"), SITE).decode()
    behind = page_of(made, "Ann Lee")
    places = set(re.findall(r'href="figures/ann-lee\.html#([^"]+)"', card))
    assert {"credited-done", "on-pace", "done-in-a-week", "opp-8"} <= places
    assert all(f'id="{place}"' in behind for place in places)


def test_a_figure_has_its_value_what_went_in_and_links_to_the_rows_it_was_counted_from(made: TeamSite) -> None:
    (article,) = re.findall(
        r'<article class="figure-def" id="contracts-to-date".*?</article>', page_of(made, "Ann Lee"), re.DOTALL
    )
    assert "<b>1</b>" in article
    assert re.search(r'signed <span class="nw">1</span>', article)
    assert "<summary>one opportunity</summary>" in article
    assert '<a href="#opp-7"><bdi>Talbeck, Press</bdi></a>' in article


def test_an_opportunity_has_its_dates_each_with_its_cell(made: TeamSite) -> None:
    (row,) = re.findall(r'<tr id="opp-7">.*?</tr>', page_of(made, "Ann Lee"), re.DOTALL)
    text = re.sub(r"<[^>]+>|\s+", " ", row)
    assert re.sub(r" +", " ", text).strip() == ("Talbeck, Press 7 · row 2 $40,000 7 Sep F2 5 Oct H2 won 5 Oct")


def test_a_reps_page_says_nothing_of_a_colleagues_deals(made: TeamSite) -> None:
    page = page_of(made, "Ann Lee")
    assert not [word for word in ("Orrin", "Pump", "Bo Ek", "opp-9") if word in page]


def test_a_figure_of_the_team_lists_its_opportunities_rep_by_rep(made: TeamSite) -> None:
    pages = {page.slug: PAGES.team_figure(page, SITE).decode() for page in team_figures(made, places_of(made))}
    reached = pages["reached"]
    assert reached.index("<bdi>Ann Lee</bdi>") < reached.index('href="../opportunities.html#opp-9"')
    assert "<h1>Reached</h1>" in reached


def test_the_list_of_all_says_what_became_of_them(made: TeamSite) -> None:
    page = PAGES.opportunities(made, SITE).decode()
    assert "<h1>3 opportunities: 1 open, 1 won, 1 closed without a sale</h1>" in page
    assert [f'id="opp-{n}"' in page for n in (7, 8, 9)] == [True] * 3


def test_paper_has_no_links_to_what_is_behind(made: TeamSite) -> None:
    assert 'class="open"' not in PAGES.rep_print(made.reps[0]) + PAGES.team_print(made.rollup)


def test_templates_do_not_name_figures_that_no_definition_has() -> None:
    folder: Path = templates_folder()
    named = {
        name
        for path in folder.rglob("*.jinja")
        for name in re.findall(r'(?:common\.)?(?:rep_)?fig\((?:row, )?"([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= set(FIGURES)


def entry(figure: str, value: float | None = 1.0, milestone: str = "", **inputs: float | str | None) -> Provenance:
    """A value whose inputs are named as they are in the program: `in_money` for `in money`."""
    return Provenance(figure, milestone, value, {message(n.replace("_", " ")): v for n, v in inputs.items()}, ())


DOLLARS = Formats("en_US", "USD")


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (entry("Revenue to date", 881965.5), "$881,965.50"),
        (entry("Attainment", 0.9612), "96%"),
        (entry("On pace", -11.16543), "−11.1654"),
        (Provenance("Backtest", "", 20.0, {message("forecast, in money"): 20.0}, ()), "$20"),
        (Provenance("Backtest", "", 20.0, {message("forecast, in contracts"): 20.0}, ()), "20"),
        (entry("Attainment", None), "–"),
    ],
)
def test_a_value_is_money_a_percentage_or_a_number_as_its_figure_is(told: Provenance, text: str) -> None:
    assert figure_inputs.value_text(told, DOLLARS) == text


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (entry("Contracts a year", annual_target=750000.0, average_contract_value=50000.0), "$750,000"),
        (entry("Contracts a year", annual_target=15.0), "15"),
        (entry("Forecast", in_money=1200.0), "$1,200"),
        (entry("Forecast", likely_range_from=5.96894), "5.9689"),
        (entry("Expected rate", likely_range_from=0.5969), "60%"),
        (entry("Value at stake", shrunken_rate=0.5), "50%"),
        (Provenance("Expected revenue", "", 1.0, {"Ann Lee": 600.0}, ()), "$600"),
        (entry("Multiplier, measured", counted_to="2025-12-31"), "31 December 2025"),
        (entry("Best run of weeks", the_best_week="2026-W52"), "W52"),
        (entry("On pace", in_words="behind"), "behind"),
        (entry("Time to advance", median_days=None), "–"),
    ],
)
def test_an_input_is_written_as_its_name_says(told: Provenance, text: str) -> None:
    assert figure_inputs.input_lines(told, DOLLARS)[0].text == text


def test_days_and_months_in_the_names_of_inputs_are_written_out() -> None:
    period = message("{first} to {last}", first="2026-01-01", last="2026-06-30")
    told = Provenance("Expected to date", "", 1.0, {period: 0.5, "2026-11": 2.0}, ())
    names = [line.name for line in figure_inputs.input_lines(told, DOLLARS)]
    assert names == ["1 January 2026 to 30 June 2026", "November 2026"]


@pytest.mark.parametrize(
    ("told", "row"),
    [
        (entry("Forecast", until="year", ends_on="2026-12-31"), "by 31 December 2026"),
        (entry("Still to start", until="year"), "by the end of the year"),
        (entry("Backtest", at_the_end_of="2026-04-30"), "30 April 2026"),
        (entry("By source", source="year"), "year"),
        (entry("By source", source=None), "no source given"),
        (entry("What-if", lever="rep", gate=None), "rep"),
        (entry("What-if", lever="gate", gate="Meeting to Contract"), "Meeting to Contract"),
        (entry("Expected rate", milestone="Meeting", to="Contract"), "Meeting to Contract"),
        (entry("Reached", milestone="Meeting"), "Meeting"),
        (entry("Attainment"), "value"),
    ],
)
def test_a_row_is_named_by_what_tells_it_apart_and_does_not_say_it_twice(told: Provenance, row: str) -> None:
    assert figure_inputs.row_name(told, DOLLARS) == row
    assert row not in {line.text for line in figure_inputs.input_lines(told, DOLLARS)}


def test_the_programs_own_words_are_said_in_german_and_the_workbooks_are_not() -> None:
    with speaking("de"):
        assert figure_inputs.input_lines(entry("On pace", in_words="behind"), DOLLARS)[0].text == "hinter dem Soll"
        assert figure_inputs.row_name(entry("By source", source="rep"), DOLLARS) == "rep"
        assert figure_inputs.row_name(entry("What-if", lever="rep"), DOLLARS) == "Verkäufer"
        assert figure_inputs.input_lines(entry("Streak", met=message("yes")), DOLLARS)[0].text == "ja"


def test_every_figure_with_a_form_or_a_row_name_of_its_own_is_one_that_is_defined() -> None:
    named = figure_inputs.MONEY_FIGURES | figure_inputs.SHARE_FIGURES | set(figure_inputs.TELLS_APART)
    assert named <= set(FIGURES)


def test_every_input_with_a_form_of_its_own_is_one_that_the_source_names() -> None:
    folder = Path(provenance.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py")))
    telling = {name for names in figure_inputs.TELLS_APART.values() for name in names}
    beside = {*figure_inputs.MONEY_BESIDE, *figure_inputs.MONEY_BESIDE.values()}
    sets = figure_inputs.MONEY_INPUTS | figure_inputs.SHARE_INPUTS | figure_inputs.LIKE_ITS_FIGURE | figure_inputs.NAMES
    assert [name for name in sorted({*sets, *telling, *beside}) if f'message("{name}"' not in source] == []


def test_the_states_among_the_inputs_are_all_in_the_table_of_words() -> None:
    states = [Standing, Saying, Label, Ending, Until, *(get_type_hints(kind)[name] for kind, name in STATES)]
    assert {word for state in states for word in get_args(state)} <= set(figure_inputs.state_words())


def test_only_numbers_are_kept_on_one_line() -> None:
    lines = figure_inputs.input_lines(entry("Forecast", until="year", in_money=5.0), DOLLARS)
    assert [line.is_number for line in lines] == [False, True]


def test_a_milestones_figure_leads_to_its_own_value(made: TeamSite) -> None:
    card = PAGES.rep(next(card for card in made.reps if card.rep == "Ann Lee"), SITE).decode()
    behind = page_of(made, "Ann Lee")
    assert 'href="figures/ann-lee.html#credited-done--contract"' in card
    (row,) = re.findall(r'<li id="credited-done--contract" data-opens>.*?</li>', behind, re.DOTALL)
    assert '<span class="of">Contract</span>' in row
    places = re.findall(r' id="([^"]+)"', behind)
    assert len(places) == len(set(places))


def test_places_of_values_are_different_whatever_the_milestones_are_called() -> None:
    places = entry_anchors("Expected rate", 1, ["Meeting", "Meeting", "Meeting 2", "", "Value"])
    assert places[:2] == ["expected-rate--meeting", "expected-rate--meeting--2"]
    assert len(set(places)) == len(places)


def test_a_teams_figure_is_opened_at_its_track_among_those_that_have_it() -> None:
    told: dict[str, dict[str, tuple[str, ...]]] = {
        "New": {},
        "Old": {"Reached": ("Meeting", "Contract")},
        "Third": {"Reached": ("Meeting",), "Lost": ("",)},
    }
    team = Opener(told)
    assert team.href("Reached", "Old", "Contract") == "figures/reached.html#reached--contract"
    assert team.href("Reached", "Third", "Meeting") == "figures/reached.html#reached-2--meeting"
    assert team.href("Lost", "Third", "Meeting") == "figures/lost.html"
    assert team.href("Reached", "New", "Meeting") == ""
    rep = Opener(told, "ann")
    assert rep.href("Lost", "Third", "Meeting") == "figures/ann.html#lost-3"
    assert rep.href("Reached", "Old", "Meeting") == "figures/ann.html#reached-2--meeting"
