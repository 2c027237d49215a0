"""The example team's figures as a German team would keep them: its sheets, headings, words and names in German."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from milestone_reports.workbook.example.kinds import AS_OF, ExampleKind
from milestone_reports.workbook.example.write import example_contents
from milestone_reports.workbook.starter.sheets import CellValue, Contents, Row
from milestone_reports.workbook.starter.write import write_contents

SHEETS = {
    "Opportunities": "Verkaufschancen",
    "Milestones": "Meilensteine",
    "Reps": "Verkäufer",
    "Time off": "Abwesenheiten",
    "Settings": "Einstellungen",
}
MILESTONES = {
    "Qualification": "Qualifizierung",
    "Discovery": "Bedarfsanalyse",
    "Proof": "Machbarkeit",
    "Contract": "Vertrag",
}
ROLES = {"planned": "geplant", "evidence": "Nachweis"}
HEADINGS = {
    "ID": "Nr.",
    "Opportunity": "Verkaufschance",
    "Account": "Kunde",
    "Rep": "Verkäufer",
    "Track": "Bereich",
    "Source": "Quelle",
    "Value": "Vertragswert",
    "Currency": "Währung",
    "Created": "Angelegt am",
    "Outcome": "Ergebnis",
    "Closed": "Geschlossen am",
    "Lost reason": "Verlustgrund",
    "Notes": "Bemerkungen",
    "Order": "Reihenfolge",
    "Milestone": "Meilenstein",
    "Agreed by both": "Gemeinsam vereinbart",
    "Evidence required": "Nachweis nötig",
    "Annual target": "Jahresziel",
    "Target is": "Ziel ist",
    "Average contract value": "Durchschnittlicher Vertragswert",
    "Start": "Beginn",
    "End": "Ende",
    "Email": "E-Mail",
    "Manager": "Vertriebsleitung",
    "Manager email": "E-Mail der Vertriebsleitung",
    "From": "Von",
    "To": "Bis",
    "Reason": "Grund",
    "Reduces quota": "Mindert das Soll",
}
SETTINGS = {
    "Team": "Teamname",
    "As of": "Stichtag",
    "Fiscal year starts": "Geschäftsjahr beginnt",
    "Week starts": "Woche beginnt",
    "Selling weeks": "Verkaufswochen",
    "Currency": "Währung",
    "Locale": "Sprache",
    "Paper": "Papier",
    "Team annual target": "Jahresziel des Teams",
    "Annual target per rep": "Jahresziel je Verkäufer",
    "Average contract value": "Durchschnittlicher Vertragswert",
    "Multiplier": "Multiplikator",
    "Gates": "Reihenfolge der Stufen",
    "Conversion months": "Konversionsmonate",
    "Grace for late entries": "Nachfrist für Einträge",
    "Manager": "Vertriebsleitung",
    "Manager email": "E-Mail der Vertriebsleitung",
}
WORDS = MILESTONES | {
    "yes": "ja",
    "no": "nein",
    "value": "Wert",
    "January": "Januar",
    "Monday": "Montag",
    "auto": "automatisch",
    "in order": "der Reihe nach",
    "open": "offen",
    "won": "gewonnen",
    "lost": "verloren",
    "no decision": "keine Entscheidung",
    "disqualified": "disqualifiziert",
    "cancelled": "storniert",
    "New business": "Neugeschäft",
    "Tarnbrook Industrial": "Tannbrück Anlagenbau",
    "Ruth Calloway": "Ruth Köhler",
    "Hannah Whitlock": "Hannah Weiß",
    "Daniel Okafor": "Daniel Öttinger",
    "Marcus Bell": "Marcus Böhm",
    "Sofia Marchetti": "Sofia Müller",
    "Tom Averill": "Tom Auer",
    "Grace Adeyemi": "Grete Adler",
    "Trade fair": "Messe",
    "Outbound": "Kaltansprache",
    "Website": "Webseite",
    "Referral": "Empfehlung",
    "Price": "Preis",
    "Went to a competitor": "An den Wettbewerb",
    "Budget withdrawn": "Budget gestrichen",
    "Timing": "Zeitpunkt",
    "Missing feature": "Funktion fehlt",
    "No contact any more": "Kein Kontakt mehr",
    "Public holiday": "Feiertag",
    "Holiday": "Urlaub",
    "TBD": "offen",
    "Signed contract": "Vertrag unterschrieben",
    "Countersigned offer": "Gegengezeichnetes Angebot",
    "Purchase order": "Bestellung",
    "Drive modernisation": "Antriebe erneuern",
    "Mixing plant": "Mischanlage",
    "Filter upgrade": "Filtertausch",
    "Energy monitoring": "Energiemessung",
    "Second packaging line": "Zweite Verpackungslinie",
    "Palletiser cell": "Palettierzelle",
    "Conveyor control": "Fördertechnik",
    "Gearbox retrofit": "Getriebe",
    "Bottling line": "Abfüllanlage",
    "Dosing station": "Dosierstation",
    "Weighing system": "Wägesystem",
    "Compressor overhaul": "Druckluft",
    "Spare parts contract": "Ersatzteilvertrag",
    "Pump replacement": "Pumpen",
    "Cooling circuit": "Kühlkreislauf",
    "Leak detection": "Lecksuche",
}
BRANCHES = {
    "Brewing": "Brauerei",
    "Ceramics": "Druckguss",
    "Chemicals": "Edelstahl",
    "Dairies": "Feinkost",
    "Foods": "Getränke",
    "Glass": "Glas",
    "Mills": "Mühlen",
    "Paper": "Papier",
    "Plastics": "Spritzguss",
    "Steel": "Stahl",
}
"""The last words of the accounts' names, in an order that keeps the names in theirs."""

