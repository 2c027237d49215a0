"""The sentences of the planning page: the year against its plan, as a whole and month by month.

Must not know of markup, nor compute a figure beyond the sum of a column and its whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import floor
from typing import TYPE_CHECKING, Literal

from milestone_reports.render.language import gettext, ngettext, pgettext
from milestone_reports.render.words.grammar import in_words, joined, sentence
from milestone_reports.render.words.rules import Rules, every_track_for_itself, first_said, page_headline
from milestone_reports.render.words.teams import in_money, nothing_recorded, sale_noun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.insights import PlanMonth, YearMultiplier
    from milestone_reports.scorecards.pages import TeamRollup, TeamTrack


def planning_headline(rollup: TeamRollup, formats: Formats) -> str:
    """The headline of the planning page."""
    return page_headline(PLANNING_RULES, rollup, formats)


def planning_deck(rollup: TeamRollup, formats: Formats) -> str:
    """What stands under it."""
    if rollup.stamp.nothing_recorded:
        return nothing_recorded(rollup, formats)
    if len(rollup.tracks) > 1:
        return every_track_for_itself(rollup.tracks, formats)
    return year_so_far(rollup.tracks[0], formats)


def planning_says(track: TeamTrack, formats: Formats) -> str:
    """One of several tracks: its own headline, and what the year has brought."""
    return f"{sentence(first_said(PLANNING_RULES, track, formats)[1])} {year_so_far(track, formats)}"


Planned = Literal["milestones", "contracts", "revenue"]
"""What a plan is made of."""


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """One figure of one month, or of all of them: what is asked for, what is done, what is still expected."""

    required: float | None
    done: float
    expected: float | None

    @property
    def in_all(self) -> float:
        """What is done, and what is expected with it."""
        return self.done + (self.expected or 0.0)


def plan_column(track: TeamTrack, figure: Planned) -> Sequence[MonthPlan]:
    """One figure of the plan, month by month: milestones in whole numbers that add up to the year's (method.md §2)."""
    column = [_month_plan(month, figure) for month in track.plan]
    return _in_whole_numbers(column) if figure == "milestones" else column


def _in_whole_numbers(column: Sequence[MonthPlan]) -> Sequence[MonthPlan]:
    """Required by a month's end, rounded, less required by the end of the month before, rounded."""
    upto = accumulate((one.required or 0.0 for one in column), initial=0.0)
    whole = [floor(required + 0.5) for required in upto]
    return [
        one if one.required is None else replace(one, required=float(after - before))
        for one, (before, after) in zip(column, pairwise(whole), strict=True)
    ]


def _month_plan(month: PlanMonth, figure: Planned) -> MonthPlan:
    match figure:
        case "milestones":
            return MonthPlan(month.milestones_required, month.milestones_done, month.milestones_expected)
        case "contracts":
            return MonthPlan(month.contracts_required, month.contracts_done, month.contracts_expected)
        case "revenue":
            return MonthPlan(month.revenue_required, month.revenue_done, month.revenue_expected)


def plan_total(track: TeamTrack, figure: Planned) -> MonthPlan:
    """One figure of the plan, the whole year."""
    column = plan_column(track, figure)
    required, expected = column_sum([one.required for one in column]), column_sum([one.expected for one in column])
    return MonthPlan(required, sum(one.done for one in column), expected)


def column_sum(column: Sequence[float | None]) -> float | None:
    """A column's sum; None where it has no figure."""
    figures = [figure for figure in column if figure is not None]
    return sum(figures) if figures else None


def asked_of(track: TeamTrack) -> MonthPlan:
    """The year in what its target counts: money, else sales."""
    revenue = plan_total(track, "revenue")
    return plan_total(track, "contracts") if revenue.required is None else revenue


def _no_target(track: TeamTrack, _: Formats) -> str:
    return "" if asked_of(track).required else gettext("No target is set: there is no plan to hold the year against")


def _reached(track: TeamTrack, formats: Formats) -> str:
    year = asked_of(track)
    done = year.required and year.done >= year.required
    return gettext("The year’s target is reached: {amounts}", amounts=both_of(track, formats)) if done else ""


def _on_course(track: TeamTrack, formats: Formats) -> str:
    year = asked_of(track)
    enough = year.required and year.expected is not None and year.in_all >= year.required
    if not enough:
        return ""
    return gettext("The year is expected to reach its target: {amounts}", amounts=both_of(track, formats, coming=True))


def _may_reach(track: TeamTrack, formats: Formats) -> str:
    year, best = asked_of(track), best_of_year(track)
    if not year.required or year.expected is None or best is None or best < year.required:
        return ""
    return gettext("The year may still reach its target: {amounts}", amounts=both_of(track, formats, coming=True))


def best_of_year(track: TeamTrack) -> float | None:
    """The upper end of what the year is likely to bring, in what its target counts; None without a likely range."""
    forecast = next((one for one in track.card.forecast if one.until == "year" and one.basis == "history"), None)
    if forecast is None:
        return None
    in_money = plan_total(track, "revenue").required is not None
    found = forecast.revenue if in_money else forecast.contracts
    done = plan_total(track, "revenue" if in_money else "contracts").done
    return None if found is None or found.high is None else done + found.high


def _short(track: TeamTrack, formats: Formats) -> str:
    year = asked_of(track)
    short = year.required and year.expected is not None
    if not short:
        return ""
    return gettext("The year is expected to fall short: {amounts}", amounts=both_of(track, formats, coming=True))


def _no_history(track: TeamTrack, formats: Formats) -> str:
    says = gettext("{amounts}; history is too short to say what will come", amounts=both_of(track, formats))
    return sentence(says).removesuffix(".")


