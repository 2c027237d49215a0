"""What several commands take: workbooks, days, formats."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

WORKBOOK = click.Path(path_type=Path)
YEARS = range(1990, 2100)
"""The years that a workbook's dates may lie in."""


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
formats_option = click.option(
    "--formats", type=Formats(), default="html,pdf,data", show_default=True, help="What to build, with commas."
)
audience_option = click.option(
    "--audience", type=click.Choice(["manager", "rep", "all"]),
    help="Whom the site is for: who may see everything, each rep in a folder of their own, or both apart.  "
    "[default: manager]",
)  # fmt: skip
config_option = click.option(
    "--config", type=WORKBOOK, metavar="FILE",
    help="The settings of your own look.  [default: milestone-reports.toml beside the workbooks, else here]",
)  # fmt: skip
templates_option = click.option(
    "--templates", type=WORKBOOK, metavar="FOLDER", help="Your own templates, looked in first; else the settings'."
)
STATE_VARIABLE = "MILESTONE_REPORTS_STATE"
state_option = click.option(
    "--state",
    type=WORKBOOK,
    metavar="DIR",
    envvar=STATE_VARIABLE,
    help="The folder of the history.  [default: .milestone-reports beside the workbook]",
)
no_history_option = click.option(
    "--no-history", is_flag=True, help="Look at this workbook alone: remember nothing, keep nothing."
)
STATE = ".milestone-reports"
"""The state folder's name, beside the workbook or in the inbox."""


def state_folder(state: Path | None, beside: Path, *, no_history: bool = False) -> Path | None:
    """The folder of the history: the one asked for, else the one beside the workbook; None for none."""
    if no_history:
        return None
    return state or beside / STATE
