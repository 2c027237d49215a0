"""Pages from page data: fills the templates, for the screen as bytes and for the printer as text.

The only importer of Jinja. Must not know of workbooks, of metrics, or where a page is published.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from milestone_reports.domain.slug import slug
from milestone_reports.domain.track import MOST_MILESTONES
from milestone_reports.render import pictures, room
from milestone_reports.render.formats import Formats
from milestone_reports.render.theme import PRINT, SCREEN, colour_css
from milestone_reports.render.words import (
    assumptions,
    captions,
    cards,
    coaching,
    demand,
    forecasts,
    headlines,
    levers,
    marketing,
    multipliers,
    pipeline,
    planning,
    rates,
    reading,
    rules,
    stalls,
    teams,
)
from milestone_reports.render.words import checks as check_words
from milestone_reports.render.words.grammar import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from milestone_reports.scorecards.pages import DataChecks, Definitions, RepScorecard, Stamp, TeamRollup

SHEETS = ("fonts.css", "colours.css", "tokens.css", "core.css", "screen.css")
"""The style sheets of a page on the screen, in order."""

COLOURS = "css/colours.css"
MOST_OVERDUE = 100
"""Overdue opportunities that the team's web page lists; each rep's card has all of its own."""

SCREEN_SIZES = {"mark_height": 20, "bar_width": 110, "axis_width": 220, "funnel_width": 300, "funnel_axis_width": 150}
PRINT_SIZES = {"mark_height": 11, "bar_width": 38, "axis_width": 62, "funnel_width": 102, "funnel_axis_width": 57}
"""The sizes of the marks in table cells: pixels on the screen, points in print."""

WORD_MODULES = (
    check_words, teams, cards, headlines, coaching, forecasts, multipliers, stalls,
    rules, rates, pipeline, planning, demand, assumptions, marketing,
    levers, reading,
)  # fmt: skip
WORDS = SimpleNamespace(**{name: word for module in WORD_MODULES for name, word in vars(module).items()})
CAPTIONS = SimpleNamespace(**vars(captions), anchor=slug)


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """What else was built, so that a page links only to what is there."""

    pdf: bool = True
    data: bool = True
    team_pages: bool = True
    """The team's page, the checks and the definitions: not with `--rep`."""
    rep_pages: bool = True
    several_teams: bool = False
    """Each team in a folder of its own, the shared files and the front page above them."""


@dataclass(frozen=True, slots=True)
class Running:
    """What stands in the margins of a printed page."""

    title: str
    source: str


