"""A text with its parts kept: English to Python, copied with what was filled in."""

from __future__ import annotations

import pickle
from datetime import date

from milestone_reports.domain.message import message


def test_a_day_in_a_message_is_written_as_in_the_workbook_and_kept_as_a_day() -> None:
    sold = message("sold on {day} and marked as lost", day=date(2026, 11, 12))
    assert sold == "sold on 2026-11-12 and marked as lost"
    copied = pickle.loads(pickle.dumps(sold))  # noqa: S301  made just here
    assert (copied, copied.pattern, copied.values) == (sold, sold.pattern, {"day": date(2026, 11, 12)})
