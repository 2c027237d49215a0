"""One PDF of many: the printed cards of a team behind one another, for its manager.

With text_layer the only importer of pikepdf.

The cards are those that were printed already: none is laid out again. Their pages keep their numbers, their structure
goes under one tree, their outlines into one, and what the reader is told of a document is told of the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, cast

from milestone_reports.render.html import formats_of
from milestone_reports.render.language import gettext, language_of, speaking

if TYPE_CHECKING:
    from pikepdf import OutlineItem, Pdf

    from milestone_reports.scorecards.pages import Stamp

BUNDLE = "all-scorecards.pdf"


def bundle_title(stamp: Stamp) -> str:
    """What the bundle of a team's cards is called."""
    with speaking(language_of(stamp.locale)):
        week = formats_of(stamp).week(stamp.week)
        return gettext("{team}, all scorecards {week} {year}", team=stamp.team, week=week, year=stamp.week[:4])


class Binder:
    """Takes printed cards as they come, and binds them."""

    def __init__(self) -> None:
        self._printed: list[bytes] = []

    def add(self, printed: bytes) -> bytes:
        """Keep a printed card, unless it is empty, for the bundle; it is handed on as it is."""
        if printed:
            self._printed.append(printed)
        return printed

    def bound(self, title: str) -> bytes:
        """All cards as one tagged PDF, in the order in which they came: the same bytes for the same cards.

        Empty where all of them are.
        """
        if not self._printed:
            return b""
        from pikepdf import ObjectStreamMode, Pdf

        cards = [Pdf.open(BytesIO(printed)) for printed in self._printed]
        bundle, written = Pdf.new(), BytesIO()
        for card in cards:
            bundle.pages.extend(card.pages)
        bind_structure(bundle, cards)
        bind_outlines(bundle, cards)
        entitle(bundle, cards[0], title)
        bundle.save(written, min_version="1.7", object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
        return written.getvalue()


def bind_structure(bundle: Pdf, cards: Sequence[Pdf]) -> None:
    """Each card's tree as a part of one document, and each page's number in the table that leads to it."""
    from pikepdf import Array, Dictionary, Integer, Name, Object

    root = bundle.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    whole = bundle.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    places: list[Object] = []
    first = 0
    for card in cards:
        tree = bundle.copy_foreign(card.Root.StructTreeRoot)
        part = tree.K[0]
        part.S, part.P = Name.Part, whole
        whole.K.append(part)
        for at in range(len(card.pages)):
            bundle.pages[first + at].obj.StructParents = first + at
            places += [Integer(first + at), tree.ParentTree.Nums[2 * at + 1]]
        first += len(card.pages)
    root.K, root.ParentTree, root.ParentTreeNextKey = Array([whole]), Dictionary(Nums=Array(places)), first
    bundle.Root.StructTreeRoot = root


def bind_outlines(bundle: Pdf, cards: Sequence[Pdf]) -> None:
    """An entry for each card, closed, over its sections."""
    first = 0
    with bundle.open_outline() as outline:
        for card in cards:
            numbers = {page.obj.objgen: first + at for at, page in enumerate(card.pages)}
            with card.open_outline() as of_card:
                outline.root.extend(elsewhere(entry, bundle, numbers) for entry in of_card.root)
            first += len(card.pages)


def elsewhere(entry: OutlineItem, bundle: Pdf, numbers: dict[tuple[int, int], int]) -> OutlineItem:
    """An outline's entry with those below it, leading to the same places in the bundle."""
    from pikepdf import Array, OutlineItem

    page, *place = cast("Array", entry.destination)
    moved = OutlineItem(entry.title, Array([bundle.pages[numbers[page.objgen]].obj, *place]))
    moved.children.extend(elsewhere(child, bundle, numbers) for child in entry.children)
    moved.is_closed = True
    return moved


def entitle(bundle: Pdf, card: Pdf, title: str) -> None:
    """The bundle's title; all else that a reader is told is as the first card has it."""
    from pikepdf import Name

    for told in (Name.Lang, Name.MarkInfo, Name.ViewerPreferences, Name.Metadata):
        bundle.Root[told] = bundle.copy_foreign(card.make_indirect(card.Root[told]))
    for name, value in card.docinfo.items():
        bundle.docinfo[name] = str(value)
    with bundle.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = title
