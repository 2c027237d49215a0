"""The sentences of the pipeline page: what asks for attention, and how far off forecasts have been.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal

from milestone_reports.render.formats import THOUSAND
from milestone_reports.render.language import gettext, ngettext
from milestone_reports.render.words.coaching import sale_word
from milestone_reports.render.words.grammar import in_words, joined, sentence
from milestone_reports.render.words.teams import rest_says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import OpenOpportunity
    from milestone_reports.scorecards.insights import Backtest, BacktestMonth, ReliabilityBin
    from milestone_reports.scorecards.pages import TeamRollup, TeamTrack

ENOUGH_MONTH_ENDS = 12
"""Under this many no percentage is said of a backtest: its windows overlap (method.md §8)."""


def pipeline_headline(rollup: TeamRollup, formats: Formats) -> str:
    """The headline of the pipeline page, by the first of the rules that applies."""
    return next(text for says in PIPELINE_RULES.values() if (text := says(rollup, formats)))


def _nothing_open(rollup: TeamRollup, _: Formats) -> str:
    return "" if rollup.n_open else gettext("No opportunity is open")


def _presumed_lost(rollup: TeamRollup, formats: Formats) -> str:
    count = rollup.attention.n_presumed_lost
    if not count:
        return ""
    says = ngettext(
        "{some} is presumed lost, to close or update",
        "{some} are presumed lost, to close or update",
        count,
        some=some_of_open(count, rollup, formats),
    )
    return sentence(says).removesuffix(".")


def _overdue(rollup: TeamRollup, formats: Formats) -> str:
    count = rollup.attention.n_overdue
    if not count:
        return ""
    some = some_of_open(count, rollup, formats)
    return sentence(ngettext("{some} is overdue", "{some} are overdue", count, some=some)).removesuffix(".")


def _stalled(rollup: TeamRollup, formats: Formats) -> str:
    count = rollup.attention.n_stalled
    if not count:
        return ""
    some = some_of_open(count, rollup, formats)
    return sentence(ngettext("{some} is stalled", "{some} are stalled", count, some=some)).removesuffix(".")


def _without_plan(rollup: TeamRollup, formats: Formats) -> str:
    count = rollup.attention.n_without_plan
    if not count:
        return ""
    says = ngettext(
        "{some} is without a planned next milestone",
        "{some} are without a planned next milestone",
        count,
        some=some_of_open(count, rollup, formats),
    )
    return sentence(says).removesuffix(".")


def _all_in_order(rollup: TeamRollup, formats: Formats) -> str:
    if rollup.n_open == 1:
        return gettext("The one open opportunity is planned and not overdue")
    n = in_words(rollup.n_open, formats)
    return gettext("All {n} open opportunities are planned, and none is overdue", n=n)


PIPELINE_RULES: Mapping[str, Callable[[TeamRollup, Formats], str]] = {
    "nothing open": _nothing_open,
    "presumed lost": _presumed_lost,
    "overdue": _overdue,
    "stalled": _stalled,
    "without plan": _without_plan,
    "all in order": _all_in_order,
}


def some_of_open(count: int, rollup: TeamRollup, formats: Formats) -> str:
    """`52 of 116 open opportunities`, of which a sentence then says something."""
    return ngettext(
        "{n} of {all} open opportunity",
        "{n} of {all} open opportunities",
        rollup.n_open,
        n=in_words(count, formats),
        all=in_words(rollup.n_open, formats),
    )


def pipeline_deck(rollup: TeamRollup, formats: Formats) -> str:
    """What is open altogether, and what else of it asks for something."""
    if not rollup.n_open:
        return gettext("Nothing waits for a next milestone.")
    value = formats.money_short(rollup.open_value)
    money = gettext("What is open is worth {value} together.", value=value) if rollup.open_value else ""
    return " ".join(filter(None, (money, attention_says(rollup, formats))))


Asking = Literal["overdue", "stalled", "no plan", "no evidence"]
"""What an open opportunity can ask for attention with."""


def attention_says(rollup: TeamRollup, formats: Formats) -> str:
    """`26 are overdue, three stalled and 16 without a planned next milestone. One may be in several counts.`."""
    counts: Sequence[tuple[Asking, int]] = (
        ("overdue", rollup.attention.n_overdue),
        ("stalled", rollup.attention.n_stalled),
        ("no plan", rollup.attention.n_without_plan),
        ("no evidence", rollup.attention.n_evidence_missing),
    )
    asking = [(kind, count) for kind, count in counts if count]
    if not asking:
        return ""
    first, *others = asking
    says = sentence(joined([_begins(*first, formats), *(_goes_on(*other, formats) for other in others)]))
    return " ".join(filter(None, (says, gettext("One may be in several counts.") if others else "")))


def _begins(kind: Asking, count: int, formats: Formats) -> str:
    """How many, as a sentence begins."""
    n = in_words(count, formats)
    match kind:
        case "overdue":
            return ngettext("{n} is overdue", "{n} are overdue", count, n=n)
        case "stalled":
            return ngettext("{n} is stalled", "{n} are stalled", count, n=n)
        case "no plan":
            return ngettext(
                "{n} is without a planned next milestone",
                "{n} are without a planned next milestone",
                count,
                n=n,
            )
        case "no evidence":
            return ngettext("{n} is without required evidence", "{n} are without required evidence", count, n=n)


def _goes_on(kind: Asking, count: int, formats: Formats) -> str:
    """How many, as the sentence goes on."""
    n = in_words(count, formats)
    match kind:
        case "overdue":
            return gettext("{n} overdue", n=n)
        case "stalled":
            return gettext("{n} stalled", n=n)
        case "no plan":
            return gettext("{n} without a planned next milestone", n=n)
        case "no evidence":
            return gettext("{n} without required evidence", n=n)


def presumed_of(rollup: TeamRollup) -> Sequence[OpenOpportunity]:
    """The presumed lost."""
    return [opportunity for opportunity in rollup.stalled if opportunity.presumed_lost]


def only_stalled(rollup: TeamRollup) -> Sequence[OpenOpportunity]:
    """The stalled that are not presumed lost."""
    return [opportunity for opportunity in rollup.stalled if not opportunity.presumed_lost]


def list_aside(listed: Sequence[OpenOpportunity], rollup: TeamRollup, formats: Formats) -> str:
    """`12 of 147 open, $1.20m`."""
    value = sum(opportunity.value or 0.0 for opportunity in listed)
    open_ones = gettext("{n} of {all} open", n=formats.count(len(listed)), all=formats.count(rollup.n_open))
    return f"{open_ones}, {formats.money_short(value)}" if value else open_ones


def list_rest(listed: Sequence[OpenOpportunity], n_shown: int, formats: Formats) -> str:
    """What a list leaves out, and where it is; empty where it is whole."""
    if len(listed) <= n_shown:
        return ""
    return " ".join((sentence(rest_says(listed[n_shown:], formats)), gettext("Each rep’s card lists its own.")))


def backtest_in_full(track: TeamTrack, backtest: Backtest, formats: Formats) -> str:
    """How far off the forecasts of past month-ends were, and how often what came lay inside their range."""
    n_ends = len(backtest.months)
    forecast, actual = backtest.forecast / n_ends, backtest.actual / n_ends
    said, days = _in_sales(forecast, track, backtest, formats), formats.count(backtest.n_days)
    if n_ends == 1:
        made = gettext(
            "Made again at the last month-end, for the {days} days after it, the forecast said {said}",
            days=days,
            said=said,
        )
    else:
        made = gettext(
            "Made again at each of the last {n} month-ends, for the {days} days after it, the forecast said {said}, "
            "on average",
            n=in_words(n_ends, formats),
            days=days,
            said=said,
        )
    came = _came(backtest_amount(actual, backtest, formats), backtest, formats)
    return f"{made}; {came}. {_inside(backtest, formats)}"


def _in_sales(value: float, track: TeamTrack, backtest: Backtest, formats: Formats) -> str:
    """What a forecast said: `$550k`, `4.3 contracts`."""
    amount = backtest_amount(value, backtest, formats)
    if backtest.in_money:
        return amount
    if sale_word(track.card) == "sale":
        return gettext("{n} sales", n=amount)
    return gettext("{n} contracts", n=amount)


def backtest_title(track: TeamTrack, backtest: Backtest, formats: Formats) -> str:
    """What stands above the chart of a backtest."""
    days = formats.count(backtest.n_days)
    if backtest.in_money:
        return gettext("revenue in the {days} days after each month-end", days=days)
    if sale_word(track.card) == "sale":
        return gettext("sales in the {days} days after each month-end", days=days)
    return gettext("contracts in the {days} days after each month-end", days=days)


def backtest_amount(value: float, backtest: Backtest, formats: Formats) -> str:
    """Money in short, or contracts."""
    return formats.money_short(value) if backtest.in_money else formats.number(value)


def _came(amount: str, backtest: Backtest, formats: Formats) -> str:
    if not backtest.forecast or len(backtest.months) < ENOUGH_MONTH_ENDS:
        return gettext("{amount} came", amount=amount)
    off = backtest.actual / backtest.forecast - 1
    if abs(off) < LEAST_OFF:
        return gettext("{amount}, as said came", amount=amount)
    share = formats.fraction(abs(off))
    if off > 0:
        return gettext("{amount}, {share} more came", amount=amount, share=share)
    return gettext("{amount}, {share} less came", amount=amount, share=share)


LEAST_OFF = 0.005
"""A difference that rounds to nothing in whole percentages."""


def _inside(backtest: Backtest, formats: Formats) -> str:
    n_ends, inside = len(backtest.months), backtest.n_inside
    if n_ends == 1:
        if inside:
            return gettext("What came lay inside the likely range.")
        return gettext("What came lay outside the likely range.")
    if not inside:
        return gettext("What came lay inside the likely range never; eight in ten is what the range promises.")
    if inside == n_ends:
        return gettext("What came lay inside the likely range every time; eight in ten is what the range promises.")
    return gettext(
        "What came lay inside the likely range {n} of {all} times; eight in ten is what the range promises.",
        n=in_words(inside, formats),
        all=in_words(n_ends, formats),
    )


def without_history_note(backtest: Backtest, formats: Formats) -> str:
    """How many month-ends could not be judged; empty where all could."""
    count = backtest.n_without_history
    if not count:
        return ""
    left_out = ngettext(
        "one month-end is left out: too little history then",
        "{n} month-ends are left out: too little history then",
        count,
        n=in_words(count, formats),
    )
    return sentence(left_out)


def no_backtest() -> str:
    """What stands in place of a backtest."""
    return gettext(
        "No month-end can be judged yet: it takes half a year of history before it, and the days of the forecast "
        "after it."
    )


def driven_money(value: float, total: float, formats: Formats) -> str:
    """What a stage brings in money, no more exact than it deserves: `$66k`, `<$1k`; empty for nothing."""
    if not value:
        return ""
    hardly = value < THOUSAND <= total
    return f"<{formats.money_short(THOUSAND)}" if hardly else formats.money_short(value)


def inside_word(month: BacktestMonth) -> str:
    """Whether what came lay in the range."""
    return gettext("yes") if month.inside else gettext("no")


def said_chances(backtest: Backtest) -> Sequence[ReliabilityBin]:
    """The ranges of chances that were given to any opportunity."""
    return [one for one in backtest.reliability if one.n and one.predicted is not None and one.observed is not None]


def chance_range(one: ReliabilityBin, formats: Formats) -> str:
    """`under 10%`, `25% to 50%`, `over 75%`."""
    if not one.low:
        return gettext("under {share}", share=formats.fraction(one.high))
    if one.high == 1:
        return gettext("over {share}", share=formats.fraction(one.low))
    return gettext("{low} to {high}", low=formats.fraction(one.low), high=formats.fraction(one.high))


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
    n, chance, came = formats.count(telling.n), chance_range(telling, formats), came_of(telling)
    if not came:
        return gettext("Of {n} said to have a chance of {range}, none came.", n=n, range=chance)
    return ngettext(
        "Of {n} said to have a chance of {range}, {came} came.",
        "Of {n} said to have a chance of {range}, {came} came.",
        came,
        n=n,
        range=chance,
        came=formats.count(came),
    )
