"""All cards in one PDF, read back: its pages, outline, tags and title."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, cast

import pytest
from pdf_tags import complaints, kind, structure
from pypdf import PdfReader
from sample_site import new_rep_card, rep_card, stamp

from milestone_reports.render.binding import Binder, bundle_title
from milestone_reports.render.html import Pages
from milestone_reports.render.pdf import Printer
from milestone_reports.render.resources import templates_folder

PAGES = Pages(templates_folder(), "0.1.0")
CARDS = (rep_card(), new_rep_card(), rep_card("Ines Kovač", n_open=30))


@pytest.fixture(scope="module")
def printed() -> Sequence[bytes]:
    printer = Printer(templates_folder())
    return [printer.print(PAGES.rep_print(card)) for card in CARDS]


@pytest.fixture(scope="module")
def bundle(printed: Sequence[bytes]) -> PdfReader:
    return PdfReader(BytesIO(bound(printed)))


def bound(printed: Sequence[bytes]) -> bytes:
    binder = Binder()
    for card in printed:
        assert binder.add(card) is card
    return binder.bound("Northwind Industrial, all scorecards W47 2026")


def test_the_pages_are_those_of_the_cards_each_counted_by_itself(bundle: PdfReader, printed: Sequence[bytes]) -> None:
    cards = [PdfReader(BytesIO(card)) for card in printed]
    expected = [page.extract_text() for card in cards for page in card.pages]
    assert [page.extract_text() for page in bundle.pages] == expected
    assert ["Page 1 of 1" in " ".join(text.split()) for text in expected] == [False, False, True, False, False]


def test_the_outline_has_a_closed_entry_a_rep_that_leads_to_the_card(bundle: PdfReader) -> None:
    entries = [cast("Any", entry) for entry in bundle.outline if not isinstance(entry, list)]
    assert [entry.title for entry in entries] == [card.rep for card in CARDS]
    assert [bundle.get_destination_page_number(entry) for entry in entries] == [0, 2, 3]
    assert all(entry.node["/Count"] < 0 for entry in entries)  # closed, as PDF says it
    sections = cast("Sequence[Any]", bundle.outline[1])
    assert [section.title for section in sections][:2] == ["This week", "Next week"]


def test_its_tags_are_as_pdf_ua_has_them_and_each_card_is_a_part(bundle: PdfReader) -> None:
    assert complaints(bundle) == []
    assert [kind(element) for element in structure(bundle)].count("Part") == len(CARDS)


def test_its_title_is_its_own_and_its_language_the_cards(bundle: PdfReader) -> None:
    assert bundle.metadata
    assert bundle.metadata.title == "Northwind Industrial, all scorecards W47 2026"
    assert str(bundle.root_object["/Lang"]) == "en"


def test_the_same_cards_give_the_same_bytes(printed: Sequence[bytes]) -> None:
    assert bound(printed) == bound(printed)


@pytest.mark.parametrize(
    ("locale", "title"),
    [
        ("en_US", "Northwind Industrial, all scorecards W47 2026"),
        ("de_DE", "Northwind Industrial, alle Wochenkarten KW\u00a047 2026"),
    ],
)
def test_a_bundles_title_is_in_the_language_of_its_cards(locale: str, title: str) -> None:
    assert bundle_title(stamp(locale=locale)) == title
