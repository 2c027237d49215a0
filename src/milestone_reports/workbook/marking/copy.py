"""A copy of a workbook in which each problem can be seen where it is; the workbook itself is only read."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy as copied
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.xml.functions import tostring

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.problem import Level, Problem
from milestone_reports.domain.visible import visible
from milestone_reports.workbook.files.kinds import Kind, kind_of_content
from milestone_reports.workbook.marking.cells import mark_cells
from milestone_reports.workbook.marking.losses import holds_more_than_cells, losses
from milestone_reports.workbook.marking.problems_sheet import add_problems_sheet
from milestone_reports.workbook.new_files import refuse_existing, reproducible, write_new

MACROS = "xl/vbaProject.bin"
STRICT = b"http://purl.oclc.org/ooxml/"


@dataclass(frozen=True, slots=True)
class Marked:
    """What a marked copy shows, and what it lacks."""

    copy: str
    n_cells: int
    """Cells coloured and commented."""
    n_problems: int
    """Problems listed."""
    n_without_cell: int
    """Of those, problems without a cell in this workbook: of the whole of it, or of its companion."""
    not_copied: tuple[str, ...]
    """What the workbook has and the copy has not."""


def write_marked_copy(workbook: Path, copy: Path, problems: Sequence[Problem]) -> Marked:
    """Write the copy to a new file.

    Raises: CannotGoOnError when the name is taken or does not fit, or the workbook cannot be copied with its formats.
    """
    refuse_existing(copy)
    original = workbook.read_bytes()
    kind = kind_of_content(workbook.name, original)
    if kind is not Kind.EXCEL:
        raise _not_copied(workbook, kind.value)
    has_macros = _has_macros(workbook, original)
    _refuse_other_suffix(copy, ".xlsm" if has_macros else ".xlsx")
    with _told_plainly(workbook):
        missing = _missing(original, keep_vba=has_macros)
        book = _loaded(original, keep_vba=has_macros)
        marked = mark_cells(book, problems)
        add_problems_sheet(book, _about(visible(workbook.name), problems, missing), problems, marked)
        content = _saved(book)
    write_new(copy, content)
    n_without_cell = sum(problem.place is None or problem.place not in marked for problem in problems)
    return Marked(str(copy), len(set(marked.values())), len(problems), n_without_cell, tuple(missing))


def _not_copied(workbook: Path, what: str) -> CannotGoOnError:
    return CannotGoOnError(
        f"{workbook.name}: {what}, of which no marked copy can be made; an Excel workbook (.xlsx or .xlsm) was "
        "expected. Fix: open it in Excel or LibreOffice, save it as an Excel workbook (.xlsx) and mark that."
    )


def _has_macros(workbook: Path, original: bytes) -> bool:
    with ZipFile(BytesIO(original)) as package:
        parts = package.namelist()
        if any(STRICT in package.read(part) for part in parts if part.lstrip("/").lower() == "xl/workbook.xml"):
            raise _not_copied(workbook, "a Strict Open XML workbook")
    return MACROS in parts


def _refuse_other_suffix(copy: Path, suffix: str) -> None:
    if copy.suffix.lower() != suffix:
        why = ", since the workbook has macros" if suffix == ".xlsm" else ""
        raise CannotGoOnError(
            f"{copy}: the name does not end in {suffix}{why}; nothing was written. "
            f"Fix: name it {copy.with_suffix(suffix)}."
        )


@contextmanager
def _told_plainly(workbook: Path) -> Iterator[None]:
    """Whatever the library cannot take of a workbook, as one sentence."""
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError) as error:
        raise _not_copied(workbook, "a workbook with something in it that is not known") from error


def _missing(original: bytes, *, keep_vba: bool) -> Sequence[str]:
    """What a copy will lack, by making one; a workbook with pictures cannot be saved twice, so it is loaded anew."""
    return losses(original, _saved(_loaded(original, keep_vba=keep_vba))) if holds_more_than_cells(original) else ()


def _loaded(original: bytes, *, keep_vba: bool) -> Workbook:
    book = load_workbook(BytesIO(original), rich_text=True, keep_vba=keep_vba)
    book.template = False
    return book


def _saved(book: Workbook) -> bytes:
    # Saving puts the present moment into the properties; the copy keeps the workbook's own account of itself.
    properties = copied(book.properties)
    saved = BytesIO()
    book.save(saved)
    return reproducible(saved.getvalue(), tostring(properties.to_tree()))


def _about(name: str, problems: Sequence[Problem], missing: Sequence[str]) -> Sequence[str]:
    counts = [(sum(problem.level is level for problem in problems), level.value) for level in Level]
    found = ", ".join(f"{count:,} {word}{'s' if count != 1 else ''}" for count, word in counts if count)
    lines = [
        f"Problems in {name}: {found or 'none'}",
        f"Mend them in {name} itself: this copy only shows where they are. A link in the column Cell leads there.",
    ]
    if missing:
        lines.append(f"Not in this copy, but still in {name}: {', '.join(missing)}.")
    return lines
