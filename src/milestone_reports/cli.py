"""The command line. The only module that prints, reads the clock or the environment, and exits."""

from __future__ import annotations

import json
import os
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from io import TextIOWrapper
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from milestone_reports import __version__
from milestone_reports.domain.failure import CannotGoOnError, PublishingFailedError
from milestone_reports.domain.problem import Level

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from milestone_reports.build import Built, Progress
    from milestone_reports.domain.team import Team
    from milestone_reports.workbook.marking.copy import Marked
    from milestone_reports.workbook.reading.understanding import Understanding

EXIT_CODES = """\b
Exit codes:
  0  done
  1  check, or build --strict, found errors in the data
  2  cannot go on: usage, an unreadable workbook, settings
  3  rendering or publishing failed; the old site is untouched
"""

FOR_TABLES, UNBROKEN = 160, 100_000
"""Characters to a line where the output is no terminal: wide tables, and each problem on a line of its own."""

WORKBOOK = click.Path(path_type=Path)
YEARS = range(1990, 2100)
"""The years that a workbook's dates may lie in."""

INTERRUPTED = 130
"""What a shell expects of a program that was stopped from the keyboard."""

TRACEBACK = "MILESTONE_REPORTS_TRACEBACK"
"""Set in the environment, it shows where in the program a failure comes from."""


