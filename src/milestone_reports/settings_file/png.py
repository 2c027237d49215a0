"""PNGs: how large one is, and whether it is whole, found without drawing it.

Must not know of files or settings.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
HEAD = struct.Struct(">IIBBBBB")
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""By the type of colour: grey, colour, palette, grey and colour with transparency."""
DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
PALETTE = 3
FILTERS = frozenset(range(5))
"""What the first byte of a row may be."""

ONE_PASS = ((0, 0, 1, 1),)
INTERLACED = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Of each pass the first column and row, and the steps to the next ones."""
PASSES = {0: ONE_PASS, 1: INTERLACED}


@dataclass(frozen=True, slots=True)
class PngHead:
    """What a PNG says of itself."""

    width: int
    height: int
    depth: int
    colour: int
    packing: int
    filtering: int
    interlace: int

    @property
    def is_legal(self) -> bool:
        """Whether there are PNGs of this kind."""
        known = self.depth in DEPTHS.get(self.colour, ()) and self.interlace in PASSES
        return known and not self.packing and not self.filtering and bool(self.width and self.height)

    def passes(self) -> Iterator[tuple[int, int]]:
        """The rows of each pass, and the bytes of one."""
        bits = self.depth * CHANNELS[self.colour]
        for column, row, across, down in PASSES[self.interlace]:
            n_columns, n_rows = -(-(self.width - column) // across), -(-(self.height - row) // down)
            if n_columns > 0 and n_rows > 0:
                yield n_rows, 1 + -(-n_columns * bits // 8)


@dataclass(frozen=True, slots=True)
class Png:
    """The parts of a PNG up to the first that is not whole, each with its name."""

    parts: tuple[tuple[bytes, bytes], ...]

    @property
    def head(self) -> PngHead | None:
        """What it says of itself; None where it says nothing that can be."""
        if not self.parts or self.parts[0][0] != b"IHDR" or len(self.parts[0][1]) != HEAD.size:
            return None
        head = PngHead(*HEAD.unpack(self.parts[0][1]))
        return head if head.is_legal else None

    def is_whole(self, head: PngHead) -> bool:
        """Whether all that its head promises is there."""
        names = [name for name, _ in self.parts]
        if names[-1] != b"IEND" or (head.colour == PALETTE and b"PLTE" not in names):
            return False
        return is_picture(head, b"".join(body for name, body in self.parts if name == b"IDAT"))


def png_of(content: bytes) -> Png:
    """The parts of a PNG."""
    return Png(tuple(_parts(content)))


def is_picture(head: PngHead, packed: bytes) -> bool:
    """Whether these bytes unpack to as many rows as the head promises, each of a known kind, and to no more."""
    passes = list(head.passes())
    promised = sum(n_rows * size for n_rows, size in passes)
    unpacker = zlib.decompressobj()
    try:
        rows = unpacker.decompress(packed, promised + 1)  # no more, however much was packed
    except zlib.error:
        return False
    if len(rows) != promised or not unpacker.eof:
        return False
    place = 0
    for n_rows, size in passes:
        if not FILTERS.issuperset(rows[place : place + n_rows * size : size]):
            return False
        place += n_rows * size
    return True


def _parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(PNG_SIGNATURE)
    while place + 12 <= len(content):
        length, name = struct.unpack(">I4s", content[place : place + 8])
        body = content[place + 8 : place + 8 + length]
        check = content[place + 8 + length : place + 12 + length]
        if check != struct.pack(">I", zlib.crc32(name + body)):
            return
        yield name, body
        place += 12 + length
