"""The sentences of the team's page, the front page and the Data checks page. Templates call these by name.

Must not know of markup, nor compute a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_reports.render.words.cards import against_pace
from milestone_reports.render.words.grammar import counted, in_words, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.figures import OpenOpportunity, Pace, Quota, Sales, WeekFigures
    from milestone_reports.scorecards.pages import DataChecks, ProblemLine, Stamp, TeamRollup, TeamTrack

CHECK_LEVELS = (
    ("error", "×", "Left out", "a row or a cell is not counted"),
    ("warning", "≈", "Corrected", "read as something other than what is written"),
    ("note", "*", "Note", "counted as written; worth a look"),
)
"""Level, glyph, title and meaning, in the order of the page."""

MOST_CELLS = 12


def team_deck(rollup: TeamRollup, formats: Formats) -> str:
    """The sentences under the team's headline: the week, then each track's contracts."""
    week = rollup.this_week
    more = f" and {in_words(week.beyond_plan, formats)} more" if week.beyond_plan else ""
    beyond = f"{in_words(week.beyond_plan, formats)} {counted(week.beyond_plan, 'milestone')}"
    done = (
        f"The team completed {formats.count(week.completed_of_planned)} of {formats.count(week.planned)} "
        f"planned {counted(week.planned, 'milestone')}{more} this week"
        if week.planned
        else f"The team completed {beyond} this week, with nothing planned"
    )
    claimed = f", {in_words(week.claimed, formats)} of them not credited" if week.claimed else ""
    target = f"; the target is {formats.number(week.target)}" if week.target is not None else ""
    several = len(rollup.tracks) > 1
    places = [(track, f"On {track.card.track}" if several else "For the year") for track in rollup.tracks]
    return " ".join([f"{done}{claimed}{target}.", *(track_deck(track, where, formats) for track, where in places)])


def track_deck(track: TeamTrack, where: str, formats: Formats) -> str:
    """One track's contracts of the year, against those that were due."""
    sales, noun = track.card.sales, sale_noun(track.card.quota, track)
    signed = f"{formats.count(sales.contracts_to_date)} {counted(sales.contracts_to_date, noun)}"
    verb = counted(sales.contracts_to_date, "is signed", "are signed")
    due = f" where {formats.count(sales.contracts_expected)} were due" if sales.contracts_expected else ""
    return f"{where}, {signed} {verb}{due}."


def sale_noun(quota: Quota | None, track: TeamTrack) -> str:
    """`contract`, or `sale` where the target counts sales."""
    by_count = quota.target_is == "count" if quota else track.card.sales.target_this_year is None
    return "sale" if by_count else "contract"


def revenue_note(sales: Sales, formats: Formats) -> str:
    """What is not in the revenue: contracts without a value, and those cancelled since."""
    parts = []
    if sales.without_value:
        count = len(sales.without_value)
        parts.append(
            f"{in_words(count, formats)} {counted(count, 'contract has', 'contracts have')} no value and "
            f"{counted(count, 'is', 'are')} not in the revenue: {', '.join(sales.without_value)}"
        )
    if sales.cancelled:
        value = f", {formats.money(sales.cancelled_value)}" if sales.cancelled_value else ""
        parts.append(f"{in_words(sales.cancelled, formats)} cancelled after signature{value}: already taken off")
    return " ".join(sentence(part) for part in parts)


def week_note(week: WeekFigures, formats: Formats) -> str:
    """`13 of 23 planned, 3 more; target 17`."""
    parts = [f"{formats.count(week.completed_of_planned)} of {formats.count(week.planned)} planned"]
    if week.beyond_plan:
        parts.append(f"{formats.count(week.beyond_plan)} more")
    if week.claimed:
        parts.append(f"{formats.count(week.claimed)} not credited")
    target = f"; target {formats.number(week.target)}" if week.target is not None else ""
    return ", ".join(parts) + target


def year_note(pace: Pace, formats: Formats) -> str:
    """`648 needed by now; 21 behind`, and what is claimed."""
    claimed = f"{formats.count(pace.claimed_to_date)} more not credited" if pace.claimed_to_date else ""
    if pace.gap is None:
        return claimed or "no quota is set"
    needed = f"{formats.count(pace.expected_to_date)} needed by now"
    return "; ".join(filter(None, (needed, against_pace(pace, formats), claimed)))


def sales_note(sales: Sales, formats: Formats) -> str:
    """`82 needed by now; 93 in the year`."""
    parts = []
    if sales.contracts_expected is not None and sales.contracts_this_year is not None:
        parts.append(f"{formats.count(sales.contracts_expected)} needed by now")
        parts.append(f"{formats.count(sales.contracts_this_year)} in the year")
    if sales.contracts_without_quota and sales.contracts_expected is not None:
        parts.append(f"{formats.count(sales.contracts_without_quota)} by reps without a quota")
    if sales.cancelled:
        parts.append(f"{formats.count(sales.cancelled)} cancelled")
    return "; ".join(parts) or "no target is set"


def revenue_target(sales: Sales, formats: Formats) -> str:
    """`$4.30m needed by now; target $4.88m`."""
    if sales.revenue_expected is None or sales.target_this_year is None:
        return "no target in money"
    needed, target = formats.money_short(sales.revenue_expected), formats.money_short(sales.target_this_year)
    return f"{needed} needed by now; target {target}"


def open_note(rollup: TeamRollup, formats: Formats) -> str:
    """`$7.70m together; 12 overdue`."""
    value = f"{formats.money_short(rollup.open_value)} together; " if rollup.open_value else ""
    return f"{value}{formats.count(len(rollup.overdue)) if rollup.overdue else 'none'} overdue"


