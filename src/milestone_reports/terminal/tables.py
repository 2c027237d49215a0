"""What every part of the terminal's output is made of: headings, paragraphs and tables without lines."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from milestone_reports.render.formats import Formats
from milestone_reports.scorecards.pages import Stamp


def formats_of(stamp: Stamp) -> Formats:
    """The formats of a team's pages."""
    return Formats(stamp.locale, stamp.currency, stamp.as_of)


def head(text: str) -> Text:
    """A section's heading, under an empty line."""
    return Text(f"\n{text}", style="bold")


def paragraph(*sentences: str, style: str = "") -> list[Text]:
    """The sentences that say something as one paragraph; none where none does."""
    said = " ".join(filter(None, sentences))
    return [Text(said, style=style)] if said else []


def table_of(*columns: str, numbers: Sequence[str] = (), gap: int = 2) -> Table:
    """A table with these headings, those of numbers to the right; `gap` is the space between two columns."""
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, gap, 0, 0))
    for column in columns:
        table.add_column(column, justify="right" if column in numbers else "left", vertical="top", overflow="fold")
    return table


def grouped(name: str, parts: Sequence[str]) -> Sequence[str]:
    """The headings of columns that belong together: the name stands above the first."""
    return [f"{name if place == 0 else ''}\n{part}" for place, part in enumerate(parts)]
