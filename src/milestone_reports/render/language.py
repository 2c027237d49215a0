"""The language of the pages: looks sentences up in the catalogue of the language that is being spoken.

The source's own sentences are English. A page is rendered inside `speaking("de")`; what is outside of any, the
terminal, speaks English. Must not know what the sentences are about. Only this module reads catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from markupsafe import Markup, escape

from milestone_reports.domain.message import Message

SOURCE_LANGUAGE = "en"
CATALOGUES = Path(__file__).parent / "locale"
"""One folder a language: `de/LC_MESSAGES/messages.po`."""

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Hebrew, Arabic, Syriac, Thaana and their like, by their blocks."""

VALUE_AND_STOP = re.compile(r"{(\w+)}\.(?!\.)")
"""In a pattern: a value, and the full stop right after it."""

_SPOKEN: ContextVar[str] = ContextVar("language of the pages", default=SOURCE_LANGUAGE)


def languages() -> tuple[str, ...]:
    """The languages that pages can be in, the source's first."""
    return SOURCE_LANGUAGE, *sorted(path.parts[-3] for path in CATALOGUES.glob("*/LC_MESSAGES/messages.po"))


def language_of(locale: str) -> str:
    """The language of a locale's pages: `de` for `de_AT`; English where there is no catalogue for it."""
    language = locale.replace("-", "_").partition("_")[0].lower()
    return language if language in languages() else SOURCE_LANGUAGE


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything said inside is in that language, one of `languages()`."""
    before = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def spoken() -> str:
    """The language that is being spoken."""
    return _SPOKEN.get()


def spoken_locale() -> Locale:
    """Its names of months and days."""
    return _locale(_SPOKEN.get())


def gettext(text: str, /, **values: object) -> str:
    """The sentence in the language spoken, its values in place of their names in braces."""
    return filled(_catalogue(_SPOKEN.get()).gettext(text), values)


def ngettext(one: str, many: str, count: float, /, **values: object) -> str:
    """The sentence in the form that goes with a count: `one` for exactly 1."""
    return filled(_catalogue(_SPOKEN.get()).ngettext(one, many, plural_of(count)), values)


def pgettext(context: str, text: str, /, **values: object) -> str:
    """As gettext, of a text that means several things: the context, a word or two, tells which."""
    return filled(_catalogue(_SPOKEN.get()).pgettext(context, text), values)


def npgettext(context: str, one: str, many: str, count: float, /, **values: object) -> str:
    """As ngettext, with a context."""
    return filled(_catalogue(_SPOKEN.get()).npgettext(context, one, many, plural_of(count)), values)


def said(text: str) -> str:
    """A text from the reader or the definitions in the language spoken; one that is no Message stays as it is."""
    if _SPOKEN.get() == SOURCE_LANGUAGE or not isinstance(text, Message):
        return text
    return gettext(text.pattern, **{name: said_value(value) for name, value in text.values.items()})


def said_value(value: object) -> object:
    """What was filled into a Message, in the language spoken: a day is `12.11.2026` in German."""
    if isinstance(value, date):
        return format_date(value, "medium", locale=spoken_locale())
    return said(value) if isinstance(value, str) else value


def plural_of(count: float) -> int:
    """1 for exactly one, as a catalogue's plural rule wants a whole number; anything else is many."""
    return 1 if count == 1 else 2


def filled(pattern: str, values: Mapping[str, object]) -> str:
    """The pattern with its values; markup among them makes all of it markup, the rest escaped."""
    if not values:
        return pattern
    if _SPOKEN.get() != SOURCE_LANGUAGE:
        pattern = without_doubled_stops(pattern, values)
    values = {name: isolated(value) for name, value in values.items()}
    if any(hasattr(value, "__html__") for value in values.values()):
        return Markup(escape(pattern)).format(**values)  # noqa: S704  the pattern is escaped, and so are the values
    return pattern.format_map(values)


def without_doubled_stops(pattern: str, values: Mapping[str, object]) -> str:
    """The pattern without its full stop after a value that brings its own: `bis 24. Nov.` ends a sentence as it is."""
    return VALUE_AND_STOP.sub(
        lambda found: found[0].removesuffix(".") if ends_with_stop(values.get(found[1])) else found[0], pattern
    )


def ends_with_stop(value: object) -> bool:
    """Whether the last thing read of a value is a full stop; markup around it does not count."""
    read = Markup(value).striptags() if hasattr(value, "__html__") else value  # noqa: S704  it is markup already
    return isinstance(read, str) and read.endswith(".")


def isolated(value: object) -> object:
    """A name in letters that run from right to left, so enclosed that the sentence around it keeps its order."""
    if not isinstance(value, str) or hasattr(value, "__html__") or not RIGHT_TO_LEFT.search(value):
        return value
    return f"\u2068{value}\u2069"


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


@cache
def _catalogue(language: str) -> NullTranslations:
    """The sentences of a language, compiled once a process from its text file."""
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
