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
    rows = b"".join(b"\0" + b"\0\0\0" * min(width, 50) for _ in range(min(height, 50)))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(name, body) for name, body in parts)


def _part(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
