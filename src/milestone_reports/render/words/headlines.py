"""The headlines in words: what each rule of scorecards/headlines.py says. Must not decide which rule applies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from milestone_reports.render.words.grammar import count_of, counted, gap_in_words, in_words, sentence

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
    def completed(self) -> float:
        """All that was completed in the week, on the plan or not."""
        early, beyond = float(self.figures["completed_early"]), float(self.figures["beyond_plan"])
        return float(self.figures["completed_of_planned"]) - early + beyond

    @property
    def early(self) -> str:
        """Of the planned ones, those that were done before the week began: `, one of them ahead of the week`."""
        count = float(self.figures["completed_early"])
        if not count:
            return ""
        whose = "" if self.figures["completed_of_planned"] == 1 else f"{in_words(count, self.formats)} of them "
        return f", {whose}ahead of the week"

    @property
    def so_far(self) -> str:
        """What is said of a week that still runs."""
        return " so far" if self.figures["week_runs_on"] else ""

    @property
    def gap(self) -> str:
        """How far from pace in whole milestones."""
        tolerance = float(self.figures.get("milestones_a_week", 0))
        return gap_in_words(float(self.figures["gap"]), tolerance, self.formats)

    @property
    def whole_plan(self) -> str:
        """`the one planned milestone`, `both planned milestones`, `all five planned milestones`."""
        planned = self.figures["planned"]
        if planned == 1:
            return "the one planned milestone"
        return f"both {self.milestones}" if planned == 2 else f"all {self.n('planned')} {self.milestones}"  # noqa: PLR2004  both


def none_of_plan(words: HeadlineWords) -> str:
    """`none of five planned milestones done yet`, `the one planned milestone is not done`."""
    yet = " yet" if words.figures["week_runs_on"] else ""
    if words.figures["planned"] == 1:
        return f"the one planned milestone is not done{yet}"
    return f"none of {words.n('planned')} {words.milestones} done{yet}"


def nothing_planned(words: HeadlineWords) -> str:
    """What was done in a week without a plan."""
    milestones = count_of(words.completed, "milestone", words.formats)
    return f"{milestones} done this week{words.so_far}, with nothing planned"


WEEK_WORDS: Mapping[str, Callable[[HeadlineWords], str]] = {
    "week_off": lambda _: "a week off",
    "nothing_planned_nothing_done": lambda w: f"nothing was planned or completed this week{w.so_far}",
    "nothing_planned_some_done": nothing_planned,
    "whole_plan_and_more": lambda w: f"{w.whole_plan} done{w.early}, and {w.n('beyond_plan')} more",
    "whole_plan": lambda w: f"{w.whole_plan} done{w.early}",
    "none_of_plan_but_others": lambda w: f"{none_of_plan(w)}, but {w.n('beyond_plan')} not on the plan",
    "none_of_plan": none_of_plan,
    "part_of_plan_and_more": lambda w: (
        f"{w.n('completed_of_planned')} of {w.n('planned')} {w.milestones} done{w.so_far}{w.early}, "
        f"and {w.n('beyond_plan')} more"
    ),
    "part_of_plan": lambda w: (
        f"{w.n('completed_of_planned')} of {w.n('planned')} {w.milestones} done{w.so_far}{w.early}"
    ),
}
"""Of a week in which all that was completed is credited."""


def and_more(words: HeadlineWords) -> str:
    """` and one more`, after a comma where the share before it has one."""
    return f"{',' if words.early else ''} and {words.n('beyond_plan')} more"


def planned_share(words: HeadlineWords) -> str:
    """`three of five planned`, `both planned`, and how many of them were done before the week."""
    planned, done = words.figures["planned"], words.n("completed_of_planned")
    if words.figures["completed_of_planned"] != planned:
        return f"{done} of {words.n('planned')} planned{words.early}"
    whole = {1: "the one planned", 2: "both planned"}.get(int(float(planned)), f"all {done} planned")
    return f"{whole}{words.early}"


CLAIMED_WORDS: Mapping[str, Callable[[HeadlineWords], str]] = {
    "nothing_planned_some_done": lambda _: "with nothing planned",
    "whole_plan_and_more": lambda w: f"{planned_share(w)}{and_more(w)}",
    "whole_plan": planned_share,
    "none_of_plan_but_others": lambda w: f"none of {w.n('planned')} planned, {w.n('beyond_plan')} not on the plan",
    "part_of_plan_and_more": lambda w: f"{planned_share(w)}{and_more(w)}",
    "part_of_plan": planned_share,
}
"""What follows the count of a week in which something is claimed and not credited."""


def week_says(rule: str, words: HeadlineWords) -> str:
    """The week's half of a rep's headline."""
    if not words.figures["claimed"] or rule not in CLAIMED_WORDS:
        return WEEK_WORDS[rule](words)
    of_them = f"{words.n('claimed')} of them " if words.completed > 1 else ""
    return (
        f"{in_words(words.completed, words.formats)} completed{words.so_far}, {of_them}not credited: "
        f"{CLAIMED_WORDS[rule](words)}"
    )


YEAR_WORDS: Mapping[str, Callable[[HeadlineWords], str]] = {
    "first_week": lambda _: "the first week",
    "no_quota": lambda w: (
        f"{w.formats.count(float(w.figures['credited_to_date'])) if w.figures['credited_to_date'] else 'none'} "
        "done this year"
    ),
    "nothing_expected": lambda _: "nothing is due yet this year",
    "quota_met": lambda w: f"the year’s quota is met{milestone_behind(w)}",
    "ahead": lambda w: (
        f"{w.gap} ahead of the year’s pace" if w.figures["n_tracks"] == 1 else "ahead of the year’s pace"
    ),
    "on_pace": lambda _: "on the year’s pace",
    "behind": lambda w: f"{w.gap} behind the year’s pace",
    "on_pace_or_ahead": lambda _: "on the year’s pace or ahead of it on every track",
    "behind_on_one": lambda w: f"behind the year’s pace on {w.figures['track_behind']}",
    "behind_on_several": lambda w: f"behind the year’s pace on {w.n('n_behind')} of {w.n('n_tracks')} tracks",
}


def milestone_behind(words: HeadlineWords) -> str:
    """`, but Contract is four behind`: a quota can be met by the earlier milestones alone."""
    if "milestone_behind" not in words.figures:
        return ""
    gap = gap_in_words(float(words.figures["milestone_gap"]), 0, words.formats)
    return f", but {words.figures['milestone_behind']} is {gap} behind"


STANDING_WORDS = {"ahead": "ahead of pace", "on pace": "on pace", "behind": "behind pace"}
STANDING_AGAIN = {"ahead": "ahead of it", "on pace": "on it", "behind": "behind it"}

TEAM_WORDS: Mapping[str, Callable[[HeadlineWords], str]] = {
    "nothing_recorded": lambda _: "Nothing recorded yet",
    "no_quota": lambda w: f"{count_of(float(w.figures['done']), 'milestone', w.formats)} done this week{w.so_far}",
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


OWN_SENTENCE = {
    "first_week": "First week. Nothing to measure yet; the first plan is for next week.",
    "nothing_recorded": "Nothing recorded yet: no milestone has a completion date.",
}
"""Headlines without a half for the year."""


def sales_noun(words: HeadlineWords) -> str:
    """Contracts where the target is money, else sales."""
    return "contracts" if words.figures["target_is"] == "value" else "sales"


def sales_against(words: HeadlineWords) -> str:
    """`not`, where milestones are on pace and contracts behind it; else where they stand."""
    sales = str(words.figures["sales_are"])
    return "not" if words.figures["milestones_are"] == "on pace" and sales == "behind" else STANDING_AGAIN[sales]


def rep_headline(headline: Headline, formats: Formats) -> str:
    """The sentence under a rep's name: this week and the year."""
    if headline.rule in OWN_SENTENCE:
        return OWN_SENTENCE[headline.rule]
    week_rule, year_rule = headline.rule.split("+")
    words = HeadlineWords(headline.figures, formats)
    return sentence(f"{week_says(week_rule, words)}; {YEAR_WORDS[year_rule](words)}")


def team_headline(headline: Headline, formats: Formats) -> str:
    """The team page's headline: the year."""
    return sentence(TEAM_WORDS[headline.rule](HeadlineWords(headline.figures, formats))).removesuffix(".")
