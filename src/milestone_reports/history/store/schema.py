"""The tables, and how a file of an earlier version comes to have them.

A version of the file is the number of scripts that made it; a script that was ever released is never changed.
"""

from __future__ import annotations

from milestone_reports.kept_file import Kind, Sayings

APPLICATION_ID = 0x4D694C65
"""What tells the file from those of other programs that use SQLite."""

FIRST = """
-- Named by `name_key`; spelled as in the last workbook that was recorded.
CREATE TABLE team (
    id INTEGER PRIMARY KEY,
    name_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL
);
-- The tracks of a workbook as JSON: most weeks have the same.
CREATE TABLE track_list (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    content TEXT NOT NULL
);
-- `turn` says which came last: a file that is built once more after another of its week has another turn.
-- A number is never used again, so that what was published from one stays told apart.
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    team_id INTEGER NOT NULL REFERENCES team (id),
    track_list_id INTEGER NOT NULL REFERENCES track_list (id),
    file TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    as_of TEXT NOT NULL,
    week_first_on TEXT NOT NULL,
    recorded_on TEXT NOT NULL,
    version TEXT NOT NULL,
    published_on TEXT,
    turn INTEGER NOT NULL DEFAULT 0,
    n_opportunities INTEGER NOT NULL,
    frame BLOB NOT NULL,
    digest BLOB NOT NULL,
    UNIQUE (team_id, file_hash)
);
-- What a workbook says of an opportunity: kept once, however many snapshots say the same.
CREATE TABLE opportunity_state (
    id INTEGER PRIMARY KEY,
    team_id INTEGER NOT NULL REFERENCES team (id),
    digest BLOB NOT NULL,
    opportunity_id TEXT NOT NULL,
    name TEXT NOT NULL,
    account TEXT NOT NULL,
    owner TEXT NOT NULL,
    track TEXT NOT NULL,
    source TEXT NOT NULL,
    value REAL,
    created_on TEXT,
    outcome TEXT NOT NULL,
    closed_on TEXT,
    lost_reason TEXT NOT NULL,
    n_milestones INTEGER NOT NULL,
    UNIQUE (team_id, digest)
);
-- Those of which the workbook says anything.
CREATE TABLE milestone_state (
    state_id INTEGER NOT NULL REFERENCES opportunity_state (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    planned_on TEXT,
    completed_on TEXT,
    evidence TEXT NOT NULL,
    waived INTEGER NOT NULL,
    reached_undated INTEGER NOT NULL,
    PRIMARY KEY (state_id, place)
) WITHOUT ROWID;
-- `layout` is the place, in the snapshot's frame, of the sheet and the columns in which it stood.
CREATE TABLE snapshot_opportunity (
    snapshot_id INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    state_id INTEGER NOT NULL REFERENCES opportunity_state (id),
    row INTEGER NOT NULL,
    layout INTEGER NOT NULL,
    PRIMARY KEY (snapshot_id, position)
) WITHOUT ROWID;
-- As it was said in the snapshot's week.
CREATE TABLE published_figure (
    snapshot_id INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    rep TEXT NOT NULL,
    track TEXT NOT NULL,
    name TEXT NOT NULL,
    value REAL,
    PRIMARY KEY (snapshot_id, position)
) WITHOUT ROWID;
-- A week as it was published: its pages knew the snapshots numbered below `known`.
CREATE TABLE publication (
    id INTEGER PRIMARY KEY,
    week TEXT NOT NULL,
    published_on TEXT NOT NULL,
    known INTEGER NOT NULL,
    formats TEXT NOT NULL
);
-- `problems`: those of the day that it stood for, where that is not the snapshot's own.
CREATE TABLE publication_member (
    publication_id INTEGER NOT NULL REFERENCES publication (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    snapshot_id INTEGER NOT NULL REFERENCES snapshot (id),
    as_of TEXT NOT NULL,
    problems TEXT,
    PRIMARY KEY (publication_id, position)
) WITHOUT ROWID;
-- The counts that a fiscal year's multiplier was set from, by the snapshot that set it.
CREATE TABLE year_multiplier (
    team_id INTEGER NOT NULL REFERENCES team (id),
    track TEXT NOT NULL,
    year_first_on TEXT NOT NULL,
    n_milestones INTEGER NOT NULL,
    decided TEXT NOT NULL,
    snapshot_id INTEGER NOT NULL REFERENCES snapshot (id) ON DELETE CASCADE,
    PRIMARY KEY (team_id, track, year_first_on, n_milestones)
) WITHOUT ROWID;
"""

SECOND = """
ALTER TABLE publication ADD COLUMN version TEXT NOT NULL DEFAULT '';
-- The PDFs that can be sent: of a rep by the name in addresses, of the team, whose is empty.
CREATE TABLE published_pdf (
    publication_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    slug TEXT NOT NULL,
    path TEXT NOT NULL,
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    PRIMARY KEY (publication_id, position, slug),
    FOREIGN KEY (publication_id, position) REFERENCES publication_member (publication_id, position) ON DELETE CASCADE
) WITHOUT ROWID;
"""

MIGRATIONS = (FIRST, SECOND)

SAYINGS = Sayings(
    name="History",
    kind="history",
    damaged="it is damaged ({found}). Fix: put a backup of it in its place, or move it away and import the old "
    "workbooks again; history verify says what is wrong with it.",
    nothing="nothing was changed",
    not_written="; nothing was changed",
)


def kind() -> Kind:
    """The kind of file that a history is kept in."""
    return Kind(APPLICATION_ID, MIGRATIONS, SAYINGS)
