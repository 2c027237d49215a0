"""The commands of the history: what it holds, whether it is sound, taking it out, and taking parts of it away."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milestone_reports.cli.building import look_of
from milestone_reports.cli.group import EXIT_CODES, main
from milestone_reports.cli.parameters import (
    STATE,
    WORKBOOK,
    Day,
    audience_option,
    config_option,
    state_option,
    templates_option,
)
from milestone_reports.cli.screen import progress_bar, show_all, today

if TYPE_CHECKING:
    from milestone_reports.history.store import Entry, Store
    from milestone_reports.publish import Audience

team_option = click.option("--team", default="", metavar="NAME", help="Only of this team.")
week_argument = click.argument("week", metavar="WEEK")


@main.group(epilog=EXIT_CODES)
def history() -> None:
    """What earlier workbooks said: the snapshots that builds have taken, one a week and team.

    They lie in the state folder, .milestone-reports beside the workbook; stand there, or name it with --state.
    """


@contextmanager
def opened(state: Path | None, *, for_writing: bool = False) -> Iterator[Store]:
    """The store that is meant; a command for people never makes a new one."""
    from milestone_reports.domain.failure import CannotGoOnError
    from milestone_reports.history.store import FILE, Store

    folder = state or Path(STATE)
    try:
        is_there = (folder / FILE).is_file()
    except OSError as error:
        raise CannotGoOnError(
            f"{folder}: you may not look into the state folder. Fix: have that right given to you, or name another "
            "with --state."
        ) from error
    if not is_there:
        raise CannotGoOnError(
            f"{folder / FILE}: there is no history. Fix: name the state folder with --state; it is {STATE} beside the "
            "workbook, or in the inbox."
        )
    with Store.open(folder, create=for_writing) as store:
        yield store


def entries_of(store: Store, week: str, team: str) -> Sequence[Entry]:
    """The snapshots of a week, the newest last.

    Raises: CannotGoOnError where there is none.
    """
    from milestone_reports.domain.failure import CannotGoOnError

    found = [entry for entry in store.entries(team) if entry.week.name == week.upper()]
    if not found:
        known = sorted({entry.week.name for entry in store.entries(team)})
        have = f"it has {known[0]} to {known[-1]}" if known else "it has none"
        raise CannotGoOnError(
            f"Week '{week}': the history has no snapshot of it; {have}. Fix: write it like 2026-W47; history list "
            "has them all."
        )
    return sorted(found, key=lambda entry: (entry.team, entry.as_of, entry.number))


@history.command("list")
@team_option
@state_option
def list_snapshots(team: str, state: Path | None) -> None:
    """List all snapshots."""
    from milestone_reports import terminal

    with opened(state) as store:
        show_all(list(terminal.snapshots(store.entries(team), state or Path(STATE))))


@history.command()
@week_argument
@team_option
@state_option
def show(week: str, team: str, state: Path | None) -> None:
    """Show the snapshot of WEEK, such as 2026-W47: where it is from, the figures it said, what it changed."""
    from milestone_reports import terminal
    from milestone_reports.history.remembering import as_remembered
    from milestone_reports.history.what_changed import what_changed
    from milestone_reports.recall import from_store

    with opened(state) as store:
        for entry in (one for one in entries_of(store, week, team) if one.is_current):
            told = from_store(store, entry.number, known=entry.number)
            now, past = as_remembered(told.team, told.as_of, told.past)
            changed = what_changed(now, told.as_of, past)
            show_all(list(terminal.snapshot(entry, store.figures(entry.number), changed.changes if changed else None)))


@history.command()
@state_option
def verify(state: Path | None) -> None:
    """Look through the whole store; exits with 1 when something in it is not as it was written."""
    with opened(state) as store:
        faults = store.verify()
        n_snapshots = len(store.entries())
    for fault in faults:
        click.echo(fault)
    if not faults:
        click.echo(f"Sound: {n_snapshots:,} snapshot{'s' if n_snapshots != 1 else ''}, each as it was written.")
    sys.exit(1 if faults else 0)


@history.command()
@click.argument("file", type=WORKBOOK, metavar="FILE")
@team_option
@state_option
def export(file: Path, team: str, state: Path | None) -> None:
    """Write all snapshots to FILE: an Excel workbook (.xlsx) or .json; never overwrites one."""
    from milestone_reports.build.exporting import write_export

    with opened(state) as store:
        n_snapshots = write_export(store, file, team)
    click.echo(f"Wrote {n_snapshots:,} snapshot{'s' if n_snapshots != 1 else ''} to {file}.")


@history.command()
@click.argument("weeks", nargs=-1, metavar="[WEEK]...")
@click.option("--before", type=Day(), help="All snapshots that stand for an earlier day.")
@click.option("--all", "all_of_them", is_flag=True, help="All snapshots.")
@team_option
@state_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(
    weeks: tuple[str, ...], before: date | None, all_of_them: bool, team: str, state: Path | None, yes: bool
) -> None:
    """Take snapshots out of the history for good: of WEEKs, of days before one, or all of a team.

    Nothing of them is left in the file. Sites that were published stay as they are.
    """
    from milestone_reports import terminal

    if sum((bool(weeks), before is not None, all_of_them)) != 1:
        raise click.UsageError("Say what to forget. Fix: name weeks, or write --before DATE, or --all.")
    with opened(state, for_writing=True) as store:
        chosen = list(dict.fromkeys(one for week in weeks for one in entries_of(store, week, team)))
        if not weeks:
            chosen = [one for one in store.entries(team) if before is None or one.as_of < before]
        if not chosen:
            click.echo("No snapshot is meant by that; nothing was forgotten.")
            return
        show_all(list(terminal.snapshots(chosen, state or Path(STATE))))
        if not yes:
            click.confirm("Forget these for good?", abort=True)
        store.forget([one.number for one in chosen])
    click.echo(f"Forgot {len(chosen):,} snapshot{'s' if len(chosen) != 1 else ''}.")


@history.command(epilog=EXIT_CODES)
@week_argument
@click.option("-o", "--output", type=WORKBOOK, default=Path("output"), show_default=True, help="The site's folder.")
@audience_option
@config_option
@templates_option
@state_option
@click.option("--quiet", is_flag=True, help="Print nothing when it goes well.")
def rebuild(
    week: str,
    output: Path,
    audience: Audience | None,
    config: Path | None,
    templates: Path | None,
    state: Path | None,
    quiet: bool,
) -> None:
    """Make the pages of WEEK again, as it was published, from the snapshot that was current then.

    They go to the week's own folder in the site; all else there stays, so --audience counts only where there is no site
    yet. The same version of the program makes the same bytes, and says so.
    """
    from milestone_reports.build import Request
    from milestone_reports.build.rebuilding import rebuild as rebuild_week

    folder = state or Path(STATE)
    look = look_of(config, templates, folder.parent)
    request = Request((), output, today(), look=look, state=folder, audience=audience or "manager")
    with opened(state) as store, progress_bar(quiet=quiet) as tell:
        done = rebuild_week(store, week.upper(), request, tell)
    if not quiet:
        click.echo(done.sentence)
