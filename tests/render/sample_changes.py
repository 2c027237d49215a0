"""A team's changes for tests of pages: one of each kind, with what was rewritten and a year's weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sample_site import AS_OF, rollup

from milestone_reports.history.changes import Amount, Change, Flow, Kind, WhatChanged
from milestone_reports.history.rewritten import RestatedRow, RestatedWeek, Rewritten
from milestone_reports.history.snapshots import Copy
from milestone_reports.scorecards.pages import TeamRollup
from milestone_reports.scorecards.since import ChangesOfTeam, RepFlow, SetAnew, Trend, TrendWeek

THEN, NOW = Copy(date(2026, 11, 15), "week-46.xlsx"), Copy(AS_OF, "week-47.xlsx")
NONE = Amount()
WEEKS = tuple(
    TrendWeek(f"2026-W{n}", date.fromisocalendar(2026, n, 1), has_copy=n not in {40, 46}) for n in range(35, 48)
)


def flow(**parts: Amount | float) -> Flow:
    """147 open worth 7.7m, 12 new, 3 won, 2 lost: 154 open."""
    made = Flow(
        start=Amount(147, 7_700_000), new=Amount(12, 480_000), reopened=NONE, moved_in=NONE, won=Amount(3, 150_000),
        lost=Amount(2, 60_000), undated=NONE, removed=NONE, moved_out=NONE, revalued=-20_000.0,
        end=Amount(154, 7_950_000),
    )  # fmt: skip
    return replace(made, **parts)  # type: ignore[arg-type]


def change(kind: Kind, number: int = 1, **changes: object) -> Change:
    made = Change(
        kind,
        f"A-{number}",
        f"opp-A-{number}",
        f"Talbeck Steel {number}, Pumps",
        "Priya Raman",
        "New business",
        40_000.0,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


SLIPS = (
    change("slipped", 7, milestone="Proof", was=date(2026, 11, 20), now=date(2026, 11, 27), times=3),
    change("slipped", 8, milestone="Proof", was=date(2026, 11, 20), now=date(2026, 12, 20), times=1),
)
CHANGES = (
    change("won", 1, was="open", now="won"), change("lost", 2, was="open", now="no decision"), change("new", 3),
    change("advanced", 4, milestone="Proof", was="Discovery", now="Proof"), *SLIPS,
    change("reassigned", 5, was="Claire Dubois", now="Priya Raman"),
    change("revalued", 6, was=30_000.0, now=40_000.0), change("removed", 9, anchor="", was="open"),
)  # fmt: skip


def changed(n_weeks: int = 1, changes: tuple[Change, ...] = CHANGES) -> WhatChanged:
    return WhatChanged(THEN, n_weeks, flow(), changes)


LATE = Rewritten(
    "entered late", "A-4", "opp-A-4", "Talbeck Steel 4", "Priya Raman", "New business", "Proof", None,
    date(2026, 8, 5), THEN, NOW,
)  # fmt: skip
RESTATED = RestatedWeek(
    "2026-W32", date(2026, 8, 3), THEN, 9, 11,
    tuple(
        RestatedRow("entered late", f"A-{n}", f"opp-A-{n}", "Talbeck Steel", "Priya Raman", "New business", "Proof", 1)
        for n in (4, 5)
    ),
)  # fmt: skip


def trend(rep: str = "", **changes: object) -> Trend:
    values = tuple(None if week.week[-2:] in {"40", "46"} else 3.0 for week in WEEKS)
    made = Trend(rep, "priya-raman" if rep else "", "New business", "n_open", values, None, 3.0, None, "no copy")
    return replace(made, **changes)  # type: ignore[arg-type]


def team_page(changes: ChangesOfTeam) -> TeamRollup:
    return replace(rollup(), changes=changes)


def full() -> TeamRollup:
    return team_page(
        ChangesOfTeam(
            since=changed(3),
            by_rep=(RepFlow("Priya Raman", "priya-raman", flow()), RepFlow("Claire Dubois", "c", flow())),
            set_anew=(SetAnew("Priya Raman", "priya-raman", "New business", "milestones_this_year", 96.0, 84.0),),
            rewritten=(LATE,), restated=(RESTATED,), weeks=WEEKS,
            trends=(trend(), trend("Priya Raman"), trend("Claire Dubois", slug="c")),
        )
    )  # fmt: skip
