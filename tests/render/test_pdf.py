"""PDFs read back: pages, text, fonts, tags, and what stays out of them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO

import pytest
from pdf_tags import complaints, kind, structure
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject
from sample_site import new_rep_card, rep_card, rollup, stamp, team_track, track_card

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.render.html import Pages
from milestone_reports.render.pdf import IN_MEMORY, NO_PANGO, Printer, in_memory_fetcher, with_values
from milestone_reports.render.resources import templates_folder
from milestone_reports.scorecards.pages import RepScorecard, TrackCard

PAGES = Pages(templates_folder(), "0.1.0")


@pytest.fixture(scope="module")
def printer() -> Printer:
    return Printer(templates_folder())


def printed(printer: Printer, card: RepScorecard) -> PdfReader:
    return PdfReader(BytesIO(printer.print(PAGES.rep_print(card))))


def text_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def many_tracks(n_tracks: int, times: int) -> Sequence[TrackCard]:
    one = track_card()
    names = tuple(f"Milestone number {n}" for n in range(4 * times))
    lines = tuple(replace(line, milestone=name) for line, name in zip(one.by_milestone * times, names, strict=True))
    steps = one.conversion[:3] * times
    return [
        replace(one, track=f"Track {n}", milestones=names, by_milestone=lines, conversion=steps)
        for n in range(n_tracks)
    ]


LONG_NAME = "Maximiliane Theodora Wilhelmina von Hohenstein-Oberbergheim zu Westerkamp und Lauenburg"
CARDS = {
    "usual": rep_card(),
    "letter": rep_card(made=stamp(paper="Letter")),
    "new": new_rep_card(),
    "sixty open": rep_card(n_open=60),
    "sixty open on letter": rep_card(n_open=60, made=stamp(paper="Letter")),
    "long ledgers": rep_card(n_planned=40, n_more=40),
    "long name": rep_card(LONG_NAME, n_open=40, n_planned=12),
    "no quota": rep_card(tracks=(track_card(with_quota=False),)),
    "two tracks": rep_card(n_open=30, tracks=many_tracks(2, 1)),
    "three tracks of eight on letter": rep_card(n_open=60, tracks=many_tracks(3, 2), made=stamp(paper="Letter")),
    "six tracks of eight": rep_card(n_open=60, n_planned=30, tracks=many_tracks(6, 2)),
}


@pytest.fixture(scope="module")
def all_cards(printer: Printer) -> Mapping[str, bytes]:
    return {name: printer.print(PAGES.rep_print(card)) for name, card in CARDS.items()}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_at_most_two_pages_under_150_kb_and_tagged_as_pdf_ua_has_it(
    all_cards: Mapping[str, bytes], name: str
) -> None:
    pdf = PdfReader(BytesIO(all_cards[name]))
    assert len(pdf.pages) <= 2
    assert len(all_cards[name]) < 150_000
    assert complaints(pdf) == []


def test_a_new_reps_card_is_one_page(printer: Printer) -> None:
    assert len(printed(printer, new_rep_card()).pages) == 1


def test_the_articles_example_stands_in_the_pdfs_text(printer: Printer) -> None:
    text = text_of(printed(printer, rep_card()))
    for words in (
        "$600,000",
        "$50,000",
        "12 contracts",
        "4 milestones",
        "48 a year",
        "96 a year",
        "8 a month",
        "2 a week",
    ):
        assert words in text, words
    assert "ideal: 4 a month, 1 a week" in text


@pytest.mark.parametrize("n_tracks", [1, 2])
def test_a_teams_tags_are_as_pdf_ua_has_them(printer: Printer, n_tracks: int) -> None:
    team = rollup(tracks=(team_track(12),) * n_tracks)
    assert complaints(PdfReader(BytesIO(printer.print(PAGES.team_print(team))))) == []


def test_a_bare_pdf_is_complained_of() -> None:
    assert complaints(PdfReader(BytesIO(bare_pdf()))) == [
        "the document has no language",
        "the document has no title",
        "the document's title is not shown",
        "the document is not marked as tagged",
        "the document has no structure",
        "the metadata do not say PDF/UA-1",
        "the metadata have no title",
        "there is no heading",
        "page 1: the tab order is not that of the structure",
        "page 1 leads to no structure",
        "page 1 has nothing in the structure",
        "page 1: f paints what is neither in the structure nor an artifact",
    ]


def bare_pdf() -> bytes:
    """A page with a square on it and nothing else."""
    writer, written = PdfWriter(), BytesIO()
    page, square = writer.add_blank_page(100, 100), StreamObject()
    square.set_data(b"0 0 10 10 re f")
    page[NameObject("/Contents")] = writer._add_object(square)  # noqa: SLF001  pypdf has no other way
    writer.metadata = None
    writer.write(written)
    return written.getvalue()


def test_marks_that_repeat_a_rows_numbers_are_no_figures_and_charts_say_what_they_show(printer: Printer) -> None:
    said = [str(element["/Alt"]) for element in structure(printed(printer, rep_card())) if kind(element) == "Figure"]
    assert len(said) == len(("thirteen weeks", "the year"))
    assert said[0].startswith("Last thirteen weeks, milestones done: W35 1")


def test_every_page_says_whose_it_is_of_which_week_day_and_workbook_and_which_page_of_how_many(
    printer: Printer,
) -> None:
    team = PdfReader(BytesIO(printer.print(PAGES.team_print(rollup(tracks=(team_track(90),))))))
    for pdf, whose in ((printed(printer, rep_card()), "Priya Raman"), (team, "Northwind Industrial")):
        assert len(pdf.pages) > 1
        for number, page in enumerate(pdf.pages, start=1):
            text = " ".join(page.extract_text().split())
            for words in (
                whose,
                "Week 47, 16–22 November 2026",
                "as of 22 November 2026",
                "northwind-pipeline-2026.xlsx",
                f"Page {number} of {len(pdf.pages)}",
            ):
                assert words in text, (number, words)


def test_a_german_card_is_dated_and_its_pages_are_counted_in_german(printer: Printer) -> None:
    pdf = printed(printer, rep_card(made=stamp(locale="de_DE")))
    assert str(pdf.root_object["/Lang"]) == "de"
    first, second = (" ".join(page.extract_text().split()) for page in pdf.pages)
    assert "Stand Sonntag, 22. November" in first
    assert "Seite 2 von 2" in second


def test_a_pdf_has_its_running_lines_title_language_and_tags(printer: Printer) -> None:
    pdf = printed(printer, rep_card())
    assert pdf.metadata
    assert pdf.metadata.title == "Priya Raman, weekly scorecard W47 2026"
    assert pdf.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    first, second = (" ".join(page.extract_text().split()) for page in pdf.pages)
    assert "Week 47, 16–22 November 2026, as of Sunday, 22 November" in first
    for words in ("Priya Raman, weekly scorecard", "Week 47, 16–22 November 2026", "Page 2 of 2"):
        assert words in second, words
    assert "From northwind-pipeline-2026.xlsx, last saved 23 Nov 2026, 06:40; as of 22 November 2026." in second


def test_the_typeface_is_inside_and_no_other(printer: Printer) -> None:
    pdf = printed(printer, rep_card())
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in pdf.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts
    assert all(re.match(r"Source-?Sans-?3", font) for font in fonts), fonts


@pytest.mark.parametrize(("paper", "width_mm"), [("A4", 210.0), ("Letter", 215.9)])
def test_the_paper_is_the_one_asked_for(printer: Printer, paper: str, width_mm: float) -> None:
    box = printed(printer, rep_card(made=stamp(paper=paper))).pages[0].mediabox
    assert float(box.width) * 25.4 / 72 == pytest.approx(width_mm, abs=0.1)


def test_the_same_markup_gives_the_same_bytes(printer: Printer) -> None:
    html = PAGES.rep_print(rep_card())
    assert printer.print(html) == printer.print(html) == Printer(templates_folder()).print(html)


def test_a_hostile_name_stands_in_the_margin_as_text(printer: Printer) -> None:
    name = 'O"Brien</style> \\ & Söhne'
    assert name in text_of(printed(printer, rep_card(name)))


def test_a_teams_report_holds_every_rep(printer: Printer) -> None:
    pdf = PdfReader(BytesIO(printer.print(PAGES.team_print(rollup()))))
    text = text_of(pdf)
    assert "Anna Lindqvist" in text
    assert "Daniel Okafor" in text
    assert len(pdf.pages) <= 3


def test_a_large_teams_report_repeats_its_column_heads_and_says_its_sums_once(printer: Printer) -> None:
    team = rollup(tracks=(team_track(90),))
    pdf = PdfReader(BytesIO(printer.print(PAGES.team_print(team))))
    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert len([page for page in pages if "Rep Done Planned Target" in page]) > 1
    assert len([page for page in pages if "Carried Target" in page]) > 1
    assert len(re.findall(r"\bTeam \d+ \d+", " ".join(pages))) == 1


def test_nothing_is_fetched_from_outside_the_process() -> None:
    fetch = in_memory_fetcher({"known": b"here"})
    assert fetch(f"{IN_MEMORY}known").read() == b"here"
    for address in ("http://127.0.0.1:9/x.css", "file:///etc/hostname", "ftp://127.0.0.1/x"):
        with pytest.raises(ValueError, match="disallowed"):
            fetch(address)


def test_importing_the_printer_does_not_load_weasyprint() -> None:
    code = "import sys, milestone_reports.render.pdf; print('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_without_pango_the_sentence_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [module for module in sys.modules if module.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr("cffi.FFI.dlopen", _no_library)
    with pytest.raises(CannotGoOnError) as stopped:
        Printer(templates_folder()).print("<p>text</p>")
    assert str(stopped.value) == NO_PANGO


def _no_library(*_: object) -> object:
    raise OSError("cannot load library")


def test_custom_properties_are_put_in_place_as_paper_has_them() -> None:
    css = (
        ":root { --ink: #111; --hair: 1px; }\n"
        "@media screen and (prefers-color-scheme: dark) { :root { --ink: #eee; } }\n"
        "@media print { :root { --hair: .5pt; } }\n"
        "p { color: var(--ink); border: var(--hair) solid var(--ink); }"
    )
    assert "p { color: #111; border: .5pt solid #111; }" in with_values(css)
    assert "var(" not in with_values(css)
    assert "#eee" not in with_values(css)
