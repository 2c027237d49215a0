"""Charts and small marks: what stands where, in which words, and that nothing in them could leak into a page."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from jinja2 import Environment, FileSystemLoader
from sample_site import team_track as sample_track
from sample_site import track_card

from milestone_reports.render.charts.canvas import Canvas
from milestone_reports.render.charts.completions import weekly_completions
from milestone_reports.render.charts.frame import ChartSize
from milestone_reports.render.charts.labels import Box, nearest_clear, spread, wrapped
from milestone_reports.render.charts.revenue import revenue_against_target
from milestone_reports.render.charts.scale import round_values
from milestone_reports.render.charts.weeks import thirteen_weeks
from milestone_reports.render.charts.year import year_against_pace
from milestone_reports.render.formats import Formats
from milestone_reports.render.resources import templates_folder
from milestone_reports.render.theme import PRINT, SCREEN, Paint, colour_css, milestone_colours, print_colour, tokens
from milestone_reports.scorecards.figures import Pace, PathPoint, Rate, Ratio, Sales, Standing, WeekBar
from milestone_reports.scorecards.pages import NextWeekRow, Stamp, TeamTrack, TrackCard, WeekCompletions

WIDE, PHONE, PAPER = ChartSize(704, 300), ChartSize(342, 250), ChartSize.on_paper(108, 66)
STRIP, STRIP_PHONE, STRIP_PAPER = ChartSize(704, 150), ChartSize(342, 130), ChartSize.on_paper(108, 20)
WORDS = Formats(locale="en_US", currency="USD")
FOUR = ("Qualification", "Discovery", "Proof", "Contract")


def stamp(as_of: date = date(2026, 11, 22), year_first_on: date = date(2026, 1, 1)) -> Stamp:
    week_first_on = as_of - timedelta(days=as_of.weekday())
    return Stamp(
        team="Northwind Industrial",
        team_slug="northwind-industrial",
        as_of=as_of,
        week="2026-W47",
        week_first_on=week_first_on,
        week_last_on=week_first_on + timedelta(days=6),
        fiscal_year="2026",
        fiscal_year_first_on=year_first_on,
        fiscal_year_last_on=year_first_on.replace(year=year_first_on.year + 1) - timedelta(days=1),
        currency="USD",
        locale="en_US",
        paper="A4",
        workbook="pipeline.xlsx",
        saved_at=None,
        n_opportunities=0,
        n_rows=0,
        n_errors=0,
        n_warnings=0,
        n_notes=0,
        nothing_recorded=False,
        conversions_since=date(2024, 11, 23),
    )


def even_path(first_on: date, last_on: date, total: float) -> tuple[PathPoint, ...]:
    """A straight path: month by month from nothing on the first day to the total on the last."""
    days = (last_on - first_on).days
    months = (date(first_on.year + m // 12, m % 12 + 1, 1) for m in range(first_on.month, first_on.month + 12))
    between = [day for day in months if first_on < day < last_on]
    return tuple(PathPoint(day, total * (day - first_on).days / days) for day in (first_on, *between, last_on))


def steps(first_on: date, as_of: date, total: int) -> tuple[PathPoint, ...]:
    """`total` milestones, one at a time, evenly from the first day to the as-of date."""
    days = (as_of - first_on).days
    return tuple(PathPoint(first_on + timedelta(days=days * n // total), n) for n in range(1, total + 1))


def pace(done: Sequence[PathPoint], expected: Sequence[PathPoint], needed: float, standing: Standing) -> Pace:
    credited = int(done[-1].done) if done else 0
    return Pace(
        credited_to_date=credited,
        claimed_to_date=0,
        credited_without_quota=0,
        filling_adds=0,
        expected_to_date=needed,
        attainment=Ratio(credited, needed),
        gap=credited - needed if expected else None,
        milestones_a_week=2,
        milestones_this_year=expected[-1].done if expected else None,
        standing=standing,
        working_days_elapsed=0,
        working_days=261,
        weeks_left=0,
        required_run_rate=None,
        to_finish=0,
        last_13_weeks_a_week=0,
        done_path=tuple(done),
        expected_path=tuple(expected),
    )


def card(
    year: Pace,
    revenue: Sequence[PathPoint] = (),
    revenue_expected: float | None = None,
    milestones: tuple[str, ...] = FOUR,
) -> TrackCard:
    sales = Sales(
        contracts_to_date=0,
        contracts_without_quota=0,
        revenue_without_quota=0.0,
        contracts_expected=None,
        contracts_this_year=None,
        revenue_to_date=revenue[-1].done if revenue else 0,
        revenue_expected=revenue_expected,
        target_this_year=None,
        without_value=(),
        cancelled=0,
        cancelled_value=0,
        revenue_path=tuple(revenue),
    )
    return replace(
        track_card(), milestones=milestones, quota=None, pace=year, sales=sales, by_milestone=(), conversion=()
    )


def year_card(
    done: int, total: float, as_of: date = date(2026, 11, 22), first_on: date = date(2026, 1, 1)
) -> TrackCard:
    """A card with `done` by the as-of date against an even path to `total` at the year's end; no path for 0."""
    last_on = date(2026, 12, 31)
    expected = even_path(first_on, last_on, total) if total else ()
    needed = total * (as_of - first_on).days / (last_on - first_on).days
    gap = done - needed
    standing: Standing = "no quota" if not total else "on pace" if abs(gap) <= 2 else "ahead" if gap > 0 else "behind"
    return card(pace(steps(first_on, as_of, done) if done else (), expected, needed, standing))


