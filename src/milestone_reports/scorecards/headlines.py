"""Which sentence heads a page: named rules in order, the first that applies wins; render/words/ has the words.

A rep's headline names the week and the year, one rule each, joined by `+`: `part_of_plan_and_more+behind`.
Must not know of locales or of how a figure is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from milestone_reports.metrics.pace import pace_standing
from milestone_reports.scorecards.figures import Standing, WeekFigures
from milestone_reports.scorecards.pages import Headline, TrackCard

SATURDAY = 5

Subject = TypeVar("Subject")


@dataclass(frozen=True, slots=True)
class Year:
    """The tracks that have a quota, and how each stands against its pace."""

    tracks: Sequence[TrackCard]

    @property
    def standings(self) -> Sequence[Standing]:
        """One a track."""
        return [card.pace.standing for card in self.tracks]

    def all_are(self, *standings: Standing) -> bool:
        """Whether every track stands in one of these ways."""
        return all(standing in standings for standing in self.standings)

    @property
    def is_met(self) -> bool:
        """Whether nothing of the year's quota is left to do."""
        return all(card.pace.to_finish == 0 and card.pace.credited_to_date > 0 for card in self.tracks)


WeekRule = tuple[str, Callable[[WeekFigures], bool]]
YearRule = tuple[str, Callable[[Year], bool]]

WEEK_RULES: Sequence[WeekRule] = (
    ("nothing_planned_nothing_done", lambda week: not week.planned and not week.done and not week.claimed),
    ("nothing_planned_some_done", lambda week: not week.planned),
    ("whole_plan_and_more", lambda week: week.completed_of_planned >= week.planned and week.beyond_plan > 0),
    ("whole_plan", lambda week: week.completed_of_planned >= week.planned),
    ("none_of_plan_but_others", lambda week: not week.completed_of_planned and week.beyond_plan > 0),
    ("none_of_plan", lambda week: not week.completed_of_planned),
    ("part_of_plan_and_more", lambda week: week.beyond_plan > 0),
    ("part_of_plan", lambda _week: True),
)

YEAR_RULES: Sequence[YearRule] = (
    ("no_quota", lambda year: not year.tracks),
    ("nothing_expected", lambda year: year.all_are("nothing expected", "no quota")),
    ("quota_met", lambda year: year.is_met),
    ("ahead", lambda year: year.all_are("ahead")),
    ("on_pace", lambda year: year.all_are("on pace")),
    ("behind", lambda year: len(year.tracks) == 1 and year.all_are("behind")),
    ("on_pace_or_ahead", lambda year: "behind" not in year.standings),
    ("behind_on_one", lambda year: year.standings.count("behind") == 1),
    ("behind_on_several", lambda _year: True),
)

TEAM_RULES: Sequence[YearRule] = (
    ("no_quota", lambda year: not year.tracks),
    ("nothing_expected", lambda year: year.all_are("nothing expected", "no quota")),
    ("several_tracks_alike", lambda year: len(year.tracks) > 1 and len(set(year.standings)) == 1),
    ("several_tracks_behind", lambda year: len(year.tracks) > 1 and "behind" in year.standings),
    ("several_tracks", lambda year: len(year.tracks) > 1),
    ("milestones_only", lambda year: sales_standing(year.tracks[0]) in {"no quota", "nothing expected"}),
    ("milestones_and_sales_alike", lambda year: sales_standing(year.tracks[0]) == year.standings[0]),
    ("milestones_and_sales_apart", lambda _year: True),
)


def rep_headline(
    week: WeekFigures,
    tracks: Sequence[TrackCard],
    *,
    as_of: date,
    new_this_week: bool,
    off_this_week: bool = False,
    nothing_recorded: bool = False,
) -> Headline:
    """What a rep's card says first: this week and the year."""
    figures = week_figures(week, as_of) | year_figures(tracks)
    if new_this_week and not week.done and not week.claimed:
        return Headline("first_week", figures)
    if nothing_recorded:
        return Headline("nothing_recorded", figures)
    week_rule = "week_off" if off_this_week and not week.done else first_that_applies(WEEK_RULES, week)
    year_rule = "first_week" if new_this_week else first_that_applies(YEAR_RULES, with_quota(tracks))
    return Headline(f"{week_rule}+{year_rule}", figures)


