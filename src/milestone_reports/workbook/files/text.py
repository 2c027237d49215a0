"""A table in a text file: its encoding, byte order mark and delimiter found out."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.workbook.cells import CellValue
from milestone_reports.workbook.files.extent import MOST_CELLS, MOST_ROWS, too_far_apart

DELIMITERS = ",;\t|"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MOST_BYTES = 64 * 1024 * 1024
SAMPLE_LINES = 50
SAMPLE = 64 * 1024
NAMED_DELIMITER = re.compile(r"\A\"?sep=(.)\"?[ \t]*\r?\n", re.IGNORECASE)
PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?")
COMMA_NUMBER = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|0|[1-9]\d{0,14}),(?:\d{1,2}|\d{4,9})")
"""A number with a decimal comma; three digits behind it could as well be thousands, and stay text."""

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[T ][\d:.]+Z?)?")


def read_text(name: str, content: bytes) -> list[list[CellValue]]:
    """The rows of a delimited text file, all as long; plain numbers and ISO dates as what they are.

    Raises: CannotGoOnError where it is no table.
    """
    if len(content) > MOST_BYTES:
        raise CannotGoOnError(
            f"{name}: a text file of {len(content) / 2**20:,.0f} MB; up to {MOST_BYTES // 2**20} MB are read. "
            "Fix: export fewer columns or fewer rows."
        )
    text = decoded(content)
    if "\0" in text:
        raise CannotGoOnError(f"{name}: not a table in a text file. Fix: export it again as .csv or .xlsx.")
    csv.field_size_limit(len(text) + 1)
    try:
        delimiter = delimiter_of(text)
        rows = csv.reader(_lines(_without_its_delimiter(text)), delimiter=delimiter)
        table = list(_typed_rows(rows, name, has_commas=delimiter != ","))
    except csv.Error as error:
        raise CannotGoOnError(
            f"{name}: not a table in a text file. Fix: open it in Excel and save it as an Excel workbook (.xlsx)."
        ) from error
    width = max(map(len, table), default=0)
    return [row + [None] * (width - len(row)) for row in table]


def _lines(text: str) -> Iterable[str]:
    """The lines, whatever ends them; a StringIO would keep four bytes for each letter."""
    return io.TextIOWrapper(io.BytesIO(text.encode("utf-8", "replace")), encoding="utf-8", newline="")


def _typed_rows(rows: Iterable[Sequence[str]], name: str, *, has_commas: bool) -> Iterator[list[CellValue]]:
    width = 0
    for number, row in enumerate(rows, start=1):
        width = max(width, len(row))
        if number > MOST_ROWS or number * width > MOST_CELLS:
            raise CannotGoOnError(too_far_apart(name))
        yield [typed(text, has_commas=has_commas) for text in row]


def typed(text: str, *, has_commas: bool) -> CellValue:
    """A plain number or an ISO date as that, anything else as text; a number that begins with 0 is a name."""
    if has_commas and COMMA_NUMBER.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
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
    if b"\0" in content[:2]:  # wide characters without their mark: the first is a plain letter
        return content.decode("utf-16-le" if content[1] == 0 else "utf-16-be", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def delimiter_of(text: str) -> str:
    """The delimiter that splits the first lines into most columns, as many on most lines; Excel's own line says it."""
    if named := NAMED_DELIMITER.match(text):
        return named[1]
    sample = "\n".join(text[:SAMPLE].splitlines()[:SAMPLE_LINES])
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _without_its_delimiter(text: str) -> str:
    """The text without the line by which Excel is told the delimiter; Excel shows no row for it either."""
    return NAMED_DELIMITER.sub("", text, count=1)


def _evenness(sample: str, delimiter: str) -> int:
    widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row]
    return max((widths.count(width) * (width - 1) for width in set(widths)), default=0)
