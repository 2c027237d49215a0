"""Pages from page data: fills the templates, for the screen as bytes and for the printer as text.

Must not know of workbooks, of metrics, or where a page is published.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from types import SimpleNamespace
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeVar

from milestone_reports.domain.slug import slug
from milestone_reports.domain.track import MOST_MILESTONES
from milestone_reports.render import pictures, room
from milestone_reports.render.formats import Formats
from milestone_reports.render.language import (
    gettext,
    language_of,
    speaking,
)
from milestone_reports.render.look import HOUSE_LOOK, Look
from milestone_reports.render.opening import card_opener, team_opener
from milestone_reports.render.rejected import Rejected
from milestone_reports.render.template_folders import CUSTOM_SHEET, TemplateFolders
from milestone_reports.render.templating import Templating
from milestone_reports.render.theme import SCREEN, Paint, colour_css
from milestone_reports.render.words import (
    assumptions,
    brands,
    captions,
    card_weeks,
    cards,
    changes,
    coaching,
    company,
    demand,
    figure_inputs,
    flows,
    forecasts,
    headlines,
    levers,
    marketing,
    multipliers,
    opened,
    pipeline,
    planning,
    rates,
    reading,
    rep_changes,
    reps,
    rewritten,
    rules,
    stalls,
    team_week,
    teams,
    trends,
    weeks,
    what_if,
)
from milestone_reports.render.words import checks as check_words
from milestone_reports.render.words.grammar import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from milestone_reports.scorecards.pages import DataChecks, Definitions, RepScorecard, Stamp, TeamRollup, TeamSite
    from milestone_reports.scorecards.provenance.opened import RepFigures, TeamFigure
    from milestone_reports.scorecards.published_weeks import PublishedWeeks

SHEETS = ("fonts.css", "colours.css", "tokens.css", "core.css", "screen.css", "controls.css")
"""The style sheets of a page on the screen, in order."""

COLOURS = "css/colours.css"
BRAND_SHEET = "brand.css"
"""Only where there is a company's name or logo to show."""
ABOVE_THE_TEAMS = "weeks"
"""The page with a team's stamp that is in no team's folder."""
MOST_OVERDUE = 100
"""Overdue opportunities that the team's web page lists; each rep's card has all of its own."""
FEWEST_TO_FILTER = 6
"""Rows from which on a table can be filtered: fewer are seen at a glance."""

SCREEN_SIZES = {"mark_height": 20, "bar_width": 110, "axis_width": 220, "funnel_width": 300, "funnel_axis_width": 150}
PRINT_SIZES = {"mark_height": 11, "bar_width": 32, "axis_width": 62, "funnel_width": 102, "funnel_axis_width": 57}
"""The sizes of the marks in table cells: pixels on the screen, points in print."""

WORD_MODULES = (
    brands, check_words, teams, team_week, cards, card_weeks, headlines, coaching, forecasts, multipliers, stalls,
    rules, rates, pipeline, planning, demand, assumptions, marketing,
    levers, reading, what_if, opened, figure_inputs, reps, company, weeks,
    changes, flows, rep_changes, rewritten, trends,
)  # fmt: skip
WORDS = SimpleNamespace(**{name: word for module in WORD_MODULES for name, word in vars(module).items()})
CAPTIONS = SimpleNamespace(**vars(captions), anchor=slug)


class Stamped(Protocol):
    """The data of a page."""

    @property
    def stamp(self) -> Stamp:
        """Whose it is, in which locale."""


SaidT = TypeVar("SaidT", bound=Stamped)
MadeT = TypeVar("MadeT")
ArgumentsT = ParamSpec("ArgumentsT")


def in_its_language(
    render: Callable[Concatenate[Pages, SaidT, ArgumentsT], MadeT],
) -> Callable[Concatenate[Pages, SaidT, ArgumentsT], MadeT]:
    """Renders a page in the language of its locale."""

    @wraps(render)
    def speaking_it(pages: Pages, page: SaidT, /, *args: ArgumentsT.args, **kwargs: ArgumentsT.kwargs) -> MadeT:
        with speaking(language_of(page.stamp.locale)):
            return render(pages, page, *args, **kwargs)

    return speaking_it


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """What else was built, so that a page links only to what is there."""

    pdf: bool = True  #: the PDFs
    data: bool = True  #: the JSON and CSV files
    team_pages: bool = True
    """The team's page, the checks and the definitions: not with `--rep`."""
    rep_pages: bool = True  #: the reps' cards
    several_teams: bool = False
    """Each team in a folder of its own, the shared files and the front page above them."""
    weeks: bool = False
    """Weeks are kept as they were published, and there is the page of all of them."""
    managers_folder: str = ""
    """The folder of the managers' pages in the site; empty where the whole site is theirs."""
    own_folder: str = ""
    """The rep's own folder in the site, of a page in it: it leads nowhere else."""

    def ways_from(self, depth: int, *, above_the_teams: bool) -> Mapping[str, str]:
        """From a page so deep in its team's, or its rep's own, folder to that folder, the managers' and the site's."""
        home = "../" * depth
        if self.own_folder:
            return {"home": home, "top": home, "root": home + "../" * self.own_folder.count("/")}
        top = home + "../" * (self.several_teams and not above_the_teams)
        return {"home": home, "top": top, "root": top + "../" * self.managers_folder.count("/")}


