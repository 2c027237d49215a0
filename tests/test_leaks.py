"""What lies in a rep's own folder, and what a rep is sent, names no colleague, nor a deal that was never the rep's."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest
from pypdf import PdfReader

from extreme_teams import remembered
from handed_over import OSTAP, planted, write_handed_over
from milestone_reports.build import Request, build
from milestone_reports.domain.names import person_key
from milestone_reports.domain.team import Team
from milestone_reports.recall import site_of
from milestone_reports.render.mail import Mails
from milestone_reports.render.resources import templates_folder
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.workbook.example.copies import write_with_copies
from milestone_reports.workbook.example.write import ExampleKind
from workbooks import read

DATA = Path(os.environ.get("MILESTONE_REPORTS_DATA", Path(__file__).parents[2] / "shared" / "data"))
WEEKLY = sorted((DATA / "weekly").glob("*.xlsx"))
LINK = "https://cards.kraflin.example/reps/"


@dataclass(frozen=True, slots=True)
class Made:
    """A site for reps, with the page data that it was made of."""

    folder: Path
    site: TeamSite
    told: Mapping[str, frozenset[str]]
    """Of each rep, the words that stand for the rep or for a deal that was ever the rep's."""

    @property
    def every_word(self) -> frozenset[str]:
        return frozenset(word for words in self.told.values() for word in words)


def made(workbook: Path, folder: Path, *, pdf: bool = True, deal_names: bool = True) -> Made:
    """The site of a workbook and of the copies beside it; PDFs take a while."""
    state = remembered(workbook, folder / "state")
    day = read(workbook).as_of
    request = Request(
        (workbook,), folder / "site", day, audience="rep", pdf=pdf, state=state, archive=state is not None
    )
    build(request, lambda *_told: None)
    copies = sorted(workbook.with_name(f"{workbook.stem}_weeks").glob("*.xlsx"))
    teams = [read(path).team for path in (*copies, workbook)]
    return Made(folder / "site", site_of(workbook, None, None, day, state), told_of(teams, deal_names=deal_names))


def told_of(teams: list[Team], *, deal_names: bool) -> Mapping[str, frozenset[str]]:
    """Names, addresses and deals by rep, over all copies of a workbook.

    What two reps share is neither's secret: an account with a deal of each, a name of deals that many have.
    """
    found: dict[str, set[str]] = {}
    for team in teams:
        for rep in team.reps:
            found.setdefault(rep.name, set()).update({rep.name, rep.slug, *filter(None, [rep.email])})
        for one in team.opportunities:
            words = {one.id, one.account, *([one.name] if deal_names else [])}
            found.setdefault(one.rep, set()).update(word for word in words if word)
    return {rep: frozenset(words) for rep, words in found.items()}


def leaks(made_: Made, rep: str, text: str) -> set[str]:
    """The words in a text that only others may read: whole words, the longest that could be meant."""
    own = next(words for name, words in made_.told.items() if person_key(name) == person_key(rep))
    said = " ".join(text.split()).casefold()
    there = sorted((word for word in map(str.casefold, made_.every_word) if word in said), key=len, reverse=True)
    words = "|".join(map(re.escape, there))
    found = set(re.findall(rf"(?<![\w-])(?:{words})(?![\w-])", said)) if there else set()
    return found - set(map(str.casefold, own))


class Read(HTMLParser):
    """A page as it is read: its text, drawings' too, and its attributes; and where its links lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self.said.append(f" {value or ''} ")
            if name in {"href", "src", "action", "xlink:href"} and value:
                self.links.append(value)

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    @property
    def text(self) -> str:
        return "".join(self.said)


def pdf_text(content: bytes) -> str:
    """The text, title and outline of a PDF, and where its links lead."""
    reader = PdfReader(BytesIO(content))
    links = [str(note.get_object()) for page in reader.pages for note in page.get("/Annots") or ()]
    pages = (page.extract_text().replace("\u00ad", "") for page in reader.pages)
    return "\n".join((*pages, str(reader.metadata), str(reader.outline), *links))


def text_of(path: Path) -> str:
    """All that a file of a rep's says, in whatever form it says it."""
    content = path.read_bytes()
    if path.suffix == ".pdf":
        return pdf_text(content)
    text = content.decode()
    return f"{unescape(text)}\n{Read(text).text}" if path.suffix == ".html" else text


def own_files(made_: Made, slug: str) -> Iterator[Path]:
    """The rep's files of the newest week and of those kept."""
    for folder in (*made_.folder.glob(f"reps/{slug}"), *made_.folder.glob(f"20??-W??/reps/{slug}")):
        yield from (path for path in folder.rglob("*") if path.is_file())


def assert_nothing_leaks(made_: Made, *, kinds: set[str]) -> None:
    for card in made_.site.reps:
        files = list(own_files(made_, card.slug))
        assert {path.suffix for path in files} == kinds
        for path in files:
            place = path.relative_to(made_.folder).as_posix()
            assert leaks(made_, card.rep, f"{place}\n{text_of(path)}") == set(), place
        mail = Mails(templates_folder(), "1").scorecard(card, f"{LINK}{card.slug}/")
        for text in (mail.subject, mail.text, unescape(mail.html), Read(mail.html).text):
            assert leaks(made_, card.rep, text) == set(), card.rep


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("handed")
    return made(write_handed_over(folder), folder)


