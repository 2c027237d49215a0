"""A letter with the address that it goes to, which on a trial is not its recipient's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from milestone_reports.delivery.letters import Letter, Post


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is handed to the server as one message to one address."""

    letter: Letter
    address: str
    trial_for: str = ""
    """The recipient's address, where the letter goes to somebody else for a trial."""


def parcels(post: Post, to: str = "") -> Iterator[Parcel]:
    """All letters of a post, each to its recipient, or for a trial all to one address."""
    for letter in post.letters:
        yield Parcel(letter, to, letter.to.address) if to else Parcel(letter, letter.to.address)
