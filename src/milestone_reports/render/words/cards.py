"""The sentences of the pages: what figures, weeks, quotas and problems say in words. Templates call these by name.

Small numbers are words in sentences, digits elsewhere. Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.metrics.standing import unproven
from milestone_reports.render.language import gettext, ngettext, pgettext, said
from milestone_reports.render.words.forecasts import forecast_says
from milestone_reports.render.words.grammar import in_words, joined, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import OpenOpportunity, Pace, Quota
    from milestone_reports.scorecards.pages import Attention, Listing, RepScorecard, Stamp, TrackCard

Flag = tuple[str, str, str]
"""Its kind, its glyph and its words."""


def against_pace(pace: Pace, formats: Formats) -> str:
    """`21 behind`, `7 ahead`, `on pace`; `2.3 behind` where rounding would hide it; empty without a quota."""
    if pace.gap is None or pace.standing in {"no quota", "nothing expected"}:
        return ""
    if pace.standing == "on pace":
        return gettext("on pace")
    gap = formats.gap_size(pace.gap, pace.milestones_a_week or 0.0)
    return gettext("{gap} ahead", gap=gap) if pace.standing == "ahead" else gettext("{gap} behind", gap=gap)


def multiplier_word(label: str) -> str:
    """What stands under the multiplier in a quota's line."""
    return {
        "assumed": gettext("assumed until history"),
        "mixed": gettext("part assumed, part measured"),
        "measured": gettext("measured by the team’s sales"),
        "set": gettext("set in the workbook"),
    }[label]


def quota_note(quota: Quota, formats: Formats) -> str:
    """What a part of a year means for the quota: from when it counts, and its sum."""
    span = counted_span(quota, formats)
    if not span:
        return ""
    total = formats.count(quota.milestones_this_year)
    return ngettext(
        "Counted {span}: {total} milestone of this year’s quota.",
        "Counted {span}: {total} milestones of this year’s quota.",
        float(total == "1"),
        span=span,
        total=total,
    )


def counted_span(quota: Quota, formats: Formats) -> str:
    """`from 1 Jul to 30 Sep`; empty for a whole year."""
    start = formats.day(quota.counted_from) if quota.counted_from else ""
    end = formats.day(quota.counted_to) if quota.counted_to else ""
    if start and end:
        return gettext("from {start} to {end}", start=start, end=end)
    if start:
        return gettext("from {start}", start=start)
    return gettext("to {end}", end=end) if end else ""


def finish(pace: Pace, stamp: Stamp, formats: Formats) -> str:
    """What finishing the year takes, and what the last thirteen weeks brought."""
    if pace.to_finish is None:
        return ""
    recent = gettext("The last thirteen weeks brought {n} a week.", n=formats.number(pace.last_13_weeks_a_week))
    if not pace.to_finish:
        by = formats.day_long(stamp.fiscal_year_last_on)
        met = gettext("Nothing more: the quota is met before {by}.", by=by)
        return f"{met} {recent}"
    left = left_to_finish(pace, pace.to_finish, stamp, formats)
    return f"{left} {recent}" if pace.credited_to_date else left


def left_to_finish(pace: Pace, to_finish: float, stamp: Stamp, formats: Formats) -> str:
    """`12 more by 31 December: 2.4 a week.`."""
    by, n = formats.day_long(stamp.fiscal_year_last_on), formats.count(to_finish)
    if pace.required_run_rate is None:
        if to_finish < 1:
            return gettext("Less than one more by {by}.", by=by)
        return gettext("{n} more by {by}.", n=n, by=by)
    rate = formats.number(pace.required_run_rate)
    if to_finish < 1:
        return gettext("Less than one more by {by}: {rate} a week.", by=by, rate=rate)
    return gettext("{n} more by {by}: {rate} a week.", n=n, by=by, rate=rate)


def open_aside(card: RepScorecard, formats: Formats) -> str:
    """`17, together $907,500`."""
    n = formats.count(len(card.open))
    return gettext("{n}, together {value}", n=n, value=formats.money(card.open_value)) if card.open_value else n


def attention_flags(attention: Attention, formats: Formats) -> list[Flag]:
    """What of the open opportunities asks for something, each with its count; one may be in several."""
    count = formats.count
    flags = (
        ("overdue", "▲", attention.n_overdue, gettext("{n} overdue", n=count(attention.n_overdue))),
        ("stalled", "◆", attention.n_stalled, gettext("{n} stalled", n=count(attention.n_stalled))),
        ("stalled", "◆", attention.n_presumed_lost, presumed_lost(attention, formats)),
        (
            "no-date",
            "○",
            attention.n_without_plan,
            gettext("{n} without a planned next milestone", n=count(attention.n_without_plan)),
        ),
        (
            "evidence",
            "□",
            attention.n_evidence_missing,
            gettext("{n} with evidence missing", n=count(attention.n_evidence_missing)),
        ),
    )
    return [(kind, glyph, says) for kind, glyph, n, says in flags if n]


