"""What the coaching list says: one rep at one gate beside the rest of the team, for the manager or to the rep.

Counts come before percentages, and every entry ends in how far it may be trusted. Must not know of markup, nor
compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from milestone_reports.metrics.rates import DECIDED_TO_SAY
from milestone_reports.render.language import gettext, ngettext
from milestone_reports.render.words.grammar import in_words, sentence

if TYPE_CHECKING:
    from milestone_reports.metrics.rates import Rate
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.insights import Coaching, Ending
    from milestone_reports.scorecards.pages import TeamTrack, TrackCard

SaleWord = Literal["contract", "sale"]
"""What a track calls a sale, as the sentences are chosen by; `sales_of` says it."""

FLAGGED: frozenset[Ending] = frozenset({"coach here", "new, watch"})

SMALLEST_WORTH = 0.1
"""Of a contract; less is said to be less."""


def sale_word(card: TrackCard) -> SaleWord:
    """`contract`, or `sale` where the track's target counts sales, or there is none."""
    by_count = card.quota.target_is == "count" if card.quota else card.sales.target_this_year is None
    return "sale" if by_count else "contract"


def sales_of(noun: SaleWord) -> str:
    """Many of them: `contracts` or `sales`."""
    return gettext("contracts") if noun == "contract" else gettext("sales")


FEWEST_STARTS = 2
SHORT_OF = 0.15
"""First milestones that are missing are said from two on, and from this share of what was due."""


def ending_says(ending: Ending, *, to_rep: bool = False) -> str:
    """How far an entry may be trusted, for the manager's list or on the rep's own card."""
    if to_rep and ending == "coach here":
        return gettext("worth working on first")
    if to_rep and ending == "new, watch":
        return gettext("new, worth watching")
    said: dict[Ending, str] = {
        "coach here": gettext("coach here"),
        "new, watch": gettext("new, watch"),
        "may be chance": gettext("may be chance"),
        "too few to say": gettext("too few to say"),
    }
    return said[ending]


def coaching_says(entry: Coaching, noun: SaleWord, formats: Formats, *, to_rep: bool = False) -> str:
    """One entry in one or two sentences: what went through, who waits, what the gap is worth, how sure that is.

    `noun` is the track's word for a sale (`sale_word`); with `to_rep` the rep is spoken to.
    """
    through = gettext(
        "{milestone} to {next_milestone}: {says}",
        milestone=entry.milestone,
        next_milestone=entry.next_milestone,
        says=gate_says(entry, formats, to_rep=to_rep),
    )
    if entry.ending == "too few to say":
        return sentence(f"{through}; {ending_says(entry.ending)}")
    worth = worth_says(entry, noun, formats, to_rep=to_rep)
    return " ".join(filter(None, (sentence(through), waiting_says(entry, formats, to_rep=to_rep), worth)))


def gate_says(entry: Coaching, formats: Formats, *, to_rep: bool = False) -> str:
    """`6 of 17 went through (35%); the rest of the team manages 57%`: counts, and percentages where they are enough."""
    if not entry.decided:
        return gettext("none of yours is decided") if to_rep else gettext("none is decided")
    share = f" ({formats.percent(entry.rate)})" if entry.rate.enough else ""
    went = _went_through(entry, formats, to_rep=to_rep) + share
    return "; ".join(filter(None, (went, _rest_says(entry.rest, formats))))


def _went_through(entry: Coaching, formats: Formats, *, to_rep: bool) -> str:
    passed, decided = formats.count(entry.passed), formats.count(entry.decided)
    if to_rep:
        return ngettext(
            "{passed} of your {decided} went through",
            "{passed} of your {decided} went through",
            entry.passed,
            passed=passed,
            decided=decided,
        )
    return ngettext(
        "{passed} of {decided} went through",
        "{passed} of {decided} went through",
        entry.passed,
        passed=passed,
        decided=decided,
    )


def _rest_says(rest: Rate, formats: Formats) -> str:
    if not rest.decided:
        return ""
    if not rest.enough:
        return gettext("in the rest of the team {counts} did", counts=formats.counts(rest))
    return gettext("the rest of the team manages {share}", share=formats.percent(rest))


def waiting_says(entry: Coaching, formats: Formats, *, to_rep: bool = False) -> str:
    """`Four wait there now.`; empty where none does."""
    if not entry.waiting:
        return ""
    n = in_words(entry.waiting, formats)
    if to_rep:
        says = ngettext("one of yours waits there now", "{n} of yours wait there now", entry.waiting, n=n)
    else:
        says = ngettext("one waits there now", "{n} wait there now", entry.waiting, n=n)
    return sentence(says)


def worth_says(entry: Coaching, noun: SaleWord, formats: Formats, *, to_rep: bool = False) -> str:
    """`Worth about 1.4 contracts, $68k, a year; new, watch.`; empty where there is no gap to close."""
    if not entry.contracts:
        return ""
    contracts, ending = contracts_about(entry.contracts, noun, formats), ending_says(entry.ending, to_rep=to_rep)
    if not entry.money:
        if to_rep:
            return gettext("Worth {contracts} a year to you; {ending}.", contracts=contracts, ending=ending)
        return gettext("Worth {contracts} a year; {ending}.", contracts=contracts, ending=ending)
    money = formats.money_short(entry.money)
    if to_rep:
        return gettext(
            "Worth {contracts}, {money}, a year to you; {ending}.", contracts=contracts, money=money, ending=ending
        )
    return gettext("Worth {contracts}, {money}, a year; {ending}.", contracts=contracts, money=money, ending=ending)


