"""A company's own templates, files, name and logo, on real pages."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sample_site import rep_card, rollup

from milestone_reports.domain.failure import CannotGoOnError, PublishingFailedError
from milestone_reports.render.accent import accent_of
from milestone_reports.render.html import SHEETS, Pages, SiteOptions, static_files
from milestone_reports.render.look import HOUSE_LOOK, Brand, Logo, Look
from milestone_reports.render.pdf import Printer
from milestone_reports.render.resources import templates_folder
from milestone_reports.render.template_folders import TemplateFolders
from milestone_reports.render.templating import catalogue

SITE = SiteOptions()
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><circle cx="20" cy="20" r="18"/></svg>'
BRAND = Brand("Nordwind & Co", Logo("svg", DRAWING, 120, 40), accent_of("#1F4E9E"), 'Not for "others"')


def put(folder: Path, **templates: str) -> Look:
    """A look with templates of one's own, by their names."""
    for name, text in templates.items():
        (folder / f"{name}.html.jinja").write_text(text, encoding="utf-8")
    return Look(own_templates=folder)


def card_page(look: Look) -> str:
    return Pages(templates_folder(), "0.1.0", look).rep(rep_card(), SITE).decode()


def fault(look: Look) -> str:
    with pytest.raises(PublishingFailedError) as failed:
        card_page(look)
    return str(failed.value)


def fix(said: str) -> str:
    return (
        f"{said}; nothing was published and the old site is as it was. Fix: mend that line; docs/templates.md lists "
        "what each template is given, and milestone-reports templates export writes ours to compare it with."
    )


# --- the brand ---


def test_name_logo_and_footer_stand_on_every_web_page() -> None:
    pages = Pages(templates_folder(), "0.1.0", Look(BRAND))
    for page in (
        pages.rep(rep_card(), SITE).decode(),
        pages.team(rollup(), SITE).decode(),
        pages.front([rollup()], SiteOptions(several_teams=True)).decode(),
    ):
        assert 'static/logo.svg" alt="Logo of Nordwind &amp; Co" height="32" width="96"><span>Nordwind &amp; Co' in page
        assert '<span class="own">Not for &#34;others&#34;</span>' in page
        assert 'static/css/brand.css">' in page


def test_the_logo_is_a_file_of_the_site() -> None:
    assert static_files(templates_folder(), Look(BRAND))["logo.svg"] == DRAWING


def test_a_logo_without_a_name_is_called_a_logo() -> None:
    assert 'alt="Logo" ' in card_page(Look(Brand(logo=BRAND.logo)))


def test_without_a_brand_nothing_of_it_is_on_the_page_or_in_the_folder() -> None:
    page = card_page(HOUSE_LOOK)
    assert not [word for word in ("company", "logo", "brand.css", 'class="own"') if word in page]
    assert {"css/brand.css", "logo.svg"}.isdisjoint(static_files(templates_folder()))


def test_the_printed_card_has_the_name_the_logo_with_its_text_and_the_footer() -> None:
    look = Look(BRAND)
    html = Pages(templates_folder(), "0.1.0", look).rep_print(rep_card())
    pdf = Printer(templates_folder(), look).print(html)
    read = PdfReader(BytesIO(pdf))
    assert "Nordwind & Co" in read.pages[0].extract_text()
    assert all('Not for "others"' in page.extract_text() for page in read.pages)
    assert "Nordwind & Co" not in read.pages[-1].extract_text() or len(read.pages) == 1
    assert b"Logo of Nordwind" in html.encode()


def test_the_brand_takes_no_room_on_paper() -> None:
    plain, branded = (
        PdfReader(
            BytesIO(
                Printer(templates_folder(), look).print(Pages(templates_folder(), "0.1.0", look).rep_print(rep_card()))
            )
        )
        for look in (HOUSE_LOOK, Look(BRAND))
    )
    assert len(branded.pages) == len(plain.pages)


def test_charts_on_paper_are_drawn_in_the_accent() -> None:
    pages = Pages(templates_folder(), "0.1.0", Look(BRAND))
    for printed in (pages.rep_print(rep_card()), pages.team_print(rollup())):
        assert "#1F4E9E" in printed
        assert "#006375" not in printed


# --- templates ---


def test_a_block_is_replaced_and_the_rest_of_the_template_stays(tmp_path: Path) -> None:
    look = put(
        tmp_path,
        rep='{% extends "original/rep.html.jinja" %}{% block note %}{{ super() }}<i>{{ card.rep }}</i>{% endblock %}',
    )
    page = card_page(look)
    assert "<i>Priya Raman</i>" in page
    assert page.replace("<i>Priya Raman</i>", "").split() == card_page(HOUSE_LOOK).split()