@dataclass(frozen=True, slots=True)
class Running:
    """What stands in the margins of a printed page."""

    title: str
    source: str


class Pages:
    """The templates, loaded once a process; every method is a pure function of its arguments and the version."""

    def __init__(self, templates: Path, version: str, look: Look = HOUSE_LOOK) -> None:
        folders = TemplateFolders(templates, look.own_templates)
        self._paper = Paint("print", look.brand.accent)
        names = {
            "version": version,
            "brand": look.brand,
            "words": WORDS,
            "captions": CAPTIONS,
            "formats_of": formats_of,
            "sheets": sheets_of(folders, look),
            "most_overdue": MOST_OVERDUE,
            "fewest_to_filter": FEWEST_TO_FILTER,
        }
        self._templates = Templating(folders, names)

    @in_its_language
    def rep(self, card: RepScorecard, site: SiteOptions) -> bytes:
        """`reps/<slug>.html`; in a rep's own folder `index.html`."""
        formats = formats_of(card.stamp)
        charts = pictures.card_pictures(card, formats)
        depth = 0 if site.own_folder else 1
        return self._page("rep", card.stamp, site, depth=depth, card=card, charts=charts, opens=card_opener(card))

    @in_its_language
    def rep_figures(self, page: RepFigures, site: SiteOptions) -> bytes:
        """`reps/figures/<slug>.html`; in a rep's own folder `figures/<slug>.html`."""
        return self._page("rep_figures", page.stamp, site, depth=1 if site.own_folder else 2, opened_page=page)

    @in_its_language
    def team(self, rollup: TeamRollup, site: SiteOptions) -> bytes:
        """`index.html` of a team."""
        charts = pictures.team_pictures(rollup, formats_of(rollup.stamp))
        return self._team_page("team", rollup, site, charts=charts)

    @in_its_language
    def reps(self, rollup: TeamRollup, site: SiteOptions) -> bytes:
        """`reps.html`."""
        return self._team_page("reps", rollup, site)

    @in_its_language
    def team_figure(self, page: TeamFigure, site: SiteOptions) -> bytes:
        """`figures/<slug>.html`."""
        return self._page("team_figure", page.stamp, site, depth=1, opened_page=page)

    @in_its_language
    def opportunities(self, page: TeamSite, site: SiteOptions) -> bytes:
        """`opportunities.html`."""
        return self._page("opportunities", page.stamp, site, opportunities=page.opportunities)

    @in_its_language
    def changes(self, rollup: TeamRollup, site: SiteOptions) -> bytes:
        """`changes.html`."""
        return self._team_page("changes", rollup, site)

    @in_its_language
    def conversion(self, rollup: TeamRollup, site: SiteOptions) -> bytes:
        """`conversion.html`."""
        return self._team_page("conversion", rollup, site)

    @in_its_language
    def pipeline(self, rollup: TeamRollup, site: SiteOptions) -> bytes:
        """`pipeline.html`."""
        charts = pictures.pipeline_pictures(rollup, formats_of(rollup.stamp))
        return self._team_page("pipeline", rollup, site, charts=charts)

    @in_its_language
    def planning(self, rollup: TeamRollup, site: SiteOptions) -> bytes:
        """`planning.html`."""
        charts = pictures.planning_pictures(rollup, formats_of(rollup.stamp))
        return self._team_page("planning", rollup, site, charts=charts)

    @in_its_language
    def marketing(self, rollup: TeamRollup, site: SiteOptions) -> bytes:
        """`marketing.html`."""
        return self._team_page("marketing", rollup, site)

    @in_its_language
    def checks(self, checks: DataChecks, site: SiteOptions) -> bytes:
        """`checks.html`."""
        return self._page("checks", checks.stamp, site, checks=checks)

    @in_its_language
    def definitions(self, definitions: Definitions, site: SiteOptions) -> bytes:
        """`definitions.html`."""
        return self._page("definitions", definitions.stamp, site, definitions=definitions)

    def front(self, rollups: Sequence[TeamRollup], site: SiteOptions) -> bytes:
        """`index.html` above several teams."""
        ways = site.ways_from(0, above_the_teams=True)
        with speaking(language_of(rollups[0].stamp.locale)):
            page = self._render("front.html.jinja", site=site, rollups=rollups, f=Formats(), paper=False, **ways)
        return page.encode()

    def landing(self, stamp: Stamp, site: SiteOptions) -> bytes:
        """`index.html` above the reps' own folders: it names none of them, and of several teams none either."""
        with speaking(language_of(stamp.locale)):
            page = self._render("landing.html.jinja", site=site, stamp=stamp, f=formats_of(stamp), root="", paper=False)
        return page.encode()

    @in_its_language
    def weeks(self, page: PublishedWeeks, site: SiteOptions) -> bytes:
        """`weeks.html`, beside the front page."""
        return self._page("weeks", page.stamp, site, weeks=page)

    def rejected(self, rejected: Rejected) -> bytes:
        """The note beside a file that was not published."""
        colours = colour_css(accent=self._paper.accent)
        with speaking(language_of(rejected.locale)):
            page = self._render(
                "rejected.html.jinja", rejected=rejected, f=Formats(locale=rejected.locale), colours=colours
            )
        return page.encode()

    @in_its_language
    def rep_print(self, card: RepScorecard) -> str:
        """A card for the printer: laid out once, for at most two pages."""
        formats = formats_of(card.stamp)
        setting = room.card_setting(card, formats)
        charts = pictures.printed_card_pictures(card, formats, setting, self._paper)
        source = f"{cards.source_line(card.stamp, formats)} {cards.checks_concern(card.n_problems, formats)}"
        running = Running(gettext("{rep}, weekly scorecard", rep=card.rep), source)
        return self._print("rep_print", card.stamp, running, card=card, charts=charts, setting=setting)

    @in_its_language
    def team_print(self, rollup: TeamRollup) -> str:
        """A team's report for the printer."""
        stamp, formats = rollup.stamp, formats_of(rollup.stamp)
        setting = room.team_setting(rollup)
        charts = pictures.printed_team_pictures(rollup, formats, setting, self._paper)
        source = f"{cards.source_line(stamp, formats)} {sentence(check_words.checks_count(stamp, formats))}"
        running = Running(gettext("{team}, team report", team=stamp.team), source)
        return self._print("team_print", stamp, running, rollup=rollup, charts=charts, setting=setting)

    def _team_page(self, page: str, rollup: TeamRollup, site: SiteOptions, **said: object) -> bytes:
        return self._page(page, rollup.stamp, site, depth=0, rollup=rollup, opens=team_opener(rollup), **said)

    def _page(self, page: str, stamp: Stamp, site: SiteOptions, *, depth: int = 0, **said: object) -> bytes:
        text = self._render(
            f"{page}.html.jinja",
            page=page,
            stamp=stamp,
            site=site,
            f=formats_of(stamp),
            paint=SCREEN,
            paper=False,
            **site.ways_from(depth, above_the_teams=page == ABOVE_THE_TEAMS),
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
            paint=self._paper,
            paper=True,
            opens=None,
            css=css_string,
            running_left=running.title,
            running_right=gettext("Week {week}, {dates}", week=formats.week_number(stamp.week), dates=dates),
            source=running.source,
            **PRINT_SIZES,
            **said,
        )

    def _render(self, template: str, **said: object) -> str:
        return self._templates.filled(template, said)


