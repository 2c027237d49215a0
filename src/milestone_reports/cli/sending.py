"""The command that sends the scorecards."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milestone_reports import __version__
from milestone_reports.cli.building import settings_of, with_own_templates
from milestone_reports.cli.group import EXIT_CODES, INTERRUPTED, main
from milestone_reports.cli.parameters import STATE, STATE_VARIABLE, WORKBOOK, templates_option
from milestone_reports.cli.screen import UNBROKEN, local_now, progress_bar, show_all, today
from milestone_reports.domain.failure import CannotGoOnError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from milestone_reports.build import Progress
    from milestone_reports.delivery.ledger import Ledger
    from milestone_reports.delivery.letters import Post
    from milestone_reports.delivery.sending import Delivery, Means, Order
    from milestone_reports.render.mail import Mails
    from milestone_reports.settings_file.mail import MailSettings
    from milestone_reports.settings_file.password import Password

NOT_ALL_DELIVERED = 4


@main.command(epilog=EXIT_CODES)
@click.argument("output", type=WORKBOOK, default=Path("output"), metavar="[OUTPUT]")
@click.option("--week", default="", metavar="WEEK", help="The week to send, such as 2026-W47; else the newest.")
@click.option("--rep", "reps", multiple=True, metavar="NAME", help="Only to this rep; may be repeated.")
@click.option(
    "--drafts", type=WORKBOOK, default=Path("drafts"), show_default=True, metavar="DIR", help="The folder for drafts."
)
@click.option("--really", is_flag=True, help="Send. Without it drafts are written, and nothing is sent.")
@click.option("--to", default="", metavar="ME", help="Send all of it to this address instead, for a trial.")
@click.option("--resend", is_flag=True, help="Send again what was sent already, or may have been.")
@click.option(
    "--config", type=WORKBOOK, metavar="FILE",
    help="The settings of mail and look.  [default: milestone-reports.toml beside OUTPUT, else here]",
)  # fmt: skip
@templates_option
@click.option(
    "--state", type=WORKBOOK, metavar="DIR", envvar=STATE_VARIABLE,
    help="The folder of the history.  [default: .milestone-reports beside OUTPUT, else here]",
)  # fmt: skip
@click.option("--quiet", is_flag=True, help="Print only what somebody has to look after.")
def send(
    output: Path,
    week: str,
    reps: tuple[str, ...],
    drafts: Path,
    really: bool,
    to: str,
    resend: bool,
    config: Path | None,
    templates: Path | None,
    state: Path | None,
    quiet: bool,
) -> None:
    """Send each rep their own scorecard, and each manager the team's report, from the site in OUTPUT.

    Without --really nothing is sent: every message is written as a draft, which a mail program opens, and it is told
    who would get what and what is withheld. Nobody is sent the same twice; run again, it goes on where it stopped.
    """
    from milestone_reports.delivery.gathering import Wanted, gather
    from milestone_reports.delivery.ledger import Ledger
    from milestone_reports.delivery.published import what_was_published
    from milestone_reports.delivery.sending import Order
    from milestone_reports.history.store import Store
    from milestone_reports.render.mail import Mails
    from milestone_reports.render.resources import templates_folder
    from milestone_reports.settings_file.mail import with_environment

    settings = settings_of(config, output.parent)
    mail, trial = with_environment(settings.mail, os.environ), trial_address(to)
    folder = known_state(state, output)
    mails = Mails(templates_folder(), __version__, with_own_templates(settings.look, templates))
    with ExitStack() as opened:
        store = opened.enter_context(Store.open(folder, create=False))
        wanted = Wanted(output, today(), week.upper(), reps)
        published = what_was_published(store, wanted.week)  # first, so that a build while it is gathered is seen too
        post = gather(store, wanted, mail, mails)
        if really:
            refuse_unready(mail, post)
        ledger = opened.enter_context(Ledger.open(folder, create=really))
        sending = Sending(
            post, Order(mail, trial, resend), ledger,
            lambda: what_was_published(store, wanted.week) == published, quiet,
        )  # fmt: skip
        sys.exit(sending.really(mails) if really else sending.dry(drafts_outside(drafts, post.week, output)))


def show(parts: Iterator[RenderableType]) -> None:
    """Print what rich renders; where the output is no terminal, each sentence on one line."""
    show_all(parts, width_elsewhere=UNBROKEN)


def trial_address(to: str) -> str:
    """The address that a trial goes to; empty for none."""
    from milestone_reports.domain.address import plain_address
    from milestone_reports.domain.names import quoted

    if not to:
        return ""
    if address := plain_address(to):
        return address
    raise click.UsageError(f"--to: {quoted(to)} is not one plain address. Fix: write one such as name@example.com.")


def known_state(state: Path | None, output: Path) -> Path:
    """The folder of the history: the one named, else the one beside the site, else the one here; it must be there.

    Raises: CannotGoOnError.
    """
    from milestone_reports.history.store import FILE

    folders = [state] if state else [output.parent / STATE, Path(STATE)]
    folder = next((one for one in folders if (one / FILE).is_file()), None)
    if folder is None:
        raise CannotGoOnError(
            f"{folders[-1] / FILE}: there is no history, so nothing is known of what was published. Fix: build first, "
            f"or name the state folder with --state; it is {STATE} beside the workbook, or in the inbox."
        )
    if folder.resolve().is_relative_to(output.resolve()):
        raise CannotGoOnError(
            f"State folder '{folder}': it lies in the site '{output}', which others may see. Fix: move it elsewhere, "
            "and name it with --state."
        )
    return folder


def drafts_outside(drafts: Path, week: str, output: Path) -> Path:
    """The folder for drafts, which hold everybody's cards: never in the site.

    Raises: CannotGoOnError.
    """
    if (drafts / week).resolve().is_relative_to(output.resolve()):
        raise CannotGoOnError(
            f"Drafts folder '{drafts / week}': it lies in the site '{output}', where others would see everybody's "
            "cards. Fix: name another with --drafts."
        )
    return drafts


def refuse_unready(mail: MailSettings, post: Post) -> None:
    """Nothing is sent where it is not said by which server, as whom, and to which domains.

    Raises: CannotGoOnError, which says what to write.
    """
    wanted = {
        "host": (mail.host, '"the name of your mail server"'),
        "from": (mail.sender, '"the address that sends"'),
        "allowed_domains": (mail.allowed_domains, json.dumps(domains_of(post) or ["your-company.example"])),
    }
    missing = {name: example for name, (value, example) in wanted.items() if not value}
    if missing:
        raise CannotGoOnError(
            f"Nothing was sent: the settings do not say {and_list(missing)}. Fix: write under [mail] in "
            f"milestone-reports.toml {', '.join(f'{name} = {example}' for name, example in missing.items())}."
        )


def and_list(names: Iterable[str]) -> str:
    """The names with commas, and an and before the last."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def domains_of(post: Post) -> list[str]:
    """The domains of all addresses that are addresses, those of most people first."""
    from milestone_reports.domain.address import domain_of, plain_address

    people = [*(one.to for one in post.letters), *(one.to for one in post.withheld)]
    addresses = (plain_address(one.address) for one in people)
    return [domain for domain, _ in Counter(domain_of(one) for one in addresses if one).most_common()]