def reps_aside(track: TeamTrack, formats: Formats) -> str:
    """How many there are, and their order."""
    order = ", furthest behind pace last" if track.card.pace.gap is not None and track.n_reps > 1 else ""
    return f"{formats.count(track.n_reps)} {counted(track.n_reps, 'rep')}{order}"


def weekly_note(track: TeamTrack, formats: Formats) -> str:
    """What the weeks come to, beside the target."""
    recent = f"The last thirteen weeks brought {formats.number(track.card.pace.last_13_weeks_a_week)} milestones a week"
    target = f"; the target is {formats.number(track.weekly_target)}" if track.weekly_target is not None else ""
    return f"{recent}{target}."


def revenue_says(track: TeamTrack, rollup: TeamRollup, formats: Formats) -> str:
    """Revenue of the year against its target, and against the team's own where the workbook has one."""
    sales = track.card.sales
    says = [f"{formats.money_short(sales.revenue_to_date)} is signed"]
    if sales.revenue_expected is not None:
        says[0] += f" where {formats.money_short(sales.revenue_expected)} was due"
    if sales.target_this_year is not None:
        says.append(f"the reps’ targets of this year come to {formats.money_short(sales.target_this_year)}")
    if rollup.team_annual_target is not None and len(rollup.tracks) == 1:
        says.append(f"the team’s own target is {formats.money_short(rollup.team_annual_target)}")
    return " ".join([*(sentence(part) for part in says), revenue_note(sales, formats)]).strip()


def overdue_aside(rollup: TeamRollup, formats: Formats) -> str:
    """`12 of 147 open, $1.20m`."""
    value = sum(opportunity.value or 0.0 for opportunity in rollup.overdue)
    money = f", {formats.money_short(value)}" if value else ""
    return f"{formats.count(len(rollup.overdue))} of {formats.count(rollup.n_open)} open{money}"


def overdue_rest(rollup: TeamRollup, n_shown: int, formats: Formats) -> str:
    """What the list leaves out, and where it is."""
    return rest_says(rollup.overdue[n_shown:], formats) + ". Each rep’s card lists its own."


def rest_says(others: Sequence[OpenOpportunity], formats: Formats) -> str:
    """`and 17 more, $827,500`."""
    value = sum(opportunity.value or 0.0 for opportunity in others)
    money = f", {formats.money(value)}" if value else ""
    return f"and {formats.count(len(others))} more{money}"


def done_in_last_week(track: TeamTrack) -> int:
    """What the track's newest week brought."""
    return sum(track.weekly[-1].done) if track.weekly else 0


def checks_headline(checks: DataChecks, formats: Formats) -> str:
    """`3 left out, 7 corrected, 4 to note`, or that nothing was found."""
    stamp = checks.stamp
    parts = [
        f"{formats.count(count)} {word}"
        for count, word in ((stamp.n_errors, "left out"), (stamp.n_warnings, "corrected"), (stamp.n_notes, "to note"))
        if count
    ]
    return ", ".join(parts) or "Nothing to correct"


def n_checks(stamp: Stamp) -> int:
    """Everything the Data checks page lists."""
    return stamp.n_errors + stamp.n_warnings + stamp.n_notes


def checks_count(stamp: Stamp, formats: Formats) -> str:
    """`14 data checks`."""
    return f"{formats.count(n_checks(stamp))} {counted(n_checks(stamp), 'data check')}"


def problem_counts(stamp: Stamp, formats: Formats) -> str:
    """`2 left out, 5 others`, or `none`."""
    others = stamp.n_warnings + stamp.n_notes
    if not n_checks(stamp):
        return "none"
    if not stamp.n_errors:
        return formats.count(others)
    return f"{formats.count(stamp.n_errors)} left out" + (f", {formats.count(others)} others" if others else "")


def checks_deck(checks: DataChecks, formats: Formats) -> str:
    """How much was read, and what to do about the rest."""
    stamp = checks.stamp
    counted_rows = (
        f"{formats.count(stamp.n_opportunities)} of {formats.count(stamp.n_rows)} rows of opportunities are counted"
    )
    if not checks.lines:
        return f"{counted_rows}. Everything could be read as it is written."
    return (
        f"{counted_rows}. Every figure in this report rests on the readings below; correct the cell in the workbook "
        "and the line disappears next time."
    )


def level_aside(lines: Sequence[ProblemLine], says: str, formats: Formats) -> str:
    """`3: a row or a cell is not counted`."""
    return f"{formats.count(sum(1 + len(line.also) for line in lines))}: {says}"


def also(line: ProblemLine, formats: Formats) -> str:
    """The other cells of a group, and how many there are in all."""
    sheet = cell_sheet(line.cell)
    cells = [cell.removeprefix(sheet) for cell in line.also[:MOST_CELLS]]
    more = len(line.also) - len(cells)
    rest = f" and {formats.count(more)} more" if more else ""
    return f"Also {', '.join(cells)}{rest}: {in_words(1 + len(line.also), formats)} in all."


def cell_sheet(cell: str) -> str:
    """The sheet's part of an address: `Opportunities!`, `Opportunities, `, or nothing."""
    for mark in ("!", ", row "):
        if mark in cell:
            return cell[: cell.index(mark)] + ("!" if mark == "!" else ", ")
    return ""


def cell_place(cell: str) -> str:
    """The rest of an address: `J255`, `row 255`, `sheet Reps`; the workbook where there is none."""
    return cell.removeprefix(cell_sheet(cell)) or "The workbook"


def read_as_written(checks: DataChecks, formats: Formats) -> str:
    """What nothing was found wrong with."""
    stamp = checks.stamp
    if not checks.lines:
        return f"All {formats.count(stamp.n_rows)} rows of opportunities, in every column that the program knows."
    return "Every other cell of the sheets and columns that the program knows was taken as it is written."