def weeks(done: Sequence[int], planned_not_done: Sequence[int] = (), off: Sequence[int] = ()) -> tuple[WeekBar, ...]:
    """Weeks that end with W47; `off` counts from 0."""
    planned = [*planned_not_done, *([0] * (len(done) - len(planned_not_done)))]
    first = 48 - len(done)
    return tuple(
        WeekBar(f"2026-W{first + n:02d}", date(2026, 1, 5), done[n], planned[n], 2, n in off) for n in range(len(done))
    )


def team_track(
    done_by_week: Sequence[tuple[int, ...]],
    target: float | Sequence[float | None] | None,
    milestones: tuple[str, ...] = FOUR,
) -> TeamTrack:
    """A track with one target for all weeks, or one for each."""
    targets = target if isinstance(target, Sequence) else [target] * len(done_by_week)
    weekly = tuple(
        WeekCompletions(f"2026-W{n + 1:02d}", date(2025, 12, 29) + timedelta(weeks=n), done, asked, None)
        for n, (done, asked) in enumerate(zip(done_by_week, targets, strict=True))
    )
    nothing = NextWeekRow("", "", "New business", (0,) * len(milestones), 0, 0, None, 0.0)
    return replace(
        sample_track(),
        card=card(year_card(0, 0).pace, milestones=milestones),
        weekly=weekly,
        weekly_target=targets[-1],
        reps=(),
        next_week=(),
        next_week_team=nothing,
        revenue_expected_path=(),
    )


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  our own drawing, not someone else's file


def texts(svg: str) -> list[str]:
    return [text.text or "" for text in parsed(svg).iter() if text.tag.endswith("text")]


def text_at(svg: str, says: str) -> tuple[float, float]:
    (found,) = [text for text in parsed(svg).iter() if text.text == says]
    return float(found.attrib["x"]), float(found.attrib["y"])


def paths(svg: str, colour: str) -> list[str]:
    """The outlines of the marks whose class is exactly `colour`."""
    return [
        mark.attrib["d"] for mark in parsed(svg).iter() if mark.attrib.get("class") == colour and "d" in mark.attrib
    ]


def n_boxes(svg: str, colour: str) -> int:
    return sum(outline.count("M") for outline in paths(svg, colour))


def of_every_kind(medium: str) -> dict[str, str]:
    """Each chart once, at a size of the medium."""
    size, strip = (PAPER, STRIP_PAPER) if medium == "print" else (WIDE, STRIP)
    behind = year_card(83, 96)
    won = card(behind.pace, [PathPoint(date(2026, 3, 2), 64_000), PathPoint(date(2026, 9, 7), 386_000)], 535_000)
    target_path = even_path(date(2026, 1, 1), date(2026, 12, 31), 600_000)
    return {
        "year": year_against_pace(behind, stamp(), size, WORDS, "The year"),
        "revenue": revenue_against_target(won, target_path, stamp(), size, WORDS, "Revenue"),
        "weeks": thirteen_weeks(weeks([1] * 13, [1], [4]), 2, strip, WORDS, "Weeks"),
        "completions": weekly_completions(team_track([(3, 2, 1, 0)] * 47, 9), size, WORDS, "Completions"),
    }


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_nothing_in_a_chart_can_leak_into_a_page_or_break_a_strict_policy(medium: str) -> None:
    for svg in of_every_kind(medium).values():
        assert not re.search(r"style|<defs|clip|\bid=|metadata|<g|xlink|transform|DOCTYPE|#00000", svg)
        assert {mark.tag.rpartition("}")[2] for mark in parsed(svg)} == {"path", "text"}


