"""The folder that is watched: what lies in it, and where files go from there. Must not know what is in a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from stat import S_ISREG

from milestone_reports.watch.names import is_left_alone

DONE, REJECTED = "done", "rejected"
STATE = ".milestone-reports"
"""The folder of the history, unless another is named."""


@dataclass(frozen=True, slots=True)
class FileState:
    """What a file looks like from outside; while it is being written it does not stay the same."""

    size: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class Inbox:
    """A folder into which workbooks are dropped."""

    folder: Path

    @property
    def rejected(self) -> Path:
        """Where files go that cannot be published."""
        return self.folder / REJECTED

    def done(self, week: str) -> Path:
        """Where the published files of a week go."""
        return self.folder / DONE / week

    def files(self) -> Mapping[Path, FileState]:
        """The files that somebody has dropped, as they are now.

        Raises: OSError where the folder cannot be read.
        """
        return dict(self._files())

    def _files(self) -> Iterator[tuple[Path, FileState]]:
        with os.scandir(self.folder) as entries:
            for entry in entries:
                file = Path(entry.path)
                if not is_left_alone(entry.name) and (state := state_of(file)):
                    yield file, state


def state_of(file: Path) -> FileState | None:
    """The state of a plain file; None for a folder, a link or a device, and where it is gone."""
    try:
        found = file.lstat()
    except FileNotFoundError:
        return None
    return FileState(found.st_size, found.st_mtime_ns) if S_ISREG(found.st_mode) else None


def free_name(name: str, is_free: Callable[[str], bool]) -> str:
    """The name, or `<name> (2)` and so on with the suffix kept: the first that is free."""
    path = Path(name)
    names = (name if number == 1 else f"{path.stem} ({number}){path.suffix}" for number in count(1))
    return next(filter(is_free, names))


def move(file: Path, folder: Path) -> Path:
    """Move a file into a folder of the same file system, under a name that is free there; where it is now.

    Raises: OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / free_name(file.name, lambda name: not (folder / name).exists())
    return file.rename(target)


def reason_of(error: OSError) -> str:
    """What the system says, as part of a sentence."""
    return (error.strerror or str(error)).lower()
