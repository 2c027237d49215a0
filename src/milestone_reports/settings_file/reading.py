"""From `milestone-reports.toml` to what was set there, checked as a whole before anything is built."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.names import one_line, quoted
from milestone_reports.render.accent import (
    LEAST_CONTRAST,
    accent_of,
    contrast_on_paper,
    is_legible,
    is_told_from_attention,
    nearest_usable,
)
from milestone_reports.render.look import HOUSE_LOOK, Brand, Look
from milestone_reports.render.measures import text_width
from milestone_reports.render.theme import HOUSE_ACCENT, Accent
from milestone_reports.settings_file.entries import Entries, entries_of, shown
from milestone_reports.settings_file.logo import logo_of
from milestone_reports.settings_file.mail import NO_MAIL, MailSettings, mail_in

NAME = "milestone-reports.toml"
HEX = re.compile(r"#[0-9A-Fa-f]{6}")

TABLES = ("templates", "brand", "mail")
BRAND = ("company", "logo", "accent", "footer")

LONGEST = 300
"""Characters: letters joined from many marks take up no width each."""


@dataclass(frozen=True, slots=True)
class Room:
    """What one line of a printed A4 page holds."""

    width: float
    """In millimetres."""
    points: float


ROOM = {"company": Room(117, 8), "footer": Room(144, 7)}
"""As in page.css: the name stands beside the widest logo, the footer in four fifths of the page's width."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a settings file says."""

    look: Look = HOUSE_LOOK
    mail: MailSettings = NO_MAIL


def settings_file(named: Path | None, folders: tuple[Path, ...]) -> Path | None:
    """The settings file: the one named, else the first that lies in one of the folders, else none."""
    if named:
        return named
    return next((folder / NAME for folder in folders if (folder / NAME).is_file()), None)


def settings_in(file: Path) -> Settings:
    """The settings in a file.

    Raises: CannotGoOnError for whatever in it cannot be used, with its place and the remedy.
    """
    entries = entries_of(file)
    entries.known_only(TABLES)
    templates = entries.path("templates", "the folder of your templates")
    if templates and not is_folder(templates):
        raise entries.fault(
            "templates", f"{templates} is no folder", "name the folder of your templates, relative to this file"
        )
    return Settings(Look(brand_in(entries.inner("brand")), templates), mail_in(entries.inner("mail")))


def is_folder(path: Path) -> bool:
    """Whether there is a folder at this path."""
    try:
        return path.is_dir()
    except OSError:  # such as a name that is too long
        return False


def brand_in(entries: Entries) -> Brand:
    """The table `[brand]`.

    Raises: CannotGoOnError.
    """
    entries.known_only(BRAND)
    logo = entries.path("logo", "the logo's file")
    return Brand(
        company=line_in(entries, "company", "the company's name"),
        logo=logo_of(logo) if logo else None,
        accent=accent_in(entries),
        footer=line_in(entries, "footer", "the text at the foot of each page"),
    )


def line_in(entries: Entries, name: str, meaning: str) -> str:
    """A text of one line that a page has room for.

    Raises: CannotGoOnError.
    """
    line, room = one_line(entries.text(name, meaning)), ROOM[name]
    width = text_width(line, room.points)
    if width > room.width or len(line) > LONGEST:
        fitting = min(int(len(line) * room.width / max(width, room.width)), LONGEST)
        raise entries.fault(
            name,
            f"its {len(line):,} characters do not fit on one line of a printed page",
            f"write about {fitting} characters or fewer",
        )
    return line


def accent_in(entries: Entries) -> Accent:
    """The accent: the house's where none is set.

    Raises: CannotGoOnError for a colour that cannot be read on the paper, or be told from that of what needs attention.
    """
    colour = entries.text("accent", 'a colour such as "#006375"')
    if not colour:
        return HOUSE_ACCENT
    if not HEX.fullmatch(colour):
        raise entries.fault("accent", f"{shown(colour)} is no colour", 'write six digits, such as "#006375"')
    if not is_legible(colour):
        raise unusable(
            entries,
            f"the contrast of {quoted(colour)} with the paper is {contrast_on_paper(colour):.1f} to 1; "
            f"text needs {LEAST_CONTRAST} to 1",
            colour,
        )
    if not is_told_from_attention(colour):
        raise unusable(
            entries, f"{quoted(colour)} cannot be told by all eyes from the red of what needs attention", colour
        )
    return accent_of(colour)


def unusable(entries: Entries, found: str, colour: str) -> CannotGoOnError:
    """The refusal of a colour, with the nearest that will do."""
    return entries.fault("accent", found, f'write "{nearest_usable(colour)}", the nearest of the same hue that will do')
