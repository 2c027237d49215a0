"""Messages as they go over the wire: the headers, both texts, and the PDF.

What a workbook says stands in the texts and, neutralised, in the subject; in no other header. The same letter in the
same envelope has the same bytes, of ASCII alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from milestone_reports.delivery.letters import Letter
from milestone_reports.domain.address import domain_of
from milestone_reports.domain.names import without_accents
from milestone_reports.domain.visible import visible
from milestone_reports.render.mail import MailText

POLICY = SMTP.clone(cte_type="7bit")
"""Lines end as the protocol wants them, and no server needs to know more than ASCII."""

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What no text has a use for, and what some servers refuse a message for."""

LONGEST_SUBJECT, LONGEST_SENDER_NAME, LONGEST_FILE_NAME = 200, 80, 60


@dataclass(frozen=True, slots=True)
class Envelope:
    """All of a message that is not in the letter."""

    sender: str
    """Empty: the mail program that opens a draft puts its own user there."""
    sender_name: str
    reply_to: str
    """Empty: answers go to the sender."""
    address: str
    at: datetime
    message_id: str
    trial_for: str = ""
    unsent: bool = False
    """Whether it is a draft, which a mail program opens for writing."""


def message_of(letter: Letter, envelope: Envelope) -> EmailMessage:
    """A letter as a message."""
    message = notice_of(MailText(letter.subject, letter.text, letter.html), envelope)
    message.add_attachment(letter.pdf, maintype="application", subtype="pdf", filename=safe_file_name(letter.pdf_name))
    _set_boundaries(message, letter.digest + letter.text + letter.html)
    return message


def notice_of(text: MailText, envelope: Envelope) -> EmailMessage:
    """A message that brings nothing but its text."""
    message = EmailMessage(POLICY)
    if envelope.sender:
        message["From"] = Address(header_text(envelope.sender_name, LONGEST_SENDER_NAME), addr_spec=envelope.sender)
    message["To"] = Address(addr_spec=envelope.address)
    if envelope.reply_to:
        message["Reply-To"] = Address(addr_spec=envelope.reply_to)
    trial = f"[Trial, for {envelope.trial_for}] " if envelope.trial_for else ""
    message["Subject"] = header_text(f"{trial}{text.subject}", LONGEST_SUBJECT)
    if envelope.unsent:
        message["X-Unsent"] = "1"
    else:
        message["Date"] = envelope.at
        message["Message-ID"] = envelope.message_id
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message.set_content(CONTROLS.sub("", text.text))
    message.add_alternative(CONTROLS.sub("", text.html), subtype="html")
    _set_boundaries(message, text.text + text.html)
    return message


def message_id_of(letter: Letter, address: str, sender: str, nth: int) -> str:
    """The Message-ID of a letter that was sent so many times before.

    An attempt that failed, or is in doubt, is repeated under the same one: servers that have it already can tell.
    """
    who = letter.to
    parts = (letter.week, who.team, who.kind, who.slug, who.address, address, letter.digest, str(nth))
    return made_message_id("\0".join(parts), sender)


def made_message_id(text: str, sender: str) -> str:
    """The Message-ID that a text alone has."""
    return f"<{sha256(text.encode()).hexdigest()[:32]}@{domain_of(sender)}>"


def header_text(text: str, longest: int) -> str:
    """A text on one line, of which a mail program decodes nothing that it was not written as."""
    return visible(text, longest).replace("=?", "= ?")


def safe_file_name(name: str) -> str:
    """The name of a PDF in letters, digits and hyphens that every system takes."""
    stem = re.sub(r"[^a-z0-9-]+", "-", without_accents(name.removesuffix(".pdf"))).strip("-")
    return f"{stem[:LONGEST_FILE_NAME] or 'scorecard'}.pdf"


def _set_boundaries(message: EmailMessage, content: str) -> None:
    """Between the parts stands what nobody who wrote them can have known; left alone it would be random."""
    seed = sha256(content.encode()).hexdigest()
    for depth, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"={sha256(f'{depth}{seed}'.encode()).hexdigest()[:32]}=")
