"""What the team's front page and its report say of the history: the order, the entries, the rows, the links."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from sample_insights import coaching, forecasts
from sample_site import rollup, stamp, team_track

from milestone_reports.render.html import Pages, SiteOptions
from milestone_reports.render.resources import templates_folder
from milestone_reports.render.room import team_setting
from milestone_reports.scorecards.pages import TeamRollup, TeamTrack

PAGES = Pages(templates_folder(), "0.1.0")
SITE = SiteOptions()


def page(made: TeamRollup) -> str:
    return PAGES.team(made, SITE).decode()


def heads(html: str) -> list[str]:
    return re.findall(r"<h2 id=\"h-[^\"]+\">([^<]+)</h2>", html)


def with_coaching(n_entries: int) -> TeamTrack:
    track = team_track()
    return replace(track, card=replace(track.card, coaching=tuple(coaching(1, "coach here") for _ in range(n_entries))))


def test_the_front_page_begins_with_where_the_managers_time_pays() -> None:
    order = heads(page(rollup()))
    wanted = [
        "Where your time pays most", "Reps", "Completed each week", "Conversion", "Forecast",
        "Stalled and presumed lost", "Overdue", "Planned next week", "The team’s target",
    ]  # fmt: skip
    places = [order.index(name) for name in wanted]
    assert all(before < after for before, after in pairwise(places))


def test_at_most_five_entries_stand_on_the_front_page_and_the_others_are_linked() -> None:
    html = page(rollup(tracks=(with_coaching(8),)))
    assert html.count('class="rank"') == 5
    assert 'And three more on the <a href="conversion.html#coaching-1">Conversion page</a>.' in html


def test_a_list_that_is_whole_leads_nowhere_else() -> None:
    assert "conversion.html#coaching" not in page(rollup(tracks=(with_coaching(5),)))


def test_an_entry_leads_to_the_reps_card() -> None:
    html = page(rollup(tracks=(with_coaching(1),)))
    assert (
        '<b class="who"><a href="reps/tomas-ferreira.html">Tomás Ferreira</a>.</b> Proof to Contract: 6 of 17' in html
    )


def test_without_an_entry_the_section_says_why() -> None:
    html = page(rollup(tracks=(with_coaching(0),)))
    assert "is below the rest of the team there." in html
    assert 'class="rank"' not in html


def test_both_rates_to_the_sale_stand_side_by_side_and_the_presumed_lost_are_counted_apart() -> None:
    html = page(rollup())
    for says in ("Presumed lost", "To the sale so far", "To the sale expected"):
        assert f'data-l="{says}"' in html


def test_an_expected_rate_that_is_too_early_is_not_a_percentage() -> None:
    track = team_track()
    rows = tuple(
        replace(row, expected_to_sale=row.expected_to_sale and replace(row.expected_to_sale, says="too early"))
        for row in track.card.conversion
    )
    html = page(rollup(tracks=(replace(track, card=replace(track.card, conversion=rows)),)))
    cells = re.findall(r'data-l="To the sale expected">(.*?)</td>', html)
    assert len(cells) == 3
    assert all("too early" in cell and "%" not in cell for cell in cells)


def test_the_quarter_and_the_year_that_end_together_are_one_row_with_both_counts() -> None:
    # Eight times eight contracts are signed in each period.
    html = page(rollup())
    assert '31 December <span class="until">quarter and year</span>' in html
    assert '64 <span class="mut">quarter</span><br>64 <span class="mut">year</span>' in html


def test_a_forecast_without_history_has_one_row_without_a_date_or_a_range() -> None:
    track = team_track()
    short = tuple(
        replace(one, basis="assumed", revenue=None, contracts=replace(one.contracts, low=None, high=None))
        for one in forecasts(8)
    )
    html = page(rollup(tracks=(replace(track, card=replace(track.card, forecast=short)),)))
    table = re.search(r'<table class="forecast.*?</table>', html, re.DOTALL)
    assert table
    assert table[0].count('scope="row"') == 1
    assert "assumed, no date" in table[0]
    assert "Forecast to 31 December" not in html


def test_the_presumed_lost_lead_to_the_pipeline_page() -> None:
    made = rollup()
    assert 'href="pipeline.html#presumed"' in page(made)
    only_stalled = replace(made, attention=replace(made.attention, n_presumed_lost=0))
    assert 'href="pipeline.html"' in page(only_stalled)
    assert "pipeline.html#presumed" not in page(only_stalled)


def test_overdue_beyond_ten_are_on_the_pipeline_page() -> None:
    html = page(rollup())
    assert re.search(r"And 2 more[^<]* <a href=\"pipeline.html#overdue\">", html)


def test_the_multiplier_stands_in_small_print_once() -> None:
    html = page(rollup())
    assert html.count("Multiplier 2.0, part assumed, part measured: from 17 sales of 54 decided") == 1


def test_a_team_with_nothing_recorded_is_compared_with_nobody() -> None:
    html = page(rollup(made=stamp(nothing_recorded=True)))
    for absent in ("Where your time pays most", "To the sale expected", 'class="forecast'):
        assert absent not in html


def test_every_track_has_its_own_list_and_its_own_forecast() -> None:
    html = page(rollup(tracks=(team_track(), team_track(3, "Existing clients"))))
    assert html.count('class="coach"') == html.count('<table class="forecast stack">') == 2
    assert 'aria-labelledby="h-coaching-2 h-track-2"' in html
    assert heads(html)[-1] == "The team’s target"
    assert "Planned next week: Existing clients" in html


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_report_has_the_same_sections_and_lists_the_largest(paper: str) -> None:
    made = rollup(made=stamp(paper=paper))
    html = PAGES.team_print(made)
    setting = team_setting(made)
    for title in ("Where your time pays most", "Forecast", "Marketing by source", "Stalled and presumed lost"):
        assert f">{title}</h2>" in html
    assert html.count("overdue ") >= setting.n_overdue
    assert "href" not in html.split("</style>", 1)[1]


def test_a_report_without_a_named_source_has_no_table_of_them() -> None:
    track = team_track()
    unnamed = tuple(row for row in track.sources if not row.source)
    assert "Marketing by source" not in PAGES.team_print(rollup(tracks=(replace(track, sources=unnamed),)))
