from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from logos import CIRCLE, png, png_head, png_of_parts, svg

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
        ('<h:SCRIPT xmlns:h="http://www.w3.org/1999/xhtml"/>', "there is an element <SCRIPT>"),
        ('<h:meta xmlns:h="http://www.w3.org/1999/xhtml" content="0"/>', "there is an element <meta>"),
        ('<g xml:base="https://example.com/"/>', "there is an attribute xml:base"),
        ("<style>g{background:image-set('https://example.com/a.png' 1x)}</style>", "its style loads a file"),
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


def test_an_instruction_to_load_a_style_sheet_is_found_in_any_encoding(tmp_path: Path) -> None:
    text = f'<?xml version="1.0" encoding="UTF-16"?><?xml-stylesheet href="https://example.com/a.css"?>{svg().decode()}'
    found = complaint(tmp_path / "logo.svg", text.encode("utf-16"))
    assert found == f"there is an instruction to load a style sheet{RUNS_NOTHING}"


def chain(link: str) -> str:
    """Eight groups of ten links, each to the group before it."""
    groups = "".join(f'<g id="g{n}">{link.format(n - 1) * 10}</g>' for n in range(1, 9))
    return f'<defs><g id="g0">{CIRCLE}</g>{groups}</defs>{link.format(8)}'


@pytest.mark.parametrize(
    "inside",
    [
        chain('<use href="#g{}"/>'),
        chain('<use xmlns:x="http://www.w3.org/1999/xlink" x:href=" #%67{}"/>'),
        chain('<circle r="1" fill="url(#g{})"/>'),
        chain('<circle r="1" class="c{}"/>')
        + "".join(f"<style>g > circle.c{n}:hover, .none {{ mask: url('#g{n}') }}</style>" for n in range(9)),
        '<g id="a"><use href="#a"/></g>',
        f'<g id="a">{CIRCLE * 200}</g>' + '<use href="#a"/>' * 200,
    ],
)
def test_a_drawing_that_draws_itself_or_millions_is_refused_at_once(tmp_path: Path, inside: str) -> None:
    assert complaint(tmp_path / "logo.svg", svg(inside)) == (
        "parts of this SVG use one another, so that more than 10,000 would be drawn. "
        "Fix: save it as plain SVG without them, or as PNG."
    )


def test_parts_that_use_one_another_in_the_way_of_drawing_programs_are_taken(tmp_path: Path) -> None:
    inside = (
        '<style>.a{clip-path:url(#c)}.b{fill:none}</style><clipPath id="c"><rect class="b"/></clipPath>'
        '<mask id="m"><use href="#p"/></mask><pattern id="f"><use href="#p"/></pattern><path id="p"/>'
        '<a href="#whole"><g id="whole" class="a" mask="url(#m)"><use href="#p" fill="url(#f)"/></g></a>'
    )
    (tmp_path / "logo.svg").write_bytes(svg(inside))
    assert logo_of(tmp_path / "logo.svg").kind == "svg"


@pytest.mark.parametrize(
    "says",
    [
        'viewBox="0 0 1e999 10"',
        'viewBox="-1e999 0 10 10"',
        'viewBox="0 0 1e300 1e300"',
        'viewBox="0 0 -5 10"',
        'viewBox="0 0 0 10"',
        'viewBox="0 0 10 10" width="0"',
        f'width="{"9" * 400}" height="10"',
    ],
)
def test_a_drawing_of_no_size_or_of_an_endless_one_is_refused(tmp_path: Path, says: str) -> None:
    assert complaint(tmp_path / "logo.svg", f'<svg xmlns="http://www.w3.org/2000/svg" {says}/>'.encode()) == (
        "the width, the height or the viewBox of this SVG is nothing, or more than 1,000,000. "
        "Fix: correct it, or save it as PNG."
    )


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 100"/>', "1 by 100"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="210" height="10"/>', "210 by 10"),
        (png(400, 1), "400 by 1"),
    ],
)
def test_a_logo_that_would_be_a_hair_s_breadth_is_refused(tmp_path: Path, content: bytes, size: str) -> None:
    assert complaint(tmp_path / "logo", content) == (
        f"{size}; no side may be more than 20 times the other. "
        "Fix: save the logo without the empty space around it, or another form of it."
    )


@pytest.mark.parametrize(
    "content",
    [
        png_of_parts(b"\0\0", zlib.compress(b"\0" * 20)),
        png_of_parts(png_head()),
        png_of_parts(png_head(), b"garbage"),
        png_of_parts(png_head(), zlib.compress(b"\0" * 19)),
        png_of_parts(png_head(), zlib.compress(b"\0" * 21)),
        png_of_parts(png_head(), zlib.compress(b"\0" * 20)[:-1]),
        png_of_parts(png_head(), zlib.compress(b"\5" + b"\0" * 19)),
        png_of_parts(png_head(depth=99), zlib.compress(b"\0" * 20)),
        png_of_parts(png_head(colour=77), zlib.compress(b"\0" * 20)),
        png_of_parts(png_head(colour=3), zlib.compress(b"\0" * 8)),
        png_of_parts(png_head(interlace=2), zlib.compress(b"\0" * 20)),
        png_of_parts(png_head(width=0), zlib.compress(b"\0" * 2)),
    ],
)
def test_a_png_that_does_not_hold_what_it_promises_is_refused(tmp_path: Path, content: bytes) -> None:
    assert complaint(tmp_path / "logo.png", content) == "this PNG is damaged or cut off. Fix: save it again."


@pytest.mark.parametrize(
    ("head", "n_bytes"),
    [
        (png_head(3, 2, depth=1, colour=0), 2 * 2),
        (png_head(3, 2, depth=16, colour=6), 2 * (1 + 24)),
        (png_head(9, 9, depth=8, colour=4, interlace=1), 81 * 2 + 19),
    ],
)
def test_a_png_of_any_depth_and_in_several_parts_is_taken(tmp_path: Path, head: bytes, n_bytes: int) -> None:
    packed = zlib.compress(b"\0" * n_bytes)
    (tmp_path / "logo.png").write_bytes(png_of_parts(head, packed[:5], packed[5:]))
    assert logo_of(tmp_path / "logo.png").kind == "png"


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
