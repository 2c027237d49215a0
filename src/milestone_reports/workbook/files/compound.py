"""A compound file (an .xls, an encrypted workbook, a .doc): its streams, with the chains of their sectors checked.

The fast reader follows these chains without asking whether they end; must not know what the streams hold.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

BEGINNING = bytes.fromhex("d0cf11e0a1b11ae1")
HEADER = 512
ENTRY = 128
LAST_SECTOR = 0xFFFFFFFA
"""Numbers above it are no sectors: an end, a free sector, one of the tables."""

END = 0xFFFFFFFE
DIFAT_IN_HEADER = 109
STREAM, ROOT = 2, 5
SECTOR_SHIFTS = range(7, 17)


@dataclass(frozen=True, slots=True)
class Stream:
    """An entry of the directory."""

    name: str
    kind: int
    start: int
    size: int


class BrokenCompoundFileError(ValueError):
    """A chain without an end, a sector that is not there, a size larger than the file."""


class CompoundFile:
    """The streams of a compound file by name.

    Raises: BrokenCompoundFileError.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            shift, mini_shift = struct.unpack_from("<HH", content, 30)
            n_fat, directory, _, cutoff, mini_fat, _, difat, n_difat = struct.unpack_from("<8I", content, 44)
        except struct.error as error:
            raise BrokenCompoundFileError from error
        if len(content) < HEADER or shift not in SECTOR_SHIFTS or not 1 <= mini_shift < shift:
            raise BrokenCompoundFileError
        self._cutoff: int = cutoff
        self._sector = 1 << shift
        self._n_sectors = -(-(len(content) - HEADER) // self._sector)
        if max(n_fat, n_difat) > self._n_sectors:
            raise BrokenCompoundFileError
        self._fat = self._numbers(self._fat_sectors(n_fat, difat))
        entries = b"".join(map(self._at, self._chain(directory, self._fat)))
        self.streams: Mapping[str, Stream] = {entry.name: entry for entry in _entries(entries)}
        self._mini_fat = self._numbers(self._chain(mini_fat, self._fat)) if mini_fat <= LAST_SECTOR else array("I")
        self._check()

    def stream(self, name: str) -> bytes:
        """The bytes of a stream that is not among the small ones."""
        entry = self.streams[name]
        return b"".join(map(self._at, self._chain(entry.start, self._fat)))[: entry.size]

    def is_small(self, name: str) -> bool:
        """Whether a stream is kept among the small ones."""
        return self.streams[name].size < self._cutoff

    def _check(self) -> None:
        for entry in self.streams.values():
            if entry.kind not in {STREAM, ROOT} or entry.size == 0:
                continue
            if entry.size > len(self._content):
                raise BrokenCompoundFileError
            small = entry.kind == STREAM and entry.size < self._cutoff
            self._chain(entry.start, self._mini_fat if small else self._fat)

    def _fat_sectors(self, n_fat: int, difat: int) -> Sequence[int]:
        numbers = array("I", self._content[76 : 76 + 4 * DIFAT_IN_HEADER])
        seen = 0
        while difat <= LAST_SECTOR:
            seen += 1
            if seen > self._n_sectors:
                raise BrokenCompoundFileError
            *more, difat = self._numbers([difat])
            numbers.extend(more)
        return [number for number in numbers[:n_fat] if number <= LAST_SECTOR]

    def _numbers(self, sectors: Sequence[int]) -> array[int]:
        content = b"".join(map(self._at, sectors))
        return array("I", content[: len(content) // 4 * 4])

    def _at(self, sector: int) -> bytes:
        if sector >= self._n_sectors:
            raise BrokenCompoundFileError
        start = HEADER + sector * self._sector if self._sector == HEADER else (sector + 1) * self._sector
        return self._content[start : start + self._sector]

    def _chain(self, start: int, table: Sequence[int]) -> Sequence[int]:
        chain: list[int] = []
        sector = start
        while sector <= LAST_SECTOR:
            if sector >= len(table) or len(chain) > len(table):
                raise BrokenCompoundFileError
            chain.append(sector)
            sector = table[sector]
        if sector != END:
            raise BrokenCompoundFileError
        return chain


def _entries(directory: bytes) -> Iterator[Stream]:
    for at in range(0, len(directory) - ENTRY + 1, ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, size = struct.unpack_from("<II", directory, at + 116)
        if kind:
            name = directory[at : at + max(min(length, 64) - 2, 0)]
            yield Stream(name.decode("utf-16-le", "replace"), kind, start, size)
