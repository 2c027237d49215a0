"""The ledger: what was handed to the mail server, or may have been. Nothing else knows its file."""

from milestone_reports.delivery.ledger.ledger import FILE, Ledger, LedgerEntry, State

__all__ = ["FILE", "Ledger", "LedgerEntry", "State"]
