"""The ledger as the sending sees it: what of a letter went out before, and each step of an attempt as it is taken.

An attempt is written down three times: as begun; as being handed over, just before the server is told that the message
is complete; and as it ended. One that is found being handed over later was cut short in between, so that the server may
have the message or may not. It must not know how messages are made, nor the server.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

from milestone_reports.delivery.ledger.schema import KIND, changed_meanwhile, not_alone
from milestone_reports.delivery.letters import Recipient
from milestone_reports.delivery.parcels import Parcel
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.names import key, person_key
from milestone_reports.domain.visible import visible
from milestone_reports.kept_file import Database, opened, told_plainly

FILE = "deliveries.sqlite"
"""Its name in the state folder."""

LOCK = ".deliveries.lock"
LONGEST_SAYING = 300

State = Literal["begun", "handing over", "sent", "refused", "postponed"]

LAST_HANDED_OVER = """
    SELECT id, week, team, kind, name, address, trial_for, digest, figures, message_id, state, said, begun_at, ended_at
    FROM attempt
    WHERE week = ? AND team_key = ? AND kind = ? AND name_key = ? AND address = ? AND trial_for = ?
        AND state IN ('sent', 'handing over') AND id > ?
    ORDER BY id DESC LIMIT 1
"""
HANDED_OVER_AT_ADDRESS = """
    SELECT team_key, name_key,
        id, week, team, kind, name, address, trial_for, digest, figures, message_id, state, said, begun_at, ended_at
    FROM attempt
    WHERE week = ? AND kind = ? AND address = ? AND trial_for = ? AND state IN ('sent', 'handing over') AND id > ?
    ORDER BY id DESC
"""
N_SENT = """
    SELECT count(*) FROM attempt
    WHERE week = ? AND team_key = ? AND kind = ? AND name_key = ? AND address = ? AND trial_for = ? AND state = 'sent'
"""
BEGIN = """
    INSERT INTO attempt (week, team_key, kind, name_key, address, trial_for,
        team, name, digest, figures, message_id, begun_at, state, said)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'begun', '')
