"""The CSV tables of a site: their columns, and that the figures stand under the right ones."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from sample_insights import demand, nothing_decided
from sample_site import rollup, team_site, team_track

from milestone_reports.render.downloads import csv_bytes, tables
from milestone_reports.scorecards.pages import TeamSite

SITE = team_site()


def rows_of(name: str, site: TeamSite = SITE) -> list[dict[str, str]]:
    """A table's rows by their headings."""
    return list(csv.DictReader(io.StringIO(csv_bytes(tables(site)[name]).decode("utf-8-sig"))))


def test_there_is_a_table_for_each_subject() -> None:
    assert sorted(tables(SITE)) == [
        "backtest", "backtest_chances", "business_plan", "changes", "checks", "coaching", "conversion",
        "conversion_by_quarter", "conversion_by_source", "demand", "flow", "forecast", "forecast_drivers", "levers",
        "milestones", "open", "opportunities", "plan", "quarters", "reps", "restated", "rewritten", "sources",
        "trends", "velocity", "weeks",
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(tables(SITE)))
def test_every_row_of_a_table_has_a_cell_under_each_of_its_headings(name: str) -> None:
    header, *rows = csv.reader(io.StringIO(csv_bytes(tables(SITE)[name]).decode("utf-8-sig")))
    assert len(set(header)) == len(header)
    assert {len(row) for row in rows} <= {len(header)}


def test_a_rep_has_the_multiplier_with_its_label_and_counts_and_the_way_back_to_pace() -> None:
    row = rows_of("reps")[0]
    assert (row["rep"], row["multiplier"], row["multiplier_label"]) == ("Priya Raman", "2", "mixed")
    assert (row["multiplier_low_95"], row["multiplier_high_95"], row["multiplier_would_be"]) == ("1.7", "2.6", "2.12")
    # 17 sales of the 54 that had reached the first milestone
    assert (row["multiplier_sales"], row["multiplier_decided"]) == ("17", "54")
    assert row["multiplier_counted_to"] == "2025-12-31"
    assert (row["back_on_pace_milestones_a_week"], row["back_on_pace_on"]) == ("3", "2026-12-20")


def test_a_rate_stands_beside_what_is_expected_and_the_rest_of_the_team() -> None:
    row = next(row for row in rows_of("conversion") if row["rep"] == "Priya Raman")
    # 49 reached, 13 of them open: of 36 decided 28 moved on and 8 became a sale; 28 / 49 and 8 / 49 are expected to
    assert (row["to_next_passed"], row["to_next_decided"], row["to_next"]) == ("28", "36", "0.7777777778")
    assert (row["to_sale_won"], row["to_sale_decided"], row["to_sale"]) == ("8", "36", "0.2222222222")
    assert (row["to_sale_says"], row["will_move"]) == ("plain", "yes")
    assert (row["expected_to_next"], row["expected_to_sale"]) == ("0.5714285714", "0.1632653061")
    assert (row["expected_to_sale_effective"], row["expected_to_sale_says"]) == ("60", "plain")
    assert (row["expected_to_sale_low_80"], row["expected_to_sale_high_95"]) == ("0.1132653061", "0.2332653061")
    assert (row["rest_to_next_passed"], row["rest_to_next_decided"]) == ("196", "324")


def test_what_cannot_be_said_is_an_empty_cell() -> None:
    new = [row for row in rows_of("conversion") if row["rep"] == "Ines Kovač"]
    assert [row["expected_to_sale"] for row in new] == [""] * 4
    assert [row["expected_to_sale_says"] for row in new] == [nothing_decided().says] * 3 + [""]
    sale = new[-1]
    assert (sale["next_milestone"], sale["to_next_passed"], sale["to_sale_low_95"]) == ("", "", "")


def test_the_coaching_table_has_every_rep_and_gate_with_the_counts_behind_the_value() -> None:
    rows = rows_of("coaching")
    assert [(row["milestone"], row["ending"]) for row in rows] == [
        ("Qualification", "may be chance"), ("Discovery", "new, watch"), ("Proof", "too few to say"),
    ]  # fmt: skip
    second = rows[1]
    assert (second["to_next_passed"], second["to_next_decided"]) == ("6", "17")
    assert (second["rest_to_next_passed"], second["rest_to_next_decided"], second["rest_to_next"]) == (
        "57", "100", "0.57",
    )  # fmt: skip
    assert (second["shrunken"], second["chance_below"], second["waiting"]) == ("0.47", "0.83", "4")
    assert (second["entered_a_year"], second["contracts"], second["money"]) == ("18", "1.4", "68000")


def test_the_forecast_is_of_the_team_and_each_rep_to_three_days_with_its_range() -> None:
    rows = rows_of("forecast")
    assert [(row["rep"], row["until"]) for row in rows[:4]] == [
        ("(team)", "month"), ("(team)", "quarter"), ("(team)", "year"), ("Priya Raman", "month"),
    ]  # fmt: skip
    month = rows[3]
    # .3 of a contract, from .4 to 1.8 times as much; nine tenths of it from what is open
    assert (month["contracts"], month["contracts_low_80"], month["contracts_high_80"]) == ("0.3", "0.12", "0.54")
    assert (month["contracts_open"], month["contracts_new"], month["contracts_done"]) == ("0.27", "0.03", "8")
    assert (month["revenue"], month["revenue_low_80"], month["revenue_high_80"]) == ("14400", "6000", "27000")


