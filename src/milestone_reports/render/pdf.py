"""PDFs from print markup. The only importer of WeasyPrint, and only once something is printed.

Everything a page needs is in memory: the style sheets and the typeface are read from the templates, charts stand in the
markup as data. Nothing is ever fetched from outside.
"""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from typing import TYPE_CHECKING, Any

from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.domain.memory import uncollected
from milestone_reports.render.look import HOUSE_LOOK, Look
from milestone_reports.render.packing import pack_large_fonts
from milestone_reports.render.tagging import complete_tags
from milestone_reports.render.template_folders import TemplateFolders
from milestone_reports.render.theme import colour_css

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

VARIANT = "pdf/ua-1"
SHEETS = ("tokens.css", "core.css", "page.css")
FACES = {400: "SourceSans3-Regular.ttf", 600: "SourceSans3-Semibold.ttf"}
IN_MEMORY = "memory:"
SCREEN_ONLY = re.compile(r"@media screen[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
PROPERTY = re.compile(r"(--[\w-]+):\s*([^;{}]+);")
USE = re.compile(r"var\((--[\w-]+)\)")
NO_PANGO = (
    "This system has no Pango, which makes the PDFs; install it (Debian or Ubuntu: apt-get install libpango-1.0-0 "
    "libpangoft2-1.0-0 libharfbuzz-subset0) or build with --formats html,data."
)


@dataclass(frozen=True)
class Press:
    """WeasyPrint, ready to print: its parsed style sheets, its fonts, and what hands it resources."""

    read: Callable[..., Any]
    style: Any
    fonts: Any
    fetch: Any


class Printer:
    """Prints pages; the library, its style sheets and its fonts are loaded with the first one and kept."""

    def __init__(self, templates: Path, look: Look = HOUSE_LOOK) -> None:
        self._folders = TemplateFolders(templates, look.own_templates)
        self._accent = look.brand.accent

    def print(self, html: str) -> bytes:
        """The PDF of a page: tagged, with its fonts inside, the same bytes for the same markup; empty without any text.

        Raises:
            CannotGoOnError: this system has no Pango.
        """
        press = self._press
        document = press.read(string=html, base_url=IN_MEMORY, url_fetcher=press.fetch)
        with uncollected():
            laid_out = document.render(stylesheets=[press.style], font_config=press.fonts, pdf_variant=VARIANT)
            printed: bytes = laid_out.write_pdf(pdf_variant=VARIANT, finisher=finish)
        return printed if laid_out.fonts else b""

    @cached_property
    def _press(self) -> Press:
        try:
            with redirect_stdout(StringIO()):  # where Pango is missing, the library prints a page of its own about it
                import weasyprint
                from weasyprint.text.fonts import FontConfiguration
        except OSError as missing:
            raise CannotGoOnError(NO_PANGO) from missing
        fetch = in_memory_fetcher({name: self._folders.static(f"fonts/{name}") for name in FACES.values()})
        fonts = FontConfiguration()
        style = weasyprint.CSS(string=self._style(), base_url=IN_MEMORY, font_config=fonts, url_fetcher=fetch)
        return Press(weasyprint.HTML, style, fonts, fetch)

    def _style(self) -> str:
        faces = (
            f'@font-face {{ font-family: "Source Sans 3"; font-weight: {weight}; src: url("{IN_MEMORY}{name}"); }}'
            for weight, name in FACES.items()
        )
        sheets = (self._folders.static(f"css/{name}").decode() for name in SHEETS)
        return with_values("\n".join([*faces, colour_css((), self._accent), *sheets]))


def finish(_document: object, pdf: Any) -> None:  # noqa: ANN401  WeasyPrint has no types
    """What is done on a document when WeasyPrint is done with it."""
    complete_tags(pdf)
    pack_large_fonts(pdf)


def with_values(css: str) -> str:
    """The style sheet with each custom property's printed value in place: looking them up costs a tenth of a page."""
    on_paper = SCREEN_ONLY.sub("", css)
    values = dict(PROPERTY.findall(on_paper))
    resolved = PROPERTY.sub("", on_paper)
    while USE.search(resolved):
        resolved = USE.sub(lambda use: values[use[1]], resolved)
    return resolved


def in_memory_fetcher(files: Mapping[str, bytes]) -> Any:  # noqa: ANN401  WeasyPrint has no types
    """What gives WeasyPrint the named files and data that stands in the markup, and refuses everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class InMemory(URLFetcher):  # type: ignore[misc]  # as above
        """Opens nothing outside this process."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> object:
            """A named file, or the data in the address."""
            if url.startswith(IN_MEMORY):
                return URLFetcherResponse(url, files[url.removeprefix(IN_MEMORY)])
            return super().fetch(url, headers)

    return InMemory(allowed_protocols=("data",))
