"""The pictures a cover can be: bands, shapes and lines, one a section of the song, as large as it is lively.

Each takes the look of a song and returns linear light, [side, side, 3].
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.cover.palette import Colour, colour

Picture = NDArray[np.float32]
Plane = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """``hue`` in degrees; ``energies`` 0 to 1, one a section; ``side`` in pixels."""

    hue: float
    dark: bool
    chroma: float
    energies: tuple[float, ...]
    draw: np.random.Generator
    side: int

    def shade(self, lightness: float, chroma: float = 0.13, turn: float = 0.0) -> Colour:
        return colour(lightness, chroma * self.chroma, self.hue + turn)

    @property
    def axes(self) -> tuple[Plane, Plane]:
        """Across and down, 0 to 1."""
        line: Plane = (np.arange(self.side, dtype=np.float32) + np.float32(0.5)) / np.float32(self.side)
        return line[None, :], line[:, None]


def _lay(picture: Picture, shape: Plane, paint: Colour | Picture) -> None:
    """Paint over ``picture`` where ``shape`` is 1."""
    picture += (paint - picture) * shape[..., None]


def _edge(distance: Plane, side: int, soft: float = 1.5) -> Plane:
    """Return 1 inside (negative distance), 0 outside, with a smooth edge some pixels wide."""
    return np.asarray(np.clip(0.5 - distance * (side / soft), 0.0, 1.0), np.float32)


def _sky(look: Look, top: Colour, bottom: Colour, angle: float = 0.0) -> Picture:
    across, down = look.axes
    part = np.clip(down + angle * (across - 0.5), 0.0, 1.0)[..., None]
    part = part * part * (3 - 2 * part)
    return np.asarray(top * (1 - part) + bottom * part, np.float32)


def _wave(look: Look, across: Plane, octaves: int = 4, first: float = 1.0) -> Plane:
    """Return a smooth random line over ``across``, about -1 to 1."""
    line = np.zeros_like(across)
    for octave in range(octaves):
        phase, speed = look.draw.uniform(0, 2 * np.pi), first * 2**octave * look.draw.uniform(0.8, 1.2)
        line += np.sin(2 * np.pi * speed * across + phase).astype(np.float32) / 2**octave
    return line / 1.6


def ridges(look: Look) -> Picture:
    """Mountains one behind the other under a moon or a sun: the nearer, the later in the song."""
    light, deep = (0.42, 0.2) if look.dark else (0.9, 0.8)
    glow = look.shade(0.62 if look.dark else 0.93, 0.11, 65)
    picture = _sky(look, look.shade(deep, 0.08, -25), (look.shade(light, 0.12, 25) * 0.4 + glow * 0.6))
    across, down = look.axes
    x, y, radius = look.draw.uniform(0.25, 0.75), look.draw.uniform(0.2, 0.34), look.draw.uniform(0.075, 0.13)
    away = np.hypot(across - x, down - y)
    disc = look.shade(0.95, 0.05, 75) if look.dark else look.shade(0.98, 0.05, 60)
    _lay(picture, (0.55 * np.exp(-np.square(away / (radius * 2.2)))).astype(np.float32), disc)
    _lay(picture, _edge(away - radius, look.side), disc)
    chosen = _few(look.energies, 6)
    for place, energy in enumerate(chosen):
        near = (place + 1) / len(chosen)
        height = 0.06 + 0.16 * energy
        line = 0.47 + 0.44 * near - height * (0.35 + 0.65 * _wave(look, across, 5, 0.7 + 0.5 * near))
        far_light = 0.48 if look.dark else 0.8
        paint = look.shade(
            far_light + ((0.13 if look.dark else 0.3) - far_light) * near**0.8, 0.06 + 0.07 * near, 40 - 60 * near
        )
        depth = np.clip((down - line) / 0.3, 0.0, 1.0)[..., None]
        mist = picture[int(look.side * 0.52), 0] * 0.35 * (1 - near) * depth
        _lay(picture, _edge(line - down, look.side), (paint * (1 - 0.25 * depth) + mist).astype(np.float32))
    return picture


def rings(look: Look) -> Picture:
    """Broken rings around one centre, one a section; lively ones are wide and bright."""
    ground, rim = (0.2, 0.12) if look.dark else (0.94, 0.86)
    across, down = look.axes
    x, y = 0.5 + look.draw.uniform(-0.16, 0.16), 0.5 + look.draw.uniform(-0.16, 0.16)
    away, angle = np.hypot(across - x, down - y), np.arctan2(down - y, across - x)
    blend = np.clip(away / 0.8, 0, 1)[..., None]
    picture: Picture = (look.shade(ground, 0.07, 20) * (1 - blend) + look.shade(rim, 0.06, -30) * blend).astype(
        np.float32
    )
    chosen = _few(look.energies, 9)
    at, accent = 0.085, int(look.draw.integers(1, len(chosen)))
    _lay(picture, _edge(away - 0.055, look.side), look.shade(0.8 if look.dark else 0.6, 0.16, 165))
    room = 0.62 / sum(0.35 + energy for energy in chosen)
    for place, energy in enumerate(chosen):
        width = room * (0.35 + energy)
        reach = np.pi * (0.3 + 0.5 * energy) * look.draw.uniform(0.7, 1.0)
        turned = np.abs((angle + look.draw.uniform(0, 2 * np.pi)) % (2 * np.pi) - np.pi)
        end = (turned - reach) * away
        ring = np.abs(away - at - width / 2) - width * (0.12 + 0.24 * energy)
        distance = np.maximum(ring, end)
        lightness = 0.42 + 0.38 * energy if look.dark else 0.78 - 0.3 * energy
        turn = -40 + 110 * place / max(1, len(chosen) - 1) + (165 if place == accent else 0)
        if look.dark:
            _lay(
                picture,
                (0.16 * energy * np.exp(-np.maximum(distance, 0) * 28)).astype(np.float32),
                look.shade(lightness, 0.15, turn),
            )
        _lay(picture, _edge(distance, look.side), look.shade(lightness, 0.16, turn))
        at += width
    return picture


def discs(look: Look) -> Picture:
    """Overlapping sheets of coloured glass, the largest for the liveliest sections."""
    picture = _sky(
        look, look.shade(0.22 if look.dark else 0.96, 0.05, -20), look.shade(0.3 if look.dark else 0.89, 0.09, 35), 0.4
    )
    across, down = look.axes
    chosen = _few(look.energies, 7)
    start = look.draw.uniform(0, 2 * np.pi)
    order = sorted(range(len(chosen)), key=lambda place: -chosen[place])
    for rank, place in enumerate(order):
        angle = start + 2.4 * rank
        far = 0.08 + 0.34 * np.sqrt(rank / len(chosen))
        radius = 0.07 + 0.22 * chosen[place] * look.draw.uniform(0.75, 1.1)
        x, y = 0.5 + far * np.cos(angle), 0.5 + far * np.sin(angle)
        away = np.hypot(across - x, down - y)
        turn = (-45, 25, 70, 150, -20, 200, 50)[rank % 7]
        paint = look.shade(0.55 + 0.18 * (rank % 3) if look.dark else 0.62 + 0.1 * (rank % 3), 0.15, turn)
        lean = np.clip(0.62 + 0.55 * ((across - x) * np.cos(start) + (down - y) * np.sin(start)) / radius, 0.15, 0.95)
        glass = _edge(away - radius, look.side) * lean.astype(np.float32)
        _lay(picture, glass, paint)
        if rank % 3 == 1:
            _lay(picture, _edge(np.abs(away - radius * 1.18) - 0.003, look.side) * np.float32(0.8), paint)
    return picture


def ribbons(look: Look) -> Picture:
    """Silk that runs through the picture, a fold a section."""
    tilt = look.draw.uniform(-0.5, 0.5)
    picture = _sky(
        look, look.shade(0.2 if look.dark else 0.93, 0.07, -40), look.shade(0.28 if look.dark else 0.86, 0.1, 10), tilt
    )
    across, down = look.axes
    chosen = _few(look.energies, 7)
    base = _wave(look, across, 2, 0.55)
    for place, energy in enumerate(chosen):
        near = place / max(1, len(chosen) - 1)
        middle = 0.2 + 0.6 * near + 0.17 * base + 0.05 * _wave(look, across, 2, 0.8) + tilt * 0.4 * (across - 0.5)
        width = (0.025 + 0.075 * energy) * (1.0 + 0.6 * _wave(look, across, 1, 0.6))
        width = np.maximum(width, 0.012)
        fold = (down - middle) / width
        turn = -60 + 140 * near
        light = look.shade(0.8 if look.dark else 0.82, 0.13, turn)
        deep = look.shade(0.38 if look.dark else 0.52, 0.16, turn - 25)
        part = np.clip(fold * 0.5 + 0.5, 0, 1)[..., None]
        shadow = 0.45 * np.exp(-np.square(np.maximum(np.abs(fold + -0.5) - 0.9, 0) * 1.6))
        _lay(picture, shadow.astype(np.float32), picture * np.float32(0.72))
        _lay(
            picture, _edge((np.abs(fold) - 1) * width, look.side), (light * (1 - part) + deep * part).astype(np.float32)
        )
    return picture


def sun(look: Look) -> Picture:
    """A great sun over water, cut by one stripe a section, its light on the waves."""
    picture = _sky(
        look, look.shade(0.2 if look.dark else 0.78, 0.12, -50), look.shade(0.5 if look.dark else 0.93, 0.15, 30)
    )
    across, down = look.axes
    sea, x, radius = 0.66, 0.5 + look.draw.uniform(-0.14, 0.14), look.draw.uniform(0.24, 0.3)
    y = sea - radius * look.draw.uniform(0.45, 0.75)
    away = np.hypot(across - x, down - y)
    part = np.clip((down - y + radius) / (2 * radius), 0, 1)[..., None]
    fire = (look.shade(0.93, 0.12, 80) * (1 - part) + look.shade(0.66, 0.2, 10) * part).astype(np.float32)
    _lay(picture, (0.5 * np.exp(-np.square(away / (radius * 1.5)))).astype(np.float32), look.shade(0.75, 0.16, 40))
    disc = _edge(away - radius, look.side)
    chosen = _few(look.energies, 7)
    for place, energy in enumerate(chosen):
        stripe = y + (sea - y) * (place + 0.6) / len(chosen)
        disc = disc * (
            1 - _edge(np.abs(down - stripe) - (0.002 + 0.009 * (1 - energy) * (place + 1) / len(chosen)), look.side)
        )
    _lay(picture, disc, fire)
    water = _edge(sea - down, look.side)
    depth = np.clip((down - sea) / (1 - sea), 0, 1)[..., None]
    _lay(
        picture,
        np.broadcast_to(water, disc.shape),
        (
            look.shade(0.42 if look.dark else 0.72, 0.12, 0) * (1 - depth)
            + look.shade(0.14 if look.dark else 0.42, 0.1, -40) * depth
        ).astype(np.float32),
    )
    rows = 26
    for row in range(rows):
        near = (row + 0.5) / rows
        line = sea + (1 - sea) * near**1.35
        energy = chosen[int(near * len(chosen) * 0.999)]
        half = radius * (0.25 + 0.85 * energy * near + look.draw.uniform(0, 0.35))
        centre = x + look.draw.uniform(-0.05, 0.05)
        glint = np.clip((half - np.abs(across - centre)) / 0.05, 0, 1) * _edge(
            np.abs(down - line) - (0.0015 + 0.004 * near), look.side
        )
        _lay(picture, (0.75 * glint).astype(np.float32), look.shade(0.85 - 0.2 * near, 0.15, 65 - 45 * near))
    return picture


def _few(energies: tuple[float, ...], most: int) -> list[float]:
    """Return at most so many of the values, evenly picked, and at least three."""
    count = min(most, max(3, len(energies)))
    return [energies[int(place)] for place in np.linspace(0, len(energies) - 1e-6, count, endpoint=False)]


MOTIFS: Mapping[str, Callable[[Look], Picture]] = {
    "ridges": ridges,
    "rings": rings,
    "discs": discs,
    "ribbons": ribbons,
    "sun": sun,
}
