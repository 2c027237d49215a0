"""The words a workbook may use: sheets, columns and settings with their synonyms. Data, easy to add to."""

from __future__ import annotations

from collections.abc import Mapping

from milestone_reports.domain.names import key
from milestone_reports.domain.opportunity import Outcome
from milestone_reports.workbook import vocabulary_german as german
from milestone_reports.workbook.vocabulary_german import with_german

SHEETS: Mapping[str, tuple[str, ...]] = with_german(
    {
        "Opportunities": ("Opportunity", "Opps", "Deals", "Pipeline", "Sales pipeline", "Opportunity list"),
        "Milestones": ("Stages", "Gates", "Tracks"),
        "Reps": ("Sales reps", "Team", "Salespeople", "Representatives", "Owners"),
        "Settings": ("Setup", "Configuration", "Parameters"),
        "Time off": ("Holidays", "Vacation", "Absences", "Leave", "Days off"),
        "Rates": ("Exchange rates", "Currencies", "FX"),
        "Milestone log": ("Milestones log", "Log of milestones", "Log"),
        "Columns": ("Column names", "Renamed columns", "Mapping"),
    },
    german.SHEETS,
)

_ENGLISH_FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Opportunities": {
        "Opportunity": ("Opportunity name", "Deal", "Deal name", "Name", "Title", "Project", "Subject"),
        "ID": ("Opportunity ID", "Deal ID", "Record ID", "Opp ID", "Number", "Opportunity number"),
        "Rep": (
            "Owner",
            "Sales rep",
            "Salesperson",
            "Opportunity owner",
            "Deal owner",
            "Account manager",
            "Seller",
            "Relationship manager",
            "Account executive",
            "Assigned to",
            "Representative",
        ),
        "Account": ("Client", "Customer", "Company", "Account name", "Organisation", "Organization", "Partner"),
        "Track": ("Kind", "Pipeline", "Type", "Opportunity type", "Record type"),
        "Source": ("Lead source", "Origin", "Channel", "Original source"),
        "Value": ("Amount", "Deal value", "Contract value", "Deal amount", "Revenue", "Worth"),
        "Currency": ("Currency code", "Currency ISO code"),
        "Created": ("Create date", "Created date", "Created on", "Deal created", "Date created", "Opened"),
        "Outcome": ("Status", "Result", "Won or lost"),
        "Closed": ("Close date", "Closed on", "Closed date", "Actual close", "Actual close date", "Date closed"),
        "Lost on": ("Lost time", "Lost date", "Date lost", "Closed lost date"),
        "Lost reason": ("Loss reason", "Reason lost", "Closed lost reason", "Reason for loss"),
        "Notes": ("Note", "Comments", "Comment", "Remarks", "Description", "Next step"),
    },
    "Milestones": {
        "Milestone": ("Name", "Stage", "Gate"),
        "Track": ("Kind", "Pipeline"),
        "Order": ("No", "Number", "Position", "Step", "#"),
        "Agreed by both": ("Agreed", "What it takes", "Agreement", "Agreed by both what it takes"),
        "Evidence required": ("Evidence", "Evidence needed", "Proof required"),
    },
    "Reps": {
        "Rep": ("Name", "Sales rep", "Salesperson", "Owner", "Representative"),
        "Email": ("E-mail", "Mail", "E-mail address", "Email address"),
        "Manager": ("Sales manager", "Reports to"),
        "Manager email": ("Manager e-mail", "Manager mail"),
        "Start": ("Start date", "From", "Started", "Starts", "Joined"),
        "End": ("End date", "To", "Until", "Left", "Ends"),
        "Track": ("Kind", "Pipeline"),
        "Annual target": ("Target", "Yearly target", "Quota", "Annual quota", "Target a year"),
        "Target is": ("Target type", "Target kind", "Target in"),
        "Average contract value": ("Average contract", "Average deal", "Average deal size", "ACV", "Average value"),
    },
    "Settings": {
        "Setting": ("Name", "Parameter", "Key"),
        "Value": ("Setting value", "Your value"),
    },
    "Time off": {
        "Rep": ("Name", "Who", "Person"),
        "From": ("Start", "First day", "Date", "Day", "Start date"),
        "To": ("End", "Last day", "Until", "End date"),
        "Reason": ("What", "Why", "Holiday", "Note"),
        "Reduces quota": ("Reduces the quota", "Less quota"),
    },
    "Rates": {
        "Currency": ("Code", "From", "Currency code"),
        "Rate": ("Exchange rate", "Factor", "To report currency"),
    },
    "Milestone log": {
        "Opportunity ID": ("ID", "Deal ID", "Record ID", "Opportunity", "Deal"),
        "Milestone": ("Name", "Stage", "Gate"),
        "Planned": ("Plan", "Planned date", "Planned on", "Planned for", "Due"),
        "Completed": ("Done", "Completed on", "Completion date", "Date", "Reached", "Actual"),
        "Evidence": ("Proof", "Link"),
        "Recorded by": ("By", "Rep", "Entered by"),
    },
    "Columns": {
        "Sheet": ("Sheet name", "Tab"),
        "Field": ("Column", "Our name", "Name"),
        "Your header": ("Header", "Yours", "Your name", "Your column"),
    },
}

FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    sheet: with_german(words, german.FIELDS[sheet]) for sheet, words in _ENGLISH_FIELDS.items()
}

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "Milestones": ("Milestone",),
    "Reps": ("Rep",),
    "Settings": ("Setting", "Value"),
    "Time off": ("From", "To"),
    "Rates": ("Currency", "Rate"),
    "Milestone log": ("Opportunity ID", "Milestone"),
    "Columns": ("Sheet", "Field", "Your header"),
}
"""What a refining sheet cannot do without. Opportunities' own needs are checked where it is read."""

SETTINGS: Mapping[str, tuple[str, ...]] = with_german(
    {
        "Team": ("Team name",),
        "As of": ("As of date", "Date", "Report date", "Week ending"),
        "Fiscal year starts": ("Fiscal year start", "Year starts", "Fiscal year begins", "Fiscal year starts in"),
        "Week starts": ("Week starts on", "Week begins", "First day of the week"),
        "Selling weeks": ("Selling weeks a year", "Weeks"),
        "Currency": ("Report currency",),
        "Locale": ("Language", "Region"),
        "Paper": ("Paper size", "Page size"),
        "Team annual target": ("Team target",),
        "Annual target per rep": ("Annual target", "Target per rep", "Annual target a rep"),
        "Average contract value": ("Average contract", "ACV", "Average deal size"),
        "Multiplier": ("Factor",),
        "Gates": ("Gate order",),
        "Conversion months": ("Conversion window", "Months of history"),
        "Grace for late entries": ("Grace days", "Days of grace", "Late entry grace", "Grace period"),
        "Manager": ("Sales manager",),
        "Manager email": ("Manager e-mail",),
    },
    german.SETTINGS,
)

OUTCOMES: Mapping[str, tuple[str, ...]] = with_german(
    {
        "open": ("in progress", "active", "pending", "ongoing", "new"),
        "won": ("closed won", "signed", "sold", "success"),
        "lost": ("closed lost", "lost deal", "failed"),
        "no decision": ("nodecision", "no decision made", "stalled out"),
        "disqualified": ("not qualified", "unqualified", "duplicate"),
        "cancelled": ("canceled", "cancelled after signature", "withdrawn after signature"),
    },
    german.OUTCOMES,
)

NOT_MILESTONES = frozenset(
    map(
        key,
        (
            *("Expected close", "Expected close date", "Estimated close date", "Est. Close Date"),
            "Forecast close date",
            *("Last activity", "Last activity date", "Last contacted", "Last modified", "Last modified date"),
            *("Modified on", "Modified date", "Updated", "Updated on", "Update time", "Last stage change"),
            *("Last stage change date", "Stage change time", "Next activity date", "Next step date", "Next follow up"),
            *("(Do Not Modify) Modified On", "Next activity", "Last updated", "Last changed", "Expected closing date"),
            *german.split(german.NOT_MILESTONES),
        ),
    )
)
"""Keys of date columns that people and CRMs keep and that are no milestone: what is expected, or touched last."""

TOTALS = frozenset(
    {"total", "totals", "sum", "grandtotal", "subtotal"}
    | {"summe", "gesamt", "gesamtsumme", "zwischensumme", "insgesamt"}
)
"""Keys of what a totals row begins with."""

NO_VALUE = frozenset(
    {"", "tbd", "tbc", "tba", "na", "none", "unknown", "pending", "open"}
    | {"offen", "nochoffen", "ausstehend", "unbekannt", "folgt", "keine", "keineangabe"}
)
"""Keys of what people type into a cell that has no value yet; marks such as - and ? leave an empty key."""

NO_VALUE_IN_SHORT = frozenset({"k.a.", "k.a", "n.v.", "n.b."})
"""The same with their points, without which these are a person's initials."""

WAIVED = frozenset({"waived", "entfallt", "entfallen"})
"""Keys of what stands in place of a date where both sides agreed to leave a milestone out."""

YES = frozenset({"yes", "y", "true", "1", "x", "ja", "j", "wahr", "oui", "si"})
NO = frozenset({"", "no", "n", "false", "0", "nein", "falsch", "non"})

CURRENCY_SIGNS: Mapping[str, str] = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "us$": "USD",
    "fr": "CHF",
    "euro": "EUR",
    "franken": "CHF",
}


def by_key(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Each word and its synonyms, by their key, to the word itself; a word outranks another's synonym."""
    found = {key(synonym): word for word, synonyms in words.items() for synonym in synonyms}
    return found | {key(word): word for word in words}


OUTCOME_WORDS = {key(word): Outcome(outcome) for word, outcome in by_key(OUTCOMES).items()}
"""What people type for an outcome, by its key."""


def says_nothing_yet(text: str) -> bool:
    """Whether a text is typed where there is no value yet: TBD, n/a, offen, k. A."""
    return key(text) in NO_VALUE or ("." in text and text.casefold().replace(" ", "") in NO_VALUE_IN_SHORT)
