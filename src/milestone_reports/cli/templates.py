"""The commands for templates of one's own: which there are, and copies of them to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from milestone_reports.cli.group import EXIT_CODES, main
from milestone_reports.cli.screen import show_all

if TYPE_CHECKING:
    from milestone_reports.render.templating import TemplateEntry


@main.group(epilog=EXIT_CODES)
def templates() -> None:
    """Templates of your own: which there are, and copies to begin with.

    A folder that is named by build --templates, or by templates in milestone-reports.toml, is looked in first. A file
    there takes the place of ours of the same name; one that begins with {% extends "original/rep.html.jinja" %}
    replaces only the blocks that it has.
    """


@templates.command("list")
def list_templates() -> None:
    """List all templates: the name, what it is, and its blocks."""
    from milestone_reports import terminal

    show_all([terminal.template_table(entries())])


@templates.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The folder to write them to.")
@click.option("--all", "all_of_them", is_flag=True, help="All templates.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
def export(names: tuple[str, ...], output: Path, all_of_them: bool, force: bool) -> None:
    """Write copies of templates, by their names in templates list; never overwrites one without --force."""
    from milestone_reports.render.resources import templates_folder
    from milestone_reports.render.template_folders import TemplateFolders

    if bool(names) == all_of_them:
        raise click.UsageError("Name the templates, or write --all. Fix: see their names with templates list.")
    folders = TemplateFolders(templates_folder())
    paths = folders.template_paths() if all_of_them else [folders.path_of(name) for name in names]
    written = folders.export(paths, output, overwrite=force)
    click.echo(f"Wrote {written} template{'s' if written > 1 else ''} to {output}.")


def entries() -> tuple[TemplateEntry, ...]:
    """The templates that ship."""
    from milestone_reports.render.resources import templates_folder
    from milestone_reports.render.template_folders import TemplateFolders
    from milestone_reports.render.templating import catalogue

    return catalogue(TemplateFolders(templates_folder()))
