"""A light writer of .xlsx files, down to their XML: what no library would write, and a hundred times in a test run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from milestone_reports.domain.problem import column_letters


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and the result that the file keeps of it; None where it was never calculated."""

    text: str
    result: Value = None


@dataclass(frozen=True, slots=True)
class Broken:
    """An error cell."""

    text: str


@dataclass(frozen=True, slots=True)
class General:
    """A day as a bare number, in a cell that is not formatted as a date."""

    day: date


@dataclass(frozen=True, slots=True)
class Percent:
    """A share in a cell formatted as per cent."""

    share: float


Value = str | float | bool | date | Formula | Broken | General | Percent | None
Grid = list[list[Value]]


@dataclass(slots=True)
class Page:
    """One sheet and what its XML says besides its cells."""

    name: str
    grid: Grid
    state: str = "visible"
    dimension: str = ""
    hidden_rows: Sequence[int] = ()
    columns: str = ""
    """Elements of `cols`, such as a hidden one."""
    merged: Sequence[str] = ()
    blank_to: tuple[int, int] = (0, 0)
    """The row and column up to which there are blank cells with a format."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the XML is spelt."""

    strings: str = "shared"
    """shared, inline, or rich: in runs of their own format, with a phonetic hint."""
    prefix: str = ""
    is_strict: bool = False
    from_1904: bool = False
    iso_dates: bool = False
    """Dates as ISO text of the type `d`, as strict workbooks may."""
    has_references: bool = True
    """Whether cells and rows say where they are; some writers leave it to their order."""


PLAIN = Dialect()
TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = {
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DATE_STYLE, TIME_STYLE, PERCENT_STYLE = "1", "2", "3"


def write_xlsx(path: Path, pages: Sequence[Page], dialect: Dialect = PLAIN) -> Path:
    """Write the sheets to a new file, spelt in that dialect."""
    writer = _Writer(dialect)
    sheets = {f"xl/worksheets/sheet{number}.xml": writer.sheet(page) for number, page in enumerate(pages, start=1)}
    parts = {
        "[Content_Types].xml": _content_types(list(sheets)),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}, dialect),
        "xl/workbook.xml": writer.workbook(pages),
        "xl/_rels/workbook.xml.rels": _relations(_parts_of_book(len(pages)), dialect),
        "xl/styles.xml": writer.styles(),
        "xl/sharedStrings.xml": writer.shared_strings(),
        **sheets,
    }
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as package:
        for name, xml in parts.items():
            package.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}')
    return path


