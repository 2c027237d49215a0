"""PDFs that a person can read and a program can search, and those that look as if."""

from __future__ import annotations

from io import BytesIO

import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from sample_site import rep_card

from milestone_reports.render.html import Pages
from milestone_reports.render.pdf import Printer
from milestone_reports.render.resources import templates_folder
from milestone_reports.render.text_layer import fault_of_pdf

SHOWN = b"BT /F1 12 Tf (Kickoff) Tj ET"
TABLE = b"1 beginbfchar <4B> <004B> endbfchar"


@pytest.fixture(scope="module")
def card() -> bytes:
    return Printer(templates_folder()).print(Pages(templates_folder(), "0.1.0").rep_print(rep_card(n_open=60)))


def made(*contents: bytes, table: bytes | None = TABLE) -> bytes:
    """A PDF with a page for each of these contents, and a font that says by this table what its glyphs are."""
    pdf, written = Pdf.new(), BytesIO()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    if table is not None:
        font.ToUnicode = pdf.make_stream(table)
    image = pdf.make_stream(
        bytes(3),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=1,
        Height=1,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
    )
    for content in contents:
        page = pdf.add_blank_page()
        page.Resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary(I1=image))
        page.Contents = pdf.make_stream(content)
    pdf.save(written)
    return written.getvalue()


def test_a_printed_scorecard_can_be_read(card: bytes) -> None:
    with Pdf.open(BytesIO(card)) as pdf:
        assert len(pdf.pages) == 2
    assert fault_of_pdf(card) == ""


def test_a_file_cut_short_or_of_another_kind_cannot_be_opened(card: bytes) -> None:
    for content in (card[: len(card) // 2], card[:-100], b"", b"%PDF-1.7\n", b"<!doctype html><p>Not found"):
        assert fault_of_pdf(content) == "cannot be opened"


def test_a_file_without_pages_is_told_so() -> None:
    assert fault_of_pdf(made()) == "has no page"


@pytest.mark.parametrize(
    "content",
    [
        b"q 100 0 0 100 0 0 cm /I1 Do Q",  # a picture alone
        b"",
        b"BT /F1 12 Tf () Tj [() -20] TJ ET",  # nothing is shown
        b"BT /F2 12 Tf (Kickoff) Tj ET",  # in a font that is not there
    ],
)
def test_a_page_without_text_is_told_so(content: bytes) -> None:
    assert fault_of_pdf(made(content)) == "has no text on page 1"
    assert fault_of_pdf(made(SHOWN, content)) == "has no text on page 2"


def test_text_in_a_font_that_names_no_letters_is_none() -> None:
    assert fault_of_pdf(made(SHOWN, table=None)) == "has no text on page 1"
    assert fault_of_pdf(made(SHOWN, table=b"")) == "has no text on page 1"


@pytest.mark.parametrize("shown", [b"(Kickoff) Tj", b"[(Kick) -20 (off)] TJ", b"(Kickoff) '", b'1 0 (Kickoff) "'])
def test_text_is_known_however_it_is_shown(shown: bytes) -> None:
    assert fault_of_pdf(made(b"BT /F1 12 Tf " + shown + b" ET")) == ""


def test_a_page_that_is_no_page_is_no_reason_to_fail(card: bytes) -> None:
    broken, written = Pdf.open(BytesIO(card)), BytesIO()
    broken.pages[0].obj.Resources = Array()
    broken.save(written)
    assert fault_of_pdf(written.getvalue()) == "has no text on page 1"
