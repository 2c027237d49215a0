"""The commands that read a workbook, or write a new one, and build nothing."""

from __future__ import annotations

import json
import sys
from codecs import BOM_UTF8
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milestone_reports.cli.group import EXIT_CODES, main
from milestone_reports.cli.parameters import (
    STATE,
    WORKBOOK,
    as_of_option,
    companion_option,
    no_history_option,
    state_folder,
    state_option,
)
from milestone_reports.cli.screen import FOR_TABLES, UNBROKEN, show_all, today
from milestone_reports.domain.problem import Level

if TYPE_CHECKING:
    from milestone_reports.domain.team import Team
    from milestone_reports.workbook.marking.copy import Marked
    from milestone_reports.workbook.reading.understanding import Understanding


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
@click.option(
    "--weeks",
    type=click.IntRange(0, 52),
    default=0,
    show_default=True,
    help="How many earlier weekly copies of the example to write into a folder beside it, WORKBOOK_weeks.",
)
def init(workbook: Path, example: bool, kind: str, seed: int, weeks: int) -> None:
    """Write a starter workbook; never overwrites one."""
    if example:
        from milestone_reports.workbook.example.copies import write_with_copies
        from milestone_reports.workbook.example.kinds import ExampleKind

        copies = write_with_copies(workbook, ExampleKind(kind.replace("-", " ")), seed, weeks)
    elif weeks:
        raise click.UsageError("--weeks is for an example. Fix: add --example, or leave --weeks out.")
    else:
        from milestone_reports.workbook.starter.write import write_starter

        write_starter(workbook)
        copies = None
    click.echo(f"Wrote {workbook}. Next: fill it in, then milestone-reports build {workbook}")
    if copies:
        click.echo(
            f"Wrote its earlier copies to {copies}. To begin with them: milestone-reports import {copies} "
            f"--state {workbook.with_name(STATE)}"
        )


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
@click.argument("workbook", type=WORKBOOK)
@click.argument("rep", nargs=-1)
@companion_option
@as_of_option
@state_option
@no_history_option
@click.option("--format", "shown_as", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
def show(
    workbook: Path,
    rep: tuple[str, ...],
    companion: Path | None,
    as_of: date | None,
    state: Path | None,
    no_history: bool,
    shown_as: str,
) -> None:
    """Print the scorecard of one rep, or the team's, in the terminal."""
    from milestone_reports.recall import site_of
    from milestone_reports.render import downloads
    from milestone_reports.scorecards.compose import card_of

    folder = state_folder(state, workbook.parent, no_history=no_history)
    site = site_of(workbook, companion, as_of, today(), folder)
    if rep:
        site = replace(site, reps=(card_of(site, " ".join(rep)),))
    if shown_as == "json":
        click.echo(downloads.rep_json(site.reps[0]) if rep else downloads.scorecards_json(site), nl=False)
    elif shown_as == "csv":
        click.echo(downloads.csv_bytes(downloads.tables(site)["reps"]).removeprefix(BOM_UTF8), nl=False)
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
@state_option
@no_history_option
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
    state: Path | None,
    no_history: bool,
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
    from milestone_reports.recall import site_of
    from milestone_reports.render.downloads import json_bytes
    from milestone_reports.scorecards.provenance.explaining import Question, explanations

    folder = state_folder(state, workbook.parent, no_history=no_history)
    site = site_of(workbook, companion, as_of, today(), folder)
    found = explanations(site, Question(" ".join(figure), rep, track, milestone))
    if shown_as == "json":
        click.echo(json_bytes(found), nl=False)
    else:
        show_all(explaining.explained(found, terminal.formats_of(site.stamp)))
