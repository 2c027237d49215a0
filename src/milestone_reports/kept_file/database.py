"""The file: opened, known for ours, brought up to date, read and written whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.kept_file.failures import forbidden, of_another, readable, told_plainly, too_new
from milestone_reports.kept_file.kinds import Kind, statements

PRAGMAS = (
    "PRAGMA journal_mode = DELETE",  # a write-ahead log does not work on network shares
    "PRAGMA synchronous = FULL",  # what is kept outlives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",  # nothing that is to be forgotten goes into files elsewhere
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)


IN_MEMORY = ":memory:"
OWNER_ONLY, OTHERS_RIGHTS = 0o600, 0o077


@dataclass(frozen=True, slots=True)
class Database:
    """A connection that reads and writes in transactions alone."""

    kind: Kind
    file: Path
    wait: float
    """Seconds for which another program's write is waited for."""
    connection: sqlite3.Connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """All that is read inside is of one moment.

        Raises: CannotGoOnError.
        """
        with self._told_plainly(), readable(self.file, self.kind.sayings), self._transaction("BEGIN"):
            yield self.connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All that is written inside is kept, or nothing.

        Raises: CannotGoOnError.
        """
        with self._told_plainly(), self._transaction("BEGIN IMMEDIATE"):
            yield self.connection

    def is_current(self) -> bool:
        """Whether its tables are those that this version of the program knows.

        Raises: CannotGoOnError.
        """
        with self.reading() as connection:
            return _number(connection, "user_version") == len(self.kind.migrations)

    def shrink(self) -> None:
        """Write the file anew, without the room that what was deleted has left.

        What was deleted is overwritten already: a disk too full for this leaves the file as large as it was, no more.
        """
        with suppress(sqlite3.OperationalError):
            self.connection.execute("VACUUM")

    def migrate(self) -> None:
        """Bring the tables up to date.

        Raises: CannotGoOnError.
        """
        with self._told_plainly(), self._transaction("BEGIN IMMEDIATE"):
            for script in self.kind.migrations[_number(self.connection, "user_version") :]:
                for statement in statements(script):
                    self.connection.execute(statement)
            self.connection.execute(f"PRAGMA application_id = {self.kind.application_id}")
            self.connection.execute(f"PRAGMA user_version = {len(self.kind.migrations)}")

    def _told_plainly(self) -> AbstractContextManager[None]:
        return told_plainly(self.file, self.kind.sayings, self.wait)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self.connection.execute(begin)
        try:
            _refuse_others(self.kind, self.file, self.connection)
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # on a full disk SQLite may have rolled back by itself
                self.connection.execute("ROLLBACK")
            raise


@contextmanager
def opened(kind: Kind, file: Path, *, create: bool, wait: float) -> Iterator[Database]:
    """The file's database, up to date; without `create`, and where there is no file, one that is gone when left.

    Raises: CannotGoOnError.
    """
    with told_plainly(file, kind.sayings, wait):
        if create:
            _make_room(kind, file)
        connection = _connected(file if create or file.exists() else IN_MEMORY, wait)
    with closing(connection):
        database = Database(kind, file, wait, connection)
        if database.is_current():
            yield database
        elif create or (file.exists() and file.stat().st_size and _may_write(file)):
            database.migrate()
            yield database
        else:
            with closing(_connected(IN_MEMORY, wait)) as copy:
                connection.backup(copy)
                database = Database(kind, file, wait, copy)
                database.migrate()
                yield database


def _make_room(kind: Kind, file: Path) -> None:
    """The folder is there and may be written; a private file is there too, and its journal gets the same rights."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if kind.is_private and not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, OWNER_ONLY))
    if not _may_write(file):
        raise CannotGoOnError(forbidden(file, kind.sayings))
    if kind.is_private and file.stat().st_mode & OTHERS_RIGHTS:
        file.chmod(OWNER_ONLY)


def _may_write(file: Path) -> bool:
    """Whether the file may be written, and its journal beside it."""
    return os.access(file.parent, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))


def _refuse_others(kind: Kind, file: Path, connection: sqlite3.Connection) -> None:
    """Nothing is read from a file of another kind or program, or of a newer version of this one.

    Raises: CannotGoOnError.
    """
    application, version = _number(connection, "application_id"), _number(connection, "user_version")
    is_new = not application and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != kind.application_id and not is_new:
        raise CannotGoOnError(of_another(file, kind.sayings))
    if version > len(kind.migrations):
        raise CannotGoOnError(too_new(file, kind.sayings, version, len(kind.migrations)))


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    (number,) = connection.execute(f"PRAGMA {pragma}").fetchone()
    return int(number)


def _connected(file: Path | str, wait: float) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=wait, isolation_level=None)
    try:
        for pragma in PRAGMAS:
            connection.execute(pragma)
    except sqlite3.Error:
        connection.close()
        raise
    return connection
