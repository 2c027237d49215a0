"""What a build is asked for, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from milestone_reports.publish.layout import Audience, MadeFor, made_for
from milestone_reports.render.look import HOUSE_LOOK, Look

Progress = Callable[[str, int, int], None]
"""Told the step at hand, how many of its parts are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Request:
    """What `build` was asked for."""

    workbooks: tuple[Path, ...]
    output: Path
    today: date
    companion: Path | None = None
    as_of: date | None = None
    reps: tuple[str, ...] = ()
    html: bool = True
    pdf: bool = True
    data: bool = True
    strict: bool = False
    archive: bool = False
    """The site is also kept, as it is, at the permanent address of its week."""
    look: Look = HOUSE_LOOK
    state: Path | None = None
    """The folder of the history; None: nothing is remembered and nothing kept."""
    with_known_teams: bool = False
    """The site holds the other teams that the history knows, too."""
    audience: Audience = "manager"

    @property
    def made_for(self) -> MadeFor:
        """Whom the site is for."""
        return made_for(self.audience, chosen=bool(self.reps))

    @property
    def formats(self) -> frozenset[str]:
        """The names of what is built."""
        chosen = {"html": self.html, "pdf": self.pdf, "data": self.data}
        return frozenset(name for name, is_wanted in chosen.items() if is_wanted)


@dataclass(frozen=True, slots=True)
class Built:
    """What was read, written and left out, and where the site begins."""

    n_rows: int
    n_left_out: int
    n_reps: int
    n_errors: int
    n_warnings: int
    n_notes: int
    n_files: int
    """At the root of the site."""
    kept_as: str
    """The week under whose address they are kept too; empty where they are not."""
    is_a_look: bool
    """Its day is earlier than the workbook, or far ahead: nothing was remembered of it."""
    made_for: MadeFor
    front: Path