def worth_in_full(entry: Coaching, formats: Formats) -> str:
    """How a value at stake is made up, so that anyone can work it out: `44 a year × 23 points of the gap × 57%`."""
    parts = [
        gettext("{n} a year come to this step", n=formats.number(entry.entered_a_year)),
        gettext("{n} points of the gap are counted", n=formats.number(100 * entry.gap_counted)),
    ]
    if entry.later_rate < 1:
        parts.append(gettext("{share} of those that pass become a sale", share=formats.fraction(entry.later_rate)))
    return f"{'; '.join(parts)}."


def contracts_about(contracts: float, noun: SaleWord, formats: Formats) -> str:
    """`about 1.4 contracts`, `less than 0.1 contract`."""
    if contracts < SMALLEST_WORTH:
        least = formats.number(SMALLEST_WORTH)
        if noun == "contract":
            return gettext("less than {n} contract", n=least)
        return gettext("less than {n} sale", n=least)
    n = formats.number(contracts)
    count = 1 if n == formats.number(1) else contracts
    if noun == "contract":
        return ngettext("about {n} contract", "about {n} contracts", count, n=n)
    return ngettext("about {n} sale", "about {n} sales", count, n=n)


def strength_says(entry: Coaching, formats: Formats, *, to_rep: bool = False) -> str:
    """Where a rep is furthest above the rest of the team; for the manager, whom the others could ask."""
    milestone, after = entry.milestone, entry.next_milestone
    says = gate_says(entry, formats, to_rep=to_rep)
    if to_rep:
        return gettext(
            "You are strongest at {milestone} to {next_milestone}: {says}.",
            milestone=milestone,
            next_milestone=after,
            says=says,
        )
    return gettext(
        "Strongest at {milestone} to {next_milestone}: {says}, which the others could learn from.",
        milestone=milestone,
        next_milestone=after,
        says=says,
    )


def coaching_head(track: TeamTrack, formats: Formats) -> str:
    """The head of the list: how many are flagged, how many of those may be chance, what one month proves."""
    entries = track.card.coaching
    n_flagged = sum(entry.ending in FLAGGED for entry in entries)
    if not n_flagged:
        if len(entries) > 1:
            return gettext("None is flagged: each difference may be chance.")
        return gettext("None is flagged: the difference may be chance.")
    flagged = ngettext(
        "one of {all} is flagged",
        "{n} of {all} are flagged",
        n_flagged,
        n=in_words(n_flagged, formats),
        all=in_words(len(entries), formats),
    )
    one_month = gettext(
        "With counts like these one month proves little: “coach here” is what was flagged at two month-ends in a row."
    )
    return f"{sentence(f'{flagged}; {chance_says(n_flagged, track.false_flags, formats)}')} {one_month}"


def chance_says(n_flagged: int, false_flags: float, formats: Formats) -> str:
    """How many flags are expected to be chance: `less than one of them is expected to be chance`."""
    if n_flagged == 1:
        return gettext("it may still be chance")
    if false_flags < 1:
        return gettext("less than one of them is expected to be chance")
    whole = round(false_flags)
    return ngettext(
        "about one of them is expected to be chance",
        "about {n} of them are expected to be chance",
        whole,
        n=in_words(whole, formats),
    )


def starts_says(track: TeamTrack, formats: Formats) -> list[str]:
    """Who has too few first milestones, the furthest behind first, and what the missing ones would bring."""
    due = [(row.rep, row.starts, row.starts_due) for row in track.reps if row.starts_due is not None]
    short = [(rep, done, asked) for rep, done, asked in due if asked - done >= max(FEWEST_STARTS, SHORT_OF * asked)]
    if len(track.card.milestones) == 1:
        return []
    short.sort(key=lambda one: one[1] - one[2])
    return [_too_few(track, rep, done, asked, formats) for rep, done, asked in short]


def _too_few(track: TeamTrack, rep: str, done: int, asked: float, formats: Formats) -> str:
    contracts = (asked - done) / track.card.multiplier.per_contract[0]
    return gettext(
        "Too few starts: {rep} has {done} at {milestone} where {due} were due by now; "
        "{n} more would bring {contracts}.",
        rep=rep,
        done=formats.count(done),
        milestone=track.card.milestones[0],
        due=formats.count(asked),
        n=in_words(round(asked - done), formats),
        contracts=contracts_about(contracts, sale_word(track.card), formats),
    )


def coaching_more(track: TeamTrack, n_shown: int, formats: Formats) -> str:
    """`And three more`; empty where the list is whole."""
    rest = len(track.card.coaching) - n_shown
    return ngettext("And one more", "And {n} more", rest, n=in_words(rest, formats)) if rest > 0 else ""


def no_coaching(track: TeamTrack, formats: Formats) -> str:
    """What stands in place of an empty list."""
    if track.n_reps == 1:
        return gettext("One rep alone: there is nobody to compare with.")
    return gettext(
        "No rep with {n} opportunities decided at a step in the last twelve months is below the rest of the team "
        "there.",
        n=in_words(DECIDED_TO_SAY["next"], formats),
    )
