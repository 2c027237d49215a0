"""Makes the catalogues of the pages' texts afresh from the source: keeps what is translated, drops what is gone.

`python scripts/make_catalogue.py [OTHER.po ...]` also takes translations from other files; it prints what is missing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from milestone_reports.render.language import CATALOGUES, languages
from milestone_reports.scorecards.definitions import FIGURES, figure_definition

TOP = Path(__file__).resolve().parents[1]
SOURCES: Sequence[tuple[Path, str, str]] = (
    (TOP / "templates", "**.jinja", "jinja2"),
    (TOP / "src" / "milestone_reports", "**.py", "python"),
)
"""Folders, the files in them that have texts, and what reads those."""

NO_LINE = 0
"""Line numbers change with every edit, so places are files."""

CHANGING = (
    b'"POT-Creation',
    b'"PO-Revision',
    b'"Last-Translator',
    b'"Language-Team',
    b'"Report-Msgid',
    b'"Generated-By',
)

KEYWORDS = {
    "_": None,
    "gettext": None,
    "message": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def texts() -> Catalog:
    """Every text of the pages, as the source has it."""
    catalogue = Catalog()
    for folder, pattern, method in SOURCES:
        for file, _, text, comments, context in extract_from_dir(folder, [(pattern, method)], keywords=KEYWORDS):
            place = (f"{folder.name}/{file}", NO_LINE)
            catalogue.add(text, locations=[place], auto_comments=comments, context=context)
    for text in defined():
        catalogue.add(text, locations=[("definitions", NO_LINE)])
    return catalogue


def defined() -> Iterator[str]:
    """The texts of the Definitions page, which are the docstrings of the functions that compute the figures."""
    for name, function in FIGURES.items():
        figure = figure_definition(name, function)
        yield from filter(None, (name, figure.says, figure.formula, figure.shape, figure.units, figure.undefined))


def renewed(language: str, template: Catalog, others: Sequence[Catalog]) -> Catalog:
    """A language's catalogue with exactly the texts of the source, as `others` or the catalogue itself have them."""
    known = [*others, *read(language, catalogue_path(language))]
    catalogue = Catalog(locale=language, project="milestone_reports", header_comment=f"# The pages in {language}.")
    for one in template:
        if one.id:
            said = (other.get(one.id, one.context) for other in known)
            kept = next((other.string for other in said if other and is_whole(other) and is_alike(one, other)), "")
            catalogue.add(one.id, kept, locations=one.locations, context=one.context)
    for one in catalogue:
        one.flags.discard("python-format")
    return catalogue


def is_whole(one: Message) -> bool:
    """Whether a text is translated, in every plural form."""
    return all((one.string,) if isinstance(one.string, str) else one.string or ("",))


def is_alike(one: Message, other: Message) -> bool:
    """Whether both have forms for a count, or neither has: a text that came to have them is translated anew."""
    return isinstance(one.id, str) == isinstance(other.string, str)


def read(language: str, *paths: Path) -> Iterator[Catalog]:
    """The catalogues that are there."""
    for path in paths:
        if path.exists():
            with path.open("rb") as file:
                yield read_po(file, locale=language)


def written(catalogue: Catalog) -> bytes:
    """A catalogue as a file, without the times and names that change by themselves."""
    text = BytesIO()
    write_po(text, catalogue, width=120, sort_by_file=True, include_lineno=False)
    kept = (line for line in text.getvalue().splitlines(keepends=True) if not line.startswith(CHANGING))
    return b"".join(kept)


def catalogue_path(language: str) -> Path:
    """Where a language's texts are."""
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"


def main() -> None:
    """Renew every language's catalogue."""
    template = texts()
    for language in languages()[1:]:
        catalogue = renewed(language, template, list(read(language, *map(Path, sys.argv[1:]))))
        catalogue_path(language).write_bytes(written(catalogue))
        missing = [one for one in catalogue if one.id and not is_whole(one)]
        sys.stdout.write(f"{language}: {len(catalogue)} texts, {len(missing)} not translated\n")
        for one in missing:
            sys.stdout.write(f"  {', '.join(sorted({file for file, _ in one.locations}))}: {one.id!r}\n")


if __name__ == "__main__":
    main()
