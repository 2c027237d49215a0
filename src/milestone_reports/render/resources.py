"""Where the files that ship with the program are: templates, style sheets, fonts. Must not know what is in them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def templates_folder() -> Path:
    """The templates inside an installed wheel, else the top-level folder of a checkout."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "templates"


def fonts_folder() -> Path:
    """The typeface's files."""
    return templates_folder() / "static" / "fonts"
