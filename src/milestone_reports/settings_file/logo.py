"""Logos: an SVG or a PNG is read as data and shown only if nothing in it runs, loads or breaks.

Must not know of the settings file.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.names import quoted
from milestone_reports.render.look import Logo

LARGEST = 64 * 1024
"""Bytes: it is in every PDF, and a card's is to stay small enough to send."""

MOST_PIXELS = 4000
"""A side of a PNG."""

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
SVG = "{http://www.w3.org/2000/svg}"
ACTIVE = {"script", "foreignObject", "iframe", "embed", "object", "audio", "video", "handler", "listener"}
"""Elements that run something or bring in a page."""

INNER_ADDRESS = re.compile(r"#|data:image/(?:png|jpeg|gif|webp)[;,]", re.IGNORECASE)
ADDRESS_IN_STYLE = re.compile(r"url\(\s*['\"]?\s*(?P<address>[^'\")]*)|(?P<rule>@import)|(?P<escape>\\)", re.IGNORECASE)
LENGTH = re.compile(r"\s*(\d+(?:\.\d*)?|\.\d+)(?:px|pt|pc|mm|cm|in|Q)?\s*")
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def logo_of(path: Path) -> Logo:
    """The logo in a file.

    Raises: CannotGoOnError where it is not there, too large, damaged, or holds what a picture has no need of.
    """
    content = content_of(path)
    if content.startswith(PNG_SIGNATURE):
        return png_logo(path, content)
    if path.suffix.lower() == ".png":
        raise CannotGoOnError(f"{path}: this is no PNG, whatever its name says. Fix: save the logo as PNG or SVG.")
    return svg_logo(path, content)


def content_of(path: Path) -> bytes:
    """The bytes of a file that is not too large.

    Raises: CannotGoOnError.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise CannotGoOnError(
            f"{path}: this logo is not there. Fix: correct logo; it is relative to the file of settings."
        ) from error
    except OSError as error:
        reason = (error.strerror or "it could not be read").lower()
        raise CannotGoOnError(f"{path}: {reason}. Fix: name a logo that can be read.") from error
    if len(content) > LARGEST:
        raise CannotGoOnError(
            f"{path}: a logo may have up to {LARGEST // 1024} kB, as it is in every PDF. "
            "Fix: save it smaller, or as a plain SVG."
        )
    return content


def png_logo(path: Path, content: bytes) -> Logo:
    """A PNG whose parts are all whole.

    Raises: CannotGoOnError.
    """
    parts = list(png_parts(content))
    if not parts or parts[0][0] != b"IHDR" or parts[-1][0] != b"IEND":
        raise CannotGoOnError(f"{path}: this PNG is damaged or cut off. Fix: save it again.")
    width, height = struct.unpack(">II", parts[0][1][:8])
    if not 0 < width <= MOST_PIXELS or not 0 < height <= MOST_PIXELS:
        raise CannotGoOnError(
            f"{path}: {width:,} by {height:,} pixels; up to {MOST_PIXELS:,} a side are shown. Fix: save it smaller."
        )
    return Logo("png", content, width, height)


def png_parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a PNG, each with its name, up to the first that is not whole."""
    place = len(PNG_SIGNATURE)
    while place + 12 <= len(content):
        length, name = struct.unpack(">I4s", content[place : place + 8])
        body = content[place + 8 : place + 8 + length]
        check = content[place + 8 + length : place + 12 + length]
        if check != struct.pack(">I", zlib.crc32(name + body)):
            return
        yield name, body
        place += 12 + length


def svg_logo(path: Path, content: bytes) -> Logo:
    """An SVG that only draws.

    Raises: CannotGoOnError.
    """
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise CannotGoOnError(
            f"{path}: this cannot be read as SVG ({told(error)}). Fix: save it again as plain SVG, or as PNG."
        ) from error
    if root.tag != f"{SVG}svg":
        raise CannotGoOnError(f"{path}: this is neither SVG nor PNG. Fix: save the logo as one of them.")
    if fault := unsafe_part(root) or stylesheet_instruction(content):
        raise CannotGoOnError(
            f"{path}: {fault}, which a logo may not hold, as a page runs and loads nothing. "
            "Fix: save it as plain SVG without it, or as PNG."
        )
    size = svg_size(root)
    if size is None:
        raise CannotGoOnError(
            f"{path}: this SVG does not say how wide and how high it is. Fix: give it a viewBox, or save it as PNG."
        )
    return Logo("svg", content, *size)


def told(error: Exception) -> str:
    """Why a text is no SVG."""
    return "it has a document type" if isinstance(error, DefusedXmlException) else str(error)


def stylesheet_instruction(content: bytes) -> str:
    """What is said of a style sheet outside the drawing; empty where there is none."""
    return "there is an instruction to load a style sheet" if b"<?xml-stylesheet" in content else ""


def unsafe_part(root: Element) -> str:
    """The first part of a drawing that runs or loads something; empty where there is none."""
    return next((fault for element in root.iter() if (fault := fault_of(element))), "")


def fault_of(element: Element) -> str:
    """What one element runs or loads; empty where it does not."""
    tag = element.tag.rpartition("}")[2]
    if tag in ACTIVE:
        return f"there is an element <{tag}>"
    if tag == "style" and loads(element.text or ""):
        return "its style loads a file"
    for name, value in element.attrib.items():
        if fault := attribute_fault(name.rpartition("}")[2], value):
            return fault
    return ""


def attribute_fault(name: str, value: str) -> str:
    """What one attribute runs or loads; empty where it does not."""
    if name.lower().startswith("on"):
        return f"there is an attribute {name}"
    if name in {"href", "src"} and not INNER_ADDRESS.match(value.strip()):
        return f"there is a reference to {quoted(value)}"
    if name == "attributeName" and value.rpartition(":")[2] == "href":
        return "there is an animation of a reference"
    return f"its {name} loads a file" if loads(value) else ""


def loads(style: str) -> bool:
    """Whether a style names anything outside the drawing; one that hides its letters is taken to."""
    return any(
        match["rule"] or match["escape"] or not INNER_ADDRESS.match(match["address"].strip())
        for match in ADDRESS_IN_STYLE.finditer(style)
    )


def svg_size(root: Element) -> tuple[float, float] | None:
    """Width and height of a drawing, from its own or from its viewBox; None where neither says."""
    lengths = [LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    box = [float(number) for number in NUMBER.findall(root.get("viewBox", ""))]
    sides = box[2:] if len(box) == len("xywh") else [float(length[1]) for length in lengths if length]
    return (sides[0], sides[1]) if len(sides) == len("wh") and min(sides) > 0 else None
