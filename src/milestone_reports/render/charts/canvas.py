"""A sheet to draw on: lines, filled and hollow boxes, dots and text in the units of the chart, y downwards.

The only module that imports matplotlib. Shapes are placed on the figure itself, not on axes: ticks and layout are what
makes matplotlib slow, and each chart has few enough to place by hand. Must not know what the marks stand for.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from io import StringIO

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager, get_font
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import TextPath, text_to_path
from matplotlib.transforms import Affine2D

from milestone_reports.render.charts.clean import clean, stand_ins
from milestone_reports.render.charts.frame import ChartSize
from milestone_reports.render.charts.labels import Anchor, Box, Point
from milestone_reports.render.language import RIGHT_TO_LEFT
from milestone_reports.render.measures import em_of
from milestone_reports.render.resources import fonts_folder

_DOTS_PER_INCH = 72
_MEASURED_AT = 100
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}


class Canvas:
    """One chart being drawn."""

    def __init__(self, size: ChartSize) -> None:
        self.size = size
        self._figure = Figure(
            figsize=(size.width / _DOTS_PER_INCH, size.height / _DOTS_PER_INCH), dpi=_DOTS_PER_INCH, frameon=False
        )
        self._downwards = Affine2D().scale(1, -1).translate(0, size.height)

    def width_of(self, text: str, *, strong: bool = False) -> float:
        """How wide the text is in the chart's typeface."""
        return _width_of(text, strong=strong) * self.size.text

    def line(
        self, points: Sequence[Point], colour: str, width: float = 1, *, dashes: tuple[float, float] | None = None
    ) -> None:
        """A line through the points; width and dashes in screen pixels, scaled with the text."""
        self.lines([points], colour, width, dashes=dashes)

    def lines(
        self,
        paths: Iterable[Sequence[Point]],
        colour: str,
        width: float = 1,
        *,
        dashes: tuple[float, float] | None = None,
    ) -> None:
        """Several lines of one kind, as one mark."""
        thickness = width * self.size.unit
        pattern = (0, tuple(dash * self.size.unit / thickness for dash in dashes)) if dashes else "solid"
        outline = [Path(path) for path in paths if len(path) > 1]
        if outline:
            self._add(outline, facecolor="none", edgecolor=stand_ins()[colour], linewidth=thickness, linestyle=pattern)

    def fill(self, boxes: Iterable[Box], colour: str) -> None:
        """Filled boxes of one colour, as one mark."""
        outline = [_outline(box) for box in boxes if box.right > box.left and box.bottom > box.top]
        if outline:
            self._add(outline, facecolor=stand_ins()[colour], linewidth=0)

    def frame(self, boxes: Iterable[Box], colour: str) -> None:
        """Hollow boxes of one colour, as one mark, their outlines inside them."""
        inset = self.size.unit / 2
        inner = (Box(box.left + inset, box.top + inset, box.right - inset, box.bottom - inset) for box in boxes)
        outline = [_outline(box) for box in inner if box.right > box.left and box.bottom > box.top]
        if outline:
            self._add(outline, facecolor="none", edgecolor=stand_ins()[colour], linewidth=self.size.unit)

    def dot(self, centre: Point, radius: float, colour: str) -> None:
        """A filled dot with a ring of paper around it."""
        self._figure.add_artist(
            Circle(
                centre,
                radius * self.size.unit,
                facecolor=stand_ins()[colour],
                edgecolor=stand_ins()["paper"],
                linewidth=1.4 * self.size.unit,
                transform=self._downwards,
            )
        )

    def text(self, at: Point, text: str, colour: str, *, anchor: Anchor = "left", strong: bool = False) -> None:
        """One line of text on its base line."""
        if self.size.paint.medium == "print" and RIGHT_TO_LEFT.search(text):
            self._outlines(at, text, colour, anchor=anchor, strong=strong)
            return
        self._figure.add_artist(
            Text(
                *at,
                text,
                color=stand_ins()[colour],
                fontproperties=_font(self.size.text, strong=strong),
                horizontalalignment=anchor,
                verticalalignment="baseline",
                transform=self._downwards,
                parse_math=False,
                usetex=False,
            )
        )

    def svg(self, label: str) -> str:
        """The finished chart."""
        drawn = StringIO()
        with (
            _other_scripts(),
            mpl.rc_context(
                {"svg.fonttype": "none", "svg.hashsalt": "charts", "path.simplify": False, "path.sketch": None}
            ),
        ):
            FigureCanvasSVG(self._figure).print_svg(drawn, metadata=_NO_METADATA)  # type: ignore[no-untyped-call]
        return clean(drawn.getvalue(), self.size, label)

    def _outlines(self, at: Point, text: str, colour: str, *, anchor: Anchor, strong: bool) -> None:
        """Text as shapes: the printer draws a chart's text letter by letter, from left to right, and joins none."""
        weight = 600 if strong else 400
        font = FontProperties(family=["Source Sans 3", "DejaVu Sans"], weight=weight, size=self.size.text)
        with _other_scripts():
            path = TextPath((0, 0), text, prop=font)
        width = path.get_extents().x1
        start = at[0] - {"left": 0.0, "center": width / 2, "right": width}[anchor]
        place = Affine2D().translate(start, self.size.height - at[1])
        self._figure.add_artist(PathPatch(path, facecolor=stand_ins()[colour], linewidth=0, transform=place))

    def _add(self, outline: Sequence[Path], **look: object) -> None:
        path = Path.make_compound_path(*outline)
        self._figure.add_artist(PathPatch(path, joinstyle="miter", capstyle="butt", transform=self._downwards, **look))


def _outline(box: Box) -> Path:
    corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom), (0, 0)]
    return Path(corners, [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY])


@contextmanager
def _other_scripts() -> Iterator[None]:
    """Text stays text in a chart, so the reader's machine has the letters that our typeface has not."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        yield


@cache
def _font(size: float, *, strong: bool) -> FontProperties:
    _register_fonts()
    return FontProperties(family="Source Sans 3", weight=600 if strong else 400, size=size)


@cache
def _register_fonts() -> None:
    for file in sorted(fonts_folder().glob("*.ttf")):
        fontManager.addfont(file)


@cache
def _width_of(text: str, *, strong: bool) -> float:
    """In ems: measured once at one size, so that print and screen agree; letters of other typefaces are estimated."""
    font = _font(_MEASURED_AT, strong=strong)
    ours = "".join(letter for letter in text if ord(letter) in _letters())
    width, _, _ = text_to_path.get_text_width_height_descent(ours, font, ismath=False)
    return float(width) / _MEASURED_AT + sum(em_of(letter) for letter in text if ord(letter) not in _letters())


@cache
def _letters() -> frozenset[int]:
    """The characters that our typeface has."""
    file = fontManager.findfont(_font(_MEASURED_AT, strong=False))
    return frozenset(get_font(file).get_charmap())
