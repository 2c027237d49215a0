"""Tables in the browser, by keyboard alone and from the disk: order, filter, totals, the address (docs/pages.md)."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import Watched, press_until
from playwright.sync_api import Page, expect

from milestone_reports.render.formats import Formats
from milestone_reports.render.html import SHEETS, static_files
from milestone_reports.render.resources import templates_folder

pytestmark = pytest.mark.system

HEAD = """<!doctype html><html lang="{language}" data-locale="{locale}" data-currency="{currency}"><head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'">
<title>Reps</title>{sheets}<link rel="icon" href="data:,">
<script src="static/js/theme.js"></script>
<script defer src="static/js/figures.js" data-thousand="k" data-million="m" data-billion="bn"></script>
<script defer src="static/js/address.js"></script>
<script defer src="static/js/tables.js" data-count="{{shown}} of {{all}} shown" data-nothing="Nothing matches" data-share="{{part}} of {{whole}}, {{percent}}"
 data-order-by="Order by" data-as-listed="the page’s own order" data-ascending="{{column}}, ascending" data-descending="{{column}}, descending"></script>
</head><body><main><h1>Reps</h1><p><a href="#rep-zoe">Zoë</a> <a href="#far">Far</a></p>"""  # noqa: E501  as base.html.jinja has it

REPS = """<table class="stack" data-table="reps" data-filter="Filter the reps"><caption>Reps</caption>
<thead><tr><th scope="col" data-sort="rep">Rep</th><th scope="col" data-sort="gap">Gap</th>
<th scope="col" data-sort="started">Started<br>on</th><th scope="col" data-sort="revenue">Revenue</th><th scope="col">Share</th>
<th scope="col">Rate</th></tr></thead>
<tbody>
<tr id="rep-zoe"><th scope="row">Zoë Müller</th><td data-v="-3.5">−3.5</td><td data-v="2026-02-01">1 Feb</td><td data-v="1200000.5">$1.2m</td><td data-num="3" data-den="4">75%</td><td data-num="1" data-den="1">100%</td></tr>
<tr><th scope="row">Ann Lee 10</th><td data-v="12">+12</td><td data-v="2025-12-31">31 Dec</td><td data-v="800000">$800k</td><td data-num="2" data-den="300">1%</td><td data-num="299" data-den="299">100%</td></tr>
<tr data-stay><th scope="row">Not a rep</th><td></td><td></td><td data-v="5"></td><td></td><td></td></tr>
<tr><th scope="row">Ann Lee 9</th><td data-v="">–</td><td data-v="">–</td><td data-v="">–</td><td></td><td></td></tr>
<tr><th scope="row">ÅSA Berg</th><td data-v="9">+9</td><td data-v="2026-01-15">15 Jan</td><td data-v="1000">$1k</td><td data-num="0" data-den="6">0%</td><td data-num="0" data-den="0">–</td></tr>
</tbody>
<tfoot><tr><th scope="row">Team</th><td data-total="sum" data-as="number"><b>+17.5</b></td><td></td><td data-total="sum" data-as="money-short">$2m</td>
<td data-total="ratio" data-as="share">5 of 310, 2%</td><td data-total="ratio" data-as="percent">99%</td></tr></tfoot></table>"""  # noqa: E501  a row a line

OTHERS = """<table data-table="deals"><thead><tr><th scope="col" data-sort="deal">Deal</th></tr></thead>
<tbody><tr><td>B</td></tr><tr><td>A</td></tr></tbody></table>
<details><summary>More</summary><p id="inner">Within</p></details>
<ul><li id="row" data-opens>7 <div><details><summary>All</summary><p id="counted">Press</p></details></div></li></ul>
<div><p>Below</p><p id="far">Far</p></div></main></body></html>"""


def bench(folder: Path, *, language: str = "en", locale: str = "en-US", currency: str = "USD") -> Path:
    """A page with two tables, over the real style sheets and scripts."""
    for name, content in static_files(templates_folder()).items():
        path = folder / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    sheets = "".join(f'<link rel="stylesheet" href="static/css/{sheet}">' for sheet in SHEETS)
    head = HEAD.format(language=language, locale=locale, currency=currency, sheets=sheets)
    page = folder / "index.html"
    page.write_text(head + REPS + OTHERS, encoding="utf-8")
    return page


def names(tab: Page) -> list[str]:
    """Who is seen, from top to bottom."""
    return tab.locator('table[data-table="reps"] tbody tr:visible th').all_inner_texts()


def totals(tab: Page) -> list[str]:
    return tab.locator('table[data-table="reps"] tfoot [data-total]').all_inner_texts()


def sort_of(tab: Page, column: str) -> str | None:
    return tab.locator(f'th[data-sort="{column}"]').get_attribute("aria-sort")


def written(tab: Page, fragment: str) -> None:
    """Waits until the address says so."""
    tab.wait_for_function("wanted => location.hash === wanted", arg=fragment)


MOST_MILLISECONDS = 1500
"""For two sorts of five thousand rows, on the slowest machine that runs the tests."""

AS_LISTED = ["Zoë Müller", "Ann Lee 10", "Not a rep", "Ann Lee 9", "ÅSA Berg"]


def test_a_heading_sorts_ascending_then_descending_then_as_listed_and_none_is_always_last(
    window: Watched, tmp_path: Path
) -> None:
    tab = window.open(bench(tmp_path))
    press_until(tab, "Tab", '[data-sort="gap"] button')
    tab.keyboard.press("Enter")
    assert names(tab) == ["Zoë Müller", "ÅSA Berg", "Not a rep", "Ann Lee 10", "Ann Lee 9"]
    assert (sort_of(tab, "gap"), sort_of(tab, "rep")) == ("ascending", None)
    tab.keyboard.press("Space")
    assert names(tab) == ["Ann Lee 10", "ÅSA Berg", "Not a rep", "Zoë Müller", "Ann Lee 9"]
    assert sort_of(tab, "gap") == "descending"
    tab.keyboard.press("Enter")
    assert names(tab) == AS_LISTED
    assert sort_of(tab, "gap") is None


@pytest.mark.parametrize(
    ("column", "order"),
    [
        ("rep", ["Ann Lee 9", "Ann Lee 10", "Not a rep", "ÅSA Berg", "Zoë Müller"]),
        ("started", ["Ann Lee 10", "ÅSA Berg", "Not a rep", "Zoë Müller", "Ann Lee 9"]),
        ("revenue", ["ÅSA Berg", "Ann Lee 10", "Not a rep", "Zoë Müller", "Ann Lee 9"]),
    ],
)
def test_text_dates_and_money_sort_by_what_they_mean(
    window: Watched, tmp_path: Path, column: str, order: list[str]
) -> None:
    tab = window.open(bench(tmp_path))
    press_until(tab, "Tab", f'[data-sort="{column}"] button')
    tab.keyboard.press("Enter")
    assert names(tab) == order


def test_only_one_heading_at_a_time_has_a_sort_and_only_it_draws_an_arrow(window: Watched, tmp_path: Path) -> None:
    tab = window.open(bench(tmp_path))
    for column in ("rep", "gap"):
        press_until(tab, "Tab", f'[data-sort="{column}"] button')
        tab.keyboard.press("Enter")
    assert (sort_of(tab, "rep"), sort_of(tab, "gap")) == (None, "ascending")
    arrow = "name => getComputedStyle(document.querySelector(`[data-sort=${name}] button`), '::after').visibility"
    assert [tab.evaluate(arrow, name) for name in ("rep", "gap")] == ["hidden", "visible"]
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert tab.evaluate(outline) == "solid"


def test_a_filter_takes_all_words_in_any_case_and_accent_and_the_totals_follow(window: Watched, tmp_path: Path) -> None:
    tab = window.open(bench(tmp_path))
    shown = tab.get_by_role("status")
    expect(shown).to_have_text("4 of 4 shown")
    assert totals(tab) == ["+17.5", "$2m", "5 of 310, 2%", "99%"]
    press_until(tab, "Tab", "input[type=search]")
    tab.keyboard.type("muller ZOE")
    assert names(tab) == ["Zoë Müller", "Not a rep"]
    expect(shown).to_have_text("1 of 4 shown")
    assert totals(tab) == ["−3.5", "$1.20m", "3 of 4, 75%", "100%"]
    tab.keyboard.press("Escape")
    tab.keyboard.type("asa")
    # 0 of 6; nothing decided: a dash.
    assert totals(tab) == ["9", "$1k", "0 of 6, 0%", "–"]
    tab.keyboard.press("Escape")
    tab.keyboard.type("lee")
    # 2 of 300 is 0.67 %; Ann Lee 9 has no figure and adds none.
    assert totals(tab) == ["12", "$800k", "2 of 300, 1%", "100%"]
    tab.keyboard.type("x")
    assert names(tab) == ["Not a rep"]
    expect(shown).to_have_text("Nothing matches")
    assert totals(tab) == ["–", "–", "–", "–"]
    tab.keyboard.press("Escape")
    assert names(tab) == AS_LISTED
    assert totals(tab) == ["+17.5", "$2m", "5 of 310, 2%", "99%"]
    assert tab.locator("tfoot td b").count() == 1


@pytest.mark.parametrize("typed", ["-3.5", "−3.5", "o'hara", "o’hara"])
def test_a_filter_takes_minus_signs_and_apostrophes_as_a_keyboard_has_them(
    window: Watched, tmp_path: Path, typed: str
) -> None:
    page = bench(tmp_path)
    page.write_text(page.read_text("utf-8").replace("Zoë Müller", "Zoë O’Hara"), "utf-8")
    tab = window.open(page)
    tab.locator("input[type=search]").fill(typed)
    expect(tab.get_by_role("status")).to_have_text("1 of 4 shown")


def test_thousands_of_rows_are_sorted_and_filtered_at_once(window: Watched, tmp_path: Path) -> None:
    page = bench(tmp_path)
    rows = "".join(
        f'<tr><th scope="row">Rep {n}</th>{"<td>1</td>" * 8}<td data-v="{n}">{n}</td></tr>' for n in range(5000)
    )
    wide = '<th scope="col">A</th>' * 9 + '<th scope="col" data-sort="made">Made</th>'
    many = f'<table data-table="many" data-filter="Filter"><thead><tr>{wide}</tr></thead><tbody>{rows}</tbody></table>'
    page.write_text(page.read_text("utf-8").replace("<details>", f"{many}<details>", 1), "utf-8")
    tab = window.open(page)
    took = """() => { const heading = document.querySelector("[data-sort=made] button"); const from = performance.now();
      heading.click(); heading.click(); return performance.now() - from; }"""
    assert tab.evaluate(took) < MOST_MILLISECONDS
    assert tab.locator('table[data-table="many"] tbody th').first.inner_text() == "Rep 4999"


def test_a_ratio_is_a_whole_percentage_that_is_100_or_0_only_when_it_is(window: Watched, tmp_path: Path) -> None:
    page = bench(tmp_path)
    page.write_text(
        page.read_text("utf-8")
        .replace('data-num="299" data-den="299"', 'data-num="298" data-den="299"')
        .replace('data-num="2" data-den="300"', 'data-num="1" data-den="300"'),
        "utf-8",
    )
    tab = window.open(page)
    press_until(tab, "Tab", "input[type=search]")
    tab.keyboard.type("lee 10")
    # 1 of 300 is 0.33 %, and 298 of 299 is 99.67 %.
    assert totals(tab)[2:] == ["1 of 300, 1%", "99%"]


def test_totals_are_written_in_the_locale_and_currency_of_the_page(window: Watched, tmp_path: Path) -> None:
    tab = window.open(bench(tmp_path, language="de", locale="de-DE", currency="EUR"))
    press_until(tab, "Tab", "input[type=search]")
    tab.keyboard.type("zoe")
    assert totals(tab) == ["−3,5", "1,20m\u00a0€", "3 of 4, 75\u00a0%", "100\u00a0%"]


def test_order_and_filter_stand_in_the_address_without_a_history_and_come_back(window: Watched, tmp_path: Path) -> None:
    tab = window.open(bench(tmp_path))
    before = tab.evaluate("history.length")
    press_until(tab, "Tab", "input[type=search]")
    tab.keyboard.type("ann lee")
    press_until(tab, "Tab", '[data-sort="gap"] button')
    tab.keyboard.press("Enter")
    tab.keyboard.press("Enter")
    press_until(tab, "Tab", '[data-sort="deal"] button')
    tab.keyboard.press("Enter")
    written(tab, "#?reps.filter=ann+lee&reps.sort=-gap&deals.sort=deal")
    assert tab.evaluate("history.length") == before
    tab.reload()
    assert names(tab) == ["Ann Lee 10", "Not a rep", "Ann Lee 9"]
    assert sort_of(tab, "gap") == "descending"
    assert tab.locator('table[data-table="deals"] tbody td').all_inner_texts() == ["A", "B"]
    assert tab.locator("input[type=search]").input_value() == "ann lee"
    expect(tab.get_by_role("status")).to_have_text("2 of 4 shown")
    assert totals(tab)[0] == "12"


def test_a_link_to_a_place_keeps_the_order_and_back_and_forward_bring_back_what_was(
    window: Watched, tmp_path: Path
) -> None:
    tab = window.open(bench(tmp_path))
    press_until(tab, "Tab", '[data-sort="gap"] button')
    tab.keyboard.press("Enter")
    written(tab, "#?reps.sort=gap")
    press_until(tab, "Shift+Tab", '[href="#far"]')
    tab.keyboard.press("Enter")
    written(tab, "#far?reps.sort=gap")
    assert tab.evaluate("document.querySelector(':target').id") == "far"
    assert sort_of(tab, "gap") == "ascending"
    press_until(tab, "Shift+Tab", '[data-sort="rep"] button')
    tab.keyboard.press("Enter")
    written(tab, "#far?reps.sort=rep")
    tab.go_back()
    written(tab, "#?reps.sort=gap")
    assert (sort_of(tab, "gap"), sort_of(tab, "rep")) == ("ascending", None)
    tab.go_forward()
    written(tab, "#far?reps.sort=rep")
    assert (sort_of(tab, "gap"), sort_of(tab, "rep")) == (None, "ascending")
    tab.reload()
    assert tab.evaluate("document.querySelector(':target').id") == "far"
    assert sort_of(tab, "rep") == "ascending"


def test_back_to_a_page_that_was_not_sorted_is_as_listed(window: Watched, tmp_path: Path) -> None:
    tab = window.open(bench(tmp_path))
    press_until(tab, "Tab", '[href="#far"]')
    tab.keyboard.press("Enter")
    press_until(tab, "Shift+Tab", '[data-sort="rep"] button')
    tab.keyboard.press("Enter")
    written(tab, "#far?reps.sort=rep")
    tab.go_back()
    tab.wait_for_function("() => location.hash === ''")
    assert names(tab) == AS_LISTED


def test_a_row_that_is_visited_is_shown_whatever_the_filter(window: Watched, tmp_path: Path) -> None:
    tab = window.open(bench(tmp_path))
    press_until(tab, "Tab", "input[type=search]")
    tab.keyboard.type("asa")
    written(tab, "#?reps.filter=asa")
    press_until(tab, "Shift+Tab", '[href="#rep-zoe"]')
    tab.keyboard.press("Enter")
    written(tab, "#rep-zoe")
    expect(tab.locator("#rep-zoe")).to_be_in_viewport()
    assert names(tab) == AS_LISTED
    assert tab.locator("input[type=search]").input_value() == ""


def test_what_is_closed_around_a_place_opens_when_it_is_visited(window: Watched, tmp_path: Path) -> None:
    tab = window.open(f"{bench(tmp_path).as_uri()}#inner?reps.sort=-rep")
    expect(tab.locator("#inner")).to_be_in_viewport()
    assert tab.evaluate("document.querySelector(':target').id") == "inner"
    assert sort_of(tab, "rep") == "descending"


def test_what_is_closed_in_a_row_opens_when_the_row_is_visited_and_it_says_so(window: Watched, tmp_path: Path) -> None:
    page = bench(tmp_path).as_uri()
    tab = window.open(f"{page}#rep-zoe")
    expect(tab.locator("#counted")).to_be_hidden()
    tab.goto(f"{page}#row")
    expect(tab.locator("#counted")).to_be_visible()


def test_an_address_that_says_nonsense_is_put_right(window: Watched, tmp_path: Path) -> None:
    tab = window.open(f"{bench(tmp_path).as_uri()}#nowhere?reps.sort=-moon&reps.filter=%zz&other=kept")
    written(tab, "#nowhere?reps.filter=%25zz&other=kept")
    assert names(tab) == ["Not a rep"]


def test_on_a_phone_a_choice_stands_for_the_headings(phone: Watched, tmp_path: Path) -> None:
    tab = phone.open(bench(tmp_path))
    press_until(tab, "Tab", "select")
    assert tab.locator("select option").all_inner_texts()[:3] == [
        "the page’s own order",
        "Rep, ascending",
        "Rep, descending",
    ]
    assert "Started on, ascending" in tab.locator("select option").all_inner_texts()
    tab.keyboard.type("Gap, desc")
    assert names(tab) == ["Ann Lee 10", "ÅSA Berg", "Not a rep", "Zoë Müller", "Ann Lee 9"]
    assert sort_of(tab, "gap") == "descending"
    written(tab, "#?reps.sort=-gap")
    # The headings are not there: the Tab key goes from the choice to the next table's.
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('th').dataset.sort") == "deal"


def test_targets_are_at_least_24_pixels_each_way(window: Watched, tmp_path: Path) -> None:
    tab = window.open(bench(tmp_path))
    for control in tab.locator("button, input, select").all():
        box = control.bounding_box()
        if box is not None:
            assert min(box["width"], box["height"]) >= 24, control.evaluate("it => it.outerHTML")


def test_the_reps_of_a_team_s_own_page_sort_and_filter(window: Watched, sample: Path) -> None:
    tab = window.open(sample / "index.html")
    table = tab.locator("table.reps")
    gaps = [float(gap) for gap in table.locator("td.c-gap").evaluate_all("all => all.map(it => it.dataset.v)") if gap]
    assert gaps == sorted(gaps, reverse=True)
    press_until(tab, "Tab", '[data-sort="gap"] button', most=200)
    tab.keyboard.press("Enter")
    now = table.locator("td.c-gap").evaluate_all("all => all.map(it => it.dataset.v)")
    assert [float(gap) for gap in now if gap] == sorted(gaps)
    assert now[len(gaps) :] == [""] * (len(now) - len(gaps))
    press_until(tab, "Shift+Tab", "input[type=search]")
    tab.keyboard.type("zoe")
    assert table.locator("tbody tr:visible").count() == 1
    expect(tab.get_by_role("status").first).to_have_text(f"1 of {len(now)} shown")


def counted(tab: Page, table: str, column: str) -> tuple[float, str]:
    """The sum of a column's rows that are seen, and what its footer says."""
    place = tab.evaluate("name => document.querySelector(name).cellIndex", f'{table} th[data-sort="{column}"]') + 1
    values = tab.locator(f"{table} tbody tr:visible > :nth-child({place})").evaluate_all(
        "all => all.map(it => +it.dataset.v)"
    )
    return sum(values), tab.locator(f"{table} tfoot tr > :nth-child({place})").inner_text()


