"""The command that builds the site."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from milestone_reports.cli.group import EXIT_CODES, main
from milestone_reports.cli.parameters import (
    WORKBOOK,
    as_of_option,
    audience_option,
    companion_option,
    config_option,
    formats_option,
    no_history_option,
    state_folder,
    state_option,
    templates_option,
)
from milestone_reports.cli.screen import progress_bar, today

if TYPE_CHECKING:
    from milestone_reports.build import Built
    from milestone_reports.publish import Audience
    from milestone_reports.render.look import Look
    from milestone_reports.settings_file.reading import Settings

FOR = {
    "manager": "",
    "rep": " (each rep apart)",
    "all": " (managers and each rep apart)",
    "chosen reps": "",
    "chosen reps apart": " (each rep apart)",
}
"""What the last line says of whom a site is for."""


@main.command(epilog=EXIT_CODES)
@click.argument("workbooks", type=WORKBOOK, nargs=-1, required=True, metavar="WORKBOOK...")
@companion_option
@click.option("-o", "--output", type=WORKBOOK, help="The folder of the site.  [default: output]")
@as_of_option
@click.option("--rep", "reps", multiple=True, metavar="NAME", help="Only this rep's card; needs an -o of its own.")
@audience_option
@formats_option
@config_option
@templates_option
@state_option
@no_history_option
@click.option("--strict", is_flag=True, help="Publish nothing when the data has errors; exits with 1.")
@click.option("--open", "open_it", is_flag=True, help="Open the front page in the browser.")
@click.option("--quiet", is_flag=True, help="Print nothing when it goes well.")
def build(
    workbooks: tuple[Path, ...],
    companion: Path | None,
    output: Path | None,
    as_of: date | None,
    reps: tuple[str, ...],
    audience: Audience | None,
    formats: frozenset[str],
    config: Path | None,
    templates: Path | None,
    state: Path | None,
    no_history: bool,
    strict: bool,
    open_it: bool,
    quiet: bool,
) -> None:
    """Build the site of one or more workbooks: web pages, PDFs and data."""
    from milestone_reports.build import Request
    from milestone_reports.build import build as build_site

    if reps and output is None:
        raise click.UsageError("--rep makes a site of its own. Fix: name a folder for it with -o.")
    if reps and audience in {"manager", "all"}:
        raise click.UsageError(
            f"--rep makes a site of chosen reps, and --audience {audience} one of all. Fix: leave one of the two out, "
            "or write --audience rep for a folder of their own for each."
        )
    request = Request(
        workbooks, output or Path("output"), today(), companion, as_of, reps,
        html="html" in formats, pdf="pdf" in formats, data="data" in formats, strict=strict,
        archive=not reps and not no_history, look=look_of(config, templates, workbooks[0].parent),
        state=state_folder(state, workbooks[0].parent, no_history=no_history),
        audience=audience or "manager",
    )  # fmt: skip
    started = perf_counter()
    with progress_bar(quiet=quiet) as tell:
        done = build_site(request, tell)
    if not quiet:
        click.echo(summary(done, request.output, len(workbooks), perf_counter() - started))
    if open_it:
        click.launch(done.front.absolute().as_uri())


def look_of(config: Path | None, templates: Path | None, beside: Path) -> Look:
    """The look that the settings file and the option ask for; the option is stronger."""
    return with_own_templates(settings_of(config, beside).look, templates)


def settings_of(config: Path | None, beside: Path) -> Settings:
    """What the settings file says: the one named, else the one beside something, else the one here."""
    from milestone_reports.settings_file.reading import Settings, settings_file, settings_in

    file = settings_file(config, (beside, Path()))
    return settings_in(file) if file else Settings()


def with_own_templates(look: Look, templates: Path | None) -> Look:
    """The look with the templates of this folder, where one is named."""
    if templates is None:
        return look
    if not templates.is_dir():
        raise click.UsageError(f"--templates: {templates} is no folder. Fix: name the folder of your templates.")
    return replace(look, own_templates=templates)


def summary(done: Built, output: Path, n_workbooks: int, seconds: float) -> str:
    """One line of what was read, written and left out, how long it took, and the address."""
    books = f"{n_workbooks} workbook{'s' if n_workbooks > 1 else ''}"
    found = ", ".join(
        f"{count} {name}{'s' if count > 1 else ''}"
        for count, name in ((done.n_errors, "error"), (done.n_warnings, "warning"), (done.n_notes, "note"))
        if count
    )
    return (
        f"Read {done.n_rows:,} rows of {done.n_reps:,} rep{'s' if done.n_reps > 1 else ''} from {books}; "
        f"wrote {done.n_files:,} files to {output}{FOR[done.made_for]}{kept(done)}; "
        f"left out {done.n_left_out:,} row{'s' if done.n_left_out != 1 else ''} ({found or 'no problems'}); "
        f"{seconds:.1f} s. {done.front.absolute().as_uri()}"
    )


def kept(done: Built) -> str:
    """Where the site stays when a newer one comes, or why it does not."""
    if done.kept_as:
        return f" and kept them as {done.kept_as}"
    return ", a look at another day, of which nothing is kept" if done.is_a_look else ""
