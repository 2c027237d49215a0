"""An .ods looked through before it is read: whether it has a password, and how far its cells reach.

A row or a cell says how often it is repeated, and so a file of a few bytes can hold more cells than a machine.
"""

from __future__ import annotations

import re
from xml.parsers.expat import ExpatError, ParserCreate

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.workbook.files.extent import MOST_CELLS, too_far_apart, without_asides
from milestone_reports.workbook.files.kinds import damaged, locked
from milestone_reports.workbook.files.package import open_package

TAG = re.compile(
    rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])"
    rb"""((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>"""
)
REPEATED = re.compile(rb"""number-(?:columns|rows)-repeated\s*=\s*["']\s*(\d{1,18})["']""")


def check_open_document(name: str, content: bytes) -> None:
    """Refuse an .ods that the fast reader could not open, or could not hold in memory.

    Raises: CannotGoOnError.
    """
    with open_package(name, content) as package:
        if b"encryption-data" in package.part(package.part_named("meta-inf/manifest.xml")):
            raise locked(name)
        content_xml = package.part(package.part_named("content.xml"))
    _refuse_broken(name, content_xml)
    xml = without_asides(content_xml)
    if _places(xml) > MOST_CELLS:
        raise CannotGoOnError(too_far_apart(name))


def _refuse_broken(name: str, xml: bytes) -> None:
    """Refuse XML whose tags do not close: the fast reader would look for the end of a table for ever."""
    try:
        ParserCreate().Parse(xml, True)
    except ExpatError as error:
        raise damaged(name) from error


def _places(xml: bytes) -> int:
    """The places of all sheets up to their last filled rows and columns."""
    total = rows = filled_rows = columns = widest = repeated = 0
    filled = False
    for found in TAG.finditer(xml):
        closing, name, attributes = bool(found[1]), found[2], found[3]
        times = int(repeats[1]) if (repeats := REPEATED.search(attributes)) else 1
        if name == b"table" and closing:
            total += filled_rows * widest
            rows = filled_rows = widest = 0
        elif name == b"table-row":
            rows += times * (not closing)
            filled_rows = rows if closing and filled else filled_rows
            columns, filled, repeated = 0, False, times
        elif not closing and repeated:
            columns += times
            if not attributes.endswith(b"/"):
                widest, filled = max(widest, columns), True
    return total + filled_rows * widest