@dataclass(frozen=True, slots=True)
class Sending:
    """What goes out, how, and what was sent before."""

    post: Post
    order: Order
    ledger: Ledger
    is_current: Callable[[], bool]
    quiet: bool

    def dry(self, drafts: Path) -> int:
        """Write the drafts, and tell what would become of each; the exit code."""
        from milestone_reports.delivery.drafts import write_drafts
        from milestone_reports.delivery.sending import standing
        from milestone_reports.terminal import sending as terminal

        found = standing(self.post, self.ledger, self.order.to)
        written = write_drafts(drafts, self.post, self.order.mail, local_now(), self.order.to)
        if self.quiet:
            show(terminal.to_look_after([one for one in found if one.outcome != "not tried"]))
        else:
            show(terminal.planned(found, self.post.week, self.order))
            show(iter([terminal.drafted(found, self.order, len(written), drafts / self.post.week)]))
        return 0

    def really(self, mails: Mails) -> int:
        """Send, and tell what became of each; the exit code."""
        from milestone_reports.delivery.sending import DELIVERED, deliver, standing
        from milestone_reports.settings_file.mail import password_of
        from milestone_reports.terminal import sending as terminal

        password = password_of(self.order.mail, os.environ)
        settled: list[Delivery] = []
        with progress_bar(quiet=self.quiet) as bar:
            means = self._means(password, settled, bar)
            try:
                found = deliver(self.post, self.order, self.ledger, means)
            except KeyboardInterrupt:
                self._tell_stopped(settled, standing(self.post, self.ledger, self.order.to))
                return INTERRUPTED
            except CannotGoOnError:
                if settled:  # else the sentence alone says all: nothing was begun
                    self._tell_stopped(settled, settled)
                raise
            unreported = self._report(found, mails, means)
        is_whole = all(one.outcome in DELIVERED for one in found)
        if not self.quiet:
            show(terminal.delivered(found, self.post.week, self.order))
        elif not is_whole:
            show(terminal.to_look_after(found))
        if unreported:
            click.echo(f"What was not delivered could not be reported to error_to either: {unreported}", err=True)
        return 0 if is_whole else NOT_ALL_DELIVERED

    def _means(self, password: Password | None, settled: list[Delivery], bar: Progress) -> Means:
        """The clock, the waiting, and somebody to tell; what is settled goes into a list."""
        from milestone_reports.delivery.sending import Means

        total = len(self.post.letters)

        def pause(seconds: float) -> None:
            bar(f"waiting {seconds:g} seconds for the mail server", len(settled), total)
            time.sleep(seconds)

        def tell(one: Delivery) -> None:
            settled.append(one)
            bar("sending", len(settled), total)

        return Means(password, local_now, pause, tell, self.is_current)

    def _report(self, found: Sequence[Delivery], mails: Mails, means: Means) -> str:
        """Tell error_to what was not delivered; why it could not be told, if that is so."""
        from milestone_reports.delivery.sending import report_failures

        try:
            return report_failures(self.post.week, found, self.order, mails, means)
        except CannotGoOnError as error:  # what was sent is told all the same
            return str(error)

    def _tell_stopped(self, settled: Sequence[Delivery], known: Sequence[Delivery]) -> None:
        """What was sent until the run was cut short, and what is known to be in doubt since."""
        from milestone_reports.terminal import sending as terminal

        show(terminal.stopped(settled, known, self.order))
