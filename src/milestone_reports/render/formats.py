"""The only place that turns a number, a date or money into text, in the team's locale and currency.

Must not know of pages or of how figures are computed. Month and weekday names are of the language being spoken;
separators, signs and the currency's place are the locale's.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING, Literal, Protocol

from babel import Locale, UnknownLocaleError
from babel.numbers import NumberPattern, get_currency_precision

from milestone_reports.render.language import gettext, pgettext, spoken_locale

if TYPE_CHECKING:
    from datetime import date, datetime

MINUS = "−"
DASH = "–"
"""Also the range sign, and what stands where there is no figure."""
DEFAULT_LOCALE = "en_US"
SMALLEST = Decimal("0.1")
HUNDRED = 100
THOUSAND, MILLION, BILLION = 10**3, 10**6, 10**9
SHORT_DIGITS = 3
LETTER_THEN_DIGIT = re.compile(r"([^\W\d_])(\d)")
LAST_DIGIT = re.compile(r"(\d)(?!.*\d)")


class Share(Protocol):
    """A Rate: counts, and their ratio where there is one."""

    @property
    def passed(self) -> int:
        """The part."""

    @property
    def decided(self) -> int:
        """The whole."""


@cache
def known_locale(name: str) -> Locale:
    """The locale of that name, else American English: a page is written in any case."""
    try:
        return Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return Locale.parse(DEFAULT_LOCALE)


@dataclass(frozen=True, slots=True)
class Formats:
    """Text for figures. One object a team; the patterns behind it are made once."""

    locale: str = DEFAULT_LOCALE
    currency: str = "USD"
    as_of: date | None = None
    """Days of another year than this one's are written with their year."""
    _locale: Locale = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_locale", known_locale(self.locale))

    @property
    def language_tag(self) -> str:
        """The locale as browsers name it: `de-DE`."""
        return str(self._locale).replace("_", "-")

    def count(self, value: float) -> str:
        """A whole number, halves up: `1,234`."""
        return self._decimal(rounded(value, 0), 0, 0)

    def number(self, value: float) -> str:
        """At most one decimal, `.0` left away: `96`, `48.6`; what would round to nothing is `<0.1`."""
        exact = rounded(value, 1)
        if value and not exact:
            return f"<{self._decimal(SMALLEST, 1, 1)}"
        return self._decimal(exact, 0, 1)

    def exact(self, value: float) -> str:
        """As many as four decimals, to compute with: `96`, `48.5517`."""
        return self._decimal(rounded(value, 4), 0, 4)

    def multiplier(self, value: float) -> str:
        """One decimal always, a second where it is needed to multiply by hand: `2.0`, `2.25`."""
        return self._decimal(rounded(value, 2), 1, 2)

    def signed(self, gap: float) -> str:
        """A whole gap with its sign, `+7`, `−3`, `0`; halves down, so that done less needed is what the page says."""
        whole = whole_gap(gap)
        return f"+{self.count(whole)}" if whole > 0 else self.count(whole)

    def gap_size(self, gap: float, tolerance: float) -> str:
        """A gap without its sign: whole, or with a decimal where it is hardly over the tolerance."""
        whole = abs(whole_gap(gap))
        return self.number(abs(gap)) if whole <= tolerance else self.count(whole)

    def money(self, value: float) -> str:
        """Exact: `$600,000`, cents only where there are any."""
        digits = get_currency_precision(self.currency)
        exact = rounded(value, digits)
        return self._money(exact, 0 if exact == exact.to_integral_value() else digits)

    def money_short(self, value: float) -> str:
        """Three digits from a million on, thousands below: `$2.86m`, `$674k`, `$950`; `$3m` when it is just that."""
        size = abs(Decimal(repr(float(value))))
        if size < THOUSAND:
            return self.money(float(rounded(value, 0)))
        thousands = rounded(float(size) / THOUSAND, 0)
        if thousands < THOUSAND:
            return self._short(thousands, 0, pgettext("thousand", "k"), negative=value < 0)
        size = significant(size, SHORT_DIGITS)
        billions = size >= BILLION
        suffix = pgettext("billion", "bn") if billions else pgettext("million", "m")
        unit = BILLION if billions else MILLION
        scaled = size / unit
        if abs(value) % unit == 0:
            return self._short(scaled, 0, suffix, negative=value < 0)
        return self._short(scaled, max(SHORT_DIGITS - 1 - scaled.adjusted(), 0), suffix, negative=value < 0)

    def percent(self, share: Share) -> str:
        """A whole percentage: 100 only when all passed, 0 only when none did; a dash of nothing."""
        return self.fraction(share.passed / share.decided) if share.decided else DASH

    def fraction(self, value: float) -> str:
        """A value from 0 to 1 as a percentage whose 0 and 100 are never rounded to."""
        percentage = rounded(value * HUNDRED, 0)
        if 0 < value < 1:
            percentage = min(max(percentage, Decimal(1)), Decimal(HUNDRED - 1))
        return self._percent(percentage)

    def counts(self, share: Share) -> str:
        """`14 of 26`."""
        return gettext("{part} of {whole}", part=self.count(share.passed), whole=self.count(share.decided))

    def share(self, share: Share) -> str:
        """Counts before the percentage: `14 of 26, 54%`."""
        return f"{self.counts(share)}, {self.percent(share)}" if share.decided else gettext("none yet")

    def likely(self, low: float, high: float) -> str:
        """A range of rates: `41%–66%`."""
        return f"{self.fraction(low)}{DASH}{self.fraction(high)}"

    def day(self, day: date) -> str:
        """`23 Oct`, with the year when it is not the as-of date's."""
        text = day_and_month(day, month_beside_day(day.month))
        return f"{text} {day.year}" if self.as_of and day.year != self.as_of.year else text

    def day_long(self, day: date, *, with_year: bool = False) -> str:
        """`31 December`, or `31 December 2026`."""
        text = day_and_month(day, month_name(day.month))
        return f"{text} {day.year}" if with_year else text

    def weekday(self, day: date) -> str:
        """`Mon`."""
        return day_name("abbreviated", day.weekday())

    def weekday_long(self, day: date) -> str:
        """`Monday`."""
        return day_name("wide", day.weekday())

    def week(self, name: str) -> str:
        """`W47` of `2026-W47`."""
        return pgettext("calendar week", "W{number}", number=self.week_number(name))

    def week_number(self, name: str) -> str:
        """`47` of `2026-W47`."""
        return str(int(name.rpartition("W")[2]))

    def week_range(self, first_on: date, last_on: date, *, with_year: bool = False) -> str:
        """`16–22 November`, `30 November–6 December`; with the year, or with both where they differ."""
        if first_on.year != last_on.year:
            return f"{self.day_long(first_on, with_year=True)}{DASH}{self.day_long(last_on, with_year=True)}"
        same_month = first_on.month == last_on.month
        first = pgettext("day of a month", "{day}", day=first_on.day) if same_month else self.day_long(first_on)
        return f"{first}{DASH}{self.day_long(last_on, with_year=with_year)}"

    def month(self, day: date) -> str:
        """`Nov`."""
        return month_short(day.month)

    def moment(self, moment: datetime) -> str:
        """`23 Nov 2026, 06:40`."""
        return f"{day_and_month(moment, month_beside_day(moment.month))} {moment.year}, {moment:%H:%M}"

    def _decimal(self, value: Decimal, least: int, most: int) -> str:
        pattern = with_decimals(self._locale.decimal_formats[None], least, most)
        return true_minus(pattern.apply(value, self._locale))

    def _percent(self, percentage: Decimal) -> str:
        pattern = with_decimals(self._locale.percent_formats[None], 0, 0)
        return true_minus(pattern.apply(percentage / HUNDRED, self._locale))

    def _money(self, value: Decimal, decimals: int) -> str:
        pattern = with_decimals(self._locale.currency_formats["standard"], decimals, decimals)
        text = pattern.apply(value, self._locale, currency=self.currency, currency_digits=False)
        return true_minus(LETTER_THEN_DIGIT.sub("\\1\u00a0\\2", text))

    def _short(self, scaled: Decimal, decimals: int, suffix: str, *, negative: bool) -> str:
        text = LAST_DIGIT.sub(rf"\1{suffix}", self._money(scaled, decimals))
        return MINUS + text if negative else text