class Pages:
    """The templates, loaded once a process; every method is a pure function of its arguments and the version."""

    def __init__(self, templates: Path, version: str) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.globals |= {
            "version": version,
            "words": WORDS,
            "captions": CAPTIONS,
            "formats_of": formats_of,
            "sheets": SHEETS,
            "most_overdue": MOST_OVERDUE,
        }

    def rep(self, card: RepScorecard, site: SiteOptions) -> bytes:
        """`reps/<slug>.html`."""
        formats = formats_of(card.stamp)
        charts = pictures.card_pictures(card, formats)
        return self._page("rep", card.stamp, site, depth=1, card=card, charts=charts)

    def team(self, rollup: TeamRollup, site: SiteOptions) -> bytes:
        """`index.html` of a team."""
        charts = pictures.team_pictures(rollup, formats_of(rollup.stamp))
        return self._page("team", rollup.stamp, site, rollup=rollup, charts=charts)

    def conversion(self, rollup: TeamRollup, site: SiteOptions) -> bytes:
        """`conversion.html`."""
        return self._page("conversion", rollup.stamp, site, rollup=rollup)

    def pipeline(self, rollup: TeamRollup, site: SiteOptions) -> bytes:
        """`pipeline.html`."""
        charts = pictures.pipeline_pictures(rollup, formats_of(rollup.stamp))
        return self._page("pipeline", rollup.stamp, site, rollup=rollup, charts=charts)

    def planning(self, rollup: TeamRollup, site: SiteOptions) -> bytes:
        """`planning.html`."""
        charts = pictures.planning_pictures(rollup, formats_of(rollup.stamp))
        return self._page("planning", rollup.stamp, site, rollup=rollup, charts=charts)

    def marketing(self, rollup: TeamRollup, site: SiteOptions) -> bytes:
        """`marketing.html`."""
        return self._page("marketing", rollup.stamp, site, rollup=rollup)

    def checks(self, checks: DataChecks, site: SiteOptions) -> bytes:
        """`checks.html`."""
        return self._page("checks", checks.stamp, site, checks=checks)

    def definitions(self, definitions: Definitions, site: SiteOptions) -> bytes:
        """`definitions.html`."""
        return self._page("definitions", definitions.stamp, site, definitions=definitions)

    def front(self, rollups: Sequence[TeamRollup], site: SiteOptions) -> bytes:
        """`index.html` above several teams."""
        return self._render("front.html.jinja", site=site, rollups=rollups, f=Formats(), top="").encode()

    def rep_print(self, card: RepScorecard) -> str:
        """A card for the printer: laid out once, for at most two pages."""
        formats = formats_of(card.stamp)
        setting = room.card_setting(card, formats)
        charts = pictures.printed_card_pictures(card, formats, setting)
        source = f"{cards.source_line(card.stamp, formats)} {cards.checks_concern(card.n_problems, formats)}"
        running = Running(f"{card.rep}, weekly scorecard", source)
        return self._print("rep_print", card.stamp, running, card=card, charts=charts, setting=setting)

    def team_print(self, rollup: TeamRollup) -> str:
        """A team's report for the printer."""
        stamp, formats = rollup.stamp, formats_of(rollup.stamp)
        setting = room.team_setting(rollup)
        charts = pictures.printed_team_pictures(rollup, formats, setting)
        source = f"{cards.source_line(stamp, formats)} {sentence(check_words.checks_count(stamp, formats))}"
        running = Running(f"{stamp.team}, team report", source)
        return self._print("team_print", stamp, running, rollup=rollup, charts=charts, setting=setting)

    def _page(self, page: str, stamp: Stamp, site: SiteOptions, *, depth: int = 0, **said: object) -> bytes:
        home = "../" * depth
        text = self._render(
            f"{page}.html.jinja",
            page=page,
            stamp=stamp,
            site=site,
            f=formats_of(stamp),
            home=home,
            top=home + ("../" if site.several_teams else ""),
            paint=SCREEN,
            paper=False,
            **SCREEN_SIZES,
            **said,
        )
        return text.encode()

    def _print(self, page: str, stamp: Stamp, running: Running, **said: object) -> str:
        formats = formats_of(stamp)
        dates = formats.week_range(stamp.week_first_on, stamp.week_last_on, with_year=True)
        return self._render(
            f"{page}.html.jinja",
            stamp=stamp,
            f=formats,
            paint=PRINT,
            paper=True,
            css=css_string,
            running_left=running.title,
            running_right=f"Week {formats.week_number(stamp.week)}, {dates}",
            source=running.source,
            **PRINT_SIZES,
            **said,
        )

    def _render(self, template: str, **said: object) -> str:
        return self._environment.get_template(template).render(**said)


def formats_of(stamp: Stamp) -> Formats:
    """The formats of a team's pages."""
    return Formats(locale=stamp.locale, currency=stamp.currency, as_of=stamp.as_of)


def css_string(text: str) -> str:
    """Any text as a CSS string: every character that could end it, or the style element, as a code point."""
    plain = (char if char.isalnum() or char in " .,;:()–’" else f"\\{ord(char):06x} " for char in text)
    return f'"{"".join(plain)}"'


def static_files(templates: Path) -> Mapping[str, bytes]:
    """The files that pages share, by their place under `static/`: style sheets, the typeface and its licence."""
    folder = templates / "static"
    kept = [
        *(folder / "css" / name for name in SHEETS if name != "colours.css"),
        *sorted((folder / "fonts").glob("*.woff2")),
    ]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in [*kept, folder / "fonts" / "OFL.md"]}
    return files | {COLOURS: colour_css(range(1, MOST_MILESTONES + 1)).encode()}
