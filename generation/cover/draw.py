"""The cover of a song, drawn from what it is: no text, the same for the same song."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from generation.cover.motifs import MOTIFS, Look, Picture
from generation.cover.palette import for_screen
from generation.score.keys import parse_key
from generation.seeds import rng
from generation.song import Sheet

MOST_BYTES = 200_000
FINER = 1.5
"""Drawn so many times larger, then reduced."""
QUALITIES = (90, 75, 60)
PLAIN = {"motif": "ribbons", "chroma": 1.0}


def cover(sheet: Sheet, size: int = 320) -> bytes:
    """Return a JPEG of ``size`` by ``size`` pixels under 200 kB, in about a tenth of a second at 320.

    Hue: the key, around the circle of fifths; light or dark: its mode; shapes: the sections with their energy; the kind
    of picture: the genre; everything else: the seed.
    """
    score = sheet.score
    key = parse_key(score.key)
    style = _genres().get(score.genre, PLAIN)
    draw = rng(score.seed, "cover", score.title)
    look = Look(
        hue=key.tonic * 7 % 12 * 30.0 + float(draw.uniform(-12, 12)),
        dark=key.minor,
        chroma=style["chroma"],
        energies=tuple(section.energy for section in score.sections) or (0.5,),
        draw=draw,
        side=round(size * FINER),
    )
    picture = _finished(MOTIFS[style["motif"]](look), look)
    image = Image.fromarray(for_screen(picture)).resize((size, size), Image.Resampling.LANCZOS)
    for quality in QUALITIES:
        out = BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() < MOST_BYTES:
            break
    return out.getvalue()


def _finished(picture: Picture, look: Look) -> Picture:
    """Darken the corners a little and add a fine grain, without which wide gradients show bands."""
    across, down = look.axes
    corner = np.square(across - 0.5) + np.square(down - 0.5)
    grain = look.draw.standard_normal((look.side, look.side), np.float32) * np.float32(0.035)
    return np.asarray(picture * ((1 - 0.4 * corner) * (1 + grain))[..., None], np.float32)


@cache
def _genres() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads(files("generation.cover").joinpath("genres.toml").read_text(encoding="utf-8"))
