"""Small logos, made where they are needed."""

from __future__ import annotations

import struct
import zlib

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">{}</svg>'
CIRCLE = '<circle cx="20" cy="20" r="18" fill="#1F4E9E"/>'


def svg(inside: str = CIRCLE) -> bytes:
    """A drawing of 120 by 40."""
    return SVG.format(inside).encode()


def png(width: int = 3, height: int = 2) -> bytes:
    """A picture that is black all over."""
    return png_of_parts(png_head(width, height), zlib.compress(b"\0" * (1 + 3 * width) * height))


def png_head(width: int = 3, height: int = 2, depth: int = 8, colour: int = 2, interlace: int = 0) -> bytes:
    """What a picture says of itself."""
    return struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)


def png_of_parts(head: bytes, *packed: bytes) -> bytes:
    """A picture of any parts, whether they fit together or not."""
    parts = ((b"IHDR", head), *((b"IDAT", body) for body in packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, body) for name, body in parts)


def _part(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
