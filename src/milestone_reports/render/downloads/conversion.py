"""The tables of what became of opportunities: conversion of the team, each rep, source and quarter, and gate times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from milestone_reports.render.downloads.csv import (
    Row,
    Table,
    expected_cells,
    expected_columns,
    rate_cells,
    rate_columns,
    team_and_reps,
)
from milestone_reports.scorecards.figures import Conversion
from milestone_reports.scorecards.pages import TeamSite


def conversion_tables(site: TeamSite) -> Mapping[str, Table]:
    """The tables by name."""
    return {
        "conversion": Table(CONVERSION, tuple(_conversion(site))),
        "velocity": Table(VELOCITY, tuple(_velocity(site))),
        "sources": Table(SOURCES, tuple(_sources(site))),
        "conversion_by_source": Table(BY_SOURCE, tuple(_by_source(site))),
        "quarters": Table(QUARTERS, tuple(_quarters(site))),
        "conversion_by_quarter": Table(BY_QUARTER, tuple(_by_quarter(site))),
    }


FUNNEL = (
    "milestone", "next_milestone", "reached", "moved_on", "lost_here", "presumed_lost_here", "open_here",
    *rate_columns("to_next"), *rate_columns("to_sale", "won"), "to_sale_says", "will_move",
    *expected_columns("expected_to_next"), *expected_columns("expected_to_sale"),
)  # fmt: skip


def _funnel(line: Conversion) -> Row:
    return (
        line.milestone, line.next_milestone, line.reached, line.moved_on, line.lost_here, line.presumed_lost_here,
        line.open_here, *rate_cells(line.to_next), *rate_cells(line.to_sale), line.to_sale_says, line.will_move,
        *expected_cells(line.expected_to_next), *expected_cells(line.expected_to_sale),
    )  # fmt: skip


CONVERSION = ("rep", "track", *FUNNEL, *rate_columns("rest_to_next"), *rate_columns("rest_to_sale", "won"))


def _conversion(site: TeamSite) -> Iterator[Row]:
    for whose, card in team_and_reps(site):
        for line in card.conversion:
            rest = (*rate_cells(line.rest_to_next), *rate_cells(line.rest_to_sale))
            yield whose, card.track, *_funnel(line), *rest


VELOCITY = (
    "rep", "track", "milestone", "next_milestone", "n_moved_on", "median_days", "ninth_days", "stalled_after",
    "presumed_lost_after", "n_stalled", "n_presumed_lost", "is_early",
)  # fmt: skip


def _velocity(site: TeamSite) -> Iterator[Row]:
    for whose, card in team_and_reps(site):
        for time in card.gate_times:
            yield (
                whose, card.track, time.milestone, time.next_milestone, time.n_moved_on, time.median_days,
                time.ninth_days, time.stalled_after, time.presumed_lost_after, time.n_stalled, time.n_presumed_lost,
                time.is_early,
            )  # fmt: skip


SOURCES = (
    "track", "source", "first_milestones", "lost", "presumed_lost", "open", *rate_columns("to_sale", "won"),
    "revenue", "revenue_per_first", "days_to_sale",
)  # fmt: skip


def _sources(site: TeamSite) -> Iterator[Row]:
    for track in site.rollup.tracks:
        for row in track.sources:
            yield (
                track.card.track, row.source, row.first_milestones, row.lost, row.presumed_lost, row.open,
                *rate_cells(row.to_sale), row.revenue, row.revenue_per_first, row.days_to_sale,
            )  # fmt: skip


BY_SOURCE = ("track", "source", *FUNNEL)


def _by_source(site: TeamSite) -> Iterator[Row]:
    for track in site.rollup.tracks:
        for row in track.sources:
            yield from ((track.card.track, row.source, *_funnel(line)) for line in row.conversion)


QUARTERS = (
    "track", "quarter", "first_on", "first_milestones", "lost", "presumed_lost", "open",
    *rate_columns("to_sale", "won"),
)  # fmt: skip


def _quarters(site: TeamSite) -> Iterator[Row]:
    for track in site.rollup.tracks:
        for quarter in track.quarters:
            yield (
                track.card.track, quarter.quarter, quarter.first_on, quarter.reached[0], quarter.lost,
                quarter.presumed_lost, quarter.open, *rate_cells(quarter.to_sale),
            )  # fmt: skip


BY_QUARTER = ("track", "quarter", *FUNNEL)


def _by_quarter(site: TeamSite) -> Iterator[Row]:
    for track in site.rollup.tracks:
        for quarter in track.quarters:
            yield from ((track.card.track, quarter.quarter, *_funnel(line)) for line in quarter.conversion)