def test_on_the_screen_every_mark_has_classes_and_no_colour_of_its_own() -> None:
    for svg in of_every_kind("screen").values():
        assert "#" not in svg
        assert all(re.fullmatch(r"[fs]-[a-z0-9-]+( s-[a-z0-9-]+)?", mark.attrib["class"]) for mark in parsed(svg))


def test_in_print_every_mark_has_hex_colours_and_the_typeface_stands_at_the_root() -> None:
    for svg in of_every_kind("print").values():
        root = parsed(svg)
        assert root.attrib["font-family"] == "Source Sans 3"
        assert (root.attrib["font-size"], root.attrib["width"]) == ("7", "306.14pt")
        assert all("class" not in mark.attrib for mark in root)
        assert all(re.fullmatch(r"#[0-9A-F]{6}|none", mark.attrib["fill"]) for mark in root)


def test_a_chart_is_labelled_for_those_who_cannot_see_it_and_its_label_is_escaped() -> None:
    svg = thirteen_weeks(weeks([1] * 13), 2, STRIP, WORDS, 'W47: 4 of "5" & <more>')
    assert svg.startswith('<svg class="chart" role="img" aria-label="W47: 4 of &quot;5&quot; &amp; &lt;more&gt;"')
    assert parsed(svg).attrib["aria-label"] == 'W47: 4 of "5" & <more>'


def test_the_same_figures_give_the_same_bytes_whatever_was_drawn_before() -> None:
    first = of_every_kind("screen")
    year_against_pace(year_card(3, 40), stamp(), PHONE, WORDS, "Another")
    assert of_every_kind("screen") == first


def test_a_name_with_markup_or_dollars_is_drawn_as_it_is_written() -> None:
    track = team_track([(1, 2)], None, ("Spend < $5 & $6", "Order"))
    assert "Spend < $5 & $6 1" in texts(weekly_completions(track, WIDE, WORDS, "x"))


def test_behind_pace_the_needed_stands_above_the_lines_and_the_done_below() -> None:
    # 96 * 325 / 364 = 85.7 needed by 22 November; 83 - 85.7 = -2.7
    svg = year_against_pace(year_card(83, 96), stamp(), WIDE, WORDS, "x")
    assert texts(svg)[-4:] == ["96", "86 needed by now", "83 done", "3 behind"]
    assert text_at(svg, "86 needed by now")[1] < text_at(svg, "83 done")[1] < text_at(svg, "3 behind")[1]


def test_ahead_of_pace_the_done_stands_above_the_lines_and_the_needed_below() -> None:
    svg = year_against_pace(year_card(120, 96), stamp(), WIDE, WORDS, "x")
    assert texts(svg)[-5:] == ["96", "120 done", "34 ahead", "86 needed", "by now"]
    assert text_at(svg, "34 ahead")[1] < text_at(svg, "86 needed")[1]


def test_within_a_weekly_quota_the_year_is_on_pace() -> None:
    assert "on pace" in texts(year_against_pace(year_card(85, 96), stamp(), WIDE, WORDS, "x"))


def test_what_is_still_to_come_is_dashed_and_at_the_years_end_nothing_is() -> None:
    year_end = date(2026, 12, 31)
    assert "stroke-dasharray" in year_against_pace(year_card(83, 96), stamp(), WIDE, WORDS, "x")
    over = year_against_pace(year_card(90, 96, year_end), stamp(year_end), WIDE, WORDS, "x")
    assert "stroke-dasharray" not in over
    assert [text for text in texts(over) if "96" in text] == ["96 needed by now"]


def test_without_a_quota_only_what_is_done_is_drawn() -> None:
    svg = year_against_pace(year_card(40, 0), stamp(), WIDE, WORDS, "x")
    assert texts(svg)[-1] == "40 done"
    assert not paths(svg, "s-ink")


