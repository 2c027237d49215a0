"""Whether a colour can be the accent, the nearest that can, and the four shades that follow from it.

An accent is text and marks on the paper, light and dark, and stands beside the colour of what needs attention. Must not
know where it was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from milestone_reports.render.oklch import (
    Oklch,
    distance,
    from_hex,
    from_linear_rgb,
    linear_rgb,
    shown,
    to_hex,
)
from milestone_reports.render.theme import HOUSE_ACCENT, Accent, Colour, tokens

LEAST_CONTRAST = 4.5
"""Of text on its paper. Source: WCAG 2.2, success criterion 1.4.3."""

LEAST_DIFFERENCE = 0.1
"""From the colour of what needs attention, in OKLab, for every kind of eyes: five times what is just seen."""

_LUMINANCE = (0.2126, 0.7152, 0.0722)
_GLARE = 0.05
_STEPS = 400

_EYES = (
    ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
)
"""What light looks like to most, and without the red, the green and the blue receptors.

Source: Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency"
(2009), at full severity.
"""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2.2 defines it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + _GLARE) / (dark + _GLARE)


def difference(one: str, other: str) -> float:
    """How different two colours look, in OKLab, to those eyes that tell them apart least."""
    return min(distance(_seen(one, eyes), _seen(other, eyes)) for eyes in _EYES)


def contrast_on_paper(colour: str) -> float:
    """The contrast of a colour with the light paper."""
    return contrast(colour, tokens()["paper"].light)


def is_legible(colour: str) -> bool:
    """Whether text of this colour can be read on the light paper."""
    return contrast_on_paper(colour) >= LEAST_CONTRAST


def is_told_from_attention(colour: str) -> bool:
    """Whether it cannot be taken for the colour of what needs attention."""
    return difference(colour, tokens()["attn"].light) >= LEAST_DIFFERENCE


def nearest_usable(colour: str) -> str:
    """The colour of the same hue, as near in lightness as there is, that can be the accent."""
    return _nearest(from_hex(colour), lambda other: is_legible(other) and is_told_from_attention(other))


@cache
def accent_of(colour: str) -> Accent:
    """The accent that a usable colour gives: itself on light paper, its hue at the house's lightness elsewhere."""
    if colour.upper() == HOUSE_ACCENT.done.light:
        return HOUSE_ACCENT
    house, given = HOUSE_ACCENT, from_hex(colour)
    strength = min(given.chroma / from_hex(house.done.light).chroma, 1.0)

    def like(model: str) -> Oklch:
        lightness, chroma, _ = from_hex(model)
        return shown(Oklch(lightness, chroma * strength, given.hue))

    paper, attention = tokens()["paper"].dark, tokens()["attn"].dark
    dark = _nearest(
        like(house.done.dark),
        lambda other: contrast(other, paper) >= LEAST_CONTRAST and difference(other, attention) >= LEAST_DIFFERENCE,
    )
    soft = Colour(to_hex(like(house.done_soft.light)), to_hex(like(house.done_soft.dark)))
    return Accent(Colour(colour.upper(), dark), soft)


def _nearest(wanted: Oklch, is_usable: Callable[[str], bool]) -> str:
    lightnesses = sorted(range(_STEPS + 1), key=lambda step: abs(step / _STEPS - wanted.lightness))
    colours = (to_hex(shown(wanted._replace(lightness=step / _STEPS))) for step in lightnesses)
    usable = next((colour for colour in colours if is_usable(colour)), None)
    return usable or _nearest(wanted._replace(chroma=wanted.chroma / 2), is_usable)


def _luminance(colour: str) -> float:
    return sum(weight * light for weight, light in zip(_LUMINANCE, linear_rgb(colour), strict=True))


def _seen(colour: str, eyes: Sequence[Sequence[float]]) -> Oklch:
    light = linear_rgb(colour)
    return from_linear_rgb([min(max(sum(a * b for a, b in zip(row, light, strict=True)), 0.0), 1.0) for row in eyes])
