"""What the coaching list says: one rep at one gate beside the rest of the team, for the manager or to the rep.

Counts come before percentages, and every entry ends in how far it may be trusted. Must not know of markup, nor
compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.words.grammar import count_of, counted, in_words, sentence

if TYPE_CHECKING:
    from milestone_reports.metrics.rates import Rate
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.insights import Coaching, Ending
    from milestone_reports.scorecards.pages import TeamTrack, TrackCard

FLAGGED: frozenset[Ending] = frozenset({"coach here", "new, watch"})

SMALLEST_WORTH = 0.1
"""Of a contract; less is said to be less."""

ONE_MONTH = (
    "With counts like these one month proves little: “coach here” is what was flagged at two month-ends in a row."
)


def sale_word(card: TrackCard) -> str:
    """`contract`, or `sale` where the track's target counts sales, or there is none."""
    by_count = card.quota.target_is == "count" if card.quota else card.sales.target_this_year is None
    return "sale" if by_count else "contract"


FEWEST_STARTS = 2
SHORT_OF = 0.15
"""First milestones that are missing are said from two on, and from this share of what was due."""

TO_REP = {"coach here": "worth working on first", "new, watch": "new, worth watching"}
"""The endings of the manager's list, as a rep's own card says them; the others are the same."""


def coaching_says(entry: Coaching, noun: str, formats: Formats, *, to_rep: bool = False) -> str:
    """One entry in one or two sentences: what went through, who waits, what the gap is worth, how sure that is.

    `noun` is the track's word for a sale (`sale_word`); with `to_rep` the rep is spoken to.
    """
    through = f"{_step(entry)}: {gate_says(entry, formats, to_rep=to_rep)}"
    if entry.ending == "too few to say":
        return sentence(f"{through}; {entry.ending}")
    worth = worth_says(entry, noun, formats, to_rep=to_rep)
    return " ".join(filter(None, (sentence(through), waiting_says(entry, formats, to_rep=to_rep), worth)))


def gate_says(entry: Coaching, formats: Formats, *, to_rep: bool = False) -> str:
    """`6 of 17 went through (35%); the rest of the team manages 57%`: counts, and percentages where they are enough."""
    if not entry.decided:
        return "none of yours is decided" if to_rep else "none is decided"
    of = "of your" if to_rep else "of"
    went = f"{formats.count(entry.passed)} {of} {formats.count(entry.decided)} went through"
    share = f" ({formats.percent(entry.rate)})" if entry.rate.enough else ""
    return went + share + _rest_says(entry.rest, formats)


def _rest_says(rest: Rate, formats: Formats) -> str:
    if not rest.decided:
        return ""
    if not rest.enough:
        return f"; in the rest of the team {formats.counts(rest)} did"
    return f"; the rest of the team manages {formats.percent(rest)}"


def waiting_says(entry: Coaching, formats: Formats, *, to_rep: bool = False) -> str:
    """`Four wait there now.`; empty where none does."""
    if not entry.waiting:
        return ""
    of = " of yours" if to_rep else ""
    return sentence(f"{in_words(entry.waiting, formats)}{of} {counted(entry.waiting, 'waits', 'wait')} there now")


def worth_says(entry: Coaching, noun: str, formats: Formats, *, to_rep: bool = False) -> str:
    """`Worth about 1.4 contracts, $68k, a year; new, watch.`; empty where there is no gap to close."""
    if not entry.contracts:
        return ""
    value = f", {formats.money_short(entry.money)}," if entry.money else ""
    ending = TO_REP.get(entry.ending, entry.ending) if to_rep else entry.ending
    return f"Worth {contracts_about(entry.contracts, noun, formats)}{value} a year{' to you' * to_rep}; {ending}."


def worth_in_full(entry: Coaching, formats: Formats) -> str:
    """How a value at stake is made up, so that anyone can work it out: `44 a year × 23 points of the gap × 57%`."""
    counted_points = f"{formats.number(100 * entry.gap_counted)} points of the gap are counted"
    parts = [f"{formats.number(entry.entered_a_year)} a year come to this step", counted_points]
    if entry.later_rate < 1:
        parts.append(f"{formats.fraction(entry.later_rate)} of those that pass become a sale")
    return f"{'; '.join(parts)}."


def contracts_about(contracts: float, noun: str, formats: Formats) -> str:
    """`about 1.4 contracts`, `less than 0.1 contract`."""
    if contracts < SMALLEST_WORTH:
        return f"less than {formats.number(SMALLEST_WORTH)} {noun}"
    text = formats.number(contracts)
    return f"about {text} {counted(float(text == formats.number(1)), noun)}"


def strength_says(entry: Coaching, formats: Formats, *, to_rep: bool = False) -> str:
    """Where a rep is furthest above the rest of the team; for the manager, whom the others could ask."""
    begins = "You are strongest at" if to_rep else "Strongest at"
    ends = "" if to_rep else ", which the others could learn from"
    return sentence(f"{begins} {_step(entry)}: {gate_says(entry, formats, to_rep=to_rep)}{ends}")


def _step(entry: Coaching) -> str:
    return f"{entry.milestone} to {entry.next_milestone}"


def coaching_head(track: TeamTrack, formats: Formats) -> str:
    """The head of the list: how many are flagged, how many of those may be chance, what one month proves."""
    entries = track.card.coaching
    n_flagged = sum(entry.ending in FLAGGED for entry in entries)
    if not n_flagged:
        each = "each difference" if len(entries) > 1 else "the difference"
        return f"None is flagged: {each} may be chance."
    are = counted(n_flagged, "is", "are")
    flagged = f"{in_words(n_flagged, formats)} of {in_words(len(entries), formats)} {are} flagged"
    return f"{sentence(f'{flagged}; {chance_says(n_flagged, track.false_flags, formats)}')} {ONE_MONTH}"


def chance_says(n_flagged: int, false_flags: float, formats: Formats) -> str:
    """How many flags are expected to be chance: `less than one of them is expected to be chance`."""
    whole = round(false_flags)
    if n_flagged == 1:
        return "it may still be chance"
    if false_flags < 1:
        return "less than one of them is expected to be chance"
    return f"about {in_words(whole, formats)} of them {counted(whole, 'is', 'are')} expected to be chance"


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
    had = f"{formats.count(done)} at {track.card.milestones[0]} where {formats.count(asked)} were due by now"
    brings = contracts_about(contracts, sale_word(track.card), formats)
    return f"Too few starts: {rep} has {had}; {in_words(round(asked - done), formats)} more would bring {brings}."


def coaching_more(track: TeamTrack, n_shown: int, formats: Formats) -> str:
    """`And three more`; empty where the list is whole."""
    rest = len(track.card.coaching) - n_shown
    return f"And {in_words(rest, formats)} more" if rest > 0 else ""


def no_coaching(track: TeamTrack, formats: Formats) -> str:
    """What stands in place of an empty list."""
    if track.n_reps == 1:
        return "One rep alone: there is nobody to compare with."
    asked = count_of(8, "opportunity", formats, "opportunities")
    return f"No rep with {asked} decided at a step in the last twelve months is below the rest of the team there."
