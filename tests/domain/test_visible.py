from __future__ import annotations

import pytest

from hostile_workbook import REAL_NAMES
from milestone_reports.domain.visible import LONGEST_NAME, MOST_MARKS, may_hide, visible


@pytest.mark.parametrize("name", REAL_NAMES)
def test_names_in_any_script_stay_as_they_are(name: str) -> None:
    assert visible(name) == name


def test_letters_of_persian_and_of_india_are_still_kept_apart_or_together() -> None:
    assert "\u200c" in visible("می‌خواهم")
    assert "\u200d" in visible("क्‍ष")


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("\u2066one\u2069 \u202btwo\u202c", "one two"),
        ("Al\u200bp\u2060h\ufeffa", "Alpha"),
        ("\u3164\u115f\uffa0\u2800", ""),
        ("a\x1b[2Jb\x07\x9b", "a[2Jb"),
        ("Dana\r\nBcc: x@evil.example", "Dana Bcc: x@evil.example"),
        ("one\u2028two\u2029three\x85four", "one two three four"),
        ("nul\0 half\ud83d no\uffff\U0001fffe", "nul half no"),
        ("plain\U000e0069\U000e0067", "plain"),
        (" \t two   words\n", "two words"),
    ],
)
def test_what_is_not_seen_is_left_out_and_lines_become_one(typed: str, seen: str) -> None:
    assert visible(typed) == seen


def test_a_letter_keeps_as_many_marks_as_any_script_puts_on_one() -> None:
    assert visible("e" + "\u0301" * 10_000 + "nd") == "e" + "\u0301" * MOST_MARKS + "nd"
    hebrew = "בְּרֵאשִׁ֖ית"
    assert visible(hebrew) == hebrew


def test_a_text_is_cut_where_it_is_too_long_to_be_read() -> None:
    assert visible("x" * LONGEST_NAME, LONGEST_NAME) == "x" * LONGEST_NAME
    assert visible("x" * 1_000_000, LONGEST_NAME) == "x" * (LONGEST_NAME - 1) + "…"


@pytest.mark.parametrize(("text", "hides"), [("plain", False), ("Größe", False), ("a\x07", True), ("a\u200bb", True)])
def test_nearly_all_that_people_write_needs_no_closer_look(text: str, hides: bool) -> None:
    assert may_hide(text) is hides
