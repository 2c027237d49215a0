"""What a cell says, as a date, a number, a yes or no: read, or left out with what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from milestone_reports.domain.message import Message, message
from milestone_reports.domain.names import key, quoted
from milestone_reports.domain.problem import Level
from milestone_reports.workbook.cells import SINCE_1900, Broken, Cell
from milestone_reports.workbook.vocabulary import CURRENCY_SIGNS, NO, YES, says_nothing_yet

SERIALS = range(32874, 73051)
"""Serial numbers from 1990 to 2099, as counted from 1900: what a date in a General cell turns into."""

YEARS = range(1990, 2100)
MONTHS_A_YEAR = 12

MOST, LEAST = 1e15, 1e-6
"""No team sells for more; and what is less is nothing, where a number above 0 is asked for."""

MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "jan ene gen",
            "feb fev",
            "mar mrz mrt maer",
            "apr abr avr",
            "may mai mag mei maj",
            "jun juin giu",
            "jul juil lug",
            "aug ago aou",
            "sep set",
            "oct okt ott out",
            "nov",
            "dec dez dic",
        ),
        1,
    )
    for month in names.split()
}
"""What the months' names begin with in English, German, French, Spanish, Italian, Portuguese, Dutch and Swedish."""

ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
NUMERIC = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: .*)?")
NAMED = re.compile(
    r"(?:\w+\.?,? )?(\d{1,2})(?:st|nd|rd|th|er|º)?[-. ]+(?:of |de )?([^\W\d]+)\.?[-,' ]+(?:de )?(\d{4}|\d{2})"
    r"|(?:\w+\.?,? )?([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4}|\d{2})"
)
"""A date with the month's name after or before the day, and perhaps that of the weekday before both."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A cell that could not be taken as it stands: what was expected, how to mend it, and how much it costs."""

    rule: str
    expected: Message
    fix: Message
    level: Level = Level.ERROR


def found(cell: Cell) -> str:
    """What stands in a cell, for a sentence."""
    if isinstance(cell.value, Broken):
        text = cell.value.text
        return message("the error {error}", error=text) if text else message("a formula without a result")
    return quoted(cell.text)


def broken(cell: Cell) -> Unread | None:
    """A formula that gives an error or no result."""
    if not isinstance(cell.value, Broken):
        return None
    if cell.value.text:
        return Unread("error_cell", message("a value was expected"), message("mend the formula or type the value"))
    remedy = message("open the workbook in Excel and save it again")
    return Unread("not_calculated", message("a value was expected"), remedy)


def is_placeholder(cell: Cell) -> bool:
    """Whether the cell says that there is no value yet: blank, TBD, n/a, a dash."""
    return cell.is_blank or (isinstance(cell.value, str) and says_nothing_yet(cell.value))


def read_date(cell: Cell, *, day_first: bool | DateOrder) -> date | Unread | None:
    """The day a cell says; None where it says none yet."""
    value = cell.value
    if isinstance(value, date):
        return _in_range(value.date() if isinstance(value, datetime) else value)
    if error := broken(cell):
        return error
    if is_placeholder(cell):
        return None
    day = None
    if (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and int(value) + (cell.day_zero - SINCE_1900).days in SERIALS
    ):
        day = cell.day_zero + timedelta(days=int(value))
    elif isinstance(value, str):
        day = _from_text(value.strip(), day_first=day_first)
    if day:
        return _in_range(day)
    return Unread("date_not_read", message("a date was expected"), message("type a date such as 2026-11-16"))


def day_first_in(texts: Iterable[str]) -> bool | None:
    """Whether days stand before months, decided by the dates that can be read one way only; None where none tells."""
    days_first = months_first = 0
    for match in filter(None, map(NUMERIC.fullmatch, texts)):
        days_first += int(match[1]) > MONTHS_A_YEAR >= int(match[2])
        months_first += int(match[2]) > MONTHS_A_YEAR >= int(match[1])
    return None if bool(days_first) == bool(months_first) else bool(days_first)


@dataclass(frozen=True)
class DateOrder:
    """Whether dates typed as numbers have their day first; found out when the first such date is met.

    In nearly all workbooks none is, and looking through every cell for it would cost a tenth of the reading.
    """

    texts: Callable[[], Iterable[str]]
    """The texts of the workbook that may be dates."""
    in_locale: bool
    """What the locale says, where no text decides."""

    @cached_property
    def decided(self) -> bool | None:
        """What the texts say that can be read one way only; None where none tells."""
        return day_first_in(self.texts())

    def __bool__(self) -> bool:
        """Whether the day is first."""
        return self.in_locale if self.decided is None else self.decided


MONTH_FIRST = DateOrder(tuple, in_locale=False)


def reads_either_way(text: str) -> bool:
    """Whether a date of numbers alone could have its day or its month first."""
    match = NUMERIC.fullmatch(text)
    return match is not None and int(match[1]) <= MONTHS_A_YEAR >= int(match[2]) and match[1] != match[2]


def _in_range(day: date) -> date | Unread:
    if day.year in YEARS:
        return day
    expected = message("a date between {first} and {last} was expected", first=YEARS[0], last=YEARS[-1])
    return Unread("date_out_of_range", expected, message("correct the year"))


