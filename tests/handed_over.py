"""A team in which opportunities change hands, week after week, and whose names are easily taken for one another.

Every name, account and opportunity stands nowhere else in the program's texts, so that finding one is a leak.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from workbooks import write_workbook

AS_OF = date(2026, 11, 22)
COPIES = {date(2026, 11, 1): 0, date(2026, 11, 8): 1, date(2026, 11, 15): 2, AS_OF: 3}
"""The day of each copy, and its place in the lists of owners."""

SETTINGS = """
    [Settings]
    Setting | Value
    Team    | Northern branch
    As of   | {as_of}
    Manager | Dagny Holmsund
    Manager email | dagny.holmsund@kraflin.example
    [Milestones]
    Milestone
    Kickoff
    Proof
    Contract
    [Reps]
    Rep            | Email                          | Annual target | Average contract value | Start      | End
    Ostap Verbeek  | ostap.verbeek@kraflin.example  | 400000 | 40000 | 2026-01-01 |
    Ilka Thornby   | ilka.thornby@kraflin.example   | 410000 | 40000 | 2026-01-01 |
    Jory           | jory@kraflin.example           | 420000 | 40000 | 2026-01-01 |
    Jory Pellamin  | jory.pellamin@kraflin.example  | 430000 | 40000 | 2026-01-01 |
    Dagny Holmsund | dagny.holmsund@kraflin.example | 440000 | 40000 | 2026-01-01 |
    Piet Zwollens  | piet.zwollens@kraflin.example  | 450000 | 40000 | 2026-01-01 | 2026-11-10
"""

HEADER = "ID | Account | Opportunity | Rep | Value | Kickoff | Proof | Proof planned | Contract | Outcome | Closed"
OSTAP, ILKA, MISSPELT = "Ostap Verbeek", "Ilka Thornby", "Ostap Verbek"

HANDED = (
    # Earned by Ostap, then Ilka's, worth more and further on in the same week.
    ("KQ-7001", "Vintrecol", "Sorbent skid", (OSTAP, OSTAP, ILKA, ILKA),
     ("61001 | 2026-10-12 | | 2026-11-12 | | open |",) * 2
     + ("68002 | 2026-10-12 | 2026-11-13 | 2026-11-12 | | open |",) * 2),
    # The same the other way.
    ("KQ-7002", "Hasparine", "Bleach tower", (ILKA, ILKA, ILKA, OSTAP),
     ("52003 | 2026-10-20 | 2026-11-03 | | | open |",) * 4),
    # Sold by Ostap, and put on Ilka's name afterwards.
    ("KQ-7003", "Mondrevik", "Cooling loop", (OSTAP, OSTAP, ILKA, ILKA),
     ("47004 | 2026-09-10 | 2026-10-06 | | 2026-11-05 | won |",) * 4),
    # Twice: by way of Jory back to Ostap, then to Jory Pellamin.
    ("KQ-7004", "Quarsted", "Dust hood", (OSTAP, "Jory", OSTAP, "Jory Pellamin"),
     ("39005 | 2026-10-01 | | 2026-11-20 | | open |", "39005 | 2026-10-01 | 2026-11-04 | | | open |") * 2),
    # Of the one who left.
    ("KQ-7005", "Lumbrezza", "Gear train", ("Piet Zwollens", "Piet Zwollens", "Dagny Holmsund", "Dagny Holmsund"),
     ("33006 | 2026-10-02 | | 2026-11-19 | | open |",) * 4),
)  # fmt: skip

KEPT = (
    ("KQ-7101", "Brassovin", "Press bed", OSTAP, "81007 | 2026-10-05 | 2026-10-30 | | | open |"),
    ("KQ-7102", "Ferngalt", "Rinse line", ILKA, "72008 | 2026-11-18 | | 2026-11-26 | | open |"),
    ("KQ-7103", "Ulvadine", "Grit feeder", "Jory", "64009 | 2026-10-05 | | 2026-11-17 | | open |"),
    ("KQ-7104", "Ulvadine North", "Grit feeder twin", "Jory Pellamin",
     "58010 | 2026-10-08 | | 2026-11-27 | | lost | 2026-11-09"),
    ("KQ-7105", "Cendraval", "Spray booth", "Dagny Holmsund", "93011 | 2026-09-01 | 2026-10-09 | | 2026-11-18 | won |"),
    ("KQ-7106", "Wexmoor", "Mill liner", "Piet Zwollens", "36012 | 2026-07-01 | 2026-08-03 | | 2026-09-04 | won |"),
    ("KQ-7107", "Tolvestra", "Flue damper", MISSPELT, "45013 | 2026-11-17 | | 2026-11-25 | | open |"),
)  # fmt: skip


def write_handed_over(folder: Path) -> Path:
    """The newest workbook, and the earlier copies in the folder `north_weeks` beside it."""
    weeks = folder / "north_weeks"
    weeks.mkdir()
    for day in COPIES:
        if day < AS_OF:
            write_workbook(weeks / f"north {day}.xlsx", drawn(day))
    return write_workbook(folder / "north.xlsx", drawn(AS_OF))


def drawn(day: date) -> str:
    """The workbook of a day as text."""
    nth = COPIES[day]
    handed = (f"{id_} | {account} | {name} | {owners[nth]} | {rest[nth]}"
              for id_, account, name, owners, rest in HANDED)  # fmt: skip
    kept = (f"{id_} | {account} | {name} | {rep} | {rest}" for id_, account, name, rep, rest in KEPT)
    return "\n".join((SETTINGS.format(as_of=day), "[Opportunities]", HEADER, *handed, *kept))


def planted() -> Mapping[str, frozenset[str]]:
    """Of each rep, the words that stand for a deal that was ever theirs."""
    found: dict[str, set[str]] = {}
    for id_, account, name, owners, _ in HANDED:
        for rep in owners:
            found.setdefault(rep, set()).update((id_, account, name))
    for id_, account, name, rep, _ in KEPT:
        found.setdefault(rep, set()).update((id_, account, name))
    return {rep: frozenset(words) for rep, words in found.items()}
