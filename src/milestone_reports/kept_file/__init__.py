"""A file in which something is kept from one run to the next: SQLite, opened so that nothing is lost or half written.

It must not know what is kept.
"""

from milestone_reports.kept_file.database import Database, opened
from milestone_reports.kept_file.failures import readable, told_plainly
from milestone_reports.kept_file.kinds import Kind, Sayings

__all__ = ["Database", "Kind", "Sayings", "opened", "readable", "told_plainly"]