def test_a_forecast_without_money_has_no_revenue_at_all_rather_than_nothing() -> None:
    card = SITE.reps[0].tracks[0]
    without = tuple(replace(one, revenue=None, revenue_open=0.0, revenue_new=0.0) for one in card.forecast)
    rep = replace(SITE.reps[0], tracks=(replace(card, forecast=without),))
    rows = [row for row in rows_of("forecast", replace(SITE, reps=(rep,))) if row["rep"] != "(team)"]
    assert {row[name] for row in rows for name in row if name.startswith("revenue")} == {""}


def test_a_forecasts_drivers_are_its_stages() -> None:
    rows = [row for row in rows_of("forecast_drivers") if row["rep"] == "(team)" and row["until"] == "year"]
    assert [(row["milestone"], row["n_open"]) for row in rows] == [
        ("Qualification", "32"), ("Discovery", "32"), ("Proof", "32"),
    ]  # fmt: skip


def test_gate_times_are_in_days_and_say_whether_they_are_early() -> None:
    rows = [row for row in rows_of("velocity") if row["rep"] == "(team)"]
    assert [(row["median_days"], row["ninth_days"]) for row in rows] == [("20", "44"), ("24", "53"), ("28", "62")]
    assert [(row["n_stalled"], row["n_presumed_lost"], row["is_early"]) for row in rows] == [
        ("0", "2", "no"), ("1", "1", "no"), ("2", "0", "yes"),
    ]  # fmt: skip


def test_the_business_plan_is_by_month_and_the_plan_by_week_keeps_its_name() -> None:
    rows = rows_of("business_plan")
    assert [row["month"] for row in rows] == [f"2026-{month:02}-01" for month in range(1, 13)]
    october, november = rows[9], rows[10]
    assert (october["milestones_done"], october["milestones_expected"]) == ("50", "")
    assert (november["contracts_required"], november["contracts_done"], november["contracts_expected"]) == (
        "8", "7", "3.5",
    )  # fmt: skip
    assert "opportunity_id" in rows_of("plan")[0]


def test_sources_and_quarters_have_their_counts_and_their_rate_to_the_sale() -> None:
    first = rows_of("sources")[0]
    assert (first["source"], first["first_milestones"], first["to_sale_won"], first["to_sale_decided"]) == (
        "Referral", "80", "22", "72",
    )  # fmt: skip
    assert (first["revenue_per_first"], first["days_to_sale"]) == ("15500", "82")
    assert [(row["quarter"], row["first_milestones"], row["open"]) for row in rows_of("quarters")] == [
        ("2026-Q3", "60", "10"), ("2026-Q4", "36", "33"),
    ]  # fmt: skip


def test_each_source_and_quarter_has_a_funnel_of_its_own() -> None:
    track = team_track()
    funnel = track.card.conversion
    track = replace(
        track,
        sources=tuple(replace(row, conversion=funnel) for row in track.sources[:2]),
        quarters=tuple(replace(row, conversion=funnel) for row in track.quarters),
    )
    site = replace(SITE, rollup=rollup(tracks=[track]))
    by_source, by_quarter = rows_of("conversion_by_source", site), rows_of("conversion_by_quarter", site)
    assert [row["source"] for row in by_source] == ["Referral"] * 4 + ["Trade fair"] * 4
    assert [row["quarter"] for row in by_quarter] == ["2026-Q3"] * 4 + ["2026-Q4"] * 4
    # eight times 49 reached the first milestone
    assert (by_source[0]["milestone"], by_source[0]["reached"]) == ("Qualification", "392")


def test_the_backtest_has_a_row_a_month_end_and_the_chances_a_row_a_range() -> None:
    rows = rows_of("backtest")
    assert [row["inside"] for row in rows] == ["yes"] * 10 + ["no"] * 2
    first = rows[0]
    assert (first["on"], first["n_days"], first["counts"]) == ("2025-08-31", "90", "money")
    assert (first["forecast"], first["forecast_low_80"], first["forecast_high_80"], first["actual"]) == (
        "500000", "250000", "760000", "470000",
    )  # fmt: skip
    chances = rows_of("backtest_chances")
    assert (chances[2]["n"], chances[2]["predicted"], chances[2]["observed"]) == ("33", "0.36", "0.33")
    assert (chances[4]["n"], chances[4]["predicted"]) == ("0", "")


def test_no_backtest_leaves_its_tables_with_their_headings_alone() -> None:
    site = replace(SITE, rollup=rollup(tracks=[replace(team_track(), backtest=None)]))
    assert rows_of("backtest", site) == []
    assert csv_bytes(tables(site)["backtest"]).startswith("\ufefftrack,on,n_days,".encode())


def test_levers_and_demand_have_a_row_a_change_and_a_track() -> None:
    rows = rows_of("levers")
    assert [row["lever"] for row in rows] == [
        "as it is", "gate", "gate", "gate", "contract value", "rep", "selling weeks",
    ]  # fmt: skip
    assert (rows[3]["milestone"], rows[3]["next_milestone"], rows[3]["contracts_a_year"]) == (
        "Proof", "Contract", "105.2",
    )  # fmt: skip
    (needed,) = rows_of("demand")
    assert (needed["says"], needed["counts"], needed["a_month"]) == (demand().says, "money", "14.2")
    assert needed["last_useful_on"] == "2026-12-03"


def test_open_opportunities_say_whether_they_are_stalled_or_presumed_lost() -> None:
    rows = rows_of("open")
    assert [row["opportunity_id"] for row in rows if row["stalled"] == "yes"] == ["O-3", "O-7"]
    assert [row["opportunity_id"] for row in rows if row["presumed_lost"] == "yes"] == ["O-7"]