def test_the_axis_has_the_fiscal_years_months_from_whichever_it_begins_in() -> None:
    path = even_path(date(2026, 7, 1), date(2027, 6, 30), 96)
    july = card(pace((), path, 38, "behind"))
    svg = year_against_pace(july, stamp(year_first_on=date(2026, 7, 1)), WIDE, WORDS, "x")
    months = [text for text in texts(svg) if re.fullmatch("[A-Z][a-z][a-z]", text)]
    assert months == ["Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun"]


def test_for_a_rep_who_started_in_the_year_the_axis_begins_in_that_month() -> None:
    svg = year_against_pace(year_card(0, 12, first_on=date(2026, 11, 16)), stamp(), WIDE, WORDS, "x")
    assert [text for text in texts(svg) if re.fullmatch("[A-Z][a-z][a-z]", text)] == ["Nov", "Dec"]
    # 15 of the 60 days from 1 November to 31 December lie before the start, a quarter of the axis.
    (done,) = paths(svg, "s-done")
    starts_at = float(re.findall(r"[\d.]+", done)[0])
    assert starts_at == pytest.approx(text_at(svg, "12")[0] / 4, abs=3)


@pytest.mark.parametrize("size", [WIDE, PHONE, PAPER], ids=["wide", "phone", "paper"])
@pytest.mark.parametrize("as_of", [date(2026, *day) for day in ((1, 1), (1, 11), (6, 30), (12, 22), (12, 31))], ids=str)
@pytest.mark.parametrize("share", [0, 0.5, 0.97, 1.05, 3])
def test_labels_neither_overlap_nor_leave_the_chart(size: ChartSize, as_of: date, share: float) -> None:
    needed = 1500 * (as_of - date(2026, 1, 1)).days / 364
    svg = year_against_pace(year_card(round(share * needed), 1500, as_of), stamp(as_of), size, WORDS, "x")
    boxes = text_boxes(svg, size)
    assert all(box.left >= -0.5 and box.right <= size.width + 0.5 and box.top >= -0.5 for box in boxes)
    assert not [(one, other) for n, one in enumerate(boxes) for other in boxes[n + 1 :] if one.meets(other)]


def text_boxes(svg: str, size: ChartSize) -> list[Box]:
    """Where each text's letters stand, by the typeface's own widths."""
    canvas = Canvas(size)
    boxes = []
    for text in parsed(svg).iter():
        if not text.tag.endswith("text"):
            continue
        width = canvas.width_of(text.text or "", strong="font-weight" in text.attrib)
        left = float(text.attrib["x"]) - width * {"middle": 0.5, "end": 1}.get(text.attrib.get("text-anchor", ""), 0)
        base = float(text.attrib["y"])
        boxes.append(Box(left, base - 0.7 * size.text, left + width, base + 0.2 * size.text))
    return boxes


def test_large_numbers_have_their_separators_and_the_unit_stands_once() -> None:
    shown = texts(year_against_pace(year_card(1437, 1500), stamp(), WIDE, WORDS, "x"))
    assert [text for text in shown if "milestones" in text] == ["1,500 milestones"]
    assert set(shown) >= {"1,437 done", "1,500"}


def test_revenue_is_in_money_against_the_target() -> None:
    won = card(
        year_card(0, 0).pace, [PathPoint(date(2026, 3, 2), 64_000), PathPoint(date(2026, 9, 7), 386_000)], 535_000
    )
    path = even_path(date(2026, 1, 1), date(2026, 12, 31), 600_000)
    shown = texts(revenue_against_target(won, path, stamp(), WIDE, WORDS, "x"))
    assert shown[-3:] == ["$600k target", "$535k needed by now", "$386k won"]
    assert "$400k" in shown


def test_revenue_without_a_target_is_the_line_of_what_is_won() -> None:
    won = card(year_card(0, 0).pace, [PathPoint(date(2026, 3, 2), 64_000)])
    svg = revenue_against_target(won, (), stamp(), WIDE, WORDS, "x")
    assert texts(svg)[-1] == "$64k won"
    assert not paths(svg, "s-ink")


def test_every_milestone_is_a_square_filled_when_done_hollow_when_planned_and_not_done() -> None:
    svg = thirteen_weeks(
        weeks([1, 2, 2, 1, 2, 3, 0, 1, 1, 1, 0, 3, 4], [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2, 2]), 2, STRIP, WORDS, "x"
    )
    assert n_boxes(svg, "f-done") == 21
    assert n_boxes(svg, "s-rule-2") == 6 + 1  # and the base line


