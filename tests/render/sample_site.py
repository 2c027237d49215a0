"""A made-up team's page data by a fixed arithmetic: the article's example rep among eight, week 47 of 2026.

Figures are plausible and consistent enough to lay out; that they follow from a workbook is tested elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import sample_insights as insights

from milestone_reports.scorecards.figures import (
    Conversion,
    ItemState,
    LedgerItem,
    MilestoneLine,
    OpenOpportunity,
    Pace,
    PathPoint,
    Quota,
    Rate,
    Ratio,
    Sales,
    StageQuota,
    Streak,
    WeekBar,
    WeekFigures,
)
from milestone_reports.scorecards.headlines import rep_headline, team_headline
from milestone_reports.scorecards.insights import BackOnPace, Capacity, Focus
from milestone_reports.scorecards.pages import (
    Attention,
    DataChecks,
    Definitions,
    FigureDefinition,
    Listing,
    NextWeekRow,
    ProblemLine,
    RepRow,
    RepScorecard,
    Stamp,
    TeamRollup,
    TeamSite,
    TeamTrack,
    TrackCard,
    TrackDefinition,
    WeekCompletions,
)

AS_OF = date(2026, 11, 22)
YEAR_START, YEAR_END = date(2026, 1, 1), date(2026, 12, 31)
MILESTONES = ("Qualification", "Discovery", "Proof", "Contract")
REPS = (
    "Anna Lindqvist", "Tomás Ferreira", "Marcus Webb", "Maximiliane von Hohenstein-Oberbergheim",
    "Ines Kovač", "Priya Raman", "Claire Dubois", "Daniel Okafor",
)  # fmt: skip
ACCOUNTS = (
    "Grindel Pumps", "Westmark Textiles", "Ashcombe Foods", "Lindholt Glass", "Yarrow Chemicals", "Talbeck Steel",
)  # fmt: skip
WORK = ("Weighbridge link", "Drive replacement, mill 2", "Line 4 conveyor retrofit", "Sealed pump programme")
BACK_ON_PACE = BackOnPace(3, 1, "2026-W51", date(2026, 12, 20))
LISTED = Listing(is_listed=True, nearest="")
LONG_WORK = "Replacement of the primary crushing line including civil works, commissioning and training"


def stamp(**changes: object) -> Stamp:
    """What every page carries."""
    made = Stamp(
        team="Northwind Industrial", team_slug="northwind-industrial", as_of=AS_OF, week="2026-W47",
        week_first_on=date(2026, 11, 16), week_last_on=AS_OF, fiscal_year="2026", fiscal_year_first_on=YEAR_START,
        fiscal_year_last_on=YEAR_END, currency="USD", locale="en_US", paper="A4",
        workbook="northwind-pipeline-2026.xlsx", saved_at=datetime(2026, 11, 23, 6, 40), n_opportunities=375,  # noqa: DTZ001  a workbook's own clock
        n_rows=377, n_errors=2, n_warnings=2, n_notes=1, conversions_since=date(2024, 11, 23), nothing_recorded=False,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def rate(passed: int, decided: int, least: int = 10) -> Rate:
    """A rate with a range that is about right."""
    share = passed / decided if decided else 0.5
    half = 1.28 * (share * (1 - share) / max(decided, 1)) ** 0.5 if decided else 0.5
    low, high = max(share - half, 0.0), min(share + half, 1.0)
    return Rate(passed, decided, decided >= least, low, high, max(share - 1.5 * half, 0), min(share + 1.5 * half, 1))


def quota(**changes: object) -> Quota:
    """The article's example: 600,000 / 50,000 = 12; 12 * 4 = 48; 48 * 2 = 96; 8 a month; 2 a week."""
    made = Quota(
        target_is="value", annual_target=600_000.0, average_contract_value=50_000.0, contracts_a_year=12.0,
        n_milestones=4, ideal_milestones_a_year=48.0, ideal_milestones_a_month=4.0, ideal_milestones_a_week=1.0,
        multiplier=2.0, multiplier_is="assumed", required_milestones_a_year=96.0, milestones_a_month=8.0,
        milestones_a_week=2.0, selling_weeks=48.0, counted_from=None, counted_to=None, target_this_year=600_000.0,
        contracts_this_year=12.0, milestones_this_year=96.0,
        stage_quotas=tuple(
            StageQuota(name, n, n) for name, n in zip(MILESTONES, (39.5, 26.6, 17.9, 12.0), strict=True)
        ),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def pace(credited: int, expected: float, this_year: float = 96.0, weekly: float = 2.0, seed: int = 1) -> Pace:
    """A year that ends where `credited` says, unevenly."""
    gap, random = credited - expected, Random(seed)  # noqa: S311  a drawing's unevenness
    days = sorted(random.sample(range(325), min(credited, 320)))
    per_day = credited / max(len(days), 1)
    path = tuple(PathPoint(YEAR_START + timedelta(days=day), round((n + 1) * per_day)) for n, day in enumerate(days))
    ends = [date(2026, month + 1, 1) - timedelta(days=1) for month in range(1, 12)]
    expect = (PathPoint(YEAR_START, 0.0), *(PathPoint(d, this_year * (d - YEAR_START).days / 365) for d in ends))
    return Pace(
        credited_to_date=credited, claimed_to_date=2, credited_without_quota=0, filling_adds=0,
        expected_to_date=expected,
        attainment=Ratio(credited, expected), gap=gap, milestones_a_week=weekly, milestones_this_year=this_year,
        standing="on pace" if abs(gap) <= weekly else "ahead" if gap > 0 else "behind", working_days_elapsed=232,
        working_days=261, weeks_left=5.3, required_run_rate=max(this_year - credited, 0) / 5.3,
        to_finish=max(this_year - credited, 0.0), last_13_weeks_a_week=1.6, done_path=path,
        expected_path=tuple(
            sorted((*expect, PathPoint(AS_OF, expected), PathPoint(YEAR_END, this_year)), key=lambda point: point.on)
        ),
    )  # fmt: skip


def without_quota(made: Pace) -> Pace:
    """The same year of a rep for whom no target is known."""
    return replace(
        made, gap=None, milestones_a_week=None, milestones_this_year=None, standing="no quota", weeks_left=None,
        required_run_rate=None, to_finish=None, expected_path=(), expected_to_date=0.0, attainment=Ratio(0, 0),
    )  # fmt: skip


def sales(contracts: int, this_year: float = 12.0) -> Sales:
    """Contracts of $48,000 each, spread over the year."""
    path = tuple(
        PathPoint(YEAR_START + timedelta(days=30 + 290 * n // max(contracts, 1)), 48_000.0 * (n + 1))
        for n in range(contracts)
    )
    return Sales(
        contracts_to_date=contracts, contracts_without_quota=0, revenue_without_quota=0.0,
        contracts_expected=this_year * 0.89, contracts_this_year=this_year,
        revenue_to_date=48_000.0 * contracts, revenue_expected=this_year * 50_000 * 0.89,
        target_this_year=this_year * 50_000, without_value=(), cancelled=0, cancelled_value=0.0, revenue_path=path,
    )  # fmt: skip


def conversion(scale: int = 1, *, team: bool = True) -> tuple[Conversion, ...]:
    """A funnel, `scale` times one rep's."""
    shapes = (("Qualification", 49, 28, 8, 13, 8), ("Discovery", 28, 14, 12, 2, 8), ("Proof", 14, 8, 4, 2, 8))
    rows = [
        Conversion(
            milestone=name, next_milestone=MILESTONES[index + 1], reached=reached * scale, moved_on=moved * scale,
            lost_here=lost * scale, presumed_lost_here=0, open_here=waiting * scale,
            to_next=rate(moved * scale, (moved + lost) * scale, 8),
            to_sale=rate(won * scale, (reached - waiting) * scale), to_sale_says="plain",
            expected_to_next=insights.expected(moved / reached), expected_to_sale=insights.expected(won / reached),
            will_move=index == 0,
            rest_to_next=rate(7 * moved, 9 * (moved + lost), 8) if team else None,
            rest_to_sale=rate(7 * won, 9 * reached) if team else None,
        )
        for index, (name, reached, moved, lost, waiting, won) in enumerate(shapes)
    ]  # fmt: skip
    sale = Conversion("Contract", None, 8 * scale, 0, 0, 0, 0, None, None, "plain", None, None, will_move=False)
    return (*rows, sale)


def track_card(
    track: str = "New business", *, credited: int = 83, scale: int = 1, with_quota: bool = True
) -> TrackCard:
    """One track, the article's quota times `scale`."""
    made = pace(credited, 85.7 * scale, 96.0 * scale, 2.0 * scale, seed=credited)
    asked, done = (33.2, 25.1, 16.8, 10.6), (40, 22, 13, 8)
    return TrackCard(
        track=track,
        milestones=MILESTONES,
        quota=quota() if with_quota and scale == 1 else None,
        pace=made if with_quota else without_quota(made),
        sales=sales(8 * scale, 12.0 * scale),
        by_milestone=tuple(
            MilestoneLine(name, n * scale, int(name == "Proof"), *(
                (q * scale, q * scale / 0.89, (n - q) * scale) if with_quota else (None, None, None)
            ))
            for name, n, q in zip(MILESTONES, done, asked, strict=True)
        ),
        conversion=conversion(scale, team=scale == 1),
        gates="in order", n_undated=0, multiplier=insights.multiplier(), average_contract=insights.average_contract(),
        gate_times=insights.gate_times(), forecast=insights.forecasts(scale),
        coaching=insights.own_gates() if scale == 1 else insights.ranked(),
        focus=insights.focus() if scale == 1 else None,
        back_on_pace=BACK_ON_PACE if scale == 1 and made.standing == "behind" else None, provenance=(),
    )  # fmt: skip


def ledger_item(index: int, state: ItemState, on: date, *, planned_here: bool = True, reason: str = "") -> LedgerItem:
    """A line of a week."""
    return LedgerItem(
        state=state, on=on, opportunity_id=f"O-{index}", account=ACCOUNTS[index % 6], opportunity=WORK[index % 4],
        track="New business", milestone=MILESTONES[index % 4], planned_on=on if planned_here else None,
        planned_here=planned_here, reason=reason,
    )  # fmt: skip


def week(name: str, first_on: date, items: Sequence[LedgerItem], **figures: float | None) -> WeekFigures:
    """A week and its lines."""
    made = WeekFigures(
        week=name, first_on=first_on, last_on=first_on + timedelta(days=6), done=0, claimed=0, planned=0,
        completed_of_planned=0, completed_early=0, beyond_plan=0, carried_over=0, plan=2, target=2.0,
        items=tuple(items),
    )  # fmt: skip
    return replace(made, **figures)  # type: ignore[arg-type]


def this_week(n_more: int = 0) -> WeekFigures:
    """Three of five planned, one more, one of them claimed; and `n_more` lines still to come."""
    monday = date(2026, 11, 16)
    items = [
        ledger_item(0, "done", monday + timedelta(days=1)),
        ledger_item(1, "done", monday + timedelta(days=4)),
        ledger_item(2, "claimed", monday + timedelta(days=4), reason="Discovery undated"),
        ledger_item(3, "done", monday + timedelta(days=3), planned_here=False),
        ledger_item(4, "carried", monday + timedelta(days=2)),
        ledger_item(5, "lost", monday + timedelta(days=3)),
        *(ledger_item(6 + n, "planned", monday + timedelta(days=6)) for n in range(n_more)),
    ]
    return week(
        "2026-W47", monday, items, done=3, claimed=1, planned=5, completed_of_planned=3, beyond_plan=1, carried_over=1
    )


def next_week(n_items: int = 4) -> WeekFigures:
    """What is planned, the first of it carried over."""
    monday = date(2026, 11, 23)
    items = [ledger_item(n, "planned", monday + timedelta(days=n % 5)) for n in range(n_items)]
    if items:
        items[0] = replace(items[0], state="carried", planned_on=date(2026, 11, 18), planned_here=False)
    return week("2026-W48", monday, items, planned=n_items, carried_over=min(n_items, 1))


def opportunity(index: int, rep: str = "Priya Raman", slug: str = "priya-raman") -> OpenOpportunity:
    """An open opportunity; the first ones are overdue."""
    reached = index % 4
    return OpenOpportunity(
        id=f"O-{index}", account=ACCOUNTS[index % 6], opportunity=LONG_WORK if index == 0 else WORK[index % 4], rep=rep,
        rep_slug=slug, track="New business", value=None if index == 5 else 109_000.0 - 1_500 * index, n_reached=reached,
        n_milestones=4, stage=MILESTONES[reached - 1] if reached else "", days_there=9 + 7 * index % 170,
        next_milestone=MILESTONES[reached],
        next_planned_on=None if index % 5 == 4 else AS_OF + timedelta(days=9 * index - 30),
        overdue_days=max(30 - 9 * index, 0), stalled=index in {3, 7}, presumed_lost=index == 7,
        evidence_missing=("Qualification",) if index == 6 else (),
        passed=tuple(n < reached for n in range(4)), claimed=("Qualification", "Discovery") if index == 6 else (),
        claimed_because="no evidence for Qualification" if index == 6 else "", cell=f"Opportunities, row {index + 2}",
    )  # fmt: skip


def bars() -> tuple[WeekBar, ...]:
    """Thirteen weeks, one of them off."""
    done = (1, 2, 2, 1, 2, 3, 0, 1, 1, 1, 0, 3, 4)
    first = date(2026, 8, 24)
    return tuple(
        WeekBar(f"2026-W{35 + n}", first + timedelta(weeks=n), count, n % 3 == 0, None if n == 6 else 2, n == 6)
        for n, count in enumerate(done)
    )


def rep_card(
    name: str = "Priya Raman", *, slug: str = "priya-raman", n_open: int = 17, n_planned: int = 4,
    tracks: Sequence[TrackCard] = (), new_this_week: bool = False, n_more: int = 0, made: Stamp | None = None,
) -> RepScorecard:  # fmt: skip
    """A rep's card; without `tracks`, the article's example."""
    cards = tuple(tracks) or (track_card(),)
    with_quota = any(card.quota for card in cards)
    weeks = [this_week(n_more), next_week(n_planned)]
    if new_this_week:
        weeks = [week("2026-W47", date(2026, 11, 16), ()), next_week(0)]
    if not with_quota:
        weeks = [replace(one, target=None, plan=None) for one in weeks]
    opportunities = tuple(opportunity(index, name, slug) for index in range(n_open))
    return RepScorecard(
        stamp=made or stamp(), rep=name, slug=slug, email="", manager="", is_listed=True, new_this_week=new_this_week,
        started_on=date(2026, 11, 16) if new_this_week else None,
        headline=rep_headline(weeks[0], cards, as_of=AS_OF, new_this_week=new_this_week),
        this_week=weeks[0],
        last_week=week("2026-W46", date(2026, 11, 9), (), done=3, planned=5, completed_of_planned=3),
        next_week=weeks[1], thirteen_weeks=bars(), streak=Streak(2, True, 6, "2026-W47", 4) if with_quota else None,
        tracks=cards, open=opportunities, open_value=sum(one.value or 0.0 for one in opportunities),
        attention=attention(opportunities), n_problems=1,
    )  # fmt: skip


def attention(opportunities: Sequence[OpenOpportunity]) -> Attention:
    """What of them asks for something."""
    return Attention(
        n_overdue=sum(one.overdue_days > 0 for one in opportunities),
        n_stalled=sum(one.stalled and not one.presumed_lost for one in opportunities),
        n_presumed_lost=sum(one.presumed_lost for one in opportunities),
        presumed_lost_value=sum(one.value or 0.0 for one in opportunities if one.presumed_lost),
        n_without_plan=sum(one.next_planned_on is None for one in opportunities),
        n_evidence_missing=sum(bool(one.evidence_missing) for one in opportunities),
    )


def new_rep_card() -> RepScorecard:
    """Ines Kovač, who started on Monday: counted from 16 November, nothing measured yet."""
    start = date(2026, 11, 16)
    fresh = replace(
        pace(0, 1.8, 12.1), last_13_weeks_a_week=0.0, claimed_to_date=0, standing="on pace",
        expected_path=(PathPoint(start, 0.0), PathPoint(AS_OF, 1.8), PathPoint(YEAR_END, 12.1)),
    )  # fmt: skip
    empty = tuple(
        replace(
            row,
            reached=0,
            moved_on=0,
            lost_here=0,
            open_here=0,
            to_next=row.to_next and rate(0, 0),
            to_sale=None,
            to_sale_says="too early",
            expected_to_next=row.expected_to_next and insights.nothing_decided(),
            expected_to_sale=row.expected_to_sale and insights.nothing_decided(),
            will_move=False,
        )
        for row in conversion()
    )
    card = replace(
        track_card(), pace=fresh, sales=sales(0, 1.5), conversion=empty,
        quota=quota(counted_from=start, milestones_this_year=12.1, contracts_this_year=1.5),
        by_milestone=tuple(MilestoneLine(name, 0, 0, 0.5, 3.0, -0.5) for name in MILESTONES),
        coaching=(), focus=Focus(None, None), forecast=insights.forecasts(0),
    )  # fmt: skip
    made = rep_card("Ines Kovač", slug="ines-kovac", n_open=0, tracks=(card,), new_this_week=True)
    return replace(
        made,
        thirteen_weeks=(),
        streak=replace(made.streak, weeks=0, best_weeks=0, best_week="", best_week_done=0) if made.streak else None,
    )


def rep_row(index: int, n_reps: int) -> RepRow:
    """A line of the roll-up."""
    name = REPS[index] if index < len(REPS) else f"Rep number {index + 1}"
    slug = name.lower().replace(" ", "-").replace("á", "a").replace("č", "c")
    gap = 7.0 - 30.0 * index / max(n_reps - 1, 1)
    is_new = name == "Ines Kovač"
    return RepRow(
        rep=name, slug=slug, track="New business", started_on=date(2026, 11, 16) if is_new else None,
        listing=LISTED, new_this_week=is_new, done=0 if is_new else (5 - index) % 6, claimed=int(index == 1),
        planned=(index + 4) % 6,
        completed_of_planned=min((5 - index) % 6, (index + 4) % 6), target=2.0 if index % 3 else 2.5,
        thirteen_weeks=() if is_new else tuple((index * 3 + n * 5) % 6 for n in range(13)),
        credited_to_date=max(round(85.7 + gap), 0), expected_to_date=85.7, milestones_this_year=96.0, gap=gap,
        standing="ahead" if gap > 2 else "behind" if gap < -2 else "on pace", contracts_to_date=13 - index % 8,
        contracts_this_year=1.5 if is_new else 12.0,
        revenue_to_date=0.0 if is_new else 674_500.0 - 51_000 * (index % 8),
        target_this_year=600_000.0, to_sale=rate(0, 0) if is_new else rate(8 - index % 5, 6 if index == 3 else 36),
        n_open=17, n_overdue=index % 4, n_claimed=(index + 1) % 3, n_stalled=index % 3, n_presumed_lost=index % 2,
        starts=33 - index, starts_due=34.0,
    )  # fmt: skip


def team_track(n_reps: int = 8, track: str = "New business") -> TeamTrack:
    """One track of the team."""
    counts = [(3 + n % 6, n % 5, n % 4, n % 3) for n in range(1, 48)]
    weeks = tuple(
        WeekCompletions(
            f"2026-W{n:02d}", date(2025, 12, 29) + timedelta(weeks=n - 1), done, 2.0 * n_reps, sum(done) >= 2 * n_reps
        )
        for n, done in enumerate(counts, 1)
    )
    rows = tuple(rep_row(index, n_reps) for index in range(n_reps))
    return TeamTrack(
        card=track_card(track, credited=627 if n_reps > 1 else 83, scale=n_reps), n_reps=n_reps, weekly=weeks,
        weekly_target=2.0 * n_reps, reps=rows,
        next_week_team=NextWeekRow("", "", track, (9, 9, 8, 4), 30, 4, 2.0 * n_reps, 576_000.0),
        next_week=tuple(
            NextWeekRow(
                row.rep, row.slug, track, planned=(n % 2, n % 3, 1, n % 2), n_planned=1 + 2 * (n % 2) + n % 3,
                carried_over=n % 2, target=2.0, value=48_000.0 * (n % 4),
            )
            for n, row in enumerate(rows)
        ),
        revenue_expected_path=(
            PathPoint(YEAR_START, 0.0), PathPoint(AS_OF, 534_000.0 * n_reps), PathPoint(YEAR_END, 600_000.0 * n_reps)
        ),
        false_flags=0.3, backtest=insights.backtest(), demand=insights.demand(), sources=insights.sources(),
        quarters=insights.quarters(), plan=insights.plan(), levers=insights.levers(), what_if=insights.what_if(),
    )  # fmt: skip


def rollup(n_reps: int = 8, tracks: Sequence[TeamTrack] = (), made: Stamp | None = None) -> TeamRollup:
    """The team's page."""
    team_tracks = tuple(tracks) or (team_track(n_reps),)
    now = replace(
        this_week(), done=15, claimed=1, planned=23, completed_of_planned=13, beyond_plan=3, target=17.1, plan=17
    )
    overdue = tuple(opportunity(index % 3, REPS[index % 8], "priya-raman") for index in range(12))
    return TeamRollup(
        stamp=made or stamp(),
        headline=team_headline(now, [one.card for one in team_tracks], as_of=AS_OF),
        this_week=now, last_week=now, next_week=replace(next_week(), planned=23, carried_over=7, target=17.1),
        team_annual_target=5_000_000.0, tracks=team_tracks,
        capacity=Capacity(5_000_000.0, 4_800_000.0, -200_000.0), overdue=overdue,
        stalled=tuple(one for one in map(opportunity, range(12)) if one.stalled),
        attention=attention([*overdue, opportunity(7)]), n_open=147,
        open_value=7_700_000.0, n_claimed=9,
    )  # fmt: skip


def problem(level: str, rule: str, cell: str, **changes: object) -> ProblemLine:
    """A finding."""
    made = ProblemLine(
        level=level, rule=rule, cell=cell, label="Eskmere Breweries, Drive replacement",  # type: ignore[arg-type]
        found="'18 Nov 2062' is more than a year away", expected="a date", done="The date was left out",
        fix="type the day it was completed", rep="Daniel Okafor", rep_slug="daniel-okafor", also=(), sentence="",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def checks(made: Stamp | None = None) -> DataChecks:
    """Five findings of three levels."""
    return DataChecks(
        made or stamp(),
        (
            problem("error", "row_twice", "Opportunities, row 212", rep="Claire Dubois", rep_slug="claire-dubois"),
            problem("error", "rep_unknown", "Opportunities!D301", rep="", rep_slug=""),
            problem("warning", "date_is_text", "Opportunities!G17", also=("Opportunities!G18", "Opportunities!G19")),
            problem("warning", "date_in_future", "Opportunities!J255"),
            problem(
                "note", "source_empty", "Opportunities!E36", also=tuple(f"Opportunities!E{n}" for n in range(37, 60))
            ),
        ),
    )


def definitions() -> Definitions:
    """One track and two figures."""
    agreed = (
        "The buyer names the problem",
        "The buyer shows the plant",
        "The buyer accepts the test",
        "Both have signed",
    )
    says = ("Milestones that the quota asks for", "quota * elapsed / days", "a number a rep and track", "milestones")
    figures = tuple(
        FigureDefinition(name, *says, "no quota: none", "method.md §3") for name in ("expected_to_date", "attainment")
    )
    track = TrackDefinition("New business", MILESTONES, agreed, (False, False, True, True))
    return Definitions(stamp(), (track,), figures)


def team_site() -> TeamSite:
    """Everything that one workbook's pages say."""
    return TeamSite(stamp(), rollup(), (rep_card(), new_rep_card()), checks(), definitions(), ())