PLANNING_RULES: Rules = {
    "reached": _reached,
    "on course": _on_course,
    "may reach": _may_reach,
    "short": _short,
    "no target": _no_target,
    "no history": _no_history,
}


def both_of(track: TeamTrack, formats: Formats, *, coming: bool = False) -> str:
    """`$3.44m of $4.13m and 63 of 74 contracts`: what is done or, with `coming`, what is expected with it."""
    contracts, revenue = plan_total(track, "contracts"), plan_total(track, "revenue")
    parts = []
    if revenue.required is not None:
        come = revenue.in_all if coming else revenue.done
        money, target = formats.money_short(come), formats.money_short(revenue.required)
        parts.append(gettext("{part} of {whole}", part=money, whole=target))
    if contracts.required is not None:
        come = contracts.in_all if coming else contracts.done
        parts.append(_of_sales(formats.count(come), formats.count(contracts.required), track))
    return joined(parts)


def _of_sales(part: str, whole: str, track: TeamTrack) -> str:
    if counts_sales(track):
        return gettext("{part} of {whole} sales", part=part, whole=whole)
    return gettext("{part} of {whole} contracts", part=part, whole=whole)


def counts_sales(track: TeamTrack) -> bool:
    """Whether the target counts sales: what is signed is else called a contract."""
    return sale_noun(track.card.quota, track) == "sale"


def plural_sales(track: TeamTrack) -> str:
    """`Contracts`, or `Sales` where the target counts them, above a column."""
    return gettext("Sales") if counts_sales(track) else gettext("Contracts")


def year_so_far(track: TeamTrack, formats: Formats) -> str:
    """What is done of the year, beside what was due by now."""
    sales = track.card.sales
    says = _signed(track, formats)
    if sales.contracts_expected:
        due = formats.count(sales.contracts_expected)
        says = gettext("{signed} where {due} were due", signed=says, due=due)
    if in_money(sales) and sales.revenue_to_date:
        money, owed = formats.money_short(sales.revenue_to_date), sales.revenue_expected
        if owed:
            owed_text = formats.money_short(owed)
            says = gettext("{signed}, {money} of {owed} due by now", signed=says, money=money, owed=owed_text)
        else:
            says = gettext("{signed}, {money}", signed=says, money=money)
    return sentence(says)


def _signed(track: TeamTrack, formats: Formats) -> str:
    count = track.card.sales.contracts_to_date
    n = in_words(count, formats)
    if counts_sales(track):
        if not count:
            return gettext("no sales are signed")
        return ngettext("one sale is signed", "{n} sales are signed", count, n=n)
    if not count:
        return gettext("no contracts are signed")
    return ngettext("one contract is signed", "{n} contracts are signed", count, n=n)


def multiplier_aside(multiplier: YearMultiplier, formats: Formats) -> str:
    """`2.36, measured`: a track's multiplier, and what it rests on in a word."""
    label = {
        "assumed": gettext("assumed"),
        "mixed": gettext("mixed"),
        "measured": gettext("measured"),
        "set": pgettext("a multiplier", "set"),
    }[multiplier.label]
    return f"{formats.multiplier(multiplier.value)}, {label}"


def plan_in_money(track: TeamTrack) -> bool:
    """Whether the plan has to do with money."""
    return any(month.revenue_required is not None or month.revenue_done for month in track.plan)


def plan_counts(track: TeamTrack) -> Planned:
    """What a plan is drawn in beside its milestones."""
    return "revenue" if plan_in_money(track) else "contracts"


def plan_title(track: TeamTrack, figure: Planned) -> str:
    """What stands above a chart of the plan."""
    year = plan_total(track, figure)
    parts = [_a_month(track, figure)]
    if year.required is not None:
        parts.append(gettext("tick: required"))
    if year.expected is not None:
        parts.append(gettext("dashed: expected"))
    return "; ".join(parts)


def _a_month(track: TeamTrack, figure: Planned) -> str:
    match figure:
        case "milestones":
            return gettext("milestones a month")
        case "revenue":
            return gettext("revenue a month")
        case "contracts":
            return gettext("sales a month") if counts_sales(track) else gettext("contracts a month")


def plan_label(track: TeamTrack, figure: Planned, formats: Formats) -> str:
    """A chart of the plan in one sentence."""
    year, text_of = plan_total(track, figure), formats.money_short if figure == "revenue" else formats.count
    parts = [gettext("{amount} done", amount=text_of(year.done))]
    if year.expected is not None:
        parts.append(gettext("{amount} still expected", amount=text_of(year.expected)))
    if year.required is not None:
        parts.append(gettext("{amount} required in the year", amount=text_of(year.required)))
    return f"{track.card.track}, {plan_title(track, figure)}: {', '.join(parts)}."


def plan_note(track: TeamTrack, formats: Formats) -> str:
    """How to read the plan, and what it leaves unsaid."""
    parts = []
    if plan_total(track, "milestones").required is not None:
        parts.append(gettext("Required: what the quotas ask for, by the working days of each month."))
        card = track.card
        if card.pace.credited_without_quota or card.sales.contracts_without_quota:
            parts.append(
                gettext("Done and expected are everyone’s, also of those without a quota, of whom nothing is required.")
            )
    if plan_total(track, "contracts").expected is None:
        parts.append(gettext("Expected: history is too short to say it."))
    elif formats.as_of:
        day = formats.day_long(formats.as_of)
        parts.append(gettext("Expected: from {day} on, from what is open now and what is still to start.", day=day))
    else:
        parts.append(gettext("Expected: from what is open now and what is still to start."))
    return " ".join(parts)
