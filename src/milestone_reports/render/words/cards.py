"""The sentences of the pages: what figures, weeks, quotas and problems say in words. Templates call these by name.

Small numbers are words in sentences, digits elsewhere. Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from milestone_reports.render.formats import whole_gap
from milestone_reports.render.words.grammar import counted, in_words, sentence

if TYPE_CHECKING:
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import LedgerItem, Pace, Quota, WeekFigures
    from milestone_reports.scorecards.pages import RepScorecard, Stamp, TrackCard


def against_pace(pace: Pace, formats: Formats) -> str:
    """`21 behind`, `7 ahead`, `on pace`; empty without a quota."""
    if pace.gap is None or pace.standing in {"no quota", "nothing expected"}:
        return ""
    if pace.standing == "on pace":
        return "on pace"
    whole = abs(whole_gap(pace.gap))
    return f"{formats.count(whole) if whole else 'less than one'} {pace.standing}"


def quota_note(quota: Quota, formats: Formats) -> str:
    """What a part of a year means for the quota: from when it counts, and its sum."""
    if quota.counted_from is None and quota.counted_to is None:
        return ""
    start = f"from {formats.day(quota.counted_from)}" if quota.counted_from else ""
    end = f"to {formats.day(quota.counted_to)}" if quota.counted_to else ""
    span = " ".join(filter(None, (start, end)))
    total = formats.number(quota.milestones_this_year)
    return f"Counted {span}: {total} {counted(quota.milestones_this_year, 'milestone')} of this year’s quota."


def finish(pace: Pace, stamp: Stamp, formats: Formats) -> str:
    """What finishing the year takes, and what the last thirteen weeks brought."""
    if pace.to_finish is None:
        return ""
    by = formats.day_long(stamp.fiscal_year_last_on)
    recent = f" The last thirteen weeks brought {formats.number(pace.last_13_weeks_a_week)} a week."
    if not pace.to_finish:
        return f"Nothing more: the quota is met before {by}.{recent}"
    rate = f": {formats.number(pace.required_run_rate)} a week" if pace.required_run_rate is not None else ""
    more = formats.count(pace.to_finish) if pace.to_finish >= 1 else "Less than one"
    return f"{more} more by {by}{rate}.{recent if pace.credited_to_date else ''}"


def ledger_day(item: LedgerItem, week: WeekFigures, formats: Formats) -> str:
    """The day of the week that a line is of; empty for one of another week, and for one that is carried."""
    if item.on is None or item.state == "carried" or not week.first_on <= item.on <= week.last_on:
        return ""
    return formats.weekday(item.on)


def ledger_note(item: LedgerItem, week: WeekFigures, formats: Formats) -> str:
    """What stands small under a line of a week."""
    note = ""
    match item.state:
        case "claimed":
            note = f"completed, not credited: {item.reason}"
        case "done" if item.on and item.on < week.first_on:
            note = f"done on {formats.day(item.on)}, ahead of its week"
        case "done" if not item.planned_here:
            note = "not on the plan"
        case "lost" | "closed":
            note = f"{item.state} {formats.weekday(item.on)}" if item.on else item.state
        case "carried" if item.planned_on and item.planned_on < week.first_on:
            note = f"carried over, planned for {formats.day(item.planned_on)}"
        case "carried":
            note = "not completed"
    return note


def streak_lines(card: RepScorecard, formats: Formats) -> list[tuple[str, str]]:
    """The streak and the best of the year, each as what is strong and what follows it."""
    streak = card.streak
    if streak is None:
        return []
    asks = 0 if streak.running_week_met or not card.headline.figures["week_runs_on"] else to_plan(card.this_week)
    lines = [running_streak(streak.weeks, asks, formats)]
    if streak.best_weeks > streak.weeks:
        best = in_words(streak.best_weeks, formats)
        lines.append(("", f"Best run this year: {best} {counted(streak.best_weeks, 'week')}."))
    if streak.best_week_done:
        best = f"{formats.count(streak.best_week_done)} {counted(streak.best_week_done, 'milestone')}"
        equal = card.this_week.done == streak.best_week_done
        where = "This week equals your best of the year" if equal else "Best week this year"
        lines.append(("", f"{where}: {best}{'' if equal else f' ({formats.week(streak.best_week)})'}."))
    return lines


def to_plan(week: WeekFigures) -> int:
    """Milestones still missing from the week's whole-number plan."""
    return max((week.plan or 0) - week.done, 0)


