"""The file of the ledger: its tables, and how it is spoken of."""

from __future__ import annotations

from pathlib import Path

from milestone_reports.kept_file import Kind, Sayings

APPLICATION_ID = 0x4D694C64
"""What tells the file from those of other programs that use SQLite, and from the history."""

FIRST = """
-- One row an attempt, never taken out. `name_key` is of a rep, and empty for the team's report, which is one for all
-- its managers. Addresses that differ in capitals alone are one mailbox.
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
);
CREATE INDEX attempt_by_recipient ON attempt (week, team_key, kind, name_key, address, trial_for);
"""

SAYINGS = Sayings(
    name="Deliveries",
    kind="ledger",
    damaged="the file is damaged ({found}), so it is not known what was sent; nothing was sent now. Fix: put a backup "
    "of it in its place. Without one, move it away, ask the mail server what it delivered, and send the rest with "
    "--rep.",
    nothing="nothing was sent",
    not_written=", and nothing is sent that cannot be noted",
    forbidden=", and nothing is sent that cannot be noted",
    again="; what was sent is not sent twice",
)

KIND = Kind(APPLICATION_ID, (FIRST,), SAYINGS, is_private=True)


def not_alone(file: Path) -> str:
    """Of a ledger that another sending holds."""
    return (
        f"Deliveries '{file}': another sending is at work with it. Fix: wait for that to end, then start yours again; "
        "what it has sent is not sent twice."
    )


def changed_meanwhile(file: Path) -> str:
    """Of an entry that is not as this sending left it."""
    return (
        f"Deliveries '{file}': another program has changed what this sending noted there, so it goes no further. "
        "Fix: see that nothing else writes to the file, then start again; what was sent is not sent twice."
    )