class Formats(click.ParamType[frozenset[str]]):
    """A list of what to build: html, pdf, data."""

    name = "html,pdf,data"
    known = ("html", "pdf", "data")

    def convert(
        self, value: str | frozenset[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[str]:
        """The formats named, in any order."""
        if isinstance(value, frozenset):
            return value
        named = [part.strip().lower() for part in value.split(",") if part.strip()]
        unknown = [part for part in named if part not in self.known]
        if unknown or not named:
            self.fail(f"'{value}' is no list of formats; write one or more of html,pdf,data.", param, ctx)
        return frozenset(named)


class Day(click.ParamType[date]):
    """A day such as 2026-11-22."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that the text says."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is no date; write it like 2026-11-22.", param, ctx)
        if day.year not in YEARS:
            self.fail(f"'{value}' is out of range; name a day between {YEARS[0]} and {YEARS[-1]}.", param, ctx)
        return day


companion_option = click.option(
    "--with", "companion", type=WORKBOOK, metavar="COMPANION.xlsx",
    help="A workbook with Settings, Milestones, Reps and the like for an export that should stay as it is.",
)  # fmt: skip
as_of_option = click.option(
    "--as-of", type=Day(), help="The day the figures stand for; else the Settings sheet's, else today."
)


class Commands(click.Group):
    """The verbs; whatever one of them cannot do ends as one sentence and an exit code, never as a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb."""
        try:
            return super().invoke(ctx)
        except click.MissingParameter:
            raise
        except click.BadParameter as error:
            hint = error.param.get_error_hint(ctx).replace("'", "") if error.param else "what was asked for"
            raise click.UsageError(f"{hint}: {error.message}", error.ctx) from error
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except KeyboardInterrupt:
            click.echo("Stopped; nothing was published.", err=True)
            ctx.exit(INTERRUPTED)
        except CannotGoOnError as error:
            click.echo(str(error), err=True)
            ctx.exit(error.exit_code)
        except Exception as error:
            if os.environ.get(TRACEBACK):
                raise
            click.echo(
                f"The program failed ({type(error).__name__}: {error}); nothing was published. "
                f"Fix: report it, with what this prints when {TRACEBACK}=1 is set; it is a fault of the program.",
                err=True,
            )
            ctx.exit(PublishingFailedError.exit_code)


@click.group(
    cls=Commands, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(__version__, prog_name="milestone-reports")
def main() -> None:
    """Weekly scorecards for milestone selling: reads a team's workbook, writes a web site and PDFs."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name in letters that the terminal has not must not end the command


@main.command()
@click.argument("workbook", type=WORKBOOK, default=Path("milestones.xlsx"))
@click.option("--example", is_flag=True, help="Fill it with a made-up team, always the same for the same seed.")
@click.option(
    "--kind",
    type=click.Choice(["new-business", "existing-clients", "business-development", "partner-recruitment"]),
    default="new-business",
    show_default=True,
    help="The kind of work that the example's team does.",
)
@click.option("--seed", type=int, default=2026, show_default=True, help="What the example's chance begins with.")
def init(workbook: Path, example: bool, kind: str, seed: int) -> None:
    """Write a starter workbook; never overwrites one."""
    if example:
        from milestone_reports.workbook.example.write import ExampleKind, write_example

        write_example(workbook, ExampleKind(kind.replace("-", " ")), seed)
    else:
        from milestone_reports.workbook.starter.write import write_starter

        write_starter(workbook)
    click.echo(f"Wrote {workbook}. Next: fill it in, then milestone-reports build {workbook}")


@main.command(epilog=EXIT_CODES)
@click.argument("workbook", type=WORKBOOK)
@companion_option
@as_of_option
@click.option(
    "--mark",
    "copy",
    type=WORKBOOK,
    metavar="COPY.xlsx",
    help="Write a copy of the workbook with each problem's cell coloured and commented, and a sheet that lists them.",
)
@click.option("--explain", is_flag=True, help="Tell how the workbook was understood instead: columns, milestones, ...")
@click.option("--format", "shown_as", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(
    workbook: Path, companion: Path | None, as_of: date | None, copy: Path | None, explain: bool, shown_as: str
) -> None:
    """List all problems of a workbook; exits with 1 when there are errors."""
    from milestone_reports.workbook.reading.assemble import read_team

    reading = read_team(workbook, companion, as_of, today())
    marked = understood = None
    if copy:
        from milestone_reports.workbook.marking.copy import write_marked_copy

        marked = write_marked_copy(workbook, copy, reading.team.problems)
    if explain:
        from milestone_reports.workbook.reading.explaining import understanding_of

        understood = understanding_of(reading.team, reading.as_of, reading.basis)
    if shown_as == "json":
        click.echo(checked_json(reading.team, understood, marked))
    else:
        from milestone_reports import terminal

        shown = terminal.understanding(understood) if understood else terminal.problems(reading.team.problems)
        show_all(shown, width_elsewhere=FOR_TABLES if understood else UNBROKEN)
        if understood:
            show_all([terminal.counted(reading.team.problems, workbook)], width_elsewhere=UNBROKEN)
        if marked:
            show_all([terminal.copied(marked)], width_elsewhere=UNBROKEN)
    sys.exit(1 if any(problem.level is Level.ERROR for problem in reading.team.problems) else 0)


def checked_json(team: Team, understood: Understanding | None, marked: Marked | None) -> bytes:
    """What `check` found as JSON; how the workbook was understood and what was written, where that was asked for."""
    from milestone_reports.render.downloads import plain

    found = [
        {
            "level": problem.level.value,
            "rule": problem.rule,
            "cell": problem.place.address if problem.place else None,
            "label": problem.label,
            "rep": problem.rep,
            "found": problem.found,
            "expected": problem.expected,
            "done": problem.done,
            "fix": problem.fix,
            "sentence": problem.sentence,
        }
        for problem in team.problems
    ]
    told = {"workbook": team.source.name, "problems": plain(found)}
    told |= {"understood": plain(understood)} if understood else {}
    told |= {"marked": plain(marked)} if marked else {}
    return json.dumps(told, indent=1, ensure_ascii=False).encode()


@main.command(epilog=EXIT_CODES)
@click.argument("workbooks", type=WORKBOOK, nargs=-1, required=True, metavar="WORKBOOK...")
@companion_option
@click.option("-o", "--output", type=WORKBOOK, help="The folder of the site.  [default: output]")
@as_of_option
@click.option("--rep", "reps", multiple=True, metavar="NAME", help="Only this rep's card; needs an -o of its own.")
@click.option(
    "--formats", type=Formats(), default="html,pdf,data", show_default=True, help="What to build, with commas."
)
@click.option("--strict", is_flag=True, help="Publish nothing when the data has errors; exits with 1.")
@click.option("--open", "open_it", is_flag=True, help="Open the front page in the browser.")
@click.option("--quiet", is_flag=True, help="Print nothing when it goes well.")
def build(
    workbooks: tuple[Path, ...],
    companion: Path | None,
    output: Path | None,
    as_of: date | None,
    reps: tuple[str, ...],
    formats: frozenset[str],
    strict: bool,
    open_it: bool,
    quiet: bool,
) -> None:
    """Build the site of one or more workbooks: web pages, PDFs and data."""
    from milestone_reports.build import Request
    from milestone_reports.build import build as build_site

    if reps and output is None:
        raise click.UsageError("--rep makes a site of its own. Fix: name a folder for it with -o.")
    request = Request(
        workbooks, output or Path("output"), today(), companion, as_of, reps,
        html="html" in formats, pdf="pdf" in formats, data="data" in formats, strict=strict,
    )  # fmt: skip
    started = perf_counter()
    with progress_bar(quiet=quiet) as tell:
        done = build_site(request, tell)
    if not quiet:
        click.echo(summary(done, request.output, len(workbooks), perf_counter() - started))
    if open_it:
        click.launch(done.front.absolute().as_uri())


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
        f"wrote {done.n_files:,} files to {output}; "
        f"left out {done.n_left_out:,} row{'s' if done.n_left_out != 1 else ''} ({found or 'no problems'}); "
        f"{seconds:.1f} s. {done.front.absolute().as_uri()}"
    )


@main.command(epilog=EXIT_CODES)
@click.argument("workbook", type=WORKBOOK)
@click.argument("rep", nargs=-1)
@companion_option
@as_of_option
@click.option("--format", "shown_as", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
def show(workbook: Path, rep: tuple[str, ...], companion: Path | None, as_of: date | None, shown_as: str) -> None:
    """Print the scorecard of one rep, or the team's, in the terminal."""
    from milestone_reports.render import downloads
    from milestone_reports.scorecards.compose import card_of, team_site
    from milestone_reports.workbook.reading.assemble import read_team

    reading = read_team(workbook, companion, as_of, today())
    site = team_site(reading.team, reading.as_of)
    if rep:
        site = replace(site, reps=(card_of(site, " ".join(rep)),))
    if shown_as == "json":
        click.echo(downloads.rep_json(site.reps[0]) if rep else downloads.scorecards_json(site), nl=False)
    elif shown_as == "csv":
        click.echo(downloads.tables(site)["reps.csv"].removeprefix(BOM_UTF8), nl=False)
    else:
        from milestone_reports import terminal

        show_all([terminal.rep_card(site.reps[0]) if rep else terminal.team_card(site.rollup)])


@main.command(epilog=EXIT_CODES)
@click.argument("workbook", type=WORKBOOK)
@click.argument("figure", nargs=-1, metavar="[FIGURE]")
@click.option("--rep", default="", metavar="NAME", help="The rep whose figure it is; else the team's.")
@click.option("--track", default="", metavar="NAME", help="Only on this track.")
@click.option("--milestone", default="", metavar="NAME", help="Only of this milestone, where the figure has several.")
@companion_option
@as_of_option
@click.option("--list", "list_them", is_flag=True, help="List the names of all figures.")
@click.option("--format", "shown_as", type=click.Choice(["text", "json"]), default="text", show_default=True)
def explain(
    workbook: Path,
    figure: tuple[str, ...],
    rep: str,
    track: str,
    milestone: str,
    companion: Path | None,
    as_of: date | None,
    list_them: bool,
    shown_as: str,
) -> None:
    """Tell what a figure is and what it was counted from: its definition, the numbers, the opportunities, the cells.

    FIGURE is a name of the Definitions page or its beginning, such as 'Attainment' or 'rate to the sale'.
    """
    from milestone_reports import terminal
    from milestone_reports.terminal import explain as explaining

    if list_them or not figure:
        show_all(list(explaining.names()))
        return
    from milestone_reports.render.downloads import json_bytes
    from milestone_reports.scorecards.compose import team_site
    from milestone_reports.scorecards.provenance.explaining import Question, explanations
    from milestone_reports.workbook.reading.assemble import read_team

    reading = read_team(workbook, companion, as_of, today())
    site = team_site(reading.team, reading.as_of)
    found = explanations(reading.team, site, Question(" ".join(figure), rep, track, milestone))
    if shown_as == "json":
        click.echo(json_bytes(found), nl=False)
    else:
        show_all(explaining.explained(found, terminal.formats_of(site.stamp)))


def today() -> date:
    """The day of the build, in the place where it runs."""
    return datetime.now(UTC).astimezone().date()


def console(*, stderr: bool = False, width_elsewhere: int = FOR_TABLES) -> Console:
    """Where rich prints: as wide as the terminal, or as wide as asked for in a file or a pipe."""
    from rich.console import Console

    is_terminal = (sys.stderr if stderr else sys.stdout).isatty()
    return Console(stderr=stderr, highlight=False, width=None if is_terminal else width_elsewhere, soft_wrap=False)


def show_all(parts: Iterator[RenderableType] | list[RenderableType], *, width_elsewhere: int = FOR_TABLES) -> None:
    """Print what rich renders, one after the other."""
    screen = console(width_elsewhere=width_elsewhere)
    for part in parts:
        screen.print(part)


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Progress]:
    """A progress bar on a terminal; nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda _what, _done, _total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading")
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)
