"""Old workbooks into the history: a whole folder, in the order of their days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from milestone_reports.build.request import Progress
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.visible import visible
from milestone_reports.history.store import Store
from milestone_reports.history.taking import DayFrom, Imported, Outcome
from milestone_reports.recall import Told, looks_ahead, read_told, recalled, recorded
from milestone_reports.scorecards.compose import team_site
from milestone_reports.workbook.files.kinds import LOCK_FILES, SPREADSHEET_NAMES
from milestone_reports.workbook.reading.assemble import Reading
from milestone_reports.workbook.reading.dated_names import day_in_name


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What `import` was asked for."""

    folder: Path
    state: Path
    today: date
    companion: Path | None = None
    dry_run: bool = False


def import_folder(request: ImportRequest, tell: Progress) -> list[Imported]:
    """Take a snapshot of every workbook in a folder, the oldest first; a file that cannot be read is told and left out.

    Raises: CannotGoOnError where the folder or the store cannot be used, or there is no workbook.
    """
    files = workbooks_in(request.folder)
    days: dict[Path, date] = {}
    left_out: dict[Path, Imported] = {}
    for done, path in enumerate(files):
        tell(f"looking at {visible(path.name)}", done, 2 * len(files))
        try:
            days[path] = day_of(_read(path, request)[0], path)[0]
        except CannotGoOnError as error:
            left_out[path] = Imported(visible(path.name), "left out", reason=str(error))
    in_order = sorted(days, key=lambda path: (days[path], path.name))
    found = list(left_out.values())
    with Store.open(request.state, create=not request.dry_run) as store:
        for done, path in enumerate(in_order):
            tell(f"importing {visible(path.name)}", len(files) + done, 2 * len(files))
            found.append(_imported(store, path, request))
    return found


def workbooks_in(folder: Path) -> Sequence[Path]:
    """The files in a folder that are named like a workbook, by name; not those that a spreadsheet keeps beside one.

    Raises: CannotGoOnError where there is no folder, or nothing like a workbook in it.
    """
    if not folder.is_dir():
        raise CannotGoOnError(f"{folder}: no such folder. Fix: name the folder that holds the old workbooks.")
    try:
        files = [path for path in sorted(folder.iterdir()) if _is_named_so(path)]
    except OSError as error:
        raise CannotGoOnError(
            f"{folder}: the folder could not be read ({error.strerror or error}). Fix: have that right given to you."
        ) from error
    if not files:
        names = ", ".join(SPREADSHEET_NAMES)
        raise CannotGoOnError(f"{folder}: no workbook in it ({names}). Fix: name the folder that holds them.")
    return files


def _is_named_so(path: Path) -> bool:
    return path.is_file() and path.suffix.lower() in SPREADSHEET_NAMES and not path.name.startswith((".", *LOCK_FILES))


def _read(path: Path, request: ImportRequest) -> tuple[Reading, str]:
    """The workbook as of its own day: that of its Settings, else that of its name, else the day it was last saved."""
    named = day_in_name(path.name)
    reading, file_hash = read_told(path, request.companion, named, request.today)
    day, _ = day_of(reading, path)
    if day == reading.as_of:
        return reading, file_hash
    return read_told(path, request.companion, None if reading.team.settings.as_of else day, request.today)


def day_of(reading: Reading, path: Path) -> tuple[date, DayFrom]:
    """The day that an old workbook stands for, and what says so.

    Raises: CannotGoOnError where nothing does.
    """
    if reading.team.settings.as_of:
        return reading.team.settings.as_of, "Settings sheet"
    if named := day_in_name(path.name):
        return named, "file name"
    if saved := reading.team.source.saved_at:
        return saved.date(), "last saved"
    raise CannotGoOnError(
        f"{path.name}: nothing says which day it stands for. Fix: put the day into its name, like "
        f"'{path.stem} 2026-01-24{path.suffix}', or As of on its Settings sheet."
    )


def _imported(store: Store, path: Path, request: ImportRequest) -> Imported:
    """One file, taken into the store unless it is a dry run."""
    try:
        reading, file_hash = _read(path, request)
        day, day_from = day_of(reading, path)
    except CannotGoOnError as error:  # it was whole when it was looked at
        return Imported(visible(path.name), "left out", reason=str(error))
    if looks_ahead(day, request.today):
        file = visible(path.name)
        reason = f"{file}: it stands for {day}, by its {day_from}, which is still to come. Fix: correct that day."
        return Imported(file, "left out", reason=reason)
    team = reading.team
    one = recalled(store, reading, file_hash, request.today)
    outcome = _outcome(store, one)
    if outcome != "already there" and not request.dry_run:
        recorded(store, one, team_site(team, one.as_of, one.past), request.today)
    return Imported(visible(path.name), outcome, team.name, one.week.name, day, day_from, len(team.opportunities))


def _outcome(store: Store, one: Told) -> Outcome:
    if store.number_of(one.team.name, one.file_hash) is not None:
        return "already there"
    same_week = [entry.as_of for entry in store.entries(one.team.name) if entry.week == one.week]
    if not same_week:
        return "taken"
    return "replaces an earlier copy" if one.as_of >= max(same_week) else "older copy of its week"
