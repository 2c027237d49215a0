"""The verbs' group: whatever one of them cannot do ends as one sentence and an exit code."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

import click

from milestone_reports import __version__
from milestone_reports.domain.failure import CannotGoOnError, PublishingFailedError
from milestone_reports.domain.visible import visible

EXIT_CODES = """\b
Exit codes:
  0  done
  1  check, build --strict: errors in the data; import, watch --once: files left out; history verify: faults
  2  cannot go on: usage, an unreadable workbook, settings
  3  rendering or publishing failed; the old site is untouched
  4  send --really: published, not all delivered
"""

INTERRUPTED = 130
"""What a shell expects of a program that was stopped from the keyboard."""

TRACEBACK = "MILESTONE_REPORTS_TRACEBACK"
"""Set in the environment, it shows where in the program a failure comes from."""


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
                f"The program failed ({type(error).__name__}: {visible(str(error))}); nothing was published. "
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
