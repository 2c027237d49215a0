"""The headlines in words: what each rule of scorecards/headlines.py says. Must not decide which rule applies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from milestone_reports.render.words.grammar import counted, gap_in_words, in_words, sentence

if TYPE_CHECKING:
    from milestone_reports.render.formats import Formats
    from milestone_reports.scorecards.pages import Headline

Figures = Mapping[str, float | str]


class HeadlineWords:
    """The words of one headline: its figures, each in the form that a sentence needs."""

    def __init__(self, figures: Figures, formats: Formats) -> None:
        self.figures = figures
        self.formats = formats

    def n(self, name: str) -> str:
        """A count in words."""
        return in_words(float(self.figures[name]), self.formats)

    @property
    def milestones(self) -> str:
        """`planned milestones`, as many as were planned."""
        return f"planned {counted(float(self.figures['planned']), 'milestone')}"

    @property
    def done(self) -> str:
        """`done`, or `completed` where some of it is claimed and not credited."""
        return "completed" if self.figures["claimed"] else "done"

    @property
    def gap(self) -> str:
        """How far from pace in whole milestones."""
        return gap_in_words(float(self.figures["gap"]), self.formats)

    @property
    def whole_plan(self) -> str:
        """`The one planned milestone`, `both planned milestones`, `all five planned milestones`."""
        planned = self.figures["planned"]
        if planned == 1:
            return "the one planned milestone"
        return f"both {self.milestones}" if planned == 2 else f"all {self.n('planned')} {self.milestones}"  # noqa: PLR2004  both


WEEK_WORDS: Mapping[str, Callable[[HeadlineWords], str]] = {
    "week_off": lambda _: "a week off",
    "nothing_planned_nothing_done": lambda _: "nothing planned and nothing done this week",
    "nothing_planned_some_done": lambda w: f"{w.n('beyond_plan')} {w.done} this week, none of it planned",
    "whole_plan_and_more": lambda w: f"{w.whole_plan} {w.done}, and {w.n('beyond_plan')} more",
    "whole_plan": lambda w: f"{w.whole_plan} {w.done}",
    "none_of_plan_but_others": lambda w: (
        f"none of {w.n('planned')} {w.milestones} {w.done}, but {w.n('beyond_plan')} not on the plan"
    ),
    "none_of_plan": lambda w: f"none of {w.n('planned')} {w.milestones} {w.done}",
    "part_of_plan_and_more": lambda w: (
        f"{w.n('completed_of_planned')} of {w.n('planned')} {w.milestones} {w.done}, and {w.n('beyond_plan')} more"
    ),
    "part_of_plan": lambda w: f"{w.n('completed_of_planned')} of {w.n('planned')} {w.milestones} {w.done}",
}

YEAR_WORDS: Mapping[str, Callable[[HeadlineWords], str]] = {
    "first_week": lambda _: "the first week",
    "no_quota": lambda w: f"{w.formats.count(float(w.figures['credited_to_date']))} done this year",
    "nothing_expected": lambda _: "nothing is due yet this year",
    "quota_met": lambda _: "the year’s quota is met",
    "ahead": lambda w: (
        f"{w.gap} ahead of the year’s pace" if w.figures["n_tracks"] == 1 else "ahead of the year’s pace"
    ),
    "on_pace": lambda _: "on the year’s pace",
    "behind": lambda w: f"{w.gap} behind the year’s pace",
    "on_pace_or_ahead": lambda _: "on the year’s pace or ahead of it on every track",
    "behind_on_one": lambda w: f"behind the year’s pace on {w.figures['track_behind']}",
    "behind_on_several": lambda w: f"behind the year’s pace on {w.n('n_behind')} of {w.n('n_tracks')} tracks",
}

STANDING_WORDS = {"ahead": "ahead of pace", "on pace": "on pace", "behind": "behind pace"}
STANDING_AGAIN = {"ahead": "ahead of it", "on pace": "on it", "behind": "behind it"}

TEAM_WORDS: Mapping[str, Callable[[HeadlineWords], str]] = {
    "no_quota": lambda w: f"{w.n('done')} {counted(float(w.figures['done']), 'milestone')} done this week",
    "nothing_expected": lambda _: "Nothing is due yet this year",
    "several_tracks_alike": lambda w: f"Every track is {STANDING_WORDS[str(w.figures['milestones_are'])]}",
    "several_tracks_behind": lambda w: (
        f"{w.figures['track_behind']} is behind pace"
        if w.figures["n_behind"] == 1
        else f"{w.n('n_behind')} of {w.n('n_tracks')} tracks are behind pace"
    ),
    "several_tracks": lambda _: "Every track is on pace or ahead of it",
    "milestones_only": lambda w: f"Milestones are {STANDING_WORDS[str(w.figures['milestones_are'])]}",
    "milestones_and_sales_alike": lambda w: (
        f"Milestones and {sales_noun(w)} are {STANDING_WORDS[str(w.figures['milestones_are'])]}"
    ),
    "milestones_and_sales_apart": lambda w: (
        f"Milestones are {STANDING_WORDS[str(w.figures['milestones_are'])]}; {sales_noun(w)} are {sales_against(w)}"
    ),
}


def sales_noun(words: HeadlineWords) -> str:
    """Contracts where the target is money, else sales."""
    return "contracts" if words.figures["target_is"] == "value" else "sales"


def sales_against(words: HeadlineWords) -> str:
    """`not`, where milestones are on pace and contracts behind it; else where they stand."""
    sales = str(words.figures["sales_are"])
    return "not" if words.figures["milestones_are"] == "on pace" and sales == "behind" else STANDING_AGAIN[sales]


def rep_headline(headline: Headline, formats: Formats) -> str:
    """The sentence under a rep's name: this week and the year."""
    if headline.rule == "first_week":
        return "First week. Nothing to measure yet; the first plan is for next week."
    week_rule, year_rule = headline.rule.split("+")
    words = HeadlineWords(headline.figures, formats)
    week = WEEK_WORDS[week_rule](words)
    if words.figures["week_runs_on"] and week_rule != "week_off":
        week += " so far"
    if words.figures["claimed"]:
        week += f", {words.n('claimed')} of them not credited" if week_total(words) > 1 else ", not credited"
    return sentence(f"{week}; {YEAR_WORDS[year_rule](words)}")


def week_total(words: HeadlineWords) -> float:
    """All that was completed in the week, on the plan or not."""
    return float(words.figures["completed_of_planned"]) + float(words.figures["beyond_plan"])


def team_headline(headline: Headline, formats: Formats) -> str:
    """The team page's headline: the year."""
    return sentence(TEAM_WORDS[headline.rule](HeadlineWords(headline.figures, formats))).removesuffix(".")
