"""Checks a staged site before anybody sees it. It reads files; it must not change any."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from milestone_reports.domain.failure import PublishingFailedError
from milestone_reports.publish.archive import week_of

OUTWARD_SCHEMES = {"http", "https", "mailto"}
"""Where a link may lead out of the site. Nothing is ever loaded from there."""
LONGEST_PDF_END = 1024
"""How far from its last byte a PDF may say %%EOF, as readers see it."""
POINTING_TAG = re.compile(r"<[a-z][^<]*?\s(?:id|href|src|xlink:href)\s*=[^<]*", re.IGNORECASE)
"""A tag that matters here, and the text up to the next one. Our templates escape `<` inside attributes; parsing these
tags alone takes a ninth of the time that the whole page does."""

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def check_site(folder: Path, paths: Iterable[str], *, expected: Iterable[str], known: Iterable[str]) -> None:
    """Every expected page is there and none is empty, PDFs are whole, and every link and id resolves.

    Pages may also link to other files that will be there (`known`), which are not read.

    Raises: PublishingFailedError, which names the first fault.
    """
    written = sorted(paths, key=newest_first)
    for path in sorted({*expected, *written}, key=newest_first):
        check_file(folder / path, path)
    pages = {path: Anchors((folder / path).read_text("utf-8", "replace")) for path in written if is_page(path)}
    links = Links(pages, frozenset(written) | frozenset(known))
    for path, anchors in pages.items():
        if anchors.repeated:
            raise fault(path, f"the id '{anchors.repeated[0]}' stands there more than once")
        for address, is_loaded in anchors.addresses:
            if reason := links.broken(path, address, is_loaded=is_loaded):
                raise fault(path, f"the link '{address}' {reason}")


def newest_first(path: str) -> tuple[str, str]:
    """Orders paths: a fault is told of the newest page, not of the same one in the folder of its week."""
    return week_of(path), path


def is_page(path: str) -> bool:
    """Whether a file is a web page."""
    return path.endswith(".html")


def fault(path: str, reason: str) -> PublishingFailedError:
    """The refusal to publish, for one file and one reason."""
    return PublishingFailedError(
        f"{path}: {reason}; nothing was published and the old site is as it was. "
        "Fix: this is a fault of the program, not of your workbook; please report this line."
    )


def check_file(file: Path, path: str) -> None:
    """One file is there, has content and, if it is a PDF, has its beginning and its end."""
    if not file.is_file():
        raise fault(path, "this file was expected and is missing")
    if not file.stat().st_size:
        raise fault(path, "this file is empty")
    if path.endswith(".pdf") and not is_whole_pdf(file):
        raise fault(path, "this PDF is cut off or is none")


def is_whole_pdf(file: Path) -> bool:
    """Whether a file begins with %PDF and ends with %%EOF."""
    with file.open("rb") as pdf:
        if pdf.read(4) != b"%PDF":
            return False
        pdf.seek(-min(LONGEST_PDF_END, file.stat().st_size), os.SEEK_END)
        return pdf.read().rstrip().endswith(b"%%EOF")


class Anchors(HTMLParser):
    """The ids of one page, those of them that are repeated, and the addresses it points at."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.ids: set[str] = set()
        self.repeated: list[str] = []
        self.addresses: dict[tuple[str, bool], None] = {}
        """Each address once, in the page's order, with whether the browser loads it by itself."""
        tags = Counter(POINTING_TAG.findall(COMMENT.sub("", page)))
        # Large pages say the same tag hundreds of times; read twice, it tells as much.
        self.feed("".join(tag * min(times, 2) for tag, times in tags.items()))
        self.close()

    def set_cdata_mode(self, elem: str, **_kind: bool) -> None:
        """Leaves the contents of scripts and styles alone: without end tags, nothing would lead out of one again."""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Takes the id and the addresses of one tag."""
        for name, value in attrs:
            if name == "id":
                self._take_id(value or "")
            elif name in {"href", "src", "xlink:href"}:
                self.addresses[value or "", name == "src" or tag == "link"] = None

    def _take_id(self, name: str) -> None:
        if name in self.ids:
            self.repeated.append(name)
        self.ids.add(name)


class Links:
    """What the addresses in a site's pages lead to."""

    def __init__(self, pages: dict[str, Anchors], files: frozenset[str]) -> None:
        self._pages = pages
        self._files = files

    def broken(self, page: str, address: str, *, is_loaded: bool) -> str:
        """Why an address on a page leads nowhere; empty where it leads somewhere."""
        try:
            link = urlsplit(address)
        except ValueError:
            return "is no address"
        if link.scheme or link.netloc:
            return outward_fault(link.scheme, is_loaded=is_loaded)
        target = path_from(page, unquote(link.path)) if link.path else page
        if target not in self._files:
            return "leads to no file of this site"
        return "" if self._has(target, unquote(link.fragment)) else "leads to a place that is not on that page"

    def _has(self, target: str, fragment: str) -> bool:
        # Browsers take "#" and "#top" for the top of any page; "#page=2" of a PDF is not ours to check.
        return target not in self._pages or fragment in {"", "top"} or fragment in self._pages[target].ids


def outward_fault(scheme: str, *, is_loaded: bool) -> str:
    """What is wrong with an address that leads out of the site; empty where that is allowed."""
    if is_loaded:
        return "" if scheme == "data" else "would be loaded from outside the site"
    return "" if scheme in OUTWARD_SCHEMES else "leads out of the site other than by http, https or mailto"


def path_from(page: str, relative: str) -> str:
    """The path within the site to which a page's relative address leads; empty where it leads out of it."""
    steps = list(PurePosixPath(page).parent.parts)
    for step in relative.split("/"):
        if step == "..":
            if not steps:
                return ""
            steps.pop()
        elif step != ".":
            steps.append(step)
    return "/".join(steps)
