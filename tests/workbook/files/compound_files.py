"""Compound files (an .xls, an encrypted workbook) put together sector by sector."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
LEAST = 4096
"""Smaller streams live in sectors of their own kind; these are filled up instead."""


def compound_file(streams: Mapping[str, bytes], *, endless: bool = False) -> bytes:
    """A compound file of these streams; an endless one's last sector leads back to its first."""
    sectors: list[bytes] = []
    follows: list[int] = []
    entries = [_entry("Root Entry", 5, END, 0, child=1 if streams else FREE)]
    for number, (name, content) in enumerate(streams.items(), 1):
        padded = content.ljust(max(LEAST, -(-len(content) // SECTOR) * SECTOR), b"\0")
        start, n = len(sectors), len(padded) // SECTOR
        sectors += [padded[at : at + SECTOR] for at in range(0, len(padded), SECTOR)]
        follows += [*range(start + 1, start + n), start if endless else END]
        entries.append(_entry(name, 2, start, len(padded), right=number + 1 if number < len(streams) else FREE))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * SECTOR, b"\0")
    at = len(sectors)
    n = len(directory) // SECTOR
    sectors += [directory[i * SECTOR : (i + 1) * SECTOR] for i in range(n)]
    follows += [*range(at + 1, at + n), END]
    n_tables = -(-(len(follows) + 1) // (SECTOR // 4 - 1))
    first = len(sectors)
    follows += [TABLE] * n_tables
    table = b"".join(struct.pack("<I", number) for number in follows).ljust(n_tables * SECTOR, b"\xff")
    header = (
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
        + struct.pack("<IIIIIIIII", 0, n_tables, at, 0, LEAST, END, 0, END, 0)
        + struct.pack("<109I", *range(first, first + n_tables), *[FREE] * (109 - n_tables))
    )  # fmt: skip
    return header + b"".join(sectors) + table


def _entry(name: str, kind: int, start: int, size: int, *, child: int = FREE, right: int = FREE) -> bytes:
    wide = name.encode("utf-16-le")
    return (
        wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide) + 2, kind, 1, FREE, right, child)
        + bytes(36) + struct.pack("<IQ", start, size)
    )  # fmt: skip


def record(kind: int, content: bytes) -> bytes:
    """A record of an .xls."""
    return struct.pack("<HH", kind, len(content)) + content


def old_workbook(*cells: tuple[int, int, float], password: bool = False) -> bytes:
    """An .xls with one sheet and these numbers in it, by row and column from 0."""
    version = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    sheet += b"".join(record(0x0203, struct.pack("<HHHd", row, column, 0, value)) for row, column, value in cells)
    sheet += record(0x000A, b"")
    lock = record(0x2F, struct.pack("<HHH", 0, 1, 1)) if password else b""
    name = b"Opportunities"
    start = len(record(0x0809, version)) + len(lock) + 4 + 8 + len(name) + 4
    listed = record(0x0085, struct.pack("<IHBB", start, 0, len(name), 0) + name)
    return compound_file({"Workbook": record(0x0809, version) + lock + listed + record(0x000A, b"") + sheet})
