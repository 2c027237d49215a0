"""What a table of opportunities turned out to be: its tracks, its columns, and what was reached without a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from milestone_reports.domain.names import key
from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.track import Track
from milestone_reports.workbook.cells import Row
from milestone_reports.workbook.reading import findings as say
from milestone_reports.workbook.reading.findings import said
from milestone_reports.workbook.reading.milestones import ONLY_TRACK, Columns, Listed
from milestone_reports.workbook.reading.table import Table


@dataclass(frozen=True, slots=True)
class Layout:
    """Tracks and columns as the reader of rows takes them, and what only an export can have beside."""

    tracks: tuple[Track, ...]
    """Each milestone under a name that no other column has."""
    columns: Columns
    shown: tuple[Track, ...] = ()
    """The same tracks under the names that people know; empty: they are the same."""
    reached: Mapping[int, int] = field(default_factory=dict)
    """The number of a row to how many milestones were reached by it, dated or not."""

    def settled(self, opportunities: Sequence[Opportunity]) -> tuple[Opportunity, ...]:
        """The opportunities with what they have reached without a date."""
        if not self.reached:
            return tuple(opportunities)
        return tuple(self._with_reached(opportunity) for opportunity in opportunities)

    def _with_reached(self, opportunity: Opportunity) -> Opportunity:
        n_reached = self.reached.get(opportunity.row.row if opportunity.row else 0, 0)
        entries = tuple(
            entry._replace(reached_undated=index < n_reached and entry.completed_on is None and not entry.waived)
            for index, entry in enumerate(opportunity.entries)
        )
        return replace(opportunity, entries=entries)


def track_names(table: Table) -> list[str]:
    """The track of each row; one that names none is on the only one."""
    at = table.fields.get("Track")
    return [row[at].text if at is not None and said(row[at]) else ONLY_TRACK for row in table.body]


def whose(table: Table, row: Row) -> say.Row:
    """Whose row it is, for a problem: account and name, else the ID."""
    texts = {
        name: row[table.fields[name]].text for name in ("Account", "Opportunity", "ID", "Rep") if name in table.fields
    }
    parts = [texts.get(name, "") for name in ("Account", "Opportunity")]
    label = ", ".join(dict.fromkeys(filter(None, parts))) or texts.get("ID", "")
    return say.Row(label, texts.get("Rep", ""))


def spelt_once(names: Iterable[str]) -> list[str]:
    """Names as first spelt, each once whatever its spelling, in the order in which they are met."""
    spelt: dict[str, str] = {}
    for name in names:
        spelt.setdefault(key(name), name)
    return list(spelt.values())


def listed_tracks(listed: Sequence[Listed], names: Sequence[str]) -> tuple[Track, ...]:
    """The tracks of the Milestones sheet; where it names none, tracks of these names that share its milestones."""
    own = dict.fromkeys(one.track for one in listed)
    if list(own) == [""]:
        return tuple(Track(name, tuple(one.milestone for one in listed)) for name in names)
    return tuple(Track(name or ONLY_TRACK, tuple(one.milestone for one in listed if one.track == name)) for name in own)
