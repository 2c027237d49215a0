"""A site behind the web servers of docs/hosting.md: managers see everything, a rep one folder, others nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from hosting import Hosted, behind

from extreme_teams import remembered
from handed_over import AS_OF, write_handed_over
from milestone_reports.build import Request, build

pytestmark = pytest.mark.system

FOLDERS = {"ann": "jory", "bo": "jory-pellamin"}
"""The folder of one begins like the other's."""

WEEK = "2026-W47"
TRICKS = (
    "/reps/jory/../jory-pellamin/index.html",
    "/reps/jory/%2e%2e/jory-pellamin/index.html",
    "/reps/jory/%2E%2E%2Fjory-pellamin/index.html",
    "/reps/jory/..%2fjory-pellamin%2findex.html",
    "/reps/jory/.%2e/jory-pellamin/index.html",
    "/reps/jory/%252e%252e/jory-pellamin/index.html",
    "/reps/jory/..;/jory-pellamin/index.html",
    "/reps/jory/..\\jory-pellamin\\index.html",
    "/reps/jory/..%5cjory-pellamin%5cindex.html",
    "/reps/jory/./../jory-pellamin/./index.html",
    "/reps/jory/index.html/../../jory-pellamin/index.html",
    "/reps/jory/figures/../../jory-pellamin/index.html",
    "/reps//jory-pellamin//index.html",
    "//reps/jory-pellamin/index.html",
    "/./reps/jory-pellamin/index.html",
    "/reps/jory-pellamin/index.html/",
    "/reps/jory-pellamin/index.html.",
    "/reps/jory-pellamin/index.html%00",
    "/reps/jory%00/../jory-pellamin/index.html",
    "/reps/jory-pellamin./index.html",
    "/reps/jory-pellamin;/index.html",
    "/reps;/jory-pellamin/index.html",
    "/reps/JORY-PELLAMIN/index.html",
    "/REPS/jory-pellamin/index.html",
    "/reps/jory-pellamin%2findex.html",
    "/%72eps/jory%2dpellamin/index.html",
    "/static/../reps/jory-pellamin/index.html",
    "/static/%2e%2e/reps/jory-pellamin/index.html",
    "/static/..%2freps/jory-pellamin/index.html",
    f"/{WEEK}/../reps/jory-pellamin/index.html",
    f"/{WEEK}/reps/jory/../../../reps/jory-pellamin/index.html",
    f"/{WEEK}/static/../../manager/index.html",
    "/reps/jory-pellamin/?x=/reps/jory/",
    "/reps/jory-pellamin/index.html#/reps/jory/",
    "/reps/jory /../jory-pellamin/index.html".replace(" ", "%20"),
    "/static/../manager/index.html",
    "/static%2f../manager/index.html",
    "/index.html/../manager/index.html",
    "/manager/?/reps/jory/",
    "https://cards.example.com/reps/jory-pellamin/index.html",
)
REFUSED = {301, 400, 401, 403, 404}


@pytest.fixture(scope="session")
def site() -> Iterator[Path]:
    """A site for managers and reps, with a week kept, where a web server without rights can read it."""
    folder = Path(tempfile.mkdtemp(prefix="hosting-"))
    folder.chmod(0o755)
    workbook = write_handed_over(folder)
    state = remembered(workbook, folder / "state")
    build(Request((workbook,), folder / "site", AS_OF, audience="all", archive=True, state=state), lambda *_told: None)
    yield folder / "site"
    shutil.rmtree(folder)


@pytest.fixture(scope="session", params=["nginx", "apache"])
def hosted(site: Path, request: pytest.FixtureRequest) -> Iterator[Hosted]:
    with behind(request.param, site, FOLDERS, site.parent / request.param) as server:
        yield server


def addresses(site: Path) -> list[str]:
    """Of every file of the site, and of every folder."""
    paths = (path.relative_to(site).as_posix() + "/" * path.is_dir() for path in site.rglob("*"))
    return sorted(f"/{quote(path)}" for path in paths)


