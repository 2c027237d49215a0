"""What a page says of milestones that are known by the stage alone."""

from __future__ import annotations

from datetime import date

from milestone_reports.render.formats import Formats
from milestone_reports.render.words.cards import undated_note
from milestone_reports.scorecards.compose import team_site
from workbooks import DrawnWorkbook, read

STAGES = """
    [Pipeline]
    Opportunity | Owner | Stage | Status | Amount | Probability | Created | Actual close
    OPP-1 | Dana Ruiz | Proposal | Open | 1000 | 0.5 | 2026-01-21 |
    OPP-2 | Dana Ruiz | Prospecting | Open | 2000 | 0.1 | 2026-02-01 |
    OPP-3 | Omar Said | Closed Won | Won | 3000 | 1 | 2026-01-01 | 2026-03-20
    OPP-4 | Omar Said | Closed Won | Won | 4000 | 1 | 2026-01-01 |
"""


def test_an_open_opportunity_waits_for_the_milestone_after_its_stage_and_nobody_knows_since_when(
    workbook: DrawnWorkbook,
) -> None:
    reading = read(workbook(STAGES), date(2026, 4, 1))
    (card, _) = team_site(reading.team, reading.as_of).reps
    assert [(o.opportunity, o.stage, o.next_milestone, o.days_there) for o in card.open] == [
        ("OPP-2", "Prospecting", "Proposal", None),
        ("OPP-1", "Proposal", "Closed Won", None),
    ]


def test_stages_alone_count_in_the_conversions_and_not_as_done_and_the_page_says_so(workbook: DrawnWorkbook) -> None:
    reading = read(workbook(STAGES), date(2026, 4, 1))
    site = team_site(reading.team, reading.as_of)
    (track,) = site.rollup.tracks
    # Prospecting: 1, 2 and 3; the fourth is won on no day, and so in no conversion.
    assert [line.reached for line in track.card.conversion] == [3, 2, 1]
    assert [line.credited for line in track.card.by_milestone] == [0, 0, 0]
    assert track.card.n_undated == 3
    stamp = site.stamp
    assert undated_note(track.card, Formats(stamp.locale, stamp.currency)) == (
        "3 opportunities have milestones without dates: those are counted here by their stage, and toward no quota."
    )
