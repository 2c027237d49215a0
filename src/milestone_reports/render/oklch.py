"""Colours by lightness, chroma and hue (OKLCH), in which equal steps look equal. Must not know what a colour is for.

Source: Björn Ottosson, "A perceptual color space for image processing" (2020), whose matrices these are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_LINEAR_KNEE = 0.04045
_ENCODED_KNEE = 0.0031308
_HALVINGS = 20
_ROUNDED = 1e-4
"""How far a channel may lie outside its range and still be one that screens have."""


class Oklch(NamedTuple):
    """Lightness 0 to 1, chroma, hue in degrees."""

    lightness: float
    chroma: float
    hue: float


def from_hex(colour: str) -> Oklch:
    """The OKLCH coordinates of `#RRGGBB`."""
    return from_linear_rgb(linear_rgb(colour))


def to_hex(colour: Oklch) -> str:
    """`#RRGGBB` of OKLCH coordinates; a colour that no screen shows is cut to the nearest that one does."""
    channels = (_encoded(min(max(channel, 0.0), 1.0)) for channel in _linear_rgb(colour))
    return "#" + "".join(f"{round(255 * channel):02X}" for channel in channels)


def shown(colour: Oklch) -> Oklch:
    """The colour with as much of its chroma as a screen can show: lightness and hue stay."""
    least, most = 0.0, colour.chroma
    if _is_on_screens(colour):
        return colour
    for _ in range(_HALVINGS):
        middle = (least + most) / 2
        least, most = (middle, most) if _is_on_screens(colour._replace(chroma=middle)) else (least, middle)
    return colour._replace(chroma=least)


def linear_rgb(colour: str) -> tuple[float, float, float]:
    """The amounts of red, green and blue light in `#RRGGBB`, 0 to 1."""
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return red, green, blue


def from_linear_rgb(light: Sequence[float]) -> Oklch:
    """The OKLCH coordinates of amounts of red, green and blue light."""
    red, green, blue = light
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def distance(one: Oklch, other: Oklch) -> float:
    """How different two colours look: their distance in OKLab, about .02 where a difference is just seen."""
    hues = math.radians(one.hue - other.hue)
    apart = one.chroma**2 + other.chroma**2 - 2 * one.chroma * other.chroma * math.cos(hues)
    return math.hypot(one.lightness - other.lightness, math.sqrt(max(apart, 0.0)))


def _linear_rgb(colour: Oklch) -> tuple[float, float, float]:
    a = colour.chroma * math.cos(math.radians(colour.hue))
    b = colour.chroma * math.sin(math.radians(colour.hue))
    long = (colour.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (colour.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (colour.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _is_on_screens(colour: Oklch) -> bool:
    return all(-_ROUNDED <= channel <= 1 + _ROUNDED for channel in _linear_rgb(colour))


def steps_on_path(anchors: Sequence[str], n_steps: int) -> tuple[str, ...]:
    """`n_steps` colours evenly spread over the path through the anchors, its ends included; one step is its middle."""
    places = [step / (n_steps - 1) for step in range(n_steps)] if n_steps > 1 else [0.5]
    legs = list(pairwise(from_hex(anchor) for anchor in anchors))
    return tuple(_on_path(legs, place) for place in places)


def _on_path(legs: Sequence[tuple[Oklch, Oklch]], place: float) -> str:
    leg = min(int(place * len(legs)), len(legs) - 1)
    share = place * len(legs) - leg
    start, end = legs[leg]
    lightness, chroma, hue = (a + share * (b - a) for a, b in zip(start, end, strict=True))
    return to_hex(Oklch(lightness, chroma, hue))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _LINEAR_KNEE else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(channel: float) -> float:
    return 12.92 * channel if channel <= _ENCODED_KNEE else 1.055 * channel ** (1 / 2.4) - 0.055