@dataclass(slots=True)
class _Writer:
    dialect: Dialect
    numbers: dict[str, int] = field(default_factory=dict)
    """Each shared string and its number."""

    def element(self, xml: str) -> str:
        """The XML with the dialect's prefix before every element's name."""
        return re.sub(r"<(/?)(?=\w)", rf"<\1{self.dialect.prefix}:", xml) if self.dialect.prefix else xml

    def root(self, name: str, inside: str) -> str:
        """A part's outermost element."""
        main = STRICT if self.dialect.is_strict else TRANSITIONAL
        colon = f":{self.dialect.prefix}" if self.dialect.prefix else ""
        names = f'xmlns{colon}="{main}" xmlns:r="{RELATIONS[self.dialect.is_strict]}"'
        return self.element(f"<{name} {names}>{inside}</{name}>")

    def workbook(self, pages: Sequence[Page]) -> str:
        sheets = "".join(
            f'<sheet name="{escape(page.name)}" sheetId="{number}" state="{page.state}" r:id="rId{number}"/>'
            for number, page in enumerate(pages, start=1)
        )
        epoch = f'<workbookPr date1904="{int(self.dialect.from_1904)}"/>'
        return self.root("workbook", f"{epoch}<sheets>{sheets}</sheets>")

    def styles(self) -> str:
        formats = "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in (0, 14, 22, 9))
        return self.root("styleSheet", f'<cellXfs count="4">{formats}</cellXfs>')

    def shared_strings(self) -> str:
        return self.root("sst", "".join(f"<si>{self.text(text)}</si>" for text in self.numbers))

    def text(self, text: str) -> str:
        """A string's XML: in one piece, or as somebody who formats half a word leaves it."""
        if self.dialect.strings != "rich":
            return _piece(text)
        middle = len(text) // 2
        runs = f"<r>{_piece(text[:middle])}</r><r><rPr><b/></rPr>{_piece(text[middle:])}</r>"
        return f'{runs}<rPh sb="0" eb="1"><t>hint</t></rPh><phoneticPr fontId="1"/>'

    def sheet(self, page: Page) -> str:
        dimension = f'<dimension ref="{page.dimension}"/>' if page.dimension else ""
        columns = f"<cols>{page.columns}</cols>" if page.columns else ""
        merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in page.merged)
        after = f"<mergeCells>{merged}</mergeCells>" if merged else ""
        return self.root("worksheet", f"{dimension}{columns}<sheetData>{''.join(self.rows(page))}</sheetData>{after}")

    def rows(self, page: Page) -> Iterator[str]:
        last_row, last_column = page.blank_to
        blank: list[Value] = []
        for number, row in enumerate([*page.grid, *[blank] * (last_row - len(page.grid))], start=1):
            places = [f"{column_letters(column)}{number}" for column in range(1, max(len(row), last_column) + 1)]
            cells = [self.cell(place, value) for place, value in zip(places, row, strict=False)]
            cells += [f'<c r="{place}" s="{DATE_STYLE}"/>' for place in places[len(row) :]]
            about = f' r="{number}"' if self.dialect.has_references else ""
            about += ' hidden="1"' if number in page.hidden_rows else ""
            yield f"<row{about}>{''.join(cells)}</row>"

    def cell(self, place: str, value: Value) -> str:
        where = f' r="{place}"' if self.dialect.has_references else ""
        if value is None:
            return "" if self.dialect.has_references else "<c/>"
        if isinstance(value, Formula):
            type_, style, result = self.content(value.result, is_result=True)
            return f"<c{where}{type_}{style}><f>{escape(value.text)}</f>{result}</c>"
        type_, style, content = self.content(value)
        return f"<c{where}{type_}{style}>{content}</c>"

    def content(self, value: Value, *, is_result: bool = False) -> tuple[str, str, str]:
        """A cell's type, its style and its content."""
        type_ = style = ""
        match value:
            case None:
                return "", "", ""
            case str():
                return self.string(value, is_result=is_result)
            case bool():
                type_, told = "b", str(int(value))
            case Broken():
                type_, told = "e", value.text
            case Percent():
                style, told = PERCENT_STYLE, repr(value.share)
            case General():
                told = repr(self.serial(value.day))
            case date():
                style = TIME_STYLE if isinstance(value, datetime) else DATE_STYLE
                type_ = "d" if self.dialect.iso_dates else ""
                told = value.isoformat() if self.dialect.iso_dates else repr(self.serial(value))
            case _:
                told = repr(value)
        return f' t="{type_}"' if type_ else "", f' s="{style}"' if style else "", f"<v>{told}</v>"

    def string(self, text: str, *, is_result: bool) -> tuple[str, str, str]:
        if is_result:
            return ' t="str"', "", f"<v>{escape(text)}</v>"
        if self.dialect.strings == "inline":
            return ' t="inlineStr"', "", f"<is>{self.text(text)}</is>"
        return ' t="s"', "", f"<v>{self.numbers.setdefault(text, len(self.numbers))}</v>"

    def serial(self, day: date) -> float:
        """The day as the number that the workbook's epoch makes of it."""
        epoch = datetime(1904, 1, 1) if self.dialect.from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  no zones in a workbook
        moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001  as above
        number = (moment - epoch) / timedelta(days=1)
        return int(number) if number.is_integer() else number


def _piece(text: str) -> str:
    return f'<t xml:space="preserve">{escape(text)}</t>'


def _parts_of_book(n_sheets: int) -> Mapping[str, tuple[str, str]]:
    sheets = {f"rId{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, n_sheets + 1)}
    return sheets | {"rId901": ("styles", "styles.xml"), "rId902": ("sharedStrings", "sharedStrings.xml")}


def _relations(targets: Mapping[str, tuple[str, str]], dialect: Dialect) -> str:
    base = RELATIONS[dialect.is_strict]
    inside = "".join(
        f'<Relationship Id="{id_}" Type="{base}/{kind}" Target="{target}"/>' for id_, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def _content_types(sheets: Sequence[str]) -> str:
    kinds = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles", "xl/sharedStrings.xml": "sharedStrings"}
    kinds |= dict.fromkeys(sheets, "worksheet")
    parts = "".join(f'<Override PartName="/{part}" ContentType="{TYPE}.{kind}+xml"/>' for part, kind in kinds.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'<Types xmlns="{PACKAGE}/content-types">{defaults}{parts}</Types>'
