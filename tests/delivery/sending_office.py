"""A folder in which a site was built, and `send` run there as one would type it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from click.testing import CliRunner, Result

from fifty_reps import DOMAIN, WEEK, Person, write_team
from letters_to_send import SECRET, USER
from milestone_reports.cli import main
from milestone_reports.settings_file.mail import PASSWORD, MailSettings

OPERATOR = f"office@{DOMAIN}"


@dataclass(frozen=True, slots=True)
class Office:
    """A folder as it is after a build: the workbook, the site and the history beside each other."""

    folder: Path
    people: Sequence[Person]

    def settings(self, mail: MailSettings, more: str = "") -> None:
        """Say how this server is reached."""
        (self.folder / "milestone-reports.toml").write_text(
            f'[mail]\nhost = "{mail.host}"\nport = {mail.port}\nsecurity = "{mail.security}"\nuser = "{USER}"\n'
            f'ca_file = "{mail.ca_file}"\nfrom = "scorecards@{DOMAIN}"\nallowed_domains = ["{DOMAIN}"]\n'
            f"retry_after = []\n{more}",
            encoding="utf-8",
        )

    def arguments(self, *options: str) -> list[str]:
        """A command in that folder, as one would type it elsewhere."""
        drafts = str(self.folder / "drafts")
        return ["send", str(self.folder / "output"), "--week", WEEK, "--drafts", drafts, *options]

    def send(self, *options: str, password: str = SECRET) -> Result:
        """What the command did."""
        environment = {PASSWORD: password, "MILESTONE_REPORTS_STATE": None}
        return CliRunner().invoke(main, self.arguments(*options), env=environment)

    def drafts(self) -> dict[str, EmailMessage]:
        """The drafts by the names of their files."""
        return {
            file.relative_to(self.folder / "drafts").as_posix(): BytesParser(policy=policy.default).parsebytes(
                file.read_bytes()
            )
            for file in (self.folder / "drafts").rglob("*")
            if file.is_file()
        }


def built(folder: Path, count: int, *teams: str) -> Office:
    """An office of so many reps, or of so many in each of several teams."""
    names = {team: folder / f"{team}.xlsx" for team in teams} or {"North": folder / "team.xlsx"}
    people = [one for n, (team, file) in enumerate(names.items()) for one in write_team(file, count, team, count * n)]
    options = ("-o", str(folder / "output"), "--state", str(folder / ".milestone-reports"), "--formats", "pdf")
    done = CliRunner().invoke(main, ["build", *map(str, names.values()), *options])
    assert done.exit_code == 0, done.output
    return Office(folder, people)


def lines(result: Result) -> list[str]:
    """What was printed, without the spaces between columns and at the ends of lines."""
    return [re.sub(r" {2,}", "  ", line).rstrip() for line in result.output.splitlines()]
