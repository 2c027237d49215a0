"""Why something is not sent to a person, though it was published: the person's address, or errors in the workbook.

Each reason is one sentence with its remedy, and the first that is found. It must not know of PDFs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from milestone_reports.delivery.published import PublishedTeam
from milestone_reports.domain.address import domain_of, mailbox_key, plain_address
from milestone_reports.domain.message import message
from milestone_reports.domain.names import person_key, quoted
from milestone_reports.domain.problem import Level, Problem
from milestone_reports.scorecards.pages import RepScorecard

HOLDS_NOBODY_BACK = frozenset({"rep_blank", "track_unknown", "number_of_milestones"})
"""Rules of errors that are no rep's and hold no card back: an opportunity without an owner, which is on nobody's card
and which the manager is told of, whatever its track; and an unusual number of milestones, which is used as it is."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Whom each address belongs to, by the workbooks of all teams of the week."""

    reps: Mapping[str, Sequence[str]]
    """The names of those who have it as theirs, each once."""
    managers: Mapping[str, Sequence[str]]
    allowed_domains: tuple[str, ...]
    """Empty: no choice was made, and nothing is sent without one."""

    @property
    def all_outside(self) -> bool:
        """Whether none of several addresses is in an allowed domain: the slip is then in the settings."""
        domains = [domain_of(plain) for key in {*self.reps, *self.managers} if (plain := plain_address(key))]
        return len(domains) > 1 and not set(domains).intersection(self.allowed_domains)

    def fault_of_reps(self, name: str, address: str) -> str:
        """Why a rep's scorecard does not go to the address that the workbook has; empty where it does."""
        if not address.strip():
            return message("the rep has no address. Fix: write an Email on the Reps sheet and build once more.")
        key = mailbox_key(address)
        return (
            self._fault(address)
            or _shared_with_rep(address, _strangers(name, self.reps[key]))
            or _shared_with_manager(address, self._other_managers(name, key))
        )

    def fault_of_managers(self, address: str) -> str:
        """Why a team's report does not go to an address; empty where it does."""
        if not address.strip():
            return message(
                "the manager has no address. Fix: write a Manager email on the Settings sheet and build once more."
            )
        key = mailbox_key(address)
        others = [rep for rep in self.reps.get(key, ()) if self._other_managers(rep, key)]
        return self._fault(address) or _shared_with_rep(address, others)

    def _other_managers(self, name: str, key: str) -> Sequence[str]:
        """Who has an address as a manager and is not the rep of that name, by any of the names given there."""
        managers = self.managers.get(key, ())
        strangers = _strangers(name, managers)
        return strangers if len(strangers) == len(managers) else ()

    def _fault(self, address: str) -> str:
        plain = plain_address(address)
        if plain is None:
            return message(
                "{address} is not one plain address. Fix: correct it in the workbook and build once more.",
                address=quoted(address),
            )
        if not self.allowed_domains or domain_of(plain) in self.allowed_domains:
            return ""
        allowed = ", ".join(self.allowed_domains)
        if self.all_outside:
            return message(
                "the address is outside the allowed domains ({domains}), as all in the workbook are. "
                "Fix: correct allowed_domains in the settings file, for which {domain} may be meant.",
                domains=allowed,
                domain=domain_of(plain),
            )
        return message(
            "{address} is outside the allowed domains ({domains}). Fix: correct it in the workbook and build once "
            "more, or add its domain to allowed_domains in the settings file.",
            address=quoted(address),
            domains=allowed,
        )


def addresses_of(teams: Sequence[PublishedTeam], allowed_domains: tuple[str, ...]) -> Addresses:
    """Whom each address belongs to."""
    reps = [(card.rep, card.email) for team in teams for card in team.site.reps]
    managers = [known for team in teams for known in managers_of(team)]
    return Addresses(_by_address(reps), _by_address(managers), allowed_domains)


def managers_of(team: PublishedTeam) -> Sequence[tuple[str, str]]:
    """The name, which may be empty, and the address of each manager in the workbook: the team's, then the reps'."""
    settings, slugs = team.team.settings, {card.slug for card in team.site.reps}
    of_reps = [(rep.manager, rep.manager_email) for rep in team.team.reps if rep.slug in slugs]
    return [(name, address) for name, address in [(settings.manager, settings.manager_email), *of_reps] if address]


