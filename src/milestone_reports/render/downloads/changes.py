"""The tables of what changed since the last copy, of dates and weeks that were rewritten, and of figures by week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from milestone_reports.history.changes import Flow
from milestone_reports.render.downloads.csv import TEAM, Row, Table
from milestone_reports.scorecards.pages import TeamSite


def change_tables(site: TeamSite) -> Mapping[str, Table]:
    """The tables by name."""
    return {
        "changes": Table(CHANGES, tuple(_changes(site))),
        "flow": Table(FLOW, tuple(_flow(site))),
        "rewritten": Table(REWRITTEN, tuple(_rewritten(site))),
        "restated": Table(RESTATED, tuple(_restated(site))),
        "trends": Table(TRENDS, tuple(_trends(site))),
    }


CHANGES = (
    "change", "rep", "track", "opportunity_id", "opportunity", "value", "milestone", "was", "now", "times_slipped",
    "since", "since_file",
)  # fmt: skip


def _changes(site: TeamSite) -> Iterator[Row]:
    since = site.rollup.changes.since
    if since is None:
        return
    for one in since.changes:
        yield (
            one.kind, one.rep, one.track, one.opportunity_id, one.label, one.value, one.milestone, one.was, one.now,
            one.times or None, since.since.as_of, since.since.file,
        )  # fmt: skip


PARTS = ("start", "new", "reopened", "moved_in", "won", "lost", "undated", "removed", "moved_out")
FLOW = ("rep", *(f"{name}{unit}" for name in PARTS for unit in ("", "_value")), "revalued_value", "end", "end_value")


def _flow(site: TeamSite) -> Iterator[Row]:
    changes = site.rollup.changes
    if changes.since:
        yield TEAM, *_parts(changes.since.flow)
    yield from ((row.rep, *_parts(row.flow)) for row in changes.by_rep)


def _parts(flow: Flow) -> Row:
    amounts = (getattr(flow, name) for name in PARTS)
    return (
        *(cell for amount in amounts for cell in (amount.n, amount.value)),
        flow.revalued,
        flow.end.n,
        flow.end.value,
    )


REWRITTEN = (
    "what", "rep", "track", "opportunity_id", "opportunity", "milestone", "was", "now", "was_in_copy_of",
    "was_in_file", "now_in_copy_of", "now_in_file",
)  # fmt: skip


def _rewritten(site: TeamSite) -> Iterator[Row]:
    for one in site.rollup.changes.rewritten:
        yield (
            one.kind, one.rep, one.track, one.opportunity_id, one.label, one.milestone, one.was, one.now,
            one.was_in.as_of, one.was_in.file, one.now_in.as_of, one.now_in.file,
        )  # fmt: skip


RESTATED = (
    "week", "first_on", "published_from_copy_of", "published_from_file", "done_published", "done_now", "why", "rep",
    "track", "opportunity_id", "opportunity", "milestone", "counts",
)  # fmt: skip


def _restated(site: TeamSite) -> Iterator[Row]:
    """One row a milestone that a past week counts now and did not, or the other way round."""
    for week in site.rollup.changes.restated:
        for one in week.rows:
            yield (
                week.week, week.first_on, week.said_in.as_of, week.said_in.file, week.published, week.now, one.why,
                one.rep, one.track, one.opportunity_id, one.label, one.milestone, one.counts,
            )  # fmt: skip


TRENDS = ("rep", "track", "figure", "week", "first_on", "has_copy", "value")


def _trends(site: TeamSite) -> Iterator[Row]:
    """One row a figure and week; the value is empty where a week has no copy."""
    changes = site.rollup.changes
    for trend in changes.trends:
        for week, value in zip(changes.weeks, trend.values, strict=True):
            yield trend.rep or TEAM, trend.track, trend.name, week.week, week.first_on, week.has_copy, value