def test_the_first_and_the_last_week_have_their_w_and_the_last_is_strong() -> None:
    svg = thirteen_weeks(weeks([1] * 13), 2.5, STRIP, WORDS, "x")
    assert texts(svg) == ["W35", *map(str, range(36, 47)), "W47", "target 2.5"]
    assert re.findall(r'font-weight="600">([^<]*)<', svg) == ["W47"]


def test_a_week_off_says_so_and_stays_empty() -> None:
    svg = thirteen_weeks(weeks([1] * 6 + [0] + [1] * 6, off=[6]), 2, STRIP, WORDS, "x")
    assert text_at(svg, "off")[0] == text_at(svg, "41")[0]
    assert n_boxes(svg, "f-done") == 12


def test_without_a_target_there_is_no_target_line() -> None:
    svg = thirteen_weeks(weeks([1] * 13), None, STRIP, WORDS, "x")
    assert not paths(svg, "s-ink")
    assert not [text for text in texts(svg) if "target" in text]


def test_counts_too_large_for_squares_become_bars_with_an_axis() -> None:
    svg = thirteen_weeks(weeks([0] + [40] * 12), 22, STRIP, WORDS, "x")
    assert n_boxes(svg, "f-done") == 12
    assert {"0", "20", "40", "target 22"} <= set(texts(svg))


def test_completions_are_stacked_in_the_milestones_colours_and_named_at_the_last_week() -> None:
    svg = weekly_completions(team_track([(1, 0, 0, 0), (3, 2, 1, 2)], 7), WIDE, WORDS, "x")
    assert [n_boxes(svg, f"f-m{number}") for number in (1, 2, 3, 4)] == [2, 1, 1, 1]
    heights = [
        text_at(svg, says)[1] for says in ("target 7", "Contract 2", "Proof 1", "Discovery 2", "Qualification 3")
    ]
    assert heights == sorted(heights)


def target_line(svg: str) -> list[str]:
    """Each stretch of the target's line as its legs: across to, up or down to; not the leader to its name."""
    return paths(svg, "s-ink")[0].split("M")[1:]


def test_a_weekly_target_that_never_changed_is_one_level_line() -> None:
    svg = weekly_completions(team_track([(1, 1, 1, 1)] * 47, 9), WIDE, WORDS, "x")
    (line,) = target_line(svg)
    assert re.fullmatch(r"[\d.]+ [\d.]+H[\d.]+", line)


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_a_weekly_target_steps_up_between_the_weeks_in_which_it_changed(size: ChartSize) -> None:
    track = team_track([(1, 1, 1, 1)] * 20, [6.0] * 10 + [9.0] * 10)
    svg = weekly_completions(track, size, WORDS, "x")
    (line,) = target_line(svg)
    legs = re.fullmatch(r"([\d.]+) ([\d.]+)H([\d.]+)V([\d.]+)H([\d.]+)", line)
    assert legs
    start, lower, step, higher, end = map(float, legs.groups())
    assert lower > higher
    # Ten of the twenty weeks lie before it; the last week has no gap behind it.
    assert (step - start) / (end - start) == pytest.approx(0.5, abs=0.01)
    assert "target 9" in texts(svg)


def test_on_paper_the_weekly_target_steps_too() -> None:
    size = ChartSize.on_paper(170, 50)
    level, stepped = (
        weekly_completions(team_track([(1, 1, 1, 1)] * 20, [first] * 10 + [9.0] * 10), size, WORDS, "x")
        for first in (9.0, 6.0)
    )
    outlines = [[mark.attrib["d"] for mark in parsed(svg) if "d" in mark.attrib] for svg in (level, stepped)]
    assert [sum(bool(re.fullmatch(r"M[\d. ]+H[\d.]+V[\d.]+H[\d.]+", d)) for d in one) for one in outlines] == [0, 1]


def test_where_nobody_had_a_quota_there_is_no_target_line_and_at_the_end_no_name_for_one() -> None:
    track = team_track([(1, 1, 1, 1)] * 9, [None, None, 4.0, 4.0, None, 8.0, 8.0, None, None])
    svg = weekly_completions(track, WIDE, WORDS, "x")
    assert [re.sub(r"[\d. ]+", "", line) for line in target_line(svg)] == ["H", "H"]
    assert not [says for says in texts(svg) if "target" in says]
    assert not paths(weekly_completions(team_track([(1, 1, 1, 1)] * 9, None), WIDE, WORDS, "x"), "s-ink")