def fault_by_listing(team: PublishedTeam, card: RepScorecard) -> str:
    """Whether a rep is missing on the sheet of reps, with the name there that may be meant; empty where not."""
    if card.is_listed:
        return ""
    rows = (row for track in team.site.rollup.tracks for row in track.reps if row.rep == card.rep)
    if near := next((row.listing.nearest for row in rows if row.listing.nearest), ""):
        return message(
            "the name is not on the sheet Reps. Fix: if {name} is meant, correct Rep in those rows; else add a row "
            "with an Email to Reps. Then build once more.",
            name=quoted(near),
        )
    return message(
        "the name is not on the sheet Reps. Fix: add a row with an Email to Reps, or correct Rep in those rows. "
        "Then build once more."
    )


def fault_by_errors(name: str, problems: Sequence[Problem]) -> str:
    """Which errors of the workbook a rep's figures may be wrong by: own ones, else those that are no rep's."""
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    if own := [problem for problem in errors if problem.rep and person_key(problem.rep) == person_key(name)]:
        return _fault_by_own(own)
    of_all = [problem for problem in errors if not problem.rep and problem.rule not in HOLDS_NOBODY_BACK]
    return _fault_by_those_of_all(of_all) if of_all else ""


def _fault_by_own(own: Sequence[Problem]) -> str:
    first = _sentence(own[0])
    if len(own) == 1:
        return message("the workbook has an error in the rep's own rows: {error} Then build once more.", error=first)
    return message(
        "the workbook has {n} errors in the rep's own rows, the first: {error} Then build once more.",
        n=f"{len(own):,}",
        error=first,
    )


def _fault_by_those_of_all(errors: Sequence[Problem]) -> str:
    first = _sentence(errors[0])
    if len(errors) == 1:
        return message(
            "the workbook has an error that may concern every card: {error} Then build once more.", error=first
        )
    return message(
        "the workbook has {n} errors that may concern every card, the first: {error} Then build once more.",
        n=f"{len(errors):,}",
        error=first,
    )


def fault_by_week(team: PublishedTeam, week: str) -> str:
    """Whether a team is in the site of a week with what it had to say of an earlier one; empty where it is not."""
    own = team.site.stamp.week
    if own == week:
        return ""
    return message(
        "what is published of the team is of {own}, not of {week}. Fix: build the team's newest workbook.",
        own=own,
        week=week,
    )


def _sentence(problem: Problem) -> str:
    if problem.expected:
        return message(
            "{where}: {found}; {expected}. {done}. Fix: {fix}.",
            where=problem.where,
            found=problem.found,
            expected=problem.expected,
            done=problem.done,
            fix=problem.fix,
        )
    return message(
        "{where}: {found}. {done}. Fix: {fix}.",
        where=problem.where,
        found=problem.found,
        done=problem.done,
        fix=problem.fix,
    )


def _by_address(known: Sequence[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    """The names of all who have an address, however it is spelled; each name once, however that is."""
    found: dict[str, dict[str, str]] = {}
    for name, address in known:
        found.setdefault(mailbox_key(address), {}).setdefault(person_key(name), name)
    return {key: tuple(names.values()) for key, names in found.items()}


def _strangers(name: str, names: Sequence[str]) -> Sequence[str]:
    return [other for other in names if person_key(other) != person_key(name)]


def _shared_with_rep(address: str, others: Sequence[str]) -> str:
    if not others:
        return ""
    return message(
        "{address} is also the address of the rep {name}. Fix: correct it in the workbook and build once more; where "
        "both are one person, write the same name.",
        address=quoted(address),
        name=quoted(others[0]),
    )


def _shared_with_manager(address: str, others: Sequence[str]) -> str:
    if not others:
        return ""
    if others[0]:
        return message(
            "{address} is also the address of the manager {name}. Fix: correct it in the workbook and build once more; "
            "where both are one person, write the same name.",
            address=quoted(address),
            name=quoted(others[0]),
        )
    return message(
        "{address} is also the address of a manager without a name. Fix: correct it in the workbook and build once "
        "more; where both are one person, write the same name.",
        address=quoted(address),
    )
