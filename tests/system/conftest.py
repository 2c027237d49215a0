"""The browser, and the sites to open in it, for every test of this folder that asks for them."""

from __future__ import annotations

from browser import chromium, phone, window
from built import one_rep, sample

__all__ = ["chromium", "one_rep", "phone", "sample", "window"]
