"""The sentences of the pipeline page: what asks for attention, and how far off forecasts have been.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from milestone_reports.render.formats import THOUSAND
from milestone_reports.render.words.coaching import sale_word
from milestone_reports.render.words.grammar import counted, in_words, sentence
from milestone_reports.render.words.teams import rest_says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import OpenOpportunity
    from milestone_reports.scorecards.insights import Backtest, BacktestMonth, ReliabilityBin
    from milestone_reports.scorecards.pages import TeamRollup, TeamTrack

ENOUGH_MONTH_ENDS = 12
"""Under this many no percentage is said of a backtest: its windows overlap (method.md §8)."""

LIKELY_IN_TEN = "eight in ten"


def pipeline_headline(rollup: TeamRollup, formats: Formats) -> str:
    """The headline of the pipeline page, by the first of the rules that applies."""
    return next(text for says in PIPELINE_RULES.values() if (text := says(rollup, formats)))


def _nothing_open(rollup: TeamRollup, _: Formats) -> str:
    return "" if rollup.n_open else "No opportunity is open"


def _presumed_lost(rollup: TeamRollup, formats: Formats) -> str:
    count = rollup.attention.n_presumed_lost
    return of_open(count, rollup, formats, "presumed lost, to close or update") if count else ""


def _overdue(rollup: TeamRollup, formats: Formats) -> str:
    count = rollup.attention.n_overdue
    return of_open(count, rollup, formats, "overdue") if count else ""


def _stalled(rollup: TeamRollup, formats: Formats) -> str:
    count = rollup.attention.n_stalled
    return of_open(count, rollup, formats, "stalled") if count else ""


def _without_plan(rollup: TeamRollup, formats: Formats) -> str:
    count = rollup.attention.n_without_plan
    return of_open(count, rollup, formats, "without a planned next milestone") if count else ""


def _all_in_order(rollup: TeamRollup, formats: Formats) -> str:
    if rollup.n_open == 1:
        return "The one open opportunity is planned and not overdue"
    return f"All {in_words(rollup.n_open, formats)} open opportunities are planned, and none is overdue"


PIPELINE_RULES: Mapping[str, Callable[[TeamRollup, Formats], str]] = {
    "nothing open": _nothing_open,
    "presumed lost": _presumed_lost,
    "overdue": _overdue,
    "stalled": _stalled,
    "without plan": _without_plan,
    "all in order": _all_in_order,
}


def of_open(count: int, rollup: TeamRollup, formats: Formats, are: str) -> str:
    """`52 of 116 open opportunities are presumed lost, to close or update`."""
    opportunities = counted(rollup.n_open, "open opportunity", "open opportunities")
    verb = counted(count, "is", "are")
    text = f"{in_words(count, formats)} of {in_words(rollup.n_open, formats)} {opportunities} {verb} {are}"
    return sentence(text).removesuffix(".")


def pipeline_deck(rollup: TeamRollup, formats: Formats) -> str:
    """What is open altogether, and what else of it asks for something."""
    if not rollup.n_open:
        return "Nothing waits for a next milestone."
    money = f"What is open is worth {formats.money_short(rollup.open_value)} together." if rollup.open_value else ""
    return " ".join(filter(None, (money, attention_says(rollup, formats))))


def attention_says(rollup: TeamRollup, formats: Formats) -> str:
    """`26 are overdue, three stalled and 16 without a planned next milestone. One may be in several counts.`."""
    counts = (
        (rollup.attention.n_overdue, "overdue"),
        (rollup.attention.n_stalled, "stalled"),
        (rollup.attention.n_without_plan, "without a planned next milestone"),
        (rollup.attention.n_evidence_missing, "without required evidence"),
    )
    parts = [(count, says) for count, says in counts if count]
    if not parts:
        return ""
    first = f"{in_words(parts[0][0], formats)} {counted(parts[0][0], 'is', 'are')} {parts[0][1]}"
    others = [f"{in_words(count, formats)} {says}" for count, says in parts[1:]]
    again = " One may be in several counts." if others else ""
    return sentence(joined([first, *others])) + again


def joined(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def presumed_of(rollup: TeamRollup) -> Sequence[OpenOpportunity]:
    """The presumed lost."""
    return [opportunity for opportunity in rollup.stalled if opportunity.presumed_lost]


def only_stalled(rollup: TeamRollup) -> Sequence[OpenOpportunity]:
    """The stalled that are not presumed lost."""
    return [opportunity for opportunity in rollup.stalled if not opportunity.presumed_lost]


def list_aside(listed: Sequence[OpenOpportunity], rollup: TeamRollup, formats: Formats) -> str:
    """`12 of 147 open, $1.20m`."""
    value = sum(opportunity.value or 0.0 for opportunity in listed)
    money = f", {formats.money_short(value)}" if value else ""
    return f"{formats.count(len(listed))} of {formats.count(rollup.n_open)} open{money}"


def list_rest(listed: Sequence[OpenOpportunity], n_shown: int, formats: Formats) -> str:
    """What a list leaves out, and where it is; empty where it is whole."""
    if len(listed) <= n_shown:
        return ""
    return sentence(rest_says(listed[n_shown:], formats)) + " Each rep’s card lists its own."


def backtest_in_full(track: TeamTrack, backtest: Backtest, formats: Formats) -> str:
    """How far off the forecasts of past month-ends were, and how often what came lay inside their range."""
    n_ends = len(backtest.months)
    said, came = (backtest_amount(total / n_ends, backtest, formats) for total in (backtest.forecast, backtest.actual))
    unit = "" if backtest.in_money else f" {sale_word(track.card)}s"
    ends = f"{'each of ' if n_ends > 1 else ''}the last {in_words(n_ends, formats) + ' ' if n_ends > 1 else ''}"
    average = ", on average" if n_ends > 1 else ""
    made = f"Made again at {ends}{counted(n_ends, 'month-end')}, for the {formats.count(backtest.n_days)} days after it"
    came += _off(backtest, formats)
    return f"{made}, the forecast said {said}{unit}{average}; {came} came. {_inside(backtest, formats)}"


def backtest_title(track: TeamTrack, backtest: Backtest, formats: Formats) -> str:
    """What stands above the chart of a backtest."""
    unit = "revenue" if backtest.in_money else f"{sale_word(track.card)}s"
    return f"{unit} in the {formats.count(backtest.n_days)} days after each month-end"


def backtest_amount(value: float, backtest: Backtest, formats: Formats) -> str:
    """Money in short, or contracts."""
    return formats.money_short(value) if backtest.in_money else formats.number(value)


def _off(backtest: Backtest, formats: Formats) -> str:
    if not backtest.forecast or len(backtest.months) < ENOUGH_MONTH_ENDS:
        return ""
    off = backtest.actual / backtest.forecast - 1
    return f", {formats.fraction(abs(off))} {'more' if off > 0 else 'less'}" if abs(off) >= LEAST_OFF else ", as said"


LEAST_OFF = 0.005
"""A difference that rounds to nothing in whole percentages."""


def _inside(backtest: Backtest, formats: Formats) -> str:
    n_ends, inside = len(backtest.months), backtest.n_inside
    if n_ends == 1:
        return f"What came lay {'inside' if inside else 'outside'} the likely range."
    often = "every time" if inside == n_ends else f"{in_words(inside, formats)} of {in_words(n_ends, formats)} times"
    often = "never" if not inside else often
    return f"What came lay inside the likely range {often}; {LIKELY_IN_TEN} is what the range promises."


def without_history_note(backtest: Backtest, formats: Formats) -> str:
    """How many month-ends could not be judged; empty where all could."""
    count = backtest.n_without_history
    if not count:
        return ""
    ends = counted(count, "month-end is", "month-ends are")
    return sentence(f"{in_words(count, formats)} {ends} left out: too little history then")


NO_BACKTEST = (
    "No month-end can be judged yet: it takes half a year of history before it, and the days of the forecast after it."
)


def driven_money(value: float, total: float, formats: Formats) -> str:
    """What a stage brings in money, no more exact than it deserves: `$66k`, `<$1k`; empty for nothing."""
    if not value:
        return ""
    hardly = value < THOUSAND <= total
    return f"<{formats.money_short(THOUSAND)}" if hardly else formats.money_short(value)


def inside_word(month: BacktestMonth) -> str:
    """Whether what came lay in the range."""
    return "yes" if month.inside else "no"


def said_chances(backtest: Backtest) -> Sequence[ReliabilityBin]:
    """The ranges of chances that were given to any opportunity."""
    return [one for one in backtest.reliability if one.n and one.predicted is not None and one.observed is not None]


def chance_range(one: ReliabilityBin, formats: Formats) -> str:
    """`under 10%`, `25% to 50%`, `over 75%`."""
    if not one.low:
        return f"under {formats.fraction(one.high)}"
    if one.high == 1:
        return f"over {formats.fraction(one.low)}"
    return f"{formats.fraction(one.low)} to {formats.fraction(one.high)}"


def came_of(one: ReliabilityBin) -> float:
    """How many became a sale."""
    return round(one.n * (one.observed or 0.0))


def said_of(one: ReliabilityBin) -> float:
    """How many should have, by their chances."""
    return one.n * (one.predicted or 0.0)


def chances_say(backtest: Backtest, formats: Formats) -> str:
    """One row in a sentence: `Of 40 said to have a chance of 25% to 50%, 14 came.`."""
    bins = said_chances(backtest)
    if not bins:
        return ""
    telling = max(bins, key=lambda one: (min(one.n, 30), one.low))
    came = formats.count(came_of(telling)) if came_of(telling) else "none"
    return f"Of {formats.count(telling.n)} said to have a chance of {chance_range(telling, formats)}, {came} came."
