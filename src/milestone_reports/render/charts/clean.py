"""From matplotlib's SVG to ours: marks with classes or hex colours, short numbers, nothing that could leak into a page.

Drawings use a stand-in colour for each token; here it becomes the medium's attributes. Style sheets, ids, metadata and
groups go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from xml.etree import ElementTree as ET

from milestone_reports.render.charts.frame import ChartSize
from milestone_reports.render.theme import tokens

_SVG = "{http://www.w3.org/2000/svg}"
_FAMILY = "Source Sans 3"
_PATH_PARTS = re.compile(r"[A-Za-z]|-?[\d.]+(?:e-?\d+)?")
_POINTS_OF = {"M": 1, "L": 1, "C": 3, "Q": 2, "z": 0}


@cache
def stand_ins() -> Mapping[str, str]:
    """The colour that stands in for each token while matplotlib draws."""
    return {token: f"#00{number:04x}" for number, token in enumerate(tokens(), start=1)}


@cache
def _tokens_by_stand_in() -> Mapping[str, str]:
    return {colour: token for token, colour in stand_ins().items()}


def clean(drawn: str, size: ChartSize, label: str) -> str:
    """The finished chart: matplotlib's marks in their order, under a root with a label for those who cannot see it."""
    root = ET.fromstring(drawn)  # noqa: S314  it reads only what matplotlib has just written
    marks = (_path(mark, size) if mark.tag == f"{_SVG}path" else _text(mark, size) for mark in _drawn_marks(root))
    return f"{_opening(size, label)}{''.join(marks)}</svg>"


def _drawn_marks(root: ET.Element) -> Iterator[ET.Element]:
    return (mark for mark in root.iter() if mark.tag in {f"{_SVG}path", f"{_SVG}text"})


def _opening(size: ChartSize, label: str) -> str:
    paint = size.paint
    family = f' xmlns="http://www.w3.org/2000/svg" font-family="{_FAMILY}"' if paint.medium == "print" else ""
    return (
        f'<svg{family} class="chart" role="img" aria-label="{escape(label)}"'
        f' viewBox="0 0 {_short(size.width)} {_short(size.height)}"'
        f' width="{paint.length(size.width)}" height="{paint.length(size.height)}" font-size="{_short(size.text)}">'
    )


def _path(mark: ET.Element, size: ChartSize) -> str:
    style = _style(mark)
    token_of = _tokens_by_stand_in()
    fill, stroke = token_of.get(style.get("fill", "")), token_of.get(style.get("stroke", ""))
    colours = size.paint.shape(fill=fill, stroke=stroke)
    return f'<path d="{_short_path(mark.get("d", ""))}" {colours}{_line_attributes(style) if stroke else ""}/>'


def _line_attributes(style: Mapping[str, str]) -> str:
    width = _short(float(style.get("stroke-width", "1")))
    dashes = [_short(float(part)) for part in style.get("stroke-dasharray", "").split(",") if part]
    return (f' stroke-width="{width}"' if width != "1" else "") + (
        f' stroke-dasharray="{" ".join(dashes)}"' if dashes else ""
    )


def _text(mark: ET.Element, size: ChartSize) -> str:
    style = _style(mark)
    anchor = style.get("text-anchor", "start")
    attributes = [
        f'x="{_short(float(mark.get("x", "0")))}"',
        f'y="{_short(float(mark.get("y", "0")))}"',
        size.paint.fill(_tokens_by_stand_in()[style["fill"]]),
        *([f'text-anchor="{anchor}"'] if anchor != "start" else []),
        *(['font-weight="600"'] if style.get("font-weight") == "600" else []),
    ]
    return f"<text {' '.join(attributes)}>{escape(mark.text or '', quote=False)}</text>"


def _style(mark: ET.Element) -> Mapping[str, str]:
    pairs = (part.partition(":") for part in mark.get("style", "").split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _short(value: float) -> str:
    """At most two decimals, no trailing zeros, no minus zero."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def _short_path(drawn: str) -> str:
    """The path with short numbers, and level and upright legs written as such."""
    parts = iter(_PATH_PARTS.findall(drawn))
    out: list[str] = []
    x, y = "", ""
    for command in parts:
        points = [(_short(float(next(parts))), _short(float(next(parts)))) for _ in range(_POINTS_OF[command])]
        out.append(_leg(command, points, x, y))
        x, y = points[-1] if points else (x, y)
    return "".join(out)


def _leg(command: str, points: list[tuple[str, str]], x: str, y: str) -> str:
    if command != "L":
        return command + " ".join(f"{across} {down}" for across, down in points)
    ((across, down),) = points
    if (across, down) == (x, y):
        return ""
    if down == y:
        return f"H{across}"
    return f"V{down}" if across == x else f"L{across} {down}"
