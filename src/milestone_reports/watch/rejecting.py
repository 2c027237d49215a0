"""Puts a file aside that cannot be published, with a note and a marked copy beside it: all of them, or none yet.

Notes are made in `rejected/.making` under the names that they will have. Then the file is moved, then they are. What a
kill leaves there is put beside its file where that was moved already, and made anew where it was not.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.problem import Level, Problem
from milestone_reports.watch.inbox import Inbox, free_name
from milestone_reports.workbook.files.opening import open_book
from milestone_reports.workbook.marking.copy import write_marked_copy

MAKING = ".making"
NOTE, MARKED = ".html", " marked"
FIX = " Fix: "


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not published."""

    sentence: str
    problems: tuple[Problem, ...]
    """All that was found in it; of a file that cannot be read, the sentence alone."""
    locale: str = "en_US"


NoteOf = Callable[[str], bytes]
"""Makes the note, given the name of the marked copy; empty where there is none."""


def reject(file: Path, refusal: Refusal, inbox: Inbox, note_of: NoteOf) -> Path:
    """Move a file to `rejected/`, and put its note and its marked copy beside it; where the file is now.

    Raises: OSError, PublishingFailedError; the file is then still in the inbox.
    """
    finish_rejections(inbox)
    making = inbox.rejected / MAKING
    making.mkdir(parents=True, exist_ok=True)
    target = inbox.rejected / free_name(file.name, lambda name: _are_free(inbox.rejected, name))
    marked = _marked(file, making / _marked_name(target.name), refusal)
    (making / f"{target.name}{NOTE}").write_bytes(note_of(marked))
    file.rename(target)
    finish_rejections(inbox)
    return target


def finish_rejections(inbox: Inbox) -> None:
    """Put what was made for a rejected file beside it; drop what was made for one that was not moved.

    Raises: OSError.
    """
    making = inbox.rejected / MAKING
    if not making.is_dir():
        return
    for note in sorted(making.glob(f"*{NOTE}")):
        name = note.name.removesuffix(NOTE)
        if (inbox.rejected / name).exists():
            copy = making / _marked_name(name)
            if copy.exists():
                copy.rename(inbox.rejected / copy.name)
            note.rename(inbox.rejected / note.name)  # last, as it tells that there may be more
    shutil.rmtree(making)


def unreadable(name: str, sentence: str) -> Refusal:
    """The refusal of the file of that name, which the reader cannot go on with: its one sentence says all."""
    sentence = sentence.removeprefix(f"{name}: ").removeprefix(f"{name}, ")
    found, _, fix = sentence.partition(FIX)
    problem = Problem(Level.ERROR, "not_read", None, found.rstrip("."), "", "Not published", fix.rstrip("."))
    return Refusal(sentence, (problem,))


def _are_free(folder: Path, name: str) -> bool:
    """Whether a file of this name would have nothing in its way, nor what goes with it."""
    return not any((folder / other).exists() for other in (name, f"{name}{NOTE}", _marked_name(name)))


def _marked_name(name: str) -> str:
    path = Path(name)
    return f"{path.stem}{MARKED}{path.suffix}"


def _marked(file: Path, copy: Path, refusal: Refusal) -> str:
    """Write the marked copy and return its name; empty where the file does not open, or is none that can be marked."""
    with suppress(CannotGoOnError):
        # What the reader refuses to open may be more than the memory there is.
        open_book(file)
        write_marked_copy(file, copy, refusal.problems)
    return copy.name if copy.exists() else ""