def team_headline(
    week: WeekFigures, tracks: Sequence[TrackCard], *, as_of: date, nothing_recorded: bool = False
) -> Headline:
    """What the team's page says first: milestones and sales against the year's pace."""
    rule = "nothing_recorded" if nothing_recorded else first_that_applies(TEAM_RULES, with_quota(tracks))
    return Headline(rule, week_figures(week, as_of) | year_figures(tracks))


def with_quota(tracks: Sequence[TrackCard]) -> Year:
    """The tracks that a quota is set for; only they have a pace."""
    return Year([card for card in tracks if card.pace.standing != "no quota"])


def sales_standing(card: TrackCard) -> Standing:
    """Contracts against their pace, in the words of the milestones' pace: within one weekly quota is on pace."""
    sales = card.sales
    if sales.contracts_expected is None:
        return "no quota"
    gap = sales.contracts_to_date - sales.contracts_without_quota - sales.contracts_expected
    return pace_standing(gap, sales.contracts_expected, weekly_contracts(card))


def weekly_contracts(card: TrackCard) -> float:
    """The contracts of one weekly quota: its milestones, in the year's proportion of contracts to milestones."""
    milestones_this_year = card.pace.milestones_this_year
    if not milestones_this_year:
        return 0.0
    return (card.pace.milestones_a_week or 0.0) * (card.sales.contracts_this_year or 0.0) / milestones_this_year


def week_figures(week: WeekFigures, as_of: date) -> dict[str, float | str]:
    """The figures a week's half of the sentence is worded with."""
    return {
        "done": week.done,
        "claimed": week.claimed,
        "planned": week.planned,
        "completed_of_planned": week.completed_of_planned,
        "completed_early": week.completed_early,
        "beyond_plan": week.beyond_plan,
        "week_runs_on": int(week_runs_on(week, as_of)),
    }


def week_runs_on(week: WeekFigures, as_of: date) -> bool:
    """Whether a Monday-to-Friday day of the week is still to come."""
    days_left = (week.last_on - as_of).days
    return any((as_of + timedelta(days=n)).weekday() < SATURDAY for n in range(1, days_left + 1))


def year_figures(tracks: Sequence[TrackCard]) -> dict[str, float | str]:
    """The figures the year's half of the sentence is worded with."""
    year = with_quota(tracks)
    behind = [card.track for card in year.tracks if card.pace.standing == "behind"]
    figures: dict[str, float | str] = {
        "credited_to_date": sum(card.pace.credited_to_date for card in tracks),
        "n_tracks": len(year.tracks),
        "n_behind": len(behind),
    }
    if behind:
        figures["track_behind"] = behind[0]
    if year.tracks:
        first = year.tracks[0]
        figures["gap"] = first.pace.gap or 0
        figures["milestones_a_week"] = first.pace.milestones_a_week or 0
        figures["milestones_are"] = first.pace.standing
        figures["sales_are"] = sales_standing(first)
        figures["target_is"] = "count" if first.sales.target_this_year is None else "value"
    return figures | furthest_behind(year.tracks)


def furthest_behind(tracks: Sequence[TrackCard]) -> dict[str, float | str]:
    """The milestone that is furthest behind its quota to date, where one is a whole milestone or more behind."""
    lines = [line for card in tracks for line in card.by_milestone if (line.gap or 0.0) <= -1]
    worst = min(lines, key=lambda line: line.gap or 0.0, default=None)
    return {"milestone_behind": worst.milestone, "milestone_gap": worst.gap or 0.0} if worst else {}


def first_that_applies(rules: Sequence[tuple[str, Callable[[Subject], bool]]], subject: Subject) -> str:
    """The name of the first rule that holds; the last rule always does."""
    return next(name for name, applies in rules if applies(subject))
