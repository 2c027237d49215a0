"""The Opportunities sheet, row by row: a bad cell costs that cell; the row only where its rep or currency is no use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from milestone_reports.domain.names import key, one_line, quoted
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.problem import CellRef, Level
from milestone_reports.domain.team import Settings
from milestone_reports.domain.track import Track
from milestone_reports.workbook.cells import Cell
from milestone_reports.workbook.reading.findings import Findings, Row, meant, said, text_of
from milestone_reports.workbook.reading.milestones import COMPLETED, EVIDENCE, ONLY_TRACK, PLANNED, Columns
from milestone_reports.workbook.reading.people import People
from milestone_reports.workbook.reading.table import Table
from milestone_reports.workbook.vocabulary import CURRENCY_SIGNS, OUTCOMES, by_key

TOTALS = {"total", "totals", "sum", "grandtotal", "summe", "gesamt", "subtotal"}
"""Keys of what a totals row begins with."""

OUTCOME_WORDS = {key(word): Outcome(outcome) for word, outcome in by_key(OUTCOMES).items()}


@dataclass(slots=True)
class OpportunityReader:
    """Reads rows of opportunities for a team whose tracks, columns and currency are known."""

    tracks: Sequence[Track]
    columns: Columns
    settings: Settings
    rates: Mapping[str, float]
    people: People
    findings: Findings
    first_rows: dict[str, CellRef] = field(default_factory=dict)
    """Where each id was met first."""
    n_rows: int = 0
    n_left_out: int = 0

    def read(self, table: Table) -> tuple[Opportunity, ...]:
        """The opportunities of the sheet; what could not be used is counted and said."""
        found = []
        for cells, row in zip(table.body, table.rows(), strict=True):
            if not _is_opportunity(row, cells):
                continue
            self.n_rows += 1
            opportunity = self._opportunity(row, cells)
            if opportunity is None:
                self.n_left_out += 1
            else:
                found.append(opportunity)
        return tuple(found)

    def _opportunity(self, row: Mapping[str, Cell], cells: Sequence[Cell]) -> Opportunity | None:
        name, account = one_line(text_of(row.get("Opportunity"))), one_line(text_of(row.get("Account")))
        number = text_of(row.get("ID"))
        label = ", ".join(dict.fromkeys(part for part in (account, name) if part)) or number
        rep = self._rep(row, Row(label))
        track = self._track(row, Row(label, rep or ""))
        if rep is None or track is None:
            return None
        whose = Row(label, rep)
        place = CellRef(row["Rep"].ref.sheet, row["Rep"].ref.row)
        identity = number or f"{name} | {account} | {track.name}"
        if not self._is_new(identity, row.get("ID") or row["Rep"], whose):
            return None
        value, usable = self._value(row, whose)
        if not usable:
            return None
        opportunity = Opportunity(
            id=identity,
            name=name or number,
            account=account,
            rep=rep,
            track=track.name,
            entries=tuple(self._entry(cells, milestone.name, whose) for milestone in track.milestones),
            source=text_of(row.get("Source")),
            value=value,
            created_on=self.findings.take_date(row.get("Created"), "Created", whose),
            outcome=self._outcome(row, whose),
            closed_on=self.findings.take_date(row.get("Closed"), "Closed", whose),
            lost_reason=text_of(row.get("Lost reason")),
            row=place,
        )
        return self._closed(opportunity, row, whose)

    def _rep(self, row: Mapping[str, Cell], whose: Row) -> str | None:
        cell = row["Rep"]
        if said(cell) and isinstance(cell.value, str):
            return self.people.person(one_line(cell.text))
        self.findings.add(
            Level.ERROR,
            "rep_blank",
            cell.ref,
            found=f"{quoted(cell.text)} in Rep" if cell.text else "no name in Rep",
            expected="the name of a rep was expected",
            done="The row is left out of every card and of the team",
            fix="type the rep's name",
            row=whose,
        )
        return None

    def _track(self, row: Mapping[str, Cell], whose: Row) -> Track | None:
        cell = row.get("Track")
        names = {key(track.name): track for track in self.tracks}
        if cell is not None and key(cell.text) in names:
            return names[key(cell.text)]
        if len(self.tracks) == 1:
            if cell is not None and said(cell):
                self._track_unknown(cell, row, f"Read as {self.tracks[0].name}, the only track", Level.WARNING, whose)
            return self.tracks[0]
        if ONLY_TRACK in {track.name for track in self.tracks} and not said(cell):
            return names[key(ONLY_TRACK)]
        self._track_unknown(cell or row["Rep"], row, "The row is left out", Level.ERROR, whose)
        return None

    def _track_unknown(self, cell: Cell, row: Mapping[str, Cell], done: str, level: Level, whose: Row) -> None:
        track = row.get("Track")
        self.findings.add(
            level,
            "track_unknown",
            cell.ref,
            found=f"{quoted(cell.text)} in Track" if said(track) else "no track",
            expected="a track of the Milestones sheet was expected",
            done=done,
            fix=meant(text_of(track), [known.name for known in self.tracks]),
            row=whose,
        )

    def _is_new(self, identity: str, cell: Cell, whose: Row) -> bool:
        first = self.first_rows.setdefault(key(identity), cell.ref)
        if first is cell.ref:
            return True
        shown = cell.text if cell.text and key(cell.text) == key(identity) else identity
        self.findings.add(
            Level.ERROR,
            "row_twice",
            cell.ref,
            found=f"{quoted(shown)} stands on row {first.row} already",
            expected="one row for each opportunity was expected",
            done=f"Row {cell.ref.row} is left out",
            fix="delete one of the two rows, or give each an ID of its own",
            row=whose,
        )
        return False

    def _value(self, row: Mapping[str, Cell], whose: Row) -> tuple[float | None, bool]:
        """The value in the report's currency, and whether the row's currency can be used."""
        value = self.findings.take_number(row.get("Value"), "Value", whose, left_out="left out; the value is unknown")
        cell = row.get("Currency")
        code = text_of(cell).strip().casefold()
        code = CURRENCY_SIGNS.get(code, code.upper())
        if cell is None or not said(cell) or code == self.settings.currency:
            return value, True
        if code in self.rates:
            return (value * self.rates[code] if value is not None else None), True
        self.findings.add(
            Level.ERROR,
            "currency_without_rate",
            cell.ref,
            found=f"{quoted(cell.text)} in Currency",
            expected=f"{self.settings.currency} or a currency of the Rates sheet was expected",
            done="The row is left out",
            fix=f"add a row for {code} to a sheet named 'Rates' with its rate to {self.settings.currency}",
            row=whose,
        )
        return None, False

    def _outcome(self, row: Mapping[str, Cell], whose: Row) -> Outcome:
        cell = row.get("Outcome")
        if cell is None or not said(cell):
            return Outcome.OPEN
        known = OUTCOME_WORDS.get(key(cell.text))
        if known:
            return known
        self.findings.add(
            Level.WARNING,
            "outcome_unknown",
            cell.ref,
            found=f"{quoted(cell.text)} in Outcome",
            expected="open, won, lost, no decision, disqualified or cancelled was expected",
            done="Read as open",
            fix=meant(cell.text, [outcome.value for outcome in Outcome]),
            row=whose,
        )
        return Outcome.OPEN

    def _entry(self, cells: Sequence[Cell], name: str, whose: Row) -> MilestoneEntry:
        def cell_of(role: str) -> Cell | None:
            position = self.columns.get((key(name), role))
            return None if position is None else cells[position]

        completed, evidence = cell_of(COMPLETED), cell_of(EVIDENCE)
        waived = completed is not None and key(completed.text) == "waived"
        completed_on = None
        if not waived:
            completed_on = self.findings.take_date(
                completed, name, whose, left_out=f"left out; {name} counts as not completed"
            )
        planned_on = self.findings.take_date(cell_of(PLANNED), f"{name} planned", whose)
        proof = (evidence.link or evidence.text) if evidence and said(evidence) else ""
        return MilestoneEntry(planned_on, completed_on, proof, waived, completed.ref if completed else None)

    def _closed(self, opportunity: Opportunity, row: Mapping[str, Cell], whose: Row) -> Opportunity:
        """The opportunity with its outcome settled: a loss date makes it lost, a win without one is dated by Closed."""
        lost_on = self.findings.take_date(row.get("Lost on"), "Lost on", whose)
        sold_on = opportunity.entries[-1].completed_on
        if lost_on and opportunity.outcome is Outcome.OPEN:
            opportunity = replace(opportunity, outcome=Outcome.LOST, closed_on=lost_on)
        if opportunity.outcome is Outcome.WON and sold_on is None:
            return self._dated_by_closed(opportunity, row, whose)
        if opportunity.outcome is Outcome.CANCELLED:
            return self._cancelled(opportunity, sold_on, row, whose)
        return opportunity

    def _dated_by_closed(self, opportunity: Opportunity, row: Mapping[str, Cell], whose: Row) -> Opportunity:
        if opportunity.closed_on:
            sale = replace(opportunity.entries[-1], completed_on=opportunity.closed_on)
            return replace(opportunity, entries=(*opportunity.entries[:-1], sale))
        self._no_sale_date(row, "Outcome says won, but no date says when", whose)
        return opportunity

    def _cancelled(
        self, opportunity: Opportunity, sold_on: date | None, row: Mapping[str, Cell], whose: Row
    ) -> Opportunity:
        if sold_on is None:
            self._no_sale_date(row, "Outcome says cancelled, but the sale has no date", whose)
            return opportunity
        if opportunity.closed_on and opportunity.closed_on >= sold_on:
            return opportunity
        self.findings.add(
            Level.WARNING,
            "cancelled_without_date",
            row["Outcome"].ref,
            found="Outcome says cancelled, but Closed has no date after the sale",
            expected="the day of the cancellation was expected in Closed",
            done=f"Taken off from the day of the sale, {sold_on.isoformat()}",
            fix="type the day of the cancellation into Closed",
            row=whose,
        )
        return replace(opportunity, closed_on=sold_on)

    def _no_sale_date(self, row: Mapping[str, Cell], found: str, whose: Row) -> None:
        self.findings.add(
            Level.ERROR,
            "won_without_date",
            row["Outcome"].ref,
            found=found,
            expected="the day of the sale was expected",
            done="Counted neither as won nor as open",
            fix="type the day into the last milestone's column or into Closed",
            row=whose,
        )


def _is_opportunity(row: Mapping[str, Cell], cells: Sequence[Cell]) -> bool:
    """Whether a row below the header is one: it has a name, an account or an id, and is no row of totals."""
    first = next((cell for cell in cells if not cell.is_blank), None)
    if first is None or key(first.text) in TOTALS:
        return False
    return any(not row[column].is_blank for column in ("Opportunity", "ID", "Account", "Rep") if column in row)
