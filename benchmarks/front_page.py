"""The front page of a team of sixty as Lighthouse sees it: `python -m benchmarks.front_page`.

Prints what the page weighs with everything it asks for, the scores and when the page can be used: the median of five
runs with a desk's settings. Needs Debian's chromium, and npx.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from milestone_reports.build import Request, build

TOP = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TOP / "tests"), str(TOP / "tests/system")]

from built import served  # noqa: E402  the tests' own server and teams

from extreme_teams import TODAY, write_team  # noqa: E402

N_RUNS = 5
LIGHTHOUSE = ("npx", "--yes", "lighthouse@12.8.2")
"""Fetched by npx when it is first used."""

CATEGORIES = ("accessibility", "best-practices", "performance")


def main() -> None:
    """Build the site, serve it on this machine, and let Lighthouse look at it."""
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        build(Request((write_team("sixty-reps", Path(folder)),), site, TODAY, pdf=False), lambda *_told: None)
        with served(site) as address:
            reports = [report(f"{address}/index.html", Path(folder) / "report.json") for _ in range(N_RUNS)]
    audits = [one["audits"] for one in reports]
    print(
        f"{'weight with everything, uncompressed':40} {audits[0]['total-byte-weight']['numericValue'] / 1000:8.0f} kB"
    )
    for category in CATEGORIES:
        print(f"{category:40} {median(one['categories'][category]['score'] for one in reports) * 100:8.0f}")
    for audit in ("first-contentful-paint", "interactive", "total-blocking-time"):
        print(f"{audit:40} {median(one[audit]['numericValue'] for one in audits):8.0f} ms")
    failed = {name: one["title"] for name, one in audits[0].items() if one["score"] is not None and one["score"] < 1}
    for name, title in failed.items():
        print(f"below its best: {name}: {title}")


def report(address: str, path: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """What Lighthouse says of a page, on a desk's settings, without slowing anything down."""
    command = (
        *LIGHTHOUSE, address, "--quiet", "--output=json", f"--output-path={path}", "--preset=desktop",
        "--throttling-method=provided", f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless --no-sandbox --disable-gpu --disable-background-networking",
    )  # fmt: skip
    subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": "/usr/bin/chromium"})
    told: dict[str, dict[str, dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    return told


if __name__ == "__main__":
    main()
