"""Letters for the tests of sending, and what a sending needs of the world outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from milestone_reports.delivery.ledger import Ledger
from milestone_reports.delivery.letters import Letter, Post, Recipient
from milestone_reports.delivery.sending import Delivery, Means, Order, deliver
from milestone_reports.settings_file.mail import MailSettings
from milestone_reports.settings_file.password import Password

WEEK = "2026-W47"
AT = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
USER, SECRET = "reports", "s3cret-Pässwort"
MAIL = MailSettings(
    host="127.0.0.1",
    user=USER,
    sender="reports@example.com",
    sender_name="Weekly scorecards",
    allowed_domains=("example.com",),
    retry_after=(5, 30, 120),
)


def letter(number: int, *, size: int = 1_000, week: str = WEEK) -> Letter:
    """The card of one rep; its PDF has about so many bytes, among them what SMTP could take for the end."""
    name = f"rep-{number:02}"
    pdf = f"%PDF-1.7 of {name}\r\n.\r\n".encode() + bytes(range(256)) * (size // 256)
    who = Recipient("North", "scorecard", f"Rep {number:02}", name, f"{name}@example.com")
    return Letter(
        who, week, f"Your scorecard, {name}", f"Of {name}.\n.\nDone.\n", f"<p>Of {name}</p>", pdf, f"{name}.pdf",
        f"figures of {name}",
    )  # fmt: skip


def post(n: int, *, size: int = 1_000) -> Post:
    """The cards of so many reps."""
    return Post(WEEK, tuple(letter(number, size=size) for number in range(n)), ())


def means(
    pause: Callable[[float], None] = lambda _: None,
    tell: Callable[[Delivery], None] = lambda _: None,
    password: str = SECRET,
    is_current: Callable[[], bool] = lambda: True,
) -> Means:
    """A clock that stands still, no waiting, and nothing that is built meanwhile."""
    return Means(Password(password), lambda: AT, pause, tell, is_current)


def sent(state: Path, what: Post, order: Order, by: Means | None = None) -> list[Delivery]:
    """What a run with the ledger of that folder said."""
    with Ledger.open(state) as ledger:
        return deliver(what, order, ledger, by or means())


def outcomes(deliveries: list[Delivery]) -> Counter[str]:
    """How many of each."""
    return Counter(one.outcome for one in deliveries)


def resend(order: Order) -> Order:
    """The same once more."""
    return replace(order, resend=True)


def kept_in(folder: Path) -> list[tuple[str, EmailMessage]]:
    """The messages that a server keeps in a folder, in their order, each with the address that it was told."""
    parser = BytesParser(policy=policy.default)
    found = []
    for file in sorted(folder.glob("*.eml")):
        address, _, content = file.read_bytes().partition(b"\n")
        found.append((address.decode(), parser.parsebytes(content)))
    return found


def arrivals(folder: Path) -> Counter[str]:
    """How often something arrived at each address; that the PDF is that rep's own is seen to."""
    for address, message in kept_in(folder):
        (attachment,) = message.iter_attachments()
        pdf = attachment.get_content()
        name = address.partition("@")[0]
        assert pdf.startswith(f"%PDF-1.7 of {name}\r\n.\r\n".encode())
        assert message["To"] == address
    return Counter(address for address, _ in kept_in(folder))


def everybody(n: int) -> Counter[str]:
    """What has arrived when all of so many have theirs once."""
    return Counter(f"rep-{number:02}@example.com" for number in range(n))
