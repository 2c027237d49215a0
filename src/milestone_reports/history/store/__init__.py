"""The history of a team on disk: one SQLite file, which nothing else in the program knows."""

from milestone_reports.history.store.kept import Entry, Taken
from milestone_reports.history.store.publications import Member, Publication, PublishedPdf
from milestone_reports.history.store.store import FILE, Store

__all__ = ["FILE", "Entry", "Member", "Publication", "PublishedPdf", "Store", "Taken"]
