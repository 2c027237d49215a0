"""Messages made from the sample pages, and how a person, or a mail program, reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser

from sample_site import new_rep_card, rep_card, rollup, stamp, team_site, team_track, track_card

from milestone_reports.render.mail import Mails, MailText
from milestone_reports.render.resources import templates_folder
from milestone_reports.scorecards.pages import RepScorecard

MAILS = Mails(templates_folder(), "0.1.0")
LINK = "https://reports.example.com/reps/priya-raman/"
TWO_TRACKS = (track_card(), track_card("Existing clients", credited=31))
WITHOUT_QUOTA = (track_card(with_quota=False),)
CARDS = {
    "on one track": rep_card(),
    "on two tracks": rep_card(tracks=TWO_TRACKS, n_more=9, n_planned=13),
    "without a quota": rep_card(tracks=WITHOUT_QUOTA, n_planned=0),
    "new": new_rep_card(),
    "before anything is recorded": rep_card(made=stamp(nothing_recorded=True)),
    "without anything open": rep_card(n_open=0),
}


class Read(HTMLParser):
    """What a person reads of a message, its tags, and its figures by what stands over them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.figures: dict[str, list[str]] = {}
        self._open: list[str] = []
        self._in_figure = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.tags.append((tag, attributes))
        self._open.append(tag)
        self._in_figure = attributes.get("class") == "figure" if tag == "td" else self._in_figure

    def handle_data(self, data: str) -> None:
        if not data.strip() or self._open[-1] in {"style", "title"}:
            return
        self.words.append(data)
        if self._in_figure and self.tags[-2][0] == "td":
            self.figures[data] = []
        elif self._in_figure:
            self.figures[next(reversed(self.figures))].append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_figure = self._in_figure and tag != "td"
        while self._open and self._open.pop() != tag:
            pass

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def sent(card: RepScorecard, link: str = LINK) -> MailText:
    return MAILS.scorecard(card, link)


def figures_of(card: RepScorecard) -> dict[str, list[str]]:
    """`{"Done this week": ["3", "target 2"], ...}`, as they stand in the HTML."""
    return Read(sent(card).html).figures


def every_message() -> Iterator[MailText]:
    yield from map(sent, CARDS.values())
    site = team_site()
    two = replace(site, rollup=rollup(tracks=(team_track(), team_track(3, "Existing clients"))))
    yield MAILS.team_report(site, [("Priya Raman", "The workbook has no address. Fix: type one.")], LINK)
    yield MAILS.team_report(two, (), "")
    yield MAILS.failures("2026-W47", [("Priya Raman", "priya@example.com", "The server refused the address.")])
