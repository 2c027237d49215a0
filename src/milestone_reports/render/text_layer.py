"""Whether a PDF is one that a person can read and a program can search: it opens, has pages, and on each there is text.

Must not know what the text should be.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from milestone_reports.domain.message import message

if TYPE_CHECKING:
    from pikepdf import Object, Page

FONT = "Tf"
SHOWING = ("Tj", "TJ", "'", '"')
"""The operators of a page that put text on it."""

MAPPED = b"beginbf"
"""In the table of a font that says for which letter each of its glyphs stands."""


def fault_of_pdf(content: bytes) -> str:
    """What is wrong with a PDF, as what could follow "the PDF" in a sentence; empty where it can be read."""
    from pikepdf import Pdf, PdfError

    try:
        # A file that must be mended before it can be read is not the one that was made.
        with Pdf.open(BytesIO(content), attempt_recovery=False) as pdf:
            if not pdf.pages:
                return message("has no page")
            without = next((number for number, page in enumerate(pdf.pages, start=1) if not has_text(page)), None)
    except (PdfError, ValueError, LookupError, TypeError, AttributeError):  # whatever stands where it cannot
        return message("cannot be opened")
    return message("has no text on page {page}", page=without) if without else ""


def has_text(page: Page) -> bool:
    """Whether a page shows text in a font whose glyphs are known to be letters."""
    from pikepdf import ContentStreamInstruction, Name, parse_content_stream

    fonts: Any = page.resources.get(Name.Font, {})
    is_known = False
    for told in parse_content_stream(page, " ".join((FONT, *SHOWING))):
        if not isinstance(told, ContentStreamInstruction):  # an image that stands in the page itself
            continue
        if str(told.operator) == FONT:
            is_known = is_mapped(fonts.get(str(told.operands[0])))
        elif is_known and shows(told.operands[-1]):
            return True
    return False


def is_mapped(font: Object | None) -> bool:
    """Whether a font says for which letters its glyphs stand."""
    from pikepdf import Name, Stream

    table = None if font is None else font.get(Name.ToUnicode)
    return isinstance(table, Stream) and MAPPED in table.read_bytes()


def shows(operand: Object) -> bool:
    """Whether there is anything in what is to be shown: a text, or texts with the distances between them."""
    from pikepdf import Array, String

    if isinstance(operand, Array):
        return any(shows(one) for one in operand)
    return isinstance(operand, String) and bool(bytes(operand))