"""
HANDING_OVER = "UPDATE attempt SET state = 'handing over' WHERE id = ? AND state = 'begun'"
ENDED = "UPDATE attempt SET state = ?, said = ?, ended_at = ? WHERE id = ? AND ended_at IS NULL"
ENTRIES = """
    SELECT id, week, team, kind, name, address, trial_for, digest, figures, message_id, state, said, begun_at, ended_at
    FROM attempt WHERE ? IN ('', week) ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One attempt to hand a message to the server."""

    number: int
    week: str
    team: str
    kind: str
    name: str
    address: str
    trial_for: str
    digest: str
    """Of the PDF."""
    figures: str
    """Of what it tells."""
    message_id: str
    state: State
    said: str
    """What the server answered, or what came between."""
    begun_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """The deliveries of one state folder.

    Whatever a method cannot do it says as CannotGoOnError, and the file is then as it was.
    """

    database: Database
    lock: FileLock

    @classmethod
    @contextmanager
    def open(cls, folder: Path, *, create: bool = True, wait: float = 30) -> Iterator[Ledger]:
        """The ledger in a folder; without `create`, and where there is none, an empty one that keeps nothing.

        Raises: CannotGoOnError.
        """
        with opened(KIND, folder / FILE, create=create, wait=wait) as database:
            yield cls(database, FileLock(folder / LOCK, timeout=0, mode=0o600))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other sending is at work with this ledger; the system ends that even when this program is killed.

        Raises: CannotGoOnError.
        """
        with told_plainly(self.database.file, KIND.sayings, self.database.wait):
            try:
                # The lock's own attempts would take a folder that cannot be written to for one that another holds.
                Path(self.lock.lock_file).touch(0o600)
                self.lock.acquire()
            except Timeout as error:
                raise CannotGoOnError(not_alone(self.database.file)) from error
            except NotImplementedError as error:
                raise OSError("files cannot be locked there") from error
        try:
            yield
        finally:
            self.lock.release()

    def last_handed_over(self, parcel: Parcel, after: int = 0) -> LedgerEntry | None:
        """The last attempt, of those with a higher number, at which the server took the letter, or may have."""
        with self.database.reading() as connection:
            row = connection.execute(LAST_HANDED_OVER, (*_recipient(parcel), after)).fetchone()
            return _entry(row) if row else None

    def last_to_another(self, parcel: Parcel, known: Collection[Recipient], after: int = 0) -> LedgerEntry | None:
        """The last such attempt with a letter of that kind to that address for somebody who is not known any more.

        Most likely it is the same person, or the same team, under a name that was corrected since.
        """
        who = (parcel.letter.week, parcel.letter.to.kind, parcel.address, parcel.trial_for)
        of_others = {_keys(one) for one in known if one.kind == parcel.letter.to.kind} | {_keys(parcel.letter.to)}
        with self.database.reading() as connection:
            rows = connection.execute(HANDED_OVER_AT_ADDRESS, (*who, after)).fetchall()
        return next((_entry(row) for team, name, *row in rows if (team, name) not in of_others), None)

    def n_sent(self, parcel: Parcel) -> int:
        """How many times the server is known to have taken something of that week for that recipient."""
        with self.database.reading() as connection:
            (number,) = connection.execute(N_SENT, _recipient(parcel)).fetchone()
            return int(number)

    def last_number(self) -> int:
        """The number of the last attempt; 0 before the first."""
        with self.database.reading() as connection:
            (number,) = connection.execute("SELECT coalesce(max(id), 0) FROM attempt").fetchone()
            return int(number)

    def begin(self, parcel: Parcel, message_id: str, at: datetime) -> int:
        """The number of an attempt that begins."""
        letter, who = parcel.letter, parcel.letter.to
        row = (*_recipient(parcel), who.team, who.name, letter.digest, letter.figures, message_id, _moment(at))
        with self.database.writing() as connection:
            return connection.execute(BEGIN, row).lastrowid or 0

    def handing_over(self, number: int) -> None:
        """From now on the server may have the message."""
        self._change(HANDING_OVER, (number,))

    def ended(self, number: int, state: State, said: str, at: datetime) -> None:
        """How the attempt ended: still 'handing over' where the server did not say that it has the message."""
        self._change(ENDED, (state, visible(said, LONGEST_SAYING), _moment(at), number))

    def entries(self, week: str = "") -> tuple[LedgerEntry, ...]:
        """All attempts, or those of one week, in their order."""
        with self.database.reading() as connection:
            return tuple(_entry(row) for row in connection.execute(ENTRIES, (week,)).fetchall())

    def _change(self, change: str, values: Sequence[object]) -> None:
        with self.database.writing() as connection:
            if connection.execute(change, values).rowcount != 1:
                raise CannotGoOnError(changed_meanwhile(self.database.file))


def _recipient(parcel: Parcel) -> tuple[str, ...]:
    """What two letters have in common that one person must not get twice."""
    team_key, name_key = _keys(parcel.letter.to)
    return parcel.letter.week, team_key, parcel.letter.to.kind, name_key, parcel.address, parcel.trial_for


def _keys(who: Recipient) -> tuple[str, str]:
    """Of the team and of the rep."""
    team_key = key(who.team) or who.team.casefold()
    # Not the slug, which another rep of nearly that name changes; no manager's name, as the report is for them all.
    name_key = (person_key(who.name) or who.name.casefold()) if who.kind == "scorecard" else ""
    return team_key, name_key


def _entry(row: Sequence[Any]) -> LedgerEntry:
    (number, week, team, kind, name, address, trial_for, digest, figures, message_id, state, said, begun, ended) = row
    who, what = (week, team, kind, name, address, trial_for), (digest, figures, message_id, state, said)
    ended_at = datetime.fromisoformat(ended) if ended else None
    return LedgerEntry(number, *who, *what, datetime.fromisoformat(begun), ended_at)


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")  # with its zone: it can be told as the clock had it, and compared
