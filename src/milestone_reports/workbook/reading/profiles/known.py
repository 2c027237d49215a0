"""The exports that are recognised by their headers. Data, easy to add to; must not know how rows are read."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from milestone_reports.domain.message import Message, message
from milestone_reports.domain.names import key
from milestone_reports.workbook.cells import Row, Sheet

ROWS_LOOKED_AT = 40
"""How many rows from the top an export's header is looked for in."""

Headers = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of export: the headers that tell it, and what its columns are to us."""

    name: Message
    """As it follows `the columns of`: `deals from HubSpot`."""
    told_by: tuple[Headers, ...]
    """Of each group at least one header must be there."""
    fields: Mapping[str, Headers]
    """A field of Opportunities to the headers that hold it, the best one first."""
    stage: Headers
    """The stage an opportunity stands at; in a history, the one it moved to."""
    changed_on: Headers = ()
    """For a history, one row a change: the day of the change."""
    only_changes_of: Mapping[str, Headers] = field(default_factory=dict)
    """For a history of all fields: the column that names the field, and what it says of the stage."""
    only_where_repeated: bool = False
    """Whether only opportunities that stand there more than once tell it from a plain list."""

    @property
    def is_history(self) -> bool:
        """Whether a row is a change of stage rather than an opportunity."""
        return bool(self.changed_on)

    def is_told_by(self, headers: AbstractSet[str]) -> bool:
        """Whether these headers, by their keys, are those of this export."""
        return all(any(key(header) in headers for header in group) for group in self.told_by)

    def words(self, headers: AbstractSet[str]) -> dict[str, str]:
        """The key of each header that is read as a field: of several that could be one, the best that is there."""
        return {
            found: name
            for name, known in self.fields.items()
            if (found := next((key(header) for header in known if key(header) in headers), None))
        }


def _pipedrive(*headers: str) -> Headers:
    """Older exports put the kind of record before each header, newer ones do not."""
    return tuple(f"{prefix}{header}" for header in headers for prefix in ("Deal - ", ""))


PROFILES: tuple[Profile, ...] = (
    Profile(
        name=message("an opportunity history from Salesforce"),
        told_by=(("To Stage",), ("From Stage",), ("Last Modified", "Last Modified Date", "Changed On", "Edit Date")),
        fields={
            "Opportunity": ("Opportunity Name",),
            "ID": ("Opportunity ID",),
            "Rep": ("Opportunity Owner", "Owner"),
            "Account": ("Account Name",),
        },
        stage=("To Stage",),
        changed_on=("Last Modified", "Last Modified Date", "Changed On", "Edit Date"),
    ),
    Profile(
        name=message("a field history of opportunities from Salesforce"),
        told_by=(
            ("New Value", "NewValue"),
            ("Old Value", "OldValue"),
            ("Field / Event", "Field"),
            ("Edit Date", "CreatedDate"),
        ),
        fields={
            "Opportunity": ("Opportunity Name",),
            "ID": ("Opportunity ID", "OpportunityId"),
            "Rep": ("Opportunity Owner", "Owner"),
            "Account": ("Account Name",),
        },
        stage=("New Value", "NewValue"),
        changed_on=("Edit Date", "CreatedDate"),
        only_changes_of={"Field / Event": ("Stage",), "Field": ("Stage", "StageName")},
    ),
    Profile(
        name=message("the object OpportunityHistory from Salesforce"),
        told_by=(("OpportunityId",), ("StageName",), ("CreatedDate",)),
        fields={"ID": ("OpportunityId",), "Rep": ("Opportunity Owner", "Opportunity.Owner.Name", "OwnerName", "Owner")},
        stage=("StageName",),
        changed_on=("CreatedDate",),
    ),
    Profile(
        name=message("a history of stages"),
        told_by=(
            ("To stage", "New stage", "Stage", "Stage name", "Deal stage"),
            ("Changed on", "Change date", "Stage changed on", "Stage change date", "Entered on", "Entered stage on"),
        ),
        fields={},
        stage=("To stage", "New stage", "Stage", "Stage name", "Deal stage"),
        changed_on=(
            "Changed on",
            "Change date",
            "Stage changed on",
            "Stage change date",
            "Entered on",
            "Entered stage on",
        ),
        only_where_repeated=True,
    ),
    Profile(
        name=message("deals from HubSpot"),
        told_by=(("Deal Stage",), ("Deal Name", "Record ID"), ("Deal owner", "Close Date", "Create Date", "Pipeline")),
        fields={
            "Opportunity": ("Deal Name",),
            "ID": ("Record ID", "Record ID - Deal", "Deal ID"),
            "Rep": ("Deal owner",),
            "Account": (
                "Associated Company (Primary)",
                "Associated Company",
                "Primary Associated Company",
                "Company name",
            ),
            "Track": ("Pipeline", "Deal Pipeline"),
            "Value": ("Amount", "Amount in company currency"),
            "Currency": ("Currency",),
            "Created": ("Create Date",),
            "Closed": ("Close Date",),
            "Lost reason": ("Closed Lost Reason",),
            "Source": ("Original Traffic Source", "Original Source", "Original Source Type"),
        },
        stage=("Deal Stage",),
    ),
    Profile(
        name=message("deals from Pipedrive"),
        told_by=(
            _pipedrive("Title"),
            _pipedrive("Stage"),
            _pipedrive("Status"),
            _pipedrive("Won time", "Lost time", "Deal created", "Deal closed on", "Add time"),
        ),
        fields={
            "Opportunity": _pipedrive("Title"),
            "ID": _pipedrive("ID", "Pipedrive System ID"),
            "Rep": _pipedrive("Owner"),
            "Account": _pipedrive("Organization"),
            "Track": _pipedrive("Pipeline"),
            "Value": _pipedrive("Value"),
            "Currency": _pipedrive("Currency", "Currency of Value"),
            "Created": _pipedrive("Deal created", "Deal created on", "Add time"),
            "Outcome": _pipedrive("Status"),
            "Closed": _pipedrive("Won time", "Deal closed on", "Closed on", "Close time"),
            "Lost on": _pipedrive("Lost time"),
            "Lost reason": _pipedrive("Lost reason"),
            "Source": _pipedrive("Source", "Source channel", "Source origin"),
        },
        stage=_pipedrive("Stage"),
    ),
    Profile(
        name=message("opportunities from Dynamics 365"),
        told_by=(("(Do Not Modify) Opportunity",), ("(Do Not Modify) Row Checksum",)),
        fields={
            "Opportunity": ("Topic", "Opportunity Name", "Name"),
            "ID": ("Opportunity ID", "Opportunity Number", "(Do Not Modify) Opportunity"),
            "Rep": ("Owner",),
            "Account": ("Account", "Potential Customer", "Customer"),
            "Value": ("Actual Revenue", "Est. Revenue", "Estimated Revenue", "Est. revenue", "Total Amount"),
            "Currency": ("Currency",),
            "Created": ("Created On",),
            "Outcome": ("Status",),
            "Closed": ("Actual Close Date",),
        },
        stage=("Pipeline Phase", "Sales Stage", "Process Stage", "Stage", "Active Stage"),
    ),
    Profile(
        name=message("opportunities from Salesforce"),
        told_by=(
            ("Opportunity Name",),
            ("Stage",),
            ("Opportunity Owner", "Owner Role", "Opportunity Owner Alias"),
            ("Close Date",),
        ),
        fields={
            "Opportunity": ("Opportunity Name",),
            "ID": ("Opportunity ID", "Opportunity ID (18)"),
            "Rep": ("Opportunity Owner", "Owner", "Opportunity Owner Alias"),
            "Account": ("Account Name",),
            "Track": ("Opportunity Record Type", "Record Type", "Type"),
            "Value": ("Amount", "Amount (converted)"),
            "Currency": ("Amount Currency", "Opportunity Currency"),
            "Created": ("Created Date",),
            "Closed": ("Close Date",),
            "Lost reason": ("Loss Reason", "Lost Reason", "Closed Lost Reason"),
            "Source": ("Lead Source",),
        },
        stage=("Stage",),
    ),
)
"""The more particular before the more general: the first that fits is taken."""

STAGE: Headers = (
    "Stage",
    "Deal stage",
    "Sales stage",
    "Pipeline stage",
    "Opportunity stage",
    "Current stage",
    "Phase",
    "Stufe",
    "Vertriebsphase",
    "Verkaufsphase",
)
PROBABILITY: Headers = (
    "Probability",
    "Probability (%)",
    "Deal probability",
    "Deal - Probability",
    "Forecast probability",
    "Wahrscheinlichkeit",
    "Wahrscheinlichkeit (%)",
)

BY_PROBABILITY = message("by the mean of their probabilities")
"""What the order of stages is told from where a column of probabilities tells it."""

EXPECTED_WHILE_OPEN = "closedate"
"""The header under which CRMs keep the day of closing once it is past, and a guess until then."""


def keys_of(row: Row) -> set[str]:
    """The keys of what stands in a row."""
    return {key(cell.text) for cell in row if isinstance(cell.value, str)} - {""}


def profile_of(sheet: Sheet, *, history: bool) -> tuple[Profile, set[str]] | None:
    """The export that a sheet is, with the keys of its headers; None where it is none that is known."""
    for row in sheet.rows[:ROWS_LOOKED_AT]:
        headers = keys_of(row)
        for profile in PROFILES:
            if profile.is_history is history and profile.is_told_by(headers):
                return profile, headers
    return None


def position_of(headers: Mapping[str, int], known: Headers) -> int | None:
    """The position of the first of these headers that is there."""
    return next((headers[key(header)] for header in known if key(header) in headers), None)
