"""Writes docs/workbook.md, the sheets and columns that a workbook may have, from the reader's vocabulary.

Run it after a word was added; a test holds the page to the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from milestone_reports.domain.visible import LONGEST_NAME, LONGEST_TEXT, MOST_MARKS
from milestone_reports.workbook.vocabulary import FIELDS, OUTCOMES, REQUIRED, SETTINGS, SHEETS

PAGE = Path(__file__).parents[1] / "docs/workbook.md"

OPENING = """\
# What a workbook may say

Made by `scripts/make_workbook_page.py` from the words that the reader knows; every column's meaning stands in the
workbook that `milestone-reports init` writes.

- Names of sheets and columns are matched without regard to case, spacing, punctuation and accents, and by the other
  names below.
- The header may stand in any of the first 40 rows that are not blank: the one with the most known names is it. Title
  rows above it, blank rows inside the table and a row of totals do no harm.
- Columns of your own are allowed in any place. Without a Milestones sheet, a column of dates that is none of those
  below is a milestone, in the order from left to right, and the last one is the sale. With a Milestones sheet, those
  listed there are the only ones.
- A milestone named Proof has its date of completion under `Proof`, `Proof date`, `Proof done`, `Proof completed`,
  `Proof reached`, `Proof actual` or `Date entered Proof`; its plan under `Proof planned`, `Proof plan`, `Proof due`
  or `Planned Proof`; its evidence under `Proof evidence` or `Evidence for Proof`. Or two rows of headers: `Proof`
  above, and below it `planned`, `done` and `evidence`. `waived` in place of the date passes it without credit.
- Opportunities is required, with **Rep** and with **Opportunity** or **ID**. Every other sheet may be missing.
- What stands in a cell is text, whatever it looks like: a page shows it as it was typed, and no link, formula, file
  name or command comes of it. A link in a cell of evidence is kept as evidence; no page leads there.
- A text is read on one line. Characters that cannot be seen are left out, and a note names the first cells that have
  some: control characters, marks that turn round what follows (U+202A to U+202E, U+2066 to U+2069), spaces of no width,
  labels that are never shown, and more than {marks} marks on one letter. What Persian, Hindi, Hebrew and Arabic are
  written with stays: U+200C, U+200D, U+200E, U+200F, U+061C.
- Of a name, up to {name} characters are read; of evidence and of what both sides agree to, up to {text}. A note names
  the first cells that have more.
""".format(marks=MOST_MARKS, name=LONGEST_NAME, text=f"{LONGEST_TEXT:,}")


def page() -> str:
    """The text of the page."""
    return "\n".join(
        [OPENING, *_sheets(), *_words("Settings", "setting", SETTINGS), *_words("Outcomes", "outcome", OUTCOMES)]
    )


def _sheets() -> Iterator[str]:
    for sheet, others in SHEETS.items():
        yield f"## {sheet}\n"
        yield f"Also: {', '.join(others)}.\n"
        required = REQUIRED.get(sheet, ())
        yield from _table(
            "column", {f"**{name}**" if name in required else name: FIELDS[sheet][name] for name in FIELDS[sheet]}
        )


def _words(title: str, kind: str, words: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield f"## The {title.lower()}\n"
    yield from _table(kind, words)


def _table(kind: str, words: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield f"| {kind} | also |"
    yield "| --- | --- |"
    yield from (f"| {word} | {', '.join(others)} |" for word, others in words.items())
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
