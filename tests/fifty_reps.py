"""A team of fifty, each with a name, an account and a deal that stand nowhere else: what a mail must not mix up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, product
from pathlib import Path

from workbooks import write_workbook

SUNDAY = date(2026, 11, 22)
"""The last day of week 47, for which the workbook stands."""
WEEK = "2026-W47"
DOMAIN = "north.example"
MANAGER = f"mona.leader@{DOMAIN}"

STEMS = ("Bax", "Cor", "Dun", "Fel", "Gim", "Hosk", "Jul", "Kerv", "Lomb", "Mirr")
SURNAMES, ACCOUNTS, DEALS = (
    ("wick", "sford", "moor", "thorpe", "ington"),
    ("atronics", "uplast", "ochem", "isteel", "agrain"),
    ("ovane", "iquell", "ezzar", "uttran", "abrix"),
)
"""Endings; with any of the stems they make a word that no other text of a page holds."""

SETTINGS = """
    [Milestones]
    Milestone
    Kickoff
    Proof
    Contract
    [Settings]
    Setting | Value
    Team    | {team}
    As of   | {as_of}
    Manager | Mona Leader
    Manager email | {manager}
    Annual target per rep | 400000
    Average contract value | 40000
"""


@dataclass(frozen=True, slots=True)
class Person:
    """One of the fifty."""

    name: str
    address: str
    account: str
    deal: str

    @property
    def planted(self) -> tuple[str, ...]:
        """The words that stand on this rep's card and on nobody else's."""
        return (self.name.split()[-1], self.account, self.deal)


def people(count: int, first: int = 0) -> tuple[Person, ...]:
    """So many of the fifty, from one on."""
    words = zip(*(product(endings, STEMS) for endings in (SURNAMES, ACCOUNTS, DEALS)), strict=True)
    made = (["".join(reversed(word)) for word in one] for one in words)
    return tuple(
        Person(f"Robin {surname}", f"robin.{surname.lower()}@{DOMAIN}", account, deal)
        for surname, account, deal in islice(made, first, first + count)
    )


def write_team(path: Path, count: int = 50, name: str = "North", first: int = 0) -> tuple[Person, ...]:
    """A workbook of so many of them, and who they are."""
    team, lines = people(count, first), []
    for number, one in enumerate(team):
        kickoff, proof = SUNDAY - timedelta(days=20 + number % 9), SUNDAY - timedelta(days=number % 6)
        planned = SUNDAY + timedelta(days=1 + number % 5)
        lines.append(
            f"{number + 1} | {one.deal} | {one.account} | {one.name} | 50000 | {kickoff} | {proof} | | {planned}"
        )
    opportunities = "ID | Opportunity | Account | Rep | Value | Kickoff | Proof | Contract | Contract planned"
    reps = "\n".join(f"{one.name} | {one.address}" for one in team)
    text = f"[Opportunities]\n{opportunities}\n" + "\n".join(lines) + f"\n[Reps]\nRep | Email\n{reps}\n"
    write_workbook(path, text + SETTINGS.format(as_of=SUNDAY, manager=MANAGER, team=name))
    return team
