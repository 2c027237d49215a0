"""What is no workbook, or is made to do harm: one sentence each, within bounds of time and memory, no traceback."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from compound_files import compound_file, old_workbook, record
from hostile import (
    GOOD,
    LAUGHS,
    NUMBERS,
    OUTSIDE,
    SHEET,
    changed,
    damaged_open_document,
    encrypted,
    formatted,
    open_document,
    repeated_cell,
    scattered,
    two_of_a_name,
    wide_and_long,
    with_damaged_sheet,
    with_shared_texts,
    with_sheet,
)
from limits import refusal
from packages import parts, sheet, zipped

SAVE_AS = "Fix: open it in Excel, LibreOffice or Google Sheets and save it as an Excel workbook (.xlsx)."
DAMAGED = (
    "a workbook that is damaged or was not copied to its end. "
    "Fix: copy or download it again; if Excel cannot open it either, take the last good copy."
)
LOCKED = "protected by a password. Fix: open it in Excel, take the password off and save it again."
WEB_PAGE = (
    "a web page, not a workbook. Fix: if it shows the table, open it in Excel and save it as an Excel workbook "
    "(.xlsx); if it asks to sign in, download the workbook again."
)
LOCK = "the lock that is kept beside an open workbook, not the workbook. Fix: name 'team.xlsx' instead."
NAME_IT = "Fix: name the workbook."
ENTITIES = "its XML declares a document type, which no workbook's does"


def harm(why: str) -> str:
    return (
        f"not opened, because it could do harm: {why}. "
        "Fix: if you know where it comes from, open it in Excel and save it as a new workbook."
    )


def far_apart(place: str = "") -> str:
    return (
        f"{place}more than 8 million cells between its first and its last. "
        "Fix: delete the rows and columns beyond the table, then save it."
    )


@dataclass(frozen=True)
class Case:
    """A file's name, what is in it, and what is said about it after its name."""

    says: str
    name: str
    content: Callable[[], bytes]
    sentence: str


