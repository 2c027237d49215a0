"""Memory: without the garbage collector while many objects are made that all live until the work is done."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected(*, kept: bool = False) -> Iterator[None]:
    """Without garbage collection: looking for what can go, among objects none of which can, only costs time.

    What is `kept` to the program's end is never looked through again either.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if kept:
            gc.freeze()
        if was_on:
            gc.enable()
