"""Files that are damaged or made to do harm, put together as a test needs them."""

from __future__ import annotations

import zipfile
from io import BytesIO
from random import Random

import msoffcrypto.format.ooxml  # type: ignore[import-untyped]  # it ships no types
from packages import parts, repeated, sheet, with_deflated, zipped

GOOD = zipped(parts(sheet()))
LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;">]>'
)
OUTSIDE = '<!DOCTYPE w [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
SHEET = "xl/worksheets/sheet1.xml"
START, END = (part.encode() for part in sheet("|").split("|"))


def changed(name: str, content: str | bytes | None) -> bytes:
    """A good workbook with one part changed, or missing."""
    contents = parts(sheet())
    if content is None:
        del contents[name]
    else:
        contents[name] = content
    return zipped(contents)


def encrypted() -> bytes:
    written = BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(BytesIO(GOOD)).encrypt("secret", written)
    return written.getvalue()


def with_damaged_sheet() -> bytes:
    """A good workbook whose sheet's packed bytes were written over."""
    with zipfile.ZipFile(BytesIO(GOOD)) as archive:
        start = archive.getinfo(SHEET).header_offset + 30 + len(SHEET)
    return GOOD[: start + 20] + b"\xff" * 60 + GOOD[start + 80 :]


def with_sheet(rows: bytes, block: bytes = b"", times: int = 0, *, told: int | None = None, name: str = SHEET) -> bytes:
    """A workbook whose sheet holds these rows and then a block many times over."""
    contents = parts(sheet())
    del contents[SHEET]
    related = contents["xl/_rels/workbook.xml.rels"]
    contents["xl/_rels/workbook.xml.rels"] = str(related).replace("worksheets/sheet1.xml", name.removeprefix("xl/"))
    return with_deflated(zipped(contents), name, repeated(START + rows, block, times, END), told)


def two_of_a_name() -> bytes:
    """A workbook with two sheets named Opportunities."""
    contents = parts(sheet(), sheet())
    contents["xl/workbook.xml"] = str(contents["xl/workbook.xml"]).replace("Sheet 2", "Opportunities")
    return zipped(contents)


def with_shared_texts(texts: bytes, block: bytes, times: int) -> bytes:
    shared = repeated(b"<sst>" + texts, block, times, b"</sst>")
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 30_000))
    return with_deflated(zipped(parts(sheet(rows))), "xl/sharedStrings.xml", shared)


def open_document(table: str, manifest: str = "") -> bytes:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Opportunities">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f"<manifest:manifest>{manifest}</manifest:manifest>",
            "content.xml": content,
        }
    )


VALUE = '<table:table-cell office:value-type="float" office:value="1"/>'
CHANCE = Random(1)  # noqa: S311  nothing to keep secret
NUMBERS = "".join(
    "<row>" + "".join(f"<c><v>{CHANCE.randrange(1000)}</v></c>" for _ in range(26)) + "</row>" for _ in range(1000)
).encode()
"""A thousand rows of 26 numbers, which pack as well as those of a real sheet."""


def scattered() -> bytes:
    """A workbook of long and wide rows in no order, with no two cells of it near each other."""
    rows = (
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}{n}"><v>1</v></c></row>'
        for n in range(40_000, 1, -1)
    )
    return with_sheet("".join(rows).encode())


def formatted() -> bytes:
    """A workbook with a format in each of a million rows, and nothing else."""
    return with_sheet("".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(1, 2**20 + 1)).encode())


def wide_and_long() -> bytes:
    """A workbook whose first row is as wide and whose first column as long as can be, without saying where."""
    return with_sheet(b"<row>" + b"<c><v>1</v></c>" * 16_384 + b"</row>", b"<row><c><v>1</v></c></row>" * 1000, 200)


def repeated_cell() -> bytes:
    """An OpenDocument spreadsheet with one cell that says to stand in every place of its sheet."""
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1">'
    return open_document(
        f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-cell></table:table-row>'
    )


def damaged_open_document() -> bytes:
    """An OpenDocument spreadsheet whose first part's packed bytes were written over."""
    content = open_document("")
    start = 30 + len("mimetype")
    return content[:start] + b"\xff" * 20 + content[start + 20 :]
