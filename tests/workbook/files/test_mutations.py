"""Whatever becomes of a good workbook, it is read or told in one sentence: no traceback, no crash, no hang.

MUTATIONS=10000 makes it as many cases; each has its own seed, which a failure names.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

from compound_files import old_workbook
from hostile import open_document
from mutations import mutated
from packages import cells, parts, sheet, zipped

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.scorecards.compose import team_site
from milestone_reports.workbook.reading.assemble import read_team
from workbooks import TODAY, write_workbook

CASES = int(os.environ.get("MUTATIONS", "60"))
FIRST = int(os.environ.get("MUTATIONS_FIRST_SEED", "0"))
SECONDS = 20
ROWS = (("Opportunity", "Rep", "Kickoff"), ("Alpha", "Dana Ruiz", "2026-11-03"))
OPEN_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
TEAM = """
    [Opportunities]
    Opportunity | Account | Rep       | Value     | Kickoff    | Contract   | Contract evidence          | Outcome
    Alpha       | Acme    | Dana Ruiz | 50000     | 2026-11-03 | 2026-11-16 | [notes](https://a.example) | won
    Beta        | Bright  | Lee Wong  | €40.000,5 | '4.11.2026 |            |                            | open
    Gamma       | Cobalt  | Wong, Lee | #REF!     | waived     | =1+1       |                            | lost
    [Milestones]
    Milestone | Order
    Kickoff   | 1
    Contract  | 2
    [Reps]
    Rep       | Annual target | Target is
    Dana Ruiz | 500000        | value
    [Settings]
    Setting | Value
    Team    | North
    As of   | 2026-11-18
    [Time off]
    Rep | From | To
    Dana Ruiz | 2026-11-02 | 2026-11-06
"""


def good_files(folder: Path) -> dict[str, bytes]:
    """The workbooks to be changed by their names."""
    return {
        "team.xlsx": write_workbook(folder / "good.xlsx", TEAM).read_bytes(),
        "open.ods": open_document(
            "".join(
                "<table:table-row>" + "".join(OPEN_CELL.format(text) for text in row) + "</table:table-row>"
                for row in ROWS
            )
        ),
        "plain.xlsx": zipped(parts(sheet(cells(ROWS)), sheet(cells(ROWS)))),
        "old.xls": old_workbook(*((row, column, row + column) for row in range(20) for column in range(8))),
    }


def read_all(folder: Path, seeds: range, told: Connection) -> None:
    """Read the cases of these seeds one after the other, and tell of each what became of it."""
    good = sorted(good_files(folder).items())
    for seed in seeds:
        chance = Random(seed)  # noqa: S311  nothing to keep secret
        name, content = chance.choices(good, weights=(1, 1, 2, 4))[0]
        path = folder / name
        path.write_bytes(mutated(content, chance))
        told.send((seed, outcome(path)))


def outcome(path: Path) -> str:
    """What became of a file: read, told, or what is a fault of the program."""
    try:
        reading = read_team(path, None, date(2026, 11, 18), TODAY)
        team_site(reading.team, reading.as_of)
    except CannotGoOnError as error:
        sentence = str(error)
        is_sentence = sentence.startswith(path.name) and "Fix: " in sentence and "\n" not in sentence
        return "told" if is_sentence else f"told badly: {sentence}"
    except BaseException as error:  # noqa: BLE001  this is what is looked for
        return f"fault: {type(error).__name__}: {error}"
    return "read"


def start(folder: Path, seeds: range) -> tuple[BaseProcess, Connection]:
    here, there = get_context("spawn").Pipe(duplex=False)
    reader = get_context("spawn").Process(target=read_all, args=(folder, seeds, there))
    reader.start()
    there.close()
    return reader, here


def outcomes(folder: Path, seeds: range) -> dict[int, str]:
    """What became of each case; one that hangs or crashes the process costs itself alone."""
    found: dict[int, str] = {}
    while seeds:
        reader, told = start(folder, seeds)
        for seed in seeds:
            try:
                hangs = not told.poll(SECONDS)
                if not hangs:
                    _, found[seed] = told.recv()
                    continue
                found[seed] = "hang"
            except EOFError:
                reader.join()
                found[seed] = f"crash: {signal.Signals(-(reader.exitcode or -1)).name}"
            break
        reader.kill()
        reader.join()
        seeds = range(seed + 1, seeds.stop)
    return found


def test_a_workbook_changed_by_chance_is_read_or_told_in_one_sentence(tmp_path: Path) -> None:
    found = outcomes(tmp_path, range(FIRST, FIRST + CASES))
    assert {seed: what for seed, what in found.items() if what not in {"read", "told"}} == {}
    counted = Counter(found.values())
    assert counted["read"] > CASES // 20, counted
    assert counted["told"] > CASES // 20, counted
