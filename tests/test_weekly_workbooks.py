"""Four weekly workbooks that say only the current stage: what they tell one after the other, counted twice."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

import pytest
from openpyxl import load_workbook

from milestone_reports.history.snapshots import Past, Snapshot, identity
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.pages import TeamSite
from workbooks import read, write_workbook

DATA = Path(os.environ.get("MILESTONE_REPORTS_DATA", Path(__file__).parents[2] / "shared" / "data"))
FILES = sorted((DATA / "weekly").glob("pipeline_*.xlsx"))
STAGES = ["Prospecting", "Qualification", "Proposal", "Negotiation", "Commitment", "Closed Won"]
COMPANION = """
    [Settings]
    Setting | Value
    Team | Bank
    [Milestones]
    Milestone | Order
    Prospecting | 1
    Qualification | 2
    Proposal | 3
    Negotiation | 4
    Commitment | 5
    Closed Won | 6
"""

pytestmark = [
    pytest.mark.skipif(not FILES, reason="they are not part of the project; MILESTONE_REPORTS_DATA names them"),
    pytest.mark.filterwarnings("ignore:Workbook contains no default style"),
]


@dataclass(frozen=True)
class Row:
    """A row as its cells say it."""

    owner: str
    stage: str
    status: str
    amount: float
    created: date

    @property
    def n_reached(self) -> int:
        """Up to which stage it has come; a lost one's is not said, and it has come to the first at least."""
        return STAGES.index(self.stage) + 1 if self.stage in STAGES else 1


class Weekly:
    """The four, by plain arithmetic on their cells."""

    @cached_property
    def days(self) -> list[date]:
        return [date.fromisoformat(re.findall(r"\d{4}-\d\d-\d\d", path.name)[0]) for path in FILES]

    @cached_property
    def copies(self) -> list[dict[str, Row]]:
        return [self.rows(path) for path in FILES]

    @staticmethod
    def rows(path: Path) -> dict[str, Row]:
        sheet = load_workbook(path)["Pipeline"]
        lines = list(sheet.iter_rows(values_only=True))
        at = next(number for number, line in enumerate(lines) if line[0] == "Opportunity")
        places = {str(name): place for place, name in enumerate(lines[at])}
        found = {}
        for line in lines[at + 1 :]:
            created = line[places["Created"]]
            if isinstance(created, datetime):
                cells = [line[places[name]] for name in ("Relationship Manager", "Stage", "Status", "Amount")]
                owner, stage, status = map(str, cells[:3])
                found[str(line[0])] = Row(owner, stage, status, float(str(cells[3])), created.date())
        return found

    def seen_to_be_reached(self, nth: int) -> Counter[str]:
        """Stages first seen in a copy, by owner: of those that the last copy had, and of those created since."""
        before, now = self.copies[nth - 1], self.copies[nth]
        seen: Counter[str] = Counter()
        for id_, row in now.items():
            if id_ in before:
                seen[row.owner] += max(0, row.n_reached - before[id_].n_reached)
            elif row.created > self.days[nth - 1]:
                seen[row.owner] += row.n_reached
        return seen


@pytest.fixture(scope="module")
def weekly() -> Weekly:
    return Weekly()


@pytest.fixture(scope="module")
def sites(weekly: Weekly, tmp_path_factory: pytest.TempPathFactory) -> list[TeamSite]:
    """What each copy makes of itself and those before it."""
    companion = write_workbook(tmp_path_factory.mktemp("weekly") / "companion.xlsx", COMPANION)
    taken: list[Snapshot] = []
    made = []
    for number, (path, day) in enumerate(zip(FILES, weekly.days, strict=True), start=1):
        team = read(path, day, companion=companion).team
        made.append(team_site(team, day, Past(tuple(taken))))
        rows = {identity(one): replace(one, row=None, columns=()) for one in team.opportunities}
        taken.append(Snapshot(number, day, team.week_of(day), path.name, team.tracks, rows))
    return made


def test_nothing_is_credited_from_the_first_alone(sites: list[TeamSite]) -> None:
    assert sites[0].rollup.tracks[0].card.pace.credited_to_date == 0


def test_from_the_second_on_each_owner_is_credited_what_was_seen_to_be_reached(
    weekly: Weekly, sites: list[TeamSite]
) -> None:
    so_far: Counter[str] = Counter()
    for nth in range(1, len(FILES)):
        this_week = weekly.seen_to_be_reached(nth)
        so_far += this_week
        assert {card.rep: card.this_week.done for card in sites[nth].reps if card.this_week.done} == this_week
        to_date = {card.rep: sum(track.pace.credited_to_date for track in card.tracks) for card in sites[nth].reps}
        assert {rep: n for rep, n in to_date.items() if n} == so_far


def test_sales_without_a_date_count_from_the_copy_that_says_so(weekly: Weekly, sites: list[TeamSite]) -> None:
    won = [row for row in weekly.copies[-1].values() if row.status == "Closed Won"]
    sales = sites[-1].rollup.tracks[0].card.sales
    assert sales.contracts_to_date == len(won) > 0
    assert sales.revenue_to_date == pytest.approx(sum(row.amount for row in won))


def test_no_stay_between_an_unknown_day_and_a_seen_one_is_in_a_curve(weekly: Weekly, sites: list[TeamSite]) -> None:
    # In the second copy all but the new ones came to their first stage on a day that nobody says.
    first_gate = sites[1].rollup.tracks[0].card.gate_times[0]
    new = [row for id_, row in weekly.copies[1].items() if id_ not in weekly.copies[0] and row.n_reached > 1]
    assert first_gate.n_moved_on == len(new)
