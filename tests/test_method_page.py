from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/method.md"
TEXT = PAGE.read_text(encoding="utf-8")
LINKS = sorted(set(re.findall(r"\]\(([^)]+)\)", TEXT)))
CONSTANTS = re.findall(r"^\| \[`(\w+)`\]\((\S+)\) \| (\S+) \|", TEXT, re.MULTILINE)


@pytest.mark.parametrize("path", LINKS)
def test_what_the_method_links_to_is_there(path: str) -> None:
    assert (PAGE.parent / path).exists()


@pytest.mark.parametrize(("name", "path", "value"), CONSTANTS)
def test_a_constant_has_the_value_that_the_method_says(name: str, path: str, value: str) -> None:
    file = (PAGE.parent / path).resolve().relative_to(ROOT / "src")
    assert getattr(import_module(".".join(file.with_suffix("").parts)), name) == float(value)


def test_sections_have_the_numbers_that_docstrings_cite() -> None:
    numbers = [int(number) for number in re.findall(r"^## (\d+)\.", TEXT, re.MULTILINE)]
    sources = (ROOT / "src").rglob("*.py")
    cited = {int(n) for file in sources for n in re.findall(r"method\.md §(\d+)", file.read_text(encoding="utf-8"))}
    assert numbers == list(range(1, len(numbers) + 1))
    assert cited <= set(numbers)


def test_the_method_quotes_the_tables_that_the_benchmark_prints() -> None:
    command = [sys.executable, "-m", "benchmarks.estimators", "--runs", "1", "--rounds", "1", "--largest", "1000"]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    rules = [index for index, line in enumerate(printed) if line.startswith("| ---")]
    comparisons, costs = [printed[index - 1] for index in rules[:4]], rules[4:]
    assert all(f"\n{header}\n" in TEXT for header in comparisons)
    assert [printed[index - 1] for index in costs] == ["| step | 1,000 x 8 |"] * 2
    steps = [line.split(" | ")[0] for line in printed[costs[0] :] if re.match(r"\| (?!step )[a-z]", line)]
    assert len(steps) == 12
    assert all(f"\n{step} |" in TEXT for step in steps)
    assert sum(line.startswith("Winner by") for line in printed) == 7
