"""The terminal: how wide it is, what is shown on it, and the day it is there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from milestone_reports.build import Progress

FOR_TABLES, UNBROKEN = 160, 100_000
"""Characters to a line where the output is no terminal: wide tables, and each problem on a line of its own."""


def today() -> date:
    """The day of the build, in the place where it runs."""
    return local_now().date()


def local_now() -> datetime:
    """The moment, in the place where the program runs."""
    return datetime.now(UTC).astimezone()


def console(*, stderr: bool = False, width_elsewhere: int = FOR_TABLES) -> Console:
    """Where rich prints: as wide as the terminal, or as wide as asked for in a file or a pipe; no text is markup."""
    from rich.console import Console

    is_terminal = (sys.stderr if stderr else sys.stdout).isatty()
    width = None if is_terminal else width_elsewhere
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False, width=width, soft_wrap=False)


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

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading")
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)
