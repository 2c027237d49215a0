"""The steps of a build, each called alone as the build calls it, and the clock around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.measured import Measured, peak_megabytes
from milestone_reports import __version__
from milestone_reports.render import downloads, pictures, room
from milestone_reports.render.html import Pages, SiteOptions, formats_of
from milestone_reports.render.pdf import Printer
from milestone_reports.render.resources import templates_folder
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.workbook.example.kinds import AS_OF
from milestone_reports.workbook.reading.assemble import Reading, read_team
from milestone_reports.workbook.tables import tables_workbook


def measured(path: Path, n_opportunities: int, n_rounds: int) -> Measured:
    """Time every step of a report; for a process of its own, so that its peak memory is this report's."""
    reading = _read(path)
    site = _compose(reading)
    steps = Steps(path, reading, site)
    start_s = seconds(steps.first_card)
    rounds = [{name: seconds(step) for name, step in steps.by_name.items()} for _ in range(n_rounds)]
    step_s = {name: median(one[name] for one in rounds) for name in steps.by_name}
    return Measured(len(site.reps), n_opportunities, n_rounds, start_s, step_s, peak_megabytes())


def seconds(step: Callable[[], object]) -> float:
    """How long a call takes."""
    started = perf_counter()
    step()
    return perf_counter() - started


def _read(path: Path) -> Reading:
    return read_team(path, None, None, AS_OF)


def _compose(reading: Reading) -> TeamSite:
    return team_site(reading.team, reading.as_of)


class Steps:
    """The steps of one report; each makes all of it anew and keeps nothing."""

    def __init__(self, path: Path, reading: Reading, site: TeamSite) -> None:
        self._path, self._reading, self._site = path, reading, site
        self._formats = formats_of(site.stamp)
        self._pages = Pages(templates_folder(), __version__)
        self._printer = Printer(templates_folder())
        self._card_settings = [room.card_setting(card, self._formats) for card in site.reps]
        self._team_setting = room.team_setting(site.rollup)
        self.by_name: Mapping[str, Callable[[], object]] = {
            "read": lambda: _read(self._path),
            "measure": lambda: _compose(self._reading),
            "HTML": self.html,
            "charts on the screen": self.screen_charts,
            "PDF": self.pdf,
            "charts in print": self.print_charts,
            "data": self.data,
        }

    def first_card(self) -> None:
        """The first card as a page and a PDF: whatever is loaded late is loaded now."""
        card = self._site.reps[0]
        self._pages.rep(card, SiteOptions())
        self._printer.print(self._pages.rep_print(card))

    def html(self) -> None:
        """Every web page."""
        site, options = self._site, SiteOptions()
        for card in site.reps:
            self._pages.rep(card, options)
        self._pages.team(site.rollup, options)
        self._pages.checks(site.checks, options)
        self._pages.definitions(site.definitions, options)

    def screen_charts(self) -> None:
        """The charts of the web pages alone."""
        for card in self._site.reps:
            pictures.card_pictures(card, self._formats)
        pictures.team_pictures(self._site.rollup, self._formats)

    def pdf(self) -> None:
        """Every PDF, from the scorecards on."""
        for card in self._site.reps:
            self._printer.print(self._pages.rep_print(card))
        self._printer.print(self._pages.team_print(self._site.rollup))

    def print_charts(self) -> None:
        """The charts of the PDFs alone, drawn as SVG; what it takes to put them into the PDF is the PDF's."""
        for card, setting in zip(self._site.reps, self._card_settings, strict=True):
            pictures.printed_card_pictures(card, self._formats, setting)
        pictures.printed_team_pictures(self._site.rollup, self._formats, self._team_setting)

    def data(self) -> None:
        """The JSON, the CSV tables and the workbook that has them all."""
        downloads.scorecards_json(self._site)
        tables = downloads.tables(self._site)
        for table in tables.values():
            downloads.csv_bytes(table)
        tables_workbook(tables, self._site.stamp.saved_at)
