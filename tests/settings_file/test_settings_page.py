"""docs/settings.md names what can be set, and its example can be used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from milestone_reports.settings_file.mail import HOST, MAIL, NO_MAIL, PASSWORD, PORT, SECURITY, USER
from milestone_reports.settings_file.reading import BRAND, NAME, settings_in

PAGE = (Path(__file__).parents[2] / "docs/settings.md").read_text(encoding="utf-8")
KEYS = [*MAIL, *(f"brand.{name}" for name in BRAND), "templates", HOST, PORT, SECURITY, USER, PASSWORD]


@pytest.mark.parametrize("key", KEYS)
def test_every_key_and_every_variable_has_its_row(key: str) -> None:
    assert f"\n| `{key}` | " in PAGE


def test_the_example_is_read_and_sets_every_key_but_those_for_a_server_of_its_own_kind(tmp_path: Path) -> None:
    example = PAGE.partition("```toml\n")[2].partition("```")[0]
    (tmp_path / NAME).write_text(example, encoding="utf-8")
    mail = settings_in(tmp_path / NAME).mail
    assert mail.allowed_domains == ("example.com", "sales.example.com")
    assert mail.retry_after == NO_MAIL.retry_after
    assert set(MAIL) - set(re.findall(r"^(\w+) =", example, re.MULTILINE)) == {"port", "ca_file"}
