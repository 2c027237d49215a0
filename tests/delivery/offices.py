"""Small teams whose sites are really built: what is gathered from them, and how they are tampered with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from shutil import copytree

from milestone_reports import __version__
from milestone_reports.build import Request, build
from milestone_reports.build.importing import ImportRequest, import_folder
from milestone_reports.delivery.gathering import Wanted, gather
from milestone_reports.delivery.letters import Letter, Post, Withheld
from milestone_reports.history.store import Publication, Store
from milestone_reports.publish.layout import Audience
from milestone_reports.render.mail import Mails
from milestone_reports.render.resources import templates_folder
from milestone_reports.settings_file.mail import MailSettings
from workbooks import write_workbook

MONDAY = date(2026, 11, 23)
"""The day after the last of week 47."""

MAIL = MailSettings(allowed_domains=("north.example",), site_url="https://reports.north.example/")
MAILS = Mails(templates_folder(), __version__)
SUNDAYS = {"2026-W46": "2026-11-15", "2026-W47": "2026-11-22", "2026-W48": "2026-11-29"}

REPS: Mapping[str, str] = {"Ann Archer": "ann@north.example", "Bea Baker": "bea@north.example"}
"""With the row of the Reps sheet behind the name: an address, then a manager and the manager's address."""


def silent(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def team_workbook(
    file: Path,
    week: str = "2026-W47",
    *,
    team: str = "North",
    reps: Mapping[str, str] = REPS,
    manager: str = "Mo Moss | mo@north.example",
    kickoff: str = "2026-11-03",
) -> Path:
    """A workbook of a week: each rep has a deal that began on the day `kickoff`, or what else stands there."""
    name, _, address = manager.partition("|")
    deals = "\n".join(
        f"{number} | Account {number} | {rep} | 50000 | {kickoff if number == 1 else '2026-11-02'} | 2026-11-10 |"
        for number, rep in enumerate(reps, start=1)
    )
    listed = "\n".join(f"{rep} | {row}" for rep, row in reps.items())
    return write_workbook(
        file,
        f"""
        [Opportunities]
        ID | Account | Rep | Value | Kickoff | Proof | Contract
        {deals}
        [Milestones]
        Milestone
        Kickoff
        Proof
        Contract
        [Reps]
        Rep | Email | Manager | Manager email
        {listed}
        [Settings]
        Setting | Value
        Team | {team}
        As of | {SUNDAYS[week]}
        Manager | {name}
        Manager email | {address}
        Annual target per rep | 400000
        Average contract value | 40000
        """,
    )


@dataclass(frozen=True, slots=True)
class Office:
    """A folder with the site and the history beside each other."""

    folder: Path
    mail: MailSettings = field(default=MAIL)

    @property
    def site(self) -> Path:
        """What was built."""
        return self.folder / "site"

    @property
    def state(self) -> Path:
        """Where the history is."""
        return self.folder / "state"

    def build(self, *workbooks: Path, formats: str = "pdf", audience: Audience = "manager", kept: bool = True) -> None:
        """Build as on the day after the week; not `kept`: without the history."""
        build(
            Request(
                workbooks, self.site, MONDAY, html="html" in formats, pdf="pdf" in formats, data="data" in formats,
                archive=kept, state=self.state if kept else None, audience=audience,
            ),
            silent,
        )  # fmt: skip

    def bring(self, week: str = "2026-W47", *, kickoff: str = "2026-11-03") -> None:
        """Take a workbook into the history alone."""
        folder = self.folder / "incoming"
        folder.mkdir()
        team_workbook(folder / "team.xlsx", week, kickoff=kickoff)
        (imported,) = import_folder(ImportRequest(folder, self.state, MONDAY), silent)
        assert imported.outcome != "left out", imported.reason

    def gather(self, *reps: str, week: str = "", today: date = MONDAY) -> Post:
        """What there is to send."""
        with Store.open(self.state, create=False) as store:
            return gather(store, Wanted(self.site, today, week, reps), self.mail, MAILS)

    def published(self, week: str = "2026-W47") -> Publication:
        """What the history has of a week."""
        with Store.open(self.state, create=False) as store:
            found = store.published(week)
        assert found
        return found

    def say_published(self, publication: Publication) -> None:
        """Have the history say something else of what was published."""
        with Store.open(self.state) as store:
            store.publish(publication)

    def put(self, path: str, content: bytes, *, in_manifest: bool = False, in_history: bool = False) -> None:
        """Put other bytes in the place of a PDF; the manifest, and the history, may be told of them too."""
        (self.site / path).write_bytes(content)
        digest = sha256(content).hexdigest()
        if in_manifest:
            file = self.site / "manifest.json"
            manifest = json.loads(file.read_bytes())
            manifest["files"][path] = digest
            file.write_text(json.dumps(manifest))
        if in_history:
            now = self.published()
            pdfs = tuple(replace(pdf, digest=digest) if pdf.path == path else pdf for pdf in now.pdfs)
            self.say_published(replace(now, pdfs=pdfs))

    def copy(self, folder: Path) -> Office:
        """The same once more, to be tampered with."""
        copytree(self.folder, folder)
        return replace(self, folder=folder)


def names(found: Sequence[Letter | Withheld]) -> list[str]:
    """To whom they are; of a manager the address, as a name may be missing."""
    return [one.to.name if one.to.kind == "scorecard" else one.to.address for one in found]


def reasons(post: Post) -> dict[str, str]:
    """Why each is withheld."""
    return dict(zip(names(post.withheld), (one.reason for one in post.withheld), strict=True))