TOWNS = {
    "Bramford": "Brühl",
    "Dunmore": "Döbeln",
    "Fairleigh": "Füssen",
    "Galloway": "Göppingen",
    "Jarrow": "Jülich",
    "Kelso": "Köthen",
    "Lanark": "Lübbecke",
    "Meridale": "Mühldorf",
    "Norbury": "Nördlingen",
    "Penrose": "Pößneck",
    "Redfern": "Rötha",
    "Selwood": "Süßen",
    "Wexcombe": "Wörth",
    "Zelden": "Zörbig",
}
PARTS = re.compile(r"\b(" + "|".join([*BRANCHES, *TOWNS]) + r")\b")


def german_team() -> Contents:
    """The example's team in euros, without its slips."""
    return _without_slips(example_contents(ExampleKind.NEW_BUSINESS))


def write_twins(folder: Path) -> tuple[Path, Path]:
    """The workbook in English and in German, both in euros and without the example's slips."""
    contents = german_team()
    english, german = folder / "english.xlsx", folder / "german.xlsx"
    write_contents(english, contents)
    write_german(german, contents)
    return english, german


def _without_slips(contents: Contents) -> Contents:
    """The contents without the rows and settings that the German team cannot have."""
    reps = {row["Rep"] for row in contents.reps}
    seen: set[CellValue] = set()
    rows = []
    for row in contents.opportunities:
        if row["Rep"] in reps and row["ID"] not in seen and not row.get("Currency") and not _is_dated_ahead(row):
            rows.append(row)
        seen.add(row["ID"])
    settings = {**contents.settings, "Currency": "EUR", "Locale": "de_DE"}
    return replace(contents, opportunities=rows, settings=settings, rates=())


def _is_dated_ahead(row: Row) -> bool:
    days = [row.get(name) for name in MILESTONES]
    return any(isinstance(day, date) and day > AS_OF for day in days)


def write_german(path: Path, contents: Contents) -> None:
    """The contents as a German team's own workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _add(book, "Opportunities", contents.opportunities)
    _add(book, "Milestones", contents.milestones)
    _add(book, "Reps", contents.reps)
    _add(book, "Time off", contents.time_off)
    page = book.create_sheet(SHEETS["Settings"])
    page.append(["Einstellung", "Wert"])
    for name, value in contents.settings.items():
        page.append([SETTINGS[name], in_german(value)])
    book.save(path)


def _add(book: Workbook, sheet: str, rows: Sequence[Row]) -> None:
    page = book.create_sheet(SHEETS[sheet])
    columns = list(dict.fromkeys(column for row in rows for column in row))
    page.append([heading(column) for column in columns])
    for row in rows:
        page.append([in_german(row.get(column)) for column in columns])


def heading(column: str) -> str:
    """A column's heading in German: the program's own column, or one of a milestone's three."""
    name, _, role = column.rpartition(" ")
    if name in MILESTONES:
        return f"{MILESTONES[name]} {ROLES[role]}"
    return f"{MILESTONES[column]} am" if column in MILESTONES else HEADINGS[column]


def in_german(value: CellValue) -> CellValue:
    """What stands in a cell, in German where it is a word or a name."""
    if not isinstance(value, str):
        return value
    return WORDS.get(value) or PARTS.sub(lambda match: BRANCHES.get(match[1]) or TOWNS[match[1]], value)