def example(kind: ExampleKind, folder: Path, weeks: int) -> Path:
    write_with_copies(folder / "team.xlsx", kind, n_weeks=weeks)
    return folder / "team.xlsx"


def test_where_deals_change_hands_no_file_names_a_colleague_or_a_colleague_s_deal(handed: Made) -> None:
    assert_nothing_leaks(handed, kinds={".html", ".pdf", ".json"})


def test_the_planted_words_are_where_they_belong_and_would_be_found(handed: Made) -> None:
    """Without this the tests above could pass on empty pages, or look for words that nobody has."""
    for rep, words in planted().items():
        card = next(card for card in handed.site.reps if card.rep == rep)
        said = "".join(map(text_of, own_files(handed, card.slug)))
        assert rep in said
        assert any(word in said for word in words), rep
    text = f"<b title='Ilka Thornby'>KQ-7102</b> at Ferngalt, after {OSTAP} and Jory"
    assert leaks(handed, OSTAP, text) == {"ilka thornby", "kq-7102", "ferngalt", "jory"}
    assert leaks(handed, "Jory Pellamin", "Jory Pellamin at Ulvadine North") == set()
    assert leaks(handed, "Jory", "Jory Pellamin at Ulvadine North") == {"jory pellamin", "ulvadine north"}


def test_who_gave_a_deal_up_reads_what_was_earned_and_not_what_became_of_it(handed: Made) -> None:
    said = "".join(map(text_of, own_files(handed, "ostap-verbeek")))
    assert "KQ-7001" in said
    assert "handed over" in said
    newest = "".join(text_of(path) for path in own_files(handed, "ostap-verbeek") if "2026-W" not in path.as_posix())
    # Worth 68,002 and through its proof since it is another's; 61,001 before.
    assert not re.search(r"68[.,]?002", newest)
    behind = text_of(handed.folder / "reps/ostap-verbeek/figures/ostap-verbeek.html")
    row = behind[behind.index('id="opp-KQ-7001"') :].partition("</tr>")[0]
    assert "12 Oct" in row
    assert "13 Nov" not in row


def test_who_took_a_deal_over_reads_all_of_it_and_of_its_past_that_a_colleague_earned_it(handed: Made) -> None:
    behind = text_of(handed.folder / "reps/ilka-thornby/figures/ilka-thornby.html")
    row = behind[behind.index('id="opp-KQ-7001"') :].partition("</tr>")[0]
    assert "12 Oct" in row
    assert "earned by a colleague" in row
    assert "68,002" in row


def test_a_rep_s_pages_lead_nowhere_but_to_their_own_folder_and_the_shared_files(handed: Made) -> None:
    for card in handed.site.reps:
        for path in own_files(handed, card.slug):
            if path.suffix == ".html":
                place = PurePosixPath(path.relative_to(handed.folder).as_posix())
                for link in Read(path.read_text("utf-8")).links:
                    assert leads_to_own(place, link, card.slug), f"{place}: {link}"


def leads_to_own(place: PurePosixPath, link: str, slug: str) -> bool:
    """Whether a link of a page stays in the rep's folder, of any week, or among the files that all pages share."""
    at = urlsplit(link)
    if at.scheme or at.netloc:
        return at.scheme in {"data", "mailto"}
    to = os.path.normpath(place.parent / unquote(at.path)) if at.path else str(place)
    return bool(re.match(rf"(20\d\d-W\d\d/)?(reps/{slug}/|static/)", to))


def test_the_example_with_its_earlier_weeks_leaks_nothing(tmp_path: Path) -> None:
    workbook = example(ExampleKind.NEW_BUSINESS, tmp_path, 3)
    assert_nothing_leaks(made(workbook, tmp_path, deal_names=False), kinds={".html", ".pdf", ".json"})


@pytest.mark.parametrize("kind", [kind for kind in ExampleKind if kind is not ExampleKind.NEW_BUSINESS])
def test_the_other_examples_leak_nothing(kind: ExampleKind, tmp_path: Path) -> None:
    found = made(example(kind, tmp_path, 2), tmp_path, pdf=False, deal_names=False)
    assert_nothing_leaks(found, kinds={".html", ".json"})


@pytest.mark.skipif(len(WEEKLY) < 2, reason="needs the weekly workbooks")
def test_real_weekly_workbooks_leak_nothing(tmp_path: Path) -> None:
    *earlier, newest = WEEKLY
    (tmp_path / "pipeline_weeks").mkdir()
    for path in earlier:
        (tmp_path / "pipeline_weeks" / path.name).write_bytes(path.read_bytes())
    workbook = tmp_path / "pipeline.xlsx"
    workbook.write_bytes(newest.read_bytes())
    found = made(workbook, tmp_path, pdf=False, deal_names=False)
    assert_nothing_leaks(found, kinds={".html", ".json"})
