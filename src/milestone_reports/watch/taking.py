"""Takes one file from the inbox: publishes it and puts it under its week, rejects it, or leaves it for later.

It must not know when later is, nor what else waits.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from milestone_reports import __version__
from milestone_reports.build import Request, build
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.problem import Level, Problem
from milestone_reports.domain.visible import visible
from milestone_reports.recall import read_told
from milestone_reports.render.html import Pages
from milestone_reports.render.rejected import Rejected, RejectedLine
from milestone_reports.render.resources import templates_folder
from milestone_reports.watch.before import Standing, standing_of
from milestone_reports.watch.inbox import FileState, Inbox, move, reason_of, state_of
from milestone_reports.watch.rejecting import Refusal, reject, unreadable
from milestone_reports.workbook.files.opening import open_book
from milestone_reports.workbook.reading.assemble import Reading

MOST_LINES = 20
"""Problems that a note lists; the marked copy has all of them."""

Fate = Literal["published", "moved", "rejected", "incomplete", "changed", "busy"]
"""What became of a file.

moved: it had been published before, and only its place was wrong. incomplete: it cannot be read, perhaps because the
rest of it is still on its way. changed: it is not, or no longer, what was to be taken. busy: another program holds it,
or it is published and cannot be moved.
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file, and what there is to tell of it."""

    fate: Fate
    says: str = ""


def take(file: Path, state: FileState, inbox: Inbox, request: Request, now: datetime, *, complete: bool) -> Taken:
    """Publish a file that has settled, or reject it; while it is not `complete`, not because it cannot be read.

    Raises: CannotGoOnError, OSError where something else is at fault; the file is then still in the inbox.
    """
    if state_of(file) != state:
        return Taken("changed")
    if reason := why_closed(file):
        return Taken("busy", f"{file.name} cannot be opened and stays in the inbox: {reason}")
    request = replace(request, workbooks=(file,), today=now.date())
    try:
        reading, file_hash = read_told(file, request.companion, None, request.today)
    except CannotGoOnError as error:
        if request.companion:
            open_book(request.companion, companion=True)  # fails where that is at fault
        refusal = unreadable(file.name, str(error))
    else:
        standing = standing_of(reading, file_hash, request)
        if not (refused := refusal_of(reading, standing, strict=request.strict)):
            return published(standing, file, state, inbox, request)
        refusal, complete = refused, True
    if state_of(file) != state:
        return Taken("changed")
    return rejected(file, refusal, inbox, request, now) if complete else Taken("incomplete")


def why_closed(file: Path) -> str:
    """Why a file cannot be opened at present; empty where it can."""
    try:
        with file.open("rb") as opened:
            opened.read(1)
    except OSError as error:
        return reason_of(error)
    return ""


def refusal_of(reading: Reading, standing: Standing, *, strict: bool) -> Refusal | None:
    """Why a workbook that can be read is not published all the same; None where it is."""
    locale = reading.team.settings.locale
    if standing.older:
        problem = standing.older
        return Refusal(f"{problem.found}. Fix: {problem.fix}.", (problem,), locale)
    errors = [problem for problem in reading.team.problems if problem.level is Level.ERROR]
    if not strict or not errors:
        return None
    many = f"{len(errors):,} errors" if len(errors) > 1 else "1 error"
    return Refusal(f"{many} in the data. The first: {errors[0].sentence}", reading.team.problems, locale)


def published(standing: Standing, file: Path, state: FileState, inbox: Inbox, request: Request) -> Taken:
    """Build and publish the site, then put the file under its week, unless another has come in its place meanwhile."""
    week = standing.week
    done = Taken("moved", f"moved {file.name} to done: it was published before, week {week}")
    if not standing.is_published:
        built = build(request, lambda _what, _done, _total: None)
        if state_of(file) != state:
            return Taken("changed")
        done = Taken("published", f"published {file.name}, week {week}, {built.n_files:,} files")
    try:
        move(file, inbox.done(week))
    except OSError as error:
        reason = reason_of(error)
        return Taken("busy", f"{file.name} is published, week {week}, but cannot be moved to done: {reason}")
    return done


def rejected(file: Path, refusal: Refusal, inbox: Inbox, request: Request, now: datetime) -> Taken:
    """Put the file aside with its note."""
    listed = [problem for problem in refusal.problems if problem.level is Level.ERROR]

    def note_of(marked: str) -> bytes:
        note = Rejected(
            visible(file.name), now, tuple(map(line_of, listed[:MOST_LINES])), max(0, len(listed) - MOST_LINES),
            visible(marked), quote(os.fsencode(marked)), refusal.locale,
        )  # fmt: skip
        return Pages(templates_folder(), __version__, request.look).rejected(note)

    reject(file, refusal, inbox, note_of)
    return Taken("rejected", f"rejected {file.name}: {refusal.sentence}")


def line_of(problem: Problem) -> RejectedLine:
    """A problem as the note says it."""
    cell = problem.place.address if problem.place else ""
    return RejectedLine(cell, problem.label, problem.found, problem.expected, problem.fix)
