"""Twins that differ in where things stand: rows above and below the table, headers, columns, sheets."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from milestone_reports.domain.problem import column_letters
from twins.ooxml import Formula, Grid, Page, Percent, Value
from twins.registry import twin
from twins.sample import Sample

GATES = ("Qualification", "Discovery", "Proof", "Contract")
YEAR_END = date(2026, 12, 31)


def put_above(sample: Sample, *rows: list[Value]) -> None:
    sample.grid[:0] = [list(row) for row in rows]


@twin()
def header_on_row_7_under_a_merged_title(sample: Sample) -> None:
    put_above(
        sample,
        ["Tarnbrook Industrial: pipeline"],
        [],
        ["Region", "North", None, "Week", 47],
        ["Printed on", date(2026, 11, 22)],
        [],
        [],
    )
    sample.opportunities.merged = ("A1:H2",)


@twin()
def blank_rows_where_a_logo_is(sample: Sample) -> None:
    put_above(sample, [], [], [], [])


@twin()
def a_note_above_the_header_that_names_columns(sample: Sample) -> None:
    put_above(sample, ["Opportunity, Rep and Value must be filled in."], ["Notes", "Please keep the Rep up to date"])


@twin()
def a_table_that_begins_at_column_d(sample: Sample) -> None:
    sample.opportunities.grid[:] = [[None, None, None, *row] for row in sample.grid]
    put_above(sample, [], ["Pipeline"])


def two_rows_of_headers(sample: Sample, *, in_upper_row: bool) -> None:
    """Each milestone's name over its three columns; the other headers in one of the two rows."""
    upper: list[Value] = [None] * len(sample.grid[0])
    lower = list(sample.grid[0])
    for gate in GATES:
        first = sample.column(f"{gate} planned")
        upper[first] = gate
        lower[first : first + 3] = ["Planned", "Done", "Evidence"]
    if in_upper_row:
        for place, header in enumerate(sample.grid[0]):
            if not str(header).startswith(GATES):
                upper[place], lower[place] = header, None
    sample.opportunities.grid[:1] = [upper, lower]


def spans_of_gates(sample: Sample) -> list[str]:
    firsts = [sample.grid[0].index(gate) + 1 for gate in GATES]
    return [f"{column_letters(first)}1:{column_letters(first + 2)}1" for first in firsts]


@twin()
def two_header_rows_merged_over_planned_done_evidence(sample: Sample) -> None:
    two_rows_of_headers(sample, in_upper_row=False)
    sample.opportunities.merged = spans_of_gates(sample)


@twin()
def two_header_rows_with_the_other_headers_merged_over_both(sample: Sample) -> None:
    two_rows_of_headers(sample, in_upper_row=True)
    high = [place for place, header in enumerate(sample.grid[1], start=1) if header is None]
    both = [f"{column_letters(place)}1:{column_letters(place)}2" for place in high]
    sample.opportunities.merged = [*spans_of_gates(sample), *both]


@twin()
def two_header_rows_with_the_other_headers_in_the_upper_one(sample: Sample) -> None:
    two_rows_of_headers(sample, in_upper_row=True)


@twin()
def two_header_rows_with_each_name_over_all_its_columns(sample: Sample) -> None:
    two_rows_of_headers(sample, in_upper_row=True)
    upper = sample.grid[0]
    for place, header in enumerate(upper):
        if header is None:
            upper[place] = upper[place - 1]


@twin()
def two_header_rows_in_other_words(sample: Sample) -> None:
    two_rows_of_headers(sample, in_upper_row=False)
    words: dict[Value, Value] = {"Planned": "Due", "Done": "Actual", "Evidence": "Evidence"}
    sample.grid[1] = [words.get(header, header) for header in sample.grid[1]]
    sample.grid[0] = [name.upper() if isinstance(name, str) else None for name in sample.grid[0]]


@twin()
def two_header_rows_under_a_title(sample: Sample) -> None:
    two_rows_of_headers(sample, in_upper_row=True)
    put_above(sample, ["Pipeline 2026"], [])


@twin()
def a_row_of_totals(sample: Sample) -> None:
    column = sample.column("Value")
    total: list[Value] = [None] * len(sample.grid[0])
    total[0], total[column] = "Total", Formula(f"SUM(G2:G{len(sample.grid)})", 24_000_000)
    sample.grid.append(total)


