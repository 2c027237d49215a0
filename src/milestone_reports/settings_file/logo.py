"""Logos: an SVG or a PNG is read as data and shown only if nothing in it runs, loads or breaks.

Must not know of the settings file.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.render.look import Logo
from milestone_reports.settings_file.drawing import LARGEST_SIDE, can_be_shown, svg_sizes, unsafe_part
from milestone_reports.settings_file.expansion import MOST_DRAWN, is_endless
from milestone_reports.settings_file.png import PNG_SIGNATURE, png_of

LARGEST = 64 * 1024
"""Bytes: it is in every PDF, and a card's is to stay small enough to send."""

MOST_PIXELS = 4000
"""A side of a PNG."""

MOST_STRETCHED = 20
"""The longer side in parts of the shorter: a logo beyond it is a hair's breadth high at the head of a page."""

SVG = "{http://www.w3.org/2000/svg}"


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
    png = png_of(content)
    head = png.head
    if head and max(head.width, head.height) > MOST_PIXELS:
        raise CannotGoOnError(
            f"{path}: {head.width:,} by {head.height:,} pixels; up to {MOST_PIXELS:,} a side are shown. "
            "Fix: save it smaller."
        )
    if not head or not png.is_whole(head):
        raise CannotGoOnError(f"{path}: this PNG is damaged or cut off. Fix: save it again.")
    refuse_stretched(path, head.width, head.height)
    return Logo("png", content, head.width, head.height)


def svg_logo(path: Path, content: bytes) -> Logo:
    """An SVG that only draws.

    Raises: CannotGoOnError.
    """
    root, instructions = read_svg(path, content)
    if root.tag != f"{SVG}svg":
        raise CannotGoOnError(f"{path}: this is neither SVG nor PNG. Fix: save the logo as one of them.")
    styled = "there is an instruction to load a style sheet" if "xml-stylesheet" in instructions else ""
    if fault := unsafe_part(root) or styled:
        raise CannotGoOnError(
            f"{path}: {fault}, which a logo may not hold, as a page runs and loads nothing. "
            "Fix: save it as plain SVG without it, or as PNG."
        )
    if is_endless(root):
        raise CannotGoOnError(
            f"{path}: parts of this SVG use one another, so that more than {MOST_DRAWN:,} would be drawn. "
            "Fix: save it as plain SVG without them, or as PNG."
        )
    sizes = svg_sizes(root)
    if not sizes:
        raise CannotGoOnError(
            f"{path}: this SVG does not say how wide and how high it is. Fix: give it a viewBox, or save it as PNG."
        )
    if not can_be_shown(root):
        raise CannotGoOnError(
            f"{path}: the width, the height or the viewBox of this SVG is nothing, or more than {LARGEST_SIDE:,}. "
            "Fix: correct it, or save it as PNG."
        )
    for size in sizes:
        refuse_stretched(path, *size)
    return Logo("svg", content, *sizes[0])


def refuse_stretched(path: Path, width: float, height: float) -> None:
    """Refuse a logo that would be next to nothing at the height that a page has for it.

    Raises: CannotGoOnError.
    """
    if max(width, height) > MOST_STRETCHED * min(width, height):
        raise CannotGoOnError(
            f"{path}: {width:g} by {height:g}; no side may be more than {MOST_STRETCHED} times the other. "
            "Fix: save the logo without the empty space around it, or another form of it."
        )


class SvgBuilder(TreeBuilder):
    """A drawing as it is read, with the names of the instructions around it, which a tree leaves out."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.instructions: set[str] = set()

    def pi(self, target: str, text: str | None = None) -> Element:
        """Remember an instruction."""
        self.instructions.add(target)
        return super().pi(target, text)


def read_svg(path: Path, content: bytes) -> tuple[Element, set[str]]:
    """The drawing in a file, and the names of the instructions in it.

    Raises: CannotGoOnError.
    """
    builder = SvgBuilder()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        parser.feed(content)
        root: Element = parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise CannotGoOnError(
            f"{path}: this cannot be read as SVG ({told(error)}). Fix: save it again as plain SVG, or as PNG."
        ) from error
    return root, builder.instructions


def told(error: Exception) -> str:
    """Why a text is no SVG."""
    return "it has a document type" if isinstance(error, DefusedXmlException) else str(error)
