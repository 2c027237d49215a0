"""The sentences of the pages: what figures, weeks, quotas and problems say in words. Templates call these by name.

Small numbers are words in sentences, digits elsewhere. Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from collections import Counter
from math import ceil
from typing import TYPE_CHECKING

from milestone_reports.render.words.forecasts import forecast_says
from milestone_reports.render.words.grammar import count_of, counted, in_words, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import LedgerItem, OpenOpportunity, Pace, Quota, WeekFigures
    from milestone_reports.scorecards.pages import Attention, Listing, RepScorecard, Stamp, TrackCard

Flag = tuple[str, str, str]
"""Its kind, its glyph and its words."""

NO_EVIDENCE = "no evidence for"

LEDGER_STATES = {
    "done": "done", "claimed": "claimed", "planned": "planned", "carried": "carried over", "lost": "lost",
    "closed": "closed",
}  # fmt: skip


def against_pace(pace: Pace, formats: Formats) -> str:
    """`21 behind`, `7 ahead`, `on pace`; `2.3 behind` where rounding would hide it; empty without a quota."""
    if pace.gap is None or pace.standing in {"no quota", "nothing expected"}:
        return ""
    if pace.standing == "on pace":
        return "on pace"
    return f"{formats.gap_size(pace.gap, pace.milestones_a_week or 0.0)} {pace.standing}"


MULTIPLIER_WORDS = {
    "assumed": "assumed until history",
    "mixed": "part assumed, part measured",
    "measured": "measured by the team’s sales",
    "set": "set in the workbook",
}


def multiplier_word(label: str) -> str:
    """What stands under the multiplier in a quota's line."""
    return MULTIPLIER_WORDS[label]


def quota_note(quota: Quota, formats: Formats) -> str:
    """What a part of a year means for the quota: from when it counts, and its sum."""
    if quota.counted_from is None and quota.counted_to is None:
        return ""
    start = f"from {formats.day(quota.counted_from)}" if quota.counted_from else ""
    end = f"to {formats.day(quota.counted_to)}" if quota.counted_to else ""
    span = " ".join(filter(None, (start, end)))
    total = formats.count(quota.milestones_this_year)
    return f"Counted {span}: {total} {counted(float(total == '1'), 'milestone')} of this year’s quota."


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
            early = f" on {formats.day(item.on)}, ahead of its week" if item.on and item.on < week.first_on else ""
            note = f"completed{early}, not credited: {item.reason}"
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
        case "planned" if week_has_begun(week, formats):
            note = "still open this week"
    return note


def week_has_begun(week: WeekFigures, formats: Formats) -> bool:
    """Whether the week is not one to come: what is planned in it is then said to be open."""
    return formats.as_of is not None and week.first_on <= formats.as_of


def is_early(item: LedgerItem, week: WeekFigures) -> bool:
    """Whether a line of the week's plan was done before the week began: no week's tick."""
    return item.state in {"done", "claimed"} and item.on is not None and item.on < week.first_on


def planned_note(week: WeekFigures, formats: Formats) -> str:
    """What stands beside the count of planned ones: how many of the completed were so before the week."""
    return f"planned, {formats.count(week.completed_early)} early" if week.completed_early else "planned"


def ledger_rest(items: Sequence[LedgerItem], formats: Formats) -> str:
    """What a printed week leaves out: `and 8 more: 6 planned, 2 carried over`."""
    counts = Counter(LEDGER_STATES[item.state] for item in items)
    kinds = ", ".join(f"{formats.count(count)} {kind}" for kind, count in counts.items())
    return f"and {formats.count(len(items))} more: {kinds}"


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
        return "", f"No run of weeks at plan just now.{to_go}"
    row = f"{in_words(weeks, formats)} weeks in a row" if weeks > 1 else "one week"
    return row[:1].upper() + row[1:], f" at or above plan.{to_go}"


