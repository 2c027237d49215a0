"""Sites for the tests that need a browser: built once a session, opened from the disk or served from a sub-path."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from extreme_teams import TODAY, WEEKS, remembered, write_team
from milestone_reports.build import Request, build


def built(folder: Path, name: str) -> Path:
    """The site of one of the teams at the edges; of one with earlier copies, with what follows from them."""
    workbook = write_team(name, folder)
    state = remembered(workbook, folder / "state")
    build(Request((workbook,), folder / name, TODAY, archive=state is not None, state=state), lambda *_told: None)
    return folder / name


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("sites"), WEEKS)


@pytest.fixture(scope="session")
def one_rep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("sites"), "one-rep")


class Silent(SimpleHTTPRequestHandler):
    """Serves files and writes nothing about it."""

    def log_message(self, *_told: object) -> None:
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address under which a folder is served on this machine alone."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def pages_of(site: Path) -> list[str]:
    """The web pages of a site, by their place in it; of those of a kept week, which are the same, the front page."""
    return [page for page in all_pages_of(site) if page.endswith("/index.html") or not page.startswith("20")]


def all_pages_of(site: Path) -> list[str]:
    """Every web page of a site, by its place in it."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
