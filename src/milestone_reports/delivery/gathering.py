"""What a week has for reps and managers: a letter for each, or why there is none.

Whatever is not certain is not sent. Must not know how letters travel, nor which were sent before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from milestone_reports.delivery.figures import digest_of_report, digest_of_scorecard
from milestone_reports.delivery.leaving import why_not_due
from milestone_reports.delivery.letters import Letter, NotDue, Post, Recipient, Withheld
from milestone_reports.delivery.published import PublishedTeam, PublishedWeek, published_week
from milestone_reports.delivery.withholding import (
    Addresses,
    addresses_of,
    fault_by_errors,
    fault_by_listing,
    fault_by_week,
    managers_of,
)
from milestone_reports.domain.address import mailbox_key, plain_address
from milestone_reports.domain.failure import CannotGoOnError
from milestone_reports.history.store import Store
from milestone_reports.render.mail import Mails, MailText
from milestone_reports.scorecards.compose import card_of
from milestone_reports.scorecards.pages import RepScorecard
from milestone_reports.settings_file.mail import MailSettings

Gathered = Letter | Withheld | NotDue


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be sent."""

    output: Path
    """The folder of the site."""
    today: date
    week: str = ""
    """Such as 2026-W47; empty: the newest that was published."""
    reps: tuple[str, ...] = ()
    """Only their scorecards; empty: everyone's, and the teams' reports."""


def gather(store: Store, wanted: Wanted, mail: MailSettings, mails: Mails) -> Post:
    """All that the week has for reps and managers, each as a letter, as withheld or as not due.

    Raises: CannotGoOnError where it cannot be trusted as a whole, or a rep that is asked for is nobody there.
    """
    week = published_week(store, wanted.output, wanted.today, wanted.week)
    chosen = _chosen(week.teams, wanted.reps)
    desk = Desk(week, addresses_of(week.teams, mail.allowed_domains), mail.site_url, mails)
    gathered = [one for team in week.teams for one in desk.of_team(team, chosen, managers=not wanted.reps)]
    return Post(
        week=week.name,
        letters=tuple(one for one in gathered if isinstance(one, Letter)),
        withheld=tuple(one for one in gathered if isinstance(one, Withheld)),
        not_due=tuple(one for one in gathered if isinstance(one, NotDue)),
        known=tuple(one for team in week.teams for one in recipients_of(team)),
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """Where letters are written."""

    week: PublishedWeek
    addresses: Addresses
    site_url: str
    mails: Mails

    def of_team(
        self, team: PublishedTeam, chosen: Collection[tuple[int, str]], *, managers: bool
    ) -> Iterator[Gathered]:
        """What the reps of a team get, of those chosen, then what its managers do."""
        of_reps = [self._scorecard(team, card) for card in team.site.reps if (team.place, card.slug) in chosen]
        yield from of_reps
        if managers:
            withheld = [(one.to.name, one.reason) for one in of_reps if isinstance(one, Withheld)]
            yield from (self._report(team, to, withheld) for to in recipients_of_report(team))

    def _scorecard(self, team: PublishedTeam, card: RepScorecard) -> Gathered:
        to = recipient_of(team, card)
        if reason := why_not_due(team, card):
            return NotDue(to, self.week.name, reason)
        if fault := (
            fault_by_listing(team, card)
            or self.addresses.fault_of_reps(card.rep, card.email)
            or fault_by_week(team, self.week.name)
            or fault_by_errors(card.rep, team.problems)
        ):
            return Withheld(to, self.week.name, fault)
        # Among the managers' pages everyone's figures are one click away: no rep is led there.
        page = team.layout.own_page(card.slug) if team.layout.audience != "manager" else ""
        text = self.mails.scorecard(card, self._link(page))
        return self._with_pdf(team, to, text, digest_of_scorecard(card))

    def _report(self, team: PublishedTeam, to: Recipient, withheld: Sequence[tuple[str, str]]) -> Gathered:
        if fault := self.addresses.fault_of_managers(to.address) or fault_by_week(team, self.week.name):
            return Withheld(to, self.week.name, fault)
        text = self.mails.team_report(team.site, withheld, self._link(f"{team.layout.team_folder}index.html"))
        return self._with_pdf(team, to, text, digest_of_report(team.site.rollup))

    def _with_pdf(self, team: PublishedTeam, to: Recipient, text: MailText, figures: str) -> Gathered:
        pdf = self.week.pdf(team, to.slug)
        if pdf.fault:
            return Withheld(to, self.week.name, pdf.fault)
        return Letter(
            to=replace(to, address=plain_address(to.address) or ""),
            week=self.week.name,
            subject=text.subject,
            text=text.text,
            html=text.html,
            pdf=pdf.content,
            pdf_name=f"{to.slug or team.team.slug}-{self.week.name}.pdf",
            figures=figures,
            reply_to=self._manager_of(team, to) if to.slug else "",
        )

    def _manager_of(self, team: PublishedTeam, to: Recipient) -> str:
        """The plain address of a rep's manager, where the team's report could go to it; else nothing."""
        of_rep = next((rep.manager_email for rep in team.team.reps if rep.name == to.name), "")
        address = of_rep or team.team.settings.manager_email
        return "" if self.addresses.fault_of_managers(address) else plain_address(address) or ""

    def _link(self, page: str) -> str:
        """The web address of a page; empty where there is no such page, or it is not said who serves it."""
        address = self.week.address(page) if page else ""
        return f"{self.site_url}{address}" if self.site_url and address else ""


def recipients_of(team: PublishedTeam) -> Sequence[Recipient]:
    """Everyone to whom something of the team is due, whether it can be sent or not."""
    cards = [card for card in team.site.reps if not why_not_due(team, card)]
    return [*(recipient_of(team, card) for card in cards), *recipients_of_report(team)]


def recipient_of(team: PublishedTeam, card: RepScorecard) -> Recipient:
    """Whose a scorecard is."""
    return Recipient(team.site.stamp.team, "scorecard", card.rep, card.slug, card.email)


def recipients_of_report(team: PublishedTeam) -> Sequence[Recipient]:
    """Everyone who manages the team, each address once; where there is none, somebody without one."""
    by_address: dict[str, tuple[str, str]] = {}
    for name, address in managers_of(team):
        by_address.setdefault(mailbox_key(address), (name, address))
    known = by_address.values() or [(team.team.settings.manager, "")]
    return [Recipient(team.site.stamp.team, "team report", name, "", address) for name, address in known]


def _chosen(teams: Sequence[PublishedTeam], names: Sequence[str]) -> Collection[tuple[int, str]]:
    """The place of the team and the slug of everyone who has one of the names; of all where none is given.

    Raises: CannotGoOnError for a name that nobody has in any team.
    """
    if not names:
        return {(team.place, card.slug) for team in teams for card in team.site.reps}
    return {found for name in names for found in _named(teams, name)}


def _named(teams: Sequence[PublishedTeam], name: str) -> Sequence[tuple[int, str]]:
    found, refused = [], []
    for team in teams:
        try:
            found.append((team.place, card_of(team.site, name).slug))
        except CannotGoOnError as error:
            refused.append(error)
    if not found:
        raise refused[0]
    return found
