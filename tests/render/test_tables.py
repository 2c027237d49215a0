"""Tables of the web pages keep to docs/pages.md: names of their own, values to sort by, footers that follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import pytest
import sample_insights as insights
from sample_changes import full
from sample_site import (
    checks,
    definitions,
    new_rep_card,
    rate,
    rep_card,
    rollup,
    stamp,
    team_site,
    team_track,
    track_card,
)

from milestone_reports.render import downloads
from milestone_reports.render.html import FEWEST_TO_FILTER, Pages, SiteOptions
from milestone_reports.render.resources import templates_folder
from milestone_reports.scorecards.pages import TeamRollup, TeamTrack

PAGES = Pages(templates_folder(), "0.1.0")
SITE = SiteOptions()
FORMS = {"count", "number", "signed", "money", "money-short", "percent", "share"}
SAID_BY_THEIR_TEXT = {"account", "cell", "opportunity", "rep", "team", "track"}
"""Columns of names: they sort by what they say."""


def rated(n_reps: int, name: str = "New business") -> TeamTrack:
    """A track whose reps have rates at each gate, some of too few decided, some of none."""
    track = team_track(n_reps, name)
    reps = (
        replace(
            row,
            to_next=tuple(rate(n, 3 * n, 8) for n in (place, place + 1, place + 2)),
            expected_to_sale=insights.expected(0.26) if place else insights.nothing_decided(),
        )
        for place, row in enumerate(track.reps)
    )
    return replace(track, reps=tuple(reps))


def one_track() -> TeamRollup:
    return rollup(tracks=(rated(8),))


def two_tracks() -> TeamRollup:
    """Eight reps on one track and three on another, named so that both have the same slug."""
    return rollup(tracks=(rated(8), rated(3, "New-business")))


def web_pages() -> Mapping[str, str]:
    """Every kind of web page with a table, of one track and of two."""
    card = rep_card(tracks=(track_card(), track_card("Existing clients")))
    pages = {
        "card": PAGES.rep(card, SITE),
        "new card": PAGES.rep(new_rep_card(), SITE),
        "checks": PAGES.checks(checks(), SITE),
        "definitions": PAGES.definitions(definitions(), SITE),
        "changes": PAGES.changes(full(), SITE),
        "front": PAGES.front([rollup(), two_tracks()], SiteOptions(several_teams=True)),
    }
    for tracks, said in (("one track", one_track()), ("two tracks", two_tracks())):
        for name in ("team", "reps", "conversion", "pipeline", "planning", "marketing"):
            pages[f"{name}, {tracks}"] = getattr(PAGES, name)(said, SITE)
    return {name: page.decode() for name, page in pages.items()}


@dataclass(slots=True)
class Cell:
    """A cell as far as the contract goes."""

    attributes: Mapping[str, str | None]
    text: str = ""


@dataclass(slots=True)
class Table:
    """A table that can be sorted."""

    attributes: Mapping[str, str | None]
    rows: Mapping[str, list[list[Cell]]] = field(default_factory=lambda: {"thead": [], "tbody": [], "tfoot": []})

    @property
    def name(self) -> str:
        return self.attributes["data-table"] or ""


class Tables(HTMLParser):
    """The tables with a name, cell by cell, and the addresses of all links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.links: list[str] = []
        self._table: Table | None = None
        self._rows: list[list[Cell]] = []
        self._cell: Cell | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "a":
            self.links.append(attributes.get("href") or "")
        if tag == "table" and "data-table" in attributes:
            self._table = Table(attributes)
            self.tables.append(self._table)
        if self._table and tag in self._table.rows:
            self._rows = self._table.rows[tag]
        elif self._table and tag == "tr":
            self._rows.append([])
        elif self._table and tag in {"th", "td"}:
            self._cell = Cell(attributes)
            self._rows[-1].append(self._cell)

    def handle_data(self, data: str) -> None:
        if self._cell:
            self._cell.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag in {"th", "td"}:
            self._cell = None
        if tag == "table":
            self._table = None


READ = {name: Tables(page) for name, page in web_pages().items()}


def every_table() -> Iterator[tuple[str, Table]]:
    return ((page, table) for page, read in READ.items() for table in read.tables)


def columns_of(table: Table) -> Iterator[tuple[str, list[Cell]]]:
    """The columns that can be sorted by, each with its cells."""
    for place, heading in enumerate(table.rows["thead"][0]):
        if "data-sort" in heading.attributes:
            yield heading.attributes["data-sort"] or "", [row[place] for row in table.rows["tbody"]]


def place_of(table: Table, column: str) -> int:
    return [heading.attributes.get("data-sort") for heading in table.rows["thead"][0]].index(column)


def names_on(page: str) -> set[str]:
    return {table.name for table in READ[page].tables}


def test_each_page_has_the_tables_that_one_would_sort() -> None:
    assert names_on("team, one track") == {"reps", "planning", "stalled", "overdue"}
    assert names_on("reps, one track") == {"reps"}
    assert names_on("conversion, one track") == {"rates", "quarters", "times"}
    assert names_on("pipeline, one track") >= {"drivers", "stalled", "overdue"}
    assert names_on("marketing, one track") == {"sources"}
    assert names_on("checks") == {"error", "warning", "note"}
    assert names_on("card") == {"open"}
    assert names_on("front") == {"teams"}


def test_a_name_is_of_its_own_on_its_page_even_where_two_tracks_have_like_names() -> None:
    for page, read in READ.items():
        names = [table.name for table in read.tables]
        assert len(set(names)) == len(names), page
        assert all(re.fullmatch(r"[A-Za-z0-9-]+", name) for name in names), page


