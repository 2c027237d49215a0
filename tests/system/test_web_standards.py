"""The pages as other people's checkers see them: the Nu HTML checker, links and ids, any folder, any server."""

from __future__ import annotations

import json
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from browser import Watched
from built import all_pages_of, pages_of, served

pytestmark = pytest.mark.system

VNU = Path(__file__).parent / "node_modules/vnu-jar/build/dist/vnu.jar"


def checked(*addresses: str) -> list[str]:
    """What the Nu HTML checker says of some pages, warnings too."""
    command = [
        "java",
        "-Dnu.validator.servlet.allow-forbidden-hosts=true",
        "-jar",
        str(VNU),
        "--format",
        "json",
        "--stdout",
        "--exit-zero-always",
        *addresses,
    ]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return [f"{one.get('url')}:{one.get('lastLine')}: {one['message']}" for one in said["messages"]]


def test_the_nu_checker_finds_no_error_and_no_warning_on_any_page(sample: Path) -> None:
    # Served, as from the disk it takes the pages' own style sheets for somebody else's.
    with served(sample) as address:
        assert checked(*(f"{address}/{page}" for page in pages_of(sample))) == []


def test_the_nu_checker_would_notice_a_fault(sample: Path, tmp_path: Path) -> None:
    page = (sample / "definitions.html").read_text(encoding="utf-8").replace("<h1", "<h1 wide", 1)
    (tmp_path / "flawed.html").write_text(page, encoding="utf-8")
    assert any("wide" in line for line in checked(str(tmp_path / "flawed.html")))


class Place(HTMLParser):
    """The ids of a page, and where it points to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.points_to: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  the parser's own
        """Keep what an element is called and what it refers to."""
        for name, value in attrs:
            if name == "id" and value is not None:
                self.ids.append(value)
            elif name in {"href", "src"} and value and not value.startswith("data:"):
                self.points_to.append(value)
            elif name in {"aria-labelledby", "aria-describedby", "aria-controls", "for"} and value:
                self.points_to += [f"#{one}" for one in value.split()]


def test_every_link_and_every_id_that_is_referred_to_is_there(sample: Path) -> None:
    places = {page: Place((sample / page).read_text(encoding="utf-8")) for page in all_pages_of(sample)}
    missing = []
    for page, place in places.items():
        assert len(place.ids) == len(set(place.ids)), page
        for link in place.points_to:
            target, fragment = urldefrag(urljoin(page, unquote(link)))
            target = target or page
            if not (sample / target).is_file() or (fragment and fragment not in places[target].ids):
                missing.append(f"{page}: {link}")
    assert missing == []


def test_every_page_works_from_the_disk_and_asks_for_nothing_outside_its_folder(window: Watched, sample: Path) -> None:
    for page in pages_of(sample):
        tab = window.open(sample / page)
        assert tab.locator("h1").count() == 1
        tab.close()
    inside = sample.as_uri()
    assert [url for url in window.requests if not url.startswith((inside, "data:"))] == []


def test_every_page_works_from_a_sub_path_of_a_server(window: Watched, sample: Path) -> None:
    with served(sample.parent) as address:
        for page in pages_of(sample):
            tab = window.open(f"{address}/{sample.name}/{page}")
            assert tab.locator("h1").count() == 1
            tab.close()
        asked = window.requests.copy()
        window.requests.clear()
    assert [url for url in asked if not url.startswith((f"{address}/{sample.name}/", "data:"))] == []


def test_the_console_would_be_heard(window: Watched, sample: Path, tmp_path: Path) -> None:
    page = (sample / "definitions.html").read_text(encoding="utf-8")
    planted = tmp_path / "planted.html"
    planted.write_text(page.replace("</body>", "<script>document.title = 'here'</script></body>"), encoding="utf-8")
    window.open(planted)
    assert any("Content Security Policy" in line or "ERR_FILE_NOT_FOUND" in line for line in window.console)
    window.console.clear()
    window.requests.clear()