CASES = [
    Case("password", "team.xlsx", encrypted, LOCKED),
    Case("password, old format", "team.xls", lambda: old_workbook((0, 0, 1), password=True), LOCKED),
    Case("password, OpenDocument", "team.ods", lambda: open_document("", "<manifest:encryption-data/>"), LOCKED),
    Case("tags that do not close, OpenDocument", "team.ods", lambda: open_document("<table:table-row>"), DAMAGED),
    Case("truncated download", "team.xlsx", lambda: GOOD[: len(GOOD) // 2], DAMAGED),
    Case("truncated, old format", "team.xls", lambda: old_workbook((0, 0, 1))[:3000], DAMAGED),
    Case("truncated in its header, old format", "team.xls", lambda: old_workbook((0, 0, 1))[:301], DAMAGED),
    Case(
        "CSV named .xlsx",
        "team.xlsx",
        lambda: b"Opportunity,Rep\nAlpha,Dana Ruiz\n",
        "a text file, not an Excel workbook. Fix: if it is a table, name it 'team.csv'.",
    ),
    Case("web page named .xlsx", "team.xlsx", lambda: b"\n<!DOCTYPE html><html><body>Sign in</body></html>", WEB_PAGE),
    Case("web page named .xls", "report.xls", lambda: b"<table><tr><td>Opportunity</td></tr></table>", WEB_PAGE),
    Case(
        "XML",
        "team.xlsx",
        lambda: b'<?xml version="1.0"?><Workbook/>',
        f"an XML file, not an Excel workbook. {SAVE_AS}",
    ),
    Case(
        "Word",
        "team.xlsx",
        lambda: zipped({"word/document.xml": "<w/>"}),
        f"a Word document, not a workbook. {NAME_IT}",
    ),
    Case(
        "Word, old format",
        "team.xls",
        lambda: compound_file({"WordDocument": b"Dear team"}),
        f"a Word document, not a workbook. {NAME_IT}",
    ),
    Case(
        "PowerPoint",
        "team.xlsx",
        lambda: zipped({"ppt/presentation.xml": "<p/>"}),
        f"a PowerPoint presentation, not a workbook. {NAME_IT}",
    ),
    Case("PDF", "team.xlsx", lambda: b"%PDF-1.7\n\x00", f"a PDF document, not a workbook. {NAME_IT}"),
    Case(
        "picture",
        "team.xlsx",
        lambda: b"\x89PNG\r\n\x1a\n\x00\x00",
        f"not an Excel workbook; an .xlsx or .xlsm file was expected. {SAVE_AS}",
    ),
    Case(
        "binary named .csv",
        "team.csv",
        lambda: gzip.compress(b"Opportunity,Rep"),
        "not a table in a text file. Fix: export it again as .csv or .xlsx.",
    ),
    Case(
        "empty",
        "team.xlsx",
        lambda: b"",
        "an empty file; a workbook (.xlsx or .xlsm) was expected. Fix: copy or download the workbook again.",
    ),
    Case("zip of nothing", "team.xlsx", lambda: zipped({}), f"a zip file without a workbook in it. {NAME_IT}"),
    Case(
        "workbook zipped",
        "team.xlsx",
        lambda: zipped({"q3/team.xlsx": GOOD}),
        "a zip file with 'q3/team.xlsx' in it. Fix: unpack it and name that workbook.",
    ),
    Case("no list of sheets", "team.xlsx", lambda: changed("xl/workbook.xml", None), DAMAGED),
    Case("no sheet", "team.xlsx", lambda: changed(SHEET, None), DAMAGED),
    Case("sheet cut off", "team.xlsx", lambda: changed(SHEET, sheet()[:200]), DAMAGED),
    Case("damaged sheet", "team.xlsx", with_damaged_sheet, DAMAGED),
    Case("list of sheets is no XML", "team.xlsx", lambda: changed("xl/workbook.xml", "<workbook"), DAMAGED),
    Case(
        "billion laughs",
        "team.xlsx",
        lambda: changed("xl/workbook.xml", f"{LAUGHS}<workbook>&e;</workbook>"),
        harm(ENTITIES),
    ),
    Case("entities in a sheet", "team.xlsx", lambda: changed(SHEET, LAUGHS + sheet()), harm(ENTITIES)),
    Case(
        "entities behind a comment",
        "team.xlsx",
        lambda: changed(SHEET, f"<!--{' ' * 5000}-->" + LAUGHS + sheet()),
        harm(ENTITIES),
    ),
    Case("external entity", "team.xlsx", lambda: changed(SHEET, OUTSIDE + sheet()), harm(ENTITIES)),
    Case(
        "external entity in wide characters",
        "team.xlsx",
        lambda: changed(SHEET, (OUTSIDE + sheet()).encode("utf-16")),
        harm("its XML is written in wide characters, which no workbook's is"),
    ),
    Case(
        "zip bomb by its ratio",
        "team.xlsx",
        lambda: with_sheet(b"<!--", bytes(2**20), 300),
        harm("it unpacks to hundreds of times its size"),
    ),
    Case(
        "zip bomb that tells less than it holds",
        "team.xlsx",
        lambda: with_sheet(b"<!--", bytes(2**20), 2000, told=90),
        DAMAGED,
    ),
    Case(
        "zip bomb of many parts",
        "team.xlsx",
        lambda: zipped(parts(sheet()) | {f"xl/media/{n}.png": "" for n in range(20_001)}),
        harm("it has 20,006 parts, where a workbook has a few dozen"),
    ),
    Case(
        "sheet of 450 MB", "team.xlsx", lambda: with_sheet(b"", NUMBERS, 1000), harm("it unpacks to more than 400 MB")
    ),
    Case(
        "shared texts of 450 MB",
        "team.xlsx",
        lambda: with_shared_texts(b"", NUMBERS, 1000),
        harm("it unpacks to more than 400 MB"),
    ),
    Case(
        "one long text in every cell",
        "team.xlsx",
        lambda: with_shared_texts(b"<si><t>" + b"x" * 32_767 + b"</t></si>", b"", 0),
        "more than 400 MB of text in its cells. Fix: save the columns that the report needs as a workbook of its own.",
    ),
    Case(
        "path traversal",
        "team.xlsx",
        lambda: zipped(parts(sheet()) | {"xl/../../evil.xml": "<a/>"}),
        harm("a part of it is named as a file outside"),
    ),
    Case(
        "path traversal as on Windows",
        "team.xlsx",
        lambda: zipped(parts(sheet()) | {"xl\\..\\..\\evil.xml": "<a/>"}),
        harm("a part of it is named as a file outside"),
    ),
    Case(
        "absolute name",
        "team.xlsx",
        lambda: zipped(parts(sheet()) | {"C:/evil.xml": "<a/>"}),
        harm("a part of it is named as a file outside"),
    ),
    Case(
        "two sheets of one name",
        "team.xlsx",
        lambda: zipped(parts(sheet()) | {"xl/worksheets/SHEET1.xml": sheet()}),
        harm("two of its parts have the same name"),
    ),
    Case(
        "a million formatted empty rows",
        "team.xlsx",
        formatted,
        "an empty workbook; a sheet 'Opportunities' with a row for each opportunity was expected. "
        "Fix: fill it in, or start from a new one with 'milestone-reports init'.",
    ),
    Case(
        "5,000 sheets",
        "team.xlsx",
        lambda: zipped(parts(*[sheet("")] * 5000)),
        "5,000 sheets; up to 500 are read. Fix: save the sheet of opportunities as a workbook of its own.",
    ),
    Case(
        "a million numbers",
        "team.xlsx",
        lambda: with_sheet(b"", NUMBERS, 40),
        "sheet 'Opportunities': no row of column headers; columns such as 'Opportunity' and 'Rep' were expected. "
        "Fix: head its columns 'Opportunity', 'Rep' and with the name of each milestone.",
    ),
    Case(
        "wide and long without references",
        "team.xlsx",
        wide_and_long,
        far_apart("sheet 'Opportunities': "),
    ),
    Case(
        "rows in no order, far apart",
        "team.xlsx",
        scattered,
        far_apart("sheet 'Opportunities': "),
    ),
    Case("old format, far apart", "team.xls", lambda: old_workbook((0, 0, 1), (65_535, 65_535, 1)), far_apart()),
    Case(
        "old format, chain without an end",
        "team.xls",
        lambda: compound_file({"Workbook": b"\x09\x08"}, endless=True),
        DAMAGED,
    ),
    Case(
        "old format, at which the fast reader panics",
        "team.xls",
        lambda: compound_file({"Workbook": record(0x0809, bytes(16)) + record(0x0085, b"\0")}),
        DAMAGED,
    ),
    Case("damaged OpenDocument", "team.ods", damaged_open_document, DAMAGED),
    Case("two sheets of the same name", "team.xlsx", two_of_a_name, DAMAGED),
    Case(
        "sheet under another name that tells less than it holds",
        "team.xlsx",
        lambda: with_sheet(b"<!--", bytes(2**20), 2000, told=90, name="xl/worksheets/sheet1.bin"),
        DAMAGED,
    ),
    Case(
        "OpenDocument, one cell many times",
        "team.ods",
        repeated_cell,
        far_apart(),
    ),
    Case("Excel's lock file", "~$team.xlsx", lambda: b"\x04Dana" + bytes(160), LOCK),
    Case("LibreOffice's lock file", ".~lock.team.xlsx#", lambda: b",dana,", LOCK),
    Case(
        "binary workbook",
        "team.xlsb",
        lambda: zipped({"xl/workbook.bin": b"\0"}),
        f"a binary workbook (.xlsb), which is not read. {SAVE_AS}",
    ),
    Case(
        "Numbers",
        "team.numbers",
        lambda: zipped({"Index/Document.iwa": b"\0", "preview.jpg": b""}),
        "a Numbers spreadsheet, not an Excel workbook. "
        "Fix: in Numbers, choose File, Export To, Excel, and name the file that this makes.",
    ),
    Case(
        "link to Google Sheets",
        "team.gsheet",
        lambda: b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}',
        "a link to a Google sheet, not the sheet itself. "
        "Fix: in Google Sheets, choose File, Download, Microsoft Excel (.xlsx), and name the file that this makes.",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.says for case in CASES])
def test_a_file_that_cannot_be_read_is_told_in_one_sentence(tmp_path: Path, case: Case) -> None:
    path = tmp_path / case.name
    path.write_bytes(case.content())
    between = ", " if case.sentence.startswith("sheet ") else ": "
    assert refusal(path) == f"{case.name}{between}{case.sentence}"
