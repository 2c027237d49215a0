"""The command that watches a folder into which workbooks are dropped."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import isnan
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from milestone_reports.cli.building import look_of
from milestone_reports.cli.group import EXIT_CODES, main
from milestone_reports.cli.parameters import (
    WORKBOOK,
    audience_option,
    companion_option,
    config_option,
    formats_option,
    state_folder,
    state_option,
    templates_option,
)
from milestone_reports.cli.screen import local_now, today
from milestone_reports.domain.visible import visible

if TYPE_CHECKING:
    from milestone_reports.publish import Audience
    from milestone_reports.watch import Bell, Line, Tally


SOME_REJECTED, SOME_FAILED = 1, 3


def a_number(seconds: float) -> float:
    """The seconds, unless they are no number, which no range refuses."""
    if isnan(seconds):
        raise click.BadParameter("'nan' is no length of time; write a number of seconds, such as 2.")
    return seconds


@main.command(epilog=EXIT_CODES)
@click.argument("inbox", type=WORKBOOK)
@companion_option
@click.option("-o", "--output", type=WORKBOOK, required=True, help="The folder of the site.")
@click.option("--once", is_flag=True, help="Take what is there and end: for cron and the Task Scheduler of Windows.")
@click.option("--poll", is_flag=True, help="Look again and again: for network shares, which tell of no changes.")
@click.option(
    "--settle", type=click.FloatRange(min=0.1, max=3600), default=2.0, show_default=True, metavar="SECONDS",
    callback=lambda _ctx, _param, seconds: a_number(seconds),
    help="A file is taken when it has not changed for so long.",
)  # fmt: skip
@audience_option
@formats_option
@config_option
@templates_option
@state_option
@click.option("--strict", is_flag=True, help="Reject workbooks whose data has errors.")
@click.option("--quiet", is_flag=True, help="Print only what somebody has to look after.")
def watch(
    inbox: Path,
    companion: Path | None,
    output: Path,
    once: bool,
    poll: bool,
    settle: float,
    audience: Audience | None,
    formats: frozenset[str],
    config: Path | None,
    templates: Path | None,
    state: Path | None,
    strict: bool,
    quiet: bool,
) -> None:
    """Publish each workbook that is dropped into the folder INBOX, then move it to done or rejected there."""
    from milestone_reports.build import Request
    from milestone_reports.build.refusals import audience_there, refuse_other_audience
    from milestone_reports.watch import Bell, Clock, Inbox, Watcher, only_watcher

    request = Request(
        (), output, today(), companion,
        html="html" in formats, pdf="pdf" in formats, data="data" in formats, strict=strict,
        look=look_of(config, templates, inbox), state=state_folder(state, inbox),
        with_known_teams=True, archive=True, audience=audience or "manager",
    )  # fmt: skip
    refuse_other_audience(request, audience_there(output))
    log = Log(quiet=quiet)
    folder, bell = Inbox(inbox), Bell()
    watcher = Watcher(folder, request, settle, Clock(local_now, time.monotonic), log.tell)
    with only_watcher(folder, output), stopped_by_signals(bell):
        if once:
            sys.exit(exit_code(watcher.once(bell)))
        log.say(f"watching {inbox}; the site is {output}")
        bell.listen(inbox, polling=poll)
        watcher.watch(bell)
    log.say("stopped")


def exit_code(tally: Tally) -> int:
    """What a run that is done says to the program that started it."""
    if tally.failed:
        return SOME_FAILED
    return SOME_REJECTED if tally.n_rejected else 0


class Log:
    """Lines with the time, on the standard output."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet

    def tell(self, line: Line) -> None:
        """Print what happened; where it was asked to be quiet, only what somebody has to look after."""
        if line.is_trouble or not self._quiet:
            click.echo(f"{local_now():%Y-%m-%d %H:%M:%S} {visible(line.says)}")
            sys.stdout.flush()  # into a file or a journal too, at once

    def say(self, text: str) -> None:
        """Print what is no trouble."""
        from milestone_reports.watch import Line

        self.tell(Line(text))


@contextmanager
def stopped_by_signals(bell: Bell) -> Iterator[None]:
    """The first Ctrl-C, or the system's request, stops the watch after the file at hand; a second Ctrl-C at once."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        bell.stop()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
