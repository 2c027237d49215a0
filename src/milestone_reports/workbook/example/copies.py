"""Earlier weekly copies of an example workbook: as it stood at the end of each week before its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.workbook.example.as_it_stood import as_it_stood
from milestone_reports.workbook.example.kinds import AS_OF, ExampleKind
from milestone_reports.workbook.example.story import story_of
from milestone_reports.workbook.example.teams import TEAMS, about
from milestone_reports.workbook.example.write import example_contents, write_example
from milestone_reports.workbook.new_files import refuse_existing
from milestone_reports.workbook.starter.sheets import Contents
from milestone_reports.workbook.starter.write import write_contents

MOST_WEEKS = 52


def write_with_copies(path: Path, kind: ExampleKind, seed: int = 2026, n_weeks: int = 0) -> Path | None:
    """Write the example to a new file, and its earlier copies into a new folder beside it; returns that folder.

    Raises: CannotGoOnError when the file or the folder is there already or cannot be written.
    """
    if not n_weeks:
        write_example(path, kind, seed)
        return None
    folder = path.with_name(f"{path.stem}_weeks")
    refuse_existing(folder)
    write_example(path, kind, seed)
    try:
        folder.mkdir()
    except OSError as error:
        raise CannotGoOnError(
            f"{folder}: the folder could not be made ({error.strerror or error}); {path.name} was written. "
            "Fix: have that right given to you."
        ) from error
    for day, contents in earlier_copies(kind, seed, n_weeks):
        write_contents(folder / f"{path.stem} {day}.xlsx", contents)
    return folder


def earlier_copies(kind: ExampleKind, seed: int = 2026, n_weeks: int = MOST_WEEKS) -> Iterator[tuple[date, Contents]]:
    """The copies of so many weeks before the example's own, oldest first, each with the Sunday that it stands for."""
    newest, team = example_contents(kind, seed), TEAMS[kind]
    gates = [gate.name for gate in team.gates]
    story = story_of(newest.opportunities, team)
    for n in range(n_weeks, 0, -1):
        day = AS_OF - timedelta(weeks=n)
        rows = (as_it_stood(row, gates, day, seed) for row in story.rows(newest.opportunities, day))
        yield (
            day,
            replace(
                newest,
                saved_at=newest.saved_at - timedelta(weeks=n),
                settings={**newest.settings, "As of": day},
                opportunities=[row for row in rows if row],
                about=about(team, day),
            ),
        )