def formats_of(stamp: Stamp) -> Formats:
    """The formats of a team's pages."""
    return Formats(locale=stamp.locale, currency=stamp.currency, as_of=stamp.as_of)


def css_string(text: str) -> str:
    """Any text as a CSS string: every character that could end it, or the style element, as a code point."""
    plain = (char if char.isalnum() or char in " .,;:()–’" else f"\\{ord(char):06x} " for char in text)
    return f'"{"".join(plain)}"'


def sheets_of(folders: TemplateFolders, look: Look) -> tuple[str, ...]:
    """The style sheets that a page links, in order."""
    custom = CUSTOM_SHEET in folders.own_static()
    names = [*SHEETS, *[BRAND_SHEET] * look.brand.has_mast, *[CUSTOM_SHEET.removeprefix("css/")] * custom]
    return tuple(names)


def static_files(templates: Path, look: Look = HOUSE_LOOK) -> Mapping[str, bytes]:
    """The files that pages share, by their place under `static/`: style sheets, scripts, typeface and licence, a logo.

    A company's own take the place of those of the same name.
    """
    folders, logo = TemplateFolders(templates, look.own_templates), look.brand.logo
    shipped = [
        *(f"css/{name}" for name in sheets_of(folders, look) if name != "colours.css"),
        *sorted(f"js/{path.name}" for path in (templates / "static/js").glob("*.js")),
        *sorted(f"fonts/{path.name}" for path in (templates / "static/fonts").glob("*.woff2")),
        "fonts/OFL.md",
    ]
    files = {path: folders.static(path) for path in shipped}
    files[COLOURS] = colour_css(range(1, MOST_MILESTONES + 1), look.brand.accent).encode()
    return {**files, **({logo.file_name: logo.content} if logo else {}), **folders.own_static()}
