"""The catalogues: every text of the pages in every language, with the same values in it, and nothing left over."""

from __future__ import annotations

import ast
import runpy
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po

from milestone_reports.domain.message import message
from milestone_reports.render.formats import Formats
from milestone_reports.render.language import gettext, language_of, languages, ngettext, said, speaking, spoken

TOP = Path(__file__).parents[2]
SCRIPT = runpy.run_path(str(TOP / "scripts/make_catalogue.py"))
OTHERS = languages()[1:]
LOOK_UPS = {"gettext", "ngettext", "pgettext", "npgettext", "message"}


def catalogue_of(language: str) -> Catalog:
    with SCRIPT["catalogue_path"](language).open("rb") as file:
        return read_po(file, locale=language)


def texts_of(one: Message) -> tuple[str, ...]:
    return (one.id,) if isinstance(one.id, str) else tuple(one.id)


def strings_of(one: Message) -> tuple[str, ...]:
    return (one.string,) if isinstance(one.string, str) else tuple(one.string or ())


def fields_of(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_german_is_one_of_the_languages() -> None:
    assert languages() == ("en", "de")
    assert [language_of(locale) for locale in ("de_DE", "de_AT", "de-CH", "en_GB", "fr_FR", "")] == [
        "de", "de", "de", "en", "en", "en",
    ]  # fmt: skip


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_has_exactly_the_texts_of_the_source_and_each_is_translated(language: str) -> None:
    asked = {(texts_of(one), one.context) for one in SCRIPT["texts"]() if one.id}
    there = {(texts_of(one), one.context): one for one in catalogue_of(language) if one.id}
    assert asked - set(there) == set()
    assert set(there) - asked == set()
    assert [key for key, one in there.items() if not all(strings_of(one)) or one.fuzzy] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_no_value_that_the_text_has_not(language: str) -> None:
    wrong = []
    for one in catalogue_of(language):
        values = set().union(*map(fields_of, texts_of(one))) if one.id else set()
        if one.id and any(fields_of(text) - values for text in strings_of(one)):
            wrong.append(one.id)
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_leaves_no_value_of_a_sentence_out_but_its_count(language: str) -> None:
    without = []
    for one in catalogue_of(language):
        if one.id:
            many, said_of_many = texts_of(one)[-1], strings_of(one)[-1]
            without += [one.id] * bool(fields_of(many) - fields_of(said_of_many) - {"br"})
    assert without == []


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in (TOP / "src/milestone_reports").rglob("*.py"):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_the_extractor_can_see_every_text_that_the_source_looks_up() -> None:
    hidden = []
    for path, tree in modules():
        in_f_strings = {
            id(call) for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for call in ast.walk(text)
        }
        for call in ast.walk(tree):
            name = call.func.id if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else ""
            if name in LOOK_UPS and isinstance(call, ast.Call) and id(call) in in_f_strings:
                hidden.append(f"{path.name}:{call.lineno}")
    assert hidden == []


def test_a_page_is_said_in_its_own_language_and_the_terminal_in_english() -> None:
    with speaking("de"):
        assert spoken() == "de"
        assert Formats("de_DE", "EUR").money_short(2_864_000) == "2,86\u00a0Mio.\u00a0€"
        assert gettext("Reps") == "Verkäufer"
        assert ngettext("one opportunity", "{n} opportunities", 1, n=1) == "eine Verkaufschance"
        assert ngettext("one opportunity", "{n} opportunities", 2, n=2) == "2 Verkaufschancen"
        assert said(message("{milestone} to {next}", milestone="A", next=message("yes"))) == "A zu ja"
    assert gettext("Reps") == "Reps"
    assert said(message("{milestone} to {next}", milestone="A", next=message("yes"))) == "A to yes"