def test_the_pages_of_a_whole_team_sort_filter_and_add_up(window: Watched, sample: Path) -> None:
    tab = window.open(sample / "reps.html")
    table = 'table[data-table="reps"]'
    press_until(tab, "Tab", '[data-sort="gap"] button')
    tab.keyboard.press("Enter")
    tab.keyboard.press("Enter")
    rows = tab.locator(f"{table} tbody tr")
    place = tab.evaluate("document.querySelector('th[data-sort=gap]').cellIndex") + 1
    gaps = rows.locator(f":scope > :nth-child({place})").evaluate_all("all => all.map(it => it.dataset.v)")
    having = [float(gap) for gap in gaps if gap]
    assert having == sorted(having, reverse=True)
    assert gaps == [*map(str, having), *[""] * (len(gaps) - len(having))]
    press_until(tab, "Shift+Tab", "input[type=search]")
    whole = tab.locator(f"{table} tfoot").inner_text()
    tab.keyboard.type("ma")
    assert 1 < tab.locator(f"{table} tbody tr:visible").count() < rows.count()
    for column in ("done", "planned", "next-week", "year", "sales", "open", "overdue", "stalled", "not-credited"):
        total, said = counted(tab, table, column)
        assert said == str(int(total)), column
    assert counted(tab, table, "gap")[1] == Formats().signed(counted(tab, table, "gap")[0])
    assert counted(tab, table, "revenue")[1] == Formats().money_short(counted(tab, table, "revenue")[0])
    tab.keyboard.press("Escape")
    assert tab.locator(f"{table} tfoot").inner_text() == whole