def is_for(folder: str, address: str) -> bool:
    """Whether a rep with that folder may see an address: the rep's own, what pages share, and the landing pages."""
    rest = address.removeprefix(f"/{WEEK}")
    return rest in {"/", "/index.html"} or rest.startswith((f"/reps/{folder}/", "/static/"))


def holds(site: Path, address: str) -> bool:
    """Whether there is something to show at an address: folders have no listing."""
    path = site / address.strip("/")
    return path.is_file() or (path / "index.html").is_file()


@pytest.mark.parametrize("user", FOLDERS)
def test_a_rep_gets_every_file_of_the_own_folder_and_none_of_anybody_else_s(
    hosted: Hosted, site: Path, user: str
) -> None:
    seen, refused = 0, 0
    for address in ("/", *addresses(site)):
        answer = hosted.ask(address, user)
        if is_for(FOLDERS[user], address) and holds(site, address):
            assert answer.status == 200, address
            seen += "/reps/" in address
        else:
            assert answer.status in {403, 404}, address
            refused += 1
    # The card, its figures, PDF and data with the folder itself, twice.
    assert (seen, refused > 100) == (10, True)


def test_a_manager_gets_everything(hosted: Hosted, site: Path) -> None:
    for address in addresses(site):
        # A folder without a page has no listing either.
        assert hosted.ask(address, "mona").status in ({200} if holds(site, address) else {403, 404}), address


def test_nobody_gets_anything_without_a_right_password(hosted: Hosted, site: Path) -> None:
    for address in addresses(site)[::7]:
        assert hosted.ask(address).status == 401
        for user, wrong in (("mona", "leads-some"), ("ann", ""), ("nobody", "first-rep")):
            assert hosted.ask(address, user, password=wrong).status == 401


def test_who_may_log_in_and_has_no_folder_sees_no_scorecard(hosted: Hosted, site: Path) -> None:
    for address in addresses(site):
        if not is_for("-", address):
            assert hosted.ask(address, "cy").status in {403, 404}


@pytest.mark.parametrize("address", TRICKS)
def test_no_spelling_of_an_address_leads_to_another_s_page(hosted: Hosted, site: Path, address: str) -> None:
    for user in ("ann", "cy", ""):
        answer = hosted.ask(address, user)
        assert answer.status in REFUSED, address
        assert b"Pellamin" not in answer.body
        assert b"Holmsund" not in answer.body
    assert b"Pellamin" in (site / "reps/jory-pellamin/index.html").read_bytes()


def test_the_pages_come_with_the_headers_that_keep_them_to_themselves(hosted: Hosted) -> None:
    page = hosted.ask("/reps/jory/", "ann").headers
    assert page["content-type"].lower() == "text/html; charset=utf-8"
    for part in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'none'"):
        assert part in page["content-security-policy"]
    for address in ("/reps/jory/", "/reps/jory/jory.pdf", "/reps/jory/jory.json", "/static/css/core.css", "/manager/"):
        headers = hosted.ask(address, "ann").headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "private, no-cache"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src" not in hosted.ask("/reps/jory/jory.pdf", "ann").headers["content-security-policy"]


def test_data_and_tables_come_as_what_they_are(hosted: Hosted) -> None:
    kinds = {
        "/reps/jory/jory.json": "application/json", "/manager/data/reps.csv": "text/csv; charset=utf-8",
        "/reps/jory/jory.pdf": "application/pdf", "/static/js/theme.js": "text/javascript; charset=utf-8",
    }  # fmt: skip
    for address, kind in kinds.items():
        assert hosted.ask(address, "mona").headers["content-type"].lower().startswith(kind), address


def test_nothing_can_be_written_or_tried_out(hosted: Hosted) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"):
        assert hosted.ask("/reps/jory/", "ann", method=method).status in {403, 405}, method
