"""What the tests of the inbox share: small workbooks, a watcher in this process, and what lies where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from milestone_reports.build import Request
from milestone_reports.watch import Bell, Clock, Inbox, Line, Watcher
from milestone_reports.watch.inbox import STATE
from workbooks import write_workbook

NOW = datetime(2026, 11, 24, 6, 0, 12, tzinfo=UTC)
SETTLE = 2.0
NOTHING_OF = (".milestone-reports/", ".milestone-reports-watch.lock")
WRONG_DATE = "'31.2.2026"

TEAM = """
    [Opportunities]
    ID | Opportunity | Account    | Rep       | Value | Kickoff  | Contract
    1  | Alpha       | Acme       | Dana Ruiz | 50000 | {kickoff} | 2026-11-16
    2  | Beta        | Brightwell | Lee Wong  | 40000 | 2026-11-10 |
    [Milestones]
    Milestone
    Kickoff
    Contract
    [Settings]
    Setting | Value
    As of   | {as_of}
    Team    | {team}
    Locale  | {locale}
"""


def write_team(
    path: Path, team: str = "North", as_of: str = "2026-11-18", *, kickoff: str = "2026-11-09", locale: str = "en_US"
) -> Path:
    """The workbook of a team of two opportunities."""
    return write_workbook(path, TEAM.format(team=team, as_of=as_of, kickoff=kickoff, locale=locale))


def files_in(folder: Path) -> set[str]:
    """All files by their paths, without the program's own."""
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {path for path in paths if not path.startswith(NOTHING_OF)}


class TurningBell(Bell):
    """A bell for a clock that only waiting turns on; while it waits, things happen to the inbox."""

    def __init__(self, happenings: list[Callable[[], object]]) -> None:
        super().__init__()
        self.seconds = 0.0
        self._happenings = happenings

    def wait(self, seconds: float) -> None:
        self.seconds += seconds
        if self._happenings:
            self._happenings.pop(0)()
        else:
            self.stop()


@dataclass
class Desk:
    """An inbox with its site, and all that the watcher told."""

    folder: Path
    site: Path
    request: Request
    told: list[Line] = field(default_factory=list)

    def watch(self, *happenings: Callable[[], object]) -> list[str]:
        """Watch from now on; what is told while one happening follows the other, each after a wait."""
        bell = TurningBell(list(happenings))
        before = len(self.told)
        self.watcher(bell).watch(bell)
        return [line.says for line in self.told[before:]]

    def once(self, meanwhile: Callable[[], object] = lambda: None) -> list[str]:
        """Take what is there; what is told, while the same thing happens again and again."""
        bell = TurningBell([meanwhile] * 100)
        before = len(self.told)
        self.watcher(bell).once(bell)
        return [line.says for line in self.told[before:]]

    def watcher(self, bell: TurningBell) -> Watcher:
        return Watcher(
            Inbox(self.folder), self.request, SETTLE, Clock(lambda: NOW, lambda: bell.seconds), self.told.append
        )

    def asks(self, **changes: object) -> None:
        """Let the request be another one."""
        self.request = replace(self.request, **changes)  # type: ignore[arg-type]


def desk_in(folder: Path) -> Desk:
    """The inbox in a folder, which is made where there is none; its workbooks become data alone, which is quick."""
    inbox, site = folder / "inbox", folder / "site"
    inbox.mkdir(parents=True, exist_ok=True)
    request = Request(
        (), site, date(2026, 11, 18), html=False, pdf=False, state=inbox / STATE, with_known_teams=True, archive=True
    )
    return Desk(inbox, site, request)
