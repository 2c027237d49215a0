"""Messages from page data: the HTML and the plain text that go out with a PDF. The only importer of css_inline.

Both parts are filled from templates under `mail/`; what stands in the style element is put on the elements, as mail
programs read it there. Must not know of addresses, servers or PDFs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from textwrap import fill
from types import SimpleNamespace
from typing import TYPE_CHECKING

from css_inline import CSSInliner

from milestone_reports.domain.failure import CannotGoOnError, PublishingFailedError
from milestone_reports.render.formats import Formats
from milestone_reports.render.language import (
    language_of,
    speaking,
)
from milestone_reports.render.look import HOUSE_LOOK, Look
from milestone_reports.render.mail_asks import asks_of
from milestone_reports.render.template_folders import TemplateFolders
from milestone_reports.render.templating import Templating
from milestone_reports.render.theme import tokens
from milestone_reports.render.tidying import short_line, short_text, tidied
from milestone_reports.render.words import card_weeks as weeks
from milestone_reports.render.words import (
    cards,
    checks,
    coaching,
    headlines,
    levers,
    mail,
    mail_checks,
    mail_lever,
    mail_team,
    mail_week,
    stalls,
    teams,
)

if TYPE_CHECKING:
    from pathlib import Path

    from milestone_reports.scorecards.pages import RepScorecard, Stamp, TeamSite

WIDTH = 72
"""Of the plain text, in characters: any mail program shows it without breaking lines of its own."""

MOST_FAILURES = 40
MAIL_WORDS = (mail, mail_week, mail_lever, mail_team, mail_checks)
WORD_MODULES = (cards, checks, coaching, headlines, levers, stalls, teams, weeks, *MAIL_WORDS)
WORDS = SimpleNamespace(**{name: word for module in WORD_MODULES for name, word in vars(module).items()})
NOT_SENT = "no message was sent"


@dataclass(frozen=True, slots=True)
class MailText:
    """What a message says: its subject, and twice the same, as plain text and as HTML."""

    subject: str
    text: str
    html: str


class Mails:
    """The templates of messages, loaded once a process; every method is a pure function of its arguments."""

    def __init__(self, templates: Path, version: str, look: Look = HOUSE_LOOK) -> None:
        names = {
            "version": version,
            "brand": look.brand,
            "colours": tokens(look.brand.accent),
            "words": WORDS,
        }
        self._templates = Templating(TemplateFolders(templates, look.own_templates), names, NOT_SENT)
        # The rules for dark screens cannot stand on an element; they are all that the style element keeps.
        self._inliner = CSSInliner(
            load_remote_stylesheets=False, keep_style_tags=False, keep_at_rules=True, minify_css=True
        )

    def scorecard(self, card: RepScorecard, link: str) -> MailText:
        """The message of a rep; `link` leads to the card on the web, empty for none.

        Raises: CannotGoOnError where one of the company's own templates is at fault.
        """
        card, f = tidied(card), formats_of(card.stamp)
        with speaking(language_of(card.stamp.locale)):
            subject = mail.card_subject(card.stamp, f)
            return self._filled("scorecard", subject, stamp=card.stamp, f=f, card=card, link=only_web(link))

    def team_report(self, site: TeamSite, withheld: Sequence[tuple[str, str]], link: str) -> MailText:
        """The message of a manager; of what is withheld, each time the name and the reason.

        Raises: CannotGoOnError where one of the company's own templates is at fault.
        """
        stamp, checked, f = tidied(site.stamp), tidied(site.checks), formats_of(site.stamp)
        with speaking(language_of(stamp.locale)):
            named = [(short_line(name), reason) for name, reason in withheld]
            reasons = [(name, mail_checks.withheld_says(name, reason, checked, f)) for name, reason in named]
            return self._filled(
                "team_report",
                mail_team.team_subject(stamp, f),
                stamp=stamp,
                f=f,
                rollup=tidied(site.rollup),
                checks=checked,
                withheld=reasons,
                link=only_web(link),
            )

    def failures(self, week: str, lines: Sequence[tuple[str, str, str]]) -> MailText:
        """The message to whoever runs the program: of what was not delivered the name, the address, what happened.

        Raises: CannotGoOnError where one of the company's own templates is at fault.
        """
        f = Formats()
        tidy = [(short_line(name), short_line(address), short_text(happened)) for name, address, happened in lines]
        return self._filled(
            "failures",
            mail.failures_subject(week, len(tidy), f),
            f=f,
            week=week,
            failures=tidy[:MOST_FAILURES],
            n_more=max(len(tidy) - MOST_FAILURES, 0),
        )

    def _filled(self, name: str, subject: str, **said: object) -> MailText:
        fill_in = partial(self._templates.filled, said={"subject": subject, **said})
        try:
            html, text = fill_in(f"mail/{name}.html.jinja"), fill_in(f"mail/{name}.txt.jinja")
        except PublishingFailedError as error:
            raise CannotGoOnError(str(error)) from error
        html = self._inliner.inline(html)
        refuse_what_it_asks(html, name)
        return MailText(subject, wrapped(text), html)


def formats_of(stamp: Stamp) -> Formats:
    """The formats of a team's messages."""
    return Formats(locale=stamp.locale, currency=stamp.currency, as_of=stamp.as_of)


def refuse_what_it_asks(html: str, name: str) -> None:
    """A message runs nothing and loads nothing, whatever template it is made by.

    Raises: CannotGoOnError for the first thing that it would.
    """
    asks = asks_of(html)
    if asks:
        raise CannotGoOnError(
            f"mail/{name}.html.jinja: {asks[0]}; {NOT_SENT}, as messages run nothing and load nothing from elsewhere. "
            "Fix: leave that out of your own template."
        )


def only_web(link: str) -> str:
    """The link if it leads to the web, else none."""
    return link if link.startswith(("https://", "http://")) else ""


def wrapped(text: str) -> str:
    """The lines of a plain text at its width, what follows a dash under it; never two empty lines on end."""
    kept: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if line or (kept and kept[-1]):
            kept.append(_wrapped_line(line))
    return "\n".join(kept).strip() + "\n"


def _wrapped_line(line: str) -> str:
    indent = "  " if line.startswith("- ") else ""
    return fill(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
