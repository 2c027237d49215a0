"""Workbooks at the edges of what a report is made for: the pictures of `make shots` and the browser tests are of these.

Each is the example's team, changed in one way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count, cycle, islice
from pathlib import Path

from german_workbook import german_team, write_german
from milestone_reports.build.importing import ImportRequest, import_folder
from milestone_reports.workbook.example.copies import write_with_copies
from milestone_reports.workbook.example.write import ExampleKind, example_contents
from milestone_reports.workbook.starter.sheets import Contents, Row
from milestone_reports.workbook.starter.write import write_contents

TODAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 16)
"""Of the example's week."""

MILESTONES = ("Qualification", "Discovery", "Proof", "Contract")
LONG_NAME = "Maximiliane-Theodora Freifrau von und zu Hohenberg-Westerkamp"
LONG_OPPORTUNITY = (
    "Replacement of the whole packaging line including palletiser, conveyors, controls, "
    "safety fencing, spares and operator training"
)
FAR_NAMES = (
    "王小明", "Αλέξανδρος Παπαδόπουλος", "Екатерина Соколова", "محمد عبد الرحمن",
    "יעל כהן", "田中 花子", "김민준", "สมชาย ใจดี",
)  # fmt: skip
FAR_ACCOUNTS = ("株式会社山田製作所", "Ελληνική Χαλυβουργία", "Завод «Прогресс»", "شركة النور للصناعة", "תעשיות הגליל")


def example() -> Contents:
    """The team that all of them start from."""
    return example_contents(ExampleKind.NEW_BUSINESS)


def of_reps(contents: Contents, names: Sequence[str]) -> Contents:
    """The team with these reps alone."""
    return replace(
        contents,
        reps=[rep for rep in contents.reps if rep["Rep"] in names],
        opportunities=[row for row in contents.opportunities if row["Rep"] in names],
        time_off=[row for row in contents.time_off if row.get("Rep") in {*names, None}],
    )


def first_week() -> Contents:
    """A rep who started on Monday, alone, with two opportunities and nothing completed."""
    rep = {**example().reps[0], "Rep": "Ines Kovač", "Start": MONDAY}
    rows: list[Row] = [
        {"ID": f"N-{n}", "Opportunity": "Press line", "Account": account, "Rep": "Ines Kovač", "Track": "New business",
         "Value": 52_000, "Created": MONDAY, "Qualification planned": date(2026, 11, 26), "Outcome": "open"}
        for n, account in enumerate(("Ashdown Foods", "Kestrel Paper"), start=1)
    ]  # fmt: skip
    return replace(example(), reps=[rep], opportunities=rows, time_off=())


def two_hundred_open() -> Contents:
    """One rep of the team has two hundred open opportunities."""
    contents, name = example(), "Daniel Okafor"
    own = [row for row in contents.opportunities if row["Rep"] == name and row["Outcome"] == "open"]
    more = [
        {**row, "ID": f"M-{n}", "Account": f"{row['Account']} {n}"}
        for n, row in enumerate(islice(cycle(own), 200 - len(own)), start=1)
    ]
    return replace(contents, opportunities=[*contents.opportunities, *more])


def one_rep() -> Contents:
    """A team of one."""
    return of_reps(example(), ["Zoë Lindqvist"])


def sixty_reps() -> Contents:
    """A team of sixty: the example's eight, over and over, each time with other opportunities."""
    people = list(islice(_people(), 60))
    rows = (row for _, of_rep in people for row in of_rep)
    return replace(
        example(),
        reps=[rep for rep, _ in people],
        opportunities=[{**row, "ID": f"S-{n}"} for n, row in enumerate(rows, start=1)],
        time_off=(),
    )


def _people() -> Iterator[tuple[Row, Sequence[Row]]]:
    """Rep after rep without end: the row on Reps and the rows on Opportunities, under a name of their own."""
    for team in count():
        contents = example_contents(ExampleKind.NEW_BUSINESS, 2026 + team)
        for rep in contents.reps:
            name = f"{rep['Rep']} {team + 1}" if team else rep["Rep"]
            of_rep = [{**row, "Rep": name} for row in contents.opportunities if row["Rep"] == rep["Rep"]]
            yield {**rep, "Rep": name}, of_rep