def presumed_lost(attention: Attention, formats: Formats) -> str:
    """How many are presumed lost, with their value where there is one."""
    n, value = formats.count(attention.n_presumed_lost), attention.presumed_lost_value
    if value:
        return gettext("{n} presumed lost, {value}, to close or update", n=n, value=formats.money(value))
    return gettext("{n} presumed lost, to close or update", n=n)


def open_flags(opportunity: OpenOpportunity, formats: Formats) -> list[Flag]:
    """What one open opportunity asks for."""
    flags = []
    if days := opportunity.overdue_days:
        flags.append(("overdue", "▲", ngettext("overdue {n} d", "overdue {n} d", days, n=formats.count(days))))
    if opportunity.stalled:
        flags.append(("stalled", "◆", gettext("presumed lost") if opportunity.presumed_lost else gettext("stalled")))
    if not opportunity.next_planned_on:
        flags.append(("no-date", "○", gettext("no date")))
    is_unproven = claims_unproven(opportunity)
    if claim := claim_says(opportunity):
        flags.append(("evidence", "□", claim) if is_unproven else ("claimed", "≠", claim))
    if opportunity.evidence_missing and not is_unproven:
        missing = ", ".join(opportunity.evidence_missing)
        flags.append(("evidence", "□", gettext("no evidence for {milestone}", milestone=missing)))
    return flags


def usual_days(opportunity: OpenOpportunity, tracks: Sequence[TrackCard]) -> int | None:
    """The days in which half of the team's that move on from the same stage have done so; None where too few have."""
    times = (time for track in tracks if track.track == opportunity.track for time in track.gate_times)
    return next((time.median_days for time in times if time.milestone == opportunity.stage), None)


def open_rest(card: RepScorecard, n_shown: int, formats: Formats) -> str:
    """What a printed card leaves out, what it is worth, and how much of it is overdue or stands still."""
    others = card.open[n_shown:]
    value = sum(opportunity.value or 0.0 for opportunity in others)
    n = formats.count(len(others))
    more = gettext("and {n} more, {value}", n=n, value=formats.money(value)) if value else gettext("and {n} more", n=n)
    says = gettext(
        "{more}: {overdue} overdue, {stalled} stalled or presumed lost.",
        more=more,
        overdue=_or_none(sum(opportunity.overdue_days > 0 for opportunity in others), formats),
        stalled=_or_none(sum(opportunity.stalled for opportunity in others), formats),
    )
    elsewhere = gettext("The web card lists all {n}.", n=formats.count(len(card.open)))
    return f"{says} {elsewhere}"


def _or_none(count: int, formats: Formats) -> str:
    return formats.count(count) if count else pgettext("count of opportunities", "none")


def source_line(stamp: Stamp, formats: Formats) -> str:
    """Where a printed page comes from: the workbook, when it was last saved, and its as-of date."""
    day = formats.day_long(stamp.as_of, with_year=True)
    if not stamp.saved_at:
        return gettext("From {file}; as of {day}.", file=stamp.workbook, day=day)
    saved = formats.moment(stamp.saved_at)
    return gettext("From {file}, last saved {saved}; as of {day}.", file=stamp.workbook, saved=saved, day=day)


def checks_concern(n_problems: int, formats: Formats) -> str:
    """How many data checks concern a card; empty for none."""
    if not n_problems:
        return ""
    return ngettext(
        "{n} data check concerns this card.",
        "{n} data checks concern this card.",
        n_problems,
        n=formats.count(n_problems),
    )


def elapsed(card: RepScorecard) -> float:
    """The share of the year's working days that have gone by."""
    pace = card.tracks[0].pace
    return pace.working_days_elapsed / pace.working_days if pace.working_days else 0.0


def undated_note(card: TrackCard, formats: Formats) -> str:
    """How many opportunities are in the conversions by their stage alone; empty where every milestone is dated."""
    if not card.n_undated:
        return ""
    return ngettext(
        "{n} opportunity has milestones without dates: those are counted here by its stage, and toward no quota.",
        "{n} opportunities have milestones without dates: those are counted here by their stage, and toward no quota.",
        card.n_undated,
        n=formats.count(card.n_undated),
    )


def without_quota(pace: Pace, formats: Formats) -> str:
    """What was done by reps who have no quota, where others have one."""
    count = pace.credited_without_quota
    if pace.gap is None or not count:
        return ""
    return sentence(
        ngettext(
            "one milestone was done by reps without a quota and is in no gap",
            "{n} milestones were done by reps without a quota and are in no gap",
            count,
            n=in_words(count, formats),
        )
    )


