"""Twins that differ in how cells say the same: dates, money, names, words, formulas, blanks."""

from __future__ import annotations

from datetime import date, datetime, time

from twins.layouts import GATES
from twins.ooxml import Broken, Formula, General, Value
from twins.registry import twin
from twins.sample import Sample

DATES = ("Created", "Closed", *GATES, *(f"{gate} planned" for gate in GATES))
NO_BREAK = "\u00a0"


@twin({"date_as_text": 1})
def dates_as_iso_text(sample: Sample) -> None:
    sample.change(DATES, date.isoformat)


@twin({"date_as_text": 1})
def dates_as_text_with_the_day_first(sample: Sample) -> None:
    sample.change(DATES, lambda day: f"{day:%d/%m/%Y}")


@twin({"date_as_text": 1})
def dates_as_text_with_the_month_first(sample: Sample) -> None:
    sample.change(DATES, lambda day: f"{day.month}/{day.day}/{day.year}")


@twin({"date_as_text": 1})
def dates_as_text_with_a_short_year(sample: Sample) -> None:
    sample.change(DATES, lambda day: f"{day:%d/%m/%y}")


@twin({"date_as_text": 1})
def dates_as_text_with_dots(sample: Sample) -> None:
    sample.change(DATES, lambda day: f"{day:%d.%m.%Y}")


@twin({"date_as_text": 1})
def dates_with_the_months_name(sample: Sample) -> None:
    sample.change(DATES, lambda day: f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}")


@twin({"date_as_text": 1})
def dates_in_words(sample: Sample) -> None:
    sample.change(DATES, lambda day: f"{DAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}, {day.year}")


@twin({"date_as_text": 1})
def dates_with_the_months_name_in_french(sample: Sample) -> None:
    months = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
    sample.change(DATES, lambda day: f"{'1er' if day.day == 1 else day.day} {months[day.month - 1]} {day.year}")


@twin({"date_as_text": 1})
def dates_in_spanish_words(sample: Sample) -> None:
    months = [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ]
    sample.change(DATES, lambda day: f"{day.day} de {months[day.month - 1]} de {day.year}")


@twin({"date_as_text": 1})
def dates_as_excel_shows_them(sample: Sample) -> None:
    sample.change(DATES, lambda day: f"{day.day}-{MONTHS[day.month - 1][:3]}-{day:%y}")


@twin({"date_as_text": 1})
def dates_as_text_with_a_time(sample: Sample) -> None:
    sample.change(DATES, lambda day: f"{day.isoformat()}T08:30:00Z")


@twin({"date_as_text": 1})
def dates_of_every_kind_of_text(sample: Sample) -> None:
    kinds = (
        date.isoformat,
        lambda day: f"{day:%d/%m/%Y}",
        lambda day: f"{day:%d-%m-%Y}",
        lambda day: f"{day.day}. {MONTHS[day.month - 1]} {day.year}",
        lambda day: f" {day:%Y/%m/%d} ",
    )
    sample.change(DATES, lambda day: kinds[day.toordinal() % len(kinds)](day))


@twin({"date_as_text": 1})
def dates_of_which_some_are_text(sample: Sample) -> None:
    sample.change(DATES, lambda day: f"{day:%d/%m/%Y}" if day.day > 12 else day)


@twin({"date_as_text": 12})
def a_few_dates_as_text(sample: Sample) -> None:
    column = sample.column("Created")
    for row in sample.grid[10:22]:
        row[column] = f"{row[column]} "


@twin()
def dates_with_a_time(sample: Sample) -> None:
    sample.change(DATES, lambda day: datetime.combine(day, time(16, 45)))


@twin()
def dates_as_bare_numbers(sample: Sample) -> None:
    sample.change(DATES, General)


@twin()
def dates_by_formula(sample: Sample) -> None:
    sample.change(DATES, lambda day: Formula(f"DATE({day.year},{day.month},{day.day})", day))


@twin({"number_as_text": 1})
def money_with_a_sign(sample: Sample) -> None:
    sample.change(["Value"], lambda value: f"${value:,}")


@twin({"number_as_text": 1}, settings={"Locale": "de_DE", "Currency": "EUR"})
def money_as_written_in_german(sample: Sample) -> None:
    sample.change(["Value"], lambda value: f"{value:,.2f} €".translate(str.maketrans(",.", ".,")))


@twin({"number_as_text": 1}, settings={"Locale": "de_CH", "Currency": "CHF"})
def money_as_written_in_swiss_german(sample: Sample) -> None:
    sample.change(["Value"], lambda value: f"Fr. {value:,}.–".replace(",", "’"))


@twin({"number_as_text": 1})
def money_in_thousands(sample: Sample) -> None:
    sample.change(["Value"], lambda value: f"{value / 1000:g}k")


