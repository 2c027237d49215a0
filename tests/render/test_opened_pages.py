"""The pages behind the figures as HTML: where figures lead, what stands there, and what must not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from milestone_reports.render.html import Pages, SiteOptions
from milestone_reports.render.resources import templates_folder
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.scorecards.provenance.explaining import places_of
from milestone_reports.scorecards.provenance.opened import rep_figures, team_figures
from workbooks import DrawnWorkbook, read

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
    from milestone_reports.scorecards.definitions import FIGURES

    folder: Path = templates_folder()
    named = {
        name
        for path in folder.rglob("*.jinja")
        for name in re.findall(r'(?:common\.)?(?:rep_)?fig\((?:row, )?"([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= set(FIGURES)
