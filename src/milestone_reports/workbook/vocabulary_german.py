"""The words of a German workbook, each beside the program's own word. Data, easy to add to."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, str]
"""The program's own word to the German ones, with bars between them."""

SHEETS: Words = {
    "Opportunities": "Verkaufschancen | Verkaufschance | Chancen | Vertriebschancen",
    "Milestones": "Meilensteine | Stufen | Phasen",
    "Reps": "Verkäufer | Vertriebsteam | Vertriebler | Mitarbeiter | Außendienst",
    "Settings": "Einstellungen | Vorgaben",
    "Time off": "Abwesenheiten | Abwesenheit | Urlaub | Urlaube | Feiertage | Freie Tage",
    "Rates": "Kurse | Wechselkurse | Währungen | Umrechnungskurse",
    "Milestone log": "Meilensteinprotokoll | Protokoll der Meilensteine | Protokoll",
    "Columns": "Spalten | Spaltennamen | Zuordnung",
}

FIELDS: Mapping[str, Words] = {
    "Opportunities": {
        "Opportunity": "Verkaufschance | Chance | Vorhaben | Projekt | Projektname | Bezeichnung | Titel | Betreff",
        "ID": "Nummer | Nr. | Kennung | Vorgangsnummer | Projektnummer",
        "Rep": (
            "Verkäufer | Verkaeufer | Verkäuferin | Vertriebler | Zuständig | Verantwortlich | Betreuer | "
            "Kundenbetreuer | Bearbeiter | Außendienst | Inhaber | Besitzer"
        ),
        "Account": "Kunde | Kundin | Kundenname | Firma | Unternehmen | Organisation | Interessent",
        "Track": "Bereich | Vertriebsbereich | Geschäftsart | Art | Typ",
        "Source": "Quelle | Herkunft | Leadquelle | Kanal",
        "Value": "Wert | Vertragswert | Auftragswert | Betrag | Volumen | Auftragsvolumen | Umsatz",
        "Currency": "Währung | Waehrung | Währungscode",
        "Created": (
            "Angelegt | Angelegt am | Erstellt | Erstellt am | Erfasst am | Erstellungsdatum | Anlagedatum | Beginn"
        ),
        "Outcome": "Ergebnis | Ausgang",
        "Closed": "Geschlossen | Geschlossen am | Beendet am | Abgeschlossen am | Abschlussdatum",
        "Lost on": "Verloren am | Verlustdatum",
        "Lost reason": "Verlustgrund | Grund des Verlusts | Grund für Verlust | Absagegrund",
        "Notes": (
            "Notiz | Notizen | Bemerkung | Bemerkungen | Kommentar | Anmerkung | Anmerkungen | Nächster Schritt | "
            "Beschreibung"
        ),
    },
    "Milestones": {
        "Milestone": "Meilenstein | Stufe | Phase | Bezeichnung",
        "Track": "Bereich | Vertriebsbereich | Geschäftsart",
        "Order": "Reihenfolge | Nr. | Nummer | Schritt | Rang",
        "Agreed by both": "Gemeinsam vereinbart | Vereinbart | Vereinbarung | Von beiden vereinbart | Was dazu gehört",
        "Evidence required": "Nachweis nötig | Nachweis erforderlich | Nachweispflicht | Nachweis | Beleg nötig",
    },
    "Reps": {
        "Rep": "Verkäufer | Verkaeufer | Verkäuferin | Vertriebler | Mitarbeiter | Außendienst",
        "Email": "E-Mail-Adresse",
        "Manager": (
            "Vertriebsleitung | Vertriebsleiter | Vertriebsleiterin | Leitung | Vorgesetzte | Vorgesetzter | "
            "Führungskraft"
        ),
        "Manager email": "E-Mail der Vertriebsleitung | E-Mail Vertriebsleitung | E-Mail der Leitung",
        "Start": "Beginn | Von | Ab | Seit | Eintritt | Startdatum",
        "End": "Ende | Bis | Austritt | Enddatum",
        "Track": "Bereich | Vertriebsbereich | Geschäftsart",
        "Annual target": "Jahresziel | Ziel | Jahresvorgabe | Ziel im Jahr | Umsatzziel",
        "Target is": "Ziel ist | Zielart | Art des Ziels | Ziel in",
        "Average contract value": (
            "Durchschnittlicher Vertragswert | Durchschnittlicher Auftragswert | Mittlerer Vertragswert | "
            "Vertragswert im Mittel"
        ),
    },
    "Settings": {
        "Setting": "Einstellung | Vorgabe | Bezeichnung",
        "Value": "Wert | Ihr Wert",
    },
    "Time off": {
        "Rep": "Verkäufer | Verkaeufer | Wer | Mitarbeiter",
        "From": "Von | Ab | Beginn | Erster Tag | Datum | Tag",
        "To": "Bis | Ende | Letzter Tag",
        "Reason": "Grund | Anlass | Feiertag | Bemerkung",
        "Reduces quota": "Mindert das Soll | Mindert Soll | Soll mindern | Soll vermindern",
    },
    "Rates": {
        "Currency": "Währung | Waehrung | Von",
        "Rate": "Kurs | Wechselkurs | Faktor | Umrechnungskurs",
    },
    "Milestone log": {
        "Opportunity ID": "Verkaufschance | Nummer | Nr. | Kennung | Vorgangsnummer",
        "Milestone": "Meilenstein | Stufe | Phase",
        "Planned": "Geplant | Geplant am | Geplant für | Fällig | Fällig am",
        "Completed": "Erreicht | Erreicht am | Abgeschlossen | Abgeschlossen am | Erledigt | Erledigt am | Datum",
        "Evidence": "Nachweis | Beleg",
        "Recorded by": "Erfasst von | Eingetragen von | Von | Verkäufer",
    },
    "Columns": {
        "Sheet": "Blatt | Tabellenblatt",
        "Field": "Feld | Spalte",
        "Your header": "Ihre Überschrift | Eigene Überschrift | Überschrift | Ihre Spalte",
    },
}