def _from_text(text: str, *, day_first: bool | DateOrder) -> date | None:
    if match := ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := NUMERIC.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        year = _year(match[3])
        day, month = (first, second) if day_first else (second, first)
        return _day(year, month, day) or _day(year, day, month)
    if match := NAMED.fullmatch(text):
        name, day_text, year_text = match[2] or match[4], match[1] or match[5], match[3] or match[6]
        number = month_number(name)
        return _day(_year(year_text), number, int(day_text)) if number else None
    return None


def month_number(name: str) -> int | None:
    """The month of that name, or of the short form of it."""
    return MONTHS.get(key(name)[:4]) or MONTHS.get(key(name)[:3])


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)  # noqa: PLR2004  a year of two digits


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_number(cell: Cell) -> float | Unread | None:
    """The number a cell says: a number, or text with a currency, separators, k or m, per cent, accounting negatives."""
    value = cell.value
    if error := broken(cell):
        return error
    if is_placeholder(cell):
        return None
    number = _number_from_text(value) if isinstance(value, str) else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        number = float(value)
    if number is not None and abs(number) > MOST:
        expected = message("a number up to {most} was expected", most=f"{MOST:,.0f}")
        return Unread("number_out_of_range", expected, message("correct the number"))
    if number is None:
        return Unread("number_not_read", message("a number was expected"), message("type the number alone"))
    return number


NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[-−+])?(?P<digits>\d[\d.,'’ ]*)"
    r"(?P<scale>[km]|tsd|mio|thousand|million)?\.?(?P<percent>%)?\)?"
)
CURRENCY = re.compile(
    r"(?:\b(?:us|ca|c|au|a|nz|s|hk))?\$|[€£¥₹]"
    r"|(?<![a-z])(?:usd|cad|aud|nzd|sgd|hkd|euro|eur|gbp|chf|sek|nok|dkk|pln|czk|jpy|inr|us|kr|fr|zł|kč)(?![a-z])\.?"
)
"""A currency typed beside a number."""
IN_THOUSANDS = re.compile(r"(?<![a-z])t(?=€|eur\b)")
"""German for thousands of euros: T€, TEUR."""
NO_CENTS = re.compile(r"[.,][-–—]{1,2}$")
"""What stands for no cents, as in 1.500,-."""
SCALES = {"": 1, "k": 1e3, "tsd": 1e3, "thousand": 1e3, "m": 1e6, "mio": 1e6, "million": 1e6}


def _number_from_text(text: str) -> float | None:
    bare = NO_CENTS.sub("", CURRENCY.sub("", _money(text)).replace("\u00a0", " ").strip())
    match = NUMBER.fullmatch(re.sub(r"\s+(?=[a-z%)])|(?<=[(\-−+])\s+", "", bare))
    if not match:
        return None
    digits = _plain_digits(match["digits"])
    if digits is None:
        return None
    number = float(digits) * SCALES[match["scale"] or ""] / (100 if match["percent"] else 1)
    return -number if match["open"] or (match["sign"] or "+") in "-−" else number


def _money(text: str) -> str:
    """The text in lower case, with its thousands apart from its currency."""
    return IN_THOUSANDS.sub("tsd ", text.casefold())


def _plain_digits(text: str) -> str | None:
    """The digits with a decimal point, whichever separators they were typed with; None where they cannot be told."""
    digits = re.sub(r"['’ ]", "", text.strip())
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return digits
    last = marks[-1]
    whole, _, rest = digits.rpartition(last)
    if len(set(marks)) == 1 and (len(marks) > 1 or len(rest) == 3):  # noqa: PLR2004  thousands come in threes
        groups = digits.split(last)
        return "".join(groups) if all(len(group) == 3 for group in groups[1:]) else None  # noqa: PLR2004  as above
    return f"{re.sub(r'[.,]', '', whole)}.{rest or 0}"


def read_currency(cell: Cell) -> str:
    """The letters of a currency, typed as such or as its sign; empty where the cell says none."""
    sign = CURRENCY_SIGNS.get(cell.text.casefold())
    return sign or ("" if is_placeholder(cell) else cell.text.upper())


def denies(text: str) -> bool:
    """Whether a text where evidence should stand says that there is none: no, an empty check box."""
    return len(text) <= LONGEST_NO and bool(text) and key(text) in NO


LONGEST_NO = 6
SHARED_SIGNS = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD"),
    "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK"),
}
OWN_SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "us": "USD", "us$": "USD", "fr": "CHF", "zł": "PLN", "kč": "CZK"}


def typed_currency(cell: Cell, expected: str) -> str:
    """The letters of a currency typed beside a number; of those that share a sign, the expected one where it is one."""
    match = CURRENCY.search(_money(cell.text)) if isinstance(cell.value, str) else None
    if not match:
        return ""
    sign = match[0].rstrip(".")
    shared = SHARED_SIGNS.get(sign)
    if shared:
        return expected if expected in shared else shared[0]
    return OWN_SIGNS.get(sign, sign.upper()[:3])


def read_yes(cell: Cell) -> bool | Unread:
    """Whether a cell says yes; blank is no."""
    if isinstance(cell.value, bool):
        return cell.value
    said = key(cell.text)
    if said in YES:
        return True
    if said in NO:
        return False
    return Unread("yes_or_no", message("yes or no was expected"), message("type yes or no"), Level.WARNING)
