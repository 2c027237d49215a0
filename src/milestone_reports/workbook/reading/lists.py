"""Several texts as a sentence lists them, each of which can still be said in another language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from milestone_reports.domain.message import message
from milestone_reports.domain.names import quoted


def listed(texts: Iterable[str]) -> str:
    """`A, B, C`."""
    return reduce(lambda before, text: message("{texts}, {text}", texts=before, text=text), texts)


def with_and(texts: Sequence[str]) -> str:
    """`A, B and C`."""
    *first, last = texts
    return message("{texts} and {last}", texts=listed(first), last=last) if first else last


def one_of(names: Sequence[str]) -> str:
    """Names in quotes of which one is meant: `'A', 'B' or 'C'`."""
    *first, last = map(quoted, names)
    return message("{names} or {last}", names=", ".join(first), last=last) if first else last


def all_of(names: Sequence[str]) -> str:
    """Names in quotes that are all meant: `'A', 'B' and 'C'`."""
    return with_and([quoted(name) for name in names])
