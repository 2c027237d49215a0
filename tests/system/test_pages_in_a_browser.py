"""Our pages in Debian's Chromium, opened from the folder as a manager does. `make test-system` installs it."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from milestone_reports.build import Request, build
from milestone_reports.workbook.example.write import ExampleKind, write_example

pytestmark = pytest.mark.system

QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--enable-logging=stderr", "--v=0",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browsed")
    write_example(folder / "sample.xlsx", ExampleKind.EXISTING_CLIENTS)
    build(Request((folder / "sample.xlsx",), folder / "site", date(2026, 11, 24)), lambda *_told: None)
    return folder / "site"


def opened(page: Path, profile: Path) -> subprocess.CompletedProcess[str]:
    command = ["chromium", *QUIET, f"--user-data-dir={profile}", "--dump-dom", page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True)


def test_no_page_says_anything_in_the_console_or_breaks_its_own_policy(site: Path, tmp_path: Path) -> None:
    for page in site.rglob("*.html"):
        run = opened(page, tmp_path)
        assert "<h1" in run.stdout
        assert "CONSOLE" not in run.stderr, run.stderr


def test_a_script_that_the_policy_forbids_would_be_noticed(site: Path, tmp_path: Path) -> None:
    planted = site / "planted.html"
    page = (site / "index.html").read_text(encoding="utf-8")
    planted.write_text(page.replace("</body>", "<script>document.title = 'here'</script></body>"), encoding="utf-8")
    assert "CONSOLE" in opened(planted, tmp_path).stderr
    planted.unlink()
