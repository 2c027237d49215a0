"""The command line. The only part that prints, reads the clock or the environment, and exits."""

from milestone_reports.cli import building, importing, past, reading, sending, templates, watching
from milestone_reports.cli.group import EXIT_CODES, main

__all__ = ["EXIT_CODES", "building", "importing", "main", "past", "reading", "sending", "templates", "watching"]
