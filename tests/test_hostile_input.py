"""A workbook made to do harm: all of it is shown as text, and nothing of it steers a page, a file or a terminal."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
import tinyhtml5  # type: ignore[import-untyped]  # it ships no types
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from pypdf import PdfReader

from hostile_workbook import (
    MANAGER,
    PAYLOADS,
    REPS,
    TODAY,
    hostile_sheets,
    hostile_sheets_to_send,
    with_sheets_so_named,
    write_hostile,
)
from milestone_reports.build import Request, build
from milestone_reports.cli import main
from milestone_reports.domain.slug import RESERVED
from milestone_reports.domain.visible import UNSEEN

WEEK = timedelta(days=7)
FILE = "=cmd <script>file(1)< \u202e{{ 1 }} [link=file:x]y[red] '\"\x1b[2J\udcff"
"""The name of the file; the last character is how Python has a byte that is no letter in any encoding."""

COLOURS = re.compile(r"\x1b\[[\d;]*m")
"""What the program itself sends to a terminal."""

ISOLATES = {"\u2068", "\u2069"}
"""What the pages themselves put around a name, so that its direction ends with it."""

OF_MESSAGES = re.compile(r"<style>[^<]*</style>|<!--\[if mso\]>[^!]*<!\[endif\]-->")
"""What messages have of their own: colours for dark screens, and a table for Outlook."""

SVG = "{http://www.w3.org/2000/svg}"
HARMLESS = re.compile(r"(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]{0,100}|\.site\.lock")


@dataclass(frozen=True, slots=True)
class Published:
    """Two weekly copies of the workbook as a site, with their history."""

    folder: Path
    workbook: Path
    """The first copy, full of errors."""
    last: Path

    @property
    def state(self) -> Path:
        return self.folder / "state"

    def files(self, suffix: str) -> Mapping[str, bytes]:
        site = self.folder / "site"
        return {str(path.relative_to(site)): path.read_bytes() for path in sorted(site.rglob(f"*{suffix}"))}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("hostile")
    sheets = {TODAY - WEEK: with_sheets_so_named(hostile_sheets(TODAY - WEEK)), TODAY: hostile_sheets_to_send(TODAY)}
    workbooks = [write_hostile(folder / f"{FILE} {day}.xlsx", said) for day, said in sheets.items()]
    for day, workbook in zip(sheets, workbooks, strict=True):
        is_last = day == TODAY
        request = Request((workbook,), folder / "site", day, state=folder / "state", archive=True, pdf=is_last)
        build(request, lambda _what, _done, _total: None)
    return Published(folder, *workbooks)


def test_no_page_has_an_element_a_handler_or_an_address_from_a_workbook(published: Published) -> None:
    pages = published.files(".html")
    assert len(pages) > 100
    for path, content in pages.items():
        if not path.startswith("2026-W47/"):  # they are those of the root but for one line
            assert faults_of_page(content) == [], path


def test_no_page_has_a_comment_which_could_be_taken_for_a_mark_of_its_place(published: Published) -> None:
    assert [path for path, content in published.files(".html").items() if b"<!--" in content] == []


def test_pages_show_the_texts_as_they_were_typed(published: Published) -> None:
    shown = text_of(published.files(".html")["opportunities.html"])
    for name in (
        "formula",
        "script",
        "image",
        "template",
        "pattern",
        "javascript",
        "parent",
        "device",
        "newest",
        "entity",
    ):
        assert PAYLOADS[name] in shown, name
    assert "invoicefdp.exe" in shown
    assert "Dana Bcc: x@evil.example" in shown


def test_what_is_not_seen_is_in_no_file_of_the_site(published: Published) -> None:
    for suffix in (".html", ".csv", ".json"):
        for path, content in published.files(suffix).items():
            found = set(UNSEEN.findall(content.decode("utf-8-sig")))
            assert found <= (ISOLATES if suffix == ".html" else set()), path


def test_no_cell_of_a_table_is_a_formula(published: Published) -> None:
    tables = published.files(".csv")
    assert len(tables) > 10
    n_neutralised = 0
    for path, content in tables.items():
        for row in csv.reader(StringIO(content.decode("utf-8-sig"), newline="")):
            n_neutralised += sum(cell.startswith("'") for cell in row)
            formulas = [cell for cell in row if cell.startswith(tuple("=+-@\t\r\n＝")) and not is_number(cell)]
            assert formulas == [], path
    assert n_neutralised > 50


def test_every_json_file_can_be_read(published: Published) -> None:
    told = [json.loads(content) for content in published.files(".json").values()]
    assert len(told) > 3


def test_every_file_lies_in_the_site_under_a_name_that_any_system_takes(published: Published) -> None:
    paths = [path.relative_to(published.folder) for path in published.folder.rglob("*")]
    names = [path for path in paths if not path.name.startswith("=cmd")]
    assert {path.parts[0] for path in names} <= {"site", ".site.lock", "state", "drafts"}
    for path in names:
        assert all(HARMLESS.fullmatch(part) for part in path.parts), path
        assert not {part.partition(".")[0].casefold() for part in path.parts} & RESERVED, path
    folded = [str(path).casefold() for path in names]
    assert len(set(folded)) == len(folded)


def test_no_pdf_has_an_action_or_an_address(published: Published) -> None:
    printed = published.files(".pdf")
    assert len(printed) >= len(REPS) + 1
    for path, content in printed.items():
        assert set(active_parts(content)) == set(), path


def test_a_pdf_shows_the_texts_as_they_were_typed(published: Published) -> None:
    printed = published.files(".pdf")
    of_formula = next(content for path, content in printed.items() if path.startswith("reps/cmd-"))
    assert "=cmd|'/Ccalc'!A0<script>alert(1)</script>" in spaceless_text(of_formula)
    of_style = next(content for path, content in printed.items() if path.startswith("reps/body-"))
    assert '";}body{display:none}</style><script>alert(1)</script>' in spaceless_text(of_style)


def test_every_card_has_at_most_two_pages_whatever_its_names(published: Published) -> None:
    cards = {path: content for path, content in published.files(".pdf").items() if path.startswith("reps/")}
    assert {path: n for path, content in cards.items() if (n := len(PdfReader(BytesIO(content)).pages)) > 2} == {}


COMMANDS = (
    ("check", "{workbook}"),
    ("check", "{workbook}", "--explain"),
    ("show", "{last}", "--state", "{state}"),
    *(("show", "{last}", rep, "--state", "{state}") for rep in (*REPS[:1], *REPS[3:])),
    ("explain", "{last}", "attainment", "--state", "{state}"),
    ("explain", "{last}", "rate to the sale", "--state", "{state}"),
    ("history", "list", "--state", "{state}"),
    ("history", "show", "2026-W47", "--state", "{state}"),
    ("history", "verify", "--state", "{state}"),
    ("send", "{folder}/site", "--week", "2026-W47", "--drafts", "{folder}/drafts", "--state", "{state}"),
    ("import", "{folder}", "--state", "{folder}/imported", "--dry-run"),
    ("build", "{workbook}", "--strict", "-o", "{folder}/elsewhere", "--formats", "data", "--state", "{state}"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command)[:60].encode("ascii", "replace"))
def test_nothing_steers_the_terminal(published: Published, command: tuple[str, ...]) -> None:
    done = run(published, *command)
    assert done.exit_code in {0, 1}, done.output
    assert len(done.output) > 10
    told = COLOURS.sub("", done.output)
    assert re.findall(r"[^\n -~\xa0-\U0010ffff]", told) == []
    assert UNSEEN.findall(told) == []


def test_json_of_a_check_can_be_read(published: Published) -> None:
    told = json.loads(run(published, "check", "{workbook}", "--explain", "--format", "json").stdout)
    assert UNSEEN.findall(json.dumps(told, ensure_ascii=False)) == []


def test_an_export_of_the_history_has_no_formula_and_no_link(published: Published, tmp_path: Path) -> None:
    for suffix in (".xlsx", ".json"):
        done = run(published, "history", "export", str(tmp_path / f"all{suffix}"), "--state", "{state}")
        assert done.exit_code == 0, done.output
    json.loads((tmp_path / "all.json").read_bytes())
    cells = [cell for page in load_workbook(tmp_path / "all.xlsx") for row in page for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert PAYLOADS["formula"] in {cell.value for cell in cells}


def test_a_marked_copy_gets_no_formula_and_no_link_to_elsewhere(published: Published, tmp_path: Path) -> None:
    copy = tmp_path / "marked.xlsx"
    workbook = write_hostile(tmp_path / f"{FILE}.xlsx", {**hostile_sheets(), "=1+1 <b>\u202e": [("=1+1",)]})
    done = run(published, "check", str(workbook), "--mark", str(copy))
    assert done.exit_code == 1, done.output
    page = load_workbook(copy).worksheets[0]
    assert page.max_row > 100
    assert [cell.coordinate for row in page for cell in row if cell.hyperlink and cell.hyperlink.target] == []
    with ZipFile(copy) as package:
        assert [part for part in package.namelist() if b"<f>" in package.read(part)] == []


def test_the_note_beside_a_rejected_file_shows_texts(published: Published, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    write_hostile(inbox / f"{FILE}.xlsx", hostile_sheets())
    options = ("-o", str(tmp_path / "site"), "--once", "--settle", "0.1", "--strict")
    done = run(published, "watch", str(inbox), *options)
    assert done.exit_code == 1, done.output
    assert re.findall(r"[^\n -~\xa0-\U0010ffff]", done.output) == []
    (note,) = (inbox / "rejected").glob("*.html")
    page = note.read_bytes()
    own = re.compile(rb"<style>[^<]*</style>")
    assert len(own.findall(page)) == 1
    assert faults_of_page(own.sub(b"", page)) == []
    assert "=cmd <script>file(1)<" in text_of(page)


@pytest.fixture(scope="module")
def drafts(published: Published) -> Mapping[str, EmailMessage]:
    """The messages of the last week, by the names of their files."""
    folder = published.folder / "drafts"
    done = run(published, "send", "{folder}/site", "--week", "2026-W47", "--drafts", str(folder), "--state", "{state}")
    assert done.exit_code == 0, done.output
    read = BytesParser(policy=policy.default).parsebytes
    return {path.name: read(path.read_bytes()) for path in sorted(folder.rglob("*.eml"))}


def test_no_message_has_a_header_a_part_or_a_name_from_a_workbook(drafts: Mapping[str, EmailMessage]) -> None:
    assert [name for name in drafts if not HARMLESS.fullmatch(name)] == []
    # Lines of the log that are no known opportunity's hold every card back; the manager's message has the names of all.
    assert {str(message["To"]) for message in drafts.values()} == {MANAGER}
    for message in drafts.values():
        assert set(message.keys()) <= {"To", "Subject", "MIME-Version", "Content-Type", "X-Unsent", "X-Mailer"}
        assert UNSEEN.findall(message["Subject"]) == []
        kinds = [part.get_content_type() for part in message.walk()]
        assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf"]
        names = [part.get_filename() for part in message.walk()]
        assert names[:4] == [None] * 4
        assert HARMLESS.fullmatch(str(names[4]))


def test_no_message_has_an_element_a_handler_or_an_address_from_a_workbook(
    drafts: Mapping[str, EmailMessage],
) -> None:
    for message in drafts.values():
        plain, html = (message.get_body((kind,)) for kind in ("plain", "html"))
        assert plain is not None
        assert html is not None
        assert re.findall(r"[^\n -~\xa0-\U0010ffff]", plain.get_content().replace("\r\n", "\n")) == []
        page = OF_MESSAGES.sub("", html.get_content())
        assert faults_of_page(page.encode()) == []
        assert set(UNSEEN.findall(page + plain.get_content())) <= ISOLATES


def run(published: Published, *command: str) -> Result:
    """A command as a terminal with colours shows it."""
    names = {
        "workbook": published.workbook,
        "last": published.last,
        "state": published.state,
        "folder": published.folder,
    }
    arguments = [re.sub(r"^\{(\w+)\}", lambda found: str(names[found[1]]), part) for part in command]
    return CliRunner(env={"FORCE_COLOR": "1", "TERM": "xterm-256color"}).invoke(main, arguments)


def faults_of_page(content: bytes) -> list[str]:
    """What a page has that can only have come from a workbook."""
    return list(_faults(content.decode()))


def _faults(page: str) -> Iterator[str]:
    for element in tinyhtml5.parse(page, namespace_html_elements=False).iter():
        name = element.tag
        if not isinstance(name, str) or (name.startswith("{") and not name.startswith(SVG)):
            yield f"{name}: no element of ours"
            continue
        if name in {"style", "iframe", "object", "embed", "base", "bdo", "u"}:
            yield f"<{name}>"
        if name == "script" and (element.text or not element.get("src", "").endswith(".js")):
            yield f"<script> {element.text}"
        for attribute, value in element.attrib.items():
            if attribute.startswith("on") or attribute == "srcdoc":
                yield f"<{name} {attribute}>"
            if attribute in {"href", "src", "action", "formaction", "poster"} and not leads_within(value):
                yield f"<{name} {attribute}={value!r}>"


def leads_within(address: str) -> bool:
    """Whether an address can lead nowhere but to a place of the site: it has no scheme, no host and no sign for one."""
    return address == "data:," or re.fullmatch(r"(?!/)[A-Za-z0-9._/%#-]*", address) is not None


def text_of(page: bytes) -> str:
    """What a page says, on one line."""
    return " ".join("".join(tinyhtml5.parse(page.decode(), namespace_html_elements=False).itertext()).split())


def is_number(text: str) -> bool:
    return re.fullmatch(r"-?[\d.]+(?:e[+-]\d+)?", text) is not None


def active_parts(content: bytes) -> Iterator[str]:
    """What of a PDF does something when it is opened or clicked, other than going to a place within it."""
    with pikepdf.open(BytesIO(content)) as pdf:
        for found in pdf.objects:
            if isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
                yield from {"/URI", "/JS", "/JavaScript", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles"} & set(
                    found.keys()
                )
                if str(found.get("/S", "")) in {"/URI", "/JavaScript", "/Launch", "/GoToR", "/SubmitForm"}:
                    yield str(found["/S"])


def spaceless_text(content: bytes) -> str:
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))