def test_a_past_target_above_all_weeks_is_inside_the_chart() -> None:
    svg = weekly_completions(team_track([(1, 0, 0, 0)] * 9, [40.0] * 3 + [2.0] * 6), WIDE, WORDS, "x")
    start = re.match(r"[\d.]+ ([\d.]+)H", target_line(svg)[0])
    assert start
    assert float(start[1]) > WIDE.text


def test_names_at_the_last_week_keep_apart_when_nothing_was_done() -> None:
    svg = weekly_completions(team_track([(2, 2, 2, 2), (0, 0, 0, 0)], 1), WIDE, WORDS, "x")
    names = ("Contract 0", "Proof 0", "Discovery 0", "Qualification 0")
    heights = [text_at(svg, says)[1] for says in names]
    assert all(lower - upper >= WIDE.text for upper, lower in pairwise(heights))


def test_where_a_years_weeks_would_be_too_narrow_the_last_ones_are_drawn_and_counted() -> None:
    svg = weekly_completions(team_track([(1, 1, 1, 1)] * 47, 9), PHONE, WORDS, "x")
    (title,) = [text for text in texts(svg) if "milestones a week" in text]
    n_shown = int(title.removeprefix("milestones a week, last ").removesuffix(" weeks"))
    assert n_boxes(svg, "f-m1") == n_shown < 47


def test_gridlines_stand_at_round_values_and_there_is_always_one() -> None:
    assert tuple(round_values(96, 5)) == (20, 40, 60, 80)
    assert tuple(round_values(3, 6, whole=True)) == (1, 2, 3)
    assert tuple(round_values(40, 1)) == (20, 40)
    assert tuple(round_values(0, 5)) == ()
    assert tuple(round_values(0.4, 5, whole=True)) == ()


def test_a_label_moves_to_the_nearest_clear_place_and_stays_when_there_is_none() -> None:
    frame, box, wall = Box(0, 0, 100, 100), Box(10, 10, 20, 20), Box(0, 0, 26, 100)
    assert nearest_clear(box, (1, 1), frame, lambda place: not place.meets(wall)) == Box(28, 10, 38, 20)
    assert nearest_clear(box, (1, 1), frame, lambda _: False) == box


def test_labels_spread_in_their_order_and_within_their_bounds() -> None:
    assert list(spread([50, 50, 50], [10, 10, 10], 0, 55)) == [30, 40, 50]
    assert list(spread([10, 90], [10, 10], 0, 100)) == [10, 90]


def test_long_names_wrap_between_words_and_are_never_cut() -> None:
    assert list(wrapped("Mutual action plan agreed 3", 12, len)) == ["Mutual", "action plan", "agreed 3"]
    assert list(wrapped("Vertragsunterzeichnung 3", 12, len)) == ["Vertragsunterzeichnung", "3"]


def test_milestone_colours_are_the_designs_four_and_steps_on_the_same_path_otherwise() -> None:
    assert milestone_colours(4) == ("m1", "m2", "m3", "m4")
    assert [tokens()[name].light for name in milestone_colours(4)] == ["#469E99", "#0F7B95", "#1A4D7B", "#1D224A"]
    assert milestone_colours(2) == ("m1-of-2", "m2-of-2")
    six = [tokens()[name].light for name in milestone_colours(6)]
    assert (six[0], six[-1], len(set(six))) == ("#469E99", "#1D224A", 6)


def test_the_style_rules_name_every_token_in_light_and_dark_and_white_paper_in_print() -> None:
    css = colour_css({4, 5})
    for token in ("ink", "done", "m4", "m5-of-5"):
        assert f"--{token}:{tokens()[token].light};" in css
        assert f"--{token}:{tokens()[token].dark};" in css
        assert f".f-{token}{{fill:var(--{token})}}" in css
    assert "m1-of-6" not in css
    assert "@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){" in css
    assert "@media screen{:root[data-theme=dark]{color-scheme:dark;" in css
    assert print_colour("paper") == "#FFFFFF"


def test_sizes_and_words_are_known_before_the_drawing_library_is_loaded() -> None:
    code = "import sys, milestone_reports.render.charts.frame; print('matplotlib' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    assert done.stdout == "False\n"


MARKS = (
    Environment(loader=FileSystemLoader(templates_folder()), autoescape=True).get_template("marks.html.jinja").module
)


