"""Colours by lightness, chroma and hue as the eye sees them: Oklab, B. Ottosson, 2020."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Colour = NDArray[np.float32]
"""Linear red, green, blue, 0 to 1."""


def colour(lightness: float, chroma: float, hue: float) -> Colour:
    """Return a colour: lightness 0 to 1, chroma 0 (grey) to about 0.3, hue in degrees. Clipped to what screens show."""
    a, b = chroma * np.cos(np.radians(hue)), chroma * np.sin(np.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    mixed = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return np.clip(np.array(mixed, np.float32), 0.0, 1.0)


def for_screen(linear: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return linear light as 8-bit sRGB (IEC 61966-2-1)."""
    light = np.clip(linear, 0.0, 1.0)
    steps = np.linspace(0.0, 1.0, 4096)
    curve = np.where(steps <= 0.0031308, 12.92 * steps, 1.055 * steps ** (1 / 2.4) - 0.055)
    table = np.round(curve * 255).astype(np.uint8)
    return np.asarray(table[(light * 4095 + 0.5).astype(np.int16)])
