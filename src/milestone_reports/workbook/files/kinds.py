"""What a file is, by what it begins with rather than by its name; refuses what is no workbook in one plain sentence."""

from __future__ import annotations

import codecs
import zipfile
import zlib
from collections.abc import Collection
from enum import Enum
from io import BytesIO
from pathlib import Path, PurePosixPath

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.workbook.files import compound
from milestone_reports.workbook.files.disk import read_file

ZIP_FILE = b"PK"
LOCK_FILES = ("~$", ".~lock.")
"""How the names of the files begin that Excel and LibreOffice keep beside a workbook that is open."""

BEGINNING = 4096
SAVE_AS = "Fix: open it in Excel, LibreOffice or Google Sheets and save it as an Excel workbook (.xlsx)."
EXPORT_FROM_NUMBERS = "Fix: in Numbers, choose File, Export To, Excel, and name the file that this makes."
DOWNLOAD = "Fix: in Google Sheets, choose File, Download, Microsoft Excel (.xlsx), and name the file that this makes."
WEB_PAGE = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<div", b"<meta")
WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
TEXT_NAMES = {".csv", ".tsv", ".tab", ".txt"}
SPREADSHEET_NAMES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")

BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)
"""What Python's own reader of zip files raises at damaged bytes."""

OTHER_DOCUMENTS = (
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("visio/", "a Visio drawing"),
)
"""Folders in a zip of Office's, and what it is then."""

OLD_DOCUMENTS = (
    ("WordDocument", "a Word document"),
    ("PowerPoint Document", "a PowerPoint presentation"),
    ("__properties_version1.0", "an Outlook message"),
)
"""Streams of a compound file, and what it is then."""


class Kind(Enum):
    """The files that are read."""

    EXCEL = "an Excel workbook"
    OLD_EXCEL = "an Excel workbook of before 2007"
    OPEN_DOCUMENT = "an OpenDocument spreadsheet"
    TEXT = "a table in a text file"


def refuse_lock_file(path: Path) -> None:
    """Refuse the small file that says who has a workbook open.

    Raises: CannotGoOnError.
    """
    for beginning in LOCK_FILES:
        if path.name.startswith(beginning):
            workbook = path.name.removeprefix(beginning).removesuffix("#")
            raise CannotGoOnError(
                f"{path.name}: the lock that is kept beside an open workbook, not the workbook. "
                f"Fix: name '{workbook}' instead."
            )


def kind_of(path: Path) -> Kind:
    """What the file is.

    Raises: CannotGoOnError where it cannot be read or is no workbook, with what to do about it.
    """
    refuse_lock_file(path)
    return kind_of_content(path.name, read_file(path))


def kind_of_content(name: str, content: bytes) -> Kind:
    """What the file of that name and content is.

    Raises: CannotGoOnError where it is no workbook, with what to do about it.
    """
    start = content[:BEGINNING]
    if start.startswith(compound.BEGINNING):
        return _compound(name, content)
    if start.startswith(ZIP_FILE):
        return _zipped(name, content)
    _refuse_markup(name, start)
    if start.startswith(b"%PDF"):
        raise _other(name, "a PDF document")
    if start.lstrip().startswith(b"{") and (b"docs.google.com" in start or b'"doc_id"' in start):
        raise CannotGoOnError(f"{name}: a link to a Google sheet, not the sheet itself. {DOWNLOAD}")
    path = PurePosixPath(name)
    if path.suffix.lower() in TEXT_NAMES:
        return Kind.TEXT
    if is_text(start):
        raise CannotGoOnError(
            f"{name}: a text file, not an Excel workbook. Fix: if it is a table, name it '{path.stem}.csv'."
        )
    raise CannotGoOnError(f"{name}: not an Excel workbook; an .xlsx or .xlsm file was expected. {SAVE_AS}")


def is_text(start: bytes) -> bool:
    """Whether the bytes read as text: no control characters but line ends and tabs, or marked as wide characters."""
    return start.startswith(WIDE_MARKS) or not any(byte < ord(" ") and byte not in b"\t\r\n\f" for byte in start)


def damaged(name: str) -> CannotGoOnError:
    """The refusal of a workbook that cannot be opened although it looks like one."""
    return CannotGoOnError(
        f"{name}: a workbook that is damaged or was not copied to its end. "
        "Fix: copy or download it again; if Excel cannot open it either, take the last good copy."
    )


def locked(name: str) -> CannotGoOnError:
    """The refusal of a workbook with a password."""
    return CannotGoOnError(
        f"{name}: protected by a password. Fix: open it in Excel, take the password off and save it again."
    )


def _other(name: str, what: str) -> CannotGoOnError:
    return CannotGoOnError(f"{name}: {what}, not a workbook. Fix: name the workbook.")


def _refuse_markup(name: str, start: bytes) -> None:
    if start.startswith(WIDE_MARKS):
        start = start.decode("utf-16", "ignore").encode()
    text = start.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if text.startswith(b"<?xml") and b"<html" not in text:
        raise CannotGoOnError(f"{name}: an XML file, not an Excel workbook. {SAVE_AS}")
    if text.startswith((*WEB_PAGE, b"<?xml")):
        raise CannotGoOnError(
            f"{name}: a web page, not a workbook. Fix: if it shows the table, open it in Excel and save it as an Excel "
            "workbook (.xlsx); if it asks to sign in, download the workbook again."
        )


def _compound(name: str, content: bytes) -> Kind:
    try:
        streams = compound.CompoundFile(content).streams
    except compound.BrokenCompoundFileError as error:
        raise damaged(name) from error
    if "EncryptedPackage" in streams:
        raise locked(name)
    for stream, what in OLD_DOCUMENTS:
        if stream in streams:
            raise _other(name, what)
    if not {"workbook", "book"} & {stream.lower() for stream in streams}:
        raise CannotGoOnError(f"{name}: an Office file, but not a workbook. Fix: name the workbook.")
    return Kind.OLD_EXCEL


def _zipped(name: str, content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.namelist()
            if "mimetype" in parts:
                with archive.open("mimetype") as part:
                    return _open_document(name, part.read(100).decode("ascii", "replace"))
    except BROKEN_ZIP as error:
        raise damaged(name) from error
    plain = [part.lower().lstrip("/") for part in parts]
    for folder, what in OTHER_DOCUMENTS:
        if any(part.startswith(folder) for part in plain):
            raise _other(name, what)
    if any(part.startswith("index/") and part.endswith(".iwa") for part in plain) or "index.zip" in plain:
        raise CannotGoOnError(f"{name}: a Numbers spreadsheet, not an Excel workbook. {EXPORT_FROM_NUMBERS}")
    if "xl/workbook.bin" in plain:
        raise CannotGoOnError(f"{name}: a binary workbook (.xlsb), which is not read. {SAVE_AS}")
    if not any(part.startswith("xl/") for part in plain):
        raise CannotGoOnError(f"{name}: {_without_workbook(parts)}")
    return Kind.EXCEL


def _open_document(name: str, mimetype: str) -> Kind:
    if not mimetype.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        raise CannotGoOnError(f"{name}: a document, but not a spreadsheet. Fix: name the workbook.")
    return Kind.OPEN_DOCUMENT


def _without_workbook(parts: Collection[str]) -> str:
    inside = next((part for part in parts if part.lower().endswith(SPREADSHEET_NAMES)), None)
    if inside:
        return f"a zip file with '{inside}' in it. Fix: unpack it and name that workbook."
    return "a zip file without a workbook in it. Fix: name the workbook."