@twin({"lone_cell": 1})
def a_row_of_totals_without_a_word(sample: Sample) -> None:
    column = sample.column("Value")
    total: list[Value] = [None] * len(sample.grid[0])
    total[column], total[column + 2] = Formula(f"SUM(G2:G{len(sample.grid)})", 24_000_000), None
    total[-1] = "sum of all"
    sample.grid.extend([[], total])


@twin({"lone_cell": 2})
def a_signature_under_the_data(sample: Sample) -> None:
    sample.grid.extend([[], [], ["Prepared by Ruth Calloway"], [None, None, "for the meeting of 23 November"]])


@twin()
def blank_rows_inside(sample: Sample) -> None:
    for number in (300, 299, 120, 5):
        sample.grid.insert(number, [])


@twin({"header_repeated": 1})
def header_repeated_on_every_page_of_a_printed_export(sample: Sample) -> None:
    for number in range(351, 50, -50):
        sample.grid.insert(number, list(sample.grid[0]))


@twin({"header_repeated": 1, "lone_cell": 3})
def header_and_title_repeated_as_two_rows(sample: Sample) -> None:
    two_rows_of_headers(sample, in_upper_row=False)
    header = [list(row) for row in sample.grid[:2]]
    for number in (302, 202, 102):
        sample.grid[number:number] = [["Tarnbrook Industrial, continued"], *[list(row) for row in header]]


@twin({"hidden_rows": 1, "hidden_columns": 1})
def hidden_rows_and_columns(sample: Sample) -> None:
    sample.opportunities.hidden_rows = (7, 8, 9, 250)
    sample.opportunities.columns = '<col min="6" max="7" width="9" hidden="1"/>'


@twin({"hidden_rows": 1})
def rows_hidden_by_a_filter(sample: Sample) -> None:
    outcome = sample.column("Outcome")
    sample.opportunities.hidden_rows = [
        number for number, row in enumerate(sample.grid, start=1) if number > 1 and row[outcome] != "open"
    ]


@twin()
def hidden_sheets_of_junk(sample: Sample) -> None:
    junk: Grid = [["Opportunity", "Rep", "Value"], ["Old deal", "Nobody", 1]]
    sample.pages.insert(0, Page("Lists", [["won"], ["lost"], ["open"]], state="hidden"))
    sample.pages.insert(3, Page("_cache", junk, state="veryHidden"))


@twin({"sheet_unknown": 2})
def older_copies_of_the_sheet(sample: Sample) -> None:
    older = [list(row) for row in sample.grid[:300]]
    sample.pages.insert(0, Page("Opportunities (2)", older))
    sample.pages.append(Page("Opportunities old", older[:50]))


@twin()
def sheets_in_other_case_and_spacing_with_accents(sample: Sample) -> None:
    sample.page("Time off").name = " TIME-OFF "
    sample.page("Settings").name = "settings"
    sample.page("Milestones").name = "Mïlestones"
    sample.opportunities.name = "Opportunitiés  "


@twin()
def sheets_by_synonyms(sample: Sample) -> None:
    for name, other in {"Settings": "Setup", "Milestones": "Stages", "Reps": "Sales reps", "Rates": "FX"}.items():
        sample.page(name).name = other
    sample.page("Time off").name = "Holidays"
    sample.opportunities.name = "Sales pipeline"


@twin()
def opportunities_on_a_sheet_of_any_name_after_the_others(sample: Sample) -> None:
    sample.opportunities.name = "Export 2026-11-22"
    sample.pages.insert(0, Page("Read me", [["How to keep this workbook"], ["One row for each deal."]]))


@twin()
def opportunities_on_a_sheet_whose_name_is_misspelt(sample: Sample) -> None:
    sample.opportunities.name = "Oportunities"