@twin({"number_as_text": 1})
def money_with_spaces_and_the_currency(sample: Sample) -> None:
    sample.change(["Value"], lambda value: f"USD{NO_BREAK}{value:,}".replace(",", NO_BREAK))


@twin({"number_as_text": 2})
def targets_as_text(sample: Sample) -> None:
    grid = sample.page("Reps").grid
    target = grid[0].index("Annual target")
    grid[1][target] = "$600,000"
    grid[2][target] = "720k"


@twin()
def names_in_other_case_spacing_and_order(sample: Sample) -> None:
    spellings = (
        str.upper,
        str.lower,
        lambda name: f"{name.split(maxsplit=1)[1]}, {name.split()[0]}",
        lambda name: name.replace(" ", NO_BREAK) + " ",
        lambda name: f"  {name.replace(' ', '   ')}",
        lambda name: name.replace("ë", "e"),
        lambda name: name.replace("ë", "e\u0308"),
    )
    column = sample.column("Rep")
    for number, row in enumerate(sample.grid[1:]):
        row[column] = spellings[number % len(spellings)](str(row[column]))


@twin()
def spaces_around_every_text(sample: Sample) -> None:
    for page in sample.pages:
        page.grid[:] = [[f" {cell} \n" if isinstance(cell, str) else cell for cell in row] for row in page.grid]


@twin()
def outcomes_by_synonyms(sample: Sample) -> None:
    said = {
        "open": "In progress",
        "won": "Closed Won",
        "lost": "Closed lost",
        "no decision": "No-decision",
        "disqualified": "Unqualified",
        "cancelled": "Canceled",
    }
    sample.change(["Outcome"], said.__getitem__)


@twin()
def open_ones_without_an_outcome(sample: Sample) -> None:
    sample.change(["Outcome"], lambda outcome: None if outcome == "open" else str(outcome).upper())


@twin()
def currencies_by_their_signs_and_in_other_case(sample: Sample) -> None:
    column = sample.column("Currency")
    words = ("$", "usd", "US$", "Usd ")
    for number, row in enumerate(sample.grid[1:]):
        row[column] = "€" if row[column] == "EUR" else words[number % len(words)]


@twin()
def tracks_in_other_case_or_blank(sample: Sample) -> None:
    words = (None, "NEW BUSINESS", "new-business", " New  business")
    column = sample.column("Track")
    for number, row in enumerate(sample.grid[1:]):
        row[column] = words[number % len(words)]


@twin()
def ids_as_numbers(sample: Sample) -> None:
    sample.change(["ID"], int)


@twin({"no_date_yet": 1})
def placeholders_in_blank_cells(sample: Sample) -> None:
    words = ("n/a", "TBD", "-", "–", "?")
    columns = [sample.column(header) for header in (*DATES, "Value", "Currency", "Lost reason")]
    for number, row in enumerate(sample.grid[1:]):
        for column in columns:
            if row[column] is None:
                row[column] = words[(number + column) % len(words)]


@twin()
def empty_texts_in_blank_cells(sample: Sample) -> None:
    sample.opportunities.grid[:] = [
        [Formula('""', "") if cell is None else cell for cell in row] for row in sample.grid
    ]


@twin()
def errors_in_notes(sample: Sample) -> None:
    column = sample.column("Notes")
    for number, row in enumerate(sample.grid[1:]):
        row[column] = Broken(("#REF!", "#N/A", "#DIV/0!")[number % 3])


@twin()
def formulas_with_results(sample: Sample) -> None:
    columns = [sample.column(header) for header in ("Opportunity", "Account", "Rep", "Value", "Outcome")]
    for number, row in enumerate(sample.grid[1:], start=2):
        for column in columns:
            row[column] = Formula(f'Source!{column}{number}&""', row[column])


@twin()
def formulas_without_results_in_a_column_of_no_interest(sample: Sample) -> None:
    column = sample.column("Notes")
    for number, row in enumerate(sample.grid):
        row[column] = row[column] if number == 0 else Formula(f"A{number}&B{number}")
        row.append("Days open" if number == 0 else Formula(f"TODAY()-I{number + 1}"))


@twin()
def yes_and_no_as_check_boxes(sample: Sample) -> None:
    grid = sample.page("Milestones").grid
    required = grid[0].index("Evidence required")
    for row in grid[1:]:
        row[required] = row[required] == "yes"


@twin()
def settings_in_other_words(sample: Sample) -> None:
    said: dict[Value, Value] = {
        "Team": "Team name:",
        "As of": "Week ending",
        "Currency": "currency ",
        "Locale": "LOCALE",
    }
    grid = sample.page("Settings").grid
    grid[:] = [[said.get(name, name), value] for name, value in grid]
    grid.insert(1, ["General"])
    grid.insert(0, ["Please fill in the yellow cells"])


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
