"""A site as people open it: behind a web server with the policy as a header, from a folder, a zip and a sub-path."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import WIDE, Watched
from built import all_pages_of, served
from hosting import PASSWORDS, Hosted, behind
from playwright.sync_api import Browser, Page, expect
from test_hosting import FOLDERS, site  # noqa: F401  a fixture

from milestone_reports.render.mail import Mails
from milestone_reports.render.resources import templates_folder
from milestone_reports.scorecards.compose import team_site
from workbooks import read

pytestmark = pytest.mark.system

VIOLATIONS = """
addEventListener("securitypolicyviolation", event =>
    console.error(`${event.effectiveDirective} violated by ${event.blockedURI} in ${event.documentURI}`));
"""
"""Tells the console of all that the policy held back; it is the test's own script, which no policy binds."""

KINDS = (
    "index.html", "manager/index.html", "manager/reps.html", "manager/planning.html", "manager/weeks.html",
    "reps/jory/index.html", "reps/jory/figures/jory.html", "2026-W47/reps/jory/index.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def hosted(site: Path) -> Iterator[Hosted]:  # noqa: F811  the fixture
    with behind("nginx", site, FOLDERS, site.parent / "for-the-browser") as server:
        yield server


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Watched]:
    """A window of someone who may see everything, with every word that the console gets."""
    context = chromium.new_context(
        viewport={"width": WIDE["width"], "height": WIDE["height"]},
        ignore_https_errors=True,
        http_credentials={"username": "mona", "password": PASSWORDS["mona"]},
    )
    context.add_init_script(VIOLATIONS)
    yield Watched(context)
    context.close()


def test_under_the_policy_as_a_header_no_page_violates_it_or_asks_another_server(
    visitor: Watched,
    hosted: Hosted,
    site: Path,  # noqa: F811  the fixture
) -> None:
    pages = [page for page in all_pages_of(site) if not page.startswith("20") or "/reps/jory/" in page]
    tab = visitor.open(f"{hosted.address}/")
    for page in pages:
        answer = tab.goto(f"{hosted.address}/{page}")
        assert answer is not None
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        use(tab)
    assert visitor.console == []
    assert {urlsplit(url).netloc for url in visitor.requests if not url.startswith("data:")} == {
        f"localhost:{hosted.port}"
    }


def use(tab: Page) -> None:
    """Does with a page what its scripts are for: the colours, ordering and filtering tables, a what-if."""
    tab.locator("[data-theme-switch] button, [data-theme-switch] label, [data-theme-switch] select").first.click()
    for order in tab.locator("th button").all()[:2]:
        if order.is_visible():
            order.click()
    for field in tab.locator("main input[type=search]").all()[:1]:
        field.fill("a")
    for field in tab.locator("main input[type=number]").all()[:2]:
        if field.is_visible():
            field.fill("3")


def test_the_test_sees_what_the_policy_holds_back(visitor: Watched, hosted: Hosted) -> None:
    tab = visitor.open(f"{hosted.address}/reps/jory/")
    tab.evaluate("document.body.setAttribute('style', 'color: red')")
    tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"https://elsewhere.example/x.png\">')")
    tab.wait_for_timeout(200)
    said = "\n".join(visitor.console)
    assert "style-src-attr violated" in said
    assert "img-src violated by https://elsewhere.example" in said


@pytest.fixture
def places(site: Path, tmp_path: Path) -> Iterator[Sequence[str]]:  # noqa: F811  the fixture
    """The addresses of the same site: a folder whose name has spaces, unpacked from a zip, and below a sub-path."""
    shared, unpacked = tmp_path / "on a share" / "Größe & Co", tmp_path / "unpacked"
    shutil.copytree(site, shared)
    shutil.unpack_archive(shutil.make_archive(str(tmp_path / "sent"), "zip", site), unpacked)
    shutil.copytree(site, tmp_path / "web/sales/cards")
    with served(tmp_path / "web") as address:
        yield (shared.as_uri(), unpacked.as_uri(), f"{address}/sales/cards")


def test_a_folder_a_zip_and_a_sub_path_have_their_styles_scripts_and_links(
    chromium: Browser, places: Sequence[str]
) -> None:
    context = chromium.new_context()
    context.add_init_script(VIOLATIONS)
    watched = Watched(context)
    for root in places:
        tab = watched.open(f"{root}/index.html")
        tab.on("requestfailed", lambda request: watched.console.append(f"failed: {request.url}"))
        for page in KINDS:
            tab.goto(f"{root}/{page}")
            assert tab.evaluate("document.styleSheets.length") >= 6
            assert tab.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Source Sans 3"')
            expect(tab.locator("[data-theme-switch] > *").first).to_be_visible()
        tab.goto(f"{root}/reps/jory/index.html")
        with tab.expect_navigation():
            tab.locator('main a[href^="figures/jory.html"]').first.click()
        expect(tab.locator("h1")).to_have_text("Jory")
        tab.goto(f"{root}/index.html")
        with tab.expect_navigation():
            tab.locator('a[href="manager/index.html"]').click()
        expect(tab.locator("nav")).to_be_visible()
    assert watched.console == []
    assert all(url.startswith((*places, "data:")) for url in watched.requests)
    context.close()


def test_a_message_opened_asks_for_nothing(chromium: Browser, site: Path, tmp_path: Path) -> None:  # noqa: F811  the fixture
    reading = read(site.parent / "north.xlsx")
    told, mails = team_site(reading.team, reading.as_of), Mails(templates_folder(), "1")
    link = "https://cards.example.com/reps/jory/"
    texts = [mails.scorecard(card, link).html for card in told.reps]
    texts += [
        mails.team_report(told, [("Jory", "no address")], link).html,
        mails.failures("2026-W47", [("a", "b", "c")]).html,
    ]
    context = chromium.new_context()
    watched = Watched(context)
    for n, html in enumerate(texts):
        page = tmp_path / f"{n}.html"
        page.write_text(html, "utf-8")
        watched.requests.clear()
        tab = watched.open(page)
        tab.wait_for_timeout(50)
        assert watched.requests == [page.as_uri()]
        assert not tab.locator("script, svg, img, link, iframe, object, form").count()
    assert watched.console == []
    context.close()
