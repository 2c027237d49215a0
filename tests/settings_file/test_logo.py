from __future__ import annotations

from pathlib import Path

import pytest
from logos import CIRCLE, png, svg

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.settings_file.logo import LARGEST, logo_of

RUNS_NOTHING = (
    ", which a logo may not hold, as a page runs and loads nothing. Fix: save it as plain SVG without it, or as PNG."
)


def complaint(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(CannotGoOnError) as refused:
        logo_of(path)
    return str(refused.value).removeprefix(f"{path}: ")


def test_a_drawing_is_as_wide_and_high_as_its_view_box(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(svg())
    logo = logo_of(tmp_path / "logo.svg")
    assert (logo.file_name, logo.content, logo.width, logo.height) == ("logo.svg", svg(), 120, 40)
    assert logo.width_at(32) == 96  # 32 of 40 is four fifths, and so is 96 of 120


def test_a_drawing_without_a_view_box_is_as_wide_and_high_as_it_says(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg" width="30px" height="12.5"/>')
    logo = logo_of(tmp_path / "logo.svg")
    assert (logo.width, logo.height) == (30, 12.5)


def test_a_png_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "logo.picture").write_bytes(png(3, 2))
    logo = logo_of(tmp_path / "logo.picture")
    assert (logo.file_name, logo.width, logo.height) == ("logo.png", 3, 2)
    assert logo.data_address.startswith("data:image/png;base64,iVBORw0KGgo")


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<script>alert(1)</script>", "there is an element <script>"),
        ("<foreignObject><p/></foreignObject>", "there is an element <foreignObject>"),
        ('<circle r="1" onload="alert(1)"/>', "there is an attribute onload"),
        ('<image href="https://example.com/a.png"/>', "there is a reference to 'https://example.com/a.png'"),
        ('<image href="other.png"/>', "there is a reference to 'other.png'"),
        ('<a href=" javascript:alert(1)"><circle r="1"/></a>', "there is a reference to 'javascript:alert(1)'"),
        ('<image href="data:text/html,x"/>', "there is a reference to 'data:text/html,x'"),
        ('<image href="data:image/svg+xml,x"/>', "there is a reference to 'data:image/svg+xml,x'"),
        ('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="a.svg#b"/>', "there is a reference to 'a.svg#b'"),
        ('<a><set attributeName="xlink:href" to="x"/></a>', "there is an animation of a reference"),
        ("<style>@import 'a.css';</style>", "its style loads a file"),
        ("<style>.a{fill:u\\72l(a.svg)}</style>", "its style loads a file"),
        ('<circle r="1" style="fill:url(a.svg#b)"/>', "its style loads a file"),
        ('<circle r="1" fill="URL( \'https://example.com/#b\')"/>', "its fill loads a file"),
    ],
)
def test_a_drawing_that_runs_or_loads_something_is_refused_with_what_it_is(
    tmp_path: Path, inside: str, found: str
) -> None:
    assert complaint(tmp_path / "logo.svg", svg(inside)) == f"{found}{RUNS_NOTHING}"


def test_references_within_a_drawing_and_pictures_inside_it_are_taken(tmp_path: Path) -> None:
    inside = (
        '<defs><linearGradient id="g"/></defs><use href="#g"/><circle r="1" fill="url(#g)"/>'
        "<style>.a{fill:url('#g')}</style><image href=\"data:image/png;base64,AAAA\"/>"
    )
    (tmp_path / "logo.svg").write_bytes(svg(inside))
    assert logo_of(tmp_path / "logo.svg").kind == "svg"


def test_an_instruction_to_load_a_style_sheet_is_refused(tmp_path: Path) -> None:
    content = b'<?xml-stylesheet href="https://example.com/a.css"?>' + svg()
    found = complaint(tmp_path / "logo.svg", content)
    assert found == f"there is an instruction to load a style sheet{RUNS_NOTHING}"


def test_a_drawing_with_a_document_type_is_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + svg("&a;")
    assert complaint(tmp_path / "logo.svg", bomb) == (
        "this cannot be read as SVG (it has a document type). Fix: save it again as plain SVG, or as PNG."
    )


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"<html/>", "this is neither SVG nor PNG. Fix: save the logo as one of them."),
        (
            b'<svg xmlns="http://www.w3.org/2000/svg" width="50%" height="1em"/>',
            "this SVG does not say how wide and how high it is. Fix: give it a viewBox, or save it as PNG.",
        ),
        (
            b" " * (LARGEST + 1),
            "a logo may have up to 64 kB, as it is in every PDF. Fix: save it smaller, or as a plain SVG.",
        ),
        (png()[:-6], "this PNG is damaged or cut off. Fix: save it again."),
        (png().replace(b"IDAT", b"IDAX"), "this PNG is damaged or cut off. Fix: save it again."),
        (png(5000, 2), "5,000 by 2 pixels; up to 4,000 a side are shown. Fix: save it smaller."),
    ],
)
def test_a_picture_that_pages_cannot_show_is_refused_with_the_remedy(
    tmp_path: Path, content: bytes, found: str
) -> None:
    assert complaint(tmp_path / "logo.svg", content) == found


def test_something_else_under_the_name_of_a_png_is_refused(tmp_path: Path) -> None:
    assert complaint(tmp_path / "logo.png", CIRCLE.encode()) == (
        "this is no PNG, whatever its name says. Fix: save the logo as PNG or SVG."
    )
