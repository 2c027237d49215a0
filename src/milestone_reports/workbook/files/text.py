"""A table in a text file: its encoding, byte order mark and delimiter found out."""

from __future__ import annotations

import codecs
import csv
import io
import re
from datetime import date
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.workbook.cells import CellValue

DELIMITERS = ",;\t|"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE_LINES = 50
PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][\d:.]+Z?)?")
MOST_BYTES = 256 * 1024 * 1024


def read_text(path: Path) -> list[list[CellValue]]:
    """The rows of a delimited text file, all as long; plain numbers and ISO dates as what they are.

    Raises: CannotGoOnError where it is no table.
    """
    content = path.read_bytes()
    if len(content) > MOST_BYTES:
        raise CannotGoOnError(f"{path.name}: a text file of more than 256 MB. Fix: export fewer columns or fewer rows.")
    text = decoded(content)
    if "\0" in text:
        raise CannotGoOnError(f"{path.name}: not a table in a text file. Fix: export it again as .csv or .xlsx.")
    csv.field_size_limit(len(text) + 1)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        table = [[typed(text) for text in row] for row in rows]
    except csv.Error as error:
        raise CannotGoOnError(
            f"{path.name}, line {rows.line_num}: not a table in a text file ({error}). Fix: export it again."
        ) from error

    width = max(map(len, table), default=0)
    return [row + [None] * (width - len(row)) for row in table]


def typed(text: str) -> CellValue:
    """A plain number or an ISO date as that, anything else as text; a number that begins with 0 is a name."""
    if PLAIN_NUMBER.fullmatch(text):
        return float(text)
    if ISO_DAY.fullmatch(text):
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            return text
    return text


def decoded(content: bytes) -> str:
    """The text: by its byte order mark, else UTF-8 where it is that, else Windows' own for western Europe."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def delimiter_of(text: str) -> str:
    """The delimiter that splits the first lines into most columns, as many on most lines; Excel's own line says it."""
    first, _, _ = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=,"):
        return first.strip()[-1]
    sample = "\n".join(text.splitlines()[:SAMPLE_LINES])
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> int:
    widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row]
    return max((widths.count(width) * (width - 1) for width in set(widths)), default=0)
