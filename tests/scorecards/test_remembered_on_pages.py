"""What the pages say of days that copies tell, and of milestones that another rep earned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from small_team import NEW_BUSINESS, deal, target, team

from milestone_reports.domain.calendar import Week, WeekStart
from milestone_reports.domain.opportunity import Opportunity, Outcome
from milestone_reports.domain.team import Rep
from milestone_reports.history.snapshots import Past, Snapshot, identity
from milestone_reports.render.formats import Formats
from milestone_reports.render.words.card_weeks import ledger_note
from milestone_reports.render.words.opened import observed_say
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.pages import TeamSite
from milestone_reports.scorecards.provenance.opened import rep_figures
from milestone_reports.scorecards.provenance.opportunities import COLLEAGUE

SAT_10, AS_OF = date(2026, 1, 10), date(2026, 1, 17)


def site(before: Opportunity, now: Opportunity) -> TeamSite:
    week = Week.holding(SAT_10, WeekStart.MONDAY)
    copy = Snapshot(1, SAT_10, week, "before.xlsx", (NEW_BUSINESS,), {identity(before): before})
    return team_site(team([now], [target("Bo")]), AS_OF, Past((copy,)))


def by_stage(n_reached: int, rep: str) -> Opportunity:
    one = deal("1", "- - - -", rep=rep)
    entries = (entry._replace(reached_undated=place < n_reached) for place, entry in enumerate(one.entries))
    return replace(one, entries=tuple(entries))


def test_a_day_that_a_copy_tells_is_called_observed_and_is_no_date_put_right() -> None:
    (one,) = site(by_stage(1, "Bo"), by_stage(2, "Bo")).opportunities
    assert [(cell.completed_on, cell.observed) for cell in one.milestones[:2]] == [(None, False), (AS_OF, True)]
    assert one.repairs == ()
    assert observed_say([one]) == (
        "Observed: the workbook has no date; it is the day of the first copy that shows the milestone reached, right "
        "to the week."
    )


def test_the_week_says_of_an_observed_milestone_that_its_day_is_the_copys() -> None:
    (card,) = site(by_stage(1, "Bo"), by_stage(2, "Bo")).reps
    (item,) = card.this_week.items
    assert (item.state, item.milestone, item.on, item.observed) == ("done", "Discovery", AS_OF, True)
    assert ledger_note(item, card.this_week, Formats(as_of=AS_OF)) == (
        "seen in the copy of that day; the workbook has no date"
    )


def test_who_earned_a_milestone_has_it_in_the_year_and_on_the_page_without_the_opportunity() -> None:
    made = site(deal("1", "2026-01-05 - - -", rep="Ann"), deal("1", "2026-01-05 2026-01-15 - -", rep="Bo"))
    cards = {card.rep: card for card in made.reps}
    done = {name: [line.credited for line in card.tracks[0].by_milestone] for name, card in cards.items()}
    assert done == {"Ann": [1, 0, 0, 0], "Bo": [0, 1, 0, 0]}
    assert [(len(card.open), card.rep) for card in made.reps] == [(1, "Bo"), (0, "Ann")]
    (one,) = rep_figures(made, {"1": 0}, cards["Ann"]).opportunities
    assert [cell.completed_on for cell in one.milestones] == [date(2026, 1, 5), None, None, None]
    assert (one.rep, one.value, one.outcome, one.closed_on, one.now_with) == ("", None, "handed over", None, COLLEAGUE)


def test_who_took_an_opportunity_over_reads_all_of_it_but_the_name() -> None:
    made = site(deal("1", "2026-01-05 - - -", rep="Ann"), deal("1", "2026-01-05 2026-01-15 - -", rep="Bo"))
    (one,) = rep_figures(made, {"1": 0}, next(card for card in made.reps if card.rep == "Bo")).opportunities
    assert [cell.earned_by for cell in one.milestones] == [COLLEAGUE, "", "", ""]
    assert [cell.completed_on for cell in one.milestones[:2]] == [date(2026, 1, 5), date(2026, 1, 15)]
    assert (one.rep, one.value, one.outcome) == ("Bo", 50_000, "open")


def test_a_sale_is_in_the_year_of_whoever_owned_it_and_says_who_has_it_now() -> None:
    sold = "2026-01-02 2026-01-03 2026-01-05 2026-01-09"
    made = site(deal("1", sold, rep="Ann"), deal("1", sold, rep="Bo"))
    assert {card.rep: card.tracks[0].sales.contracts_to_date for card in made.reps} == {"Bo": 0, "Ann": 1}
    assert [(one.rep, one.now_with) for one in made.opportunities] == [("Ann", "Bo")]


def test_a_claim_of_another_reps_stands_beside_the_open_opportunity_of_the_present_one() -> None:
    claimed = "- 2026-01-05 - -"
    made = site(deal("1", claimed, rep="Ann"), deal("1", claimed, rep="Bo"))
    cards = {card.rep: card for card in made.reps}
    assert cards["Ann"].tracks[0].pace.claimed_to_date == 1
    assert cards["Bo"].tracks[0].pace.claimed_to_date == 0
    assert cards["Bo"].open[0].claimed == ("Discovery",)


# --- names that the copies alone remember ---

CORRECTED = "Bo Baker"


def spelt(rep: str, completed: str) -> Opportunity:
    return deal("1", completed, rep=rep, outcome=Outcome.LOST, closed_on="2026-01-08")


def site_of_corrected(completed: str) -> TeamSite:
    week = Week.holding(SAT_10, WeekStart.MONDAY)
    before, now = spelt("Bo Bakr", completed), spelt(CORRECTED, completed)
    copy = Snapshot(1, SAT_10, week, "before.xlsx", (NEW_BUSINESS,), {identity(before): before})
    return team_site(team([now], [target(CORRECTED)]), AS_OF, Past((copy,)))


def test_a_slip_of_a_name_that_was_put_right_and_has_nothing_this_year_is_shown_no_more() -> None:
    made = site_of_corrected("2025-12-30 - - -")
    (track,) = made.rollup.tracks
    assert [card.rep for card in made.reps] == [CORRECTED]
    assert ([row.rep for row in track.reps], track.n_reps) == ([CORRECTED], 1)
    assert [row.rep for row in track.next_week] == [CORRECTED]
    # The loss is still where it was, and its page leads to no card that is not there.
    assert [(one.rep, one.rep_slug, one.now_with) for one in made.opportunities] == [("Bo Bakr", "", CORRECTED)]


def test_what_such_a_name_did_this_year_keeps_its_row() -> None:
    for completed in ("2025-12-30 2026-01-05 - -", "- 2026-01-05 - -"):
        made = site_of_corrected(completed)
        assert {row.rep for row in made.rollup.tracks[0].reps} == {CORRECTED, "Bo Bakr"}


def test_a_track_that_such_a_name_alone_is_on_keeps_its_row() -> None:
    before = deal("1", "2025-12-30 - - -", rep="Ann", outcome=Outcome.LOST, closed_on="2026-01-08")
    made = site(before, replace(before, rep="Cy"))
    assert {card.rep for card in made.reps} == {"Bo"}
    alone = replace(team([replace(before, rep="Cy")], []), reps=(Rep("Cy", "cy"),))
    week = Week.holding(SAT_10, WeekStart.MONDAY)
    past = Past((Snapshot(1, SAT_10, week, "before.xlsx", (NEW_BUSINESS,), {identity(before): before}),))
    assert {card.rep for card in team_site(alone, AS_OF, past).reps} == {"Ann"}
