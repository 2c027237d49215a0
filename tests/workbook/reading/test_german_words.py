"""German words in headings and cells mean what the English ones do."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from milestone_reports.domain.calendar import WeekStart
from milestone_reports.domain.names import key
from milestone_reports.domain.opportunity import Outcome
from milestone_reports.domain.team import Gates, Paper, TargetIs
from milestone_reports.workbook.vocabulary import FIELDS, OUTCOMES, SETTINGS, SHEETS
from workbooks import DrawnWorkbook, read, sentence, sentences

GATES = "[Meilensteine]\nMeilenstein\nBedarf\nVertrag"


def opportunities(*rows: str, headings: str = "Verkaufschance | Verkäufer | Bedarf | Vertrag | Ergebnis | Wert") -> str:
    return "\n".join(["[Verkaufschancen]", headings, *rows])


def test_the_roles_of_a_milestones_columns_are_told_in_german(workbook: DrawnWorkbook) -> None:
    headings = "Chance | Betreuer | Bedarf geplant | Bedarf erledigt | Nachweis Bedarf | Vertrag (fällig) | Vertrag am"
    row = "Alpha | Jörg Weiß | 2026-11-02 | 2026-11-03 | Protokoll | 2026-11-09 | 2026-11-10"
    reading = read(workbook(opportunities(row, headings=headings) + "\n" + GATES))
    assert sentences(reading) == []
    need, contract = reading.team.opportunities[0].entries
    assert (need.planned_on, need.completed_on, need.evidence) == (date(2026, 11, 2), date(2026, 11, 3), "Protokoll")
    assert (contract.planned_on, contract.completed_on) == (date(2026, 11, 9), date(2026, 11, 10))


def test_a_milestones_name_may_stand_over_german_planned_done_and_evidence(workbook: DrawnWorkbook) -> None:
    text = """
        [Verkaufschancen]
        | | Bedarf | | | Vertrag |
        Verkaufschance | Verkäufer | geplant | erledigt | Nachweis | geplant | erledigt
        Alpha | Jörg Weiß | 2026-11-02 | 2026-11-03 | Protokoll | 2026-11-09 | 2026-11-10
    """
    reading = read(workbook(text))
    assert [milestone.name for milestone in reading.team.tracks[0].milestones] == ["Bedarf", "Vertrag"]
    assert reading.team.opportunities[0].entries[0].evidence == "Protokoll"


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        *(("offen", Outcome.OPEN), ("in Bearbeitung", Outcome.OPEN), ("k. A.", Outcome.OPEN)),
        *(("gewonnen", Outcome.WON), ("Verloren", Outcome.LOST), ("keine Entscheidung", Outcome.NO_DECISION)),
        *(("nicht qualifiziert", Outcome.DISQUALIFIED), ("Storniert", Outcome.CANCELLED)),
    ],
)
def test_outcomes_are_told_in_german(workbook: DrawnWorkbook, word: str, outcome: Outcome) -> None:
    row = f"Alpha | Jörg Weiß | 2026-11-02 | 2026-11-03 | {word} |"
    reading = read(workbook(opportunities(row) + "\n" + GATES))
    assert sentences(reading, "outcome_unknown") == []
    assert reading.team.opportunities[0].outcome is outcome


@pytest.mark.parametrize("word", ["offen", "k. A.", "k.A.", "unbekannt", "noch offen", "folgt", "ausstehend"])
def test_german_words_for_nothing_yet_are_no_date_and_no_number(workbook: DrawnWorkbook, word: str) -> None:
    row = f"Alpha | Jörg Weiß | {word} | | offen | {word}"
    reading = read(workbook(opportunities(row) + "\n" + GATES))
    assert sentence(reading) == (
        f"Verkaufschancen!C2 (Alpha): '{word}' in Bedarf. Read as no date yet. "
        "Fix: leave the cell blank until there is a date."
    )
    assert reading.team.opportunities[0].value is None


def test_initials_are_a_rep_though_they_spell_a_word_for_nothing(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(opportunities("Alpha | KA | 2026-11-09 | | |") + "\n" + GATES))
    assert sentences(reading) == []
    assert reading.team.opportunities[0].rep == "KA"


@pytest.mark.parametrize(
    "text",
    ["23.11.2026", "23. November 2026", "23. Nov. 2026", "Mo, 23. November 2026", "23.11.26", "23.11.2026 10:30"],
)
def test_dates_are_told_as_germans_write_them(workbook: DrawnWorkbook, text: str) -> None:
    reading = read(workbook(opportunities(f"Alpha | Jörg Weiß | '{text} | | |") + "\n" + GATES))
    assert reading.team.opportunities[0].entries[0].completed_on == date(2026, 11, 23)


@pytest.mark.parametrize("month", ["Januar", "Jänner", "Februar", "März", "Mai", "Juni", "Juli", "Oktober", "Dezember"])
def test_german_months_are_known(workbook: DrawnWorkbook, month: str) -> None:
    row = f"Alpha | Jörg Weiß | '5. {month} 2026 | | |"
    reading = read(workbook(opportunities(row) + "\n" + GATES))
    assert reading.team.opportunities[0].entries[0].completed_on is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("1.234,56", 1234.56), ("1.234,56 €", 1234.56), ("€ 1.500,-", 1500.0), ("70.500 Euro", 70500.0)),
        *(("120 T€", 120_000.0), ("120 TEUR", 120_000.0), ("1,2 Mio. €", 1_200_000.0), ("85 Tsd. €", 85_000.0)),
    ],
)
def test_money_is_told_as_germans_write_it(workbook: DrawnWorkbook, text: str, value: float) -> None:
    settings = "[Einstellungen]\nEinstellung | Wert\nWährung | Euro"
    row = f"Alpha | Jörg Weiß | 2026-11-09 | | | '{text}"
    reading = read(workbook("\n".join([opportunities(row), GATES, settings])))
    assert [problem.rule for problem in reading.team.problems] == ["number_as_text"]
    assert reading.team.opportunities[0].value == pytest.approx(value)


def test_a_milestone_is_waived_in_german(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(opportunities("Alpha | Jörg Weiß | entfällt | 2026-11-10 | |") + "\n" + GATES))
    assert sentences(reading) == []
    assert reading.team.opportunities[0].entries[0].waived


def test_settings_are_told_in_german(workbook: DrawnWorkbook) -> None:
    settings = """
        [Einstellungen]
        Einstellung | Wert
        Teamname | Nord
        Stichtag | 2026-11-17
        Geschäftsjahr beginnt | März
        Woche beginnt | Sonntag
        Sprache | Deutsch
        Papier | DIN A4
        Jahresziel je Verkäufer | '600.000 €
        Währung | €
        Multiplikator | automatisch
        Stufen | offen
        Vertriebsleitung | Käthe Groß
    """
    reading = read(workbook("\n".join([opportunities("Alpha | Jörg Weiß | 2026-11-09 | | |"), GATES, settings])))
    told = reading.team.settings
    assert [problem.rule for problem in reading.team.problems] == []
    assert (reading.team.name, told.as_of, told.fiscal_year_starts) == ("Nord", date(2026, 11, 17), 3)
    assert (told.week_starts, told.locale, told.paper) == (WeekStart.SUNDAY, "de_DE", Paper.A4)
    assert (told.annual_target_per_rep, told.currency, told.multiplier) == (600_000, "EUR", None)
    assert (told.gates, told.manager) == (Gates.OPEN, "Käthe Groß")


def test_reps_and_time_off_are_told_in_german(workbook: DrawnWorkbook) -> None:
    more = """
        [Vertriebsteam]
        Verkäufer | Jahresziel | Ziel ist | Seit
        Jörg Weiß | 12 | Anzahl | 2026-01-01
        [Urlaub]
        Wer | Von | Bis | Grund | Mindert das Soll
        Jörg Weiß | 2026-08-03 | 2026-08-14 | Urlaub | ja
        alle | 2026-12-25 | | Feiertag | nein
    """
    reading = read(workbook("\n".join([opportunities("Alpha | Jörg Weiß | 2026-11-09 | | |"), GATES, more])))
    assert sentences(reading) == []
    assert reading.team.assignments[0].target_is is TargetIs.COUNT
    assert [(one.rep, one.reduces_quota) for one in reading.team.time_off] == [("Jörg Weiß", True), (None, False)]


def test_a_column_of_what_is_expected_is_no_milestone_in_german_either(workbook: DrawnWorkbook) -> None:
    headings = "Verkaufschance | Verkäufer | Bedarf | Vertrag | Erwarteter Abschluss | Letzter Kontakt"
    row = "Alpha | Jörg Weiß | 2026-11-02 | 2026-11-03 | 2026-12-01 | 2026-11-16"
    reading = read(workbook(opportunities(row, headings=headings)))
    assert [milestone.name for milestone in reading.team.tracks[0].milestones] == ["Bedarf", "Vertrag"]


@pytest.mark.parametrize("words", [SHEETS, SETTINGS, OUTCOMES, *FIELDS.values()])
def test_no_word_means_two_things(words: dict[str, tuple[str, ...]]) -> None:
    own = set(map(key, words))
    met = Counter(
        key(synonym) for word, synonyms in words.items() for synonym in {key(one) for one in synonyms} - {key(word)}
    )
    assert {word: times for word, times in met.items() if times > 1 and word not in own} == {}
