"""What PDF/UA-1 asks of a PDF and a program can check, read back with a parser that did not write it.

`complaints` is empty for a good PDF. Not checked: what only people can judge, whether a text describes its figure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject, StreamObject

Element = DictionaryObject

PAINTING = {
    b"Tj", b"TJ", b"'", b'"', b"Do", b"sh", b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"INLINE IMAGE",
}  # fmt: skip
STANDARD = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "P", "H1", "H2", "H3", "L", "LI", "Lbl", "LBody",
    "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Figure", "Link", "NonStruct",
}  # fmt: skip
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def complaints(pdf: PdfReader) -> list[str]:
    """Everything that is not as PDF/UA-1 has it, in one sentence each."""
    elements = list(structure(pdf))
    return [
        *of_the_document(pdf),
        *of_the_elements(elements),
        *of_tables([element for element in elements if kind(element) == "Table"]),
        *of_headings([kind(element) for element in elements]),
        *(said for page in pdf.pages for said in of_a_page(page, marks_of(elements, page))),
        *of_fonts(pdf),
    ]


def structure(pdf: PdfReader) -> Iterator[Element]:
    """Every structure element, in reading order."""
    root = pdf.root_object.get("/StructTreeRoot")
    yield from under(root.get_object()) if root else ()


def under(element: Element) -> Iterator[Element]:
    """The elements below one, itself left out."""
    for kid in children(element):
        yield kid
        yield from under(kid)


def children(element: Element) -> Sequence[Element]:
    """An element's elements; content that it marks is none."""
    kids = (kid.get_object() for kid in element.get("/K", []))
    return [kid for kid in kids if isinstance(kid, DictionaryObject) and "/S" in kid]


def kind(element: Element) -> str:
    """An element's type without its slash."""
    return str(element["/S"])[1:]


def parent(element: Element) -> Element:
    """The element that holds one."""
    return cast("Element", element["/P"].get_object())


def marks_of(elements: Sequence[Element], page: PageObject) -> Counter[int]:
    """The numbers of a page's content that the tree holds, and how often it does."""
    there = [element for element in elements if "/Pg" in element and element.raw_get("/Pg") == page.indirect_reference]
    return Counter(int(kid) for element in there for kid in element.get("/K", []) if isinstance(kid, int))


def of_the_document(pdf: PdfReader) -> Iterator[str]:
    """Title, language, the claim of PDF/UA, and that it is tagged."""
    root = pdf.root_object
    if not root.get("/Lang"):
        yield "the document has no language"
    if not (pdf.metadata and pdf.metadata.title):
        yield "the document has no title"
    if not cast("Mapping[str, object]", root.get("/ViewerPreferences", {})).get("/DisplayDocTitle"):
        yield "the document's title is not shown"
    if not cast("Mapping[str, object]", root.get("/MarkInfo", {})).get("/Marked"):
        yield "the document is not marked as tagged"
    if "/StructTreeRoot" not in root:
        yield "the document has no structure"
    told = cast("StreamObject", root["/Metadata"].get_object()).get_data().decode() if "/Metadata" in root else ""
    if not re.search(r"pdfuaid:part(=\"1\"|>1<)", told):
        yield "the metadata do not say PDF/UA-1"
    if "<dc:title>" not in told:
        yield "the metadata have no title"


def of_the_elements(elements: Sequence[Element]) -> Iterator[str]:
    """Known types only; figures with a text and a box; identifiers, if any, in an index."""
    for element in elements:
        name = kind(element)
        if name not in STANDARD:
            yield f"an element is a {name}, which PDF does not know"
        if name == "Figure" and not str(element.get("/Alt", "")).strip():
            yield "a figure has no text"
        if name == "Figure" and "/BBox" not in element.get("/A", {}):
            yield "a figure has no box"
        if name == "L" and {kind(kid) for kid in children(element)} - {"LI", "Caption"}:
            yield "a list holds what is no item"
        if name == "LI" and kind(parent(element)) != "L":
            yield "an item is in no list"
        if "/ID" in element:
            yield "an element has an identifier, and there is no index of them"


def of_tables(tables: Sequence[Element]) -> Iterator[str]:
    """Each has header cells, and each of these says whether it heads a column or a row."""
    for table in tables:
        headers = [cell for cell in under(table) if kind(cell) == "TH"]
        if not headers:
            yield "a table has no header cell"
        if any(cell.get("/A", {}).get("/Scope") not in {"/Column", "/Row"} for cell in headers):
            yield "a header cell does not say what it heads"
        if any(kind(parent(cell)) != "TR" for cell in headers):
            yield "a header cell is in no row"


def of_headings(kinds: Sequence[str]) -> Iterator[str]:
    """They begin at the first level and go down one level at a time."""
    before = 0
    for level in (int(name[1]) for name in kinds if re.fullmatch("H[1-6]", name)):
        if level > before + 1:
            yield f"a heading of level {level} follows one of level {before}"
        before = level
    if not before:
        yield "there is no heading"


def of_a_page(page: PageObject, marks: Counter[int]) -> Iterator[str]:
    """Everything that is painted is in the tree once or an artifact; the tab order is the structure's."""
    number = f"page {(page.page_number or 0) + 1}"
    if page.get("/Tabs") != "/S":
        yield f"{number}: the tab order is not that of the structure"
    if "/StructParents" not in page:
        yield f"{number} leads to no structure"
    if page.get("/Annots"):
        yield f"{number} has annotations, which are not checked here"
    if not marks:
        yield f"{number} has nothing in the structure"
    if any(times > 1 for times in marks.values()):
        yield f"{number}: content is in the structure twice"
    drawn = set()
    for operator, mark in painted(page):
        if mark is None:
            yield f"{number}: {operator.decode()} paints what is neither in the structure nor an artifact"
        else:
            drawn.add(mark)
    if drawn - {ARTIFACT} - set(marks):
        yield f"{number}: content is marked and not in the structure"


ARTIFACT = -1


def painted(page: PageObject) -> Iterator[tuple[bytes, int | None]]:
    """Each operator that paints with the number of the content it is in; none for content that is not marked."""
    content = ContentStream(page["/Contents"].get_object(), page.pdf)
    marks: list[int | None] = []
    for operands, operator in content.operations:
        if operator == b"BDC":
            marks.append(int(cast("Any", operands[1])["/MCID"]) if operands[0] != "/Artifact" else ARTIFACT)
        elif operator == b"BMC":
            marks.append(ARTIFACT if operands[0] == "/Artifact" else None)
        elif operator == b"EMC":
            marks.pop()
        elif operator in PAINTING:
            yield operator, next((mark for mark in reversed(marks) if mark is not None), None)


def of_fonts(pdf: PdfReader) -> Iterator[str]:
    """Each is embedded as a subset, and its glyphs can be read as text."""
    for page in pdf.pages:
        for reference in cast("Mapping[str, Any]", page["/Resources"]).get("/Font", {}).values():
            font = reference.get_object()
            name = str(font.get("/BaseFont", "a font of pictures"))
            within = font.get("/DescendantFonts", [font])[0].get_object()
            descriptor = within.get("/FontDescriptor", {})
            if font["/Subtype"] != "/Type3" and not any(file in descriptor for file in FONT_FILES):
                yield f"{name} is not embedded"
            if font["/Subtype"] != "/Type3" and not re.match(r"/[A-Z]{6}\+", name):
                yield f"{name} is not a subset"
            if "/ToUnicode" not in font:
                yield f"{name} cannot be read as text"
