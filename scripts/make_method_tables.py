"""Put the tables that `python -m benchmarks.estimators` prints into docs/method.md, each in place of the one there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/method.md"


def main() -> None:
    """Run the benchmark and write the page anew."""
    command = [sys.executable, "-m", "benchmarks.estimators"]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout  # noqa: S603  our own
    page = PAGE.read_text(encoding="utf-8")
    for quoted, table in zip(_tables_like(page, printed), _tables(printed), strict=True):
        page = page.replace(quoted, table)
    PAGE.write_text(page, encoding="utf-8")


def _tables(text: str) -> list[str]:
    lines = groupby(text.splitlines(), lambda line: line.startswith("|"))
    return ["\n".join(table) for is_table, table in lines if is_table]


def _tables_like(page: str, printed: str) -> Iterator[str]:
    """The page's tables with the headers of those printed, in their order; two may have the same header."""
    headers = {table.splitlines()[0] for table in _tables(printed)}
    return (table for table in _tables(page) if table.splitlines()[0] in headers)


if __name__ == "__main__":
    main()
