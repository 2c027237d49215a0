"""A workbook's zip package, opened with care: no bomb, no path outside, no entities; its parts by sheet.

The sizes that a zip tells of its parts are not believed: each part that a reader will unpack is unpacked here first,
and never beyond what it said.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.workbook.cells import SINCE_1900, SINCE_1904
from milestone_reports.workbook.files.kinds import BROKEN_ZIP, damaged

MOST_PARTS = 20_000
MOST_SHEETS = 500
MOST_BYTES = 400 * 1024 * 1024
"""Of all parts unpacked: some two million filled cells are 90 MB."""

MOST_RATIO = 400
"""How many times its size a part may unpack to, once it is larger than a few megabytes; text packs 10 to 60 fold."""

SMALL = 16 * 1024 * 1024
SMALL_TREE = 16 * 1024 * 1024
"""Of a part that is taken apart whole, such as the list of the sheets: a tree needs ten times the room of its text."""

CHUNK = 1024 * 1024
XML_NAMES = (".xml", ".rels", ".vml")
PROLOG = 64 * 1024
ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?>(?:<\?(?:(?!\?>).)*\?>|<!--(?:(?!-->).)*-->)\s*)*<[A-Za-z_]", re.DOTALL)
"""How an XML part begins that has no document type, and with it no entities: that must stand before the root."""

BROKEN = (*BROKEN_ZIP, ParseError, KeyError)
"""What reading a damaged package raises."""


@dataclass(frozen=True)
class Package:
    """A workbook's parts and the part of each sheet."""

    name: str
    archive: zipfile.ZipFile

    @cached_property
    def sheets(self) -> Mapping[str, str]:
        """Sheet name to the name of its part; a sheet whose part is missing is left out."""
        book = self.part_named("xl/workbook.xml")
        targets = self.links_of(book)
        sheets = [element for element in self.tree(book).iter() if local(element.tag) == "sheet"]
        if len(sheets) > MOST_SHEETS:
            raise CannotGoOnError(
                f"{self.name}: {len(sheets):,} sheets; up to {MOST_SHEETS} are read. "
                "Fix: save the sheet of opportunities as a workbook of its own."
            )
        found = {}
        for sheet in sheets:
            relation = next((value for name, value in sheet.attrib.items() if local(name) == "id"), "")
            part = self._parts.get(targets.get(relation, "").lower())
            name = sheet.get("name", "")
            if name in found:
                raise KeyError(name)
            if part:
                found[name] = part
        return found

    @cached_property
    def saved_at(self) -> datetime | None:
        """When the workbook was last saved, by its own account; none where it does not say."""
        try:
            properties = self.tree(self.part_named("docprops/core.xml"))
        except (KeyError, ParseError):
            return None
        text = next((element.text for element in properties.iter() if local(element.tag) == "modified"), None)
        try:
            return datetime.fromisoformat(text or "").replace(tzinfo=None, microsecond=0)
        except ValueError:
            return None

    @cached_property
    def day_zero(self) -> date:
        """Day 0 of the workbook's serial dates, which Excel on Macs once counted from 1904."""
        book = self.tree(self.part_named("xl/workbook.xml"))
        since_1904 = any(element.get("date1904") in {"1", "true"} for element in book.iter())
        return SINCE_1904 if since_1904 else SINCE_1900

    def part(self, name: str) -> bytes:
        """The bytes of a part.

        Raises: ValueError where it unpacks to more than it said.
        """
        information = self.archive.getinfo(name)
        with self._unpacked(information) as part:
            content = part.read(information.file_size + 1)
        _refuse_lie(len(content), information)
        return content

    def has(self, name: str) -> bool:
        """Whether there is a part of that name, in small letters."""
        return name in self._parts

    def part_named(self, name: str) -> str:
        """The part of that name, in whatever case and with or without a slash before it.

        Raises: KeyError.
        """
        return self._parts[name]

    def links_of(self, part: str) -> Mapping[str, str]:
        """A part's relations: id to target."""
        folder, _, name = part.rpartition("/")
        relations = self._parts.get(f"{folder}/_rels/{name}.rels".lower().lstrip("/"))
        if relations is None:
            return {}
        targets = {}
        for element in self.tree(relations).iter():
            if local(element.tag) == "Relationship":
                target = element.get("Target", "")
                if element.get("TargetMode") != "External":
                    target = _inside(folder, target)
                targets[element.get("Id", "")] = target
        return targets

    def tree(self, part: str) -> Element:
        """A part's XML; entities are refused.

        Raises: ParseError where it is none, or too large to be taken apart.
        """
        if self.archive.getinfo(part).file_size > SMALL_TREE:
            raise ParseError(part)
        try:
            return fromstring(self.part(part))
        except DefusedXmlException as error:
            raise ParseError(str(error)) from error

    def check(self) -> None:
        """Refuse a zip that unpacks to more than any workbook, leads outside, or declares entities.

        Raises: CannotGoOnError.
        """
        parts = self.archive.infolist()
        if len(parts) > MOST_PARTS:
            raise self._harmful(f"it has {len(parts):,} parts, where a workbook has a few dozen")
        if len(self._parts) < len(parts):
            raise self._harmful("two of its parts have the same name")
        texts = [part for part in parts if part.filename.lower().endswith(XML_NAMES)]
        if sum(part.file_size for part in parts) > MOST_BYTES:
            raise self._harmful(f"it unpacks to more than {MOST_BYTES // 2**20} MB")
        for part in parts:
            if part.file_size > SMALL and part.file_size > MOST_RATIO * max(part.compress_size, 1):
                raise self._harmful("it unpacks to hundreds of times its size")
            pieces = PurePosixPath(part.filename.replace("\\", "/"))
            if ".." in pieces.parts or ":" in part.filename:
                raise self._harmful("a part of it is named as a file outside")
        for part in texts:
            self._check_beginning(part)
        sheets = set(self.sheets.values()) if self.has("xl/workbook.xml") else set()
        for part in parts:
            if part.filename not in sheets:  # those are unpacked for what the fast reader does not tell
                self._check_size(part)

    @cached_property
    def _parts(self) -> Mapping[str, str]:
        """The parts' names as they stand, by their names in small letters and without a slash before."""
        return {name.lower().replace("\\", "/").lstrip("/"): name for name in self.archive.namelist()}

    def _check_beginning(self, information: zipfile.ZipInfo) -> None:
        with self._unpacked(information) as part:
            beginning = part.read(PROLOG)
        if b"\0" in beginning[:4]:
            raise self._harmful("its XML is written in wide characters, which no workbook's is")
        if beginning and not ROOT.match(beginning):
            if b"<!DOCTYPE" in beginning:
                raise self._harmful("its XML declares a document type, which no workbook's does")
            raise ParseError(information.filename)

    def _check_size(self, information: zipfile.ZipInfo) -> None:
        n_bytes = 0
        with self._unpacked(information) as part:
            while chunk := part.read(CHUNK):
                n_bytes += len(chunk)
        _refuse_lie(n_bytes, information)

    def _unpacked(self, information: zipfile.ZipInfo) -> IO[bytes]:
        """The part, which ends one byte after the size it told, if it goes on for so long."""
        lying = copy(information)
        lying.file_size += 1
        return self.archive.open(lying)

    def _harmful(self, why: str) -> CannotGoOnError:
        return CannotGoOnError(
            f"{self.name}: not opened, because it could do harm: {why}. "
            "Fix: if you know where it comes from, open it in Excel and save it as a new workbook."
        )


@contextmanager
def open_package(name: str, content: bytes) -> Iterator[Package]:
    """The package of a workbook of that name.

    Raises: CannotGoOnError where it is damaged, or made to do harm.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            package = Package(name, archive)
            package.check()
            yield package
    except BROKEN as error:
        raise damaged(name) from error


def local(name: str) -> str:
    """An XML name without its namespace: strict and transitional workbooks differ only there."""
    return name.rpartition("}")[2]


def _inside(folder: str, target: str) -> str:
    """The part that a target names, seen from a folder of the package."""
    target = target.replace("\\", "/")
    pieces: list[str] = [] if target.startswith("/") else folder.strip("/").split("/")
    for piece in target.split("/"):
        if piece == "..":
            del pieces[-1:]
        elif piece not in {"", "."}:
            pieces.append(piece)
    return "/".join(pieces)


def _refuse_lie(n_bytes: int, information: zipfile.ZipInfo) -> None:
    if n_bytes != information.file_size:
        raise zipfile.BadZipFile(information.filename)
