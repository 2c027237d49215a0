"""What PDF/UA-1 asks of a tagged PDF beyond what WeasyPrint writes: done on the document before it is written.

Running lines and marks that only repeat a row's numbers become artifacts, header cells say what they head, and a
figure's box is measured as PDF measures. All of it works on pydyf's dictionaries and lists, which are Python's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

Element: TypeAlias = Any
"""A dictionary of pydyf, which has no types; another one is named in it by its reference, as bytes."""

POINTS_A_PIXEL = 0.75
HEIGHT = 3
"""Of a page's box: left, bottom, right, top."""


def complete_tags(pdf: Element) -> None:
    """Mend the structure of a document that is ready to be written."""
    structure = Structure(pdf)
    structure.set_aside(structure.not_for_reading())
    structure.name_what_headers_head()
    structure.pair_terms()
    structure.measure_figures()


class Structure:
    """The structure tree of one document, with the pages and the content that it marks."""

    def __init__(self, pdf: Element) -> None:
        self._objects = pdf.objects
        self._pages = {reference: at for at, reference in enumerate(pdf.page_references)}
        root = self._at(pdf.catalog["StructTreeRoot"])
        self._top = self._at(root["K"][0])
        self._slots: Sequence[list[Any]] = self._at(root["ParentTree"])["Nums"][1::2]
        self._elements: list[Element] = [
            item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/StructElem"
        ]

    def not_for_reading(self) -> list[Element]:
        """What stands outside of the tree, as running lines do, figures without a text, and spaces between terms."""
        in_tree = {id(element) for element in self._under(self._top)}
        return [
            element
            for element in self._elements
            if id(element) not in in_tree
            or (element["S"] == "/Figure" and "Alt" not in element)
            or (element["S"] == "/Span" and self._is_between_terms(element))
        ]

    def _is_between_terms(self, element: Element) -> bool:
        """Whether it stands right in a list, or in a group of it, where terms and what is said of them belong."""
        holder = self._at(element["P"])
        return bool(holder["S"] == "/L" or self._is_group(holder))

    def _is_group(self, element: Element) -> bool:
        return bool(element.get("S") == "/Div" and self._at(element["P"]).get("S") == "/L")

    def set_aside(self, elements: Sequence[Element]) -> None:
        """What the elements mark is an artifact, and they are of the tree no more."""
        marks: dict[int, set[int]] = {}
        for element in elements:
            numbers = [kid for kid in element["K"] if isinstance(kid, int)]
            marks.setdefault(self._pages[element["Pg"]], set()).update(numbers)
            parent = self._at(element["P"])
            if "K" in parent and element.reference in parent["K"]:
                parent["K"].remove(element.reference)
        for element in elements:
            element.clear()
        for page, numbers_there in marks.items():
            self._make_artifacts(page, numbers_there)

    def name_what_headers_head(self) -> None:
        """A header cell in a table's head is of its column, any other of its row: no cell need list its headers."""
        for cell in self._elements:
            if cell.get("S") == "/TH":
                in_head = self._at(self._at(cell["P"])["P"])["S"] == "/THead"
                cell["A"]["Scope"] = "/Column" if in_head else "/Row"
                cell.pop("ID", None)
            elif cell.get("S") == "/TD":
                cell["A"].pop("Headers", None)

    def pair_terms(self) -> None:
        """A term and what is said of it, grouped in a list of terms, are one item: its label and its body."""
        for group in self._elements:
            if self._is_group(group):
                group["S"] = "/LI"
                items = [self._at(kid) for kid in group["K"]]
                group["K"][:] = [kid for item in items for kid in item["K"]]
                for item in items:
                    item.clear()
                for at, kid in enumerate(group["K"]):
                    said = self._at(kid)
                    said["P"], said["S"] = group.reference, "/LBody" if at else "/Lbl"

    def measure_figures(self) -> None:
        """The box of each figure in points from the page's lower left corner; it was in pixels from the upper left."""
        for figure in self._elements:
            if figure.get("S") == "/Figure":
                left, top, right, bottom = (POINTS_A_PIXEL * length for length in figure["A"]["BBox"])
                height = self._at(figure["Pg"])["MediaBox"][HEIGHT]
                figure["A"]["BBox"][:] = [left, height - bottom, right, height - top]

    def _make_artifacts(self, page: int, marks: set[int]) -> None:
        """Rewrite what begins each marked content: `/Span <</MCID 7>> BDC` to `/Artifact BMC`."""
        slots = self._slots[page]
        for mark in marks:
            slots[mark] = "null"
        reference = next(reference for reference, at in self._pages.items() if at == page)
        content = self._at(self._at(reference)["Contents"]).stream
        beginnings = [at for at, part in enumerate(content) if part == b"BDC"]
        for at in reversed(beginnings):
            if content[at - 1]["MCID"] in marks:
                content[at - 2 : at + 1] = ["/Artifact", b"BMC"]

    def _under(self, element: Element) -> Iterator[Element]:
        yield element
        for kid in element["K"]:
            if isinstance(kid, bytes) and "S" in self._at(kid):
                yield from self._under(self._at(kid))

    def _at(self, reference: bytes) -> Element:
        return self._objects[int(reference.split()[0])]