def open_aside(card: RepScorecard, formats: Formats) -> str:
    """`17, together $907,500`."""
    value = f", together {formats.money(card.open_value)}" if card.open_value else ""
    return f"{formats.count(len(card.open))}{value}"


def attention_flags(attention: Attention, formats: Formats) -> list[Flag]:
    """What of the open opportunities asks for something, each with its count; one may be in several."""
    value = f", {formats.money(attention.presumed_lost_value)}" if attention.presumed_lost_value else ""
    counts = (
        ("overdue", "▲", attention.n_overdue, "overdue"),
        ("stalled", "◆", attention.n_stalled, "stalled"),
        ("stalled", "◆", attention.n_presumed_lost, f"presumed lost{value}, to close or update"),
        ("no-date", "○", attention.n_without_plan, "without a planned next milestone"),
        ("evidence", "□", attention.n_evidence_missing, "with evidence missing"),
    )
    return [(kind, glyph, f"{formats.count(count)} {says}") for kind, glyph, count, says in counts if count]


def open_flags(opportunity: OpenOpportunity, formats: Formats) -> list[Flag]:
    """What one open opportunity asks for."""
    flags = []
    if opportunity.overdue_days:
        flags.append(("overdue", "▲", f"overdue {formats.count(opportunity.overdue_days)} d"))
    if opportunity.stalled:
        flags.append(("stalled", "◆", "presumed lost" if opportunity.presumed_lost else "stalled"))
    if not opportunity.next_planned_on:
        flags.append(("no-date", "○", "no date"))
    if claim := claim_says(opportunity):
        flags.append(("evidence", "□", claim) if claim.startswith(NO_EVIDENCE) else ("claimed", "≠", claim))
    if opportunity.evidence_missing and not claim.startswith(NO_EVIDENCE):
        flags.append(("evidence", "□", f"{NO_EVIDENCE} {', '.join(opportunity.evidence_missing)}"))
    return flags


def usual_days(opportunity: OpenOpportunity, tracks: Sequence[TrackCard]) -> int | None:
    """The days in which half of the team's that move on from the same stage have done so; None where too few have."""
    times = (time for track in tracks if track.track == opportunity.track for time in track.gate_times)
    return next((time.median_days for time in times if time.milestone == opportunity.stage), None)


def open_rest(card: RepScorecard, n_shown: int, formats: Formats) -> str:
    """What a printed card leaves out, what it is worth, and how much of it is overdue or stands still."""
    others = card.open[n_shown:]
    value = sum(opportunity.value or 0.0 for opportunity in others)
    money = f", {formats.money(value)}" if value else ""
    overdue = _or_none(sum(opportunity.overdue_days > 0 for opportunity in others), formats)
    stalled = _or_none(sum(opportunity.stalled for opportunity in others), formats)
    every = formats.count(len(card.open))
    return (
        f"and {formats.count(len(others))} more{money}: {overdue} overdue, {stalled} stalled or presumed lost. "
        f"The web card lists all {every}."
    )


def _or_none(count: int, formats: Formats) -> str:
    return formats.count(count) if count else "none"


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


def undated_note(card: TrackCard, formats: Formats) -> str:
    """How many opportunities are in the conversions by their stage alone; empty where every milestone is dated."""
    if not card.n_undated:
        return ""
    says = counted(card.n_undated, "opportunity has", "opportunities have")
    them, their = ("it is", "its") if card.n_undated == 1 else ("they are", "their")
    count = formats.count(card.n_undated)
    return f"{count} {says} milestones without dates: {them} counted here by {their} stage, and toward no quota."


def without_quota(pace: Pace, formats: Formats) -> str:
    """What was done by reps who have no quota, where others have one."""
    if pace.gap is None or not pace.credited_without_quota:
        return ""
    done = count_of(pace.credited_without_quota, "milestone", formats)
    verbs = counted(pace.credited_without_quota, "was", "were"), counted(pace.credited_without_quota, "is", "are")
    return sentence(f"{done} {verbs[0]} done by reps without a quota and {verbs[1]} in no gap")


