"""Smaller PDFs: how large fonts are packed. Works on pydyf's streams before they are written.

A subset keeps a place for every glyph of its font, and a CJK font has tens of thousands: tables of even steps, which
Flate packs badly until each pair of bytes is replaced by its difference to the pair before it (PNG's "up" predictor).
"""

from __future__ import annotations

from typing import Any, TypeAlias
from zlib import compress

Stream: TypeAlias = Any
"""A stream of pydyf, which has no types."""

LARGE = 50_000
"""Bytes of a font from which on the places of glyphs that are not there weigh more than those that are."""
UP = 2
COLUMNS = 2
BEST = 9


def pack_large_fonts(pdf: Stream) -> None:
    """Pack the font files of a document that is ready to be written."""
    for stream in pdf.objects:
        extra = getattr(stream, "extra", {})
        if "Length1" in extra or extra.get("Subtype") == "/OpenType":
            content = b"".join(stream.stream)
            if len(content) >= LARGE:
                stream.stream = [compress(differences(content), BEST)]
                stream.compress = False
                extra["Filter"] = "/FlateDecode"
                extra["DecodeParms"] = f"<</Predictor 12/Columns {COLUMNS}>>"


def differences(content: bytes) -> bytes:
    """Rows of two bytes, each less the row before it and led by the number of the predictor."""
    padded = content + bytes(-len(content) % COLUMNS)
    lagging = bytes(COLUMNS) + padded
    less = bytes((byte - before) & 0xFF for byte, before in zip(padded, lagging, strict=False))
    rows = bytearray((UP, *bytes(COLUMNS)) * (len(padded) // COLUMNS))
    for column in range(COLUMNS):
        rows[column + 1 :: COLUMNS + 1] = less[column::COLUMNS]
    return bytes(rows)
