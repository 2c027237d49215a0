"""Estimates of room on a printed page, and the setting they lead to."""

from __future__ import annotations

from dataclasses import replace

from sample_site import AS_OF, new_rep_card, next_week, opportunity, rep_card, rollup, stamp, team_track, track_card

from milestone_reports.render.card_room import DENSE_OPEN, ROOMY_TABLE, CardRoom, Fixed
from milestone_reports.render.formats import Formats
from milestone_reports.render.measures import n_lines, text_width
from milestone_reports.render.room import card_setting, end_of, team_setting
from milestone_reports.scorecards.pages import RepScorecard, TrackCard

US = Formats("en_US", "USD", AS_OF)


def test_a_text_is_as_wide_as_its_characters() -> None:
    # m is .88 of the size: ten of 10 points are 88 points, 88 * 25.4 / 72 = 31.04 mm
    assert round(text_width("m" * 10, 10), 2) == 31.04
    assert text_width("é", 10) == text_width("e", 10)
    assert text_width("漢", 10) > text_width("W", 10)


def test_lines_break_at_spaces_and_in_words_that_are_too_long() -> None:
    assert n_lines("", 50, 8) == 1
    assert n_lines("one two", 50, 8) == 1
    assert n_lines("one two three four five six seven", 30, 8) > 1
    assert n_lines("m" * 100, 30, 8) > 5


def test_blocks_that_do_not_fit_start_a_page() -> None:
    assert end_of([60, 30], 100) == (1, 90)
    assert end_of([60, 50], 100) == (2, 50)
    assert end_of([60, 50, 60], 100) == (3, 60)


def test_a_card_without_open_opportunities_is_one_page() -> None:
    setting = card_setting(new_rep_card(), US)
    assert not setting.break_before_open
    assert setting.with_reading


def first_page(card: RepScorecard, n_blocks: int) -> tuple[int, float]:
    """The page on which the first blocks of a card end."""
    room, setting = CardRoom(card, US), card_setting(card, US)
    fixed = Fixed(setting.n_lines, setting.chart_mm, setting.tight, setting.n_tracks)
    return end_of(room.fixed(fixed)[:n_blocks], room.height)


def test_a_usual_card_has_its_year_on_the_first_page_and_every_opportunity_on_the_second() -> None:
    # head with both weeks, lever, thirteen weeks, year; then conversion
    assert (first_page(rep_card(), 4)[0], first_page(rep_card(), 5)[0]) == (1, 2)
    setting = card_setting(rep_card(), US)
    assert (setting.n_open, setting.n_tracks) == (17, 1)
    assert setting.chart_mm >= 46


def test_a_short_card_has_all_its_figures_on_the_first_page() -> None:
    short = replace(all_credited()[0], forecast=())
    setting = card_setting(replace(rep_card(tracks=(short,)), next_week=next_week(2), this_week=next_week(2)), US)
    assert setting.break_before_open
    assert (setting.n_open, setting.dense) == (17, False)


def test_sixty_opportunities_are_dense_and_the_last_are_counted() -> None:
    setting = card_setting(rep_card(n_open=60), US)
    assert setting.dense
    assert 17 < setting.n_open < 60


def all_credited() -> tuple[TrackCard, ...]:
    """The article's example without a word about gaps under its table."""
    made = track_card()
    return (replace(made, pace=replace(made.pace, claimed_to_date=0)),)


def test_long_ledgers_are_cut_before_the_years_figures_leave_the_first_page() -> None:
    setting = card_setting(rep_card(n_planned=30, n_more=30, tracks=all_credited()), US)
    assert setting.n_lines < 30
    assert first_page(rep_card(n_planned=30, n_more=30, tracks=all_credited()), 4)[0] == 1


def test_letter_paper_leaves_less_height_than_a4() -> None:
    letter = card_setting(rep_card(made=stamp(paper="Letter"), tracks=all_credited()), US)
    assert letter.chart_mm < card_setting(rep_card(tracks=all_credited()), US).chart_mm


def test_what_is_said_under_the_milestones_takes_room() -> None:
    made = rep_card()
    with_gaps = CardRoom(made, US).year(made.tracks[0], 0, ROOMY_TABLE)
    (credited,) = all_credited()
    assert with_gaps - CardRoom(made, US).year(credited, 0, ROOMY_TABLE) > 4


def test_before_anything_is_recorded_a_card_is_one_page_without_a_year() -> None:
    made = rep_card(n_open=3, made=stamp(nothing_recorded=True))
    room = CardRoom(made, US)
    assert (room.weeks, room.lever(1)) == (0, 0)
    assert sum(room.fixed(Fixed(4, 60.0, tight=False, n_tracks=1))[1:]) == 0
    assert not card_setting(made, US).break_before_open


def test_a_lever_takes_room_and_its_strength_a_line_more() -> None:
    made = rep_card()
    (track,) = made.tracks
    assert track.focus
    alone = replace(made, tracks=(replace(track, focus=replace(track.focus, strength=None)),))
    room = CardRoom(made, US)
    assert room.lever(1) - CardRoom(alone, US).lever(1) > 4
    assert room.lever(0) == 0


def test_a_quota_on_the_web_card_alone_has_no_small_print() -> None:
    room = CardRoom(rep_card(), US)
    assert room.head(1) > room.head(0)


def test_flags_that_fill_their_column_take_a_second_line() -> None:
    room, plain = CardRoom(rep_card(), US), replace(opportunity(9), stalled=False)
    assert room.row(plain, DENSE_OPEN) == DENSE_OPEN.height(1)
    marked = replace(plain, overdue_days=30, stalled=True, presumed_lost=True, next_planned_on=None)
    assert room.row(marked, DENSE_OPEN) == DENSE_OPEN.height(2)


def test_terms_that_a_card_does_not_use_take_no_room_in_how_to_read_it() -> None:
    assert CardRoom(new_rep_card(), US).reading < CardRoom(rep_card(), US).reading


def test_tracks_that_no_setting_fits_are_left_to_the_web_card() -> None:
    wide = track_card()
    lines = wide.by_milestone * 2
    many = tuple(
        replace(wide, track=f"Track {n}", by_milestone=lines, conversion=wide.conversion * 2) for n in range(9)
    )
    setting = card_setting(rep_card(tracks=many), US)
    assert 0 < setting.n_tracks < 9


def test_a_large_team_is_printed_without_marks() -> None:
    assert team_setting(rollup(8)).with_marks
    assert not team_setting(rollup(tracks=(team_track(200),))).with_marks
