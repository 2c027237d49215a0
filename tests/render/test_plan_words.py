"""Which plan a week is judged by, what became of its lines since, and how much of such plans was kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from sample_site import AS_OF, ledger_item, new_rep_card, rep_card, rollup, stamp, this_week, track_card

from milestone_reports.history.snapshots import Copy
from milestone_reports.metrics.rates import Ratio
from milestone_reports.metrics.week import ItemState, PlanSince
from milestone_reports.render.formats import Formats
from milestone_reports.render.html import Pages, SiteOptions
from milestone_reports.render.language import speaking
from milestone_reports.render.pdf import Printer
from milestone_reports.render.resources import templates_folder
from milestone_reports.render.words.card_weeks import ledger_note, plan_says, reliability_line
from milestone_reports.scorecards.figures import LedgerItem, Reliability
from milestone_reports.scorecards.pages import RepScorecard, TeamRollup

US, GERMANY = Formats("en_US", "USD", AS_OF), Formats("de_DE", "EUR", AS_OF)
PAGES = Pages(templates_folder(), "0.1.0")
SITE = SiteOptions()
JUDGED = replace(this_week(), plan_from=Copy(date(2026, 11, 13), "north-w46.xlsx"), has_earlier_copies=True)
KEPT = Reliability(Ratio(17, 21), 6)


def since(kind: PlanSince, state: ItemState, moved_to: date | None = None) -> LedgerItem:
    return replace(ledger_item(4, state, date(2026, 11, 18)), since=kind, moved_to=moved_to)


def card_with_a_past(n_open: int = 17, paper: str = "A4") -> RepScorecard:
    made = rep_card(n_open=n_open, made=stamp(paper=paper))
    items = (*JUDGED.items, replace(since("removed", "removed"), opportunity_id="gone", account="Gone Ltd"))
    return replace(made, this_week=replace(JUDGED, items=items), reliability=KEPT)


def team_with_a_past() -> TeamRollup:
    made = rollup()
    rows = tuple(replace(row, reliability=Reliability(Ratio(n, 4), 6)) for n, row in enumerate(made.tracks[0].reps[:4]))
    track = replace(made.tracks[0], reps=rows, card=replace(track_card(), reliability=Reliability(Ratio(6, 16), 6)))
    return replace(made, tracks=(track,), this_week=replace(made.this_week, has_earlier_copies=True))


def test_a_week_says_by_which_plan_it_is_judged() -> None:
    assert plan_says(JUDGED, US) == "Planned: by the plan of 13 November."
    late = replace(JUDGED, plan_from=None)
    assert plan_says(late, US) == "Planned: by this workbook’s plan; there is no copy from the week’s start."
    first = replace(late, has_earlier_copies=False)
    assert plan_says(first, US) == "Planned: by this workbook’s plan; there is no earlier copy yet."


def test_it_ends_with_one_full_stop_in_german_too() -> None:
    with speaking("de"):
        assert plan_says(JUDGED, GERMANY) == "Geplant: nach dem Plan vom 13. November."


@pytest.mark.parametrize(
    ("item", "says"),
    [
        (since("moved", "carried", date(2026, 11, 27)), "moved to 27 Nov"),
        (since("moved", "carried"), "taken off the plan"),
        (since("removed", "removed"), "no longer in the workbook"),
        (since("added", "planned"), "added since, still open this week"),
        (since("stands", "carried"), "not completed"),
    ],
)
def test_a_line_says_what_became_of_its_plan(item: LedgerItem, says: str) -> None:
    assert ledger_note(item, JUDGED, US) == says


def test_reliability_is_said_with_its_counts_its_percentage_and_its_weeks() -> None:
    assert "".join(reliability_line(KEPT, US)) == (
        "17 of 21 planned (81%) completed by the end of their week, over six full weeks."
    )


def test_without_a_share_it_is_a_dash_with_its_reason_and_nothing_in_the_first_week_of_use() -> None:
    assert reliability_line(None, US) == ("", "")
    assert reliability_line(None, US, has_copies=True)[1] == "Reliability: – (no full week has a copy from its start)."
    nothing = reliability_line(Reliability(Ratio(0, 0), 2), US)[1]
    assert nothing == "Reliability: – (nothing was planned in the weeks that have a copy from their start)."


def test_a_card_names_the_copy_and_its_file_and_opens_no_removed_row() -> None:
    page = PAGES.rep(card_with_a_past(), SITE).decode()
    assert '<p class="note-text plan-of" title="north-w46.xlsx">Planned: by the plan of 13 November.</p>' in page
    assert "Gone Ltd" in page
    assert "gone" not in "".join(part.partition('"')[0] for part in page.split('href="')[1:])
    assert "17 of 21 planned (81%)" in page


def test_a_new_reps_first_week_names_no_plan() -> None:
    assert "plan-of" not in PAGES.rep(new_rep_card(), SITE).decode()


@pytest.mark.parametrize("n_open", [0, 17, 60])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_card_with_a_past_is_at_most_two_pages_and_says_both(n_open: int, paper: str) -> None:
    pdf = PdfReader(BytesIO(Printer(templates_folder()).print(PAGES.rep_print(card_with_a_past(n_open, paper)))))
    assert len(pdf.pages) <= 2
    first = " ".join(pdf.pages[0].extract_text().split())
    assert "Planned: by the plan of 13 November." in first
    assert "17 of 21 planned (81%)" in first


def test_the_reps_page_adds_reliability_up_as_counts() -> None:
    page = PAGES.reps(team_with_a_past(), SITE).decode()
    foot = page.partition("<tfoot>")[2]
    assert "38%" in foot
    assert 'title="3 of 4 planned (75%) completed by the end of their week, over six full weeks."' in page
    assert "Reliability" not in PAGES.reps(rollup(), SITE).decode()


def test_the_teams_page_says_how_much_of_its_plans_was_kept() -> None:
    page = PAGES.team(team_with_a_past(), SITE).decode()
    assert "6 of 16 planned (38%)" in page