@twin()
def milestones_in_a_log_of_their_own(sample: Sample) -> None:
    """One row a milestone, in the order in which they were recorded, instead of columns."""
    entries: Grid = []
    for gate in GATES:
        planned, done, evidence = (sample.column(f"{gate}{what}") for what in (" planned", "", " evidence"))
        entries += [
            [row[0], gate, row[planned], row[done], row[evidence]]
            for row in sample.grid[1:]
            if any(row[column] is not None for column in (planned, done, evidence))
        ]
    entries.sort(key=lambda entry: str(entry[3] or entry[2]))
    first, last = sample.column("Qualification planned"), sample.column("Contract evidence")
    for row in sample.grid:
        del row[first : last + 1]
    header: list[Value] = ["Opportunity ID", "Milestone", "Planned", "Completed", "Evidence"]
    sample.pages.append(Page("Milestone log", [header, *entries]))


@twin()
def columns_reversed(sample: Sample) -> None:
    sample.opportunities.grid[:] = [row[::-1] for row in sample.grid]


@twin()
def columns_shuffled_and_set_apart_by_blank_ones(sample: Sample) -> None:
    order = sorted(range(len(sample.grid[0])), key=lambda place: (place * 7) % 11)
    sample.opportunities.grid[:] = [
        [cell for place in order for cell in (row[place], *([None] if place % 5 == 0 else []))] for row in sample.grid
    ]


@twin()
def columns_by_synonyms(sample: Sample) -> None:
    sample.rename(
        {
            "ID": "Deal ID",
            "Opportunity": "Deal name",
            "Account": "Client",
            "Rep": "Owner",
            "Track": "Pipeline",
            "Source": "Lead source",
            "Value": "Amount",
            "Currency": "Currency code",
            "Created": "Create date",
            "Outcome": "Status",
            "Closed": "Close date",
            "Lost reason": "Loss reason",
            "Notes": "Comments",
            "Qualification": "Date entered Qualification",
            "Discovery planned": "Planned: Discovery",
            "Discovery": "Discovery (completed)",
            "Discovery evidence": "Evidence for Discovery",
            "Proof planned": "Proof – due date",
            "Proof": "Proof reached",
            "Contract": "Contract done on",
        }
    )


@twin()
def headers_dressed_up(sample: Sample) -> None:
    sample.rename(
        {
            "ID": "Id.",
            "Opportunity": "OPPORTUNITY *",
            "Account": " account ",
            "Rep": "Rep:",
            "Value": "Value\n($)",
            "Created": "Créated",
            "Lost reason": "Lost\nreason",
            "Qualification planned": "QUALIFICATION\nPLANNED",
            "Proof": "proof",
            "Contract evidence": "Contract\u00a0evidence",
        }
    )


@twin()
def columns_renamed_by_the_columns_sheet(sample: Sample) -> None:
    own = {
        "Opportunity": "What for",
        "Rep": "Who",
        "Value": "Kroner",
        "Outcome": "How it went",
        "Qualification": "Erstgespräch",
        "Proof planned": "Test geplant",
        "Proof evidence": "Testprotokoll",
    }
    sample.rename(dict(own))
    rows: Grid = [["Opportunities", field, header] for field, header in own.items()]
    sample.pages.append(Page("Columns", [["Sheet", "Field", "Your header"], *rows]))


@twin()
def columns_of_the_teams_own(sample: Sample) -> None:
    for number, row in enumerate(sample.grid):
        is_header = number == 0
        row[3:3] = ["Region" if is_header else "North", "Probability" if is_header else Percent(0.4)]
        row.extend(["Last contact", "Renewal"] if is_header else [date(2026, 10, 1 + number % 28), YEAR_END])


@twin()
def neighbours_of_one_rep_merged(sample: Sample) -> None:
    column = sample.column("Rep")
    letters, merged = column_letters(column + 1), []
    numbered = list(enumerate(sample.grid, start=1))[1:]
    for _, rows in groupby(numbered, key=lambda numbered_row: numbered_row[1][column]):
        (first, _), *others = rows
        if others:
            merged.append(f"{letters}{first}:{letters}{others[-1][0]}")
        for _, row in others:
            row[column] = None
    sample.opportunities.merged = merged


@twin()
def all_but_the_opportunities_in_a_companion(sample: Sample) -> None:
    sample.companion = [page for page in sample.pages if page is not sample.opportunities]
    sample.pages[:] = [sample.opportunities]


@twin()
def the_settings_alone_in_a_companion(sample: Sample) -> None:
    settings = sample.page("Settings")
    sample.companion = [settings]
    sample.pages.remove(settings)
