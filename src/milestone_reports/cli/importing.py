"""The command that takes old workbooks into the history."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from milestone_reports.cli.group import EXIT_CODES, main
from milestone_reports.cli.parameters import STATE, WORKBOOK, companion_option, state_option
from milestone_reports.cli.screen import progress_bar, show_all, today


@main.command("import", epilog=EXIT_CODES)
@click.argument("folder", type=WORKBOOK)
@companion_option
@state_option
@click.option("--dry-run", is_flag=True, help="Only tell what would be taken.")
@click.option("--quiet", is_flag=True, help="Print nothing when it goes well.")
def import_folder(folder: Path, companion: Path | None, state: Path | None, dry_run: bool, quiet: bool) -> None:
    """Take a snapshot of every workbook in FOLDER, the oldest first, so that later builds know the earlier weeks.

    Each stands for the day of its Settings sheet, else that in its file name (2026-01-24, 24.01.2026, 2026-W04), else
    the day it was last saved. Exits with 1 when files were left out.
    """
    from milestone_reports import terminal
    from milestone_reports.build.importing import ImportRequest
    from milestone_reports.build.importing import import_folder as take

    store = state or folder / STATE
    with progress_bar(quiet=quiet) as tell:
        found = take(ImportRequest(folder, store, today(), companion, dry_run), tell)
    failed = any(one.outcome == "left out" for one in found)
    if failed or not quiet:
        show_all(list(terminal.imported(found, store, dry_run=dry_run)))
    sys.exit(1 if failed else 0)
