"""The colour tokens of the look, and how a mark in SVG is given one: by class on the screen, by hex on paper.

On the screen a class lets the style sheet choose light or dark and needs no inline style; in print there is no `var()`
inside SVG. Must not know of charts, pages or figures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from milestone_reports.domain.track import MOST_MILESTONES
from milestone_reports.render.oklch import steps_on_path

Medium = Literal["screen", "print"]


@dataclass(frozen=True, slots=True)
class Colour:
    """One token's colour on light paper and on dark."""

    light: str  #: as #RRGGBB
    dark: str  #: as #RRGGBB


@dataclass(frozen=True, slots=True)
class Accent:
    """The colour of what is done, and its pale ground."""

    done: Colour  #: text, lines and marks
    done_soft: Colour  #: the ground of what is marked


HOUSE_ACCENT = Accent(Colour("#006375", "#57BCC7"), Colour("#D6EDF1", "#173239"))

_BASE = {
    "paper": Colour("#FDFCF9", "#14181C"),
    "ink": Colour("#161B20", "#EAE8E3"),
    "ink-2": Colour("#474E55", "#BAB7B2"),
    "ink-3": Colour("#666D74", "#8E9398"),
    "rule": Colour("#DBD9D5", "#32363A"),
    "rule-2": Colour("#908D88", "#656A6F"),
    "done": HOUSE_ACCENT.done,
    "done-soft": HOUSE_ACCENT.done_soft,
    "attn": Colour("#A53D1A", "#EE8F63"),
}
_FOUR_MILESTONES = (
    Colour("#469E99", "#5970A4"),
    Colour("#0F7B95", "#5A9EC5"),
    Colour("#1A4D7B", "#74CBD4"),
    Colour("#1D224A", "#C0F0E9"),
)
_PRINT_PAPER = "#FFFFFF"


def milestone_colours(n_milestones: int) -> tuple[str, ...]:
    """The token of each milestone of a track, in order: `m1` to `m4` for four, else `m1-of-5` and so on."""
    if n_milestones == len(_FOUR_MILESTONES):
        return tuple(f"m{number}" for number in range(1, n_milestones + 1))
    return tuple(f"m{number}-of-{n_milestones}" for number in range(1, n_milestones + 1))


@cache
def tokens(accent: Accent = HOUSE_ACCENT) -> Mapping[str, Colour]:
    """Every token and its colours, the milestones of tracks of every length among them."""
    colours = _BASE | {"done": accent.done, "done-soft": accent.done_soft}
    for n_milestones in range(1, MOST_MILESTONES + 1):
        light = steps_on_path([colour.light for colour in _FOUR_MILESTONES], n_milestones)
        dark = steps_on_path([colour.dark for colour in _FOUR_MILESTONES], n_milestones)
        colours.update(zip(milestone_colours(n_milestones), map(Colour, light, dark), strict=True))
    return colours


def print_colour(token: str, accent: Accent = HOUSE_ACCENT) -> str:
    """The hex colour of a token on white paper."""
    return _PRINT_PAPER if token == "paper" else tokens(accent)[token].light  # noqa: S105  a colour's name, not a secret


def colour_css(milestone_counts: Collection[int] = (4,), accent: Accent = HOUSE_ACCENT) -> str:
    """The style rules of the tokens in use: custom properties, light and dark, a fill and a stroke class for each."""
    names = [*_BASE, *(name for count in sorted(set(milestone_counts)) for name in milestone_colours(count))]
    colours = tokens(accent)
    light = "".join(f"--{name}:{colours[name].light};" for name in names)
    dark = "".join(f"--{name}:{colours[name].dark};" for name in names)
    return "\n".join(
        (
            f":root{{{light}}}",
            # The reader's own choice stands on the root element (static/js/theme.js), without one the system's holds.
            f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}",
            f"@media screen{{:root[data-theme=dark]{{color-scheme:dark;{dark}}}}}",
            "@media screen{:root[data-theme=light]{color-scheme:light}}",
            f"@media print{{:root{{--paper:{_PRINT_PAPER};}}}}",
            *(f".f-{name}{{fill:var(--{name})}} .s-{name}{{stroke:var(--{name})}}" for name in names),
            "",
        )
    )


class Attributes(str):
    """SVG attributes as text that a template with autoescape takes as it stands."""

    __slots__ = ()

    def __html__(self) -> str:
        """The text itself: token names and hex colours need no escaping."""
        return self


@dataclass(frozen=True, slots=True)
class Paint:
    """Gives a shape its colours: `class="f-done"` on the screen, `fill="#006375"` in print."""

    medium: Medium
    accent: Accent = HOUSE_ACCENT

    def fill(self, token: str) -> Attributes:
        """A filled shape without an outline."""
        return self.shape(fill=token)

    def stroke(self, token: str) -> Attributes:
        """An outline or a line, not filled."""
        return self.shape(stroke=token)

    def shape(self, *, fill: str | None = None, stroke: str | None = None) -> Attributes:
        """The attributes of a shape that is filled, outlined or both."""
        if self.medium == "print":
            colours = {
                "fill": print_colour(fill, self.accent) if fill else "none",
                "stroke": print_colour(stroke, self.accent) if stroke else "",
            }
            return Attributes(" ".join(f'{name}="{colour}"' for name, colour in colours.items() if colour))
        classes = [f"f-{fill}"] * bool(fill) + [f"s-{stroke}"] * bool(stroke)
        return Attributes(f'class="{" ".join(classes)}"' + ("" if fill else ' fill="none"'))

    def length(self, value: float) -> Attributes:
        """A width or height: pixels on the screen, points in print."""
        return Attributes(f"{value:g}pt" if self.medium == "print" else f"{value:g}")


SCREEN = Paint("screen")
PRINT = Paint("print")
