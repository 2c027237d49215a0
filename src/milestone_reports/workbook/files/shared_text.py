"""Texts that many cells share, counted before the fast reader gives each cell a copy of its own.

A file that shares one long text among a million cells would otherwise fill the memory.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.workbook.files.package import Package

MOST_BYTES = 400 * 1024 * 1024
SHORTEST_CELL = len('<c t="s"><v>0</v></c>')
SHARED = re.compile(rb"""\bt\s*=\s*["']s["']""")
PLAIN_SHARED = re.compile(rb"""\bt="s"[^<>]*>\s*<(?:\w+:)?v>(\d{1,9})<""")
PART = "xl/sharedstrings.xml"


class SharedTexts:
    """How much room a workbook's shared texts take, once in each cell that shows them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._room = 0

    def add(self, xml: bytes) -> None:
        """Count the texts of a sheet's cells; looks closely only where they could be too much.

        Raises: CannotGoOnError where they are.
        """
        longest = max(self._lengths, default=0)
        if self._room + len(xml) // SHORTEST_CELL * longest <= MOST_BYTES:
            self._room += len(xml) // SHORTEST_CELL * longest
            return
        plain = PLAIN_SHARED.findall(xml)
        self._room += sum(self._length(int(number)) for number in plain)
        self._room += (len(SHARED.findall(xml)) - len(plain)) * longest
        if self._room > MOST_BYTES:
            raise CannotGoOnError(
                f"{self._package.name}: more than {MOST_BYTES // 2**20} MB of text in its cells. "
                "Fix: save the columns that the report needs as a workbook of its own."
            )

    def _length(self, number: int) -> int:
        return self._lengths[number] if number < len(self._lengths) else 0

    @cached_property
    def _lengths(self) -> Sequence[int]:
        if not self._package.has(PART):
            return []
        return [len(text) for text in self._package.part(self._package.part_named(PART)).split(b"si>")[1::2]]
