"""Figures that the browser works out are written as render/formats.py writes them, in every locale."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from browser import Watched
from test_tables_in_a_browser import bench

from milestone_reports.render.formats import Formats

pytestmark = pytest.mark.system

EDGES = [0, 0.04, 0.05, 0.25, 0.95, 1, 1.005, 22.75, 949.5, 999.5, 999_499, 999_500, 1_005_000, 2e6, 999_999_999, 1e9]
RANDOM = Random(47)  # noqa: S311  the same figures in every run
FIGURES = [*EDGES, *(round(RANDOM.lognormvariate(8, 5), 2) for _ in range(300))]


@pytest.mark.parametrize(
    ("locale", "currency"),
    [("en_US", "USD"), ("en_GB", "GBP"), ("de_DE", "EUR"), ("fr_FR", "EUR"), ("es_ES", "EUR"),
     ("sv_SE", "SEK"), ("ja_JP", "JPY"), ("pl_PL", "PLN")],
)  # fmt: skip
def test_a_figure_is_written_as_the_pages_write_it(window: Watched, tmp_path: Path, locale: str, currency: str) -> None:
    formats = Formats(locale, currency)
    tab = window.open(bench(tmp_path, locale=formats.language_tag, currency=currency))
    forms = {"count": formats.count, "number": formats.number, "multiplier": formats.multiplier,
             "money": formats.money, "money-short": formats.money_short}  # fmt: skip
    for form, write in forms.items():
        written = tab.evaluate("([form, figures]) => figures.map(Figures.as[form])", [form, FIGURES])
        assert dict(zip(FIGURES, written, strict=True)) == {figure: write(figure) for figure in FIGURES}
    gaps = [*FIGURES, *(-figure for figure in FIGURES), -0.5, 0.5, 2.5, -2.5]
    written = tab.evaluate("gaps => gaps.map(Figures.as.signed)", gaps)
    assert written == [formats.signed(gap) for gap in gaps]
    shares = [0, 0.001, 0.005, 0.125, 0.5, 0.996, 0.9999, 1]
    written = tab.evaluate("shares => shares.map(Figures.as.percent)", shares)
    assert written == [formats.fraction(share) for share in shares]