def gaps(pace: Pace, formats: Formats) -> str:
    """How many milestones are claimed, and what filling the gaps before them would add; empty for none."""
    if not pace.claimed_to_date:
        return ""
    claimed = ngettext(
        "one is completed but not credited",
        "{n} are completed but not credited",
        pace.claimed_to_date,
        n=in_words(pace.claimed_to_date, formats),
    )
    adds = in_words(pace.filling_adds, formats)
    if pace.filling_adds > pace.claimed_to_date:
        says = gettext(
            "{claimed}; filling the gaps would add {adds}, as the missing gates count too", claimed=claimed, adds=adds
        )
    else:
        says = gettext("{claimed}; filling the gaps would add {adds}", claimed=claimed, adds=adds)
    return sentence(says)


def claims_unproven(opportunity: OpenOpportunity) -> bool:
    """Whether all that keeps something completed from being credited is its own evidence."""
    return bool(opportunity.claimed) and opportunity.claimed_because == unproven(opportunity.claimed[0])


def claim_says(opportunity: OpenOpportunity) -> str:
    """Why something of an open opportunity is not credited: `Proof claimed: Discovery undated`; empty if all is."""
    if not opportunity.claimed:
        return ""
    reason = said(opportunity.claimed_because)
    if claims_unproven(opportunity):
        return reason
    return gettext("{milestones} claimed: {reason}", milestones=", ".join(opportunity.claimed), reason=reason)


def not_on_reps_sheet(listing: Listing) -> str:
    """What the team's page says of a name with opportunities but no row on the Reps sheet; empty for one that has."""
    if listing.is_listed:
        return ""
    if listing.nearest:
        return gettext("This name is not on the Reps sheet; the nearest there is {name}.", name=listing.nearest)
    return gettext("This name is not on the Reps sheet.")


def not_listed(card: RepScorecard) -> str:
    """The same on the rep's own card, where no colleague's name stands."""
    return "" if card.is_listed else gettext("This name is not on the Reps sheet.")


def no_open(card: RepScorecard) -> str:
    """What stands in place of the open opportunities."""
    remedy = not_listed(card) or gettext("Add rows to the sheet Opportunities with “{rep}” as the rep.", rep=card.rep)
    none = gettext("No open opportunities under this name.")
    return f"{none} {remedy}"


def track_suffix(track: str, tracks: Sequence[str]) -> str:
    """The track of an opportunity where a list has several: none for the first, which most are on."""
    return track if len(tracks) > 1 and track != tracks[0] else ""


def tracks_aside(tracks: Sequence[str]) -> str:
    """What a list of several tracks leaves unsaid."""
    return gettext("; {track} unless named", track=tracks[0]) if len(tracks) > 1 else ""


def has_team_rates(card: TrackCard) -> bool:
    """Whether the card may show the team's rates beside the rep's."""
    return any(row.rest_to_next for row in card.conversion)


def conversion_title(card: TrackCard) -> str:
    """The head of a card's conversion table."""
    return gettext("Conversion against the rest of the team") if has_team_rates(card) else gettext("Conversion")


def conversion_aside(card: TrackCard) -> str:
    """How to read its marks."""
    if has_team_rates(card):
        return gettext("dot: your rate so far; line: likely range; tick: rest of team")
    return gettext("dot: your rate so far; line: likely range")


def begun_since(stamp: Stamp, formats: Formats) -> str:
    """Which opportunities conversions are of: `Of opportunities begun since 23 November 2024.`."""
    return gettext("Of opportunities begun since {day}.", day=formats.day_long(stamp.conversions_since, with_year=True))


def conversion_notes(card: TrackCard, stamp: Stamp, formats: Formats) -> str:
    """What stands under the table: since when they began, which rates will move, what is counted by its stage alone."""
    return " ".join(filter(None, (begun_since(stamp, formats), _moved_by_open(card), undated_note(card, formats))))


def _moved_by_open(card: TrackCard) -> str:
    moving = [row.milestone for row in card.conversion if row.will_move]
    if not moving:
        return ""
    return ngettext(
        "Open ones will move this: the rate to the sale so far from {milestones}.",
        "Open ones will move this: the rates to the sale so far from {milestones}.",
        len(moving),
        milestones=joined(moving),
    )


def outlook(card: TrackCard, formats: Formats) -> str:
    """The forecast to the year's end; empty where nothing is open and nothing is likely to start."""
    if not card.forecast or not card.forecast[-1].contracts.value:
        return ""
    return forecast_says(card, formats)