def nothing_completed() -> Contents:
    """Everything is planned and nothing has been completed yet."""
    undone = {f"{name}{part}": None for name in MILESTONES for part in ("", " evidence")}
    rows = [{**row, **undone, "Outcome": "open", "Closed": None, "Lost reason": None} for row in _open(example())]
    return replace(example(), opportunities=rows)


def _open(contents: Contents) -> Sequence[Row]:
    return [row for row in contents.opportunities if row["Outcome"] == "open"]


def long_names() -> Contents:
    """Names of sixty characters and opportunities of a hundred and twenty."""
    contents = example()
    names = {str(rep["Rep"]): f"{LONG_NAME[: 58 - len(str(n))]} {n}" for n, rep in enumerate(contents.reps, start=1)}
    return _renamed(
        contents,
        lambda rep: names.get(rep, rep),
        lambda row, n: {
            **row,
            "Opportunity": f"{LONG_OPPORTUNITY[: 119 - len(str(n))]} {n}",
            "Account": f"Vereinigte Maschinenbau- und Anlagentechnik {row['Account']}"[:60],
        },
    )


def far_scripts() -> Contents:
    """Names in Chinese, Greek, Russian, Arabic, Hebrew, Japanese, Korean and Thai."""
    contents = example()
    names = dict(zip((str(rep["Rep"]) for rep in contents.reps), FAR_NAMES, strict=True))
    return _renamed(
        contents,
        lambda rep: names.get(rep, rep),
        lambda row, n: {**row, "Account": FAR_ACCOUNTS[n % len(FAR_ACCOUNTS)]} if n % 3 == 0 else row,
    )


def _renamed(contents: Contents, name: Callable[[str], str], row: Callable[[Row, int], Row]) -> Contents:
    """The team with other names for its reps and other rows."""
    return replace(
        contents,
        reps=[{**rep, "Rep": name(str(rep["Rep"]))} for rep in contents.reps],
        opportunities=[
            row({**one, "Rep": name(str(one["Rep"]))}, n) for n, one in enumerate(contents.opportunities, start=1)
        ],
        time_off=[{**off, "Rep": name(str(off["Rep"]))} if "Rep" in off else off for off in contents.time_off],
    )


def letter_paper() -> Contents:
    """The example on American paper."""
    contents = example()
    return replace(contents, settings={**contents.settings, "Paper": "Letter"})


TEAMS: Mapping[str, Callable[[], Contents]] = {
    "sample": example,
    "first-week": first_week,
    "two-hundred-open": two_hundred_open,
    "one-rep": one_rep,
    "sixty-reps": sixty_reps,
    "nothing-completed": nothing_completed,
    "long-names": long_names,
    "far-scripts": far_scripts,
    "letter": letter_paper,
}
"""By the name of the folder that their pages are built into."""


GERMAN = "german"
"""A German workbook in euros, whose pages are German too."""

WEEKS = "weeks"
"""The example with its last six weekly copies beside it."""

NAMES = (*TEAMS, GERMAN, WEEKS)


def write_team(name: str, folder: Path) -> Path:
    """The workbook of one of them, in a folder."""
    path = folder / f"{name}.xlsx"
    if name == GERMAN:
        write_german(path, german_team())
    elif name == WEEKS:
        write_with_copies(path, ExampleKind.NEW_BUSINESS, n_weeks=6)
    else:
        write_contents(path, TEAMS[name]())
    return path


def remembered(workbook: Path, state: Path) -> Path | None:
    """A state folder that knows the earlier copies beside a workbook; none where it has none."""
    copies = workbook.with_name(f"{workbook.stem}_weeks")
    if not copies.is_dir():
        return None
    import_folder(ImportRequest(copies, state, TODAY), lambda *_told: None)
    return state
