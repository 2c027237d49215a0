"""Workbooks put together part by part, so that a test can make one that no program would write."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

ROWS = (
    ("Opportunity", "Rep", "Value", "Kickoff", "Contract"),
    ("Alpha", "Dana Ruiz", 50000, 46329, 46342),
    ("Beta", "Lee Wong", 40000.5, 46330, None),
)
"""A small team's sheet: 46,329 is 2026-11-03."""


def cells(rows: Iterable[Iterable[object]]) -> str:
    """Rows as a sheet's cells, their texts inline."""
    return "".join(
        f'<row r="{number}">'
        + "".join(_cell(f"{chr(64 + place)}{number}", v) for place, v in enumerate(row, 1))
        + "</row>"
        for number, row in enumerate(rows, 1)
    )


def _cell(reference: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{reference}"><v>{value}</v></c>'


def sheet(rows: str = cells(ROWS), after: str = "", before: str = "") -> str:
    """A sheet's XML around its rows."""
    return (
        f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    )


def parts(*sheets: str) -> dict[str, str | bytes]:
    """The parts of a workbook with these sheets, the first one named Opportunities."""
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="{"Opportunities" if n == 1 else f"Sheet {n}"}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONSHIPS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{types}.worksheet+xml"/>' for n in numbers
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": text for n, text in zip(numbers, sheets, strict=True)},
    }


def zipped(contents: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]]) -> bytes:
    """The parts as a zip file."""
    pairs = contents.items() if isinstance(contents, Mapping) else contents
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in pairs:
            archive.writestr(name, content)
    return written.getvalue()


def repeated(start: bytes, block: bytes, times: int, end: bytes) -> tuple[bytes, int, int]:
    """Deflated bytes, their checksum and their size: a block many times over, compressed only once."""
    whole = []
    for piece in (start, block, end):
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        whole.append(packer.compress(piece) + packer.flush(zlib.Z_FINISH if piece is end else zlib.Z_FULL_FLUSH))
    check = zlib.crc32(start)
    for _ in range(times):
        check = zlib.crc32(block, check)
    return whole[0] + whole[1] * times + whole[2], zlib.crc32(end, check), len(start) + len(block) * times + len(end)


def with_deflated(content: bytes, name: str, deflated: tuple[bytes, int, int], told: int | None = None) -> bytes:
    """A zip file with one more part, already deflated; it tells its true size or another."""
    packed, check, size = deflated
    told = size if told is None else told
    with zipfile.ZipFile(BytesIO(content)) as archive:
        start, count = archive.start_dir, len(archive.namelist()) + 1
    end = content.rindex(b"PK\5\6")
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, check, len(packed), told, len(name), 0)
    local = b"PK\3\4" + common + name.encode() + packed
    entry = b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, start) + name.encode()
    directory = content[start:end] + entry
    last = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(directory), start + len(local), 0)
    return content[:start] + local + directory + last
