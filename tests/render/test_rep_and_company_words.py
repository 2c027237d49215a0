"""What the Reps page and the page above several teams say first: each rule, in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sample_site import rollup, stamp, team_track

from milestone_reports.metrics.pace import Standing
from milestone_reports.render.formats import Formats
from milestone_reports.render.words import company, reps
from milestone_reports.scorecards.pages import TeamRollup

US = Formats()
SEVEN: tuple[Standing, ...] = ("on pace",) * 7


def team(*standings: Standing, planned: int = 2) -> TeamRollup:
    """A team of reps who stand like this, each with a plan for next week."""
    track = team_track()
    rows = tuple(
        replace(
            track.reps[0],
            rep=f"Rep {n}",
            slug=f"rep-{n}",
            standing=standing,
            gap=None if standing == "no quota" else -3.0 * n,
        )
        for n, standing in enumerate(standings, start=1)
    )
    plans = tuple(
        replace(track.next_week[0], rep=row.rep, slug=row.slug, n_planned=planned, carried_over=0, target=2.0)
        for row in rows
    )
    return rollup(tracks=(replace(track, reps=rows, next_week=plans),))


@pytest.mark.parametrize(
    ("made", "headline", "deck"),
    [
        (team(), "No rep is listed yet", ""),
        (
            team("behind", "on pace", "behind"),
            "Two of three reps are behind the year’s pace",
            "Furthest behind is Rep 3, by nine.",
        ),
        (team("behind", "on pace", "ahead"), "One of three reps is behind the year’s pace", ""),
        (team("behind", "behind"), "Both reps are behind the year’s pace", "Furthest behind is Rep 2, by six."),
        (team("behind"), "The one rep is behind the year’s pace", ""),
        (team("no quota", "no quota"), "Two reps, none with a quota", ""),
        (
            team("on pace", "ahead", planned=0),
            "Both reps have nothing planned for next week",
            "Nothing planned for next week: Rep 1, Rep 2.",
        ),
        (team("on pace", "ahead"), "Both reps are on pace or ahead, with next week planned", ""),
        (team("on pace"), "The one rep is on pace or ahead, with next week planned", ""),
    ],
)
def test_the_reps_page_says_who_asks_for_attention_first(made: TeamRollup, headline: str, deck: str) -> None:
    assert reps.reps_headline(made, US) == headline
    assert reps.reps_deck(made, US) == deck


def test_a_list_of_names_ends_with_how_many_more_there_are() -> None:
    deck = reps.reps_deck(team(*SEVEN, planned=0), US)
    assert deck == "Nothing planned for next week: Rep 1, Rep 2, Rep 3, Rep 4, Rep 5 and 2 more."


def test_the_company_page_names_the_team_furthest_behind_and_the_one_whose_figures_are_old() -> None:
    now = stamp()
    old = replace(now, team="South", as_of=now.as_of - timedelta(7), week_first_on=now.week_first_on - timedelta(7))
    behind = rollup(made=old)
    pace = replace(behind.tracks[0].card.pace, standing="behind")
    behind = replace(behind, tracks=(replace(behind.tracks[0], card=replace(behind.tracks[0].card, pace=pace)),))
    share = US.fraction(pace.attainment.value or 0)
    told = company.front_deck([behind, rollup()], US)
    assert told.startswith(f"Furthest behind is South: {share} of the quota to date.")
    assert f"The figures of South are of an earlier week, as of {US.day_long(old.as_of, with_year=True)}." in told
    assert company.older_than(behind, [behind, rollup()])
    assert company.oldest_says([rollup(), rollup()], US) == ""
