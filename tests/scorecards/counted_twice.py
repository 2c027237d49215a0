"""Teams as the program has them and as plain loops do, and what it is for two figures to be the same.

They are the made-up ones of every kind of work, and a real export where it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import plainly
import plainly_ahead
import plainly_year
import pytest

from milestone_reports.domain.opportunity import Opportunity
from milestone_reports.domain.team import Team
from milestone_reports.scorecards.compose import team_site
from milestone_reports.scorecards.figures import Conversion, ExpectedRate, Rate
from milestone_reports.scorecards.pages import TeamSite, TeamTrack, TrackCard
from milestone_reports.workbook.example.write import ExampleKind, write_example
from workbooks import read, write_workbook

DATA = Path(os.environ.get("MILESTONE_REPORTS_DATA", Path(__file__).parents[3] / "shared" / "data"))
EXPORT = DATA / "crm_export_date_entered.xlsx"
COMPANION = """
    [Settings]
    Setting | Value
    Team | CRM team
    [Milestones]
    Milestone | Order
    Lead Generation | 1
    Qualified lead | 2
    Needs Assessment | 3
    Proposal/Quote Preparation | 4
    Negotiation | 5
    Closing | 6
"""


@dataclass(frozen=True)
class Case:
    """A team of one track on a day: a made-up one of a kind of work, or the export."""

    kind: ExampleKind | None
    as_of: date

    def __str__(self) -> str:
        return f"{self.kind.value if self.kind else 'export'} {self.as_of}"

    @cached_property
    def team(self) -> Team:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "team.xlsx"
            if self.kind is None:
                return read(EXPORT, self.as_of, companion=write_workbook(path, COMPANION)).team
            write_example(path, self.kind)
            return read(path, self.as_of).team

    @cached_property
    def site(self) -> TeamSite:
        return team_site(self.team, self.as_of)

    @property
    def track(self) -> TeamTrack:
        (track,) = self.site.rollup.tracks
        return track

    @property
    def name(self) -> str:
        return self.track.card.track

    @cached_property
    def history(self) -> plainly.History:
        day, months = self.as_of.toordinal(), self.team.settings.conversion_months
        return plainly.History(self.opportunities, self.team.track(self.name).n_milestones, day, months)

    @cached_property
    def opportunities(self) -> Sequence[Opportunity]:
        return [one for one in self.team.opportunities if one.track == self.name]

    @cached_property
    def frozen(self) -> plainly.Multiplier:
        first, _ = plainly_year.year_of(self.team, self.as_of)
        return plainly.multiplier(self.history.on(first.toordinal() - 1))

    @cached_property
    def worth(self) -> plainly_ahead.Worth:
        return plainly_ahead.in_money if self.in_money else plainly_ahead.one_contract

    @cached_property
    def in_money(self) -> bool:
        counts = any(quota.counts for quota in plainly_year.quotas(self.team, self.name, self.as_of))
        return not counts and any(row.value is not None for row in self.history.rows)

    def cards(self) -> Iterator[tuple[str, TrackCard]]:
        """The reps' cards; of a thousand every twentieth."""
        for card in self.site.reps[:: max(1, len(self.site.reps) // 50)]:
            yield card.rep, card.tracks[0]

    def of_rep(self, rep: str) -> list[plainly.Row]:
        return [row for row in self.history.rows if row.rep == rep]


def same(found: float | None, plain: float | None) -> None:
    """Equal to nine digits, or both absent."""
    assert found == (plain if plain is None else pytest.approx(plain, rel=1e-9, abs=1e-9))


def same_rate(found: Rate, passed: int, decided: int, enough_from: int) -> None:
    assert (found.passed, found.decided, found.enough) == (passed, decided, decided >= enough_from)
    share = passed / decided if decided else 0.0
    for (low, high), z in (
        ((found.low_95, found.high_95), plainly.Z_95),
        ((found.likely_low, found.likely_high), plainly.Z_80),
    ):
        wanted = plainly.wilson(share, decided, z)
        same(low, wanted[0])
        same(high, wanted[1])


def same_expected(found: ExpectedRate, plain: plainly.Expected) -> None:
    same(found.value, plain.value)
    assert found.says == plain.says
    if plain.value is None:
        return
    same(found.effective, plain.n)
    low, high = plainly.wilson(plain.value, plain.n, plainly.Z_95)
    same(found.low_95, low)
    same(found.high_95, high)


def assert_same_conversion(
    case: Case, lines: Sequence[Conversion], part: Sequence[plainly.Row], curves: Sequence[plainly.Curve]
) -> None:
    for k, line in enumerate(lines):
        plain = plainly.became(case.history, part, k + 1)
        counts = (line.reached, line.moved_on, line.lost_here, line.presumed_lost_here, line.open_here)
        assert counts == (plain.reached, plain.moved_on, plain.lost_here, plain.gone_here, plain.open_here)
        if line.to_next is None or line.to_sale is None or not line.expected_to_next or not line.expected_to_sale:
            assert k == case.history.k - 1
            continue
        to_next, to_sale = plain.moved_on + plain.lost_here + plain.gone_here, plain.won + plain.lost + plain.gone
        same_rate(line.to_next, plain.moved_on, to_next, 8)
        same_rate(line.to_sale, plain.won, to_sale, 10)
        assert line.to_sale_says == ("too early" if to_sale < 10 else "early" if to_sale < 30 else "plain")
        day = case.history.day
        same_expected(line.expected_to_next, plainly.expected(part, day, curves, k, k + 1))
        same_expected(line.expected_to_sale, plainly.expected(part, day, curves, k, len(curves)))
        shown = to_sale >= 10 and line.expected_to_sale.says != "too early"
        moves = shown and abs(plain.won / to_sale - (line.expected_to_sale.value or 0)) >= 0.05
        assert line.will_move == moves


def curves_of(case: Case, part: Sequence[plainly.Row]) -> list[plainly.Curve]:
    return [plainly.Curve(part, gate, case.history.day) for gate in range(case.history.k - 1)]


WITHOUT_EXPORT = pytest.mark.skipif(
    not EXPORT.exists(), reason="the export is not part of the project; MILESTONE_REPORTS_DATA names it"
)
every_case = pytest.mark.parametrize(
    "case",
    [
        Case(ExampleKind.NEW_BUSINESS, date(2026, 11, 22)),
        Case(ExampleKind.NEW_BUSINESS, date(2026, 6, 30)),
        Case(ExampleKind.NEW_BUSINESS, date(2025, 12, 31)),
        Case(ExampleKind.EXISTING_CLIENTS, date(2026, 5, 29)),
        Case(ExampleKind.BUSINESS_DEVELOPMENT, date(2026, 11, 22)),
        Case(ExampleKind.BUSINESS_DEVELOPMENT, date(2025, 9, 30)),
        Case(ExampleKind.PARTNER_RECRUITMENT, date(2026, 5, 15)),
        pytest.param(Case(None, date(2025, 3, 31)), marks=WITHOUT_EXPORT),
    ],
    ids=str,
)
"""Every test of a module: `pytestmark = every_case`."""