def running_streak(weeks: int, asks: int, formats: Formats) -> tuple[str, str]:
    """The bold line: how many weeks in a row, and what a week that still runs asks for."""
    to_go = f" This week’s plan asks for {in_words(asks, formats)} more." if asks else ""
    if not weeks:
        return "", f"No run of weeks at target just now.{to_go}"
    row = f"{in_words(weeks, formats)} {counted(weeks, 'week')} in a row"
    return row[:1].upper() + row[1:], f" at or above target.{to_go}"


def open_aside(card: RepScorecard, formats: Formats) -> str:
    """`17, together $907,500; 2 overdue`."""
    overdue = f"; {formats.count(card.n_overdue)} overdue" if card.n_overdue else ""
    value = f", together {formats.money(card.open_value)}" if card.open_value else ""
    return f"{formats.count(len(card.open))}{value}{overdue}"


def open_rest(card: RepScorecard, n_shown: int, formats: Formats) -> str:
    """What a printed card leaves out, what it is worth, and how much of it is overdue."""
    others = card.open[n_shown:]
    value = sum(opportunity.value or 0.0 for opportunity in others)
    money = f", {formats.money(value)}" if value else ""
    n_overdue = sum(opportunity.overdue_days > 0 for opportunity in others)
    overdue = formats.count(n_overdue) if n_overdue else "none"
    every = formats.count(len(card.open))
    return f"and {formats.count(len(others))} more{money}: {overdue} overdue. The web card lists all {every}."


def source_line(stamp: Stamp, formats: Formats) -> str:
    """Where a printed page comes from: the workbook, when it was last saved, and its as-of date."""
    saved = f", last saved {formats.moment(stamp.saved_at)}" if stamp.saved_at else ""
    return f"From {stamp.workbook}{saved}; as of {formats.day_long(stamp.as_of, with_year=True)}."


def checks_concern(n_problems: int, formats: Formats) -> str:
    """How many data checks concern a card; empty for none."""
    if not n_problems:
        return ""
    says = counted(n_problems, "data check concerns", "data checks concern")
    return f"{formats.count(n_problems)} {says} this card."


def boxes_to_fill(week: WeekFigures) -> int:
    """Empty lines for a week without a plan: as many as the week asks for, three without a quota."""
    asked = week.plan or ceil(week.target or 0) or 3
    return min(asked, 6)


def elapsed(card: RepScorecard) -> float:
    """The share of the year's working days that have gone by."""
    pace = card.tracks[0].pace
    return pace.working_days_elapsed / pace.working_days if pace.working_days else 0.0


def without_quota(pace: Pace, formats: Formats) -> str:
    """What was done by reps who have no quota, where others have one."""
    if pace.gap is None or not pace.credited_without_quota:
        return ""
    count = in_words(pace.credited_without_quota, formats)
    verbs = counted(pace.credited_without_quota, "was", "were"), counted(pace.credited_without_quota, "is", "are")
    return sentence(f"{count} of them {verbs[0]} done by reps without a quota and {verbs[1]} in no gap")


def gaps(pace: Pace, formats: Formats) -> str:
    """How many milestones are claimed, and what filling the gaps before them would add; empty for none."""
    if not pace.claimed_to_date:
        return ""
    claimed = in_words(pace.claimed_to_date, formats)
    are = counted(pace.claimed_to_date, "is", "are")
    adds = in_words(pace.filling_adds, formats)
    return sentence(f"{claimed} {are} completed but not credited; filling the gaps would add {adds}")


def has_team_rates(card: TrackCard) -> bool:
    """Whether the card may show the team's rates beside the rep's."""
    return any(row.team_to_next for row in card.conversion)


def conversion_title(card: TrackCard) -> str:
    """The head of a card's conversion table."""
    return "Conversion against the team" if has_team_rates(card) else "Conversion"


def conversion_aside(card: TrackCard) -> str:
    """How to read its marks."""
    return "dot: your rate; line: likely range" + ("; tick: team" if has_team_rates(card) else "")