def test_columns_have_names_of_their_own_that_begin_without_a_hyphen() -> None:
    for page, table in every_table():
        names = [name for name, _ in columns_of(table)]
        assert len(set(names)) == len(names), (page, table.name)
        assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) for name in names), (page, table.name, names)


def test_every_cell_of_a_column_of_figures_has_its_value_as_a_number_or_a_date() -> None:
    for page, table in every_table():
        for name, cells in columns_of(table):
            values = [cell.attributes.get("data-v") for cell in cells]
            if name in SAID_BY_THEIR_TEXT | {"source", "outcome", "milestone", "what", "why"}:
                continue
            for value in values:
                assert value is not None, (page, table.name, name)
                assert re.fullmatch(r"|-?\d+(\.\d+)?(e-?\d+)?|\d{4}-\d\d-\d\d", value), (page, table.name, name, value)


def test_a_dash_is_no_value() -> None:
    dashes = 0
    for page, table in every_table():
        for name, cells in columns_of(table):
            for cell in cells:
                if cell.text.strip() in {"–none", "none decided"} and name != "overdue":
                    dashes += 1
                    assert cell.attributes.get("data-v") == "", (page, table.name, name)
    assert dashes > 10


def test_a_row_has_as_many_cells_as_the_table_has_headings() -> None:
    for page, table in every_table():
        assert len(table.rows["thead"]) == 1, (page, table.name)
        width = len(table.rows["thead"][0])
        assert {len(row) for row in table.rows["tbody"]} == {width}, (page, table.name)


def test_a_filter_stands_over_tables_that_are_not_seen_at_a_glance() -> None:
    filtered = {(page, table.name) for page, table in every_table() if "data-filter" in table.attributes}
    assert {("reps, two tracks", "reps"), ("team, one track", "planning"), ("card", "open")} <= filtered
    assert ("reps, two tracks", "reps-2") not in filtered
    for page, table in every_table():
        if "data-filter" in table.attributes:
            assert len(table.rows["tbody"]) >= FEWEST_TO_FILTER, (page, table.name)


def test_a_footer_under_a_filter_follows_in_every_column() -> None:
    footers = 0
    for page, table in every_table():
        if "data-filter" in table.attributes and table.rows["tfoot"]:
            footers += 1
            for cell in table.rows["tfoot"][0][1:]:
                if cell.text.strip():
                    assert cell.attributes["data-total"] in {"sum", "ratio", "none"}, (page, table.name)
                    assert cell.attributes.get("data-as") in FORMS | {None}, (page, table.name)
    assert footers >= 3


def test_the_sums_of_the_reps_page_are_those_of_its_rows() -> None:
    table = READ["reps, one track"].tables[0]
    foot = table.rows["tfoot"][0]
    for place, cell in enumerate(foot):
        column = [row[place].attributes for row in table.rows["tbody"]]
        if cell.attributes.get("data-total") == "sum" and cell.attributes["data-as"] == "count":
            total = sum(int(attributes["data-v"] or 0) for attributes in column)
            assert cell.text == str(total)
    rated_reps = [row.to_sale for row in one_track().tracks[0].reps if row.to_sale]
    cells = [row[place_of(table, "to-sale")].attributes for row in table.rows["tbody"]]
    assert sum(int(cell["data-num"] or 0) for cell in cells) == sum(one.passed for one in rated_reps)
    assert sum(int(cell["data-den"] or 0) for cell in cells) == sum(one.decided for one in rated_reps)


def test_a_rate_of_too_few_is_not_sorted_by() -> None:
    table = READ["reps, one track"].tables[0]
    place = place_of(table, "to-sale")
    few = [row[place] for row in table.rows["tbody"] if row[place].text == "5 of 6"]
    assert [cell.attributes["data-v"] for cell in few] == [""]


def test_a_csv_link_leads_to_a_table_that_is_built() -> None:
    built = set(downloads.tables(team_site()))
    linked = {link for read in READ.values() for link in read.links if link.endswith(".csv")}
    assert {link.removeprefix("data/").removesuffix(".csv") for link in linked} == built - {"opportunities"}


def test_a_csv_link_says_which_table_it_is() -> None:
    assert '<a href="data/coaching.csv">CSV<span class="sr">: coaching</span></a>' in web_pages()["team, one track"]


@pytest.mark.parametrize("site", [SiteOptions(data=False), SiteOptions(team_pages=False)])
def test_where_no_csv_was_built_none_is_linked(site: SiteOptions) -> None:
    for page in (PAGES.conversion(rollup(), site), PAGES.team(rollup(), site)):
        assert not [link for link in Tables(page.decode()).links if link.endswith(".csv")]


def test_the_team_s_page_leads_to_all_tables_in_one_file() -> None:
    assert "data/tables.xlsx" in READ["team, one track"].links
    without = Tables(PAGES.team(rollup(), SiteOptions(data=False)).decode())
    assert "data/tables.xlsx" not in without.links


def test_a_rep_is_led_to_no_file_with_the_figures_of_others() -> None:
    assert not [link for page in ("card", "new card") for link in READ[page].links if link.endswith((".csv", ".xlsx"))]


def test_paper_has_no_names_no_filters_and_no_files() -> None:
    for paper in (PAGES.team_print(two_tracks()), PAGES.rep_print(rep_card())):
        assert not re.findall(r" data-(?:table|sort|v|num|den|total|as|filter)=|\.csv", paper)


def test_revenue_in_several_currencies_is_not_sorted_by() -> None:
    def sorted_by(*currencies: str) -> set[str]:
        teams = [rollup(made=stamp(currency=currency)) for currency in currencies]
        page = PAGES.front(teams, SiteOptions(several_teams=True)).decode()
        return {name for name, _ in columns_of(Tables(page).tables[0])}

    assert "revenue" in sorted_by("USD", "USD")
    assert "revenue" not in sorted_by("USD", "EUR")
