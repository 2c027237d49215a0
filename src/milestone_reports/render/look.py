"""A company's own look: its name, logo, accent and footer, and its templates.

Must not know of the file that names them.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from milestone_reports.render.theme import HOUSE_ACCENT, Accent

MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that was found safe to show."""

    kind: Literal["svg", "png"]  #: what kind of picture
    content: bytes  #: the file itself
    width: float
    """In pixels of its own; with the height, the room that a page keeps for it."""
    height: float  #: in pixels of its own

    @property
    def file_name(self) -> str:
        """Its name under `static/`."""
        return f"logo.{self.kind}"

    @property
    def data_address(self) -> str:
        """Itself as an address, for paper."""
        return f"data:{MEDIA_TYPES[self.kind]};base64,{b64encode(self.content).decode()}"

    def width_at(self, height: float) -> int:
        """How wide it is at a height."""
        return round(height * self.width / self.height)


@dataclass(frozen=True, slots=True)
class Brand:
    """Whose report it is; all of it may be missing."""

    company: str = ""  #: its name; empty for none
    logo: Logo | None = None  #: its logo
    accent: Accent = HOUSE_ACCENT  #: the colours of what is done
    footer: str = ""  #: the text at the foot of each page; empty for none

    @property
    def has_mast(self) -> bool:
        """Whether there is something to show at the head of a page."""
        return bool(self.company or self.logo)


@dataclass(frozen=True, slots=True)
class Look:
    """The brand, and the folder of templates that is looked in first."""

    brand: Brand = Brand()
    own_templates: Path | None = None


HOUSE_LOOK = Look()
