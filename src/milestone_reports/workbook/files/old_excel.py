"""An .xls looked through before it is read: whether it has a password, and how far its cells reach."""

from __future__ import annotations

import struct

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.workbook.files.compound import BrokenCompoundFileError, CompoundFile
from milestone_reports.workbook.files.extent import MOST_CELLS, too_far_apart
from milestone_reports.workbook.files.kinds import damaged, locked

FILE_PASSWORD = 0x2F
SHARED_TEXT = 0xFD
CELLS = {0x0006, 0x00BD, 0x00BE, 0x00D6, SHARED_TEXT, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E}
"""Records of cells: each begins with its row and its column."""


def check_old_excel(name: str, content: bytes) -> None:
    """Refuse an .xls that the fast reader could not open, or could not hold in memory.

    Raises: CannotGoOnError.
    """
    try:
        file = CompoundFile(content)
        stream = next(stream for stream in ("Workbook", "Book", "WORKBOOK", "BOOK") if stream in file.streams)
        records = b"" if file.is_small(stream) else file.stream(stream)
    except (BrokenCompoundFileError, StopIteration) as error:
        raise damaged(name) from error
    rows = columns = at = 0
    while at + 4 <= len(records):
        kind, length = struct.unpack_from("<HH", records, at)
        if kind == FILE_PASSWORD:
            raise locked(name)
        if kind in CELLS and length >= 4:  # noqa: PLR2004  a row and a column of two bytes each
            row, column = struct.unpack_from("<HH", records, at + 4)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        at += 4 + length
    if rows * columns > MOST_CELLS:
        raise CannotGoOnError(too_far_apart(name))