def gaps(pace: Pace, formats: Formats) -> str:
    """How many milestones are claimed, and what filling the gaps before them would add; empty for none."""
    if not pace.claimed_to_date:
        return ""
    claimed = in_words(pace.claimed_to_date, formats)
    are = counted(pace.claimed_to_date, "is", "are")
    adds = in_words(pace.filling_adds, formats)
    why = ", as the missing gates count too" if pace.filling_adds > pace.claimed_to_date else ""
    return sentence(f"{claimed} {are} completed but not credited; filling the gaps would add {adds}{why}")


def claim_says(opportunity: OpenOpportunity) -> str:
    """Why something of an open opportunity is not credited: `Proof claimed: Discovery undated`; empty if all is."""
    if not opportunity.claimed:
        return ""
    reason = opportunity.claimed_because
    if reason == f"{NO_EVIDENCE} {opportunity.claimed[0]}":
        return reason
    return f"{', '.join(opportunity.claimed)} claimed: {reason}"


def not_on_reps_sheet(listing: Listing) -> str:
    """What is said of a name that has opportunities but no row on the Reps sheet; empty for one that has."""
    if listing.is_listed:
        return ""
    near = f"; the nearest there is {listing.nearest}" if listing.nearest else ""
    return f"This name is not on the Reps sheet{near}."


def no_open(card: RepScorecard) -> str:
    """What stands in place of the open opportunities."""
    not_listed = not_on_reps_sheet(card.listing)
    remedy = f"Add rows to the sheet Opportunities with “{card.rep}” as the rep."
    return f"No open opportunities under this name. {not_listed or remedy}"


def track_suffix(track: str, tracks: Sequence[str]) -> str:
    """The track of an opportunity where a list has several: none for the first, which most are on."""
    return track if len(tracks) > 1 and track != tracks[0] else ""


def tracks_aside(tracks: Sequence[str]) -> str:
    """What a list of several tracks leaves unsaid."""
    return f"; {tracks[0]} unless named" if len(tracks) > 1 else ""


def has_team_rates(card: TrackCard) -> bool:
    """Whether the card may show the team's rates beside the rep's."""
    return any(row.rest_to_next for row in card.conversion)


def conversion_title(card: TrackCard) -> str:
    """The head of a card's conversion table."""
    return "Conversion against the rest of the team" if has_team_rates(card) else "Conversion"


def conversion_aside(card: TrackCard) -> str:
    """How to read its marks."""
    return "dot: your rate so far; line: likely range" + ("; tick: rest of team" if has_team_rates(card) else "")


def begun_since(stamp: Stamp, formats: Formats) -> str:
    """Which opportunities conversions are of: `Of opportunities begun since 23 November 2024.`."""
    return f"Of opportunities begun since {formats.day_long(stamp.conversions_since, with_year=True)}."


def conversion_notes(card: TrackCard, stamp: Stamp, formats: Formats) -> str:
    """What stands under the table: since when they began, which rates will move, what is counted by its stage alone."""
    return " ".join(filter(None, (begun_since(stamp, formats), _moved_by_open(card), undated_note(card, formats))))


def _moved_by_open(card: TrackCard) -> str:
    moving = [row.milestone for row in card.conversion if row.will_move]
    if not moving:
        return ""
    rates, last = counted(len(moving), "rate", "rates"), moving.pop()
    places = f"{', '.join(moving)} and {last}" if moving else last
    return f"Open ones will move this: the {rates} to the sale so far from {places}."


def outlook(card: TrackCard, formats: Formats) -> str:
    """The forecast to the year's end; empty where nothing is open and nothing is likely to start."""
    if not card.forecast or not card.forecast[-1].contracts.value:
        return ""
    return forecast_says(card, formats)
