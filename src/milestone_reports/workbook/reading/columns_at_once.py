"""Columns taken at once: the values of whole columns where nothing is in doubt, and the rows where something is.

On a large sheet most of the time goes into asking the same of every cell. Here it is asked of a column: are these all
dates, is all of it plain text? The few rows that fail go to the careful reader, cell by cell. Must not know what a
column means.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar, cast

from milestone_reports.domain.visible import LONGEST_NAME, may_hide
from milestone_reports.workbook.cells import CellValue, is_filled, plain_text
from milestone_reports.workbook.reading.values import MOST, YEARS
from milestone_reports.workbook.vocabulary import says_nothing_yet

Value = TypeVar("Value")

DIGIT = re.compile(r"\d")
"""What no placeholder has, and most ids have."""

LONGEST_PLACEHOLDER = 12
"""A text longer than this that begins with a letter or a digit says more than that there is nothing yet."""


@dataclass(frozen=True, slots=True)
class Taken(Generic[Value]):
    """A column's values, and the rows (by their place below the header) whose value is in doubt."""

    values: Sequence[Value]
    doubtful: Collection[int] = ()


def take_dates(column: Sequence[CellValue]) -> Taken[date | None]:
    """Dates, and nothing where the cell is blank; a date-time is its day."""
    if datetime in set(map(type, column)):
        column = [value.date() if type(value) is datetime else value for value in column]
    days: list[CellValue] = [value or None for value in column]
    doubtful: set[int] = set()
    if not set(map(type, column)) <= {date, str, type(None)} or str in set(map(type, days)):
        doubtful = {place for place, value in enumerate(column) if is_filled(value) and type(value) is not date}
        days = [None if place in doubtful else value for place, value in enumerate(days)]
    known = cast("list[date | None]", days)
    first, last = min(filter(None, known), default=None), max(filter(None, known), default=None)
    if first and last and not (first.year in YEARS and last.year in YEARS):
        doubtful |= {place for place, day in enumerate(known) if day and day.year not in YEARS}
    return Taken(known, doubtful)


def take_numbers(column: Sequence[CellValue]) -> Taken[float | None]:
    """Numbers, and nothing where the cell is blank."""
    numbers = [value if type(value) is float and -MOST <= value <= MOST else None for value in column]
    doubtful = {place for place, value in enumerate(column) if numbers[place] is None and is_filled(value)}
    return Taken(numbers, doubtful)


def take_texts(column: Sequence[CellValue], longest: int = LONGEST_NAME) -> Taken[str]:
    """Texts as a person sees them, empty where the cell is blank; a whole number is its digits."""
    types = set(map(type, column))
    if types == {type(None)}:
        return Taken([""] * len(column))
    if types == {str} and is_plain(whole := cast("Sequence[str]", column), longest):
        return Taken(whole)
    seen: dict[CellValue, str] = {}
    texts: list[str] = []
    doubtful = set()
    for place, value in enumerate(column):
        text = seen.get(value)
        if text is None:
            text = seen[value] = _text(value, longest)
        if text == "" and is_filled(value):
            doubtful.add(place)
        texts.append(text)
    return Taken(texts, doubtful)


def _text(value: CellValue, longest: int) -> str:
    """What a text or a whole number says; empty for what only the careful reader can tell."""
    if type(value) is str:
        return plain_text(value, longest)
    if type(value) is float and value.is_integer() and abs(value) < MOST:
        return str(int(value))
    return ""


def is_plain(texts: Sequence[str], longest: int = LONGEST_NAME) -> bool:
    """Whether every text stands as a person sees it: nothing hidden, no space too many, no escape, none too long."""
    joined = "|".join(texts)
    return (
        joined.isprintable()
        and not any(mark in joined for mark in ("  ", "| ", " |", "_x"))
        and not joined.startswith(" ")
        and not joined.endswith(" ")
        and not may_hide(joined)
        and max(map(len, texts)) <= longest
    )


def placeholders(texts: Iterable[str]) -> set[str]:
    """Of these texts, those that say that there is no value yet."""
    worded = [text for text in set(texts) if not text[-1:].isdigit()]
    short = [text for text in worded if len(text) <= LONGEST_PLACEHOLDER or not text[:1].isalnum()]
    return {text for text in short if not DIGIT.search(text) and says_nothing_yet(text)}
