from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_reports.render.formats import Formats, whole_gap
from milestone_reports.scorecards.figures import Rate

US = Formats("en_US", "USD", date(2026, 11, 22))
GERMAN = Formats("de_DE", "EUR", date(2026, 11, 22))


def rate(passed: int, decided: int) -> Rate:
    return Rate(passed, decided, enough=True, likely_low=0, likely_high=1, low_95=0, high_95=1)


@pytest.mark.parametrize(
    ("value", "text"),
    [(96.0, "96"), (48.55, "48.6"), (2.5, "2.5"), (1234.0, "1,234"), (0.0, "0"), (0.04, "<0.1"), (6.6667, "6.7")],
)
def test_a_number_has_at_most_one_decimal_and_never_a_trailing_zero(value: float, text: str) -> None:
    assert US.number(value) == text


def test_a_multiplier_always_has_a_decimal_and_a_second_where_it_is_needed() -> None:
    assert [US.multiplier(value) for value in (2.0, 2.5, 2.25)] == ["2.0", "2.5", "2.25"]


def test_a_gap_is_signed_with_a_true_minus() -> None:
    assert [US.signed(gap) for gap in (7.2, -2.74, 0.3, -0.4)] == ["+7", "−3", "0", "0"]


@given(done=st.integers(0, 500), needed=st.integers(0, 5000).map(lambda tenths: tenths / 10))
def test_done_less_the_needed_shown_is_the_gap_shown(done: int, needed: float) -> None:
    # 83 done, 85.5 needed: shown as 86, so the gap is shown as −3
    assert whole_gap(done - needed) == done - int(US.count(needed).replace(",", ""))


@pytest.mark.parametrize(("value", "text"), [(600_000, "$600,000"), (1234.5, "$1,234.50"), (-99, "−$99"), (0, "$0")])
def test_money_is_exact_with_cents_only_where_there_are_any(value: float, text: str) -> None:
    assert US.money(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2_862_500, "$2.86m"), (674_400, "$674k"), (999_600, "$1.00m"), (950, "$950"), (0, "$0"), (3_000_000, "$3m"),
        (12_345_678, "$12.3m"), (9_999_000, "$10.0m"), (-315_400, "−$315k"), (1_234_000_000, "$1.23bn"),
    ],
)  # fmt: skip
def test_short_money_has_three_digits_and_a_suffix(value: float, text: str) -> None:
    assert US.money_short(value) == text


def test_separators_signs_and_the_currencys_place_are_the_locales() -> None:
    assert GERMAN.money(1234.5) == "1.234,50\xa0€"
    assert GERMAN.money_short(2_862_500) == "2,86m\xa0€"
    assert GERMAN.number(1234.56) == "1.234,6"


@pytest.mark.parametrize("unknown", ["", "xx_YY_ZZ", "no such place", "12"])
def test_an_unknown_locale_is_written_as_american_english(unknown: str) -> None:
    assert Formats(unknown, "USD").money(1234) == "$1,234"


def test_a_currency_code_without_a_sign_keeps_its_distance() -> None:
    assert Formats("en_US", "CHF").money(1234) == "CHF\xa01,234"


@given(passed=st.integers(0, 3000), lost=st.integers(0, 3000))
def test_a_percentage_is_100_only_when_all_passed_and_0_only_when_none_did(passed: int, lost: int) -> None:
    text = US.percent(rate(passed, passed + lost))
    assert (text == "100%") == (lost == 0 and passed > 0)
    assert (text == "0%") == (passed == 0 and lost > 0)
    assert (text == "–") == (passed + lost == 0)


def test_a_share_gives_its_counts_before_the_percentage() -> None:
    assert US.share(rate(14, 26)) == "14 of 26, 54%"
    assert US.share(rate(0, 0)) == "none yet"
    assert US.likely(0.41, 0.66) == "41%–66%"


def test_a_day_names_its_year_only_when_it_is_not_the_as_of_dates() -> None:
    assert US.day(date(2026, 10, 23)) == "23 Oct"
    assert US.day(date(2027, 1, 5)) == "5 Jan 2027"
    assert US.day_long(date(2026, 12, 31)) == "31 December"
    assert US.weekday(date(2026, 11, 16)) == "Mon"
    assert US.weekday_long(date(2026, 11, 22)) == "Sunday"


def test_weeks_and_their_ranges_read_as_a_person_writes_them() -> None:
    assert US.week("2026-W07") == "W7"
    assert US.week_number("2026-W47") == "47"
    assert US.week_range(date(2026, 11, 16), date(2026, 11, 22)) == "16–22 November"
    assert US.week_range(date(2026, 11, 30), date(2026, 12, 6), with_year=True) == "30 November–6 December 2026"
    assert US.week_range(date(2026, 12, 28), date(2027, 1, 3)) == "28 December 2026–3 January 2027"


def test_a_moment_is_the_workbooks_own_clock() -> None:
    assert US.moment(datetime(2026, 11, 23, 6, 40)) == "23 Nov 2026, 06:40"  # noqa: DTZ001  a workbook's own clock
