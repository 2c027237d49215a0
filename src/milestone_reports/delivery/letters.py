"""What is to be sent, and what is not, and why."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

Kind = Literal["scorecard", "team report"]


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person who is to get something of a team."""

    team: str
    kind: Kind
    name: str
    """The rep's, or the manager's; a manager's may be empty."""
    slug: str
    """The rep's name in addresses of pages; empty for a manager."""
    address: str
    """As the workbook has it; of a letter one plain address."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one person, with the PDF that it brings: all but its headers."""

    to: Recipient
    week: str
    """Such as 2026-W47."""
    subject: str
    text: str
    html: str
    pdf: bytes
    pdf_name: str
    figures: str
    """The SHA-256, in hexadecimal, of the figures that it tells: another PDF may have the same."""
    reply_to: str = ""
    """Whom answers reach, where the settings do not say: the rep's manager, or nobody in particular."""

    @property
    def digest(self) -> str:
        """The SHA-256 of the PDF, in hexadecimal."""
        return sha256(self.pdf).hexdigest()


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something that is not sent."""

    to: Recipient
    week: str
    reason: str
    """One sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class NotDue:
    """A scorecard that nobody is to get: its rep is not there any more."""

    to: Recipient
    week: str
    reason: str
    """One sentence, which asks for nothing."""


@dataclass(frozen=True, slots=True)
class Post:
    """All that a week has for reps and managers: each of them is in one of the three."""

    week: str
    letters: tuple[Letter, ...]
    withheld: tuple[Withheld, ...]
    not_due: tuple[NotDue, ...] = ()
    known: tuple[Recipient, ...] = ()
    """All whom the week has something for, also where only some of them were asked for."""

    @property
    def everyone(self) -> tuple[Recipient, ...]:
        """All who have an address: to a name that is not among them nothing would go, so another may have its place."""
        known = (*(one.to for one in self.letters), *(one.to for one in self.withheld), *self.known)
        return tuple(one for one in known if one.address.strip())
