"""Struck things: bells, bars, music-box tines and kettledrums as sums of dying partials.

Partial ratios follow the physics of the instrument: a free bar 1 : 2.76 : 5.40, a clamped tine 1 : 6.27 : 17.5,
the preferred modes of a kettledrum 1 : 1.5 : 1.98 : 2.44 (Fletcher and Rossing, The Physics of Musical Instruments).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import cattrs
import numpy as np

from generation.band.sounds import data
from generation.band.synths.shapes import faded, hertz, seconds
from generation.seeds import rng
from generation.song import SAMPLE_RATE, Audio


@dataclass(frozen=True, slots=True)
class Modal:
    ratios: tuple[float, ...]
    levels: tuple[float, ...]
    decays: tuple[float, ...]
    """Seconds to -60 dB for a note at C5; lower notes ring longer."""
    knock: float = 0.0
    """Level of the mallet's noise."""
    knock_s: float = 0.012
    damped: float = 0.0
    """Seconds to die after the note's end; 0 lets it ring."""


@cache
def modals() -> dict[str, Modal]:
    return {name: cattrs.structure(row, Modal) for name, row in data("synths/modals.toml").items()}


@lru_cache(maxsize=64)
def note(name: str, midi: int, held: int) -> Audio:
    """Return ``[2, samples]``: one stroke at full velocity, peak near 1; ``held`` in samples."""
    modal = modals()[name]
    slower = 2 ** ((72 - midi) / 24)
    count = round(max(modal.decays) * slower * 0.8 * SAMPLE_RATE)
    if modal.damped:
        count = min(count, held + round(modal.damped * SAMPLE_RATE))
    t = seconds(max(count, 1024))
    out = np.zeros(len(t), np.float32)
    base = hertz(midi)
    for ratio, level, decay in zip(modal.ratios, modal.levels, modal.decays, strict=True):
        if base * ratio < 18_000:
            ring = np.exp(t * np.float32(-6.9 / (decay * slower)))
            out += np.float32(level) * np.sin(t * np.float32(2 * np.pi * base * ratio)) * ring
    if modal.knock:
        hiss = rng(0, "knock", name, midi).standard_normal(len(t)).astype(np.float32)
        out += hiss * np.exp(t * np.float32(-4 / modal.knock_s)) * np.float32(modal.knock)
    out *= np.minimum(t * 1000, 1)
    if modal.damped:
        out *= np.exp(-np.maximum(t - np.float32(held / SAMPLE_RATE), 0) * np.float32(5 / modal.damped))
    stereo = np.stack([faded(out), out])
    stereo.setflags(write=False)
    return stereo
