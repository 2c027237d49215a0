"""What a staged site is checked for before it is published."""

from pathlib import Path

import pytest

from milestone_reports.domain.failure import PublishingFailedError
from milestone_reports.publish.site_check import check_site

REST = (
    "; nothing was published and the old site is as it was. "
    "Fix: this is a fault of the program, not of your workbook; please report this line."
)
PDF = b"%PDF-1.7\n...\n%%EOF\n"


def checked(folder: Path, site: dict[str, bytes | str], *, expected: str = "", known: str = "") -> None:
    for path, content in site.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    check_site(folder, site, expected=expected.split(), known=known.split())


def refusal(folder: Path, site: dict[str, bytes | str], *, expected: str = "") -> str:
    with pytest.raises(PublishingFailedError) as refused:
        checked(folder, site, expected=expected)
    assert str(refused.value).endswith(REST)
    return str(refused.value).removesuffix(REST)


def test_a_site_whose_links_and_ids_resolve_passes(tmp_path: Path) -> None:
    checked(
        tmp_path,
        {
            "index.html": '<link rel="stylesheet" href="static/site.css"><h1 id="team">Team</h1>'
            '<a href="reps/ann%20lee.html#week">Ann</a> <a href="#team">up</a> <a href="#top">top</a> '
            '<a href="">here</a> <img src="data:image/png;base64,AAAA"><img src="static/bar.svg">'
            '<a href="https://example.org/x#y">x</a> <a href="mailto:ann@example.org">mail</a>'
            '<svg><use xlink:href="static/bar.svg#mark"/></svg>',
            "reps/ann lee.html": '<p id="week">12 of 48</p><a href="../index.html?from=ann#team">Team</a>'
            '<a href="./ann lee.pdf#page=2">PDF</a> <a href="../notes.txt">the manager\'s notes</a>',
            "reps/ann lee.pdf": PDF,
            "static/site.css": "p { color: black }",
            "static/bar.svg": "<svg/>",
        },
        expected="index.html",
        known="notes.txt",
    )


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("gone.html", "leads to no file of this site"),
        ("../index.html", "leads to no file of this site"),
        ("/index.html", "leads to no file of this site"),
        ("reps/", "leads to no file of this site"),
        ("Index.html", "leads to no file of this site"),
        ("#week", "leads to a place that is not on that page"),
        ("reps/ann.html#team", "leads to a place that is not on that page"),
        ("javascript:alert(1)", "leads out of the site other than by http, https or mailto"),
        ("//example.org/x", "leads out of the site other than by http, https or mailto"),
        ("http://[x", "is no address"),
    ],
)
def test_a_link_that_leads_nowhere_is_named_with_its_page(tmp_path: Path, address: str, reason: str) -> None:
    site: dict[str, bytes | str] = {
        "index.html": f'<h1 id="team">Team</h1><a class="rep" href="{address}">x</a>',
        "reps/ann.html": "<p>Ann</p>",
    }
    assert refusal(tmp_path, site) == f"index.html: the link '{address}' {reason}"


@pytest.mark.parametrize(
    "tag", ['<img src="https://example.org/x.png">', '<link rel="stylesheet" href="http://example.org/x.css">']
)
def test_nothing_may_be_loaded_from_outside(tmp_path: Path, tag: str) -> None:
    assert refusal(tmp_path, {"index.html": tag}).endswith("' would be loaded from outside the site")


def test_an_id_that_is_there_twice_is_a_fault(tmp_path: Path) -> None:
    site: dict[str, bytes | str] = {"index.html": '<p id="a">1</p><p>2</p><svg><g id="a"/></svg>'}
    assert refusal(tmp_path, site) == "index.html: the id 'a' stands there more than once"


def test_a_page_that_was_expected_must_be_there(tmp_path: Path) -> None:
    site: dict[str, bytes | str] = {"index.html": "<p>Team</p>"}
    assert refusal(tmp_path, site, expected="index.html team.html") == (
        "team.html: this file was expected and is missing"
    )


def test_an_empty_file_is_a_fault(tmp_path: Path) -> None:
    assert refusal(tmp_path, {"index.html": "<p>Team</p>", "team.csv": b""}) == "team.csv: this file is empty"


@pytest.mark.parametrize("content", [PDF[:-7], b"<html></html>" + PDF, b"%PD", PDF + b"more"])
def test_a_pdf_must_be_whole(tmp_path: Path, content: bytes) -> None:
    assert refusal(tmp_path, {"ann.pdf": content}) == "ann.pdf: this PDF is cut off or is none"


def test_a_link_after_text_with_entities_and_in_capitals_is_still_checked(tmp_path: Path) -> None:
    site: dict[str, bytes | str] = {
        "index.html": '<p>1 &lt; 2 &amp; x > y</p><A title="a > b"\n  HREF = "gone.html">x</A>'
    }
    assert refusal(tmp_path, site) == "index.html: the link 'gone.html' leads to no file of this site"


HEAD = (
    '<head><title>Team</title><link rel="stylesheet" href="site.css"><script src="site.js"></script>'
    "<style>p { color: black }</style></head>"
)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<a href="gone.html">x</a>', "the link 'gone.html' leads to no file of this site"),
        ('<a href="#gone">x</a>', "the link '#gone' leads to a place that is not on that page"),
        (
            '<a href="javascript:alert(1)">x</a>',
            "the link 'javascript:alert(1)' leads out of the site other than by http, https or mailto",
        ),
        (
            '<img src="https://example.org/x.png">',
            "the link 'https://example.org/x.png' would be loaded from outside the site",
        ),
        ('<p id="a">1</p><p id="a">1</p><p id="a">1</p>', "the id 'a' stands there more than once"),
    ],
)
@pytest.mark.parametrize("opening", ["", '<script src="site.js">', '<style id="own">', '<svg><title id="t">x</title>'])
def test_what_follows_scripts_and_styles_is_checked_too(tmp_path: Path, opening: str, body: str, fault: str) -> None:
    site: dict[str, bytes | str] = {
        "index.html": f'{HEAD}<body><a href="#end">x</a>{opening}{body}<p id="end">x</p>',
        "site.css": "p { color: black }",
        "site.js": "'use strict'",
    }
    assert refusal(tmp_path, site) == f"index.html: {fault}"


def test_what_a_comment_takes_out_is_not_checked(tmp_path: Path) -> None:
    checked(tmp_path, {"index.html": '<p id="a">x</p><!-- <p id="a"><a href="gone.html">\n</a> --><a href="#a">x</a>'})
