"""The file: opened, known for ours, brought up to date, read and written whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.history.store import schema
from milestone_reports.history.store.failures import forbidden, not_a_history, readable, told_plainly, too_new

PRAGMAS = (
    "PRAGMA journal_mode = DELETE",  # a write-ahead log does not work on network shares
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",  # nothing that is to be forgotten goes into files elsewhere
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)


IN_MEMORY = ":memory:"


@dataclass(frozen=True, slots=True)
class Database:
    """A connection that reads and writes in transactions alone."""

    file: Path
    wait: float
    """Seconds for which another program's write is waited for."""
    connection: sqlite3.Connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """All that is read inside is of one moment.

        Raises: CannotGoOnError.
        """
        with told_plainly(self.file, self.wait), readable(self.file), self._transaction("BEGIN"):
            yield self.connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All that is written inside is kept, or nothing.

        Raises: CannotGoOnError.
        """
        with told_plainly(self.file, self.wait), self._transaction("BEGIN IMMEDIATE"):
            yield self.connection

    def is_current(self) -> bool:
        """Whether its tables are those that this version of the program knows.

        Raises: CannotGoOnError.
        """
        with self.reading() as connection:
            return _number(connection, "user_version") == len(schema.MIGRATIONS)

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
        with told_plainly(self.file, self.wait), self._transaction("BEGIN IMMEDIATE"):
            for script in schema.MIGRATIONS[_number(self.connection, "user_version") :]:
                for statement in schema.statements(script):
                    self.connection.execute(statement)
            self.connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            self.connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS)}")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self.connection.execute(begin)
        try:
            refuse_others(self.file, self.connection)
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # on a full disk SQLite may have rolled back by itself
                self.connection.execute("ROLLBACK")
            raise


@contextmanager
def opened(file: Path, *, create: bool, wait: float) -> Iterator[Database]:
    """The file's database, up to date; without `create`, and where there is no file, one that is gone when left.

    Raises: CannotGoOnError.
    """
    with told_plainly(file, wait):
        if create:
            file.parent.mkdir(parents=True, exist_ok=True)
            if not may_write(file):
                raise CannotGoOnError(forbidden(file))
        connection = _connected(file if create or file.exists() else IN_MEMORY, wait)
    with closing(connection):
        database = Database(file, wait, connection)
        if database.is_current():
            yield database
        elif create or (file.exists() and file.stat().st_size and may_write(file)):
            database.migrate()
            yield database
        else:
            with closing(_connected(IN_MEMORY, wait)) as copy:
                connection.backup(copy)
                database = Database(file, wait, copy)
                database.migrate()
                yield database


def may_write(file: Path) -> bool:
    """Whether the file may be written, and its journal beside it."""
    return os.access(file.parent, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))


def refuse_others(file: Path, connection: sqlite3.Connection) -> None:
    """Nothing is read from a file of another program, or of a newer version of this one.

    Raises: CannotGoOnError.
    """
    application, version = _number(connection, "application_id"), _number(connection, "user_version")
    is_new = not application and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != schema.APPLICATION_ID and not is_new:
        raise CannotGoOnError(not_a_history(file))
    if version > len(schema.MIGRATIONS):
        raise CannotGoOnError(too_new(file, version, len(schema.MIGRATIONS)))


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