def test_a_base_of_ones_own_is_that_of_every_page(tmp_path: Path) -> None:
    look = put(tmp_path, base='{% extends "original/base.html.jinja" %}{% block company %}<b>North</b>{% endblock %}')
    pages = Pages(templates_folder(), "0.1.0", look)
    assert b"<b>North</b>" in pages.rep(rep_card(), SITE)
    assert b"<b>North</b>" in pages.team(rollup(), SITE)


def test_a_whole_template_takes_the_place_of_ours(tmp_path: Path) -> None:
    assert card_page(put(tmp_path, rep="Only {{ card.rep }}")) == "Only Priya Raman"


def test_files_under_static_are_laid_over_ours_and_a_custom_sheet_is_linked_last(tmp_path: Path) -> None:
    css = tmp_path / "static" / "css"
    css.mkdir(parents=True)
    (css / "core.css").write_text("/* ours no more */")
    (css / "custom.css").write_text("/* last */")
    (css / ".hidden").write_text("")
    look = Look(own_templates=tmp_path)
    files, shipped = static_files(templates_folder(), look), static_files(templates_folder())
    assert set(files) - set(shipped) == {"css/custom.css"}
    assert {path for path in shipped if files[path] != shipped[path]} == {"css/core.css"}
    links = [line for line in card_page(look).splitlines() if 'rel="stylesheet"' in line]
    assert len(links) == len(SHEETS) + 1
    assert "css/custom.css" in links[-1]


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("\n{% block %}", 2, "expected token 'name', got 'end of statement block'"),
        ("{{ nobody }}", 1, "'nobody' is undefined"),
        ("\n\n{{ card.repp }}", 3, "RepScorecard has no 'repp'"),
        ('{% extends "nowhere.html.jinja" %}', 1, "there is no template 'nowhere.html.jinja'"),
        ("{{ card.rep.__class__.__mro__ }}", 1, "access to attribute '__class__' of 'str' object is unsafe"),
        (
            '{% extends "rep.html.jinja" %}',
            1,
            "it extends or includes itself; the template that it replaces has the name original/ and its own",
        ),
    ],
)
def test_a_fault_in_a_template_is_told_with_its_file_and_line(tmp_path: Path, text: str, line: int, found: str) -> None:
    said = fault(put(tmp_path, rep=text))
    assert said == fix(f"{tmp_path / 'rep.html.jinja'}, line {line}: {found}")


@pytest.mark.parametrize("name", ["rep", "base"])
def test_a_template_that_is_not_utf_8_is_told_with_its_file(tmp_path: Path, name: str) -> None:
    look, file = put(tmp_path, rep='{% extends "base.html.jinja" %}'), tmp_path / f"{name}.html.jinja"
    file.write_bytes("Verkäufer".encode("latin-1"))
    assert fault(look) == (
        f"{file}: this template is not UTF-8; nothing was published and the old site is as it was. "
        "Fix: save it as UTF-8."
    )


def test_links_within_the_folder_and_those_that_lead_to_themselves(tmp_path: Path) -> None:
    folders = TemplateFolders(templates_folder(), tmp_path)
    put(tmp_path, team="x")
    (tmp_path / "rep.html.jinja").symlink_to("team.html.jinja")
    folders.refuse_links_outward()
    assert folders.own_paths() == ["rep.html.jinja", "team.html.jinja"]
    (tmp_path / "loop").symlink_to("loop")
    folders.refuse_links_outward()


def test_a_folder_in_which_nothing_is_used_is_refused_with_the_likely_name(tmp_path: Path) -> None:
    put(tmp_path, repp="")
    with pytest.raises(CannotGoOnError) as refused:
        TemplateFolders(templates_folder(), tmp_path).refuse_useless()
    assert str(refused.value) == (
        f"{tmp_path}: no file in this folder has the name of a template. Fix: rename repp.html.jinja to rep.html.jinja."
    )


def test_an_empty_folder_is_refused_with_what_to_begin_with(tmp_path: Path) -> None:
    with pytest.raises(CannotGoOnError) as refused:
        TemplateFolders(templates_folder(), tmp_path).refuse_useless()
    assert str(refused.value) == (
        f"{tmp_path}: no file in this folder has the name of a template. "
        "Fix: see their names with milestone-reports templates list, and begin with templates export."
    )


# --- the list ---


def test_every_template_says_what_it_is() -> None:
    assert [entry.name for entry in catalogue(TemplateFolders(templates_folder())) if not entry.says] == []


def test_every_page_has_a_block_for_its_headline_and_at_least_one_for_what_follows() -> None:
    entries = {entry.name: set(entry.blocks) for entry in catalogue(TemplateFolders(templates_folder()))}
    pages = [name for name in entries if "/" not in name and name not in {"base", "print_base", "marks"}]
    assert [name for name in pages if "headline" not in entries[name]] == []
    common = {"title", "kind", "main", "headline", "mast", "files", "foot", "anchors", "scripts"}
    assert [name for name in pages if not entries[name] - common] == []
