"""The headlines in words: what each rule of scorecards/headlines.py says. Must not decide which rule applies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from milestone_reports.render.language import gettext, ngettext
from milestone_reports.render.words.grammar import gap_in_words, in_words, sentence

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
    def runs_on(self) -> bool:
        """Whether the week is not over."""
        return bool(self.figures["week_runs_on"])

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
        if self.figures["completed_of_planned"] == 1:
            return gettext(", ahead of the week")
        return ngettext(
            ", one of them ahead of the week", ", {n} of them ahead of the week", count, n=self.n("completed_early")
        )

    @property
    def more(self) -> str:
        """What was completed without a plan for it: `one more`."""
        return ngettext("one more", "{n} more", float(self.figures["beyond_plan"]), n=self.n("beyond_plan"))

    @property
    def gap(self) -> str:
        """How far from pace in whole milestones."""
        tolerance = float(self.figures.get("milestones_a_week", 0))
        return gap_in_words(float(self.figures["gap"]), tolerance, self.formats)


def whole_plan(words: HeadlineWords) -> str:
    """`the one planned milestone done`, `both planned milestones done`, `all five planned milestones done`."""
    planned, early = words.figures["planned"], words.early
    if planned == 1:
        return gettext("the one planned milestone done{early}", early=early)
    if planned == 2:  # noqa: PLR2004  both
        return gettext("both planned milestones done{early}", early=early)
    return gettext("all {n} planned milestones done{early}", n=words.n("planned"), early=early)


def none_of_plan(words: HeadlineWords) -> str:
    """`none of five planned milestones done yet`, `the one planned milestone is not done`."""
    if words.figures["planned"] == 1:
        if words.runs_on:
            return gettext("the one planned milestone is not done yet")
        return gettext("the one planned milestone is not done")
    planned = words.n("planned")
    if words.runs_on:
        return gettext("none of {n} planned milestones done yet", n=planned)
    return gettext("none of {n} planned milestones done", n=planned)


def none_but_others(words: HeadlineWords) -> str:
    """Nothing of the plan, but something else."""
    return ngettext(
        "{none_of_plan}, but one not on the plan",
        "{none_of_plan}, but {n} not on the plan",
        float(words.figures["beyond_plan"]),
        none_of_plan=none_of_plan(words),
        n=words.n("beyond_plan"),
    )


def part_of_plan(words: HeadlineWords) -> str:
    """`three of five planned milestones done so far`."""
    done, planned, early = words.n("completed_of_planned"), words.n("planned"), words.early
    if words.runs_on:
        return gettext(
            "{done} of {planned} planned milestones done so far{early}", done=done, planned=planned, early=early
        )
    return gettext("{done} of {planned} planned milestones done{early}", done=done, planned=planned, early=early)


def nothing_done(words: HeadlineWords) -> str:
    """A week without plan or milestone."""
    if words.runs_on:
        return gettext("nothing was planned or completed this week so far")
    return gettext("nothing was planned or completed this week")


def done_this_week(count: float, words: HeadlineWords) -> str:
    """`two milestones done this week so far`."""
    n = in_words(count, words.formats)
    if words.runs_on:
        if not count:
            return gettext("no milestones done this week so far")
        return ngettext("one milestone done this week so far", "{n} milestones done this week so far", count, n=n)
    if not count:
        return gettext("no milestones done this week")
    return ngettext("one milestone done this week", "{n} milestones done this week", count, n=n)


def and_more(done: str, words: HeadlineWords) -> str:
    """What was done of the plan, and more."""
    return gettext("{done}, and {more}", done=done, more=words.more)


WEEK_WORDS: Mapping[str, Callable[[HeadlineWords], str]] = {
    "week_off": lambda _: gettext("a week off"),
    "nothing_planned_nothing_done": nothing_done,
    "nothing_planned_some_done": lambda w: gettext("{done}, with nothing planned", done=done_this_week(w.completed, w)),
    "whole_plan_and_more": lambda w: and_more(whole_plan(w), w),
    "whole_plan": whole_plan,
    "none_of_plan_but_others": none_but_others,
    "none_of_plan": none_of_plan,
    "part_of_plan_and_more": lambda w: and_more(part_of_plan(w), w),
    "part_of_plan": part_of_plan,
}
"""Of a week in which all that was completed is credited."""


def planned_share(words: HeadlineWords) -> str:
    """`three of five planned`, `both planned`, and how many of them were done before the week."""
    planned, done, early = words.figures["planned"], words.n("completed_of_planned"), words.early
    if words.figures["completed_of_planned"] != planned:
        return gettext("{done} of {planned} planned{early}", done=done, planned=words.n("planned"), early=early)
    if planned == 1:
        return gettext("the one planned{early}", early=early)
    if planned == 2:  # noqa: PLR2004  both
        return gettext("both planned{early}", early=early)
    return gettext("all {n} planned{early}", n=done, early=early)


def planned_share_and_more(words: HeadlineWords) -> str:
    """`both planned and one more`, with a comma where the share before it has one."""
    share = planned_share(words)
    return and_more(share, words) if words.early else gettext("{done} and {more}", done=share, more=words.more)


def none_planned_but_others(words: HeadlineWords) -> str:
    """`none of two planned, one not on the plan`."""
    return ngettext(
        "none of {planned} planned, one not on the plan",
        "none of {planned} planned, {n} not on the plan",
        float(words.figures["beyond_plan"]),
        planned=words.n("planned"),
        n=words.n("beyond_plan"),
    )


CLAIMED_WORDS: Mapping[str, Callable[[HeadlineWords], str]] = {
    "nothing_planned_some_done": lambda _: gettext("with nothing planned"),
    "whole_plan_and_more": planned_share_and_more,
    "whole_plan": planned_share,
    "none_of_plan_but_others": none_planned_but_others,
    "part_of_plan_and_more": planned_share_and_more,
    "part_of_plan": planned_share,
}
"""What follows the count of a week in which something is claimed and not credited."""


def week_says(rule: str, words: HeadlineWords) -> str:
    """The week's half of a rep's headline."""
    claimed = float(words.figures["claimed"])
    if not claimed or rule not in CLAIMED_WORDS:
        return WEEK_WORDS[rule](words)
    completed, share = completed_says(words), CLAIMED_WORDS[rule](words)
    if words.completed > 1:
        return ngettext(
            "{completed}, one of them not credited: {share}",
            "{completed}, {n} of them not credited: {share}",
            claimed,
            completed=completed,
            n=words.n("claimed"),
            share=share,
        )
    if rule == "part_of_plan" and not words.early:
        return one_claimed(share, words)
    return gettext("{completed}, not credited: {share}", completed=completed, share=share)


def one_claimed(share: str, words: HeadlineWords) -> str:
    """`one of four planned completed, but not credited`."""
    if words.runs_on:
        return gettext("{share} completed so far, but not credited", share=share)
    return gettext("{share} completed, but not credited", share=share)


def completed_says(words: HeadlineWords) -> str:
    """`three completed so far`."""
    count, n = words.completed, in_words(words.completed, words.formats)
    if words.runs_on:
        if not count:
            return gettext("none completed so far")
        return ngettext("one completed so far", "{n} completed so far", count, n=n)
    return ngettext("one completed", "{n} completed", count, n=n) if count else gettext("none completed")


def done_this_year(words: HeadlineWords) -> str:
    """What a year without a quota brought."""
    done = float(words.figures["credited_to_date"])
    return gettext("{n} done this year", n=words.formats.count(done)) if done else gettext("none done this year")


def ahead_of_pace(words: HeadlineWords) -> str:
    """How far, where there is one track."""
    if words.figures["n_tracks"] == 1:
        return gettext("{gap} ahead of the year’s pace", gap=words.gap)
    return gettext("ahead of the year’s pace")


def quota_met(words: HeadlineWords) -> str:
    """A quota can be met by the earlier milestones alone: `the year’s quota is met, but Contract is four behind`."""
    if "milestone_behind" not in words.figures:
        return gettext("the year’s quota is met")
    gap = gap_in_words(float(words.figures["milestone_gap"]), 0, words.formats)
    milestone = words.figures["milestone_behind"]
    return gettext("the year’s quota is met, but {milestone} is {gap} behind", milestone=milestone, gap=gap)


YEAR_WORDS: Mapping[str, Callable[[HeadlineWords], str]] = {
    "first_week": lambda _: gettext("the first week"),
    "no_quota": done_this_year,
    "nothing_expected": lambda _: gettext("nothing is due yet this year"),
    "quota_met": quota_met,
    "ahead": ahead_of_pace,
    "on_pace": lambda _: gettext("on the year’s pace"),
    "behind": lambda w: gettext("{gap} behind the year’s pace", gap=w.gap),
    "on_pace_or_ahead": lambda _: gettext("on the year’s pace or ahead of it on every track"),
    "behind_on_one": lambda w: gettext("behind the year’s pace on {track}", track=w.figures["track_behind"]),
    "behind_on_several": lambda w: gettext(
        "behind the year’s pace on {n} of {all} tracks", n=w.n("n_behind"), all=w.n("n_tracks")
    ),
}


def tracks_alike(words: HeadlineWords) -> str:
    """Every track stands in one way."""
    return {
        "ahead": gettext("Every track is ahead of pace"),
        "on pace": gettext("Every track is on pace"),
        "behind": gettext("Every track is behind pace"),
    }[str(words.figures["milestones_are"])]


def tracks_behind(words: HeadlineWords) -> str:
    """Which track is behind, or how many are."""
    if words.figures["n_behind"] == 1:
        return gettext("{track} is behind pace", track=words.figures["track_behind"])
    return gettext("{n} of {all} tracks are behind pace", n=words.n("n_behind"), all=words.n("n_tracks"))


def milestones_stand(words: HeadlineWords) -> str:
    """The milestones against their pace."""
    return {
        "ahead": gettext("Milestones are ahead of pace"),
        "on pace": gettext("Milestones are on pace"),
        "behind": gettext("Milestones are behind pace"),
    }[str(words.figures["milestones_are"])]


def milestones_and_sales_stand(words: HeadlineWords) -> str:
    """Both against their pace, where it is one way."""
    sales = sales_noun(words)
    return {
        "ahead": gettext("Milestones and {sales} are ahead of pace", sales=sales),
        "on pace": gettext("Milestones and {sales} are on pace", sales=sales),
        "behind": gettext("Milestones and {sales} are behind pace", sales=sales),
    }[str(words.figures["milestones_are"])]


def sales_stand(words: HeadlineWords) -> str:
    """The sales against the pace just named: `sales are not`, where milestones are on pace and sales behind it."""
    sales, standing = sales_noun(words), str(words.figures["sales_are"])
    if words.figures["milestones_are"] == "on pace" and standing == "behind":
        return gettext("{sales} are not", sales=sales)
    return {
        "ahead": gettext("{sales} are ahead of it", sales=sales),
        "on pace": gettext("{sales} are on it", sales=sales),
        "behind": gettext("{sales} are behind it", sales=sales),
    }[standing]


def sales_noun(words: HeadlineWords) -> str:
    """Contracts where the target is money, else sales."""
    return gettext("contracts") if words.figures["target_is"] == "value" else gettext("sales")


TEAM_WORDS: Mapping[str, Callable[[HeadlineWords], str]] = {
    "nothing_recorded": lambda _: gettext("No milestone completed yet"),
    "no_quota": lambda w: done_this_week(float(w.figures["done"]), w),
    "nothing_expected": lambda _: gettext("Nothing is due yet this year"),
    "several_tracks_alike": tracks_alike,
    "several_tracks_behind": tracks_behind,
    "several_tracks": lambda _: gettext("Every track is on pace or ahead of it"),
    "milestones_only": milestones_stand,
    "milestones_and_sales_alike": milestones_and_sales_stand,
    "milestones_and_sales_apart": lambda w: gettext(
        "{milestones}; {sales}", milestones=milestones_stand(w), sales=sales_stand(w)
    ),
}


def rep_headline(headline: Headline, formats: Formats) -> str:
    """The sentence under a rep's name: this week and the year, but one of its own where there is no year yet."""
    if headline.rule == "first_week":
        return gettext("First week. Nothing to measure yet; the first plan is for next week.")
    if headline.rule == "nothing_recorded":
        return gettext("No milestone is completed yet: none has a completion date.")
    week_rule, year_rule = headline.rule.split("+")
    words = HeadlineWords(headline.figures, formats)
    return sentence(gettext("{week}; {year}", week=week_says(week_rule, words), year=YEAR_WORDS[year_rule](words)))


def team_headline(headline: Headline, formats: Formats) -> str:
    """The team page's headline: the year."""
    return sentence(TEAM_WORDS[headline.rule](HeadlineWords(headline.figures, formats))).removesuffix(".")