def mark(name: str, *arguments: object, **more: object) -> str:
    return str(getattr(MARKS, name)(*arguments, **more))


def rate(passed: int, decided: int, *, enough: bool = True) -> Rate:
    return Rate(passed, decided, enough, 0.4, 0.7, 0.3, 0.8)


@pytest.mark.parametrize("paint", [SCREEN, PRINT], ids=["screen", "print"])
def test_marks_are_hidden_from_screen_readers_and_coloured_as_the_medium_needs(paint: Paint) -> None:
    marks = (
        mark("bullet", 40, 33, 50, paint),
        mark("units", 2, 2, 2, paint),
        mark("interval", rate(14, 26), 0.71, paint),
        mark("spark", (1, 2, 3), 2, paint),
        mark("funnel", 201, 83, 69, 353, paint),
    )
    for svg in marks:
        root = parsed(svg)
        assert root.attrib["aria-hidden"] == "true"
        assert root.attrib["width"].endswith("pt") == (paint is PRINT)
        assert all(("class" in shape.attrib) == (paint is SCREEN) for shape in root)
        assert ("#" in svg) == (paint is PRINT)
        assert "style" not in svg


def test_a_bullet_has_a_bar_for_done_a_tick_for_the_quota_and_a_hairline_to_the_years() -> None:
    # 110 wide with .8 left free on either side: 108.4 / 50 = 2.168 a milestone; 22 done, 25 needed, 30 in the year.
    svg = mark("bullet", 22, 25, 50, SCREEN, year_quota=30)
    assert paths(svg, "f-done") == ["M0 5.4H47.7V14.6H0z"]
    assert paths(svg, "s-ink") == ["M54.2 1.2V18.8"]
    assert paths(svg, "s-rule-2") == ["M0 10.0H65.04"]


def test_a_bullet_of_nothing_has_no_bar_and_without_a_quota_no_tick_and_no_hairline() -> None:
    assert not paths(mark("bullet", 0, 2, 50, SCREEN), "f-done")
    alone = mark("bullet", 5, None, 50, SCREEN)
    assert [shape.attrib["class"] for shape in parsed(alone)] == ["f-done"]
    assert not list(parsed(mark("bullet", 0, None, 0, SCREEN)))


def test_units_are_squares_with_a_tick_at_the_target_and_bars_when_they_are_too_many() -> None:
    squares = mark("units", 4, 2, 2, SCREEN)
    assert (n_boxes(squares, "f-done"), n_boxes(squares, "s-rule-2"), len(paths(squares, "s-ink"))) == (4, 2, 1)
    bars = mark("units", 30, 12, 25, SCREEN)
    assert (n_boxes(bars, "f-done"), n_boxes(bars, "s-rule-2"), len(paths(bars, "s-ink"))) == (1, 1, 1)
    assert not list(parsed(mark("units", 0, 0, None, SCREEN)))


def test_an_interval_shows_the_dot_only_when_enough_is_decided() -> None:
    assert "<circle" in mark("interval", rate(14, 26), 0.71, SCREEN)
    for missing in (None, rate(3, 4, enough=False), rate(0, 0)):
        svg = mark("interval", missing, 0.71, SCREEN)
        assert "<circle" not in svg
        assert len(paths(svg, "s-ink")) == 1
    assert not paths(mark("interval", None, None, SCREEN), "s-ink")


def test_the_target_line_of_every_spark_is_at_one_height() -> None:
    lines = [
        paths(mark("spark", values, target, SCREEN), "s-ink")
        for values, target in (((1, 2), 2), ((9,) * 13, 2.5), ((), 4))
    ]
    assert lines[0] == lines[1] == lines[2] != []
    assert not paths(mark("spark", (1, 2), None, SCREEN), "s-ink")


def test_a_spark_higher_than_three_targets_stops_at_its_top() -> None:
    (last,) = paths(mark("spark", (20,), 2, SCREEN), "f-done")
    assert min(float(number) for number in re.findall(r"[\d.]+", last)) == 0.0


def test_a_funnel_leaves_out_what_there_is_none_of() -> None:
    assert [shape.attrib["class"] for shape in parsed(mark("funnel", 54, 0, 0, 353, SCREEN))] == ["f-done"]
    assert [shape.attrib["class"] for shape in parsed(mark("funnel", 0, 5, 0, 353, SCREEN))] == ["s-done"]
    assert not list(parsed(mark("funnel", 0, 0, 0, 0, SCREEN)))