def test_a_list_of_the_pipeline_is_narrowed_to_one_rep(window: Watched, sample: Path) -> None:
    tab = window.open(sample / "pipeline.html")
    table = tab.locator('table[data-table="overdue"]')
    before = table.locator("tbody tr:visible").count()
    press_until(tab, "Tab", '.table-tools:has(+ table[data-table="overdue"]) input', most=400)
    tab.keyboard.type("zoe")
    seen = table.locator('tbody tr:visible td[data-l="Rep"]').all_inner_texts()
    assert 0 < len(seen) < before
    assert {name.strip() for name in seen} == {"Zoë Lindqvist"}
    written(tab, "#?overdue.filter=zoe")
    tab.reload()
    assert table.locator("tbody tr:visible").count() == len(seen)


def test_a_link_to_an_opportunity_that_a_filter_hides_shows_it(window: Watched, sample: Path) -> None:
    tab = window.open(sample / "opportunities.html")
    last = tab.locator('table[data-table="opportunities"] tbody tr').last.get_attribute("id")
    tab = window.open(f"{(sample / 'opportunities.html').as_uri()}#{last}?opportunities.filter=no+such+name")
    expect(tab.locator(f"#{last}")).to_be_in_viewport()
    assert tab.locator("input[type=search]").first.input_value() == ""
