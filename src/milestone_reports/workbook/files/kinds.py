"""What a file is, by what it begins with rather than by its name; refuses what is no workbook in one plain sentence."""

from __future__ import annotations

import zipfile
from enum import Enum
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError

COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an encrypted workbook begins, and an .xls."""

ZIP_FILE = b"PK"
WIDE = {name: name.encode("utf-16-le") for name in ("EncryptedPackage", "Workbook", "Book", "WordDocument")}
"""Names of streams in a compound file, as they stand in it."""

LOCK_FILE = "~$"
"""How the name of the file begins that Excel keeps beside a workbook that is open."""

BEGINNING = 4096
SAVE_AS = "Fix: open it in Excel, LibreOffice or Google Sheets and save it as an Excel workbook (.xlsx)."
MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<?xml")


class Kind(Enum):
    """The files that are read."""

    EXCEL = "an Excel workbook"
    OLD_EXCEL = "an Excel workbook of before 2007"
    OPEN_DOCUMENT = "an OpenDocument spreadsheet"
    TEXT = "a table in a text file"


def kind_of(path: Path) -> Kind:
    """What the file is.

    Raises: CannotGoOnError where it cannot be read or is no workbook, with what to do about it.
    """
    if path.name.startswith(LOCK_FILE):
        raise CannotGoOnError(
            f"{path.name}: the lock that Excel keeps beside an open workbook, not the workbook. "
            f"Fix: name '{path.name.removeprefix(LOCK_FILE)}' instead."
        )
    start = beginning(path)
    if start.startswith(COMPOUND_FILE):
        return _compound(path)
    if start.startswith(ZIP_FILE):
        return _zipped(path)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(MARKUP):
        raise CannotGoOnError(f"{path.name}: a web page, not a workbook. {SAVE_AS}")
    if path.suffix.lower() in {".csv", ".tsv", ".txt"}:
        return Kind.TEXT
    if is_text(start):
        raise CannotGoOnError(
            f"{path.name}: a text file, not an Excel workbook. Fix: if it is a table, name it '{path.stem}.csv'."
        )
    raise CannotGoOnError(f"{path.name}: not an Excel workbook; an .xlsx or .xlsm file was expected. {SAVE_AS}")


def beginning(path: Path) -> bytes:
    """The first bytes of a file.

    Raises: CannotGoOnError where there is no such file, it is a folder, empty, or may not be read.
    """
    try:
        if path.is_dir():
            raise CannotGoOnError(
                f"{path}: a folder; one workbook (.xlsx or .xlsm) was expected. Fix: name the file in it."
            )
        with path.open("rb") as file:
            start = file.read(BEGINNING)
    except FileNotFoundError as error:
        raise CannotGoOnError(f"{path}: no such file. Fix: check the name and the folder.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it cannot be opened"
        raise CannotGoOnError(
            f"{path}: cannot be read ({reason}). Fix: close it elsewhere or ask for access."
        ) from error
    if not start:
        raise CannotGoOnError(f"{path.name}: an empty file; a workbook (.xlsx or .xlsm) was expected. {SAVE_AS}")
    return start


def is_text(start: bytes) -> bool:
    """Whether the bytes read as text: no control characters but line ends and tabs."""
    return not any(byte < ord(" ") and byte not in b"\t\r\n" for byte in start)


def _compound(path: Path) -> Kind:
    content = path.read_bytes()
    if WIDE["EncryptedPackage"] in content:
        raise CannotGoOnError(
            f"{path.name}: protected by a password. Fix: open it in Excel, take the password off and save it again."
        )
    if WIDE["WordDocument"] in content or not (WIDE["Workbook"] in content or WIDE["Book"] in content):
        raise CannotGoOnError(f"{path.name}: an Office file, but not a workbook. {SAVE_AS}")
    return Kind.OLD_EXCEL


def _zipped(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.read("mimetype").startswith(
                b"application/vnd.oasis.opendocument.spreadsheet"
            ):
                return Kind.OPEN_DOCUMENT
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise damaged(path) from error
    if any(name.lower().startswith("word/") for name in names):
        raise CannotGoOnError(f"{path.name}: a Word document, not a workbook. Fix: name the workbook.")
    if any(name.lower().startswith("ppt/") for name in names):
        raise CannotGoOnError(f"{path.name}: a PowerPoint presentation, not a workbook. Fix: name the workbook.")
    if any(name.lower().endswith("xl/workbook.bin") for name in names):
        raise CannotGoOnError(f"{path.name}: a binary workbook (.xlsb), which is not read. {SAVE_AS}")
    if not any(name.lower().lstrip("/").startswith("xl/") for name in names):
        raise CannotGoOnError(f"{path.name}: a zip file without a workbook in it. Fix: name the workbook inside it.")
    return Kind.EXCEL


def damaged(path: Path) -> CannotGoOnError:
    """The refusal of a workbook that cannot be opened although it looks like one."""
    return CannotGoOnError(
        f"{path.name}: an Excel workbook that is damaged or was not copied to its end. "
        "Fix: copy it again; if Excel cannot open it either, take the last good copy."
    )
