"""Names in Arabic and Hebrew: isolated in sentences, drawn joined and from the right in printed charts."""

from __future__ import annotations

from markupsafe import Markup

from milestone_reports.render.charts.canvas import Canvas
from milestone_reports.render.charts.frame import ChartSize
from milestone_reports.render.language import gettext
from milestone_reports.render.measures import text_width


def test_a_name_that_runs_from_right_to_left_is_isolated_in_a_sentence() -> None:
    assert gettext("{rep}, weekly scorecard", rep="محمد") == "\u2068محمد\u2069, weekly scorecard"
    assert gettext("{rep}, weekly scorecard", rep="שרה") == "\u2068שרה\u2069, weekly scorecard"


def test_other_names_and_markup_are_left_as_they_are() -> None:
    for name in ("Zoë", "Елена", "山田", Markup("<bdi>محمد</bdi>")):
        assert gettext("{rep}, weekly scorecard", rep=name) == f"{name}, weekly scorecard"


def test_such_a_text_is_outlines_in_a_printed_chart_and_text_on_the_screen() -> None:
    assert "<text" not in labelled("اكتشاف", ChartSize.on_paper(60, 30))
    assert "<path" in labelled("اكتشاف", ChartSize.on_paper(60, 30))
    assert ">اكتشاف</text>" in labelled("اكتشاف", ChartSize(200, 100))
    assert ">Proof</text>" in labelled("Proof", ChartSize.on_paper(60, 30))


def labelled(text: str, size: ChartSize) -> str:
    canvas = Canvas(size)
    canvas.text((10, 20), text, "ink", anchor="right")
    return canvas.svg("A label")


def test_what_has_no_width_of_its_own_is_given_none() -> None:
    assert text_width("\u2068Zoë\u2069", 8) == text_width("Zoë", 8)
    assert text_width("ดี", 8) == text_width("ด", 8)


def test_wide_letters_are_measured_wide_in_charts_though_the_typeface_has_none() -> None:
    assert Canvas(ChartSize(200, 100)).width_of("契約") == 2 * ChartSize(200, 100).text
