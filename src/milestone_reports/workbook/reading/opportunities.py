"""The Opportunities sheet, row by row: a bad cell costs that cell; the row only where its rep or currency is no use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from milestone_reports.domain.message import Message, message
from milestone_reports.domain.names import key, quoted
from milestone_reports.domain.opportunity import MilestoneEntry, Opportunity, Outcome
from milestone_reports.domain.problem import CellRef, Level
from milestone_reports.domain.team import Settings
from milestone_reports.domain.track import Track
from milestone_reports.workbook.cells import Cell
from milestone_reports.workbook.cells import Row as SheetRow
from milestone_reports.workbook.reading.findings import Findings, Row, meant, said, text_of
from milestone_reports.workbook.reading.milestones import COMPLETED, EVIDENCE, ONLY_TRACK, PLANNED, Columns
from milestone_reports.workbook.reading.own_names import evidence_column, not_completed, planned_column
from milestone_reports.workbook.reading.people import People
from milestone_reports.workbook.reading.plain_rows import plain_rows
from milestone_reports.workbook.reading.table import Table
from milestone_reports.workbook.reading.values import broken, denies, found, read_currency, typed_currency
from milestone_reports.workbook.vocabulary import OUTCOME_WORDS, TOTALS, WAIVED

VALUE_UNKNOWN = message("Left out; the value is unknown")


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
    completion_columns: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """A track's name to the columns of its milestones' completion."""
    n_rows: int = 0
    n_left_out: int = 0

    def read(self, table: Table) -> tuple[Opportunity, ...]:
        """The opportunities of the sheet; what could not be used is counted and said."""
        plain = plain_rows(table, self.tracks, self.columns, self.settings.currency, self.people)
        self.completion_columns = plain.completion_columns
        kept, doubtful = [], plain.doubtful
        for place, opportunity in enumerate(plain.opportunities):
            if place not in doubtful:
                self.n_rows += 1
                kept.append(opportunity)
            elif found := self._read_carefully(table, table.body[place]):
                kept.append(found)
        return tuple(kept)

    def _read_carefully(self, table: Table, cells: SheetRow) -> Opportunity | None:
        """A row in which something is in doubt; None where it is none, or cannot be used."""
        row = {name: cells[position] for name, position in table.fields.items()}
        if not self._is_opportunity(row, cells):
            return None
        self.n_rows += 1
        opportunity = self._opportunity(row, cells)
        self.n_left_out += opportunity is None
        return opportunity

    def _is_opportunity(self, row: Mapping[str, Cell], cells: Sequence[Cell]) -> bool:
        """Whether a row below the header is one: more than a lone cell, named or owned, and no row of totals."""
        filled = [cell for cell in cells if not cell.is_blank]
        if not filled or key(filled[0].text) in TOTALS:
            return False
        if len(filled) == 1:
            self._not_read(filled[0], message("{found} alone on its row", found=found(filled[0])))
            return False
        if any(not row[column].is_blank for column in ("Opportunity", "ID", "Account", "Rep") if column in row):
            return True
        self._not_read(filled[0], message("{found} on a row without a name and a rep", found=found(filled[0])))
        return False

    def _not_read(self, cell: Cell, what: Message) -> None:
        self.findings.add(
            Level.NOTE,
            "lone_cell",
            cell.ref,
            found=what,
            done=message("Not read as an opportunity"),
            fix=message("fill in the row if it is one"),
        )

    def _opportunity(self, row: Mapping[str, Cell], cells: Sequence[Cell]) -> Opportunity | None:
        name, account = text_of(row.get("Opportunity")), text_of(row.get("Account"))
        number = text_of(row.get("ID")) if said(row.get("ID")) else ""
        label = ", ".join(dict.fromkeys(part for part in (account, name) if part)) or number
        rep = self._rep(row, Row(label))
        track = self._track(row, Row(label, rep or ""))
        if rep is None or track is None:
            return None
        whose = Row(label, rep)
        identity = number or f"{name} | {account} | {track.name}"
        if not self._is_named(row, whose) or not self._is_new(identity, row, whose):
            return None
        value, usable = self._value(row, whose)
        if not usable:
            return None
        opportunity = Opportunity(
            id=identity,
            name=name or number or account,
            account=account,
            rep=rep,
            track=track.name,
            entries=tuple(self._entry(cells, milestone.name, whose) for milestone in track.milestones),
            source=self.findings.take_text(row.get("Source"), "Source", whose),
            value=value,
            created_on=self.findings.take_date(row.get("Created"), "Created", whose),
            outcome=self._outcome(row, whose),
            closed_on=self.findings.take_date(row.get("Closed"), "Closed", whose),
            lost_reason=self.findings.take_text(row.get("Lost reason"), "Lost reason", whose),
            row=CellRef(row["Rep"].ref.sheet, row["Rep"].ref.row),
            columns=self.completion_columns[track.name],
        )
        return self._closed(opportunity, row, whose)

    def _rep(self, row: Mapping[str, Cell], whose: Row) -> str | None:
        cell = row["Rep"]
        if said(cell) and isinstance(cell.value, str):
            return self.people.person(cell.text)
        self.findings.add(
            Level.ERROR,
            "rep_blank",
            cell.ref,
            found=message("no name in Rep") if cell.is_blank else message("{found} in Rep", found=found(cell)),
            expected=message("the name of a rep was expected"),
            done=message("The row is left out of every card and of the team"),
            fix=message("type the rep's name"),
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
                done = message("Read as {track}, the only track", track=quoted(self.tracks[0].name))
                self._track_unknown(cell, row, done, Level.WARNING, whose)
            return self.tracks[0]
        if key(ONLY_TRACK) in names and not said(cell):
            done = message("Read as {text}", text=quoted(ONLY_TRACK))
            self._track_unknown(cell or row["Rep"], row, done, Level.WARNING, whose)
            return names[key(ONLY_TRACK)]
        self._track_unknown(cell or row["Rep"], row, message("The row is left out"), Level.ERROR, whose)
        return None

    def _track_unknown(self, cell: Cell, row: Mapping[str, Cell], done: Message, level: Level, whose: Row) -> None:
        track = row.get("Track")
        self.findings.add(
            level,
            "track_unknown",
            cell.ref,
            found=message("{found} in Track", found=found(cell)) if said(track) else message("no track"),
            expected=message("one of the team's tracks was expected"),
            done=done,
            fix=meant(text_of(track), [known.name for known in self.tracks]),
            row=whose,
        )

    def _is_named(self, row: Mapping[str, Cell], whose: Row) -> bool:
        """Whether the row says which opportunity it is; a formula without a name in it is said."""
        names = [self.findings.take_text(row.get(column), column, whose) for column in ("ID", "Opportunity", "Account")]
        if any(names):
            return True
        self.findings.add(
            Level.ERROR,
            "opportunity_without_name",
            (row.get("Opportunity") or row["ID"]).ref,
            found=message("no name of the opportunity"),
            expected=message("an opportunity, an account or an ID was expected"),
            done=message("The row is left out"),
            fix=message("name the opportunity"),
            row=whose,
        )
        return False

    def _is_new(self, identity: str, row: Mapping[str, Cell], whose: Row) -> bool:
        number = row.get("ID")
        has_number = number is not None and said(number)
        cell = number if number is not None and has_number else row.get("Opportunity", row["Rep"])
        first = self.first_rows.setdefault(identity.casefold(), cell.ref)
        if first is cell.ref:
            return True
        self.findings.add(
            Level.ERROR,
            "row_twice",
            cell.ref,
            found=message("the ID {id} is that of row {row}", id=quoted(identity), row=first.row)
            if has_number
            else message("name, account and track are those of row {row}", row=first.row),
            expected=message("one row for each opportunity was expected"),
            done=message("Row {row} is left out", row=cell.ref.row),
            fix=message("delete one of the two rows, or give each an ID of its own"),
            row=whose,
        )
        return False

    def _value(self, row: Mapping[str, Cell], whose: Row) -> tuple[float | None, bool]:
        """The value in the report's currency, and whether the row's currency can be used."""
        value = self.findings.take_number(row.get("Value"), "Value", whose, left_out=VALUE_UNKNOWN)
        cell, code = self._currency(row)
        if cell is None or (not broken(cell) and code in {"", self.settings.currency}):
            return value, True
        if code in self.rates:
            return (value * self.rates[code] if value is not None else None), True
        own = self.settings.currency
        self.findings.add(
            Level.ERROR,
            "currency_without_rate",
            cell.ref,
            found=message("{found} in Currency", found=found(cell))
            if cell is row.get("Currency")
            else message("{found} in Value", found=found(cell)),
            expected=message("{currency} or a currency of the Rates sheet was expected", currency=own),
            done=message("The row is left out"),
            fix=message(
                "add a row for {code} to a sheet named 'Rates' with its rate to {currency}", code=code, currency=own
            )
            if code
            else message("add a row for it to a sheet named 'Rates' with its rate to {currency}", currency=own),
            row=whose,
        )
        return None, False

    def _currency(self, row: Mapping[str, Cell]) -> tuple[Cell | None, str]:
        """The row's currency and the cell that says it: Currency, else what is typed beside the value."""
        cell, value = row.get("Currency"), row.get("Value")
        stated = read_currency(cell) if cell else ""
        typed = typed_currency(value, self.settings.currency) if value else ""
        if stated or not typed or (cell and broken(cell)):
            return cell, stated
        return value, typed

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
            found=message("{found} in Outcome", found=found(cell)),
            expected=message("open, won, lost, no decision, disqualified or cancelled was expected"),
            done=message("Read as open"),
            fix=meant(cell.text, [outcome.value for outcome in Outcome]),
            row=whose,
        )
        return Outcome.OPEN

    def _entry(self, cells: Sequence[Cell], name: str, whose: Row) -> MilestoneEntry:
        known = key(name)

        def cell_of(role: str) -> Cell | None:
            position = self.columns.get((known, role))
            return None if position is None else cells[position]

        completed, evidence = cell_of(COMPLETED), cell_of(EVIDENCE)
        waived = completed is not None and key(completed.text) in WAIVED
        completed_on = None
        if not waived:
            completed_on = self.findings.take_date(completed, name, whose, left_out=not_completed(name))
        planned_on = self.findings.take_date(cell_of(PLANNED), planned_column(name), whose)
        told = self.findings.take_text(evidence, evidence_column(name), whose)
        proof = (evidence.link or evidence.whole) if evidence and said(evidence) and not denies(told) else ""
        return MilestoneEntry(planned_on, completed_on, proof, waived)

    def _closed(self, opportunity: Opportunity, row: Mapping[str, Cell], whose: Row) -> Opportunity:
        """The opportunity with its outcome settled: a loss date makes it lost, Closed dates a win without a date."""
        lost_on = self.findings.take_date(row.get("Lost on"), "Lost on", whose)
        sold_on = opportunity.entries[-1].completed_on
        if lost_on and opportunity.outcome is Outcome.OPEN:
            opportunity = replace(opportunity, outcome=Outcome.LOST)
        if lost_on and opportunity.outcome.is_lost:
            opportunity = replace(opportunity, closed_on=lost_on)
        if opportunity.outcome is Outcome.WON and sold_on is None:
            return self._dated_by_closed(opportunity, row, whose)
        if opportunity.outcome is Outcome.CANCELLED:
            return self._cancelled(opportunity, sold_on, row, whose)
        return opportunity

    def _dated_by_closed(self, opportunity: Opportunity, row: Mapping[str, Cell], whose: Row) -> Opportunity:
        if opportunity.closed_on:
            sale = opportunity.entries[-1]._replace(completed_on=opportunity.closed_on)
            return replace(opportunity, entries=(*opportunity.entries[:-1], sale))
        self._no_sale_date(opportunity, row, message("won, without a date that says when"), whose)
        return opportunity

    def _cancelled(
        self, opportunity: Opportunity, sold_on: date | None, row: Mapping[str, Cell], whose: Row
    ) -> Opportunity:
        if sold_on is None:
            self._no_sale_date(opportunity, row, message("cancelled, without a date of the sale"), whose)
            return opportunity
        if opportunity.closed_on and opportunity.closed_on >= sold_on:
            return opportunity
        self.findings.add(
            Level.WARNING,
            "cancelled_without_date",
            row["Outcome"].ref,
            found=message("cancelled, without a date in Closed on or after the sale"),
            expected=message("the day of the cancellation was expected"),
            done=message("Taken off from the day of the sale, {day}", day=sold_on),
            fix=message("type the day of the cancellation into Closed"),
            row=whose,
        )
        return replace(opportunity, closed_on=sold_on)

    def _no_sale_date(self, opportunity: Opportunity, row: Mapping[str, Cell], what: Message, whose: Row) -> None:
        sale = next(track.sale.name for track in self.tracks if track.name == opportunity.track)
        self.findings.add(
            Level.ERROR,
            "won_without_date",
            row["Outcome"].ref,
            found=what,
            expected=message("the day of the sale was expected"),
            done=message("Counted neither as won nor as open"),
            fix=message("type the day of the sale into {milestone}", milestone=quoted(sale)),
            row=whose,
        )