SETTINGS: Words = {
    "Team": "Teamname | Name des Teams",
    "As of": "Stand | Stichtag | Datum",
    "Fiscal year starts": (
        "Geschäftsjahr beginnt | Beginn des Geschäftsjahres | Geschäftsjahr ab | Geschäftsjahr beginnt im"
    ),
    "Week starts": "Woche beginnt | Beginn der Woche | Woche beginnt am | Wochenbeginn",
    "Selling weeks": "Verkaufswochen | Verkaufswochen im Jahr",
    "Currency": "Währung | Waehrung | Berichtswährung",
    "Locale": "Sprache | Sprache und Land",
    "Paper": "Papier | Papierformat",
    "Team annual target": "Jahresziel des Teams | Teamziel",
    "Annual target per rep": "Jahresziel je Verkäufer | Jahresziel pro Verkäufer | Jahresziel | Ziel je Verkäufer",
    "Average contract value": (
        "Durchschnittlicher Vertragswert | Durchschnittlicher Auftragswert | Mittlerer Vertragswert"
    ),
    "Multiplier": "Multiplikator | Faktor",
    "Gates": "Stufen | Reihenfolge der Stufen",
    "Conversion months": "Monate der Konversion | Konversionsmonate | Monate für Konversionen",
    "Grace for late entries": (
        "Nachfrist | Nachfrist für Einträge | Nachfrist in Tagen | Tage Nachfrist | Frist für verspätete Einträge"
    ),
    "Manager": "Vertriebsleitung | Vertriebsleiter | Vertriebsleiterin",
    "Manager email": "E-Mail der Vertriebsleitung | E-Mail Vertriebsleitung",
}

OUTCOMES: Words = {
    "open": "offen | laufend | läuft | in Arbeit | in Bearbeitung | aktiv | neu",
    "won": "gewonnen | unterschrieben | verkauft | Auftrag | erfolgreich | geschlossen gewonnen",
    "lost": "verloren | Absage | abgesagt | geschlossen verloren",
    "no decision": "keine Entscheidung | ohne Entscheidung | nicht entschieden",
    "disqualified": "disqualifiziert | nicht qualifiziert | ungeeignet | Dublette",
    "cancelled": "storniert | Storno | nach Unterschrift storniert | widerrufen",
}

NOT_MILESTONES = (
    "Erwarteter Abschluss | Erwartetes Abschlussdatum | Voraussichtlicher Abschluss | Abschluss erwartet | "
    "Abschluss erwartet am | Letzte Aktivität | Letzter Kontakt | Zuletzt kontaktiert | Letzte Änderung | "
    "Zuletzt geändert | Zuletzt geändert am | Geändert am | Aktualisiert | Aktualisiert am | Nächste Aktivität | "
    "Nächster Kontakt | Nächster Termin | Nächster Schritt am | Wiedervorlage"
)


def with_german(words: Mapping[str, tuple[str, ...]], german: Words) -> dict[str, tuple[str, ...]]:
    """Each of the program's words with its synonyms in both languages."""
    return {word: (*synonyms, *split(german.get(word, ""))) for word, synonyms in words.items()}


def split(words: str) -> tuple[str, ...]:
    """The words between the bars."""
    return tuple(filter(None, words.split(" | ")))
