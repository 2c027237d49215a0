"""The history as the rest of the program sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.memory import uncollected
from milestone_reports.domain.team import Team
from milestone_reports.history.snapshots import Past, PublishedFigure
from milestone_reports.history.store import exporting, forgetting, loading, publications, recording, schema, verifying
from milestone_reports.history.store.kept import Entry, Taken
from milestone_reports.history.store.publications import Publication
from milestone_reports.kept_file import Database, opened

FILE = "history.sqlite"
"""Its name in the state folder."""


@dataclass(frozen=True, slots=True)
class Store:
    """The snapshots of all teams of one state folder.

    Whatever a method cannot do it says as CannotGoOnError, and the file is then as it was.
    """

    database: Database

    @classmethod
    @contextmanager
    def open(cls, folder: Path, *, create: bool = True, wait: float = 30) -> Iterator[Store]:
        """The history in a folder; without `create`, and where there is none, an empty one that keeps nothing.

        Another program that writes to it is waited for, so many seconds.

        Raises: CannotGoOnError.
        """
        with opened(schema.kind(), folder / FILE, create=create, wait=wait) as database:
            yield cls(database)

    def past(self, team: Team, as_of: date, *, known: int | None = None) -> Past:
        """The snapshots of a team of the weeks before its week of that day.

        With `known` only what was known when the snapshot of that number was taken.
        """
        with self.database.reading() as connection, uncollected():
            return loading.past(connection, team, as_of, known)

    def record(self, team: Team, as_of: date, taken: Taken) -> int:
        """The number of the snapshot of a workbook, which is written unless there is one of the same file."""
        with self.database.writing() as connection:
            return recording.record(connection, team, as_of, taken)

    def number_of(self, team_name: str, file_hash: str) -> int | None:
        """The number of the snapshot of a team's file, where there is one."""
        with self.database.reading() as connection:
            return recording.number_of(connection, team_name, file_hash)

    def entries(self, team_name: str = "") -> tuple[Entry, ...]:
        """All snapshots, or one team's, by number."""
        with self.database.reading() as connection:
            return loading.entries(connection, team_name)

    def team_at(self, number: int) -> tuple[Team, date]:
        """The team exactly as it was recorded, and the day that it stands for."""
        with self.database.reading() as connection:
            return loading.team_at(connection, number)

    def next_number(self) -> int:
        """The number that the next snapshot will have: all that are known now are below it."""
        with self.database.reading() as connection:
            return publications.next_number(connection)

    def publish(self, publication: Publication) -> None:
        """Keep what the pages of a week were made from."""
        with self.database.writing() as connection:
            publications.keep(connection, publication)

    def published(self, week: str) -> Publication | None:
        """What the pages of a week were last made from; None where that is not known."""
        with self.database.reading() as connection:
            return publications.last_of(connection, week)

    def last_published(self) -> Publication | None:
        """What the pages of the newest published week were last made from; None where none is known."""
        with self.database.reading() as connection:
            return publications.last(connection)

    def figures(self, number: int) -> tuple[PublishedFigure, ...]:
        """The figures that a snapshot was kept with."""
        with self.database.reading() as connection:
            return loading.figures(connection, number)

    def newest(self) -> tuple[int, ...]:
        """The number of the newest snapshot of each team."""
        with self.database.reading() as connection:
            return loading.newest(connection)

    def tables(self, team_name: str = "") -> Mapping[str, exporting.Table]:
        """All that is kept of all teams, or of one, as tables."""
        with self.database.reading() as connection:
            return exporting.tables(connection, team_name)

    def forget(self, numbers: Collection[int]) -> None:
        """Take snapshots out of the file, with all that they alone hold: no byte of it stays there."""
        with self.database.writing() as connection:
            forgetting.forget(connection, numbers)
        self.database.shrink()

    def verify(self) -> tuple[str, ...]:
        """What is wrong with the file, a sentence each; empty where it is sound."""
        try:
            with self.database.reading() as connection:
                return tuple(verifying.faults(connection, self.database.file))
        except CannotGoOnError as error:
            return (str(error),)
