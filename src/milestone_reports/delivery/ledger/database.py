"""The file: made for its owner alone, known for ours, read and written whole or not at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from milestone_reports.delivery.ledger.failures import forbidden, not_a_ledger, readable, told_plainly, too_new
from milestone_reports.domain.failure import CannotGoOnError

APPLICATION_ID = 0x4D694C64
"""What tells the file from those of other programs that use SQLite, and from the history."""

FIRST = (
    # One row an attempt, never taken out. `name_key` is of a rep, and empty for the team's report, which is one for all
    # its managers. Addresses that differ in capitals alone are one mailbox.
    """
    CREATE TABLE attempt (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        week TEXT NOT NULL,
        team_key TEXT NOT NULL,
        team TEXT NOT NULL,
        kind TEXT NOT NULL,
        name_key TEXT NOT NULL,
        name TEXT NOT NULL,
        address TEXT NOT NULL COLLATE NOCASE,
        trial_for TEXT NOT NULL COLLATE NOCASE,
        digest TEXT NOT NULL,
        figures TEXT NOT NULL,
        message_id TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('begun', 'handing over', 'sent', 'refused', 'postponed')),
        said TEXT NOT NULL,
        begun_at TEXT NOT NULL,
        ended_at TEXT
    )
    """,
    "CREATE INDEX attempt_by_recipient ON attempt (week, team_key, kind, name_key, address, trial_for)",
)
MIGRATIONS = (FIRST,)
"""A version of the file is the number of these that made it; one that was ever released is never changed."""

PRAGMAS = (
    "PRAGMA journal_mode = DELETE",  # a write-ahead log does not work on network shares
    "PRAGMA synchronous = FULL",  # what is noted must outlive a power cut: the message is already under way
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)
IN_MEMORY = ":memory:"
OTHERS_RIGHTS = 0o077


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
        """All that is written inside is on the disk when this ends, or nothing is.

        Raises: CannotGoOnError.
        """
        with told_plainly(self.file, self.wait), self._transaction("BEGIN IMMEDIATE"):
            yield self.connection

    def migrate(self) -> None:
        """Bring the tables up to date.

        Raises: CannotGoOnError.
        """
        with self.reading() as connection:
            if _number(connection, "user_version") == len(MIGRATIONS):
                return
        with self.writing() as connection:
            for script in MIGRATIONS[_number(connection, "user_version") :]:
                for statement in script:
                    connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self.connection.execute(begin)
        try:
            _refuse_others(self.file, self.connection)
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
            _make_private(file)
        is_there = create or (file.exists() and file.stat().st_size > 0)
        connection = _connected(file if is_there else IN_MEMORY, wait)
    with closing(connection):
        database = Database(file, wait, connection)
        database.migrate()
        yield database


def _make_private(file: Path) -> None:
    """The file is there, only its owner may read it, and it may be written; its journal gets the same rights."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
    if not (os.access(file.parent, os.W_OK) and os.access(file, os.W_OK)):
        raise CannotGoOnError(forbidden(file))
    if file.stat().st_mode & OTHERS_RIGHTS:
        file.chmod(0o600)


def _refuse_others(file: Path, connection: sqlite3.Connection) -> None:
    application, version = _number(connection, "application_id"), _number(connection, "user_version")
    is_new = not application and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION_ID and not is_new:
        raise CannotGoOnError(not_a_ledger(file))
    if version > len(MIGRATIONS):
        raise CannotGoOnError(too_new(file, version, len(MIGRATIONS)))


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