def day_and_month(day: date, month: str) -> str:
    """`23 Oct` of a day and its month's name."""
    return gettext("{day} {month}", day=day.day, month=month)


def month_name(month: int) -> str:
    """`October` of 10."""
    return str(spoken_locale().months["format"]["wide"][month])


def month_beside_day(month: int) -> str:
    """`Oct` of 10, `Okt.` in German: in a date, with the full stop of an abbreviation where the language writes one."""
    return str(spoken_locale().months["format"]["abbreviated"][month])


def month_short(month: int) -> str:
    """`Oct` of 10: by itself, in a table or on an axis, without a full stop."""
    return month_beside_day(month).removesuffix(".")


def day_name(width: Literal["wide", "abbreviated"], weekday: int) -> str:
    """`Monday` or `Mon` of 0."""
    return str(spoken_locale().days["format"][width][weekday]).removesuffix(".")


def rounded(value: float, decimals: int) -> Decimal:
    """The figure as written, rounded with halves away from zero."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def significant(value: Decimal, digits: int) -> Decimal:
    """The value rounded to so many digits, halves up."""
    return value.quantize(Decimal(1).scaleb(value.adjusted() + 1 - digits), rounding=ROUND_HALF_UP)


def whole_gap(gap: float) -> int:
    """Done less the whole number that is shown as needed: halves go down."""
    return int((Decimal(repr(float(gap))) - Decimal("0.5")).to_integral_value(rounding=ROUND_CEILING))


@cache
def with_decimals(pattern: NumberPattern, least: int, most: int) -> NumberPattern:
    """The locale's pattern with as many decimals as are wanted, made once."""
    wanted = copy(pattern)
    wanted.frac_prec = (least, most)
    return wanted


def true_minus(text: str) -> str:
    """The text with a minus sign where the locale has a hyphen."""
    return text.replace("-", MINUS)
